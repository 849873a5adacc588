// Package cli is the command line of mach: one file a command. It is the only package that prints.
//
// Standard output is for results, standard error for people. The exit codes are those of package diag.
package cli

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
	"github.com/hashicorp/go-hclog"

	"mach/helper/diag"
	"mach/helper/ui"
)

// app is what every command gets: where it prints, and when to stop.
type app struct {
	context.Context
	stdin          io.Reader
	stdout, stderr io.Writer
	screen         *ui.Screen // what stderr writes to
	log            hclog.Logger
}

// interruptible is a reader whose pending read ends with the context, as one of a terminal does not.
type interruptible struct {
	context.Context
	in io.Reader
}

// Read implements io.Reader. After an interrupt the reader must not be used again.
func (r *interruptible) Read(p []byte) (int, error) {
	buffer := make([]byte, len(p)) // p is the caller's again after an interrupt
	var n int
	var err error
	done := make(chan struct{})
	go func() {
		n, err = r.in.Read(buffer)
		close(done)
	}()
	select {
	case <-done:
		return copy(p, buffer[:n]), err
	case <-r.Done():
		return 0, r.Err()
	}
}

type commands struct {
	Lock    lockCmd    `cmd:"" help:"Resolve requirements and write a lock."`
	Tree    treeCmd    `cmd:"" help:"Print the dependency tree of a lock or of requirements."`
	Why     whyCmd     `cmd:"" help:"Explain why a project is there, at its version and from its provider."`
	DB      dbCmd      `cmd:"" name:"db" help:"Make and read databases of releases."`
	Version versionCmd `cmd:"" help:"Print the version of mach."`

	LogLevel string `enum:"trace,debug,info,warn,error" default:"warn" env:"MACH_LOG" placeholder:"LEVEL" help:"What to log on standard error: trace, debug, info, warn, error."`
}

// Main runs mach with the arguments after the program's name and returns the exit code.
func Main(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	screen := ui.NewScreen(os.Stderr)
	a := &app{Context: ctx, stdin: &interruptible{ctx, os.Stdin}, stdout: os.Stdout, stderr: screen, screen: screen}
	err := a.run(args)
	if err != nil && ctx.Err() != nil {
		err = diag.World("interrupted")
	}
	diag.Print(a.stderr, err, ui.Color(os.Stderr))
	return diag.ExitCode(err)
}

func (a *app) run(args []string) error {
	var c commands
	parser, err := kong.New(&c, kong.Name("mach"), kong.Description("Python environments for Nix from plain requirements."),
		kong.Writers(a.stdout, a.stderr), kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}))
	if err != nil {
		return err
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		return usageError(err)
	}
	a.log = hclog.New(&hclog.LoggerOptions{Name: "mach", Level: hclog.LevelFromString(c.LogLevel), Output: a.stderr})
	return parsed.Run(a)
}

// usageError makes an error of the command line's grammar one of ours, with the help to ask for.
func usageError(err error) error {
	help := "mach --help"
	var printing *fs.PathError // the help
	if errors.As(err, &printing) {
		return printing
	}
	var wrong *kong.ParseError
	if errors.As(err, &wrong) && wrong.Context != nil {
		if command := strings.Fields(wrong.Context.Command()); len(command) > 0 {
			words := []string{"mach"}
			for _, w := range command {
				if !strings.HasPrefix(w, "<") {
					words = append(words, w)
				}
			}
			help = strings.Join(append(words, "--help"), " ")
		}
	}
	return diag.Usage("%v", err).Hint("see %s", help)
}
