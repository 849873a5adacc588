package diag

import "strings"

// Origin is where something was written.
type Origin struct {
	Where  Position
	Source string     // the line of Where
	Span   int        // bytes of that line that are meant, from Where.Col on
	Via    []Position // the lines that included the file, the nearest first
}

// Errorf makes an error of the input at this place.
func (o Origin) Errorf(format string, args ...any) *Error {
	err := Input(format, args...).At(o.Where, o.Source, o.Span)
	err.Via = o.Via
	return err
}

// Chain is the place, and all that included it.
func (o Origin) Chain() []Position { return append([]Position{o.Where}, o.Via...) }

// File is a text that errors are about, and what they call it.
type File struct {
	Name, Text string
	Via        []Position // the lines that included it, the nearest first
}

// At is where span bytes at offset of the file stand.
func (f *File) At(offset, span int) Origin {
	at := Locate(f.Name, f.Text, offset, span)
	at.Via = f.Via
	return at
}

// Locate finds span bytes at offset of the text of a file. A line ends in LF, CR LF or CR.
func Locate(file, text string, offset, span int) Origin {
	number, start := 1, 0
	for {
		line, next := CutLine(text[start:])
		if next < 0 || offset < start+next {
			return Origin{Where: Position{File: file, Line: number, Col: offset - start + 1}, Source: line, Span: span}
		}
		start += next
		number++
	}
}

// CutLine is the first line of text without its end, and where the next begins, -1 if there is none.
func CutLine(text string) (line string, next int) {
	i := strings.IndexAny(text, "\r\n")
	switch {
	case i < 0:
		return text, -1
	case strings.HasPrefix(text[i:], "\r\n"):
		return text[:i], i + 2
	}
	return text[:i], i + 1
}
