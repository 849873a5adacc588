package index

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/ulikunitz/xz"

	"mach/helper/sdist"
	"mach/tests/fuzzing"
)

// plainTar is a tar file that is not packed.
func plainTar(f *testing.F, members ...string) []byte {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		if err := w.WriteHeader(&tar.Header{Name: members[i], Mode: 0o644, Size: int64(len(members[i+1]))}); err != nil {
			f.Fatal(err)
		}
		if _, err := w.Write([]byte(members[i+1])); err != nil {
			f.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		f.Fatal(err)
	}
	return b.Bytes()
}

// tryTree reads what a tree says, and finds it kept as it was.
func tryTree(t *testing.T, s *Sdist) {
	_, first := sdist.Read(s, ".")
	_, second := sdist.Read(decodeSdist(s.encode()), ".")
	if (first == nil) != (second == nil) {
		t.Errorf("it is read with %v, and once it was kept with %v", first, second)
	}
}

// FuzzTar reads any archive that is no zip file, also below a directory of it.
func FuzzTar(f *testing.F) {
	plain := plainTar(f, "a-1/PKG-INFO", "Metadata-Version: 2.1\nName: a\nVersion: 1\n", "a-1/b/setup.py", "setup()", "a-1/a.egg-info/requires.txt", "x\n")
	f.Add(plain, "")
	f.Add(plain, "b")
	var packed bytes.Buffer
	w, err := xz.NewWriter(&packed)
	if err != nil {
		f.Fatal(err)
	}
	if _, err := w.Write(plain); err != nil {
		f.Fatal(err)
	}
	if err := w.Close(); err != nil {
		f.Fatal(err)
	}
	f.Add(packed.Bytes(), "")
	f.Add([]byte("\x1f\x8b\x08"), "")
	f.Add([]byte("BZh91AY&SY"), "")
	f.Fuzz(func(t *testing.T, data []byte, directory string) {
		defer fuzzing.Watch(t, len(data))()
		if s, err := tarSdist(bytes.NewReader(data), directory); err == nil {
			tryTree(t, s)
		}
	})
}

// FuzzZipSdist reads any zip file as an sdist.
func FuzzZipSdist(f *testing.F) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{"a-1/setup.py": "setup(name='a')", "a-1/PKG-INFO": "Name: a\nVersion: 1\n"} {
		w, err := z.Create(name)
		if err != nil {
			f.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			f.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes(), "")
	f.Fuzz(func(t *testing.T, data []byte, directory string) {
		defer fuzzing.Watch(t, len(data))()
		z, err := newZip(&memory{Reader: bytes.NewReader(data)})
		if err != nil {
			return
		}
		if s, err := z.sdist(directory); err == nil {
			tryTree(t, s)
		}
	})
}

// FuzzNetrc reads any netrc file.
func FuzzNetrc(f *testing.F) {
	for _, s := range []string{"machine index.example login me password secret\n", "default login a", "# x\nmachine a\n\tpassword p # q\nmacdef m\nx\n\n", "machine"} {
		f.Add([]byte(s))
	}
	name := filepath.Join(f.TempDir(), "netrc")
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzzing.Watch(t, len(data))()
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
		n, err := readNetrc(name)
		if err != nil {
			return
		}
		if m := n.Machine("index.example"); m != nil {
			m.Get("login")
		}
	})
}

// FuzzPipConfig reads any configuration file of pip.
func FuzzPipConfig(f *testing.F) {
	for _, s := range []string{"[global]\nindex-url = https://index.example/simple\n  x\n; y\n", "\ufeff[install]\nno-index: 1\n\n  2", "[a\n", "[]\n=\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		defer fuzzing.Watch(t, len(text))()
		c := pipConfig{map[string]string{}, map[string]string{}}
		c.add("pip.conf", text)
		c.get("index-url")
	})
}
