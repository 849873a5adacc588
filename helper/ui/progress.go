package ui

import (
	"io"
	"os"
	"sync"
	"time"
)

// When a line of progress is first drawn, so that what is soon done shows none, and how often it is drawn again.
const (
	patience = 300 * time.Millisecond
	interval = 100 * time.Millisecond
)

// Screen is an output for people, which may be a terminal. What is written to it comes above the line of progress, if
// there is one. It is safe for concurrent use.
type Screen struct {
	f io.Writer

	mu      sync.Mutex
	visible bool // the line is drawn
	open    bool // a line of what was written has not ended
}

// NewScreen is a screen that writes to f.
func NewScreen(f io.Writer) *Screen { return &Screen{f: f} }

// Write writes above the line of progress.
func (s *Screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(p) == 0 {
		return 0, nil
	}
	s.erase()
	s.open = p[len(p)-1] != '\n'
	return s.f.Write(p)
}

// Progress shows how far long work has come until stop is called, which takes the line away: text is asked for every
// now and then. Only on a terminal is anything shown.
func (s *Screen) Progress(text func() string) (stop func()) {
	if f, ok := s.f.(*os.File); !ok || !Terminal(f) {
		return func() {}
	}
	return s.show(text, time.After(patience), time.Tick(interval))
}

// show draws when first says so, and then when again does.
func (s *Screen) show(text func() string, first, again <-chan time.Time) (stop func()) {
	end := make(chan struct{})
	var done sync.WaitGroup
	done.Go(func() {
		select {
		case <-first:
		case <-end:
			return
		}
		for {
			s.draw(text())
			select {
			case <-again:
			case <-end:
				return
			}
		}
	})
	return sync.OnceFunc(func() {
		close(end)
		done.Wait()
		s.mu.Lock()
		defer s.mu.Unlock()
		s.erase()
	})
}

// draw leaves the cursor in front of the line, so that whatever another program prints covers it, and turns wrapping
// off, so that a narrow terminal cuts it.
func (s *Screen) draw(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open {
		return
	}
	io.WriteString(s.f, "\r\x1b[K\x1b[?7l"+line+"\x1b[?7h\r")
	s.visible = true
}

func (s *Screen) erase() {
	if s.visible {
		io.WriteString(s.f, "\r\x1b[K")
		s.visible = false
	}
}
