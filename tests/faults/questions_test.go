package faults

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
	"testing"

	"mach/helper/pydb"
)

// A reader's next step follows from the bytes that it has read so far. So an answer is the same if none of the bytes has
// changed that were read for it, and only the others need to be asked for again.

// question is one that a database answers: everything of a project, its names or whether it is whole.
type question string

const (
	allNames question = "*names"
	whole    question = "*whole"
)

// answer is a digest of an answer.
type answer [sha256.Size]byte

func (q question) ask(db *pydb.DB) (a answer, err error) {
	h := sha256.New()
	fmt.Fprintln(h, db.Info())
	switch q {
	case whole:
		err = db.Verify()
	case allNames:
		for name, err := range db.Names() {
			if err != nil {
				return a, err
			}
			fmt.Fprintln(h, name)
		}
	default:
		err = project(h, db, string(q))
	}
	return answer(h.Sum(nil)), err
}

// project writes everything that a database has of a project.
func project(w io.Writer, db *pydb.DB, name string) error {
	p, err := db.Project(name)
	if err != nil {
		return err
	}
	fmt.Fprintln(w, p.Name, p.Versions)
	for i := range p.Versions {
		r, err := p.Release(i)
		if err != nil {
			return err
		}
		files, err := p.Files(i)
		if err != nil {
			return err
		}
		var own []string
		if r.SdistRequiresDist != nil {
			own = *r.SdistRequiresDist
		}
		fmt.Fprintf(w, "%v %q %q %t %q %q %q %t %q %v\n", r.Release, r.RequiresDist, r.ProvidesExtra, r.BuildKnown, r.BuildRequires, r.BuildBackend, r.BuildUnknown,
			r.SdistRequiresDist != nil, own, files)
	}
	return nil
}

// stream is what is read at once.
type stream struct {
	from, to  int64
	questions []question // that read it, but for whole
}

// answers are those of a sound database, and what was read for them.
type answers struct {
	database
	root    int64 // where it begins
	info    pydb.Info
	right   map[question]answer
	streams []*stream // sorted
}

// recorder is a reader that notes what is read.
type recorder struct {
	io.ReaderAt
	read map[[2]int64]bool
}

func (r recorder) ReadAt(p []byte, at int64) (int, error) {
	r.read[[2]int64{at, at + int64(len(p))}] = true
	return r.ReaderAt.ReadAt(p, at)
}

// askAll asks a sound database everything.
func askAll(t *testing.T, d database) *answers {
	t.Helper()
	a := &answers{database: d, right: map[question]answer{}}
	size, root, err := pydb.LastStream(d.data)
	if err != nil || !root {
		t.Fatalf("no root: %v", err)
	}
	a.root = int64(len(d.data)) - size
	db := open(t, d.data)
	a.info = db.Info()
	questions := []question{whole, allNames}
	for _, name := range namesOf(t, db) {
		questions = append(questions, question(name))
	}
	streams := map[[2]int64]*stream{}
	for _, q := range questions {
		r := recorder{bytes.NewReader(d.data), map[[2]int64]bool{}}
		db, err := pydb.New(r, int64(len(d.data)))
		if err != nil {
			t.Fatal(err)
		}
		clear(r.read) // of what was read to open it, nothing counts but the root
		if a.right[q], err = q.ask(db); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
		for place := range r.read {
			if streams[place] == nil {
				if q != whole {
					t.Errorf("%d bytes at %d are read for %s, and not verified", place[1]-place[0], place[0], q)
				}
				streams[place] = &stream{from: place[0], to: place[1]}
				a.streams = append(a.streams, streams[place])
			}
			if q != whole {
				streams[place].questions = append(streams[place].questions, q)
			}
		}
	}
	slices.SortFunc(a.streams, func(x, y *stream) int { return int(x.from - y.from) })
	end := int64(0)
	for _, s := range a.streams {
		if s.from < end || s.to > a.root {
			t.Fatalf("%d bytes at %d are read, and %d others up to %d", s.to-s.from, s.from, s.to, end)
		}
		end = s.to
	}
	return a
}

// touched are the streams that have bytes of a range in them.
func (a *answers) touched(from, to int64) []*stream {
	i, _ := slices.BinarySearchFunc(a.streams, from, func(s *stream, at int64) int {
		if s.to <= at {
			return -1
		}
		return 1
	})
	j := i
	for j < len(a.streams) && a.streams[j].from < to {
		j++
	}
	return a.streams[i:j]
}
