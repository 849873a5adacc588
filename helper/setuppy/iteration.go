package setuppy

import "strings"

// zip gives the rows of columns, as long as all have one.
func zip(r *run, c *call) object {
	columns := [][]object{}
	shortest := maxItems
	for _, o := range c.args {
		items, u := r.iterate(o)
		if u != nil {
			return u.of()
		}
		columns = append(columns, items)
		shortest = min(shortest, len(items))
	}
	if len(columns) == 0 || c.more != nil {
		shortest = 0
	}
	rows := []object{}
	for i := range shortest {
		row := []object{}
		for _, column := range columns {
			row = append(row, column[i])
		}
		rows = append(rows, r.list('(', row))
	}
	return r.list('g', rows)
}

func enumerate(r *run, c *call) object {
	items, u := r.iterate(c.arg(0, ""))
	if u != nil {
		return u.of()
	}
	start, ok := int64(0), true
	if o := c.arg(1, "start"); o != nil {
		start, ok = integer(o)
	}
	if !ok {
		return r.unknown(c.s, c.pos, "it comes out of a call of enumerate")
	}
	pairs := []object{}
	for i, item := range items {
		pairs = append(pairs, r.list('(', []object{start + int64(i), item}))
	}
	return r.list('g', pairs)
}

// sum adds up, lists or numbers.
func sum(r *run, c *call) object {
	items, u := r.iterate(c.arg(0, ""))
	if u != nil {
		return u.of()
	}
	total := c.arg(1, "start")
	if total == nil {
		total = int64(0)
	}
	for _, item := range items {
		total = r.binary(c.s, "+", total, item, c.pos)
	}
	return total
}

func anyOf(r *run, c *call) object {
	items, u := r.iterate(c.arg(0, ""))
	if u != nil {
		return u.of()
	}
	isAny := strings.HasSuffix(c.name, "any")
	for _, item := range items {
		is, known := truth(item)
		if !known {
			return blame(item).of()
		}
		if is == isAny {
			return isAny
		}
	}
	return !isAny
}

func mapped(r *run, c *call) object {
	if len(c.args) != 2 || c.more != nil {
		return r.doubt(r.strange(c, r.unknown(c.s, c.pos, "it comes out of a call of map")))
	}
	items, u := r.iterate(c.args[1])
	if u != nil {
		return r.doubt(r.strange(c, u.of()))
	}
	out := []object{}
	for _, item := range items {
		r.step()
		out = append(out, r.apply(c.args[0], &call{s: c.s, pos: c.pos, name: "map", args: []object{item}}))
	}
	return r.list('g', out)
}

func filtered(r *run, c *call) object {
	if len(c.args) != 2 || c.more != nil {
		return r.doubt(r.strange(c, r.unknown(c.s, c.pos, "it comes out of a call of filter")))
	}
	items, u := r.iterate(c.args[1])
	if u != nil {
		return r.doubt(r.strange(c, u.of()))
	}
	out := []object{}
	for _, item := range items {
		r.step()
		var o object = item
		if _, isNone := c.args[0].(none); !isNone {
			o = r.apply(c.args[0], &call{s: c.s, pos: c.pos, name: "filter", args: []object{item}})
		}
		is, known := truth(o)
		if !known {
			return r.doubt(blame(o).of())
		}
		if is {
			out = append(out, item)
		}
	}
	return r.list('g', out)
}
