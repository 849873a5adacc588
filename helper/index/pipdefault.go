package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// pipQuestion asks pip for its default index. The module is pip's own business, but has been the same since pip 10
// and is the only place where the answer stands.
const pipQuestion = `from pip._internal.models.index import PyPI
print(PyPI.simple_url)
print(PyPI.file_storage_domain)`

func findPython() (string, error) {
	path, err := exec.LookPath("python3")
	if err != nil {
		return "", err
	}
	return filepath.Abs(path)
}

// pipDefault is the index that the installed pip has built in. Starting Python takes as long as ten locks, so the
// answer is kept in cache, for as long as the interpreter stays the same file.
func pipDefault(cache string) (Index, error) {
	python, err := findPython()
	if err != nil {
		return Index{}, errors.New("nothing is configured, and there is no python3 on PATH whose pip could be asked")
	}
	info, err := os.Stat(python)
	if err != nil {
		return Index{}, err
	}
	if cache == "" {
		cache = CacheDir()
	}
	c := store{dir: cache}
	key := fmt.Sprintf("%s %d %d", python, info.ModTime().UnixNano(), info.Size())
	if e := c.get(kindPip, key); e != nil {
		if ix, err := parsePipAnswer(e.head, python); err == nil {
			return ix, nil
		}
	}
	answer, err := askPip(python)
	if err != nil {
		return Index{}, err
	}
	ix, err := parsePipAnswer(answer, python)
	if err == nil {
		c.put(kindPip, key, newEntry(answer, nil))
	}
	return ix, err
}

func askPip(python string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	answer, err := exec.CommandContext(ctx, python, "-c", pipQuestion).Output()
	if err != nil {
		return "", fmt.Errorf("nothing is configured, and %s has no pip that could be asked: %w", python, err)
	}
	return string(answer), nil
}

func parsePipAnswer(answer string, python string) (Index, error) {
	lines := strings.Fields(answer)
	if len(lines) != 2 {
		return Index{}, fmt.Errorf("the pip of %s answers %q where two lines are expected", python, answer)
	}
	ix, err := New(lines[0], "pip of "+python)
	ix.FilesURL = "https://" + lines[1] + "/"
	return ix, err
}
