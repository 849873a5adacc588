package crawl

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"mach/helper/crawl/record"
	"mach/helper/index"
)

// Problem is a project, or one of its releases, that could not be read.
type Problem struct {
	Project string `json:"project"`
	Version string `json:"version,omitempty"` // "" is the whole project
	Why     string `json:"why"`               // as in records
	Text    string `json:"text"`              // for people; it may have URLs in it
}

// Problem is the same, for a report.
func (u Unreadable) Problem() Problem {
	return Problem{u.Project, u.Version, u.Why(), strings.ReplaceAll(u.Err.Error(), "\n", "; ")}
}

// Report is what a crawl says of itself: from where the records are, and what they lack.
type Report struct {
	Mach    string   `json:"mach"`  // version
	Began   string   `json:"began"` // RFC 3339; of the first run, if the crawl was resumed
	Ended   string   `json:"ended"`
	Index   string   `json:"index"`            // without credentials
	Serial  int64    `json:"serial,omitempty"` // of the index's list, as the first run read it
	Pythons []string `json:"pythons"`
	Systems []string `json:"systems"`
	All     bool     `json:"all,omitempty"` // all projects of the index, or of the shard
	Shard   string   `json:"shard,omitempty"`
	Since   string   `json:"since,omitempty"` // earlier records
	Stats
}

// Write writes the report as JSON, with the problems one a line: there may be many.
func (r Report) Write(w io.Writer, problems iter.Seq2[Problem, error]) error {
	head, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(w, "%s,\n  \"problems\": [", strings.TrimSuffix(string(head), "\n}")); err != nil {
		return err
	}
	comma := "\n    "
	for p, err := range problems {
		if err != nil {
			return err
		}
		line, err := json.Marshal(p)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "%s%s", comma, line); err != nil {
			return err
		}
		comma = ",\n    "
	}
	_, err = io.WriteString(w, "\n  ]\n}\n")
	return err
}

// why is the reason for an error. Of several, one after which there is use in reading again counts first.
func why(err error) string {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		first := ""
		for _, one := range joined.Unwrap() {
			if w := why(one); w == record.UnreadFailed || first == "" {
				first = w
			}
		}
		return first
	}
	var broken *index.Broken
	switch {
	case errors.Is(err, errNotStatic):
		return record.UnreadStatic
	case errors.As(err, &broken):
		return record.UnreadBroken
	case errors.Is(err, index.ErrNotFound):
		return record.UnreadAbsent
	}
	return record.UnreadFailed
}
