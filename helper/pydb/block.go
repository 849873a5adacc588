package pydb

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
)

// Blocks is what a reader that New is given may be as well: it is asked for each stream
// by its hash, so that it can keep streams, and answers with just that or an error.
type Blocks interface {
	Block(offset, size int64, sum [sha256.Size]byte) ([]byte, error)
}

// block gives the bytes of the stream at p, whose hash is right.
func (db *DB) block(p pointer) ([]byte, error) {
	if p.offset > db.size-p.size {
		return nil, db.corrupt(p.offset, damaged("a stream of %d bytes should be here, past the end of the file", p.size))
	}
	if far, ok := db.file.(Blocks); ok {
		return far.Block(p.offset, p.size, p.sum)
	}
	data := make([]byte, p.size)
	if _, err := db.file.ReadAt(data, p.offset); errors.Is(err, io.EOF) {
		return nil, db.corrupt(p.offset, damaged("the file ends"))
	} else if err != nil {
		return nil, fmt.Errorf("%s: %w", db.path, err)
	}
	if sha256.Sum256(data) != p.sum {
		return nil, db.corrupt(p.offset, damaged("the SHA-256 of %d bytes is not %s", p.size, hex.EncodeToString(p.sum[:])))
	}
	return data, nil
}
