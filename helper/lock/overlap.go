package lock

import (
	"fmt"
	"strconv"

	"mach/helper/pep440"
	"mach/helper/pep508"
)

// duplicates checks that no target satisfies the markers of two packages of one name. Whether two markers exclude each
// other is not decided but tried, on the targets below that the lock is for: an error is always one, and what no such
// target shows is left to whoever chooses the packages of a target.
func (c *checker) duplicates() {
	byName := map[string][]int{}
	for i := range c.lock.Packages {
		name := c.lock.Packages[i].Name
		for _, k := range byName[name] {
			if where, ok := c.overlap(c.lock.Packages[k].Marker, c.lock.Packages[i].Marker); ok {
				c.enter(indexed("packages", i), fmt.Sprintf("package %q", name))
				c.fail(".", "it stands twice, and both of its markers hold%s", where)
				break
			}
		}
		byName[name] = append(byName[name], i)
	}
}

// overlap says where two markers both hold. What is no marker was reported before.
func (c *checker) overlap(a, b string) (where string, ok bool) {
	m, err1 := parseMarker(a)
	n, err2 := parseMarker(b)
	if err1 != nil || err2 != nil {
		return "", false
	}
	for _, env := range targets() {
		if c.isFor(&env) && m.Eval(&env, nil) && n.Eval(&env, nil) {
			return fmt.Sprintf(" for %s %s on %s %s", env.PlatformPythonImplementation, env.PythonVersion, env.PlatformMachine, env.PlatformSystem), true
		}
	}
	return " wherever one of them does", a == b
}

// isFor says whether the lock is for a target.
func (c *checker) isFor(env *pep508.Environment) bool {
	if s, err := pep440.ParseSpecifiers(c.lock.RequiresPython); err == nil {
		if v, err := pep440.Parse(env.PythonFullVersion); err == nil && !s.Contains(v) {
			return false
		}
	}
	for _, text := range c.lock.Environments {
		if m, err := parseMarker(text); err == nil && m.Eval(env, nil) {
			return true
		}
	}
	return len(c.lock.Environments) == 0
}

// parseMarker reads a marker of which the empty one, which always holds, is nil.
func parseMarker(text string) (*pep508.Marker, error) {
	if text == "" {
		return nil, nil
	}
	return pep508.ParseMarker(text)
}

// targets are the usual ones: two implementations, the versions of Python 3, three systems, two machines.
func targets() []pep508.Environment {
	var all []pep508.Environment
	for minor := 6; minor < 20; minor++ {
		version := "3." + strconv.Itoa(minor)
		for _, python := range [][2]string{{"cpython", "CPython"}, {"pypy", "PyPy"}} {
			for _, s := range [][4]string{
				{"posix", "linux", "Linux", "x86_64"},
				{"posix", "linux", "Linux", "aarch64"},
				{"posix", "darwin", "Darwin", "x86_64"},
				{"posix", "darwin", "Darwin", "arm64"},
				{"nt", "win32", "Windows", "AMD64"},
				{"nt", "win32", "Windows", "ARM64"},
			} {
				all = append(all, pep508.Environment{
					ImplementationName: python[0], PlatformPythonImplementation: python[1], ImplementationVersion: version + ".0",
					PythonVersion: version, PythonFullVersion: version + ".0",
					OSName: s[0], SysPlatform: s[1], PlatformSystem: s[2], PlatformMachine: s[3],
				})
			}
		}
	}
	return all
}
