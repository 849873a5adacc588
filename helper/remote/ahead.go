package remote

import "slices"

// ahead notices parts of a file that are read from one end to the other, as all names are or, when databases are
// compared, several parts in turn. Of these more is asked for each time.
type ahead struct{ runs []*run } // the one that went on last is the last

// run is ranges that each go on where the one before ended.
type run struct {
	from, end int64 // what was asked for last
	n         int   // ranges
	have      span  // what came of that
}

const (
	aheadBegins = 3
	aheadFirst  = 64 << 10 // bytes; twice as many each time
	aheadMost   = 1 << 20
	maxRuns     = 8
)

// next notes that a range is asked for. It says up to where to ask, and for which run the answer is, if it is more.
func (a *ahead) next(from, to, size int64) (end int64, r *run) {
	i := slices.IndexFunc(a.runs, func(r *run) bool { return r.from < from && from <= r.end })
	switch {
	case i >= 0:
		r = a.runs[i]
		a.runs = slices.Delete(a.runs, i, i+1)
	case len(a.runs) == maxRuns:
		a.runs = slices.Delete(a.runs, 0, 1)
		fallthrough
	default:
		r = &run{}
	}
	a.runs = append(a.runs, r)
	r.from, r.end = from, to
	if r.n++; r.n <= aheadBegins {
		return to, nil
	}
	r.end = min(size, to+int64(min(aheadMost, aheadFirst<<min(r.n-aheadBegins-1, 10))))
	return r.end, r
}

// cut is bytes that were read ahead; nil if they are not here.
func (a *ahead) cut(from, to int64) []byte {
	for _, r := range a.runs {
		if data := r.have.cut(from, to); data != nil {
			return data
		}
	}
	return nil
}
