// Package web serves a record to people and to programs: pages, the same as
// JSON, and a feed of what changed.
//
// A page is made of one view of the record and says nothing that the view does
// not. Its address is its whole state: what is looked at, as of when, since
// when, filtered how. It works without scripts; text of articles is never taken
// for markup. How a reading was made is not known here.
package web

import (
	"context"
	"iter"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"readout/reading"
	"readout/record"
	"readout/web/account"
)

// Config is what a Server works with.
type Config struct {
	Ledger *record.Ledger
	// Read reads an article without keeping it; nil: the server does not read.
	// It is called by at most Readers goroutines at once.
	Read    func(ctx context.Context, a *record.Article) (*reading.Reading, error)
	Readers int // 0 means 1
	// Understand reads the words of a claim; nil: none is checked. It counts among
	// the readers.
	Understand record.Understand
	// Open gives the articles of what people hand in; nil: nothing is added. The
	// server adds what Read reads of them.
	Open func(ctx context.Context, in Input) iter.Seq[Arrival]
	// Feeds are the feeds that are watched for the record, as they are now; it is
	// called often. nil: nobody knows.
	Feeds func() []Feed
	// Notes enters notes; nil: none are.
	Notes *Notes
	// By is who decides and adds where nobody is signed in; "": nobody may.
	By string
	// Hosts are the names by which the server may be called, with their ports;
	// a request that names another is refused, so that no page elsewhere can read
	// the record through a name of its own. Empty: any.
	Hosts []string
	// Base is the address by which people reach the server, as
	// https://talks.example.org; "": as each request calls it.
	Base string
	// Look is what all views leave out: markings, a process.
	Look record.Query
	// Name is shown in the head of all pages: the record's file, as a rule.
	Name string
	// Version is the program's.
	Version string
	// Models are those that made the readings.
	Models []Model
	// Figures is what was measured of the reading, as 'readout eval all' prints it.
	Figures string
	// Guard knows who may read and write; nil: whoever reaches the server.
	Guard *account.Guard
	// MCP answers language models at /mcp; it must not write. It may be nil.
	MCP http.Handler
	// Metrics answers at /metrics; it may be nil.
	Metrics http.Handler
	// Observe is told of every answer: the pattern of its route, its status, and
	// how long it took. It may be nil.
	Observe func(route string, status int, took time.Duration)
	Now     func() time.Time // nil means time.Now
	Log     *slog.Logger     // nil is silent
}

// Model is a model as its card tells of it.
type Model struct {
	Name string `json:"name"`
	Does string `json:"does"`
	Card string `json:"card"`
}

// Server answers requests. It is safe for many goroutines.
type Server struct {
	c       Config
	readers chan struct{}
	jobs    *jobs
	shelf   *shelf
	handler http.Handler
}

// New makes a Server.
func New(c Config) *Server {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Name == "" {
		c.Name = "the record"
	}
	s := &Server{c: c, readers: make(chan struct{}, max(1, c.Readers)), jobs: newJobs()}
	s.shelf = newShelf(s)
	mux := http.NewServeMux()
	s.routes(mux)
	s.handler = s.logged(mux, s.guarded(s.crossOrigin(s.access(mux))))
	if c.Guard != nil {
		s.handler = c.Guard.Identify(s.handler)
	}
	return s
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// policy is what a page may load: a style sheet and pictures of this server, and
// no script but where a page has one (page.Script).
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// maxQuery is how long the address of a page may be, in bytes.
const maxQuery = 4096

// guarded sets what all answers carry, and refuses what no handler should see.
func (s *Server) guarded(next http.Handler) http.Handler {
	hosts := map[string]bool{}
	for _, h := range s.c.Hosts {
		hosts[h] = true
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		switch {
		case len(hosts) > 0 && !hosts[r.Host]:
			s.fail(w, r, problem{Status: http.StatusMisdirectedRequest, Detail: "this server is not called " + r.Host})
		case len(r.URL.RequestURI()) > maxQuery:
			s.fail(w, r, problem{Status: http.StatusRequestURITooLong, Detail: "the address is too long"})
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// Keys of the log.
const (
	logMethod = "method"
	logPath   = "path"
	logStatus = "status"
	logBytes  = "bytes"
	logDur    = "dur"
	logError  = "error"
	logUser   = "user"
	logFrom   = "from"
)

// logged logs every request, and turns a panic into an answer: one bad page does
// not end the server.
func (s *Server) logged(mux *http.ServeMux, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := s.c.Now()
		c := &counted{ResponseWriter: w}
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler {
					panic(p)
				}
				s.c.Log.ErrorContext(r.Context(), "panic", logPath, r.URL.Path, logError, p)
				if c.status == 0 {
					s.fail(c, r, problem{Status: http.StatusInternalServerError})
				}
			}
			took := s.c.Now().Sub(start)
			if s.c.Observe != nil {
				s.c.Observe(routeOf(mux, r), c.status, took)
			}
			path := r.URL.RequestURI()
			if strings.HasPrefix(r.URL.Path, "/login") { // what follows is a secret
				path = r.URL.Path
			}
			attrs := []any{logMethod, r.Method, logPath, path, logStatus, c.status, logBytes, c.bytes, logDur, took.Round(time.Microsecond)}
			if who := account.From(r.Context()); who.Address.IsValid() {
				if who.Name != "" {
					attrs = append(attrs, logUser, who.Name)
				}
				attrs = append(attrs, logFrom, who.Address)
			}
			s.c.Log.InfoContext(r.Context(), "request", attrs...)
		}()
		next.ServeHTTP(c, r)
	})
}

// counted notes what was answered.
type counted struct {
	http.ResponseWriter
	status, bytes int
}

func (c *counted) WriteHeader(status int) {
	if c.status == 0 {
		c.status = status
	}
	c.ResponseWriter.WriteHeader(status)
}

func (c *counted) Write(b []byte) (int, error) {
	if c.status == 0 {
		c.status = http.StatusOK
	}
	n, err := c.ResponseWriter.Write(b)
	c.bytes += n
	return n, err
}

func (c *counted) Unwrap() http.ResponseWriter { return c.ResponseWriter }
