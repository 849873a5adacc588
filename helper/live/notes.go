package live

import (
	"fmt"
	"slices"
	"strings"

	"mach/helper/index"
)

// note is something that the user should know of, about several projects or files.
type note int

const (
	noteTimeless note = iota // a project of which an index does not say when its files were uploaded
	noteHashless             // a file that was read whole for its hash
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

// Warnings are what the user should know, once all is read: of the reading, and of those projects that are taken.
func (db *Database) Warnings(taken []string) (warnings []string) {
	db.mu.Lock()
	defer db.mu.Unlock()
	if subjects := db.notes[noteTimeless]; len(subjects) > 0 {
		warnings = append(warnings, fmt.Sprintf("nothing says when files of %s were uploaded, so that they count as newer than %s", few(subjects), db.ExcludeNewer))
	}
	if subjects := db.notes[noteHashless]; len(subjects) > 0 {
		warnings = append(warnings, fmt.Sprintf("no index states the hash of %s, so that the whole file was read for it", few(subjects)))
	}
	for _, name := range taken {
		if l := db.projects[name]; l != nil && l.project != nil && l.project.warning != "" {
			warnings = append(warnings, name+" "+l.project.warning)
		}
	}
	return warnings
}

// few lists some names.
func few(names map[string]bool) string {
	const most = 5
	list := make([]string, 0, len(names))
	for name := range names {
		list = append(list, name)
	}
	slices.Sort(list)
	if len(list) > most {
		return strings.Join(list[:most], ", ") + fmt.Sprintf(" and %d others", len(list)-most)
	}
	return strings.Join(list, ", ")
}

// status takes what an index says of a project as a whole (PEP 792).
func (p *Project) status(page *index.Page) {
	reason := ""
	if page.StatusReason != "" {
		reason = ": " + page.StatusReason
	}
	switch page.Status {
	case "quarantined":
		p.quarantined = "is of a project that the index holds in quarantine" + reason
	case "archived", "deprecated":
		p.warning = "is " + page.Status + reason
	}
}
