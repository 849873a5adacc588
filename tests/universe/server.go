package universe

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"mach/helper/crawl/record"
)

// Server serves a universe as an index does: /simple/ is its list, /simple/NAME/ are its pages, /packages/FILE its files, with a metadata
// file beside each wheel, and /links/ is one flat page of all files.
type Server struct {
	world *world
	words serverWords

	mu      sync.Mutex
	asked   map[string]int // by path
	answers int
	paths   []string
}

// serverWords are what may be different about an index.
type serverWords struct {
	html, bare, plain, noRanges, portal bool
	status, every, serial               int
	user, stall                         string
}

// NewServer makes a server of a text. The words, which are optional:
//
//	html        pages are HTML
//	bare        pages have names and links alone: no hashes, times, sizes and metadata files
//	plain       there are no metadata files beside wheels
//	no-ranges   files are served whole
//	portal      every answer is the page of a hotel
//	status=500  every answer is that
//	every=5     every fifth answer is 500
//	serial=8    the serial of the list, which then has those of the projects too; it is 7 by default, and they are not there
//	user=A:B    who does not say the user A and the password B is refused
//	stall=NAME  the first request for the page of NAME gets no answer
func NewServer(text string, words ...string) (*Server, error) {
	w, err := parse(text)
	if err != nil {
		return nil, err
	}
	s := &Server{world: w, asked: map[string]int{}}
	for _, word := range words {
		key, value, _ := strings.Cut(word, "=")
		switch key {
		case "html":
			s.words.html = true
		case "bare":
			s.words.bare = true
		case "plain":
			s.words.plain = true
		case "no-ranges":
			s.words.noRanges = true
		case "portal":
			s.words.portal = true
		case "status":
			s.words.status, err = strconv.Atoi(value)
		case "every":
			s.words.every, err = strconv.Atoi(value)
		case "serial":
			s.words.serial, err = strconv.Atoi(value)
		case "user":
			s.words.user = value
		case "stall":
			s.words.stall = value
		default:
			err = fmt.Errorf("unknown word %q", word)
		}
		if err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Asked is how often a path was asked for.
func (s *Server) Asked(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked[path]
}

// Requests are the paths that were asked for, in order.
func (s *Server) Requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.paths)
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.asked[r.URL.Path]++
	s.paths = append(s.paths, r.URL.Path)
	s.answers++
	first, n := s.asked[r.URL.Path] == 1, s.answers
	s.mu.Unlock()
	name, isPage := strings.CutPrefix(r.URL.Path, "/simple/")
	file, isFile := strings.CutPrefix(r.URL.Path, "/packages/")
	user, password, _ := r.BasicAuth()
	switch {
	case s.words.user != "" && user+":"+password != s.words.user:
		w.Header().Set("WWW-Authenticate", "Basic")
		w.WriteHeader(http.StatusUnauthorized)
	case s.words.portal:
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<html><body><form action='/login'>Welcome. Your room? <input name=room></form></body></html>")
	case s.words.status != 0:
		w.WriteHeader(s.words.status)
	case s.words.every > 0 && n%s.words.every == 0:
		w.WriteHeader(http.StatusInternalServerError)
	case isPage && first && s.words.stall != "" && name == s.words.stall+"/":
		<-r.Context().Done()
	case isPage && name == "":
		s.list(w, r)
	case isPage && strings.HasSuffix(name, "/"):
		s.page(w, r, strings.TrimSuffix(name, "/"))
	case isFile:
		s.file(w, r, file)
	case r.URL.Path == "/links/":
		s.answer(w, r, "text/html", s.links(slices.Sorted(maps.Keys(s.world.files))))
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

// list is all projects.
func (s *Server) list(w http.ResponseWriter, r *http.Request) {
	if s.words.html {
		var b strings.Builder
		for _, p := range s.world.projects {
			fmt.Fprintf(&b, "<a href='/simple/%s/'>%s</a>\n", p.Name, p.Name)
		}
		s.answer(w, r, "text/html", b.String())
		return
	}
	projects := []map[string]any{}
	for _, p := range s.world.projects {
		one := map[string]any{"name": p.Name}
		if s.words.serial > 0 {
			one["_last-serial"] = serial(p)
		}
		projects = append(projects, one)
	}
	var b bytes.Buffer
	must(json.NewEncoder(&b).Encode(map[string]any{"meta": map[string]any{"api-version": "1.4", "_last-serial": cmp.Or(s.words.serial, 7)}, "projects": projects}))
	s.answer(w, r, "application/vnd.pypi.simple.v1+json", b.String())
}

func (s *Server) page(w http.ResponseWriter, r *http.Request, name string) {
	i := slices.IndexFunc(s.world.projects, func(p *record.Project) bool { return p.Name == name })
	if i < 0 {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	p := s.world.projects[i]
	if s.words.html {
		s.answer(w, r, "text/html", s.html(p))
		return
	}
	page := map[string]any{"meta": map[string]any{"api-version": "1.4", "_last-serial": serial(p)}, "name": name, "versions": p.Versions}
	if p.Status != nil {
		page["project-status"] = p.Status
	}
	files := []map[string]any{}
	for _, f := range p.Files {
		content := s.world.files[f.Filename].bytes(f.Filename)
		one := map[string]any{"filename": f.Filename, "url": "/packages/" + f.Filename, "hashes": map[string]string{}}
		if !s.words.bare {
			one["hashes"] = map[string]string{"sha256": sum(content)}
			one["size"], one["yanked"] = len(content), f.Yanked
			if f.UploadTime != "" {
				one["upload-time"] = f.UploadTime
			}
			if f.RequiresPython != "" {
				one["requires-python"] = f.RequiresPython
			}
			if text, ok := s.metadata(f.Filename); ok {
				one["core-metadata"] = map[string]string{"sha256": sum([]byte(text))}
			}
		}
		files = append(files, one)
	}
	page["files"] = files
	var b bytes.Buffer
	must(json.NewEncoder(&b).Encode(page))
	s.answer(w, r, "application/vnd.pypi.simple.v1+json", b.String())
}

// serial is another number when files come, go or are yanked.
func serial(p *record.Project) int {
	n := 0
	for _, f := range p.Files {
		if n += 7; f.Yanked.Yanked {
			n++
		}
	}
	return n
}

func (s *Server) html(p *record.Project) string {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html><html><head><meta name='pypi:repository-version' content='1.4'>")
	if p.Status != nil {
		fmt.Fprintf(&b, "<meta name='pypi:project-status' content='%s'>", p.Status.Status)
		fmt.Fprintf(&b, "<meta name='pypi:project-status-reason' content='%s'>", html.EscapeString(p.Status.Reason))
	}
	b.WriteString("</head><body>\n")
	for _, f := range p.Files {
		fmt.Fprintf(&b, "<a href='/packages/%s", f.Filename)
		if !s.words.bare {
			fmt.Fprintf(&b, "#sha256=%s'", sum(s.world.files[f.Filename].bytes(f.Filename)))
			if f.RequiresPython != "" {
				fmt.Fprintf(&b, " data-requires-python='%s'", html.EscapeString(f.RequiresPython))
			}
			if f.Yanked.Yanked {
				fmt.Fprintf(&b, " data-yanked='%s'", html.EscapeString(f.Yanked.Reason))
			}
			if text, ok := s.metadata(f.Filename); ok {
				fmt.Fprintf(&b, " data-core-metadata='sha256=%s'", sum([]byte(text)))
			}
			fmt.Fprintf(&b, ">%s</a>\n", f.Filename)
			continue
		}
		fmt.Fprintf(&b, "'>%s</a>\n", f.Filename)
	}
	b.WriteString("</body></html>\n")
	return b.String()
}

// links is a page for --find-links, which says no more than names and hashes.
func (s *Server) links(files []string) string {
	var b strings.Builder
	for _, f := range files {
		hash := ""
		if !s.words.bare {
			hash = "#sha256=" + sum(s.world.files[f].bytes(f))
		}
		fmt.Fprintf(&b, "<a href=\"../packages/%s%s\">%s</a><br/>\n", f, hash, f)
	}
	return b.String()
}

// metadata is what lies beside a wheel, if there is something.
func (s *Server) metadata(filename string) (string, bool) {
	c := s.world.files[filename]
	if s.words.bare || s.words.plain || c == nil || c.broken || !strings.HasSuffix(filename, ".whl") {
		return "", false
	}
	return c.coreMetadata("2.1", true), true
}

func (s *Server) file(w http.ResponseWriter, r *http.Request, name string) {
	if wheel, ok := strings.CutSuffix(name, ".metadata"); ok {
		if text, ok := s.metadata(wheel); ok {
			s.answer(w, r, "application/octet-stream", text)
			return
		}
	}
	c := s.world.files[name]
	if c == nil {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	if s.words.noRanges {
		r.Header.Del("Range")
	}
	w.Header().Set("ETag", `"`+name+`"`)
	w.Header().Set("Cache-Control", "max-age=365000000, immutable")
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(c.bytes(name)))
}

// answer sends a text with a tag of its content, or says that it is the one the client has.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, kind, text string) {
	tag := `"` + sum([]byte(text))[:16] + `"`
	w.Header().Set("Content-Type", kind)
	w.Header().Set("ETag", tag)
	w.Header().Set("Cache-Control", "max-age=600")
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	fmt.Fprint(w, text)
}

func sum(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}
