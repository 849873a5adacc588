package pydb

import (
	"strings"

	"mach/helper/pep508"
)

// normalizer writes requirements in normal form: as packaging prints them, with the
// project's name normalised too. What cannot be read stays as it is. It is not safe
// for concurrent use.
type normalizer struct {
	known map[string]string
}

// maxKnown bounds what a normalizer remembers.
const maxKnown = 1 << 14

func (n *normalizer) normal(requirement string) string {
	requirement = oneLine(requirement)
	if normal, ok := n.known[requirement]; ok {
		return normal
	}
	if n.known == nil || len(n.known) >= maxKnown {
		n.known = make(map[string]string, 64)
	}
	normal := normalRequirement(requirement)
	n.known[requirement] = normal
	return normal
}

func normalRequirement(s string) string {
	r, err := pep508.ParseLenient(s)
	if err != nil {
		return s
	}
	r.Name = pep508.NormalizeName(r.Name)
	normal := r.String()
	if again, err := pep508.ParseLenient(normal); err != nil || again.String() != normal {
		return s // packaging would not read it as it prints it
	}
	return normal
}

// splitRequirement splits a requirement into what is before its specifiers, these,
// and what is after them. The three make the requirement again, whatever it is.
func splitRequirement(s string) (head, specifiers, tail string) {
	from := strings.IndexAny(s, operators+";")
	if from < 0 {
		return s, "", ""
	}
	to := len(s)
	if n := strings.IndexByte(s[from:], ';'); n >= 0 {
		to = from + n
	}
	return s[:from], s[from:to], s[to:]
}

const operators = "<>=!~"

// ownVersion stands in the place of a release's own version where its requirements
// name that: what is released together then requires the same in all releases.
const ownVersion = "$"

// contract writes the own version of a release in its requirement as ownVersion.
func contract(requirement, version string) string {
	head, specifiers, tail := splitRequirement(requirement)
	if !strings.Contains(specifiers, version) && !strings.Contains(specifiers, ownVersion) {
		return requirement
	}
	return head + mapClauses(specifiers, func(v string) string {
		if v == version {
			return ownVersion
		}
		if strings.HasPrefix(v, ownVersion) {
			return ownVersion + v
		}
		return v
	}) + tail
}

// expand is the inverse of contract.
func expand(requirement, version string) string {
	head, specifiers, tail := splitRequirement(requirement)
	if !strings.Contains(specifiers, ownVersion) {
		return requirement
	}
	return head + mapClauses(specifiers, func(v string) string {
		if v == ownVersion {
			return version
		}
		return strings.TrimPrefix(v, ownVersion)
	}) + tail
}

// mapClauses changes the version in each clause of specifiers.
func mapClauses(specifiers string, change func(string) string) string {
	clauses := strings.Split(specifiers, ",")
	for i, clause := range clauses {
		version := strings.TrimLeft(clause, operators)
		clauses[i] = clause[:len(clause)-len(version)] + change(version)
	}
	return strings.Join(clauses, ",")
}

// contractAll contracts a list.
func contractAll(list []string, version string) []string {
	if len(list) == 0 {
		return nil
	}
	contracted := make([]string, len(list))
	for i, requirement := range list {
		contracted[i] = contract(requirement, version)
	}
	return contracted
}

// expandAll expands a list. Without own versions that is the list itself.
func expandAll(list []string, version string) []string {
	if len(list) == 0 {
		return nil
	}
	var expanded []string
	for i, requirement := range list {
		if strings.Contains(requirement, ownVersion) {
			if expanded == nil {
				expanded = append(make([]string, 0, len(list)), list...)
			}
			expanded[i] = expand(requirement, version)
		}
	}
	if expanded == nil {
		return list
	}
	return expanded
}
