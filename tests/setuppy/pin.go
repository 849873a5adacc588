package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"regexp"

	"mach/helper/index"
	"mach/tests/sdists"
)

// newest is the newest of the last releases whose setup.py says what the project requires; "" if there is none.
func newest(ctx context.Context, s *sdists.Store, name string) (string, error) {
	releases, err := s.Releases(ctx, name)
	if err != nil {
		return "", err
	}
	for _, r := range releases {
		tree, err := s.Tree(ctx, r)
		if errors.Is(err, index.ErrNetwork) {
			return "", err
		}
		if err == nil && speaks(tree) {
			return r.Version, nil
		}
	}
	return "", nil
}

// elsewhere is where setup.cfg says what this measures.
var elsewhere = regexp.MustCompile(`(?m)^(install_requires|python_requires|\[options\.extras_require\])`)

// speaks says whether the setup.py of a tree has the last word on what is required.
func speaks(tree fs.FS) bool {
	source, err := fs.ReadFile(tree, "setup.py")
	config, _ := fs.ReadFile(tree, "setup.cfg")
	project, _ := fs.ReadFile(tree, "pyproject.toml")
	return err == nil && bytes.Contains(source, []byte("setup")) && !elsewhere.Match(config) && !bytes.Contains(project, []byte("[project]")) &&
		!bytes.Contains(project, []byte("[tool.poetry]"))
}
