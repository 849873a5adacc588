package record

import (
	"fmt"
	"iter"
	"reflect"
)

// Source is records sorted by name, and what to call them in errors.
type Source struct {
	Name    string
	Records iter.Seq2[*Project, error]
}

// Merge yields the records of several sources in the order of names, each project once:
// of a project that several have, the record with the highest serial. It is a
// *TwiceError if no serial tells which of two different records is newer, and if one
// source has two of a project. An error is the last thing yielded.
func Merge(sources ...Source) iter.Seq2[*Project, error] {
	return func(yield func(*Project, error) bool) {
		var heads []*head
		for _, s := range sources {
			next, stop := iter.Pull2(s.Records)
			defer stop()
			h := &head{name: s.Name, next: next}
			h.advance()
			heads = append(heads, h)
		}
		for {
			first := least(heads)
			if first == nil {
				return
			}
			p, err := first.project, first.err
			if err == nil {
				p, err = newest(first, heads)
			}
			if !yield(p, err) || err != nil {
				return
			}
		}
	}
}

// TwiceError is a project of which there are two records, and nothing tells which counts.
type TwiceError struct {
	Project       string
	First, Second string // names of sources
}

// Error names the project and the sources.
func (e *TwiceError) Error() string {
	if e.First == e.Second {
		return fmt.Sprintf("%s: two records of %q", e.First, e.Project)
	}
	return fmt.Sprintf("%s and %s have different records of %q, and no serial tells which is newer", e.First, e.Second, e.Project)
}

// newest is the newest record of the project that first has, and goes on behind all of them.
func newest(first *head, heads []*head) (*Project, error) {
	best, from := first.project, first
	for _, h := range heads {
		if h.more && h.err == nil && h.project.Name == best.Name && h != first {
			switch other := h.project; {
			case other.Meta.LastSerial > best.Meta.LastSerial:
				best, from = other, h
			case other.Meta.LastSerial == best.Meta.LastSerial && !reflect.DeepEqual(other, best):
				return nil, &TwiceError{best.Name, from.name, h.name}
			}
		}
	}
	for _, h := range heads {
		if h.more && h.err == nil && h.project.Name == best.Name {
			if h.advance(); h.more && h.err == nil && h.project.Name == best.Name {
				return nil, &TwiceError{best.Name, h.name, h.name}
			}
		}
	}
	return best, nil
}

// head is a source and what comes next from it.
type head struct {
	name    string
	next    func() (*Project, error, bool)
	project *Project
	err     error
	more    bool
}

func (h *head) advance() {
	h.project, h.err, h.more = h.next()
}

// least is the head with an error, or else with the first name; nil if all are at
// their end.
func least(heads []*head) (first *head) {
	for _, h := range heads {
		switch {
		case !h.more:
		case h.err != nil:
			return h
		case first == nil || h.project.Name < first.project.Name:
			first = h
		}
	}
	return first
}
