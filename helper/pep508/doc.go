// Package pep508 reads names, requirements and markers (PEP 503, 508 and 685).
//
// The grammar of a requirement; between its tokens there may be spaces and tabs:
//
//	requirement = name [extras] ("@" url [space ";" marker] | [specifiers] [";" marker])
//	extras      = "[" [name *("," name)] "]"
//	specifiers  = "(" clauses ")" | clauses     as pep440.ParseSpecifiers reads them
//	name        = letters and digits, and within ".", "_", "-"
//	marker      = term *(("and" | "or") term)   "and" binds closer
//	term        = "(" marker ")" | operand operator operand
//	operand     = variable | "'" text "'" | '"' text '"'
//	operator    = "<" | "<=" | "==" | "!=" | ">=" | ">" | "~=" | "===" | "in" | "not" space "in"
//
// The variables are those of PEP 508, the older spellings os.name, sys.platform, platform.version,
// platform.machine, platform.python_implementation and python_implementation, and extras and
// dependency_groups of PEP 751. A name may end in "_", which packaging allows and PyPI never did.
//
// The reference is pypa/packaging. Where we deviate: a text in a marker has no backslash (PEP 508 has
// none; packaging reads it as Python does), and a comparison that packaging gives up on
// with an error is false. tests/packaging compares and lists all that differs.
//
// Metadata of old releases was read with less care. ParseLenient reads, beside the above:
//
//	specifiers as pep440.ParseSpecifiersLenient repairs them
//	name ; python_version>3    a text in a marker without quotes, if it is one word
//	name ;                     nothing after ";"
//	name[a,]                   a comma after the last extra
//	line ends around all of it
package pep508
