package inputs

import (
	"fmt"
	"strings"
)

// option is one option of a line, and where its name and its value begin there.
type option struct {
	name    string // the long one
	value   string
	at      int
	valueAt int
	end     int // behind the value, or the name if there is none
}

// grammar lists the options of a requirements file.
var grammar = []struct {
	name  string
	short byte
	takes bool // a value
}{
	{"--all-releases", 0, true},
	{"--config-settings", 'C', true},
	{"--constraint", 'c', true},
	{"--editable", 'e', true},
	{"--extra-index-url", 0, true},
	{"--find-links", 'f', true},
	{"--hash", 0, true},
	{"--index-url", 'i', true},
	{"--no-binary", 0, true},
	{"--no-index", 0, false},
	{"--no-require-hashes", 0, false},
	{"--only-binary", 0, true},
	{"--only-final", 0, true},
	{"--pre", 0, false},
	{"--prefer-binary", 0, false},
	{"--pypi-url", 0, true},
	{"--require-hashes", 0, false},
	{"--requirement", 'r', true},
	{"--trusted-host", 0, true},
	{"--use-feature", 0, true},
}

// lineError is what is wrong with span bytes at offset of a logical line.
type lineError struct {
	offset, span int
	reason, hint string
}

// splitOptions tells the requirement of a line from its options, which begin with the first word that has a hyphen.
func splitOptions(text string) (requirement, options string) {
	for i := range len(text) {
		if text[i] == '-' && (i == 0 || isSpace(text[i-1])) {
			return strings.TrimRight(text[:i], spaces), text[i:]
		}
	}
	return text, ""
}

// parseOptions reads options, which begin at offset of their line.
func parseOptions(text string, offset int) ([]option, *lineError) {
	words, err := splitWords(text, offset)
	if err != nil {
		return nil, err
	}
	var all []option
	for len(words) > 0 {
		o, takes, err := parseOption(words[0])
		if err != nil {
			return nil, err
		}
		words = words[1:]
		if takes && o.valueAt == 0 {
			if len(words) == 0 {
				return nil, &lineError{o.at, o.end - o.at, fmt.Sprintf("%s needs a value", o.name), ""}
			}
			o.value, o.valueAt, o.end = words[0].text, words[0].at, words[0].end
			words = words[1:]
		}
		all = append(all, o)
	}
	return all, nil
}

// parseOption reads the option that w begins, or all of it: valueAt is 0 if its value is not in w.
func parseOption(w word) (o option, takes bool, err *lineError) {
	o = option{at: w.at, end: w.end}
	if !strings.HasPrefix(w.text, "-") {
		return o, false, w.wrong("%q stands behind options", w.text)
	}
	if !strings.HasPrefix(w.text, "--") {
		for _, g := range grammar {
			if g.short == 0 || w.text[:min(2, len(w.text))] != "-"+string(g.short) {
				continue
			}
			if o.name = g.name; len(w.text) > 2 {
				o.value, o.valueAt = w.text[2:], w.at+2
			}
			return o, true, nil
		}
		return o, false, w.wrong("no option %q", w.text)
	}
	name, value, has := strings.Cut(w.text, "=")
	full, takes, err := w.long(name)
	if err != nil {
		return o, false, err
	}
	if has && !takes {
		return o, false, w.wrong("%s takes no value", full)
	}
	if o.name = full; has {
		o.value, o.valueAt = value, w.at+len(name)+1
	}
	return o, takes, nil
}

// long finds the one option whose name is name, or begins with it.
func (w word) long(name string) (full string, takes bool, err *lineError) {
	for _, g := range grammar {
		if g.name == name {
			return g.name, g.takes, nil
		}
		if strings.HasPrefix(g.name, name) {
			if full != "" {
				return "", false, w.wrong("%q is both %s and %s", name, full, g.name)
			}
			full, takes = g.name, g.takes
		}
	}
	if full == "" {
		return "", false, w.wrong("no option %q", name)
	}
	return full, takes, nil
}

func (w word) wrong(format string, args ...any) *lineError {
	return &lineError{w.at, w.end - w.at, fmt.Sprintf(format, args...), ""}
}

// word is a word of a line, without its quotes and backslashes, and the bytes that it stands in.
type word struct {
	text    string
	at, end int
}

// splitWords splits text as a shell does; it begins at offset of its line.
func splitWords(text string, offset int) (words []word, _ *lineError) {
	for i := 0; i < len(text); {
		if isSpace(text[i]) {
			i++
			continue
		}
		w := word{at: offset + i}
		var b strings.Builder
		for i < len(text) && !isSpace(text[i]) {
			n, reason := unquote(text[i:], &b)
			if reason != "" {
				return nil, &lineError{offset + i, 1, reason, ""}
			}
			i += n
		}
		w.text, w.end = b.String(), offset+i
		words = append(words, w)
	}
	return words, nil
}

// unquote reads one character or one quoted text, and says how many bytes that were.
func unquote(s string, b *strings.Builder) (n int, reason string) {
	switch quote := s[0]; quote {
	case '\\':
		if len(s) == 1 {
			return 0, "a backslash without a character behind it"
		}
		b.WriteByte(s[1])
		return 2, ""
	case '\'', '"':
		for i := 1; i < len(s); i++ {
			switch {
			case s[i] == quote:
				return i + 1, ""
			case s[i] == '\\' && quote == '"' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\'):
				i++
			}
			b.WriteByte(s[i])
		}
		return 0, "a quote that is not closed"
	}
	b.WriteByte(s[0])
	return 1, ""
}
