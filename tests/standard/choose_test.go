//go:build standard

package standard

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"mach/helper/environment"
	"mach/helper/lock"
	"mach/helper/pep508"
	"mach/helper/tags"
)

// target is for what packaging chooses from a lock.
type target struct {
	Environment pep508.Environment `json:"environment"`
	Tags        []string           `json:"tags"`
	Extras      []string           `json:"extras"`
	Groups      []string           `json:"groups"`

	system string
}

// choice is packaging's answer.
type choice struct {
	Chosen  [][3]string `json:"chosen"` // name, version, file
	Refusal string      `json:"refusal"`
}

// choose asks packaging. An error is that the lock is not valid.
func choose(text []byte, targets []target) (answers []choice, err error) {
	question, err := json.Marshal(map[string]any{"lock": string(text), "targets": targets})
	if err != nil {
		return nil, err
	}
	var stderr bytes.Buffer
	cmd := exec.Command("python3", "choose.py")
	cmd.Stdin, cmd.Stderr = bytes.NewReader(question), &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%w\n%s", err, &stderr)
	}
	return answers, json.Unmarshal(out, &answers)
}

// targetsOf are the systems of a lock, each without and with every extra and group, and with each alone.
func targetsOf(m *lock.Mach, extras, groups []string) (all []target, err error) {
	type asked struct{ extras, groups []string }
	parts := []asked{{}, {extras, groups}}
	for _, extra := range extras {
		parts = append(parts, asked{extras: []string{extra}})
	}
	for _, group := range groups {
		parts = append(parts, asked{groups: []string{group}})
	}
	for _, system := range m.Systems {
		env, err := environment.New(m.Python, system, nil)
		if err != nil {
			return nil, err
		}
		set, err := tags.New(env.Target)
		if err != nil {
			return nil, err
		}
		var names []string
		for tag := range set.All() {
			names = append(names, tag.String())
		}
		for _, part := range parts {
			all = append(all, target{env.Markers, names, part.extras, part.groups, system})
		}
	}
	return all, nil
}

// chosenByMach is what [packages.tool.mach] says for a target.
func chosenByMach(l *lock.Lock, t target) (all [][3]string) {
	for _, p := range l.Packages {
		m := p.Tool.Mach
		always := len(m.Extras)+len(m.Groups) == 0
		if !m.IsFor(t.system) || !always && !overlap(m.Extras, t.Extras) && !overlap(m.Groups, t.Groups) {
			continue
		}
		file := m.Wheel[t.system]
		switch {
		case m.Provider == lock.Nixpkgs:
			file = ""
		case m.Provider == lock.Sdist:
			file = p.Sdist.Name
		case file == "" && len(p.Wheels) > 0:
			file = p.Wheels[0].Name
		}
		all = append(all, [3]string{p.Name, p.Version, file})
	}
	return all
}

func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// sameChoice checks that packaging chooses from a lock what mach does, for each target.
func sameChoice(text []byte) error {
	l, err := lock.Read(text, "pylock.toml")
	if err != nil {
		return err
	}
	targets, err := targetsOf(l.Tool.Mach, l.Extras, l.DependencyGroups)
	if err != nil {
		return err
	}
	answers, err := choose(text, targets)
	if err != nil {
		return err
	}
	for i, t := range targets {
		want, got := chosenByMach(l, t), answers[i].Chosen
		for k := range min(len(want), len(got)) {
			if want[k][2] == "" { // from nixpkgs or a direct reference
				got[k][2] = ""
			}
		}
		if diff := cmp.Diff(want, got); diff != "" || answers[i].Refusal != "" {
			return fmt.Errorf("%s, extras %q, groups %q: %s\n-mach +packaging\n%s", t.system, t.Extras, t.Groups, answers[i].Refusal, diff)
		}
	}
	return nil
}

// withURLs gives the files of a lock that have only a location a URL, as --files-url does.
func withURLs(l *lock.Lock) {
	for i := range l.Packages {
		p := &l.Packages[i]
		files := []*lock.File{p.Sdist}
		for k := range p.Wheels {
			files = append(files, &p.Wheels[k])
		}
		for _, f := range files {
			if f != nil && f.URL == "" && f.Path == "" {
				f.URL = "https://files.index.example/" + p.Tool.Mach.Locations[f.Name]
			}
		}
	}
}

// TestFixtures: packaging takes every lock among the tests, and chooses from it what mach does.
func TestFixtures(t *testing.T) {
	locks := map[string][]byte{}
	files, err := filepath.Glob("../../helper/lock/testdata/*.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if locks[file], err = os.ReadFile(file); err != nil {
			t.Fatal(err)
		}
	}
	scripts, err := filepath.Glob("../script/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, script := range scripts {
		archive, err := txtar.ParseFile(script)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			if bytes.HasPrefix(f.Data, []byte("lock-version = ")) {
				locks[script+": "+f.Name] = f.Data
			}
		}
	}
	for name, text := range locks {
		l, err := lock.Read(text, name)
		if err != nil {
			continue // a test of what is wrong with it
		}
		t.Run(name, func(t *testing.T) {
			if l.Tool.Mach == nil {
				if _, err := choose(text, []target{}); err != nil {
					t.Error(err)
				}
				return
			}
			withURLs(l)
			if err := sameChoice(l.Marshal()); err != nil {
				t.Error(err)
			}
		})
	}
	if len(locks) < 12 {
		t.Errorf("%d locks were found", len(locks))
	}
}

// TestReal: the same of real projects, from the database.
func TestReal(t *testing.T) {
	for _, set := range []string{"flask", "jupyterlab", "project150"} {
		for _, systems := range []string{"x86_64-linux,aarch64-linux,x86_64-darwin,aarch64-darwin", "x86_64-linux,aarch64-darwin", "x86_64-linux"} {
			t.Run(set+" "+systems, func(t *testing.T) {
				text, err := exec.Command("mach", "lock", "--db", "../../lib/database/pypi.xz", "--files-url", "https://files.index.example",
					"--python", "3.12", "--system", systems, "-r", "../bench/"+set+".in", "-o", "-").Output()
				if err != nil {
					t.Fatal(err)
				}
				if err := sameChoice(text); err != nil {
					t.Error(err)
				}
			})
		}
	}
}
