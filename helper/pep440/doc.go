// Package pep440 reads, orders and matches the versions of Python projects (PEP 440).
//
// The grammar of a version, in any case and with surrounding space:
//
//	version  = ["v"] [number "!"] release [pre] [post] [dev] ["+" local]
//	release  = number *("." number)
//	pre      = [sep] ("alpha" | "a" | "beta" | "b" | "preview" | "pre" | "c" | "rc") [sep] [number]
//	post     = "-" number | [sep] ("post" | "rev" | "r") [sep] [number]
//	dev      = [sep] "dev" [sep] [number]
//	local    = part *(sep part)          part: ASCII letters and digits
//	sep      = "." | "_" | "-"
//
// The grammar of specifiers; clauses without text between commas are ignored:
//
//	specifiers = [clause] *("," [clause])
//	clause     = ("==" | "!=") version [".*"] | "~=" version | ("<=" | ">=" | "<" | ">") version | "===" text
//
// where ".*" follows only a release, "~=" wants two numbers in its release, a local version
// stands only after "==" and "!=", and text has no space, ";" or ")".
//
// The reference is pypa/packaging; tests/packaging compares with it and lists what differs.
package pep440
