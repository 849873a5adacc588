package remote

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Place says where a database lies, and which it must be.
type Place struct {
	URL  string // may have credentials
	Root string // the SHA-256 of the root in hex; "" is any
	Size int64  // where the root ends in the file; 0 is its end
}

// IsURL says whether what a user gave is a place on a server and no file.
func IsURL(text string) bool { return strings.Contains(text, "://") }

// ParsePlace reads a place.
func ParsePlace(text string) (p Place, err error) {
	var pin string
	var pinned bool
	p.URL, pin, pinned = strings.Cut(text, "#")
	u, err := url.Parse(p.URL)
	var wrong *url.Error // has the whole URL, and so credentials
	switch {
	case errors.As(err, &wrong):
		return p, fmt.Errorf("it is no URL: %w", wrong.Err)
	case u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return p, errors.New("it is no http or https URL")
	}
	if !pinned {
		return p, nil
	}
	hash, size, sized := strings.Cut(pin, ",")
	if p.Root, err = parseHash(hash); err != nil {
		return p, err
	}
	if sized {
		digits, ok := strings.CutPrefix(size, "size=")
		if p.Size, err = strconv.ParseInt(digits, 10, 64); err != nil || !ok || p.Size <= 0 {
			return p, fmt.Errorf("%q is no size=BYTES", size)
		}
	}
	return p, nil
}

// parseHash reads a SHA-256 in one of its two spellings.
func parseHash(text string) (string, error) {
	var sum []byte
	var err error
	if digits, ok := strings.CutPrefix(text, "sha256="); ok {
		sum, err = hex.DecodeString(digits)
	} else if digits, ok := strings.CutPrefix(text, "sha256-"); ok {
		sum, err = base64.RawStdEncoding.DecodeString(strings.TrimRight(digits, "="))
	}
	if err != nil || len(sum) != sha256.Size {
		return "", fmt.Errorf("%q is no sha256=HEX", text)
	}
	return hex.EncodeToString(sum), nil
}

// String is the place as ParsePlace reads it, without credentials.
func (p Place) String() string {
	text := p.URL
	if u, err := url.Parse(text); err == nil {
		u.User = nil
		text = u.String()
	}
	if p.Root != "" {
		text += "#sha256=" + p.Root
	}
	if p.Size > 0 {
		text += ",size=" + strconv.FormatInt(p.Size, 10)
	}
	return text
}

// isSafe says whether somebody vouches for what comes from there: a hash, a certificate, or the user.
func (p Place) isSafe(trusted []string) bool {
	u, err := url.Parse(p.URL)
	if err != nil {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return p.Root != "" || u.Scheme == "https" || u.Hostname() == "localhost" || ip != nil && ip.IsLoopback() ||
		slices.Contains(trusted, u.Hostname()) || slices.Contains(trusted, u.Host)
}
