package index

import (
	"context"
	"errors"
	"net/http"
)

// maxText bounds a text that is of no index.
const maxText = 16 << 20

// ReadText reads a text that is of no index, as a file of requirements is. It is asked for again when it is no longer
// fresh.
func (t *Transport) ReadText(ctx context.Context, url string) ([]byte, error) {
	e, err := t.Client(Index{}).answer(ctx, kindText, url, http.Header{}, func(resp *http.Response) (*entry, error) {
		if resp.StatusCode == http.StatusNotModified {
			return nil, errUnchanged
		}
		body, err := readBounded(resp.Body, maxText)
		if err != nil {
			return nil, err
		}
		return newEntry(text(body), nil), nil
	})
	switch {
	case errors.Is(err, ErrNotFound):
		return nil, diagAt(redact(url), ErrNotFound)
	case err != nil:
		return nil, err
	}
	return []byte(e.head), nil
}
