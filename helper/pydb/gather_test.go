package pydb

import (
	"bytes"
	"errors"
	"iter"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mach/helper/crawl/record"
)

// hash is some SHA-256.
var hash = record.Hashes{SHA256: strings.Repeat("ab", 32)}

// What cannot be packed is left out and counted.
func TestLeftOut(t *testing.T) {
	md := &record.Metadata{}
	p := &record.Project{Name: "a-b", Files: []record.File{
		{Filename: "a_b-1.0-py3-none-any.whl", Hashes: hash, Metadata: md},
		{Filename: "A_B-1.0-py3-none-any.whl", Hashes: hash},
		{Filename: "a-b-1.0.zip", Hashes: hash},
		{Filename: "a-b-1.0.tar.gz", Hashes: hash},
		{Filename: "a_b-1.0-py2.7.egg", Hashes: hash},
		{Filename: "c-1.0-py3-none-any.whl", Hashes: hash, Metadata: md},
		{Filename: "a_b-final-py3-none-any.whl", Hashes: hash, Metadata: md},
		{Filename: "a_b-1.1-py3-none-any.whl", Metadata: md},
		{Filename: "a_b-1.1-py3-none-an y.whl", Hashes: hash, Metadata: md},
		{Filename: "a_b-1.2-py3-none-any.whl", Hashes: hash},
	}}
	left := map[string]int{}
	releases := (&gatherer{left: left}).gather(p)
	want := map[string]int{notPacked: 2, badVersion: 1, badTags: 1, noHash: 1, oneSdist: 1, oneWheel: 1, noMetadata: 1}
	if diff := cmp.Diff(want, left); diff != "" {
		t.Error(diff)
	}
	var names []string
	for _, r := range releases {
		for _, f := range r.files {
			names = append(names, f.Filename)
		}
	}
	if diff := cmp.Diff([]string{"A_B-1.0-py3-none-any.whl", "a-b-1.0.tar.gz"}, names); diff != "" {
		t.Error(diff)
	}
}

// One file's metadata stands for its release; an sdist keeps what was read from it.
func TestMetadataOfRelease(t *testing.T) {
	wheel := &record.Metadata{RequiresDist: []string{"b", " a\n>=1 ", "b"}, From: record.FromWheel}
	own := &record.Metadata{RequiresDist: []string{"c"}, From: record.FromPKGInfo}
	sibling := &record.Metadata{RequiresDist: []string{"c"}, From: record.FromSiblingWheel}
	for name, test := range map[string]struct {
		wheel, sdist *record.Metadata
		want         []string
		own          *[]string
	}{
		"wheel":         {wheel, nil, []string{"a>=1", "b"}, nil},
		"sdist":         {nil, own, []string{"c"}, nil},
		"both":          {wheel, own, []string{"a>=1", "b"}, &[]string{"c"}},
		"sibling":       {wheel, sibling, []string{"a>=1", "b"}, nil},
		"sibling alone": {nil, sibling, []string{"c"}, nil},
	} {
		releases := gather(&record.Project{Name: "x", Files: []record.File{
			{Filename: "x-1.tar.gz", Hashes: hash, Metadata: test.sdist, UploadTime: "2024-02-01T00:00:00Z"},
			{Filename: "x-1-cp39-none-any.whl", Hashes: hash, UploadTime: "2024-01-01T00:00:00Z"},
			{Filename: "x-1-cp310-none-any.whl", Hashes: hash, Metadata: test.wheel, UploadTime: "nonsense"},
		}})
		r := releases[0]
		if diff := cmp.Diff(test.want, r.RequiresDist); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if diff := cmp.Diff(test.own, r.SdistRequiresDist); diff != "" {
			t.Errorf("%s: own: %s", name, diff)
		}
		if r.Uploaded != "2024-01-01" {
			t.Errorf("%s: uploaded %q", name, r.Uploaded)
		}
	}
}

// A release is yanked if all its files are.
func TestYanked(t *testing.T) {
	no, yes, why := record.Yanked{}, record.Yanked{Yanked: true}, record.Yanked{Yanked: true, Reason: "why"}
	for _, test := range []struct {
		wheel, sdist, want record.Yanked
	}{
		{no, no, no}, {yes, no, no}, {no, why, no}, {yes, yes, yes}, {yes, why, why}, {why, yes, why},
	} {
		releases := gather(&record.Project{Name: "x", Files: []record.File{
			{Filename: "x-1.tar.gz", Hashes: hash, Yanked: test.sdist, Metadata: &record.Metadata{}},
			{Filename: "x-1-py3-none-any.whl", Hashes: hash, Yanked: test.wheel},
		}})
		if r := releases[0]; r.Yanked != test.want.Yanked || r.YankedReason != test.want.Reason {
			t.Errorf("wheel %v, sdist %v: got %v %q", test.wheel, test.sdist, r.Yanked, r.YankedReason)
		}
	}
}

func TestBuildErrors(t *testing.T) {
	for name, test := range map[string]struct {
		records iter.Seq2[*record.Project, error]
		date    string
		want    string
	}{
		"name":   {all([]*record.Project{{Name: "A_b"}}), "", `record "A_b": not a normalised name, as "a-b" is`},
		"twice":  {all([]*record.Project{single("a", "x"), single("b", "x"), single("a", "y")}), "", `record "a": there are two of this name`},
		"date":   {all(nil), "yesterday", `date "yesterday": not a day like 2026-11-22`},
		"record": {record.Read("r.jsonl", strings.NewReader("{")), "", `r.jsonl:1:1: not a crawl record: unexpected end of JSON input`},
	} {
		_, err := Build(&bytes.Buffer{}, test.records, BuildOptions{Date: test.date})
		if err == nil || err.Error() != test.want {
			t.Errorf("%s: got %v, want %s", name, err, test.want)
		}
	}
	full := errors.New("disk full")
	if _, err := Build(failing{full}, all(generate(5, 1)), BuildOptions{}); !errors.Is(err, full) {
		t.Errorf("a writer's error: got %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
