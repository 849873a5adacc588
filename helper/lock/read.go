package lock

import (
	"errors"
	"strconv"

	"mach/helper/diag"
	"mach/helper/tomltree"
)

// document is a lock with what Marshal writes of itself.
type document struct {
	LockVersion string `toml:"lock-version"`
	Lock
}

// Read reads and checks a lock; filename is for the errors, which are diagnoses with a place, joined if they are
// several.
func Read(data []byte, filename string) (*Lock, error) {
	var d document
	bad := tomltree.Decode(data, filename, &d)
	if bad != nil || d.LockVersion != "1.0" || d.Tool.Mach != nil && d.Tool.Mach.Version != Version {
		if err := checkVersions(data, filename); err != nil {
			return nil, err
		}
	}
	if bad != nil {
		return nil, bad
	}
	tidy(&d.Lock)
	c := &checker{data: data, file: filename, lock: &d.Lock}
	c.document(&d)
	if err := errors.Join(c.errs...); err != nil {
		return nil, err
	}
	empty(&d.Packages)
	return &d.Lock, nil
}

// checkVersions comes before everything else, because a file of another version may break any other rule. It says
// nothing of a file that is no TOML.
func checkVersions(data []byte, filename string) error {
	c := &checker{data: data, file: filename}
	if c.tree() == nil {
		return nil
	}
	standard, own := c.root.At("lock-version"), c.root.At("tool", "mach", "version")
	switch {
	case standard == nil:
		c.fail("lock-version", "it is missing: this is no lock (PEP 751)")
	case standard.Text.Value != "1.0":
		c.fail("lock-version", "%q is unknown: this mach reads \"1.0\"", standard.Text.Value)
	case own != nil && own.Text.Value != strconv.Itoa(Version):
		c.fail("tool.mach.version", "%s is unknown: this mach reads %d", own.Text.Value, Version)
		c.errs[0].(*diag.Error).Hint("lock again with this mach: mach lock --upgrade -o %s", filename)
	}
	return errors.Join(c.errs...)
}

// tidy takes away what says nothing: empty arrays, and the sources that Marshal puts in where there are none.
func tidy(l *Lock) {
	for _, list := range []*[]string{&l.Environments, &l.Extras, &l.DependencyGroups, &l.DefaultGroups} {
		empty(list)
	}
	for i := range l.Packages {
		p := &l.Packages[i]
		empty(&p.Dependencies)
		empty(&p.Wheels)
		empty(&p.AttestationIdentities)
		if p.Tool.Mach != nil {
			p.Tool.Mach.tidy()
		}
		if d := p.Directory; d != nil {
			p.Directory = nil
			if n := p.nixpkgsDirectory(); n == nil || *n != *d {
				p.Directory = d
			}
		}
	}
	if l.Tool.Mach == nil {
		return
	}
	empty(&l.Tool.Mach.Requirements)
	empty(&l.Tool.Mach.Systems)
	empty(&l.Tool.Mach.Projects)
	for i := range l.Tool.Mach.Projects {
		p := &l.Tool.Mach.Projects[i]
		empty(&p.Systems)
		empty(&p.Dependencies)
		empty(&p.Build)
	}
	empty(&l.Tool.Mach.Build)
	for i := range l.Tool.Mach.Build {
		b := &l.Tool.Mach.Build[i]
		empty(&b.Dependencies)
		empty(&b.Wheels)
		b.tidy()
	}
}

func (p *Provided) tidy() {
	for _, list := range []*[]string{&p.Systems, &p.Extras, &p.Groups, &p.Build, &p.Crates, &p.Fixes, &p.Cut} {
		empty(list)
	}
}

// empty makes a slice without elements nil, as if its key were not there.
func empty[T any](s *[]T) {
	if len(*s) == 0 {
		*s = nil
	}
}
