package sdist

import (
	"path"
	"slices"
	"strings"
)

// Bounds of what is kept of the files of an sdist.
const (
	maxSmall   = 64 << 10  // of a file that another one may name
	MaxTotal   = 1 << 20   // of all those
	MaxBackend = 256 << 10 // of all modules that may be of a backend, which only some projects have
)

// modules are those that may have a version.
var modules = []string{
	"__init__", "__version__", "_version", "version", "__about__", "about", "_about", "__meta__", "__pkginfo__", "metadata", "release", "const",
}

// Wanted says whether Read asks for a file of an sdist, and how long that may be: one it begins with, or one that these
// may name, as requirements.txt or a module with a version. Those are the files without which a tree is not whole.
func Wanted(name string) (limit int64, begins bool) {
	parts := strings.Split(name, "/")
	file := parts[len(parts)-1]
	lower := strings.ToLower(file)
	dir := path.Base(path.Dir(name))
	switch {
	case len(parts) == 1 && slices.Contains(Essential, file):
		return maxFile, true
	case len(parts) <= 4 && file == "Cargo.lock":
		return maxFile, false
	case len(parts) <= 3 && file == "requires.txt" && strings.HasSuffix(dir, ".egg-info"):
		return maxFile, true
	case strings.HasSuffix(dir, ".egg-info"):
		return 0, false
	case name == "tools/pip-requires", name == "tools/test-requires": // of pbr
		return maxSmall, false
	case path.Ext(file) == ".py":
		if len(parts) == 1 || len(parts) <= 4 && slices.Contains(modules, strings.TrimSuffix(lower, ".py")) || IsBackend(name) {
			return maxSmall, false
		}
		return 0, false
	case len(parts) > 2 && !(len(parts) == 3 && strings.HasPrefix(parts[0], "requirements")):
		return 0, false
	case len(parts) == 1 && lower == "requirements", strings.Contains(lower, "version"):
		return maxSmall, false
	}
	if slices.Contains([]string{".txt", ".in", ".cfg", ".toml", ".ini", ".json", ".pip"}, path.Ext(lower)) {
		return maxSmall, false
	}
	return 0, false
}

// backends are words in the paths of build backends that projects bring.
var backends = []string{"backend", "build", "bootstrap", "hook", "ouroboros", "packaging", "pep517"}

// IsBackend says whether a module below the top may be of a build backend that the project brings: which one it is nobody
// has said yet where files come in their order.
func IsBackend(name string) bool {
	deep := strings.Count(name, "/")
	return path.Ext(name) == ".py" && deep > 0 && deep <= 2 && !strings.HasPrefix(name, "build/") &&
		slices.ContainsFunc(backends, func(word string) bool { return strings.Contains(strings.ToLower(name), word) })
}

// InfoHead is what counts of a PKG-INFO: its fields without the description, which may be long.
func InfoHead(text string) string {
	var b strings.Builder
	description := false
	for line := range strings.Lines(text) {
		if strings.TrimRight(line, "\r\n") == "" {
			break
		}
		if line[0] != ' ' && line[0] != '\t' {
			name, _, _ := strings.Cut(line, ":")
			description = strings.EqualFold(name, "description")
		}
		if !description {
			b.WriteString(line)
		}
	}
	return b.String()
}

// Essential are the files of an sdist that Read begins with, at the top of it.
var Essential = []string{pyproject, "setup.cfg", "setup.py", "PKG-INFO"}

// Settled says whether no file that may follow could change what is known of an sdist, of which some files are there,
// and others are known not to be. What setuptools asks for a build is in setup.py too, which is worth waiting for only if
// files come in an order. A Cargo.lock or a backend of its own may be anywhere.
func Settled(p *Project, has, hasNot func(name string) bool, ordered bool) bool {
	if !has("PKG-INFO") || !has(pyproject) && !hasNot(pyproject) || p.Kind == "" || p.Why(Dependencies, Extras, RequiresPython) != nil {
		return false
	}
	system := p.BuildSystem()
	if system.IsRust() && (p.Build.Manifest.Value != "" || !has("Cargo.lock")) || len(p.Build.BackendPath) > 0 {
		return false
	}
	backend := system.Backend
	return backend != "" && !strings.HasPrefix(backend, "setuptools") || has("setup.py") || hasNot("setup.py") || !ordered
}
