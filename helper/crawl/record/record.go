// Package record is the crawl record: what is known of one project of an
// index, as one line of JSON. `mach db crawl` writes records and `mach db
// build` packs them into a database.
//
// A record is the project object of PEP 691 (with PEP 700's versions, sizes and
// upload times, PEP 592's yanked and PEP 792's project-status), with two
// differences:
//
//   - a file's url is a location: its path below the index's file host, without
//     scheme and host, so that records do not depend on the mirror they came from;
//   - a file may carry _metadata, the part of its core metadata and of its
//     pyproject.toml that a solver needs.
//
// One file's metadata stands for its release where the others have none. Unknown
// fields are ignored. A file of records has one project a line, sorted by name.
//
// What else begins with an underscore is of the crawl: which releases it could not
// read, and what tells the next crawl whether there is anything new.
package record

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
)

// Project is one record: a project and its files.
type Project struct {
	Meta     Meta     `json:"meta"`
	Name     string   `json:"name"` // normalised (PEP 503)
	Status   *Status  `json:"project-status,omitempty"`
	Versions []string `json:"versions"` // every release, in the index's order
	Files    []File   `json:"files"`
	Unread   []Unread `json:"_unread,omitempty"` // releases that have no files here for that reason
}

// Unread is a release that could not be read.
type Unread struct {
	Version string `json:"version"`
	Why     string `json:"why"` // an Unread constant
}

// Why a release could not be read. Only after UnreadFailed there is use in reading it
// again.
const (
	UnreadStatic = "not-static" // only a build would tell what it needs
	UnreadBroken = "broken"     // its files are no good
	UnreadAbsent = "absent"     // the index does not have its files
	UnreadFailed = "failed"     // the index did not answer as it should
)

// Meta says which API version the project object has and how new it is.
type Meta struct {
	APIVersion string `json:"api-version"`
	LastSerial int64  `json:"_last-serial,omitempty"` // 0 where the index has none
	ETag       string `json:"_etag,omitempty"`        // of the page; "" where the index has none
	Modified   string `json:"_modified,omitempty"`    // Last-Modified of the page; "" where the index has none
	Scope      string `json:"_scope,omitempty"`       // what of a project the crawl read; "" is some of it
	Reading    string `json:"_reading,omitempty"`     // in what way sdists were read, which another mach may read better; "" none was
}

// Status is PEP 792's status of a project.
type Status struct {
	Status string `json:"status"` // active, archived, quarantined, deprecated
	Reason string `json:"reason,omitempty"`
}

// File is a wheel or an sdist of a release. Other files (eggs, installers) may
// stand in a record and are not packed.
type File struct {
	Filename       string    `json:"filename"`
	Hashes         Hashes    `json:"hashes"`
	RequiresPython string    `json:"requires-python,omitempty"`
	Size           int64     `json:"size,omitempty"`        // bytes; 0 is unknown
	UploadTime     string    `json:"upload-time,omitempty"` // RFC 3339
	Yanked         Yanked    `json:"yanked"`
	URL            string    `json:"url"` // location below the index's file host
	Metadata       *Metadata `json:"_metadata,omitempty"`
}

// Hashes are the digests of a file, in lower-case hex.
type Hashes struct {
	SHA256 string `json:"sha256,omitempty"`
}

// Metadata is what a solver needs of a file's core metadata, and of an sdist's
// pyproject.toml.
type Metadata struct {
	RequiresDist   []string     `json:"requires-dist,omitempty"`
	ProvidesExtra  []string     `json:"provides-extra,omitempty"`
	RequiresPython string       `json:"requires-python,omitempty"`
	BuildSystem    *BuildSystem `json:"build-system,omitempty"` // nil: not read
	From           string       `json:"from,omitempty"`         // a From constant
}

// BuildSystem is the [build-system] table of an sdist (PEP 518, 517), with what the
// backend asks for beside it. All is empty for an sdist that was read and has neither.
type BuildSystem struct {
	Requires     []string `json:"requires,omitempty"`
	BuildBackend string   `json:"build-backend,omitempty"`
	Unknown      []string `json:"unknown,omitempty"` // what could not be known of the build
}

// Where metadata was read from.
const (
	FromMetadata     = "metadata"      // the index's own metadata file (PEP 658)
	FromWheel        = "wheel"         // METADATA in the wheel
	FromPKGInfo      = "pkg-info"      // PKG-INFO in the sdist
	FromPyproject    = "pyproject"     // the static [project] table of the sdist (PEP 621)
	FromSiblingWheel = "sibling-wheel" // an sdist's, taken from a wheel of its release
	FromRequiresTxt  = "requires-txt"  // what setuptools recorded in the sdist, which may not hold everywhere
)

// Yanked is PEP 592's mark: in JSON false, true, or the reason as a string.
type Yanked struct {
	Yanked bool
	Reason string
}

// MarshalJSON writes false, true or the reason.
func (y Yanked) MarshalJSON() ([]byte, error) {
	if !y.Yanked || y.Reason == "" {
		return strconv.AppendBool(nil, y.Yanked), nil
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // or a reason with & would change on its way through
	err := e.Encode(y.Reason)
	return b.Bytes(), err
}

// UnmarshalJSON reads a boolean, a string or null. As in PEP 691 the value's truth
// counts: an empty string is not yanked.
func (y *Yanked) UnmarshalJSON(b []byte) error {
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	switch v := v.(type) {
	case nil:
		*y = Yanked{}
	case bool:
		*y = Yanked{Yanked: v}
	case string:
		*y = Yanked{Yanked: v != "", Reason: v}
	default:
		return fmt.Errorf("yanked: neither a boolean nor a string: %q", b)
	}
	return nil
}
