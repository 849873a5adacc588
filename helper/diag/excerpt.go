package diag

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Columns of a line that are shown before and from the marked column on, if the line is longer than both.
const (
	columnsBefore = 60
	columnsAfter  = 60
)

// excerpt is source and the line below it that marks span bytes from column col (1 is the first byte) on. A tab before
// the mark is answered by a tab, a wide character by two columns, so that the mark stands right whatever the terminal
// does. A long line is cut about the mark. Without a column inside the line there is no mark.
func excerpt(source string, col, span int) (line, mark string) {
	source = strings.TrimRight(source, " \t\r\n")
	if col < 1 || col > len(source)+1 {
		return Printable(cutEnd(source, columnsBefore+columnsAfter)), ""
	}
	before, after := source[:col-1], source[col-1:]
	marked := width(after[:min(max(span, 0), len(after))])
	if width(before)+width(after) > columnsBefore+columnsAfter {
		before, after = cutStart(before, columnsBefore), cutEnd(after, columnsAfter)
	}
	marked = max(1, min(marked, width(after)))
	return Printable(before + after), blank(before) + strings.Repeat("~", marked-1) + "^"
}

// cutEnd keeps the first columns of s.
func cutEnd(s string, columns int) string {
	w := 0
	for i, r := range s {
		if w += runeWidth(r); w > columns {
			return s[:i] + "…"
		}
	}
	return s
}

// cutStart keeps the last columns of s.
func cutStart(s string, columns int) string {
	w := 0
	for i := len(s); i > 0; {
		r, size := utf8.DecodeLastRuneInString(s[:i])
		if w += runeWidth(r); w > columns {
			return "…" + s[i:]
		}
		i -= size
	}
	return s
}

// blank is white space as wide as s.
func blank(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r == '\t' {
			b.WriteByte('\t')
			continue
		}
		for range runeWidth(r) {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// width counts the columns of s; a tab counts as one.
func width(s string) (n int) {
	for _, r := range s {
		n += runeWidth(r)
	}
	return n
}

// runeWidth is the number of columns that a terminal gives to r: wide and fullwidth characters of Unicode's annex 11 by
// block, and emoji, have two; what combines with the character before has none.
func runeWidth(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case r == 0x200B, r == 0x200D, r >= 0xFE00 && r <= 0xFE0F, unicode.In(r, unicode.Mn, unicode.Me):
		return 0
	case r >= 0x1100 && r <= 0x115F, // Hangul Jamo
		r >= 0x2E80 && r <= 0xA4CF && r != 0x303F,              // CJK, Kana, Yi
		r >= 0xA960 && r <= 0xA97F, r >= 0xAC00 && r <= 0xD7A3, // Hangul
		r >= 0xF900 && r <= 0xFAFF, r >= 0xFE30 && r <= 0xFE6F, // compatibility forms
		r >= 0xFF00 && r <= 0xFF60, r >= 0xFFE0 && r <= 0xFFE6, // fullwidth forms
		r >= 0x1F300 && r <= 0x1F64F, r >= 0x1F680 && r <= 0x1F6FF, r >= 0x1F900 && r <= 0x1FAFF, // emoji
		r >= 0x20000 && r <= 0x3FFFD: // CJK extensions
		return 2
	}
	return 1
}

// control reports whether r steers a terminal, or the direction of the text around it, rather than being seen.
func control(r rune) bool {
	return r < ' ' || r >= 0x7F && r < 0xA0 || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}
