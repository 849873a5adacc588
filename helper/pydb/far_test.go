package pydb

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mach/helper/crawl/record"
)

// far is a database that is read by Blocks. It counts them.
type far struct {
	*bytes.Reader
	data   []byte
	blocks atomic.Int64
}

// Block implements Blocks.
func (f *far) Block(offset, size int64, sum [sha256.Size]byte) ([]byte, error) {
	f.blocks.Add(1)
	return f.data[offset : offset+size], nil
}

// Near names of a database that is far away are looked for where name would be in the list, and among the names that
// updates brought, and not in all of it.
func TestNearReadsLittleOfWhatIsFar(t *testing.T) {
	var records []*record.Project
	for i := range 400 {
		records = append(records, single(fmt.Sprintf("project%03d", i), "x"))
	}
	records = append(records, single("flask", "x"), single("zlask", "x"))
	l := *layouts["xz"]
	l.names = 100
	data, _ := build(t, records, BuildOptions{layout: &l})
	var update bytes.Buffer
	if _, err := openBytes(t, data).Update(&update, all([]*record.Project{single("vlask", "x")}), UpdateOptions{layout: &l}); err != nil {
		t.Fatal(err)
	}
	data = slices.Concat(data, update.Bytes())
	f := &far{Reader: bytes.NewReader(data), data: data}
	db, err := New(f, int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	got, err := db.Near("flaks", 3)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"flask"}, got); diff != "" {
		t.Error(diff)
	}
	if got, err := db.Near("qlask", 3); err != nil || !slices.Equal(got, []string{"vlask", "zlask"}) {
		t.Errorf("brought by an update, and the last of all: %q %v", got, err)
	}
	if n := f.blocks.Load(); n > 24 {
		t.Errorf("%d streams were read for two names", n)
	}
}

// From the end on, the streams of a database are found without reading them, and which of them may be a root.
func TestLastStream(t *testing.T) {
	data, _ := build(t, generate(10, 3), BuildOptions{layout: layouts["small"]})
	n, roots := 0, 0
	for end := len(data); end > 0; n++ {
		size, root, err := LastStream(data[max(0, end-MinTail):end])
		if err != nil || size <= 0 {
			t.Fatalf("the stream that ends at %d: %d bytes, %v", end, size, err)
		}
		if root {
			roots++
		}
		if end -= int(size); !bytes.HasPrefix(data[max(0, end):], xzMagic) {
			t.Fatalf("no stream begins at %d", end)
		}
	}
	if n < 5 || roots != 1 {
		t.Errorf("%d streams, %d roots", n, roots)
	}
	if _, _, err := LastStream(data[:len(data)-1]); err == nil {
		t.Error("there is no stream that ends there")
	}
}
