package lock

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"mach/helper/diag"
)

// place is where the value of a path such as packages[3].wheels[0].name stands in a file.
type place struct {
	path           string
	offset, length int
}

// places lists the places of a valid file, in its order. They are needed only for errors.
func places(data []byte) []place {
	s := &surveyor{tables: map[string]int{}}
	var parser unstable.Parser
	parser.Reset(data)
	for parser.NextExpression() {
		switch node := parser.Expression(); node.Kind {
		case unstable.Table, unstable.ArrayTable:
			s.header(node)
		case unstable.KeyValue:
			s.keyValue(s.table, node)
		}
	}
	return s.found
}

type surveyor struct {
	table  string         // the path of the current header
	tables map[string]int // how many [[headers]] a path has had
	found  []place
}

func (s *surveyor) add(path string, r unstable.Range) {
	s.found = append(s.found, place{path, int(r.Offset), int(r.Length)})
}

// header enters [a.b] or [[a.b]], in which a is the last of the [[a]] so far.
func (s *surveyor) header(node *unstable.Node) {
	path := ""
	var last unstable.Range
	for keys := node.Key(); keys.Next(); {
		if n := s.tables[path]; n > 0 {
			path = indexed(path, n-1)
		}
		path = join(path, string(keys.Node().Data))
		last = keys.Node().Raw
	}
	if node.Kind == unstable.ArrayTable {
		s.tables[path]++
		path = indexed(path, s.tables[path]-1)
	}
	s.table = path
	s.add(path, last)
}

func (s *surveyor) keyValue(path string, node *unstable.Node) {
	var last unstable.Range
	for keys := node.Key(); keys.Next(); {
		path = join(path, string(keys.Node().Data))
		last = keys.Node().Raw
	}
	s.value(path, node.Value(), last)
}

// value notes a value at its own place if that is known, else at the place of its key.
func (s *surveyor) value(path string, node *unstable.Node, key unstable.Range) {
	if node.Raw.Length > 0 {
		key = node.Raw
	}
	s.add(path, key)
	switch node.Kind {
	case unstable.Array:
		i := 0
		for children := node.Children(); children.Next(); i++ {
			s.value(indexed(path, i), children.Node(), key)
		}
	case unstable.InlineTable:
		for children := node.Children(); children.Next(); {
			s.keyValue(path, children.Node())
		}
	}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func indexed(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// find is the place of a path, or of the nearest thing around it that there is.
func find(found []place, path string) (best place) {
	for _, p := range found {
		if len(p.path) > len(best.path) && (p.path == path || inside(path, p.path)) {
			best = p
		}
	}
	return best
}

// inside says whether path is of something within outer.
func inside(path, outer string) bool {
	rest, ok := strings.CutPrefix(path, outer)
	return ok && rest != "" && (rest[0] == '.' || rest[0] == '[')
}

// position turns an offset into a line and a column, and gives the line.
func position(data []byte, offset int) (line, column int, source string) {
	start := bytes.LastIndexByte(data[:offset], '\n') + 1
	rest, _, _ := bytes.Cut(data[start:], []byte("\n"))
	return bytes.Count(data[:start], []byte("\n")) + 1, offset - start + 1, strings.TrimSuffix(string(rest), "\r")
}

// at sets the place of a diagnosis.
func at(e *diag.Error, file string, data []byte, offset, length int) *diag.Error {
	line, column, source := position(data, offset)
	return e.At(diag.Position{File: file, Line: line, Col: column}, source, min(length, max(1, len(source)-column+1)))
}
