// Package readout reads news text about diplomacy: who met or called whom, who
// said what, what happened, what is only planned and on what it depends.
//
// It is the front door for those who embed the reader. It knows the order of
// the stages and nothing of stores, servers or drivers; reading is a pure
// function of the article and the models. The published JSON of a document is
// made by package reading.
package readout

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"readout/doc"
)

// Model is the name of the embedded English models and tables.
const Model = "en-1"

// DefaultMaxBytes is the size up to which an article is read when
// Config.MaxBytes is zero: 32 MiB, some five million words.
const DefaultMaxBytes = 32 << 20

// Errors about an article, told apart with errors.Is.
var (
	ErrEmpty    = errors.New("the text is empty")
	ErrTooLarge = errors.New("the text is too large")
	ErrNotText  = errors.New("the text is not UTF-8")
	// ErrInternal is a bug of this program that an article brought to light. It
	// costs that article and no other.
	ErrInternal = errors.New("internal error, please report it with the article")
)

// Article is what is read. Text is all that is needed; what else is known is
// used: Published resolves "on Monday" and tells who held an office.
type Article struct {
	Text      string // UTF-8; a leading byte-order mark is dropped
	Key       string // the caller's own id, given back as it came
	Title     string
	Outlet    string
	Byline    string
	Credit    string
	URL       string
	Language  string // BCP 47
	Published time.Time
	Modified  time.Time
}

// Stage is one step of reading: it reads layers that earlier stages wrote and
// writes its own. A stage is immutable once made and safe for many goroutines;
// Run may fail only with the context's error, looked at once a sentence.
type Stage interface {
	Name() string
	Reads() doc.Layer
	Writes() doc.Layer
	Run(ctx context.Context, d *doc.Document) error
}

// Reader reads articles. It is immutable and safe for many goroutines.
type Reader struct {
	stages   []Stage
	workers  int
	maxBytes int
}

// newReader checks that each stage reads only what stages before it write.
func newReader(cfg Config, stages []Stage) (*Reader, error) {
	var has doc.Layer
	for _, s := range stages {
		if missing := s.Reads() &^ has; missing != 0 {
			return nil, fmt.Errorf("stage %s reads %s, which no stage before it writes", s.Name(), missing)
		}
		has |= s.Writes()
	}
	r := &Reader{stages: stages, workers: cfg.Workers, maxBytes: cfg.MaxBytes}
	if r.workers <= 0 {
		r.workers = runtime.GOMAXPROCS(0)
	}
	if r.maxBytes <= 0 {
		r.maxBytes = DefaultMaxBytes
	}
	return r, nil
}

// Stages are the stages of r in their order, for measuring them one by one.
func (r *Reader) Stages() []Stage { return append([]Stage(nil), r.stages...) }

// Open makes the document of an article, with no layer set.
func (r *Reader) Open(a Article) (*doc.Document, error) {
	text := strings.TrimPrefix(a.Text, "\uFEFF")
	switch {
	case len(text) > r.maxBytes:
		return nil, fmt.Errorf("%w: %d bytes, at most %d are read", ErrTooLarge, len(text), r.maxBytes)
	case strings.TrimSpace(text) == "":
		return nil, ErrEmpty
	case !utf8.ValidString(text):
		return nil, ErrNotText
	}
	return &doc.Document{Text: text, Meta: doc.Meta{
		Key: a.Key, Title: a.Title, Outlet: a.Outlet, Byline: a.Byline, Credit: a.Credit, URL: a.URL,
		Language: a.Language, Published: a.Published, Modified: a.Modified,
	}}, nil
}

// Read reads one article. The error is one of ErrEmpty, ErrTooLarge, ErrNotText
// and ErrInternal, or the context's.
func (r *Reader) Read(ctx context.Context, a Article) (*doc.Document, error) {
	d, err := r.Open(a)
	if err != nil {
		return nil, err
	}
	for _, s := range r.stages {
		if err := runStage(ctx, s, d); err != nil {
			return nil, fmt.Errorf("%s: %w", s.Name(), err)
		}
	}
	return d, nil
}

// runStage keeps a stage's panic from ending a run over a million articles: it
// becomes the error of the one article, with the place where it arose.
func runStage(ctx context.Context, s Stage, d *doc.Document) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v\n%s", ErrInternal, p, debug.Stack())
		}
	}()
	return s.Run(ctx, d)
}

// ReadAll reads many articles on Config.Workers goroutines and yields them in
// the order they came in, each with its own error: one that cannot be read does
// not stop the others. It holds at most two articles a worker. When the caller
// stops early, or ctx is done, it waits for the articles in work and returns.
func (r *Reader) ReadAll(ctx context.Context, articles iter.Seq[Article]) iter.Seq2[*doc.Document, error] {
	type result struct {
		d   *doc.Document
		err error
	}
	type job struct {
		a    Article
		done chan result
	}
	return func(yield func(*doc.Document, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		var wg sync.WaitGroup
		defer wg.Wait()
		defer cancel()

		jobs := make(chan job)
		order := make(chan job, 2*r.workers)
		wg.Go(func() {
			defer close(order)
			defer close(jobs)
			for a := range articles {
				j := job{a, make(chan result, 1)}
				select {
				case order <- j:
				case <-ctx.Done():
					return
				}
				select {
				case jobs <- j:
				case <-ctx.Done():
					j.done <- result{nil, ctx.Err()}
					return
				}
			}
		})
		for range r.workers {
			wg.Go(func() {
				for j := range jobs {
					d, err := r.Read(ctx, j.a)
					j.done <- result{d, err}
				}
			})
		}
		for j := range order {
			if v := <-j.done; !yield(v.d, v.err) {
				return
			}
		}
	}
}
