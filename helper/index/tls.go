package index

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"
	"path/filepath"
)

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
	files, source := caBundle(conf)
	if len(files) == 0 {
		return nil, nil
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	found := false
	for _, file := range files {
		pem, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", source, err)
		}
		found = pool.AppendCertsFromPEM(pem) || found
	}
	if !found {
		return nil, fmt.Errorf("%s: %s has no certificate", source, files[0])
	}
	return pool, nil
}

// caBundle is the files of certificates that the first of some variables names, themselves or as the directory that they
// are in, or else pip's configuration.
func caBundle(conf pipConfig) (files []string, source string) {
	for _, name := range []string{"PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_DIR"} {
		for _, path := range filepath.SplitList(os.Getenv(name)) {
			if !isDir(path) {
				files = append(files, path)
				continue
			}
			inside, _ := filepath.Glob(filepath.Join(path, "*.pem")) // the pattern is right
			files = append(files, inside...)
		}
		if len(files) > 0 {
			return files, name
		}
	}
	if file, source := conf.get("cert"); file != "" {
		return []string{file}, source
	}
	return nil, ""
}
