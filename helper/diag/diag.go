// Package diag is the error that a user finally sees, and how it is printed.
//
// What is printed has up to four parts, in this order:
//
//	error: requirements.txt:3:8: flask: "banana" is no version
//	  flask>=banana
//	         ~~~~~^
//	  included from prod.txt:1:1
//	hint: write a version, as in flask>=3.0
//
// The first line is the whole chain of errors, each wrapping the next, lower case and without a full stop. The source
// line is marked from the column on, under as many bytes as the error spans; the last of them has the caret. A hint ends
// in something that can be pasted. Errors that were joined (errors.Join) are printed one after the other.
package diag

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// The exit codes of mach.
const (
	ExitDone       = 0 // all is done
	ExitNoSolution = 1 // the requirements cannot be satisfied
	ExitUsage      = 2 // the command line or an input is wrong
	ExitWorld      = 3 // something outside failed: network, disk, Nix, damaged data
)

// Position is a place in a text that a user wrote. Line and Col count from 1, Col in bytes; 0 is unknown. File is a
// path as the user gave it, or a name such as <argument 2>, whose Line is 0.
type Position struct {
	File      string
	Line, Col int
}

// String is file:line:col, without the parts that are unknown; a column stands only behind a line.
func (p Position) String() string {
	s := p.File
	if p.Line > 0 {
		s += ":" + strconv.Itoa(p.Line)
		if p.Col > 0 {
			s += ":" + strconv.Itoa(p.Col)
		}
	}
	return s
}

// Error is an error for the user. Only Code and one of Message and Err are needed.
type Error struct {
	Code    int        // the exit code; 0 leaves it to Err
	Message string     // subject: reason; may have several lines
	Where   Position   // the zero Position is no place
	Source  string     // the line of Where, without its end; "" shows none
	Span    int        // bytes of Source that are marked from Where.Col on; 0 marks one place
	Via     []Position // the lines that included Where.File, the nearest first
	Hints   []string   // each ends in something to paste
	Err     error      // the cause
}

// Error is the chain in one line: place, message, cause.
func (e *Error) Error() string {
	parts := make([]string, 0, 3)
	if e.Where.File != "" {
		parts = append(parts, e.Where.String())
	}
	if e.Message != "" {
		parts = append(parts, e.Message)
	}
	if e.Err != nil {
		parts = append(parts, e.Err.Error())
	}
	return strings.Join(parts, ": ")
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Usage is an error in how mach was called.
func Usage(format string, args ...any) *Error {
	return &Error{Code: ExitUsage, Message: fmt.Sprintf(format, args...)}
}

// Input is an error in what a user wrote into a file or an argument.
func Input(format string, args ...any) *Error {
	return &Error{Code: ExitUsage, Message: fmt.Sprintf(format, args...)}
}

// World is a failure of something outside: network, disk, Nix, damaged data.
func World(format string, args ...any) *Error {
	return &Error{Code: ExitWorld, Message: fmt.Sprintf(format, args...)}
}

// NoSolution says that the requirements cannot be satisfied, and why.
func NoSolution(format string, args ...any) *Error {
	return &Error{Code: ExitNoSolution, Message: fmt.Sprintf(format, args...)}
}

// At sets the place, its source line and how many bytes of that are marked, and returns e.
func (e *Error) At(where Position, source string, span int) *Error {
	e.Where, e.Source, e.Span = where, source, span
	return e
}

// Because sets the cause and returns e.
func (e *Error) Because(err error) *Error {
	e.Err = err
	return e
}

// Hint adds a hint and returns e.
func (e *Error) Hint(format string, args ...any) *Error {
	e.Hints = append(e.Hints, fmt.Sprintf(format, args...))
	return e
}

// Reword changes every hint that err is printed with; one of which "" becomes is left out.
func Reword(err error, change func(hint string) string) {
	for _, one := range split(err) {
		for _, e := range chain(one) {
			var hints []string
			for _, hint := range e.Hints {
				if hint = change(hint); hint != "" {
					hints = append(hints, hint)
				}
			}
			e.Hints = hints
		}
	}
}

// ExitCode is the exit code for err: that of the first Error in its chain that has one, the highest where errors are
// joined, ExitDone for nil, and ExitWorld for any other error.
func ExitCode(err error) int {
	code := ExitDone
	for _, one := range split(err) {
		code = max(code, exitCode(one))
	}
	return code
}

func exitCode(err error) int {
	for _, e := range chain(err) {
		if e.Code != 0 {
			return e.Code
		}
	}
	return ExitWorld
}

// chain is every Error that err wraps, itself first.
func chain(err error) (es []*Error) {
	var e *Error
	for errors.As(err, &e) {
		es = append(es, e)
		err = e.Err
	}
	return es
}

// split takes joined errors apart. An error that wraps several in words of its own stays whole.
func split(err error) []error {
	if err == nil {
		return nil
	}
	several, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var parts []error
	var text []string
	for _, one := range several.Unwrap() {
		parts = append(parts, split(one)...)
		text = append(text, one.Error())
	}
	if err.Error() != strings.Join(text, "\n") {
		return []error{err}
	}
	return parts
}
