package syntax

import "slices"

func (p *parser) atom() Expr {
	t := p.take()
	switch {
	case t.kind == number:
		return Number{t.pos, t.text}
	case t.kind == text:
		return p.texts(t)
	case t.kind == name && !slices.Contains(keywords, t.text):
		return Name{t.pos, t.text}
	case t.kind != operator:
	case t.text == "(":
		return p.round(t.pos)
	case t.text == "[":
		return p.display(t.pos, "[", "]")
	case t.text == "{":
		return p.curly(t.pos)
	case t.text == "...":
		return Opaque{t.pos, "it is an ellipsis"}
	}
	panic(unread{})
}

// texts joins the literals that follow each other.
func (p *parser) texts(first token) Expr {
	x := p.literal(first)
	for p.peek().kind == text {
		x = joined(x, p.literal(p.take()))
	}
	return x
}

func joined(a, b Expr) Expr {
	l, ok := a.(Text)
	r, too := b.(Text)
	switch {
	case !ok:
		return a
	case !too:
		return b
	case l.Parts == nil && r.Parts == nil:
		l.Value += r.Value
		return l
	}
	return Text{Pos: l.Pos, Parts: append(slices.Clip(l.pieces()), r.pieces()...)}
}

func (t Text) pieces() []Expr {
	if t.Parts == nil {
		return []Expr{t}
	}
	return t.Parts
}

// round reads what a "(" opened.
func (p *parser) round(pos Pos) Expr {
	if p.accept(")") {
		return Display{pos, "(", nil}
	}
	x := p.starred()
	if clauses := p.clauses(); clauses != nil {
		p.expect(")")
		return Comprehension{pos, "(", nil, x, clauses}
	}
	if _, star := x.(Star); !star && p.accept(")") {
		return x
	}
	all := []Expr{x}
	for !p.accept(")") {
		p.expect(",")
		if !p.is(")") {
			all = append(all, p.starred())
		}
	}
	return Display{pos, "(", all}
}

// display reads a list behind its first bracket.
func (p *parser) display(pos Pos, open, closing string) Expr {
	if p.accept(closing) {
		return Display{pos, open, nil}
	}
	return p.displayFrom(pos, open, closing, p.starred())
}

// displayFrom reads a list or a set behind its first item.
func (p *parser) displayFrom(pos Pos, open, closing string, first Expr) Expr {
	if clauses := p.clauses(); clauses != nil {
		p.expect(closing)
		return Comprehension{pos, open, nil, first, clauses}
	}
	all := []Expr{first}
	for !p.accept(closing) {
		p.expect(",")
		if !p.is(closing) {
			all = append(all, p.starred())
		}
	}
	return Display{pos, open, all}
}

// curly reads a dict or a set.
func (p *parser) curly(pos Pos) Expr {
	if p.accept("}") {
		return Dict{Pos: pos}
	}
	if p.is("**") {
		return p.pairs(Dict{Pos: pos})
	}
	x := p.starred()
	if !p.is(":") {
		return p.displayFrom(pos, "{", "}", x)
	}
	d := Dict{Pos: pos}
	clauses := p.pair(&d, x)
	if clauses != nil {
		p.expect("}")
		return Comprehension{pos, "{", x, d.Values[0], clauses}
	}
	return p.pairs(d)
}

// pairs reads the rest of a dict, of which d is the beginning.
func (p *parser) pairs(d Dict) Expr {
	for len(d.Keys) > 0 && p.accept(",") || len(d.Keys) == 0 {
		switch {
		case p.is("}"):
		case p.accept("**"):
			d.Keys, d.Values = append(d.Keys, nil), append(d.Values, p.binary(0))
		default:
			if p.pair(&d, p.expression()) != nil {
				panic(unread{})
			}
		}
	}
	p.expect("}")
	return d
}

// pair reads what follows a key, and clauses if it is a comprehension.
func (p *parser) pair(d *Dict, key Expr) []Clause {
	p.expect(":")
	d.Keys, d.Values = append(d.Keys, key), append(d.Values, p.expression())
	return p.clauses()
}

// clauses reads those of a comprehension; nil if there are none.
func (p *parser) clauses() (all []Clause) {
	for p.is("for") || p.is("async") {
		p.accept("async")
		p.expect("for")
		c := Clause{Target: p.targets()}
		p.expect("in")
		c.Iter = p.or()
		for p.accept("if") {
			condition := p.or()
			c.Ifs = append(c.Ifs, condition)
		}
		all = append(all, c)
	}
	return all
}

// targets reads what a for loop assigns to.
func (p *parser) targets() Expr {
	pos := p.peek().pos
	all := []Expr{p.target()}
	tuple := false
	for p.accept(",") {
		if tuple = true; p.is("in") {
			break
		}
		all = append(all, p.target())
	}
	if !tuple {
		return all[0]
	}
	return Display{pos, "(", all}
}

func (p *parser) target() Expr {
	if pos := p.peek().pos; p.accept("*") {
		return Star{pos, p.binary(0)}
	}
	return p.binary(0)
}

// params reads the parameters of a function up to the given sign, which is left.
func (p *parser) params(closing string) (all []Param) {
	for !p.is(closing) {
		var one Param
		switch {
		case p.accept("**"):
			one.Stars = 2
		case p.accept("*"):
			one.Stars = 1
		case p.accept("/"):
			if !p.is(closing) {
				p.expect(",")
			}
			continue
		}
		if bare := one.Stars == 1 && (p.is(",") || p.is(closing)); !bare {
			one = p.param(one, closing)
			all = append(all, one)
		}
		if !p.is(closing) {
			p.expect(",")
		}
	}
	return all
}

func (p *parser) param(one Param, closing string) Param {
	if p.peek().kind != name {
		panic(unread{})
	}
	one.Name = p.take().text
	if closing == ")" && p.accept(":") {
		p.expression()
	}
	if p.accept("=") {
		one.Default = p.expression()
	}
	return one
}
