package lock

import (
	"cmp"
	"slices"
	"strconv"
	"unicode/utf8"
)

// Marshal is the lock as a file, in the form that the package comment gives. It does not check the lock.
func (l *Lock) Marshal() []byte {
	size := 1024 + 1024*len(l.Packages)
	if l.Tool.Mach != nil {
		size += 512 * len(l.Tool.Mach.Build)
	}
	w := &writer{buf: make([]byte, 0, size)}
	w.text("lock-version", "1.0")
	w.texts("environments", l.Environments)
	w.text("requires-python", l.RequiresPython)
	w.texts("extras", l.Extras)
	w.texts("dependency-groups", l.DependencyGroups)
	w.texts("default-groups", l.DefaultGroups)
	w.text("created-by", l.CreatedBy)
	if len(l.Packages) == 0 {
		w.put("packages = []\n")
	}
	for _, p := range sorted(l.Packages, comparePackages) {
		w.pkg(p)
	}
	if l.Tool.Mach != nil {
		w.mach(l.Tool.Mach)
	}
	return w.buf
}

// sorted is the items in order, which leaves the lock as it is.
func sorted[T any](items []T, compare func(a, b *T) int) []*T {
	out := make([]*T, len(items))
	for i := range items {
		out[i] = &items[i]
	}
	slices.SortStableFunc(out, compare)
	return out
}

func comparePackages(a, b *Package) int {
	return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Version, b.Version), cmp.Compare(a.Marker, b.Marker))
}

func compareBuilds(a, b *Build) int {
	return cmp.Or(cmp.Compare(a.ID, b.ID), slices.Compare(a.Systems, b.Systems))
}

func compareProjects(a, b *Project) int {
	return cmp.Or(cmp.Compare(a.Name, b.Name), slices.Compare(a.Systems, b.Systems))
}

// writer writes TOML. Inside of an inline table, first says that no key has been written to it yet.
type writer struct {
	buf   []byte
	first bool
}

func (w *writer) pkg(p *Package) {
	w.put("\n[[packages]]\n")
	w.text("name", p.Name)
	w.text("version", p.Version)
	w.text("marker", p.Marker)
	w.text("requires-python", p.RequiresPython)
	array(w, "dependencies", p.Dependencies, (*writer).dependency)
	optional(w, "vcs", p.VCS, (*writer).vcs)
	optional(w, "directory", cmp.Or(p.Directory, p.nixpkgsDirectory()), (*writer).directory)
	optional(w, "archive", p.Archive, (*writer).archive)
	w.text("index", p.Index)
	optional(w, "sdist", p.Sdist, (*writer).file)
	array(w, "wheels", p.Wheels, (*writer).file)
	array(w, "attestation-identities", p.AttestationIdentities, (*writer).identity)
	if p.Tool.Mach != nil {
		w.put("\n[packages.tool.mach]\n")
		w.provided(p.Tool.Mach)
	}
}

func (w *writer) provided(p *Provided) {
	w.text("provider", p.Provider)
	w.texts("systems", p.Systems)
	w.texts("extras", p.Extras)
	w.texts("groups", p.Groups)
	w.table("wheel", p.Wheel)
	w.table("locations", p.Locations)
	w.text("attr", p.Attr)
	w.text("build-backend", p.BuildBackend)
	w.texts("build", p.Build)
	w.texts("crates", p.Crates)
	w.text("crate-registry", p.CrateRegistry)
	w.texts("fixes", p.Fixes)
	w.texts("cut", p.Cut)
}

func (w *writer) mach(m *Mach) {
	w.put("\n[tool.mach]\nversion = ")
	w.buf = strconv.AppendInt(w.buf, int64(m.Version), 10)
	w.put("\n")
	if len(m.Requirements) == 0 {
		w.put("requirements = []\n")
	}
	w.texts("requirements", m.Requirements)
	w.texts("constraints", m.Constraints)
	w.text("python", m.Python)
	w.texts("systems", m.Systems)
	w.text("exclude-newer", m.ExcludeNewer)
	w.text("database", m.Database)
	w.text("database-date", m.DatabaseDate)
	for _, p := range sorted(m.Projects, compareProjects) {
		w.put("\n[[tool.mach.project]]\n")
		w.text("name", p.Name)
		w.text("version", p.Version)
		w.texts("systems", p.Systems)
		w.texts("dependencies", p.Dependencies)
		w.texts("build", p.Build)
	}
	for _, b := range sorted(m.Build, compareBuilds) {
		w.put("\n[[tool.mach.build]]\n")
		w.text("id", b.ID)
		w.text("name", b.Name)
		w.text("version", b.Version)
		w.text("requires-python", b.RequiresPython)
		w.texts("dependencies", b.Dependencies)
		optional(w, "vcs", b.VCS, (*writer).vcs)
		optional(w, "directory", b.Directory, (*writer).directory)
		optional(w, "archive", b.Archive, (*writer).archive)
		optional(w, "sdist", b.Sdist, (*writer).file)
		array(w, "wheels", b.Wheels, (*writer).file)
		w.provided(&b.Provided)
	}
}

func (w *writer) dependency(d *Dependency) {
	w.begin()
	w.field("name", d.Name)
	w.field("version", d.Version)
	w.field("marker", d.Marker)
	if d.VCS != nil {
		w.key("vcs")
		w.vcs(d.VCS)
	}
	if d.Directory != nil {
		w.key("directory")
		w.directory(d.Directory)
	}
	if d.Archive != nil {
		w.key("archive")
		w.archive(d.Archive)
	}
	w.field("index", d.Index)
	w.end()
}

func (w *writer) vcs(v *VCS) {
	w.begin()
	w.field("type", v.Type)
	w.field("url", v.URL)
	w.field("path", v.Path)
	w.field("requested-revision", v.RequestedRevision)
	w.field("commit-id", v.CommitID)
	w.field("subdirectory", v.Subdirectory)
	w.end()
}

func (w *writer) directory(d *Directory) {
	w.begin()
	w.field("path", d.Path)
	if d.Editable {
		w.key("editable")
		w.put("true")
	}
	w.field("subdirectory", d.Subdirectory)
	w.end()
}

func (w *writer) archive(a *Archive) {
	w.begin()
	w.field("url", a.URL)
	w.field("path", a.Path)
	w.size(a.Size)
	w.hashes(a.Hashes)
	w.field("subdirectory", a.Subdirectory)
	w.end()
}

func (w *writer) file(f *File) {
	w.begin()
	w.field("name", f.Name)
	w.field("url", f.URL)
	w.field("path", f.Path)
	w.size(f.Size)
	w.hashes(f.Hashes)
	w.end()
}

func (w *writer) size(n int64) {
	if n == 0 {
		return
	}
	w.key("size")
	w.buf = strconv.AppendInt(w.buf, n, 10)
}

func (w *writer) hashes(h map[string]string) {
	if len(h) == 0 {
		return
	}
	w.key("hashes")
	w.strings(h)
}

// identity puts what kind it is first.
func (w *writer) identity(i *map[string]string) { w.strings(*i, "kind") }

// strings writes a table of strings, the keys that are named here first, the rest sorted.
func (w *writer) strings(m map[string]string, before ...string) {
	keys := make([]string, 0, len(m))
	for k := range m {
		if !slices.Contains(before, k) {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	w.begin()
	for _, k := range append(before, keys...) {
		if v, ok := m[k]; ok {
			w.key(k)
			w.quote(v)
		}
	}
	w.end()
}

// text writes a line of its own.
func (w *writer) text(key, value string) {
	if value == "" {
		return
	}
	w.put(key)
	w.put(" = ")
	w.quote(value)
	w.put("\n")
}

func (w *writer) texts(key string, values []string) {
	array(w, key, values, func(w *writer, s *string) { w.quote(*s) })
}

// table writes a table of strings on a line.
func (w *writer) table(key string, values map[string]string) {
	if len(values) == 0 {
		return
	}
	w.put(key)
	w.put(" = ")
	w.strings(values)
	w.put("\n")
}

func optional[T any](w *writer, key string, value *T, write func(*writer, *T)) {
	if value == nil {
		return
	}
	w.put(key)
	w.put(" = ")
	write(w, value)
	w.put("\n")
}

// array writes one element on the line of its key, and several on a line each.
func array[T any](w *writer, key string, items []T, write func(*writer, *T)) {
	if len(items) == 0 {
		return
	}
	w.put(key)
	w.put(" = [")
	if len(items) == 1 {
		write(w, &items[0])
	} else {
		w.put("\n")
		for i := range items {
			w.put("    ")
			write(w, &items[i])
			w.put(",\n")
		}
	}
	w.put("]\n")
}

func (w *writer) begin() {
	w.put("{")
	w.first = true
}

func (w *writer) end() {
	w.put(" }")
	w.first = false
}

// field writes a key of an inline table.
func (w *writer) field(key, value string) {
	if value == "" {
		return
	}
	w.key(key)
	w.quote(value)
}

func (w *writer) key(key string) {
	if !w.first {
		w.put(",")
	}
	w.first = false
	w.put(" ")
	if isBare(key) {
		w.put(key)
	} else {
		w.quote(key)
	}
	w.put(" = ")
}

// isBare says whether a key needs no quotes.
func isBare(key string) bool {
	for _, c := range []byte(key) {
		if c != '-' && c != '_' && c-'0' >= 10 && c|0x20-'a' >= 26 {
			return false
		}
	}
	return key != ""
}

func (w *writer) put(s string) { w.buf = append(w.buf, s...) }

// quote writes a string as TOML: between double quotes, or between single quotes, inside of which nothing is escaped,
// if it has what would have to be escaped and can be had without.
func (w *writer) quote(s string) {
	escapes, literal := needs(s)
	if escapes && literal {
		w.put("'")
		w.put(s)
		w.put("'")
		return
	}
	w.put(`"`)
	if escapes {
		w.escape(s)
	} else {
		w.put(s)
	}
	w.put(`"`)
}

// needs says whether s has to be escaped between double quotes, and whether it may stand between single ones.
func needs(s string) (escapes, literal bool) {
	literal, ascii := true, true
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			escapes = true
		case c == '\'':
			literal = false
		case c < ' ' || c == 0x7f:
			return true, false
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	if !ascii && !utf8.ValidString(s) {
		return true, false
	}
	return escapes, literal
}

// escape writes s with escapes that every reader of TOML knows.
func (w *writer) escape(s string) {
	const hex = "0123456789ABCDEF"
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			w.buf = append(w.buf, '\\', byte(r))
		case r == '\n':
			w.put(`\n`)
		case r == '\r':
			w.put(`\r`)
		case r == '\t':
			w.put(`\t`)
		case r < ' ' || r == 0x7f:
			w.buf = append(w.buf, `\u00`...)
			w.buf = append(w.buf, hex[r>>4], hex[r&15])
		default:
			w.buf = utf8.AppendRune(w.buf, r)
		}
	}
}
