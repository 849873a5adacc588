package index

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// meter counts what really goes over the wire, and stops it where that is too much.
type meter struct {
	next    http.RoundTripper
	count   atomic.Int64
	max     int64
	offline bool
}

// RoundTrip makes one request.
func (m *meter) RoundTrip(req *http.Request) (*http.Response, error) {
	if m.offline {
		return nil, ErrOffline
	}
	if n := m.count.Add(1); m.max > 0 && n > m.max {
		m.count.Add(-1)
		return nil, ErrBudget
	}
	return m.next.RoundTrip(req)
}

// newHTTP is the client that all requests go through: retries around the meter around the transport.
func newHTTP(m *meter, retries int) (*retryablehttp.Client, error) {
	roots, err := rootCAs()
	if err != nil {
		return nil, err
	}
	m.next = &http.Transport{
		Proxy:                 proxy,
		DialContext:           (&net.Dialer{Timeout: 15 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		TLSClientConfig:       &tls.Config{RootCAs: roots},
		TLSHandshakeTimeout:   15 * time.Second,
		ResponseHeaderTimeout: time.Minute,
		MaxIdleConnsPerHost:   atOnce,
		IdleConnTimeout:       time.Minute,
		ForceAttemptHTTP2:     true,
	}
	c := retryablehttp.NewClient()
	c.HTTPClient = &http.Client{Transport: m, Timeout: 10 * time.Minute}
	c.Logger = nil
	c.RetryMax, c.RetryWaitMin, c.RetryWaitMax = retries, 250*time.Millisecond, 30*time.Second
	c.CheckRetry = checkRetry
	c.ErrorHandler = retryablehttp.PassthroughErrorHandler
	return c, nil
}

// checkRetry never asks again what must not be asked at all.
func checkRetry(ctx context.Context, resp *http.Response, err error) (bool, error) {
	if errors.Is(err, ErrBudget) || errors.Is(err, ErrOffline) {
		return false, err
	}
	var dns *net.DNSError
	if errors.As(err, &dns) && dns.IsNotFound {
		return false, err
	}
	return retryablehttp.DefaultRetryPolicy(ctx, resp, err)
}

// proxy is PIP_PROXY, or what HTTPS_PROXY, HTTP_PROXY and NO_PROXY say.
func proxy(req *http.Request) (*url.URL, error) {
	if p := os.Getenv("PIP_PROXY"); p != "" {
		return url.Parse(p)
	}
	return http.ProxyFromEnvironment(req)
}

// rootCAs are the system's and those of the bundle that pip or OpenSSL is told of; nil leaves it to the system.
func rootCAs() (*x509.CertPool, error) {
	file, source := caBundle()
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

func caBundle() (file, source string) {
	for _, name := range []string{"PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"} {
		if file := os.Getenv(name); file != "" && !isDir(file) {
			return file, name
		}
	}
	return readPipConfig().get("cert")
}

// plain is the cause of a failed request without the URL that net/http puts before it, which may have credentials.
func plain(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	var op *net.OpError
	if errors.As(err, &op) {
		return fmt.Errorf("%w: %w", ErrNetwork, err)
	}
	return err
}

func sameHost(rawURL string, u *url.URL) bool {
	v, err := url.Parse(rawURL)
	return err == nil && v.Scheme == u.Scheme && v.Host == u.Host
}
