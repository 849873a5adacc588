package pep440

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Parse reads a version. The error is an *Error.
func Parse(s string) (Version, error) {
	start, end := trimSpace(s)
	sc := scanner{s: s[:end], pos: start}
	v, ok := sc.version()
	if !ok || sc.pos < end {
		return Version{}, &Error{Input: s, Offset: sc.pos, Len: end - sc.pos, Reason: "not a version (PEP 440)"}
	}
	return v, nil
}

// A scanner reads a version from s at pos, which stays where the version ends or goes wrong.
type scanner struct {
	s   string
	pos int
}

// version reads as much as is a version.
func (sc *scanner) version() (Version, bool) {
	var buf [6]number // apart from suffix, so that it can stay on the stack
	epoch, release := sc.release(buf[:0])
	suffix := suffix{pre: final}
	if len(release) == 0 {
		return Version{}, false
	}
	if sc.pos < len(sc.s) {
		sc.suffix(&suffix)
	}
	return newVersion(epoch, release, suffix), true
}

func (sc *scanner) release(into []number) (epoch number, release []number) {
	if lower(sc.peek()) == 'v' {
		sc.pos++
	}
	n, ok := sc.number()
	if ok && sc.peek() == '!' {
		epoch = n
		sc.pos++
		n, ok = sc.number()
	}
	for ok {
		into = append(into, n)
		if sc.peek() != '.' || !isDigit(sc.at(1)) {
			break
		}
		sc.pos++
		n, ok = sc.number()
	}
	return epoch, into
}

func (sc *scanner) suffix(p *suffix) {
	if pre := sc.preWord(); pre != final {
		p.pre = pre
		p.preN = sc.suffixNumber()
	}
	if sc.peek() == '-' && isDigit(sc.at(1)) {
		sc.pos++
		p.hasPost = true
		p.post, _ = sc.number()
	} else if sc.word("post") || sc.word("rev") || sc.word("r") {
		p.hasPost = true
		p.post = sc.suffixNumber()
	}
	if sc.word("dev") {
		p.hasDev = true
		p.dev = sc.suffixNumber()
		if p.pre == final && !p.hasPost {
			p.pre = devOnly
		}
	}
	if sc.peek() == '+' {
		sc.local(p)
	}
}

func (sc *scanner) preWord() preKind {
	switch {
	case sc.word("alpha"), sc.word("a"):
		return alpha
	case sc.word("beta"), sc.word("b"):
		return beta
	case sc.word("preview"), sc.word("pre"), sc.word("c"), sc.word("rc"):
		return candidate
	}
	return final
}

// word reads a word of a suffix, and the separator before it, if both are there.
func (sc *scanner) word(w string) bool {
	i := sc.pos
	if isSeparator(sc.peek()) {
		i++
	}
	if len(sc.s)-i < len(w) {
		return false
	}
	for j := range len(w) {
		if lower(sc.s[i+j]) != w[j] {
			return false
		}
	}
	sc.pos = i + len(w)
	return true
}

// suffixNumber reads what may follow a word: a separator, and a number, 0 if there is none.
func (sc *scanner) suffixNumber() number {
	if isSeparator(sc.peek()) {
		sc.pos++
	}
	n, _ := sc.number()
	return n
}

func (sc *scanner) number() (number, bool) {
	start := sc.pos
	for isDigit(sc.peek()) {
		sc.pos++
	}
	return parseNumber(sc.s[start:sc.pos]), sc.pos > start
}

// local reads "+" and a local version; if it is wrong, pos stays before what is.
func (sc *scanner) local(p *suffix) {
	begin := sc.pos
	for {
		start := sc.pos + 1
		end := start
		for end < len(sc.s) && isAlphanumeric(sc.s[end]) {
			end++
		}
		if end == start {
			break
		}
		sc.pos = end
		if end == len(sc.s) || !isSeparator(sc.s[end]) {
			break
		}
	}
	if sc.pos > begin {
		p.local = normalLocal(sc.s[begin+1 : sc.pos])
	}
}

// normalLocal lowers the case, makes every separator a dot, and strips the zeros before numbers.
func normalLocal(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		end := 0
		for end < len(s) && !isSeparator(s[end]) {
			end++
		}
		part := s[:end]
		if allDigits(part) {
			part = strings.TrimLeft(part[:end-1], "0") + part[end-1:]
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(strings.ToLower(part))
		s = s[min(end+1, len(s)):]
	}
	return b.String()
}

// peek is the byte at pos, 0 at the end.
func (sc *scanner) peek() byte { return sc.at(0) }

func (sc *scanner) at(i int) byte {
	if sc.pos+i < len(sc.s) {
		return sc.s[sc.pos+i]
	}
	return 0
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

func isDigit(c byte) bool        { return c-'0' < 10 }
func isSeparator(c byte) bool    { return c == '.' || c == '-' || c == '_' }
func isAlphanumeric(c byte) bool { return isDigit(c) || lower(c)-'a' < 26 }

func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return true
}

// trimSpace gives the bounds of s without surrounding white space, as Python sees it.
func trimSpace(s string) (start, end int) {
	end = len(s)
	for start < end && s[end-1] <= ' ' && isSpace(rune(s[end-1])) {
		end--
	}
	for start < end && s[start] <= ' ' && isSpace(rune(s[start])) {
		start++
	}
	if start < end && (s[start] >= utf8.RuneSelf || s[end-1] >= utf8.RuneSelf) {
		end -= len(s[start:end]) - len(strings.TrimRightFunc(s[start:end], isSpace))
		start += len(s[start:end]) - len(strings.TrimLeftFunc(s[start:end], isSpace))
	}
	return start, end
}

// isSpace is Python's str.isspace: Unicode's white space and four separators of ASCII.
func isSpace(r rune) bool { return unicode.IsSpace(r) || 0x1c <= r && r <= 0x1f }
