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
//
// Metadata of old releases was read with less care. ParseSpecifiersLenient reads, beside the above:
//
//	(>=1), >='1', >= "1"        as  >=1         parentheses and quotes anywhere
//	>=1<2, >=1 <2               as  >=1,<2      a comma left out
//	> =1                        as  >=1         a space in an operator
//	=1, =>1, >==1, =<1, <==1    as  ==1 >=1 <=1
//	<>1, !==1                   as  !=1
//	~1.2, ~>1.2                 as  ~=1.2
//	~=5, ~=5.*                  as  ==5.*       so many numbers as there are
//	!=~5.0                      as  !=5.0.*     the opposite of ~=
//	>=2.*, <2.*                 as  >=2, <2     as pip and uv do; so for <= and >
//	==1.2*, ==1.2.x             as  ==1.2.*     so for != and, without effect, the others
//	==1.0a1.*                   as  ==1.0a1     a wildcard after more than a release
//	*, ==*, >=*                 as  nothing     they exclude no version
//	>=1.0+cu118                 as  >=1.0       a local version where it has no meaning
//	>=3.6., >=9.0a1.0           as  >=3.6, >=9.0a1
//	>dev, ==2011k, <1.0-x       compared as setuptools did before PEP 440: see legacy.go
package pep440
