package syntax

// Walk calls f for node and all below it, statements, expressions, handlers and clauses alike; not below one where f is
// false.
func Walk(node any, f func(node any) bool) {
	if node == nil || !f(node) {
		return
	}
	w := walker(f)
	switch n := node.(type) {
	case []Stmt:
		w.block(n)
	case Do:
		w.all(n.X)
	case Assign:
		w.all(n.Targets...)
		w.all(n.Value)
	case Change:
		w.all(n.Target, n.Value)
	case If:
		w.all(n.If)
		w.block(n.Then, n.Else)
	case For:
		w.all(n.Target, n.Iter)
		w.block(n.Body, n.Else)
	case While:
		w.all(n.If)
		w.block(n.Body, n.Else)
	case Try:
		w.block(n.Body)
		for _, h := range n.Handlers {
			Walk(h, f)
		}
		w.block(n.Else, n.Finally)
	case Handler:
		w.all(n.Type)
		w.block(n.Body)
	case With:
		w.all(n.Items...)
		w.all(n.Targets...)
		w.block(n.Body)
	case Def:
		w.all(n.Decorators...)
		w.params(n.Params)
		w.block(n.Body)
	case Class:
		w.all(n.Decorators...)
		w.args(n.Bases)
		w.block(n.Body)
	case Return:
		w.all(n.X)
	case Raise:
		w.all(n.X)
	case Delete:
		w.all(n.Targets...)
	case Assert:
		w.all(n.X)
	default:
		w.expression(node)
	}
}

type walker func(node any) bool

func (w walker) all(list ...Expr) {
	for _, x := range list {
		if x != nil {
			Walk(x, w)
		}
	}
}

func (w walker) block(lists ...[]Stmt) {
	for _, list := range lists {
		for _, s := range list {
			Walk(s, w)
		}
	}
}

func (w walker) args(args []Arg) {
	for _, a := range args {
		w.all(a.Value)
	}
}

func (w walker) params(params []Param) {
	for _, p := range params {
		w.all(p.Default)
	}
}

func (w walker) expression(node any) {
	switch n := node.(type) {
	case Text:
		w.all(n.Parts...)
	case Field:
		w.all(n.X)
	case Display:
		w.all(n.Items...)
	case Dict:
		w.all(n.Keys...)
		w.all(n.Values...)
	case Unary:
		w.all(n.X)
	case Binary:
		w.all(n.L, n.R)
	case Compare:
		w.all(n.L)
		w.all(n.Rs...)
	case Choice:
		w.all(n.If, n.Then, n.Else)
	case Lambda:
		w.params(n.Params)
		w.all(n.Body)
	case Call:
		w.all(n.Fn)
		w.args(n.Args)
	case Attr:
		w.all(n.X)
	case Index:
		w.all(n.X, n.I)
	case Slice:
		w.all(n.Lo, n.Hi, n.Step)
	case Comprehension:
		w.all(n.Key, n.X)
		for _, c := range n.Clauses {
			w.all(c.Target, c.Iter)
			w.all(c.Ifs...)
		}
	case Star:
		w.all(n.X)
	case Walrus:
		w.all(n.X)
	case Yield:
		w.all(n.X)
	}
}
