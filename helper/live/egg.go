package live

import (
	"strings"

	"mach/helper/crawl/record"
	"mach/helper/index"
	"mach/helper/pep508"
	"mach/helper/release"
)

// eggMetadata is what setuptools recorded when it made an sdist. The form of requires.txt:
//
//	requirement
//	[:marker]
//	requirement, where the marker holds
//	[extra]
//	requirement of an extra
//	[extra:marker]
//	requirement of an extra where the marker holds
func eggMetadata(s *index.Sdist) *Read {
	m := release.Metadata{Doubt: eggDoubt}
	if s.PKGInfo != nil {
		m.RequiresPython = s.PKGInfo.RequiresPython
	}
	condition := ""
	for line := range strings.Lines(string(s.Requires)) {
		line = strings.TrimSpace(line)
		section, isSection := strings.CutPrefix(line, "[")
		switch {
		case line == "":
		case isSection:
			extra, marker, _ := strings.Cut(strings.TrimSuffix(section, "]"), ":")
			if condition = ""; marker != "" {
				condition = "(" + marker + ")"
			}
			if extra = pep508.NormalizeName(extra); extra != "" {
				m.ProvidesExtra = append(m.ProvidesExtra, extra)
				condition = strings.TrimPrefix(condition+" and extra == '"+extra+"'", " and ")
			}
		case condition == "":
			m.RequiresDist = append(m.RequiresDist, line)
		default:
			m.RequiresDist = append(m.RequiresDist, line+" ; "+condition)
		}
	}
	return &Read{m, record.FromRequiresTxt}
}
