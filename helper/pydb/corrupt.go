package pydb

import (
	"errors"
	"fmt"
)

// CorruptError says that a file is not, or no longer, a whole database.
type CorruptError struct {
	Path   string // of the file; "" if the database was not opened by path
	Offset int64  // in bytes, of the xz stream in question
	Reason string // what is wrong there
	Hint   string // what to do about it
}

// Error gives path, offset and reason.
func (e *CorruptError) Error() string {
	path := e.Path
	if path == "" {
		path = "database"
	}
	return fmt.Sprintf("%s: at byte %d: %s", path, e.Offset, e.Reason)
}

const (
	hintDamaged  = "the file was damaged or cut short: fetch it again, or build it with `mach db build`"
	hintNoMach   = "give a file made by `mach db build`"
	hintNewer    = "use a newer mach, or a database made for this one"
	hintNewEmpty = "fetch the database again, or build one with `mach db build`"
)

// damage is a reason why a stream cannot be read, before it is known which.
type damage string

func (d damage) Error() string { return string(d) }

func damaged(format string, args ...any) error {
	return damage(fmt.Sprintf(format, args...))
}

// corrupt turns damage found in the stream at offset into a CorruptError and
// leaves other errors as they are.
func (db *DB) corrupt(offset int64, err error) error {
	var d damage
	if !errors.As(err, &d) {
		return err
	}
	return &CorruptError{Path: db.path, Offset: offset, Reason: err.Error(), Hint: hintDamaged}
}
