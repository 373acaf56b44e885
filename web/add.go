package web

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"readout/record"
)

// Input is what somebody hands in to be read: one of File and Address.
type Input struct {
	File    string // its path; what it is of is told by its ending
	Address string // of a page or a feed: http or https
	// Outlet and Published are of articles that do not tell them.
	Outlet    string
	Published time.Time
}

// Arrival is an article of an input, or why there is none.
type Arrival struct {
	Name    string // where it was found
	Article *record.Article
	Note    string // what is to be told of it, "" for nothing
	Err     error
}

// addPage is the form by which articles are handed in.
type addPage struct {
	Wrong   string
	Text    string
	Title   string
	Outlet  string
	Day     string
	URL     string
	Address string
	TLP     []option
	Recent  []jobLine
	Notes   bool   // they are entered, too
	Kinds   string // of files, as a browser wants them
}

type jobLine struct {
	URL, Name, State string
}

// kinds are the endings of files that are taken.
var kinds = []string{".txt", ".text", ".md", ".markdown", ".html", ".htm", ".jsonl", ".ndjson", ".warc", ".warc.gz", ".pdf", ".xml", ".rss", ".atom"}

// Bounds of what is handed in at once.
const (
	maxUpload = 64 << 20 // bytes
	maxFiles  = 50
)

func addForm(_ context.Context, a *ask) (*page, error) {
	if a.s.c.Open == nil {
		return nil, problem{Status: http.StatusNotFound, Detail: "nothing is added here"}
	}
	return &page{Name: "add", Title: "Add articles", Form: true, Data: a.s.addPage(a)}, nil
}

func (s *Server) addPage(a *ask) *addPage {
	d := &addPage{Notes: s.c.Notes != nil, Kinds: strings.Join(kinds, ",")}
	for _, name := range record.TLPNames() {
		d.TLP = append(d.TLP, option{name, name, false})
	}
	for _, j := range s.jobs.recent(5) {
		v := j.view()
		l := jobLine{URL: a.to("/add/" + v.ID), Name: v.Name, State: v.summary()}
		d.Recent = append(d.Recent, l)
	}
	return d
}

// addPost takes a form with a text, files or an address, and leads to the page
// that tells what becomes of it.
func (s *Server) addPost(w http.ResponseWriter, r *http.Request) {
	id, err := s.handIn(w, r)
	var wrong problem
	if errors.As(err, &wrong) && wrong.Status < http.StatusInternalServerError && s.c.Open != nil && r.MultipartForm != nil {
		a := s.ask(r)
		d := s.addPage(a)
		form := url.Values(r.MultipartForm.Value)
		d.Wrong, d.Text, d.Title, d.Outlet, d.Day, d.URL, d.Address = wrong.Detail, form.Get("text"), form.Get("title"), form.Get("outlet"), form.Get("published"), form.Get("url"), form.Get("address")
		s.again(w, a, wrong.Status, &page{Name: "add", Title: "Add articles", Form: true, Data: d})
		return
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, "/add/"+id, http.StatusSeeOther)
}

// again shows a form once more, with what was wrong.
func (s *Server) again(w http.ResponseWriter, a *ask, status int, p *page) {
	body, err := s.render(a, p)
	if err != nil {
		s.fail(w, a.r, err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(body) // who asked is gone
}

// handIn begins a job with what a form holds.
func (s *Server) handIn(w http.ResponseWriter, r *http.Request) (id string, err error) {
	if s.c.Open == nil || s.c.Read == nil {
		return "", problem{Status: http.StatusNotFound, Detail: "nothing is added here"}
	}
	by, err := s.who(r.Context())
	if err != nil {
		return "", err
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxUpload)
	err = r.ParseMultipartForm(1 << 20)
	if r.MultipartForm != nil {
		defer r.MultipartForm.RemoveAll()
	}
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return "", problem{Status: http.StatusRequestEntityTooLarge, Detail: fmt.Sprintf("at most %d MB at once; 'readout add' takes more", maxUpload>>20)}
	case err != nil:
		return "", bad("the form cannot be read")
	}
	form := url.Values(r.MultipartForm.Value)
	for name, list := range form {
		for _, v := range list {
			if name != "text" && len(v) > 4*maxValue || !utf8.ValidString(v) || strings.ContainsRune(v, 0) {
				return "", bad(name + ": not a value that can be kept")
			}
		}
	}
	j := &job{by: by, outlet: strings.TrimSpace(form.Get("outlet"))}
	if j.published, err = moment(form.Get("published"), false); err != nil {
		return "", bad("published: " + err.Error())
	}
	if v := form.Get("tlp"); v != "" {
		if j.tlp, err = record.ParseTLP(v); err != nil {
			return "", bad("marking: " + err.Error())
		}
	}
	if j.dir, err = os.MkdirTemp("", "readout-add-*"); err != nil {
		return "", err
	}
	if err = j.gather(form, r.MultipartForm.File["files"]); err == nil {
		id, err = s.jobs.start(s, j)
	}
	if err != nil {
		_ = os.RemoveAll(j.dir) // the error is of what was handed in
	}
	return id, err
}

// gather takes the text, the files and the address of a form.
func (j *job) gather(form url.Values, list []*multipart.FileHeader) error {
	if text := form.Get("text"); strings.TrimSpace(text) != "" {
		b, err := json.Marshal(posted{Title: strings.TrimSpace(form.Get("title")), Outlet: j.outlet, URL: strings.TrimSpace(form.Get("url")), Published: form.Get("published"), Text: strings.ReplaceAll(text, "\r\n", "\n")})
		if err != nil {
			return err
		}
		if len(b) > maxBody {
			return problem{Status: http.StatusRequestEntityTooLarge, Detail: fmt.Sprintf("a text may have %d MB", maxBody>>20)}
		}
		if _, err := parseArticle(b); err != nil {
			return err
		}
		path := filepath.Join(j.dir, "text.jsonl")
		if err := os.WriteFile(path, append(b, '\n'), 0o600); err != nil {
			return err
		}
		j.add("the text", Input{File: path})
	}
	if len(list) > maxFiles {
		return bad(fmt.Sprintf("at most %d files at once", maxFiles))
	}
	for n, f := range list {
		if f.Filename == "" && f.Size == 0 {
			continue
		}
		name := fileName(f.Filename)
		if !slices.ContainsFunc(kinds, func(k string) bool { return strings.HasSuffix(strings.ToLower(name), k) }) {
			return problem{Status: http.StatusUnprocessableEntity, Detail: fmt.Sprintf("%s: none of the kinds of files that are read: %s", name, strings.Join(kinds, " "))}
		}
		dir := filepath.Join(j.dir, strconv.Itoa(n))
		if err := os.Mkdir(dir, 0o700); err != nil {
			return err
		}
		path := filepath.Join(dir, name)
		if err := keepFile(path, f); err != nil {
			return err
		}
		j.add(name, Input{File: path, Outlet: j.outlet, Published: j.published})
	}
	if v := strings.TrimSpace(form.Get("address")); v != "" {
		u, err := url.Parse(v)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
			return problem{Status: http.StatusUnprocessableEntity, Detail: "address: one that begins with http:// or https://"}
		}
		j.add(v, Input{Address: u.String(), Outlet: j.outlet, Published: j.published})
	}
	if len(j.inputs) == 0 {
		return bad("there is nothing to add: a text, a file or an address")
	}
	return nil
}

// fileName is the name of a file as it may stand in a folder.
func fileName(s string) string {
	s = s[strings.LastIndexAny(s, `/\`)+1:]
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == utf8.RuneError || r == ':' {
			return '_'
		}
		return r
	}, s)
	if s = strings.TrimLeft(s, ".-"); s == "" {
		s = "file"
	}
	for len(s) > 120 { // the ending tells what it is
		_, n := utf8.DecodeRuneInString(s)
		s = s[n:]
	}
	return s
}

func keepFile(path string, f *multipart.FileHeader) error {
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// AddedArticle is what came of an article that a program handed in.
type AddedArticle struct {
	Article string `json:"article"` // its id
	Version string `json:"version"`
	New     bool   `json:"new"`     // it was not there
	Changed bool   `json:"changed"` // another version of it was
}

// Handed is what came of one of several articles that a program handed in: what
// AddedArticle tells, or why it was not added.
type Handed struct {
	*AddedArticle
	Error *problem `json:"error,omitempty"`
}

// maxHanded is how many articles are handed in at once.
const maxHanded = 100

// addJSON adds articles, each as a line of JSON of 'readout add', and answers when
// they are kept: one object gets one answer, an array or lines of JSON one for each.
func (s *Server) addJSON(w http.ResponseWriter, r *http.Request) {
	if s.c.Open == nil || s.c.Read == nil {
		s.fail(w, r, problem{Status: http.StatusNotFound, Detail: "nothing is added here"})
		return
	}
	lines, one, err := handed(w, r)
	if err == nil {
		_, err = s.who(r.Context())
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	if !one {
		s.addEach(w, r, lines)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), limit)
	defer cancel()
	got, err := s.addLine(ctx, lines[0])
	if err != nil {
		s.fail(w, r, err)
		return
	}
	if !got.New {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-store")
		_ = json.NewEncoder(w).Encode(got) // who asked is gone
		return
	}
	s.created(w, r, "/article/"+got.Version, got)
}

// addEach adds articles one after the other. One that cannot be added does not
// keep the others out.
func (s *Server) addEach(w http.ResponseWriter, r *http.Request, lines []json.RawMessage) {
	out := struct {
		Articles []Handed `json:"articles"` // in the order in which they came
	}{[]Handed{}}
	for _, line := range lines {
		ctx, cancel := context.WithTimeout(r.Context(), limit)
		got, err := s.addLine(ctx, line)
		cancel()
		if r.Context().Err() != nil {
			return // nobody waits any more; what was added is kept
		}
		h := Handed{AddedArticle: got}
		if err != nil {
			p := problemOf(err)
			if p.Status >= http.StatusInternalServerError {
				s.c.Log.ErrorContext(r.Context(), "add", logError, err.Error())
			}
			h = Handed{Error: &p}
		}
		out.Articles = append(out.Articles, h)
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(out) // who asked is gone
}

// handed are the articles of a body: of one object, an array or lines of JSON;
// one tells that it is an object alone.
func handed(w http.ResponseWriter, r *http.Request) (list []json.RawMessage, one bool, err error) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	lines := slices.Contains([]string{"application/x-ndjson", "application/jsonl", "application/x-jsonlines"}, kind)
	if lines {
		r.Header.Set("Content-Type", "application/json")
	}
	body, err := jsonBody(w, r, maxBody)
	if err != nil {
		return nil, false, err
	}
	if !utf8.Valid(body) {
		return nil, false, bad("the body is no text in UTF-8")
	}
	switch body = bytes.TrimSpace(body); {
	case lines:
		for line := range bytes.Lines(body) {
			if line = bytes.TrimSpace(line); len(line) > 0 {
				list = append(list, line)
			}
		}
	case bytes.HasPrefix(body, []byte("[")):
		if err := strict(body, &list); err != nil {
			return nil, false, bad("the body is no list of articles: " + err.Error())
		}
	default:
		_, err := parseArticle(body)
		return []json.RawMessage{body}, true, err
	}
	if len(list) == 0 || len(list) > maxHanded {
		return nil, false, problem{Status: http.StatusRequestEntityTooLarge, Detail: fmt.Sprintf("1 to %d articles at once", maxHanded)}
	}
	return list, false, nil
}

// addLine adds the article of a line of JSON, which must hold one.
func (s *Server) addLine(ctx context.Context, line []byte) (*AddedArticle, error) {
	if _, err := parseArticle(line); err != nil {
		return nil, err
	}
	f, err := os.CreateTemp("", "readout-add-*.jsonl")
	if err != nil {
		return nil, err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(append(slices.DeleteFunc(slices.Clone(line), func(b byte) bool { return b == '\n' || b == '\r' }), '\n'))
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	next, stop := iter.Pull(s.c.Open(ctx, Input{File: f.Name()}))
	defer stop()
	x, ok := next()
	if !ok {
		return nil, problem{Status: http.StatusUnprocessableEntity, Detail: "there is no article in it"}
	}
	if x.Err != nil {
		return nil, problem{Status: http.StatusUnprocessableEntity, Detail: x.Err.Error()}
	}
	return s.take(ctx, x.Article, 0, "")
}

// take reads an article and puts it into the record, unless it is there.
func (s *Server) take(ctx context.Context, a *record.Article, tlp record.TLP, by string) (*AddedArticle, error) {
	a.Text = strings.TrimPrefix(a.Text, "\uFEFF")
	if tlp != 0 { // before it is added: it is at no moment without its marking
		if _, err := s.c.Ledger.MarkIDs(ctx, []string{a.ID()}, tlp, by, ""); err != nil && !errors.Is(err, record.ErrPurged) {
			return nil, err
		}
	}
	out := &AddedArticle{Article: a.ID(), Version: a.Version()}
	known, err := s.c.Ledger.Known(ctx, a)
	if known || err != nil {
		return out, purged(err)
	}
	if err := s.waitReader(ctx); err != nil {
		return nil, err
	}
	defer s.freeReader()
	r, err := s.c.Read(ctx, a)
	if err != nil {
		return nil, cmp.Or(ctx.Err(), error(problem{Status: http.StatusUnprocessableEntity, Detail: err.Error()}))
	}
	got, err := s.c.Ledger.Add(ctx, a, r)
	if err != nil {
		return nil, purged(err)
	}
	out.New, out.Changed, out.Version = got.New, got.Changed, got.Version
	return out, nil
}

// purged says of an article that it is not to come back.
func purged(err error) error {
	if errors.Is(err, record.ErrPurged) {
		return problem{Status: http.StatusUnprocessableEntity, Detail: "it was purged from the record, and is not taken in again"}
	}
	return err
}
