package direct

import (
	"cmp"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"mach/helper/pep440"
	"mach/helper/reference"
)

// How a tag names a version:
//
//	tag     = [words sep] ["v"] version      words and sep may be left out: v1.2, 1.2, release-1.2, NAME-1.2, NAME/v1.2
//	words   = word *(sep word)               the project's name, or the directory it lies in; words like "release"; both
//	sep     = 1*("-" | "_" | "/" | "@" | "=" | "." | "+")
//	version = PEP 440, or its numbers with underscores: 2_0_1, 2_0_0rc1
//
// A tag with other words is of something else: of another project of the repository, most often. Where the project lies
// below the top and tags have its name, only those count. Of several tags for one version that with the project's name
// counts, then the one without any word, then that with the most numbers (v1 moves where there is v1.0.0). With a prefix
// that the user gives, the tags are those that begin with it, and nothing else counts.

// tag is one that names a version.
type tag struct {
	name, commit string
	version      pep440.Version
	rank         rank
}

// rank is by what a tag is known to be one of the project, the best first.
type rank int

const (
	named   rank = iota // by its name
	plain               // there is no word
	general             // by words that any project may have
	other               // by the name of the repository
)

// naming is how the tags of a repository name the versions of a project.
type naming struct {
	prefix      string   // that all must have; "" the usual
	names       []string // of the project, as words joined by "-"
	repository  string   // likewise
	isDirectory bool     // it lies below the top
}

func namingOf(name string, r *reference.Reference) naming {
	place := r.URL
	if i := strings.IndexAny(place, "?#"); i >= 0 {
		place = place[:i]
	}
	n := naming{prefix: r.TagPrefix, names: []string{name}, repository: joined(words(strings.TrimSuffix(path.Base(place), ".git")))}
	if r.Subdirectory != "" {
		n.isDirectory = true
		n.names = append(n.names, joined(words(r.Subdirectory)), joined(words(path.Base(r.Subdirectory))))
	}
	return n
}

// PrefixOf is what a user must say of a repository so that a tag of it names a version of a project: what stands before
// the version; "" the usual will do.
func PrefixOf(project string, r *reference.Reference, tag string) string {
	if _, ok := namingOf(project, r).read(tag); ok {
		return ""
	}
	return prefixOf(tag)
}

// generalWords are those of tags that say nothing of a project.
var generalWords = []string{"release", "releases", "rel", "version", "versions", "ver", "v", "tag", "tags", "py", "python", "pypi"}

var separators = regexp.MustCompile(`[-_/@=.+]+`)

// words are the parts of a text between separators, in small letters.
func words(text string) []string {
	return slices.DeleteFunc(separators.Split(strings.ToLower(text), -1), func(w string) bool { return w == "" })
}

func joined(words []string) string { return strings.Join(words, "-") }

// versions are the tags that name one, one each, the newest first.
func (n naming) versions(commits map[string]string) []tag {
	var all []tag
	for _, name := range slices.Sorted(maps.Keys(commits)) {
		if t, ok := n.read(name); ok {
			t.commit = commits[name]
			all = append(all, t)
		}
	}
	if n.isDirectory && slices.ContainsFunc(all, func(t tag) bool { return t.rank == named }) {
		all = slices.DeleteFunc(all, func(t tag) bool { return t.rank != named })
	}
	slices.SortStableFunc(all, func(a, b tag) int {
		return cmp.Or(b.version.Compare(a.version), cmp.Compare(a.rank, b.rank), len(b.version.Release())-len(a.version.Release()),
			len(a.name)-len(b.name))
	})
	return slices.CompactFunc(all, func(a, b tag) bool { return a.version.Compare(b.version) == 0 })
}

// read reads a tag; false if it names no version of the project.
func (n naming) read(name string) (t tag, ok bool) {
	rest, ok := strings.CutPrefix(name, n.prefix)
	if !ok {
		return t, false
	}
	for i := range len(rest) {
		if !isDigit(rest[i]) || i > 0 && (isDigit(rest[i-1]) || n.prefix != "" && !strings.EqualFold(rest[:i], "v")) {
			continue
		}
		rank, ok := n.rank(rest[:i])
		if !ok {
			continue
		}
		if v, err := pep440.Parse(dotted(rest[i:])); err == nil {
			return tag{name: name, version: v, rank: rank}, true
		}
	}
	return t, false
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// underscored is a version whose numbers stand between underscores.
var underscored = regexp.MustCompile(`^\d+(_\d+)+(_?[a-z]+_?\d*)?$`)

func dotted(text string) string {
	if underscored.MatchString(text) {
		return strings.ReplaceAll(text, "_", ".")
	}
	return text
}

// rank says what a tag is known by, of which head stands before the version.
func (n naming) rank(head string) (rank, bool) {
	head = withoutV(head)
	if head == "" || n.prefix != "" {
		return plain, head == ""
	}
	return n.rankOf(words(head))
}

// withoutV is what stands before a version without the "v" that belongs to that.
func withoutV(head string) string {
	cut := strings.TrimRight(head, "vV")
	if len(head)-len(cut) == 1 && (cut == "" || separators.MatchString(cut[len(cut)-1:])) {
		return cut
	}
	return head
}

// mostWords is how many a tag may have before its version.
const mostWords = 20

// rankOf is rank for words: those that any project may have stand around the name, or for themselves.
func (n naming) rankOf(words []string) (best rank, ok bool) {
	if len(words) > mostWords {
		return 0, false
	}
	isGeneral := func(w string) bool { return slices.Contains(generalWords, w) }
	best = other + 1
	for from := 0; from <= len(words); from++ {
		for to := len(words); to >= from; to-- {
			switch text := joined(words[from:to]); {
			case slices.Contains(n.names, text):
				best = min(best, named)
			case text == "":
				best = min(best, general)
			case text == n.repository:
				best = min(best, other)
			}
			if to > from && !isGeneral(words[to-1]) {
				break
			}
		}
		if from < len(words) && !isGeneral(words[from]) {
			break
		}
	}
	return best, best <= other
}

// someTags are a few tags for messages, those first that look like versions.
func someTags(commits map[string]string) string {
	const few = 5
	names := slices.SortedFunc(maps.Keys(commits), func(a, b string) int {
		return cmp.Or(strings.Compare(prefixOf(b), prefixOf(a)), strings.Compare(a, b))
	})
	if len(names) <= few {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:few], ", ") + ", …"
}

// prefixOf is what stands before the version of a tag, whatever it is; "" if there is none.
func prefixOf(tag string) string {
	for i := range len(tag) {
		if i == 0 || !isDigit(tag[i]) || isDigit(tag[i-1]) || tag[i-1] == '.' && i > 1 && isDigit(tag[i-2]) {
			continue
		}
		if _, err := pep440.Parse(dotted(tag[i:])); err == nil {
			return withoutV(tag[:i])
		}
	}
	return ""
}

// likelyPrefix is the prefix that most tags have; "" none.
func likelyPrefix(commits map[string]string) (likely string) {
	count := map[string]int{}
	for name := range commits {
		if prefix := prefixOf(name); prefix != "" {
			count[prefix]++
		}
	}
	for _, prefix := range slices.Sorted(maps.Keys(count)) {
		if count[prefix] > count[likely] {
			likely = prefix
		}
	}
	return likely
}
