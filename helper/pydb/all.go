package pydb

import (
	"iter"
)

// All yields all projects, sorted by name. Reading what it yields needs less memory
// and less time than asking for each. An error is the last thing yielded.
func (db *DB) All() iter.Seq2[*Project, error] {
	return db.allOf(db.trees)
}

// allOf yields the projects of trees, of which an earlier one hides what is in a later
// one.
func (db *DB) allOf(trees []tree) iter.Seq2[*Project, error] {
	return func(yield func(*Project, error) bool) {
		var streams []*projectStream
		for _, t := range trees {
			next, stop := iter.Pull2(db.projects(t))
			defer stop()
			s := &projectStream{next: next}
			s.advance()
			streams = append(streams, s)
		}
		for {
			first := firstStream(streams)
			if first == nil {
				return
			}
			item, err := first.item, first.err
			if err != nil || item.project != nil {
				if !yield(item.project, err) || err != nil {
					return
				}
			}
			for _, s := range streams {
				if s.more && s.item.name == item.name {
					s.advance()
				}
			}
		}
	}
}

// projectStream is the projects of a tree, of which item comes next.
type projectStream struct {
	next func() (listed, error, bool)
	item listed
	err  error
	more bool
}

func (s *projectStream) advance() { s.item, s.err, s.more = s.next() }

// firstStream gives the first stream whose item has the first name, or an error; nil
// if all are at their end.
func firstStream(streams []*projectStream) (first *projectStream) {
	for _, s := range streams {
		switch {
		case !s.more:
		case s.err != nil:
			return s
		case first == nil || s.item.name < first.item.name:
			first = s
		}
	}
	return first
}

// listed is a project of a tree; nil if it is gone.
type listed struct {
	name    string
	project *Project
}

// projects yields the projects of a tree.
func (db *DB) projects(t tree) iter.Seq2[listed, error] {
	return func(yield func(listed, error) bool) {
		for f, err := range db.lines(t) {
			if err == nil && t.kind == kindExact && f.line == gone {
				if !yield(listed{name: f.key}, nil) {
					return
				}
				continue
			}
			var more bool
			if err == nil {
				more, err = db.projectsAt(f, t.files, yield)
			}
			if err != nil {
				yield(listed{}, err)
				return
			}
			if !more {
				return
			}
		}
	}
}

// projectsAt yields the projects of a shard. It says whether more are wanted.
func (db *DB) projectsAt(f found, files int, yield func(listed, error) bool) (bool, error) {
	at, err := f.pointer(db)
	if err != nil {
		return false, err
	}
	s, err := db.readShard(at, files)
	if err != nil {
		return false, err
	}
	// Whoever gets a project may read it while others are read.
	if _, err := s.text.all(); err != nil {
		return false, db.corrupt(at.offset, err)
	}
	last := ""
	for {
		p, err := s.next("")
		if err != nil || p == nil {
			return true, err
		}
		if p.Name <= last {
			return false, db.corrupt(at.offset, damaged("project %q comes after %q", p.Name, last))
		}
		last = p.Name
		own := *p.shard
		p.shard = &own
		if !yield(listed{p.Name, p}, nil) {
			return false, nil
		}
	}
}
