package pydb

import (
	"slices"
	"strings"

	"mach/helper/release"
	"mach/helper/tags"
)

// state is a release while it is written or read, as changes to the one before it.
// Its lists are contracted.
type state struct {
	Release
	requires, build, sdist list
	sdistOwn               bool // the sdist has requirements of its own
	derived                bool // ProvidesExtra is what the requirements name
	fresh                  bool // ProvidesExtra belongs to the requirements as they are now
}

// firstState is what a project's first release is compared with.
func firstState() state {
	return state{derived: true, Release: Release{Release: release.Release{
		Sdist:  true,
		Wheels: []release.Wheel{{WheelTags: tags.WheelTags{Python: "py3", ABI: "none", Platform: "any"}}},
	}}}
}

// begin forgets what does not pass from a release to the next.
func (s *state) begin() {
	s.Yanked, s.YankedReason = false, ""
	s.requires.begin()
	s.build.begin()
	s.sdist.begin()
}

// change applies a line of a release, and says whether it can.
func (s *state) change(line string) (ok bool) {
	ok = true
	switch value := line[1:]; line[0] {
	case '+', '-', '=':
		s.fresh = false
		return s.requires.edit(line)
	case 'p':
		s.RequiresPython = value
	case 'w':
		s.Wheels, ok = parseWheels(value)
	case 's':
		s.Sdist, ok = !s.Sdist, value == ""
	case 'y':
		s.Yanked, s.YankedReason = true, value
	case 'x':
		s.derived, s.fresh = value == "*", false
		if s.ProvidesExtra = nil; !s.derived && value != "" {
			s.ProvidesExtra = strings.Split(value, " ")
		}
	case 'b':
		return s.changeBuild(value)
	case 'd':
		return s.changeSdist(value)
	default:
		return false
	}
	return ok
}

// changeBuild applies a line about the build system.
func (s *state) changeBuild(value string) bool {
	switch {
	case value == "?":
		s.BuildKnown, s.BuildBackend, s.BuildUnknown, s.build.items = false, "", "", nil
	case strings.HasPrefix(value, " "):
		s.BuildKnown = true
		s.BuildBackend, s.BuildUnknown, _ = strings.Cut(value[1:], " ")
	default:
		return s.BuildKnown && s.build.edit(value)
	}
	return true
}

// changeSdist applies a line about the sdist's own requirements.
func (s *state) changeSdist(value string) bool {
	switch value {
	case "*":
		s.sdistOwn, s.sdist.items = false, nil
	case "0":
		s.sdistOwn, s.sdist.items = true, nil
	default:
		return s.sdistOwn && s.sdist.edit(value)
	}
	return true
}

// release is what the changes so far made, as the release of a version.
func (s *state) release(version string) *Release {
	if s.derived && !s.fresh {
		s.ProvidesExtra = extrasOf(s.requires.items)
	}
	s.fresh = true
	r := s.Release
	r.RequiresDist = expandAll(s.requires.items, version)
	r.BuildRequires = expandAll(s.build.items, version)
	if s.sdistOwn {
		own := expandAll(s.sdist.items, version)
		r.SdistRequiresDist = &own
	}
	return &r
}

// extrasOf lists the extras that the markers of requirements compare with "==", in
// the order of first mention.
func extrasOf(requires []string) (extras []string) {
	for _, r := range requires {
		_, marker, _ := strings.Cut(r, ";")
		for {
			var found bool
			if _, marker, found = strings.Cut(marker, "extra"); !found {
				break
			}
			if name, ok := compared(marker); ok && !slices.Contains(extras, name) {
				extras = append(extras, name)
			}
		}
	}
	return extras
}

// compared gives NAME if s begins with == 'NAME' or == "NAME".
func compared(s string) (string, bool) {
	s, ok := strings.CutPrefix(strings.TrimLeft(s, " "), "==")
	s = strings.TrimLeft(s, " ")
	if !ok || s == "" || s[0] != '\'' && s[0] != '"' {
		return "", false
	}
	name, _, ok := strings.Cut(s[1:], s[:1])
	return name, ok && name != ""
}
