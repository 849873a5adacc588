package syntax

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// maxSource bounds what is read.
const maxSource = 1 << 20

// Parse reads a source. What cannot be read is Bad.
func Parse(source []byte) []Stmt {
	src := decode(source)
	if len(source) > maxSource {
		return []Stmt{Bad{Pos{1, 1}, nil, "the file is larger than 1 MiB"}}
	}
	p := &parser{toks: tokens(src)}
	var all []Stmt
	for p.peek().kind != end {
		all = append(all, p.statement()...)
	}
	return all
}

// Expression reads a source that is a single expression.
func Expression(source string) (Expr, bool) {
	if len(source) > maxSource {
		return nil, false
	}
	p := &parser{toks: tokens("(" + source + ")")}
	return p.whole()
}

// decode is the text of a source: UTF-8, or else taken for latin-1.
func decode(source []byte) string {
	s := strings.TrimPrefix(string(source), "\ufeff")
	if utf8.ValidString(s) {
		return s
	}
	runes := make([]rune, len(s))
	for i := range len(s) {
		runes[i] = rune(s[i])
	}
	return string(runes)
}

// statement reads one line of statements, or one with a block. If it cannot be read, it is Bad with its whole block.
func (p *parser) statement() (all []Stmt) {
	from, deep := p.at, p.deep
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		if _, mine := r.(unread); !mine {
			panic(r)
		}
		p.at, p.deep = from, deep
		all = []Stmt{p.bad()}
	}()
	defer p.nest()()
	if t := p.peek(); t.kind == indent || t.kind == dedent {
		panic(unread{})
	}
	if one := p.compound(); one != nil {
		return []Stmt{one}
	}
	return p.line()
}

// bad passes a statement and the block below it.
func (p *parser) bad() Stmt {
	b := Bad{Pos: p.peek().pos, Why: "it cannot be read"}
	note := func(t token) {
		switch {
		case t.kind == name && !slices.Contains(keywords, t.text):
			b.Names = append(b.Names, t.text)
		case t.kind == text || t.kind == wrong:
			b.Names = append(b.Names, words(t.text)...)
		}
	}
	depth := 0
	for p.peek().kind != end {
		t := p.take()
		note(t)
		switch {
		case t.kind == indent:
			depth++
		case t.kind == dedent:
			depth--
		}
		lineDone := t.kind == newline && depth == 0 && p.peek().kind != indent
		if lineDone || t.kind == dedent && depth <= 0 {
			break
		}
	}
	return b
}

// words are the names that may stand in something unread.
func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r != '_' && (r < '0' || r > '9') && (r|0x20 < 'a' || r|0x20 > 'z') })
}

// line reads simple statements up to the end of their line.
func (p *parser) line() []Stmt {
	all := []Stmt{p.simple()}
	for p.accept(";") {
		if p.peek().kind == newline {
			break
		}
		all = append(all, p.simple())
	}
	if p.take().kind != newline {
		panic(unread{})
	}
	return all
}

// block reads what stands behind a colon.
func (p *parser) block() []Stmt {
	p.expect(":")
	if p.peek().kind != newline {
		return p.line()
	}
	p.take()
	if p.take().kind != indent {
		panic(unread{})
	}
	all := []Stmt{}
	for p.peek().kind != dedent && p.peek().kind != end {
		all = append(all, p.statement()...)
	}
	if p.peek().kind == dedent {
		p.take()
	}
	return all
}

func (p *parser) compound() Stmt {
	t := p.peek()
	pos := t.pos
	switch {
	case p.is("@"):
		return p.decorated(pos)
	case t.kind != name:
		return nil
	case p.accept("if"):
		return p.branches(pos)
	case p.accept("while"):
		return While{pos, p.expression(), p.block(), p.otherwise()}
	case p.accept("for"):
		target := p.targets()
		p.expect("in")
		return For{pos, target, p.expressions(), p.block(), p.otherwise()}
	case p.accept("try"):
		return p.try(pos)
	case p.accept("with"):
		return p.with(pos)
	case p.accept("def"):
		return p.function(pos, nil)
	case p.accept("class"):
		return p.class(pos, nil)
	case p.accept("async"):
		if s := p.compound(); s != nil {
			return s
		}
		panic(unread{})
	}
	return nil
}

func (p *parser) branches(pos Pos) Stmt {
	defer p.nest()()
	s := If{Pos: pos, If: p.expression(), Then: p.block()}
	if pos := p.peek().pos; p.accept("elif") {
		s.Else = []Stmt{p.branches(pos)}
	} else {
		s.Else = p.otherwise()
	}
	return s
}

func (p *parser) otherwise() []Stmt {
	if p.accept("else") {
		return p.block()
	}
	return nil
}

func (p *parser) try(pos Pos) Stmt {
	s := Try{Pos: pos, Body: p.block()}
	for p.is("except") {
		h := Handler{Pos: p.take().pos}
		p.accept("*")
		if !p.is(":") {
			h.Type = p.expression()
			if p.accept("as") || p.accept(",") { // the comma is Python 2
				h.Name = p.take().text
			}
		}
		h.Body = p.block()
		s.Handlers = append(s.Handlers, h)
	}
	s.Else = p.otherwise()
	if p.accept("finally") {
		s.Finally = p.block()
	}
	return s
}

func (p *parser) with(pos Pos) Stmt {
	s := With{Pos: pos}
	bracket := p.is("(") && p.withBracket()
	for {
		s.Items = append(s.Items, p.expression())
		var target Expr
		if p.accept("as") {
			target = p.target()
		}
		s.Targets = append(s.Targets, target)
		if !p.accept(",") || bracket && p.is(")") {
			break
		}
	}
	if bracket {
		p.expect(")")
	}
	s.Body = p.block()
	return s
}

// withBracket passes the bracket of "with (a as b, c as d):", if that is what it is.
func (p *parser) withBracket() bool {
	depth := 0
	for i := p.at; p.toks[i].kind != newline && p.toks[i].kind != end; i++ {
		switch t := p.toks[i]; {
		case t.kind == operator && (t.text == "(" || t.text == "[" || t.text == "{"):
			depth++
		case t.kind == operator && (t.text == ")" || t.text == "]" || t.text == "}"):
			if depth--; depth == 0 {
				return false
			}
		case t.kind == name && t.text == "as" && depth == 1:
			p.at++
			return true
		}
	}
	return false
}

func (p *parser) decorated(pos Pos) Stmt {
	var decorators []Expr
	for p.accept("@") {
		decorators = append(decorators, p.expression())
		if p.take().kind != newline {
			panic(unread{})
		}
	}
	p.accept("async")
	if p.accept("class") {
		return p.class(pos, decorators)
	}
	p.expect("def")
	return p.function(pos, decorators)
}

func (p *parser) function(pos Pos, decorators []Expr) Stmt {
	outer := p.yields
	p.yields = false
	defer func() { p.yields = outer }()
	d := Def{Pos: pos, Name: p.take().text, Decorators: decorators}
	p.expect("(")
	d.Params = p.params(")")
	p.expect(")")
	if p.accept("->") {
		p.expression()
	}
	d.Body = p.block()
	d.Yields = p.yields
	return d
}

func (p *parser) class(pos Pos, decorators []Expr) Stmt {
	c := Class{Pos: pos, Name: p.take().text, Decorators: decorators}
	if p.accept("(") {
		c.Bases = p.args()
	}
	c.Body = p.block()
	return c
}
