package record

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"mach/tests/fuzzing"
)

const flask = `{"meta":{"api-version":"1.1","_last-serial":7},"name":"flask","versions":["3.0.0"],"files":[` +
	`{"filename":"flask-3.0.0-py3-none-any.whl","hashes":{"sha256":"ab"},"requires-python":">=3.8","size":99,` +
	`"upload-time":"2023-09-30T14:36:12Z","yanked":"broken & <bad>","url":"packages/ab/flask-3.0.0-py3-none-any.whl",` +
	`"_metadata":{"requires-dist":["click>=8"],"from":"metadata"}}]}` + "\n"

// A record that is read and written again is the same line, so a crawl can be resumed.
func TestRoundTrip(t *testing.T) {
	var b bytes.Buffer
	w := NewWriter(&b)
	for p, err := range Read("r", strings.NewReader(flask+"\n"+flask[:len(flask)-1])) {
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Write(p); err != nil {
			t.Fatal(err)
		}
	}
	if got := b.String(); got != flask+flask {
		t.Errorf("got\n%swant\n%s", got, flask+flask)
	}
}

func TestYanked(t *testing.T) {
	for in, want := range map[string]Yanked{
		`false`: {}, `true`: {Yanked: true}, `"why"`: {Yanked: true, Reason: "why"},
		`""`: {}, `null`: {},
	} {
		line := `{"name":"x","files":[{"filename":"x","yanked":` + in + `}]}`
		for p, err := range Read("r", strings.NewReader(line)) {
			if err != nil {
				t.Fatal(err)
			}
			if got := p.Files[0].Yanked; got != want {
				t.Errorf("yanked %s: got %+v, want %+v", in, got, want)
			}
		}
	}
}

// Every error says in which line it is, and nothing follows it.
func TestErrors(t *testing.T) {
	for name, test := range map[string]struct {
		in   io.Reader
		want string
	}{
		"syntax":  {strings.NewReader(flask + "\n{\n" + flask), `a.jsonl:3:2: not a crawl record: unexpected end of JSON input`},
		"no name": {strings.NewReader("{}\n"), `a.jsonl:1: not a crawl record: no name`},
		"yanked":  {strings.NewReader(`{"name":"x","files":[{"yanked":3}]}`), `a.jsonl:1: not a crawl record: yanked: neither`},
		"kind":    {strings.NewReader(`{"name":["x"]}`), `a.jsonl:1:9: not a crawl record: "name" cannot be a JSON array`},
		"reading": {iotest.ErrReader(errors.New("disk")), `a.jsonl:1: disk`},
	} {
		var last error
		for _, err := range Read("a.jsonl", test.in) {
			if last != nil {
				t.Errorf("%s: something follows the error", name)
			}
			last = err
		}
		if last == nil || !strings.HasPrefix(last.Error(), test.want) {
			t.Errorf("%s: got %v, want %s…", name, last, test.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(flask + "\n" + flask))
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzzing.Watch(t, len(data))()
		for _, err := range Read("x", bytes.NewReader(data)) {
			if err != nil {
				_ = err.Error()
			}
		}
	})
}
