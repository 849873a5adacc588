package index

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"mach/helper/diag"
)

// What a caller may branch on. Every error of a Client that has one of these causes wraps it.
var (
	ErrNotFound = errors.New("not found")                                   // the index has no such project or file
	ErrRefused  = errors.New("the server refuses")                          // it answers 401 or 403
	ErrBudget   = errors.New("all requests that were allowed are spent")    // Options.MaxRequests
	ErrOffline  = errors.New("offline, and it is not in the cache")         // Options.Offline
	ErrNoRanges = errors.New("the server does not serve parts of files")    // it sends the whole of a large file, or 416
	ErrNetwork  = errors.New("no connection (offline, or a proxy missing)") // name, route, or handshake
)

// Broken is the error of a file that could be asked for and is no good: another hash than the page states, no zip
// file, no metadata in it. Asking again is of no use, and other files are not concerned.
type Broken struct{ Reason string }

// Error is the reason.
func (e *Broken) Error() string { return e.Reason }

func broken(format string, args ...any) error { return &Broken{fmt.Sprintf(format, args...)} }

// shortError is a file that ends before a range that was asked for. Some servers say so of the last bytes of a file too,
// if more are asked for than it has.
type shortError struct{ size int64 }

func (e *shortError) Error() string { return fmt.Sprintf("the file has only %d bytes", e.size) }
func (e *shortError) Unwrap() error { return ErrNoRanges }

// statusError is an answer whose status is not one of success.
func (c *Client) statusError(resp *http.Response) error {
	switch code := resp.StatusCode; code {
	case http.StatusNotFound, http.StatusGone:
		return ErrNotFound
	case http.StatusUnauthorized, http.StatusForbidden:
		return c.refused(resp)
	case http.StatusRequestedRangeNotSatisfiable:
		size, err := strconv.ParseInt(strings.TrimPrefix(resp.Header.Get("Content-Range"), "bytes */"), 10, 64)
		if err != nil {
			return ErrNoRanges
		}
		return &shortError{size}
	case http.StatusNotImplemented:
		return ErrNoRanges
	case http.StatusProxyAuthRequired:
		e := diag.World("the proxy asks for a user and a password (%s)", resp.Status)
		return e.Hint("put them into the proxy's URL, as in HTTPS_PROXY=http://user:password@proxy.example:3128")
	case http.StatusTooManyRequests:
		if wait := resp.Header.Get("Retry-After"); wait != "" {
			return fmt.Errorf("the server answers %s, and wants the next request after %q", resp.Status, wait)
		}
	}
	return diag.World("the server answers %s", resp.Status).Hint("try again later, or name another index: --index-url URL")
}

// refused says which credentials were not enough, and where others can be given.
func (c *Client) refused(resp *http.Response) error {
	host := resp.Request.URL.Hostname()
	cred, ok := c.credentials(resp.Request.URL)
	sent := "no credentials were sent"
	switch {
	case ok && cred.password == "":
		sent = "it was sent the token of " + cred.source
	case ok:
		sent = fmt.Sprintf("it was sent user %q and the password of %s", cred.user, cred.source)
	}
	e := &diag.Error{Code: diag.ExitWorld, Err: fmt.Errorf("%w with %s: %s (the index is named by %s)", ErrRefused, resp.Status, sent, c.index.Source)}
	return e.Hint("put a line into %s: machine %s login USER password PASSWORD", netrcPath(), host)
}

// plain is the cause of a failed request without the URL that net/http puts before it, which may have credentials.
func plain(err error) error {
	var wrapped *url.Error
	for errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	var cert *tls.CertificateVerificationError
	if errors.As(err, &cert) {
		e := &diag.Error{Code: diag.ExitWorld, Err: err}
		return e.Hint("set SSL_CERT_FILE to a bundle that has the certificate of who signs in your network, or if the host is to be trusted without, give --trusted-host HOST")
	}
	var op *net.OpError
	if errors.As(err, &op) {
		return fmt.Errorf("%w: %w", ErrNetwork, err)
	}
	return err
}

// redact leaves out what a URL, even a broken one, may have of credentials: the user, the password, and the query.
func redact(rawURL string) string {
	rawURL, _, query := strings.Cut(rawURL, "?")
	if at := strings.LastIndexByte(rawURL, '@'); at >= 0 {
		if scheme := strings.Index(rawURL[:at], "://"); scheme >= 0 {
			rawURL = rawURL[:scheme+3] + rawURL[at+1:]
		} else {
			rawURL = rawURL[at+1:]
		}
	}
	if query {
		rawURL += "?…"
	}
	return rawURL
}
