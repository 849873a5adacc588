package pydb

import (
	"bytes"
	"iter"
	"reflect"
	"slices"
)

// Difference is what is different of a project in two databases.
type Difference struct {
	Name                    string
	Only                    string   // "old" or "new", if only that has the project
	Added, Removed, Changed []string // versions, newest first
}

// Diff yields the differences between two databases, sorted by name. Files are compared
// too if files is true, which takes some ten times as long. An error is the last thing
// yielded.
func Diff(older, newer *DB, files bool) iter.Seq2[Difference, error] {
	return func(yield func(Difference, error) bool) {
		a, stopA := newCursor(older)
		defer stopA()
		b, stopB := newCursor(newer)
		defer stopB()
		for a.more || b.more {
			var d Difference
			var same bool
			err := a.err
			switch {
			case a.err != nil || b.err != nil:
				if err == nil {
					err = b.err
				}
			case !b.more || a.more && a.project.Name < b.project.Name:
				d = Difference{Name: a.project.Name, Only: "old", Removed: a.project.Versions}
				a.advance()
			case !a.more || b.project.Name < a.project.Name:
				d = Difference{Name: b.project.Name, Only: "new", Added: b.project.Versions}
				b.advance()
			default:
				d, same, err = difference(a.project, b.project, files)
				a.advance()
				b.advance()
			}
			if same {
				continue
			}
			if !yield(d, err) || err != nil {
				return
			}
		}
	}
}

// cursor is the projects of a database, of which project comes next.
type cursor struct {
	next    func() (*Project, error, bool)
	project *Project
	err     error
	more    bool
}

func newCursor(db *DB) (c *cursor, stop func()) {
	c = &cursor{}
	c.next, stop = iter.Pull2(db.All())
	c.advance()
	return c, stop
}

func (c *cursor) advance() { c.project, c.err, c.more = c.next() }

// difference compares two projects of one name.
func difference(a, b *Project, files bool) (d Difference, same bool, err error) {
	d.Name = a.Name
	if a.sameText(b) && !files {
		return d, true, nil
	}
	at := map[string]int{}
	for i, v := range b.Versions {
		at[v] = i
	}
	for i, v := range a.Versions {
		j, ok := at[v]
		if !ok {
			d.Removed = append(d.Removed, v)
			continue
		}
		delete(at, v)
		if same, err := sameRelease(a, i, b, j, files); err != nil {
			return d, false, err
		} else if !same {
			d.Changed = append(d.Changed, v)
		}
	}
	for _, v := range b.Versions {
		if _, ok := at[v]; ok {
			d.Added = append(d.Added, v)
		}
	}
	return d, len(d.Added)+len(d.Removed)+len(d.Changed) == 0, nil
}

// sameText says whether two projects, fresh from All, are written alike.
func (p *Project) sameText(o *Project) bool {
	return slices.Equal(p.Versions, o.Versions) && bytes.Equal(p.lines(), o.lines()) &&
		p.readDays() == nil && o.readDays() == nil && slices.Equal(p.days, o.days)
}

// lines gives the lines of the releases.
func (p *Project) lines() []byte {
	lines := p.shard.raw[p.shard.pos:p.shard.size]
	for _, end := range []string{"\n#", "\n" + lineDays + "\n"} {
		if i := bytes.Index(lines, []byte(end)); i >= 0 {
			lines = lines[:i]
		}
	}
	return lines
}

func sameRelease(a *Project, i int, b *Project, j int, files bool) (bool, error) {
	r, err := a.Release(i)
	if err != nil {
		return false, err
	}
	s, err := b.Release(j)
	if err != nil || !reflect.DeepEqual(r, s) || !files {
		return err == nil && reflect.DeepEqual(r, s), err
	}
	f, err := a.Files(i)
	if err != nil {
		return false, err
	}
	g, err := b.Files(j)
	return slices.Equal(f, g), err
}
