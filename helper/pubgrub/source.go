package pubgrub

// Package is the caller's number of a package. Numbers should be dense: memory grows with the largest.
type Package int32

// Root is the package that everything starts from. It has one candidate, whose dependencies are the requirements.
const Root Package = 0

// Reason is the caller's number of why a candidate cannot be chosen. The zero Reason is none: it can.
type Reason int32

// Source answers what there is to choose from. Its answers never change during a solve, and a set it gave never
// changes at all. An error ends the solve.
type Source interface {
	// Candidates describes a package. It is asked once, when a dependency on the package is first met.
	Candidates(p Package) (Info, error)
	// Dependencies gives what a candidate needs. It is asked at most once for each, when the candidate is about to
	// be chosen. The slice is read before the next question and may be used again.
	Dependencies(p Package, candidate int) (Answer, error)
}

// Info is what there is of a package.
type Info struct {
	// Candidates is their number; 0 for a package that does not exist.
	Candidates int
	// Preferred holds the candidates that do not count as a fallback; All() for a package that never counts.
	// If none of them is usable, none of the others counts. To keep what was chosen before, it is that one candidate.
	Preferred Set
	// Firm says that no candidate after the one that is chosen of it at first is taken to spare other packages a
	// fallback. It is for what the user names.
	Firm bool
	// Base, unless it is Root, is a package with the same candidates: choosing a candidate of this package means
	// choosing the same one of Base. Dependencies need not repeat that. Preferred is then ignored, since Base counts.
	// A base has no base.
	Base Package
}

// Answer is what a candidate needs, or why it cannot be chosen.
type Answer struct {
	Dependencies []Dependency
	Unusable     Reason
	// Same holds other candidates that are known to have this very answer: they are not asked for, and what rules out
	// one of them rules out all. It may be empty. It pays where it costs less than the questions: releases next to each
	// other whose stored metadata is the same record, a version's files that share what makes them unusable, but not
	// what would have to be read first.
	Same Set
}

// Dependency says that a candidate needs a package, and which of its candidates will do.
// A dependency of a package on itself is allowed.
type Dependency struct {
	Package Package
	Allowed Set
}

// Solution is what was chosen.
type Solution struct {
	// Choices are the chosen candidates, ordered by package: the root, and all that its dependencies reach.
	Choices []Choice
	// Off are the packages whose candidate is not a preferred one, in order; without those none of whose preferred
	// candidates is usable, as far as that was found out: it is not where the root's dependencies exclude them all.
	Off   []Package
	Stats Stats
}

// Choice is a candidate chosen for a package.
type Choice struct {
	Package   Package
	Candidate int
}

// Stats counts the work of a solve.
type Stats struct {
	Packages   int // packages met
	Questions  int // candidates whose dependencies were asked for
	Decisions  int
	Conflicts  int // conflicts resolved, each of which taught something
	Rejections int // candidates ruled out by what was decided, before they were chosen
	Orders     int // times that the order of decisions changed
	Solves     int // searches, including those for fewer packages off their preference
}
