package syntax

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// literal reads a text token.
func (p *parser) literal(t token) Expr {
	open := strings.IndexAny(t.text, `'"`)
	prefix, quote := strings.ToLower(t.text[:open]), t.text[open:open+1]
	if triple := strings.Repeat(quote, 3); strings.HasPrefix(t.text[open:], triple) && len(t.text) >= open+6 {
		quote = triple
	}
	raw := t.text[open+len(quote) : len(t.text)-len(quote)]
	raw = strings.ReplaceAll(strings.ReplaceAll(raw, "\r\n", "\n"), "\r", "\n")
	switch {
	case strings.Contains(prefix, "t"):
		return Opaque{t.pos, "it is a template string"}
	case strings.Contains(prefix, "f"):
		return p.formatted(t.pos, raw, strings.Contains(prefix, "r"))
	}
	bytes := strings.Contains(prefix, "b")
	value, ok := unescape(raw, strings.Contains(prefix, "r"), bytes)
	if !ok {
		return Opaque{t.pos, "it has an escape that is not read here"}
	}
	return Text{Pos: t.pos, Value: value, Bytes: bytes}
}

// formatted reads an f-string: texts, and fields in braces.
func (p *parser) formatted(pos Pos, raw string, isRaw bool) Expr {
	all := Text{Pos: pos, Parts: []Expr{}}
	plain := ""
	flush := func() bool {
		value, ok := unescape(plain, isRaw, false)
		if value != "" {
			all.Parts = append(all.Parts, Text{Pos: pos, Value: value})
		}
		plain = ""
		return ok
	}
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case (c == '{' || c == '}') && i+1 < len(raw) && raw[i+1] == c:
			plain += string(c)
			i++
		case c == '{':
			field, size := p.field(pos, raw[i+1:])
			if field == nil || !flush() {
				return Opaque{pos, "it is an f-string that is not read here"}
			}
			all.Parts = append(all.Parts, field)
			i += size
		case c == '\\' && !isRaw && strings.HasPrefix(raw[i:], `\N{`):
			return Opaque{pos, "it has an escape that is not read here"}
		default:
			plain += string(raw[i : i+1])
		}
	}
	if !flush() {
		return Opaque{pos, "it has an escape that is not read here"}
	}
	return all
}

// field reads the inside of a brace up to and with the closing one, and says how long that is; nil if it cannot.
func (p *parser) field(pos Pos, s string) (Expr, int) {
	size := endOfField(s)
	if size < 0 {
		return nil, 0
	}
	inside, f := s[:size], Field{Pos: pos}
	if i := cutOutside(inside, ':'); i >= 0 {
		inside, f.Spec = inside[:i], inside[i+1:]
	}
	if i := cutOutside(inside, '!'); i >= 0 {
		inside, f.Conversion = inside[:i], inside[i+1:]
	}
	if strings.ContainsAny(f.Spec, "{}\\") || strings.HasSuffix(strings.TrimSpace(inside), "=") {
		return nil, 0
	}
	x, ok := p.within(inside)
	f.X = x
	if !ok {
		return nil, 0
	}
	return f, size + 1
}

// within parses the source of an expression that stands in a text.
func (p *parser) within(src string) (Expr, bool) {
	if p.deep > maxDepth/2 {
		return nil, false
	}
	inner := &parser{toks: tokens("(" + src + ")"), deep: p.deep + maxDepth/4}
	return inner.whole()
}

// endOfField is where the brace closes that stands before s; negative: nowhere.
func endOfField(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\'', '"':
			closing := strings.IndexByte(s[i+1:], s[i])
			if closing < 0 {
				return -1
			}
			i += closing + 1
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth == 0 {
				if s[i] == '}' {
					return i
				}
				return -1
			}
			depth--
		}
	}
	return -1
}

// cutOutside finds a character that stands in no bracket and no text, and is not the beginning of != or :=.
func cutOutside(s string, c byte) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch b := s[i]; {
		case b == '\'' || b == '"':
			closing := strings.IndexByte(s[i+1:], b)
			if closing < 0 {
				return -1
			}
			i += closing + 1
		case strings.IndexByte("([{", b) >= 0:
			depth++
		case strings.IndexByte(")]}", b) >= 0:
			depth--
		case b == c && depth == 0 && !(c == '!' && i+1 < len(s) && s[i+1] == '='):
			return i
		}
	}
	return -1
}

var escapes = map[byte]string{'\\': "\\", '\'': "'", '"': `"`, 'a': "\a", 'b': "\b", 'f': "\f", 'n': "\n", 'r': "\r", 't': "\t", 'v': "\v", '\n': ""}

// unescape is false for what is not read here: names of characters, bytes that are no text, and NUL.
func unescape(raw string, isRaw, bytes bool) (string, bool) {
	if isRaw || strings.IndexByte(raw, '\\') < 0 {
		return raw, true
	}
	var b strings.Builder
	for i := 0; i < len(raw); i++ {
		if raw[i] != '\\' || i+1 == len(raw) {
			b.WriteByte(raw[i])
			continue
		}
		i++
		c := raw[i]
		plain, simple := escapes[c]
		switch digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[c]; {
		case simple:
			b.WriteString(plain)
		case digits > 0 && !(bytes && c != 'x'):
			n, err := strconv.ParseUint(raw[i+1:min(i+1+digits, len(raw))], 16, 32)
			if err != nil || i+digits >= len(raw) || n == 0 || bytes && n > 127 || !utf8.ValidRune(rune(n)) {
				return "", false
			}
			b.WriteRune(rune(n))
			i += digits
		case c >= '0' && c <= '7':
			size := 1
			for size < 3 && i+size < len(raw) && raw[i+size] >= '0' && raw[i+size] <= '7' {
				size++
			}
			n, _ := strconv.ParseUint(raw[i:i+size], 8, 32)
			if n == 0 || bytes && n > 127 {
				return "", false
			}
			b.WriteRune(rune(n))
			i += size - 1
		case c == 'N' && !bytes:
			return "", false
		default:
			b.WriteByte('\\')
			b.WriteByte(c)
		}
	}
	return b.String(), true
}
