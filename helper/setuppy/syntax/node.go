// Package syntax reads Python, of version 2 and of today, as far as setup files need it: into a tree of statements and
// expressions that can be evaluated.
//
// It is tolerant. A statement that cannot be read is a Bad, with the names in it; the next one is read as if nothing had
// happened. It is bounded: sources above 1 MiB, and expressions or blocks nested more than 100 deep, are Bad.
//
// Deviations from Python: print and exec statements of Python 2 are read; a match statement is Bad; what nobody asks for
// here is left out (annotations, decorators' arguments are kept but types are not); f-strings are cut as Python before
// 3.12 cuts them, so that a quote within braces must be another one.
package syntax

// Pos is a place in a source, counted from 1, columns in bytes.
type Pos struct{ Line, Col int }

// At is the place itself: what embeds it has one.
func (p Pos) At() Pos { return p }

// Expr is an expression.
type Expr interface{ At() Pos }

// The expressions.
type (
	// Name is a variable.
	Name struct {
		Pos
		ID string
	}
	// Text is a string, or bytes. It may have parts: then it is an f-string.
	Text struct {
		Pos
		Value string
		Bytes bool
		Parts []Expr // of an f-string: Text and Field
	}
	// Field is {X!Conversion:Spec} of an f-string.
	Field struct {
		Pos
		X          Expr
		Conversion string
		Spec       string
	}
	// Number is a number as written.
	Number struct {
		Pos
		Text string
	}
	// Display is a list, tuple or set that is written out; Bracket is "[", "(" or "{".
	Display struct {
		Pos
		Bracket string
		Items   []Expr
	}
	// Dict is a dict that is written out. A nil key is **value.
	Dict struct {
		Pos
		Keys, Values []Expr
	}
	// Unary is Op X: "-", "+", "~" or "not".
	Unary struct {
		Pos
		Op string
		X  Expr
	}
	// Binary is L Op R, "and" and "or" among them.
	Binary struct {
		Pos
		Op   string
		L, R Expr
	}
	// Compare is a chain of comparisons; "not in" and "is not" have one space.
	Compare struct {
		Pos
		L   Expr
		Ops []string
		Rs  []Expr
	}
	// Choice is Then if If else Else.
	Choice struct {
		Pos
		If, Then, Else Expr
	}
	// Lambda is a function without a name.
	Lambda struct {
		Pos
		Params []Param
		Body   Expr
	}
	// Call is Fn(Args).
	Call struct {
		Pos
		Fn   Expr
		Args []Arg
	}
	// Attr is X.Name.
	Attr struct {
		Pos
		X    Expr
		Name string
	}
	// Index is X[I].
	Index struct {
		Pos
		X, I Expr
	}
	// Slice is Lo:Hi:Step within an Index; each may be nil.
	Slice struct {
		Pos
		Lo, Hi, Step Expr
	}
	// Comprehension has Bracket "[", "(" or "{"; Key is nil but in that of a dict.
	Comprehension struct {
		Pos
		Bracket string
		Key, X  Expr
		Clauses []Clause
	}
	// Star is *X.
	Star struct {
		Pos
		X Expr
	}
	// Walrus is Name := X.
	Walrus struct {
		Pos
		Name string
		X    Expr
	}
	// Yield is yield X, await X or yield from X. X may be nil.
	Yield struct {
		Pos
		X    Expr
		From bool
	}
	// Opaque is an expression whose value no reader here knows.
	Opaque struct {
		Pos
		Why string
	}
)

// Param is a parameter of a function; Stars is 0, 1 or 2. A bare * is not among them.
type Param struct {
	Name    string
	Stars   int
	Default Expr
}

// Arg is an argument of a call: value, name=value, *value or **value.
type Arg struct {
	Name  string
	Stars int
	Value Expr
}

// Clause is "for Target in Iter if Ifs".
type Clause struct {
	Target, Iter Expr
	Ifs          []Expr
}

// Stmt is a statement.
type Stmt interface{ At() Pos }

// The statements.
type (
	// Do is an expression as a statement.
	Do struct {
		Pos
		X Expr
	}
	// Assign is Targets[0] = Targets[1] = … = Value.
	Assign struct {
		Pos
		Targets []Expr
		Value   Expr
	}
	// Change is Target Op= Value.
	Change struct {
		Pos
		Target Expr
		Op     string
		Value  Expr
	}
	// If has an Else, which may be empty.
	If struct {
		Pos
		If         Expr
		Then, Else []Stmt
	}
	// For is a loop over Iter.
	For struct {
		Pos
		Target, Iter Expr
		Body, Else   []Stmt
	}
	// While is a loop.
	While struct {
		Pos
		If         Expr
		Body, Else []Stmt
	}
	// Try has handlers.
	Try struct {
		Pos
		Body, Else, Finally []Stmt
		Handlers            []Handler
	}
	// With is "with X as Target", of possibly several; a target may be nil.
	With struct {
		Pos
		Items, Targets []Expr
		Body           []Stmt
	}
	// Def is a function.
	Def struct {
		Pos
		Name       string
		Params     []Param
		Body       []Stmt
		Decorators []Expr
		Yields     bool
	}
	// Class is a class.
	Class struct {
		Pos
		Name       string
		Bases      []Arg
		Body       []Stmt
		Decorators []Expr
	}
	// Return is return X; X may be nil.
	Return struct {
		Pos
		X Expr
	}
	// Raise is raise X; X may be nil.
	Raise struct {
		Pos
		X Expr
	}
	// Import is "import Path as As", for each.
	Import struct {
		Pos
		Names []Alias
	}
	// From is "from Module import Names", with Dots before the module; one name may be "*".
	From struct {
		Pos
		Dots   int
		Module string
		Names  []Alias
	}
	// Global is a declaration global or nonlocal.
	Global struct {
		Pos
		Names    []string
		Nonlocal bool
	}
	// Delete is del.
	Delete struct {
		Pos
		Targets []Expr
	}
	// Assert is assert.
	Assert struct {
		Pos
		X Expr
	}
	// Word is pass, break or continue.
	Word struct {
		Pos
		Word string
	}
	// Bad is a statement that cannot be read, with all that is named in it.
	Bad struct {
		Pos
		Names []string
		Why   string
	}
)

// Handler is except Type as Name; Type is nil in a bare except.
type Handler struct {
	Pos
	Type Expr
	Name string
	Body []Stmt
}

// Alias is Name as As; As is never empty, and the first part of Name where the source has no "as" (in import a.b).
type Alias struct {
	Name, As string
	Renamed  bool
}
