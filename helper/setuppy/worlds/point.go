package worlds

import (
	"slices"
	"strings"
)

// Other is the value of a platform, implementation or machine that is not listed.
const Other = "\x00other"

// micros is how many patch releases a version has here.
const micros = 24

// minors are the versions of Python, in order.
var minors = func() [][2]int {
	all := [][2]int{{2, 6}, {2, 7}}
	for minor := range 20 {
		all = append(all, [2]int{3, minor})
	}
	return append(all, [2]int{4, 0})
}()

// System is what a platform calls itself.
type System struct{ SysPlatform, Name, OS string } // sys.platform, platform.system(), os.name

var systems = []System{
	{"linux", "Linux", "posix"},
	{"darwin", "Darwin", "posix"},
	{"win32", "Windows", "nt"},
	{"cygwin", "CYGWIN_NT-10.0", "posix"},
	{"java", "Java", "java"},
	{Other, Other, "posix"},
}

var implementations = []string{"CPython", "PyPy", "Jython", "IronPython", "GraalVM", Other}

var machines = []string{
	"x86_64", "AMD64", "amd64", "i386", "i486", "i586", "i686", "x86", "arm64", "aarch64", "ARM64", "armv6l", "armv7l", "armv8l", "arm",
	"ppc64le", "ppc64", "s390x", "riscv64", "loongarch64", "mips64", Other,
}

// Size is how many points a dimension has.
func Size(d Dim) int {
	switch d {
	case Python:
		return len(minors) * micros
	case Platform:
		return len(systems)
	case Implementation:
		return len(implementations)
	default:
		return len(machines)
	}
}

// Version is the Python of a point.
func Version(point int) (major, minor, micro int) {
	v := minors[point/micros]
	return v[0], v[1], point % micros
}

// SystemAt is the platform of a point.
func SystemAt(point int) System { return systems[point] }

// ImplementationAt is the implementation of a point, as platform.python_implementation() says it.
func ImplementationAt(point int) string { return implementations[point] }

// MachineAt is the machine of a point, as platform.machine() says it.
func MachineAt(point int) string { return machines[point] }

// Listed says whether a value is that of a point, so that no other platform, implementation or machine has it.
func Listed(value string) bool {
	return slices.ContainsFunc(systems, func(s System) bool { return value == s.SysPlatform || value == s.Name || value == s.OS }) ||
		slices.Contains(implementations, value) || slices.Contains(machines, value)
}

// Within says whether a text is within a value of a point, so that no other platform, implementation or machine is
// taken to have it.
func Within(part string) bool {
	has := func(value string) bool { return part != "" && strings.Contains(value, part) }
	return len(part) > 2 && (slices.ContainsFunc(systems, func(s System) bool { return has(s.SysPlatform) || has(s.Name) || has(s.OS) }) ||
		slices.ContainsFunc(implementations, has) || slices.ContainsFunc(machines, has))
}
