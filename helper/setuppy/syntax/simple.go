package syntax

import (
	"slices"
	"strings"
)

// simple reads a statement without a block.
func (p *parser) simple() Stmt {
	t := p.peek()
	if t.kind != name {
		return p.assignment()
	}
	switch {
	case p.accept("pass"), p.accept("break"), p.accept("continue"):
		return Word{t.pos, t.text}
	case p.accept("return"):
		return Return{t.pos, p.optional()}
	case p.accept("raise"):
		return p.raise(t.pos)
	case p.accept("import"):
		return Import{t.pos, p.aliases(true)}
	case p.accept("from"):
		return p.from(t.pos)
	case p.accept("global"), p.accept("nonlocal"):
		return p.global(t)
	case p.accept("del"):
		return Delete{t.pos, items(p.expressions())}
	case p.accept("assert"):
		s := Assert{t.pos, p.expression()}
		if p.accept(",") {
			p.expression()
		}
		return s
	case p.is("print") || p.is("exec"):
		if s := p.old(); s != nil {
			return s
		}
	case p.is("type") && p.toks[p.at+1].kind == name:
		panic(unread{})
	}
	return p.assignment()
}

// old reads print and exec as Python 2 has them, which no bracket follows; nil if that is not what it is.
func (p *parser) old() Stmt {
	t, next := p.peek(), p.toks[p.at+1]
	isOld := next.kind == name && !slices.Contains(keywords, next.text) || next.kind == text || next.kind == number ||
		next.kind == newline || next.text == ">>"
	if next.text == "not" || next.text == "lambda" {
		isOld = true
	}
	if !isOld {
		return nil
	}
	p.take()
	if t.text == "print" {
		p.accept(">>")
		return Do{t.pos, Call{t.pos, Name{t.pos, "print"}, []Arg{{Value: p.printed(t.pos)}}}}
	}
	args := []Arg{{Value: p.binary(0)}}
	if p.accept("in") {
		args = append(args, Arg{Value: p.expression()})
		if p.accept(",") {
			args = append(args, Arg{Value: p.expression()})
		}
	}
	return Do{t.pos, Call{t.pos, Name{t.pos, "exec"}, args}}
}

func (p *parser) printed(pos Pos) Expr {
	if p.begins() {
		return p.expressions()
	}
	return Text{Pos: pos}
}

func (p *parser) optional() Expr {
	if p.begins() {
		return p.expressions()
	}
	return nil
}

func (p *parser) raise(pos Pos) Stmt {
	s := Raise{Pos: pos, X: p.optional()}
	if p.accept("from") {
		p.expression()
	}
	return s
}

// aliases reads the names of an import; dotted ones stand behind "import" only.
func (p *parser) aliases(dotted bool) (all []Alias) {
	for {
		a := Alias{Name: p.dotted()}
		a.As, _, _ = strings.Cut(a.Name, ".")
		if !dotted && a.As != a.Name {
			panic(unread{})
		}
		if p.accept("as") {
			a.As, a.Renamed = p.dotted(), true
		}
		all = append(all, a)
		if !p.accept(",") || p.is(")") {
			return all
		}
	}
}

func (p *parser) dotted() string {
	if p.peek().kind != name {
		panic(unread{})
	}
	s := p.take().text
	for p.is(".") && p.toks[p.at+1].kind == name {
		p.take()
		s += "." + p.take().text
	}
	return s
}

func (p *parser) from(pos Pos) Stmt {
	s := From{Pos: pos}
	for p.is(".") || p.is("...") {
		s.Dots += len(p.take().text)
	}
	if !p.is("import") {
		s.Module = p.dotted()
	}
	p.expect("import")
	switch {
	case p.accept("*"):
		s.Names = []Alias{{Name: "*", As: "*"}}
	case p.accept("("):
		s.Names = p.aliases(false)
		p.expect(")")
	default:
		s.Names = p.aliases(false)
	}
	return s
}

func (p *parser) global(t token) Stmt {
	g := Global{Pos: t.pos, Nonlocal: t.text == "nonlocal"}
	for {
		g.Names = append(g.Names, p.dotted())
		if !p.accept(",") {
			return g
		}
	}
}

// changes are the assignments with an operator.
var changes = []string{"+=", "-=", "*=", "/=", "//=", "%=", "**=", "&=", "|=", "^=", "<<=", ">>=", "@="}

func (p *parser) assignment() Stmt {
	pos := p.peek().pos
	x := p.expressions()
	switch t := p.peek(); {
	case t.kind == operator && slices.Contains(changes, t.text):
		p.take()
		return Change{pos, x, strings.TrimSuffix(t.text, "="), p.expressions()}
	case p.accept(":"):
		p.expression() // the type
		if !p.accept("=") {
			return Word{pos, "pass"}
		}
		return Assign{pos, []Expr{x}, p.expressions()}
	case !p.is("="):
		return Do{pos, x}
	}
	s := Assign{Pos: pos, Targets: []Expr{x}}
	for p.accept("=") {
		s.Targets = append(s.Targets, p.expressions())
	}
	last := len(s.Targets) - 1
	s.Value, s.Targets = s.Targets[last], s.Targets[:last]
	return s
}

func items(x Expr) []Expr {
	if d, ok := x.(Display); ok {
		return d.Items
	}
	return []Expr{x}
}
