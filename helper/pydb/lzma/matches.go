package lzma

// match is a place before where the same text was.
type match struct {
	length int32
	dist   uint32 // less one
}

// finder finds matches at each place in turn, by a binary tree of all places before it
// for each beginning of three bytes, sorted by the text there.
type finder struct {
	text  []byte
	pos   int
	pairs []int32 // the last place of two bytes, plus one
	roots []int32 // the last place of three bytes, by their hash, plus one
	sons  []int32 // of each place, the tree of smaller text and the tree of larger text
	found []match
}

const hashBits = 16

func (f *finder) begin(text []byte) {
	f.text, f.pos = text, 0
	if f.pairs == nil {
		f.pairs, f.roots = make([]int32, 1<<16), make([]int32, 1<<hashBits)
	}
	clear(f.pairs)
	clear(f.roots)
	if len(f.sons) < 2*len(text) {
		f.sons = make([]int32, 2*len(text))
	}
}

// next gives the matches at the next place: to each length the nearest. Longer ones
// are later and further away. They hold until the next call.
func (f *finder) next() []match {
	f.found = f.found[:0]
	at := f.pos
	f.pos++
	here := f.text[at:]
	if len(here) < 3 {
		return nil
	}
	pair := uint32(here[0]) | uint32(here[1])<<8
	if last := f.pairs[pair]; last > 0 {
		f.found = append(f.found, match{2, uint32(at - int(last))})
	}
	f.pairs[pair] = int32(at + 1)
	hash := (pair | uint32(here[2])<<16) * 0x9e3779b1 >> (32 - hashBits)
	root := f.roots[hash]
	f.roots[hash] = int32(at + 1)
	f.insert(at, root)
	return f.found
}

// insert makes the place at the root of the tree that root was the root of, and notes
// the matches on the way.
func (f *finder) insert(at int, root int32) {
	here := f.text[at:]
	limit := min(len(here), maxMatch)
	smaller, larger := 2*at, 2*at+1 // where the next of them goes
	alikeS, alikeL := 0, 0          // how much the last of them has in common with here
	best := 2
	for root > 0 {
		there := int(root) - 1
		n := min(alikeS, alikeL)
		for n < limit && f.text[there+n] == here[n] {
			n++
		}
		if n > best {
			best = n
			f.note(int32(n), uint32(at-there-1))
		}
		if n == limit {
			f.sons[smaller], f.sons[larger] = f.sons[2*there], f.sons[2*there+1]
			return
		}
		if f.text[there+n] < here[n] {
			f.sons[smaller] = root
			smaller, alikeS = 2*there+1, n
			root = f.sons[smaller]
		} else {
			f.sons[larger] = root
			larger, alikeL = 2*there, n
			root = f.sons[larger]
		}
	}
	f.sons[smaller], f.sons[larger] = 0, 0
}

func (f *finder) note(length int32, dist uint32) {
	if len(f.found) == 1 && f.found[0].dist == dist {
		f.found[0].length = length
		return
	}
	f.found = append(f.found, match{length, dist})
}
