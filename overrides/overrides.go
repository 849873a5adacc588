// Package overrides embeds the data of this folder that the helper reads; package fixes reads it.
package overrides

import _ "embed"

// Providers is providers.toml, whose head states its format.
//
//go:embed providers.toml
var Providers []byte
