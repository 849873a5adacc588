package pydb

import (
	"maps"
	"slices"
	"strings"

	"mach/helper/release"
)

// pureWheels is the set of wheels that most releases have, and the one that a
// project's first release is compared with.
const pureWheels = "py3-none/any"

// parseWheels reads a set of wheels: groups joined by ";", each the product of
// its heads ([build-]python-abi) and platforms, "head head/platform platform".
func parseWheels(text string) ([]release.Wheel, bool) {
	if text == "" {
		return nil, true
	}
	wheels := make([]release.Wheel, 0, 1+strings.Count(text, " "))
	for more := true; more; {
		var group string
		group, text, more = strings.Cut(text, ";")
		heads, platforms, ok := strings.Cut(group, "/")
		if !ok {
			return nil, false
		}
		for moreHeads := true; moreHeads; {
			var head string
			head, heads, moreHeads = strings.Cut(heads, " ")
			if wheels, ok = appendWheels(wheels, head, platforms); !ok {
				return nil, false
			}
		}
	}
	return wheels, true
}

// appendWheels appends the wheel of head for each platform.
func appendWheels(wheels []release.Wheel, head, platforms string) ([]release.Wheel, bool) {
	var w release.Wheel
	if head != "" && '0' <= head[0] && head[0] <= '9' {
		w.Build, head, _ = strings.Cut(head, "-")
	}
	var ok bool
	if w.Python, w.ABI, ok = strings.Cut(head, "-"); !ok {
		return nil, false
	}
	for more := true; more; {
		w.Platform, platforms, more = strings.Cut(platforms, " ")
		wheels = append(wheels, w)
	}
	return wheels, true
}

// formatWheels is the text of a set of wheels, the same for any order of them.
func formatWheels(wheels []release.Wheel) string {
	platforms := map[string][]string{} // of a head
	for _, w := range wheels {
		head := w.Python + "-" + w.ABI
		if w.Build != "" {
			head = w.Build + "-" + head
		}
		platforms[head] = append(platforms[head], w.Platform)
	}
	heads := map[string][]string{} // of the same platforms
	var order []string
	for _, head := range slices.Sorted(maps.Keys(platforms)) {
		slices.Sort(platforms[head])
		p := strings.Join(platforms[head], " ")
		if heads[p] == nil {
			order = append(order, p)
		}
		heads[p] = append(heads[p], head)
	}
	groups := make([]string, len(order))
	for i, p := range order {
		groups[i] = strings.Join(heads[p], " ") + "/" + p
	}
	return strings.Join(groups, ";")
}

// plainWheel says whether the wheel's parts can be written in a set of wheels.
func plainWheel(w release.Wheel) bool {
	return !strings.ContainsFunc(w.Build+w.Python+w.ABI+w.Platform, func(r rune) bool {
		return r <= ' ' || r == ';' || r == '/' || r == '-' || r == 0x7f
	}) && w.Python[0] > '9'
}
