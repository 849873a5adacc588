package pydb

import (
	"cmp"
	"encoding/hex"
	"slices"
	"strings"

	"mach/helper/crawl/record"
	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/release"
	"mach/helper/tags"
)

// gathered is one release on its way into the database.
type gathered struct {
	Release
	version pep440.Version
	text    string       // normal form of version
	files   []sourceFile // of Wheels, in their order, then the sdist
}

// sourceFile is a wheel or an sdist of a record.
type sourceFile struct {
	*record.File
	version pep440.Version
	spelled string // the version as the file's name has it
	wheel   release.Wheel
	sdist   bool
}

// Why things of a record are left out of a database.
const (
	notPacked  = "neither a wheel nor an sdist by its name"
	badVersion = "its version is none of PEP 440"
	badTags    = "its tags cannot be written"
	noHash     = "no SHA-256"
	oneSdist   = "another sdist of its release is packed"
	oneWheel   = "another wheel of its release has the same tags"
	noMetadata = "a release without metadata"
	noReleases = "a project without releases"
)

// gatherer makes releases out of records. It is not safe for concurrent use.
type gatherer struct {
	normalizer
	left map[string]int // what was left out, by reason
}

// gather makes releases, newest first, out of a record.
func (g *gatherer) gather(p *record.Project) []*gathered {
	byVersion := map[string][]sourceFile{}
	for i := range p.Files {
		f, reason := readFile(p.Name, &p.Files[i])
		if reason != "" {
			g.left[reason]++
			continue
		}
		text := f.version.String()
		byVersion[text] = append(byVersion[text], f)
	}
	releases := make([]*gathered, 0, len(byVersion))
	for text, files := range byVersion {
		if !slices.ContainsFunc(files, func(f sourceFile) bool { return f.Metadata != nil }) {
			g.left[noMetadata]++
			continue
		}
		releases = append(releases, g.newRelease(text, files))
	}
	slices.SortFunc(releases, func(a, b *gathered) int {
		return cmp.Or(b.version.Compare(a.version), strings.Compare(b.text, a.text))
	})
	return releases
}

// readFile reads the name of a file, or says why the file is left out.
func readFile(project string, f *record.File) (s sourceFile, reason string) {
	s.File = f
	if w, err := tags.ParseWheelName(f.Filename); err == nil && pep508.NormalizeName(w.Project) == project {
		s.wheel, s.spelled = release.Wheel{Build: w.Build, WheelTags: w.WheelTags}, w.Version
	} else if s.spelled, err = tags.ParseSdistName(f.Filename, project); err == nil {
		s.sdist = true
	} else {
		return s, notPacked
	}
	var err error
	// PEP 427 has "_" in the place of the "-" that PEP 440 allows.
	if s.version, err = pep440.Parse(strings.ReplaceAll(s.spelled, "_", "-")); err != nil {
		return s, badVersion
	}
	if !s.sdist && !plainWheel(s.wheel) || f.Filename != oneLine(f.Filename) {
		return s, badTags
	}
	if b, err := hex.DecodeString(f.Hashes.SHA256); err != nil || len(b) != 32 {
		return s, noHash
	}
	return s, ""
}

// newRelease makes a release of its files.
func (g *gatherer) newRelease(text string, candidates []sourceFile) *gathered {
	files := chooseFiles(candidates, g.left)
	r := &gathered{version: files[0].version, text: text, files: files}
	r.Sdist = files[len(files)-1].sdist
	for _, f := range files {
		if !f.sdist {
			r.Wheels = append(r.Wheels, f.wheel)
		}
		r.RequiresPython = cmp.Or(r.RequiresPython, oneLine(f.RequiresPython), pythonOf(f.Metadata))
		day, _, _ := strings.Cut(f.UploadTime, "T")
		if validDay(day) && (r.Uploaded == "" || day < r.Uploaded) {
			r.Uploaded = day
		}
	}
	r.Yanked, r.YankedReason = yanked(files)
	g.setMetadata(r, slices.Concat(files, candidates))
	return r
}

// pythonOf is the requires-python of m, which may be nil.
func pythonOf(m *record.Metadata) string {
	if m == nil {
		return ""
	}
	return oneLine(m.RequiresPython)
}

// yanked says whether all files are yanked, and the first reason given.
func yanked(files []sourceFile) (bool, string) {
	reason := ""
	for _, f := range files {
		if !f.Yanked.Yanked {
			return false, ""
		}
		reason = cmp.Or(reason, oneLine(f.Yanked.Reason))
	}
	return true, reason
}

// setMetadata spreads the first metadata among files, a wheel's if there is one, over
// the release. An sdist keeps its own if it was read from it.
func (g *gatherer) setMetadata(r *gathered, files []sourceFile) {
	var md *record.Metadata
	for _, f := range files {
		if f.Metadata != nil {
			md = f.Metadata
			break
		}
	}
	r.RequiresDist = g.requirements(md.RequiresDist, r.text)
	r.ProvidesExtra = extras(md.ProvidesExtra, extrasOf(r.RequiresDist))
	if !r.Sdist {
		return
	}
	own := r.files[len(r.files)-1].Metadata
	if own == nil {
		return
	}
	if requires := g.requirements(own.RequiresDist, r.text); own.From != record.FromSiblingWheel && !slices.Equal(requires, r.RequiresDist) {
		r.SdistRequiresDist = &requires
	}
	if b := own.BuildSystem; b != nil {
		r.BuildKnown, r.BuildBackend, r.BuildRequires = true, strings.ReplaceAll(oneLine(b.BuildBackend), " ", ""), g.requirements(b.Requires, r.text)
		r.BuildUnknown = oneLine(strings.Join(b.Unknown, "; "))
	}
}

// extras is what is provided: what the metadata lists, or where that lists nothing
// or the same as the markers name, what these name.
func extras(listed, derived []string) []string {
	keys := func(list []string) []string {
		var keys []string
		for _, name := range list {
			keys = append(keys, pep508.NormalizeName(name))
		}
		slices.Sort(keys)
		return slices.Compact(keys)
	}
	listed = slices.DeleteFunc(sortedLines(listed), func(name string) bool {
		return name == "*" || strings.Contains(name, " ")
	})
	if len(listed) == 0 || slices.Equal(keys(listed), keys(derived)) {
		return derived
	}
	return listed
}

// requirements gives each requirement of a release once, in normal form, in the order
// in which the database has them.
func (g *gatherer) requirements(list []string, version string) []string {
	var normal []string
	for _, s := range list {
		if s = g.normal(s); s != "" {
			normal = append(normal, contract(s, version))
		}
	}
	slices.Sort(normal)
	return expandAll(slices.Compact(normal), version)
}

// sortedLines gives each text once, on one line, sorted.
func sortedLines(list []string) []string {
	var lines []string
	for _, s := range list {
		if s = oneLine(s); s != "" {
			lines = append(lines, s)
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

// oneLine puts one space in the place of each run of white space and control
// characters, and nothing at the ends.
func oneLine(s string) string {
	plain := !strings.Contains(s, "  ") && strings.TrimSpace(s) == s
	for i := 0; plain && i < len(s); i++ {
		plain = s[i] >= ' ' && s[i] < 0x7f
	}
	if plain {
		return s
	}
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, "\ufffd"), func(r rune) bool {
		return r <= ' ' || r == 0x7f || r == 0x85 || r == 0xa0
	}), " ")
}
