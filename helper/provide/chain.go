package provide

import (
	"fmt"
	"slices"
	"strings"

	"mach/helper/pubgrub"
)

// How much of an explanation somebody reads.
const (
	maxLines  = 9
	maxClaims = 4 // about one project
)

// tree writes claims as lines: each requirement of the user, and what follows from it, on one line as long as that is
// one thing, and then indented below. What several lead to stands with the first that leads to all of it, or the last.
type tree struct {
	*explanation
	lines   []string
	told    map[*claim]bool
	leading map[*project]int // how many claims that are not told lead to a project
}

// chains are the claims as lines.
func (x *explanation) chains() []string {
	t := &tree{explanation: x, told: map[*claim]bool{}, leading: map[*project]int{}}
	for _, c := range x.claims {
		if c.on.project != nil {
			t.leading[c.on.project]++
		}
	}
	for _, c := range x.claims {
		if c.of.project == nil {
			t.tell("", x.sentence(c), c)
		}
	}
	for _, c := range x.claims { // what only a cycle leads to
		if !t.told[c] {
			t.leading[c.of.project] = 0
			t.tell("", x.sentence(c), c)
		}
	}
	t.lines = append(t.lines, x.gap()...)
	if more := len(t.lines) - maxLines; more > 0 {
		t.lines = append(t.lines[:maxLines], fmt.Sprintf("… and %d more lines like these", more))
	}
	return t.lines
}

// tell writes a claim, whose words are said, and what follows from it.
func (t *tree) tell(indent, said string, c *claim) {
	t.told[c] = true
	p := c.on.project
	if p == nil || c.missing {
		t.lines = append(t.lines, indent+said)
		return
	}
	t.leading[p]--
	var next []*claim
	for _, d := range t.claims {
		if d.of.project == p && !t.told[d] {
			next = append(next, d)
		}
	}
	switch {
	case len(next) == 0 || t.leading[p] > 0 && !t.isAllOf(c, next):
		t.lines = append(t.lines, indent+said)
	case len(next) == 1:
		d := next[0]
		switch about := d.on.project != nil && t.isAboutAll(d, c); {
		case about && d.of.extra != "":
			said += ", whose extra " + clip(d.of.extra) + " " + t.verb(d)
		case about:
			said += ", which " + t.verb(d)
		default:
			said += "; " + t.sentence(d)
		}
		t.tell(indent, said, d)
	default:
		t.lines = append(t.lines, indent+said)
		t.several(indent+"  ", next)
	}
}

// isAboutAll says whether d is about all that c allows.
func (x *explanation) isAboutAll(d, c *claim) bool {
	return d.label == "" && x.isAllOf(c, []*claim{d})
}

// isAllOf says whether some claims are about all that c allows, but for what was yanked.
func (x *explanation) isAllOf(c *claim, claims []*claim) bool {
	for i := range c.allowed.Members(len(c.on.candidates)) {
		version := c.on.candidates[i].version
		about := func(d *claim) bool { return d.hasVersion(version) }
		if !slices.ContainsFunc(claims, about) && !x.wasYanked(c.on.project, int(version)) {
			return false
		}
	}
	return true
}

// several writes claims about one project.
func (t *tree) several(indent string, claims []*claim) {
	for _, c := range claims {
		t.told[c] = true
	}
	shown := claims
	if len(claims) > maxClaims {
		shown = claims[:maxClaims-1]
	}
	for _, c := range shown {
		t.tell(indent, t.sentence(c), c)
	}
	if len(shown) < len(claims) {
		var rest pubgrub.Set
		for _, c := range claims[len(shown):] {
			rest = rest.Union(c.which)
		}
		t.lines = append(t.lines, indent+t.releases(claims[0].of, rest)+" cannot be used for reasons like these")
	}
}

// sentence is a claim in words.
func (x *explanation) sentence(c *claim) string {
	if c.of.project == nil {
		return x.subject(c) + x.wanting(c)
	}
	who := x.releases(c.of, c.which)
	if c.why.kind != none {
		who = strings.TrimPrefix(who, "every ")
	}
	if c.label != "" && c.why.kind != platform {
		who += " " + c.label
	}
	return who + " " + x.verb(c)
}

// verb is what a claim says of its releases.
func (x *explanation) verb(c *claim) string {
	switch {
	case c.why.kind == python:
		return c.why.text + x.targetPython()
	case c.why.kind == platform:
		return x.otherWheels(c)
	case c.why.kind != none:
		return c.why.text
	}
	return "needs " + c.said() + x.wanting(c)
}

// said is what a claim needs, and where that stands.
func (c *claim) said() string {
	if c.origin == "" {
		return c.need
	}
	return c.need + " (" + c.origin + ")"
}

// subject is a requirement of the user, and where it stands; of an sdist that is built, its own.
func (x *explanation) subject(c *claim) string {
	if x.builds != "" {
		return x.builds + " is built with " + c.said()
	}
	return "you ask for " + c.said()
}

// wanting says that there is nothing that a claim allows, unless that is all that there is to say.
func (x *explanation) wanting(c *claim) string {
	if !c.missing || x.missing() != nil {
		return ""
	}
	return ", but " + x.noRelease(c)
}

// targetPython says which Python there is, if not the first line does.
func (x *explanation) targetPython() string {
	if x.saysKind() {
		return ""
	}
	return fmt.Sprintf(" (the target is %s)", x.options.Environment.Markers.PythonVersion)
}

// saysKind says whether the first line says why nothing can be used.
func (x *explanation) saysKind() bool {
	p, kinds := x.culprit()
	return p != nil && len(kinds) == 1
}

// otherWheels says what the wheels are for that are not for the target.
func (x *explanation) otherWheels(c *claim) string {
	only := ""
	if wheels := x.wheelsOf(c); wheels != "" {
		only = "has wheels only for " + wheels
	}
	switch {
	case only == "":
		return c.why.text
	case x.saysKind():
		return only
	}
	return c.why.text + ": it " + only
}

// chain is a claim and what leads to it, as sentences with semicolons between, without what was only asked for to see.
func (x *explanation) chain(c *claim, asked string) string {
	var parts []string
	for _, d := range x.path(c) {
		if d.of.project != nil || asked == "" || d.need != asked {
			parts = append(parts, x.sentence(d))
		}
	}
	return strings.Join(parts, "; ")
}

// path are the claims that lead from a requirement of the user to a claim, and it.
func (x *explanation) path(c *claim) []*claim {
	way := []*claim{c}
	for c != nil && c.of.project != nil {
		i := slices.IndexFunc(x.claims, func(d *claim) bool {
			return d.on.project == c.of.project && !slices.Contains(way, d)
		})
		if c = nil; i >= 0 {
			c = x.claims[i]
			way = append(way, c)
		}
	}
	slices.Reverse(way)
	return way
}
