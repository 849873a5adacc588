package crawl

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"mach/helper/crawl/record"
	"mach/helper/live"
)

// Known is the metadata of files that were read before, by their SHA-256.
type Known map[string]*record.Metadata

// Add adds the files of a record. A file never changes, and so neither does what was read of it, but for sdists that
// were read in another way.
func (k Known) Add(p *record.Project) {
	for _, f := range p.Files {
		if f.Metadata != nil && f.Hashes.SHA256 != "" && (f.Metadata.BuildSystem == nil || p.Meta.Reading == live.SdistForm) {
			k[f.Hashes.SHA256] = f.Metadata
		}
	}
}

// ErrEarlier is earlier records that cannot be read.
var ErrEarlier = errors.New("the earlier records")

// Earlier is a file of records of an earlier crawl, read from front to back once.
type Earlier struct {
	name   string
	lines  *bufio.Reader
	number int
	next   *before
}

// before is a project in the earlier records: what decides whether it is copied, and its line.
type before struct {
	Name   string          `json:"name"`
	Meta   record.Meta     `json:"meta"`
	Unread []record.Unread `json:"_unread"`
	line   []byte
}

// NewEarlier reads records from r, which are sorted by name. Errors begin with name and line.
func NewEarlier(name string, r io.Reader) *Earlier {
	return &Earlier{name: name, lines: bufio.NewReaderSize(r, 1<<16)}
}

// find is the project of that name; nil if there is none. Names are asked for in their order.
func (e *Earlier) find(name string) (*before, error) {
	if e == nil {
		return nil, nil
	}
	for e.next == nil || e.next.Name < name {
		if err := e.advance(); errors.Is(err, io.EOF) {
			return nil, nil
		} else if err != nil {
			return nil, err
		}
	}
	if e.next.Name > name {
		return nil, nil
	}
	return e.next, nil
}

func (e *Earlier) advance() error {
	for {
		line, err := e.lines.ReadBytes('\n')
		e.number++
		if line = bytes.TrimSpace(line); len(line) == 0 {
			if err != nil && !errors.Is(err, io.EOF) {
				err = fmt.Errorf("%s:%d: %w", e.name, e.number, err)
			}
			if err != nil {
				return err
			}
			continue
		}
		b := &before{line: line}
		if err := json.Unmarshal(line, b); err != nil || b.Name == "" {
			return record.NotRecord(e.name, e.number, err)
		}
		if e.next != nil && b.Name <= e.next.Name {
			return fmt.Errorf("%s:%d: the records are not sorted: %q comes after %q", e.name, e.number, b.Name, e.next.Name)
		}
		e.next = b
		return nil
	}
}

// is says whether the record is of the same scope and lacks nothing that could be there by now.
func (b *before) is(scope string) bool {
	if b == nil || b.Meta.Scope != scope || b.Meta.Reading != "" && b.Meta.Reading != live.SdistForm {
		return false
	}
	for _, u := range b.Unread {
		if u.Why == record.UnreadFailed {
			return false
		}
	}
	return true
}

// known is the metadata in the record, and the releases that only a build would tell of.
func (b *before) known() (Known, map[string]bool, error) {
	if b == nil {
		return nil, nil, nil
	}
	p := new(record.Project)
	if err := json.Unmarshal(b.line, p); err != nil {
		return nil, nil, err
	}
	k := Known{}
	k.Add(p)
	unread := map[string]bool{}
	for _, u := range p.Unread {
		unread[u.Version] = u.Why == record.UnreadStatic && p.Meta.Reading == live.SdistForm
	}
	return k, unread, nil
}
