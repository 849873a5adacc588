package inputs

import "testing"

func TestRequirementsRefuse(t *testing.T) {
	tests := []struct{ why, file, want string }{
		{"all errors of a file are told at once, each where it is", `flask>=banana
numpy
	名=1
a[b
`, `
error: r.txt:1:8: not a version (PEP 440) after >=
  flask>=banana
         ~~~~~^
error: r.txt:3:2: want a project's name
  	名=1
  	^
error: r.txt:4:2: want , or ] after an extra
  a[b
   ~^
`},
		{"an error in a continued line is in its own", "a >=1, \\\n  <banana\n", `
error: r.txt:2:4: not a version (PEP 440) after <
    <banana
     ~~~~~^
`},
		{"= is not ==", "flask=3\n", `
error: r.txt:1:6: want one of == != ~= <= >= < > === before a version
  flask=3
       ~^
hint: did you mean flask==3
`},
		{"=> is not >=", "flask=>3\n", `
error: r.txt:1:6: want one of == != ~= <= >= < > === before a version
  flask=>3
       ~~^
hint: did you mean flask>=3
`},
		{"a version without an operator", "flask 3.0\n", `
error: r.txt:1:7: want a version specifier, ; or the end
  flask 3.0
        ~~^
hint: did you mean flask==3.0
`},
		{"conda has a build behind a version", "flask 1.2.* py38_0\nnumpy=1.2=py_0\n", `
error: r.txt:1:7: want a version specifier, ; or the end
  flask 1.2.* py38_0
        ~~~~~~~~~~~^
hint: did you mean flask==1.2.*
error: r.txt:2:6: want one of == != ~= <= >= < > === before a version
  numpy=1.2=py_0
       ~~~^
hint: did you mean numpy==1.2
`},
		{"conda has an or", "flask ==1.2|==1.3\na>=1 | <0.5\na>=1|b\n", `
error: r.txt:1:12: want a version specifier, ; or the end
  flask ==1.2|==1.3
             ~~~~~^
hint: did you mean flask ==1.2 or flask==1.3
error: r.txt:2:6: want a version specifier, ; or the end
  a>=1 | <0.5
       ~~~~~^
hint: did you mean a>=1 or a<0.5
error: r.txt:3:5: want a version specifier, ; or the end
  a>=1|b
      ~^
`},
		{"a comment without a space before it", "flask>=3#why\n", `
error: r.txt:1:9: want a version specifier, ; or the end
  flask>=3#why
          ~~~^
hint: did you mean flask>=3 #why
`},
		{"references that lead nowhere", `-e ./x-1.whl
a @ ftp://index.example/a-1.zip
https://index.example/o/a
git@index.example:o/a.git
`, `
error: r.txt:1:4: ./x-1.whl is no directory and no repository, and cannot be edited
  -e ./x-1.whl
     ~~~~~~~~^
hint: leave out -e
error: r.txt:2:1: no scheme "ftp"
  a @ ftp://index.example/a-1.zip
  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~^
hint: there are git+https, git+ssh, git+file, https, http and file
error: r.txt:3:1: the URL names neither a wheel nor an archive
  https://index.example/o/a
  ~~~~~~~~~~~~~~~~~~~~~~~~^
hint: for the repository write git+https://index.example/o/a
error: r.txt:4:1: "index.example:o/a.git" is how git writes it: pip and mach need a scheme
  git@index.example:o/a.git
  ~~~~~~~~~~~~~~~~~~~~~~~~^
hint: write git+ssh://git@index.example/o/a.git
`},
		{"an unknown option", "--prefer-sdist\n", `
error: r.txt:1:1: no option "--prefer-sdist"
  --prefer-sdist
  ~~~~~~~~~~~~~^
`},
		{"an unknown short option", "a\n-x 3\n", `
error: r.txt:2:1: no option "-x"
  -x 3
  ~^
`},
		{"an option cut too short", "--no 3\n", `
error: r.txt:1:1: "--no" is both --no-binary and --no-index
  --no 3
  ~~~^
`},
		{"an option without its value", "--index-url\n", `
error: r.txt:1:1: --index-url needs a value
  --index-url
  ~~~~~~~~~~^
`},
		{"a value for an option that takes none", "--pre=1\n", `
error: r.txt:1:1: --pre takes no value
  --pre=1
  ~~~~~~^
`},
		{"words behind options", "a --hash sha256:" + sha256[:8] + " ; x\n", `
error: r.txt:1:26: ";" stands behind options
  a --hash sha256:01234567 ; x
                           ^
`},
		{"an open quote", "-i 'x\n", `
error: r.txt:1:4: a quote that is not closed
  -i 'x
     ^
`},
		{"an option of the file behind a requirement", "a --pre\n", `
error: r.txt:1:3: --pre stands behind a requirement
  a --pre
    ~~~~^
hint: give it a line of its own
`},
		{"a hash without a requirement", "a\n--hash=sha256:00\n", `
error: r.txt:2:1: --hash stands behind no requirement
  --hash=sha256:00
  ~~~~~~~~~~~~~~~^
hint: end the line before with a backslash, if it belongs to that
`},
		{"a hash that is too weak", "a --hash=md5:00\n", `
error: r.txt:1:10: a hash is sha256:, sha384: or sha512: and hex digits
  a --hash=md5:00
           ~~~~~^
`},
		{"a hash that is too short", "a --hash=sha256:00\n", `
error: r.txt:1:17: sha256 has 64 hex digits
  a --hash=sha256:00
                  ~^
`},
		{"settings of a build", "a --config-settings x=y\n", `
error: r.txt:1:3: settings of a build stand in a fix, not among requirements
  a --config-settings x=y
    ~~~~~~~~~~~~~~~~~~~~^
hint: write a fix for the sdist, with: flags = ["-Cx=y"]
`},
		{"hashes of what is no file", "a @ git+https://index.example/o/a --hash=sha256:" + sha256 + "\n", `
error: r.txt:1:1: git+https://index.example/o/a is no file, and has no hash
  a @ git+https://index.example/o/a --hash=sha256:` + sha256 + `
  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~^
hint: leave --hash out: a repository is pinned by its commit
`},
		{"hashes that are required", "--require-hashes\na\nb==1 --hash=sha256:" + sha256 + "\ngit+https://index.example/o/c\n", `
error: r.txt:2:1: --require-hashes is set, and a has no hash
  a
  ^
hint: write its hash behind it, as in: --hash=sha256:…
error: r.txt:4:1: --require-hashes is set, and git+https://index.example/o/c is no file and has no hash
  git+https://index.example/o/c
  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~^
hint: take a release of it, or leave --require-hashes out
`},
		{"a project's name that is none", "--no-binary numpy,a/b\n", `
error: r.txt:1:13: "a/b" is neither a project nor :all: nor :none:
  --no-binary numpy,a/b
              ~~~~~~~~^
`},
		{"bytes in no known encoding", "a\nb # \xe9\n", `
error: r.txt:2:5: byte 0xe9 is not UTF-8
  b # ` + "\uFFFD" + `
      ^
hint: save the file as UTF-8, or name its encoding in the first line: # -*- coding: latin-1 -*-
`},
		{"an encoding that is not read", "# coding: ebcdic\n", `
error: r.txt:1:11: encoding "ebcdic" is not read here
  # coding: ebcdic
            ~~~~~^
hint: save the file as UTF-8 and take the coding line out
`},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			world(t, "-- r.txt --\n"+tt.file)
			check(t, tt.want, read("-r", "r.txt"))
		})
	}
}
