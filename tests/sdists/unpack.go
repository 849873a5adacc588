package sdists

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
)

func untar(data []byte, keep func(string, fs.FileMode, io.Reader) error) error {
	unpacked, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return err
	}
	for archive := tar.NewReader(unpacked); ; {
		h, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = keep(h.Name, h.FileInfo().Mode(), archive)
		}
		if err != nil {
			return err
		}
	}
}

func unzip(data []byte, keep func(string, fs.FileMode, io.Reader) error) error {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	for _, f := range archive.File {
		in, err := f.Open()
		if err == nil {
			err = keep(f.Name, f.Mode(), in)
			in.Close()
		}
		if err != nil {
			return err
		}
	}
	return nil
}
