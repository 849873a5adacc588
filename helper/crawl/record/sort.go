package record

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
)

// Line is where the record of a project stands in a file of records in any order.
type Line struct {
	Name string
	At   int64
	Size int // with the newline, if it has one
}

// WriteSorted writes the records that lines are to w, by name. Records of one project
// become one, as Join has it; of each file the first is taken. Memory is needed for
// lines and one project.
func WriteSorted(w io.Writer, from io.ReaderAt, lines []Line) error {
	slices.SortStableFunc(lines, func(a, b Line) int { return cmp.Compare(a.Name, b.Name) })
	var b []byte
	for i := 0; i < len(lines); {
		n := i + 1
		for n < len(lines) && lines[n].Name == lines[i].Name {
			n++
		}
		var err error
		if n == i+1 {
			if b, err = readLine(b, from, lines[i]); err == nil {
				_, err = w.Write(b)
			}
		} else {
			err = writeJoined(w, from, lines[i:n])
		}
		if err != nil {
			return err
		}
		i = n
	}
	return nil
}

// readLine reads a line into b, and ends it.
func readLine(b []byte, from io.ReaderAt, l Line) ([]byte, error) {
	b = slices.Grow(b[:0], l.Size+1)[:l.Size]
	if _, err := from.ReadAt(b, l.At); err != nil {
		return b, fmt.Errorf("record of %q: %w", l.Name, err)
	}
	if !bytes.HasSuffix(b, []byte("\n")) {
		b = append(b, '\n')
	}
	return b, nil
}

func writeJoined(w io.Writer, from io.ReaderAt, lines []Line) error {
	var all *Project
	for _, l := range lines {
		b, err := readLine(nil, from, l)
		if err != nil {
			return err
		}
		p, err := parse(b)
		if err != nil {
			return fmt.Errorf("record of %q: %w", l.Name, err)
		}
		if all == nil {
			all = p
		} else {
			all.Join(p)
		}
	}
	return NewWriter(w).Write(all)
}

// Join adds the versions and files of another record of the project that p does not have.
func (p *Project) Join(other *Project) {
	for _, v := range other.Versions {
		if !slices.Contains(p.Versions, v) {
			p.Versions = append(p.Versions, v)
		}
	}
	for _, f := range other.Files {
		if !slices.ContainsFunc(p.Files, func(own File) bool { return own.Filename == f.Filename }) {
			p.Files = append(p.Files, f)
		}
	}
}
