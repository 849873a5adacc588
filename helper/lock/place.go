package lock

import (
	"strconv"
	"strings"

	"mach/helper/diag"
	"mach/helper/tomltree"
)

// indexed is the path of an item, such as packages[3].
func indexed(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// at is where the value of a path such as packages[3].wheels[0].name stands, or the nearest thing around it that there is.
func at(root *tomltree.Value, path string) diag.Origin {
	for v := root; v != nil; v, path = step(v, path) {
		root = v
	}
	return root.Text.Written()
}

// step goes one key or index along a path; nil if there is nothing. A key may have dots, as the name of a file has.
func step(v *tomltree.Value, path string) (inner *tomltree.Value, rest string) {
	if path == "" {
		return nil, ""
	}
	if number, after, ok := strings.Cut(strings.TrimPrefix(path, "["), "]"); ok && path[0] == '[' {
		if i, err := strconv.Atoi(number); err == nil && i < len(v.Items) {
			return v.Items[i], after
		}
		return nil, ""
	}
	path = strings.TrimPrefix(path, ".")
	for name, field := range v.Each {
		after, ok := strings.CutPrefix(path, name)
		if ok && (after == "" || after[0] == '.' || after[0] == '[') {
			return field, after
		}
	}
	return nil, ""
}
