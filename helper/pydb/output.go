package pydb

import (
	"crypto/sha256"
	"io"
	"iter"
	"runtime"
	"slices"
	"strconv"
)

// output is a database as far as it is written.
type output struct {
	w      io.Writer
	offset int64
	layout *layout
	stats  *Stats
}

// entry is a line of a node.
type entry struct {
	name string
	at   pointer
}

// database writes everything: pages, shards, names, index shards, root. What is read
// most comes last, so that a remote reader gets it with the root.
func (o *output) database(projects []*project, opt BuildOptions) error {
	sections := o.layout.arrange(projects)
	for _, s := range sections {
		if err := o.pages(s); err != nil {
			return err
		}
	}
	kinds := [...]string{kindGroup, kindAlone, kindAlone}
	var entries [len(kinds)][]entry
	for i, s := range sections {
		var err error
		if entries[i], err = o.shards(s); err != nil {
			return err
		}
	}
	trees, err := o.names(projects)
	if err != nil {
		return err
	}
	for i, kind := range kinds {
		t, err := o.tree(kind, entries[i])
		if err != nil {
			return err
		}
		trees = append(t, trees...)
	}
	return o.root(opt, trees)
}

// stream is a stream to be written.
type stream struct {
	text  []byte // after its first line
	store bool
	lc    literalBits
}

// make makes the xz stream, whose text begins with the line head.
func (s stream) make(head string) ([]byte, error) {
	text := append(appendLine(make([]byte, 0, len(head)+1+len(s.text)), head, ""), s.text...)
	if s.store {
		return store(text, checkCRC32), nil
	}
	return compress(text, s.lc)
}

// write writes streams in their order and gives where each is. Several are made at
// a time.
func (o *output) write(head string, streams iter.Seq[stream]) ([]pointer, error) {
	type made struct {
		data []byte
		err  error
	}
	queue := make(chan chan made, runtime.GOMAXPROCS(0))
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		defer close(queue)
		for s := range streams {
			c := make(chan made, 1)
			select {
			case queue <- c:
			case <-stop:
				return
			}
			go func() {
				data, err := s.make(head)
				c <- made{data, err}
			}()
		}
	}()
	var pointers []pointer
	for c := range queue {
		m := <-c
		if m.err != nil {
			return nil, m.err
		}
		if _, err := o.w.Write(m.data); err != nil {
			return nil, err
		}
		o.stats.Bytes[head] += int64(len(m.data))
		pointers = append(pointers, pointer{o.offset, int64(len(m.data)), sha256.Sum256(m.data)})
		o.offset += int64(len(m.data))
	}
	return pointers, nil
}

// pages writes the pages of shards.
func (o *output) pages(shards []*shard) error {
	var all []*filePage
	for _, s := range shards {
		all = append(all, s.pages...)
	}
	pointers, err := o.write(headFiles, func(yield func(stream) bool) {
		for _, p := range all {
			if !yield(stream{p.text, p.store, forHashes}) {
				return
			}
		}
	})
	for i := range pointers {
		all[i].at = pointers[i]
	}
	return err
}

// shards writes shards, whose pages are written, and gives their entries.
func (o *output) shards(shards []*shard) ([]entry, error) {
	pointers, err := o.write(headReleases, func(yield func(stream) bool) {
		for _, s := range shards {
			if !yield(stream{s.text(), s.store, forWords}) {
				return
			}
		}
	})
	entries := make([]entry, len(pointers))
	for i := range pointers {
		entries[i] = entry{shards[i].projects[0].name, pointers[i]}
	}
	return entries, err
}

// names writes the names of projects and their tree.
func (o *output) names(projects []*project) ([]byte, error) {
	var texts []stream
	var first []string
	for _, p := range projects {
		n := len(texts)
		if n == 0 || len(texts[n-1].text)+len(p.name) > o.layout.names {
			texts, first = append(texts, stream{lc: forWords}), append(first, p.name)
			n++
		}
		texts[n-1].text = appendLine(texts[n-1].text, p.name, "")
	}
	pointers, err := o.write(headNames, slices.Values(texts))
	if err != nil {
		return nil, err
	}
	entries := make([]entry, len(pointers))
	for i := range pointers {
		entries[i] = entry{first[i], pointers[i]}
	}
	return o.tree(kindNames, entries)
}

// tree writes the index shards of a tree and gives the lines of it that stand in the
// root.
func (o *output) tree(kind string, entries []entry) ([]byte, error) {
	depth := 0
	for ; len(entries) > o.layout.fanout; depth++ {
		parts := slices.Collect(slices.Chunk(entries, o.layout.fanout))
		pointers, err := o.write(headIndex, func(yield func(stream) bool) {
			for _, part := range parts {
				if !yield(stream{text: appendEntries(nil, part), store: true}) {
					return
				}
			}
		})
		if err != nil {
			return nil, err
		}
		entries = nil
		for i, p := range pointers {
			entries = append(entries, entry{parts[i][0].name, p})
		}
	}
	b := strconv.AppendInt(append(append([]byte("="), kind...), ' '), int64(depth), 10)
	return appendEntries(append(b, '\n'), entries), nil
}

func appendEntries(b []byte, entries []entry) []byte {
	for _, e := range entries {
		b = append(append(b, e.name...), ' ')
		b = append(e.at.append(b), '\n')
	}
	return b
}

// root writes the root. It is stored, and it alone has a check that is strong: no
// hash elsewhere vouches for it.
func (o *output) root(opt BuildOptions, trees []byte) error {
	b := appendLine(nil, headRoot, "")
	if opt.Date != "" {
		b = appendLine(b, "date ", opt.Date)
	}
	for _, field := range []struct {
		key   string
		value int64
	}{
		{"serial ", opt.Serial},
		{"projects ", int64(o.stats.Projects)},
		{"releases ", int64(o.stats.Releases)},
		{"files ", int64(o.stats.Files)},
	} {
		b = appendLine(b, field.key, strconv.FormatInt(field.value, 10))
	}
	locations := "no"
	if opt.Locations {
		locations = "yes"
	}
	b = append(appendLine(b, "locations ", locations), trees...)
	data := store(b, checkSHA256)
	o.stats.Bytes[headRoot] += int64(len(data))
	_, err := o.w.Write(data)
	return err
}
