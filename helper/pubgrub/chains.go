package pubgrub

import "slices"

// Chains gives the requirement chains to each side of the conflict: facts from the root on, each about what the one before
// needs. A side is where a chain ends: at candidates that are unusable or missing, at a package about which there is
// no more to say, or at one that another chain came to before.
func (x *Explanation) Chains() (chains [][]*Fact) {
	reached := map[Package][]*Fact{Root: nil} // the chain that came there first
	for open := []Package{Root}; len(open) > 0; open = open[1:] {
		for _, f := range x.Facts {
			if f.Package != open[0] {
				continue
			}
			chain := append(slices.Clone(reached[f.Package]), f)
			end := f.Unusable != 0 || f.Missing
			if !end {
				said, met := false, false
				for _, on := range x.selfAndBase(f.On) {
					_, before := reached[on]
					if !before {
						reached[on] = chain
						open = append(open, on)
					}
					met = met || before
					said = said || slices.ContainsFunc(x.Facts, func(g *Fact) bool { return g.Package == on })
				}
				end = met || !said
			}
			if end {
				chains = append(chains, chain)
			}
		}
	}
	return chains
}

func (x *Explanation) selfAndBase(p Package) []Package {
	if base, ok := x.bases[p]; ok {
		return []Package{p, base}
	}
	return []Package{p}
}
