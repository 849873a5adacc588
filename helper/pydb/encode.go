package pydb

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// appendRelease appends the lines of a release and makes it the last one.
func appendRelease(b []byte, last *state, to *Release) []byte {
	if last.RequiresPython != to.RequiresPython {
		b = appendLine(b, "p", to.RequiresPython)
	}
	if !slices.Equal(last.Wheels, to.Wheels) {
		b = appendLine(b, "w", formatWheels(to.Wheels))
	}
	if last.Sdist != to.Sdist {
		b = appendLine(b, "s", "")
	}
	if to.Yanked {
		b = appendLine(b, "y", to.YankedReason)
	}
	b = appendEdits(b, "", last.RequiresDist, to.RequiresDist)
	b = last.appendExtras(b, to)
	b = last.appendBuild(b, to)
	b = last.appendSdistRequires(b, to)
	b = last.appendDay(b, to.Uploaded)
	last.Release = *to
	return b
}

func appendLine(b []byte, letter, text string) []byte {
	return append(append(append(b, letter...), text...), '\n')
}

func (s *state) appendExtras(b []byte, to *Release) []byte {
	derived := slices.Equal(to.ProvidesExtra, extrasOf(to.RequiresDist))
	switch {
	case derived && s.derived || !derived && !s.derived && slices.Equal(s.ProvidesExtra, to.ProvidesExtra):
		return b
	case derived:
		b = appendLine(b, "x", "*")
	default:
		b = appendLine(b, "x", strings.Join(to.ProvidesExtra, " "))
	}
	s.derived = derived
	return b
}

func (s *state) appendBuild(b []byte, to *Release) []byte {
	if !to.BuildKnown {
		if s.BuildKnown {
			b = appendLine(b, "b", "?")
		}
		return b
	}
	if !s.BuildKnown || s.BuildBackend != to.BuildBackend {
		b = appendLine(b, "b ", to.BuildBackend)
	}
	return appendEdits(b, "b", s.BuildRequires, to.BuildRequires)
}

func (s *state) appendSdistRequires(b []byte, to *Release) []byte {
	var from []string
	switch {
	case to.SdistRequiresDist == nil && s.SdistRequiresDist == nil:
		return b
	case to.SdistRequiresDist == nil:
		return appendLine(b, "d", "*")
	case s.SdistRequiresDist == nil:
		b = appendLine(b, "d", "0")
	default:
		from = *s.SdistRequiresDist
	}
	return appendEdits(b, "d", from, *to.SdistRequiresDist)
}

// appendDay appends the line that ends a release.
func (s *state) appendDay(b []byte, day string) []byte {
	switch n := dayNumber(s.Uploaded) - dayNumber(day); {
	case day == "":
		b = append(b, '?')
	case s.Uploaded == "":
		b = append(b, day...)
	case n < 0:
		b = strconv.AppendInt(append(b, '^'), int64(-n), 10)
	default:
		b = strconv.AppendInt(b, int64(n), 10)
	}
	return append(b, '\n')
}

func dayNumber(day string) int {
	t, _ := time.Parse(time.DateOnly, day) // "" is never compared
	return int(t.Unix() / (24 * 60 * 60))
}
