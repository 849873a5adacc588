package cli

import "fmt"

// version is the release of mach; CHANGELOG.md says what is in it.
const version = "0.1.0"

type versionCmd struct{}

// Run prints the version.
func (versionCmd) Run(a *app) error {
	_, err := fmt.Fprintln(a.stdout, "mach", version)
	return err
}
