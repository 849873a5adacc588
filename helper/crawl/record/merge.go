package record

import "iter"

// Merge yields the records of several sources, each sorted by name, in the order of
// names. A project that is in two sources is an error of whoever wants each once: it
// comes twice, in the order of the sources. An error is the last thing yielded.
func Merge(sources ...iter.Seq2[*Project, error]) iter.Seq2[*Project, error] {
	return func(yield func(*Project, error) bool) {
		var heads []*head
		for _, s := range sources {
			next, stop := iter.Pull2(s)
			defer stop()
			h := &head{next: next}
			h.advance()
			heads = append(heads, h)
		}
		for {
			first := least(heads)
			if first == nil {
				return
			}
			if !yield(first.project, first.err) || first.err != nil {
				return
			}
			first.advance()
		}
	}
}

// head is a source and what comes next from it.
type head struct {
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
