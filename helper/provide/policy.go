package provide

import (
	"fmt"
	"slices"
	"strings"
)

// Provider is where a release comes from.
type Provider uint8

// The providers, in the default order.
const (
	Wheel Provider = iota
	Sdist
	Nixpkgs
	Direct // a repository, an archive, a file or a directory that a requirement names
	Tag    // the tag of a repository that names a version
)

// providers is how many there are.
const providers = len(providerNames)

var providerNames = [...]string{Wheel: "wheel", Sdist: "sdist", Nixpkgs: "nixpkgs", Direct: "direct", Tag: "tag"}

// String returns the provider's name as users write it and the lock has it.
func (p Provider) String() string { return providerNames[p] }

// format is what fixes call the files of a provider: the source of a tag is like that of an sdist.
func (p Provider) format() string {
	if p == Tag {
		return Sdist.String()
	}
	return p.String()
}

// ProviderOf is the provider of an entry of a lock, by its name there; none for one that a requirement names and that
// nothing else can take the place of.
func ProviderOf(name string) (p Provider, ok bool) {
	i := slices.Index(providerNames[:], name)
	return Provider(max(i, 0)), i >= 0 && Provider(i) != Direct
}

// ParseProviders reads an order of preference, "wheel,sdist,nixpkgs". Unknown, repeated and no providers are errors.
func ParseProviders(text string) ([]Provider, error) {
	var order []Provider
	for name := range strings.SplitSeq(text, ",") {
		i := slices.Index(providerNames[:Direct], strings.TrimSpace(name))
		if i < 0 {
			return nil, fmt.Errorf("unknown provider %q: there are %s", strings.TrimSpace(name), strings.Join(providerNames[:Direct], ", "))
		}
		if slices.Contains(order, Provider(i)) {
			return nil, fmt.Errorf("provider %q stands twice in %q", providerNames[i], text)
		}
		order = append(order, Provider(i))
	}
	return order, nil
}

// Policy says which providers a project may come from, best first. A provider that is not listed is disabled.
type Policy struct {
	Default  []Provider            // nil: wheel, sdist, nixpkgs
	Projects map[string][]Provider // by normalised name
	// Repositories are those of the provider Tag, by normalised name, as users write them in an order.
	Repositories map[string]string
	// Formats says which formats of a project are wanted at all; nil: both. Where an order has no other, it stands.
	Formats func(project string) (wheels, sdists bool)
}

var defaultOrder = []Provider{Wheel, Sdist, Nixpkgs}

// Order returns the providers of a project (normalised name), best first.
func (p Policy) Order(project string) []Provider {
	order := p.order(project)
	if p.Formats == nil {
		return order
	}
	wheels, sdists := p.Formats(project)
	if wheels && sdists {
		return order
	}
	left := slices.DeleteFunc(slices.Clone(order), func(p Provider) bool { return p == Wheel && !wheels || p == Sdist && !sdists })
	if len(left) == 0 {
		return order
	}
	return left
}

// withoutFiles is an order without what has no file that could have a hash. Where it has no other provider, it stands.
func withoutFiles(order []Provider) []Provider {
	left := slices.DeleteFunc(slices.Clone(order), func(p Provider) bool { return p == Nixpkgs || p == Tag })
	if len(left) == 0 {
		return order
	}
	return left
}

func (p Policy) order(project string) []Provider {
	if order, ok := p.Projects[project]; ok {
		return order
	}
	if p.Default != nil {
		return p.Default
	}
	return defaultOrder
}

// written is a provider of a project (normalised name) as users write it.
func (p Policy) written(project string, provider Provider) string {
	if provider == Tag {
		return p.Repositories[project]
	}
	return provider.String()
}

// orderText is an order of providers as users write it.
func orderText(order []Provider) string {
	names := make([]string, len(order))
	for i, p := range order {
		names[i] = p.String()
	}
	return strings.Join(names, ",")
}
