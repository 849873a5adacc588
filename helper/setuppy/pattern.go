package setuppy

import (
	"regexp"
	"strings"
)

type (
	// pattern is a compiled regular expression of Python.
	pattern struct {
		re     *regexp.Regexp
		size   int  // how much there is in it, repetitions counted as many
		dollar bool // it has a $ that is the end of the text, or what stands before a last line end
	}

	// match is a match in a text.
	match struct {
		re     *regexp.Regexp
		in     *str
		groups []int
	}
)

// flags are those of re that are known here.
var flags = map[string]int64{"I": 2, "IGNORECASE": 2, "M": 8, "MULTILINE": 8, "S": 16, "DOTALL": 16, "U": 32, "UNICODE": 32, "X": 64, "VERBOSE": 64}

const (
	ignoreCase = 2
	multiLine  = 8
	dotAll     = 16
	verbose    = 64
)

// maxScan bounds the bytes that regular expressions look at, of which longer ones count for more.
const maxScan = 8 << 20

func (r *reader) scan(p *pattern, s string) {
	if r.scanned += len(s) * (1 + p.size/32); r.scanned > maxScan {
		panic(exhausted{"its regular expressions have too much to look at"})
	}
}

// maxPattern bounds a regular expression.
const maxPattern = 4096

// newPattern is nil for what Go's regular expressions do not have.
func newPattern(source string, flags int64) *pattern {
	if len(source) > maxPattern || flags&verbose != 0 || strings.Contains(source, "(?x") {
		return nil
	}
	prefix := ""
	for flag, letter := range map[int64]string{ignoreCase: "i", multiLine: "m", dotAll: "s"} {
		if flags&flag != 0 {
			prefix += "(?" + letter + ")"
		}
	}
	translated, dollar := translate(source)
	re, err := regexp.Compile(prefix + translated)
	if err != nil {
		return nil
	}
	multi := flags&multiLine != 0 || strings.HasPrefix(source, "(?m")
	return &pattern{re, len(source) + 1000*strings.Count(source, "{"), dollar && !multi}
}

// translate writes a pattern for Go: classes of characters are those of Unicode, \Z is the end.
func translate(source string) (out string, dollar bool) {
	var b strings.Builder
	inClass := false
	for i := 0; i < len(source); i++ {
		c := source[i]
		switch {
		case c == '\\' && i+1 < len(source):
			i++
			b.WriteString(escaped(source[i], inClass))
			continue
		case c == '[' && !inClass:
			inClass = true
			if b.WriteByte(c); i+1 < len(source) && source[i+1] == '^' {
				i++
				b.WriteByte('^')
			}
			if i+1 < len(source) && source[i+1] == ']' {
				i++
				b.WriteString(`\]`)
			}
			continue
		case c == '[':
			b.WriteString(`\[`)
			continue
		case c == ']':
			inClass = false
		case c == '$' && !inClass:
			dollar = true
		}
		b.WriteByte(c)
	}
	return b.String(), dollar
}

func escaped(c byte, inClass bool) string {
	class := map[byte]string{'w': `\p{L}\p{N}_`, 'd': `\p{Nd}`, 's': `\s\v\x{1c}-\x{1f}\x{85}\p{Z}`}[c]
	negative := map[byte]string{'W': `[^\p{L}\p{N}_]`, 'D': `[^\p{Nd}]`, 'S': `[^\s\v\x{1c}-\x{1f}\x{85}\p{Z}]`}[c]
	switch {
	case class != "" && inClass:
		return class
	case class != "":
		return "[" + class + "]"
	case negative != "" && !inClass:
		return negative
	case negative != "" && c == 'S':
		return `\S`
	case c == 'Z':
		return `\z`
	case c == '\'' || c == '"' || c == '/' || c == ' ' || c == '#' || c == '=' || c == ':' || c == ',' || c == '<' || c == '>' || c == '@' || c == '%' || c == '&' || c == '~' || c == '`' || c == ';' || c == '!':
		return string(c)
	}
	return `\` + string(c)
}

// patternOf is the pattern of a call: its first argument, with the flags that stand at a place.
func patternOf(c *call, flagsAt int) *pattern {
	if p, ok := c.arg(0, "pattern").(*pattern); ok {
		return p
	}
	source, ok := c.arg(0, "pattern").(*str)
	flags := int64(0)
	if o := c.arg(flagsAt, "flags"); o != nil && ok {
		flags, ok = integer(o)
	}
	if !ok || source.bytes {
		return nil
	}
	return newPattern(source.s, flags)
}

func compilePattern(_ *run, c *call) object {
	if p := patternOf(c, 1); p != nil {
		return p
	}
	return nil
}

// search is re.search, match and fullmatch.
func search(r *run, c *call) object {
	p := patternOf(c, 2)
	in, ok := c.arg(1, "string").(*str)
	if p == nil || !ok {
		return nil
	}
	return p.find(r, in, c.name[strings.LastIndexByte(c.name, '.')+1:])
}

// find is nil for what is not known.
func (p *pattern) find(r *run, in *str, how string) object {
	if in.bytes || p.dollar && strings.HasSuffix(in.s, "\n") {
		return nil
	}
	re := p.re
	switch how {
	case "match":
		re = regexp.MustCompile(`\A(?:` + p.re.String() + `)`)
	case "fullmatch":
		re = regexp.MustCompile(`\A(?:` + p.re.String() + `)\z`)
	case "search":
	default:
		return nil
	}
	key := [2]string{re.String(), in.s}
	groups, had := r.found[key]
	if !had {
		r.scan(p, in.s)
		groups = re.FindStringSubmatchIndex(in.s)
		r.found[key] = groups
	}
	if groups == nil {
		return none{}
	}
	return &match{re, in, groups}
}

func (p *pattern) method(r *run, name string, c *call) object {
	all := *c
	all.args = append([]object{p}, c.args...)
	all.name = "re." + name
	f := map[string]func(*run, *call) object{"search": search, "match": search, "fullmatch": search, "findall": findall, "sub": substitute, "split": splitBy}[name]
	if f == nil {
		return nil
	}
	return f(r, &all)
}

// group is m.group(key); nil if that is not known.
func (m *match) group(key object) object {
	i, whole := integer(key)
	if name, ok := key.(*str); ok {
		i, whole = int64(m.re.SubexpIndex(name.s)), true
	}
	if !whole || i < 0 || int(i)*2+1 >= len(m.groups) {
		return nil
	}
	if m.groups[2*i] < 0 {
		return none{}
	}
	part := m.in.s[m.groups[2*i]:m.groups[2*i+1]]
	at := m.in.at
	if at.Line > 0 {
		before := m.in.s[:m.groups[2*i]]
		at.Line += strings.Count(before, "\n")
		at.Col = len(before) - strings.LastIndexByte(before, '\n')
	}
	return &str{s: part, at: at}
}

func (m *match) method(r *run, name string, c *call) object {
	switch {
	case name == "group" && len(c.args) == 0:
		return m.group(int64(0))
	case name == "group" && len(c.args) == 1:
		return m.group(c.args[0])
	case name == "groups" && len(c.named) == 0 && len(c.args) < 2:
		all := []object{}
		for i := 1; i < len(m.groups)/2; i++ {
			all = append(all, m.group(int64(i)))
			if all[i-1] == (none{}) && len(c.args) == 1 {
				all[i-1] = c.args[0]
			}
		}
		return r.list('(', all)
	case name == "groupdict" && len(c.all()) == 0:
		d := newDict()
		for _, group := range m.re.SubexpNames() {
			if group != "" {
				d.set(text(group), m.group(text(group)))
			}
		}
		return d
	}
	return nil
}

func findall(r *run, c *call) object {
	p := patternOf(c, 2)
	in, ok := c.arg(1, "string").(*str)
	if p == nil || !ok || in.bytes || p.dollar && strings.HasSuffix(in.s, "\n") {
		return nil
	}
	r.scan(p, in.s)
	out := []object{}
	for _, groups := range p.re.FindAllStringSubmatchIndex(in.s, maxItems) {
		m := &match{p.re, in, groups}
		var one []object
		for i := range len(groups) / 2 {
			g := m.group(int64(i))
			if g == (none{}) {
				g = text("")
			}
			one = append(one, g)
		}
		switch len(one) {
		case 1, 2:
			out = append(out, one[len(one)-1])
		default:
			out = append(out, r.list('(', one[1:]))
		}
	}
	return r.list('[', out)
}

// substitute is re.sub with a text, without references to groups.
func substitute(r *run, c *call) object {
	p := patternOf(c, 4)
	with, ok := c.arg(1, "repl").(*str)
	in, too := c.arg(2, "string").(*str)
	if p == nil || !ok || !too || len(c.args) > 3 || c.arg(-1, "count") != nil || strings.Contains(with.s, `\`) || p.dollar && strings.HasSuffix(in.s, "\n") || in.bytes {
		return nil
	}
	r.scan(p, in.s)
	r.grow(len(in.s) * (len(with.s) + 1))
	return r.text(p.re.ReplaceAllLiteralString(in.s, with.s), in.at)
}

// splitBy is re.split with a pattern that has no groups.
func splitBy(r *run, c *call) object {
	p := patternOf(c, 3)
	in, ok := c.arg(1, "string").(*str)
	if p == nil || !ok || len(c.all()) > 2 || p.re.NumSubexp() > 0 || p.re.MatchString("") || p.dollar || in.bytes {
		return nil
	}
	r.scan(p, in.s)
	return r.pieces(in, p.re.Split(in.s, maxItems))
}
