package pydb

// Stats says what Build packed and what it became.
type Stats struct {
	Projects int
	Releases int
	Files    int
	Left     map[string]int   // files, releases and projects left out, by reason
	Bytes    map[string]int64 // of the database, by the first line of the streams, the index of files apart
}

// filesIndex is what Stats calls index shards that lead to files.
const filesIndex = "index of files"

// Total is the size of the database in bytes.
func (s *Stats) Total() (total int64) {
	for _, n := range s.Bytes {
		total += n
	}
	return total
}

// BytesPerRelease is what solving needs, index included and files excluded.
func (s *Stats) BytesPerRelease() float64 {
	return float64(s.Total()-s.Bytes[headFiles]-s.Bytes[filesIndex]) / float64(max(1, s.Releases))
}

// BytesPerFile is what is known of files, without their release.
func (s *Stats) BytesPerFile() float64 {
	return float64(s.Bytes[headFiles]+s.Bytes[filesIndex]) / float64(max(1, s.Files))
}
