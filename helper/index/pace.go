package index

import (
	"context"
	"sync"
	"time"
)

// pacer spreads requests over time.
type pacer struct {
	mu   sync.Mutex
	next time.Time // when the next request may go out
}

// wait waits for the turn of a request, of which there are so many in a second; 0 is no bound.
func (p *pacer) wait(ctx context.Context, perSecond float64) error {
	if perSecond <= 0 {
		return nil
	}
	p.mu.Lock()
	now := time.Now()
	if p.next.Before(now) {
		p.next = now
	}
	turn := p.next
	p.next = turn.Add(time.Duration(float64(time.Second) / perSecond))
	p.mu.Unlock()
	select {
	case <-time.After(turn.Sub(now)):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
