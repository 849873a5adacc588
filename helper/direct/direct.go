// Package direct opens what direct references lead to: repositories (by the git program, with the user's own
// credentials), archives, wheels and directories. What is opened is pinned, by its commit or its hash, and read without
// being run. It stands beside the releases of a database as a project with one release. The tags of a repository may be
// releases themselves (Tags), which stand among those of a database.
package direct

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"sync"

	"mach/helper/diag"
	"mach/helper/index"
	"mach/helper/reference"
	"mach/helper/release"
	"mach/helper/sdist"
)

// Opener opens references, one at a time.
type Opener struct {
	Transport *index.Transport // for archives and wheels over the network
	Cache     string           // directory; "" a temporary one, which Close removes
	Offline   bool
	// Pinned is the commit that an earlier lock has for a repository at a revision; "" none. nil: there is no lock.
	Pinned func(url, revision, subdirectory string) string

	mu        sync.Mutex // held while one is opened
	temporary string
}

// Close removes what was not to be kept.
func (o *Opener) Close() {
	if o.temporary != "" {
		_ = os.RemoveAll(o.temporary)
	}
}

// cache is the directory for copies of repositories.
func (o *Opener) cache() (string, error) {
	if o.Cache != "" {
		return o.Cache, nil
	}
	if o.temporary == "" {
		dir, err := os.MkdirTemp("", "mach-")
		if err != nil {
			return "", diag.World("a directory for repositories").Because(err)
		}
		o.temporary = dir
	}
	return o.temporary, nil
}

// Open pins a reference and reads what it leads to. Its error says what is wrong with it, and not where it stands.
func (o *Opener) Open(ctx context.Context, r *reference.Reference) (*Source, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch r.Kind {
	case reference.Git:
		return o.openGit(ctx, r)
	case reference.Directory:
		return openDirectory(r)
	}
	return o.openFile(ctx, r)
}

func (o *Opener) openGit(ctx context.Context, r *reference.Reference) (*Source, error) {
	repo, err := o.repository(ctx, r)
	if err != nil {
		return nil, err
	}
	revision := r.Revision
	if o.Pinned != nil {
		if commit := o.Pinned(reference.Public(r.URL), r.Revision, r.Subdirectory); commit != "" {
			revision = commit
		}
	}
	commit, err := repo.commit(ctx, revision)
	if err != nil {
		return nil, err
	}
	s, err := readCommit(ctx, repo, r, commit)
	if err == nil && s.Version == "" && !o.Offline {
		s.Version = repo.versionOf(ctx, commit)
	}
	return s, err
}

// readCommit reads a commit, which is in the copy, as what a reference leads to.
func readCommit(ctx context.Context, repo *repository, r *reference.Reference, commit string) (*Source, error) {
	s := &Source{Origin: release.Origin{
		URL: reference.Public(r.URL), Revision: r.Revision, Commit: commit, Subdirectory: r.Subdirectory,
	}}
	return s, repo.tar(ctx, commit, r.Subdirectory, func(in io.Reader) error {
		tree, err := index.ReadTree(in)
		if err == nil {
			err = s.readTree(tree, treeName(r))
		}
		return err
	})
}

// treeName is what messages call the tree that a reference to a repository or an archive leads to: names of files are
// joined to it.
func treeName(r *reference.Reference) string {
	place := r.Path
	if u, err := url.Parse(r.URL); err == nil && r.URL != "" {
		place = u.Host + u.Path
	}
	return path.Join(place, r.Subdirectory)
}

func openDirectory(r *reference.Reference) (*Source, error) {
	dir := filepath.Join(r.Path, filepath.FromSlash(r.Subdirectory))
	name := shown(&reference.Reference{Kind: reference.Directory, Path: dir})
	switch info, err := os.Stat(dir); {
	case errors.Is(err, fs.ErrNotExist):
		return nil, diag.Input("there is no directory %s", name)
	case err != nil:
		return nil, diag.World("%s", name).Because(err)
	case !info.IsDir():
		return nil, diag.Input("%s is neither a directory nor a wheel or an archive", name)
	}
	s := &Source{Origin: release.Origin{Path: r.Path, Subdirectory: r.Subdirectory}}
	p, err := sdist.ReadDir(dir, name)
	return s, s.readProject(os.DirFS(dir), name, p, err)
}

func (o *Opener) openFile(ctx context.Context, r *reference.Reference) (*Source, error) {
	f, err := o.Transport.ReadFile(ctx, r.URL, r.Path, r.Subdirectory, r.Hashes["sha256"])
	if errors.Is(err, fs.ErrNotExist) && r.Path != "" {
		return nil, diag.Input("there is no file %s", shown(r))
	}
	if err != nil {
		return nil, err
	}
	s := &Source{Origin: release.Origin{
		URL: reference.Public(r.URL), Path: r.Path, SHA256: f.SHA256, Size: f.Size, Subdirectory: r.Subdirectory,
	}}
	if f.Wheel != nil {
		return s, s.readWheel(f)
	}
	return s, s.readTree(f.Tree, treeName(r))
}
