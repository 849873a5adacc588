package universe

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"mach/helper/pep508"
)

// WriteFiles makes the wheels and sdists of a text in dir.
func WriteFiles(text, dir string) error {
	w, err := parse(text)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for name, c := range w.files {
		if err := os.WriteFile(filepath.Join(dir, name), c.bytes(name), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// member is a file in an archive.
type member struct{ name, text string }

// bytes is the file itself. It is the same each time.
func (c *content) bytes(filename string) []byte {
	stem := strings.ReplaceAll(c.project, "-", "_") + "-" + c.version
	switch {
	case c.broken:
		return []byte("no archive")
	case strings.HasSuffix(filename, ".whl"):
		return zipOf([]member{
			{strings.ReplaceAll(c.project, "-", "_") + "/__init__.py", ""},
			{stem + ".dist-info/WHEEL", "Wheel-Version: 1.0\n"},
			{stem + ".dist-info/METADATA", c.coreMetadata("2.1", true)},
			{stem + ".dist-info/RECORD", ""},
		})
	case strings.HasSuffix(filename, ".zip"):
		return zipOf(c.sdist(stem))
	}
	return tarOf(c.sdist(stem))
}

func (c *content) sdist(stem string) []member {
	asks := ""
	switch c.kind {
	case "asks":
		asks = ", setup_requires=[\"asked\"]"
	case "computed":
		asks = ", setup_requires=os.environ[\"ASKS\"].split()"
	}
	members := []member{{stem + "/setup.py", "import os, setuptools\nsetuptools.setup(install_requires=os.environ[\"NEEDS\"].split()" + asks + ")\n"}}
	switch c.kind {
	case "rust":
		members = append(members, member{stem + "/rust/Cargo.lock", cargoLock})
		fallthrough
	case "", "static", "self", "asks", "computed":
		members = append(members, member{stem + "/PKG-INFO", c.coreMetadata("2.2", true)})
	default:
		members = append(members, member{stem + "/PKG-INFO", c.coreMetadata("2.1", false)})
	}
	if c.kind == "egg" {
		egg := stem + "/" + strings.ReplaceAll(c.project, "-", "_") + ".egg-info/"
		members = append(members, member{egg + "PKG-INFO", c.coreMetadata("2.1", false)}, member{egg + "requires.txt", c.eggRequires()})
	}
	if c.kind == "self" {
		members = append(members, member{stem + "/backend.py", strings.ReplaceAll(backend, "STEM", stem)})
	}
	if py := c.pyproject(); py != "" {
		members = append(members, member{stem + "/pyproject.toml", py})
	}
	return members
}

// cargoLock has one crate, of a registry.
const cargoLock = `version = 3

[[package]]
name = "serde"
version = "1.0.1"
source = "registry+https://index.example/crates"
checksum = "0000000000000000000000000000000000000000000000000000000000000001"
`

// backend builds the wheel of an sdist that brings its own.
const backend = `import os, zipfile


def build_wheel(directory, config_settings=None, metadata_directory=None):
    with zipfile.ZipFile(os.path.join(directory, "STEM-py3-none-any.whl"), "w") as wheel:
        wheel.writestr("STEM.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr("STEM.dist-info/METADATA", open("PKG-INFO").read())
        wheel.writestr("STEM.dist-info/RECORD", "")
    return "STEM-py3-none-any.whl"
`

func (c *content) coreMetadata(version string, needs bool) string {
	name := c.project
	if c.other {
		name = "other"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "Metadata-Version: %s\nName: %s\nVersion: %s\n", version, name, c.version)
	if c.metadata.RequiresPython != "" {
		fmt.Fprintf(&b, "Requires-Python: %s\n", c.metadata.RequiresPython)
	}
	if needs {
		for _, extra := range c.metadata.ProvidesExtra {
			fmt.Fprintf(&b, "Provides-Extra: %s\n", extra)
		}
		for _, need := range c.metadata.RequiresDist {
			fmt.Fprintf(&b, "Requires-Dist: %s\n", need)
		}
	}
	b.WriteString("\nA description.\n")
	return b.String()
}

// pyproject has what build= says and, for that kind of sdist, the [project] table; extras are not for it.
func (c *content) pyproject() string {
	var b strings.Builder
	switch {
	case c.kind == "self":
		fmt.Fprint(&b, "[build-system]\nrequires = []\nbuild-backend = \"backend\"\nbackend-path = [\".\"]\n")
	case c.build != nil:
		fmt.Fprintf(&b, "[build-system]\nrequires = %s\nbuild-backend = %q\n", array(c.build.Requires), c.build.BuildBackend)
	}
	if c.kind == "pyproject" {
		fmt.Fprintf(&b, "[project]\nname = %q\nversion = %q\ndependencies = %s\n", c.project, c.version, array(c.metadata.RequiresDist))
	}
	return b.String()
}

func array(items []string) string {
	quoted := make([]string, len(items))
	for i, item := range items {
		quoted[i] = fmt.Sprintf("%q", item)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// eggRequires is requires.txt as setuptools writes it: a section for each extra and marker.
func (c *content) eggRequires() string {
	sections, order := map[string][]string{}, []string{""}
	for _, need := range c.metadata.RequiresDist {
		before, marker, _ := strings.Cut(need, ";")
		section := ""
		if marker = strings.TrimSpace(marker); marker != "" {
			extra, found := strings.CutPrefix(marker, "extra == ")
			if section = ":" + marker; found {
				section = pep508.NormalizeName(strings.Trim(extra, `"'`))
			}
		}
		if _, ok := sections[section]; !ok && section != "" {
			order = append(order, section)
		}
		sections[section] = append(sections[section], strings.TrimSpace(before))
	}
	var b strings.Builder
	for _, section := range order {
		if section != "" {
			fmt.Fprintf(&b, "\n[%s]\n", section)
		}
		for _, need := range sections[section] {
			fmt.Fprintln(&b, need)
		}
	}
	return b.String()
}

func zipOf(members []member) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, m := range members {
		w, err := z.Create(m.name)
		if err == nil {
			_, err = w.Write([]byte(m.text))
		}
		must(err)
	}
	must(z.Close())
	return b.Bytes()
}

func tarOf(members []member) []byte {
	var b bytes.Buffer
	g := gzip.NewWriter(&b)
	w := tar.NewWriter(g)
	for _, m := range members {
		must(w.WriteHeader(&tar.Header{Name: m.name, Mode: 0o644, Size: int64(len(m.text))}))
		_, err := w.Write([]byte(m.text))
		must(err)
	}
	must(w.Close())
	must(g.Close())
	return b.Bytes()
}

// must is for writes to memory, which do not fail.
func must(err error) {
	if err != nil {
		panic(err)
	}
}
