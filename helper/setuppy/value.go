package setuppy

import "mach/helper/diag"

// Kind is what a Value is.
type Kind int

// The kinds.
const (
	Absent Kind = iota // not given, or None
	Lost               // see Value.Unknown
	Text               // a text
	List               // Items; requirements of install_requires and its kin are always one
	Table              // Entries, of extras_require above all
	Other              // a number, True or False, in Text
)

// Unknown is why something is not known, and where that begins.
type Unknown struct {
	Reason string // "it comes out of a call of get_version"
	Where  diag.Position
}

// Value is what one keyword of setup is given. It is the same in all environments, or a List or Table whose Items say
// in which they are there.
type Value struct {
	Kind    Kind
	Text    string
	Items   []Item
	Entries []Entry
	Unknown Unknown
	Where   diag.Position // of a Text
}

// Item is an item of a list, such as a requirement.
type Item struct {
	Text   string
	Marker string // where it is there, as PEP 508 says it; "" is everywhere
	Where  diag.Position
}

// Entry is a key of a dict, and its value.
type Entry struct {
	Key   string // as written: "socks", ":python_version < '3'", "test:os_name == 'nt'"
	Value Value
}
