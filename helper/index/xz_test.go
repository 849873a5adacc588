package index

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"strings"
	"testing"

	"github.com/ulikunitz/xz"
)

// packXZ packs a text, in blocks of a size if that is not 0.
func packXZ(t testing.TB, c xz.WriterConfig, text []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := c.NewWriter(&b)
	if err == nil {
		_, err = w.Write(text)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What the library packs is read: every check, several blocks, several streams with zeros between.
func TestXZ(t *testing.T) {
	text := append(noise(20_000), bytes.Repeat([]byte("text\n"), 3000)...)
	one := packXZ(t, xz.WriterConfig{}, text)
	for why, packed := range map[string][]byte{
		"one block":                         one,
		"no check":                          packXZ(t, xz.WriterConfig{NoCheckSum: true}, text),
		"CRC32":                             packXZ(t, xz.WriterConfig{CheckSum: xz.CRC32}, text),
		"SHA-256":                           packXZ(t, xz.WriterConfig{CheckSum: xz.SHA256}, text),
		"many blocks":                       packXZ(t, xz.WriterConfig{BlockSize: 3001}, text),
		"two streams, and zeros after each": bytes.Join([][]byte{packXZ(t, xz.WriterConfig{}, text[:10_000]), packXZ(t, xz.WriterConfig{}, text[10_000:]), nil}, make([]byte, 8)),
	} {
		got, err := io.ReadAll(newXZ(bufio.NewReader(bytes.NewReader(packed))))
		if err != nil || !bytes.Equal(got, text) {
			t.Errorf("%s: %d bytes of %d, %v", why, len(got), len(text), err)
		}
	}
	for end := range len(one) - 1 {
		if end > 40 && end < len(one)-40 {
			continue
		}
		if _, err := io.ReadAll(newXZ(bufio.NewReader(bytes.NewReader(one[:end])))); err == nil {
			t.Errorf("of %d bytes %d are enough", len(one), end)
		}
	}
	damaged := bytes.Clone(one)
	damaged[5000] ^= 1
	if _, err := io.ReadAll(newXZ(bufio.NewReader(bytes.NewReader(damaged)))); err == nil {
		t.Error("a damaged file is read")
	}
}

// A file of a kilobyte may ask for four gigabytes of memory: nobody makes room for them.
func TestXZBomb(t *testing.T) {
	packed := packXZ(t, xz.WriterConfig{}, []byte("text"))
	header := packed[12:][:(int(packed[12])+1)*4]
	header[4] = 40
	binary.LittleEndian.PutUint32(header[len(header)-4:], crc32.ChecksumIEEE(header[:len(header)-4]))
	_, err := tarSdist(bytes.NewReader(packed), "")
	if bad := (*Broken)(nil); !errors.As(err, &bad) || !strings.Contains(err.Error(), "it asks for 4096 MiB of memory to be unpacked") {
		t.Errorf("got %v", err)
	}
}
