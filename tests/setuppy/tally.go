package main

import (
	"fmt"
)

// The verdicts.
const (
	right = iota
	wrong
	unknown
)

// tally counts the verdicts.
type tally struct {
	fields                map[string]*[3]int
	right, wrong, unknown int
}

func (t *tally) add(subject string, said answers, truths []answers, verbose bool) {
	worst := right
	for field, verdict := range verdicts(said, truths) {
		if t.fields[field] == nil {
			t.fields[field] = new([3]int)
		}
		t.fields[field][verdict.kind]++
		switch {
		case verdict.kind == wrong:
			fmt.Printf("%s: %s is wrong: %s\n", subject, field, verdict.why)
		case verdict.kind == unknown && verbose:
			fmt.Printf("%s: %s is unknown: %s\n", subject, field, verdict.why)
		}
		if verdict.kind == wrong || verdict.kind == unknown && worst == right && field != "version" {
			worst = verdict.kind
		}
	}
	switch worst {
	case right:
		t.right++
	case wrong:
		t.wrong++
	default:
		t.unknown++
	}
}

type verdict struct {
	kind int
	why  string
}

// verdicts are those on each field: right is what one of the truths says.
func verdicts(said answers, truths []answers) map[string]verdict {
	all := map[string]verdict{}
	// Without install_requires, an extra cannot be compared.
	if doubt, ok := said.unknown["install_requires"]; ok && said.unknown["extras_require"] == "" {
		said.unknown["extras_require"] = doubt
	}
	for _, field := range fields {
		if doubt, ok := said.unknown[field]; ok {
			all[field] = verdict{unknown, doubt}
			continue
		}
		for _, truth := range truths {
			if why := said.wrongIn(field, truth); why == "" {
				all[field] = verdict{}
				break
			} else if all[field].why == "" {
				all[field] = verdict{wrong, why}
			}
		}
	}
	return all
}

// wrongIn is what is wrong with a field; "" if nothing.
func (a answers) wrongIn(field string, truth answers) string {
	switch field {
	case "install_requires":
		return differs(a, truth, []string{""})
	case "extras_require":
		return differs(a, truth, extrasOf(a, truth))
	}
	if field == "version" {
		if sameVersion(a.version, truth.version) {
			return ""
		}
		return fmt.Sprintf("said %q, truth %q", a.version, truth.version)
	}
	if samePython(a.python, truth.python) {
		return ""
	}
	return fmt.Sprintf("said %q, truth %q", a.python, truth.python)
}

func (t *tally) print() {
	for _, field := range fields {
		if n := t.fields[field]; n != nil {
			fmt.Printf("%-17s right %d, wrong %d, unknown %d\n", field, n[right], n[wrong], n[unknown])
		}
	}
	fmt.Printf("%-17s right %d, wrong %d, unknown %d\n", "whole files", t.right, t.wrong, t.unknown)
}
