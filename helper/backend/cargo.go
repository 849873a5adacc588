package backend

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"mach/helper/release"
)

// cargoLock is a Cargo.lock, of any of its versions.
type cargoLock struct {
	Version  int `toml:"version"` // none in the first two
	Packages []struct {
		Name     string `toml:"name"`
		Version  string `toml:"version"`
		Source   string `toml:"source"`
		Checksum string `toml:"checksum"`
	} `toml:"package"`
	Metadata map[string]any `toml:"metadata"` // has the checksums in the first version
}

// crates reads the Cargo.lock of a build with Rust.
func (r *reader) crates(b release.BuildSystem) {
	b.Requires = slices.Concat(r.requires, r.needs.Requires)
	if !b.IsRust() {
		return
	}
	file := r.cargoLock()
	if file == "" {
		r.unknown("it has no Cargo.lock, so that its crates cannot be locked")
		return
	}
	data, err := fs.ReadFile(r.tree, file)
	var l cargoLock
	if err == nil {
		err = toml.Unmarshal(data, &l)
	}
	if err != nil {
		r.unknown(fmt.Sprintf("its %s cannot be read: %v", file, err))
		return
	}
	if r.needs.Crates, err = l.crates(); err != nil {
		r.unknown(fmt.Sprintf("the crates of its %s cannot be locked: %v", file, err))
	}
}

// cargoLock is the Cargo.lock of the manifest that is named, or that of its workspace; else the one that is nearest to the top.
func (r *reader) cargoLock() string {
	if manifest := r.root.String("tool", "maturin", "manifest-path").Value; manifest != "" {
		for dir := path.Dir(path.Clean(manifest)); ; dir = path.Dir(dir) {
			if name := path.Join(dir, "Cargo.lock"); r.isFile(name) {
				return name
			}
			if dir == "." || dir == "/" || strings.HasPrefix(dir, "..") {
				break
			}
		}
	}
	for _, pattern := range []string{"Cargo.lock", "*/Cargo.lock", "*/*/Cargo.lock", "*/*/*/Cargo.lock"} {
		if found, _ := fs.Glob(r.tree, pattern); len(found) > 0 {
			return found[0]
		}
	}
	return ""
}

func (r *reader) isFile(name string) bool {
	info, err := fs.Stat(r.tree, name)
	return err == nil && info.Mode().IsRegular()
}

// repository is a source as the third version of Cargo.lock has it: later ones encode the reference, which Cargo's own
// settings do not.
func (l *cargoLock) repository(source string) (string, error) {
	address, commit, ok := strings.Cut(source, "#")
	if !ok {
		return "", errors.New("at no commit")
	}
	address, reference, ok := strings.Cut(address, "?")
	if !ok || l.Version < 4 {
		return source, nil
	}
	kind, value, _ := strings.Cut(reference, "=")
	value, err := url.QueryUnescape(value)
	if err != nil || strings.ContainsAny(value, " \"\\\n") {
		return "", fmt.Errorf("at %q", kind+"="+value)
	}
	return address + "?" + kind + "=" + value + "#" + commit, nil
}

// crates are those that come from elsewhere. What can be fetched by its hash is of one registry.
func (l *cargoLock) crates() (*release.Crates, error) {
	c := &release.Crates{}
	for _, p := range l.Packages {
		crate := release.Crate{Name: p.Name, Version: p.Version, SHA256: p.Checksum}
		switch {
		case p.Source == "":
			continue // of the tree
		case strings.HasPrefix(p.Source, "git+"):
			var err error
			if crate.Git, err = l.repository(p.Source); err != nil {
				return nil, fmt.Errorf("%s %s is of a repository %w", p.Name, p.Version, err)
			}
		default:
			if crate.SHA256 == "" {
				crate.SHA256, _ = l.Metadata[fmt.Sprintf("checksum %s %s (%s)", p.Name, p.Version, p.Source)].(string)
			}
			if len(crate.SHA256) != 64 {
				return nil, fmt.Errorf("%s %s has no checksum", p.Name, p.Version)
			}
			if c.Registry == "" {
				c.Registry = p.Source
			}
			if p.Source != c.Registry {
				return nil, fmt.Errorf("%s %s is of another registry than the others", p.Name, p.Version)
			}
		}
		c.List = append(c.List, crate)
	}
	slices.SortFunc(c.List, func(a, b release.Crate) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Version, b.Version), cmp.Compare(a.Git, b.Git))
	})
	return c, nil
}
