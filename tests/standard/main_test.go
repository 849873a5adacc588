package standard

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"mach/helper/cli"
)

// TestMain puts the program mach on PATH.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"mach": func() { os.Exit(cli.Main(os.Args[1:])) }})
}
