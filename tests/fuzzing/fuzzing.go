// Package fuzzing is for fuzz targets: it fails an input whose reading takes more memory or time than it can be worth.
package fuzzing

import (
	"flag"
	"fmt"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// What an input may take. Memory is all that was allocated, freed or not.
const (
	perByte = 4 << 10
	base    = 64 << 20
	heap    = 2 << 30 // at one moment, while it is read
	long    = 30 * time.Second
)

// started is when the input that is read was begun, in nanoseconds; 0 if none is.
var started atomic.Int64

// Watch begins the reading of an input of a size in bytes; what it returns ends it:
//
//	defer fuzzing.Watch(t, len(data))()
//
// That an input takes too long, or too much of the heap at one moment, is a crash, so that the fuzzer keeps it. Time
// counts while fuzzing alone: no test is timed.
func Watch(t testing.TB, size int) (end func()) {
	if isWorker() {
		guard()
		started.Store(time.Now().UnixNano())
	}
	before := read("/gc/heap/allocs:bytes")
	return func() {
		started.Store(0)
		if took, most := read("/gc/heap/allocs:bytes")-before, uint64(base+size*perByte); took > most {
			t.Errorf("an input of %d bytes takes %d MiB of memory, and at most %d are allowed", size, took>>20, most>>20)
		}
	}
}

// isWorker says whether this process reads inputs of a fuzzer.
func isWorker() bool {
	worker := flag.Lookup("test.fuzzworker")
	return worker != nil && worker.Value.String() == "true"
}

var guard = sync.OnceFunc(func() {
	debug.SetTraceback("all")
	go func() {
		for range time.Tick(100 * time.Millisecond) {
			begun := started.Load()
			switch now := read("/memory/classes/heap/objects:bytes"); {
			case begun == 0:
			case time.Since(time.Unix(0, begun)) > long:
				panic(fmt.Sprintf("an input takes more than %v", long))
			case now > heap:
				panic(fmt.Sprintf("an input has %d MiB of the heap", now>>20))
			}
		}
	}()
})

func read(metric string) uint64 {
	sample := []metrics.Sample{{Name: metric}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
