package fixes

import (
	"cmp"
	"errors"
	"slices"

	"mach/helper/diag"
	"mach/helper/tomltree"
)

// file is a TOML file that is read, and what is wrong with it.
type file struct {
	name string
	root *tomltree.Value
	errs []*diag.Error
}

// parse reads a file; its error is what makes it no TOML.
func parse(name string, data []byte) (*file, error) {
	text := string(data)
	root, twice, bad := tomltree.ParseAll(text, &diag.File{Name: name, Text: text})
	if bad != nil {
		return nil, bad
	}
	f := &file{name: name, root: root}
	for _, key := range twice {
		f.fail(key, "%q stands twice", key.Value)
	}
	return f, nil
}

// err is all that is wrong, in the order of the file.
func (f *file) err() error {
	slices.SortStableFunc(f.errs, func(a, b *diag.Error) int {
		return cmp.Or(a.Where.Line-b.Where.Line, a.Where.Col-b.Where.Col)
	})
	errs := make([]error, len(f.errs))
	for i, err := range f.errs {
		errs[i] = err
	}
	return errors.Join(errs...)
}

// fail notes what is wrong with a key or a value.
func (f *file) fail(at tomltree.Text, format string, args ...any) *diag.Error {
	return f.failAt(at.Written(), format, args...)
}

func (f *file) failAt(at diag.Origin, format string, args ...any) *diag.Error {
	err := at.Errorf(format, args...)
	f.errs = append(f.errs, err)
	return err
}

// kinds are the kinds of values as messages have them; any other is "a value of another kind".
var kinds = map[tomltree.Kind]string{tomltree.String: "text", tomltree.Array: "an array", tomltree.Table: "a table"}

// kindOf is the kind of a value as messages have it.
func kindOf(v *tomltree.Value) string { return cmp.Or(kinds[v.Kind], "a value of another kind") }
