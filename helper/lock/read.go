package lock

import (
	"errors"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"mach/helper/diag"
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
	decodeErr := toml.Unmarshal(data, &d)
	if decodeErr != nil || d.LockVersion != "1.0" || d.Tool.Mach != nil && d.Tool.Mach.Version != Version {
		if err := checkVersions(data, filename); err != nil {
			return nil, err
		}
	}
	if decodeErr != nil {
		return nil, explain(decodeErr, data, filename)
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
	var v struct {
		LockVersion any `toml:"lock-version"`
		Tool        struct {
			Mach struct {
				Version any `toml:"version"`
			} `toml:"mach"`
		} `toml:"tool"`
	}
	if toml.Unmarshal(data, &v) != nil {
		return nil
	}
	c := &checker{data: data, file: filename}
	switch {
	case v.LockVersion == nil:
		c.fail("lock-version", "it is missing: this is no lock (PEP 751)")
	case v.LockVersion != "1.0":
		c.fail("lock-version", "%q is unknown: this mach reads \"1.0\"", v.LockVersion)
	case v.Tool.Mach.Version != nil && v.Tool.Mach.Version != int64(Version):
		c.fail("tool.mach.version", "%v is unknown: this mach reads %d", v.Tool.Mach.Version, Version)
		c.errs[0].(*diag.Error).Hint("lock again with this mach: mach lock --upgrade -o %s", filename)
	}
	return errors.Join(c.errs...)
}

// explain turns an error of the TOML library into one of ours.
func explain(err error, data []byte, filename string) error {
	var de *toml.DecodeError
	if !errors.As(err, &de) {
		return diag.Input("%s", filename).Because(err)
	}
	reason := strings.TrimPrefix(de.Error(), "toml: ")
	if strings.HasPrefix(reason, "cannot") && len(de.Key()) > 0 {
		reason = strings.Join(de.Key(), ".") + " has a value of the wrong kind"
	}
	line, column := de.Position()
	source := ""
	if lines := strings.Split(string(data), "\n"); line >= 1 && line <= len(lines) {
		source = strings.TrimSuffix(lines[line-1], "\r")
	}
	return diag.Input("%s", reason).At(diag.Position{File: filename, Line: line, Col: column}, source, 1)
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
