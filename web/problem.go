package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"readout/record"
)

// problem is an error as the outside is told of it, with a status: RFC 9457.
type problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail,omitempty"`
}

func (p problem) Error() string { return p.Detail }

// bad is a request that asks for what there is not.
func bad(detail string) error { return problem{Status: http.StatusBadRequest, Detail: detail} }

// titles are what a status means, in words for people.
var titles = map[int]string{
	http.StatusBadRequest:            "This cannot be asked",
	http.StatusUnauthorized:          "Sign in first",
	http.StatusForbidden:             "This is not allowed",
	http.StatusNotFound:              "Not in the record",
	http.StatusMethodNotAllowed:      "This cannot be done here",
	http.StatusConflict:              "More than one is meant",
	http.StatusRequestEntityTooLarge: "That is too long",
	http.StatusUnprocessableEntity:   "This cannot be done",
	http.StatusRequestURITooLong:     "The address is too long",
	http.StatusUnsupportedMediaType:  "It must be JSON",
	http.StatusTooManyRequests:       "Too often",
	http.StatusMisdirectedRequest:    "Another server is meant",
	http.StatusInternalServerError:   "Something is wrong here",
	http.StatusServiceUnavailable:    "Not now",
}

// problemOf turns the meanings of errors into statuses: the one place that does.
func problemOf(err error) problem {
	var p problem
	switch {
	case errors.As(err, &p):
	case errors.Is(err, record.ErrNotFound), errors.Is(err, record.ErrNoProcess):
		p = problem{Status: http.StatusNotFound, Detail: err.Error()}
	case errors.Is(err, record.ErrAmbiguous):
		p = problem{Status: http.StatusConflict, Detail: err.Error()}
	case errors.Is(err, context.DeadlineExceeded):
		p = problem{Status: http.StatusServiceUnavailable, Detail: "it takes too long: ask for less"}
	default: // what it is stands in the log
		p = problem{Status: http.StatusInternalServerError, Detail: "the log has what it is"}
	}
	p.Type = "about:blank"
	if p.Title = titles[p.Status]; p.Title == "" {
		p.Title = http.StatusText(p.Status)
	}
	return p
}

// fail answers with an error, as a page or as JSON.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	p := problemOf(err)
	if r.Context().Err() != nil && errors.Is(err, context.Canceled) {
		return // nobody waits any more
	}
	if p.Status >= http.StatusInternalServerError {
		s.c.Log.ErrorContext(r.Context(), "answer", logPath, r.URL.Path, logError, err.Error())
	}
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	if p.Status == http.StatusServiceUnavailable && h.Get("Retry-After") == "" {
		h.Set("Retry-After", "1")
	}
	if formOf(r) != "" {
		h.Set("Content-Type", "application/problem+json")
		w.WriteHeader(p.Status)
		_ = json.NewEncoder(w).Encode(p) // who asked is gone
		return
	}
	a := s.ask(r)
	body, err := s.render(a, &page{Name: "problem", Title: p.Title, Data: p})
	if err != nil {
		http.Error(w, p.Title, p.Status)
		return
	}
	h.Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(p.Status)
	_, _ = w.Write(body)
}
