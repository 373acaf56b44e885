// Package watch asks feeds again and again for what is new.
//
// It is polite: a feed is asked no more often than it asks for itself, with what
// the server needs to answer that nothing has changed, and ever more seldom while
// it cannot be reached; package ingest/fetch sees to hosts and robots.txt.
//
// It loses nothing: what a feed has that is new is on the disk before the feed
// counts as asked, and leaves it when its article has been handed on. A watcher
// that is killed goes on where it was; an article may then be handed on twice,
// which the record takes for one that is there.
package watch

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"readout/ingest"
	"readout/ingest/feed"
	"readout/ingest/fetch"
	"readout/ingest/page"
	"readout/internal/flock"
)

// ErrRunning is a folder that another watcher is at work in.
var ErrRunning = errors.New("another watcher is at work there")

// Outcome is what became of an article.
type Outcome int

// Outcomes.
const (
	Added   Outcome = iota
	Changed         // a new version of an article that was there
	Known
	Refused // read, and not taken: the reader or the record said no
)

// Config says what to watch.
type Config struct {
	Feeds []string // addresses
	// Dir is the folder in which the watcher keeps where it is; it is made.
	Dir string
	// Ingest is how articles are taken; its Client fetches feeds and pages.
	Ingest ingest.Config
	// Every is the least time between two askings of a feed, and the first wait
	// after a failure; 0 means 15 minutes.
	Every time.Duration
	// Add hands an article on; when it returns, the article is safe. An error ends
	// the watcher. It is called by one goroutine at a time.
	Add func(ctx context.Context, it ingest.Item) (Outcome, error)
	// Each is told of every asking; nil is nobody. It is called by one goroutine at
	// a time.
	Each func(Poll)
	// Now and Wait are the clock; nil is the machine's.
	Now  func() time.Time
	Wait func(ctx context.Context, d time.Duration) error
}

// Poll is one asking of a feed, and what came of it.
type Poll struct {
	Feed, Title                    string
	Added, Changed, Known, Refused int
	Waiting                        int     // items that are to be tried again
	Failed                         []Error // items that were given up
	Err                            error   // the feed was not reached, or is none
	Back                           bool    // it is reached again
}

// Error is an item that could not be read.
type Error struct {
	Name string
	Err  error
}

// Limits of a watcher.
const (
	atOnce    = 8 // feeds
	maxWait   = 24 * time.Hour
	maxTries  = 6  // of an item
	maxGone   = 50 // items that are told as given up
	saveAfter = 8  // items
)

// Watcher watches feeds.
type Watcher struct {
	cfg    Config
	states []*State
	unlock func()
	mu     sync.Mutex // Add and Each
}

// New opens the folder and reads where the feeds have got to. It fails with
// ErrRunning, or an error of the disk.
func New(cfg Config) (*Watcher, error) {
	if cfg.Every <= 0 {
		cfg.Every = 15 * time.Minute
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Wait == nil {
		cfg.Wait = fetch.Wait
	}
	if err := os.MkdirAll(cfg.Dir, 0o700); err != nil {
		return nil, err
	}
	unlock, err := flock.Take(filepath.Join(cfg.Dir, "lock"))
	if errors.Is(err, flock.ErrTaken) {
		return nil, fmt.Errorf("%s: %w", cfg.Dir, ErrRunning)
	}
	if err != nil {
		return nil, err
	}
	w := &Watcher{cfg: cfg, unlock: unlock}
	if err := w.open(); err != nil {
		unlock()
		return nil, err
	}
	return w, nil
}

func (w *Watcher) open() error {
	// What a killed watcher was writing.
	stale, _ := filepath.Glob(filepath.Join(w.cfg.Dir, "new-*"))
	for _, name := range stale {
		os.Remove(name)
	}
	feeds := slices.Clone(w.cfg.Feeds)
	slices.Sort(feeds)
	feeds = slices.Compact(feeds)
	for _, f := range feeds {
		s, err := load(w.cfg.Dir, f)
		if err != nil {
			return err
		}
		w.states = append(w.states, s)
	}
	old, err := States(w.cfg.Dir)
	if err != nil {
		return err
	}
	for i := range old {
		if s := &old[i]; s.Watched && !slices.Contains(feeds, s.Feed) {
			s.Watched = false
			if err := s.save(w.cfg.Dir); err != nil {
				return err
			}
		}
	}
	for _, s := range w.states {
		if !s.Watched {
			s.Watched = true
			if err := s.save(w.cfg.Dir); err != nil {
				return err
			}
		}
	}
	return nil
}

// Close lets go of the folder.
func (w *Watcher) Close() { w.unlock() }

// due is when a feed, or an item of it that waits, is to be asked for.
func (s *State) due() time.Time {
	t := s.Next
	for _, i := range s.Waiting {
		if i.Next.Before(t) {
			t = i.Next
		}
	}
	return t
}

// Once asks the feeds that are due, and gives their number. It fails with the
// error of Add, of the disk, or the context's.
func (w *Watcher) Once(ctx context.Context) (int, error) {
	var due []*State
	for _, s := range w.states {
		if !s.due().After(w.cfg.Now()) {
			due = append(due, s)
		}
	}
	slots := make(chan struct{}, atOnce)
	return len(due), each(ctx, due, func(ctx context.Context, s *State) error { return w.inTurn(ctx, slots, s) })
}

// Run asks the feeds whenever they are due, until the context ends or Add or the
// disk fails; it gives that error.
func (w *Watcher) Run(ctx context.Context) error {
	slots := make(chan struct{}, atOnce)
	return each(ctx, w.states, func(ctx context.Context, s *State) error {
		for {
			if err := w.cfg.Wait(ctx, s.due().Sub(w.cfg.Now())); err != nil {
				return err
			}
			if err := w.inTurn(ctx, slots, s); err != nil {
				return err
			}
		}
	})
}

// each runs f for all states at once and waits for them; the first error ends
// the others.
func each(ctx context.Context, states []*State, f func(context.Context, *State) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var wg sync.WaitGroup
	for _, s := range states {
		wg.Go(func() {
			if err := f(ctx, s); err != nil {
				cancel(err)
			}
		})
	}
	wg.Wait()
	return context.Cause(ctx)
}

func (w *Watcher) inTurn(ctx context.Context, slots chan struct{}, s *State) error {
	select {
	case slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-slots }()
	return w.ask(ctx, s)
}

// ask asks a feed, if its time has come, and hands on what waits of it.
func (w *Watcher) ask(ctx context.Context, s *State) error {
	p := Poll{Feed: s.Feed}
	if !s.Next.After(w.cfg.Now()) {
		if err := w.poll(ctx, s, &p); err != nil {
			return err
		}
	}
	err := w.drain(ctx, s, &p)
	p.Title, p.Waiting = s.Title, len(s.Waiting)
	if w.cfg.Each != nil {
		w.mu.Lock()
		w.cfg.Each(p)
		w.mu.Unlock()
	}
	return err
}

// poll asks a feed and keeps what is new in it. Its error is the context's or
// one of the disk; that of the feed is in the poll and the state.
func (w *Watcher) poll(ctx context.Context, s *State, p *Poll) error {
	f, res, err := w.fetch(ctx, s)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	now := w.cfg.Now()
	s.Asked = now
	if err != nil {
		if s.Failures++; s.Since.IsZero() {
			s.Since = now
		}
		s.Reason, p.Err = err.Error(), err
		s.Next = now.Add(w.backOff(s, err))
		return s.save(w.cfg.Dir)
	}
	p.Back = !s.Since.IsZero()
	s.Reached, s.Since, s.Failures, s.Reason = now, time.Time{}, 0, ""
	if f != nil {
		s.ETag, s.Modified, s.Every = res.ETag, res.Modified, f.Every
		if f.Title != "" {
			s.Title = f.Title
		}
		s.take(f, now)
	}
	s.Next = now.Add(min(max(w.cfg.Every, s.Every, min(res.MaxAge, 6*time.Hour)), maxWait))
	return s.save(w.cfg.Dir)
}

// fetch gives the feed, nil when it has not changed.
func (w *Watcher) fetch(ctx context.Context, s *State) (*feed.Feed, *fetch.Response, error) {
	res, err := w.cfg.Ingest.Client.Get(ctx, fetch.Request{URL: s.Feed, ETag: s.ETag, Modified: s.Modified,
		Accept: "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.1"})
	if err != nil || res.Unchanged {
		return nil, res, err
	}
	f, err := feed.Parse(res.Body, res.URL)
	return f, res, err
}

// backOff is how long a feed is left alone after a failure: twice as long after
// each, and as long as the server asks for at least.
func (w *Watcher) backOff(s *State, err error) time.Duration {
	d := w.cfg.Every << min(s.Failures-1, 10)
	var status *fetch.StatusError
	if errors.As(err, &status) {
		d = max(d, status.After)
	}
	return min(d, maxWait)
}

// drain hands on the items of a feed that wait, those whose time has come. It
// saves the state now and then, and at its end.
func (w *Watcher) drain(ctx context.Context, s *State, p *Poll) (err error) {
	dirty := 0
	defer func() {
		if dirty > 0 {
			err = errors.Join(err, s.save(w.cfg.Dir))
		}
	}()
	var still []Waiting
	for len(s.Waiting) > 0 {
		next := s.Waiting[0]
		if next.Next.After(w.cfg.Now()) {
			still, s.Waiting = append(still, next), s.Waiting[1:]
			continue
		}
		it := ingest.Entry(ctx, w.cfg.Ingest, &next.Item)
		if it.Name == "" {
			it.Name = s.Feed + ": " + next.Item.ID
		}
		if err = ctx.Err(); err == nil && it.Err == nil {
			err = w.hand(ctx, it, s, p)
		}
		if err != nil { // it is tried again by the next watcher
			s.Waiting = append(still, s.Waiting...)
			dirty++
			return err
		}
		s.Waiting = s.Waiting[1:]
		if it.Err != nil {
			if next.Tries++; passing(it.Err) && next.Tries < maxTries {
				next.Next = w.cfg.Now().Add(w.cfg.Every << (next.Tries - 1))
				still = append(still, next)
			} else {
				s.giveUp(it, w.cfg.Now())
				p.Failed = append(p.Failed, Error{it.Name, it.Err})
			}
		}
		if dirty++; dirty >= saveAfter {
			rest := s.Waiting
			s.Waiting = append(slices.Clone(still), rest...)
			if err = s.save(w.cfg.Dir); err != nil {
				return err
			}
			s.Waiting, dirty = rest, 0
		}
	}
	s.Waiting = still
	return nil
}

func (w *Watcher) hand(ctx context.Context, it ingest.Item, s *State, p *Poll) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	o, err := w.cfg.Add(ctx, it)
	if err != nil {
		return err
	}
	switch o {
	case Added:
		p.Added++
		s.Added++
	case Changed:
		p.Changed++
		s.Added++
	case Known:
		p.Known++
	case Refused:
		p.Refused++
	}
	return nil
}

func (s *State) giveUp(it ingest.Item, now time.Time) {
	s.GivenUp = append(s.GivenUp, GivenUp{it.Name, it.Err.Error(), now})
	s.GivenUp = s.GivenUp[max(0, len(s.GivenUp)-maxGone):]
}

// passing tells an error that may pass: of the network or a server, not of what
// the page holds.
func passing(err error) bool {
	for _, e := range []error{
		page.ErrNoArticle, page.ErrTooComplex, ingest.ErrLanguage, ingest.ErrEmpty, ingest.ErrBinary, ingest.ErrSummary, ingest.ErrFormat,
		fetch.ErrAddress, fetch.ErrPrivate, fetch.ErrRobots, fetch.ErrTooLarge, fetch.ErrRedirects,
	} {
		if errors.Is(err, e) {
			return false
		}
	}
	var status *fetch.StatusError
	if errors.As(err, &status) {
		return status.Code >= 500 || status.Code == 408 || status.Code == 425 || status.Code == 429
	}
	return true
}
