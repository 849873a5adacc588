package pydb

import (
	"bytes"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/ulikunitz/xz"

	"mach/helper/crawl/record"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden builds testdata/records.jsonl in a layout that uses everything.
func golden(t *testing.T) []byte {
	t.Helper()
	f, err := os.Open("testdata/records.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var b bytes.Buffer
	_, err = Build(&b, record.Read("records.jsonl", f), BuildOptions{
		Locations: true, Date: "2024-03-01", Serial: 19,
		layout: &layout{hot: 500, head: 30, hotFiles: 1000, warm: 500, small: 400, large: 900, page: 900, names: 16, node: 150},
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The text of a whole database, as `xz -dc` prints it. Read it when it changes: it
// is the format.
func TestGolden(t *testing.T) {
	got := decompress(t, golden(t))
	if *update {
		if err := os.WriteFile("testdata/text.golden", got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/text.golden")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); diff != "" {
		t.Error(diff)
	}
}

// decompress is `xz -dc` by way of the library that other Go programs would use.
func decompress(t *testing.T, data []byte) []byte {
	t.Helper()
	r, err := xz.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// The xz program finds every database sound and reads the same text out of it.
func TestXZ(t *testing.T) {
	program, err := exec.LookPath("xz")
	if err != nil {
		t.Skip("there is no xz program")
	}
	small, _ := build(t, generate(60, 5), BuildOptions{Locations: true, layout: layouts["small"]})
	large, _ := build(t, generate(300, 5), BuildOptions{Locations: true, layout: layouts["xz"]})
	for _, data := range [][]byte{golden(t), small, large} {
		path := filepath.Join(t.TempDir(), "db.xz")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(program, "--test", path).CombinedOutput(); err != nil {
			t.Fatalf("xz --test: %v: %s", err, out)
		}
		got, err := exec.Command(program, "--decompress", "--stdout", path).Output()
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, decompress(t, data)) {
			t.Error("xz reads another text")
		}
	}
}
