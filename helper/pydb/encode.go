package pydb

import (
	"slices"
	"strings"
)

// encodeProject is the text of a project: its name, its versions and its releases.
func encodeProject(name string, releases []*gathered) []byte {
	versions := make([]string, len(releases))
	for i, r := range releases {
		versions[i] = r.text
	}
	b := appendLine(nil, "#", name)
	b = appendLine(b, "", formatVersions(versions))
	last := firstState()
	for _, r := range releases {
		b = last.appendRelease(b, &r.Release, r.text)
	}
	return b
}

// appendRelease appends the lines of a release and makes it the last one.
func (s *state) appendRelease(b []byte, to *Release, version string) []byte {
	if s.RequiresPython != to.RequiresPython {
		b = appendLine(b, "p", to.RequiresPython)
	}
	if !slices.Equal(s.Wheels, to.Wheels) {
		b = appendLine(b, "w", formatWheels(to.Wheels))
	}
	if s.Sdist != to.Sdist {
		b = appendLine(b, "s", "")
	}
	if to.Yanked {
		b = appendLine(b, "y", to.YankedReason)
	}
	requires := contractAll(to.RequiresDist, version)
	b = appendEdits(b, "", s.requires.items, requires)
	b = s.appendExtras(b, requires, to.ProvidesExtra)
	b = s.appendBuild(b, to, version)
	b = s.appendSdist(b, to, version)
	s.Release, s.requires.items = *to, requires
	return append(b, '\n')
}

func appendLine(b []byte, letter, text string) []byte {
	return append(append(append(b, letter...), text...), '\n')
}

func (s *state) appendExtras(b []byte, requires, extras []string) []byte {
	derived := slices.Equal(extras, extrasOf(requires))
	switch {
	case derived && s.derived || !derived && !s.derived && slices.Equal(s.ProvidesExtra, extras):
		return b
	case derived:
		b = appendLine(b, "x", "*")
	default:
		b = appendLine(b, "x", strings.Join(extras, " "))
	}
	s.derived = derived
	return b
}

func (s *state) appendBuild(b []byte, to *Release, version string) []byte {
	if !to.BuildKnown {
		if s.BuildKnown {
			b = appendLine(b, "b", "?")
		}
		s.build.items = nil
		return b
	}
	if !s.BuildKnown || s.BuildBackend != to.BuildBackend || s.BuildUnknown != to.BuildUnknown {
		text := to.BuildBackend
		if to.BuildUnknown != "" {
			text += " " + to.BuildUnknown
		}
		b = appendLine(b, "b ", text)
	}
	requires := contractAll(to.BuildRequires, version)
	b = appendEdits(b, "b", s.build.items, requires)
	s.build.items = requires
	return b
}

func (s *state) appendSdist(b []byte, to *Release, version string) []byte {
	if to.SdistRequiresDist == nil {
		if s.sdistOwn {
			b = appendLine(b, "d", "*")
		}
		s.sdistOwn, s.sdist.items = false, nil
		return b
	}
	if !s.sdistOwn {
		b = appendLine(b, "d", "0")
	}
	requires := contractAll(*to.SdistRequiresDist, version)
	b = appendEdits(b, "d", s.sdist.items, requires)
	s.sdistOwn, s.sdist.items = true, requires
	return b
}
