package provide

import (
	"context"
	"slices"
	"strings"

	"mach/helper/pubgrub"
)

// NoSolution says that no choice of candidates satisfies the requirements, and why.
type NoSolution struct {
	Text  string   // several lines; the first is a sentence, the others are the facts that it follows from
	Hints []string // what helps, the smallest change first; the solver has tried it

	sdist string // the id of the one that cannot be built for that; "" it is the user's own set
}

// Error implements error.
func (e *NoSolution) Error() string { return e.Text }

// explain makes words of the facts that the solver's proof rests on, and finds out what helps.
func (s *source) explain(ctx context.Context, proof *pubgrub.NoSolution) *NoSolution {
	if s.trial {
		return &NoSolution{Text: "no solution"}
	}
	first := newExplanation(s, proof.Explain().Facts)
	if s.builds != "" {
		return &NoSolution{Text: text([]*explanation{first}), sdist: s.builds}
	}
	a := &adviser{newTrials(ctx, s.Resolver), s}
	defer a.cancel()
	causes := a.causes(first)
	hints := a.hints(causes)
	return &NoSolution{Text: text(causes), Hints: hints}
}

// text is, for each cause, the sentence that everything comes to and the claims that it follows from.
func text(causes []*explanation) string {
	var headlines, texts []string
	for _, x := range causes {
		headline := x.headline()
		i := slices.Index(headlines, headline)
		if i < 0 {
			i = len(texts)
			headlines, texts = append(headlines, headline), append(texts, headline)
		}
		texts[i] += "\n  " + strings.Join(x.chains(), "\n  ")
		if x.vain != "" {
			texts[i] += "\n  " + x.vain
		}
	}
	return strings.Join(texts, "\nand ")
}
