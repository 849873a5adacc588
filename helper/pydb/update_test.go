package pydb

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mach/helper/crawl/record"
	"mach/helper/release"
)

// world is an index that changes, and the database of it.
type world struct {
	r       *rand.Rand
	g       generator
	records map[string]*record.Project
	data    []byte
	opt     BuildOptions
}

func newWorld(t *testing.T, n int, seed uint64, l *layout) *world {
	w := &world{r: rand.New(rand.NewPCG(seed, 2)), records: map[string]*record.Project{}}
	w.g = generator{r: w.r}
	for _, p := range generate(n, seed) {
		w.records[p.Name] = p
		w.g.names = append(w.g.names, p.Name)
	}
	w.opt = BuildOptions{Locations: true, Date: "2026-01-01", Serial: 1, layout: l}
	w.data, _ = build(t, w.sorted(), w.opt)
	return w
}

func (w *world) sorted() (records []*record.Project) {
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for name := range w.records {
			if !yield(name) {
				return
			}
		}
	}) {
		records = append(records, w.records[name])
	}
	return records
}

// change changes some records: a new release, a file more, another project, one less.
func (w *world) change() (changed []*record.Project, removed []string) {
	for _, p := range w.sorted() {
		switch w.r.IntN(12) {
		case 0:
			c := *p
			c.Files = append(slices.Clone(p.Files), w.g.project(p.Name).Files...)
			w.records[p.Name] = &c
		case 1:
			if len(p.Files) == 0 {
				continue
			}
			c := *p
			c.Files = slices.Clone(p.Files)
			c.Files[0].Yanked = record.Yanked{Yanked: true, Reason: "because"}
			w.records[p.Name] = &c
		case 2:
			if w.r.IntN(2) == 0 {
				w.records[p.Name] = &record.Project{Name: p.Name}
				break
			}
			removed = append(removed, p.Name)
			delete(w.records, p.Name)
			continue
		case 3:
			n := w.g.project(p.Name + "-x")
			if w.records[n.Name] != nil {
				continue
			}
			w.records[n.Name] = n
			changed = append(changed, n)
			continue
		case 4: // the same
		default:
			continue
		}
		changed = append(changed, w.records[p.Name])
	}
	w.r.Shuffle(len(changed), func(i, j int) { changed[i], changed[j] = changed[j], changed[i] })
	return changed, removed
}

// After any number of updates everything is as in a database built of the records as
// they are then, and compacted it is that database. What was there before is still
// there, to the byte.
func TestUpdate(t *testing.T) {
	for name, l := range layouts {
		w := newWorld(t, 25, 3, l)
		for i := range maxUpdates + 3 {
			w.update(t, i)
			if i == 0 || i == maxUpdates-1 || i >= maxUpdates+1 {
				w.check(t, name)
			}
		}
	}
}

// update changes the index, and updates the database.
func (w *world) update(t *testing.T, i int) {
	t.Helper()
	changed, removed := w.change()
	db := openBytes(t, w.data)
	removed = slices.DeleteFunc(removed, func(name string) bool {
		_, err := db.Project(name)
		return err != nil
	})
	var b bytes.Buffer
	w.opt.Date, w.opt.Serial = fmt.Sprintf("2026-01-%02d", i+2), int64(i+2)
	done, err := db.Update(&b, all(changed), UpdateOptions{Date: w.opt.Date, Serial: w.opt.Serial, Remove: removed, layout: w.opt.layout})
	if err != nil {
		t.Fatal(err)
	}
	if done.Bytes != int64(b.Len()) {
		t.Errorf("says it wrote %d bytes of %d", done.Bytes, b.Len())
	}
	w.data = append(bytes.Clone(w.data), b.Bytes()...)
}

// check compares the database with one built anew.
func (w *world) check(t *testing.T, name string) {
	t.Helper()
	fresh, _ := build(t, w.sorted(), w.opt)
	db, want := openBytes(t, w.data), openBytes(t, fresh)
	if err := db.Verify(); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if db.info.Updates < 1 || db.info.Updates > maxUpdates {
		t.Errorf("%s: %d updates", name, db.info.Updates)
	}
	info := db.Info()
	info.Root, info.Updates = want.info.Root, 0
	if diff := cmp.Diff(want.Info(), info); diff != "" {
		t.Errorf("%s: info: %s", name, diff)
	}
	for d, err := range Diff(want, db, true) {
		if err != nil {
			t.Fatal(err)
		}
		t.Errorf("%s: different: %+v", name, d)
	}
	got, _ := answers(w.data)
	expected, _ := answers(fresh)
	if _, got, _ = strings.Cut(got, "\n"); !strings.HasSuffix(expected, "\n"+got) {
		t.Errorf("%s: other answers", name)
	}
	k, err := newPacker(w.opt)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := db.compact(&b, k); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), fresh) {
		t.Errorf("%s: compacted it is another database", name)
	}
}

// A new release of a long project does not write the files of the others again.
func TestUpdateKeepsPages(t *testing.T) {
	long := func(n int) *record.Project {
		p := &record.Project{Name: "long"}
		for i := range n {
			p.Files = append(p.Files, record.File{
				Filename: fmt.Sprintf("long-1.%d-py3-none-any.whl", i), Hashes: hash, Metadata: &record.Metadata{},
			})
		}
		return p
	}
	data, _ := build(t, []*record.Project{long(2000)}, BuildOptions{})
	var b bytes.Buffer
	if _, err := openBytes(t, data).Update(&b, all([]*record.Project{long(2001)}), UpdateOptions{}); err != nil {
		t.Fatal(err)
	}
	if b.Len() > 4000 {
		t.Errorf("%d bytes for one release more", b.Len())
	}
	p, err := openBytes(t, append(data, b.Bytes()...)).Project("long")
	if err != nil {
		t.Fatal(err)
	}
	for i, version := range p.Versions {
		files, err := p.Files(i)
		if err != nil || len(files) != 1 || files[0].Name != "long-"+version+"-py3-none-any.whl" {
			t.Fatalf("%s: %v, %v", version, files, err)
		}
	}
}

// An update that changes nothing writes nothing; one of another day writes a root.
func TestUpdateOfNothing(t *testing.T) {
	w := newWorld(t, 20, 4, &standardLayout)
	for date, most := range map[string]int{w.opt.Date: 0, "2026-01-02": 5000} {
		var b bytes.Buffer
		done, err := openBytes(t, w.data).Update(&b, all(w.sorted()), UpdateOptions{Date: date, Serial: w.opt.Serial})
		if err != nil || done.Added+done.Changed+done.Removed > 0 || b.Len() > most || most > 0 && b.Len() == 0 {
			t.Errorf("%s: wrote %d bytes, %+v, %v", date, b.Len(), done, err)
		}
		db := openBytes(t, append(bytes.Clone(w.data), b.Bytes()...))
		if err := db.Verify(); err != nil || db.info.Updates != 0 {
			t.Errorf("%s: %d updates, %v", date, db.info.Updates, err)
		}
	}
}

func TestUpdateErrors(t *testing.T) {
	w := newWorld(t, 20, 5, &standardLayout)
	one := w.sorted()[0]
	for name, test := range map[string]struct {
		records []*record.Project
		opt     UpdateOptions
		want    string
	}{
		"twice":     {[]*record.Project{one, one}, UpdateOptions{}, fmt.Sprintf("record %q: there are two of this name", one.Name)},
		"name":      {[]*record.Project{{Name: "A"}}, UpdateOptions{}, `record "A": not a normalised name, as "a" is`},
		"not there": {nil, UpdateOptions{Remove: []string{"nope"}}, `project "nope": no such project in the database`},
		"removed":   {[]*record.Project{one}, UpdateOptions{Remove: []string{one.Name}}, fmt.Sprintf("record %q: there are two of this name", one.Name)},
		"date":      {nil, UpdateOptions{Date: "x"}, `date "x": not a day like 2026-11-22`},
	} {
		_, err := openBytes(t, w.data).Update(io.Discard, all(test.records), test.opt)
		if err == nil || err.Error() != test.want {
			t.Errorf("%s: got %v, want %s", name, err, test.want)
		}
	}
	if _, err := openBytes(t, w.data).Update(io.Discard, all(nil), UpdateOptions{Remove: []string{"nope"}}); !errors.Is(err, release.ErrNotFound) {
		t.Errorf("got %v", err)
	}
}

var errFull = errors.New("no space left on device")

// After a writer's error at any write, and after a kill at any byte, the file with
// what was written so far behind it is the old database, found by its old size, or
// damaged, but never another.
func TestUpdateFails(t *testing.T) {
	w := newWorld(t, 12, 6, layouts["small"])
	changed, _ := w.change()
	update := func(to io.Writer) error {
		_, err := openBytes(t, w.data).Update(to, all(changed), UpdateOptions{Date: "2026-02-01", layout: w.opt.layout})
		return err
	}
	var whole bytes.Buffer
	if err := update(&whole); err != nil {
		t.Fatal(err)
	}
	for n := 0; ; n++ {
		f := &failAfter{left: n}
		err := update(f)
		if err == nil {
			break
		}
		if !errors.Is(err, errFull) {
			t.Fatalf("write %d: %v", n, err)
		}
	}
	want, err := answers(w.data)
	if err != nil {
		t.Fatal(err)
	}
	for n := 0; n < whole.Len(); n += 1 + whole.Len()/100 {
		torn := append(bytes.Clone(w.data), whole.Bytes()[:n]...)
		got, err := answers(torn)
		var corrupt *CorruptError
		if err == nil && got != want || err != nil && !errors.As(err, &corrupt) {
			t.Fatalf("cut after %d bytes: %v, or other answers", n, err)
		}
		if got, err := answers(torn[:len(w.data)]); err != nil || got != want {
			t.Fatalf("the old database is gone: %v", err)
		}
	}
}

// failAfter fails after so many writes.
type failAfter struct{ left int }

func (f *failAfter) Write(b []byte) (int, error) {
	if f.left--; f.left < 0 {
		return 0, errFull
	}
	return len(b), nil
}

func TestDiff(t *testing.T) {
	a := []*record.Project{single("gone", "x"), single("same", "x"), single("changed", "x"), single("more", "x")}
	b := []*record.Project{single("same", "x"), single("changed", "y"), single("more", "x"), single("new", "x")}
	b[2].Files = append(b[2].Files, record.File{Filename: "more-2.0.tar.gz", Hashes: hash, Metadata: &record.Metadata{}})
	c := []*record.Project{single("same", "x"), single("changed", "y"), single("more", "x"), single("new", "x")}
	c[0].Files[0].Size = 7
	built := func(records []*record.Project) *DB {
		data, _ := build(t, records, BuildOptions{})
		return openBytes(t, data)
	}
	diff := func(older, newer []*record.Project, files bool) (all []Difference) {
		for d, err := range Diff(built(older), built(newer), files) {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, d)
		}
		return all
	}
	for _, test := range []struct {
		name         string
		older, newer []*record.Project
		files        bool
		want         []Difference
	}{
		{"none", a, a, true, nil},
		{"all", a, b, false, []Difference{
			{Name: "changed", Changed: []string{"1.0"}},
			{Name: "gone", Only: "old", Removed: []string{"1.0"}},
			{Name: "more", Added: []string{"2.0"}},
			{Name: "new", Only: "new", Added: []string{"1.0"}},
		}},
		{"files", b, c, true, []Difference{{Name: "more", Removed: []string{"2.0"}}, {Name: "same", Changed: []string{"1.0"}}}},
		{"without files", b, c, false, []Difference{{Name: "more", Removed: []string{"2.0"}}}},
	} {
		if diff := cmp.Diff(test.want, diff(test.older, test.newer, test.files)); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}

// Compacting a database that was just built gives the same bytes.
func TestCompact(t *testing.T) {
	for name, l := range layouts {
		data, _ := build(t, generate(80, 8), BuildOptions{Locations: true, Date: "2026-01-01", layout: l})
		k, err := newPacker(BuildOptions{Locations: true, Date: "2026-01-01", layout: l})
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if _, err := openBytes(t, data).compact(&b, k); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(b.Bytes(), data) {
			t.Errorf("%s: another database", name)
		}
	}
}
