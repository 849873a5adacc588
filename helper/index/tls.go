package index

import (
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
)

// proxy is PIP_PROXY or proxy in pip's configuration, or what HTTPS_PROXY, HTTP_PROXY and NO_PROXY say.
func proxy(conf pipConfig) func(*http.Request) (*url.URL, error) {
	own := conf.setting("", "proxy", "PIP_PROXY")
	return func(req *http.Request) (*url.URL, error) {
		if own != "" {
			u, err := url.Parse(own)
			if err != nil || u.Host == "" {
				return nil, fmt.Errorf("the proxy %q is not a URL: look at PIP_PROXY and pip's configuration", redact(own))
			}
			return u, nil
		}
		u, err := http.ProxyFromEnvironment(req)
		if err != nil { // that error has the whole value in it
			return nil, errors.New("the proxy is not a URL: look at HTTPS_PROXY and HTTP_PROXY")
		}
		return u, nil
	}
}

// tlsConfig trusts the system's certificates and those of the bundle that pip or OpenSSL is told of, and shows the
// client certificate that pip is told of.
func tlsConfig(conf pipConfig) (*tls.Config, error) {
	c := &tls.Config{}
	var err error
	if c.RootCAs, err = rootCAs(conf); err != nil {
		return nil, err
	}
	file := conf.setting("", "client-cert", "PIP_CLIENT_CERT", "SSL_CLIENT_CERT")
	if file == "" {
		return c, nil
	}
	cert, err := tls.LoadX509KeyPair(file, file)
	if err != nil {
		return nil, fmt.Errorf("client certificate: %w", err)
	}
	c.Certificates = []tls.Certificate{cert}
	return c, nil
}

// rootCAs is nil to leave it to the system, which on Linux reads SSL_CERT_FILE and SSL_CERT_DIR itself.
func rootCAs(conf pipConfig) (*x509.CertPool, error) {
	file, source := caBundle(conf)
	if file == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", source, err)
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%s: %s has no certificate", source, file)
	}
	return pool, nil
}

func caBundle(conf pipConfig) (file, source string) {
	for _, name := range []string{"PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"} {
		if file := os.Getenv(name); file != "" && !isDir(file) {
			return file, name
		}
	}
	file, source = conf.get("cert")
	return file, cmp.Or(source, "cert")
}
