package remote

import (
	"io"
	"os"

	"mach/helper/diag"
	"mach/helper/pydb"
)

// copyStep is how much is asked for at a time where all of the file is wanted.
const copyStep = 4 << 20

// Verify reads everything, as that of pydb does, from a copy of the file that is deleted afterwards: stream by stream it
// would take ten thousands of requests. Nothing goes into the cache. An error is an *Error.
func (db *Database) Verify() error {
	if err := db.file.verify(db.Info().Root); err != nil {
		return failed(db.file.place, err)
	}
	return nil
}

func (f *file) verify(root string) error {
	temp, err := os.CreateTemp("", "mach-*.xz")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	defer temp.Close()
	if err := f.copyTo(temp); err != nil {
		return err
	}
	db, err := pydb.New(temp, f.size)
	if err != nil {
		return err
	}
	if info := db.Info(); info.Root != root {
		return &otherError{pinned: root, found: info.Root, date: info.Date}
	}
	return db.Verify()
}

// copyTo writes all of the file, up to the end of the root.
func (f *file) copyTo(w io.Writer) error {
	for at := int64(0); at < f.size; at += copyStep {
		to := min(at+copyStep, f.size)
		p, err := f.part(at, to)
		if err != nil {
			return err
		}
		data := span{p.Start, p.Data}.cut(at, to)
		if data == nil {
			return &Wrong{Offset: at, Size: to - at, Other: true, Pinned: f.place.Root != "", Changed: p.Size < f.size}
		}
		if _, err := w.Write(data); err != nil {
			return &diag.Error{Message: "a copy of it cannot be written", Err: err, Hints: []string{"name a directory with more room: TMPDIR=/var/tmp mach db verify URL"}}
		}
	}
	return nil
}
