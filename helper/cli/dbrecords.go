package cli

import (
	"bufio"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"time"

	"mach/helper/crawl"
	"mach/helper/crawl/record"
	"mach/helper/diag"
)

// recordFlags say of when records are.
type recordFlags struct {
	Report []string `placeholder:"FILE" help:"The report of the crawl that made the records; repeatable. The day and the serial are from it, and if it was a crawl of a whole index, what that has no more is removed by an update."`
	Date   string   `placeholder:"DATE" help:"The day of the data, 2026-01-31. Default: that of --report, else today."`
	Serial int64    `placeholder:"N" help:"The serial of the index. Default: that of --report, else none, or for an update the one before."`

	told crawl.Data
}

// read reads the reports.
func (f *recordFlags) read() (*crawl.Data, error) {
	if err := checkDay(f.Date); err != nil {
		return nil, err
	}
	for _, path := range f.Report {
		if err := f.add(path); err != nil {
			return nil, err
		}
	}
	f.told.Day = cmp.Or(f.Date, f.told.Day, time.Now().UTC().Format(time.DateOnly))
	f.told.Serial = cmp.Or(f.Serial, f.told.Serial)
	return &f.told, nil
}

func (f *recordFlags) add(path string) error {
	in, err := openNamed(path)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := f.told.Add(path, in); err != nil {
		return recordsError(err)
	}
	return nil
}

// records yields the records of several files, which must be those that the reports are of.
func (f *recordFlags) records(a *app, paths []string) iter.Seq2[*record.Project, error] {
	return func(yield func(*record.Project, error) bool) {
		n := 0
		for p, err := range readRecords(a, paths) {
			n++
			if !yield(p, err) || err != nil {
				return
			}
		}
		if n == 0 && len(paths) > 0 {
			yield(nil, diag.Input("there are no records").Hint("crawl some: mach db crawl --projects requirements.txt -o records.jsonl"))
			return
		}
		if len(f.Report) > 0 && n != f.told.Records {
			yield(nil, diag.Input("there are %d records, and the reports are of %d", n, f.told.Records).
				Hint("give the records and the report of each crawl, and no others"))
		}
	}
}

// readRecords yields the records of several files, merged by name.
func readRecords(a *app, paths []string) iter.Seq2[*record.Project, error] {
	sources := make([]record.Source, len(paths))
	for i, path := range paths {
		sources[i] = record.Source{Name: path, Records: readRecordsOf(a, path)}
	}
	return func(yield func(*record.Project, error) bool) {
		for p, err := range record.Merge(sources...) {
			var twice *record.TwiceError
			if errors.As(err, &twice) {
				err = (&diag.Error{Code: diag.ExitUsage, Err: err}).Hint("crawl them together, --projects A --projects B, or leave one of the records out")
			}
			if !yield(p, err) || err != nil {
				return
			}
		}
	}
}

func readRecordsOf(a *app, path string) iter.Seq2[*record.Project, error] {
	return func(yield func(*record.Project, error) bool) {
		in, err := openRecords(a, path)
		if err != nil {
			yield(nil, err)
			return
		}
		defer in.Close()
		record.Read(path, in)(yield)
	}
}

// openRecords opens a file of records, and refuses one that is compressed, as databases are.
func openRecords(a *app, path string) (io.ReadCloser, error) {
	if path == "-" {
		return io.NopCloser(a.stdin), nil
	}
	f, err := openNamed(path)
	if err != nil {
		return nil, err
	}
	in := bufio.NewReader(f)
	for magic, command := range map[string]string{"\xfd7zXZ": "xz", "\x1f\x8b": "gzip", "\x28\xb5\x2f\xfd": "zstd"} {
		if begin, _ := in.Peek(len(magic)); string(begin) == magic {
			f.Close()
			return nil, diag.Input("%s: it is compressed, as databases are, and records are lines of JSON", path).Hint("if it is records: %s -d %s", command, path)
		}
	}
	return struct {
		io.Reader
		io.Closer
	}{in, f}, nil
}

// openNamed opens a file that the user named.
func openNamed(path string) (*os.File, error) {
	f, err := os.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, diag.Usage("%s: there is no such file", path)
	case err != nil:
		return nil, &diag.Error{Code: diag.ExitWorld, Err: err}
	}
	if info, err := f.Stat(); err != nil || info.IsDir() {
		f.Close()
		return nil, diag.Usage("%s: a directory cannot be read", path).Because(err)
	}
	return f, nil
}
