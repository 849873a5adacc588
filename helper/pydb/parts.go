package pydb

// Part is a part of a database by how it is read.
type Part struct {
	Kind    string // what it is
	Streams int
	Bytes   int64 // of its streams
	Index   int64 // of the index shards that lead to them
}

// Parts says what the database is made of, in the order of its root. A stream that two
// trees lead to is of the first. The rest of the file is the root, and what updates
// took the place of.
func (db *DB) Parts() ([]Part, error) {
	var parts []Part
	seen := map[int64]bool{}
	for _, trees := range [][]tree{db.trees, db.files, db.names} {
		for _, t := range trees {
			part, err := db.part(t, seen)
			if err != nil {
				return nil, err
			}
			parts = append(parts, part)
		}
	}
	return parts, nil
}

// part counts the streams that a tree leads to and that were not seen before.
func (db *DB) part(t tree, seen map[int64]bool) (Part, error) {
	part := Part{Kind: t.kind}
	for n, err := range db.leaves(t) {
		if err != nil {
			return part, err
		}
		if t.depth > 0 {
			part.Index += int64(len(n.node))
		}
	}
	for f, err := range db.lines(t) {
		if err != nil {
			return part, err
		}
		if f.line == gone {
			continue
		}
		p, err := f.pointer(db)
		if err != nil {
			return part, err
		}
		if !seen[p.offset] {
			seen[p.offset] = true
			part.Streams++
			part.Bytes += p.size
		}
	}
	return part, nil
}
