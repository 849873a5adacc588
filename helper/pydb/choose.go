package pydb

import (
	"cmp"
	"slices"
	"strings"

	"mach/helper/release"
)

// chooseFiles gives the files of a release that are packed: one wheel for each set
// of tags, in the order of parseWheels, then the best sdist, if there is one.
func chooseFiles(files []sourceFile, left map[string]int) []sourceFile {
	slices.SortFunc(files, func(a, b sourceFile) int {
		return cmp.Or(endingRank(a.Filename)-endingRank(b.Filename), strings.Compare(a.Filename, b.Filename))
	})
	byWheel := map[release.Wheel]sourceFile{}
	var wheels []release.Wheel
	var sdist []sourceFile
	for _, f := range files {
		_, again := byWheel[f.wheel]
		switch {
		case f.sdist && len(sdist) > 0:
			left[oneSdist]++
		case f.sdist:
			sdist = append(sdist, f)
		case again:
			left[oneWheel]++
		default:
			wheels = append(wheels, f.wheel)
			byWheel[f.wheel] = f
		}
	}
	chosen := make([]sourceFile, 0, len(wheels)+len(sdist))
	ordered, _ := parseWheels(formatWheels(wheels))
	for _, w := range ordered {
		chosen = append(chosen, byWheel[w])
	}
	return append(chosen, sdist...)
}

// endingRank orders sdists by the ending of their names: what PEP 625 asks for
// first, then what every system can unpack.
func endingRank(name string) int {
	endings := [...]string{".tar.gz", ".tgz", ".zip", ".tar.bz2", ".tar.xz"}
	for i, ending := range endings {
		if strings.HasSuffix(name, ending) {
			return i
		}
	}
	return len(endings)
}
