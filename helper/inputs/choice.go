package inputs

import (
	"strings"

	"mach/helper/pep508"
)

// side is one of two options that exclude each other.
type side uint8

const (
	neither side = iota
	noBinary
	onlyBinary
	allReleases
	onlyFinal
)

// choice is what two such options say of projects: each takes names, :all: or :none:, separated by commas. The later
// one wins for a name; a name wins over :all:, which takes back what was said before; :none: empties its own option.
type choice struct {
	all      side
	projects map[string]side // by normalised name
}

// set takes the value of an option. It returns a name that is none, or "".
func (c *choice) set(option side, value string) (bad string) {
	for name := range strings.SplitSeq(value, ",") {
		switch name = strings.TrimSpace(name); {
		case name == ":all:":
			*c = choice{all: option}
		case name == ":none:":
			c.clear(option)
		case !pep508.ValidName(name):
			return name
		default:
			if c.projects == nil {
				c.projects = map[string]side{}
			}
			c.projects[pep508.NormalizeName(name)] = option
		}
	}
	return ""
}

func (c *choice) clear(option side) {
	if c.all == option {
		c.all = neither
	}
	for name, given := range c.projects {
		if given == option {
			delete(c.projects, name)
		}
	}
}

// of is the option that holds for a project (normalised name).
func (c *choice) of(project string) side {
	if given, ok := c.projects[project]; ok {
		return given
	}
	return c.all
}

// Formats reports which files of a project (normalised name) --no-binary and --only-binary leave.
func (o *Options) Formats(project string) (wheels, sdists bool) {
	said := o.binary.of(project)
	return said != noBinary, said != onlyBinary
}

// Prereleases reports whether --pre or --all-releases asks for the pre-releases of a project (normalised name), or
// --only-final excludes them.
func (o *Options) Prereleases(project string) (wanted, excluded bool) {
	said := o.final.of(project)
	return said == allReleases, said == onlyFinal
}
