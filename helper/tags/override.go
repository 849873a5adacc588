package tags

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// override appends the platforms a user gave, each with what it implies, the first of equal ones.
func (l *list) override(given []string) error {
	seen := &list{}
	for _, p := range given {
		if err := seen.implied(strings.ToLower(p)); err != nil {
			return err
		}
	}
	var done []string
	for _, p := range seen.strings() {
		if !slices.Contains(done, p) {
			done = append(done, p)
			l.buf = append(l.buf, p...)
			l.end()
		}
	}
	return nil
}

// implied appends a platform and what a machine that has it can also run.
func (l *list) implied(platform string) error {
	if !strings.Contains(platform, "_") || strings.Trim(platform, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
		return fmt.Errorf("platform %q is not a platform tag such as manylinux_2_28_x86_64", platform)
	}
	family, version, arch := splitPlatform(platform)
	switch family {
	case "manylinux":
		if version[0] == 2 && version[1] >= oldestGlibc(arch) {
			l.manylinux(version, arch, oldestGlibc(arch))
			return nil
		}
	case "musllinux":
		l.musllinux(version, arch)
		return nil
	case "macosx":
		if version[0] >= 11 || version[0] == 10 && version[1] >= 4 {
			l.macOS(version, arch)
			return nil
		}
	}
	l.buf = append(l.buf, platform...)
	l.end()
	return nil
}

// oldestGlibc is the oldest level of an arch as platform tags name it.
func oldestGlibc(arch string) int {
	for _, c := range cpus {
		if c.machine == arch && c.oldest > 0 {
			return c.oldest
		}
	}
	return 17
}

// splitPlatform takes manylinux_2_28_x86_64 apart; the names from before PEP 600 become their levels. Family is
// empty for what has no version.
func splitPlatform(platform string) (family string, version [2]int, arch string) {
	family, rest, _ := strings.Cut(platform, "_")
	switch family {
	case "manylinux1":
		return "manylinux", [2]int{2, 5}, rest
	case "manylinux2010":
		return "manylinux", [2]int{2, 12}, rest
	case "manylinux2014":
		return "manylinux", [2]int{2, 17}, rest
	}
	parts := strings.SplitN(rest, "_", 3)
	if len(parts) < 3 {
		return "", version, ""
	}
	for i := range version {
		n, err := strconv.ParseUint(parts[i], 10, 10)
		if err != nil {
			return "", version, ""
		}
		version[i] = int(n)
	}
	return family, version, parts[2]
}
