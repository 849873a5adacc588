package pubgrub

// NoSolution is the error of a problem without a solution.
type NoSolution struct {
	solver *solver
	proof  int32
}

func (*NoSolution) Error() string { return "no solution" }

func (s *solver) noSolution() *NoSolution { return &NoSolution{solver: s} }
