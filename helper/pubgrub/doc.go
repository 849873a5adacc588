// Package pubgrub finds a selection of candidates that satisfies all dependencies, or proves that there is none.
//
// The problem. Packages are numbers that the caller gives, dense and from 0, which is the root. A package has
// candidates 0 to n-1, in order of preference. Choosing a candidate makes its dependencies hold: each wants
// another package, and of that one of a set of candidates. At most one candidate of a package is chosen.
// The caller answers questions (Source); Solve asks as few as it can, and a candidate's dependencies only when it
// is about to be chosen and nothing known rules it out:
//
//	type Source interface {
//		Candidates(p Package) (Info, error)                        // once a package
//		Dependencies(p Package, candidate int) (Answer, error)     // once a candidate
//	}
//	solution, err := pubgrub.Solve(ctx, source)                    // err may be a *NoSolution
//	facts := noSolution.Explain().Facts                            // the few that exclude each other
//
// The algorithm is PubGrub (Weizenbaum, 2018), which is conflict-driven clause learning over packages instead of
// booleans: unit propagation, resolution of a conflict to its root cause, which is learned, and a jump back over
// the choices that had no part in it. Sets of candidates are bitsets (Set) where others have version ranges, so
// union, intersection and complement are exact, and a term is nothing but a set that may have one more element:
// that the package is absent.
//
// Deviations and additions:
//
//   - Candidates with the same dependency share one incompatibility, which grows as candidates are met. Dependencies
//     are found by who needs and by what is wanted; two watched terms are for what was learned.
//   - A package may stand on another one (Info.Base), like a project with an extra on the project: both have the
//     same candidates, and the same one is chosen for both. This is propagated as it is, without incompatibilities.
//   - What is decided next: packages with one candidate left, then those that had conflicts, each behind those that need
//     it, then the rest in the order they were met. So what is met first is the newest, and the others are what it
//     allows, as in pip and uv; only one that lost five candidates goes before what took them, which is uv's number.
//     In a puzzle, after hundreds of conflicts, those with most conflicts for their remaining candidates are first.
//   - A conflict undoes no decision but the last one that had a part in it: those before, which were made without
//     knowing, would only be made again. Where the order has changed the jump goes all the way.
//   - Minimisation: the packages whose chosen candidate is not a preferred one (Info.Preferred) are as few as
//     possible: no other solution has only a strict part of them off their preference. A package none of whose
//     preferred candidates is usable does not count: nothing else is given up to avoid it. Nor is a package that is
//     firm (Info.Firm) moved to a candidate further behind for that.
//
// No other solution with the same packages has a better candidate for one of them and a worse one for none. The same
// answers of the Source give the same solution and the same explanation, to the byte.
package pubgrub
