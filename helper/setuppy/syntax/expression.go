package syntax

import "slices"

// maxDepth bounds how deep expressions and blocks are nested.
const maxDepth = 100

type parser struct {
	toks   []token
	at     int
	deep   int
	yields bool // the function that is read has a yield
}

// unread is the panic of a statement that cannot be read.
type unread struct{}

func (p *parser) peek() token { return p.toks[p.at] }

func (p *parser) take() token {
	t := p.toks[p.at]
	if t.kind != end {
		p.at++
	}
	return t
}

func (p *parser) is(s string) bool {
	t := p.peek()
	return t.text == s && (t.kind == operator || t.kind == name)
}

func (p *parser) accept(s string) bool {
	if p.is(s) {
		p.at++
		return true
	}
	return false
}

func (p *parser) expect(s string) {
	if !p.accept(s) {
		panic(unread{})
	}
}

// maxChain bounds how many operators, calls and attributes follow each other, as each is within the one before.
const maxChain = 500

// chain counts them.
func chain(n *int) {
	if *n++; *n > maxChain {
		panic(unread{})
	}
}

// nest counts the depth; its result counts back.
func (p *parser) nest() func() {
	if p.deep++; p.deep > maxDepth {
		panic(unread{})
	}
	return func() { p.deep-- }
}

// whole parses all tokens as one expression; false if they are none.
func (p *parser) whole() (x Expr, ok bool) {
	defer func() {
		if r := recover(); r != nil {
			if _, mine := r.(unread); !mine {
				panic(r)
			}
			x, ok = nil, false
		}
	}()
	x = p.expressions()
	return x, p.peek().kind == newline && p.toks[p.at+1].kind == end
}

// keywords are no names of variables.
var keywords = []string{
	"and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for", "from",
	"global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
}

// expressions reads one, or a tuple without brackets.
func (p *parser) expressions() Expr {
	pos := p.peek().pos
	first := p.starred()
	if !p.is(",") {
		return first
	}
	all := []Expr{first}
	for p.accept(",") {
		if !p.begins() {
			break
		}
		all = append(all, p.starred())
	}
	return Display{pos, "(", all}
}

// begins says whether an expression can begin here.
func (p *parser) begins() bool {
	t := p.peek()
	switch t.kind {
	case name:
		return !slices.Contains(keywords, t.text) || slices.Contains([]string{"not", "lambda", "await", "yield"}, t.text)
	case number, text:
		return true
	case operator:
		return slices.Contains([]string{"(", "[", "{", "-", "+", "~", "*", "**", "..."}, t.text)
	}
	return false
}

func (p *parser) starred() Expr {
	if pos := p.peek().pos; p.accept("*") {
		return Star{pos, p.binary(0)}
	}
	return p.expression()
}

// expression reads one, with a walrus, a condition or a lambda.
func (p *parser) expression() Expr {
	defer p.nest()()
	pos := p.peek().pos
	switch {
	case p.accept("lambda"):
		params := p.params(":")
		p.expect(":")
		return Lambda{pos, params, p.expression()}
	case p.accept("yield"):
		p.yields = true
		from := p.accept("from")
		if !from && !p.begins() {
			return Yield{Pos: pos}
		}
		return Yield{pos, p.expressions(), from}
	}
	x := p.or()
	if n, ok := x.(Name); ok && p.accept(":=") {
		return Walrus{pos, n.ID, p.expression()}
	}
	if !p.accept("if") {
		return x
	}
	condition := p.or()
	p.expect("else")
	return Choice{pos, condition, x, p.expression()}
}

func (p *parser) or() Expr {
	x, n := p.and(), 0
	for p.is("or") {
		chain(&n)
		pos := p.take().pos
		x = Binary{pos, "or", x, p.and()}
	}
	return x
}

func (p *parser) and() Expr {
	x, n := p.not(), 0
	for p.is("and") {
		chain(&n)
		pos := p.take().pos
		x = Binary{pos, "and", x, p.not()}
	}
	return x
}

func (p *parser) not() Expr {
	defer p.nest()()
	if pos := p.peek().pos; p.accept("not") {
		return Unary{pos, "not", p.not()}
	}
	return p.comparison()
}

func (p *parser) comparison() Expr {
	x := p.binary(0)
	all := Compare{Pos: x.At(), L: x}
	for {
		op := p.peek().text
		switch {
		case p.peek().kind == operator && slices.Contains([]string{"==", "!=", "<>", "<", ">", "<=", ">="}, op):
			p.take()
			if op == "<>" {
				op = "!="
			}
		case p.accept("in"):
		case p.is("not") && p.toks[p.at+1].text == "in":
			p.at += 2
			op = "not in"
		case p.accept("is"):
			if p.accept("not") {
				op = "is not"
			}
		case all.Ops == nil:
			return x
		default:
			return all
		}
		all.Ops = append(all.Ops, op)
		all.Rs = append(all.Rs, p.binary(0))
	}
}

// levels are the operators of two operands by how close they bind, the loosest first.
var levels = [][]string{{"|"}, {"^"}, {"&"}, {"<<", ">>"}, {"+", "-"}, {"*", "/", "//", "%", "@"}}

func (p *parser) binary(level int) Expr {
	if level == len(levels) {
		return p.unary()
	}
	x, n := p.binary(level+1), 0
	for p.peek().kind == operator && slices.Contains(levels[level], p.peek().text) {
		chain(&n)
		t := p.take()
		x = Binary{t.pos, t.text, x, p.binary(level + 1)}
	}
	return x
}

func (p *parser) unary() Expr {
	defer p.nest()()
	if t := p.peek(); t.kind == operator && (t.text == "-" || t.text == "+" || t.text == "~") {
		p.take()
		return Unary{t.pos, t.text, p.unary()}
	}
	if pos := p.peek().pos; p.accept("await") {
		return Yield{Pos: pos, X: p.unary()}
	}
	x := p.trailed(p.atom())
	if pos := p.peek().pos; p.accept("**") {
		return Binary{pos, "**", x, p.unary()}
	}
	return x
}

// trailed reads the calls, indices and attributes behind x.
func (p *parser) trailed(x Expr) Expr {
	for n := 0; ; chain(&n) {
		t := p.peek()
		switch {
		case p.accept("("):
			x = Call{x.At(), x, p.args()}
		case p.accept("["):
			x = Index{t.pos, x, p.index()}
			p.expect("]")
		case p.accept("."):
			if p.peek().kind != name {
				panic(unread{})
			}
			x = Attr{x.At(), x, p.take().text}
		default:
			return x
		}
	}
}

// args reads the arguments of a call, with the closing bracket.
func (p *parser) args() []Arg {
	all := []Arg{}
	for !p.accept(")") {
		var a Arg
		switch {
		case p.accept("**"):
			a = Arg{Stars: 2, Value: p.expression()}
		case p.accept("*"):
			a = Arg{Stars: 1, Value: p.expression()}
		case p.peek().kind == name && p.toks[p.at+1].text == "=" && p.toks[p.at+1].kind == operator:
			a.Name = p.take().text
			p.take()
			a.Value = p.expression()
		default:
			pos := p.peek().pos
			a.Value = p.expression()
			if clauses := p.clauses(); clauses != nil {
				a.Value = Comprehension{pos, "(", nil, a.Value, clauses}
			}
		}
		if all = append(all, a); !p.is(")") {
			p.expect(",")
		}
	}
	return all
}

func (p *parser) index() Expr {
	pos := p.peek().pos
	first := p.slice()
	if !p.is(",") {
		return first
	}
	all := []Expr{first}
	for p.accept(",") && !p.is("]") {
		all = append(all, p.slice())
	}
	return Display{pos, "(", all}
}

func (p *parser) slice() Expr {
	s := Slice{Pos: p.peek().pos}
	if !p.is(":") {
		if s.Lo = p.starred(); !p.is(":") {
			return s.Lo
		}
	}
	p.expect(":")
	if !p.is(":") && !p.is("]") && !p.is(",") {
		s.Hi = p.expression()
	}
	if p.accept(":") && !p.is("]") && !p.is(",") {
		s.Step = p.expression()
	}
	return s
}
