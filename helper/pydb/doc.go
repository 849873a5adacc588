// Package pydb packs crawl records into a database of the projects of an index, and
// reads what a solver asks of it. A database is one file, read by pieces: the time
// of a solve depends on what is asked, not on how much there is.
//
// The format, version 2, is written down in docs/database.md, so that other programs
// can read it; tests/database/read.py is one. In short: a database is an xz file of many
// streams, whose text is lines. The last is the root, from which trees of pointers with
// hashes lead to shards of releases, pages of files and lists of names. In a shard
// each release is what is different from the one before it.
//
// # Who is read together
//
// The projects that most solves read stand alone, with their versions and newest
// releases stored, so that reading them decodes nothing. Those that some solves read
// stand in small groups, all others in large ones. How often a project is read is
// counted: once for each project that needs it, however indirectly. What it needs for
// an extra alone counts where somebody needs that extra.
//
// # Updates
//
// An update is appended: shards of the projects that changed, pages of their new files,
// a tree that leads to them and hides what older trees have of their names, and a new
// root. Nothing before is written again, so that a reader of the old root is
// undisturbed and a client with the old file needs only what was appended. After so
// many updates the next takes them together; compacting makes of it what Build would
// make of the records.
//
// # Compression
//
// LZMA2 is left to github.com/ulikunitz/xz. There was a codec here instead, 1,200 lines
// long. On all of PyPI it decoded 1.4 times as fast, and its encoder, which looks for
// the cheapest symbols, made releases a tenth smaller in ten times the time. It was not
// worth keeping: a solve decodes hardly anything of the projects that most solves read,
// so that a lock of a hundred projects takes 7 to 11% more time, and larger groups of those
// that few read make up for the tenth. Only the chunks that LZMA2 is made of are taken
// apart here, because text that is stored is read in place.
//
// # What is packed
//
// A release is packed if one of its files has metadata. That of its first wheel stands
// for all its wheels, and for the sdist unless the sdist's own was read. Of several
// sdists the .tar.gz is packed. Files without SHA-256, with a version that PEP 440 does
// not know or with another form of name are left out, and counted in Stats.
// Requirements that can be read are written in normal form, as packaging prints them,
// others as they are but for white space. The day of a release is that of its first
// file.
package pydb
