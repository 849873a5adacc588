package main

import (
	"fmt"
	"io/fs"
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

func (t *tally) add(subject string, said, truth answers, tree fs.FS, verbose bool) {
	worst := right
	for field, verdict := range verdicts(said, truth) {
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
		if verdict.kind == wrong || verdict.kind == unknown && worst == right {
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

func verdicts(said, truth answers) map[string]verdict {
	all := map[string]verdict{}
	judge := func(field, why string) {
		switch doubt, ok := said.unknown[field]; {
		case ok:
			all[field] = verdict{unknown, doubt}
		case why != "":
			all[field] = verdict{wrong, why}
		default:
			all[field] = verdict{right, ""}
		}
	}
	judge("install_requires", differs(said, truth, []string{""}))
	// Without install_requires, an extra cannot be compared.
	if doubt, ok := said.unknown["install_requires"]; ok && said.unknown["extras_require"] == "" {
		said.unknown["extras_require"] = doubt
	}
	judge("extras_require", differs(said, truth, extrasOf(said, truth)))
	python := ""
	if !samePython(said.python, truth.python) {
		python = fmt.Sprintf("said %q, truth %q", said.python, truth.python)
	}
	judge("python_requires", python)
	return all
}

func (t *tally) print() {
	for _, field := range fields {
		if n := t.fields[field]; n != nil {
			fmt.Printf("%-17s right %d, wrong %d, unknown %d\n", field, n[right], n[wrong], n[unknown])
		}
	}
	fmt.Printf("%-17s right %d, wrong %d, unknown %d\n", "whole files", t.right, t.wrong, t.unknown)
}
