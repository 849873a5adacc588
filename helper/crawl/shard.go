package crawl

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// Shard is a part of all projects: the K-th of N, by a hash of their names, so that each project is in just one. The zero
// Shard is all.
type Shard struct{ K, N int }

// ParseShard reads "3/16".
func ParseShard(s string) (Shard, error) {
	k, n, ok := strings.Cut(s, "/")
	shard := Shard{}
	var errK, errN error
	shard.K, errK = strconv.Atoi(k)
	shard.N, errN = strconv.Atoi(n)
	if !ok || errK != nil || errN != nil || shard.K < 1 || shard.K > shard.N {
		return Shard{}, fmt.Errorf("%q is not a shard, such as 3/16", s)
	}
	return shard, nil
}

// String is what ParseShard reads.
func (s Shard) String() string {
	if s.N == 0 {
		return "1/1"
	}
	return fmt.Sprintf("%d/%d", s.K, s.N)
}

// Has says whether the project of a normalised name is in the shard.
func (s Shard) Has(name string) bool {
	if s.N <= 1 {
		return true
	}
	sum := sha256.Sum256([]byte(name))
	return binary.BigEndian.Uint64(sum[:])%uint64(s.N) == uint64(s.K-1)
}

// Scope names what a crawl of whole projects reads of each: two records are comparable if it is the same. The build
// systems that are read besides are no part of it.
func (o Options) Scope() string {
	o = o.WithDefaults()
	text := strings.Join(o.Pythons, ",") + ";" + strings.Join(o.Systems, ",")
	if !o.Released.IsZero() {
		text += ";" + o.Released.UTC().Format("2006-01-02")
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:4])
}

// WithDefaults has the default targets where none are named.
func (o Options) WithDefaults() Options {
	if len(o.Pythons) == 0 {
		o.Pythons = DefaultPythons
	}
	if len(o.Systems) == 0 {
		o.Systems = DefaultSystems
	}
	return o
}
