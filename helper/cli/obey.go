package cli

import (
	"mach/helper/environment"
	"mach/helper/inputs"
	"mach/helper/provide"
)

// checkPython refuses a target that a project directory's requires-python excludes.
func checkPython(in *inputs.Inputs, o provide.Options) error {
	for _, p := range in.Python {
		if o.Allows(p.Specifiers) {
			continue
		}
		err := p.Errorf("the project requires Python %s, and the target is %s", p.Specifiers, o.Environment.Markers.PythonFullVersion)
		if near := nearestPython(p, o); near != nil {
			err.Hint("choose another target: --python %s", near.Markers.PythonVersion)
		}
		return err
	}
	return nil
}

// nearestPython is the environment with the nearest Python that a project allows, or nil.
func nearestPython(p inputs.Python, o provide.Options) *environment.Environment {
	minor := o.Environment.Target.Python[1]
	for distance := range 10 {
		for _, m := range []int{minor + distance, minor - distance} {
			other := provide.Options{Environment: o.Environment.WithMinor(m)}
			if m >= 0 && other.Allows(p.Specifiers) {
				return other.Environment
			}
		}
	}
	return nil
}
