package cli

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"mach/helper/diag"
)

// writeFile writes a file whole or not at all; written is false if it has that text already.
func writeFile(path string, text []byte) (written bool, err error) {
	path, device, err := outputPath(path)
	if err != nil {
		return false, err
	}
	if device {
		return true, writeDevice(path, text)
	}
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, text) {
		return false, nil
	}
	out, err := createFile(path)
	if err != nil {
		return false, err
	}
	defer out.Cleanup()
	_, err = out.Write(text)
	if err == nil {
		err = out.CloseAtomicallyReplace()
	}
	if err != nil {
		return false, writeError(path, err)
	}
	return true, nil
}

// outputPath checks where is to be written. A symbolic link stays, and what it leads to is written. What is no regular
// file, such as /dev/null or a pipe, must never be replaced by one: device says so.
func outputPath(path string) (target string, device bool, err error) {
	if path == "" {
		return "", false, diag.Usage("the output has no name").Hint("name a file: -o pylock.toml")
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return "", false, diag.Usage("%s: a directory cannot be written", path).Hint("name a file: -o %s", filepath.Join(path, "pylock.toml"))
	case err == nil && !info.Mode().IsRegular():
		return path, true, nil
	case err == nil:
		if target, err = filepath.EvalSymlinks(path); err != nil {
			return "", false, writeError(path, err)
		}
		return target, false, nil
	case errors.Is(err, fs.ErrNotExist):
		dir := filepath.Dir(path)
		if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
			return "", false, diag.Usage("%s: its directory does not exist", path).Hint("mkdir -p %s", dir)
		}
		return path, false, nil
	}
	return "", false, writeError(path, err)
}

func writeDevice(path string, text []byte) error {
	out, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return writeError(path, err)
	}
	_, err = out.Write(text)
	if err := errors.Join(err, out.Close()); err != nil {
		return writeError(path, err)
	}
	return nil
}
