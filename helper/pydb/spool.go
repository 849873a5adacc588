package pydb

import (
	"os"
)

// spool keeps what is made until it is written: in memory, and from spoolMemory on in
// a temporary file, which has no name and goes with the process.
type spool struct {
	dir    string
	memory []byte
	file   *os.File
	size   int64
}

const spoolMemory = 32 << 20

// add keeps b and gives its place.
func (s *spool) add(b []byte) (at int64, err error) {
	s.memory = append(s.memory, b...)
	at = s.size
	s.size += int64(len(b))
	if len(s.memory) >= spoolMemory {
		err = s.flush()
	}
	return at, err
}

func (s *spool) flush() error {
	if s.file == nil {
		f, err := os.CreateTemp(s.dir, ".mach-db-*")
		if err != nil {
			return err
		}
		s.file = f
		if err := os.Remove(f.Name()); err != nil {
			return err
		}
	}
	_, err := s.file.Write(s.memory)
	s.memory = s.memory[:0]
	return err
}

// get appends n bytes from a place on to b.
func (s *spool) get(b []byte, at int64, n int) ([]byte, error) {
	inFile := s.size - int64(len(s.memory))
	if at >= inFile {
		return append(b, s.memory[at-inFile:][:n]...), nil
	}
	have := len(b)
	b = append(b, make([]byte, n)...)
	fromFile := int(min(int64(n), inFile-at))
	if _, err := s.file.ReadAt(b[have:have+fromFile], at); err != nil {
		return nil, err
	}
	copy(b[have+fromFile:], s.memory)
	return b, nil
}

func (s *spool) close() error {
	if s.file == nil {
		return nil
	}
	return s.file.Close()
}
