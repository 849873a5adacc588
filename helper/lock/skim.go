package lock

import (
	"slices"
	"strings"
)

// Skim is what decides which releases a lock of mach has, in a fraction of the time that Read takes: of each package and
// build package the name, version, provider, systems and build packages, of each project the same; of [tool.mach] the
// systems and the database.
// It is nil for a text that is not as Marshal writes it, line by line. What it does not look at may be wrong: if it is
// not nil and Read has no error, both say the same.
func Skim(text []byte) *Lock {
	s := &skimmer{lock: &Lock{Tool: Tool{Mach: &Mach{}}}, table: "", keys: skimKeys("")}
	lines := strings.Split(string(text), "\n")
	for len(lines) > 1 {
		n := s.take(lines)
		if n == 0 {
			return nil
		}
		lines = lines[n:]
	}
	complete := s.lock.Tool.Mach.Version == Version && s.versioned &&
		!slices.ContainsFunc(s.lock.Packages, func(p Package) bool { return p.Tool.Mach == nil })
	if len(lines) == 0 || len(lines[0]) > 0 || !complete {
		return nil
	}
	return s.lock
}

// skimTables are the keys that Marshal writes, by the table they stand in. They are a list and no map, since that would be
// made whenever the program starts.
var skimTables = []struct {
	name string
	keys []string
}{
	{"", []string{"lock-version", "environments", "requires-python", "extras", "dependency-groups", "default-groups", "created-by", "packages"}},
	{"[[packages]]", []string{"name", "version", "marker", "requires-python", "dependencies", "vcs", "directory", "archive", "index", "sdist", "wheels", "attestation-identities"}},
	{"[packages.tool.mach]", []string{"provider", "systems", "extras", "groups", "wheel", "locations", "attr", "build-backend", "build", "crates", "crate-registry", "fixes", "cut"}},
	{"[tool.mach]", []string{"version", "requirements", "constraints", "python", "systems", "exclude-newer", "database", "database-date"}},
	{"[[tool.mach.project]]", []string{"name", "version", "systems", "dependencies", "build"}},
	{"[[tool.mach.build]]", []string{"id", "name", "version", "requires-python", "dependencies", "vcs", "directory", "archive", "sdist", "wheels", "provider", "systems", "extras", "groups", "wheel", "locations", "attr", "build-backend", "build", "crates", "crate-registry", "fixes", "cut"}},
}

// skimKeys are the keys of a table; nil for one that Marshal does not write.
func skimKeys(table string) []string {
	for _, t := range skimTables {
		if t.name == table {
			return t.keys
		}
	}
	return nil
}

type skimmer struct {
	lock      *Lock
	table     string
	keys      []string
	versioned bool // lock-version is the one that Read reads
}

// take reads a header, or a key with its value, and says how many lines it has; 0 if it is not in the form.
func (s *skimmer) take(lines []string) int {
	line := lines[0]
	switch {
	case line == "":
		return 1
	case line[0] == '[':
		return s.header(line)
	}
	key, value, ok := strings.Cut(line, " = ")
	if !ok || value == "" || !slices.Contains(s.keys, key) || hasLongString(value) {
		return 0
	}
	if value == "[" {
		return s.array(key, lines)
	}
	if !strings.ContainsRune(`"']}0123456789e`, rune(value[len(value)-1])) {
		return 0
	}
	if list := s.list(key); list != nil {
		one, isOne := strings.CutPrefix(value, "[")
		one, ends := strings.CutSuffix(one, "]")
		text, ok := plain(one)
		*list = []string{text}
		return oneIf(isOne && ends && ok)
	}
	return oneIf(s.value(key, value))
}

// header begins a table.
func (s *skimmer) header(line string) int {
	l := s.lock
	switch line {
	case "[[packages]]":
		l.Packages = append(l.Packages, Package{})
	case "[packages.tool.mach]":
		if s.table != "[[packages]]" {
			return 0
		}
		l.Packages[len(l.Packages)-1].Tool.Mach = &Provided{}
	case "[[tool.mach.project]]":
		l.Tool.Mach.Projects = append(l.Tool.Mach.Projects, Project{})
	case "[[tool.mach.build]]":
		l.Tool.Mach.Build = append(l.Tool.Mach.Build, Build{})
	}
	s.table, s.keys = line, skimKeys(line)
	return oneIf(s.keys != nil)
}

// array reads an array of a line for each element.
func (s *skimmer) array(key string, lines []string) int {
	list := s.list(key)
	for i, line := range lines[1:] {
		if line == "]" {
			return i + 2
		}
		element, indented := strings.CutPrefix(line, "    ")
		element, ends := strings.CutSuffix(element, ",")
		if !indented || !ends || hasLongString(element) {
			return 0
		}
		if list != nil {
			text, ok := plain(element)
			if !ok {
				return 0
			}
			*list = append(*list, text)
		}
	}
	return 0
}

// list is where the array of a key belongs; nil for a key that is no array, or of no interest.
func (s *skimmer) list(key string) *[]string {
	provided, project := s.provided(), s.project()
	switch {
	case key == "systems" && project != nil:
		return &project.Systems
	case key == "build" && project != nil:
		return &project.Build
	case project != nil:
		return nil
	case key == "systems" && provided != nil:
		return &provided.Systems
	case key == "build" && provided != nil:
		return &provided.Build
	case key == "systems":
		return &s.lock.Tool.Mach.Systems
	}
	return nil
}

// provided is what the keys of [packages.tool.mach] are written to, in a table that has them.
func (s *skimmer) provided() *Provided {
	l := s.lock
	switch s.table {
	case "[packages.tool.mach]":
		return l.Packages[len(l.Packages)-1].Tool.Mach
	case "[[tool.mach.build]]":
		return &l.Tool.Mach.Build[len(l.Tool.Mach.Build)-1].Provided
	}
	return nil
}

// project is what the keys of [[tool.mach.project]] are written to, in that table.
func (s *skimmer) project() *Project {
	if s.table != "[[tool.mach.project]]" {
		return nil
	}
	m := s.lock.Tool.Mach
	return &m.Projects[len(m.Projects)-1]
}

// value takes a value that is no array of strings.
func (s *skimmer) value(key, value string) bool {
	var to *string
	l := s.lock
	switch s.table {
	case "":
		s.versioned = s.versioned || key == "lock-version" && value == `"1.0"`
	case "[[packages]]":
		p := &l.Packages[len(l.Packages)-1]
		to = map[string]*string{"name": &p.Name, "version": &p.Version}[key]
	case "[tool.mach]":
		if key == "version" && value == "1" {
			l.Tool.Mach.Version = Version
		}
		to = map[string]*string{"database": &l.Tool.Mach.Database, "database-date": &l.Tool.Mach.DatabaseDate}[key]
	case "[[tool.mach.project]]":
		p := s.project()
		to = map[string]*string{"name": &p.Name, "version": &p.Version}[key]
	case "[[tool.mach.build]]":
		b := &l.Tool.Mach.Build[len(l.Tool.Mach.Build)-1]
		to = map[string]*string{"id": &b.ID, "name": &b.Name, "version": &b.Version, "provider": &b.Provider}[key]
	case "[packages.tool.mach]":
		if key == "provider" {
			to = &s.provided().Provider
		}
	}
	if to == nil {
		return true
	}
	text, ok := plain(value)
	*to = text
	return ok
}

// plain takes the quotes off a string that has no escapes.
func plain(value string) (string, bool) {
	if len(value) < 2 || value[0] != '"' || value[len(value)-1] != '"' {
		return "", false
	}
	text := value[1 : len(value)-1]
	return text, !strings.ContainsAny(text, `"\`)
}

// hasLongString says whether a string of several lines may begin.
func hasLongString(value string) bool {
	return strings.Contains(value, `"""`) || strings.Contains(value, "'''")
}

func oneIf(ok bool) int {
	if ok {
		return 1
	}
	return 0
}
