package cli

import (
	"fmt"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/graph"
	"mach/helper/lock"
	"mach/helper/pep508"
	"mach/helper/provide"
	"mach/helper/ui"
)

type whyCmd struct {
	subjectFlags
	JSON      bool     `name:"json" help:"Print the answer as JSON."`
	Name      string   `arg:"" help:"The project to explain."`
	Arguments []string `arg:"" optional:"" name:"requirement" help:"Requirements (PEP 508), or a project's directory."`
}

// answer is why a project is there, in one set. It is printed as JSON, in a list with the version of this form.
type answer struct {
	Project  string   `json:"project"`
	Version  string   `json:"version"`
	Provider string   `json:"provider,omitempty"`
	Extras   []string `json:"extras,omitempty"` // that somebody asks for
	System   string   `json:"system"`
	Systems  []string `json:"systems,omitempty"` // that the lock has this release for
	Builds   string   `json:"builds,omitempty"`  // the sdist that it is needed to build, name==version; "" it is of the runtime set
	Tag      *ofTag   `json:"tag,omitempty"`     // of a repository, that it is; nil: it is none
	NeededBy []needer `json:"needed-by,omitempty"`
	// Choice is why it is this release and this provider; nil without data.
	Choice *provide.Why `json:"choice,omitempty"`

	alone bool // there is no data
}

// ofTag is where the tag of a repository leads.
type ofTag struct {
	Name         string `json:"name"`
	URL          string `json:"url"`
	Commit       string `json:"commit"`
	Subdirectory string `json:"subdirectory,omitempty"`
}

// needer is who needs the project.
type needer struct {
	Requirement string `json:"requirement,omitempty"` // "" unknown
	Origin      string `json:"origin,omitempty"`      // where the user wrote it
	Way         []step `json:"way,omitempty"`         // from the project that needs it to what the user asked for; none: the user does
}

// step is a project on the way, and how the next one or the user needs it.
type step struct {
	Project     string `json:"project"`
	Version     string `json:"version"`
	Extra       string `json:"extra,omitempty"` // that leads on
	Requirement string `json:"requirement,omitempty"`
	Origin      string `json:"origin,omitempty"`
	Unknown     bool   `json:"unknown,omitempty"` // nobody is known to need it
}

// Run prints why a project is there.
func (c *whyCmd) Run(a *app) error {
	if !pep508.ValidName(c.Name) {
		return diag.Usage("%q is not the name of a project", c.Name).Hint("mach why numpy")
	}
	answers, err := c.explain(a, pep508.NormalizeName(c.Name))
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(a.stdout, struct {
			Version int      `json:"version"`
			Answers []answer `json:"answers"`
		}{1, answers})
	}
	return printAnswers(a.stdout, answers, !ui.UTF8())
}

// explain answers for requirements, or for a lock.
func (c *whyCmd) explain(a *app, name string) ([]answer, error) {
	if c.hasRequirements(c.Arguments) {
		s, err := c.resolved(a, c.Arguments)
		if err != nil {
			return nil, err
		}
		defer s.close()
		return c.answers(a, s, name)
	}
	l, err := c.readLock()
	if err != nil {
		return nil, err
	}
	s, err := c.locked(l)
	if err != nil {
		return nil, err
	}
	if err := c.onlyElsewhere(l, s, name); err != nil {
		return nil, err
	}
	answers, err := c.withData(a, l, s, name)
	if err == nil || c.DB != "" || a.Err() != nil || diag.ExitCode(err) == diag.ExitUsage {
		return answers, err
	}
	s.resolver = nil
	a.warn([]string{fmt.Sprintf("%v: the answer is what %s alone tells", err, c.Lock)})
	return c.answers(a, s, name)
}

func (c *whyCmd) withData(a *app, l *lock.Lock, s *subject, name string) ([]answer, error) {
	if err := c.addData(a, s); err != nil {
		return nil, err
	}
	defer s.close()
	if l.Tool.Mach != nil {
		s.anew = c.anew(a, l, s)
		s.set.Anew = func(project string) ([]provide.Chosen, error) {
			solved, err := s.anew(project)
			if err != nil {
				return nil, err
			}
			return chosenOf(solved.Selection.Packages), nil
		}
	}
	return c.answers(a, s, name)
}

// answers are about the runtime set if the project is in it, else about each build set that it is in.
func (c *whyCmd) answers(a *app, s *subject, name string) (answers []answer, err error) {
	g, err := s.graph()
	if err != nil {
		return nil, err
	}
	if g.Has(name) {
		found, err := answerIn(a, s.resolver, s.set, g, name)
		found.System, found.Systems, found.Tag = s.system, s.systemsOf(name), s.tags[name+" "+found.Version]
		return []answer{found}, err
	}
	for _, b := range s.builds {
		if !slices.ContainsFunc(b.chosen, func(c provide.Chosen) bool { return c.Name == name }) {
			continue
		}
		found, err := s.answerForBuild(a, b, name)
		if err != nil {
			return nil, err
		}
		found.System, found.Tag = s.system, s.tags[name+" "+found.Version]
		answers = append(answers, found)
	}
	if len(answers) == 0 {
		return nil, c.notHere(s, name, &g)
	}
	return answers, nil
}

// systemsOf are the systems that a lock has the release of a project for.
func (s *subject) systemsOf(name string) []string {
	for _, p := range s.locked {
		if p.Name == name && p.Tool.Mach != nil && len(p.Tool.Mach.Systems) > 0 {
			return p.Tool.Mach.Systems
		}
	}
	return s.systems
}

func answerIn(a *app, resolver *provide.Resolver, set provide.Set, g graph.Graph, name string) (answer, error) {
	i := slices.IndexFunc(g.Nodes, func(n graph.Node) bool { return n.Name == name })
	n := g.Nodes[i]
	found := answer{Project: name, Version: n.Version, Provider: n.Provider, Extras: n.Extras, Builds: set.Builds, alone: resolver == nil}
	for _, w := range g.Wanters(name) {
		found.NeededBy = append(found.NeededBy, neederOf(w))
	}
	chosen := slices.ContainsFunc(set.Chosen, func(c provide.Chosen) bool { return c.Name == name })
	if resolver == nil || !chosen {
		return found, nil
	}
	var err error
	found.Choice, err = resolver.Why(a, set, &g, name)
	return found, err
}

// answerForBuild is about the build set of an sdist.
func (s *subject) answerForBuild(a *app, b buildSet, name string) (answer, error) {
	set := provide.Set{Chosen: b.chosen, Builds: b.sdist.Name + "==" + b.sdist.Version}
	if s.resolver == nil {
		i := slices.IndexFunc(b.chosen, func(c provide.Chosen) bool { return c.Name == name })
		return answer{Project: name, Version: b.chosen[i].Version, Provider: b.chosen[i].Provider.String(), Builds: set.Builds, alone: true}, nil
	}
	resolver, requirements, err := s.resolver.ForBuild(b.sdist)
	if err != nil {
		return answer{}, err
	}
	set.Requirements = requirements
	if s.anew != nil {
		set.Anew = func(project string) ([]provide.Chosen, error) {
			solved, err := s.anew(project)
			if err != nil {
				return nil, err
			}
			return builtWith(solved.Builds, set.Builds), nil
		}
	}
	g, _, err := resolver.Graph(set)
	if err != nil {
		return answer{}, err
	}
	return answerIn(a, resolver, set, g, name)
}

func neederOf(w graph.Wanter) needer {
	n := needer{Requirement: w.Need.Requirement, Origin: w.Need.Origin}
	for _, s := range w.Way {
		n.Way = append(n.Way, step{
			Project: s.Name, Version: s.Version, Extra: s.Extra,
			Requirement: s.By.Requirement, Origin: s.By.Origin, Unknown: s.By.To == "",
		})
	}
	return n
}

// notHere says that a project is not in what is looked at, and what would need it elsewhere.
func (c *whyCmd) notHere(s *subject, name string, g *graph.Graph) error {
	err := c.notThere(c.Arguments, name, g)
	if s.resolver == nil {
		return err
	}
	excluded, failed := s.resolver.Excluded(s.set, name)
	if failed != nil {
		return failed
	}
	const few = 4
	for i, e := range excluded {
		if i == few {
			err.Message += fmt.Sprintf("\n  … and %d more like these", len(excluded)-few)
			break
		}
		err.Message += "\n  " + exclusionText(e)
	}
	if len(excluded) > 0 {
		err.Hints = nil
	}
	return err
}

// notThere says that a project is not in what is looked at.
func (f *subjectFlags) notThere(arguments []string, name string, g *graph.Graph) *diag.Error {
	where := f.Lock
	if f.hasRequirements(arguments) {
		where = "what the requirements resolve to"
	}
	err := diag.Input("%s is not in %s", name, where)
	if near := g.Near(name); len(near) > 0 {
		err.Hint("did you mean %s?", strings.Join(near, " or "))
	}
	return err
}

// exclusionText says where a requirement would count.
func exclusionText(e provide.Exclusion) string {
	who, origin := e.By+" needs it", ""
	if e.By == "" {
		who = "you ask for it"
	}
	if e.Origin != "" {
		origin = " (" + e.Origin + ")"
	}
	req, err := pep508.Parse(e.Requirement)
	if err != nil || req.Marker == nil {
		return who + origin
	}
	if extra, ok := onlyExtra(req.Marker); ok {
		return fmt.Sprintf("%s only for its extra %s%s", who, extra, origin)
	}
	return fmt.Sprintf("%s only where %s%s", who, req.Marker, origin)
}

// onlyExtra is the extra that a marker asks for, if it does nothing else.
func onlyExtra(m *pep508.Marker) (extra string, ok bool) {
	text, begins := strings.CutPrefix(m.String(), `extra == "`)
	extra, ends := strings.CutSuffix(text, `"`)
	return extra, begins && ends && !strings.Contains(extra, `"`)
}

// onlyElsewhere says that a lock has a project for other systems than the one at hand.
func (c *whyCmd) onlyElsewhere(l *lock.Lock, s *subject, name string) error {
	var systems []string
	for i := range l.Packages {
		p := &l.Packages[i]
		switch {
		case p.Name != name:
		case slices.Contains(s.locked, p):
			return nil
		case p.Tool.Mach != nil:
			systems = append(systems, p.Tool.Mach.Systems...)
		}
	}
	if len(systems) == 0 {
		return nil
	}
	slices.Sort(systems)
	return diag.Input("%s is in %s for %s, and not for %s", name, c.Lock, strings.Join(systems, ", "), s.system).
		Hint("mach why %s --system %s", name, systems[0])
}
