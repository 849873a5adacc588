package record

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
)

// Read yields the records of r, one a line; empty lines are skipped. An error is
// the last thing yielded and starts with file:line, and the column if it is one of JSON;
// file is only a name for it.
func Read(file string, r io.Reader) iter.Seq2[*Project, error] {
	return func(yield func(*Project, error) bool) {
		lines := bufio.NewReaderSize(r, 1<<16)
		for number := 1; ; number++ {
			line, err := lines.ReadBytes('\n')
			if err != nil && !errors.Is(err, io.EOF) {
				yield(nil, fmt.Errorf("%s:%d: %w", file, number, err))
				return
			}
			if len(bytes.TrimSpace(line)) > 0 {
				p, perr := parse(line)
				if perr != nil {
					perr = NotRecord(file, number, perr)
				}
				if !yield(p, perr) || perr != nil {
					return
				}
			}
			if err != nil {
				return
			}
		}
	}
}

func parse(line []byte) (*Project, error) {
	p := new(Project)
	err := json.Unmarshal(line, p)
	if err == nil && p.Name == "" {
		err = errNoName
	}
	if err != nil {
		return nil, err
	}
	return p, nil
}

// ErrNotRecord is a line that is no record.
var ErrNotRecord = errors.New("not a crawl record")

var errNoName = errors.New("no name")

// NotRecord is the error that a line of a file is no record, since reading it as JSON
// gave err, or since it has no name if err is nil.
func NotRecord(file string, line int, err error) error {
	if err == nil {
		err = errNoName
	}
	place := fmt.Sprintf("%s:%d", file, line)
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		place = fmt.Sprintf("%s:%d", place, max(1, syntax.Offset))
	case errors.As(err, &kind): // its own words are about Go
		return fmt.Errorf("%s:%d: %w: %q cannot be a JSON %s", place, max(1, kind.Offset), ErrNotRecord, kind.Field, kind.Value)
	}
	return fmt.Errorf("%s: %w: %w", place, ErrNotRecord, err)
}

// Line is the record as a line, without its end.
func (p *Project) Line() ([]byte, error) {
	var b bytes.Buffer
	err := NewWriter(&b).Write(p)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// Writer writes records, one a line.
type Writer struct {
	encoder *json.Encoder
}

// NewWriter returns a writer of records to w.
func NewWriter(w io.Writer) *Writer {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return &Writer{e}
}

// Write writes one record and its newline in a single call of the underlying
// writer, so that a process that is killed leaves whole lines behind.
func (w *Writer) Write(p *Project) error {
	if err := w.encoder.Encode(p); err != nil {
		return fmt.Errorf("record of %q: %w", p.Name, err)
	}
	return nil
}
