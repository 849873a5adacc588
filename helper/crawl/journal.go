package crawl

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"os"

	"golang.org/x/sys/unix"

	"mach/helper/crawl/record"
)

// Header is the first line of a journal: what the crawl is of.
type Header struct {
	Began  string `json:"began"`            // RFC 3339; of the first run
	Serial int64  `json:"serial,omitempty"` // of the index's list then
	Index  string `json:"index"`            // without credentials
	Scope  string `json:"scope"`
	Shard  string `json:"shard"` // 1/1 is all
	Since  string `json:"since"` // the earlier records, by a name that changes when they do; "" is none
}

// Journal is what a crawl of whole projects has done so far: a line for the crawl, and one for each project, in the order
// in which they were read. A line is one write: what is behind the last whole line was being written when the crawl was
// killed, and is cut off. Of two lines of a project the later counts.
type Journal struct {
	Header  Header
	Resumed bool // there was one to go on with

	path    string
	file    storage
	at      int64
	entries map[string]place
	order   []string
	counts  Stats
}

// storage is what a journal needs of an *os.File.
type storage interface {
	io.ReaderAt
	io.WriterAt
	Truncate(size int64) error
	Close() error
}

// place is where an entry is. There may be a million of them.
type place struct {
	how      string
	serial   int64
	at       int64 // of the entry
	record   int32 // of the record, from there
	size     int32 // of the record; 0 is none
	releases int32 // in the record, as files
	files    int32
	problems int32
}

// entry is a line of a journal. The record comes last.
type entry struct {
	Name     string          `json:"name"`
	How      string          `json:"how"`
	Serial   int64           `json:"serial,omitempty"` // of the page; 0 if it has none
	Problems []Problem       `json:"problems,omitempty"`
	Counts   [2]int          `json:"counts"` // releases and files in the record
	Record   json.RawMessage `json:"record,omitempty"`
}

// How a project was dealt with.
const (
	howRead   = "read"
	howPart   = "part"   // … but for releases that can be read another time
	howCopied = "copied" // it is as in the earlier records
	howKept   = "kept"   // it could not be read, and is as in the earlier records
	howAbsent = "absent" // the index does not have it
	howFailed = "failed" // it could not be read
)

// ErrOtherCrawl is a journal of a crawl of something else.
var ErrOtherCrawl = errors.New("it is of another crawl")

// ErrInUse is a journal that another process writes.
var ErrInUse = errors.New("another mach is crawling into it")

// OpenJournal begins a journal at path, or goes on with the one that is there if it is of the same crawl. Nobody else can
// open it until it is closed.
func OpenJournal(path string, h Header) (*Journal, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		f.Close()
		return nil, fmt.Errorf("%s: %w", path, ErrInUse)
	}
	j := &Journal{path: path, file: f, entries: map[string]place{}}
	if err := j.load(h); err != nil {
		f.Close()
		return nil, err
	}
	return j, nil
}

// load reads what is there, and cuts off what is not whole.
func (j *Journal) load(h Header) error {
	lines := bufio.NewReaderSize(io.NewSectionReader(j.file, 0, 1<<62), 1<<20)
	for {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if j.at == 0 {
			err = j.header(line, h)
		} else {
			err = j.entry(line)
		}
		if errors.Is(err, ErrOtherCrawl) {
			if _, next := lines.Peek(1); j.at == 0 && errors.Is(next, io.EOF) && j.Header.Scope != "" {
				break // nothing was read in it
			}
			return err
		}
		if err != nil {
			break
		}
		j.at += int64(len(line))
	}
	if err := j.file.Truncate(j.at); err != nil {
		return err
	}
	if j.Resumed = j.at > 0; j.Resumed {
		return nil
	}
	j.Header = h
	line, err := json.Marshal(h)
	if err != nil {
		return err
	}
	return j.append(append(line, '\n'))
}

func (j *Journal) header(line []byte, want Header) error {
	if err := json.Unmarshal(line, &j.Header); err != nil || j.Header.Scope == "" {
		return fmt.Errorf("%s: not a journal: %w", j.path, ErrOtherCrawl)
	}
	want.Began = j.Header.Began
	for _, part := range []struct{ what, is, wanted string }{
		{"index", j.Header.Index, want.Index},
		{"shard", j.Header.Shard, want.Shard},
		{"earlier records", j.Header.Since, want.Since},
		{"targets", j.Header.Scope, want.Scope},
	} {
		if part.is != part.wanted {
			return fmt.Errorf("%s: %w: of the %s %q, not %q", j.path, ErrOtherCrawl, part.what, part.is, part.wanted)
		}
	}
	return nil
}

// entry notes a line that stands at j.at.
func (j *Journal) entry(line []byte) error {
	var e entry
	if err := json.Unmarshal(line, &e); err != nil {
		return err
	}
	if e.Name == "" || e.How == "" {
		return errors.New("no name")
	}
	if len(line) > math.MaxInt32 {
		return errors.New("it is too long")
	}
	p := place{how: howOf(e.How), serial: e.Serial, at: j.at, releases: int32(e.Counts[0]), files: int32(e.Counts[1]), problems: int32(len(e.Problems))}
	if size := len(e.Record); size > 0 {
		p.record, p.size = int32(len(line)-len("}\n")-size), int32(size)
	}
	old, again := j.entries[e.Name]
	if !again {
		j.order = append(j.order, e.Name)
	}
	if again {
		j.counts.add(old.stats(), -1)
	}
	j.counts.add(p.stats(), 1)
	j.entries[e.Name] = p
	return nil
}

// howOf is one of the constants, so that no entry keeps its own.
func howOf(s string) string {
	for _, how := range []string{howRead, howPart, howCopied, howKept, howAbsent} {
		if s == how {
			return how
		}
	}
	return howFailed
}

func (p place) stats() Stats {
	s := Stats{Releases: int(p.releases), Files: int(p.files), Problems: int(p.problems)}
	switch p.how {
	case howCopied:
		s.Copied = 1
	case howKept:
		s.Kept = 1
	case howAbsent:
		s.Absent = 1
		return s
	case howFailed:
		s.Failed = 1
		return s
	}
	if s.Releases > 0 {
		s.Projects = 1
	} else {
		s.Empty = 1
	}
	return s
}

// add writes an entry.
func (j *Journal) add(e entry) error {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	raw := e.Record
	e.Record = nil
	if err := encoder.Encode(e); err != nil {
		return err
	}
	line := b.Bytes()
	if len(raw) > 0 { // as it is, since the encoder would write it anew
		line = append(line[:len(line)-len("}\n")], `,"record":`...)
		line = append(append(line, raw...), "}\n"...)
	}
	at := j.at
	if err := j.append(line); err != nil {
		return err
	}
	end := j.at
	j.at = at
	err := j.entry(line)
	j.at = end
	return err
}

// append writes a line. What could be written of it on a disk that is full is cut off again, here or by who goes on.
func (j *Journal) append(line []byte) error {
	if _, err := j.file.WriteAt(line, j.at); err != nil {
		return errors.Join(fmt.Errorf("%s: %w", j.path, err), j.file.Truncate(j.at))
	}
	j.at += int64(len(line))
	return nil
}

// done says whether a project need not be read any more. serial is what the list has for it, 0 if it has none: a run that
// goes on with an earlier one reads what has changed in between.
func (j *Journal) done(name string, serial int64) bool {
	p, ok := j.entries[name]
	return ok && p.serial >= serial && p.how != howFailed && p.how != howKept && p.how != howPart
}

// WriteRecords writes the records to w, sorted by name.
func (j *Journal) WriteRecords(w io.Writer) error {
	var lines []record.Line
	for name, p := range j.entries {
		if p.size > 0 {
			lines = append(lines, record.Line{Name: name, At: p.at + int64(p.record), Size: int(p.size)})
		}
	}
	return record.WriteSorted(w, j.file, lines)
}

// Problems are those of all projects, in the order in which they were read.
func (j *Journal) Problems() iter.Seq2[Problem, error] {
	return func(yield func(Problem, error) bool) {
		for _, name := range j.order {
			p := j.entries[name]
			if p.problems == 0 {
				continue
			}
			line, err := bufio.NewReader(io.NewSectionReader(j.file, p.at, j.at-p.at)).ReadBytes('\n')
			var e entry
			if err == nil {
				err = json.Unmarshal(line, &e)
			}
			if err != nil {
				yield(Problem{}, fmt.Errorf("%s: %w", j.path, err))
				return
			}
			for _, problem := range e.Problems {
				if !yield(problem, nil) {
					return
				}
			}
		}
	}
}

// Absent are the projects that the index does not have, in the order in which they were asked for.
func (j *Journal) Absent() (names []string) {
	for _, name := range j.order {
		if j.entries[name].how == howAbsent {
			names = append(names, name)
		}
	}
	return names
}

// Close closes the journal; the next crawl goes on with it.
func (j *Journal) Close() error { return j.file.Close() }

// Remove removes the journal of a crawl whose records are written.
func (j *Journal) Remove() error { return errors.Join(os.Remove(j.path), j.file.Close()) }
