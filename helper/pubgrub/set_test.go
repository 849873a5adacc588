package pubgrub

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// model is a set as a list of what is in it.
type model []bool

func makeSet(r *rand.Rand, n int) (Set, model) {
	m := make(model, n)
	for i := range m {
		m[i] = r.IntN(2) == 1
	}
	if n > 0 && r.IntN(2) == 1 {
		lo, hi := r.IntN(n), r.IntN(n+1)
		for i := range m {
			m[i] = lo <= i && i < hi
		}
	}
	if r.IntN(2) == 1 {
		return m.not().set().Complement(), m
	}
	return m.set(), m
}

func (m model) set() Set {
	var in []int
	for i, ok := range m {
		if ok {
			in = append(in, i)
		}
	}
	return Of(in...)
}

func (m model) not() model {
	o := make(model, len(m))
	for i := range m {
		o[i] = !m[i]
	}
	return o
}

// TestSet compares all operations with lists of booleans, for sets written by their members and by the others.
func TestSet(t *testing.T) {
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 0))
		n := []int{0, 1, 5, 63, 64, 65, 128, 150}[r.IntN(8)]
		a, x := makeSet(r, n)
		b, y := makeSet(r, n)
		each := func(name string, got Set, want func(i int) bool) {
			var members []int
			for i := range n {
				if want(i) {
					members = append(members, i)
				}
				if got.Has(i) != want(i) {
					t.Fatalf("%s: %d", name, i)
				}
			}
			if c := slices.Collect(got.Members(n)); !slices.Equal(c, members) {
				t.Fatalf("%s: members %v, want %v", name, c, members)
			}
			if got.Count(n) != len(members) || got.IsEmpty(n) != (len(members) == 0) || got.IsFull(n) != (len(members) == n) {
				t.Fatalf("%s: count, empty or full of %v", name, members)
			}
			if first, ok := got.First(n); ok != (len(members) > 0) || ok && first != members[0] {
				t.Fatalf("%s: first of %v is %d", name, members, first)
			}
		}
		each("set", a, func(i int) bool { return x[i] })
		each("complement", a.Complement(), func(i int) bool { return !x[i] })
		each("intersection", a.Intersect(b), func(i int) bool { return x[i] && y[i] })
		each("union", a.Union(b), func(i int) bool { return x[i] || y[i] })
		each("difference", a.Minus(b), func(i int) bool { return x[i] && !y[i] })
		within, apart := true, true
		for i := range n {
			within = within && (!x[i] || y[i])
			apart = apart && !(x[i] && y[i])
		}
		if a.SubsetOf(b, n) != within || a.Disjoint(b, n) != apart {
			t.Fatalf("subset %v, disjoint %v; want %v, %v", !within, !apart, within, apart)
		}
		if !a.Equal(a.Complement().Complement()) || !a.Intersect(b).Equal(b.Intersect(a)) || a.Equal(b) && !slices.Equal(x, y) {
			t.Fatal("equal")
		}
	}
}

// TestSetConstructors has the corners of what makes sets.
func TestSetConstructors(t *testing.T) {
	for _, c := range []struct {
		name string
		set  Set
		want []int
	}{
		{"zero", Set{}, nil},
		{"of nothing", Of(), nil},
		{"of some, in any order, twice", Of(70, 3, 3), []int{3, 70}},
		{"range over a word's end", Range(62, 66), []int{62, 63, 64, 65}},
		{"range to a word's end", Range(60, 64), []int{60, 61, 62, 63}},
		{"range in the second word", Range(70, 72), []int{70, 71}},
		{"empty range", Range(5, 5), nil},
		{"range backwards", Range(9, 5), nil},
		{"words with zeros behind", FromWords([]uint64{6, 0}), []int{1, 2}},
		{"all but", Of(0, 1).Complement().Intersect(Range(0, 4)), []int{2, 3}},
	} {
		if got := slices.Collect(c.set.Members(200)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		if !c.set.Equal(Of(c.want...)) {
			t.Errorf("%s: not written as others with the same candidates", c.name)
		}
	}
	if !All().IsFull(1000) || All().IsEmpty(1) || !All().IsEmpty(0) {
		t.Error("All is not all")
	}
}
