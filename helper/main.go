// Mach resolves Python requirements for Nix and writes them down as a lock.
package main

import (
	"os"

	"mach/helper/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:]))
}
