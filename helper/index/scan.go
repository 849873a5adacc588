package index

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// scanner reads JSON (RFC 8259) once from front to back, without making a tree of it: a page has tens of thousands of
// files, of which encoding/json would copy every word. Strings share the memory of the text. After an error every
// method returns zero.
type scanner struct {
	s   string
	i   int
	err error
}

// maxDepth bounds the nesting of what is passed over.
const maxDepth = 1000

func (sc *scanner) fail(what string) {
	if sc.err == nil {
		sc.err = fmt.Errorf("JSON: byte %d: %s expected", sc.i, what)
	}
	sc.i = len(sc.s)
}

// peek is the next byte that is no white space; 0 at the end.
func (sc *scanner) peek() byte {
	for sc.i < len(sc.s) {
		switch c := sc.s[sc.i]; c {
		case ' ', '\t', '\n', '\r':
			sc.i++
		default:
			return c
		}
	}
	return 0
}

// accept passes over c if it is next.
func (sc *scanner) accept(c byte) bool {
	if sc.peek() != c {
		return false
	}
	sc.i++
	return true
}

// object reads an object and calls member with each key, which has to read the value. null is an empty object.
func (sc *scanner) object(member func(key string)) {
	if sc.null() {
		return
	}
	if !sc.accept('{') {
		sc.fail("an object")
		return
	}
	for first := true; sc.err == nil && !(first && sc.accept('}')); first = false {
		key := sc.string()
		if !sc.accept(':') {
			sc.fail("a colon")
			return
		}
		member(key)
		if sc.accept('}') {
			return
		}
		if !sc.accept(',') {
			sc.fail("a comma or the end of an object")
		}
	}
}

// array reads an array and calls element for each element, which has to read it. null is an empty array.
func (sc *scanner) array(element func()) {
	if sc.null() {
		return
	}
	if !sc.accept('[') {
		sc.fail("an array")
		return
	}
	for first := true; sc.err == nil && !(first && sc.accept(']')); first = false {
		element()
		if sc.accept(']') {
			return
		}
		if !sc.accept(',') {
			sc.fail("a comma or the end of an array")
		}
	}
}

// string reads a string. Anything else, as null, is "".
func (sc *scanner) string() string {
	if sc.peek() != '"' {
		sc.skip()
		return ""
	}
	literal := sc.literal()
	if sc.err != nil {
		return ""
	}
	if strings.IndexByte(literal, '\\') < 0 {
		return literal[1 : len(literal)-1]
	}
	var s string
	if err := json.Unmarshal([]byte(literal), &s); err != nil {
		sc.fail("a string")
	}
	return s
}

// literal passes over a string and returns it as it stands there.
func (sc *scanner) literal() string {
	from := sc.i
	for i := from + 1; i < len(sc.s); i++ {
		n := strings.IndexByte(sc.s[i:], '"')
		if n < 0 {
			break
		}
		i += n
		slashes := 0
		for sc.s[i-1-slashes] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			sc.i = i + 1
			return sc.s[from:sc.i]
		}
	}
	sc.i = len(sc.s)
	sc.fail("the end of a string")
	return ""
}

// int reads a whole number, also one in a string, as some mirrors have it. Anything else is 0.
func (sc *scanner) int() int64 {
	from := sc.peek()
	at := sc.i
	sc.skip()
	if sc.err != nil || from == '{' || from == '[' {
		return 0
	}
	n, _ := strconv.ParseInt(strings.Trim(sc.s[at:sc.i], `"`), 10, 64)
	return n
}

// null passes over null.
func (sc *scanner) null() bool { return sc.peek() == 'n' && sc.word("null") }

func (sc *scanner) word(w string) bool {
	if !strings.HasPrefix(sc.s[sc.i:], w) {
		return false
	}
	sc.i += len(w)
	return true
}

// skip passes over a value. Within nested ones only brackets and strings are looked at.
func (sc *scanner) skip() {
	switch c := sc.peek(); {
	case c == '"':
		sc.literal()
	case c == '{' || c == '[':
		sc.nested()
	case c == '-' || c >= '0' && c <= '9':
		for sc.i < len(sc.s) && strings.IndexByte("+-.0123456789eE", sc.s[sc.i]) >= 0 {
			sc.i++
		}
	case !sc.word("true") && !sc.word("false") && !sc.word("null"):
		sc.fail("a value")
	}
}

func (sc *scanner) nested() {
	for depth := 0; sc.err == nil; {
		switch sc.peek() {
		case '{', '[':
			if depth++; depth > maxDepth {
				sc.fail("less nesting")
			}
			sc.i++
		case '}', ']':
			sc.i++
			if depth--; depth == 0 {
				return
			}
		case '"':
			sc.literal()
		case 0:
			sc.fail("the end of an object or an array")
		default:
			sc.i++
		}
	}
}
