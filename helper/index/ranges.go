package index

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
)

const (
	// tailSize is what is read first of a zip file: of nearly every wheel that holds METADATA and the directory,
	// which tools put at the end for this purpose.
	tailSize = 24 << 10
	// maxRanges bounds what is read of one file by ranges.
	maxRanges = 16 << 20
	// maxUnasked bounds what a server without ranges may send in the place of one.
	maxUnasked = 4 << 20
	// maxWhole bounds a file that has to be downloaded whole.
	maxWhole = 4 << 30
)

// archiveFile is a zip file, local or remote.
type archiveFile interface {
	io.ReaderAt
	io.Closer
	Size() int64
}

// localFile is a file of this machine.
type localFile struct {
	*os.File
	size int64
}

// Size is in bytes.
func (f localFile) Size() int64 { return f.size }

func openLocal(path string) (archiveFile, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return localFile{f, info.Size()}, nil
}

// openZip opens a zip file, which the caller closes, and reads its directory.
func (c *Client) openZip(ctx context.Context, l Link) (*zipReader, error) {
	f, err := c.openFile(ctx, l)
	if err != nil {
		return nil, err
	}
	z, err := newZip(f)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return z, nil
}

// openFile opens a file where it lies: by ranges if the server has them, else it is downloaded.
func (c *Client) openFile(ctx context.Context, l Link) (archiveFile, error) {
	if l.Path != "" {
		return openLocal(l.Path)
	}
	if !c.hasRanges(l) {
		return c.download(ctx, l)
	}
	r := &ranges{ctx: ctx, client: c, url: l.URL, size: l.Size}
	want := "bytes=-" + strconv.Itoa(tailSize)
	if l.Size > 0 {
		want = fmt.Sprintf("bytes=%d-%d", max(0, l.Size-tailSize), l.Size-1)
	}
	err := r.fetch(want)
	if errors.Is(err, ErrNoRanges) {
		c.transport.noRanges.Store(hostOf(l.URL), true)
	}
	return r, err
}

// hasRanges is false for a file on a server that is known to have none.
func (c *Client) hasRanges(l Link) bool {
	_, known := c.transport.noRanges.Load(hostOf(l.URL))
	return !known
}

func hostOf(rawURL string) string {
	u, err := url.Parse(rawURL)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// download puts a file into a temporary one, which has no name any more.
func (c *Client) download(ctx context.Context, l Link) (archiveFile, error) {
	f, err := os.CreateTemp("", "mach-*.zip")
	if err != nil {
		return nil, err
	}
	defer os.Remove(f.Name())
	var size int64
	err = c.do(ctx, l.URL, identity, func(resp *http.Response) error {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return err
		}
		if err := f.Truncate(0); err != nil {
			return err
		}
		size, err = io.Copy(f, io.LimitReader(resp.Body, maxWhole+1))
		if err == nil && size > maxWhole {
			err = broken("it is longer than %d GiB: given up", maxWhole>>30)
		}
		return err
	})
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return localFile{f, size}, nil
}

// identity asks for a file as it is, so that its bytes can be counted.
var identity = http.Header{"Accept-Encoding": {"identity"}}

// ranges is a remote file of which only parts are read. What was read is kept.
type ranges struct {
	ctx    context.Context // of the one operation this reader lives for; io.ReaderAt has no place for it
	client *Client
	url    string
	size   int64
	parts  []Part
	read   int64
}

// Size is in bytes.
func (r *ranges) Size() int64 { return r.size }

// Close does nothing: no connection is kept.
func (r *ranges) Close() error { return nil }

// ReadAt reads from what is there, and asks for what is not in one request.
func (r *ranges) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 || off >= r.size {
		return 0, io.EOF
	}
	end := min(off+int64(len(p)), r.size)
	n := r.copy(p[:end-off], off)
	if from := off + int64(n); from < end {
		if err := r.fetch(r.gap(from, end)); err != nil {
			return n, err
		}
		if n += r.copy(p[n:end-off], from); off+int64(n) < end {
			return n, broken("the server answers with another part of the file than was asked for")
		}
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// copy copies from the parts what follows off without a gap.
func (r *ranges) copy(p []byte, off int64) (n int) {
	for progress := true; progress && n < len(p); {
		progress = false
		for _, q := range r.parts {
			if at := off + int64(n) - q.Start; at >= 0 && at < int64(len(q.Data)) {
				n += copy(p[n:], q.Data[at:])
				progress = true
			}
		}
	}
	return n
}

// gap is the range to ask for of what is wanted: not what is there behind it. What lacks only its front is the
// directory of many files; METADATA is often a little before that.
func (r *ranges) gap(from, end int64) string {
	for _, q := range r.parts {
		if q.Start > from && q.Start < end && q.End() >= end {
			return fmt.Sprintf("bytes=%d-%d", max(0, from-tailSize), q.Start-1)
		}
	}
	return fmt.Sprintf("bytes=%d-%d", from, end-1)
}

func (r *ranges) fetch(want string) error {
	return r.client.do(r.ctx, r.url, rangeHeader(want), func(resp *http.Response) error {
		if resp.StatusCode == http.StatusOK {
			return r.whole(resp)
		}
		start, size, err := contentRange(resp.Header.Get("Content-Range"))
		if err != nil {
			return err
		}
		if r.size > 0 && r.size != size {
			return broken("the file has %d bytes, not the %d that were stated", size, r.size)
		}
		data, err := readBounded(resp.Body, maxRanges-r.read)
		if err != nil {
			return err
		}
		if len(data) == 0 || start < 0 || start+int64(len(data)) > size {
			return broken("the server answers the range %s with %q and %d bytes", want, resp.Header.Get("Content-Range"), len(data))
		}
		r.size = size
		r.read += int64(len(data))
		r.parts = append(r.parts, Part{Start: start, Data: data})
		return nil
	})
}

// whole takes an answer that is all of the file, if it is short enough to.
func (r *ranges) whole(resp *http.Response) error {
	if r.size > maxUnasked {
		return ErrNoRanges
	}
	data, err := readWhole(resp)
	if err == nil && r.size > 0 && r.size != int64(len(data)) {
		err = broken("the file has %d bytes, not the %d that were stated", len(data), r.size)
	}
	if err == nil {
		r.size, r.parts, r.read = int64(len(data)), []Part{{Data: data}}, int64(len(data))
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
		return 0, 0, ErrNoRanges
	}
	return start, size, nil
}
