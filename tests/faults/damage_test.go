package faults

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"mach/helper/pydb"
)

// fault is damage to the bytes from one up to another: one bit is flipped, or all are zero, as where a disk has lost a
// block.
type fault struct {
	from, to int64
	bit      byte // 0: all zero
}

func (f fault) String() string {
	if f.bit == 0 {
		return fmt.Sprintf("%d bytes at %d", f.to-f.from, f.from)
	}
	return fmt.Sprintf("bit %02x of byte %d", f.bit, f.from)
}

// damaged is a sound file with a fault.
type damaged struct {
	io.ReaderAt
	fault
}

// ReadAt implements io.ReaderAt.
func (d damaged) ReadAt(p []byte, at int64) (int, error) {
	n, err := d.ReaderAt.ReadAt(p, at)
	for i := max(d.from, at); i < min(d.to, at+int64(n)); i++ {
		if d.bit == 0 {
			p[i-at] = 0
		} else {
			p[i-at] ^= d.bit
		}
	}
	return n, err
}

// tally counts what became of faults.
type tally struct{ root, read, verified, unread atomic.Int64 }

func (c *tally) log(t *testing.T, what string) {
	t.Helper()
	say(t, "%s: %d in the root and %d in what answers are read from, all found; %d in what only `mach db verify` reads; %d in what nothing reads",
		what, c.root.Load(), c.read.Load(), c.verified.Load(), c.unread.Load())
}

// try opens a database with a fault, and asks it what needs the damaged bytes.
func (a *answers) try(t *testing.T, f fault, r *rand.Rand, sum *tally) {
	db, err := a.open(f)
	if f.to > a.root {
		if !isCorrupt(err, a.root) {
			t.Errorf("%v: in the root, which is not said: %v", f, err)
		}
		sum.root.Add(1)
		return
	}
	if err != nil || db.Info() != a.info {
		t.Errorf("%v: not in the root: %v", f, err)
		return
	}
	streams := a.touched(f.from, f.to)
	read := &sum.unread
	if len(streams) == 0 && r.IntN(100) == 0 { // that it changes nothing is certain; is it so?
		for q, want := range a.right {
			if got, err := q.ask(db); err != nil || got != want {
				t.Errorf("%v: %s: nothing reads it, and the answer is another, %v", f, q, err)
			}
		}
	}
	for _, s := range streams {
		if len(s.questions) == 0 && read != &sum.read {
			read = &sum.verified
		}
		for range min(len(s.questions), 5) { // all of them read the stream by the same function
			a.ask(t, f, s, s.questions[r.IntN(len(s.questions))])
			read = &sum.read
		}
		if r.IntN(100) == 0 { // it takes as long as a hundred answers
			a.ask(t, f, s, whole)
		}
	}
	read.Add(1)
}

// ask asks what must fail because of a fault in a stream.
func (a *answers) ask(t *testing.T, f fault, s *stream, q question) {
	db, err := a.open(f)
	if err != nil {
		t.Error(err)
		return
	}
	got, err := q.ask(db)
	if f.bit == 0 && (isCorrupt(err, -1) || err == nil && got == a.right[q]) { // in several streams, or it was zero
		return
	}
	if !isCorrupt(err, s.from) {
		t.Errorf("%v: in the stream at %d, which is not said, asked for %s: %v", f, s.from, q, err)
	}
}

func (a *answers) open(f fault) (*pydb.DB, error) {
	return pydb.New(damaged{bytes.NewReader(a.data), f}, int64(len(a.data)))
}

// isCorrupt says whether an error is that a database is damaged, why, at which byte (if that is not -1), and what to do.
func isCorrupt(err error, at int64) bool {
	var c *pydb.CorruptError
	return errors.As(err, &c) && c.Reason != "" && c.Hint != "" && (at < 0 || c.Offset == at || strings.Contains(c.Reason, "no xz footer"))
}

// each calls a function for faults, on all processors.
func each(t *testing.T, n int, r *rand.Rand, do func(r *rand.Rand)) {
	t.Helper()
	var workers sync.WaitGroup
	var next atomic.Int64
	seed := r.Uint64()
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := next.Add(1); i <= int64(n); i = next.Add(1) {
				do(rand.New(rand.NewPCG(seed, uint64(i)))) // whoever does it does the same
			}
		})
	}
	workers.Wait()
}

func databases(t *testing.T, test func(t *testing.T, d database)) {
	for name, d := range map[string]func(*testing.T) database{"real": real, "updated": updated, "compressed": compressed} {
		t.Run(name, func(t *testing.T) { test(t, d(t)) })
	}
}

// A flipped bit, a lost block and a lost end are found, with an error that says where, or change no answer.
func TestDamage(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, d database) {
		r := random(t)
		a := askAll(t, d)
		n := max(all(t), 150)
		bits, blocks := new(tally), new(tally)
		each(t, n, r, func(r *rand.Rand) {
			at := r.Int64N(int64(len(d.data)))
			a.try(t, fault{at, at + 1, 1 << r.IntN(8)}, r, bits)
		})
		each(t, n/10, r, func(r *rand.Rand) {
			at := r.Int64N(int64(len(d.data))) &^ 511
			a.try(t, fault{at, min(at+512, int64(len(d.data))), 0}, r, blocks)
		})
		cuts := a.cut(t, n/10, r)
		say(t, "%d bytes, %d streams, %d questions", len(d.data), len(a.streams), len(a.right))
		bits.log(t, fmt.Sprintf("%d bits", n))
		blocks.log(t, fmt.Sprintf("%d blocks", n/10))
		say(t, "%d cuts, all found", cuts)
	})
}

// cut cuts a database off at random, and at the ends of streams. Where an older root ends it is the database of that day.
func (a *answers) cut(t *testing.T, n int, r *rand.Rand) (cuts int) {
	sizes := []int64{0, 1, 11, 12, 32, a.root - 1, a.root, a.root + 1, int64(len(a.data)) - 1}
	for range n {
		sizes = append(sizes, r.Int64N(int64(len(a.data))))
	}
	for range min(n, len(a.streams)) {
		sizes = append(sizes, a.streams[r.IntN(len(a.streams))].to)
	}
	older := map[int64]bool{}
	for _, end := range a.roots[:len(a.roots)-1] {
		older[int64(end)] = true
		sizes = append(sizes, int64(end)-1, int64(end), int64(end)+1)
	}
	for _, size := range sizes {
		db, err := pydb.New(bytes.NewReader(a.data[:size]), size)
		switch {
		case older[size]:
			if err != nil || db.Info().Root == a.info.Root || db.Verify() != nil {
				t.Errorf("cut at %d, where an older root ends: %v", size, err)
			}
		case !isCorrupt(err, -1):
			t.Errorf("cut at %d: %v", size, err)
		default:
			cuts++
		}
	}
	return cuts
}
