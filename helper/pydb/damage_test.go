package pydb

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mach/helper/release"
	"mach/tests/fuzzing"
)

// answers is everything that a database can be asked, or the first error.
func answers(data []byte) (s string, err error) {
	db, err := New(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintln(&b, db.Info())
	for name, err := range db.Names() {
		if err != nil {
			return "", err
		}
		p, err := db.Project(name)
		if err != nil {
			return "", err
		}
		fmt.Fprintln(&b, p.Name, p.Versions)
		for i := range p.Versions {
			r, err := p.Release(i)
			if err != nil {
				return "", err
			}
			files, err := p.Files(i)
			if err != nil {
				return "", err
			}
			own := r.SdistRequiresDist
			plain := *r
			plain.SdistRequiresDist = nil
			fmt.Fprintf(&b, "%+v %v %q %v\n", plain, own != nil, deref(own), files)
		}
	}
	return b.String(), nil
}

func deref(list *[]string) []string {
	if list == nil {
		return nil
	}
	return *list
}

// After any one byte has changed, every question is answered as before or with a
// CorruptError. So it is after the file was cut at any place.
func TestEveryByte(t *testing.T) {
	for name, l := range layouts {
		data, _ := build(t, generate(3, 3), BuildOptions{Locations: true, layout: l})
		want, err := answers(data)
		if err != nil {
			t.Fatal(err)
		}
		check := func(what string, at int, damaged []byte) {
			got, err := answers(damaged)
			var corrupt *CorruptError
			if err != nil && !errors.As(err, &corrupt) {
				t.Errorf("%s: %s %d: not a CorruptError: %v", name, what, at, err)
			}
			if err == nil && got != want {
				t.Errorf("%s: %s %d: other answers: %s", name, what, at, cmp.Diff(want, got))
			}
		}
		for i := range data {
			data[i] ^= 1 << (i % 8)
			check("flipped byte", i, data)
			data[i] ^= 1 << (i % 8)
		}
		for n := 0; n < len(data); n += 7 {
			check("cut at", n, data[:n])
		}
	}
}

// Each error says what is wrong, where, and what to do.
func TestCorruptError(t *testing.T) {
	sound, _ := build(t, generate(8, 3), BuildOptions{})
	flipped := bytes.Clone(sound)
	flipped[len(flipped)-100] ^= 1
	root := openBytes(t, sound).root
	for name, test := range map[string]struct {
		data         []byte
		offset       int64
		reason, hint string
	}{
		"empty":          {nil, 0, "the file is empty", hintDamaged},
		"text":           {[]byte("hello, I am no database at all\n"), 19, "not an xz file, so no database", hintNoMach},
		"short text":     {[]byte("hello"), 0, "not an xz file, so no database", hintNoMach},
		"cut":            {sound[:len(sound)-4], int64(len(sound) - 16), "the last xz stream is not the root of a database: there is no xz footer", hintDamaged},
		"without a head": {sound[len(sound)-200:], 0, fmt.Sprintf("the last xz stream has %d bytes, the file only 200", int64(len(sound))-root), hintDamaged},
		"flipped":        {flipped, root, "the text of the root has not the SHA-256 that follows it", hintDamaged},
		"other xz":       {store([]byte("hello\n"), checkSHA256), 0, "an xz file, but no database of mach", hintNoMach},
		"newer":          {store([]byte("mach database 3\n"), checkSHA256), 0, `a database of format "3", and this mach knows only 2`, hintNewer},
	} {
		path := filepath.Join(t.TempDir(), "db.xz")
		if err := os.WriteFile(path, test.data, 0o600); err != nil {
			t.Fatal(err)
		}
		db, err := Open(path)
		if err == nil {
			db.Close()
		}
		var got *CorruptError
		if !errors.As(err, &got) {
			t.Errorf("%s: got %v", name, err)
			continue
		}
		if diff := cmp.Diff(&CorruptError{path, test.offset, test.reason, test.hint}, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if _, err := Open(t.TempDir()); err == nil {
		t.Error("a directory was opened")
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
}

// forge makes a database of one shard of releases that is sound in form, with a page
// of files.
func forge(releases []byte, page []byte) []byte {
	at := func(offset int, stream []byte) pointer {
		return pointer{int64(offset), int64(len(stream)), sha256.Sum256(stream)}
	}
	shard := store(append([]byte(headReleases+"\n"), releases...), checkCRC32)
	return forgeRoot(append(bytes.Clone(page), shard...),
		"=exact 0\n"+pointerEntry("a", at(len(page), shard)).lines+"=files 0\n"+pointerEntry("a", at(0, page)).lines+"=names 0\n")
}

// forgeRoot appends a root with the given trees.
func forgeRoot(data []byte, trees string) []byte {
	return append(data, store([]byte(headRoot+"\nlocations no\n"+trees), checkSHA256)...)
}

// A database whose hashes are right and whose text is wrong, as only another
// program could write it, is damage too.
func TestForged(t *testing.T) {
	hash := strings.Repeat("A", hashLen)
	page := store([]byte("files\n#a\n1 2\nhashes\n"+hash+hash+"\n"), checkCRC32)
	const sound = "#a\n1.0\n\ndays\n0\n"
	if _, err := forgedFiles(forge([]byte(sound), page)); err != nil {
		t.Fatalf("the sound one: %v", err)
	}
	for text, want := range map[string]string{
		"#a\n1.0\n":                             `"" are not the days of 1 releases`,
		"#a\n":                                  "the text ends too early",
		"#a\n1.1..0\n\ndays\n00\n":              `a wrong line "days"`,
		"#a\n1.0\n\n0\n":                        `"" are not the days of 1 releases`,
		"#a\n1.0\n\ndays\n":                     `"" are not the days of 1 releases`,
		"#a\n1.0\n\ndays\n00\n":                 `"00" are not the days of 1 releases`,
		"#a\n1.0\n\ndays\n~~~~~~0\n":            "are not the days",
		"#a\n\n\ndays\n0\n":                     "is no list of versions",
		"#a\n1.999999999..0\n\ndays\n0\n":       "is no list of versions",
		"#a\n1.0..3\n\ndays\n0\n":               "is no list of versions",
		"#a\n1.0\n12\n\ndays\n0\n":              `a wrong line "12"`,
		"#a\n1.0\n-\n\ndays\n0\n":               `a wrong line "-"`,
		"#a\n1.0\n+b\n= c\n\ndays\n0\n":         `a wrong line "= c"`,
		"#a\n1.0\nwpy3\n\ndays\n0\n":            `a wrong line "wpy3"`,
		"#a\n1.0\nd+b\n\ndays\n0\n":             `a wrong line "d+b"`,
		"#a\n1.0\nb\n\ndays\n0\n":               `a wrong line "b"`,
		"#a\n1.0\nb+x\n\ndays\n0\n":             `a wrong line "b+x"`,
		"#a\n1.0\n\ndays\n0":                    "are not the days of 1 releases",
		"#b\n1.0\n\ndays\n0\n":                  "no such project",
		"#a\n1.0\nwpy3-none/any x\n\ndays\n0\n": "a wrong line",
	} {
		_, err := forgedFiles(forge([]byte(text), page))
		var corrupt *CorruptError
		if !errors.As(err, &corrupt) && !errors.Is(err, release.ErrNotFound) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
	for text, want := range map[string]string{
		"files\n#b\n1 2\nhashes\n" + hash + hash + "\n":   "they are not here",
		"files\n#a\n#b\n1 2\nhashes\n\n" + hash + "\n":    "they are not here",
		"files\n#a\n1 2\nhashes\n" + hash + "\n":          "the hashes are wrong",
		"files\n#a\n1\nhashes\n" + hash + hash + "\n":     `a wrong line "1"`,
		"files\n#a\n1 -2\nhashes\n" + hash + hash + "\n":  `a wrong line "1 -2"`,
		"files\n#a\n1 2 3\nhashes\n" + hash + hash + "\n": `a wrong line "1 2 3"`,
		"files\n#a\n!2 x\n1 2\nhashes\n" + hash + hash:    `a wrong line "!2 x"`,
		"files\n#a\n1 2\n":         "the text ends too early",
		"files\n#a\n\n":            "an empty line",
		"files\n#a\n1 2\nhashes\n": "the text ends too early",
		"files\n#a\n1 2\nhashes\n" + strings.Repeat("!", 86):        "the text ends within a line",
		"files\n#a\n1 2\nhashes\n" + strings.Repeat("!", 86) + "\n": "the hashes are wrong",
		"releases\n#a\n1 2\nhashes\n" + hash + hash + "\n":          `"files" was expected here, not "releases"`,
	} {
		_, err := forgedFiles(forge([]byte(sound), store([]byte(text), checkCRC32)))
		var corrupt *CorruptError
		if !errors.As(err, &corrupt) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
	for trees, want := range map[string]string{
		"=exact 0\na\n=files 0\n":                            "no such project",
		"=exact 0\na 1\n=files 0\n":                          `"1" is no pointer to a stream`,
		"=exact 1\na 1\n=files 0\n":                          `"1" is no pointer to a stream`,
		"=exact 0\na 0 9999 " + hash + "\n=files 0\n":        "past the end of the file",
		"=exact 0\na 0 99999999999 " + hash + "\n=files 0\n": "is no pointer to a stream",
		"=exact 0\na 0 99 " + hash + "\n=files 0\n":          "the SHA-256 of 99 bytes is not 000",
		"=exact 0\n":           "a tree without a tree of its files",
		"=exact x\n=files 0\n": `the root has a tree "exact x", whose depth is wrong`,
		"=other 0\n":           `the root has a tree of an unknown kind "other"`,
		"what\n":               `the root has a wrong line "what"`,
	} {
		_, err := forgedFiles(forgeRoot(make([]byte, 200), trees))
		var corrupt *CorruptError
		if !errors.As(err, &corrupt) && !errors.Is(err, release.ErrNotFound) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", trees, err, want)
		}
	}
}

// forgedFiles gives the files of all releases of project a.
func forgedFiles(data []byte) (files []release.File, err error) {
	db, err := New(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	p, err := db.Project("a")
	if err != nil {
		return nil, err
	}
	for i := range p.Versions {
		more, err := p.Files(i)
		if err != nil {
			return nil, err
		}
		files = append(files, more...)
	}
	return files, nil
}

// What a stream says of its size is not believed.
func TestLyingSizes(t *testing.T) {
	text := bytes.Repeat([]byte("text\n"), 1000)
	c, err := parseContainer(mustCompress(t, text, params{}))
	if err != nil {
		t.Fatal(err)
	}
	huge := make([]byte, 1<<20)
	for name, data := range map[string][]byte{
		"more text than there is": appendContainer(nil, c.payload, 0, huge, checkCRC32),
		"less text than there is": appendContainer(nil, c.payload, 0, text[:10], checkCRC32),
		"no text":                 appendContainer(nil, c.payload, 0, nil, checkCRC32),
		"a dictionary of 4 GiB":   appendContainer(nil, c.payload, 40, text, checkCRC32),
		"no chunks":               appendContainer(nil, nil, 0, text, checkCRC32),
		"no end of chunks":        appendContainer(nil, c.payload[:len(c.payload)-1], 0, text, checkCRC32),
		"chunks beyond the end":   appendContainer(nil, c.payload[:len(c.payload)/2], 0, text, checkCRC32),
		"something after chunks":  appendContainer(nil, append(bytes.Clone(c.payload), 1, 2), 0, text, checkCRC32),
	} {
		_, err := openText(data)
		var d damage
		if !errors.As(err, &d) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func FuzzVerify(f *testing.F) {
	for _, l := range layouts {
		data, _ := build(f, generate(3, 3), BuildOptions{Locations: true, layout: l})
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzzing.Watch(t, len(data))()
		db, err := New(bytes.NewReader(data), int64(len(data)))
		if err == nil {
			err = db.Verify()
		}
		var corrupt *CorruptError
		if err != nil && !errors.As(err, &corrupt) {
			t.Errorf("not a CorruptError: %v", err)
		}
	})
}

// FuzzText is what FuzzVerify cannot reach, behind hashes: any text of releases and
// files.
func FuzzText(f *testing.F) {
	f.Add([]byte("#a\n1.0\n\ndays\n0\n"), []byte("files\n#a\n1 2\nhashes\nAAAA\n"))
	f.Fuzz(func(t *testing.T, releases, page []byte) {
		defer fuzzing.Watch(t, len(releases)+len(page))()
		_, err := forgedFiles(forge(releases, store(page, checkCRC32)))
		var corrupt *CorruptError
		if err != nil && !errors.As(err, &corrupt) && !errors.Is(err, release.ErrNotFound) {
			t.Errorf("not a CorruptError: %v", err)
		}
	})
}

// FuzzStream decodes any chunks.
func FuzzStream(f *testing.F) {
	c, err := parseContainer(mustCompress(f, bytes.Repeat([]byte("text\n"), 2000), params{}))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(c.payload, 10000)
	f.Fuzz(func(t *testing.T, payload []byte, size int) {
		defer fuzzing.Watch(t, len(payload))()
		if size < 0 || size > 1<<20 {
			return
		}
		text, err := openText(appendContainer(nil, payload, 4, make([]byte, size), checkCRC32))
		if err == nil {
			_, err = text.rest()
		}
		var d damage
		if err != nil && !errors.As(err, &d) {
			t.Errorf("not damage: %v", err)
		}
	})
}
