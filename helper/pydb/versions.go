package pydb

import (
	"strconv"
	"strings"
	"unsafe"
)

// formatVersions joins versions by spaces. A run whose last numbers go down one
// by one is written FIRST..LAST, where LAST is only the number: 3.0.3..0.
func formatVersions(versions []string) string {
	var b strings.Builder
	for i := 0; i < len(versions); {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(versions[i])
		prefix, n, ok := lastNumber(versions[i])
		first := i
		for i++; ok && n > 0 && i < len(versions) && versions[i] == prefix+strconv.Itoa(n-1); i++ {
			n--
		}
		if i > first+1 {
			b.WriteString("..")
			b.WriteString(strconv.Itoa(n))
		}
	}
	return b.String()
}

// lastNumber splits off the number at the end of a version, if there is one
// without leading zeros and of a sensible length.
func lastNumber(version string) (prefix string, n int, ok bool) {
	prefix = strings.TrimRight(version, "0123456789")
	digits := version[len(prefix):]
	if digits == "" || len(digits) > 9 || digits[0] == '0' && len(digits) > 1 {
		return "", 0, false
	}
	n, err := strconv.Atoi(digits)
	return prefix, n, err == nil
}

// maxVersions bounds what a line of versions may unfold to: more than any project
// has, few enough to be no danger.
const maxVersions = 1 << 20

// parseVersions unfolds a line of versions. Those written out share its memory.
func parseVersions(line string) ([]string, bool) {
	versions := make([]string, 0, 2*strings.Count(line, " ")+4)
	for more := true; more; {
		var word string
		word, line, more = strings.Cut(line, " ")
		first, last, run := strings.Cut(word, "..")
		if first == "" {
			return nil, false
		}
		versions = append(versions, first)
		if !run {
			continue
		}
		prefix, n, ok := lastNumber(first)
		end, err := strconv.Atoi(last)
		if !ok || err != nil || end < 0 || end >= n || n-end > maxVersions-len(versions) {
			return nil, false
		}
		versions = appendRun(versions, prefix, n-1, end)
	}
	return versions, true
}

// appendRun appends prefix followed by each number from n down to end, all in one
// piece of memory.
func appendRun(versions []string, prefix string, n, end int) []string {
	digits := len(strconv.Itoa(n))
	b := make([]byte, 0, (len(prefix)+digits)*(n-end+1))
	for ; n >= end; n-- {
		from := len(b)
		b = strconv.AppendInt(append(b, prefix...), int64(n), 10)
		versions = append(versions, unsafe.String(&b[from], len(b)-from))
	}
	return versions
}
