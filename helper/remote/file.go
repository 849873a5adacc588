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
	size   int64         // where the root ends
	tag    string        // of the file when it was opened; "" if that is not known
	asked  int64         // where what was asked for at first begins
	chunks []func() span // what lies before that, from the end on; each is read once

	mu      sync.Mutex // guards what follows
	url     string     // where the file is asked for
	root    int64      // the least offset that pydb read directly
	end     span       // the end of the file as far as it is in memory
	ahead   ahead
	blocks  map[key]*block
	found   bool // the cache had a block of the index that is read most
	waiting []*want
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

// cut is the bytes from one offset to another; nil if not all of them are here.
func (s span) cut(from, to int64) []byte {
	if from < s.start || to > s.start+int64(len(s.data)) {
		return nil
	}
	return s.data[from-s.start : to-s.start : to-s.start]
}

func newFile(p Place, o Options, c *index.Client) *file {
	return &file{Options: o, place: p, client: c, url: p.URL}
}

// begin starts with the end of the file, or of what it was once.
func (f *file) begin(tail *index.Part) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.size, f.tag, f.root = tail.End(), tail.Tag, tail.End()
	f.end, f.blocks = span{tail.Start, tail.Data}, map[key]*block{}
	f.asked, f.chunks = tail.Start, nil
	for to := f.asked; to > max(0, f.size-tailSize); to -= chunkSize {
		f.chunks = append(f.chunks, sync.OnceValue(func() span { return f.readChunk(to) }))
	}
	if tail.URL != "" {
		f.url = tail.URL
	}
}

// keepRoot keeps what opening the database took.
func (f *file) keepRoot() {
	f.mu.Lock()
	start, data := f.root, f.end.cut(f.root, f.size)
	f.mu.Unlock()
	if data != nil && f.Transport.KeptTail(f.place.Root) == nil {
		f.Transport.KeepTail(f.place.Root, &index.Part{Start: start, Size: f.size, Data: data})
	}
}

// ReadAt implements io.ReaderAt, for the root.
func (f *file) ReadAt(p []byte, offset int64) (int, error) {
	end := min(offset+int64(len(p)), f.size)
	data, err := f.read(offset, end)
	if err != nil {
		return 0, err
	}
	f.mu.Lock()
	if f.root = min(f.root, offset); end == f.size && offset < f.end.start {
		f.end = span{offset, data}
	}
	f.mu.Unlock()
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
	if data := f.kept(k); data != nil {
		return data, nil
	}
	data, err := f.read(k.offset, k.offset+k.size)
	if err == nil && sha256.Sum256(data) != k.sum && f.forget(k) {
		data, err = f.read(k.offset, k.offset+k.size)
	}
	if err != nil {
		return nil, err
	}
	if sha256.Sum256(data) != k.sum {
		return nil, &Wrong{Offset: k.offset, Size: k.size, Pinned: f.place.Root != "", Changed: f.changed()}
	}
	f.Transport.KeepBlock(k.sum, data)
	return data, nil
}

// forget drops the end of the file if it has a block, so that this is asked for: of what is kept of the end, nothing but
// the root has been checked.
func (f *file) forget(k key) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.end.cut(k.offset, k.offset+k.size) == nil {
		return false
	}
	f.end = span{}
	return true
}

// kept is a block of the cache; nil if it is not there.
func (f *file) kept(k key) []byte {
	data := f.Transport.Block(k.sum)
	if int64(len(data)) != k.size {
		return nil
	}
	if k.offset >= f.size-tailSize {
		f.mu.Lock()
		f.found = true
		f.mu.Unlock()
	}
	return data
}

// changed asks for a byte of the file to see whether it is the same.
func (f *file) changed() bool {
	p, err := f.part(0, 1)
	return err == nil && (f.place.Size == 0 && p.Size != f.size || f.tag != "" && p.Tag != f.tag)
}

// read is what the file has from one offset to another.
func (f *file) read(from, to int64) ([]byte, error) {
	if data := f.inMemory(from, to); data != nil {
		return data, nil
	}
	f.mu.Lock()
	w := &want{from: from, to: to, done: make(chan struct{})}
	f.waiting = append(f.waiting, w)
	if len(f.waiting) == 1 {
		time.AfterFunc(gather, f.ask)
	}
	f.mu.Unlock()
	<-w.done
	return w.data, w.err
}

// inMemory is what is there already of the file, or comes with other parts of the index; nil if it is not.
//
// If little was asked for at first because of the cache, and the cache turns out to be of another database, the index
// before it is asked for by chunks: most of it is wanted.
func (f *file) inMemory(from, to int64) []byte {
	f.mu.Lock()
	data, found := f.end.cut(from, to), f.found
	if data == nil {
		data = f.ahead.cut(from, to)
	}
	f.mu.Unlock()
	if i := (f.asked - to) / chunkSize; data == nil && !found && to <= f.asked && i < int64(len(f.chunks)) {
		data = f.chunks[i]().cut(from, to)
	}
	return data
}

// readChunk reads the chunk that ends at to, and what begins before it as well. If that fails, so will the request for
// what is wanted of it.
func (f *file) readChunk(to int64) span {
	p, err := f.part(max(0, to-chunkSize-chunkMore), to)
	if err != nil {
		return span{}
	}
	return span{p.Start, p.Data}
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
