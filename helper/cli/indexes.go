package cli

import (
	"mach/helper/index"
	"mach/helper/inputs"
	"mach/helper/sdist"
)

// discover is what the flags, and below them files, say of indexes. With a database those of projects' tools do not count.
func (f *sourceFlags) discover(said *inputs.Options) index.DiscoverOptions {
	o := index.DiscoverOptions{NoIndex: f.NoIndex || said.NoIndex, Cache: f.CacheDir}
	add := func(to *[]index.Given, values []string, source string) {
		for _, value := range values {
			*to = append(*to, index.Given{Value: value, Source: source})
		}
	}
	add(&o.ExtraIndexURLs, f.ExtraIndexURL, "--extra-index-url")
	add(&o.FindLinks, f.FindLinks, "--find-links")
	add(&o.FindLinks, said.FindLinks, requirementsFile)
	for _, ix := range said.Indexes {
		g := given(ix)
		switch {
		case ix.Explicit, f.DB != "" && ix.Tool != "" && ix.Tool != "pipenv":
		case ix.Links:
			o.FindLinks = append(o.FindLinks, g)
		case ix.URL == "":
			o.IndexURL.Include, o.IndexURL.Exclude = g.Include, g.Exclude
		case ix.Default:
			o.IndexURL = g
		case ix.Last:
			o.LastIndexURLs = append(o.LastIndexURLs, g)
		default:
			o.ExtraIndexURLs = append(o.ExtraIndexURLs, g)
		}
	}
	if f.IndexURL != "" {
		o.IndexURL = index.Given{Value: f.IndexURL, Source: "--index-url"}
	}
	return o
}

const requirementsFile = "a requirements file"

// given is an index of a file.
func given(ix *sdist.Index) index.Given {
	source := requirementsFile
	if ix.Tool != "" {
		source = ix.Where.String()
	}
	return index.Given{Value: ix.URL, Source: source, Name: ix.Name, Variables: ix.Variables, Include: ix.Include, Exclude: ix.Exclude}
}

// clients has one client for each index.
type clients struct {
	*sourceFlags
	sources   index.Sources
	transport *index.Transport
	open      map[string]*index.Client // by URL
}

// of is the client of an index.
func (c *clients) of(ix index.Index) *index.Client {
	if c.open[ix.String()] == nil {
		c.open[ix.String()] = c.transport.Client(ix)
	}
	return c.open[ix.String()]
}

// named is the client of an index that a file names for some projects: on the command line --index-url takes the place
// of the default one, and another index may have its name.
func (c *clients) named(ix *sdist.Index) (*index.Client, error) {
	main, _ := c.sources.Main()
	same, ok := c.sources.Named(ix.Name)
	switch {
	case ix.URL == "":
		return c.users()
	case ix.Default && c.IndexURL != "":
		return c.of(main), nil
	case ok && same.Source == "--extra-index-url":
		return c.of(same), nil
	case ix.Links:
		return c.links(ix)
	}
	found, err := index.Named(given(ix))
	if err != nil {
		return nil, err
	}
	return c.of(found), nil
}

// users is the client of the index that the user has anyhow.
func (c *clients) users() (*index.Client, error) {
	o := index.DiscoverOptions{Cache: c.CacheDir}
	if c.IndexURL != "" {
		o.IndexURL = index.Given{Value: c.IndexURL, Source: "--index-url"}
	}
	sources, err := index.Discover(o)
	main, _ := sources.Main()
	return c.of(main), err
}

// links is the client of a page or directory of links.
func (c *clients) links(ix *sdist.Index) (found *index.Client, err error) {
	key := "links " + ix.URL
	if c.open[key] == nil {
		c.open[key], err = c.transport.FindLinks(given(ix))
	}
	return c.open[key], err
}
