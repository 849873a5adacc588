package index

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

const (
	// tailSize is what is read first of a zip file: of nearly every wheel that holds METADATA and the directory,
	// which tools put at the end for this purpose.
	tailSize = 64 << 10
	// maxRanges bounds what is read of one file, and how much a server without ranges may send.
	maxRanges = 16 << 20
)

// errNoRanges is a server that sends the whole of a large file instead of the range asked for.
var errNoRanges = errors.New("the server does not serve parts of files")

// ranges is a remote file of which only parts are read. What was read is kept, and a read that misses is enlarged
// up to what is there, so that a zip reader's many small reads are few requests.
type ranges struct {
	ctx    context.Context // of the one operation this reader lives for; io.ReaderAt has no place for it
	client *Client
	url    string
	size   int64
	parts  []part // sorted, disjoint
	read   int64
	err    error // the first failure, which archive/zip would hide behind its own
}

type part struct {
	start int64
	data  []byte
}

func (p part) end() int64 { return p.start + int64(len(p.data)) }

// openRanges reads the end of a file.
func (c *Client) openRanges(ctx context.Context, f File) (*ranges, error) {
	r := &ranges{ctx: ctx, client: c, url: f.URL, size: f.Size}
	want := "bytes=-" + strconv.Itoa(tailSize)
	if f.Size > 0 {
		want = fmt.Sprintf("bytes=%d-%d", max(0, f.Size-tailSize), f.Size-1)
	}
	return r, r.fetch(want)
}

// ReadAt reads from what is there, or asks for more.
func (r *ranges) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 || off >= r.size {
		return 0, io.EOF
	}
	n := 0
	for n < len(p) && off+int64(n) < r.size {
		at := off + int64(n)
		i := slices.IndexFunc(r.parts, func(q part) bool { return q.start <= at && at < q.end() })
		if i >= 0 {
			n += copy(p[n:], r.parts[i].data[at-r.parts[i].start:])
			continue
		}
		if err := r.fill(at, int64(len(p)-n)); err != nil {
			return n, err
		}
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// fill fetches from at on, at least want bytes if the next part does not begin before, and the gap up to the next
// part if that is small.
func (r *ranges) fill(at, want int64) error {
	end := min(at+max(want, tailSize), r.size)
	for _, p := range r.parts {
		if p.start > at && (p.start < end || p.start-at < 8*tailSize) {
			end = p.start
			break
		}
	}
	err := r.fetch(fmt.Sprintf("bytes=%d-%d", at, end-1))
	if err != nil && r.err == nil {
		r.err = err
	}
	return err
}

func (r *ranges) fetch(want string) error {
	header := http.Header{"Range": {want}, "Accept-Encoding": {"identity"}}
	return r.client.do(r.ctx, r.url, header, func(resp *http.Response) error {
		if resp.StatusCode == http.StatusOK {
			return r.whole(resp)
		}
		start, size, err := contentRange(resp.Header.Get("Content-Range"))
		if err != nil {
			return err
		}
		if r.size > 0 && r.size != size {
			return fmt.Errorf("the file has %d bytes, not the %d that were stated", size, r.size)
		}
		r.size = size
		data, err := readBounded(resp.Body, maxRanges-r.read)
		if err != nil {
			return err
		}
		if len(data) == 0 || start < 0 || start+int64(len(data)) > size {
			return fmt.Errorf("range %q answered by %q with %d bytes", want, resp.Header.Get("Content-Range"), len(data))
		}
		r.add(part{start, data})
		return nil
	})
}

// whole takes an answer that is all of the file, if it is short enough to.
func (r *ranges) whole(resp *http.Response) error {
	if resp.ContentLength > maxRanges || r.size > maxRanges {
		return errNoRanges
	}
	data, err := readBounded(resp.Body, maxRanges)
	if err == nil {
		r.size, r.parts, r.read = int64(len(data)), []part{{0, data}}, int64(len(data))
	}
	return err
}

func (r *ranges) add(p part) {
	r.read += int64(len(p.data))
	r.parts = append(r.parts, p)
	slices.SortFunc(r.parts, func(a, b part) int { return int(a.start - b.start) })
}

// cause is the failed request behind a zip reader's error, if there is one.
func (r *ranges) cause(err error) error {
	if err != nil && r.err != nil {
		return r.err
	}
	return err
}

// contentRange reads "bytes 10-20/300".
func contentRange(s string) (start, size int64, err error) {
	span, total, ok := strings.Cut(strings.TrimPrefix(s, "bytes "), "/")
	first, _, ok2 := strings.Cut(span, "-")
	start, err1 := strconv.ParseInt(first, 10, 64)
	size, err2 := strconv.ParseInt(total, 10, 64)
	if !ok || !ok2 || err1 != nil || err2 != nil {
		return 0, 0, fmt.Errorf("content range %q cannot be read", s)
	}
	return start, size, nil
}
