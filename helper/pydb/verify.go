package pydb

import "strings"

// Verify reads everything: all index shards, every release and file of every
// project, all names. It gives the first damage found.
func (db *DB) Verify() error {
	v := verifier{db: db, found: db.info, seen: map[string]bool{}}
	v.found.Projects, v.found.Releases, v.found.Files = 0, 0, 0
	for _, t := range db.trees {
		if err := v.tree(t); err != nil {
			return err
		}
	}
	if err := v.names(); err != nil {
		return err
	}
	if v.found != db.info {
		return db.corrupt(db.root, damaged("the root counts %d projects, %d releases and %d files, but there are %d, %d and %d",
			db.info.Projects, db.info.Releases, db.info.Files, v.found.Projects, v.found.Releases, v.found.Files))
	}
	return nil
}

type verifier struct {
	db    *DB
	found Info
	seen  map[string]bool // the names so far, and whether they are there
}

// tree reads the projects of a tree that no tree before it hides.
func (v *verifier) tree(t tree) error {
	listed, err := v.listed(t)
	if err != nil {
		return err
	}
	for item, err := range v.db.projects(t) {
		if err != nil {
			return err
		}
		if t.kind == kindExact && !listed[item.name] {
			return v.db.corrupt(v.db.root, damaged("the index does not lead to project %q", item.name))
		}
		delete(listed, item.name)
		if _, hidden := v.seen[item.name]; hidden {
			continue
		}
		v.seen[item.name] = item.project != nil
		if err := v.project(item.project); err != nil {
			return err
		}
	}
	for name := range listed {
		return v.db.corrupt(v.db.root, damaged("the index leads to project %q, which is not there", name))
	}
	return nil
}

// listed gives the names that an exact tree has.
func (v *verifier) listed(t tree) (map[string]bool, error) {
	names := map[string]bool{}
	if t.kind != kindExact {
		return names, nil
	}
	for n, err := range v.db.leaves(t) {
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(n.node)) {
			name, _, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
			names[name] = true
		}
	}
	return names, nil
}

// project reads a project, which may be nil.
func (v *verifier) project(p *Project) error {
	if p == nil {
		return nil
	}
	v.found.Projects++
	v.found.Releases += len(p.Versions)
	for i := range p.Versions {
		files, err := p.Files(i)
		if err != nil {
			return err
		}
		v.found.Files += len(files)
	}
	return nil
}

// names checks that the names are those of the projects.
func (v *verifier) names() error {
	n := 0
	for name, err := range v.db.Names() {
		if err != nil {
			return err
		}
		if n++; !v.seen[name] {
			return v.db.corrupt(v.db.root, damaged("the name %q has no project", name))
		}
	}
	if n != v.found.Projects {
		return v.db.corrupt(v.db.root, damaged("there are %d names of %d projects", n, v.found.Projects))
	}
	return nil
}
