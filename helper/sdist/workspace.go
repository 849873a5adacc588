package sdist

import (
	"cmp"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"mach/helper/diag"
	"mach/helper/pep508"
	"mach/helper/tomltree"
)

// Workspace is a set of projects that uv develops together, each in a directory below that of the root. What the root
// says of sources and indexes is for all of them; a root need not be a project itself.
type Workspace struct {
	Root    *Project
	Members func() []Member // in the order of their directories; the root is one if it has a name

	dir   string // of the root
	table Text   // that says it
}

// Member is a project of a workspace.
type Member struct {
	Name string // normal; "" its file cannot be read
	Path Text   // as it is seen from the root, and to be used where it lies
	dir  string
}

// Project reads a member, with its workspace.
func (m Member) Project() (*Project, error) { return ReadDir(m.dir, shownAs(m.dir)) }

// ReadDir reads the project in a directory of this machine as Read does, with the workspace of uv that it is in.
func ReadDir(dir, shown string) (*Project, error) {
	r, err := read(os.DirFS(dir), shown)
	if err != nil {
		return nil, err
	}
	r.p.dir = dir
	if patterns, ok := r.workspace(); ok {
		r.p.Workspace = newWorkspace(r, patterns)
	} else {
		r.p.Workspace = around(dir)
	}
	return r.p, nil
}

// ReadScript is what [tool] of a script's block (PEP 723) says of where projects come from, as uv has it.
func ReadScript(block *tomltree.Value, script string) *Project {
	dir := filepath.Dir(script)
	r := &reader{tree: os.DirFS(dir), shown: dir, files: map[string]*file{}, need: map[string]bool{}, root: block}
	r.p = &Project{File: script, dir: dir}
	r.uv()
	r.uvIndexes(block.At("tool", "uv"))
	return r.p
}

// workspacePatterns are those of the directories of members.
type workspacePatterns struct{ members, exclude []string }

// workspace are the patterns of [tool.uv.workspace]; not ok: there is none.
func (r *reader) workspace() (w workspacePatterns, ok bool) {
	table := r.root.At("tool", "uv", "workspace")
	if !table.Is(tomltree.Table) {
		return w, false
	}
	return workspacePatterns{table.At("members").Values(), table.At("exclude").Values()}, true
}

// around is the workspace that has a directory as a member; nil if there is none. As uv has it, the nearest one counts.
func around(dir string) *Workspace {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil
	}
	for at := abs; filepath.Dir(at) != at; {
		at = filepath.Dir(at)
		text, err := os.ReadFile(filepath.Join(at, pyproject))
		if err != nil || !strings.Contains(string(text), "workspace") {
			continue
		}
		root, err := read(os.DirFS(at), shownAs(at))
		if err != nil {
			continue
		}
		patterns, ok := root.workspace()
		if !ok {
			continue
		}
		below, err := filepath.Rel(at, abs)
		if err != nil || !patterns.has(filepath.ToSlash(below)) {
			return nil
		}
		root.p.dir = at
		root.p.Workspace = newWorkspace(root, patterns)
		return root.p.Workspace
	}
	return nil
}

// shownAs is a directory as messages call it: seen from the working directory, if that is near.
func shownAs(dir string) string {
	here, err := os.Getwd()
	if err != nil {
		return dir
	}
	if seen, err := filepath.Rel(here, dir); err == nil && strings.Count(filepath.ToSlash(seen), "../") < 3 {
		return seen
	}
	return dir
}

func newWorkspace(root *reader, patterns workspacePatterns) *Workspace {
	w := &Workspace{Root: root.p, dir: root.p.dir, table: keyOf(root.root.At("tool", "uv", "workspace"))}
	w.Members = sync.OnceValue(func() []Member { return w.find(patterns) })
	return w
}

// Shared is the project whose indexes and constraints hold for all: the root of its workspace, or else itself.
func (p *Project) Shared() *Project {
	if p.Workspace != nil {
		return p.Workspace.Root
	}
	return p
}

// has says whether a directory, seen from the root, is a member.
func (w workspacePatterns) has(dir string) bool {
	matches := func(pattern string) bool {
		return matchPath(strings.Split(path.Clean(pattern), "/"), strings.Split(dir, "/"))
	}
	return slices.ContainsFunc(w.members, matches) && !slices.ContainsFunc(w.exclude, matches)
}

// matchPath matches names by patterns; ** is any number of names. Of several ** only the last that was met needs to be
// tried again, as with the stars of a text.
func matchPath(patterns, names []string) bool {
	star, from := -1, 0 // the last **, and the first name behind what it stands for
	p, n := 0, 0
	for n < len(names) {
		switch {
		case p < len(patterns) && patterns[p] == "**":
			star, from = p, n
			p++
		case p < len(patterns) && matchName(patterns[p], names[n]):
			p, n = p+1, n+1
		case star >= 0:
			from++
			p, n = star+1, from
		default:
			return false
		}
	}
	return !slices.ContainsFunc(patterns[p:], func(pattern string) bool { return pattern != "**" })
}

func matchName(pattern, name string) bool {
	ok, err := path.Match(pattern, name)
	return ok && err == nil
}

// find finds the members. A directory without a pyproject.toml is none.
func (w *Workspace) find(patterns workspacePatterns) (all []Member) {
	add := func(name Text, dir string) {
		path := w.table.with(pathURL(relative(w.dir, dir)))
		path.Editable = true
		all = append(all, Member{pep508.NormalizeName(name.Value), path, dir})
	}
	if w.Root.Name.Value != "" {
		add(w.Root.Name, w.dir)
	}
	for _, dir := range patterns.directories(os.DirFS(w.dir)) {
		at := filepath.Join(w.dir, filepath.FromSlash(dir))
		r, err := read(os.DirFS(at), at)
		switch {
		case errors.As(err, new(*diag.Error)):
			add(Text{}, at)
		case err == nil && r.p.Name.Value != "" && r.root != nil:
			add(r.p.Name, at)
		}
	}
	return all
}

// directories are those that the patterns name.
func (w workspacePatterns) directories(tree fs.FS) (all []string) {
	deepest := 0
	for _, pattern := range w.members {
		depth := strings.Count(path.Clean(pattern), "/") + 1
		if strings.Contains(pattern, "**") {
			depth = mostDeep
		}
		deepest = max(deepest, depth)
	}
	_ = fs.WalkDir(tree, ".", func(dir string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || !d.IsDir():
			return nil // what cannot be read is no member
		case dir == ".":
			return nil
		case strings.HasPrefix(d.Name(), "."), d.Name() == "node_modules", strings.Count(dir, "/") >= deepest:
			return fs.SkipDir
		}
		if w.has(dir) {
			all = append(all, dir)
		}
		return nil
	})
	return all
}

// mostDeep bounds how deep members are looked for by **.
const mostDeep = 8

// Has says whether a project is a member.
func (w *Workspace) Has(name string) bool {
	return w != nil && slices.ContainsFunc(w.Members(), func(m Member) bool { return m.Name == pep508.NormalizeName(name) })
}

// member is the member that a source means.
func (w *Workspace) member(s *Source) (Member, *diag.Error) {
	var names []string
	var unread *diag.Error // of one that may be it
	for _, m := range w.Members() {
		if m.Name == s.Project {
			return m, nil
		}
		if m.Name == "" {
			_, err := m.Project()
			errors.As(err, &unread)
			continue
		}
		names = append(names, m.Name)
	}
	if unread != nil {
		return Member{}, unread
	}
	err := s.Workspace.Origin().Errorf("%s is no member of the workspace of %s", s.Project, w.Root.File)
	if len(names) == 0 {
		return Member{}, err.Hint("it has no members: name their directories, as in: members = [\"packages/*\"]")
	}
	return Member{}, err.Hint("its members are %s", strings.Join(names, ", "))
}

// pathOf is the path to a member as it is seen from another.
func (w *Workspace) pathOf(p *Project, m Member, s *Source) Text {
	t := s.Workspace.with(pathURL(relative(p.dir, m.dir)))
	t.Editable = s.Editable
	return t
}

// seenFrom is a source of the root as a member has it: paths begin there.
func (w *Workspace) seenFrom(p *Project, s Source) Source {
	if at := s.Reference.Value; strings.HasPrefix(at, ".") {
		file, fragment, _ := strings.Cut(at, "#")
		if fragment != "" {
			fragment = "#" + fragment
		}
		if plain, err := url.PathUnescape(file); err == nil {
			file = plain
		}
		s.Reference.Value = pathURL(relative(p.dir, filepath.Join(w.dir, filepath.FromSlash(file)))) + fragment
	}
	return s
}

// relative is a path as it is seen from a directory.
func relative(from, to string) string {
	a, err1 := filepath.Abs(from)
	b, err2 := filepath.Abs(to)
	seen, err3 := filepath.Rel(a, b)
	if cmp.Or(err1, err2, err3) != nil {
		return to
	}
	return filepath.ToSlash(seen)
}
