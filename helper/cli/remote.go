package cli

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"mach/helper/diag"
	"mach/helper/index"
	"mach/helper/inputs"
	"mach/helper/lock"
	"mach/helper/pydb"
	"mach/helper/remote"
)

// openURL opens a database on a server, as it is now.
func openURL(a *app, text string) (*remote.Database, error) {
	place, err := remotePlace(text)
	if err != nil {
		return nil, err
	}
	return remote.Open(place, remote.Options{Context: a, Transport: plainTransport(a)})
}

// plainTransport is the transport of commands that have no options for it.
func plainTransport(a *app) *index.Transport {
	f := &sourceFlags{Refresh: true}
	return index.NewTransport(f.transport(a, &inputs.Options{}))
}

// verifyURL reads all of a database on a server.
func verifyURL(a *app, text string) error {
	place, err := remotePlace(text)
	if err != nil {
		return err
	}
	t := plainTransport(a)
	defer showReading(a, t)()
	db, err := remote.Open(place, remote.Options{Context: a, Transport: t})
	if err != nil {
		return err
	}
	return db.Verify()
}

// openRemote is openURL for a resolution. What closes the database is in o.
func (f *sourceFlags) openRemote(a *app, o *origin, said *inputs.Options) (*pydb.DB, error) {
	place, err := remotePlace(f.DB)
	if err != nil {
		return nil, err
	}
	t := index.NewTransport(f.transport(a, said))
	o.close = showReading(a, t)
	db, err := remote.Open(place, remote.Options{Context: a, Transport: t, TrustedHosts: f.TrustedHost, Anew: f.anew})
	if err != nil {
		o.close()
		return nil, err
	}
	o.Live = true
	return db.DB, nil
}

// showReading shows how far reading is, until stop is called.
func showReading(a *app, t *index.Transport) (stop func()) {
	began := time.Now()
	hide := a.screen.Progress(func() string {
		s := t.Stats()
		return fmt.Sprintf("reading the database: %d requests, %s", s.Requests, size(s.Bytes))
	})
	return func() {
		hide()
		s := t.Stats()
		a.log.Debug("read", "requests", s.Requests, "bytes", s.Bytes, "took", time.Since(began).Round(time.Millisecond))
	}
}

func remotePlace(text string) (remote.Place, error) {
	place, err := remote.ParsePlace(text)
	if err != nil {
		return place, diag.Usage("database %q", withoutUser(text)).Because(err).Hint("--db https://index.example/pypi.xz, or pinned: --db 'https://index.example/pypi.xz#sha256=HEX,size=BYTES'")
	}
	return place, nil
}

// withoutUser leaves credentials out of what may be a URL.
func withoutUser(text string) string {
	scheme, rest, ok := strings.Cut(text, "://")
	if !ok {
		return text
	}
	authority, _, _ := strings.Cut(rest, "/")
	if i := strings.LastIndexByte(authority, '@'); i >= 0 {
		rest = rest[i+1:]
	}
	return scheme + "://" + rest
}

// forNix is a place as an argument of mkPython.
func forNix(p remote.Place) string {
	url, _, _ := strings.Cut(p.String(), "#")
	return fmt.Sprintf("db = { url = %q; hash = %q; size = %d; };", url, p.Root, p.Size)
}

// changed says whether a remote database was written anew while it was read, so that another try may do.
func (f *sourceFlags) changed(err error) bool {
	var wrong *remote.Wrong
	return errors.As(err, &wrong) && !wrong.Pinned && !f.Offline
}

// newer warns of data that is older than what the lock was made with: a mirror lags, or somebody wants back what was
// withdrawn since then.
func (e *earlier) newer(found *lock.Lock) (warnings []string) {
	if e == nil || e.read == nil {
		return nil
	}
	old := e.skimmed
	if old == nil {
		var err error
		if old, err = e.read(); err != nil {
			return nil // it is told elsewhere
		}
	}
	if before, now := old.Tool.Mach, found.Tool.Mach; before != nil && now.Database != "" && now.DatabaseDate < before.DatabaseDate {
		return []string{fmt.Sprintf("the database is of %s, and that of the lock was of %s", now.DatabaseDate, before.DatabaseDate)}
	}
	return nil
}
