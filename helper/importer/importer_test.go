package importer

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mach/helper/crawl/record"
)

// data writes files into a directory: name, text, name, text …
func data(t *testing.T, nameAndText ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i < len(nameAndText); i += 2 {
		path := filepath.Join(dir, nameAndText[i])
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(nameAndText[i+1]), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// imports imports directories. What is left out comes as "key: why".
func imports(t *testing.T, dirs ...string) ([]*record.Project, []string, error) {
	t.Helper()
	scratch, err := os.Create(filepath.Join(t.TempDir(), "scratch"))
	if err != nil {
		t.Fatal(err)
	}
	defer scratch.Close()
	var left []string
	var out bytes.Buffer
	_, err = Import(t.Context(), &out, Options{Dirs: dirs, Scratch: scratch, Report: func(p Problem) {
		if p.Why != whyMissing {
			left = append(left, p.Key+": "+p.Why)
		}
	}})
	var projects []*record.Project
	for p, err := range record.Read("records", &out) {
		if err != nil {
			t.Fatal(err)
		}
		projects = append(projects, p)
	}
	return projects, left, err
}

// file is what matters of one, in a line.
func file(f record.File) string {
	words := []string{f.Filename}
	if f.Hashes.SHA256 != "" {
		words = append(words, "hash", f.Hashes.SHA256[:4], f.URL)
	}
	if m := f.Metadata; m != nil {
		words = append(words, "needs", strings.Join(m.RequiresDist, ", "))
		if m.ProvidesExtra != nil {
			words = append(words, "extras", strings.Join(m.ProvidesExtra, ","))
		}
		if m.RequiresPython != "" {
			words = append(words, "python", m.RequiresPython)
		}
	}
	return strings.Join(words, " ")
}

const hexHash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

func TestImport(t *testing.T) {
	for _, test := range []struct {
		why                string
		wheel, sdist, pypi string
		want               []string // projects and their files
		left               []string
	}{
		{
			why: "wheels that refer to others, within a Python tag and beyond",
			wheel: `{"a": {"py3": {"1": {"a-1-py3-none-any.whl": {"requires_dist": ["b"], "requires_python": ">=3,", "provides_extras": ["x"]}},
				"2": {"a-2-py3-none-any.whl": "1@a-1-py3-none-any.whl"}},
				"cp39": {"2": {"a-2-cp39-cp39-win32.whl": "py3@2@a-2-py3-none-any.whl"}, "3": {"a-3-cp39-cp39-win32.whl": "9@gone"}}}}`,
			want: []string{"a", "a-1-py3-none-any.whl needs b extras x python >=3", "a-2-cp39-cp39-win32.whl needs b extras x python >=3", "a-2-py3-none-any.whl"},
			left: []string{"a/cp39/3/a-3-cp39-cp39-win32.whl: " + whyDangling},
		},
		{
			why:   "references that go in a circle lead nowhere",
			wheel: `{"a": {"py3": {"1": {"a-1-py3-none-any.whl": "2@a-2-py3-none-any.whl"}, "2": {"a-2-py3-none-any.whl": "1@a-1-py3-none-any.whl"}}}}`,
			sdist: `{"a": {"3": "4", "4": "3", "5": {"39": "38", "38": "39"}}}`,
			left: []string{
				"a/3: " + whyDangling, "a/4: " + whyDangling, "a/5: " + whyEmpty,
				"a/py3/1/a-1-py3-none-any.whl: " + whyDangling, "a/py3/2/a-2-py3-none-any.whl: " + whyDangling,
			},
		},
		{
			why: "of an sdist what the newest Python was told; extras as setuptools has them",
			sdist: `{"a-b": {"1": {"27": {"install_requires": ["old"]}, "36": "27", "310": {"install_requires": ["new"], "python_requires": [">=3", "<4"]}, "39": "27"},
				"2": {"39": {"extras_require": {"x": ["c; os_name == 'nt'"], ":os_name == 'nt'": ["d"], "x:python_version < '3'": ["e"], "y": [], "z": ["f @ https://index.example/a;b ; os_name == 'nt'"]}}},
				"3": "1", "4": {}}}`,
			want: []string{
				"a-b", "a_b-1.tar.gz needs new python >=3,<4",
				`a_b-2.tar.gz needs d; (os_name == 'nt'), c; (os_name == 'nt') and extra == "x", e; (python_version < '3') and extra == "x", f @ https://index.example/a;b; (os_name == 'nt') and extra == "z" extras x,y,z`,
				"a_b-3.tar.gz needs new python >=3,<4",
			},
			left: []string{"a-b/4: " + whyEmpty},
		},
		{
			why:   "the metadata of an sdist where there is no wheel, that of wheels once",
			wheel: `{"a": {"py3": {"1": {"a-1-py3-none-any.whl": {"requires_dist": ["b"]}, "a-1-py2-none-any.whl": {"requires_dist": ["b"]}, "a-1-py38-none-any.whl": {}}}}}`,
			sdist: `{"a": {"1": {"39": {"install_requires": ["b"]}}}}`,
			want:  []string{"a", "a-1-py2-none-any.whl needs b", "a-1-py3-none-any.whl", "a-1-py38-none-any.whl needs ", "a-1.tar.gz"},
		},
		{
			why:   "hashes and names in the old form and the new",
			sdist: `{"a.b": {"1": {"39": {"install_requires": ["c"]}}, "2": {"39": {}}}}`,
			pypi: `{"a.b": {"1": {"sha256": "` + hexHash + `", "url": "ab/cd/ef/A.B-1.zip"},
				"2": {"sdist": ["JYoDVK9/IP4q+Oo8nNgY7BCMbtXW9JcRXinRpZOLbw4=", "a.b-2.tar.gz"], "wheels": {"a.b-2-py3-none-any.whl": ["QePFheZv9fBnxW5HQcfNMwpzKlxiCivpSCyQmlC81Fk=", "py3"]}},
				"3": {"sha256": "short", "url": "x/a.b-3.tar.gz"}}, "c": {"1": {"sha256": "` + hexHash + `", "url": "x/c-1.tar.gz"}}}`,
			want: []string{
				"a-b", "A.B-1.zip hash 0123 packages/ab/cd/ef/A.B-1.zip needs c",
				"a.b-2-py3-none-any.whl hash 41e3 packages/py3/a/a.b/a.b-2-py3-none-any.whl", "a.b-2.tar.gz hash 258a packages/source/a/a.b/a.b-2.tar.gz needs ",
				"c", "c-1.tar.gz hash 0123 packages/x/c-1.tar.gz",
			},
			left: []string{"a.b/3/a.b-3.tar.gz: " + whyHash},
		},
		{
			why:   "names that are none",
			wheel: `{"": {}, "a": {"py3": {"1": {"b-1-py3-none-any.whl": {}, "a.whl": {}}}}, "é": {}}`,
			sdist: `{"b": {"1/..": {"39": {}}}}`,
			left:  []string{": " + whyName, "b/1/..: " + whySdist, "a/py3/1/a.whl: " + whyWheel, "a/py3/1/b-1-py3-none-any.whl: " + whyWheel, "é: " + whyName},
		},
	} {
		t.Run(test.why, func(t *testing.T) {
			files := []string{}
			for _, one := range [][2]string{{"wheel", test.wheel}, {"sdist", test.sdist}, {"pypi", test.pypi}} {
				if one[1] != "" {
					files = append(files, one[0]+"/b8.json", one[1])
				}
			}
			projects, left, err := imports(t, data(t, files...))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range projects {
				got = append(got, p.Name)
				for _, f := range p.Files {
					got = append(got, file(f))
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			slices.Sort(left)
			slices.Sort(test.left)
			if diff := cmp.Diff(test.left, left); diff != "" {
				t.Errorf("left out: -want +got:\n%s", diff)
			}
		})
	}
}

// Projects come in order, whatever bucket they are in, and those of one normalised name are one.
func TestBuckets(t *testing.T) {
	one := `{"%": {"1": {"39": {"install_requires": ["x"]}}}}`
	dir := data(t,
		"sdist/00.json", strings.ReplaceAll(one, "%", "zoo"), "sdist/01.json", strings.ReplaceAll(one, "%", "a.b"),
		"sdist/ff.json", `{"a-b": {"1": {"39": {}}, "2": {"39": {}}}}`)
	projects, _, err := imports(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range projects {
		got = append(got, p.Name+" "+strings.Join(p.Versions, " "))
	}
	if diff := cmp.Diff([]string{"a-b 1 2", "zoo 1"}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// What cannot be read is an error with file and key, and a stop is one.
func TestImportErrors(t *testing.T) {
	for text, want := range map[string]string{
		`{"a": {"py3"`:                       `wheel/00.json: "a": the file is cut off`,
		`{"a": {}`:                           `wheel/00.json: behind "a": the file is cut off`,
		`{"a": {"py3": {"1": {"f": [1]}}}}`:  `wheel/00.json: "a": json: cannot unmarshal array`,
		`{"a": {}, 3}`:                       `wheel/00.json: behind "a": invalid character '3'`,
		`version https://git-lfs.example/v1`: `wheel/00.json: not a JSON object`,
		``:                                   `wheel/00.json: not a JSON object`,
		`[{"a": {}}]`:                        `wheel/00.json: not a JSON object`,
	} {
		if _, _, err := imports(t, data(t, "wheel/00.json", text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", text, err, want)
		}
	}
	if _, _, err := imports(t, t.TempDir()); !errors.Is(err, ErrNoData) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Import(ctx, new(bytes.Buffer), Options{Dirs: []string{data(t, "wheel/00.json", "{}")}}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
