package remote

import (
	"crypto/sha256"
	"errors"
	"io"
	"sync"
	"time"

	"mach/helper/index"
)

// file is a remote file as pydb wants it: pydb.Blocks and io.ReaderAt.
type file struct {
	Options
	place  Place
	client *index.Client
	size   int64  // where the root ends
	tag    string // of the file when it was opened; "" if that is not known

	mu      sync.Mutex // guards what follows
	url     string     // where the file is asked for
	root    int64      // the least offset that pydb read directly
	there   []span     // what is in memory beside blocks: the end of the file, all of it, or what was read ahead
	blocks  map[key]*block
	waiting []*want
	ahead   ahead
}

// key names a block: there may be wrong pointers to the same place.
type key struct {
	offset, size int64
	sum          [sha256.Size]byte
}

// block is a stream of the file that is asked for or was.
type block struct {
	done chan struct{}
	data []byte
	err  error
}

// span is bytes of the file.
type span struct {
	start int64
	data  []byte
}

func newFile(p Place, o Options, c *index.Client) *file {
	return &file{Options: o, place: p, client: c, url: p.URL}
}

// begin starts with the end of the file.
func (f *file) begin(tail *index.Part) {
	f.size, f.tag, f.root = tail.End(), tail.Tag, tail.End()
	f.there, f.blocks = []span{{tail.Start, tail.Data}}, map[key]*block{}
	if tail.URL != "" {
		f.url = tail.URL
	}
}

// keepTail keeps what opening the database took.
func (f *file) keepTail() {
	if data := f.inMemory(f.root, f.size); data != nil && f.Transport.KeptTail(f.place.Root) == nil {
		f.Transport.KeepTail(f.place.Root, &index.Part{Start: f.root, Size: f.size, Data: data})
	}
}

// ReadAt implements io.ReaderAt, for the root.
func (f *file) ReadAt(p []byte, offset int64) (int, error) {
	end := min(offset+int64(len(p)), f.size)
	data, err := f.read(offset, end)
	if err != nil {
		return 0, err
	}
	f.root = min(f.root, offset)
	if n := copy(p, data); n < len(p) {
		return n, io.EOF
	}
	return len(p), nil
}

// Block implements pydb.Blocks: from memory, from the cache, or else from the server.
func (f *file) Block(offset, size int64, sum [sha256.Size]byte) ([]byte, error) {
	k := key{offset, size, sum}
	f.mu.Lock()
	b, begun := f.blocks[k]
	if !begun {
		b = &block{done: make(chan struct{})}
		f.blocks[k] = b
	}
	f.mu.Unlock()
	if !begun {
		if b.data, b.err = f.readBlock(k); b.err != nil {
			b.err = failed(f.place, b.err)
		}
		close(b.done)
	}
	<-b.done
	return b.data, b.err
}

func (f *file) readBlock(k key) ([]byte, error) {
	if data := f.Transport.Block(k.sum); int64(len(data)) == k.size {
		return data, nil
	}
	data, err := f.read(k.offset, k.offset+k.size)
	if err != nil {
		return nil, err
	}
	if sha256.Sum256(data) != k.sum {
		return nil, &Wrong{Offset: k.offset, Size: k.size, Pinned: f.place.Root != "", Changed: f.changed()}
	}
	f.Transport.KeepBlock(k.sum, data)
	return data, nil
}

// changed asks for a byte of the file to see whether it is the same.
func (f *file) changed() bool {
	p, err := f.part(0, 1)
	return err == nil && (f.place.Size == 0 && p.Size != f.size || f.tag != "" && p.Tag != f.tag)
}

// read is what the file has from one offset to another.
func (f *file) read(from, to int64) ([]byte, error) {
	f.mu.Lock()
	if data := f.inMemory(from, to); data != nil {
		f.mu.Unlock()
		return data, nil
	}
	w := &want{from: from, to: to, done: make(chan struct{})}
	f.waiting = append(f.waiting, w)
	if len(f.waiting) == 1 {
		time.AfterFunc(gather, f.ask)
	}
	f.mu.Unlock()
	<-w.done
	return w.data, w.err
}

// inMemory is what is there already of the file; nil if it is not.
func (f *file) inMemory(from, to int64) []byte {
	for _, s := range f.there {
		if s.start <= from && to <= s.start+int64(len(s.data)) {
			return s.data[from-s.start : to-s.start : to-s.start]
		}
	}
	return nil
}

// part asks for a range, where the file was found last, or again where the user says it is: a place that somebody
// redirects to may not last.
func (f *file) part(from, to int64) (*index.Part, error) {
	f.mu.Lock()
	at := f.url
	f.mu.Unlock()
	p, err := f.client.Part(f.Context, at, from, to)
	if at != f.place.URL && (errors.Is(err, index.ErrNotFound) || errors.Is(err, index.ErrRefused)) {
		p, err = f.client.Part(f.Context, f.place.URL, from, to)
	}
	if err == nil {
		f.mu.Lock()
		f.url = p.URL
		f.mu.Unlock()
	}
	return p, err
}
