package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"readout/record"
	"readout/sheet"
	"readout/web/draw"
)

//go:embed templates static
var files embed.FS

// page is an answer: what a program gets, and what people see of it.
type page struct {
	Name  string // of the template; "" where there is only View
	Title string
	Sub   string
	View  any // as JSON
	Data  any // for the template
	// Raw is an answer that is neither, of type Type; Policy is its own.
	Raw    []byte
	Type   string
	Policy string
	// Script is the file of the script that the page has, "" for none.
	Script string
	// Form tells that the page is to fill in: it is of no day but now.
	Form bool
	// Refresh is after how many seconds it is to be asked for again; 0: not.
	Refresh int
	// Of is what an export of the view has, Tables are the tables of package export
	// that fit, the first before the others; nil: it has no such tables.
	Of     *record.Chosen
	Tables []string
	// Rows are the view as a table of its own, under heads; nil: it has none.
	Rows func() (head []string, rows [][]string)
	// Exports are other forms in which the page can be had: pictures, texts.
	Exports []link
	// Feed is the address of the feed that fits the page; "": that of all changes.
	Feed string
	// Next is the address of what comes after, "" for the end.
	Next string
	// Visit tells that it has what changed: whoever sees it has been here.
	Visit bool
}

// link is an address and its name.
type link struct {
	URL, Name string
	Here      bool // it is this page
}

// layout is what every page has around it.
type layout struct {
	*page
	Record, Version, Style, Path string
	ScriptURL                    string
	Nav                          []link
	Query                        string
	Moment                       string // as it was asked for: what forms hand on
	AsOf, AsOfDay, Newest        string
	Keep                         []link // what the date form hands on: names and values
	Now                          string // this page without a date
	Process                      string
	JSON                         string
	Forms                        []link // in which the view can be had
	FeedTitle                    string
	Cite                         string
	Noun                         string
}

var nav = []link{
	{URL: "/", Name: "State of play"}, {URL: "/brief", Name: "Briefing"}, {URL: "/timeline", Name: "Timeline"}, {URL: "/changes", Name: "Changes"}, {URL: "/issues", Name: "Issues"},
	{URL: "/met", Name: "Who met whom"}, {URL: "/statements", Name: "Statements"}, {URL: "/due", Name: "Due"}, {URL: "/claim", Name: "Check a claim"}, {URL: "/review", Name: "Review"}, {URL: "/add", Name: "Add"}, {URL: "/about", Name: "About the reading"},
}

// render makes the page for who asks.
func (s *Server) render(a *ask, p *page) ([]byte, error) {
	body, err := s.draft(a, p)
	if err != nil {
		return nil, err
	}
	own, err := s.own(a)
	return fill(body, own), err
}

// draft makes a page for people, with holes for what is anybody's own.
func (s *Server) draft(a *ask, p *page) ([]byte, error) {
	t, err := templates()
	if err != nil {
		return nil, err
	}
	l := layout{page: p, ScriptURL: scriptURL(p.Script), Record: s.c.Name, Version: s.c.Version, Style: styleURL(), Path: a.path(), Process: a.q.Process, Query: a.form.Get("q")}
	for _, n := range nav {
		if n.URL == "/claim" && s.c.Understand == nil || n.URL == "/add" && s.c.Open == nil {
			continue
		}
		n.Here = l.Path == n.URL
		n.URL = a.to(n.URL)
		l.Nav = append(l.Nav, n)
	}
	if !a.q.AsOf.IsZero() {
		l.Moment, l.AsOfDay, l.AsOf = a.form.Get("as_of"), a.q.AsOf.Format(time.DateOnly), a.q.AsOf.Format("2 January 2006")
		if len(a.form.Get("as_of")) > len(time.DateOnly) {
			l.AsOf += ", " + a.q.AsOf.Format("15:04 UTC")
		}
		l.Now = a.with("as_of", "")
	}
	for name, values := range a.form {
		if name != "as_of" && name != "after" && len(values) > 0 && values[0] != "" {
			l.Keep = append(l.Keep, link{Name: name, URL: values[0]})
		}
	}
	if p.View != nil {
		at := a.q.AsOf
		if at.IsZero() {
			at = a.now
		}
		l.JSON, l.Forms = a.in(formJSON), a.forms(p)
		l.Cite = p.Title + ". " + s.c.Name + ", a record made with readout, as of " + at.Format("2 January 2006, 15:04 UTC") + ". "
		l.Noun = a.base() + a.with("as_of", at.Format("2006-01-02T15:04:05Z"))
	}
	l.FeedTitle = "Feed: changes of status of these"
	if l.Feed == "" {
		l.Feed, l.FeedTitle = a.to("/changes.atom", "as_of", ""), "Feed: changes of status"
	}
	var b bytes.Buffer
	if err := t[p.Name].ExecuteTemplate(&b, "layout", &l); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// answer is what a page is sent as, the same for all who ask.
type answer struct {
	kind, policy, next string
	refresh            int
	visit              bool
	body               []byte // of a page with its holes
	page               bool
	packed             []byte // without what is in holes; nil where that was not made
}

// finish makes the answer of what was asked for.
func (s *Server) finish(a *ask, p *page) (*answer, error) {
	out := &answer{refresh: p.Refresh, visit: p.Visit}
	var err error
	switch {
	case p.Raw != nil:
		out.body, out.kind, out.policy = p.Raw, p.Type, p.Policy
	case a.json || p.Name == "":
		out.kind, out.next = "application/json", p.Next
		var b bytes.Buffer
		enc := json.NewEncoder(&b)
		enc.SetIndent("", "  ")
		err = enc.Encode(p.View)
		out.body = b.Bytes()
	default:
		out.kind, out.page = "text/html; charset=utf-8", true
		if p.Script != "" {
			out.policy = policy + "; script-src 'self'"
		}
		out.body, err = s.draft(a, p)
	}
	return out, err
}

// pack compresses an answer that is to be sent often.
func (x *answer) pack() {
	plain := x.body
	if x.page {
		plain = fill(x.body, nil)
	}
	if len(plain) < small {
		return
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(plain) // to memory
	_ = z.Close()
	x.packed = b.Bytes()
}

// answer writes p as what was asked for.
func (s *Server) answer(w http.ResponseWriter, a *ask, p *page) {
	x, err := s.finish(a, p)
	if err != nil {
		s.fail(w, a.r, err)
		return
	}
	s.write(w, a, x)
}

// write sends an answer, with what is the reader's own.
func (s *Server) write(w http.ResponseWriter, a *ask, x *answer) {
	body, packed := x.body, x.packed
	if x.page {
		own, err := s.own(a)
		if err != nil {
			s.fail(w, a.r, err)
			return
		}
		if len(own) > 0 {
			packed = nil
		}
		body = fill(x.body, own)
	}
	h := w.Header()
	h.Set("Content-Type", x.kind)
	if x.policy != "" {
		h.Set("Content-Security-Policy", x.policy)
	}
	if x.next != "" {
		h.Set("Link", "<"+x.next+`>; rel="next"`)
	}
	if x.refresh > 0 { // no element of the page: that is for who sees it
		h.Set("Refresh", strconv.Itoa(x.refresh))
	}
	if x.visit {
		if c := a.visit(); c != nil {
			http.SetCookie(w, c)
		}
	}
	h.Add("Vary", "Accept, Cookie")
	h.Set("Cache-Control", "private, no-cache")
	sendPacked(w, a.r, body, packed)
}

// small is below what it pays to compress, in bytes.
const small = 1 << 10

// send writes a body, compressed where it may be, or that it has not changed.
func send(w http.ResponseWriter, r *http.Request, body []byte) { sendPacked(w, r, body, nil) }

// sendPacked is send where the body may be there compressed.
func sendPacked(w http.ResponseWriter, r *http.Request, body, packed []byte) {
	h := w.Header()
	sum := sha256.Sum256(body)
	tag := `W/"` + hex.EncodeToString(sum[:12]) + `"`
	h.Set("ETag", tag)
	h.Add("Vary", "Accept-Encoding")
	for _, t := range strings.Split(r.Header.Get("If-None-Match"), ",") {
		if strings.TrimSpace(t) == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	if len(body) < small || !gzips(r) {
		_, _ = w.Write(body) // who asked is gone
		return
	}
	h.Set("Content-Encoding", "gzip")
	if packed != nil {
		_, _ = w.Write(packed)
		return
	}
	z, _ := gzip.NewWriterLevel(w, gzip.BestSpeed) // the level is one there is
	_, _ = z.Write(body)
	_ = z.Close()
}

func gzips(r *http.Request) bool {
	for _, part := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		name, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		if name == "gzip" || name == "*" {
			q = strings.ReplaceAll(q, " ", "")
			return q != "q=0" && q != "q=0.0" && q != "q=0.00" && q != "q=0.000"
		}
	}
	return false
}

// limit is how long one answer may take.
const limit = 30 * time.Second

// view answers requests for a route.
func (s *Server) view(rt *route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), limit)
		defer cancel()
		a := s.ask(r)
		if err := a.check(rt.params); err != nil {
			s.fail(w, r, err)
			return
		}
		if a.keepable(rt) {
			x, err := s.finished(a, rt)
			if err != nil {
				s.fail(w, r, err)
				return
			}
			s.write(w, a, x)
			return
		}
		p, err := rt.view(ctx, a)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		if a.as == formCSV || a.as == formICS {
			s.exportView(ctx, w, a, p)
			return
		}
		s.answer(w, a, p)
	})
}

// static serves the style sheet and the sign of the pages. Their addresses hold
// what is in them, so that they can be kept for good.
func (s *Server) static(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	var body []byte
	switch name {
	case "style.css":
		body = style()
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
	case scriptReview, scriptTimeline:
		body = script(name)
		w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	case "icon.svg":
		b, err := fs.ReadFile(files, "static/icon.svg")
		if err != nil {
			s.fail(w, r, err)
			return
		}
		body = b
		w.Header().Set("Content-Type", "image/svg+xml")
	default:
		s.fail(w, r, problem{Status: http.StatusNotFound, Detail: "no such file"})
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	send(w, r, body)
}

// style is the style sheet of the pages and of the pictures in them.
func style() []byte {
	b, err := fs.ReadFile(files, "static/style.css")
	if err != nil {
		panic(err) // it is embedded
	}
	return append(b, draw.Style...)
}

func styleURL() string {
	sum := sha256.Sum256(style())
	return "/static/" + hex.EncodeToString(sum[:6]) + "/style.css"
}

// picture is a drawing that stands in a page. Package draw escapes all text that
// it is given, so that what articles say cannot be markup in it.
func picture(svg []byte) template.HTML { return template.HTML(svg) }

// drawing is the answer that is a picture in a file of its own: as SVG, or as
// PNG where the address ends so.
func (a *ask) drawing(svg []byte) (*page, error) {
	if strings.HasSuffix(a.r.URL.Path, ".png") {
		var b bytes.Buffer
		err := draw.PNG(&b, svg)
		return &page{Raw: b.Bytes(), Type: "image/png"}, err
	}
	sum := sha256.Sum256([]byte(draw.Style))
	return &page{Raw: svg, Type: "image/svg+xml", Policy: "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"}, nil
}

// pictures are the addresses of a picture as files.
func (a *ask) pictures(path string, pairs ...string) []link {
	return []link{{URL: a.to(path+".svg", pairs...), Name: "Picture as SVG"}, {URL: a.to(path+".png", pairs...), Name: "Picture as PNG"}}
}

// functions are what templates may call.
var functions = template.FuncMap{
	"count":   sheet.Count,
	"plural":  sheet.Plural,
	"date":    sheet.Date,
	"capital": sheet.Capital,
	"path":    url.PathEscape,
	"hole":    hole,
}
