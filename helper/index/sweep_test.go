package index

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// What was kept of databases goes when nobody has read it for a month, or when there is too much, the longest unread
// first; not more often than once a day.
func TestSweepBlocks(t *testing.T) {
	now := time.Now()
	transport := newTransport(Options{Cache: t.TempDir()})
	s := &transport.store
	keep := func(name string, read time.Duration) [sha256.Size]byte {
		sum := sha256.Sum256([]byte(name))
		transport.KeepBlock(sum, []byte(name))
		s.touch(kindBlock, hex.EncodeToString(sum[:]), now.Add(-read))
		return sum
	}
	there := func(names ...string) (found string) {
		for _, name := range names {
			if _, err := os.Stat(s.path(kindBlock, fmt.Sprintf("%x", sha256.Sum256([]byte(name))))); err == nil {
				found += name
			}
		}
		return found
	}
	keep("a", 40*24*time.Hour)
	b := keep("b", 20*24*time.Hour)
	keep("c", 10*24*time.Hour)
	keep("d", time.Hour)
	transport.KeepTail("root", &Part{Data: []byte("tail")})
	s.put(kindPage, "page", newEntry("page", nil))
	s.touch(kindPage, "page", now.Add(-99*24*time.Hour))
	_ = os.Remove(filepath.Join(s.dir, cacheForm, "swept")) // KeepBlock may have been the first of this process
	one := diskUses(filepath.Join(s.dir, cacheForm, kindBlock))[0].size

	s.sweepBlocks(now, 5*one)
	if got := there("a", "b", "c", "d"); got != "bcd" {
		t.Errorf("read a month ago: %q is there", got)
	}
	transport.Block(b)
	s.sweepBlocks(now, 3*one)
	if got := there("a", "b", "c", "d"); got != "bcd" {
		t.Errorf("on the same day: %q is there", got)
	}
	s.sweepBlocks(now.Add(25*time.Hour), 3*one)
	if got := there("a", "b", "c", "d"); got != "b" || transport.KeptTail("root") == nil {
		t.Errorf("too much: %q is there; b and the tail were read last", got)
	}
	if s.get(kindPage, "page") == nil {
		t.Error("a page was swept")
	}
	if got := transport.HasBlocks(); !got {
		t.Error("there are no blocks")
	}
	if newTransport(Options{Cache: t.TempDir()}).HasBlocks() || newTransport(Options{}).HasBlocks() {
		t.Error("there are blocks in an empty cache")
	}
}
