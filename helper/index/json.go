package index

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// jsonPage is PEP 691's project object, with what PEP 700, 708 and 792 add.
type jsonPage struct {
	Meta struct {
		APIVersion string     `json:"api-version"`
		LastSerial jsonSerial `json:"_last-serial"`
		Tracks     []string   `json:"tracks"`
	} `json:"meta"`
	Status struct {
		Status string `json:"status"`
		Reason string `json:"reason"`
	} `json:"project-status"`
	Alternates []string   `json:"alternate-locations"`
	Files      []jsonFile `json:"files"`
}

type jsonFile struct {
	Filename       string       `json:"filename"`
	URL            string       `json:"url"`
	Hashes         jsonHashes   `json:"hashes"`
	RequiresPython string       `json:"requires-python"`
	Size           int64        `json:"size"`
	UploadTime     string       `json:"upload-time"`
	Yanked         jsonYanked   `json:"yanked"`
	CoreMetadata   jsonMetadata `json:"core-metadata"`
	DistMetadata   jsonMetadata `json:"dist-info-metadata"` // PEP 714: the name it first had
}

// jsonSerial is a number, or as some mirrors have it a string of one.
type jsonSerial int64

// UnmarshalJSON reads either; anything else is 0, as where there is none.
func (s *jsonSerial) UnmarshalJSON(b []byte) error {
	n, _ := strconv.ParseInt(string(bytes.Trim(b, `"`)), 10, 64)
	*s = jsonSerial(n)
	return nil
}

// jsonYanked is false, true, or a reason.
type jsonYanked struct {
	yanked bool
	reason string
}

// UnmarshalJSON reads either.
func (y *jsonYanked) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		err := json.Unmarshal(b, &y.reason)
		y.yanked = y.reason != ""
		return err
	}
	y.yanked = string(b) == "true"
	return nil
}

// jsonMetadata is false, true, or the hashes of the metadata file.
type jsonMetadata struct {
	said, there bool
	sha256      string
}

// jsonHashes are the hashes of a file, of which mach uses one.
type jsonHashes struct {
	SHA256 string `json:"sha256"`
}

// UnmarshalJSON reads either.
func (m *jsonMetadata) UnmarshalJSON(b []byte) error {
	m.said = true
	if len(b) > 0 && b[0] == '{' {
		var hashes jsonHashes
		err := json.Unmarshal(b, &hashes)
		m.there, m.sha256 = true, hashes.SHA256
		return err
	}
	m.there = string(b) == "true"
	return nil
}

// parseJSON reads a page of PEP 691.
func parseJSON(body []byte, base *url.URL) (*rawPage, error) {
	var j jsonPage
	if err := json.Unmarshal(body, &j); err != nil {
		return nil, fmt.Errorf("not a page of an index: %w", err)
	}
	if err := checkVersion(j.Meta.APIVersion); err != nil {
		return nil, err
	}
	p := &rawPage{
		serial: int64(j.Meta.LastSerial), status: clean(j.Status.Status), reason: clean(j.Status.Reason),
		tracks: j.Meta.Tracks, alternates: j.Alternates, files: make([]rawFile, len(j.Files)),
	}
	for i := range j.Files {
		f := &j.Files[i]
		abs, _, err := resolve(base, f.URL)
		if err != nil {
			return nil, fmt.Errorf("file %q: %w", f.Filename, err)
		}
		meta := f.CoreMetadata
		if !meta.there {
			meta = f.DistMetadata
		}
		p.announces = p.announces || f.CoreMetadata.said || f.DistMetadata.said
		p.files[i] = rawFile{
			filename: f.Filename, url: abs, sha256: f.Hashes.SHA256,
			requiresPython: f.RequiresPython, size: max(f.Size, 0), uploaded: uploadTime(f.UploadTime),
			yanked: f.Yanked.yanked, reason: f.Yanked.reason,
			metadata: meta.there, metadataSHA256: meta.sha256,
		}
	}
	return p, nil
}

// checkVersion takes every version of the API whose major is 1 (PEP 629).
func checkVersion(v string) error {
	if v == "" {
		return errors.New("not a page of an index: there is no API version")
	}
	if major, _, _ := strings.Cut(v, "."); major != "1" {
		return fmt.Errorf("the index speaks version %q of its API, and mach reads 1.x", v)
	}
	return nil
}
