package index

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// parseJSON reads a page of PEP 691, with what PEP 700, 714 and 792 add. What else there may be is passed over.
func parseJSON(body string, base *url.URL) (*rawPage, error) {
	sc, p := scanner{s: body}, new(rawPage)
	version, bad := "", error(nil)
	sc.object(func(key string) {
		switch key {
		case "meta":
			version, p.serial = sc.meta()
		case "project-status":
			sc.status(p)
		case "files":
			sc.array(func() {
				f, err := sc.file(p, base)
				if f.url != "" {
					p.files = append(p.files, f)
				}
				bad = cmp.Or(bad, err)
			})
		default:
			sc.skip()
		}
	})
	if sc.err == nil && sc.peek() != 0 {
		sc.fail("the end")
	}
	if sc.err != nil {
		return nil, fmt.Errorf("not a page of an index: %w", sc.err)
	}
	return p, cmp.Or(checkVersion(version), bad)
}

// meta reads what a page says of itself; 0 is no serial.
func (sc *scanner) meta() (version string, serial int64) {
	sc.object(func(key string) {
		switch key {
		case "api-version":
			version = sc.string()
		case "_last-serial":
			serial = max(sc.int(), 0)
		default:
			sc.skip()
		}
	})
	return version, serial
}

// status reads project-status (PEP 792).
func (sc *scanner) status(p *rawPage) {
	sc.object(func(key string) {
		switch key {
		case "status":
			p.status = clean(sc.string())
		case "reason":
			p.reason = clean(sc.string())
		default:
			sc.skip()
		}
	})
}

// file reads an element of files.
func (sc *scanner) file(p *rawPage, base *url.URL) (f rawFile, err error) {
	var old struct { // the metadata's first name (PEP 714)
		there bool
		hash  string
	}
	sc.object(func(key string) {
		switch key {
		case "filename":
			f.filename = sc.string()
		case "url":
			f.url = sc.string()
		case "hashes":
			f.sha256 = sc.hashes()
		case "requires-python":
			f.requiresPython = sc.string()
		case "size":
			f.size = max(sc.int(), 0)
		case "upload-time":
			f.uploaded = uploadTime(sc.string())
		case "yanked":
			f.yanked, f.reason = sc.flag('"', sc.string)
		case "core-metadata":
			p.announces = true
			f.metadata, f.metadataSHA256 = sc.flag('{', sc.hashes)
		case "dist-info-metadata":
			p.announces = true
			old.there, old.hash = sc.flag('{', sc.hashes)
		default:
			sc.skip()
		}
	})
	if !f.metadata {
		f.metadata, f.metadataSHA256 = old.there, old.hash
	}
	if f.url, _, err = resolve(base, f.url); err != nil {
		err = fmt.Errorf("file %q: %w", f.filename, err)
	}
	return f, err
}

// hashes reads the hashes of a file, of which mach uses one.
func (sc *scanner) hashes() (sha256 string) {
	sc.object(func(key string) {
		if key == "sha256" {
			sha256 = sc.string()
		} else {
			sc.skip()
		}
	})
	return sha256
}

// flag reads true, false, or in the place of true what says more and begins with that byte.
func (sc *scanner) flag(begins byte, more func() string) (bool, string) {
	if sc.peek() == begins {
		s := more()
		return begins == '{' || s != "", s
	}
	from := sc.i
	sc.skip()
	return sc.s[from:sc.i] == "true", ""
}

// checkVersion takes every version of the API whose major is 1 (PEP 629).
func checkVersion(v string) error {
	if v == "" {
		return errors.New("not a page of an index: there is no API version")
	}
	if major, _, _ := strings.Cut(v, "."); major != "1" {
		return fmt.Errorf("the index speaks version %q of its API, and mach reads 1.x", v)
	}
	return nil
}
