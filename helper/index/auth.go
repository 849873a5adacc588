package index

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/jdx/go-netrc"
)

// credential is a user and a password, and where they were found.
type credential struct{ user, password, source string }

// credentials are those for a URL: of the index's own URL for the host of that, else netrc's for the host.
func (c *Client) credentials(u *url.URL) (credential, bool) {
	if c.index.user != nil && sameHost(c.index.SimpleURL, u) {
		password, _ := c.index.user.Password()
		return credential{c.index.user.Username(), password, "the index's URL"}, true
	}
	return c.transport.netrcFor(u.Hostname())
}

// authorize adds to a request the credentials that are its host's, and no others.
func (c *Client) authorize(req *http.Request) {
	if cred, ok := c.credentials(req.URL); ok {
		req.SetBasicAuth(cred.user, cred.password)
	}
}

func sameHost(rawURL string, u *url.URL) bool {
	v, err := url.Parse(rawURL)
	return err == nil && v.Scheme == u.Scheme && v.Hostname() == u.Hostname() && port(v) == port(u)
}

func port(u *url.URL) string {
	return cmp.Or(u.Port(), map[string]string{"http": "80", "https": "443"}[u.Scheme])
}

// netrcPath is the file of NETRC, else ~/.netrc, or ~/_netrc if only that exists.
func netrcPath() string {
	if path := os.Getenv("NETRC"); path != "" {
		return path
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "~/.netrc"
	}
	path, other := filepath.Join(home, ".netrc"), filepath.Join(home, "_netrc")
	if _, err := os.Stat(path); err != nil {
		if _, err := os.Stat(other); err == nil {
			return other
		}
	}
	return path
}

// netrc is what the file says; nil if there is none, or it cannot be read, which is no failure: pip does not mind either.
func (t *Transport) readNetrc() *netrc.Netrc {
	n, err := readNetrc(netrcPath())
	if err != nil && !errors.Is(err, os.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR) && t.options.Warn != nil {
		t.options.Warn(err)
	}
	return n
}

// netrcFor is what netrc says of a host, or says by default.
func (t *Transport) netrcFor(host string) (credential, bool) {
	n := t.netrc()
	if n == nil {
		return credential{}, false
	}
	m := cmp.Or(n.Machine(host), n.Machine("default"))
	if m == nil || m.Get("login")+m.Get("password") == "" {
		return credential{}, false
	}
	return credential{m.Get("login"), m.Get("password"), n.Path}, true
}

// readNetrc reads a netrc file. The library is handed no comments, which it takes for words of the entry they stand
// in, and may not fail on a file that ends within an entry.
func readNetrc(path string) (n *netrc.Netrc, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var kept strings.Builder
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(strings.TrimSpace(line), "#") {
			kept.WriteString(line)
		}
	}
	defer func() {
		if recover() != nil {
			n, err = nil, fmt.Errorf("%s: not a netrc file", path)
		}
	}()
	n, err = netrc.ParseString(kept.String())
	n.Path = path
	return n, err
}

// uvVariables is what uv's variables of the index of that name begin with.
func uvVariables(name string) string {
	return "UV_INDEX_" + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r - 'a' + 'A'
		}
		if r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, name)
}

// userOf is the user and the password that variables of the environment have.
func userOf(variables string) *url.Userinfo {
	if variables == "" {
		return nil
	}
	user, password := os.Getenv(variables+"_USERNAME"), os.Getenv(variables+"_PASSWORD")
	if user+password == "" {
		return nil
	}
	return url.UserPassword(user, password)
}
