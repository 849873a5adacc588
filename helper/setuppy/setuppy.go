// Package setuppy reads what a setup.py says to the setup of setuptools or distutils, without running it.
//
// The file is evaluated by an interpreter of a part of Python whose values may be unknown. What is read: literals and
// displays, names, operators, comprehensions, functions of the file's own, methods of texts, lists and dicts, files of
// the tree (open, pathlib, os.path), regular expressions, JSON, and modules of the tree that are imported, executed or
// loaded. All else is unknown, with the reason and the place where that begins; what an unknown call may have changed is
// unknown from then on. Nothing is ever guessed: an environment variable is unknown also where it has a default.
//
// A condition on the environment (sys.version_info, sys.platform, os.name, platform, whether a module of Python is
// there) parts the way through the file: each way knows the environments in which it is gone (package worlds), and a
// requirement that only some of them give gets a PEP 508 marker. A condition that is not known is gone both ways too;
// where the ways differ, what they give is unknown. If there are too many ways, a block under a condition that is not
// known is not gone at all: what it could change is unknown. Ways that end in an exception or in sys.exit count for
// nothing: the file is taken to be one that works.
//
// Deviations: Python 3 is what is evaluated, also where sys.version_info is asked; statements of Python 2 are read as
// far as they have a meaning in it. Modules of the tree are found in its top and in src. The arithmetic is that of small
// numbers. Order of sets and of sorting by a key is that of writing. A list that setup is given is as it is then. A
// class in the file that may change install_requires and the like makes those unknown, as setup may be given it; of
// others it is taken that they change how things are built and not what is required.
//
// No pure Go parser of today's Python is to be had, so package syntax is our own, tolerant of statements it cannot read.
package setuppy

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/setuppy/syntax"
	"mach/helper/setuppy/worlds"
)

// ErrNoCall is that a file does not call setup, as far as can be seen.
var ErrNoCall = errors.New("no call of setup is found in it")

// Call is what setup is given.
type Call struct {
	Where diag.Position // of the call
	ways  []way
	about map[string]*unknown // keywords that a class in the file may change
}

// Read reads the source of a setup.py that lies at the top of tree. Files are called shown plus their path in the tree:
// "./" and "flask-1.0.tar.gz/" are such. The tree may be nil; one that is not whole must answer for what it lacks with an
// error other than fs.ErrNotExist. The error is ErrNoCall, or wraps it with the reason.
func Read(source []byte, tree fs.FS, shown string) (*Call, error) {
	r := newReader(tree, shown)
	r.parsed["setup.py"] = syntax.Parse(source)
	ways, why := r.follow(false, (*run).setupFile)
	if ways == nil {
		r.bytes = 0
		ways, why = r.follow(true, (*run).setupFile)
	}
	ways = slices.DeleteFunc(ways, func(w way) bool { return w.call.values == nil && w.bad == nil })
	c := &Call{ways: ways, about: spokenOf(r.parsed["setup.py"], shown+"setup.py")}
	if i := slices.IndexFunc(ways, func(w way) bool { return w.bad == nil }); i >= 0 {
		c.Where = ways[i].call.at
		return c, nil
	}
	for _, w := range ways {
		if why == nil || why == notCalled {
			why = w.bad
		}
	}
	if why == nil || why == notCalled {
		return nil, ErrNoCall
	}
	return nil, &noCall{why.Unknown}
}

func newReader(tree fs.FS, shown string) *reader {
	fill()
	return &reader{tree: tree, shown: shown, parsed: map[string][]syntax.Stmt{}, found: map[[2]string][]int{}}
}

// noCall is why there is no call of setup.
type noCall struct{ Unknown }

func (e *noCall) Error() string {
	place := ""
	if e.Where.File != "" {
		place = e.Where.String() + ": "
	}
	return place + e.Reason
}

func (e *noCall) Unwrap() error { return ErrNoCall }

// follow goes all ways; none if there are too many.
func (r *reader) follow(calm bool, do func(*run)) (ways []way, why *unknown) {
	todo := [][]bool{nil}
	for len(todo) > 0 {
		script := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		w, end := r.one(script, calm, do)
		if end != nil && why == nil {
			why = end
		}
		if _, tooMuch := w.bad.reasonOf(); tooMuch && !calm {
			return nil, why
		}
		ways = append(ways, w)
		for i := len(script); i < len(w.taken); i++ {
			other := make([]bool, i+1)
			for j := range other {
				other[j] = w.taken[j].yes
			}
			other[i] = !other[i]
			todo = append(todo, other)
		}
		if len(ways)+len(todo) > maxWays {
			u := &unknown{Unknown: Unknown{Reason: "there are too many ways through it"}}
			if !calm {
				return nil, u
			}
			return []way{{alive: worlds.Everywhere(), bad: u}}, u
		}
	}
	return ways, why
}

// tooMuch marks an unknown that a run was given up for.
const tooMuch = " too much"

func (u *unknown) reasonOf() (string, bool) {
	if u == nil {
		return "", false
	}
	return u.Reason, u.maker == tooMuch
}

// one goes one way. end is why it ended before its time.
func (r *reader) one(script []bool, calm bool, do func(*run)) (w way, end *unknown) {
	run := &run{reader: r, calm: calm, script: script, alive: worlds.Everywhere(), memo: map[*unknown]bool{}, modules: map[string]*module{}}
	defer func() {
		w.alive, w.taken = run.alive, run.taken
		w.call, w.bad = theCall(run.calls)
		switch e := recover().(type) {
		case nil, exited:
		case raised:
			end = &unknown{Unknown: Unknown{Reason: e.why, Where: e.at}}
			if len(run.calls) == 0 {
				w.bad = nil
			}
		case exhausted:
			w.bad = &unknown{Unknown: Unknown{Reason: e.why}, maker: tooMuch}
			end = w.bad
		case lost:
			w.bad = e.why
		default:
			panic(e)
		}
	}()
	do(run)
	return w, nil
}

// setupFile does what stands in the setup.py.
func (r *run) setupFile() {
	main := newModule(r.shown+"setup.py", "setup.py", "__main__")
	main.names["__doc__"] = docstring(r.parsed["setup.py"])
	r.block(main, r.parsed["setup.py"])
	if len(r.calls) == 0 && !r.byArguments() {
		r.calls = []called{{rest: notCalled}}
	}
}

// byArguments says whether the way was chosen by the arguments of the command line: where that leaves setup uncalled, it
// is not the way of a build.
func (r *run) byArguments() bool {
	return slices.ContainsFunc(r.taken, func(d decision) bool {
		return d.unknown != nil && strings.HasPrefix(d.unknown.maker, "sys.argv")
	})
}

var notCalled = &unknown{Unknown: Unknown{Reason: "setup is not called on every way through the file"}}

// theCall is the one that counts. Several that differ are unknown.
func theCall(calls []called) (called, *unknown) {
	if len(calls) == 0 {
		return called{}, nil
	}
	for _, c := range calls {
		if c.values == nil {
			return called{}, c.rest
		}
	}
	for _, c := range calls[1:] {
		for _, keyword := range []string{"name", "install_requires", "extras_require", "python_requires"} {
			if !alike(c.values[keyword], calls[0].values[keyword]) {
				return called{}, &unknown{Unknown: Unknown{Reason: "setup is called more than once", Where: c.at}}
			}
		}
	}
	return calls[0], nil
}

// spoken are the keywords that a class may change.
var spoken = []string{"install_requires", "extras_require", "python_requires", "setup_requires", "tests_require"}

// spokenOf are the keywords that a class in the file changes, or names in a text.
func spokenOf(list []syntax.Stmt, file string) map[string]*unknown {
	all := map[string]*unknown{}
	syntax.Walk(list, func(n any) bool {
		c, ok := n.(syntax.Class)
		if !ok {
			return true
		}
		syntax.Walk(c.Body, func(n any) bool {
			for _, word := range changed(n) {
				if slices.Contains(spoken, word) {
					all[word] = &unknown{Unknown: Unknown{Reason: "the class " + c.Name + " may change it", Where: diag.Position{File: file, Line: c.Line, Col: c.Col}}}
				}
			}
			return true
		})
		return true
	})
	return all
}

// changed are the attributes that a statement or an expression may change.
func changed(n any) []string {
	attr := func(x syntax.Expr) string {
		if i, ok := x.(syntax.Index); ok {
			x = i.X
		}
		a, _ := x.(syntax.Attr)
		return a.Name
	}
	switch n := n.(type) {
	case syntax.Text:
		return []string{n.Value}
	case syntax.Assign:
		all := []string{attr(n.Value)} // under another name
		for _, target := range n.Targets {
			all = append(all, attr(target))
		}
		return all
	case syntax.Change:
		return []string{attr(n.Target)}
	case syntax.Call:
		all := []string{}
		if a, ok := n.Fn.(syntax.Attr); ok && a.Name != "get" {
			all = append(all, attr(a.X))
		}
		return all
	}
	return nil
}

// Get is what a keyword is given. Requirements are a List; extras_require is a Table.
func (c *Call) Get(keyword string) Value {
	if u := c.about[keyword]; u != nil {
		return lostValue(u)
	}
	v := merged(c.ways, keyword, keyword == "extras_require")
	if v.Kind != Absent {
		return v
	}
	for _, other := range []struct{ keyword, of, reason string }{
		{"use_scm_version", "version", "setuptools-scm takes it from the repository"},
		{"setuptools_git_versioning", "version", "setuptools-git-versioning takes it from the repository"},
		{"vcversioner", "version", "vcversioner takes it from the repository"},
		{"pbr", "name version install_requires extras_require python_requires", "pbr takes it from requirements.txt and setup.cfg"},
		{"d2to1", "name version install_requires extras_require python_requires", "d2to1 takes it from setup.cfg"},
	} {
		if slices.Contains(strings.Fields(other.of), keyword) && c.given(other.keyword) {
			return Value{Kind: Lost, Unknown: Unknown{other.reason, c.Where}}
		}
	}
	return v
}

// given says whether a keyword may be something else than None and False.
func (c *Call) given(keyword string) bool {
	v := merged(c.ways, keyword, false)
	return v.Kind != Absent && !(v.Kind == Other && v.Text == "False")
}
