package cli

import (
	"errors"
	"slices"
	"strings"
	"time"

	"mach/helper/diag"
	"mach/helper/direct"
	"mach/helper/lock"
	"mach/helper/pep508"
	"mach/helper/provide"
	"mach/helper/reference"
	"mach/helper/release"
)

// orders says whether the user names the providers of a project, so that those of an earlier lock do not count.
func (f *choiceFlags) orders(project string) bool {
	if f.Providers != "" {
		return true
	}
	for name := range f.Provider {
		if pep508.NormalizeName(name) == project {
			return true
		}
	}
	return false
}

// order reads the providers of one project, one of which may be a repository.
func (f *choiceFlags) order(policy *provide.Policy, name, text string) error {
	normal := pep508.NormalizeName(name)
	var order []provide.Provider
	for item := range strings.SplitSeq(text, ",") {
		item = strings.TrimSpace(item)
		if isRepository(item) {
			r, err := readRepository(name, item)
			if err != nil {
				return err
			}
			if other := f.repositories[normal]; other != nil {
				return diag.Usage("--provider %s: the tags of one repository are taken, and %q names two", name, text).Hint("--provider %s=%s", name, item)
			}
			order = append(order, provide.Tag)
			f.repositories[normal], policy.Repositories[normal] = r, item
			continue
		}
		found, err := provide.ParseProviders(item)
		if err != nil {
			e := diag.Usage("--provider %s", name).Because(err)
			if item == "git" || item == "tag" || strings.HasPrefix(item, "git+") || slices.Contains(reference.Hosts(), item) {
				return e.Hint("for the tags of a repository: --provider %s=github:OWNER/REPOSITORY", name)
			}
			return e.Hint("--provider %s=wheel,sdist,nixpkgs", name)
		}
		if slices.Contains(order, found[0]) {
			return diag.Usage("--provider %s: provider %q stands twice in %q", name, found[0], text).Hint("--provider %s=wheel,sdist,nixpkgs", name)
		}
		order = append(order, found[0])
	}
	policy.Projects[normal] = order
	return nil
}

// isRepository tells where releases come from from the name of a provider.
func isRepository(item string) bool { return strings.ContainsAny(item, ":/@") }

// firstRepository is the first repository of an order; "" there is none.
func firstRepository(order string) string {
	for item := range strings.SplitSeq(order, ",") {
		if isRepository(item) {
			return strings.TrimSpace(item)
		}
	}
	return ""
}

// readRepository reads a repository of which all tags count.
func readRepository(name, text string) (*reference.Reference, error) {
	wrong := func(format string, args ...any) *diag.Error {
		return diag.Usage("--provider "+name+": "+format, args...)
	}
	const form = "--provider %s=%s:OWNER/REPOSITORY"
	r, err := reference.Parse(text, ".")
	host, _, _ := strings.Cut(text, ":")
	var known *reference.Error
	switch {
	case err != nil && slices.Contains(reference.Hosts(), host):
		return nil, wrong("%q", text).Because(err).Hint(form, name, host)
	case errors.As(err, &known) && known.Hint != "":
		return nil, wrong("%q", text).Because(err).Hint("%s", known.Hint)
	case err != nil:
		return nil, wrong("%q", text).Because(err).Hint(form, name, "github")
	case r.Kind == reference.Git && r.Revision != "":
		return nil, wrong("releases are taken from all tags of a repository, and %q names one revision", text).
			Hint("--provider %s=%s", name, strings.Replace(text, "@"+r.Revision, "", 1)).Hint("or ask for that one: %s @ %s", name, text)
	case r.Kind == reference.Git:
		return r, nil
	}
	if near := release.Near(host, 1, slices.Values(reference.Hosts())); len(near) > 0 {
		return nil, wrong("%q is no repository: do you mean %q?", text, near[0]).Hint("--provider %s=%s%s", name, near[0], strings.TrimPrefix(text, host))
	}
	return nil, wrong("%q is no repository, of which there could be tags", text).Hint(form, name, "github").Hint("or ask for it: %s @ %s", name, text)
}

// repositories are those that the earlier lock has releases from, by project. They stay until another provider is named,
// also with --upgrade: what comes from a repository may be another's project in an index.
func (e *earlier) repositories() (map[string]*reference.Reference, error) {
	if e == nil || e.read == nil {
		return nil, nil
	}
	if e.skimmed != nil && !hasTags(e.skimmed) {
		return nil, nil
	}
	l, err := e.read()
	switch {
	case err != nil && e.all:
		return nil, nil // it is written over
	case err != nil:
		return nil, err
	}
	return repositoriesOf(l), nil
}

func hasTags(l *lock.Lock) bool {
	return slices.ContainsFunc(l.Packages, func(p lock.Package) bool { return isTag(p.Tool.Mach) }) ||
		l.Tool.Mach != nil && slices.ContainsFunc(l.Tool.Mach.Build, func(b lock.Build) bool { return isTag(&b.Provided) })
}

func isTag(p *lock.Provided) bool { return p != nil && p.Provider == lock.Tag }

// repositoriesOf are the repositories that a lock has releases from, by project.
func repositoriesOf(l *lock.Lock) map[string]*reference.Reference {
	found := map[string]*reference.Reference{}
	eachTag(l, func(name, _ string, v *lock.VCS) {
		r, err := reference.Parse("git+"+v.URL, ".")
		if err != nil {
			return // mach check says what is wrong with it
		}
		r.Subdirectory = v.Subdirectory
		r.TagPrefix = direct.PrefixOf(name, r, v.RequestedRevision)
		if found[name] == nil {
			found[name] = r
		}
	})
	return found
}

// eachTag goes through the releases of a lock that are tags.
func eachTag(l *lock.Lock, do func(name, version string, v *lock.VCS)) {
	for i := range l.Packages {
		if p := &l.Packages[i]; isTag(p.Tool.Mach) && p.VCS != nil {
			do(p.Name, p.Version, p.VCS)
		}
	}
	if l.Tool.Mach == nil {
		return
	}
	for i := range l.Tool.Mach.Build {
		if b := &l.Tool.Mach.Build[i]; isTag(&b.Provided) && b.VCS != nil {
			do(b.Name, b.Version, b.VCS)
		}
	}
}

// latest is the last moment of a day or time of --exclude-newer; zero: there is none.
func latest(newer string) time.Time {
	if day, err := time.Parse(time.DateOnly, newer); err == nil {
		return day.AddDate(0, 0, 1).Add(-time.Second)
	}
	at, _ := time.Parse(time.RFC3339, newer) // it was read before
	return at
}
