package remote

import (
	"cmp"
	"slices"
	"time"

	"mach/helper/index"
)

const (
	// gather is how long the first of several wishes waits for others: little beside the way to a server.
	gather = time.Millisecond
	// maxGap is how many bytes that nobody wants are taken so that one request is enough.
	maxGap = 8 << 10
	// maxRun bounds one request, so that several come at a time.
	maxRun = 256 << 10
)

// want is somebody who waits for bytes of the file.
type want struct {
	from, to int64
	done     chan struct{}
	data     []byte
	err      error
}

// ask asks for all that is waited for, neighbours together.
func (f *file) ask() {
	f.mu.Lock()
	wants := f.waiting
	f.waiting = nil
	f.mu.Unlock()
	slices.SortFunc(wants, func(a, b *want) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	for len(wants) > 0 {
		n, to := 1, wants[0].to
		for n < len(wants) && wants[n].from <= to+maxGap && wants[n].to <= wants[0].from+maxRun {
			to = max(to, wants[n].to)
			n++
		}
		go f.fetch(wants[:n], to)
		wants = wants[n:]
	}
}

// fetch asks for a range for those who want some of it, the first from its beginning on.
func (f *file) fetch(wants []*want, to int64) {
	from := wants[0].from
	f.mu.Lock()
	end, run := f.ahead.next(from, to, f.size)
	f.mu.Unlock()
	p, err := f.part(from, end)
	if err == nil {
		f.mu.Lock()
		if run != nil {
			run.have = span{p.Start, p.Data}
		} else if p.Start == 0 && p.End() == f.size { // all of a short file, from a server without ranges
			f.end = span{0, p.Data}
		}
		f.mu.Unlock()
	}
	for _, w := range wants {
		w.data, w.err = f.cut(p, err, w)
		close(w.done)
	}
}

// cut is what somebody wants of a part.
func (f *file) cut(p *index.Part, err error, w *want) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	if data := (span{p.Start, p.Data}).cut(w.from, w.to); data != nil {
		return data, nil
	}
	return nil, &Wrong{Offset: w.from, Size: w.to - w.from, Other: true, Pinned: f.place.Root != "", Changed: p.Size < f.size}
}
