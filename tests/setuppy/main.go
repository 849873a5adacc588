// Command setuppy measures how often mach is right about a setup.py:
//
//	go run ./tests/setuppy [-pin] [-v] PROJECTS DIRECTORY
//
// It reads the sdists of the releases that PROJECTS lists, from the index that pip is configured with, and compares what
// helper/setuppy says of install_requires, extras_require and python_requires with the metadata of a wheel of the
// release, or else with what setuptools left in the sdist. Sdists are kept in DIRECTORY. It fails if an answer is wrong.
//
// -pin writes a line for PROJECTS for each project whose newest releases have one with a setup.py that says something.
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"

	"mach/helper/index"
	"mach/tests/sdists"
)

// maxSdist is the size above which an sdist is left out.
const maxSdist = 5 << 20

func main() {
	pin := flag.Bool("pin", false, "write the releases to list")
	verbose := flag.Bool("v", false, "print what is unknown, and why")
	flag.Parse()
	if flag.NArg() != 2 {
		fmt.Fprintln(os.Stderr, "usage: setuppy [-pin] [-v] PROJECTS DIRECTORY")
		os.Exit(2)
	}
	s, err := sdists.Open(flag.Arg(1), maxSdist)
	if err == nil {
		err = measure(s, flag.Arg(0), *pin, *verbose)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		if errors.Is(err, index.ErrNetwork) {
			fmt.Fprintln(os.Stderr, "hint: is this machine online? The sdists come from the index that pip is configured with")
		}
		os.Exit(3)
	}
}

var errWrong = errors.New("some answers are wrong")

func measure(s *sdists.Store, projects string, pin, verbose bool) error {
	f, err := os.Open(projects)
	if err != nil {
		return err
	}
	defer f.Close()
	total := &tally{fields: map[string]*[3]int{}}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		name, version, _ := strings.Cut(strings.TrimSpace(lines.Text()), " ")
		switch {
		case name == "" || name[0] == '#':
		case pin:
			version, err = newest(context.Background(), s, name)
			if version != "" {
				fmt.Println(name, version)
			}
		default:
			err = one(s, name, version, total, verbose)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if pin {
		return lines.Err()
	}
	if total.print(); total.wrong > 0 {
		return errWrong
	}
	return lines.Err()
}

func one(s *sdists.Store, name, version string, total *tally, verbose bool) error {
	r, err := s.Release(context.Background(), name, version)
	if err != nil {
		return err
	}
	var broken *index.Broken
	tree, err := s.Tree(context.Background(), r)
	if err == nil {
		var said []answers
		if said, err = truths(context.Background(), r, tree); err == nil {
			total.add(name+" "+version, ask(tree, name+"-"+version+"/"), said, verbose)
			return nil
		}
	}
	if errors.As(err, &broken) || errors.Is(err, sdists.ErrUnfit) {
		fmt.Printf("%s %s: left out: %v\n", name, version, err)
		return nil
	}
	return err
}
