package sdist

import "mach/helper/tomltree"

// asText is a key or a value of pyproject.toml.
func asText(t tomltree.Text) Text {
	offset, span := t.Span()
	return Text{Value: t.Value, file: t.File, offset: offset, span: span}
}

// keyOf is the key of a value.
func keyOf(v *tomltree.Value) Text { return asText(v.Key) }

// textOf is the text at a path below v; the zero Text if there is none.
func textOf(v *tomltree.Value, path ...string) Text { return asText(v.String(path...)) }

// textsOf are the texts of an array; not ok if there is another thing in it, or it is no array. A value that is not
// there is an empty array.
func textsOf(v *tomltree.Value) (list []Text, ok bool) {
	texts, ok := v.Strings()
	for _, t := range texts {
		list = append(list, asText(t))
	}
	return list, ok
}
