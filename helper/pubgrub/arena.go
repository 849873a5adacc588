package pubgrub

// room hands out small slices that stay, cut from large pieces.
type room[T any] []T

// take gives an empty slice with room for n.
func (r *room[T]) take(n, piece int) []T {
	if n > cap(*r)-len(*r) {
		*r = make([]T, 0, max(n, piece))
	}
	at := len(*r)
	*r = (*r)[:at+n]
	return (*r)[at : at : at+n]
}

// arena hands out the words of sets in large pieces and takes them back all at once, from a mark on.
// A nil arena allocates.
type arena struct {
	chunks [][]uint64
	mark
}

// mark is a place in an arena: chunks before chunk are used up, and of that one the first used words.
type mark struct{ chunk, used int }

const firstChunk, largestChunk = 256, 1 << 15 // words

func (a *arena) alloc(n int) []uint64 {
	if a == nil {
		return make([]uint64, n)
	}
	for a.chunk < len(a.chunks) {
		if c := a.chunks[a.chunk]; n <= len(c)-a.used {
			a.used += n
			return c[a.used-n : a.used : a.used]
		}
		a.mark = mark{a.chunk + 1, 0}
	}
	size := firstChunk
	if a.chunk > 0 {
		size = min(2*len(a.chunks[a.chunk-1]), largestChunk)
	}
	a.chunks = append(a.chunks, make([]uint64, max(n, size)))
	return a.alloc(n)
}

// giveBack returns the last n words of what alloc gave last.
func (a *arena) giveBack(n int) {
	if a != nil {
		a.used -= n
	}
}

// release takes back everything handed out since the mark.
func (a *arena) release(m mark) { a.mark = m }

// keep copies the set into the arena.
func (a *arena) keep(s Set) Set {
	if len(s.words) > 0 {
		s.words = append(a.alloc(len(s.words))[:0], s.words...)
	}
	return s
}

// single is the set of one candidate.
func (a *arena) single(candidate int) Set {
	words := a.alloc(candidate>>6 + 1)
	clear(words)
	words[candidate>>6] = 1 << (candidate & 63)
	return Set{words: words}
}
