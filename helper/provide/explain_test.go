package provide

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"mach/helper/environment"
	"mach/helper/facts"
	"mach/helper/pep508"
	"mach/helper/pydb"
	"mach/helper/release"
	"mach/helper/tags"
	"mach/tests/universe"
)

var update = flag.Bool("update", false, "write the explanations of testdata anew")

// TestExplanations explains the failures of testdata/explanations, and does what each hint says to see that it helps.
//
// A file begins with why it exists. Then come the files requirements.txt, constraints.txt, group.txt (of the dependency
// group dev), facts.json and world (see package universe), those that are needed; options, a line each: python 3.12,
// system x86_64-linux (several: for all of them), providers ORDER, provider NAME=ORDER, exclude-newer DAY, only-final, only-binary,
// live (releases come from an index) and unreadable NAME VERSION REASON; and what is printed.
func TestExplanations(t *testing.T) {
	files, err := filepath.Glob("testdata/explanations/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no explanations", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			f := readFailure(t, a)
			said, hints := f.explain(t, f.settings)
			if len(f.settings.systems) == 1 {
				f.follow(t, hints)
			}
			if *update {
				a.Files[len(a.Files)-1] = txtar.File{Name: "want", Data: []byte(said)}
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if diff := cmp.Diff(f.text["want"], said); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// failureCase is a file of testdata/explanations.
type failureCase struct {
	text     map[string]string
	db       release.Database
	settings settings
}

// settings are what hints change.
type settings struct {
	requirements, constraints []Requirement
	systems                   []string
	python, newer             string
	policy                    Policy
	onlyFinal                 bool
	live                      bool
}

func readFailure(t *testing.T, a *txtar.Archive) *failureCase {
	t.Helper()
	f := &failureCase{text: map[string]string{}}
	if len(a.Comment) == 0 {
		t.Error("does not say why it exists")
	}
	for _, file := range a.Files {
		f.text[file.Name] = string(file.Data)
	}
	packed, err := universe.Build(f.text["world"])
	if err != nil {
		t.Fatal(err)
	}
	db, err := pydb.New(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		t.Fatal(err)
	}
	f.db = db.Source()
	f.settings = settings{python: "3.12", policy: Policy{Projects: map[string][]Provider{}}}
	for line := range strings.Lines(f.text["options"]) {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		f.option(t, word, rest)
	}
	if f.settings.systems == nil {
		f.settings.systems = []string{"x86_64-linux"}
	}
	f.settings.requirements = slices.Concat(f.read(t, "requirements.txt", Part{}), f.read(t, "group.txt", Part{Group: "dev"}))
	f.settings.constraints = f.read(t, "constraints.txt", Part{})
	return f
}

func (f *failureCase) option(t *testing.T, word, rest string) {
	s := &f.settings
	switch word {
	case "python":
		s.python = rest
	case "system":
		s.systems = append(s.systems, rest)
	case "providers":
		s.policy.Default = order(t, rest)
	case "provider":
		name, of, _ := strings.Cut(rest, "=")
		s.policy.Projects[name] = order(t, of)
	case "exclude-newer":
		s.newer = rest
	case "only-binary":
		s.policy.Formats = func(string) (wheels, sdists bool) { return true, false }
	case "only-final":
		s.onlyFinal = true
	case "live":
		s.live = true
	case "unreadable":
		words := strings.SplitN(rest, " ", 3)
		f.db = brokenDatabase{f.db, words[0], words[1], words[2]}
	default:
		t.Fatalf("unknown option %q", word)
	}
}

func order(t *testing.T, text string) []Provider {
	t.Helper()
	order, err := ParseProviders(text)
	if err != nil {
		t.Fatal(err)
	}
	return order
}

// read are the requirements of one of the files, with their lines.
func (f *failureCase) read(t *testing.T, name string, part Part) (reqs []Requirement) {
	n := 0
	for line := range strings.Lines(f.text[name]) {
		n++
		req, err := pep508.Parse(strings.TrimSpace(line))
		if err != nil {
			t.Fatal(err)
		}
		reqs = append(reqs, Requirement{Requirement: req, Origin: fmt.Sprintf("%s:%d", name, n), Part: part})
	}
	return reqs
}

// brokenDatabase is a database in which the metadata of one release cannot be read.
type brokenDatabase struct {
	release.Database
	name, version, reason string
}

func (u brokenDatabase) Project(name string) (release.Project, error) {
	p, err := u.Database.Project(name)
	if err != nil || name != u.name {
		return p, err
	}
	return brokenProject{p, u}, nil
}

type brokenProject struct {
	release.Project
	of brokenDatabase
}

func (p brokenProject) Metadata(i, wheel int) (*release.Metadata, error) {
	if p.Versions()[i] == p.of.version {
		return nil, &release.Unusable{Reason: p.of.reason}
	}
	return p.Project.Metadata(i, wheel)
}

// resolve gives the error.
func (f *failureCase) resolve(t *testing.T, s settings) error {
	t.Helper()
	_, err := ResolveAll(context.Background(), f.resolvers(t, s), s.requirements, s.constraints)
	return err
}

// resolvers are those of the systems.
func (f *failureCase) resolvers(t *testing.T, s settings) (resolvers []*Resolver) {
	t.Helper()
	for _, system := range s.systems {
		env, err := environment.New(s.python, system, nil)
		if err != nil {
			t.Fatal(err)
		}
		o := Options{Database: f.db, DatabaseDate: "2026-01-31", Environment: env, Policy: s.policy, ExcludeNewer: s.newer, Live: s.live}
		if o.Tags, err = tags.New(env.Target); err != nil {
			t.Fatal(err)
		}
		if s.live {
			o.DatabaseDate = ""
		}
		if s.onlyFinal {
			o.Prereleases = func(string) (wanted, excluded bool) { return false, true }
		}
		if text := f.text["facts.json"]; text != "" {
			if o.Facts, err = facts.Parse([]byte(text)); err != nil {
				t.Fatal(err)
			}
		}
		r, err := New(o)
		if err != nil {
			t.Fatal(err)
		}
		resolvers = append(resolvers, r)
	}
	return resolvers
}

// explain is what is printed, and the hints.
func (f *failureCase) explain(t *testing.T, s settings) (said string, hints []string) {
	t.Helper()
	err := f.resolve(t, s)
	var several *Unsolvable
	var none *NoSolution
	say := func(err error) {
		if !errors.As(err, &none) {
			t.Fatalf("got %v, want an explanation", err)
		}
		hints = append(hints, none.Hints...)
		said += "error: " + err.Error() + "\n"
		for _, hint := range none.Hints {
			said += "hint: " + hint + "\n"
		}
	}
	if errors.As(err, &several) {
		for _, failure := range several.Failures {
			say(failure)
		}
	} else {
		say(err)
	}
	return said, hints
}

// What hints say, and what is to be changed for them. Two changes of one requirement are two hints.
var hintForms = []struct {
	form *regexp.Regexp
	do   func(t *testing.T, s *settings, part []string)
}{
	{regexp.MustCompile(`^change the constraint (\S+) \(\S+\) to (\S+)$`), func(t *testing.T, s *settings, part []string) {
		s.constraints = changed(t, s.constraints, part[1], part[2])
	}},
	{regexp.MustCompile(`^change (.+?)(?: \([^()]*\))? to (.+)$`), func(t *testing.T, s *settings, part []string) {
		s.requirements = changed(t, s.requirements, part[1], part[2])
	}},
	{regexp.MustCompile(`^to take a yanked release, pin it: (\S+)$`), func(t *testing.T, s *settings, part []string) {
		s.requirements = append(slices.Clone(s.requirements), parse(t, part[1])...)
	}},
	{regexp.MustCompile(`^take a later day: --exclude-newer (\S+)$`), func(_ *testing.T, s *settings, part []string) { s.newer = part[1] }},
	{regexp.MustCompile(`^take its pre-releases, by a line in a requirements file: --all-releases \S+$`), func(_ *testing.T, s *settings, _ []string) { s.onlyFinal = false }},
	{regexp.MustCompile(`^use another provider:((?: --provider \S+)+)$`), func(t *testing.T, s *settings, part []string) {
		projects := map[string][]Provider{}
		for name, of := range s.policy.Projects {
			projects[name] = of
		}
		for _, flag := range strings.Split(part[1], " --provider ")[1:] {
			name, of, _ := strings.Cut(flag, "=")
			projects[name] = order(t, of)
		}
		s.policy.Projects = projects
	}},
	{regexp.MustCompile(`^use all providers: --providers (\S+)$`), func(t *testing.T, s *settings, part []string) { s.policy.Default = order(t, part[1]) }},
	{regexp.MustCompile(`^use another Python: --python (\S+)$`), func(_ *testing.T, s *settings, part []string) { s.python = part[1] }},
	{regexp.MustCompile(`^leave out (\S+)(?: \([^()]*\))?(?:, or .*)?$`), func(_ *testing.T, s *settings, part []string) {
		s.requirements = slices.DeleteFunc(slices.Clone(s.requirements), func(r Requirement) bool { return written(r.Requirement) == part[1] })
	}},
}

func changed(t *testing.T, reqs []Requirement, from, to string) []Requirement {
	t.Helper()
	reqs, count := slices.Clone(reqs), 0
	for i, req := range reqs {
		if written(req.Requirement) == from {
			reqs[i].Requirement = parse(t, to)[0].Requirement
			count++
		}
	}
	if count == 0 {
		t.Errorf("nothing is written as %q", from)
	}
	return reqs
}

// follow does what each hint says; of several causes what each needs, all together.
func (f *failureCase) follow(t *testing.T, hints []string) {
	t.Helper()
	several := strings.Contains(f.text["want"], "\nand ")
	all := f.settings
	for _, hint := range hints {
		s := f.settings
		if !follow(t, &s, hint) {
			t.Errorf("no test knows what to do for %q", hint)
		}
		if several && !strings.HasPrefix(hint, "use another Python") {
			follow(t, &all, hint)
		} else if err := f.resolve(t, s); err != nil {
			t.Errorf("%q does not help: %v", hint, err)
		}
	}
	if several {
		if err := f.resolve(t, all); err != nil {
			t.Errorf("%q do not help: %v", hints, err)
		}
	}
}

func follow(t *testing.T, s *settings, hint string) bool {
	t.Helper()
	for _, known := range hintForms {
		if part := known.form.FindStringSubmatch(hint); part != nil {
			known.do(t, s, part)
			return true
		}
	}
	return strings.HasPrefix(hint, "did you mean ")
}
