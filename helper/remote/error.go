package remote

import (
	"errors"
	"fmt"

	"mach/helper/diag"
	"mach/helper/index"
	"mach/helper/pydb"
)

// Error is a database that cannot be read, whatever was asked of it. It has hints.
type Error struct{ Err error }

// Error says where and why.
func (e *Error) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Wrong is a part of the file that is not what the root leads to.
type Wrong struct {
	Offset, Size int64
	Other        bool // the server sends another part than was asked for
	Pinned       bool // another root would not do
	Changed      bool // the server says that the file is another now
}

// Error says which part, and why that may be.
func (e *Wrong) Error() string {
	what := fmt.Sprintf("%d bytes have another SHA-256 than the root leads to", e.Size)
	if e.Other {
		what = fmt.Sprintf("%d bytes were asked for, and the server sends others", e.Size)
	}
	why := "the server, or something on the way, alters what it sends"
	switch {
	case e.Pinned:
		why = "the file was written anew since then, or the server alters it"
	case e.Changed:
		why = "the file was written anew while it was read"
	}
	return fmt.Sprintf("at byte %d: %s: %s", e.Offset, what, why)
}

// otherError is a root that is not the one that is wanted.
type otherError struct {
	pinned      string
	found, date string // "" if there is no root
	more        bool   // of the file was not looked through
	err         error  // why there is none
}

// Error says which there is.
func (e *otherError) Error() string {
	switch {
	case e.found == "":
		return fmt.Sprintf("no root with the SHA-256 %s ends there: the file was written anew, or is another", e.pinned)
	case e.more:
		return fmt.Sprintf("its root has the SHA-256 %s (data of %s), not %s, and neither has one in the %d MB before it: the file was updated often since then, or is another",
			e.found, e.date, e.pinned, maxBack>>20)
	}
	return fmt.Sprintf("its root has the SHA-256 %s (data of %s), not %s, and neither has any before it: the file was written anew since then, or is another", e.found, e.date, e.pinned)
}

// Unwrap returns the cause.
func (e *otherError) Unwrap() error { return e.err }

// failed is an error of a place, with what to do about it.
func failed(p Place, err error) *Error {
	at := Place{URL: p.URL}.String()
	e := &diag.Error{Code: diag.ExitWorld, Message: at, Err: err}
	var told *diag.Error
	if errors.As(err, &told) { // those of package index name the URL
		e.Message = ""
	}
	var other *otherError
	var wrong *Wrong
	var damaged *pydb.CorruptError
	var broken *index.Broken
	switch {
	case errors.As(err, &other):
		if other.more {
			e.Hint("write the size that the file had behind the hash, and the root is found however old it is: %s#sha256=%s,size=BYTES", at, p.Root)
		}
		e.Hint("`mach db stat %s` says how to pin what is there now", at)
	case errors.As(err, &wrong):
		e.Hint("run it again; if it stays so, look at the whole file: mach db verify %s", at)
	case errors.As(err, &damaged):
		e.Message, e.Err = "", &pydb.CorruptError{Path: at, Offset: damaged.Offset, Reason: damaged.Reason}
		e.Hint("it must be a file of `mach db build`, all of it: who keeps it there should run `mach db verify` on it")
	case errors.Is(err, index.ErrOffline):
		e.Hint("run it once without --offline")
	case errors.Is(err, index.ErrNoRanges), errors.As(err, &broken):
		e.Hint("download it, and give its path: --db FILE")
	case errors.Is(err, index.ErrNotFound):
		e.Hint("look at the URL of --db, or MACH_DB")
	case errors.Is(err, index.ErrNetwork):
		e.Hint("see that the server can be reached, or give the path of a database: --db FILE")
	}
	return &Error{e}
}
