package crawl

import (
	"strings"
	"testing"
)

// What reports say: the oldest day, the lowest serial, and what is gone. A project that was not read is not gone, nor is
// one of a part of which there is no report.
func TestData(t *testing.T) {
	d := new(Data)
	for name, text := range map[string]string{
		"1": `{"began": "2026-02-02T00:00:00Z", "index": "i", "serial": 9, "all": true, "shard": "1/3", "projects": 5, "empty": 1, "problems": []}`,
		"2": `{"began": "2026-02-01T23:59:59Z", "index": "i", "serial": 8, "all": true, "shard": "3/3", "projects": 7, "problems": [
			{"project": "tall", "why": "failed", "text": "t"}, {"project": "calm", "version": "1", "why": "failed", "text": "t"},
			{"project": "more", "why": "absent", "text": "t"}]}`,
	} {
		if err := d.Add(name, strings.NewReader(text)); err != nil {
			t.Fatal(err)
		}
	}
	if d.Day != "2026-02-01" || d.Serial != 8 || d.Records != 13 || d.Whole() {
		t.Errorf("got %+v", d)
	}
	for name, want := range map[string]bool{
		"grown": true, "late": false, // of the parts 1 and 2
		"ripe": true, "tall": false, "calm": true, "more": true, // of the part 3
	} {
		if d.Gone(name) != want {
			t.Errorf("%s: gone is %t", name, !want)
		}
	}
	for text, want := range map[string]string{
		`{"began": "2026-02-02T00:00:00Z", "index": "i", "all": true, "shard": "3/3"}`: "x: of the shard 3/3, as another report",
		`{"began": "2026-02-02T00:00:00Z", "index": "i", "all": true, "shard": "3/4"}`: "x: of the shard 3/4, and another report is of one of 3",
		`{"began": "2026-02-02T00:00:00Z", "index": "i", "all": true}`:                 `x: "" is not a shard`,
		`{"name": "flask"}`: "x: not a report of a crawl: it does not say when",
		`[]`:                "x: not a report of a crawl: json",
	} {
		if err := d.Add("x", strings.NewReader(text)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: got %v", text, err)
		}
	}
	closure := new(Data)
	if err := closure.Add("x", strings.NewReader(`{"began": "2026-02-02T00:00:00Z", "index": "i", "projects": 3}`)); err != nil || closure.Gone("ripe") || closure.Records != 3 {
		t.Errorf("%v, %+v", err, closure)
	}
	if err := d.Add("2", strings.NewReader(`{"began": "2026-02-03T00:00:00Z", "index": "i", "all": true, "shard": "2/3"}`)); err != nil || !d.Whole() || !d.Gone("late") {
		t.Errorf("%v, %+v", err, d)
	}
}
