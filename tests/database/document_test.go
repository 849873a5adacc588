package database

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/rogpeppe/go-internal/txtar"

	"mach/helper/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"mach": func() { os.Exit(cli.Main(os.Args[1:])) }})
}

// What docs/database.md shows is so: each command prints what stands below it.
func TestDocument(t *testing.T) {
	for _, program := range []string{"sh", "xz", "od", "sha256sum"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip(err)
		}
	}
	text, err := os.ReadFile("../../docs/database.md")
	if err != nil {
		t.Fatal(err)
	}
	script := filepath.Join(t.TempDir(), "document.txtar")
	if err := os.WriteFile(script, txtar.Format(sessions(string(text))), 0o600); err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{Files: []string{script}})
}

// sessions makes a script of the fenced blocks of a document:
//
//	jsonl NAME  a file
//	console     commands, each after "$ ", and what they print
//	text        more of what the last command prints
func sessions(document string) *txtar.Archive {
	a := &txtar.Archive{}
	kind := "" // of the block; "" is none
	for line := range strings.Lines(document) {
		fence, isFence := strings.CutPrefix(line, "```")
		word, name, _ := strings.Cut(strings.TrimSpace(fence), " ")
		command, isCommand := strings.CutPrefix(line, "$ ")
		switch {
		case isFence:
			if kind = word; name != "" {
				a.Files = append(a.Files, txtar.File{Name: name})
			}
		case kind == "console" && isCommand:
			printed := fmt.Sprintf("printed-%d", len(a.Files))
			a.Comment = fmt.Appendf(a.Comment, "exec sh -c '%s'\ncmp stdout %s\n", strings.TrimSpace(strings.ReplaceAll(command, "'", "''")), printed)
			a.Files = append(a.Files, txtar.File{Name: printed})
		case kind == "jsonl" || kind == "console" || kind == "text":
			last := &a.Files[len(a.Files)-1]
			last.Data = append(last.Data, line...)
		}
	}
	return a
}
