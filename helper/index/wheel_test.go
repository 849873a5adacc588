package index

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

const metadataText = "Metadata-Version: 2.1\nName: a\nVersion: 1\nRequires-Dist: b\n"

// noise does not compress, so that a file really is as long as it is to be.
func noise(n int) []byte {
	b := make([]byte, n)
	r := rand.NewChaCha8([32]byte{})
	r.Read(b)
	return b
}

// makeWheel has METADATA before or after so many bytes of code, and so many empty modules.
func makeWheel(t *testing.T, before, after, modules int) []byte {
	t.Helper()
	members := []string{"a/first.so", string(noise(before))}
	for i := range modules {
		members = append(members, fmt.Sprintf("a/module_with_a_long_name_%06d.py", i), "")
	}
	return makeZip(t, append(members, "a-1.dist-info/METADATA", metadataText, "a/last.so", string(noise(after)))...)
}

// makeZip makes a zip file of names, each followed by the content.
func makeZip(t *testing.T, members ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		w, err := z.Create(members[i])
		if err == nil {
			_, err = io.WriteString(w, members[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// endless stands for a metadata file of that length.
const endless = "endless"

// fileServer serves one file, with ranges or without, and perhaps FILE.metadata.
func fileServer(t *testing.T, content []byte, ranges bool, metadata string) (Index, *atomic.Int64) {
	sent := new(atomic.Int64)
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, ".metadata"):
			for metadata == endless {
				if _, err := w.Write(make([]byte, 1<<20)); err != nil {
					return
				}
			}
			if metadata == "" {
				w.WriteHeader(404)
			}
			fmt.Fprint(w, metadata)
		case ranges:
			http.ServeContent(counting{w, sent}, r, "", time.Time{}, bytes.NewReader(content))
		default:
			w.Header().Set("Content-Length", fmt.Sprint(len(content)))
			counting{w, sent}.Write(content)
		}
	}), sent
}

type counting struct {
	http.ResponseWriter
	n *atomic.Int64
}

func (c counting) Write(p []byte) (int, error) {
	n, err := c.ResponseWriter.Write(p)
	c.n.Add(int64(n))
	return n, err
}

// fileOf is a file of a page that says of it what f says. announces is whether the page knows of metadata files.
func fileOf(t *testing.T, c *Client, f rawFile, announces bool) File {
	t.Helper()
	raw := rawPage{files: []rawFile{f}, announces: announces}
	p, ok := newPage(c, "a", "", "", newEntry(raw.encode("a")))
	if !ok || len(p.Versions) != 1 {
		t.Fatalf("%q is no file of a release", f.filename)
	}
	return p.Release(0)[0]
}

func fileURL(ix Index, name string) string {
	return strings.TrimSuffix(ix.SimpleURL, "simple/") + "files/" + name
}

func TestWheelMetadata(t *testing.T) {
	sum := sha256.Sum256([]byte(metadataText))
	good, bad := hex.EncodeToString(sum[:]), strings.Repeat("0", 64)
	small, long := makeWheel(t, 10, 10, 0), makeWheel(t, maxUnasked, 0, 0)
	for _, test := range []struct {
		why      string
		wheel    []byte
		file     rawFile
		silent   bool // the page does not know of metadata files
		noRanges bool
		noSize   bool
		metadata string
		requests int
		beside   bool
		err      string
	}{
		{why: "a small wheel is one request", wheel: small, requests: 1},
		{why: "so is a large one, as tools write it", wheel: makeWheel(t, 1<<20, 0, 0), requests: 1},
		{why: "and one whose size the page does not state", wheel: makeWheel(t, 1<<20, 0, 0), noSize: true, requests: 1},
		{why: "METADATA far from the end", wheel: makeWheel(t, 10, 1<<20, 0), requests: 2},
		{why: "a long directory", wheel: makeWheel(t, 1<<20, 1000, 3000), requests: 2},
		{why: "both", wheel: makeWheel(t, 10, 1<<20, 3000), requests: 3},
		{why: "something before the zip file", wheel: append(noise(1000), small...), requests: 1},
		{why: "a server without ranges, short file", wheel: makeWheel(t, 1<<20, 0, 0), noRanges: true, requests: 1},
		{
			why:   "a server without ranges, long file: the metadata file may be there though nobody says so",
			wheel: long, noRanges: true, metadata: metadataText, beside: true, requests: 2,
		},
		{why: "or not, and all has to be read", wheel: long, noRanges: true, requests: 3},
		{
			why:  "the metadata file",
			file: rawFile{metadata: true, metadataSHA256: good}, metadata: metadataText, requests: 1, beside: true,
		},
		{why: "a page that does not know of it", wheel: small, silent: true, metadata: metadataText, requests: 1, beside: true},
		{why: "nor is there any", wheel: small, silent: true, requests: 2},
		{why: "but a page of another kind", wheel: small, silent: true, metadata: "<html>", requests: 2},
		{why: "it is promised, but missing", wheel: small, file: rawFile{metadata: true}, requests: 2},
		{
			why:  "another than promised",
			file: rawFile{metadata: true, metadataSHA256: bad}, metadata: metadataText, requests: 1,
			err: "the metadata file does not have the hash that the page states",
		},
		{
			why:  "no metadata",
			file: rawFile{metadata: true}, metadata: "<html>", requests: 1,
			err: "core metadata: there is neither a Name nor a Version field",
		},
		{
			why:  "one that does not end",
			file: rawFile{metadata: true}, metadata: endless, requests: 1,
			err: "it is longer than 8 MiB: given up",
		},
		{why: "no zip file", wheel: noise(1 << 20), requests: 1, err: "not a zip file: it has no end of a directory"},
		{why: "nothing", wheel: []byte("x"), requests: 1, err: "not a zip file: it has no end of a directory"},
		{why: "no METADATA", wheel: makeZip(t, "a-1.dist-info/RECORD", ""), requests: 1, err: "a broken wheel: no .dist-info/METADATA"},
		{
			why: "two METADATA", wheel: makeZip(t, "a-1.dist-info/METADATA", "", "b-1.dist-info/METADATA", ""), requests: 1,
			err: "a broken wheel: both a-1.dist-info/METADATA and b-1.dist-info/METADATA",
		},
		{
			why: "a METADATA that is too long", wheel: makeZip(t, "a-1.dist-info/METADATA", strings.Repeat(" ", 10<<20)), requests: 1,
			err: "a-1.dist-info/METADATA claims to be 10 MiB: given up",
		},
		{
			why: "another size than the page states", wheel: small, file: rawFile{size: 100}, requests: 1,
			err: "not the 100 that were stated",
		},
	} {
		t.Run(test.why, func(t *testing.T) {
			ix, sent := fileServer(t, test.wheel, !test.noRanges, test.metadata)
			o := Options{Cache: t.TempDir()}
			f := test.file
			f.filename, f.url = "a-1-py3-none-any.whl", fileURL(ix, "a-1-py3-none-any.whl")
			if f.size == 0 && !test.noSize {
				f.size = int64(len(test.wheel))
			}
			for i, requests := range []int{test.requests, 0} {
				c := newClient(ix, o)
				m, beside, err := fileOf(t, c, f, !test.silent).Metadata(t.Context())
				var bad *Broken
				switch {
				case test.err != "":
					refuses(t, err, "a-1-py3-none-any.whl: ")
					refuses(t, err, test.err)
					if !errors.As(err, &bad) {
						t.Errorf("%v is of the wrong kind", err)
					}
				case err != nil || m.Name != "a" || strings.Join(m.RequiresDist, "") != "b" || beside != test.beside:
					t.Errorf("read %d: got %+v, %v, %v", i, m, beside, err)
				}
				if c.Stats().Requests != requests {
					t.Errorf("read %d: %d requests, want %d", i, c.Stats().Requests, requests)
				}
			}
			if !test.noRanges && sent.Load() > 512<<10 {
				t.Errorf("%d bytes were read", sent.Load())
			}
		})
	}
}

// Whether there are metadata files that no page announces is learned once for an index, and whether there are ranges
// once for a host.
func TestLearning(t *testing.T) {
	for _, test := range []struct {
		why      string
		metadata string
		noRanges bool
		size     int
		requests int
	}{
		{"all have one", metadataText, false, 10, 3},
		{"none has one: that is asked twice", "", false, 10, 3 + 2},
		{"nor are there ranges: that is seen once", "", true, maxUnasked, 3 + 2 + 1},
	} {
		t.Run(test.why, func(t *testing.T) {
			wheel := makeWheel(t, test.size, 0, 0)
			ix, _ := fileServer(t, wheel, !test.noRanges, test.metadata)
			c := newClient(ix, Options{})
			for i := range 3 {
				name := fmt.Sprintf("a-%d-py3-none-any.whl", i)
				f := fileOf(t, c, rawFile{filename: name, url: fileURL(ix, name), size: int64(len(wheel))}, false)
				if _, _, err := f.Metadata(t.Context()); err != nil {
					t.Error(err)
				}
			}
			if c.Stats().Requests != test.requests {
				t.Errorf("%d requests, want %d", c.Stats().Requests, test.requests)
			}
		})
	}
}

// A server that lies about the ranges it sends costs neither time nor memory.
func TestLyingRanges(t *testing.T) {
	wheel := makeWheel(t, 10, 1<<20, 0)
	for _, test := range []struct{ why, header, err string }{
		{"another part", "bytes 0-9/%[3]d", "the server answers"},
		{"always the same part", "bytes 1000000-1000009/%[3]d", "the server answers"},
		{"a file of another size", "bytes %[1]d-%[2]d/77", "the file has 77 bytes, not the"},
		{"beyond the end", "bytes 9999999-99999999/%[3]d", "the server answers the range"},
		{"a negative part", "bytes -5-10/%[3]d", ""},
		{"no word about it", "", ""},
		{"a huge file", "bytes %[1]d-%[2]d/9223372036854775807", "not the"},
	} {
		t.Run(test.why, func(t *testing.T) {
			ix := serve(t, func(w http.ResponseWriter, r *http.Request) {
				var from, to int
				if n, _ := fmt.Sscanf(r.Header.Get("Range"), "bytes=%d-%d", &from, &to); n != 2 {
					w.WriteHeader(http.StatusNotFound)
					return
				}
				if test.header != "" {
					w.Header().Set("Content-Range", strings.Split(fmt.Sprintf(test.header+"\n%[1]d%[2]d%[3]d", from, to, len(wheel)), "\n")[0])
				}
				w.WriteHeader(http.StatusPartialContent)
				_, _ = w.Write(wheel[from : to+1])
			})
			c := newClient(ix, Options{})
			f := rawFile{filename: "a-1-py3-none-any.whl", url: fileURL(ix, "a"), size: int64(len(wheel))}
			_, _, err := fileOf(t, c, f, true).Metadata(t.Context())
			refuses(t, err, test.err)
			if c.Stats().Requests > 4 {
				t.Errorf("%d requests", c.Stats().Requests)
			}
		})
	}
}
