package setuppy

import (
	"errors"
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestModule(t *testing.T) {
	files := tree(`
-- a/__init__.py --
"""Does it.

More."""
from .version import __version__
import numpy
literal = "1"
literal = numpy.x
tuple_ = (1, 2)
lost = numpy.version
import sys
depends = "1" if sys.version_info < (3,) else "2"
-- a/version.py --
__version__ = "1." + "3"
-- src/b.py --
x: str = "b"
`)
	tests := []struct{ why, module, name, want string }{
		{"a literal, whatever comes later", "a", "literal", `"1"`},
		{"an import", "a", "__version__", `"1.3"`},
		{"an expression", "a.version", "__version__", `"1.3"`},
		{"a tuple", "a", "tuple_", `[1 | 2]`},
		{"what is not known", "a", "lost", `? ./a/__init__.py:9:8: nothing is known of numpy.version`},
		{"what depends on the environment", "a", "depends", `? ./a/__init__.py:11:11: it is another one for each version of Python`},
		{"what is not there", "a", "other", `nothing`},
		{"below src", "b", "x", `"b"`},
	}
	for _, test := range tests {
		t.Run(test.why, func(t *testing.T) {
			m, err := ReadModule(files, "./", test.module, "", "src")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, said(m.Get(test.name))); diff != "" {
				t.Error(diff)
			}
		})
	}
	m, err := ReadModule(files, "./", "a", "")
	if err != nil {
		t.Fatal(err)
	}
	if got := said(m.Docstring()); got != `"Does it.\n\nMore."` {
		t.Errorf("the docstring is %s", got)
	}
	if _, err := ReadModule(files, "./", "c", "", "src"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a module that is not there: %v", err)
	}
}
