package index

import (
	"os"
	"strings"

	"mach/helper/diag"
)

// DiscoverOptions are what the command line says about the index.
type DiscoverOptions struct {
	IndexURL string // --index-url; "" if not given
	Cache    string // the directory for answers of pip; "" is CacheDir
}

// Discover finds the index in use. In this order: --index-url, the variables PIP_INDEX_URL, UV_DEFAULT_INDEX and
// UV_INDEX_URL, index-url in pip's configuration files, and the default of the pip that python3 on PATH has. No
// answer is an error that says what to give.
func Discover(o DiscoverOptions) (Index, error) {
	if o.IndexURL != "" {
		return New(o.IndexURL, "--index-url")
	}
	for _, name := range []string{"PIP_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX_URL"} {
		if value := os.Getenv(name); value != "" {
			return New(unnamed(value), name)
		}
	}
	if value, file := readPipConfig().get("index-url"); value != "" {
		return New(value, file)
	}
	ix, err := pipDefault(o.Cache)
	if err != nil {
		e := &diag.Error{Code: diag.ExitWorld, Message: "no package index is known", Err: err}
		return Index{}, e.Hint("give one: --index-url URL, or set PIP_INDEX_URL")
	}
	return ix, nil
}

// unnamed takes uv's name off an index: "internal=https://…".
func unnamed(value string) string {
	if name, rest, ok := strings.Cut(value, "="); ok && !strings.ContainsAny(name, ":/") {
		return rest
	}
	return value
}
