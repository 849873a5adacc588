package crawl

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"mach/helper/crawl/record"
)

// Data is what the reports of crawls say, taken together, of the records of those crawls.
type Data struct {
	Day     string // on which the first of the crawls began
	Serial  int64  // the lowest that the index's list had; 0 if it has none
	Records int    // how many there are

	of     int // shards, of a whole index
	shards []Shard
	failed map[string]bool // projects that were not read, and may be there
}

// Add adds a report. Errors begin with name, which is only what to call it.
func (d *Data) Add(name string, in io.Reader) error {
	var r struct {
		Report
		Problems []Problem `json:"problems"`
	}
	if err := json.NewDecoder(in).Decode(&r); err != nil {
		return fmt.Errorf("%s: not a report of a crawl: %w", name, err)
	}
	if len(r.Began) < len("2006-01-02") || r.Index == "" {
		return fmt.Errorf("%s: not a report of a crawl: it does not say when and of which index", name)
	}
	if r.All {
		if err := d.part(name, r.Shard); err != nil {
			return err
		}
	}
	day := r.Began[:len("2006-01-02")]
	first := d.Day == ""
	if first || day < d.Day {
		d.Day = day
	}
	if first || r.Serial < d.Serial {
		d.Serial = r.Serial
	}
	d.Records += r.Projects + r.Empty
	if d.failed == nil {
		d.failed = map[string]bool{}
	}
	for _, p := range r.Problems {
		if p.Version == "" && p.Why != record.UnreadAbsent {
			d.failed[p.Project] = true
		}
	}
	return nil
}

// part adds a part of the whole index.
func (d *Data) part(name, text string) error {
	s, err := ParseShard(text)
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", name, err)
	case d.of != 0 && d.of != s.N:
		return fmt.Errorf("%s: of the shard %s, and another report is of one of %d", name, s, d.of)
	case slices.Contains(d.shards, s):
		return fmt.Errorf("%s: of the shard %s, as another report", name, s)
	}
	d.of, d.shards = s.N, append(d.shards, s)
	return nil
}

// Whole says whether the crawls are of all projects of the index.
func (d *Data) Whole() bool { return d.of > 0 && len(d.shards) == d.of }

// Gone says whether a project that has no record is no longer in the index.
func (d *Data) Gone(name string) bool {
	return !d.failed[name] && slices.ContainsFunc(d.shards, func(s Shard) bool { return s.Has(name) })
}
