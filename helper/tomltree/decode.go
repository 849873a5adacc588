package tomltree

import (
	"errors"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"mach/helper/diag"
)

// Decode decodes a file by reflection, as go-toml does, with errors like those of Parse. It is for files that programs
// write, of which every value counts, and seldom a place. Keys are found whatever their case, and others are passed over.
func Decode(data []byte, name string, into any) *diag.Error {
	err := toml.Unmarshal(data, into)
	var bad *toml.DecodeError
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &bad):
		return diag.Input("%s", name).Because(err)
	}
	reason := strings.TrimPrefix(bad.Error(), "toml: ")
	if strings.HasPrefix(reason, "cannot") && len(bad.Key()) > 0 {
		reason = strings.Join(bad.Key(), ".") + " has a value of the wrong kind"
	}
	line, column := bad.Position()
	lines := strings.SplitN(string(data), "\n", line+1)
	return diag.Input("%s", reason).At(diag.Position{File: name, Line: line, Col: column}, strings.TrimSuffix(lines[line-1], "\r"), 1)
}
