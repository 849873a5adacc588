// Package remote reads a database where it lies on a server, by ranges (RFC 9110, section 14): of hundreds of megabytes
// a solve takes one or two.
//
// # Which
//
//	place = URL [ "#" hash [ ",size=" BYTES ] ]
//	hash  = "sha256=" HEX | "sha256-" BASE64         of the root, as `mach db stat` and Nix write it
//
// The hash pins the whole database: it is the root's, the root has the hashes of what it leads to, and so on, so that a
// server need not be trusted. With the size, which is where that root ends, it is found although the file has grown:
// updates append. Without, it is looked for from the end on, in the last 16 MB. A place without a hash must be https, a
// host of this machine, or one that the user trusts; then whichever root is there counts.
//
// # How
//
// One request brings the end of the file: the root and the index of what is read most, or, if there is a cache of
// streams, the root alone. From then on a stream is asked for when it is needed; those that are needed at about the same
// time are asked for in parallel, neighbours together. Each is checked against the hash that led to it and kept under
// that hash: what an update leaves as it is is never asked for again, whoever serves it. The end of the file is as fresh
// as a page of an index; then the server is asked whether the file is still the same (see package index).
//
// Where all of something is wanted, as all names are, more is asked for each time. Verify reads a copy of the file.
//
// Redirections are followed once, and what they led to is asked from then on: releases of a forge lie at such places,
// for an hour; when it is over, they are followed anew.
//
// # What can go wrong
//
// A file that changes while it is read does no harm as long as what is asked for has the right hash: an update appends.
// If a hash is wrong, or another part comes than was asked for, it is a *Wrong, and the caller may open the database
// again, with Options.Anew. A server without ranges sends short files whole; else the error is index.ErrNoRanges. What
// fails for a moment is asked for again.
package remote
