package web

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"readout/record"
)

// openAPI is the document of the API, kept by hand: a test holds it to the routes.
//
//go:embed openapi.json
var openAPI []byte

func (s *Server) openapi(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-cache")
	if s.c.Base != "" {
		send(w, r, bytes.Replace(openAPI, []byte(`"url": "/api/v1"`), []byte(`"url": "`+s.c.Base+`/api/v1"`), 1))
		return
	}
	send(w, r, openAPI)
}

// health tells that the server answers.
func (s *Server) health(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = io.WriteString(w, "ok\n") // who asked is gone
}

// readyLimit is how long the record may take to answer.
const readyLimit = 5 * time.Second

// ready tells that the record can be read.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), readyLimit)
	defer cancel()
	if _, err := s.c.Ledger.Known(ctx, &record.Article{}); err != nil {
		s.c.Log.ErrorContext(r.Context(), "ready", logError, err.Error())
		http.Error(w, "the record cannot be read", http.StatusServiceUnavailable)
		return
	}
	s.health(w, r)
}

// maxBody is how long an article to be read may be, in bytes of JSON.
const maxBody = 2 << 20

// posted is an article as programs send it: a line of JSON as 'readout add' takes.
type posted struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Outlet    string `json:"outlet"`
	Byline    string `json:"byline"`
	Credit    string `json:"credit"`
	URL       string `json:"url"`
	Published string `json:"published"`
	Modified  string `json:"modified"`
	Text      string `json:"text"`
}

// read answers with the reading of an article, which is not kept.
func (s *Server) read(w http.ResponseWriter, r *http.Request) {
	if s.c.Read == nil {
		s.fail(w, r, problem{Status: http.StatusNotFound, Detail: "this server does not read"})
		return
	}
	a, err := decodeArticle(w, r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), limit)
	defer cancel()
	if err := s.waitReader(ctx); err != nil {
		s.fail(w, r, err)
		return
	}
	defer s.freeReader()
	got, err := s.c.Read(ctx, a)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(got); err != nil {
		s.fail(w, r, err)
		return
	}
	send(w, r, b.Bytes())
}

func decodeArticle(w http.ResponseWriter, r *http.Request) (*record.Article, error) {
	body, err := jsonBody(w, r, maxBody)
	if err != nil {
		return nil, err
	}
	return parseArticle(body)
}

// parseArticle reads an article of JSON.
func parseArticle(body []byte) (*record.Article, error) {
	var p posted
	if err := strict(body, &p); err != nil {
		return nil, bad("the body is no article: " + err.Error())
	}
	if strings.TrimSpace(p.Text) == "" {
		return nil, bad("an article needs its text")
	}
	if strings.ContainsRune(p.Text, 0) || !utf8.Valid(body) {
		return nil, bad("the text is no text")
	}
	a := &record.Article{Text: p.Text, Key: p.ID, Title: p.Title, Outlet: p.Outlet, Byline: p.Byline, Credit: p.Credit, URL: p.URL}
	var err error
	if a.Published, err = moment(p.Published, false); err != nil {
		return nil, bad("published: " + err.Error())
	}
	if a.Modified, err = moment(p.Modified, false); err != nil {
		return nil, bad("modified: " + err.Error())
	}
	return a, nil
}
