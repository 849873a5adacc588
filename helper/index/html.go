package index

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"net/url"
	"strings"
)

// parseHTML reads a page of PEP 503. Of HTML only what such a page needs is known: comments, tags, and attributes
// with or without quotes.
func parseHTML(body []byte, base *url.URL) (*Page, error) {
	if !bytes.ContainsRune(body, '<') {
		return nil, errors.New("not a page of an index: no HTML")
	}
	p := new(Page)
	for rest := string(body); ; {
		var t tag
		var ok bool
		if t, rest, ok = nextTag(rest); !ok {
			return p, nil
		}
		switch {
		case t.name == "base" && t.attrs["href"] != "":
			if b, err := base.Parse(t.attrs["href"]); err == nil {
				base = b
			}
		case t.name == "meta" && t.attrs["name"] == "pypi:repository-version":
			if v := t.attrs["content"]; !strings.HasPrefix(v, "1.") {
				return nil, fmt.Errorf("not a page of an index: API version %q is not 1.x", v)
			}
		case t.name == "a" && t.attrs["href"] != "":
			text, _, _ := strings.Cut(rest, "<")
			f, err := htmlFile(t, text, base)
			if err != nil {
				return nil, err
			}
			p.Files = append(p.Files, f)
		}
	}
}

func htmlFile(t tag, text string, base *url.URL) (File, error) {
	name := strings.TrimSpace(html.UnescapeString(text))
	abs, fragment, err := resolve(base, t.attrs["href"])
	if err != nil {
		return File{}, fmt.Errorf("file %q: %w", name, err)
	}
	f := File{Filename: name, URL: abs, RequiresPython: t.attrs["data-requires-python"]}
	f.setHash(fragment)
	f.YankedReason, f.Yanked = t.attrs["data-yanked"], t.has("data-yanked")
	for _, attr := range []string{"data-dist-info-metadata", "data-core-metadata"} {
		if t.has(attr) {
			f.setMetadata(t.attrs[attr])
		}
	}
	return f, nil
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
