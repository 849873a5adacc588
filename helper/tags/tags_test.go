package tags_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mach/helper/tags"
)

// linux is a target that most tests need no more of than that it is usual.
var linux = tags.Target{
	Implementation: "cpython", Python: [2]int{3, 12}, System: "x86_64-linux", Libc: "glibc", LibcVersion: [2]int{2, 40},
}

// TestAll compares with what pypa/packaging gives: testdata/generate.py wrote the lists, whose first line is the target.
func TestAll(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.txt")
	if len(files) < 10 {
		t.Fatalf("%d lists in testdata", len(files))
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			target, want := readList(t, file)
			set, err := tags.New(target)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for tag := range set.All() {
				if rank, ok := set.Rank(tags.WheelTags(tag)); !ok || rank != len(got) {
					t.Fatalf("Rank(%s) = %d, %t; its position in All is %d", tag, rank, ok, len(got))
				}
				got = append(got, tag.String())
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-packaging +mach\n%s", diff)
			}
		})
	}
}

func readList(t *testing.T, file string) (target tags.Target, want []string) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	if err := json.Unmarshal([]byte(lines[0]), &target); err != nil {
		t.Fatal(err)
	}
	return target, lines[1:]
}

// TestRank names the wheel that wins, by the reason for which it does.
func TestRank(t *testing.T) {
	for _, c := range []struct{ why, better, worse string }{
		{"the ABI of just this Python before the stable one", "cp312-cp312-manylinux_2_17_x86_64", "cp312-abi3-manylinux_2_28_x86_64"},
		{"the newer stable ABI", "cp311-abi3-manylinux_2_17_x86_64", "cp37-abi3-manylinux_2_17_x86_64"},
		{"the newer C library", "cp312-cp312-manylinux_2_28_x86_64", "cp312-cp312-manylinux_2_17_x86_64"},
		{"the native tag before every level", "cp312-cp312-linux_x86_64", "cp312-cp312-manylinux_2_40_x86_64"},
		{"native code before pure Python", "cp32-abi3-manylinux1_x86_64", "py312-none-any"},
		{"for this interpreter before for every one", "cp312-none-any", "py312-none-any"},
		{"a compressed tag counts as its best part", "cp27.cp312-cp27mu.cp312-manylinux1_x86_64.manylinux2014_x86_64", "cp312-cp312-manylinux_2_16_x86_64"},
		{"py3 before the older minor versions", "py2.py3-none-any", "py311-none-any"},
		{"a platform before any", "py30-none-manylinux1_x86_64", "py3-none-manylinux_9_9_x86_64.any"},
	} {
		t.Run(c.why, func(t *testing.T) {
			better, ok1 := rank(t, linux, c.better)
			worse, ok2 := rank(t, linux, c.worse)
			if !ok1 || !ok2 || better >= worse {
				t.Errorf("%s has rank %d (%t), %s has %d (%t)", c.better, better, ok1, c.worse, worse, ok2)
			}
		})
	}
}

// TestRankNot is about wheels that do not fit the target.
func TestRankNot(t *testing.T) {
	free := linux
	free.Python, free.FreeThreaded = [2]int{3, 13}, true
	pypy := linux
	pypy.Implementation, pypy.Python = "pypy", [2]int{3, 10}
	for _, c := range []struct {
		why    string
		target tags.Target
		tag    string
	}{
		{"an older Python's own ABI", linux, "cp311-cp311-manylinux_2_17_x86_64"},
		{"a newer Python's stable ABI", linux, "cp313-abi3-manylinux_2_17_x86_64"},
		{"a newer Python", linux, "py313-none-any"},
		{"another major version", linux, "py2-none-any"},
		{"a newer C library", linux, "cp312-cp312-manylinux_2_41_x86_64"},
		{"another C library", linux, "cp312-cp312-musllinux_1_1_x86_64"},
		{"another machine", linux, "cp312-cp312-manylinux_2_17_aarch64"},
		{"another system", linux, "cp312-cp312-macosx_10_9_x86_64"},
		{"manylinux1 never was on this machine", armv7l(), "cp312-cp312-manylinux1_armv7l"},
		{"an ABI with any platform", linux, "cp312-cp312-any"},
		{"the older interpreter's any", linux, "cp311-none-any"},
		{"an older interpreter without ABI", linux, "cp311-none-linux_x86_64"},
		{"the stable ABI where there is no lock to hold", free, "cp312-abi3-manylinux_2_17_x86_64"},
		{"the ABI that has a lock", free, "cp313-cp313-manylinux_2_17_x86_64"},
		{"CPython's ABI on PyPy", pypy, "cp310-abi3-manylinux_2_17_x86_64"},
		{"the stable ABI on PyPy", pypy, "pp310-abi3-manylinux_2_17_x86_64"},
		{"numbers with a leading zero", linux, "py300-none-any"},
		{"no number at all", linux, "cp-cp312-linux_x86_64"},
		{"the empty ABI, which is no stable ABI of PyPy", pypy, "pp310--linux_x86_64"},
	} {
		t.Run(c.why, func(t *testing.T) {
			if r, ok := rank(t, c.target, c.tag); ok {
				t.Errorf("%s has rank %d", c.tag, r)
			}
		})
	}
}

func armv7l() tags.Target {
	t := linux
	t.System = "armv7l-linux"
	return t
}

func rank(t *testing.T, target tags.Target, tag string) (int, bool) {
	set, err := tags.New(target)
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(tag, "-")
	return set.Rank(tags.WheelTags{Python: parts[0], ABI: parts[1], Platform: parts[2]})
}

// TestPlatforms is about the platforms a user gives in place of the system's: each brings what it implies.
func TestPlatforms(t *testing.T) {
	for _, c := range []struct {
		why   string
		given []string
		want  string
	}{
		{"a level and those below", []string{"manylinux_2_18_aarch64"}, "manylinux_2_18_aarch64 manylinux_2_17_aarch64 manylinux2014_aarch64"},
		{"a name from before PEP 600 is its level", []string{"manylinux2014_s390x"}, "manylinux_2_17_s390x manylinux2014_s390x"},
		{"a level below the oldest is only itself", []string{"manylinux_2_5_aarch64"}, "manylinux_2_5_aarch64"},
		{"musl", []string{"musllinux_1_1_x86_64"}, "musllinux_1_1_x86_64 musllinux_1_0_x86_64"},
		{"the order of the user, each once", []string{"musllinux_1_0_x86_64", "linux_x86_64", "musllinux_1_1_x86_64"}, "musllinux_1_0_x86_64 linux_x86_64 musllinux_1_1_x86_64"},
		{"macOS and the universal halves before 11", []string{"macosx_11_0_arm64"}, "macosx_11_0_arm64 macosx_11_0_universal2 " + universal2()},
		{"what has no version is only itself", []string{"win_amd64"}, "win_amd64"},
		{"upper case", []string{"Linux_RISCV64"}, "linux_riscv64"},
	} {
		t.Run(c.why, func(t *testing.T) {
			set, err := tags.New(tags.Target{Implementation: "cpython", Python: [2]int{3, 12}, Platforms: c.given})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.Fields(c.want), set.Platforms()); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func universal2() string {
	var all []string
	for _, minor := range strings.Fields("16 15 14 13 12 11 10 9 8 7 6 5 4") {
		all = append(all, "macosx_10_"+minor+"_universal2")
	}
	return strings.Join(all, " ")
}

func TestNewErrors(t *testing.T) {
	with := func(f func(*tags.Target)) tags.Target { t := linux; f(&t); return t }
	for _, c := range []struct {
		target tags.Target
		want   string
	}{
		{with(func(t *tags.Target) { t.Python = [2]int{2, 7} }), "python 2.7 is not supported: 3.3 or newer is needed"},
		{with(func(t *tags.Target) { t.Implementation = "jython" }), `implementation "jython" is unknown: known are cpython, pypy`},
		{with(func(t *tags.Target) { t.FreeThreaded = true }), "cpython 3.12 is never free-threaded: only cpython 3.13 or newer is"},
		{with(func(t *tags.Target) { t.Libc = "uclibc" }), `libc "uclibc" is unknown: known are glibc, musl`},
		{with(func(t *tags.Target) { t.System = "x86_64-windows" }), `system "x86_64-windows" is unknown: known are aarch64-linux, armv6l-linux, ` +
			`armv7l-linux, i686-linux, loongarch64-linux, powerpc64-linux, powerpc64le-linux, riscv64-linux, s390x-linux, x86_64-linux, ` +
			`aarch64-darwin, x86_64-darwin`},
		{with(func(t *tags.Target) { t.System, t.MacOS = "aarch64-darwin", [2]int{10, 15} }), "macos 10.15 is no deployment target of aarch64-darwin: 11.0 or newer is needed"},
		{with(func(t *tags.Target) { t.Platforms = []string{"manylinux"} }), `platform "manylinux" is not a platform tag such as manylinux_2_28_x86_64`},
		{with(func(t *tags.Target) { t.Platforms = []string{"linux-x86_64"} }), `platform "linux-x86_64" is not a platform tag such as manylinux_2_28_x86_64`},
	} {
		if _, err := tags.New(c.target); err == nil || err.Error() != c.want {
			t.Errorf("got  %v\nwant %s", err, c.want)
		}
	}
}

func BenchmarkNew(b *testing.B) {
	for name, target := range map[string]tags.Target{
		"linux": linux,
		"macos": {Implementation: "cpython", Python: [2]int{3, 12}, System: "x86_64-darwin", MacOS: [2]int{14, 0}},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := tags.New(target); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkRank(b *testing.B) {
	set, err := tags.New(linux)
	if err != nil {
		b.Fatal(err)
	}
	for _, w := range []tags.WheelTags{
		{Python: "py3", ABI: "none", Platform: "any"},
		{Python: "cp312", ABI: "cp312", Platform: "manylinux_2_17_x86_64.manylinux2014_x86_64"},
		{Python: "cp39", ABI: "cp39", Platform: "macosx_11_0_arm64"},
	} {
		b.Run(tags.Tag(w).String(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				set.Rank(w)
			}
		})
	}
}
