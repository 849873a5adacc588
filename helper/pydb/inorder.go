package pydb

import (
	"iter"
	"runtime"
	"sync"
)

// inOrder works on items, several at a time, and takes the results in the order of
// the items. Each goroutine has a worker of its own. The first error ends it.
func inOrder[T, R any](items iter.Seq2[T, error], worker func() func(T) (R, error), take func(R) error) error {
	type result struct {
		value R
		err   error
	}
	type job struct {
		item T
		done chan result
	}
	jobs, order, stop := make(chan job), make(chan chan result, runtime.GOMAXPROCS(0)), make(chan struct{})
	var running sync.WaitGroup
	defer running.Wait()
	defer close(stop)
	for range runtime.GOMAXPROCS(0) {
		running.Go(func() {
			work := worker()
			for j := range jobs {
				value, err := work(j.item)
				j.done <- result{value, err}
			}
		})
	}
	running.Go(func() {
		defer close(order)
		defer close(jobs)
		for item, err := range items {
			done := make(chan result, 1)
			if err != nil {
				done <- result{err: err}
			}
			select {
			case order <- done:
			case <-stop:
				return
			}
			if err != nil {
				return
			}
			select {
			case jobs <- job{item, done}:
			case <-stop:
				return
			}
		}
	})
	for done := range order {
		r := <-done
		if r.err == nil {
			r.err = take(r.value)
		}
		if r.err != nil {
			return r.err
		}
	}
	return nil
}
