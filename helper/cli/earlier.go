package cli

import (
	"bytes"
	"errors"
	"os"
	"slices"
	"sync"

	"mach/helper/diag"
	"mach/helper/environment"
	"mach/helper/lock"
	"mach/helper/pep508"
	"mach/helper/provide"
)

// earlier is the lock that stands where a new one is to be written. A nil one is none. What decides about the new one is
// skimmed, where that can be; it is read as a whole before it is overwritten.
type earlier struct {
	text    []byte
	skimmed *lock.Lock                 // nil: read it
	read    func() (*lock.Lock, error) // nil: there is no lock
	all     bool                       // nothing of it is kept
	upgrade []provide.Requirement      // projects of which nothing is kept, and the versions to take
}

// upgradePackage is the option that lets go of a project.
const upgradePackage = "--upgrade-package"

// readEarlier begins to read the lock at a path.
func readEarlier(path string, all bool, upgrade []string) (*earlier, error) {
	e := &earlier{all: all}
	for _, text := range upgrade {
		req, err := pep508.Parse(text)
		if err != nil || req.URL != "" || req.Marker != nil || len(req.Extras) > 0 {
			return nil, diag.Usage(upgradePackage+": %q is neither a name nor a name with a specifier", text).Hint("--upgrade-package flask or --upgrade-package 'flask<4'")
		}
		e.upgrade = append(e.upgrade, provide.Requirement{Requirement: req, Origin: upgradePackage})
	}
	if path != "-" && isFile(path) {
		var err error
		if e.text, err = os.ReadFile(path); err != nil {
			return nil, diag.World("the earlier lock").Because(err)
		}
	}
	if len(e.text) == 0 {
		return e, nil
	}
	e.read = sync.OnceValues(func() (*lock.Lock, error) {
		l, err := lock.Read(e.text, path)
		return l, unreadable(err)
	})
	if e.skimmed = lock.Skim(e.text); e.skimmed == nil {
		go e.read()
	}
	return e, nil
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// unreadable says what to do about what stands in the place of the lock and is none: it is not overwritten unasked.
func unreadable(err error) error {
	var first *diag.Error
	if errors.As(err, &first) && len(first.Hints) == 0 {
		first.Hint("remove it, or write over it with --upgrade")
	}
	return err
}

// preferences are what it has for an environment; nil: nothing. orders says of which projects the user names the
// providers.
func (e *earlier) preferences(env *environment.Environment, orders func(project string) bool) (*provide.Preferences, error) {
	if e == nil || e.read == nil || e.all {
		return nil, nil
	}
	l := e.skimmed
	if l == nil {
		var err error
		if l, err = e.read(); err != nil {
			return nil, err
		}
	}
	prefs := provide.PreferencesOf(l, env)
	for _, req := range e.upgrade {
		prefs.Forget(pep508.NormalizeName(req.Name))
	}
	prefs.ForgetProviders(orders)
	return prefs, nil
}

// constraints are the versions that are to be taken.
func (e *earlier) constraints() []provide.Requirement {
	if e == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(e.upgrade), func(r provide.Requirement) bool { return len(r.Specifiers) == 0 })
}

// unknown are the projects that were to be upgraded and are neither in the lock nor in the new one.
func (e *earlier) unknown(met []string) (warnings []string) {
	if e == nil {
		return nil
	}
	for _, req := range e.upgrade {
		if name := pep508.NormalizeName(req.Name); !slices.Contains(met, name) && !e.has(name) {
			warnings = append(warnings, upgradePackage+" "+req.Name+": no such project is in the lock")
		}
	}
	return warnings
}

// has says whether a project is in the earlier lock.
func (e *earlier) has(name string) bool {
	if e.read == nil {
		return false
	}
	l, err := e.read()
	return err == nil && slices.ContainsFunc(l.Packages, func(p lock.Package) bool { return p.Name == name })
}

// is says whether the new lock says the same, on whichever data.
func (e *earlier) is(found *lock.Lock) bool {
	if e.skimmed == nil {
		return false // it is not as it would be written
	}
	mach, again := *found.Tool.Mach, *found
	mach.Database, mach.DatabaseDate = e.skimmed.Tool.Mach.Database, e.skimmed.Tool.Mach.DatabaseDate
	again.Tool.Mach = &mach
	return bytes.Equal(again.Marshal(), e.text)
}

// mayGo says whether it may be overwritten: not if it cannot be read, unless that was asked for.
func (e *earlier) mayGo() error {
	if e.read == nil || e.all {
		return nil
	}
	_, err := e.read()
	return err
}
