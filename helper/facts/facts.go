// Package facts reads what nixpkgs offers for the target Python: attribute, project, version and dependencies, which
// lib/facts.nix writes down before mach runs.
//
//	{ "version": 1, "python": "3.11", "system": "x86_64-linux", "nixpkgs": "label",
//	  "packages": [ { "name": "pyyaml", "attr": "pyyaml", "version": "6.0.1", "dependencies": ["…"] }, … ],
//	  "unusable": [ { "name": "gdal", "attr": "gdal", "reason": "is marked broken" }, … ] }
//
// Without "system", Nix's name for it, they are of every one. Names and dependencies are normalised names of projects.
// Packages are sorted by name; one that nixpkgs has at several versions, under several attributes, stands there once for
// each: first the one that the others are built with.
package facts

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/pep440"
	"mach/helper/pep508"
)

// Version is the version of the JSON form that this package reads.
const Version = 1

// Facts is what one nixpkgs offers for one Python on one system.
type Facts struct {
	Python   string // "3.11"
	System   string // Nix's name for it; "" every one
	Nixpkgs  string // a label for people: release or revision
	packages []Package
	unusable []Unusable
}

// Package is a project that nixpkgs has, at one version that it has.
type Package struct {
	Name         string // normalised
	Attr         string // below python.pkgs
	Version      pep440.Version
	Dependencies []string // normalised names: the propagated Python inputs
}

// Unusable is a project that nixpkgs has but that cannot be taken from there, and why.
type Unusable struct {
	Name   string `json:"name"` // normalised
	Attr   string `json:"attr"`
	Reason string `json:"reason"`
}

// Read reads the file at path. Errors are for the user.
func Read(path string) (*Facts, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, diag.Input("facts").Because(err)
	}
	f, err := Parse(data)
	if err != nil {
		return nil, diag.Input("facts %q", path).Because(err).Hint("write them with lib/facts.nix of this release of mach")
	}
	return f, nil
}

// Parse reads the JSON form. Another version, unknown keys, missing values and unsorted packages are errors. A package
// whose version is none of PEP 440 (unstable-2024-01-31) becomes unusable.
func Parse(data []byte) (*Facts, error) {
	var in struct {
		Version  int        `json:"version"`
		Python   string     `json:"python"`
		System   string     `json:"system"`
		Nixpkgs  string     `json:"nixpkgs"`
		Packages []rawFact  `json:"packages"`
		Unusable []Unusable `json:"unusable"`
	}
	if err := decode(data, &in, &in.Version); err != nil {
		return nil, err
	}
	f := &Facts{Python: in.Python, System: in.System, Nixpkgs: in.Nixpkgs, unusable: in.Unusable}
	f.packages = make([]Package, 0, len(in.Packages))
	for i, raw := range in.Packages {
		if err := raw.check(); err != nil {
			return nil, fmt.Errorf("packages[%d]: %w", i, err)
		}
		v, err := pep440.Parse(raw.Version)
		if err != nil {
			f.unusable = append(f.unusable, Unusable{raw.Name, raw.Attr, fmt.Sprintf("its version %q is none of PEP 440", raw.Version)})
			continue
		}
		f.packages = append(f.packages, Package{raw.Name, raw.Attr, v, raw.Dependencies})
	}
	for i, u := range in.Unusable {
		if err := u.check(); err != nil {
			return nil, fmt.Errorf("unusable[%d]: %w", i, err)
		}
	}
	slices.SortFunc(f.unusable, func(a, b Unusable) int { return strings.Compare(a.Name, b.Name) })
	if err := f.checkNames(); err != nil {
		return nil, err
	}
	return f, nil
}

// Packages returns what nixpkgs offers of a project (normalised name), best first.
func (f *Facts) Packages(name string) []Package {
	i, _ := slices.BinarySearchFunc(f.packages, name, func(p Package, name string) int { return strings.Compare(p.Name, name) })
	end := i
	for end < len(f.packages) && f.packages[end].Name == name {
		end++
	}
	return f.packages[i:end]
}

// Unusable returns why a project (normalised name) cannot be taken from nixpkgs, which has it.
func (f *Facts) Unusable(name string) (Unusable, bool) {
	i, ok := slices.BinarySearchFunc(f.unusable, name, func(u Unusable, name string) int { return strings.Compare(u.Name, name) })
	if !ok {
		return Unusable{}, false
	}
	return f.unusable[i], true
}

// decode reads the one value of data into in, and looks at its version before it blames a key.
func decode(data []byte, in any, version *int) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	err := dec.Decode(in)
	if *version != 0 && *version != Version {
		return fmt.Errorf("version %d is not %d: lib/ and mach are of different releases", *version, Version)
	}
	if err != nil {
		return err
	}
	if *version == 0 {
		return fmt.Errorf("no version")
	}
	end := dec.InputOffset()
	if _, err := dec.Token(); err != io.EOF {
		return fmt.Errorf("something follows the object, at byte %d", end)
	}
	return nil
}

type rawFact struct {
	Name         string   `json:"name"`
	Attr         string   `json:"attr"`
	Version      string   `json:"version"`
	Dependencies []string `json:"dependencies"`
}

func (r *rawFact) check() error {
	if r.Version == "" {
		return fmt.Errorf("%q: no version", r.Name)
	}
	for _, d := range r.Dependencies {
		if pep508.NormalizeName(d) != d {
			return fmt.Errorf("%q: dependency %q is not normalised", r.Name, d)
		}
	}
	return checkFact(r.Name, r.Attr)
}

func (u *Unusable) check() error {
	if u.Reason == "" {
		return fmt.Errorf("%q: no reason", u.Name)
	}
	return checkFact(u.Name, u.Attr)
}

func checkFact(name, attr string) error {
	if !pep508.ValidName(name) || pep508.NormalizeName(name) != name {
		return fmt.Errorf("%q is no normalised name", name)
	}
	if attr == "" {
		return fmt.Errorf("%q: no attr", name)
	}
	return nil
}

// checkNames checks that both lists are sorted, and that no version or unusable name stands twice.
func (f *Facts) checkNames() error {
	for i := 1; i < len(f.packages); i++ {
		if a, b := f.packages[i-1].Name, f.packages[i].Name; a > b {
			return fmt.Errorf("packages: %q stands before %q", a, b)
		}
	}
	for i, p := range f.packages {
		for _, other := range f.Packages(p.Name) {
			if other.Attr != p.Attr && other.Version.Compare(p.Version) == 0 {
				return fmt.Errorf("packages[%d]: %q %s stands twice", i, p.Name, p.Version)
			}
		}
	}
	for i, u := range f.unusable {
		if i > 0 && f.unusable[i-1].Name == u.Name {
			return fmt.Errorf("%q stands twice", u.Name)
		}
		if len(f.Packages(u.Name)) > 0 {
			return fmt.Errorf("%q is both in packages and unusable", u.Name)
		}
	}
	return nil
}
