package lzma

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os/exec"
	"strings"
	"sync"
	"testing"

	other "github.com/ulikunitz/xz/lzma"
	"pgregory.net/rapid"
)

// texts are of every kind: short, long, of one byte, without any pattern, with all of LZMA's lengths and distances.
var texts = sync.OnceValue(func() map[string][]byte {
	r := rand.New(rand.NewPCG(1, 2))
	random := make([]byte, 70_000)
	for i := range random {
		random[i] = byte(r.Uint32())
	}
	var words, lengths bytes.Buffer
	for words.Len() < 90_000 {
		fmt.Fprintf(&words, "+%s>=%d.%d\n", []string{"numpy", "requests", "pytest", "click"}[r.IntN(4)], r.IntN(4), r.IntN(30))
	}
	for i := range 300 {
		lengths.Write(random[:i])
		lengths.Write(random[i*200 : i*200+40])
	}
	return map[string][]byte{
		"one byte": {7}, "two bytes": {7, 7}, "zeros": make([]byte, 20_000), "random": random,
		"words": words.Bytes(), "lengths": lengths.Bytes(), "abc": []byte("abcabcabcabcabd"),
	}
})

func decode(chunks []byte, size int) ([]byte, error) {
	out := make([]byte, size)
	_, err := NewReader(chunks, out).Decode(size)
	return out, err
}

// What was encoded is decoded, by us, by ulikunitz/xz and by the xz program.
func TestRoundTrip(t *testing.T) {
	xz, _ := exec.LookPath("xz")
	var e Encoder
	for name, text := range texts() {
		for _, p := range []Params{{}, {LC: 4, Stored: 1}, {Stored: min(len(text), MaxStored)}, {LC: 2, Random: len(text) / 2}, {Random: len(text)}} {
			chunks := e.Encode(nil, text, p)
			if got, err := decode(chunks, len(text)); err != nil || !bytes.Equal(got, text) {
				t.Errorf("%s %+v: decoded wrongly: %v", name, p, err)
			}
			size, stored, head, err := Size(chunks)
			if err != nil || size != len(text) || stored != p.Stored || !bytes.Equal(head, text[:p.Stored]) {
				t.Errorf("%s %+v: size %d, %d stored, %v", name, p, size, stored, err)
			}
			r, err := other.Reader2Config{DictCap: 1 << 20}.NewReader2(bytes.NewReader(chunks))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, text) {
				t.Errorf("%s %+v: ulikunitz/xz decodes wrongly: %v", name, p, err)
			}
			if xz == "" {
				continue
			}
			c := exec.Command(xz, "--decompress", "--stdout", "--format=raw", "--lzma2=dict=1MiB")
			c.Stdin = bytes.NewReader(chunks)
			if got, err := c.Output(); err != nil || !bytes.Equal(got, text) {
				t.Errorf("%s %+v: xz decodes wrongly: %v", name, p, err)
			}
		}
	}
}

// What ulikunitz/xz encodes is decoded.
func TestOthers(t *testing.T) {
	for name, text := range texts() {
		var b bytes.Buffer
		w, err := other.Writer2Config{Properties: &other.Properties{LC: 1}, DictCap: 1 << 20}.NewWriter2(&b)
		if err != nil {
			t.Fatal(err)
		}
		for half := len(text) / 2; len(text) > 0; text, half = text[half:], len(text)-half {
			if _, err := w.Write(text[:half]); err != nil {
				t.Fatal(err)
			}
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		text := texts()[name]
		if got, err := decode(b.Bytes(), len(text)); err != nil || !bytes.Equal(got, text) {
			t.Errorf("%s: decoded wrongly: %v", name, err)
		}
	}
}

// Decoding goes as far as it is asked, in any steps.
func TestSteps(t *testing.T) {
	text := texts()["words"]
	chunks := new(Encoder).Encode(nil, text, Params{LC: 2, Stored: 1000})
	rapid.Check(t, func(t *rapid.T) {
		out := make([]byte, len(text))
		r := NewReader(chunks, out)
		for n := 0; n < len(text); {
			n = min(len(text), n+rapid.IntRange(1, 30_000).Draw(t, "step"))
			have, err := r.Decode(n)
			if err != nil || have < n || !bytes.Equal(out[:have], text[:have]) {
				t.Fatalf("asked for %d, got %d, %v", n, have, err)
			}
			if have > n+MaxStored {
				t.Fatalf("asked for %d, got %d", n, have)
			}
		}
	})
}

// The same text gives the same chunks, whatever was encoded before.
func TestDeterministic(t *testing.T) {
	var e Encoder
	for name, text := range texts() {
		p := Params{LC: 2}
		want := new(Encoder).Encode(nil, text, p)
		if got := e.Encode(nil, text, p); !bytes.Equal(got, want) {
			t.Errorf("%s: other chunks the second time", name)
		}
	}
}

// A text of words becomes about as small as `xz -9e` makes it, which is 11,738 bytes.
func TestSmall(t *testing.T) {
	text := texts()["words"]
	chunks := new(Encoder).Encode(nil, text, Params{LC: 2})
	if got, most := len(chunks), 11_900; got > most {
		t.Errorf("%d bytes, want at most %d", got, most)
	}
}

func TestWrong(t *testing.T) {
	text := []byte(strings.Repeat("some words, and some more words\n", 100))
	sound := new(Encoder).Encode(nil, text, Params{})
	change := func(at int, to byte) []byte {
		b := bytes.Clone(sound)
		b[at] = to
		return b
	}
	for name, chunks := range map[string][]byte{
		"nothing":                   nil,
		"no chunk":                  {0},
		"a control byte":            change(0, 3),
		"no reset at the beginning": change(0, 0x80),
		"no properties":             change(0, 0xa0),
		"lp":                        change(5, 9*1+2),
		"pb":                        change(5, 9*5*1+2),
		"lc":                        change(5, 5),
		"a first byte of the code":  change(6, 1),
		"cut":                       sound[:len(sound)-5],
		"without its end":           sound[:len(sound)-1],
		"too much text":             append(sound[:len(sound)-1:len(sound)-1], 2, 0, 0, 'x', 0),
		"a byte less of code":       append(append(change(4, sound[4]-1)[:20:20], sound[21:]...), 0),
		"a byte more of code":       append(change(4, sound[4]+1), 0),
	} {
		_, err1 := decode(chunks, len(text))
		size, _, _, err2 := Size(chunks)
		if !errors.Is(err1, ErrData) && !errors.Is(err2, ErrData) && size == len(text) {
			t.Errorf("%s: %v, %v, %d bytes", name, err1, err2, size)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(new(Encoder).Encode(nil, texts()["abc"], Params{Stored: 2}), 15)
	f.Add(new(Encoder).Encode(nil, texts()["words"][:2000], Params{LC: 2}), 2000)
	f.Fuzz(func(t *testing.T, chunks []byte, size int) {
		if size < 0 || size > 1<<20 {
			return
		}
		got, err := decode(chunks, size)
		n, _, _, sizeErr := Size(chunks)
		if err != nil || sizeErr != nil || n != size {
			return
		}
		r, err := other.Reader2Config{DictCap: 1 << 20}.NewReader2(bytes.NewReader(chunks))
		if err != nil {
			return
		}
		if want, err := io.ReadAll(r); err == nil && !bytes.Equal(got, want) {
			t.Errorf("got %q, and ulikunitz/xz %q", got, want)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	benchmark(b, func(chunks, text []byte) { decode(chunks, len(text)) })
}

// BenchmarkUlikunitz is what decoding would take otherwise.
func BenchmarkUlikunitz(b *testing.B) {
	benchmark(b, func(chunks, text []byte) {
		r, err := other.Reader2Config{DictCap: len(text)}.NewReader2(bytes.NewReader(chunks))
		if err == nil {
			_, err = io.ReadFull(r, make([]byte, len(text)))
		}
		if err != nil {
			b.Fatal(err)
		}
	})
}

func BenchmarkEncode(b *testing.B) {
	var e Encoder
	benchmark(b, func(chunks, text []byte) { e.Encode(chunks[:0], text, Params{LC: 2}) })
}

func benchmark(b *testing.B, f func(chunks, text []byte)) {
	for _, name := range []string{"words", "random"} {
		text := texts()[name][:64<<10]
		chunks := new(Encoder).Encode(nil, text, Params{LC: 2})
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				f(chunks, text)
			}
		})
	}
}
