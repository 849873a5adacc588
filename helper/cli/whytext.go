package cli

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"mach/helper/diag"
	"mach/helper/lock"
	"mach/helper/pep508"
	"mach/helper/provide"
)

// How much of an answer is told at length.
const (
	width      = 96 // columns
	maxNeeders = 6  // with the way to them
	maxRefused = 8
	maxBecause = 4
	maxInstead = 3
	maxAnswers = 3
)

// answerPrinter puts answers into words.
type answerPrinter struct {
	*bufio.Writer
	arrow string
}

func printAnswers(w io.Writer, answers []answer, ascii bool) error {
	p := answerPrinter{bufio.NewWriter(w), "\u00a0<- "}
	if !ascii {
		p.arrow = "\u00a0← "
	}
	for i := range answers {
		if i == maxAnswers {
			fmt.Fprintf(p, "\nand %d more are built with it\n", len(answers)-i)
			break
		}
		if i > 0 {
			fmt.Fprintln(p)
		}
		p.answer(&answers[i])
	}
	return p.Flush()
}

func (p answerPrinter) answer(a *answer) {
	label := a.Project
	if len(a.Extras) > 0 {
		label += "[" + strings.Join(a.Extras, ",") + "]"
	}
	if label += " " + a.Version; a.Provider != "" {
		label += " (" + a.Provider + ")"
	}
	switch {
	case len(a.NeededBy) == 0 && a.Builds != "":
		p.line("", label+" is there to build "+a.Builds)
	case len(a.NeededBy) == 0 && a.alone:
		p.line("", "the lock does not say who needs "+label)
	case len(a.NeededBy) == 0:
		p.line("", "nothing in the lock needs "+label+", so it was asked for")
	default:
		p.line("", label+" is there because")
		p.needers(a)
	}
	if a.Tag != nil {
		p.line("", "it is "+a.Tag.String())
	}
	switch {
	case a.Choice != nil:
		p.choice(a)
	case a.Provider == lock.Direct:
		p.line("", "it is a direct reference, of which there is no other release")
	default:
		p.line("", "the lock alone says neither with which specifiers nor why it is this release")
	}
}

// String is the tag in words.
func (t *ofTag) String() string {
	text := fmt.Sprintf("the tag %s of %s", t.Name, t.URL)
	if t.Subdirectory != "" {
		text += ", in the directory " + t.Subdirectory
	}
	return text + ", at the commit " + t.Commit[:min(len(t.Commit), 12)]
}

func (p answerPrinter) needers(a *answer) {
	var rest []string
	for i, n := range a.NeededBy {
		if i < maxNeeders {
			p.line("  ", p.needer(a, n))
			continue
		}
		rest = append(rest, fmt.Sprintf("%s (%s)", n.Way[0].label(), need(a, n.Requirement)))
	}
	if len(rest) > 0 {
		p.line("  ", fmt.Sprintf("and %d more need it: %s", len(rest), strings.Join(rest, ", ")))
	}
}

// needer is who needs it and the way there: "lib 1.0 needs it>=2 ← app 2.0 ← you ask for app".
func (p answerPrinter) needer(a *answer, n needer) string {
	if len(n.Way) == 0 {
		return a.asked(n.Requirement, n.Origin)
	}
	text := n.Way[0].label() + " needs " + need(a, n.Requirement)
	if n.Origin != "" {
		text += " (" + n.Origin + ")"
	}
	for _, s := range n.Way[1:] {
		text += p.arrow + whole(s.label())
	}
	if last := n.Way[len(n.Way)-1]; last.Project != a.Project && !last.Unknown {
		text += p.arrow + whole(a.asked(last.Requirement, last.Origin))
	}
	return text
}

// whole is a text that is not broken into lines.
func whole(text string) string { return strings.ReplaceAll(text, " ", "\u00a0") }

// asked is that the user, or the build, asks for something.
func (a *answer) asked(requirement, origin string) string {
	text := "you ask for " + requirement
	if a.Builds != "" {
		text = a.Builds + " is built with " + requirement
	}
	if origin != "" {
		text += " (" + origin + ")"
	}
	return text
}

func (s *step) label() string {
	if s.Extra != "" {
		return s.Project + "[" + s.Extra + "] " + s.Version
	}
	return s.Project + " " + s.Version
}

// need is a requirement without the marker that only says for which extra it is.
func need(a *answer, requirement string) string {
	req, err := pep508.Parse(requirement)
	if err != nil {
		return a.Project
	}
	if req.Marker != nil {
		if _, ok := onlyExtra(req.Marker); ok {
			req.Marker = nil
		}
	}
	return req.String()
}

// choice says why it is this release from this provider.
func (p answerPrinter) choice(a *answer) {
	w := a.Choice
	refused := slices.DeleteFunc(slices.Clone(w.Refused), func(r provide.Refused) bool { return r.Older })
	for i, r := range refused {
		if i == maxRefused {
			p.line("", fmt.Sprintf("nor others, for %d more reasons", len(refused)-i))
			break
		}
		p.line("", fmt.Sprintf("not %s: %s", r.Versions, r.Reason))
	}
	for i, o := range w.Newer {
		what := o.Version
		if i == 0 && o.Version == w.Newest {
			what += ", the newest"
		} else if i == 0 {
			what += ", the newest that can be used"
		}
		p.other(a, what, o)
	}
	for _, o := range w.Better {
		p.other(a, "from "+o.Provider+", which is preferred", o)
	}
	newest := w.Newest == a.Version
	first := len(w.Order) > 0 && w.Order[0].String() == a.Provider
	switch {
	case !newest && a.Provider == provide.Nixpkgs.String():
		p.line("", fmt.Sprintf("not %s, the newest: nixpkgs has no other release", w.Newest))
	case newest && first:
		p.line("", fmt.Sprintf("it is the newest release, and %s is the first provider", a.Provider))
		return
	case newest:
		p.line("", "it is the newest release")
	}
	if first {
		p.line("", a.Provider+" is the first provider")
	}
}

// other says what speaks against another choice.
func (p answerPrinter) other(a *answer, what string, o provide.Other) {
	switch {
	case len(o.Because) == 1:
		p.line("", fmt.Sprintf("not %s: %s", what, o.Because[0]))
	case len(o.Because) > 1:
		p.line("", fmt.Sprintf("not %s, which these exclude together:", what))
		for i, because := range o.Because {
			if i == maxBecause {
				p.line("  ", fmt.Sprintf("… and %d more like these", len(o.Because)-i))
				break
			}
			p.line("  ", because)
		}
	case o.Unfinished:
		p.line("", fmt.Sprintf("not %s: %swhether it would do with other releases takes long to find out", what, against(o, "; ")))
	case o.Kept:
		p.line("", fmt.Sprintf("not %s: the lock keeps %s; %s", what, a.Version, takes(a, o)))
	case len(o.Instead) > 0:
		p.line("", fmt.Sprintf("not %s: %swith it there would be %s", what, against(o, "; "), changes(o.Instead)))
	case o.Untried && len(o.Against) == 0:
		p.line("", fmt.Sprintf("not %s: nothing in the lock excludes it, but what was asked for may", what))
	case o.Untried:
		p.line("", fmt.Sprintf("not %s: %s", what, against(o, "")))
	case len(a.Systems) > 1:
		others := slices.DeleteFunc(slices.Clone(a.Systems), func(s string) bool { return s == a.System })
		p.line("", fmt.Sprintf("not %s: it would do, but %s is what %s has too", what, a.Version, strings.Join(others, ", ")))
	default:
		p.line("", fmt.Sprintf("not %s, though it would do", what))
	}
}

// takes is the command that takes what the lock alone speaks against.
func takes(a *answer, o provide.Other) string {
	what := o.Version
	if o.Provider != "" {
		what += " from " + o.Provider
	}
	text := fmt.Sprintf("mach lock --upgrade-package %s takes %s", a.Project, what)
	if len(o.Instead) > 0 {
		text += ", and then there is " + changes(o.Instead)
	}
	return text
}

// against are the requirements that exclude something, and end if there are any.
func against(o provide.Other, end string) string {
	switch n := len(o.Against); {
	case n == 0:
		return ""
	case n > maxInstead:
		return fmt.Sprintf("%s and %d more exclude it%s", strings.Join(o.Against[:maxInstead], ", "), n-maxInstead, end)
	}
	return strings.Join(o.Against, ", ") + end
}

// changes are the first few in words.
func changes(all []provide.Change) string {
	var texts []string
	for i, c := range all {
		switch {
		case i == maxInstead:
			texts = append(texts, fmt.Sprintf("%d more changes", len(all)-i))
			return strings.Join(texts, ", ")
		case c.From == nil:
			texts = append(texts, fmt.Sprintf("%s %s too", c.To.Name, c.To.Version))
		case c.To == nil:
			texts = append(texts, fmt.Sprintf("no %s", c.From.Name))
		case c.From.Version == c.To.Version:
			texts = append(texts, fmt.Sprintf("%s %s from %s instead of %s", c.To.Name, c.To.Version, c.To.Provider, c.From.Provider))
		default:
			texts = append(texts, fmt.Sprintf("%s %s instead of %s", c.To.Name, c.To.Version, c.From.Version))
		}
	}
	return strings.Join(texts, ", ")
}

// line prints a text behind an indent. Where it is too long it goes on in further lines, indented more, that begin with
// a whole part of it if they can.
func (p answerPrinter) line(indent, text string) {
	const more = 4
	text = diag.Printable(text)
	room := width - len(indent)
	line, column := indent, 0
	turn := func() {
		fmt.Fprintln(p, strings.TrimRight(line, " "))
		line, column = indent+strings.Repeat(" ", more), more
	}
	for _, part := range strings.SplitAfter(text, "; ") {
		if n := length(part); column > more && n > room-column && n <= room-more {
			turn()
		}
		for _, word := range strings.SplitAfter(part, " ") {
			if column > more && length(word) > room-column {
				turn()
			}
			line += strings.ReplaceAll(word, "\u00a0", " ")
			column += utf8.RuneCountInString(word)
		}
	}
	fmt.Fprintln(p, line)
}

// length is how many columns a text takes at the end of a line.
func length(text string) int { return utf8.RuneCountInString(strings.TrimRight(text, " ")) }
