package provide

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mach/helper/environment"
	"mach/helper/lock"
	"mach/helper/release"
	"mach/helper/tags"
)

const linuxWheel, armWheel, macWheel = "wheel=cp312-cp312-manylinux_2_17_x86_64", "wheel=cp312-cp312-manylinux_2_17_aarch64", "wheel=cp312-cp312-macosx_11_0_arm64"

// systems are locks of several systems, by their lines: name, version and provider, then where they differ from what
// goes without saying: attr, systems, extras, groups, wheels, marker, dependencies, cut ones and build packages.
var systems = []struct {
	why, world, facts, requirements, systems string
	want                                     string
}{
	{
		why:          "equal answers are one entry with the wheels of all",
		world:        "a 1.0 " + linuxWheel + "\na 1.0 " + macWheel + "\nb 1.0 wheel",
		requirements: "a|b", systems: "x86_64-linux aarch64-darwin",
		want: `
a 1.0 wheel; wheel aarch64-darwin=a-1.0-cp312-cp312-macosx_11_0_arm64.whl x86_64-linux=a-1.0-cp312-cp312-manylinux_2_17_x86_64.whl
b 1.0 wheel`,
	},
	{
		why:          "a project for one system has its marker, and who needs it names it as ever",
		world:        "a 1.0 wheel\n b; sys_platform == 'darwin'\nb 1.0 wheel",
		requirements: "a", systems: "x86_64-linux aarch64-darwin",
		want: `
a 1.0 wheel; needs b
b 1.0 wheel; systems aarch64-darwin; marker sys_platform == "darwin"`,
	},
	{
		why:          "one system prefers what was chosen for the other, in the order of their names",
		world:        "a 2.0 " + linuxWheel + "\na 1.0 wheel",
		requirements: "a", systems: "x86_64-linux aarch64-darwin",
		want: `
a 1.0 wheel`,
	},
	{
		why:          "versions that differ have disjoint markers, and are told apart where they are needed",
		world:        "a 2.0 " + macWheel + "\na 1.0 " + linuxWheel + "\nb 1.0 wheel\n a",
		requirements: "b", systems: "x86_64-linux aarch64-darwin",
		want: `
a 1.0 wheel; systems x86_64-linux; marker sys_platform == "linux"
a 2.0 wheel; systems aarch64-darwin; marker sys_platform == "darwin"
b 1.0 wheel; needs a==1.0 a==2.0`,
	},
	{
		why:          "the machine tells apart what the system does not",
		world:        "a 2.0 " + armWheel + "\na 2.0 " + macWheel + "\na 1.0 " + linuxWheel,
		requirements: "a", systems: "aarch64-linux x86_64-linux aarch64-darwin",
		want: `
a 1.0 wheel; systems x86_64-linux; marker platform_machine == "x86_64"
a 2.0 wheel; systems aarch64-darwin aarch64-linux; wheel aarch64-darwin=a-2.0-cp312-cp312-macosx_11_0_arm64.whl aarch64-linux=a-2.0-cp312-cp312-manylinux_2_17_aarch64.whl; marker platform_machine == "aarch64" or platform_machine == "arm64"`,
	},
	{
		why:          "providers that differ are two entries of one version, told apart by marker",
		world:        "a 1.0 " + linuxWheel + " sdist build=hatch\nb 1.0 wheel\n a==1\nhatch 1.0 wheel\nwheel 1.0 wheel",
		requirements: "b", systems: "x86_64-linux aarch64-darwin",
		want: `
a 1.0 sdist; systems aarch64-darwin; marker sys_platform == "darwin"; build hatch==1.0 wheel==1.0
a 1.0 wheel; systems x86_64-linux; marker sys_platform == "linux"
b 1.0 wheel; needs a==1.0 (sys_platform == "darwin") a==1.0 (sys_platform == "linux")
build hatch==1.0 wheel; systems aarch64-darwin
build wheel==1.0 wheel; systems aarch64-darwin`,
	},
	{
		why:          "a build package has the wheels of all systems, and is two entries where it differs",
		world:        "a 1.0 sdist build=b,c\nb 1.0 " + linuxWheel + "\nb 1.0 " + macWheel + "\nc 1.0 " + linuxWheel + " sdist build=d\nd 1.0 wheel\nwheel 1.0 wheel",
		requirements: "a", systems: "x86_64-linux aarch64-darwin",
		want: `
a 1.0 sdist; build b==1.0 c==1.0 wheel==1.0
build b==1.0 wheel; wheel aarch64-darwin=b-1.0-cp312-cp312-macosx_11_0_arm64.whl x86_64-linux=b-1.0-cp312-cp312-manylinux_2_17_x86_64.whl
build c==1.0 sdist; systems aarch64-darwin; build d==1.0 wheel==1.0
build c==1.0 wheel; systems x86_64-linux
build d==1.0 wheel; systems aarch64-darwin
build wheel==1.0 wheel`,
	},
	{
		why:          "a cycle that only all systems together have is cut too",
		world:        "a 1.0 wheel\n b; sys_platform == 'darwin'\nb 1.0 wheel\n a; sys_platform == 'linux'",
		requirements: "a|b", systems: "x86_64-linux aarch64-darwin",
		want: `
a 1.0 wheel; needs b
b 1.0 wheel; needs a; cut a`,
	},
	{
		why:          "extras and groups: what always belongs, and what belongs to some",
		world:        "a 1.0 wheel\n b; extra == 'x'\nb 1.0 wheel\nc 1.0 wheel\n d\n a[x]\nd 1.0 wheel",
		requirements: "a|docs: c|dev: d|dev group: d>=1", systems: "x86_64-linux",
		want: `
a 1.0 wheel; needs b
b 1.0 wheel; extras docs; marker "docs" in extras
c 1.0 wheel; extras docs; marker "docs" in extras; needs a d
d 1.0 wheel; extras dev docs; groups dev; marker "dev" in extras or "docs" in extras or "dev" in dependency_groups`,
	},
	{
		why:          "an extra on one system",
		world:        "a 1.0 wheel\nb 1.0 wheel",
		requirements: "a|docs: b; sys_platform == 'darwin'|dev group: b; sys_platform == 'darwin'", systems: "x86_64-linux aarch64-darwin",
		want: `
a 1.0 wheel
b 1.0 wheel; systems aarch64-darwin; extras docs; groups dev; marker sys_platform == "darwin" and ("docs" in extras or "dev" in dependency_groups)`,
	},
	{
		why:          "what always belongs on one system and to an extra on the other",
		world:        "a 1.0 wheel",
		requirements: "a; sys_platform == 'darwin'|docs: a", systems: "x86_64-linux aarch64-darwin",
		want: `
a 1.0 wheel; systems aarch64-darwin; marker sys_platform == "darwin"
a 1.0 wheel; systems x86_64-linux; extras docs; marker sys_platform == "linux" and "docs" in extras`,
	},
	{
		why:          "a package of nixpkgs has the files that other installers can take",
		world:        "a 1.5 " + linuxWheel + " sdist\nb 2.0 wheel",
		facts:        `{"name":"a","attr":"a_","version":"1.5","dependencies":["b"]},{"name":"b","attr":"b","version":"1.0","dependencies":[]}`,
		requirements: "a", systems: "x86_64-linux aarch64-darwin",
		want: `
a 1.5 nixpkgs; attr a_; sdist; wheels a-1.5-cp312-cp312-manylinux_2_17_x86_64.whl; needs b
b 1.0 nixpkgs`,
	},
	{
		why:   "nixpkgs has another version, another attribute or nothing on each system",
		world: "a 1.0 wheel\n b\nb 1.0 wheel\nc 3.0 wheel",
		facts: `
aarch64-darwin {"name":"a","attr":"a","version":"1.5","dependencies":["b"]},{"name":"b","attr":"b_1","version":"1.0","dependencies":[]},{"name":"c","attr":"c","version":"2.0","dependencies":[]}
aarch64-linux {"name":"a","attr":"a","version":"1.5","dependencies":["b"]},{"name":"b","attr":"b_1","version":"1.0","dependencies":[]}
x86_64-linux {"name":"a","attr":"a","version":"1.6","dependencies":["c"]},{"name":"b","attr":"b","version":"1.0","dependencies":[]}`,
		requirements: "a|b|c", systems: "x86_64-linux aarch64-linux aarch64-darwin",
		want: `
a 1.5 nixpkgs; systems aarch64-darwin aarch64-linux; marker platform_machine == "aarch64" or platform_machine == "arm64"; needs b==1.0 (platform_machine == "aarch64" or platform_machine == "arm64")
a 1.6 nixpkgs; systems x86_64-linux; marker platform_machine == "x86_64"; needs c==3.0
b 1.0 nixpkgs; attr b_1; systems aarch64-darwin aarch64-linux; wheels b-1.0-py3-none-any.whl; marker platform_machine == "aarch64" or platform_machine == "arm64"
b 1.0 nixpkgs; systems x86_64-linux; wheels b-1.0-py3-none-any.whl; marker platform_machine == "x86_64"
c 2.0 nixpkgs; systems aarch64-darwin; marker sys_platform == "darwin"
c 3.0 wheel; systems aarch64-linux x86_64-linux; marker sys_platform == "linux"`,
	},
	{
		why:          "what nixpkgs has on one system is nothing to another",
		world:        "a 2.0 wheel",
		facts:        `aarch64-darwin {"name":"a","attr":"a","version":"1.5","dependencies":[]}`,
		requirements: "a", systems: "x86_64-linux aarch64-darwin",
		want: `
a 1.5 nixpkgs; systems aarch64-darwin; marker sys_platform == "darwin"
a 2.0 wheel; systems x86_64-linux; marker sys_platform == "linux"`,
	},
}

// offers says what nixpkgs has on a system, by a text that is of all systems, or has a line for each.
func offers(facts, system string) string {
	for line := range strings.Lines(facts) {
		if of, offered, ok := strings.Cut(strings.TrimSpace(line), " {"); ok && of == system {
			return "{" + offered
		}
	}
	if strings.HasPrefix(facts, "{") {
		return facts
	}
	return ""
}

func TestLock(t *testing.T) {
	for _, c := range systems {
		t.Run(c.why, func(t *testing.T) {
			o := options(t, nil, false, "")
			if c.facts != "" {
				o.Policy.Default = []Provider{Nixpkgs, Wheel}
			}
			l := lockOf(t, c.world, c.facts, strings.Fields(c.systems), parts(t, c.requirements), nil, o)
			if diff := cmp.Diff(strings.TrimSpace(c.want), lockText(l)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if _, err := lock.Read(l.Marshal(), "pylock.toml"); err != nil {
				t.Errorf("it is no lock: %v", err)
			}
		})
	}
}

// TestLockSame: the bytes depend neither on the order of systems and requirements nor on chance, and with the lock as
// preference it stays.
func TestLockSame(t *testing.T) {
	for _, c := range systems {
		t.Run(c.why, func(t *testing.T) {
			o := options(t, nil, false, "")
			if c.facts != "" {
				o.Policy.Default = []Provider{Nixpkgs, Wheel}
			}
			names, reqs := strings.Fields(c.systems), parts(t, c.requirements)
			first := lockOf(t, c.world, c.facts, names, reqs, nil, o)
			for range 5 {
				rand.Shuffle(len(names), func(i, k int) { names[i], names[k] = names[k], names[i] })
				rand.Shuffle(len(reqs), func(i, k int) { reqs[i], reqs[k] = reqs[k], reqs[i] })
				for _, was := range []*lock.Lock{nil, first} {
					again := lockOf(t, c.world, c.facts, names, reqs, was, o)
					if diff := cmp.Diff(string(first.Marshal()), string(again.Marshal())); diff != "" {
						t.Fatalf("(-first +again, for %v and %v)\n%s", names, reqs, diff)
					}
				}
			}
		})
	}
}

// TestLockNewer: on newer data a lock stays as it is, and one more system takes what it has.
func TestLockNewer(t *testing.T) {
	const world = "a 1.0 wheel\n b\nb 1.0 " + linuxWheel + "\nb 1.0 " + macWheel + "\ns 1.0 sdist build=hatch\nhatch 1.0 wheel\nwheel 1.0 wheel"
	const newer = "a 2.0 wheel\nb 2.0 wheel\nhatch 2.0 wheel\ns 2.0 wheel\n" + world
	o := options(t, nil, false, "")
	reqs := parse(t, "a|s")
	was := lockOf(t, world, "", []string{"x86_64-linux"}, reqs, nil, o)
	if diff := cmp.Diff(string(was.Marshal()), string(lockOf(t, newer, "", []string{"x86_64-linux"}, reqs, was, o).Marshal())); diff != "" {
		t.Errorf("newer data: (-was +is)\n%s", diff)
	}
	want := lockOf(t, world, "", []string{"x86_64-linux", "aarch64-darwin"}, reqs, nil, o)
	got := lockOf(t, newer, "", []string{"aarch64-darwin", "x86_64-linux"}, reqs, was, o)
	if diff := cmp.Diff(string(want.Marshal()), string(got.Marshal())); diff != "" {
		t.Errorf("one more system: (-want +got)\n%s", diff)
	}
}

// TestUnsolvable: an explanation that is the same for all systems is given once, and else it says for which it is.
func TestUnsolvable(t *testing.T) {
	for _, c := range []struct{ why, world, requirements, want string }{
		{"on all", "a 1.0 wheel", "a>=2", "a>=2 is newer than every a in the database of 2026-01-31: the newest is 1.0"},
		{
			"on two of three", "a 1.0 " + linuxWheel, "a",
			"on aarch64-darwin and aarch64-linux: no release of a has a wheel for Python 3.12",
		},
		{"only on one, in a build", "a 1.0 sdist build=b\nb 1.0 " + linuxWheel + "\nb 1.0 " + armWheel + "\nwheel 1.0 wheel", "a", "on aarch64-darwin: build requirements of a==1.0: no release of b has a wheel for Python 3.12"},
		{"the same on two of three", "a 1.0 wheel\nb 1.0 wheel", "a>1; sys_platform == 'linux'|b", "on aarch64-linux and x86_64-linux: no release of a matches a>1 in the database of 2026-01-31: there is 1.0"},
	} {
		t.Run(c.why, func(t *testing.T) {
			o := options(t, nil, false, "")
			o.DatabaseDate = "2026-01-31"
			_, err := ResolveAll(context.Background(), resolversOf(t, c.world, "", []string{"x86_64-linux", "aarch64-linux", "aarch64-darwin"}, nil, o), parse(t, c.requirements), nil)
			var lines []string
			for line := range strings.SplitSeq(fmt.Sprint(err), "\n") {
				if !strings.HasPrefix(line, " ") {
					lines = append(lines, line)
				}
			}
			if diff := cmp.Diff(c.want, strings.Join(lines, "\n")); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// parts are requirements of which some are for an extra, "docs: a", or a group, "dev group: a".
func parts(t tb, text string) (reqs []Requirement) {
	for line := range strings.SplitSeq(text, "|") {
		part, req, ok := strings.Cut(line, ": ")
		if !ok {
			part, req = "", line
		}
		parsed := parse(t, req)[0]
		if group, ok := strings.CutSuffix(part, " group"); ok {
			parsed.Group = group
		} else {
			parsed.Extra = part
		}
		reqs = append(reqs, parsed)
	}
	return reqs
}

func resolversOf(t tb, world, facts string, names []string, was *lock.Lock, o Options) (all []*Resolver) {
	r := resolverOf(t, world, "", o)
	for _, name := range names {
		offered := resolverOf(t, world, offers(facts, name), o).options.Facts
		env, err := environment.New("3.12", name, nil)
		if err != nil {
			t.Fatal(err)
		}
		set, err := tags.New(env.Target)
		if err != nil {
			t.Fatal(err)
		}
		var prefs *Preferences
		if was != nil {
			prefs = PreferencesOf(was, env)
		}
		one, err := r.For(env, set, offered, prefs)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	return all
}

func lockOf(t tb, world, facts string, names []string, reqs []Requirement, was *lock.Lock, o Options) *lock.Lock {
	resolvers := resolversOf(t, world, facts, names, was, o)
	solved, err := ResolveAll(context.Background(), resolvers, reqs, nil)
	if err != nil {
		t.Fatal(err)
	}
	w := Written{Requirements: Texts(reqs), File: func(release.File) (url, path string) { return "", "" }}
	for _, req := range reqs {
		if req.Extra != "" {
			w.Extras = append(w.Extras, req.Extra)
		}
		if req.Group != "" {
			w.Groups = append(w.Groups, req.Group)
		}
	}
	slices.Sort(w.Extras)
	slices.Sort(w.Groups)
	return resolvers[0].Lock(solved, w)
}

func lockText(l *lock.Lock) string {
	var lines []string
	for _, p := range l.Packages {
		line := p.Name + " " + p.Version + " " + provided(p.Name, p.Tool.Mach)
		if p.Tool.Mach.Provider == lock.Nixpkgs && p.Sdist != nil {
			line += "; sdist"
		}
		if p.Tool.Mach.Provider == lock.Nixpkgs && len(p.Wheels) > 0 {
			line += "; wheels"
			for _, w := range p.Wheels {
				line += " " + w.Name
			}
		}
		if p.Marker != "" {
			line += "; marker " + p.Marker
		}
		if len(p.Dependencies) > 0 {
			line += "; needs"
		}
		for _, d := range p.Dependencies {
			line += " " + d.Name
			if d.Version != "" {
				line += "==" + d.Version
			}
			if d.Marker != "" {
				line += " (" + d.Marker + ")"
			}
		}
		lines = append(lines, line+list("cut", p.Tool.Mach.Cut)+list("build", p.Tool.Mach.Build))
	}
	for _, b := range l.Tool.Mach.Build {
		lines = append(lines, "build "+b.ID+" "+provided(b.Name, &b.Provided)+list("build", b.Build))
	}
	slices.SortStableFunc(lines, strings.Compare)
	return strings.Join(lines, "\n")
}

func provided(name string, p *lock.Provided) string {
	line := p.Provider
	if p.Attr != "" && p.Attr != name {
		line += "; attr " + p.Attr
	}
	line += list("systems", p.Systems) + list("extras", p.Extras) + list("groups", p.Groups)
	var wheels []string
	for _, system := range slices.Sorted(maps.Keys(p.Wheel)) {
		wheels = append(wheels, system+"="+p.Wheel[system])
	}
	return line + list("wheel", wheels)
}

func list(key string, values []string) string {
	if len(values) == 0 {
		return ""
	}
	return "; " + key + " " + strings.Join(values, " ")
}
