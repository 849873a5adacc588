// Package pydb packs crawl records into a database of the projects of an index, and
// reads what a solver asks of it. A database is one file, read by pieces: the time
// of a solve depends on what is asked, not on how much there is.
//
// # The file
//
// A database is an xz file of many streams, one after the other. Each has one block,
// whose header (12 bytes) has no sizes and no filter but LZMA2. The text of a stream
// is lines of UTF-8 that end in LF; the first says what the stream is, and `xz -dc`
// prints them all. A chunk of LZMA2 ends where a line does, so that a reader can stop
// early. Streams that are read often have only uncompressed chunks. The last stream
// is the root, found by the backward size in the xz footer at the end of the file.
// Every other stream is led to by a pointer
//
//	OFFSET SIZE HASH
//
// in decimal bytes from the beginning of the file, with the SHA-256 of the stream as
// it is in the file, in base64 (RFC 4648, section 4) without padding. The root has its
// own SHA-256 as its xz check. Streams that nothing leads to are allowed: an update
// appends streams and a new root, and a reader of the old root is undisturbed.
//
// # Root and index
//
// The root begins "mach database 1". Then come lines "KEY VALUE": date (the day of
// the data), serial (of the index), projects, releases, files (how many there are)
// and locations (yes or no). Then come trees. A tree begins "=KIND DEPTH" and goes on
// with lines
//
//	NAME POINTER
//
// sorted by name. A line is about the names from NAME up to that of the next line.
// At depth 0 the pointers lead to shards, else to streams "index" of such lines, of
// depth one less. The kinds are
//
//	alone   shards of one project, each under its name
//	group   shards of several projects, under the name of the first
//	names   shards of names
//
// A project is looked for in the trees alone and group as they come in the root; the
// first that has it counts. A stream "names" has one name a line. All names of the
// database stand there, sorted.
//
// # Releases
//
// A stream "releases" has one project or more, sorted by name. A project is its name,
// its versions and its releases:
//
//	project  = "#" NAME LF versions LF {release}     as many releases as versions
//	versions = run {" " run}                         newest first, in the order of PEP 440
//	run      = VERSION [".." LAST]
//
// "3.0.2..0" stands for 3.0.2 3.0.1 3.0.0. A release is what is different from the one
// before it, line by line, and then its day. Before a project's first release that one
// is thought to have an sdist, the wheel py3-none-any, and nothing else.
//
//	+TEXT      a requirement more; requirements are a list sorted by bytes
//	-N         the requirement with index N less, from 0, as the lines before left them
//	=N TEXT    TEXT in the place of the requirement with index N
//	pTEXT      requires-python is TEXT
//	wWHEELS    the wheels
//	s          there is an sdist if there was none, and none if there was one
//	yREASON    this release is yanked; the next is not unless it says so too
//	xNAMES     the extras provided are NAMES, separated by spaces
//	x*         they are those that markers of the requirements compare with ==, in order
//	           of mention (which holds at first)
//	b BACKEND  the sdist's [build-system] was read, and its build-backend is BACKEND, or
//	           nothing
//	b?         it was not read (which holds at first)
//	b+ b- b=   its requires, edited as requirements are
//	d0         the sdist has requirements of its own, none so far
//	d+ d- d=   these, edited as requirements are
//	d*         the sdist has those of the release (which holds at first)
//	@POINTER   this release's files and those after it, of this and other projects, are
//	           in the stream at POINTER
//
//	day = YYYY-MM-DD | N | "^" N | "?"               N days before, or after, the one
//	                                                 before; unknown
//
// The wheels of a release are products of tags and platforms:
//
//	wheels = [group {";" group}]
//	group  = head {" " head} "/" PLATFORM {" " PLATFORM}
//	head   = [BUILD "-"] PYTHON "-" ABI
//
// # Files
//
// A stream "files" has, for projects in the order in which streams of releases name
// them, "#NAME" and one line a release, from the release on that the pointer stands
// before:
//
//	{HASH [LOCATION]} {" " SIZE}
//
// that is, for each file its SHA-256 in base64 and, if the database has locations, its
// LOCATION; then the sizes in bytes, 0 for unknown. First the wheels, in the order of
// the line of wheels: groups, in them heads, in them platforms. Then the sdist. The
// location is a hash too, in base64, and stands for packages/aa/bb/REST/FILENAME, where
// aabbREST is that hash in hex. Before the line of a release there may be
//
//	~TEXT      TEXT is the project in names of wheels from here on; at first NAME with
//	           "_" for "-"
//	%TEXT      the same for sdists
//	.TEXT      the ending of sdists from here on; at first ".tar.gz"
//	=TEXT      the version in the names of this release's files, if not in normal form
//	!N TEXT    file N of this release has the name TEXT
//	:N TEXT    it has the location TEXT; no LOCATION is in the line
//
// "#NAME" may come again for the same project, and the first three begin anew.
//
// # An example
//
//	releases
//	@400 964 COoHJsqJNyFmnE+480023QU0mQmwcCPs5ugnYQulLkQ
//	#flask
//	3.1.0rc1 3.0.2..0 2.3.3
//	p>=3.8
//	yuploaded by mistake
//	+Jinja2>=3.1.2
//	+Werkzeug>=3.0.0
//	+python-dotenv ; extra == "dotenv"
//	b flit_core.buildapi
//	b+flit_core<4
//	2024-01-20
//	^14
//	16
//	110
//	=1 Werkzeug>=2.3.7
//	40
//
// Here 3.1.0rc1 is yanked and was uploaded on 2024-01-20; 3.0.2, 14 days later, is the
// same but for that; 3.0.1 came 16 days before it, and 3.0.0 110 days before that;
// 2.3.3 asks for an older Werkzeug. testdata/text.golden has a whole database.
//
// # What is packed
//
// A release is packed if one of its files has metadata. That of its first wheel stands
// for all its wheels, and for the sdist unless the sdist's own was read. Of several
// sdists the .tar.gz is packed. Files without SHA-256, with a version that PEP 440 does
// not know or with another form of name are left out, and counted in Stats. White space
// in requirements becomes one space; otherwise they stay as they are, readable or not.
// The day of a release is that of its first file.
package pydb
