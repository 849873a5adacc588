package pydb

import "strings"

// spelling is how the names of a project's files are written. From it, the version
// and the wheels of a release follow the names of most files.
type spelling struct {
	wheel, sdist string // the project's name
	ending       string // of sdists
}

// firstSpelling is the one that a page begins each project with, that of PEP 427
// and PEP 625.
func firstSpelling(name string) spelling {
	name = strings.ReplaceAll(name, "-", "_")
	return spelling{name, name, ".tar.gz"}
}

// change applies a line of a page and says whether it was one about spelling.
func (s *spelling) change(line string) bool {
	switch line[0] {
	case '~':
		s.wheel = line[1:]
	case '%':
		s.sdist = line[1:]
	case '.':
		s.ending = line
	default:
		return false
	}
	return true
}

// names gives the names of a release's files, if all are regular.
func (s *spelling) names(r *Release, version string) []string {
	names := make([]string, 0, len(r.Wheels)+1)
	for _, w := range r.Wheels {
		build := ""
		if w.Build != "" {
			build = w.Build + "-"
		}
		names = append(names, s.wheel+"-"+version+"-"+build+w.Python+"-"+w.ABI+"-"+w.Platform+".whl")
	}
	if r.Sdist {
		names = append(names, s.sdist+"-"+version+s.ending)
	}
	return names
}
