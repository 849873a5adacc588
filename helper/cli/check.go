package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/fixes"
	"mach/helper/foreign"
	"mach/helper/inputs"
	"mach/helper/lock"
)

type checkCmd struct {
	Files []string `arg:"" optional:"" name:"file" help:"Requirements files, pyproject.toml, Pipfile, environment.yml, scripts, locks, also those of uv, poetry, PDM and pipenv, files of fixes; or a directory: a project's, or one of fixes. Default: those of the usual names here."`
}

// usual are the files that are checked if none is named.
var usual = []string{"pyproject.toml", "requirements.txt", "Pipfile", "environment.yml", "pylock.toml"}

// lockName is how a lock may be called (PEP 751).
var lockName = regexp.MustCompile(`^pylock(\.[^.]+)?\.toml$`)

// checking is what has been checked so far.
type checking struct {
	count int
	errs  []error
	fetch func(url string) ([]byte, error) // what files include from servers
}

// Run checks the files, and says all that is wrong with all of them.
func (c *checkCmd) Run(a *app) error {
	if len(c.Files) == 0 {
		for _, name := range usual {
			if _, err := os.Stat(name); err == nil {
				c.Files = append(c.Files, name)
			}
		}
	}
	if len(c.Files) == 0 {
		return diag.Usage("there is none of %s here", strings.Join(usual, ", ")).Hint("name what to check: mach check my-overrides")
	}
	found := checking{fetch: new(sourceFlags).fetch(a)}
	for _, name := range c.Files {
		info, err := os.Stat(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			found.add(diag.Usage("%s: there is no such file", name))
		case err != nil:
			found.add(&diag.Error{Code: diag.ExitWorld, Err: err})
		case info.IsDir():
			found.directory(name)
		default:
			found.file(os.DirFS(filepath.Dir(name)), filepath.Dir(name), filepath.Base(name))
		}
	}
	if err := errors.Join(found.errs...); err != nil {
		return err
	}
	files := "1 file is"
	if found.count != 1 {
		files = fmt.Sprintf("%d files are", found.count)
	}
	fmt.Fprintf(a.stderr, "%s right\n", files)
	return nil
}

func (c *checking) add(err error) {
	c.count++
	if err != nil {
		c.errs = append(c.errs, err)
	}
}

// directory checks a project's directory: its pyproject.toml and locks; or the TOML files of fixes, below it too.
func (c *checking) directory(name string) {
	root, before := os.DirFS(name), c.count
	_, err := fs.Stat(root, "pyproject.toml")
	isProject := err == nil
	err = fs.WalkDir(root, ".", func(p string, d fs.DirEntry, err error) error {
		base := path.Base(p)
		switch {
		case err != nil:
			return err
		case d.IsDir() && (isProject || strings.HasPrefix(base, ".")) && p != ".":
			return fs.SkipDir
		case d.IsDir() || path.Ext(p) != ".toml" || isProject && base != "pyproject.toml" && !lockName.MatchString(base):
			return nil
		}
		sub, err := fs.Sub(root, path.Dir(p))
		if err == nil {
			c.file(sub, path.Join(name, path.Dir(p)), base)
		}
		return err
	})
	if err != nil {
		c.add(&diag.Error{Code: diag.ExitWorld, Err: err})
	} else if c.count == before {
		c.add(diag.Usage("%s: there is neither a pyproject.toml nor any file of fixes", name).Hint("name a file to check"))
	}
}

// file checks a file by what it is: by its name if that says it, else by what is in it.
func (c *checking) file(directory fs.FS, shown, name string) {
	whole := filepath.Join(shown, name)
	if name == "pyproject.toml" {
		_, err := inputs.Read(inputs.Sources{Arguments: []string{whole}, AllExtras: true, AllGroups: true})
		c.add(err)
		return
	}
	if slices.Contains(foreignLocks, name) {
		data, err := readInput(whole)
		if err == nil {
			_, err = foreign.Read(data, whole)
		}
		c.add(err)
		return
	}
	if path.Ext(name) != ".toml" {
		_, err := inputs.Read(inputs.Sources{Files: []string{whole}, AllGroups: name == "Pipfile", Fetch: c.fetch})
		c.add(err)
		return
	}
	data, err := fs.ReadFile(directory, name)
	if err != nil {
		c.add(&diag.Error{Code: diag.ExitWorld, Err: err})
		return
	}
	switch kind := fixes.KindOf(data); {
	case lockName.MatchString(name) || isLock(data):
		_, err = lock.Read(data, whole)
	case kind != fixes.OtherFile && kind != fixes.FixesFile:
		err = fixes.CheckTable(directory, shown, name, kind)
	default:
		err = fixes.Check(directory, shown, name)
	}
	c.add(err)
}

// isLock says whether a file whose name does not say so begins as a lock.
func isLock(data []byte) bool {
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "lock-version") {
			return true
		}
		if strings.HasPrefix(line, "[") {
			return false
		}
	}
	return false
}
