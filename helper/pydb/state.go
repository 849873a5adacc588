package pydb

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"mach/helper/release"
	"mach/helper/tags"
)

// state is a release while it is read, as changes to the one before it.
type state struct {
	Release
	derived bool // ProvidesExtra is what RequiresDist names
	owned   bool // RequiresDist is a copy made for this release
	fresh   bool // ProvidesExtra belongs to RequiresDist as it is now
	day     int  // Uploaded, in days since 1970
}

// firstState is what a project's first release is compared with.
var firstState = state{derived: true, Release: firstRelease}

var firstRelease = Release{Release: release.Release{
	Sdist:  true,
	Wheels: []release.Wheel{{WheelTags: tags.WheelTags{Python: "py3", ABI: "none", Platform: "any"}}},
}}

// begin forgets what does not pass from a release to the next.
func (s *state) begin() {
	s.Yanked, s.YankedReason = false, ""
	s.owned = false
}

// change applies a line. The line with the day ends the release.
func (s *state) change(line string) (end bool, err error) {
	if line == "" {
		return false, damaged("an empty line")
	}
	ok := true
	switch value := line[1:]; line[0] {
	case '+', '-', '=':
		s.RequiresDist, ok = edit(s.RequiresDist, s.owned, line)
		s.owned, s.fresh = true, false
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
		ok = s.changeBuild(value)
	case 'd':
		ok = s.changeSdistRequires(value)
	default:
		if end = s.changeDay(line); end {
			s.finish()
		}
		ok = end
	}
	if !ok {
		return false, damaged("a wrong line %q", line)
	}
	return end, nil
}

// changeBuild applies a line about the build system.
func (s *state) changeBuild(value string) (ok bool) {
	switch {
	case value == "?":
		s.BuildKnown, s.BuildBackend, s.BuildRequires = false, "", nil
	case strings.HasPrefix(value, " "):
		s.BuildKnown, s.BuildBackend = true, value[1:]
	case value == "":
		return false
	default:
		s.BuildRequires, ok = edit(s.BuildRequires, false, value)
		return ok
	}
	return true
}

// changeSdistRequires applies a line about the sdist's own requirements.
func (s *state) changeSdistRequires(value string) (ok bool) {
	var own []string
	switch {
	case value == "*":
		s.SdistRequiresDist = nil
		return true
	case value == "0":
		ok = true
	case value == "" || s.SdistRequiresDist == nil:
		return false
	default:
		own, ok = edit(*s.SdistRequiresDist, false, value)
	}
	s.SdistRequiresDist = &own
	return ok
}

// changeDay applies the line that ends a release: a day, how many days before (or,
// with "^", after) the day of the last release this one is, or "?".
func (s *state) changeDay(line string) bool {
	if line == "?" {
		s.Uploaded = ""
		return true
	}
	if len(line) == len(time.DateOnly) {
		t, err := time.Parse(time.DateOnly, line)
		s.Uploaded, s.day = line, int(t.Unix()/(24*60*60))
		return err == nil
	}
	digits, later := strings.CutPrefix(line, "^")
	n, err := strconv.Atoi(digits)
	if err != nil || n < 0 || n > maxDay || s.Uploaded == "" {
		return false
	}
	if later {
		n = -n
	}
	if n != 0 {
		s.day -= n
		s.Uploaded = time.Unix(int64(s.day)*24*60*60, 0).UTC().Format(time.DateOnly)
	}
	return 0 <= s.day && s.day <= maxDay
}

const maxDay = 100_000 // days between two releases, or since 1970

// finish derives what is not written.
func (s *state) finish() {
	if s.derived && !s.fresh {
		s.ProvidesExtra = extrasOf(s.RequiresDist)
	}
	s.fresh = true
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
