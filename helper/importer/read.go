package importer

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// read reads a file of that kind. An error names the file, and the key in it.
func (b *bucket) read(kind, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	switch kind {
	case "pypi":
		return each(path, f, b.hashes)
	case "wheel":
		return each(path, f, b.wheels)
	default:
		return each(path, f, b.sdists)
	}
}

// each reads an object and calls f with each of its members, one at a time.
func each[T any](path string, in io.Reader, f func(path, key string, value T)) error {
	d := json.NewDecoder(bufio.NewReaderSize(in, 1<<16))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return fmt.Errorf("%s: not a JSON object: it begins with %v: %w", path, t, cutOff(err))
	}
	last := ""
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return fmt.Errorf("%s: behind %q: %w", path, last, cutOff(err))
		}
		last, _ = t.(string)
		var value T
		if err := d.Decode(&value); err != nil {
			return fmt.Errorf("%s: %q: %w", path, last, cutOff(err))
		}
		f(path, last, value)
	}
	if _, err := d.Token(); err != nil {
		return fmt.Errorf("%s: behind %q: %w", path, last, cutOff(err))
	}
	return nil
}

// cutOff says in words what an end too early is.
func cutOff(err error) error {
	if err == nil {
		return errors.New("an object is expected")
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("the file is cut off")
	}
	return err
}

// or is a value, or a string in its place that says where the value is.
type or[T any] struct {
	ref   string
	value *T
}

// UnmarshalJSON reads the string or the value.
func (o *or[T]) UnmarshalJSON(b []byte) error {
	if bytes.HasPrefix(b, []byte(`"`)) {
		return json.Unmarshal(b, &o.ref)
	}
	o.value = new(T)
	return json.Unmarshal(b, o.value)
}
