package setuppy

import (
	"fmt"
	"io/fs"

	"mach/helper/diag"
	"mach/helper/setuppy/syntax"
	"mach/helper/setuppy/worlds"
)

// Bounds of what is read and done for one file.
const (
	maxSteps   = 2_000_000 // statements and expressions, all ways through the file taken together
	maxWays    = 160       // ways through the file
	maxBytes   = 64 << 20  // that texts and lists take, all ways together
	maxText    = 4 << 20   // of one text
	maxItems   = 100_000   // of one list
	maxFile    = 1 << 20
	maxCalls   = 40     // of the file's own functions within each other
	maxModule  = 60_000 // steps in a module that is imported
	pointSteps = 16     // points of a symbol that count as a step
)

// reader is what all ways through a file share.
type reader struct {
	tree    fs.FS
	shown   string
	steps   int
	bytes   int
	found   map[[2]string][]int // what regular expressions found, by pattern and text
	scanned int                 // bytes that they looked at
	parsed  map[string][]syntax.Stmt
}

// run is one way through the file: at each condition that is not known it goes as script says, and where that ends it
// goes the first way.
type run struct {
	*reader
	calm     bool // what is not known is not decided: its consequences are lost instead
	script   []bool
	taken    []decision
	alive    worlds.Box
	memo     map[*unknown]bool
	modules  map[string]*module
	calls    []called
	depth    int
	tries    int      // try statements around
	reaching bool     // a try statement around calls setup
	doubtful *unknown // what may have raised an exception since the statement began
	shaky    *unknown // what may have made an import of the module fail
	limit    int      // steps at which a module is given up
	astray   bool     // the current directory is not known
}

// decision is the way that was gone at a condition.
type decision struct {
	yes     bool
	unknown *unknown // nil if it depends on the environment alone
}

// The panics that end a way, or a part of it.
type (
	raised struct {
		name string // of the exception; "" is any
		why  string
		at   diag.Position
	}
	exited    struct{}
	exhausted struct{ why string }
	// lost is that a block of the given kind cannot be followed further.
	lost struct {
		kind lostKind
		why  *unknown
	}
	lostKind int
)

const (
	lostLoop lostKind = iota
	lostFunction
	lostTry
)

func (r *run) step() {
	r.steps++
	if r.steps > maxSteps || r.limit > 0 && r.steps > r.limit {
		panic(exhausted{"it does too much to be followed"})
	}
}

// work counts as many steps as an operation on n bytes or items is worth.
func (r *run) work(n int) {
	r.steps += n / 256
	r.step()
}

// grow counts memory.
func (r *run) grow(n int) {
	if r.bytes += n; r.bytes > maxBytes {
		panic(exhausted{"it makes too much to be followed"})
	}
}

// text is a new text, which must not be too long.
func (r *run) text(s string, at diag.Position) *str {
	if len(s) > maxText {
		panic(exhausted{"it makes a text that is too long to be followed"})
	}
	r.grow(len(s))
	return &str{s: s, at: at}
}

// count counts a list of n items, which must not be too long.
func (r *run) count(n int) {
	if n > maxItems {
		panic(exhausted{"it makes a list that is too long to be followed"})
	}
	r.grow(16 * n)
}

func (r *run) list(kind byte, items []object) *list {
	r.count(len(items))
	return &list{kind: kind, items: items}
}

// raise leaves the way, up to a try statement that catches it.
func (r *run) raise(name string, s *scope, pos syntax.Pos, format string, args ...any) {
	panic(raised{name, fmt.Sprintf(format, args...), r.where(s, pos)})
}

func (r *run) where(s *scope, pos syntax.Pos) diag.Position {
	return diag.Position{File: s.file, Line: pos.Line, Col: pos.Col}
}

// unknown is a new value of which nothing is known.
func (r *run) unknown(s *scope, pos syntax.Pos, format string, args ...any) *unknown {
	return &unknown{Unknown: Unknown{Reason: fmt.Sprintf(format, args...), Where: r.where(s, pos)}}
}

// of is a value that was made of u.
func (u *unknown) of() *unknown {
	c := *u
	return &c
}

// doubt notes that an exception may have been raised because of u.
func (r *run) doubt(u *unknown) *unknown {
	r.doubtful = u
	return u
}

// settle decides whether the statement raised an exception, which matters only within a try statement.
func (r *run) settle() {
	u := r.doubtful
	if r.doubtful = nil; u == nil || r.tries == 0 || len(r.calls) > 0 {
		return
	}
	if r.calm && !r.reaching {
		panic(lost{lostTry, u})
	}
	if !r.choose(true, u.of()) {
		panic(raised{name: "", why: "an exception", at: u.Where})
	}
}

// choose decides a condition that may go both ways.
func (r *run) choose(first bool, why *unknown) bool {
	yes := first
	if n := len(r.taken); n < len(r.script) {
		yes = r.script[n]
	}
	r.taken = append(r.taken, decision{yes, why})
	return yes
}

// The outcomes of a condition.
type outcome int

const (
	no outcome = iota
	yes
	undecided
)

// decide goes one of the ways at a condition. It is undecided only where the run is calm.
func (r *run) decide(o object) outcome {
	if s, ok := o.(*symbol); ok {
		return r.split(s)
	}
	if isTrue, known := truth(o); known {
		return outcomeOf(isTrue)
	}
	u := blame(o)
	if r.calm {
		return undecided
	}
	if had, ok := r.memo[u]; ok {
		return outcomeOf(had)
	}
	was := r.choose(true, u)
	r.memo[u] = was
	return outcomeOf(was)
}

func outcomeOf(b bool) outcome {
	if b {
		return yes
	}
	return no
}

// split decides by the environment, and narrows the environments of this way.
func (r *run) split(s *symbol) outcome {
	alive := r.alive[s.dim]
	var doubt object
	isTrue := worlds.Where(s.dim, func(p int) bool {
		if !alive.Has(p) || doubt != nil {
			return false
		}
		o := r.at(s, p)
		is, known := truth(o)
		if !known {
			doubt = blame(o)
		}
		return is
	})
	isFalse := alive.Without(isTrue)
	switch {
	case doubt != nil:
		return r.decide(doubt)
	case isFalse.Empty():
		return yes
	case isTrue.Empty():
		return no
	}
	if r.choose(true, nil) {
		r.alive[s.dim] = isTrue
		return yes
	}
	r.alive[s.dim] = isFalse
	return no
}

// at is the value of a symbol at a point. What would raise an exception there is unknown.
func (r *run) at(s *symbol, point int) (o object) {
	if point%pointSteps == 0 {
		r.step()
	}
	defer func() {
		switch e := recover().(type) {
		case nil:
		case raised:
			o = &unknown{Unknown: Unknown{Reason: e.why, Where: e.at}}
		default:
			panic(e)
		}
	}()
	return s.of(point)
}

// truth is bool(o), if that is known and the same in all environments.
func truth(o object) (isTrue, known bool) {
	switch o := o.(type) {
	case none:
		return false, true
	case *str:
		return o.s != "", true
	case bool, int64, float64:
		n, _ := number(o)
		return n != 0, true
	case *list:
		return len(o.items) > 0 || o.kind == 'g', o.lost == nil
	case *dict:
		return len(o.keys) > 0, o.lost == nil
	case *function, *builtin, *class, *module, *pathObject, *file, *match, *pattern, *version:
		return true, true
	}
	return false, false
}

// blame is the unknown that makes o unknown.
func blame(o object) *unknown {
	if u := find(o); u != nil {
		return u
	}
	return &unknown{Unknown: Unknown{Reason: fmt.Sprintf("it comes out of something that is not read here (%s)", typeName(o))}}
}

// maxLook bounds how many values are looked at for an unknown one.
const maxLook = 20_000

// find is an unknown in o; nil if there is none, or if it would take too long.
func find(o object) *unknown {
	left := maxLook
	return findIn(o, 0, &left)
}

func findIn(o object, depth int, left *int) *unknown {
	if *left--; *left < 0 || depth > maxCalls {
		return nil
	}
	switch o := o.(type) {
	case *unknown:
		return o
	case *list:
		if o.lost != nil {
			return o.lost
		}
		for _, item := range o.items {
			if u := findIn(item, depth+1, left); u != nil {
				return u
			}
		}
	case *dict:
		if o.lost != nil {
			return o.lost
		}
		for _, key := range o.keys {
			v, _ := o.get(key)
			if u := findIn(v, depth+1, left); u != nil {
				return u
			}
		}
	}
	return nil
}
