package setuppy

import (
	"path"
	"strings"
)

// pathAttr is an attribute of a pathlib.Path that is no method; nil if it is none.
func pathAttr(p *pathObject, name string) object {
	base := path.Base(p.p)
	switch name {
	case "parent":
		return &pathObject{path.Dir(p.p)}
	case "name":
		return text(base)
	case "stem":
		return text(strings.TrimSuffix(base, path.Ext(base)))
	case "suffix":
		return text(path.Ext(base))
	}
	return nil
}

func (r *run) pathMethod(p *pathObject, name string, c *call) object {
	switch name {
	case "resolve", "absolute", "expanduser":
		return &pathObject{absolute(p.p)}
	case "as_posix", "__str__":
		return text(p.p)
	case "joinpath":
		all := p.p
		for _, o := range c.args {
			part, ok := fileName(o)
			if !ok {
				return nil
			}
			all = joinPath(all, part)
		}
		return &pathObject{all}
	case "relative_to":
		if start, ok := fileName(c.arg(0, "")); ok && len(c.args) == 1 {
			if rel, in := relative(absolute(p.p), absolute(start)); in {
				return &pathObject{rel}
			}
		}
	case "with_name":
		if t, ok := c.arg(0, "name").(*str); ok {
			return &pathObject{joinPath(path.Dir(p.p), t.s)}
		}
	case "exists", "is_file", "is_dir":
		return r.exists(p.p, name)
	case "open":
		opened := *c
		opened.args = append([]object{p}, c.args...)
		return r.open(&opened)
	case "read_text", "read_bytes":
		t, u := r.read(c.s, c.pos, p.p)
		if u != nil {
			return u
		}
		t.bytes = name == "read_bytes"
		return t
	}
	return nil
}

// exists answers exists, is_file and is_dir; nil if that cannot be told.
func (r *run) exists(p, question string) object {
	info, known := r.stat(p)
	switch {
	case !known:
		return nil
	case info == nil:
		return false
	case strings.HasSuffix(question, "file"):
		return info.Mode().IsRegular()
	case strings.HasSuffix(question, "dir"):
		return info.IsDir()
	}
	return true
}

func absolute(p string) string {
	if !strings.HasPrefix(p, "/") {
		p = root + "/" + p
	}
	return path.Clean(p)
}
