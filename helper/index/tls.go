package index

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// tlsConfig trusts the bundle of certificates that pip or OpenSSL is told of, and it alone, as they do, or else the
// system's; it shows the client certificate that pip is told of.
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
	pool, found := x509.NewCertPool(), false
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
			info, err := os.Stat(path)
			switch {
			case err == nil && info.IsDir():
				files = append(files, certificates(path)...)
			case err == nil || !strings.HasPrefix(name, "SSL_"): // as OpenSSL and Go pass over what is missing
				files = append(files, path)
			}
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

// certificates are the files of a directory that have certificates by their names, which may be hashes as OpenSSL's.
func certificates(dir string) (files []string) {
	for _, ending := range []string{"*.pem", "*.crt", "*.0"} {
		inside, _ := filepath.Glob(filepath.Join(dir, ending)) // the pattern is right
		files = append(files, inside...)
	}
	return files
}
