package worlds

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// at is the box where the version is within bounds, on some platforms; nothing bounds what is empty.
func at(from, to [3]int, platforms ...string) Box {
	b := Everywhere()
	b[Python] = Where(Python, func(p int) bool {
		major, minor, micro := Version(p)
		v := major<<16 | minor<<8 | micro
		return v >= from[0]<<16|from[1]<<8|from[2] && (to[0] == 0 || v < to[0]<<16|to[1]<<8|to[2])
	})
	if platforms != nil {
		b[Platform] = Where(Platform, func(p int) bool {
			for _, name := range platforms {
				if SystemAt(p).SysPlatform == name {
					return true
				}
			}
			return false
		})
	}
	return b
}

func TestMarker(t *testing.T) {
	var none [3]int
	v := func(major, minor int) [3]int { return [3]int{major, minor} }
	others := []string{"linux", "darwin", "cygwin", "java", Other}
	tests := []struct {
		why     string
		on, off []Box
		want    string
	}{
		{"everywhere", []Box{at(none, none)}, nil, ""},
		{"before a version", []Box{at(none, v(3, 8))}, []Box{at(v(3, 8), none)}, `python_version < "3.8"`},
		{"from a version on", []Box{at(v(3, 8), none)}, []Box{at(none, v(3, 8))}, `python_version >= "3.8"`},
		{"what lies below both does not count", []Box{at(v(3, 0), v(3, 8))}, []Box{at(v(3, 8), none)}, `python_version < "3.8"`},
		{"one series", []Box{at(v(3, 6), v(3, 7))}, []Box{at(none, v(3, 6)), at(v(3, 7), none)}, `python_version == "3.6"`},
		{"all but one", []Box{at(none, v(3, 6)), at(v(3, 7), none)}, []Box{at(v(3, 6), v(3, 7))}, `python_version < "3.6" or python_version >= "3.7"`},
		{"a part of a series", []Box{at(none, [3]int{2, 7, 9})}, []Box{at([3]int{2, 7, 9}, none)}, `python_full_version < "2.7.9"`},
		{"a platform", []Box{at(none, none, "win32")}, []Box{at(none, none, others...)}, `sys_platform == "win32"`},
		{"all but a platform", []Box{at(none, none, others...)}, []Box{at(none, none, "win32")}, `sys_platform != "win32"`},
		{
			"a version on a platform", []Box{at(none, v(3, 0), "win32")},
			[]Box{at(v(3, 0), none, "win32"), at(none, none, others...)},
			`python_version < "3" and sys_platform == "win32"`,
		},
		{
			"a version, and elsewhere a platform", []Box{at(none, v(3, 0)), at(v(3, 0), none, "win32")},
			[]Box{at(v(3, 0), none, others...)}, `python_version < "3" or sys_platform == "win32"`,
		},
	}
	for _, test := range tests {
		t.Run(test.why, func(t *testing.T) {
			got, ok := Marker(test.on, test.off)
			if diff := cmp.Diff(test.want, got); diff != "" || !ok {
				t.Error(ok, diff)
			}
		})
	}
}

func TestMarkerThatIsNot(t *testing.T) {
	if got, ok := Marker(nil, []Box{Everywhere()}); ok {
		t.Errorf("no place has the marker %q", got)
	}
}
