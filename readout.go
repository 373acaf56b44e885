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
	"readout/pieces"
)

// Model is the name of the embedded English models and tables.
const Model = "en-1"

// DefaultMaxBytes is the size up to which an article is read when
// Config.MaxBytes is zero: some 1.7 million words. The program read the worst
// text of that size that was tried in 291 MiB.
const DefaultMaxBytes = 10_500_000

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
	piece    limits
}

// limits bound what is read at once.
type limits struct {
	tokens int32
	bytes  int // looked at to find a piece
}

// atOnce is far beyond any news article: its 32,768 tokens are 60 pages, and
// reading them holds some 15 MB. English news has 5.2 bytes a token.
var atOnce = limits{tokens: 1 << 15, bytes: 6 << 15}

// newReader checks that each stage reads only what stages before it write.
func newReader(cfg Config, stages []Stage) (*Reader, error) {
	var has doc.Layer
	for _, s := range stages {
		if missing := s.Reads() &^ has; missing != 0 {
			return nil, fmt.Errorf("stage %s reads %s, which no stage before it writes", s.Name(), missing)
		}
		has |= s.Writes()
	}
	r := &Reader{stages: stages, workers: cfg.Workers, maxBytes: cfg.MaxBytes, piece: atOnce}
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
//
// An article of more than 32,768 tokens is read in pieces, so that memory and
// time grow no faster than the text; package pieces says what becomes of actors
// and events that stand in several. Its document has the places of tokens,
// sentences and blocks and all annotations, but no tags, trees, names, times,
// quotations and multiword tokens: Has tells.
func (r *Reader) Read(ctx context.Context, a Article) (*doc.Document, error) {
	d, err := r.Open(a)
	if err != nil {
		return nil, err
	}
	whole, inside := pieces.NewJoiner(d.Text, d.Meta), false
	for at := 0; at < len(d.Text); {
		p, goesOn, err := r.next(ctx, d, at)
		if err != nil {
			return nil, err
		}
		if err := run(ctx, r.stages[1:], p); err != nil {
			return nil, err
		}
		if len(p.Text) == len(d.Text) {
			return p, nil
		}
		whole.Add(p, int32(at), inside)
		at, inside = at+len(p.Text), goesOn
	}
	return whole.Document(), nil
}

// next is the piece of d that begins at a byte of it, with the first stage's
// layers; inside says that the piece ends within a block.
func (r *Reader) next(ctx context.Context, d *doc.Document, at int) (p *doc.Document, inside bool, err error) {
	end := min(at+r.piece.bytes, len(d.Text))
	for end < len(d.Text) && !utf8.RuneStart(d.Text[end]) {
		end--
	}
	p = &doc.Document{Text: d.Text[at:end], Meta: d.Meta}
	if err := run(ctx, r.stages[:1], p); err != nil {
		return nil, false, err
	}
	limit := r.piece.tokens
	if n := int32(p.Len()); end == len(d.Text) {
		if n <= limit {
			return p, false, nil
		}
		limit = min(limit, n/2+n/8) // no small rest
	}
	cut, inside := pieces.Cut(p, limit)
	p = &doc.Document{Text: p.Text[:cut], Meta: d.Meta}
	return p, inside, run(ctx, r.stages[:1], p)
}

func run(ctx context.Context, stages []Stage, d *doc.Document) error {
	for _, s := range stages {
		if err := runStage(ctx, s, d); err != nil {
			return fmt.Errorf("%s: %w", s.Name(), err)
		}
	}
	return nil
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

// ReadAll holds so many units of text, each of so many bytes.
const (
	unit      = 64 << 10
	heldUnits = 64
)

// ReadAll reads many articles on Config.Workers goroutines and yields them in
// the order they came in, each with its own error: one that cannot be read does
// not stop the others. It holds at most two articles a worker and some 4 MB of
// text, or one article that is larger. When the caller stops early, or ctx is
// done, it waits for the articles in work and returns.
func (r *Reader) ReadAll(ctx context.Context, articles iter.Seq[Article]) iter.Seq2[*doc.Document, error] {
	type result struct {
		d   *doc.Document
		err error
	}
	type job struct {
		a     Article
		units int
		done  chan result
	}
	return func(yield func(*doc.Document, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		var wg sync.WaitGroup
		defer wg.Wait()
		defer cancel()

		// held has an entry for each unit of text that is being read, or waits to
		// be taken.
		held := make(chan struct{}, max(heldUnits, 2*r.workers))
		jobs := make(chan job)
		order := make(chan job, 2*r.workers)
		wg.Go(func() {
			defer close(order)
			defer close(jobs)
			for a := range articles {
				j := job{a, min(1+len(a.Text)/unit, cap(held)), make(chan result, 1)}
				for range j.units {
					select {
					case held <- struct{}{}:
					case <-ctx.Done():
						return
					}
				}
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
			for range j.units {
				<-held
			}
		}
	}
}
