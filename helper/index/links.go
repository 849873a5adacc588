package index

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"net/url"
	"os"
	"strings"
)

// What the flags of a link say.
const (
	linkHash         = 1 << iota // SHA256 is there
	linkMetadata                 // the page says that FILE.metadata is there
	linkMetadataHash             // and its hash
	linkPlus                     // the URL has %2B where the name has +
)

// How a link's URL is written: whole, or a prefix from the table of strings and what differs, which for the layout
// that public indexes and their mirrors share (packages/ab/cd/HASH/NAME) is 32 bytes.
const (
	urlWhole = iota
	urlBelow
	urlHashed
)

// maxPrefixes bounds how many strings there may be before no more prefixes are added: the head is read at once.
const maxPrefixes = 1000

// link writes a link.
func (e *encoder) link(f *rawFile, strs *interned[string]) {
	flags := uint64(0)
	hash, ok := unhex(f.sha256)
	if ok {
		flags |= linkHash
	}
	metaHash, ok := unhex(f.metadataSHA256)
	if ok && f.metadata {
		flags |= linkMetadataHash
	}
	if f.metadata {
		flags |= linkMetadata
	}
	base, ok := strings.CutSuffix(f.url, "/"+f.filename)
	if !ok && strings.Contains(f.filename, "+") {
		if base, ok = strings.CutSuffix(f.url, "/"+strings.ReplaceAll(f.filename, "+", "%2B")); ok {
			flags |= linkPlus
		}
	}
	e.uint(flags)
	e.string(f.filename)
	before, path, hashed := cutHashed(base)
	switch {
	case !ok || len(strs.list) > maxPrefixes:
		e.uint(urlWhole)
		e.string(f.url)
	case hashed:
		e.uint(urlHashed)
		e.uint(uint64(strs.number(before)))
		e.b = append(e.b, path...)
	default:
		e.uint(urlBelow)
		e.uint(uint64(strs.number(base)))
	}
	e.uint(uint64(f.size))
	e.b = append(append(e.b, hash...), metaHash...)
}

// unhex reads a SHA-256.
func unhex(s string) ([]byte, bool) {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != 32 {
		return nil, false
	}
	return b, true
}

// cutHashed takes ab/cd/60 hex digits off the end of a URL.
func cutHashed(base string) (before string, path []byte, ok bool) {
	n := len(base) - 66
	if n < 1 || base[n+2] != '/' || base[n+5] != '/' || base[n-1] != '/' {
		return "", nil, false
	}
	digits := base[n:n+2] + base[n+3:n+5] + base[n+6:]
	path, ok = unhex(digits)
	return base[:n], path, ok && strings.ToLower(digits) == digits
}

// links decodes the links of a release, or with only ≥ 0 that one.
func (p *Page) links(release, only int) ([]Link, error) {
	p.once.Do(p.load)
	head, at, size := p.at(release)
	n := head.count()
	if size < 4 || size > maxHead {
		return nil, p.damaged()
	}
	chunk := make([]byte, size)
	read, err := p.entry.tail.ReadAt(chunk, at)
	if errors.Is(err, errReplaced) {
		return nil, fmt.Errorf("project %q: its page in the cache: %w", p.Name, err)
	}
	if read < len(chunk) { // io.EOF may come with all of it
		return nil, p.damaged()
	}
	body, sum := chunk[:size-4], chunk[size-4:]
	if crc32.Checksum(body, castagnoli) != binary.LittleEndian.Uint32(sum) {
		return nil, p.damaged()
	}
	d := decoder{s: text(body)}
	links := make([]Link, 0, n)
	for i := range n {
		if l := p.link(&d, only < 0 || i == only); only < 0 || i == only {
			links = append(links, l)
		}
	}
	if d.bad {
		return nil, p.damaged()
	}
	return links, nil
}

// link decodes a link, or only passes over it.
func (p *Page) link(d *decoder, wanted bool) (l Link) {
	flags := d.uint()
	l.Filename = d.string()
	form, base, path := d.uint(), "", ""
	switch form {
	case urlWhole:
		base = d.string()
	case urlHashed:
		base, path = p.str(d.uint()), d.take(32)
	default:
		base = p.str(d.uint())
	}
	l.Size = int64(d.uint())
	var hash, metaHash string
	if flags&linkHash != 0 {
		hash = d.take(32)
	}
	if flags&linkMetadataHash != 0 {
		metaHash = d.take(32)
	}
	if !wanted || d.bad {
		return l
	}
	l.HasMetadata = flags&linkMetadata != 0
	b := make([]byte, 0, len(hash)*2+len(metaHash)*2+len(base)+68+len(l.Filename)) // all that is not there as it is
	b = hex.AppendEncode(b, []byte(hash))
	b = hex.AppendEncode(b, []byte(metaHash))
	l.SHA256, l.MetadataSHA256 = text(b[:len(hash)*2]), text(b[len(hash)*2:])
	l.URL = base
	if form != urlWhole {
		n := len(b)
		l.URL = text(appendURL(b, base, path, l.Filename, flags&linkPlus != 0)[n:])
	}
	if strings.HasPrefix(l.URL, "file://") {
		l.Path, l.URL = localPath(l.URL), ""
		if info, err := os.Stat(l.Path); err == nil {
			l.Size = info.Size()
		}
	} else if location, ok := p.client.Index().Location(l.URL); ok {
		l.Location = location
	}
	return l
}

// appendURL puts a URL together from what cutHashed cut.
func appendURL(b []byte, base, path, filename string, plus bool) []byte {
	if plus {
		filename = strings.ReplaceAll(filename, "+", "%2B")
	}
	b = append(b, base...)
	if path != "" {
		b = hex.AppendEncode(b, []byte(path[:1]))
		b = hex.AppendEncode(append(b, '/'), []byte(path[1:2]))
		b = hex.AppendEncode(append(b, '/'), []byte(path[2:]))
	}
	return append(append(b, '/'), filename...)
}

// localPath is the path of a file:// URL.
func localPath(fileURL string) string {
	u, err := url.Parse(fileURL)
	if err != nil {
		return ""
	}
	return u.Path
}

// damaged forgets the page, so that the next run asks for it again.
func (p *Page) damaged() error {
	p.client.cache().remove(p.kind, p.key)
	return fmt.Errorf("project %q: its page in the cache was damaged, and is removed: run mach again", p.Name)
}

// Hash is the SHA-256 of a file. Where the page does not state it, the whole file is read.
func (f File) Hash(ctx context.Context) (string, error) {
	l, err := f.Link()
	if err != nil || l.SHA256 != "" {
		return l.SHA256, err
	}
	return f.page.client.hash(ctx, l)
}
