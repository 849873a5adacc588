package index

import (
	"fmt"
	"html"
	"net/url"
	"strings"
)

// parseHTML reads a page of PEP 503. Of HTML only what such a page needs is known: comments, tags, and attributes
// with or without quotes.
func parseHTML(body string, base *url.URL) (*rawPage, error) {
	p := new(rawPage)
	look := newLook(body)
	for rest := body; ; {
		var t tag
		var ok bool
		if t, rest, ok = nextTag(rest); !ok {
			return p, look.check(p)
		}
		look.see(t.name)
		switch {
		case t.name == "base" && t.attrs["href"] != "":
			if b, err := base.Parse(t.attrs["href"]); err == nil && mayLead(base, b) {
				base = b
			}
		case t.name == "meta":
			if err := p.meta(t.attrs["name"], t.attrs["content"], look); err != nil {
				return nil, err
			}
		case t.name == "a" && t.attrs["href"] != "":
			text, _, _ := strings.Cut(rest, "<")
			if err := p.link(t, text, base); err != nil {
				return nil, err
			}
		}
	}
}

// meta takes what a page says of itself (PEP 629, 792).
func (p *rawPage) meta(name, content string, look *look) error {
	switch name {
	case "pypi:repository-version":
		look.index = true
		return checkVersion(content)
	case "pypi:project-status":
		p.status = clean(content)
	case "pypi:project-status-reason":
		p.reason = clean(content)
	}
	return nil
}

// link takes an anchor. Its name is the last part of its URL: the text may be cut short by those who show it.
func (p *rawPage) link(t tag, text string, base *url.URL) error {
	abs, fragment, err := resolve(base, t.attrs["href"])
	if err != nil {
		return fmt.Errorf("link %q: %w", clean(html.UnescapeString(text)), err)
	}
	if abs == "" {
		return nil
	}
	f := rawFile{url: abs, filename: strings.TrimSpace(html.UnescapeString(text)), requiresPython: t.attrs["data-requires-python"]}
	if !isFile(f.filename) {
		f.filename = lastPart(abs)
	}
	if h, ok := strings.CutPrefix(fragment, "sha256="); ok {
		f.sha256, _, _ = strings.Cut(h, "&")
	}
	f.reason, f.yanked = t.attrs["data-yanked"], t.has("data-yanked")
	for _, attr := range []string{"data-dist-info-metadata", "data-core-metadata"} {
		if t.has(attr) {
			p.announces = true
			value := t.attrs[attr]
			f.metadata, f.metadataSHA256 = value != "false", ""
			if h, ok := strings.CutPrefix(value, "sha256="); ok {
				f.metadataSHA256 = h
			}
		}
	}
	p.files = append(p.files, f)
	return nil
}

// tag is a start tag; names are lower case and values unescaped.
type tag struct {
	name  string
	attrs map[string]string
}

func (t tag) has(attr string) bool {
	_, ok := t.attrs[attr]
	return ok
}

// nextTag finds the next start tag in s. Comments, end tags and declarations are passed over.
func nextTag(s string) (t tag, rest string, ok bool) {
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			return tag{}, "", false
		}
		s = s[i+1:]
		if comment, found := strings.CutPrefix(s, "!--"); found {
			_, s, _ = strings.Cut(comment, "-->")
			continue
		}
		if n := nameLen(s); n > 0 {
			t = tag{strings.ToLower(s[:n]), map[string]string{}}
			return t, t.readAttrs(s[n:]), true
		}
	}
}

func nameLen(s string) int {
	n := strings.IndexAny(s, " \t\r\n\f/>=\"'<")
	if n < 0 {
		n = len(s)
	}
	if n > 0 && (s[0] == '!' || s[0] == '?') {
		return 0
	}
	return n
}

// readAttrs reads up to and including the tag's > and returns what is behind it.
func (t tag) readAttrs(s string) string {
	for {
		s = strings.TrimLeft(s, " \t\r\n\f/")
		if s == "" {
			return ""
		}
		if s[0] == '>' {
			return s[1:]
		}
		n := max(nameLen(s), 1)
		name := strings.ToLower(s[:n])
		s = strings.TrimLeft(s[n:], " \t\r\n\f")
		var value string
		if v, ok := strings.CutPrefix(s, "="); ok {
			value, s = attrValue(strings.TrimLeft(v, " \t\r\n\f"))
		}
		if !t.has(name) {
			t.attrs[name] = html.UnescapeString(value)
		}
	}
}

func attrValue(s string) (value, rest string) {
	if s != "" && (s[0] == '"' || s[0] == '\'') {
		value, rest, _ = strings.Cut(s[1:], s[:1])
		return value, rest
	}
	n := strings.IndexAny(s, " \t\r\n\f>")
	if n < 0 {
		n = len(s)
	}
	return s[:n], s[n:]
}
