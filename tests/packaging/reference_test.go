//go:build packaging

package packaging

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"testing"

	"mach/helper/pep508"
	"mach/helper/tags"
)

// A question to reference.py; which fields count depends on the kind.
type question struct {
	Kind         string              `json:"kind"`
	Text         string              `json:"text"`
	Other        string              `json:"other,omitempty"`
	Versions     []string            `json:"versions,omitempty"`
	Environments []map[string]string `json:"environments,omitempty"`
	Context      string              `json:"context,omitempty"`
	Target       *tags.Target        `json:"target,omitempty"`
	Targets      []tags.Target       `json:"targets,omitempty"`
}

// A reference is a running reference.py.
type reference struct {
	in  io.Writer
	out *bufio.Scanner
}

func startReference(t *testing.T) *reference {
	t.Helper()
	cmd := exec.Command("python3", "reference.py")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	})
	r := &reference{in: in, out: bufio.NewScanner(out)}
	r.out.Buffer(nil, 64<<20)
	return r
}

// ask gives the answer to each question, with the fields of T; a refusal leaves its pointer nil.
func ask[T any](t *testing.T, r *reference, questions []question) []*T {
	t.Helper()
	go func() {
		e := json.NewEncoder(r.in)
		for _, q := range questions {
			if e.Encode(q) != nil {
				return
			}
		}
	}()
	answers := make([]*T, len(questions))
	for i := range questions {
		if !r.out.Scan() {
			t.Fatalf("reference.py ended at %+v: %v", questions[i], r.out.Err())
		}
		if err := json.Unmarshal(r.out.Bytes(), &answers[i]); err != nil {
			t.Fatalf("%+v: %v", questions[i], err)
		}
	}
	return answers
}

// variables gives an environment as packaging wants it.
func variables(e pep508.Environment, extra string) map[string]string {
	b, err := json.Marshal(e)
	if err != nil {
		panic(err)
	}
	m := map[string]string{"extra": extra}
	if err := json.Unmarshal(b, &m); err != nil {
		panic(err)
	}
	return m
}
