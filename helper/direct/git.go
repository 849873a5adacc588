package direct

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/google/renameio/v2"

	"mach/helper/diag"
	"mach/helper/pep440"
	"mach/helper/reference"
	"mach/helper/release"
)

// repository is the copy of a repository in the cache, which has the commits that were asked for and no history.
type repository struct {
	opener *Opener
	url    string
	dir    string
}

// fullCommit is the name of a commit as it is pinned.
var fullCommit = regexp.MustCompile(`^([0-9a-f]{40}|[0-9a-f]{64})$`)

// repository opens the copy of a repository, and makes it if there is none.
func (o *Opener) repository(ctx context.Context, r *reference.Reference) (*repository, error) {
	sum := sha256.Sum256([]byte(reference.Public(r.URL)))
	cache, err := o.cache()
	if err != nil {
		return nil, err
	}
	repo := &repository{o, r.URL, filepath.Join(cache, "git", hex.EncodeToString(sum[:16]))}
	if _, err := os.Stat(filepath.Join(repo.dir, "HEAD")); err == nil {
		return repo, nil
	}
	if err := os.MkdirAll(repo.dir, 0o777); err != nil {
		return nil, diag.World("the cache").Because(err)
	}
	_, err = repo.run(ctx, "init", "--quiet", "--bare")
	return repo, err
}

// commit is the commit that a revision stands for now, which is then in the copy.
func (r *repository) commit(ctx context.Context, revision string) (string, error) {
	if fullCommit.MatchString(revision) && r.has(ctx, revision) {
		return revision, nil
	}
	if r.opener.Offline {
		return "", r.notCached()
	}
	wanted := revision
	if wanted == "" {
		wanted = "HEAD"
	}
	sum := sha256.Sum256([]byte(wanted))
	ref := "refs/mach/" + hex.EncodeToString(sum[:8])
	_, err := r.run(ctx, "fetch", "--quiet", "--depth=1", "--no-tags", "--force", r.url, wanted+":"+ref)
	if err != nil && revision != "" {
		ref, err = r.search(ctx, revision, err)
	}
	if err != nil {
		return "", err
	}
	out, err := r.run(ctx, "rev-parse", "--verify", "--quiet", ref+"^{commit}")
	return strings.TrimSpace(string(out)), err
}

func (r *repository) notCached() error {
	return diag.World("%s is not in the cache, and with --offline nothing is fetched", reference.Public(r.url)).Hint("run it once without --offline")
}

func (r *repository) has(ctx context.Context, commit string) bool {
	_, err := r.run(ctx, "cat-file", "-e", commit+"^{commit}")
	return err == nil
}

// search fetches all branches and tags, for a revision that the server does not give by itself, such as the beginning of
// a commit. failed is the error of asking for it.
func (r *repository) search(ctx context.Context, revision string, failed error) (string, error) {
	names, err := r.names(ctx)
	if err != nil {
		return "", failed // the repository cannot be read at all
	}
	if hexadecimal.MatchString(revision) {
		if _, err := r.run(ctx, "fetch", "--quiet", "--no-tags", "--force", r.url, "+refs/heads/*:refs/all/heads/*", "+refs/tags/*:refs/all/tags/*"); err != nil {
			return "", err
		}
		if _, err := r.run(ctx, "rev-parse", "--verify", "--quiet", revision+"^{commit}"); err == nil {
			return revision, nil
		}
	}
	e := diag.Input("%s has no branch, tag or commit %q", reference.Public(r.url), revision)
	if near := release.Near(revision, 3, slices.Values(names)); len(near) > 0 {
		return "", e.Hint("did you mean %s", strings.Join(near, " or "))
	}
	return "", e.Hint("see what it has: git ls-remote %s", reference.Public(r.url))
}

// hexadecimal is what may be the beginning of a commit.
var hexadecimal = regexp.MustCompile(`^[0-9a-f]{4,64}$`)

// names are those of the branches and tags.
func (r *repository) names(ctx context.Context) ([]string, error) {
	out, err := r.run(ctx, "ls-remote", "--quiet", "--heads", "--tags", "--refs", r.url)
	if err != nil {
		return nil, err
	}
	var names []string
	for line := range strings.Lines(string(out)) {
		if _, ref, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
			names = append(names, strings.TrimPrefix(strings.TrimPrefix(ref, "refs/heads/"), "refs/tags/"))
		}
	}
	return names, nil
}

// tags are the tags and the commits that they are on, as the server has them now.
func (r *repository) tags(ctx context.Context) (map[string]string, error) {
	out, err := r.run(ctx, "ls-remote", "--quiet", "--tags", r.url)
	return tagsIn(out), err
}

// tagsKept is the file of the copy with the tags as they were seen last.
const tagsKept = "mach-tags"

// lastTags are tags, and with --offline those that were there when they were asked for last.
func (r *repository) lastTags(ctx context.Context) (map[string]string, error) {
	kept := filepath.Join(r.dir, tagsKept)
	if r.opener.Offline {
		out, err := os.ReadFile(kept)
		if err != nil {
			return nil, r.notCached()
		}
		return tagsIn(out), nil
	}
	out, err := r.run(ctx, "ls-remote", "--quiet", "--tags", r.url)
	if err != nil {
		return nil, err
	}
	if err := renameio.WriteFile(kept, out, 0o666); err != nil {
		return nil, diag.World("the cache").Because(err)
	}
	return tagsIn(out), nil
}

// tagsIn are the tags that git lists, with the commits that they are on at last.
func tagsIn(list []byte) map[string]string {
	tags := map[string]string{}
	for line := range strings.Lines(string(list)) {
		commit, ref, ok := strings.Cut(strings.TrimSpace(line), "\trefs/tags/")
		name, peeled := strings.CutSuffix(ref, "^{}")
		if _, had := tags[name]; ok && (peeled || !had) {
			tags[name] = commit
		}
	}
	return tags
}

// committed is when a commit was made, as it says.
func (r *repository) committed(ctx context.Context, commit string) (time.Time, error) {
	out, err := r.run(ctx, "show", "--no-patch", "--format=%cI", commit)
	if err != nil {
		return time.Time{}, err
	}
	return time.Parse(time.RFC3339, strings.TrimSpace(string(out)))
}

// versionOf is the version that a tag on a commit names, as backends take it that ask version control; "" there is none.
func (r *repository) versionOf(ctx context.Context, commit string) string {
	tags, err := r.tags(ctx)
	if err != nil {
		return ""
	}
	best := ""
	var highest pep440.Version
	for name, on := range tags {
		v, err := pep440.Parse(tagPrefix.ReplaceAllString(name, ""))
		if on == commit && err == nil && (best == "" || v.Compare(highest) > 0) {
			best, highest = v.String(), v
		}
	}
	return best
}

// tagPrefix is what stands before the version in a tag: "v", or a name and a hyphen.
var tagPrefix = regexp.MustCompile(`^([A-Za-z][\w.]*[-_/])*[vV]?`)

// tar gives the files of a commit, below a directory of it, to read.
func (r *repository) tar(ctx context.Context, commit, subdirectory string, read func(io.Reader) error) error {
	tree := commit
	if subdirectory != "" {
		tree += ":" + subdirectory
	}
	cmd := r.command(ctx, "archive", "--format=tar", "--prefix=source/", tree)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return diag.World("git").Because(err)
	}
	if err := cmd.Start(); err != nil {
		return noGit(err)
	}
	bad := read(out)
	_, _ = io.Copy(io.Discard, out) // git must not wait for a reader
	if err := cmd.Wait(); err != nil {
		if strings.Contains(stderr.String(), "not a valid object name") || strings.Contains(stderr.String(), "not a tree object") {
			return diag.Input("%s has no directory %q at %s", reference.Public(r.url), subdirectory, commit[:12])
		}
		return r.failed(&stderr, err)
	}
	return bad
}

// run runs git in the copy.
func (r *repository) run(ctx context.Context, args ...string) ([]byte, error) {
	cmd := r.command(ctx, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, r.failed(&stderr, err)
	}
	return out, nil
}

// command is git in the copy, which asks nobody anything and sees no other repository.
func (r *repository) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "git", append([]string{"-C", r.dir, "-c", "gc.auto=0", "-c", "maintenance.auto=false"}, args...)...)
	cmd.Env = slices.DeleteFunc(os.Environ(), func(entry string) bool {
		name, _, _ := strings.Cut(entry, "=")
		return slices.Contains([]string{"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX"}, name)
	})
	cmd.Env = append(cmd.Env, "GIT_TERMINAL_PROMPT=0", "LC_ALL=C")
	return cmd
}

// failed is an error of git, in its own words.
func (r *repository) failed(stderr *bytes.Buffer, err error) error {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return noGit(err)
	}
	said := strings.TrimSpace(stderr.String())
	last := said[strings.LastIndexByte(said, '\n')+1:]
	if first, _, ok := strings.Cut(said, "\n"); ok && strings.HasPrefix(first, "fatal:") {
		last = first
	}
	text := strings.ReplaceAll(strings.TrimPrefix(strings.TrimPrefix(last, "fatal: "), "error: "), r.url, reference.Public(r.url))
	return diag.World("%s: git says: %s", reference.Public(r.url), text).
		Hint("see that git can read it, with its own credentials: git ls-remote %s", reference.Public(r.url))
}

func noGit(err error) error {
	return diag.World("git cannot be run").Because(fmt.Errorf("%w", err)).Hint("install git: it fetches repositories")
}
