package inputs

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"mach/helper/diag"
)

// decode makes a string of a file, by its byte order mark, its coding line or else UTF-8.
func decode(file string, data []byte) (string, *diag.Error) {
	if rest, ok := bytes.CutPrefix(data, []byte("\xef\xbb\xbf")); ok {
		return decodeUTF8(file, rest)
	}
	if rest, ok := bytes.CutPrefix(data, []byte("\xff\xfe")); ok {
		return decodeUTF16(rest, binary.LittleEndian), nil
	}
	if rest, ok := bytes.CutPrefix(data, []byte("\xfe\xff")); ok {
		return decodeUTF16(rest, binary.BigEndian), nil
	}
	switch name, offset := coding(data); strings.ReplaceAll(strings.ToLower(name), "_", "-") {
	case "", "utf-8", "utf8", "ascii", "us-ascii":
		return decodeUTF8(file, data)
	case "latin-1", "latin1", "iso-8859-1", "iso8859-1", "l1":
		return decodeLatin1(data), nil
	default:
		return "", diag.Locate(file, string(data), offset, len(name)).Errorf("encoding %q is not read here", name).
			Hint("save the file as UTF-8 and take the coding line out")
	}
}

func decodeUTF8(file string, data []byte) (string, *diag.Error) {
	if utf8.Valid(data) {
		return string(data), nil
	}
	bad := 0
	for r, n := utf8.DecodeRune(data); r != utf8.RuneError || n > 1; r, n = utf8.DecodeRune(data[bad:]) {
		bad += n
	}
	return "", diag.Locate(file, string(data), bad, 1).Errorf("byte 0x%x is not UTF-8", data[bad]).
		Hint("save the file as UTF-8, or name its encoding in the first line: # -*- coding: latin-1 -*-")
}

func decodeUTF16(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, 0, len(data)/2)
	for ; len(data) >= 2; data = data[2:] {
		units = append(units, order.Uint16(data))
	}
	return string(utf16.Decode(units))
}

func decodeLatin1(data []byte) string {
	var b strings.Builder
	for _, c := range data {
		b.WriteRune(rune(c))
	}
	return b.String()
}

// coding is the encoding that a comment in one of the first two lines names (PEP 263), and where.
func coding(data []byte) (name string, offset int) {
	start := 0
	for range 2 {
		line, _, _ := bytes.Cut(data[start:], []byte("\n"))
		if bytes.HasPrefix(line, []byte("#")) {
			if from, to := codingIn(line); to > 0 {
				return string(line[from:to]), start + from
			}
		}
		start = min(start+len(line)+1, len(data))
	}
	return "", 0
}

// codingIn finds the name in "coding: name" or "coding=name".
func codingIn(line []byte) (from, to int) {
	for at := 0; ; {
		i := bytes.Index(line[at:], []byte("coding"))
		if i < 0 {
			return 0, 0
		}
		at += i + len("coding")
		if at == len(line) || line[at] != ':' && line[at] != '=' {
			continue
		}
		from = at + 1 + len(line[at+1:]) - len(bytes.TrimLeft(line[at+1:], " \t"))
		to = from
		for to < len(line) && isCodingByte(line[to]) {
			to++
		}
		if to > from {
			return from, to
		}
	}
}

func isCodingByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.'
}
