// Package environment describes the target of a resolution: the values of the PEP 508 marker variables and the
// wheel tags of one Python on one system. Nothing is asked of the machine that mach runs on.
//
// An environment comes from lib/environment.nix, which derives it from the interpreter's attributes and passes it
// as JSON, or from --python and --system, where the C library and the macOS deployment target take the defaults
// below.
package environment

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"mach/helper/pep508"
	"mach/helper/tags"
)

// Version is the version of the JSON form that this package reads.
const Version = 1

// What --system stands for when nothing says more: the C library of a current nixpkgs, and its oldest macOS.
var (
	defaultGlibc = [2]int{2, 40}
	defaultMacOS = [2]int{14, 0}
)

// Environment is one target.
type Environment struct {
	Version int                `json:"version"`
	System  string             `json:"system"`
	Markers pep508.Environment `json:"markers"`
	Target  tags.Target        `json:"target"`
}

// Parse reads the JSON form. Unknown keys, another version and missing values are errors.
func Parse(data []byte) (*Environment, error) {
	var e Environment
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&e); err != nil {
		return nil, fmt.Errorf("not the JSON of an environment: %w", err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, fmt.Errorf("something follows the object, at byte %d", dec.InputOffset())
	}
	if e.Version != Version {
		return nil, fmt.Errorf("version %d is not %d: lib/ and mach are of different releases", e.Version, Version)
	}
	if e.Markers.PythonFullVersion == "" || e.Markers.PythonVersion == "" || e.Target.System == "" {
		return nil, errors.New("markers.python_full_version, markers.python_version and target.system are needed")
	}
	return &e, nil
}

// WithMinor is the environment with another minor version of Python 3, at patch number 0.
func (e *Environment) WithMinor(minor int) *Environment {
	other := *e
	other.Target.Python[1] = minor
	other.Markers.PythonVersion = fmt.Sprintf("%d.%d", other.Target.Python[0], minor)
	other.Markers.PythonFullVersion = other.Markers.PythonVersion + ".0"
	other.Markers.ImplementationVersion = other.Markers.PythonFullVersion
	return &other
}

// New makes the environment of CPython python ("3.12" or "3.12.4"; without a patch number .0 is taken) on system
// (Nix's name). Platforms, when given, replace the platform tags, best first.
func New(python, system string, platforms []string) (*Environment, error) {
	minor, full, err := splitPython(python)
	if err != nil {
		return nil, err
	}
	cpu, os, ok := strings.Cut(system, "-")
	if !ok {
		return nil, fmt.Errorf("system %q is not of the form x86_64-linux", system)
	}
	e := &Environment{Version: Version, System: system}
	e.Target = tags.Target{Implementation: "cpython", Python: minor, System: system, Platforms: platforms}
	e.Markers = pep508.Environment{
		ImplementationName:           "cpython",
		ImplementationVersion:        full,
		OSName:                       "posix",
		PlatformMachine:              cpu,
		PlatformPythonImplementation: "CPython",
		PythonFullVersion:            full,
		PythonVersion:                fmt.Sprintf("%d.%d", minor[0], minor[1]),
	}
	switch os {
	case "linux":
		e.Target.Libc, e.Target.LibcVersion = "glibc", defaultGlibc
		e.Markers.PlatformSystem, e.Markers.SysPlatform = "Linux", "linux"
	case "darwin":
		e.Target.MacOS = defaultMacOS
		e.Markers.PlatformSystem, e.Markers.SysPlatform = "Darwin", "darwin"
		if cpu == "aarch64" {
			e.Markers.PlatformMachine = "arm64"
		}
	default:
		return nil, fmt.Errorf("system %q: %q is neither linux nor darwin", system, os)
	}
	return e, nil
}

// splitPython takes "3.12", "3.12.4" or "3.14.0rc1" apart.
func splitPython(python string) (minor [2]int, full string, err error) {
	bad := fmt.Errorf("python %q is not of the form 3.12 or 3.12.4", python)
	parts := strings.Split(python, ".")
	if len(parts) != 2 && len(parts) != 3 {
		return minor, "", bad
	}
	for i := range minor {
		if minor[i], err = strconv.Atoi(parts[i]); err != nil || minor[i] < 0 {
			return minor, "", bad
		}
	}
	if len(parts) == 2 {
		return minor, python + ".0", nil
	}
	if parts[2] == "" || parts[2][0] < '0' || parts[2][0] > '9' {
		return minor, "", bad
	}
	return minor, python, nil
}

// Marker is the PEP 508 marker that holds on this target and, among the targets that mach knows, on no other.
func (e *Environment) Marker() string {
	return fmt.Sprintf("implementation_name == %q and python_version == %q and sys_platform == %q and platform_machine == %q",
		e.Markers.ImplementationName, e.Markers.PythonVersion, e.Markers.SysPlatform, e.Markers.PlatformMachine)
}

// Distinguish is a short marker that holds for each of some environments and for none of the others. The system and
// the machine of no two of them are the same.
func Distinguish(some, others []*Environment) string {
	for _, by := range []struct {
		name string
		of   func(*Environment) string
	}{
		{"sys_platform", func(e *Environment) string { return e.Markers.SysPlatform }},
		{"platform_machine", func(e *Environment) string { return e.Markers.PlatformMachine }},
	} {
		if !slices.ContainsFunc(others, func(e *Environment) bool {
			return slices.ContainsFunc(some, func(s *Environment) bool { return by.of(s) == by.of(e) })
		}) {
			return anyOf(some, func(e *Environment) string { return fmt.Sprintf("%s == %q", by.name, by.of(e)) })
		}
	}
	return anyOf(some, func(e *Environment) string {
		platform := fmt.Sprintf("sys_platform == %q", e.Markers.SysPlatform)
		if slices.ContainsFunc(others, func(o *Environment) bool { return o.Markers.SysPlatform == e.Markers.SysPlatform }) {
			return fmt.Sprintf("%s and platform_machine == %q", platform, e.Markers.PlatformMachine)
		}
		return platform
	})
}

// anyOf joins what is said of each environment, each once, in order.
func anyOf(environments []*Environment, say func(*Environment) string) string {
	var all []string
	for _, e := range environments {
		all = append(all, say(e))
	}
	slices.Sort(all)
	return strings.Join(slices.Compact(all), " or ")
}
