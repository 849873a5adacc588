package pydb

import (
	"mach/helper/tags"
)

// Release is what a solver needs to know of one release. Its strings and slices
// must not be changed: neighbouring releases share them.
type Release struct {
	RequiresPython    string   // specifiers as the index gave them, "" for none
	Yanked            bool     // every file of the release is yanked
	YankedReason      string   // "" where none was given
	RequiresDist      []string // requirements as the metadata has them, sorted
	ProvidesExtra     []string // names as written
	Wheels            []Wheel  // in the order of Project.Files
	Sdist             bool     // there is an sdist: the last of Project.Files
	BuildKnown        bool     // the sdist's [build-system] was read; empty fields then mean that it has none
	BuildRequires     []string
	BuildBackend      string
	SdistRequiresDist *[]string // the sdist's own requirements where they are others, else nil
	Uploaded          string    // day of the first upload, 2024-01-31, or "" if unknown
}

// Wheel is the part of a wheel's name that tells it from the others of its
// release.
type Wheel struct {
	Build string // build tag, "" for none
	tags.WheelTags
}

// File is one wheel or sdist.
type File struct {
	Name     string // as in the index
	SHA256   string // 64 hex digits
	Size     int64  // bytes, 0 if unknown
	Location string // path below the index's file host; "" in a database without locations
}
