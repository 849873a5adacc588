// Package reference reads direct references: what a requirement names in the place of a release (PEP 440's direct
// references, PEP 508's URLs, and the forms that pip and Nix users write).
//
//	reference = vcs | archive | directory
//	vcs       = "git+" URL ["@" revision] ["#" fragments]    git+https, git+ssh, git+file, git+http, git+git
//	          | "github:" owner "/" repository ["@" revision] ["?dir=" directory] ["#" fragments]
//	                                                         likewise gitlab:, codeberg: and sourcehut:
//	archive   = URL or path that ends in .whl, .tar.gz, .tgz, .tar.bz2, .tar.xz, .tar or .zip ["#" fragments]
//	directory = path, or a URL file:///… of one
//	fragments = key "=" value *("&" key "=" value)           egg, subdirectory, sha256, sha384, sha512 of an archive, and
//	                                                         tag-prefix of a repository whose tags are releases
//
// A URL that git would take without "git+" (git@host:owner/repository) is an error that says how to write it. Other
// systems of version control (hg+, svn+, bzr+) are known and refused. pip's "@" before a revision is the last one of the
// path. A user name and password in a URL are used and never written down: String leaves them out.
package reference

import (
	"fmt"
	"maps"
	"net/url"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"mach/helper/pep508"
)

// Kind is what a reference leads to.
type Kind uint8

// The kinds of reference.
const (
	Git Kind = iota
	Archive
	Wheel
	Directory
)

// Reference is a place that a project is taken from.
type Reference struct {
	Kind         Kind
	URL          string            // of a repository, without "git+", or of a file; it may have a password; "" it is at Path
	Path         string            // absolute path of a file or directory
	Revision     string            // of a repository: a branch, tag or commit; "" its default branch
	Subdirectory string            // of the project in it, slash-separated; "" its top
	TagPrefix    string            // what stands before the version in the repository's tags; "" the usual
	Hashes       map[string]string // of an archive or wheel: hex, by the algorithm's name
	Name         string            // of the project, as #egg= has it; "" the reference does not say
	Extras       []string          // likewise
}

// Error is what is wrong with a reference, and what to write instead.
type Error struct {
	Reason string
	Hint   string // "" if nothing comes to mind
}

// Error returns the reason.
func (e *Error) Error() string { return e.Reason }

func wrong(hint, format string, args ...any) error {
	return &Error{fmt.Sprintf(format, args...), hint}
}

// archives are the ends of the names of archives.
var archives = []string{".tar.gz", ".tgz", ".tar.bz2", ".tbz", ".tar.xz", ".txz", ".tar", ".zip"}

// hosts are the abbreviations of repositories, as flakes have them.
var hosts = map[string]string{
	"github": "github.com", "gitlab": "gitlab.com", "codeberg": "codeberg.org", "sourcehut": "git.sr.ht",
}

// Hosts are the abbreviations of well-known hosts of repositories, sorted.
func Hosts() []string { return slices.Sorted(maps.Keys(hosts)) }

// IsReference tells a bare reference from a requirement with a name. A requirement has no separator, no colon and no
// archive's ending before its specifiers.
func IsReference(text string) bool {
	head := text
	if i := strings.IndexAny(text, " \t;[@"); i >= 0 {
		head = text[:i]
	}
	return strings.Contains(head, ":") || strings.HasPrefix(head, ".") || strings.Contains(head, "/") || IsFile(head)
}

// IsFile reports whether a name is that of a wheel or an archive.
func IsFile(name string) bool { return isWheel(name) || isArchive(name) }

func isWheel(name string) bool { return strings.HasSuffix(strings.ToLower(name), ".whl") }

func isArchive(name string) bool {
	return slices.ContainsFunc(archives, func(end string) bool { return strings.HasSuffix(strings.ToLower(name), end) })
}

// scp is what stands before the colon of host:owner/repository, perhaps with the name of a user.
var scp = regexp.MustCompile(`^([A-Za-z0-9_.-]+@)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$`)

// Parse reads a reference; a path in it begins at the directory base. Its error is an *Error.
func Parse(text, base string) (*Reference, error) {
	r := new(Reference)
	text = strings.TrimSpace(text)
	bare, fragment, _ := strings.Cut(text, "#")
	if err := r.fragments(fragment); err != nil {
		return nil, err
	}
	scheme, rest, hasScheme := strings.Cut(bare, ":")
	tool, transport, isVCS := strings.Cut(strings.ToLower(scheme), "+")
	switch {
	case hasScheme && isVCS && tool == "git":
		return r, r.git(transport, bare[len("git+"):])
	case hasScheme && isVCS:
		return nil, wrong("take it from git, or from a release", "version control by %s is not read here", tool)
	case hasScheme && hosts[scheme] != "":
		return r, r.hosted(scheme, rest)
	case hasScheme && (scheme == "http" || scheme == "https"):
		return r, r.file(bare)
	case strings.EqualFold(scheme, "file"):
		return r, r.local(strings.TrimPrefix(strings.TrimPrefix(rest, "//localhost"), "//"), base)
	case hasScheme && scp.MatchString(scheme) && !strings.HasPrefix(rest, "//"):
		user, host, found := strings.Cut(scheme, "@")
		if !found {
			user, host = "git", scheme
		}
		return nil, wrong("write git+ssh://"+user+"@"+host+"/"+rest, "%q is how git writes it: pip and mach need a scheme", bare)
	case hasScheme && strings.HasPrefix(rest, "//"):
		return nil, wrong("there are git+https, git+ssh, git+file, https, http and file", "no scheme %q", scheme)
	}
	return r, r.local(bare, base)
}

// GitURL is the address of a repository, as tools' files have it, as a URL: without "git+", and host:path, with which git
// means one of ssh, as that. A path stays one.
func GitURL(address string) string {
	address = strings.TrimPrefix(address, "git+")
	host, rest, ok := strings.Cut(address, ":")
	if !ok || strings.HasPrefix(rest, "//") || strings.Contains(host, "/") {
		return address
	}
	return "ssh://" + host + "/" + strings.TrimPrefix(rest, "/")
}

// IsFile reports whether the reference leads to a file, which has a hash.
func (r *Reference) IsFile() bool { return r.Kind == Archive || r.Kind == Wheel }

// digitsOf is how many hex digits a hash has.
var digitsOf = map[string]int{"sha256": 64, "sha384": 96, "sha512": 128}

// fragments reads what stands behind "#".
func (r *Reference) fragments(text string) error {
	for part := range strings.SplitSeq(text, "&") {
		key, value, _ := strings.Cut(part, "=")
		if plain, err := url.PathUnescape(value); err == nil {
			value = plain
		}
		switch key {
		case "egg":
			req, err := pep508.Parse(value)
			if err != nil || len(req.Specifiers) > 0 || req.Marker != nil {
				return wrong("write NAME @ URL for a name", "#egg=%s is no name of a project", value)
			}
			r.Name, r.Extras = req.Name, req.Extras
		case "subdirectory":
			if err := r.below("#subdirectory", value); err != nil {
				return err
			}
		case "tag-prefix":
			r.TagPrefix = value
		case "sha256", "sha384", "sha512":
			if r.Hashes == nil {
				r.Hashes = map[string]string{}
			}
			r.Hashes[key] = strings.ToLower(value)
			if digits := digitsOf[key]; len(value) != digits || strings.Trim(r.Hashes[key], "0123456789abcdef") != "" {
				return wrong("", "%s has %d hex digits", key, digits)
			}
		case "md5", "sha1", "sha224":
			return wrong("give its sha256", "%s is too weak a hash", key)
		}
	}
	return nil
}

// below reads the directory of the project, which a part of the reference names.
func (r *Reference) below(part, value string) error {
	clean := path.Clean(value)
	if value == "" || path.IsAbs(value) || clean == ".." || strings.HasPrefix(clean, "../") {
		return wrong("", "%s=%s is no directory below the top", part, value)
	}
	if clean != "." {
		r.Subdirectory = clean
	}
	return nil
}

// git reads a repository and its revision.
func (r *Reference) git(transport, text string) error {
	r.Kind = Git
	if !slices.Contains([]string{"https", "http", "ssh", "git", "file"}, transport) {
		return wrong("there are git+https, git+ssh, git+file, git+http and git+git", "no scheme %q", "git+"+transport)
	}
	u, err := url.Parse(text)
	if err != nil {
		return wrong("write git+ssh://git@host/owner/repository", "this is no URL of a repository")
	}
	if i := strings.LastIndex(u.Path, "@"); i >= 0 {
		u.Path, r.Revision = u.Path[:i], u.Path[i+1:]
		u.RawPath = ""
		if r.Revision == "" {
			return wrong("name a branch, a tag or a commit behind it, or leave it out", "nothing stands behind the @")
		}
	}
	if u.Host == "" && transport != "file" || strings.Trim(u.Path, "/") == "" {
		return wrong("write git+https://host/owner/repository", "the URL names no repository")
	}
	return r.revisioned(u)
}

// revisioned takes the URL of a repository whose revision is known, which git must not take for an option.
func (r *Reference) revisioned(u *url.URL) error {
	if strings.HasPrefix(r.Revision, "-") || strings.ContainsAny(r.Revision, " \t\n:?*[\\^~") || strings.Contains(r.Revision, "..") {
		return wrong("name a branch, a tag or a commit", "%q is no revision", r.Revision)
	}
	r.URL = u.String()
	return nil
}

// hosted reads owner/repository of a well-known host.
func (r *Reference) hosted(host, text string) error {
	r.Kind = Git
	text, query, _ := strings.Cut(text, "?")
	if query != "" {
		dir, ok := strings.CutPrefix(query, "dir=")
		if !ok {
			return wrong("there is ?dir=DIRECTORY", "%q is nothing that is known of a repository", "?"+query)
		}
		if err := r.below("?dir", dir); err != nil {
			return err
		}
	}
	text, r.Revision, _ = strings.Cut(text, "@")
	owner, name, ok := strings.Cut(text, "/")
	if host == "gitlab" {
		name = strings.ReplaceAll(name, "%2F", "/")
	}
	if !ok || owner == "" || name == "" || host != "gitlab" && strings.Contains(name, "/") {
		return wrong("write "+host+":owner/repository, or "+host+":owner/repository@revision", "%q names no repository", text)
	}
	u := &url.URL{Scheme: "https", Host: hosts[host], Path: "/" + owner + "/" + name}
	return r.revisioned(u)
}

// file reads the URL of a wheel or an archive.
func (r *Reference) file(text string) error {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return wrong("", "this is no URL of a file")
	}
	switch name := path.Base(u.Path); {
	case isWheel(name):
		r.Kind = Wheel
	case isArchive(name):
		r.Kind = Archive
	case strings.HasSuffix(name, ".git") || strings.Count(strings.Trim(u.Path, "/"), "/") == 1:
		return wrong("for the repository write git+"+text, "the URL names neither a wheel nor an archive")
	default:
		r.Kind = Archive // many servers make archives under names that do not say so
	}
	r.URL = u.String()
	return nil
}

// local reads a path.
func (r *Reference) local(text, base string) error {
	if plain, err := url.PathUnescape(text); err == nil {
		text = plain
	}
	if i := strings.LastIndex(text, "["); i > 0 && strings.HasSuffix(text, "]") {
		req, err := pep508.Parse("x" + text[i:])
		if err != nil {
			return wrong("", "%s are no extras", text[i:])
		}
		text, r.Extras = text[:i], req.Extras
	}
	if text == "" {
		return wrong("write ./DIRECTORY", "the reference is empty")
	}
	if !filepath.IsAbs(text) {
		text = filepath.Join(base, text)
	}
	r.Path, r.Kind = filepath.Clean(text), Directory
	switch {
	case isWheel(text):
		r.Kind = Wheel
	case isArchive(text):
		r.Kind = Archive
	}
	return nil
}

// String is the reference as it may be shown and written down: without credentials, and with the path that it has.
func (r *Reference) String() string {
	text := r.Path
	if r.URL != "" {
		text = Public(r.URL)
	}
	if r.Kind == Git {
		text = "git+" + text
		if r.Revision != "" {
			text += "@" + r.Revision
		}
	}
	sep := "#"
	if r.Subdirectory != "" {
		text += sep + "subdirectory=" + r.Subdirectory
		sep = "&"
	}
	if r.TagPrefix != "" {
		text += sep + "tag-prefix=" + r.TagPrefix
	}
	return text
}

// Public is a URL without the password that it has, and without the name of the user unless that belongs to it, as
// ssh's does.
func Public(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.User == nil {
		return text
	}
	name := u.User.Username()
	u.User = nil
	if strings.HasSuffix(u.Scheme, "ssh") && name != "" {
		u.User = url.User(name)
	}
	return u.String()
}

// Same says whether two references lead to one place, whatever they call it.
func (r *Reference) Same(other *Reference) bool {
	return r.Kind == other.Kind && r.Path == other.Path && plain(r.URL) == plain(other.URL) &&
		r.Revision == other.Revision && r.Subdirectory == other.Subdirectory
}

// plain is a URL as it is compared: servers of repositories take them with and without ".git".
func plain(text string) string {
	return strings.TrimSuffix(strings.TrimSuffix(Public(text), "/"), ".git")
}
