package remote

import (
	"crypto/sha256"
	"encoding/hex"

	"mach/helper/index"
	"mach/helper/pydb"
)

const (
	// maxBack is how many bytes of a file's end are looked through for a former root: some updates of a whole index.
	maxBack = 16 << 20
	// backStep is how many of them are asked for at a time.
	backStep = 1 << 20
)

// rewind goes back to the end that the file had when its root was the pinned one, which updates leave where it is: each
// stream says at its end how long it is. Only a pin without a size takes this. If there is no such root it is other.
func (f *file) rewind(other *otherError) error {
	b := backwards{f, f.end}
	end := f.size
	for end > max(0, f.size-maxBack) {
		data, err := b.before(end, pydb.MinTail)
		if err != nil {
			return err
		}
		size, isRoot, err := pydb.LastStream(data)
		if err != nil || size > end {
			break // it is no stream of a database that lies there
		}
		if isRoot {
			root, err := b.before(end, size)
			if err != nil {
				return err
			}
			if sum := sha256.Sum256(root); hex.EncodeToString(sum[:]) == f.place.Root {
				f.place.Size = end
				f.begin(&index.Part{Start: end - size, Data: root, Tag: f.tag})
				return nil
			}
		}
		end -= size
	}
	other.more = f.size-end >= maxBack
	return other
}

// backwards reads a file from its end on.
type backwards struct {
	f *file
	span
}

// before is the n bytes before an offset, or as many as there are.
func (b *backwards) before(end, n int64) ([]byte, error) {
	from := max(0, end-n)
	if data := b.cut(from, end); data != nil {
		return data, nil
	}
	start := max(0, from-backStep)
	p, err := b.f.part(start, end)
	if err != nil {
		return nil, err
	}
	b.span = span{p.Start, p.Data}
	data := b.cut(from, end)
	if data == nil {
		return nil, &Wrong{Offset: start, Size: end - start, Other: true, Pinned: true, Changed: p.Size < b.f.size}
	}
	return data, nil
}
