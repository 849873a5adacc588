package index

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// maxMetadata bounds METADATA, PKG-INFO and pyproject.toml; the longest known README in one is some 400 KB.
const maxMetadata = 8 << 20

// WheelMetadata is the METADATA of a wheel. beside is true if it was read from the metadata file beside it, false
// if out of the wheel. Such metadata never changes: each is asked for once in the life of the cache.
func (c *Client) WheelMetadata(ctx context.Context, f File) (text []byte, beside bool, err error) {
	if f.HasMetadata {
		text, err = c.metadataFile(ctx, f)
		if !errors.Is(err, ErrNotFound) {
			return text, true, err
		}
	}
	e, err := c.cached(entryKey("wheel METADATA", f.URL), -1, func() (entry, error) {
		text, err := c.wheelMember(ctx, f)
		return entry{status: http.StatusOK, body: text}, err
	})
	if errors.Is(err, errNoRanges) && !f.HasMetadata {
		text, err = c.metadataFile(ctx, f)
		return text, true, err
	}
	if err != nil {
		return nil, false, fmt.Errorf("%s: %w", f.Filename, err)
	}
	return e.body, false, nil
}

// metadataFile reads FILE.metadata.
func (c *Client) metadataFile(ctx context.Context, f File) ([]byte, error) {
	e, err := c.cached(entryKey("metadata file", f.URL), -1, func() (entry, error) {
		e, err := c.fetch(ctx, f.URL+".metadata", "", maxMetadata)
		if err == nil && f.MetadataSHA256 != "" {
			if sum := sha256.Sum256(e.body); hex.EncodeToString(sum[:]) != f.MetadataSHA256 {
				return e, errors.New("the metadata file does not have the hash that the page states")
			}
		}
		return e, err
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Filename, err)
	}
	return e.body, nil
}

// wheelMember reads METADATA out of a remote wheel.
func (c *Client) wheelMember(ctx context.Context, f File) ([]byte, error) {
	r, err := c.openRanges(ctx, f)
	if err != nil {
		return nil, err
	}
	z, err := zip.NewReader(r, r.size)
	if err != nil {
		return nil, r.cause(err)
	}
	m, err := distInfo(z, "METADATA")
	if err != nil {
		return nil, err
	}
	text, err := readMember(m)
	return text, r.cause(err)
}

// distInfo finds a member of the one .dist-info directory at the top of a wheel (PEP 427).
func distInfo(z *zip.Reader, member string) (*zip.File, error) {
	var found *zip.File
	for _, f := range z.File {
		dir, name, ok := strings.Cut(f.Name, "/")
		if ok && name == member && strings.HasSuffix(dir, ".dist-info") {
			if found != nil {
				return nil, fmt.Errorf("a broken wheel: both %s and %s", found.Name, f.Name)
			}
			found = f
		}
	}
	if found == nil {
		return nil, fmt.Errorf("a broken wheel: no .dist-info/%s", member)
	}
	return found, nil
}

func readMember(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	text, err := readBounded(r, maxMetadata)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = fmt.Errorf("%s: its compressed data ends early", f.Name)
	}
	return text, err
}
