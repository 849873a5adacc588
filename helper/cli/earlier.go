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

// earlier is the lock that stands where a new one is to be written. A nil one is none.
type earlier struct {
	text    []byte
	read    func() (*lock.Lock, error)
	all     bool                  // nothing of it is kept
	upgrade []provide.Requirement // projects of which nothing is kept, and the versions to take
}

// readEarlier begins to read the lock at a path.
func readEarlier(path string, all bool, upgrade []string) (*earlier, error) {
	e := &earlier{all: all}
	for _, text := range upgrade {
		req, err := pep508.Parse(text)
		if err != nil || req.URL != "" || req.Marker != nil || len(req.Extras) > 0 {
			return nil, diag.Usage("--upgrade-package: %q is neither a name nor a name with a specifier", text).Hint("--upgrade-package flask or --upgrade-package 'flask<4'")
		}
		e.upgrade = append(e.upgrade, provide.Requirement{Requirement: req})
	}
	if path != "-" && isFile(path) {
		var err error
		if e.text, err = os.ReadFile(path); err != nil {
			return nil, diag.World("%v", err)
		}
	}
	if len(e.text) == 0 {
		return e, nil
	}
	done := make(chan struct{})
	var l *lock.Lock
	var err error
	go func() {
		defer close(done)
		l, err = lock.Read(e.text, path)
	}()
	e.read = sync.OnceValues(func() (*lock.Lock, error) {
		<-done
		return l, unreadable(err)
	})
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
	l, err := e.read()
	if err != nil {
		return nil, err
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

// is says whether the new lock says the same, on whichever data.
func (e *earlier) is(found *lock.Lock) bool {
	if e.read == nil {
		return false
	}
	old, err := e.read()
	if err != nil || old.Tool.Mach == nil {
		return false
	}
	mach, again := *found.Tool.Mach, *found
	mach.Database, mach.DatabaseDate = old.Tool.Mach.Database, old.Tool.Mach.DatabaseDate
	again.Tool.Mach = &mach
	return bytes.Equal(again.Marshal(), e.text)
}
