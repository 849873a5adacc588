package ui

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// When the line of progress is first drawn, so that what is soon done shows none, and how often it is drawn again.
const (
	patience = 300 * time.Millisecond
	interval = 100 * time.Millisecond
)

// Progress is a line on a terminal that says how far long work has come:
//
//	crawl 12/90 numpy
//
// Its methods may be called by several goroutines, and do nothing on nil, which is the Progress of what is no terminal.
type Progress struct {
	mu      sync.Mutex
	w       io.Writer
	now     func() time.Time
	verb    string
	total   int
	done    int
	next    time.Time // the line is not drawn before
	visible bool
}

// Start begins work of so many steps, 0 if that is not known. It returns nil if f is no terminal.
func Start(f *os.File, verb string, total int) *Progress {
	if !Terminal(f) {
		return nil
	}
	return start(f, verb, total, time.Now)
}

func start(w io.Writer, verb string, total int, now func() time.Time) *Progress {
	return &Progress{w: w, now: now, verb: verb, total: total, next: now().Add(patience)}
}

// Step says that the next step begins, on subject.
func (p *Progress) Step(subject string) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	if now := p.now(); !now.Before(p.next) {
		p.next = now.Add(interval)
		p.draw(subject)
	}
}

// draw leaves the cursor in front of the line, so that whatever else is printed covers it, and turns wrapping off, so
// that a narrow terminal cuts it.
func (p *Progress) draw(subject string) {
	count := fmt.Sprint(p.done)
	if p.total > 0 {
		count += fmt.Sprintf("/%d", p.total)
	}
	fmt.Fprintf(p.w, "\r\x1b[K\x1b[?7l%s %s %s\x1b[?7h\r", p.verb, count, subject)
	p.visible = true
}

// Stop takes the line away.
func (p *Progress) Stop() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.visible {
		io.WriteString(p.w, "\r\x1b[K")
		p.visible = false
	}
}
