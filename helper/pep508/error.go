package pep508

import "strconv"

// Error says what cannot be read, and where: Input[Offset:Offset+Len] is the culprit, in bytes.
// Len is 0 where something is missing.
type Error struct {
	Input  string
	Offset int
	Len    int
	Reason string
}

// Error gives the input, the reason and the culprit.
func (e *Error) Error() string {
	text := strconv.Quote(e.Input) + ": " + e.Reason
	if e.Len > 0 && e.Len < len(e.Input) {
		text += ": unexpected " + strconv.Quote(e.Input[e.Offset:e.Offset+e.Len])
	}
	return text
}
