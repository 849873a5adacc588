package index

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// An index's credentials, percent-encoded in its URL, go to its host and to no other: not to that of its files, and
// not where it redirects to. They are not shown, and not in the cache.
func TestCredentials(t *testing.T) {
	var other *httptest.Server
	stranger := func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" {
			t.Errorf("%s gets the credentials", r.Host)
		}
		answer(w, pageOf("a-1-py3-none-any.whl"))
	}
	other = httptest.NewServer(http.HandlerFunc(stranger))
	defer other.Close()
	ix := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if user, password, _ := r.BasicAuth(); user != "me@home" || password != "sec/ret" {
			t.Errorf("%s: the index gets %q, %q", r.URL, user, password)
		}
		switch r.URL.Path {
		case "/simple/a/":
			http.Redirect(w, r, "/moved", http.StatusFound)
		case "/simple/b/":
			http.Redirect(w, r, other.URL+"/simple/b/", http.StatusFound)
		default:
			answer(w, `{"meta":{"api-version":"1.0"},"files":[
				{"filename":"a-1.tar.gz","url":"a-1.tar.gz"},
				{"filename":"a-1-py3-none-any.whl","url":"`+strings.Replace(other.URL, "://", "://me:secret@", 1)+`/a-1-py3-none-any.whl","core-metadata":true}]}`)
		}
	})
	ix, err := New(strings.Replace(ix.SimpleURL, "://", "://me%40home:sec%2Fret@", 1), "test")
	if err != nil {
		t.Fatal(err)
	}
	cache := t.TempDir()
	c := newClient(ix, Options{Cache: cache})
	p, err := c.Project(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	links, err := p.Links(0)
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = p.Release(0)[0].Metadata(t.Context())
	refuses(t, err, "a-1-py3-none-any.whl: "+other.URL)
	if _, err := c.Project(t.Context(), "b"); err != nil {
		t.Error(err)
	}
	shown := fmt.Sprintf("%v %+v %#v %s %+v", ix, ix, ix, c, links)
	for _, file := range entries(t, cache) {
		text, _ := os.ReadFile(file)
		shown += file + string(text)
	}
	for _, secret := range []string{"secret", "sec/ret", "sec%2Fret", "me@home"} {
		if strings.Contains(shown, secret) {
			t.Errorf("%q is shown", secret)
		}
	}
}

// netrc's credentials are for hosts, whichever index. Those of an index's URL count more.
func TestNetrc(t *testing.T) {
	for _, test := range []struct {
		why, netrc, want string
	}{
		{"the host's", "machine other\nlogin x\npassword y\nmachine 127.0.0.1\n  login me\n  password secret\n", "me:secret"},
		{"on one line", "machine 127.0.0.1 login me password secret", "me:secret"},
		{"the password first", "machine 127.0.0.1 password secret login me", "me:secret"},
		{"comments", "# machine 127.0.0.1 login x\nmachine 127.0.0.1\n# mine\nlogin me\npassword sec#ret\n", "me:sec#ret"},
		{"by default", "machine other login x password y\ndefault login me password secret\n", "me:secret"},
		{"another host's", "machine other login x password y\n", ""},
		{"none", "", ""},
		{"cut off", "machine", ""},
		{"no netrc at all", "\x00\xff", ""},
	} {
		t.Run(test.why, func(t *testing.T) {
			got := ""
			ix := serve(t, func(w http.ResponseWriter, r *http.Request) {
				user, password, _ := r.BasicAuth()
				got = strings.Trim(user+":"+password, ":")
				answer(w, emptyPage)
			})
			t.Setenv("NETRC", write(t, 0o600, test.netrc, t.TempDir(), "netrc"))
			warned := ""
			o := Options{Warn: func(err error) { warned = err.Error() }}
			if _, err := newClient(ix, o).Project(t.Context(), "a"); err != nil {
				t.Error(err)
			}
			if strings.HasSuffix(warned, ": not a netrc file") != (test.why == "cut off") {
				t.Errorf("warned: %q", warned)
			}
			if got != test.want {
				t.Errorf("sent %q, want %q", got, test.want)
			}
			ix.user = withPassword
			if _, err := newClient(ix, Options{}).Project(t.Context(), "a"); err != nil || got != "me:secret" {
				t.Errorf("sent %q (%v)", got, err)
			}
		})
	}
}

// A refusal says which index, whether credentials were sent and whence, and what to do.
func TestRefused(t *testing.T) {
	for _, test := range []struct {
		why, user, netrc string
		status           int
		want             string
	}{
		{"none", "", "", 401, "the server refuses with 401 Unauthorized: no credentials were sent (the index is named by test)"},
		{"those of the URL", "me:secret@", "", 403, `403 Forbidden: it was sent user "me" and the password of the index's URL`},
		{"a token", "secret@", "", 401, "it was sent the token of the index's URL"},
		{"netrc's", "", "machine 127.0.0.1 login me password secret", 401, `it was sent user "me" and the password of `},
	} {
		t.Run(test.why, func(t *testing.T) {
			ix := serve(t, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(test.status) })
			home, _ := os.UserHomeDir()
			if test.netrc != "" {
				write(t, 0o600, test.netrc, home, "_netrc")
			}
			ix, err := New(strings.Replace(ix.SimpleURL, "://", "://"+test.user, 1), "test")
			if err != nil {
				t.Fatal(err)
			}
			_, err = newClient(ix, Options{}).Project(t.Context(), "a")
			refuses(t, err, `project "a": `+ix.SimpleURL+"a/: ")
			refuses(t, err, test.want)
			if !errors.Is(err, ErrRefused) {
				t.Errorf("%v is of the wrong kind", err)
			}
			file := ".netrc"
			if test.netrc != "" {
				file = "_netrc"
			}
			want := []string{"put a line into " + filepath.Join(home, file) + ": machine 127.0.0.1 login USER password PASSWORD"}
			if got := hints(err); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("hints %q, want %q", got, want)
			}
		})
	}
}

// A proxy that is no URL is not shown, since it may have a password.
func TestBadProxy(t *testing.T) {
	ix := serve(t, http.NotFound)
	t.Setenv("PIP_PROXY", "http://me:secret@[::1")
	_, err := newClient(ix, Options{Retries: 1}).Project(t.Context(), "a")
	refuses(t, err, `the proxy "http://[::1" is not a URL: look at PIP_PROXY and pip's configuration`)
}
