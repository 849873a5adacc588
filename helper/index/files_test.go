package index

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

const metadataText = "Metadata-Version: 2.1\nName: a\nVersion: 1\n"

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
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	add := func(name string, content []byte) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	add("a/first.so", noise(before))
	for i := range modules {
		add(fmt.Sprintf("a/module_with_a_long_name_%06d.py", i), nil)
	}
	add("a-1.dist-info/METADATA", []byte(metadataText))
	add("a/last.so", noise(after))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// fileServer serves one file, with ranges or without, and perhaps FILE.metadata.
func fileServer(t *testing.T, content []byte, ranges bool, metadata string) (Index, *atomic.Int64) {
	sent := new(atomic.Int64)
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, ".metadata"):
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

func fileURL(ix Index, name string) string {
	return strings.TrimSuffix(ix.SimpleURL, "simple/") + "files/" + name
}

func TestWheelMetadata(t *testing.T) {
	sum := sha256.Sum256([]byte(metadataText))
	good, bad := hex.EncodeToString(sum[:]), strings.Repeat("0", 64)
	for _, test := range []struct {
		why      string
		wheel    []byte
		file     File
		noRanges bool
		noSize   bool
		metadata string
		requests int
		beside   bool
		err      string
	}{
		{why: "a small wheel is one request", wheel: makeWheel(t, 10, 10, 0), requests: 1},
		{why: "so is a large one, as tools write it", wheel: makeWheel(t, 1<<20, 0, 0), requests: 1},
		{why: "and one whose size the page does not state", wheel: makeWheel(t, 1<<20, 0, 0), noSize: true, requests: 1},
		{why: "METADATA far from the end", wheel: makeWheel(t, 10, 1<<20, 0), requests: 2},
		{why: "a long directory", wheel: makeWheel(t, 10, 1<<20, 3000), requests: 3},
		{why: "a server without ranges, short file", wheel: makeWheel(t, 1<<20, 0, 0), noRanges: true, requests: 1},
		{
			why:   "a server without ranges, long file: the metadata file may be there though nobody says so",
			wheel: makeWheel(t, maxRanges, 0, 0), noRanges: true, metadata: metadataText, beside: true, requests: 2,
		},
		{why: "or not", wheel: makeWheel(t, maxRanges, 0, 0), noRanges: true, requests: 2, err: "not found"},
		{why: "the metadata file", file: File{HasMetadata: true, MetadataSHA256: good}, metadata: metadataText, requests: 1, beside: true},
		{
			why: "the metadata file is promised but missing", wheel: makeWheel(t, 10, 10, 0),
			file: File{HasMetadata: true}, requests: 2,
		},
		{
			why:  "the metadata file is another than promised",
			file: File{HasMetadata: true, MetadataSHA256: bad}, metadata: metadataText, requests: 1, beside: true, err: "does not have the hash",
		},
		{why: "no zip file", wheel: noise(1 << 20), requests: 1, err: "zip: not a valid zip file"},
		{why: "no METADATA", wheel: makeZip(t, "a-1.dist-info/RECORD"), requests: 1, err: "no .dist-info/METADATA"},
		{why: "two METADATA", wheel: makeZip(t, "a-1.dist-info/METADATA", "b-1.dist-info/METADATA"), requests: 1, err: "both"},
		{why: "another size than the page states", wheel: makeWheel(t, 10, 10, 0), file: File{Size: 100}, requests: 1, err: "not the 100 that were stated"},
	} {
		t.Run(test.why, func(t *testing.T) {
			ix, sent := fileServer(t, test.wheel, !test.noRanges, test.metadata)
			cache := t.TempDir()
			f := test.file
			f.Filename = "a-1-py3-none-any.whl"
			f.URL = fileURL(ix, f.Filename)
			if f.Size == 0 && !test.noSize {
				f.Size = int64(len(test.wheel))
			}
			for i, requests := range []int{test.requests, 0} {
				c := NewClient(ix, Options{Cache: cache, MaxAge: time.Hour})
				text, beside, err := c.WheelMetadata(t.Context(), f)
				if test.err != "" {
					if err == nil || !strings.Contains(err.Error(), test.err) {
						t.Errorf("got error %v, want %s", err, test.err)
					}
					return
				}
				if err != nil || string(text) != metadataText || beside != test.beside {
					t.Errorf("read %d: got %q, %v, %v", i, text, beside, err)
				}
				// A fallback for want of ranges learns that again from a short cache of absence.
				if c.Requests() != requests && !(i == 1 && test.noRanges && test.beside) {
					t.Errorf("read %d: %d requests, want %d", i, c.Requests(), requests)
				}
			}
			if !test.noRanges && sent.Load() > 512<<10 {
				t.Errorf("%d bytes were read", sent.Load())
			}
		})
	}
}

func makeZip(t *testing.T, names ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		if _, err := z.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A directory that claims a huge METADATA, or one that is not where it says, costs neither time nor memory.
func TestLyingWheel(t *testing.T) {
	wheel := makeWheel(t, 10, 10, 0)
	directory := bytes.LastIndex(wheel, []byte("PK\x01\x02"))
	for name, lie := range map[string]func([]byte){
		"offset": func(b []byte) { copy(b[len(b)-6:], "\xff\xff\xff\x00") },
		"count":  func(b []byte) { copy(b[len(b)-12:], "\xff\xff") },
		"sizes":  func(b []byte) { copy(b[directory+20:], "\xff\xff\xff\x7f\xff\xff\xff\x7f") },
	} {
		lying := bytes.Clone(wheel)
		lie(lying)
		ix, _ := fileServer(t, lying, true, "")
		c := NewClient(ix, Options{})
		f := File{Filename: "a.whl", URL: fileURL(ix, "a.whl"), Size: int64(len(lying))}
		if text, _, err := c.WheelMetadata(t.Context(), f); err == nil && string(text) != metadataText {
			t.Errorf("%s: got %q", name, text)
		}
	}
}

func makeTar(t *testing.T, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	g := gzip.NewWriter(&b)
	w := tar.NewWriter(g)
	for _, name := range names {
		content := []byte(name)
		if strings.HasSuffix(name, ".bin") {
			content = noise(4 << 20)
		}
		if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(content))}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSdist(t *testing.T) {
	for _, test := range []struct {
		why, name string
		content   []byte
		want      Sdist
		err       string
	}{
		{
			why: "no more is read than needed", name: "a-1.tar.gz",
			content: makeTar(t, "a-1/x/pyproject.toml", "a-1/PKG-INFO", "./a-1/pyproject.toml", "a-1/large.bin", "a-1/larger.bin"),
			want:    Sdist{[]byte("a-1/PKG-INFO"), []byte("./a-1/pyproject.toml")},
		},
		{
			why: "no pyproject.toml", name: "a-1.tgz", content: makeTar(t, "a-1/setup.py", "a-1/PKG-INFO"),
			want: Sdist{PKGInfo: []byte("a-1/PKG-INFO")},
		},
		{
			why: "zip", name: "a-1.zip", content: makeZip(t, "a-1/PKG-INFO", "a-1/a.egg-info/PKG-INFO"),
			want: Sdist{PKGInfo: []byte{}},
		},
		{why: "another format", name: "a-1.tar.lzma", err: "only .tar.gz, .tar.bz2 and .zip are"},
		{why: "no gzip file", name: "a-1.tar.gz", content: []byte("hello, this is no gzip file"), err: "gzip: invalid header"},
	} {
		t.Run(test.why, func(t *testing.T) {
			ix, sent := fileServer(t, test.content, true, "")
			cache := t.TempDir()
			f := File{Filename: test.name, URL: fileURL(ix, test.name), Size: int64(len(test.content))}
			for range 2 {
				got, err := NewClient(ix, Options{Cache: cache}).Sdist(t.Context(), f)
				if test.err != "" {
					if err == nil || !strings.Contains(err.Error(), test.err) {
						t.Errorf("got error %v, want %s", err, test.err)
					}
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				if string(got.PKGInfo) != string(test.want.PKGInfo) || string(got.Pyproject) != string(test.want.Pyproject) ||
					(got.Pyproject == nil) != (test.want.Pyproject == nil) {
					t.Errorf("got %q", got)
				}
			}
			if int(sent.Load()) > max(len(test.content)*7/8, 4<<10) {
				t.Errorf("%d of %d bytes were read", sent.Load(), len(test.content))
			}
		})
	}
}
