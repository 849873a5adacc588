package index

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// jsonPage is PEP 691's project object, with what PEP 700 and 792 add.
type jsonPage struct {
	Meta struct {
		APIVersion string     `json:"api-version"`
		LastSerial jsonSerial `json:"_last-serial"`
	} `json:"meta"`
	Status struct {
		Status string `json:"status"`
		Reason string `json:"reason"`
	} `json:"project-status"`
	Versions []string   `json:"versions"`
	Files    []jsonFile `json:"files"`
}

type jsonFile struct {
	Filename       string            `json:"filename"`
	URL            string            `json:"url"`
	Hashes         map[string]string `json:"hashes"`
	RequiresPython string            `json:"requires-python"`
	Size           int64             `json:"size"`
	UploadTime     string            `json:"upload-time"`
	Yanked         jsonYanked        `json:"yanked"`
	CoreMetadata   jsonMetadata      `json:"core-metadata"`
	DistMetadata   jsonMetadata      `json:"dist-info-metadata"` // PEP 714: the name it first had
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
	there  bool
	sha256 string
}

// UnmarshalJSON reads either.
func (m *jsonMetadata) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '{' {
		var hashes map[string]string
		err := json.Unmarshal(b, &hashes)
		m.there, m.sha256 = true, strings.ToLower(hashes["sha256"])
		return err
	}
	m.there = string(b) == "true"
	return nil
}

func parseJSON(body []byte, base *url.URL) (*Page, error) {
	var j jsonPage
	if err := json.Unmarshal(body, &j); err != nil {
		return nil, fmt.Errorf("not a page of an index: %w", err)
	}
	if v := j.Meta.APIVersion; !strings.HasPrefix(v, "1.") {
		return nil, fmt.Errorf("not a page of an index: API version %q is not 1.x", v)
	}
	p := &Page{
		Serial: int64(j.Meta.LastSerial), Versions: j.Versions,
		Status: j.Status.Status, StatusReason: j.Status.Reason,
	}
	for _, f := range j.Files {
		abs, _, err := resolve(base, f.URL)
		if err != nil {
			return nil, fmt.Errorf("file %q: %w", f.Filename, err)
		}
		meta := f.CoreMetadata
		if !meta.there {
			meta = f.DistMetadata
		}
		p.Files = append(p.Files, File{
			Filename: f.Filename, URL: abs, SHA256: strings.ToLower(f.Hashes["sha256"]),
			RequiresPython: f.RequiresPython, Size: f.Size, UploadTime: f.UploadTime,
			Yanked: f.Yanked.yanked, YankedReason: f.Yanked.reason,
			HasMetadata: meta.there, MetadataSHA256: meta.sha256,
		})
	}
	return p, nil
}
