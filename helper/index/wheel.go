package index

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"

	"mach/helper/metadata"
)

// maxMetadata bounds METADATA, PKG-INFO and pyproject.toml; the longest known README in one is some 400 KB.
const maxMetadata = 8 << 20

// Metadata is that of a wheel. beside is true if it was read from the metadata file beside it, false if out of the
// wheel. Such metadata never changes: it is asked for once in the life of the cache. An error that is a *Broken
// concerns this file alone.
func (f File) Metadata(ctx context.Context) (m *metadata.Metadata, beside bool, err error) {
	l, err := f.Link()
	if err != nil {
		return nil, false, err
	}
	c := f.page.client
	read := func() (string, error) {
		m, beside, err := c.wheelMetadata(ctx, l, f.page.announces)
		if err != nil {
			return "", err
		}
		return encodeMetadata(m, beside), nil
	}
	var head string
	if l.Path != "" { // can change, and is read as fast
		head, err = read()
	} else {
		head, err = c.forever(kindMetadata, l.URL+"#"+l.SHA256, read)
	}
	if err != nil {
		return nil, false, fmt.Errorf("%s: %w", l.Filename, err)
	}
	m, beside = decodeMetadata(head)
	return m, beside, nil
}

func encodeMetadata(m *metadata.Metadata, beside bool) string {
	var e encoder
	e.list([]string{m.MetadataVersion, m.Name, m.Version, m.RequiresPython})
	e.list(m.RequiresDist)
	e.list(m.ProvidesExtra)
	e.list(m.Dynamic)
	e.uint(map[bool]uint64{true: 1}[beside])
	return text(e.b)
}

func decodeMetadata(s string) (m *metadata.Metadata, beside bool) {
	d := decoder{s: s}
	m = new(metadata.Metadata)
	if d.count() == 4 {
		m.MetadataVersion, m.Name, m.Version, m.RequiresPython = d.string(), d.string(), d.string(), d.string()
	}
	m.RequiresDist, m.ProvidesExtra, m.Dynamic = d.list(), d.list(), d.list()
	return m, d.uint() == 1
}

// beside counts, for an index whose pages do not say whether there are metadata files, where one was found.
type beside struct{ hits, misses atomic.Int32 }

// worthwhile says whether to ask for one more.
func (b *beside) worthwhile() bool { return b.hits.Load() > 0 || b.misses.Load() < 2 }

// wheelMetadata reads FILE.metadata where the page promises it, or where it says nothing and there is one; else
// METADATA out of the wheel.
func (c *Client) wheelMetadata(ctx context.Context, l Link, announced bool) (m *metadata.Metadata, beside bool, err error) {
	if l.Path == "" && l.HasMetadata {
		if m, err = c.metadataFile(ctx, l); !errors.Is(err, ErrNotFound) {
			return m, true, err
		}
	}
	guess := l.Path == "" && !announced && c.besides.worthwhile()
	if guess {
		if m, err = c.guessMetadata(ctx, l); m != nil || err != nil {
			return m, true, err
		}
	}
	m, err = c.wheelMember(ctx, l)
	if !errors.Is(err, ErrNoRanges) {
		return m, false, err
	}
	if !guess && !l.HasMetadata {
		if m, err = c.guessMetadata(ctx, l); m != nil || err != nil {
			return m, true, err
		}
	}
	m, err = c.wheelMember(ctx, l) // whole, now that it is known that there are no ranges
	return m, false, err
}

// guessMetadata is the metadata file that nobody promised; nil if there is none.
func (c *Client) guessMetadata(ctx context.Context, l Link) (*metadata.Metadata, error) {
	m, err := c.metadataFile(ctx, l)
	var other *Broken // a server that answers everything with a page
	if errors.Is(err, ErrNotFound) || errors.Is(err, ErrRefused) || errors.As(err, &other) {
		c.besides.misses.Add(1)
		return nil, nil
	}
	if err == nil {
		c.besides.hits.Add(1)
	}
	return m, err
}

// metadataFile reads FILE.metadata.
func (c *Client) metadataFile(ctx context.Context, l Link) (m *metadata.Metadata, err error) {
	err = c.do(ctx, l.URL+".metadata", nil, func(resp *http.Response) error {
		text, err := readBounded(resp.Body, maxMetadata)
		if err != nil {
			return err
		}
		if sum := sha256.Sum256(text); l.MetadataSHA256 != "" && hex.EncodeToString(sum[:]) != l.MetadataSHA256 {
			return broken("the metadata file does not have the hash that the page states")
		}
		m, err = parseMetadata(text)
		return err
	})
	return m, err
}

func parseMetadata(text []byte) (*metadata.Metadata, error) {
	m, err := metadata.Parse(text)
	if err != nil {
		return nil, broken("%v", err)
	}
	return &m, nil
}

// wheelMember reads METADATA out of a wheel.
func (c *Client) wheelMember(ctx context.Context, l Link) (*metadata.Metadata, error) {
	z, err := c.openZip(ctx, l)
	if err != nil {
		return nil, err
	}
	defer z.file.Close()
	return z.wheelMetadata()
}

func (z *zipReader) wheelMetadata() (*metadata.Metadata, error) {
	found, err := z.distInfo("METADATA")
	if err != nil {
		return nil, err
	}
	text, err := z.read(found)
	if err != nil {
		return nil, err
	}
	return parseMetadata(text)
}

// distInfo finds a member of the one .dist-info directory at the top of a wheel (PEP 427).
func (z *zipReader) distInfo(name string) (found member, err error) {
	err = z.each(func(m *member) error {
		dir, file, ok := strings.Cut(m.name, "/")
		if !ok || file != name || !strings.HasSuffix(dir, ".dist-info") {
			return nil
		}
		if found.name != "" {
			return broken("a broken wheel: both %s and %s", clean(found.name), clean(m.name))
		}
		found = *m
		return nil
	})
	if err == nil && found.name == "" {
		err = broken("a broken wheel: no .dist-info/%s", name)
	}
	return found, err
}
