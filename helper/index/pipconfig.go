package index

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"unicode/utf8"

	"mach/helper/diag"
)

// pipConfig is what pip's configuration files say, as pip merges them: a later file beats an earlier one for the
// same section and key, and then [install] beats [global] whichever file it stands in.
type pipConfig struct {
	values map[string]string // "section.key"
	files  map[string]string // where that was read
}

// get is the value of a key for `pip install`, and the file it stands in.
func (c pipConfig) get(key string) (value, file string) {
	for _, section := range []string{"install", "global"} {
		if v, ok := c.values[section+"."+key]; ok {
			return v, c.files[section+"."+key]
		}
	}
	return "", ""
}

// readPipConfig reads every file that pip would. One that is missing or cannot be opened says nothing. One that pip would
// refuse is refused: it may name an index, and to ask another in its place is not what its author wants.
func readPipConfig() (pipConfig, error) {
	c := pipConfig{map[string]string{}, map[string]string{}}
	for _, file := range pipConfigFiles() {
		text, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		if line, reason := c.add(file, string(text)); reason != "" {
			return c, diag.Input("pip's configuration: %s", reason).At(diag.Position{File: file, Line: line}, "", 0).
				Hint("correct it, or do without any: PIP_CONFIG_FILE=%s", os.DevNull)
		}
	}
	return c, nil
}

// globalConfigs are pip's files for the whole machine; a test replaces them.
var globalConfigs = func() []string {
	var files []string
	if runtime.GOOS == "darwin" {
		files = append(files, "/Library/Application Support/pip/pip.conf")
	}
	for _, dir := range filepath.SplitList(envOr("XDG_CONFIG_DIRS", "/etc/xdg")) {
		files = append(files, filepath.Join(dir, "pip", "pip.conf"))
	}
	return append(files, "/etc/pip.conf")
}

// pipConfigFiles are the files in the order in which pip reads them: global, user, site (the virtual environment's)
// and PIP_CONFIG_FILE, which if it is the null device turns all of them off.
func pipConfigFiles() []string {
	own := os.Getenv("PIP_CONFIG_FILE")
	if own == os.DevNull {
		return nil
	}
	files := globalConfigs()
	if home, err := os.UserHomeDir(); err == nil {
		files = append(files, filepath.Join(home, ".pip", "pip.conf"))
		config := envOr("XDG_CONFIG_HOME", filepath.Join(home, ".config"))
		if mac := filepath.Join(home, "Library", "Application Support", "pip"); runtime.GOOS == "darwin" && isDir(mac) {
			config = filepath.Dir(mac)
		}
		files = append(files, filepath.Join(config, "pip", "pip.conf"))
	}
	if prefix := sitePrefix(); prefix != "" {
		files = append(files, filepath.Join(prefix, "pip.conf"))
	}
	if own != "" {
		files = append(files, own)
	}
	return files
}

// sitePrefix is the sys.prefix of the Python in use, guessed without starting it.
func sitePrefix() string {
	if env := os.Getenv("VIRTUAL_ENV"); env != "" {
		return env
	}
	if python, err := findPython(); err == nil {
		return filepath.Dir(filepath.Dir(python))
	}
	return ""
}

// add reads one file, of configparser's grammar: [section], key = value or key: value, lines of a value that go on
// are indented, also behind empty ones, # and ; begin a comment line. Keys are folded as pip folds them. The reason is
// why line n is none of these, "" if all are.
func (c pipConfig) add(file, text string) (n int, reason string) {
	section, last := "", ""
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		n++
		if !utf8.ValidString(line) {
			return n, "a byte that is not UTF-8"
		}
		trimmed := strings.TrimSpace(line)
		switch {
		case trimmed == "":
		case trimmed[0] == '#' || trimmed[0] == ';':
		case last != "" && (line[0] == ' ' || line[0] == '\t'):
			c.values[last] = strings.TrimSpace(c.values[last] + "\n" + trimmed)
		case trimmed[0] == '[' && strings.LastIndexByte(trimmed, ']') > 1:
			section, last = trimmed[1:strings.LastIndexByte(trimmed, ']')], ""
		default:
			i := strings.IndexAny(trimmed, "=:")
			switch {
			case section == "":
				return n, "the line stands below no [section]"
			case i < 0:
				return n, "neither [section] nor key = value"
			}
			key := strings.ReplaceAll(strings.ToLower(strings.TrimSpace(trimmed[:i])), "_", "-")
			last = section + "." + strings.TrimPrefix(key, "--")
			c.values[last], c.files[last] = strings.TrimSpace(trimmed[i+1:]), file
		}
	}
	return n, ""
}

func envOr(name, fallback string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return fallback
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
