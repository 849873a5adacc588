package index

import (
	"os"
	"slices"
	"strings"

	"mach/helper/diag"
)

// Given is a value, and who gave it: an option, an environment variable, or a file. An index may stand behind a name and
// "=" in the value, or have the name that is here.
type Given struct {
	Value, Source string

	Name             string
	Variables        string   // of the environment that have the user and the password, without _USERNAME and _PASSWORD
	Include, Exclude []string // patterns of projects: those of Include come from here alone, those of Exclude do not
}

// DiscoverOptions are what the command line and requirements files say about indexes.
type DiscoverOptions struct {
	IndexURL       Given   // --index-url
	ExtraIndexURLs []Given // --extra-index-url
	LastIndexURLs  []Given // asked after all others
	FindLinks      []Given // --find-links
	NoIndex        bool    // --no-index
	Cache          string  // the directory for answers of pip; "" is CacheDir
}

// Sources are where projects are looked up.
type Sources struct {
	Indexes   []Index // in order of priority: the extra ones before the main one; none with NoIndex
	FindLinks []Given
	main      int // of Indexes
}

// Main is the index that is not an extra one; ok is false if there is no index.
func (s Sources) Main() (ix Index, ok bool) {
	if len(s.Indexes) == 0 {
		return ix, false
	}
	return s.Indexes[s.main], true
}

// Named is the index of a name, however that is written; ok is false if there is none.
func (s Sources) Named(name string) (ix Index, ok bool) {
	i := slices.IndexFunc(s.Indexes, func(ix Index) bool { return name != "" && strings.EqualFold(ix.Name, name) })
	if i < 0 {
		return ix, false
	}
	return s.Indexes[i], true
}

// Discover finds the indexes in use. What the options say comes first, then environment variables, then pip's
// configuration files. The main index is the first of: --index-url, PIP_INDEX_URL, UV_DEFAULT_INDEX, UV_INDEX_URL,
// index-url in pip's configuration, and the default of the pip that python3 on PATH has. No main index is an error that
// says what to give. Of extra indexes and find-links, those of the options and those of the first place that has any
// are both used.
func Discover(o DiscoverOptions) (s Sources, err error) {
	conf, err := readPipConfig()
	if err != nil {
		return s, err
	}
	s.FindLinks = conf.several(o.FindLinks, "find-links", "PIP_FIND_LINKS", "UV_FIND_LINKS")
	if o.NoIndex || isTrue(conf.setting("", "no-index", "PIP_NO_INDEX", "UV_NO_INDEX")) {
		return s, nil
	}
	if err := s.add(conf.several(o.ExtraIndexURLs, "extra-index-url", "PIP_EXTRA_INDEX_URL", "UV_INDEX", "UV_EXTRA_INDEX_URL")); err != nil {
		return s, err
	}
	ix, err := mainIndex(o, conf)
	if err != nil {
		return s, err
	}
	ix.include, ix.exclude = o.IndexURL.Include, o.IndexURL.Exclude
	s.main, s.Indexes = len(s.Indexes), append(s.Indexes, ix)
	return s, s.add(o.LastIndexURLs)
}

// add adds indexes. Of those that have one name the first counts.
func (s *Sources) add(all []Given) error {
	for _, g := range all {
		ix, err := Named(g)
		if err != nil {
			return err
		}
		if _, twice := s.Named(ix.Name); !twice {
			s.Indexes = append(s.Indexes, ix)
		}
	}
	return nil
}

func mainIndex(o DiscoverOptions, conf pipConfig) (Index, error) {
	if o.IndexURL.Value != "" {
		return Named(o.IndexURL)
	}
	for _, name := range []string{"PIP_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX_URL"} {
		if value := os.Getenv(name); value != "" {
			return Named(Given{Value: value, Source: name})
		}
	}
	if value, file := conf.get("index-url"); value != "" {
		return Named(Given{Value: value, Source: file})
	}
	ix, err := pipDefault(o.Cache)
	if err != nil {
		e := &diag.Error{Code: diag.ExitWorld, Message: "no package index is known", Err: err}
		return Index{}, e.Hint("give one: --index-url URL, or set PIP_INDEX_URL")
	}
	return ix, nil
}

// several is what the options say, and what the first of some variables, or else pip's configuration, says. Values are
// separated by white space; UV_FIND_LINKS by commas.
func (c pipConfig) several(options []Given, key string, variables ...string) (all []Given) {
	all = append(all, options...)
	for _, name := range variables {
		value := os.Getenv(name)
		if name == "UV_FIND_LINKS" {
			value = strings.ReplaceAll(value, ",", " ")
		}
		for _, one := range strings.Fields(value) {
			all = append(all, Given{Value: one, Source: name})
		}
		if value != "" {
			return all
		}
	}
	value, file := c.get(key)
	for _, one := range strings.Fields(value) {
		all = append(all, Given{Value: one, Source: file})
	}
	return all
}

// isTrue reads a switch as pip does.
func isTrue(s string) bool {
	switch strings.ToLower(s) {
	case "1", "true", "yes", "on", "y", "t":
		return true
	}
	return false
}

// Named is an index that may have a name, as uv's have: "internal=https://…". Its credentials may then stand in
// UV_INDEX_INTERNAL_USERNAME and UV_INDEX_INTERNAL_PASSWORD, or in the variables that are named.
func Named(g Given) (Index, error) {
	name, variables, value := g.Name, g.Variables, g.Value
	if before, rest, ok := strings.Cut(g.Value, "="); ok && !strings.ContainsAny(before, ":/") {
		name, variables, value = before, uvVariables(before), rest
	}
	ix, err := New(value, g.Source)
	if err != nil {
		return ix, err
	}
	if ix.Name, ix.include, ix.exclude = name, g.Include, g.Exclude; ix.user == nil {
		ix.user = userOf(variables)
	}
	return ix, nil
}
