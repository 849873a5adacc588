//go:build packaging

package packaging

import (
	_ "embed"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

//go:embed differences.txt
var listed string

// A difference is a line of differences.txt.
type difference struct {
	kind, packaging, mach, reason string
	input                         *regexp.Regexp
	used                          int
}

// A comparison counts what was compared and knows what may differ.
type comparison struct {
	t     *testing.T
	rules []*difference
	cases map[string]int
}

func newComparison(t *testing.T) *comparison {
	t.Helper()
	c := &comparison{t: t, cases: map[string]int{}}
	for line := range strings.Lines(listed) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 5 {
			t.Fatalf("differences.txt: want five fields in %q", line)
		}
		c.rules = append(c.rules, &difference{kind: f[0], input: regexp.MustCompile(f[1]), packaging: f[2], mach: f[3], reason: f[4]})
	}
	return c
}

// same compares two answers about an input; answers are compared as their JSON.
func (c *comparison) same(kind, input string, packaging, mach any) {
	c.cases[kind]++
	p, m := asText(packaging), asText(mach)
	if p == m {
		return
	}
	for _, r := range c.rules {
		if r.kind == kind && r.input.MatchString(input) && (r.packaging == "*" || r.packaging == p) && (r.mach == "*" || r.mach == m) {
			r.used++
			return
		}
	}
	c.t.Errorf("%s %q:\n packaging %s\n mach      %s", kind, input, p, m)
}

func asText(answer any) string {
	b, err := json.Marshal(answer)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// finish says how much was compared, and that no difference is listed that is none any more.
func (c *comparison) finish() {
	total := 0
	for _, kind := range slices.Sorted(maps.Keys(c.cases)) {
		c.t.Logf("%-14s %7d cases", kind, c.cases[kind])
		total += c.cases[kind]
	}
	c.t.Logf("%-14s %7d cases", "all", total)
	for _, r := range c.rules {
		c.t.Logf("differs: %s, %d cases: %s", r.kind, r.used, r.reason)
		if r.used == 0 {
			c.t.Errorf("differences.txt: nothing differs by %s %q any more", r.kind, r.input)
		}
	}
	if total < 30_000 {
		c.t.Errorf("only %d cases", total)
	}
}
