package sdist

import (
	"io/fs"
	"net/url"
	"path"
	"strings"

	"mach/helper/reference"
	"mach/helper/tomltree"
)

// referenceOf is what a table of Poetry, PDM or uv names in the place of a version: a repository, a URL or a path, in
// the form that stands behind "@" in a requirement. A path begins at the tree. Its place is that of the repository, URL
// or path.
func referenceOf(v *tomltree.Value, isFile func(string) bool) (t Text, ok bool) {
	subdirectory := v.String("subdirectory").Value
	if git := textOf(v, "git"); git.Value != "" {
		text := gitURL(git.Value)
		for _, name := range []string{"rev", "tag", "branch"} {
			if at := v.String(name).Value; at != "" {
				text += "@" + at
				break
			}
		}
		return git.with(text + fragment(subdirectory)), true
	}
	if u := textOf(v, "url"); u.Value != "" {
		return u.with(u.Value + fragment(subdirectory)), true
	}
	for _, name := range []string{"path", "file"} {
		p := textOf(v, name)
		if p.Value == "" {
			continue
		}
		if isFile(p.Value) {
			return p.with(pathURL(p.Value) + fragment(subdirectory)), true
		}
		return p.with(pathURL(path.Join(p.Value, subdirectory))), true
	}
	return Text{}, false
}

func fragment(subdirectory string) string {
	if subdirectory == "" {
		return ""
	}
	return "#subdirectory=" + subdirectory
}

// gitURL is the address of a repository as PEP 508 and pip have it.
func gitURL(address string) string {
	address = reference.GitURL(address)
	if !strings.Contains(address, "://") {
		return "git+file:" + pathURL(address)
	}
	return "git+" + address
}

// pathURL is a path, which begins with "/" or "." so that none is taken for a name, without spaces.
func pathURL(p string) string {
	p = path.Clean(strings.ReplaceAll(p, `\`, "/"))
	if !strings.HasPrefix(p, "/") && p != "." && p != ".." && !strings.HasPrefix(p, "../") {
		p = "./" + p
	}
	return (&url.URL{Path: p}).EscapedPath()
}

// isFile says whether a path names a file of the tree; else it is a directory, or lies elsewhere and looks like an archive.
func (r *reader) isFile(p string) bool {
	p = path.Clean(p)
	if fs.ValidPath(p) {
		if info, err := fs.Stat(r.tree, p); err == nil {
			return !info.IsDir()
		}
	}
	return reference.IsFile(p)
}
