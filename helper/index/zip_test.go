package index

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	"mach/tests/fuzzing"
)

// memory is a file that counts what is read of it.
type memory struct {
	*bytes.Reader
	read int
}

func (m *memory) ReadAt(p []byte, off int64) (int, error) {
	m.read += len(p)
	return m.Reader.ReadAt(p, off)
}

func (m *memory) Close() error { return nil }

func readMember(b []byte) (string, *memory, error) {
	m := &memory{Reader: bytes.NewReader(b)}
	z, err := newZip(m)
	if err != nil {
		return "", m, err
	}
	found, err := z.distInfo("METADATA")
	if err != nil {
		return "", m, err
	}
	text, err := z.read(found)
	return string(text), m, err
}

// put writes numbers at offsets from the places where a zip file has its parts.
func put[T uint16 | uint32 | uint64](at string, offset int, n T) func([]byte) {
	return func(b []byte) {
		i := bytes.LastIndex(b, []byte(at)) + offset
		_, _ = binary.Encode(b[i:], binary.LittleEndian, n)
	}
}

const end, entryOf, local = "PK\x05\x06", "PK\x01\x02", "PK\x03\x04"

// A directory that lies, in whatever it says, costs neither time nor memory.
func TestLyingZip(t *testing.T) {
	wheel := makeZip(t, "a-1.dist-info/METADATA", metadataText)
	long := makeZip(t, "a/b.py", strings.Repeat("x", 1<<20), "a-1.dist-info/METADATA", metadataText)
	for _, test := range []struct {
		why   string
		wheel []byte
		lie   func([]byte)
		err   string
	}{
		{"a directory that begins beyond the end", wheel, put(end, 16, uint32(1<<24)), "its directory is not where its end says"},
		{"a long directory", wheel, put(end, 12, uint32(1<<31)), "its directory claims to be 2048 MiB"},
		{"a directory longer than the file", wheel, put(end, 12, uint32(1<<20)), "its directory is not where its end says"},
		{"too many entries to be there: they are not counted on", wheel, put(end, 10, uint16(60000)), ""},
		{"numbers of zip64, which there are none of", wheel, put(end, 16, uint32(1<<32-1)), "its directory is not where its end says"},
		{"METADATA of 10 GB", wheel, put(entryOf, 24, uint32(10<<30>>2)), "a-1.dist-info/METADATA claims to be 2560 MiB"},
		{"packed too", wheel, put(entryOf, 20, uint32(1<<31)), "a-1.dist-info/METADATA claims to be 2048 MiB"},
		{"a shorter one than there is", wheel, put(entryOf, 24, uint32(10)), "a-1.dist-info/METADATA is damaged"},
		{"a longer one", wheel, put(entryOf, 24, uint32(1000)), "a-1.dist-info/METADATA is damaged"},
		{"another one", wheel, put(entryOf, 16, uint32(7)), "a-1.dist-info/METADATA is damaged"},
		{"an entry that begins beyond the end", wheel, put(entryOf, 42, uint32(1<<30)), "a-1.dist-info/METADATA is not where its directory says"},
		{"elsewhere", wheel, put(entryOf, 42, uint32(7)), "a-1.dist-info/METADATA is not where its directory says"},
		{"a header that is long", wheel, put(local, 28, uint16(65535)), "it ends too early"},
		{"a name that is long", wheel, put(entryOf, 28, uint16(65535)), "its directory cannot be read"},
		{"no directory", wheel, put(entryOf, 0, uint32(0)), "its directory cannot be read"},
		{"an unknown way of packing", wheel, put(entryOf, 10, uint16(99)), "a-1.dist-info/METADATA is packed in a way that is not read (99)"},
		{"encrypted", wheel, put(entryOf, 8, uint16(1)), "a-1.dist-info/METADATA is encrypted"},
		{"nothing wrong", long, func([]byte) {}, ""},
	} {
		t.Run(test.why, func(t *testing.T) {
			b := bytes.Clone(test.wheel)
			test.lie(b)
			got, m, err := readMember(b)
			if test.err == "" {
				if err != nil || got != metadataText {
					t.Errorf("got %q, %v", got, err)
				}
			} else {
				refuses(t, err, test.err)
				if bad := (*Broken)(nil); !errors.As(err, &bad) {
					t.Errorf("%v is of the wrong kind", err)
				}
			}
			if m.read > 1<<20 {
				t.Errorf("%d bytes were read", m.read)
			}
		})
	}
}

// zip64 is read, as large wheels need it, and not believed either.
func TestZip64(t *testing.T) {
	wheel := makeZip(t, "a-1.dist-info/METADATA", metadataText)
	at := bytes.LastIndex(wheel, []byte(end))
	directory := binary.LittleEndian.Uint32(wheel[at+16:])
	le := binary.LittleEndian
	make64 := func(size, offset, where uint64) []byte {
		b := bytes.Clone(wheel[:at])
		b = append(b, "PK\x06\x06"...)
		b = append(b, make([]byte, 36)...)
		b = le.AppendUint64(b, size)
		b = le.AppendUint64(b, offset)
		b = append(b, "PK\x06\x07\x00\x00\x00\x00"...)
		b = le.AppendUint64(b, where)
		b = append(b, 1, 0, 0, 0)
		tail := bytes.Clone(wheel[at:])
		put(end, 10, uint16(0xffff))(tail)
		put(end, 12, uint32(0xffffffff))(tail)
		put(end, 16, uint32(0xffffffff))(tail)
		return append(b, tail...)
	}
	size, offset, where := uint64(at)-uint64(directory), uint64(directory), uint64(at)
	if got, _, err := readMember(make64(size, offset, where)); err != nil || got != metadataText {
		t.Errorf("got %q, %v", got, err)
	}
	for _, lie := range [][3]uint64{{1 << 60, offset, where}, {size, 1 << 63, where}, {size, offset, 1 << 63}, {size, offset, 0}, {size, offset, where + 60}} {
		_, _, err := readMember(make64(lie[0], lie[1], lie[2]))
		if bad := (*Broken)(nil); !errors.As(err, &bad) {
			t.Errorf("%x: got %v", lie, err)
		}
	}

	m := member{size: 0xffffffff, packed: 0xffffffff, offset: 5}
	m.zip64([]byte("\x09\x00\x01\x00x\x01\x00\x10\x00\x01\x00\x00\x00\x00\x00\x00\x00\x02\x00\x00\x00\x00\x00\x00\x00"))
	if m.size != 1 || m.packed != 2 || m.offset != 5 {
		t.Errorf("got %+v", m)
	}
}

// Whatever archive/zip reads of a wheel is read, and nothing makes the reader fail to end.
func FuzzZip(f *testing.F) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("a-1.dist-info/METADATA")
	if err != nil {
		f.Fatal(err)
	}
	if _, err := w.Write([]byte(metadataText)); err != nil {
		f.Fatal(err)
	}
	if err := z.Close(); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		defer fuzzing.Watch(t, len(b))()
		_, _, _ = readMember(b)
	})
}
