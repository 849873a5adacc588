package index

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"mach/helper/diag"
	"mach/helper/pep508"
	"mach/helper/tags"
)

// flat is a place of files of all projects (pip's find-links): a directory, or an HTML page with links to them.
type flat struct {
	dir, page string // a path, or a URL (http, https, file)

	mu     sync.Mutex
	byName map[string][]rawFile // nil: not read yet
}

// FindLinks is a client for a place of files: a directory, or an HTML page at a URL or path. A project has there what
// files bear its name.
func (t *Transport) FindLinks(place Given) (*Client, error) {
	c := &Client{transport: t, links: new(flat), index: Index{SimpleURL: redact(place.Value), Source: place.Source}}
	path := place.Value
	u, err := url.Parse(place.Value)
	switch {
	case err == nil && (u.Scheme == "http" || u.Scheme == "https"):
		c.index.user, u.User = u.User, nil
		c.links.page = u.String()
		c.index.SimpleURL = c.links.page
		return c, nil
	case err == nil && u.Scheme == "file":
		path = u.Path
	case strings.HasPrefix(path, "~/"):
		if home, err := os.UserHomeDir(); err == nil {
			path = home + path[1:]
		}
	}
	if path, err = filepath.Abs(path); err != nil {
		return nil, err
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, diag.Input("find-links %q (%s): there is no such file or directory", redact(place.Value), place.Source)
	case err != nil:
		return nil, diag.World("find-links %q (%s)", redact(place.Value), place.Source).Because(err)
	case info.IsDir():
		c.links.dir = path
	case strings.HasSuffix(path, ".html") || strings.HasSuffix(path, ".htm"):
		c.links.page = (&url.URL{Scheme: "file", Path: path}).String()
	default:
		return nil, diag.Input("find-links %q (%s) is neither a directory nor an HTML page", redact(place.Value), place.Source)
	}
	return c, nil
}

// project is the page of a project.
func (l *flat) project(ctx context.Context, c *Client, name string) (*Page, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.byName == nil {
		files, err := l.read(ctx, c)
		if err != nil {
			return nil, fmt.Errorf("find-links %s: %w", c.index, err)
		}
		l.sort(files)
	}
	p := rawPage{files: l.byName[name]}
	page, _ := newPage(c, name, "", "", newEntry(p.encode(name)))
	if len(page.Versions) == 0 {
		return nil, fmt.Errorf("project %q: %w in %s", name, ErrNotFound, c.index)
	}
	return page, nil
}

func (l *flat) read(ctx context.Context, c *Client) ([]rawFile, error) {
	if l.dir != "" {
		return readDir(l.dir)
	}
	u, err := url.Parse(l.page)
	if err != nil {
		return nil, err
	}
	if u.Scheme == "file" {
		body, err := os.ReadFile(u.Path)
		if err != nil {
			return nil, err
		}
		p, err := parseHTML(text(body), u)
		if err != nil {
			return nil, err
		}
		return p.files, nil
	}
	e, err := c.answer(ctx, kindLinks, l.page, pageHeader, func(resp *http.Response) (*entry, error) {
		p, err := readPage(resp)
		if err != nil {
			return nil, err
		}
		return newEntry(encodeFlat(p.files), nil), nil
	})
	if err != nil {
		return nil, err
	}
	return decodeFlat(e.head), nil
}

func readDir(dir string) ([]rawFile, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var files []rawFile
	for _, e := range entries {
		if isFile(e.Name()) && !e.IsDir() {
			u := url.URL{Scheme: "file", Path: filepath.Join(dir, e.Name())}
			files = append(files, rawFile{filename: e.Name(), url: u.String()})
		}
	}
	return files, nil
}

// sort puts each file below the names that it may bear: an sdist's can end at any dash.
func (l *flat) sort(files []rawFile) {
	l.byName = map[string][]rawFile{}
	add := func(name string, f rawFile) {
		name = pep508.NormalizeName(name)
		if have := l.byName[name]; !slices.ContainsFunc(have, func(g rawFile) bool { return g.url == f.url }) {
			l.byName[name] = append(have, f)
		}
	}
	for _, f := range files {
		if w, err := tags.ParseWheelName(f.filename); err == nil {
			add(w.Project, f)
			continue
		}
		for i := range len(f.filename) {
			if f.filename[i] == '-' {
				add(f.filename[:i], f)
			}
		}
	}
}

// encodeFlat writes the files of a flat page.
func encodeFlat(files []rawFile) string {
	var e encoder
	e.uint(uint64(len(files)))
	for _, f := range files {
		flags := uint64(0)
		for i, yes := range []bool{f.yanked, f.metadata} {
			if yes {
				flags |= 1 << i
			}
		}
		e.uint(flags)
		e.list([]string{f.filename, f.url, f.sha256, f.metadataSHA256, f.requiresPython, f.reason})
	}
	return text(e.b)
}

func decodeFlat(s string) []rawFile {
	d := decoder{s: s}
	files := make([]rawFile, d.count())
	for i := range files {
		flags := d.uint()
		f := &files[i]
		f.yanked, f.metadata = flags&1 != 0, flags&2 != 0
		if list := d.list(); len(list) == 6 {
			f.filename, f.url, f.sha256, f.metadataSHA256, f.requiresPython, f.reason = list[0], list[1], list[2], list[3], list[4], list[5]
		}
	}
	return files
}

// hash reads all of a file whose page does not state its hash. What it finds is kept as a page is, since a file of
// which there is no hash may change.
func (c *Client) hash(ctx context.Context, l Link) (string, error) {
	if l.Path != "" {
		return hashFile(l.Path)
	}
	e, err := c.answer(ctx, kindHash, l.URL, identity, func(resp *http.Response) (*entry, error) {
		h := sha256.New()
		n, err := io.Copy(h, io.LimitReader(resp.Body, maxWhole+1))
		if err == nil && n > maxWhole {
			err = broken("it is longer than %d GiB: given up", maxWhole>>30)
		}
		return newEntry(hex.EncodeToString(h.Sum(nil)), nil), err
	})
	if err != nil {
		return "", fmt.Errorf("%s: %w", l.Filename, err)
	}
	return e.head, nil
}

func hashFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
