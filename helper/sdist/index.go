package sdist

import (
	"cmp"
	"fmt"
	"net/url"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/tomltree"
)

// Index is a package index, or a page of links to files, that a file names.
type Index struct {
	Name      string // by which projects name it; "" they cannot
	URL       string // it may have a user and a password; "" the index that the user has anyhow
	Tool      string // whose settings name it: "uv", "poetry", "pdm" or "pipenv"; "" an option of a requirements file
	Variables string // the user is in the environment variable of this name with _USERNAME, the password in that with _PASSWORD; "" in none
	Links     bool   // a page or directory of links

	Explicit bool // it is asked for the projects alone that name it
	Default  bool // it takes the place of the user's own, and is asked after the others
	Last     bool // it is asked after the user's own too

	// Patterns of normalised names, in which * stands for anything: projects that Include has come from here alone,
	// those that Exclude has do not come from here.
	Include, Exclude []string

	diag.Origin
}

// String is the index as messages have it.
func (ix *Index) String() string {
	switch {
	case ix.Name != "":
		return fmt.Sprintf("the index %q", ix.Name)
	case ix.Links:
		return "the files at " + withoutUser(ix.URL)
	}
	return "the index " + withoutUser(ix.URL)
}

// Same says whether two are one index, wherever they were written.
func (ix *Index) Same(other *Index) bool {
	return ix == other || ix.URL == other.URL && ix.Links == other.Links && ix.Tool == other.Tool && strings.EqualFold(ix.Name, other.Name)
}

// indexes reads the indexes of the tools, each in the tool's order.
func (r *reader) indexes() {
	r.uvIndexes(r.root.At("tool", "uv"))
	r.poetryIndexes(r.root.At("tool", "poetry", "source"))
	r.pdmIndexes(r.root.At("tool", "pdm", "source"))
}

// newIndex is an index of a tool, as its table has it.
func newIndex(tool string, v *tomltree.Value) *Index {
	at := textOf(v, "url")
	if at.Value == "" {
		at = keyOf(v)
		at.Value = ""
	}
	return &Index{Name: textOf(v, "name").Value, URL: at.Value, Tool: tool, Origin: at.Origin()}
}

// tables are those of an array of tables, of which one may stand alone.
func tables(v *tomltree.Value) []*tomltree.Value {
	if v.Is(tomltree.Table) {
		return []*tomltree.Value{v}
	}
	var all []*tomltree.Value
	if v != nil {
		for _, one := range v.Items {
			if one.Is(tomltree.Table) {
				all = append(all, one)
			}
		}
	}
	return all
}

// uvIndexes reads [[tool.uv.index]], and what uv had before that.
func (r *reader) uvIndexes(table *tomltree.Value) {
	for _, v := range tables(table.At("index")) {
		ix := newIndex("uv", v)
		if ix.URL == "" {
			continue
		}
		ix.Explicit, ix.Default, ix.Links = v.At("explicit").IsTrue(), v.At("default").IsTrue(), textOf(v, "format").Value == "flat"
		if ix.Name != "" {
			ix.Variables = "UV_INDEX_" + asVariable(ix.Name)
		}
		if ix.Links {
			ix.URL = r.beside(ix.URL)
		}
		r.p.Indexes = append(r.p.Indexes, ix)
	}
	plain := func(t Text, set func(*Index)) {
		if t.Value != "" {
			ix := &Index{URL: t.Value, Tool: "uv", Origin: t.Origin()}
			set(ix)
			r.p.Indexes = append(r.p.Indexes, ix)
		}
	}
	several := func(name string, set func(*Index)) {
		list, _ := textsOf(table.At(name))
		for _, t := range list {
			plain(t, set)
		}
	}
	several("extra-index-url", func(*Index) {})
	if !slices.ContainsFunc(r.p.Indexes, func(ix *Index) bool { return ix.Default }) {
		plain(textOf(table, "index-url"), func(ix *Index) { ix.Default = true })
	}
	several("find-links", func(ix *Index) { ix.Links, ix.URL = true, r.beside(ix.URL) })
	for name, option := range map[string]string{"no-index": "--no-index", "index-strategy": "--index-strategy unsafe-best-match"} {
		if v := table.At(name); v.IsTrue() || strings.HasPrefix(textOf(v).Value, "unsafe") {
			r.note(keyOf(v), "%s of uv is not obeyed: say %s", name, option)
		}
	}
}

// beside is the place of links, which may be a path from the project on.
func (r *reader) beside(place string) string {
	if strings.Contains(place, "://") || path.IsAbs(place) {
		return place
	}
	return path.Join(r.shown, place)
}

// poetryIndexes reads [[tool.poetry.source]]. The primary ones stand in the place of the user's index, unless PyPI, which
// stands for that, is named too.
func (r *reader) poetryIndexes(list *tomltree.Value) {
	var primary, last *Index
	named := false
	for _, v := range tables(list) {
		ix := newIndex("poetry", v)
		ix.Links = strings.HasSuffix(ix.URL, ".html") || strings.HasSuffix(ix.URL, ".htm")
		isOwn := strings.EqualFold(ix.Name, "pypi")
		if ix.URL == "" && !isOwn {
			continue
		}
		ix.Variables = "POETRY_HTTP_BASIC_" + asVariable(ix.Name)
		priority := strings.ToLower(cmp.Or(textOf(v, "priority").Value, "primary"))
		if v.At("secondary").IsTrue() {
			priority = "secondary"
		}
		switch priority {
		case "explicit":
			ix.Explicit = true
		case "supplemental", "secondary":
			ix.Last = true
		default:
			switch ix.Last = named; {
			case isOwn:
			case v.At("default").IsTrue() || priority == "default":
				last = ix
			default:
				primary = ix
			}
		}
		named = named || isOwn && !ix.Explicit
		r.p.Indexes = append(r.p.Indexes, ix)
	}
	if last = cmp.Or(last, primary); last != nil && !named {
		last.Default = true
	}
}

// pdmIndexes reads [[tool.pdm.source]].
func (r *reader) pdmIndexes(list *tomltree.Value) {
	for _, v := range tables(list) {
		ix := newIndex("pdm", v)
		ix.Default = ix.Name == "pypi" && ix.URL != ""
		if ix.URL == "" && ix.Name != "pypi" {
			continue
		}
		ix.Links = textOf(v, "type").Value == "find_links"
		ix.URL = strings.ReplaceAll(ix.URL, "file:///${PROJECT_ROOT}", "${PROJECT_ROOT}")
		ix.URL = withUser(strings.ReplaceAll(ix.URL, "${PROJECT_ROOT}", path.Clean(r.shown)), textOf(v, "username").Value, textOf(v, "password").Value)
		ix.Include, ix.Exclude = patterns(v.At("include_packages")), patterns(v.At("exclude_packages"))
		if at := v.At("verify_ssl"); at.Is(tomltree.Bool) && !at.IsTrue() {
			r.note(keyOf(at), "verify_ssl of PDM is not obeyed: say --trusted-host for its host")
		}
		r.p.Indexes = append(r.p.Indexes, ix)
	}
}

func patterns(v *tomltree.Value) (all []string) {
	list, _ := textsOf(v)
	for _, t := range list {
		all = append(all, strings.ToLower(separators.ReplaceAllString(t.Value, "-")))
	}
	return all
}

// separators are those of a name, in a pattern too.
var separators = regexp.MustCompile(`[-_.]+`)

// withoutUser is a URL without the user and the password that it has, also if it is none for other reasons.
func withoutUser(address string) string {
	scheme, rest, _ := strings.Cut(address, "://")
	host, file, more := strings.Cut(rest, "/")
	if i := strings.LastIndexByte(host, '@'); i >= 0 {
		if address = scheme + "://" + host[i+1:]; more {
			address += "/" + file
		}
	}
	return address
}

// withUser is a URL with a user and a password, of which those that it has count, and variables of the environment in these.
func withUser(address, user, password string) string {
	scheme, rest, ok := strings.Cut(address, "://")
	host, file, _ := strings.Cut(rest, "/")
	if i := strings.LastIndexByte(host, '@'); i >= 0 {
		user, password, _ = strings.Cut(host[:i], ":")
		host = host[i+1:]
	}
	if !ok || user+password == "" {
		return address
	}
	u := url.URL{Scheme: scheme, Host: host, User: url.UserPassword(expand(user), expand(password))}
	return u.String() + "/" + file
}

// expand puts variables of the environment in the place of ${NAME}; those that are not set stay.
func expand(text string) string {
	if plain, err := url.PathUnescape(text); err == nil {
		text = plain
	}
	return variable.ReplaceAllStringFunc(text, func(name string) string {
		return cmp.Or(os.Getenv(strings.Trim(name, "${}")), name)
	})
}

var variable = regexp.MustCompile(`\$\{[A-Za-z0-9_]+\}`)

// asVariable is a name as it is part of the name of an environment variable.
func asVariable(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, strings.ToUpper(name))
}
