package setuppy

import (
	"strings"
	"unicode"

	"mach/helper/setuppy/worlds"
)

// spaces are what str.strip() and split() pass.
func isSpace(c rune) bool { return unicode.IsSpace(c) || c >= 0x1c && c <= 0x1f }

// textMethod is a method of a text; nil if it is not known here.
func (r *run) textMethod(t *str, name string, c *call) object {
	if t.s == worlds.Other {
		return otherMethod(name, c)
	}
	arg, _ := c.arg(0, "").(*str)
	second, _ := c.arg(1, "").(*str)
	give := func(s string) object {
		out := r.text(s, t.at)
		out.bytes = t.bytes
		return out
	}
	if name == "decode" && t.bytes || name == "encode" && !t.bytes {
		return &str{t.s, t.at, !t.bytes}
	}
	if t.bytes && (arg != nil && !arg.bytes) || arg != nil && arg.s == worlds.Other {
		return nil
	}
	switch name {
	case "strip", "lstrip", "rstrip":
		return r.strip(t, name, c)
	case "lower":
		return give(strings.ToLower(t.s))
	case "upper":
		return give(strings.ToUpper(t.s))
	case "replace":
		if arg != nil && second != nil && len(c.args) == 2 && arg.s != "" {
			r.grow(len(t.s) + strings.Count(t.s, arg.s)*len(second.s))
			return give(strings.ReplaceAll(t.s, arg.s, second.s))
		}
	case "format":
		if s, ok := r.format(t.s, c); ok {
			return give(s)
		}
	case "join":
		return r.join(t, c)
	case "removeprefix":
		if arg != nil {
			return give(strings.TrimPrefix(t.s, arg.s))
		}
	case "removesuffix":
		if arg != nil {
			return give(strings.TrimSuffix(t.s, arg.s))
		}
	case "splitlines":
		if len(c.all()) == 0 {
			return r.list('[', r.lines(t, false))
		}
	case "split", "rsplit", "partition", "rpartition":
		return r.cut(t, name, c)
	}
	return textQuestion(t, name, c, arg)
}

// textQuestion are the methods that do not return a text.
func textQuestion(t *str, name string, c *call, arg *str) object {
	switch name {
	case "startswith", "endswith":
		return affix(t, name, c)
	case "count":
		if arg != nil && arg.s != "" && len(c.args) == 1 {
			return int64(strings.Count(t.s, arg.s))
		}
	case "find":
		if arg != nil && len(c.args) == 1 && ascii(t.s) {
			return int64(strings.Index(t.s, arg.s))
		}
	case "rfind":
		if arg != nil && len(c.args) == 1 && ascii(t.s) {
			return int64(strings.LastIndex(t.s, arg.s))
		}
	case "isspace":
		return t.s != "" && strings.TrimFunc(t.s, isSpace) == ""
	case "isdigit":
		if ascii(t.s) {
			return t.s != "" && strings.Trim(t.s, "0123456789") == ""
		}
	}
	return nil
}

// otherMethod is a method of the name of a platform that is not listed: it begins and ends like no listed one.
func otherMethod(name string, c *call) object {
	arg, ok := c.arg(0, "").(*str)
	switch {
	case name == "startswith" && ok && worlds.Within(arg.s):
		return false
	case name == "lower":
		return text(worlds.Other)
	}
	return nil
}

func affix(t *str, name string, c *call) object {
	options := []object{c.arg(0, "")}
	if l, ok := options[0].(*list); ok && l.kind == '(' && l.lost == nil {
		options = l.items
	}
	if len(c.args) != 1 {
		return nil
	}
	for _, o := range options {
		part, ok := o.(*str)
		if !ok || part.bytes != t.bytes {
			return nil
		}
		if name == "startswith" && strings.HasPrefix(t.s, part.s) || name == "endswith" && strings.HasSuffix(t.s, part.s) {
			return true
		}
	}
	return false
}

func (r *run) strip(t *str, name string, c *call) object {
	cut := isSpace
	switch arg := c.arg(0, "").(type) {
	case *str:
		cut = func(c rune) bool { return strings.ContainsRune(arg.s, c) }
	case nil, none:
	default:
		return nil
	}
	s, at := t.s, t.at
	if name != "rstrip" {
		s = strings.TrimLeftFunc(s, cut)
		if gone := t.s[:len(t.s)-len(s)]; at.Line > 0 && !strings.Contains(gone, "\n") && t.placed() {
			at.Col += len(gone)
		}
	}
	if name != "lstrip" {
		s = strings.TrimRightFunc(s, cut)
	}
	return &str{s, at, t.bytes}
}

// placed says whether a text stands in the file as it is, and not in a literal with a quote before.
func (t *str) placed() bool { return !strings.HasSuffix(t.at.File, ".py") }

func (r *run) join(t *str, c *call) object {
	items, u := r.iterate(c.arg(0, ""))
	if u != nil {
		return u.of()
	}
	var b strings.Builder
	at := t.at
	for i, item := range items {
		s, ok := item.(*str)
		if !ok || s.bytes != t.bytes || s.s == worlds.Other {
			return nil
		}
		if i == 0 {
			at = s.at
		} else {
			b.WriteString(t.s)
		}
		b.WriteString(s.s)
		if b.Len() > maxText {
			panic(exhausted{"it makes a text that is too long to be followed"})
		}
	}
	out := r.text(b.String(), at)
	out.bytes = t.bytes
	return out
}

// cut are split and its kin.
func (r *run) cut(t *str, name string, c *call) object {
	sep, isText := c.arg(0, "sep").(*str)
	most := int64(-1)
	if o := c.arg(1, "maxsplit"); o != nil {
		n, ok := integer(o)
		if most = n; !ok {
			return nil
		}
	}
	var parts []string
	switch _, isNone := c.arg(0, "sep").(none); {
	case isText && sep.s == "":
		return nil
	case isText && name == "split":
		parts = strings.SplitN(t.s, sep.s, count(most))
	case isText && name == "rsplit" && most < 0:
		parts = strings.Split(t.s, sep.s)
	case isText && name == "rsplit":
		parts = rsplit(t.s, sep.s, most)
	case isText:
		return r.partition(t, sep, name)
	case (c.arg(0, "sep") == nil || isNone) && most < 0 && strings.HasSuffix(name, "split"):
		parts = strings.FieldsFunc(t.s, isSpace)
	default:
		return nil
	}
	return r.pieces(t, parts)
}

// count is the n of strings.SplitN for a maxsplit.
func count(most int64) int {
	if most < 0 || most > maxItems {
		return -1
	}
	return int(most) + 1
}

func rsplit(s, sep string, most int64) []string {
	parts := strings.Split(s, sep)
	if n := len(parts) - int(min(most, maxItems)); n > 1 {
		parts = append([]string{strings.Join(parts[:n], sep)}, parts[n:]...)
	}
	return parts
}

func (r *run) partition(t, sep *str, name string) object {
	i := strings.Index(t.s, sep.s)
	if name == "rpartition" {
		i = strings.LastIndex(t.s, sep.s)
	}
	parts := []string{t.s, "", ""}
	switch {
	case i >= 0:
		parts = []string{t.s[:i], sep.s, t.s[i+len(sep.s):]}
	case name == "rpartition":
		parts = []string{"", "", t.s}
	}
	l := r.pieces(t, parts)
	l.kind = '('
	return l
}

// pieces are parts of a text, which stand in order in it.
func (r *run) pieces(t *str, parts []string) *list {
	items := []object{}
	r.count(len(parts))
	from := 0
	for _, part := range parts {
		at := t.at
		if i := strings.Index(t.s[from:], part); i >= 0 && at.Line > 0 {
			before := t.s[:from+i]
			if n := strings.Count(before, "\n"); n > 0 {
				at.Line += n
				at.Col = len(before) - strings.LastIndex(before, "\n")
			} else if t.placed() {
				at.Col += len(before)
			}
			from += i + len(part)
		}
		piece := r.text(part, at)
		piece.bytes = t.bytes
		items = append(items, piece)
	}
	return r.list('[', items)
}

// lines are those of a text, with their ends or without.
func (r *run) lines(t *str, ends bool) []object {
	if t == nil {
		return nil
	}
	parts := strings.SplitAfter(strings.ReplaceAll(strings.ReplaceAll(t.s, "\r\n", "\n"), "\r", "\n"), "\n")
	r.count(len(parts))
	items := []object{}
	for i, part := range parts {
		if part == "" && i == len(parts)-1 {
			break
		}
		at := t.at
		if i > 0 && at.Line > 0 {
			at.Line, at.Col = at.Line+i, 1
		}
		if !ends {
			part = strings.TrimSuffix(part, "\n")
		}
		line := r.text(part, at)
		line.bytes = t.bytes
		items = append(items, line)
	}
	r.grow(80 * len(items))
	return items
}
