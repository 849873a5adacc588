package tags

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// WheelName is what the name of a wheel says (PEP 427).
type WheelName struct {
	Project string // as written: not normalised
	Version string // as written: not checked
	Build   string // "" or the build tag: digits, then anything
	WheelTags
}

// ParseWheelName reads project-version[-build]-python-abi-platform.whl. It accepts what packaging accepts, except
// that it leaves the version unchecked, and gives the tags in lower case.
func ParseWheelName(file string) (WheelName, error) {
	stem, ok := strings.CutSuffix(file, ".whl")
	if !ok {
		return WheelName{}, wheelError(file, "it does not end in .whl")
	}
	w, ok := splitWheel(stem)
	switch {
	case !ok:
		return WheelName{}, wheelError(file, "it is not project-version[-build]-python-abi-platform")
	case !validProject(w.Project):
		return WheelName{}, wheelError(file, fmt.Sprintf("the project %q is not a name", w.Project))
	case w.Version == "":
		return WheelName{}, wheelError(file, "the version is empty")
	case hasEmptyPart(w.Python) || hasEmptyPart(w.ABI) || hasEmptyPart(w.Platform):
		return WheelName{}, wheelError(file, "a tag is empty")
	case !identifiers(w.Python):
		return WheelName{}, wheelError(file, fmt.Sprintf("%q is not a python tag", w.Python))
	}
	return w, nil
}

func wheelError(file, reason string) error {
	return fmt.Errorf("wheel name %q: %s", file, reason)
}

// splitWheel cuts a stem at its dashes, of which there are four, or five with a build tag.
func splitWheel(stem string) (w WheelName, ok bool) {
	rest := stem
	for _, part := range []*string{&w.Platform, &w.ABI, &w.Python} {
		i := strings.LastIndexByte(rest, '-')
		if i < 0 {
			return w, false
		}
		*part, rest = strings.ToLower(rest[i+1:]), rest[:i]
	}
	if w.Project, rest, ok = strings.Cut(rest, "-"); !ok {
		return w, false
	}
	var built bool
	if w.Version, w.Build, built = strings.Cut(rest, "-"); !built {
		return w, true
	}
	startsWithDigit := w.Build != "" && w.Build[0] >= '0' && w.Build[0] <= '9'
	return w, startsWithDigit && !strings.Contains(w.Build, "-")
}

// validProject says whether name is letters, digits, dots and single underscores, as PEP 427 escapes it.
func validProject(name string) bool {
	for _, r := range name {
		if r != '_' && r != '.' && !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			return false
		}
	}
	return name != "" && !strings.Contains(name, "__")
}

// hasEmptyPart says whether a compressed tag has nothing before, between or after its dots.
func hasEmptyPart(tag string) bool {
	return tag == "" || tag[0] == '.' || tag[len(tag)-1] == '.' || strings.Contains(tag, "..")
}

// identifiers says whether every python tag could name a variable, which is what packaging asks of them.
func identifiers(python string) bool {
	for rest, more := python, true; more; {
		var p string
		p, rest, more = strings.Cut(rest, ".")
		first, _ := utf8.DecodeRuneInString(p)
		if first != '_' && !unicode.IsLetter(first) {
			return false
		}
		for _, r := range p {
			if r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				return false
			}
		}
	}
	return true
}

// BuildNumber is the build tag as it is ordered: its leading digits as a number, then the rest. More is better, and a
// wheel without a build tag, whose number is -1, is the least. A number too large for an int is the largest int.
func BuildNumber(build string) (int, string) {
	if build == "" {
		return -1, ""
	}
	rest := strings.TrimLeft(build, "0123456789")
	n, err := strconv.Atoi(build[:len(build)-len(rest)])
	if err != nil {
		n = math.MaxInt
	}
	return n, rest
}

// ParseSdistName reads the version out of the name of an sdist of a project, whose name is given in normal form
// (PEP 503), because in the names from before PEP 625 a dash stands in project and version alike: foo-bar-1.0-1.tar.gz.
// The version is not checked.
func ParseSdistName(file, project string) (version string, err error) {
	stem, ok := sdistStem(file)
	if !ok {
		return "", fmt.Errorf("sdist name %q: the ending is none of .tar.gz, .zip, .tar.bz2, .tar.xz, .tgz and the like", file)
	}
	rest, ok := cutProject(stem, project)
	if !ok || rest == "" {
		return "", fmt.Errorf("sdist name %q: it is not %s-version", file, project)
	}
	return rest, nil
}

// sdistStem takes off the ending of an archive that pip unpacks, or unpacked once.
func sdistStem(file string) (string, bool) {
	for _, ending := range [...]string{
		".tar.gz", ".zip", ".tar.bz2", ".tgz", ".tar.xz", ".tbz", ".txz", ".tar.Z", ".tar.lz", ".tar.lzma", ".tlz", ".tar",
	} {
		if stem, ok := strings.CutSuffix(file, ending); ok {
			return stem, true
		}
	}
	return "", false
}

// cutProject takes the project and a dash off the front of stem. Where the project has a dash, stem may have any run
// of dashes, dots and underscores, and any case.
func cutProject(stem, project string) (rest string, ok bool) {
	i := 0
	for _, c := range []byte(project) {
		if c != '-' {
			if i >= len(stem) || lowerByte(stem[i]) != c {
				return "", false
			}
			i++
			continue
		}
		from := i
		for i < len(stem) && (stem[i] == '-' || stem[i] == '.' || stem[i] == '_') {
			i++
		}
		if i == from {
			return "", false
		}
	}
	return strings.CutPrefix(stem[i:], "-")
}

func lowerByte(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
