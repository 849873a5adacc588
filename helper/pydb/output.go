package pydb

import (
	"crypto/sha256"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
)

// output is a database as far as it is written.
type output struct {
	*packer
	w      io.Writer
	offset int64
}

// stream is a stream to be written.
type stream struct {
	text   []byte
	store  bool
	params params
}

func (s stream) make() ([]byte, error) {
	if s.store {
		return store(s.text, checkCRC32), nil
	}
	return compress(s.text, s.params)
}

// write writes streams in their order and gives where each is. Their bytes are counted
// under a name.
func (o *output) write(count string, streams iter.Seq2[stream, error]) (pointers []pointer, err error) {
	err = inOrder(streams, func() func(stream) ([]byte, error) { return stream.make }, func(data []byte) error {
		pointers = append(pointers, pointer{o.offset, int64(len(data)), sha256.Sum256(data)})
		return o.put(count, data)
	})
	return pointers, err
}

func (o *output) put(count string, data []byte) error {
	o.stats.Bytes[count] += int64(len(data))
	o.offset += int64(len(data))
	_, err := o.w.Write(data)
	return err
}

// pages writes pages.
func (o *output) pages(lists ...*pageList) error {
	for _, l := range lists {
		pointers, err := o.write(headFiles, func(yield func(stream, error) bool) {
			for _, p := range l.pages {
				s, err := o.page(p)
				if !yield(s, err) || err != nil {
					return
				}
			}
		})
		if err != nil {
			return err
		}
		for i, at := range pointers {
			l.pages[i].at = at
		}
	}
	return nil
}

// page is the stream of a page: the rows of all sections, then their hashes.
func (o *output) page(p *filePage) (stream, error) {
	text := append([]byte(headFiles), '\n')
	var hashes []byte
	var err error
	for _, part := range p.parts {
		at := part.project.at + int64(part.project.text+part.project.days)
		for _, s := range part.project.sections[:part.section] {
			at += int64(s.rows + s.hashes)
		}
		s := part.project.sections[part.section]
		if text, err = o.spool.get(text, at, int(s.rows)); err != nil {
			return stream{}, err
		}
		if hashes, err = o.spool.get(hashes, at+int64(s.rows), int(s.hashes)); err != nil {
			return stream{}, err
		}
	}
	text = append(appendLine(text, lineHashes, ""), hashes...)
	return stream{text, p.store, params{}}, nil
}

// shards writes shards and gives their entries.
func (o *output) shards(shards []*shard, entryOf func(*shard, pointer) entry) ([]entry, error) {
	pointers, err := o.write(headReleases, func(yield func(stream, error) bool) {
		for _, s := range shards {
			text, err := o.shard(s)
			made := stream{text, s.whole, params{lc: wordsLC}}
			if s.head > 0 {
				made.params.stored = headOf(text, s.head)
			}
			if !yield(made, err) || err != nil {
				return
			}
		}
	})
	entries := make([]entry, len(pointers))
	for i, at := range pointers {
		entries[i] = entryOf(shards[i], at)
	}
	return entries, err
}

// wordsLC is what is best for releases, names and the like.
const wordsLC = 2

// shard is the text of a shard: the projects, then their days.
func (o *output) shard(s *shard) (text []byte, err error) {
	text = append(text, headReleases+"\n"...)
	var days []byte
	for _, p := range s.projects {
		if text, err = o.spool.get(text, p.at, int(p.text)); err != nil {
			return nil, err
		}
		if days, err = o.spool.get(days, p.at+int64(p.text), int(p.days)); err != nil {
			return nil, err
		}
	}
	return append(appendLine(text, lineDays, ""), days...), nil
}

// names writes lines of names and gives their entries.
func (o *output) names(names []string) ([]entry, error) {
	var first []string
	var streams []stream
	for _, name := range names {
		n := len(streams)
		if n == 0 || len(streams[n-1].text)+len(name) > o.layout.names {
			streams = append(streams, stream{text: []byte(headNames + "\n"), params: params{lc: wordsLC}})
			first = append(first, name)
			n++
		}
		streams[n-1].text = appendLine(streams[n-1].text, name, "")
	}
	pointers, err := o.write(headNames, withoutError(slices.Values(streams)))
	var list []entry
	for i, at := range pointers {
		list = append(list, pointerEntry(first[i], at))
	}
	return list, err
}

func withoutError[T any](items iter.Seq[T]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for item := range items {
			if !yield(item, nil) {
				return
			}
		}
	}
}

// entry is a line of a tree, or several that lead to one stream.
type entry struct{ key, lines string }

func pointerEntry(key string, at pointer) entry {
	return entry{key, string(append(at.append(append([]byte(key), ' ')), '\n'))}
}

// rangeEntry leads to a shard by its first name.
func rangeEntry(s *shard, at pointer) entry { return pointerEntry(s.projects[0].name, at) }

// exactEntry leads to a shard by each of its names.
func exactEntry(s *shard, at pointer) entry {
	e := rangeEntry(s, at)
	for _, p := range s.projects[1:] {
		e.lines += p.name + "\n"
	}
	return e
}

// entries gives an entry for each page, and for each place where a page begins to
// hold what the one before it does not.
func (l *pageList) entries() (list []entry) {
	var last pointer
	for _, r := range l.runs {
		at := r.kept
		if r.page != nil {
			at = r.page.at
			if at == last {
				continue
			}
		}
		list = append(list, pointerEntry(fileKey(r.project.name, r.release), at))
		last = at
		if r.page == nil {
			last = pointer{}
		}
	}
	return list
}

// fileKey is the key of the files of a project's releases from one on. It comes
// before the key of any later release, and of any later project.
func fileKey(name string, release int) string {
	if release == 0 {
		return name
	}
	return fmt.Sprintf("%s,%0*d", name, releaseDigits, release)
}

const releaseDigits = 6

// entries are those of a tree.
type entries struct {
	kind string
	list []entry
}

// trees writes the index shards of trees and gives the lines of them that stand in
// the root. Those of the last tree are written first: what is asked first then lies
// next to the root.
func (o *output) trees(trees []entries) ([]byte, error) {
	texts := make([][]byte, len(trees))
	for i, t := range slices.Backward(trees) {
		depth := 0
		for t.size() > o.layout.node {
			list, err := o.nodes(t)
			if err != nil {
				return nil, err
			}
			t.list = list
			depth++
		}
		top := ""
		for _, e := range t.list {
			top += e.lines
		}
		texts[i] = tree{kind: t.kind, depth: depth, top: node(top)}.append(nil)
	}
	return slices.Concat(texts...), nil
}

func (t entries) size() (size int) {
	for _, e := range t.list {
		size += len(e.lines)
	}
	return size
}

// nodes writes a level of index shards and gives the entries that lead to them.
func (o *output) nodes(t entries) ([]entry, error) {
	count := headIndex
	if t.kind == kindFiles {
		count = filesIndex
	}
	var streams []stream
	var first []string
	in := 0 // the last of streams
	for _, e := range t.list {
		n := len(streams)
		if n == 0 || in > 1 && len(streams[n-1].text)+len(e.lines) > o.layout.node {
			streams = append(streams, stream{text: []byte(headIndex + "\n"), store: true})
			first = append(first, e.key)
			n, in = n+1, 0
		}
		streams[n-1].text = append(streams[n-1].text, e.lines...)
		in++
	}
	pointers, err := o.write(count, withoutError(slices.Values(streams)))
	var list []entry
	for i, at := range pointers {
		list = append(list, pointerEntry(first[i], at))
	}
	return list, err
}

// root writes the root. It is stored, and it alone has a check that is strong: no
// hash elsewhere vouches for it.
func (o *output) root(info Info, trees []byte) error {
	b := appendLine(nil, headRoot, "")
	if info.Date != "" {
		b = appendLine(b, "date ", info.Date)
	}
	for _, field := range []struct {
		key   string
		value int64
	}{
		{"serial ", info.Serial},
		{"projects ", int64(info.Projects)},
		{"releases ", int64(info.Releases)},
		{"files ", int64(info.Files)},
		{"updates ", int64(info.Updates)},
	} {
		b = appendLine(b, field.key, strconv.FormatInt(field.value, 10))
	}
	locations := "no"
	if info.Locations {
		locations = "yes"
	}
	b = append(appendLine(b, "locations ", locations), trees...)
	return o.put(headRoot, store(b, checkSHA256))
}
