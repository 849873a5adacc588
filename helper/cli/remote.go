package cli

import (
	"errors"
	"fmt"
	"time"

	"mach/helper/diag"
	"mach/helper/index"
	"mach/helper/inputs"
	"mach/helper/lock"
	"mach/helper/pydb"
	"mach/helper/remote"
)

// openURL opens a database on a server.
func openURL(a *app, text string) (*remote.Database, error) {
	place, err := remotePlace(text)
	if err != nil {
		return nil, err
	}
	t := index.NewTransport(index.Options{Version: version, Cache: index.CacheDir()})
	return remote.Open(place, remote.Options{Context: a, Transport: t})
}

// openRemote is openURL for a resolution, which may show how far it is. What closes the database is in o.
func (f *sourceFlags) openRemote(a *app, o *origin, said *inputs.Options) (*pydb.DB, error) {
	place, err := remotePlace(f.DB)
	if err != nil {
		return nil, err
	}
	t := index.NewTransport(f.transport(a, said))
	began := time.Now()
	stop := a.screen.Progress(func() string {
		s := t.Stats()
		return fmt.Sprintf("reading the database: %d requests, %s", s.Requests, size(s.Bytes))
	})
	o.close = func() {
		stop()
		s := t.Stats()
		a.log.Debug("read", "requests", s.Requests, "bytes", s.Bytes, "took", time.Since(began).Round(time.Millisecond))
	}
	db, err := remote.Open(place, remote.Options{Context: a, Transport: t, TrustedHosts: f.TrustedHost, Anew: f.anew})
	if err != nil {
		o.close()
		return nil, err
	}
	o.Live = true
	return db.DB, nil
}

func remotePlace(text string) (remote.Place, error) {
	place, err := remote.ParsePlace(text)
	if err != nil {
		return place, diag.Usage("database %q: %v", text, err).Hint("--db https://index.example/pypi.xz, or pinned: --db 'https://index.example/pypi.xz#sha256=HEX,size=BYTES'")
	}
	return place, nil
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
