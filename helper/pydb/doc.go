// Package pydb packs crawl records into a database and reads it: one xz file of
// many independent streams.
package pydb
