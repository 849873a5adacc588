package inputs

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"mach/helper/diag"
	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/tomltree"
	"mach/overrides"
)

// isConda tells a conda environment by a line that no requirements file has.
func isConda(text string) bool {
	return strings.HasPrefix(text, "dependencies:") || strings.Contains(text, "\ndependencies:")
}

// environment is a conda environment that is being read.
type environment struct {
	document
	lines []string
	none  []Requirement // what is no Python project
}

// conda reads a conda environment.
func (r *reader) conda(f *file, text string) {
	e := &environment{document: document{f, text}}
	for rest, more := text, true; more; {
		line, next := diag.CutLine(rest)
		e.lines = append(e.lines, line)
		if more = next >= 0; more {
			rest = rest[next:]
		}
	}
	if !r.wholeOnly(&e.document, "a conda environment") {
		return
	}
	list := r.condaList(e)
	if list == nil {
		return
	}
	for _, n := range list.Content {
		switch {
		case n.Kind == yaml.ScalarNode:
			r.condaSpec(e, n)
		case n.Kind == yaml.MappingNode && len(n.Content) == 2 && n.Content[0].Value == "pip" && n.Content[1].Kind == yaml.SequenceNode:
			r.condaPip(e, n.Content[1].Content)
		default:
			r.fail(e.node(n).Errorf("want a package, or pip: with a list of requirements"))
		}
	}
	r.refuseNone(e)
}

// condaList is the list of dependencies; nil if there is none.
func (r *reader) condaList(e *environment) *yaml.Node {
	var root yaml.Node
	if err := yaml.Load([]byte(e.contents), &root); err != nil && !e.isEmpty() {
		var bad *yaml.LoadError
		if !errors.As(err, &bad) || bad.Mark.Line == 0 {
			r.fail(diag.Input("%s", e.name).Because(err))
			return nil
		}
		r.fail(e.mark(bad.Mark.Line, bad.Mark.Column, "").Errorf("%s", bad.Message))
		return nil
	}
	top := &root
	if top.Kind == yaml.DocumentNode && len(top.Content) == 1 {
		top = top.Content[0]
	}
	for i := 0; top.Kind == yaml.MappingNode && i+1 < len(top.Content); i += 2 {
		key, value := top.Content[i], top.Content[i+1]
		switch {
		case key.Value != "dependencies":
		case value.Kind == yaml.SequenceNode:
			return value
		default:
			r.fail(e.node(key).Errorf("dependencies is a list, as in: dependencies: [numpy]"))
			return nil
		}
	}
	r.fail(diag.Input("%s: there are no dependencies: this is no conda environment", e.name).Hint("mach reads environment.yml, Pipfile, pyproject.toml, requirements.txt and scripts"))
	return nil
}

// isEmpty says whether there is nothing but comments, which to the parser is an error without a place.
func (e *environment) isEmpty() bool {
	return !slices.ContainsFunc(e.lines, func(line string) bool {
		line = strings.TrimSpace(line)
		return line != "" && !strings.HasPrefix(line, "#")
	})
}

// node is where a scalar stands, or where something else begins.
func (e *environment) node(n *yaml.Node) Origin { return e.mark(n.Line, n.Column, n.Value) }

// mark is the place at a line and a column, counted in characters, of value. Quotes before it are passed over.
func (e *environment) mark(number, column int, value string) Origin {
	number = min(max(number, 1), len(e.lines))
	line := e.lines[number-1]
	col := 0
	for ; column > 1 && col < len(line); column-- {
		_, size := utf8.DecodeRuneInString(line[col:])
		col += size
	}
	span := 0
	for skip := range 2 {
		if value != "" && strings.HasPrefix(line[min(col+skip, len(line)):], value) {
			col, span = col+skip, len(value)
			break
		}
	}
	return Origin{Where: diag.Position{File: e.name, Line: number, Col: min(col, max(len(line)-1, 0)) + 1}, Source: line, Span: span, Via: e.via}
}

// condaPip reads the list of pip: each item is a line of a requirements file.
func (r *reader) condaPip(e *environment, items []*yaml.Node) {
	for _, n := range items {
		if n.Kind != yaml.ScalarNode {
			r.fail(e.node(n).Errorf("want a requirement"))
			continue
		}
		at := e.node(n)
		for l := range lines(n.Value) {
			for i := range l.parts {
				p := &l.parts[i]
				if p.source, p.number = at.Source, at.Where.Line; at.Span == len(n.Value) {
					p.col += at.Where.Col - 1
				} else {
					p.col, p.whole = at.Where.Col-1, true
				}
			}
			r.line(e.file, &l)
		}
	}
}

// spec is conda's match specification of a package.
type spec struct{ name, version string }

var (
	condaName   = regexp.MustCompile(`^(?:[^\s=<>!~\[]*::)?([A-Za-z0-9_][A-Za-z0-9._-]*)\s*(.*)$`)
	condaFields = regexp.MustCompile(`^\[(?:\s*\w+\s*=\s*(?:'[^']*'|"[^"]*"|[^'",\]]*)\s*,?)*\]$`)
	condaField  = regexp.MustCompile(`\bversion\s*=\s*['"]?([^'"\]]*)`)
	condaSpace  = regexp.MustCompile(`\s*([,|])\s*|([=<>!~])\s+`)
)

// condaSpec reads a package of conda.
func (r *reader) condaSpec(e *environment, n *yaml.Node) {
	at := e.node(n)
	parts := condaName.FindStringSubmatch(strings.TrimSpace(n.Value))
	if parts == nil {
		r.fail(at.Errorf("%q is no package of conda", n.Value))
		return
	}
	s := spec{pep508.NormalizeName(parts[1]), parts[2]}
	if fields := s.version; strings.HasPrefix(fields, "[") {
		if !condaFields.MatchString(fields) {
			r.fail(at.Errorf("%q is not what conda has in brackets", fields).
				Hint("write it as in %s[version=\">=1.0\"], and extras of a Python project below pip:", parts[1]))
			return
		}
		s.version = ""
		if m := condaField.FindStringSubmatch(fields); m != nil {
			s.version = m[1]
		}
	}
	if s.name == "pip" || s.name == "python" && s.version == "" {
		return // what pip installs stands in a list of its own
	}
	project, known := condaProjects()[s.name]
	switch {
	case known && project == "", !known && isCondaPart(parts[1]):
		e.none = append(e.none, Requirement{Requirement: pep508.Requirement{Name: parts[1]}, Origin: at})
		return
	case !known:
		project = s.name
	}
	specifiers, ok := s.specifiers()
	parsed, err := pep440.ParseSpecifiers(specifiers)
	switch {
	case strings.Contains(s.version, "|"):
		r.fail(at.Errorf("no requirement of Python has conda's | (or)").Hint("choose one of them"))
	case !ok || err != nil:
		r.fail(at.Errorf("%q is no version that Python's tools can read (PEP 440)", s.version).Hint("leave it out, or write one: %s>=1.0", parts[1]))
	case s.name == "python":
		r.in.Python = append(r.in.Python, Python{minorOf(parsed), at})
	default:
		req, err := pep508.Parse(project + specifiers)
		if err != nil {
			r.fail(at.Errorf("%q is no package of conda", n.Value))
			return
		}
		r.add(false, Requirement{Requirement: req, Conda: parts[1], Origin: at})
	}
}

// specifiers are the versions of a match specification as PEP 440 has them: "=1.2" and "1.2.*" are all of 1.2, "1.2" is
// that alone, and what stands behind a version, as in "1.2=py_0" and "1.2 py_0", is its build.
func (s spec) specifiers() (text string, ok bool) {
	version := condaSpace.ReplaceAllString(s.version, "$1$2")
	version, build, _ := strings.Cut(version, " ")
	if strings.ContainsAny(build, "=<>!~, ") && !strings.HasPrefix(build, "*") {
		return "", false
	}
	var all []string
	for clause := range strings.SplitSeq(version, ",") {
		op := clause[:len(clause)-len(strings.TrimLeft(clause, "=<>!~"))]
		bare, exact, built := strings.Cut(clause[len(op):], "=")
		switch {
		case bare == "" && op == "" || bare == "*":
			continue
		case op == "=" && !built, strings.HasSuffix(bare, "*") && (op == "" || op == "=" || op == "=="):
			op, bare = "==", strings.TrimSuffix(strings.TrimSuffix(bare, "*"), ".")+".*"
		case op == "" || op == "=":
			op = "=="
		case strings.HasSuffix(bare, "*") && op != "!=":
			bare = strings.TrimSuffix(strings.TrimSuffix(bare, "*"), ".")
		}
		if built && strings.ContainsAny(exact, "<>!~") {
			return "", false
		}
		all = append(all, op+bare)
	}
	return strings.Join(all, ","), true
}

// isCondaPart tells packages of conda by how they are called: parts of its own, of R, of CUDA and of compilers.
func isCondaPart(name string) bool {
	return slices.ContainsFunc([]string{"_", "r-", "cuda-", "gcc_", "gxx_", "gfortran_", "clang_", "clangxx_", "binutils_", "sysroot_", "font-ttf-"}, func(start string) bool {
		return strings.HasPrefix(name, start)
	})
}

// condaProjects are the projects that packages of conda are, by their names in normal form; "" is no Python project.
var condaProjects = sync.OnceValue(func() map[string]string {
	var table struct{ Conda map[string]string }
	if err := tomltree.Decode(overrides.Conda, "overrides/conda.toml", &table); err != nil {
		panic(err)
	}
	return table.Conda
})

// refuseNone refuses all at once what is no Python project.
func (r *reader) refuseNone(e *environment) {
	if len(e.none) == 0 {
		return
	}
	r.fail(NoProjects(e.none, "no Python projects"))
}

// NoProjects is one error for the packages of conda environments that nothing is known to stand for.
func NoProjects(all []Requirement, what string) *diag.Error {
	names := make([]string, len(all))
	for i, req := range all {
		names[i] = req.Name
		if req.Conda != "" {
			names[i] = req.Conda
		}
	}
	return all[0].Errorf("%s: %s", what, strings.Join(sorted(names), ", ")).
		Hint("take them out: wheels bring the libraries that they need, and programs come from nixpkgs").
		Hint("what is a Python project by another name, write below pip: with that")
}

// minorOf are specifiers of a Python without the patch of one that is pinned: of each minor version there is one.
func minorOf(specifiers pep440.Specifiers) pep440.Specifiers {
	if len(specifiers) != 1 || specifiers[0].Op != "==" {
		return specifiers
	}
	v := strings.Split(specifiers[0].Text, ".")
	if len(v) < 3 && strings.HasSuffix(specifiers[0].Text, "*") {
		return specifiers
	}
	minor, err := pep440.ParseSpecifiers("==" + strings.Join(v[:min(2, len(v))], ".") + ".*")
	if err != nil {
		return specifiers
	}
	return minor
}
