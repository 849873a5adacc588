// Package overrides embeds the data of this folder that the helper reads; package fixes reads it.
package overrides

import "embed"

// Providers is providers.toml, whose head states its format.
//
//go:embed providers.toml
var Providers []byte

// Conda is conda.toml, whose head states its format; package inputs reads it.
//
//go:embed conda.toml
var Conda []byte

// Modules is modules.toml, whose head states its format.
//
//go:embed modules.toml
var Modules []byte

// Fixes is fixes/, a file a project; the comment of package fixes states their format.
//
//go:embed fixes
var Fixes embed.FS
