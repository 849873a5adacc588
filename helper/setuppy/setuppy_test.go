package setuppy

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// said is a value as the tests write it: "text", [items ; marker], {key: …}, or ? and the reason at its place.
func said(v Value) string {
	switch v.Kind {
	case Absent:
		return "nothing"
	case Lost:
		return fmt.Sprintf("? %s: %s", v.Unknown.Where, v.Unknown.Reason)
	case List:
		var all []string
		for _, item := range v.Items {
			one := item.Text
			if item.Marker != "" {
				one += " ; " + item.Marker
			}
			all = append(all, one)
		}
		return "[" + strings.Join(all, " | ") + "]"
	case Table:
		var all []string
		for _, e := range v.Entries {
			all = append(all, e.Key+": "+said(e.Value))
		}
		return "{" + strings.Join(all, ", ") + "}"
	}
	return fmt.Sprintf("%q", v.Text)
}

// tree is the files of a txtar archive.
func tree(archive string) fs.FS {
	all := fstest.MapFS{}
	for _, f := range txtar.Parse([]byte(archive)).Files {
		all[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return all
}

// install reads a file whose last statement is a call of setup, of which it gives install_requires.
func install(t *testing.T, source, files string) string {
	t.Helper()
	c, err := Read([]byte(source), tree(files), "")
	if err != nil {
		return "! " + err.Error()
	}
	return said(c.Get("install_requires"))
}

type example struct{ why, source, want string }

// check reads each source, which is the value of install_requires, or statements before "=> value".
func check(t *testing.T, files string, examples []example) {
	for _, e := range examples {
		t.Run(e.why, func(t *testing.T) {
			before, value, ok := strings.Cut(e.source, "=>")
			if !ok {
				before, value = "", e.source
			}
			source := "import os, re, sys\nfrom setuptools import setup\n" + strings.TrimPrefix(before, "\n") + "\nsetup(install_requires=" + strings.TrimSpace(value) + ")\n"
			if diff := cmp.Diff(e.want, install(t, source, files)); diff != "" {
				t.Errorf("%s\n%s", source, diff)
			}
		})
	}
}

func TestValues(t *testing.T) {
	check(t, "", []example{
		{"a list", `["a>=1", 'b']`, "[a>=1 | b]"},
		{"a tuple, which setuptools takes too", `("a", "b")`, "[a | b]"},
		{"lists in a list, which setuptools flattens", `["a", ["b"]]`, "[a | b]"},
		{"a text with one on each line, and comments", "\"\"\"\na>=1 # x\n# b\n\nc\n\"\"\"", "[a>=1 | c]"},
		{"None is not given", `None`, "nothing"},
		{"literals that follow each other are one", `["a" '>=' r"1" u'']`, "[a>=1]"},
		{"an f-string", `v = 2 => [f"a>={v},<{v + 1}", f'{"b"!s}']`, "[a>=2,<3 | b]"},
		{"percent and format", `v = "2" => ["a>=%s" % v, "b==%(v)s,<%(w)d" % {"v": v, "w": 3}, "c=={}.{x}".format(1, x=v)]`, "[a>=2 | b==2,<3 | c==1.2]"},
		{"plus and times", `base = ["a"] => base + ["b"] * 1 + list(("c",))`, "[a | b | c]"},
		{"append, extend, insert, remove and +=", "\nr = ['a', 'x']\nr.append('b')\nr.extend(['c'])\nr += ['d']\nr.insert(0, 'e')\nr.remove('x')\n=> r", "[e | a | b | c | d]"},
		{"two names of one list", "\nr = []\ns = r\ns.append('a')\n=> r", "[a]"},
		{"a copy is another list", "\nr = ['a']\ns = r[:]\ns.append('b')\n=> r", "[a]"},
		{"a dict by key", `d = {"x": ["a"], "y": ["b"]} => d["x"] + d.get("y", [])`, "[a | b]"},
		{"dict(), ** and update", "\nd = dict(x=['a'], **{'y': ['b']})\nd.update(z=['c'])\n=> sum(d.values(), [])", "[a | b | c]"},
		{"a comprehension with conditions", `lines = ["a ", "# x", "", " b"] => [l.strip() for l in lines if l and not l.startswith("#")]`, "[a | b]"},
		{"sorted and set", `sorted(set(["b", "a", "b"]))`, "[a | b]"},
		{"a generator is used up", "\ng = (x for x in ['a'])\nlist(g)\n=> list(g)", "[]"},
		{"chain, map, filter and lambda", `from itertools import chain => list(chain(map(lambda x: x + ">1", ["a"]), filter(None, ["", "b"])))`, "[a>1 | b]"},
		{"a function of the file", "\ndef f(name, *more, low='1', **kw):\n    return [name + '>=' + low] + list(more)\n=> f('a', 'b', low='2')", "[a>=2 | b]"},
		{"a generator of the file", "\ndef f():\n    for x in 'ab':\n        yield x\n    yield from ['c']\n=> list(f())", "[a | b | c]"},
		{"global", "\nr = []\ndef f():\n    global r\n    r = ['a']\nf()\n=> r", "[a]"},
		{"unpacking", `a, (b, *c) = "a", ["b", "c", "d"] => [a, b] + c`, "[a | b | c | d]"},
		{"while", "\nr = []\nwhile len(r) < 2:\n    r.append('a%d' % len(r))\n=> r", "[a0 | a1]"},
		{"break and else of a loop", "\nfor x in ['a', 'b']:\n    if x == 'a':\n        break\nelse:\n    x = 'c'\n=> [x]", "[a]"},
		{"JSON and literal_eval", `import json, ast => json.loads('["a"]') + ast.literal_eval("['b']")`, "[a | b]"},
		{"backslash at the end of a line", `"a>=1,\\\n<2"`, "[a>=1,<2]"},
	})
}

func TestUnknown(t *testing.T) {
	check(t, "", []example{
		{"a call of what is not known", `from x import get => get()`, "? setup.py:4:24: it comes out of a call of get"},
		{"an environment variable, with a default too", `os.environ.get("X", ["a"])`, "? setup.py:4:24: it depends on the environment variable X"},
		{"an item that is not known makes the list unknown", `from x import a => ["b", a]`, "? setup.py:3:1: it comes out of x"},
		{"what an unknown function may have changed", "\nfrom x import f\nr = ['a']\nf(r)\n=> r", "? setup.py:5:1: it comes out of a call of f"},
		{"what may have been done", "\nr = ['a']\nif os.environ.get('X'):\n    r.append('b')\n=> r", "? setup.py:4:4: it depends on the environment variable X"},
		{"what was done or not does not matter", "\nr = ['a']\nif os.environ.get('X'):\n    print('b')\n=> r", "[a]"},
		{"the same both ways", "\nif os.environ.get('X'):\n    r = ['a']\nelse:\n    r = ['a']\n=> r", "[a]"},
		{"a loop over what is not known", "\nfrom x import all\nr = ['a']\nfor y in all:\n    r.append(y)\n=> r", "? setup.py:3:1: it comes out of x"},
		{"a statement that cannot be read", "\nr = ['a']\nr = = ['b']\n=> r", "? setup.py:4:1: the statement it cannot be read"},
		{"and one that does not matter", "\nr = ['a']\ns = = ['b']\n=> r", "[a]"},
		{"code that is run", "\nfrom x import code\nr = ['a']\nexec(code)\n=> r", "? setup.py:5:1: it may come out of code that is run"},
		{"all names of a module that is not known", "\nr = ['a']\nfrom x import *\n=> r", "? setup.py:4:1: it may come out of x"},
		{"the place of the directory", `["a @ file://" + os.path.dirname(os.path.abspath(__file__)) + "/a"]`, "? setup.py:4:25: it depends on where the directory is"},
		{"a name that nothing gives", `[nothing]`, `? setup.py:4:25: nothing is known of the name "nothing"`},
		{"a class that speaks of it", "\nclass C:\n    def run(self):\n        self.distribution.install_requires = []\n=> ['a']", "? setup.py:3:1: the class C may change it"},
		{"a function that may return before", "\ndef f():\n    if os.environ.get('X'):\n        return ['a']\n    return ['b']\n=> f()", "? setup.py:4:8: it depends on the environment variable X"},
	})
}

func TestEnvironments(t *testing.T) {
	check(t, "", []example{
		{"a version", "\nr = ['a']\nif sys.version_info < (3, 8):\n    r.append('b')\n=> r", `[a | b ; python_version < "3.8"]`},
		{"what is not there below counts as well", "\nr = ['a']\nif sys.version_info >= (3, 8):\n    r.append('b')\n=> r", `[a | b ; python_version >= "3.8"]`},
		{"a file that leaves needs no marker for it", "\nif sys.version_info < (3,):\n    sys.exit('no')\nr = ['a']\nif sys.version_info < (3, 8):\n    r.append('b')\n=> r", `[a | b ; python_version < "3.8"]`},
		{"Python 2", `["a"] if sys.version_info[0] == 2 else ["b"]`, `[a ; python_version < "3" | b ; python_version >= "3"]`},
		{"major and minor", `["a"] if sys.version_info.major == 3 and sys.version_info.minor == 6 else []`, `[a ; python_version == "3.6"]`},
		{"a range", `["a"] if (3, 4) <= sys.version_info < (3, 7) else []`, `[a ; python_version >= "3.4" and python_version < "3.7"]`},
		{"a patch release", `["a"] if sys.version_info < (2, 7, 9) else []`, `[a ; python_full_version < "2.7.9"]`},
		{"<= of two parts leaves the series out", `["a"] if sys.version_info <= (3, 7) else []`, `[a ; python_version < "3.7"]`},
		{"[:2]", `["a"] if sys.version_info[:2] <= (3, 7) else []`, `[a ; python_version < "3.8"]`},
		{"sys.version", `["a"] if sys.version.startswith("2.6") else []`, `[a ; python_version < "2.7"]`},
		{"hexversion", `["a"] if sys.hexversion < 0x03080000 else []`, `[a ; python_version < "3.8"]`},
		{"a platform", `["a"] if sys.platform == "win32" else ["b"]`, `[a ; sys_platform == "win32" | b ; sys_platform != "win32"]`},
		{"the beginning of one", `["a"] if sys.platform.startswith("linux") else []`, `[a ; sys_platform == "linux"]`},
		{"platform.system", `import platform => ["a"] if platform.system() in ("Windows", "Darwin") else []`, `[a ; (sys_platform == "darwin" or sys_platform == "win32")]`},
		{"os.name", `["a"] if os.name == "nt" else []`, `[a ; sys_platform == "win32"]`},
		{"posix", `["a"] if os.name == "posix" else []`, `[a ; os_name == "posix"]`},
		{"an unlisted platform", `["a"] if sys.platform == "sunos5" else []`, "? setup.py:4:33: it comes out of an operation that is not read here"},
		{"PyPy", `import platform => ["a"] if platform.python_implementation() != "PyPy" else []`, `[a ; platform_python_implementation != "PyPy"]`},
		{"two together", `["a"] if os.name == "nt" and sys.version_info < (3,) else []`, `[a ; python_version < "3" and sys_platform == "win32"]`},
		{"a module of newer Pythons", "\nr = []\ntry:\n    import importlib.metadata\nexcept ImportError:\n    r.append('importlib-metadata')\n=> r", `[importlib-metadata ; python_version < "3.8"]`},
		{"a module that all have", "\nr = []\ntry:\n    import argparse\nexcept ImportError:\n    r.append('argparse')\n=> r", "[]"},
		{"a module that nobody knows of", "\nr = []\ntry:\n    import numpy\nexcept ImportError:\n    r.append('numpy')\n=> r", "? setup.py:5:5: it depends on whether numpy can be imported"},
		{"a text", "v = '1' if sys.version_info < (3, 8) else '2' => ['a>' + v]", `[a>1 ; python_version < "3.8" | a>2 ; python_version >= "3.8"]`},
		{"a text of the version", "['a==%d.%d' % sys.version_info[:2]]", "? : it is another one for each version of Python"},
		{"six", "import six => ['a'] if six.PY2 else []", `[a ; python_version < "3"]`},
		{"the size of a pointer", "['a'] if sys.maxsize > 2**32 else []", "? setup.py:4:33: nothing is known of sys.maxsize"},
	})
}

const files = `
-- requirements.txt --
# all
flask>=1.0  # web

requests
-- pkg/__init__.py --
"""A package."""
import numpy
__version__ = "1.2"
NEEDS = ["a"]
if numpy.x:
    NEEDS = ["b"]
-- pkg/about.py --
__version__ = "1.3"
needs = ["c"]
-- needs.json --
{"all": ["j"]}
`

func TestFiles(t *testing.T) {
	read := "[flask>=1.0 | requests]"
	check(t, files, []example{
		{"open, read, splitlines", `open("requirements.txt").read().splitlines()`, read},
		{"beside the file", `open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "requirements.txt")).readlines()`, read},
		{"with", "\nwith open('requirements.txt') as f:\n    r = [l.strip() for l in f if l.strip()]\n=> r", read},
		{"a function", "\nimport io\ndef reqs(name):\n    here = os.path.dirname(__file__)\n    with io.open(os.path.join(here, name), encoding='utf8') as f:\n        return f.read().split('\\n')\n=> reqs('requirements.txt')", read},
		{"pathlib", `from pathlib import Path => (Path(__file__).parent / "requirements.txt").read_text().splitlines()`, read},
		{"pkg_resources", `import pkg_resources => [str(r) for r in pkg_resources.parse_requirements(open("requirements.txt"))]`, read},
		{"a regular expression", `v = re.search(r"^__version__\s*=\s*['\"]([^'\"]+)['\"]", open("pkg/__init__.py").read(), re.M).group(1) => ["pkg==" + v]`, "[pkg==1.2]"},
		{"exec into a dict", "\nabout = {}\nwith open('pkg/about.py') as f:\n    exec(f.read(), about)\n=> ['pkg==' + about['__version__']]", "[pkg==1.3]"},
		{"exec here", "exec(open('pkg/about.py').read()) => needs", "[c]"},
		{"an import", "from pkg.about import needs => needs", "[c]"},
		{"a module that does what is not known", "import pkg => ['pkg==' + pkg.__version__]", "[pkg==1.2]"},
		{"what it may have set", "import pkg => pkg.NEEDS", "? pkg/__init__.py:5:4: nothing is known of numpy.x"},
		{"a module by its file", "\nimport importlib.util\nspec = importlib.util.spec_from_file_location('x', 'pkg/about.py')\nm = importlib.util.module_from_spec(spec)\nspec.loader.exec_module(m)\n=> m.needs", "[c]"},
		{"and by its loader", "from importlib.machinery import SourceFileLoader => SourceFileLoader('x', 'pkg/about.py').load_module().needs", "[c]"},
		{"codecs", `import codecs => codecs.open("requirements.txt", "rb", "utf-8").read().splitlines()`, read},
		{"JSON", `import json => json.load(open("needs.json"))["all"]`, "[j]"},
		{"a file that is there", `["a"] if os.path.exists("requirements.txt") else ["b"]`, "[a]"},
		{"one that is not", "\ntry:\n    r = open('other.txt').readlines()\nexcept IOError:\n    r = ['b']\n=> r", "[b]"},
		{"one that must be there", `open("other.txt").readlines()`, `! setup.py:4:24: it reads "other.txt", which is not there`},
		{"one outside", `open("../other.txt").readlines()`, "? setup.py:4:24: it comes out of a file that is not in the tree"},
		{"one of somewhere", `open(os.environ["X"]).readlines()`, "? setup.py:4:39: it depends on the environment variable X"},
	})
}

func TestKeywords(t *testing.T) {
	tests := []struct{ why, source, keyword, want string }{
		{"extras", `extras_require={"A": ["a"], ":python_version<'3'": "b", "c": C}`, "extras_require", `{A: [a], :python_version<'3': [b], c: ? setup.py:2:68: nothing is known of the name "C"}`},
		{"a text", `name="x" + "y"`, "name", `"xy"`},
		{"setuptools-scm", `use_scm_version=True`, "version", "? setup.py:2:1: setuptools-scm takes it from the repository"},
		{"setuptools-scm does not concern others", `use_scm_version=True`, "install_requires", "nothing"},
		{"pbr", `pbr=True`, "install_requires", "? setup.py:2:1: pbr takes it from requirements.txt and setup.cfg"},
		{"tests_require", `tests_require="a"`, "tests_require", "[a]"},
		{"others", `zip_safe=False`, "zip_safe", `"False"`},
		{"keywords that are not known", "**kw", "install_requires", `? setup.py:2:9: nothing is known of the name "kw"`},
		{"a keyword beside such", "**kw, name='x'", "name", `"x"`},
		{"a dict of keywords", `**dict(python_requires=">=3")`, "python_requires", `">=3"`},
	}
	for _, test := range tests {
		t.Run(test.why, func(t *testing.T) {
			c, err := Read([]byte("from setuptools import setup\nsetup("+test.source+")\n"), nil, "")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, said(c.Get(test.keyword))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCalls(t *testing.T) {
	tests := []struct{ why, source, want string }{
		{"none", "print('x')", "! no call of setup is found in it"},
		{"as an attribute", "import setuptools as s\ns.setup(install_requires=['a'])", "[a]"},
		{"where there is no setuptools", "try:\n    from setuptools import setup\nexcept ImportError:\n    from distutils.core import setup\nsetup(install_requires=['a'])", "[a]"},
		{"below the name of the file", "from setuptools import setup\nif __name__ == '__main__':\n    setup(install_requires=['a'])", "[a]"},
		{"in a function", "from setuptools import setup\ndef main():\n    setup(install_requires=['a'])\nmain()", "[a]"},
		{"publishing", "import os, sys\nfrom setuptools import setup\nif sys.argv[-1] == 'publish':\n    os.system('x')\n    sys.exit()\nsetup(install_requires=['a'])", "[a]"},
		{"again without what cannot be compiled", "from setuptools import setup\ndef go(ext):\n    setup(install_requires=['a'], ext_modules=ext)\ntry:\n    go([1])\nexcept Exception:\n    go([])", "[a]"},
		{"in two ways", "from setuptools import setup\nsetup(install_requires=['a'])\nsetup(install_requires=['b'])", "! setup.py:3:1: setup is called more than once"},
		{"on one way only", "import os\nfrom setuptools import setup\nif os.environ.get('X'):\n    setup(install_requires=['a'])", "? : setup is not called on every way through the file"},
		{"Python 2", "from setuptools import setup\nprint 'x', 1\nprint >>f, 'x'\nexec 'y = 1' in {}\ntry:\n    pass\nexcept IOError, e:\n    raise\nif 1 <> 2:\n    setup(install_requires=[u'a'])", "[a]"},
		{"not UTF-8", "# \xe9\nfrom setuptools import setup\nsetup(author='\xe9', install_requires=['a'])", "[a]"},
		{"tabs, continued lines and line ends of DOS", "from setuptools import \\\r\n    setup\r\nif 1:\r\n\tx = ['a']\r\n        y = x\r\nsetup(install_requires=y)\r\n", "[a]"},
	}
	for _, test := range tests {
		t.Run(test.why, func(t *testing.T) {
			if diff := cmp.Diff(test.want, install(t, test.source, "")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestBounds(t *testing.T) {
	begin := "import os\nfrom setuptools import setup\nr = ['a']\n"
	end := "setup(install_requires=r)\n"
	tests := []struct{ why, source string }{
		{"a loop without end", begin + "while True:\n    r.append('b')\n" + end},
		{"a function that calls itself", begin + "def f(x):\n    return f(x + 1)\nr = f(1)\n" + end},
		{"a text that doubles", begin + "s = 'x'\nfor i in range(99):\n    s += s\n" + end},
		{"a list that doubles", begin + "for i in range(99):\n    r += r\n" + end},
		{"a list that has itself", begin + "r.append(r)\n" + end},
		{"brackets", begin + "r = " + strings.Repeat("[", 100000) + "\n" + end},
		{"blocks", begin + strings.Repeat("if r:", 100000) + "\n" + end},
		{"a million of a text", begin + "r = ['x' * 9999999999]\n" + end},
		{"lists that have themselves", begin + "s = ['a']\nr.append(r)\ns.append(s)\nr = ['a'] if r == s else ['b', q]\n" + end},
		{"a tuple of itself, twice, and so on", begin + "t = ()\nfor i in range(90):\n    t = (t, t)\nr = {t: 1}\n" + end},
		{"a list of itself, twice, and so on", begin + "for i in range(90):\n    r = [r, r]\n" + end},
		{"code that runs itself", begin + "s = 'exec(s)'\nexec(s)\n" + end},
		{"an expression that evaluates itself", begin + "s = 'eval(s)'\nr = eval(s)\n" + end},
		{"a partial of a partial", begin + "from functools import partial\nf = print\nfor i in range(99999):\n    f = partial(f, 1)\nr = f()\n" + end},
		{"a sum of many", begin + "r = r" + strings.Repeat("+r", 200000) + "\n" + end},
		{"a long way down", begin + "r = r" + strings.Repeat(".r", 200000) + "\n" + end},
		{"much work on a long text", begin + "s = 'x' * 4000000\nwhile True:\n    s.strip()\n" + end},
		{"a regular expression on a long text", begin + "import re\ns = 'x' * 4000000\nwhile True:\n    re.search('(x*)*y', s)\n" + end},
		{"functions within functions", begin + strings.Repeat("f = lambda: f() + f()\n", 3) + "r = f()\n" + end},
	}
	for _, test := range tests {
		t.Run(test.why, func(t *testing.T) {
			if got := install(t, test.source, ""); !strings.HasPrefix(got, "?") && !strings.HasPrefix(got, "!") {
				t.Errorf("%.60s is known: %.80s", test.why, got)
			}
		})
	}
}

// TestManyWays has more conditions than there are ways to try; what they cannot change is known nevertheless.
func TestManyWays(t *testing.T) {
	source := "import os\nfrom setuptools import setup\nr = ['a']\ns = []\n"
	for i := range 20 {
		source += fmt.Sprintf("if os.environ.get('X%d'):\n    s.append('b%d')\n", i, i)
	}
	if got, want := install(t, source+"setup(install_requires=r)", ""), "[a]"; got != want {
		t.Errorf("beside the conditions: %s, want %s", got, want)
	}
	if got, want := install(t, source+"setup(install_requires=s)", ""), "? setup.py:43:4: it depends on the environment variable X19"; got != want {
		t.Errorf("under the conditions: %s, want %s", got, want)
	}
}

// partTree is a tree that is not whole: it does not know of a file whether there is one.
type partTree struct{}

func (partTree) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("it was not read")}
}

func TestTreeThatIsNotWhole(t *testing.T) {
	source := "import os\nfrom setuptools import setup\nr = ['a'] if os.path.exists('x') else ['b']\nsetup(install_requires=r, version=open('x').read())"
	c, err := Read([]byte(source), partTree{}, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, keyword := range []string{"install_requires", "version"} {
		if v := c.Get(keyword); v.Kind != Lost {
			t.Errorf("%s is known: %s", keyword, said(v))
		}
	}
}

func TestPlaces(t *testing.T) {
	source := "from setuptools import setup\nsetup(install_requires=['a'] +\n  open('requirements.txt').read().splitlines() + [l.strip() for l in open('more.txt')], version='1')"
	c, err := Read([]byte(source), tree("-- requirements.txt --\nb\n\nc\n-- more.txt --\n  d\n"), "./")
	if err != nil {
		t.Fatal(err)
	}
	got := []string{c.Where.String(), c.Get("version").Where.String()}
	for _, item := range c.Get("install_requires").Items {
		got = append(got, item.Text+" "+item.Where.String())
	}
	want := []string{"./setup.py:2:1", "./setup.py:3:97", "a ./setup.py:2:25", "b ./requirements.txt:1:1", "c ./requirements.txt:3:1", "d ./more.txt:1:3"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
