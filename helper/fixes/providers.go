package fixes

import (
	"sync"

	"mach/helper/tomltree"
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

// Modules returns the project that has each module (in normal form) of overrides/modules.toml. The map is shared: callers
// must not change it.
var Modules = sync.OnceValue(func() map[string]string {
	f, err := parse("overrides/modules.toml", overrides.Modules)
	if err != nil {
		panic(err) // the file is part of the program, and tested
	}
	m := map[string]string{}
	f.byProject("modules", func(module *tomltree.Value) {
		f.module(module)
		m[module.Key.Value] = module.Text.Value
	})
	if err := f.err(); err != nil {
		panic(err)
	}
	return m
})

func parseProviders(data []byte) (map[string][]string, error) {
	f, err := parse("overrides/providers.toml", data)
	if err != nil {
		return nil, err
	}
	m := map[string][]string{}
	f.byProject("defaults", func(project *tomltree.Value) {
		f.providers(project)
		m[project.Key.Value] = project.Values()
	})
	return m, f.err()
}
