package fixes

import (
	"sync"

	"mach/overrides"
)

// Providers returns the providers of each project (normalised name) that overrides/providers.toml has, best first.
// The map is shared: callers must not change it.
var Providers = sync.OnceValue(func() map[string][]string {
	m, err := parseProviders(overrides.Providers)
	if err != nil {
		panic(err) // the file is part of the program, and tested
	}
	return m
})

func parseProviders(data []byte) (map[string][]string, error) {
	f := &file{name: "overrides/providers.toml", data: data}
	m := map[string][]string{}
	f.byProject("defaults", func(project field) {
		f.providers(project)
		m[project.name] = textsOf(project.value)
	})
	return m, f.err()
}
