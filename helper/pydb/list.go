package pydb

import (
	"slices"
	"strconv"
	"strings"
)

// appendEdits appends the lines that turn the sorted list from into the sorted list
// to. Each goes on where the one before it left off in the list; at first that is its
// beginning. After prefix a line is one of
//
//	+TEXT      put TEXT where it belongs in the order of what is left
//	-[N]       pass over N items, 0 if not given, and take out the next
//	=[N] TEXT  pass over N items, and put TEXT in the place of the next
//
// TEXT that is empty or begins with an operator stands in the place of the item's
// specifiers alone.
func appendEdits(b []byte, prefix string, from, to []string) []byte {
	passed := 0
	edit := func(letter byte, n int, text string) {
		b = append(append(b, prefix...), letter)
		if n > 0 {
			b = strconv.AppendInt(b, int64(n), 10)
		}
		b = append(append(b, text...), '\n')
		passed = 0
	}
	for len(from) > 0 || len(to) > 0 {
		gone := len(from) > 0 && !contains(to, from[0])
		added := len(to) > 0 && !contains(from, to[0])
		text, other := "", false
		if gone && added {
			text, other = replacement(from[0], to[0])
		}
		switch {
		case other:
			edit('=', passed, " "+text)
			from, to = from[1:], to[1:]
		case gone && (!added || from[0] < to[0]):
			edit('-', passed, "")
			from = from[1:]
		case added:
			edit('+', 0, to[0])
			to = to[1:]
		default:
			from, to, passed = from[1:], to[1:], passed+1
		}
	}
	return b
}

func contains(sorted []string, s string) bool {
	_, ok := slices.BinarySearch(sorted, s)
	return ok
}

// replacement says what stands in the place of from to make to, if both are about
// the same project.
func replacement(from, to string) (text string, ok bool) {
	head, _, tail := splitRequirement(from)
	head2, specifiers, tail2 := splitRequirement(to)
	switch {
	case head != head2:
		return "", false
	case tail != tail2:
		return to, to != "" && !strings.ContainsRune(operators, rune(to[0]))
	}
	return specifiers, true
}

// list is a list while it is edited.
type list struct {
	items []string
	at    int  // where the last edit left off
	owned bool // items are a copy made for this release
}

// begin begins the edits of another release.
func (l *list) begin() { l.at, l.owned = 0, false }

// edit applies a line of appendEdits, without the prefix, and says whether it can.
func (l *list) edit(line string) bool {
	if line == "" {
		return false
	}
	if !l.owned {
		l.items, l.owned = append(make([]string, 0, len(l.items)+4), l.items...), true
	}
	if line[0] == '+' {
		l.insert(line[1:])
		return true
	}
	digits, text, replace := strings.Cut(line[1:], " ")
	if digits != "" {
		n, err := strconv.Atoi(digits)
		if err != nil || n < 0 || n >= len(l.items)-l.at {
			return false
		}
		l.at += n
	}
	if l.at >= len(l.items) {
		return false
	}
	switch {
	case line[0] == '-' && !replace:
		l.items = slices.Delete(l.items, l.at, l.at+1)
		return true
	case line[0] == '=' && replace:
		l.items[l.at] = replaced(l.items[l.at], text)
		l.at++
		return true
	}
	return false
}

func (l *list) insert(text string) {
	at := len(l.items)
	if l.at < at && l.items[at-1] > text {
		n, _ := slices.BinarySearch(l.items[l.at:], text)
		at = l.at + n
	}
	l.items = slices.Insert(l.items, at, text)
	l.at = at + 1
}

func replaced(item, text string) string {
	if text != "" && !strings.ContainsRune(operators, rune(text[0])) {
		return text
	}
	head, _, tail := splitRequirement(item)
	return head + text + tail
}
