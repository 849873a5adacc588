package direct

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"mach/helper/diag"
	"mach/helper/pep440"
	"mach/helper/reference"
	"mach/helper/release"
)

// Tags are the releases of a project that the tags of a repository name. To know which there are takes one request; a
// release's source is fetched when somebody asks what it needs, and stays in the cache under its commit.
type Tags struct {
	opener     *Opener
	ctx        context.Context
	name       string // of the project, in normal form
	reference  *reference.Reference
	repository *repository
	newest     time.Time // what was committed later is left out; zero: nothing is
	tags       []tag     // one a version, the newest first
	versions   []string

	mu      sync.Mutex // guards sources
	sources map[int]*opening
}

// opening is the source of a tag that is being read or has been read.
type opening struct {
	once   sync.Once
	source *Source
	err    error
}

// tags asks a repository for the tags that are versions of a project. None is an error.
func (o *Opener) tags(ctx context.Context, name string, r *reference.Reference, newest time.Time) (*Tags, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	repo, err := o.repository(ctx, r)
	if err != nil {
		return nil, err
	}
	commits, err := repo.lastTags(ctx)
	if err != nil {
		return nil, err
	}
	t := &Tags{
		opener: o, ctx: ctx, name: name, reference: r, repository: repo, newest: newest,
		tags: namingOf(name, r).versions(commits), sources: map[int]*opening{},
	}
	if len(t.tags) == 0 {
		return nil, noVersion(name, r, commits)
	}
	for _, tag := range t.tags {
		t.versions = append(t.versions, tag.version.String())
	}
	return t, nil
}

// Versions implements release.Project.
func (t *Tags) Versions() []string { return t.versions }

// Release implements release.Project.
func (t *Tags) Release(int) (*release.Release, error) { return &release.Release{Sdist: true}, nil }

// Metadata implements release.Project.
func (t *Tags) Metadata(i, _ int) (*release.Metadata, error) {
	s, err := t.source(i)
	if err != nil {
		return nil, err
	}
	return &s.metadata, nil
}

// BuildSystem implements release.Project.
func (t *Tags) BuildSystem(i int) (*release.BuildSystem, error) {
	s, err := t.source(i)
	if err != nil {
		return nil, err
	}
	return &s.build, nil
}

// Files implements release.Project.
func (t *Tags) Files(i int) ([]release.File, error) {
	s, err := t.source(i)
	if err != nil {
		return nil, err
	}
	return s.Files(0)
}

// source is what a tag leads to. That it cannot be read is a fault of this release, unless the repository is not to be had.
func (t *Tags) source(i int) (*Source, error) {
	t.mu.Lock()
	s := t.sources[i]
	if s == nil {
		s = new(opening)
		t.sources[i] = s
	}
	t.mu.Unlock()
	s.once.Do(func() {
		s.source, s.err = t.open(t.tags[i])
		var unusable *release.Unusable
		if s.err != nil && !errors.As(s.err, &unusable) && diag.ExitCode(s.err) != diag.ExitWorld && t.ctx.Err() == nil {
			s.err = &release.Unusable{Reason: fmt.Sprintf("cannot be read at the tag %s: %s", t.tags[i].name, plainly(s.err))}
		}
	})
	return s.source, s.err
}

// plainly is an error as the end of a sentence: without the excerpt of a file.
func plainly(err error) string {
	text, _, _ := strings.Cut(err.Error(), "\n")
	return text
}

// open fetches the source of a tag, if it is not in the cache, and reads it.
func (t *Tags) open(tag tag) (*Source, error) {
	o := t.opener
	o.mu.Lock()
	defer o.mu.Unlock()
	r := *t.reference
	r.Revision = tag.name
	commit, pinned := tag.commit, ""
	if o.Pinned != nil {
		if pinned = o.Pinned(reference.Public(r.URL), r.Revision, r.Subdirectory); pinned != "" {
			commit = pinned
		}
	}
	commit, err := t.repository.commit(t.ctx, commit)
	if err != nil {
		return nil, err
	}
	if err := t.tooNew(commit); err != nil {
		return nil, err
	}
	s, err := readCommit(t.ctx, t.repository, &r, commit)
	if err != nil {
		return nil, err
	}
	if s.Name != "" && s.Name != t.name {
		return nil, &release.Unusable{Reason: fmt.Sprintf("is called %q at its tag %s", s.Name, tag.name)}
	}
	s.Name = t.name
	var doubts []string
	if pinned != "" && pinned != tag.commit {
		doubts = append(doubts, fmt.Sprintf("is kept at the commit %s: its tag %s is now on %s", short(pinned), tag.name, short(tag.commit)))
	}
	if tag.differs(s.Version) {
		doubts = append(doubts, fmt.Sprintf("says in its source that it is %s, but its tag is %s, which counts", s.Version, tag.name))
	}
	if s.metadata.Doubt != "" {
		doubts = append(doubts, s.metadata.Doubt)
	}
	s.metadata.Doubt = strings.Join(doubts, "; it ")
	s.Version = tag.version.String()
	return s, nil
}

// short is a commit as messages have it.
func short(commit string) string { return commit[:min(len(commit), 12)] }

// tooNew says that a commit is of a later day than may be.
func (t *Tags) tooNew(commit string) error {
	if t.newest.IsZero() {
		return nil
	}
	at, err := t.repository.committed(t.ctx, commit)
	if err != nil || !at.After(t.newest) {
		return err
	}
	return &release.Unusable{Reason: "was committed on " + at.UTC().Format(time.DateOnly) + ", which --exclude-newer excludes"}
}

// differs says whether a source calls itself another version. What a plugin fills in is no version: 0.0.0.
func (t *tag) differs(version string) bool {
	v, err := pep440.Parse(version)
	return err == nil && v.Compare(t.version) != 0 && slices.ContainsFunc(v.Release(), func(n uint64) bool { return n > 0 })
}

// noVersion says that none of the tags is a version, and what could be done about it.
func noVersion(name string, r *reference.Reference, commits map[string]string) error {
	place := reference.Public(r.URL)
	if len(commits) == 0 {
		return diag.Input("%s has no tags, of which releases of %s could be taken", place, name).
			Hint("ask for a branch or a commit of it: %s @ %s", name, r)
	}
	e := diag.Input("%s has no tag that is a version of %s: there are %s", place, name, someTags(commits))
	if prefix := likelyPrefix(commits); prefix != "" && r.TagPrefix == "" {
		with := *r
		with.TagPrefix = prefix
		return e.Hint("say what stands before the version: --provider '%s=%s'", name, &with)
	}
	return e.Hint("ask for one of them by its name: %s @ git+%s@TAG", name, place)
}

// mixed is a project with releases of its tags, beside those of an index if there are any.
type mixed struct {
	index    release.Project // nil: there are none
	tags     *release.Tags
	versions []string
	at       []int // of each version the release in index; -1: none
}

// mix joins the releases of tags with those of an index, which may be nil.
func mix(t *Tags, index release.Project) *mixed {
	m := &mixed{index: index, tags: &release.Tags{Project: t, Repository: reference.Public(t.reference.URL)}}
	if index == nil {
		m.versions = t.versions
		for i := range t.versions {
			m.tags.At, m.at = append(m.tags.At, i), append(m.at, -1)
		}
		return m
	}
	left := t.tags
	tagAt := func() int { return len(t.tags) - len(left) }
	add := func(text string, tag, index int) {
		m.versions, m.tags.At, m.at = append(m.versions, text), append(m.tags.At, tag), append(m.at, index)
	}
	for i, text := range index.Versions() {
		v, err := pep440.Parse(text)
		for err == nil && len(left) > 0 && left[0].version.Compare(v) > 0 {
			add(left[0].version.String(), tagAt(), -1)
			left = left[1:]
		}
		if err == nil && len(left) > 0 && left[0].version.Compare(v) == 0 {
			add(text, tagAt(), i)
			left = left[1:]
			continue
		}
		add(text, -1, i)
	}
	for ; len(left) > 0; left = left[1:] {
		add(left[0].version.String(), tagAt(), -1)
	}
	return m
}

// Tags implements release.Tagged.
func (m *mixed) Tags() *release.Tags { return m.tags }

// Versions implements release.Project.
func (m *mixed) Versions() []string { return m.versions }

// Release implements release.Project.
func (m *mixed) Release(i int) (*release.Release, error) {
	if m.at[i] < 0 {
		return &release.Release{}, nil
	}
	return m.index.Release(m.at[i])
}

// Metadata implements release.Project.
func (m *mixed) Metadata(i, wheel int) (*release.Metadata, error) {
	if m.at[i] < 0 {
		return nil, &release.Unusable{Reason: "has no file in an index"}
	}
	return m.index.Metadata(m.at[i], wheel)
}

// BuildSystem implements release.Project.
func (m *mixed) BuildSystem(i int) (*release.BuildSystem, error) {
	if m.at[i] < 0 {
		return &release.BuildSystem{}, nil
	}
	return m.index.BuildSystem(m.at[i])
}

// Files implements release.Project.
func (m *mixed) Files(i int) ([]release.File, error) {
	if m.at[i] < 0 {
		return nil, nil
	}
	return m.index.Files(m.at[i])
}
