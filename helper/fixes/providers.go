// Package fixes reads what overrides/ knows of single projects. The head of each file there states its format.
package fixes

import (
	"fmt"
	"sync"

	"github.com/pelletier/go-toml/v2/unstable"

	"mach/helper/pep508"
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

// parseProviders reads the form of providers.toml. The parser of expressions is a tenth of the time of decoding by
// reflection, and each run of mach pays for it.
func parseProviders(data []byte) (map[string][]string, error) {
	var p unstable.Parser
	p.Reset(data)
	m := map[string][]string{}
	table := ""
	for p.NextExpression() {
		e := p.Expression()
		wrong := func(format string, args ...any) (map[string][]string, error) {
			return nil, fmt.Errorf("providers.toml:%d: %w", line(&p, e), fmt.Errorf(format, args...))
		}
		key, ok := single(e.Key())
		switch {
		case !ok:
			return wrong("a dotted key")
		case e.Kind == unstable.Table:
			if table = key; table != "defaults" {
				return wrong("table %q is not [defaults]", table)
			}
			continue
		case e.Kind != unstable.KeyValue || table == "":
			return wrong("%q is not in [defaults]", key)
		case !pep508.ValidName(key) || pep508.NormalizeName(key) != key:
			return wrong("%q is no normalised name", key)
		case m[key] != nil:
			return wrong("%q stands twice", key)
		}
		providers, err := texts(e.Value())
		if err != nil {
			return wrong("%q: %w", key, err)
		}
		m[key] = providers
	}
	if err := p.Error(); err != nil {
		return nil, fmt.Errorf("providers.toml: %w", err)
	}
	return m, nil
}

// single is the key, if it is not a dotted one.
func single(key unstable.Iterator) (string, bool) {
	if !key.Next() {
		return "", false
	}
	return string(key.Node().Data), key.IsLast()
}

func line(p *unstable.Parser, e *unstable.Node) int {
	key := e.Key()
	key.Next()
	return p.Shape(key.Node().Raw).Start.Line
}

// texts is an array of strings that is not empty.
func texts(n *unstable.Node) (all []string, err error) {
	if n.Kind != unstable.Array {
		return nil, fmt.Errorf("the value is not an array of providers")
	}
	for it := n.Children(); it.Next(); {
		if it.Node().Kind != unstable.String {
			return nil, fmt.Errorf("a provider is not a string")
		}
		all = append(all, string(it.Node().Data))
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no providers")
	}
	return all, nil
}
