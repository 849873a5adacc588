package pydb

import (
	"slices"
	"strconv"
	"strings"
)

// appendEdits appends the lines that turn the sorted list from into the sorted
// list to. After prefix a line is one of
//
//	-N        take out the item with index N
//	=N TEXT   put TEXT in its place
//	+TEXT     put TEXT where it belongs in the order
//
// and is about the list that the lines before it left.
func appendEdits(b []byte, prefix string, from, to []string) []byte {
	at := 0
	for len(from) > 0 || len(to) > 0 {
		gone := len(from) > 0 && !contains(to, from[0])
		added := len(to) > 0 && !contains(from, to[0])
		switch {
		case gone && added:
			b = append(strconv.AppendInt(append(append(b, prefix...), '='), int64(at), 10), ' ')
			b = append(append(b, to[0]...), '\n')
			from, to, at = from[1:], to[1:], at+1
		case gone:
			b = strconv.AppendInt(append(append(b, prefix...), '-'), int64(at), 10)
			b, from = append(b, '\n'), from[1:]
		case added:
			b = append(append(append(append(b, prefix...), '+'), to[0]...), '\n')
			to, at = to[1:], at+1
		default:
			from, to, at = from[1:], to[1:], at+1
		}
	}
	return b
}

func contains(sorted []string, s string) bool {
	_, ok := slices.BinarySearch(sorted, s)
	return ok
}

// edit is the list after one line of appendEdits, without the prefix. The list
// given is not changed unless it is owned.
func edit(list []string, owned bool, line string) ([]string, bool) {
	if !owned {
		list = append(make([]string, 0, len(list)+4), list...)
	}
	if line[0] == '+' {
		text := line[1:]
		at := len(list)
		if at > 0 && list[at-1] > text {
			at, _ = slices.BinarySearch(list, text)
		}
		return slices.Insert(list, at, text), true
	}
	digits, text, replace := strings.Cut(line[1:], " ")
	at, err := strconv.Atoi(digits)
	if err != nil || at < 0 || at >= len(list) {
		return nil, false
	}
	if replace && line[0] == '=' {
		list[at] = text
		return list, true
	}
	return slices.Delete(list, at, at+1), !replace && line[0] == '-'
}
