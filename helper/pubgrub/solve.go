package pubgrub

import (
	"context"
	"errors"
	"slices"
)

// Solve finds a solution with as few packages off their preference as possible, in the sense of the package's comment.
// If there is none the error is a *NoSolution. An error of the source, which knows what was asked, or of a cancelled context is returned as it is.
func Solve(ctx context.Context, source Source) (*Solution, error) {
	return newSolver(ctx, source).solve()
}

func (s *solver) solve() (*Solution, error) {
	if err := s.begin(); err != nil {
		return nil, err
	}
	ok, err := s.search()
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, &NoSolution{solver: s, proof: slices.Clone(s.conflict.steps)}
	}
	choices, err := s.minimise()
	if err != nil {
		return nil, err
	}
	return s.solution(choices), nil
}

// begin states that the root must be chosen.
func (s *solver) begin() error {
	root, err := s.lookup(Root)
	if err != nil {
		return err
	}
	terms := s.newTerms(1)
	terms[0] = term{root, All().not()}
	s.units = append(s.units, s.add(incompatibility{terms: terms, kind: required, pkg: root, on: root}))
	return nil
}

// search looks for a solution and leaves it in the trail. It gives false if there is none.
func (s *solver) search() (bool, error) {
	s.stats.Solves++
	for turn := 1; ; turn++ {
		if turn%64 == 0 && s.ctx.Err() != nil {
			return false, s.ctx.Err()
		}
		if s.patience > 0 && s.stats.Conflicts > s.patience {
			return false, errImpatient
		}
		violated, done, err := s.advance()
		if violated == impossible || err != nil {
			return false, err
		}
		if done {
			return true, nil
		}
		if violated >= 0 && !s.resolve(violated) {
			return false, nil
		}
		if s.retreat >= 0 {
			s.backtrack(int(s.retreat))
			s.retreat = -1
		}
		if s.stale {
			s.reorder()
		}
	}
}

// advance draws conclusions, or takes the next step if there are none. It gives a violated incompatibility,
// impossible or -1, and whether all is decided.
func (s *solver) advance() (violated int32, done bool, err error) {
	if violated = s.propagate(); violated >= 0 {
		return violated, false, nil
	}
	switch level := s.level(); {
	case level == 0:
		violated, err = s.ground()
		return violated, false, err
	case level < s.assumed():
		return s.try(), false, nil
	}
	p := s.pick()
	if p < 0 {
		return -1, true, nil
	}
	violated, err = s.decide(p)
	return violated, false, err
}

// errImpatient ends a search that has had more conflicts than it was allowed.
var errImpatient = errors.New("too many conflicts")

// impossible says that assumptions cannot be made.
const impossible int32 = -2

// ground says at level 0 what is true in any case: what was learned to be, and what those packages need that have one
// candidate left. When there is no more it opens level 1, and limits packages as the search wants it.
// It gives a violated incompatibility, impossible or -1.
func (s *solver) ground() (violated int32, err error) {
	for _, id := range s.units {
		if !s.exclude(&s.inc(id).terms[0], id) {
			return id, nil
		}
	}
	s.units = s.units[:0]
	if len(s.queue) > 0 {
		return -1, nil
	}
	if at := s.waiting[determined].first(); at >= 0 {
		return s.settle(s.at[at])
	}
	s.openLevel()
	return s.limit(), nil
}

// settle takes the only candidate of p, which is no decision.
func (s *solver) settle(p int32) (violated int32, err error) {
	v := s.vars[p]
	if a := v.answerOf(v.first); a == nil || len(a.rest) > 0 {
		return s.ask(p, v.first)
	}
	v.decided = true
	s.place(p)
	s.enqueue(p)
	return -1, nil
}

// chosen gives the decisions of the trail, by place: the candidate, or -1.
func (s *solver) chosen() []int32 {
	choices := make([]int32, len(s.vars))
	for p, v := range s.vars {
		choices[p] = -1
		if v.decided {
			choices[p] = int32(v.first)
		}
	}
	return choices
}

func (s *solver) solution(choices []int32) *Solution {
	solution := &Solution{Choices: make([]Choice, 0, len(choices)), Stats: s.stats}
	for p, c := range choices {
		if c < 0 {
			continue
		}
		v := s.vars[p]
		solution.Choices = append(solution.Choices, Choice{v.pkg, int(c)})
		if !v.preferred.Has(int(c)) {
			solution.Off = append(solution.Off, v.pkg)
		}
	}
	slices.SortFunc(solution.Choices, func(a, b Choice) int { return int(a.Package - b.Package) })
	slices.Sort(solution.Off)
	return solution
}
