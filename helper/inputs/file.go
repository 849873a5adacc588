package inputs

import (
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"mach/helper/diag"
	"mach/helper/reference"
	"mach/helper/sdist"
)

// file is the requirements file that is being read.
type file struct {
	name       string
	url        string // of one on a server, with its credentials
	constraint bool
	via        []diag.Position // the lines that included it, the nearest first
	open       []string        // absolute paths of the files on the way here, this one last
}

// top reads a file that the user named.
func (r *reader) top(name string, constraint bool) {
	if name == "-" {
		data, err := io.ReadAll(r.sources.Stdin)
		if err != nil {
			r.fail(diag.World("standard input").Because(err))
			return
		}
		r.parse(&file{name: "<stdin>", constraint: constraint}, data)
		return
	}
	r.read(&file{constraint: constraint}, name, Origin{})
}

// include reads the file at path, which a line of f names, in the place of that line.
func (r *reader) include(f *file, path string, constraint bool, from Origin) {
	r.read(&file{constraint: constraint, via: from.Chain(), open: f.open}, f.toInclude(path), from)
}

// toInclude is the file at path, which f includes: beside f, wherever that lies.
func (f *file) toInclude(path string) string {
	scheme, rest, _ := strings.Cut(path, ":")
	switch {
	case isURL(path):
		return path
	case strings.EqualFold(scheme, "file"):
		path = strings.TrimPrefix(strings.TrimPrefix(rest, "//localhost"), "//")
		if plain, err := url.PathUnescape(path); err == nil {
			path = plain
		}
	case f.url != "":
		if base, err := url.Parse(f.url); err == nil {
			if beside, err := base.Parse(path); err == nil {
				return beside.String()
			}
		}
	}
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(f.name), path)
}

// isURL tells the URL of a file on a server.
func isURL(path string) bool {
	scheme, _, _ := strings.Cut(path, "://")
	return strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")
}

// asDirectory is a path in a form that arguments of the command line have for a directory.
func asDirectory(path string) string {
	if path == "." || strings.Contains(path, "/") {
		return path
	}
	return "./" + path
}

// read reads the file at path as f; from is what named it, if that was a line.
func (r *reader) read(f *file, path string, from Origin) {
	f.name = path
	if filepath.Base(path) == pyproject {
		r.fail(from.Errorf("%s is a project, not a requirements file", path).Hint("name its directory: mach lock %s", asDirectory(filepath.Dir(path))))
		return
	}
	data, own, err := r.load(path)
	switch {
	case err != nil && isURL(path):
		e := from.Errorf("requirements").Because(err)
		e.Code = diag.ExitCode(err)
		r.fail(e)
		return
	case errors.Is(err, fs.ErrNotExist):
		r.fail(from.Errorf("%s: there is no such file", path))
		return
	case errors.Is(err, syscall.EISDIR):
		r.fail(from.Errorf("%s: it is a directory", path).Hint("if it is a project, name it without -r: mach lock %s", asDirectory(path)))
		return
	case err != nil:
		r.fail(from.Errorf("requirements").Because(err))
		return
	case slices.Contains(f.open, own):
		r.fail(from.Errorf("%s includes itself", f.name).Hint("take this line out, or move what both files need into a third"))
		return
	}
	if isURL(path) {
		f.name, f.url = reference.Public(path), path
	}
	f.open = append(slices.Clip(f.open), own)
	r.parse(f, data)
}

// load reads the file at a path or a URL; own is the same however it is called.
func (r *reader) load(path string) (data []byte, own string, err error) {
	if isURL(path) {
		if r.sources.Fetch == nil {
			return nil, "", diag.Usage("%s: no file on a server is read here", reference.Public(path)).Hint("fetch it, and name it here")
		}
		data, err = r.sources.Fetch(path)
		return data, path, err
	}
	if own, err = filepath.Abs(path); err == nil {
		data, err = os.ReadFile(path)
	}
	return data, own, err
}

func (r *reader) parse(f *file, data []byte) {
	text, bad := decode(f.name, data)
	if bad != nil {
		bad.Via = f.via
		r.fail(bad)
		return
	}
	if read := kindOf(f.name); read != nil {
		read(r, f, text)
		return
	}
	if isConda(text) {
		r.conda(f, text)
		return
	}
	for l := range lines(text) {
		r.line(f, &l)
	}
}

// line reads a logical line: a requirement with its options, or options of the file.
func (r *reader) line(f *file, l *line) {
	text, rest := splitOptions(l.text)
	options, bad := parseOptions(rest, len(l.text)-len(rest))
	if bad != nil {
		r.fail(f.wrong(l, bad))
		return
	}
	if text == "" {
		for _, o := range options {
			r.option(f, l, o)
		}
		return
	}
	at := func(offset, span int) Origin { return f.origin(l, offset, span) }
	var hashes []Hash
	for _, o := range options {
		h, bad := requirementOption(o)
		if bad != nil {
			r.fail(f.wrong(l, bad))
			return
		}
		hashes = append(hashes, h)
	}
	req, ok := r.requirement(text, at, f.beside)
	switch {
	case !ok:
	case len(hashes) > 0 && req.Reference != nil && !req.Reference.IsFile():
		r.fail(req.Errorf("%s is no file, and has no hash", req.Reference).Hint("leave --hash out: a repository is pinned by its commit"))
	default:
		req.Hashes = hashes
		r.add(f.constraint, req)
	}
}

func (f *file) origin(l *line, offset, span int) Origin {
	at := l.place(offset, span)
	at.Where.File, at.Via = f.name, f.via
	return at
}

func (f *file) wrong(l *line, e *lineError) *diag.Error {
	err := f.origin(l, e.offset, e.span).Errorf("%s", e.reason)
	if e.hint != "" {
		err.Hint("%s", e.hint)
	}
	return err
}

// requirementOption reads an option behind a requirement.
func requirementOption(o option) (Hash, *lineError) {
	switch o.name {
	case "--hash":
		return parseHash(o)
	case "--config-settings":
		return Hash{}, &lineError{
			o.at, o.end - o.at, "settings of a build stand in a fix, not among requirements",
			`write a fix for the sdist, with: flags = ["-C` + o.value + `"]`,
		}
	}
	return Hash{}, &lineError{o.at, o.end - o.at, o.name + " stands behind a requirement", "give it a line of its own"}
}

// parseHash reads "sha256:…".
func parseHash(o option) (Hash, *lineError) {
	algorithm, digest, ok := strings.Cut(o.value, ":")
	var digits int
	switch algorithm {
	case "sha256":
		digits = 64
	case "sha384":
		digits = 96
	case "sha512":
		digits = 128
	default:
		ok = false
	}
	if !ok {
		return Hash{}, &lineError{o.valueAt, o.end - o.valueAt, "a hash is sha256:, sha384: or sha512: and hex digits", ""}
	}
	digest = strings.ToLower(digest)
	if len(digest) != digits || strings.Trim(digest, "0123456789abcdef") != "" {
		at := o.valueAt + len(algorithm) + 1
		return Hash{}, &lineError{at, o.end - at, algorithm + " has " + strconv.Itoa(digits) + " hex digits", ""}
	}
	return Hash{algorithm, digest}, nil
}

// option obeys an option of the file.
func (r *reader) option(f *file, l *line, o option) {
	value := f.origin(l, o.valueAt, o.end-o.valueAt)
	opts := &r.in.Options
	switch o.name {
	case "--requirement":
		r.include(f, o.value, false, value)
	case "--constraint":
		r.include(f, o.value, true, value)
	case "--editable":
		r.editable(f, l, o)
	case "--index-url", "--pypi-url":
		opts.Indexes = append(opts.Indexes, &sdist.Index{URL: o.value, Default: true, Origin: value})
	case "--extra-index-url":
		opts.Indexes = append(opts.Indexes, &sdist.Index{URL: o.value, Origin: value})
	case "--find-links":
		opts.FindLinks = append(opts.FindLinks, f.existing(o.value))
	case "--no-index":
		opts.NoIndex = true
	case "--trusted-host":
		opts.TrustedHosts = append(opts.TrustedHosts, o.value)
	case "--require-hashes":
		opts.RequireHashes = true
	case "--no-require-hashes":
		opts.RequireHashes = false
	case "--pre":
		opts.final.set(allReleases, ":all:")
	case "--no-binary":
		r.choose(&opts.binary, noBinary, o.value, value)
	case "--only-binary":
		r.choose(&opts.binary, onlyBinary, o.value, value)
	case "--all-releases":
		r.choose(&opts.final, allReleases, o.value, value)
	case "--only-final":
		r.choose(&opts.final, onlyFinal, o.value, value)
	case "--hash", "--config-settings":
		r.fail(f.origin(l, o.at, o.end-o.at).Errorf("%s stands behind no requirement", o.name).
			Hint("end the line before with a backslash, if it belongs to that"))
	}
}

func (r *reader) choose(c *choice, option side, value string, at Origin) {
	if bad := c.set(option, value); bad != "" {
		r.fail(at.Errorf("%q is neither a project nor :all: nor :none:", bad))
	}
}

// beside is a path below the folder of f if what is there can be taken, else as it is, as pip has it: where a file of a
// project says -e ., that is the working directory.
func (f *file) beside(path string) string {
	below := f.existing(path)
	if below == path {
		return path
	}
	info, err := os.Stat(path)
	if err == nil && info.IsDir() && !isTree(below) {
		return path
	}
	return below
}

// existing is a path below the folder of f if there is such a one, else as it is.
func (f *file) existing(path string) string {
	if below := filepath.Join(filepath.Dir(f.name), path); !filepath.IsAbs(path) {
		if _, err := os.Stat(below); err == nil {
			return below
		}
	}
	return path
}

// isTree says whether a build could begin in a directory.
func isTree(dir string) bool {
	return slices.ContainsFunc([]string{pyproject, "setup.py", "setup.cfg"}, func(name string) bool {
		_, err := os.Stat(filepath.Join(dir, name))
		return err == nil
	})
}
