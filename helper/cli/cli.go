// Package cli is the command line of mach: one file a command, and beside those what several of them share: the flags of
// those that resolve (resolve, data, sources), what is looked at (subject, locked), files that are written (output). It
// is the only package that prints.
//
// Standard output is for results, standard error for people. The exit codes are those of package diag.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

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
	forNix         bool // lib/ runs this
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

// commands are what mach can do. Only the grammar of the one that is run is made: all of them take longer than a lock.
var commands = []struct {
	name, help string
	make       func() any
}{
	{"lock", "Resolve requirements and write a lock.", func() any { return new(lockCmd) }},
	{"tree", "Print the dependency tree of a lock or of requirements.", func() any { return new(treeCmd) }},
	{"why", "Explain why a project is there, at its version and from its provider.", func() any { return new(whyCmd) }},
	{"db", "Make and read databases of releases.", func() any { return new(dbCmd) }},
	{"check", "Check requirements, locks and fixes: all errors at once.", func() any { return new(checkCmd) }},
	{"version", "Print the version of mach.", func() any { return new(versionCmd) }},
}

// flags are those of every command.
type flags struct {
	LogLevel string `enum:"trace,debug,info,warn,error" default:"warn" env:"MACH_LOG" placeholder:"LEVEL" help:"What to log on standard error: trace, debug, info, warn, error."`
	ForNix   bool   `hidden:"" env:"MACH_FOR_NIX" help:"Say hints as arguments of lib/, which runs mach so."`
}

// grammar is that of the command that args begin with, else of all commands.
func (a *app) grammar(all *flags, args []string) (*kong.Kong, error) {
	options := []kong.Option{
		kong.Name("mach"), kong.Description("Python environments for Nix from plain requirements."),
		kong.Writers(a.stdout, a.stderr), kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}),
	}
	only := ""
	for _, c := range commands {
		if c.name == args[0] {
			only = c.name
		}
	}
	for _, c := range commands {
		if only == "" || c.name == only {
			options = append(options, kong.DynamicCommand(c.name, c.help, "", c.make()))
		}
	}
	return kong.New(all, options...)
}

// After a signal others do nothing for grace: some who send one send it twice. Later ones end what does not end by itself,
// such as the opening of a pipe; it is ended untilEnd later if none comes.
const (
	grace    = time.Second / 2
	untilEnd = 5 * time.Second
)

// Main runs mach with the arguments after the program's name and returns the exit code.
func Main(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	screen := ui.NewScreen(os.Stderr)
	interrupted := diag.World("interrupted")
	context.AfterFunc(ctx, func() {
		time.Sleep(grace)
		stop()
		time.Sleep(untilEnd)
		diag.Print(screen, interrupted, ui.Color(os.Stderr))
		os.Exit(diag.ExitCode(interrupted))
	})
	a := &app{Context: ctx, stdin: &interruptible{ctx, os.Stdin}, stdout: os.Stdout, stderr: screen, screen: screen}
	err := a.run(args)
	if err != nil && ctx.Err() != nil {
		err = interrupted
	}
	diag.Print(a.stderr, err, ui.Color(os.Stderr))
	return diag.ExitCode(err)
}

func (a *app) run(args []string) error {
	args = normal(args)
	var c flags
	parser, err := a.grammar(&c, args)
	if err != nil {
		return err
	}
	parsed, err := parser.Parse(flagsFirst(parser.Model, args))
	if err != nil {
		return usageError(err)
	}
	a.forNix = c.ForNix
	a.log = hclog.New(&hclog.LoggerOptions{Name: "mach", Level: hclog.LevelFromString(c.LogLevel), Output: a.stderr})
	a.forNix = c.ForNix
	err = parsed.Run(a)
	if c.ForNix {
		diag.Reword(err, asArguments)
	}
	return err
}

// normal puts what other programs are asked in their ways into the one that the grammar has.
func normal(args []string) []string {
	switch {
	case len(args) == 0, len(args) == 1 && args[0] == "db":
		return append(slices.Clone(args), "--help")
	case args[0] == "help":
		return append(slices.Clone(args[1:]), "--help")
	case args[0] == "--version":
		return append([]string{"version"}, args[1:]...)
	}
	return args
}

// usageError makes an error of the command line's grammar one of ours, with the help to ask for.
func usageError(err error) error {
	var printing *fs.PathError // the help
	if errors.As(err, &printing) {
		return printing
	}
	command, group := "mach", true
	var wrong *kong.ParseError
	if errors.As(err, &wrong) && wrong.Context != nil {
		for _, step := range wrong.Context.Path {
			if step.Command != nil {
				command += " " + step.Command.Name
				group = len(step.Command.Children) > 0
			}
		}
	}
	if name, ok := strings.CutPrefix(err.Error(), "unexpected argument "); ok && group {
		err = fmt.Errorf("%s has no command %s", command, name)
	}
	return (&diag.Error{Code: diag.ExitUsage, Err: err}).Hint("see %s --help", command)
}
