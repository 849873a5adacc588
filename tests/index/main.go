// Command index serves a universe as an index while a command runs, with PIP_INDEX_URL set to its URL:
//
//	go run ./tests/index UNIVERSE COMMAND ARGUMENT…
//
// The first line of the file may be the words that its server takes, behind "#:". The file is read for each request: the
// command may write it anew.
package main

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"

	"mach/tests/universe"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: index UNIVERSE COMMAND ARGUMENT…")
		os.Exit(2)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, "index:", err)
		os.Exit(3)
	}
	go http.Serve(l, index(os.Args[1]))
	cmd := exec.Command(os.Args[2], os.Args[3:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), "PIP_INDEX_URL=http://"+l.Addr().String()+"/simple/")
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		fmt.Fprintln(os.Stderr, "index:", err)
		os.Exit(3)
	}
	os.Exit(cmd.ProcessState.ExitCode())
}

// index is the file of a universe.
type index string

// ServeHTTP implements http.Handler.
func (i index) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	text, err := os.ReadFile(string(i))
	var server *universe.Server
	if err == nil {
		first, _, _ := strings.Cut(string(text), "\n")
		var words []string
		if list, ok := strings.CutPrefix(first, "#:"); ok {
			words = strings.Fields(list)
		}
		server, err = universe.NewServer(string(text), words...)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	server.ServeHTTP(w, r)
}
