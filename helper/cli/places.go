package cli

import (
	"fmt"

	"mach/helper/direct"
	"mach/helper/environment"
	"mach/helper/index"
	"mach/helper/inputs"
	"mach/helper/live"
	"mach/helper/provide"
	"mach/helper/release"
)

// places say from where the projects of each target come. Where markers say so, that is another place for another target.
type places struct {
	app    *app
	in     *inputs.Inputs
	data   release.Database
	from   *origin
	set    *direct.Set       // empty if nothing refers to anything
	known  map[string]*place // by what is taken from where
	warned map[string]bool
}

// place is from where the projects of a target come.
type place struct {
	database release.Database
	direct   func(project, url string) bool
	asked    func(project string) string
}

// in has the options for a target name its place.
func (p *place) in(o *provide.Options) { o.Database, o.Direct, o.Asked = p.database, p.direct, p.asked }

// at is the place of a target. Those that are the same are one.
func (p *places) at(env *environment.Environment) (*place, error) {
	view, err := p.view(env)
	if err != nil {
		return nil, err
	}
	key, pins := view.Key(), map[string]*index.Client{}
	for name, ix := range view.Indexes {
		if p.from.client == nil {
			p.warnOf(name, ix)
			continue
		}
		if pins[name], err = p.from.client(ix.Index); err != nil {
			return nil, err
		}
	}
	if had := p.known[key]; had != nil {
		return had, nil
	}
	found := &place{database: p.data, direct: view.Has}
	if db, ok := p.data.(*live.Database); ok {
		pinned := db.Pinned(pins)
		found.database, found.asked = pinned, pinned.Asked
	}
	found.database = view.Over(found.database)
	p.known[key] = found
	return found, nil
}

// view is what the requirements that hold for a target say of where projects come from.
func (p *places) view(env *environment.Environment) (*direct.View, error) {
	view := p.set.At(&env.Markers)
	for _, req := range referring(p.in) {
		if err := view.Take(req.Requirement, req.Reference, req.Where.String()); err != nil {
			return nil, referenceError(req, err)
		}
	}
	for _, req := range p.fromIndexes() {
		if err := view.TakeFrom(req.Requirement, req.Indexes); err != nil {
			return nil, referenceError(req, err)
		}
	}
	return view, nil
}

// fromIndexes are the requirements that say from which index they are taken, those of builds too.
func (p *places) fromIndexes() (all []*inputs.Requirement) {
	add := func(list []inputs.Requirement) {
		for i := range list {
			if len(list[i].Indexes) > 0 {
				all = append(all, &list[i])
			}
		}
	}
	add(p.in.Requirements)
	for _, project := range p.in.Projects {
		add(project.BuildIndexes)
	}
	return all
}

// warnOf warns, once, of a project that comes from a database and not from the index that is named for it.
func (p *places) warnOf(name string, ix direct.Index) {
	if p.warned[name] || ix.Default && ix.Tool == "pipenv" {
		return
	}
	p.warned[name] = true
	p.app.warn([]string{fmt.Sprintf("%s: %s is to come from %s, and with a database no index is asked: %s", ix.From, name, ix.Index, p.app.withoutDB())})
}

// withoutDB is what to do to have an index asked.
func (a *app) withoutDB() string {
	if a.forNix {
		return "to resolve against it give `index` and `lockHash`, or commit a lock"
	}
	return "leave out --db, and MACH_DB, to resolve against it"
}
