package index

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
)

// proxy says which proxy a request goes through: PIP_PROXY or proxy in pip's configuration, else what HTTPS_PROXY,
// HTTP_PROXY and NO_PROXY say to net/http, else ALL_PROXY, which requests and uv know and net/http does not.
func proxy(conf pipConfig) func(*http.Request) (*url.URL, error) {
	own := conf.setting("", "proxy", "PIP_PROXY")
	all := env("ALL_PROXY")
	if env("HTTPS_PROXY")+env("HTTP_PROXY") != "" {
		all = ""
	}
	return func(req *http.Request) (*url.URL, error) {
		switch {
		case own != "":
			return proxyURL(own, "PIP_PROXY and pip's configuration")
		case all != "" && !direct(req.URL.Hostname(), env("NO_PROXY")):
			return proxyURL(all, "ALL_PROXY")
		}
		u, err := http.ProxyFromEnvironment(req)
		if err != nil { // that error has the whole value in it
			return nil, errors.New("the proxy is not a URL: look at HTTPS_PROXY and HTTP_PROXY")
		}
		return u, nil
	}
}

// env is a variable whose name is written in capitals or not at all in them.
func env(name string) string { return cmp.Or(os.Getenv(name), os.Getenv(strings.ToLower(name))) }

func proxyURL(text, source string) (*url.URL, error) {
	if !strings.Contains(text, "://") {
		text = "http://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("the proxy %q is not a URL: look at %s", redact(text), source)
	}
	return u, nil
}

// direct says whether a host is reached without ALL_PROXY: this machine, and what NO_PROXY lists, with all below it.
func direct(host, noProxy string) bool {
	if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() {
		return true
	}
	for _, one := range strings.Split(noProxy, ",") {
		one = strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(one), "*"), ".")
		if noProxy == "*" || one != "" && (host == one || strings.HasSuffix(host, "."+one)) {
			return true
		}
	}
	return false
}
