package pep508

import "strings"

// NormalizeName gives the form in which names are compared (PEP 503): lower case, with every run of
// "-", "_" and "." one "-". A name in that form is returned as it is, without allocation.
func NormalizeName(s string) string {
	for i := range len(s) {
		if c := s[i]; c == '_' || c == '.' || 'A' <= c && c <= 'Z' || c >= 0x80 || c == '-' && i > 0 && s[i-1] == '-' {
			return normalizeName(s)
		}
	}
	return s
}

func normalizeName(s string) string {
	b := make([]byte, 0, len(s))
	for _, c := range []byte(strings.ToLower(s)) {
		if c == '_' || c == '.' {
			c = '-'
		}
		if c == '-' && len(b) > 0 && b[len(b)-1] == '-' {
			continue
		}
		b = append(b, c)
	}
	return string(b)
}

// ValidName says whether s is a name that an index accepts: ASCII letters and digits, and between
// them ".", "_" and "-".
func ValidName(s string) bool {
	for i := range len(s) {
		if !isNameByte(s[i]) {
			return false
		}
	}
	return s != "" && isAlphanumeric(s[0]) && isAlphanumeric(s[len(s)-1])
}

func isAlphanumeric(c byte) bool { return c-'0' < 10 || c|0x20-'a' < 26 }
func isNameByte(c byte) bool     { return isAlphanumeric(c) || c == '.' || c == '-' || c == '_' }
func isWordByte(c byte) bool     { return isAlphanumeric(c) || c == '_' || c >= 0x80 }
