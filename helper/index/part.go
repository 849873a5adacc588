package index

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Part is a part of a file that lies on a server.
type Part struct {
	URL   string // where the file lies, redirections followed, for as long as this process lives: it may be signed. "" if it was kept
	Start int64  // of Data in the file
	Size  int64  // of the file
	Tag   string // changes when the file does; "" if the server gives none
	Data  []byte
}

// End is where Data ends in the file.
func (p *Part) End() int64 { return p.Start + int64(len(p.Data)) }

// Part asks for the bytes of a file from start up to end. A server that sends the whole instead is ErrNoRanges, unless
// that is short. What comes may be less than was asked for, where the file is cut, or another part.
func (c *Client) Part(ctx context.Context, rawURL string, start, end int64) (p *Part, err error) {
	err = c.do(ctx, rawURL, rangeHeader(fmt.Sprintf("bytes=%d-%d", start, end-1)), func(resp *http.Response) error {
		p, err = readPart(resp, end-start)
		return err
	})
	var short *shortError
	if errors.As(err, &short) {
		return &Part{URL: rawURL, Size: short.size}, nil
	}
	return p, err
}

// Tail asks for the last bytes of a file that may change. It is kept, and fresh, as a page is; anew asks whatever is
// kept.
func (c *Client) Tail(ctx context.Context, rawURL string, length int64, anew bool) (*Part, error) {
	if anew {
		c.cache().remove(kindTail, rawURL)
	}
	var fresh *Part
	e, err := c.answer(ctx, kindTail, rawURL, rangeHeader(fmt.Sprintf("bytes=-%d", length)), func(resp *http.Response) (*entry, error) {
		p, err := readPart(resp, length)
		if err != nil {
			return nil, err
		}
		fresh = p
		return newEntry(p.encode(), nil), nil
	})
	if errors.Is(err, ErrNotFound) {
		c.cache().remove(kindTail, rawURL) // somebody may be about to put it there
	}
	var short *shortError
	if errors.As(err, &short) { // shorter than length, where a server does not like that
		return c.Part(ctx, rawURL, 0, max(1, short.size))
	}
	if err != nil || fresh != nil {
		return fresh, err
	}
	return decodePart(e.head)
}

func rangeHeader(want string) http.Header {
	return http.Header{"Range": {want}, "Accept-Encoding": identity["Accept-Encoding"]}
}

// readPart takes an answer to a range of length bytes.
func readPart(resp *http.Response, length int64) (*Part, error) {
	p := &Part{URL: resp.Request.URL.String(), Tag: resp.Header.Get("Etag")}
	if p.Tag == "" {
		p.Tag = resp.Header.Get("Last-Modified")
	}
	if packed := resp.Header.Get("Content-Encoding"); packed != "" && packed != "identity" {
		return nil, broken("the server packs what it sends (Content-Encoding: %q), so that nobody can tell which part it is", packed)
	}
	var err error
	if resp.StatusCode == http.StatusOK {
		p.Data, err = readWhole(resp)
		p.Size = int64(len(p.Data))
		return p, err
	}
	span := resp.Header.Get("Content-Range")
	if p.Start, p.Size, err = contentRange(span); err != nil {
		return nil, err
	}
	if p.Data, err = io.ReadAll(io.LimitReader(resp.Body, length+1)); err != nil {
		return nil, err
	}
	if n := int64(len(p.Data)); n == 0 && p.Size > 0 || n > length || p.Start < 0 || p.End() > p.Size {
		return nil, broken("the server answers a range with %q and %d bytes", span, len(p.Data))
	}
	return p, nil
}

// readWhole reads an answer that is all of a file, if it is short enough.
func readWhole(resp *http.Response) ([]byte, error) {
	if resp.ContentLength > maxUnasked {
		return nil, ErrNoRanges
	}
	data, err := readBounded(resp.Body, maxUnasked)
	var long *Broken
	if errors.As(err, &long) {
		err = ErrNoRanges
	}
	return data, err
}

// encode is the part as it is kept.
func (p *Part) encode() string {
	return fmt.Sprintf("%s\n%d %d\n%s", p.Tag, p.Start, p.Size, p.Data)
}

func decodePart(s string) (*Part, error) {
	p := &Part{}
	tag, s, _ := strings.Cut(s, "\n")
	line, s, ok := strings.Cut(s, "\n")
	start, size, _ := strings.Cut(line, " ")
	var err1, err2 error
	p.Start, err1 = strconv.ParseInt(start, 10, 64)
	p.Size, err2 = strconv.ParseInt(size, 10, 64)
	p.Tag, p.Data = tag, []byte(s)
	if !ok || err1 != nil || err2 != nil {
		return nil, broken("what the cache has of it cannot be read: run mach with --refresh")
	}
	return p, nil
}

// Block is what was kept that has a SHA-256; nil if nothing was, or it was damaged.
func (t *Transport) Block(sum [sha256.Size]byte) []byte {
	e := t.store.get(kindBlock, hex.EncodeToString(sum[:]))
	if e == nil {
		return nil
	}
	data := []byte(e.head)
	if sha256.Sum256(data) != sum {
		return nil
	}
	t.store.wasRead(kindBlock, hex.EncodeToString(sum[:]), e)
	return data
}

// HasBlocks says whether any block was ever kept.
func (t *Transport) HasBlocks() bool {
	_, err := os.Stat(filepath.Join(t.store.dir, cacheForm, kindBlock))
	return t.store.dir != "" && err == nil
}

// KeepBlock keeps data, whose SHA-256 is sum, for as long as it is read now and then.
func (t *Transport) KeepBlock(sum [sha256.Size]byte, data []byte) {
	if t.store.dir != "" && !blocksSwept.Swap(true) {
		t.store.sweepBlocks(time.Now(), maxBlocks)
	}
	t.store.put(kindBlock, hex.EncodeToString(sum[:]), newEntry(string(data), nil))
}

// KeepTail keeps the last bytes of a file under a name that stands for just this content, as KeepBlock does.
func (t *Transport) KeepTail(name string, p *Part) {
	t.store.put(kindTail, name, newEntry(p.encode(), nil))
}

// KeptTail is what KeepTail kept; nil if nothing.
func (t *Transport) KeptTail(name string) *Part {
	if e := t.store.get(kindTail, name); e != nil {
		if p, err := decodePart(e.head); err == nil {
			t.store.wasRead(kindTail, name, e)
			return p
		}
	}
	return nil
}
