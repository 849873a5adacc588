package pydb

// Verify reads everything: all index shards, every release and file of every
// project, all names. It gives the first damage found.
func (db *DB) Verify() error {
	v := verifier{db: db, found: db.info, seen: map[string]bool{}}
	v.found.Projects, v.found.Releases, v.found.Files = 0, 0, 0
	for _, t := range db.trees {
		for p, err := range db.shards(t) {
			if err == nil {
				err = v.shard(p)
			}
			if err != nil {
				return err
			}
		}
	}
	if err := v.names(); err != nil {
		return err
	}
	if v.found != db.info {
		return db.corrupt(db.root, damaged("the root counts %+v, but there are %+v", db.info, v.found))
	}
	return nil
}

type verifier struct {
	db    *DB
	found Info
	seen  map[string]bool // projects
}

// shard reads a shard and the files of its projects. A project that an earlier tree
// has too is out of date here and not counted.
func (v *verifier) shard(at pointer) error {
	s, err := v.db.readShard(at)
	if err != nil {
		return err
	}
	last := ""
	for {
		p, err := s.next("")
		if err != nil || p == nil {
			return err
		}
		if p.Name <= last {
			return v.db.corrupt(at.offset, damaged("project %q comes after %q", p.Name, last))
		}
		last = p.Name
		files, err := countFiles(p)
		if err != nil {
			return err
		}
		s.page = p.pages[len(p.pages)-1].page
		if v.seen[p.Name] {
			continue
		}
		v.seen[p.Name] = true
		v.found.Projects++
		v.found.Releases += len(p.Versions)
		v.found.Files += files
	}
}

func countFiles(p *Project) (n int, err error) {
	for i := range p.Versions {
		files, err := p.Files(i)
		if err != nil {
			return 0, err
		}
		n += len(files)
	}
	return n, nil
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
	if n != len(v.seen) {
		return v.db.corrupt(v.db.root, damaged("there are %d names of %d projects", n, len(v.seen)))
	}
	return nil
}
