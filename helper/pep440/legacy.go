package pep440

import (
	"slices"
	"strings"
)

// legacyClause makes a clause of a text that is no version. Before PEP 440, and in pip until 2024,
// such a clause compared all versions the way setuptools once did; so does this one.
func legacyClause(op, text string) (c Specifier) {
	switch op {
	case "==", "!=", "<=", ">=", "<", ">":
		c = Specifier{Op: op, Text: text, operator: legacy}
	}
	return c
}

func (s *Specifier) containsLegacy(v *Version) bool {
	c := slices.Compare(legacyKey(v.String()), legacyKey(strings.ToLower(s.Text)))
	switch s.Op {
	case "==":
		return c == 0
	case "!=":
		return c != 0
	case "<=":
		return c <= 0
	case ">=":
		return c >= 0
	case "<":
		return c < 0
	}
	return c > 0
}

// legacyKey gives a version as setuptools compared it: numbers padded with zeros, words after a
// "*", so that they come before numbers, and "*final" at the end, so that what sorts after
// that word is later than the release.
func legacyKey(s string) []string {
	var key []string
	for s != "" {
		n := legacyPartLen(s)
		part := s[:n]
		s = s[n:]
		switch part {
		case ".":
			continue
		case "pre", "preview", "rc":
			part = "c"
		case "dev":
			part = "@"
		case "-":
			part = "final-"
		}
		if isDigit(part[0]) {
			key = append(key, strings.Repeat("0", max(0, 8-len(part)))+part)
		} else {
			key = append(trimLegacy(key, "*"+part), "*"+part)
		}
	}
	return append(trimLegacy(key, "*final"), "*final")
}

// legacyPartLen gives the length of the digits, the letters, the separator or what else s begins with.
func legacyPartLen(s string) int {
	kind := func(c byte) int {
		switch {
		case isDigit(c):
			return 1
		case 'a' <= c && c <= 'z':
			return 2
		case c == '.' || c == '-':
			return 3
		}
		return 4
	}
	n, k := 1, kind(s[0])
	for k != 3 && n < len(s) && kind(s[n]) == k {
		n++
	}
	return n
}

// trimLegacy strips the zeros before a word, and the "-" before a pre-release.
func trimLegacy(key []string, word string) []string {
	for word < "*final" && len(key) > 0 && key[len(key)-1] == "*final-" {
		key = key[:len(key)-1]
	}
	for len(key) > 0 && key[len(key)-1] == "00000000" {
		key = key[:len(key)-1]
	}
	return key
}
