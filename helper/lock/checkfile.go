package lock

import (
	"fmt"
	"net/url"
	"strings"

	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/tags"
)

// files checks the files of a release: that they are of it, and have a hash.
func (c *checker) files(name, version string, sdist *File, wheels []File) {
	if sdist != nil {
		c.hashes(".sdist", sdist.Hashes)
		c.failed(".sdist", c.fileName(sdist, func(file string) error {
			found, err := tags.ParseSdistName(file, name)
			if err != nil {
				return err
			}
			return sameVersion(file, found, version)
		}))
	}
	for i := range wheels {
		path := indexed(".wheels", i)
		c.hashes(path, wheels[i].Hashes)
		c.failed(path, c.fileName(&wheels[i], func(file string) error {
			w, err := tags.ParseWheelName(file)
			if err != nil {
				return err
			}
			if pep508.NormalizeName(w.Project) != name {
				return fmt.Errorf("wheel name %q: it is of the project %q", file, pep508.NormalizeName(w.Project))
			}
			return sameVersion(file, w.Version, version)
		}))
	}
}

// fileName checks the name of a file, which a lock of another tool may give as the end of its path or URL.
func (c *checker) fileName(f *File, check func(string) error) error {
	name := f.Name
	if name == "" && c.lock.Tool.Mach == nil {
		name = lastPart(f)
	}
	if name == "" {
		return fmt.Errorf("the name of the file is missing")
	}
	return check(name)
}

func lastPart(f *File) string {
	path := f.Path
	if u, err := url.Parse(f.URL); path == "" && err == nil {
		path = u.Path
	}
	return path[strings.LastIndexAny(path, `/\`)+1:]
}

// sameVersion checks the version in a file's name. In the name of an old sdist it may be none; then the lock is
// believed.
func sameVersion(file, found, version string) error {
	v, err1 := pep440.Parse(found)
	w, err2 := pep440.Parse(version)
	if err1 == nil && err2 == nil && v.Compare(w) != 0 {
		return fmt.Errorf("file name %q: it is of version %q", file, found)
	}
	return nil
}

// hashes checks that there is a hash, and that a sha256 is one.
func (c *checker) hashes(path string, hashes map[string]string) {
	if len(hashes) == 0 {
		c.fail(path, "there is no hash")
	}
	if h, ok := hashes["sha256"]; ok && (len(h) != 64 || strings.Trim(h, "0123456789abcdef") != "") {
		c.fail(path+".hashes.sha256", "%q is not a sha256 in hex", h)
	}
}
