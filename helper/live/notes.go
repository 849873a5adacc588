package live

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"mach/helper/index"
)

// note is something that the user should know of, about several projects or files.
type note int

const (
	noteTimeless note = iota // a project of which an index does not say when its files were uploaded
	noteHashless             // a file that was read whole for its hash
	noteDiffers              // a release whose sdist does not need what its wheel needs
	noteCount
)

// notes are the subjects of each note.
type notes [noteCount]map[string]bool

func (db *Database) note(kind note, subject string) {
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.notes[kind] == nil {
		db.notes[kind] = map[string]bool{}
	}
	db.notes[kind][subject] = true
}

// Warnings are what the user should know, once all is read: of the reading, of quarantined projects that were met, and
// of those projects that are taken.
func (db *Database) Warnings(taken []string) (warnings []string) {
	db.mu.Lock()
	defer db.mu.Unlock()
	if subjects := db.notes[noteTimeless]; len(subjects) > 0 {
		warnings = append(warnings, fmt.Sprintf("nothing says when files of %s were uploaded, so that they count as newer than %s", few(subjects), db.ExcludeNewer))
	}
	if subjects := db.notes[noteHashless]; len(subjects) > 0 {
		warnings = append(warnings, fmt.Sprintf("no index states the hash of %s, so that the whole file was read for it", few(subjects)))
	}
	if subjects := db.notes[noteDiffers]; len(subjects) > 0 {
		warnings = append(warnings, fmt.Sprintf("the sdist of %s states other requirements than a wheel of it, which were taken", few(subjects)))
	}
	for _, name := range slices.Sorted(maps.Keys(db.statuses)) {
		if s := db.statuses[name]; s.quarantined || slices.Contains(taken, name) {
			warnings = append(warnings, name+" is "+s.text)
		}
	}
	return warnings
}

// few lists some names.
func few(names map[string]bool) string {
	const most = 5
	list := slices.Sorted(maps.Keys(names))
	if len(list) > most {
		return strings.Join(list[:most], ", ") + fmt.Sprintf(" and %d others", len(list)-most)
	}
	return strings.Join(list, ", ")
}

// status is what an index says of a project as a whole (PEP 792), where that matters.
type status struct {
	quarantined bool // nothing of it can be used
	text        string
}

// status takes what a page says of the project.
func (p *Project) status(page *index.Page) {
	s := status{text: page.Status}
	switch page.Status {
	case "quarantined":
		s = status{true, "held in quarantine by the index"}
	case "archived", "deprecated":
	default:
		return
	}
	if page.StatusReason != "" {
		s.text += ": " + page.StatusReason
	}
	if s.quarantined {
		p.quarantined = s.text
	}
	p.db.mu.Lock()
	defer p.db.mu.Unlock()
	p.db.statuses[p.name] = s
}
