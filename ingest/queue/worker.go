package queue

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"readout"
	"readout/reading"
	"readout/record"
)

// Read reads one article. It is Reader.Read with what surrounds it: limits, the
// check of the language, the name of the models.
type Read func(ctx context.Context, it *Item) (*reading.Reading, error)

// Worker takes articles off a queue, reads them and puts them into a record.
type Worker struct {
	Source Source
	Ledger *record.Ledger
	Read   Read
	// Jobs is how many articles are worked at at once; 0 means one.
	Jobs int
	// MaxTries is how often an article is handed out before it is taken for one
	// that kills workers; 0 means 10.
	MaxTries int
	// Limit bounds the time of one article; 0 means ten minutes.
	Limit time.Duration
	// Drain ends Run when the queue has been empty for a moment.
	Drain bool
	Log   *slog.Logger // nil is silent
	// Each is told of every article that is done with; it may be nil, and is
	// called by several goroutines.
	Each func(Report)

	done [outcomes]atomic.Int64
}

// Report tells what came of an article.
type Report struct {
	Outcome Outcome
	Item    *Item // nil when it could not be decoded
	Err     error // why it is dead or was put back
	// Reading and Storing are the times these took, 0 for what was not done.
	Reading, Storing time.Duration
}

// Outcome is what came of an article.
type Outcome int

const (
	Added  Outcome = iota
	Known          // it was in the record
	Purged         // it was purged from the record and is not to come back
	Dead           // it cannot be read
	Back           // it was put back: the record cannot be reached
	outcomes
)

func (o Outcome) String() string {
	return [...]string{"added", "known", "purged", "dead", "back"}[o]
}

// Outcomes are all there are.
var Outcomes = []Outcome{Added, Known, Purged, Dead, Back}

// Count is how many articles had an outcome so far.
func (w *Worker) Count(o Outcome) int64 { return w.done[o].Load() }

// drainWait is how long a queue is empty before it counts as drained.
const drainWait = time.Second

// Run works until the context ends, or the queue is empty where Drain is set. An
// article that is being worked at when the context ends is finished first. An
// error is one after which no article can be stored.
func (w *Worker) Run(ctx context.Context) error {
	if w.Log == nil {
		w.Log = slog.New(slog.DiscardHandler)
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var wg sync.WaitGroup
	for range max(1, w.Jobs) {
		wg.Go(func() {
			if err := w.loop(ctx); err != nil {
				stop(err)
			}
		})
	}
	wg.Wait()
	if err := context.Cause(ctx); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

func (w *Worker) loop(ctx context.Context) error {
	for ctx.Err() == nil {
		d, err := w.Source.Take(ctx, drainWait)
		switch {
		case errors.Is(err, ErrEmpty) && w.Drain:
			return nil
		case errors.Is(err, ErrEmpty), ctx.Err() != nil:
			continue
		case err != nil:
			w.Log.Warn("the queue does not answer", "error", err)
			pause(ctx, time.Second)
			continue
		}
		if err := w.one(ctx, d); err != nil {
			return err
		}
	}
	return nil
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// one works at one article. Its error ends the worker.
func (w *Worker) one(ctx context.Context, d Delivery) error {
	limit := w.Limit
	if limit == 0 {
		limit = 10 * time.Minute
	}
	// What was begun is finished when the worker is asked to stop.
	work, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit)
	defer cancel()
	stop := w.heartbeat(work, d)
	defer stop()

	it, err := d.Item()
	if err != nil {
		return w.bury(work, d, Report{Err: err})
	}
	if most := w.maxTries(); d.Tries() > most {
		return w.bury(work, d, Report{Item: it, Err: fmt.Errorf("handed out %d times, and no worker came back with it", d.Tries()-1)})
	}
	r := Report{Item: it}
	r.Outcome, r.Err = w.add(work, it, &r)
	err = r.Err
	var bad *unreadable
	switch {
	case errors.As(err, &bad):
		r.Err = bad.error
		return w.bury(work, d, r)
	case errors.Is(err, record.ErrVersion), errors.Is(err, record.ErrModel):
		if again := d.Again(0); again != nil {
			w.Log.Warn("an article could not be put back; it will come back by itself", "article", it.Name, "error", again)
		}
		return err
	case err != nil:
		w.Log.Error("the record cannot be written; the article is put back", "article", it.Name, "error", err)
		if again := d.Again(5 * time.Second); again != nil {
			w.Log.Warn("an article could not be put back; it will come back by itself", "article", it.Name, "error", again)
		}
		r.Outcome = Back
		w.tell(r)
		pause(ctx, time.Second)
		return nil
	}
	if err := d.Done(work); err != nil {
		// It is stored; it will be handed out again and found there.
		w.Log.Warn("the queue did not hear that an article is done", "article", it.Name, "error", err)
	}
	w.tell(r)
	return nil
}

func (w *Worker) maxTries() int {
	if w.MaxTries > 0 {
		return w.MaxTries
	}
	return 10
}

// unreadable is an article that no other try makes readable.
type unreadable struct{ error }

// add reads an article and stores it, and notes in rep how long that took.
func (w *Worker) add(ctx context.Context, it *Item, rep *Report) (Outcome, error) {
	known, err := w.Ledger.Known(ctx, &it.Article)
	switch {
	case errors.Is(err, record.ErrPurged):
		return Purged, nil
	case err != nil:
		return 0, err
	case known:
		return Known, nil
	}
	begin := time.Now()
	r, err := w.read(ctx, it)
	rep.Reading = time.Since(begin)
	if err != nil {
		return 0, &unreadable{err}
	}
	article := it.Article
	article.Text = r.Document.Text // without a byte-order mark
	begin = time.Now()
	got, err := w.Ledger.Add(ctx, &article, r)
	rep.Storing = time.Since(begin)
	switch {
	case errors.Is(err, record.ErrPurged):
		return Purged, nil
	case err != nil:
		return 0, err
	case !got.New:
		return Known, nil
	}
	return Added, nil
}

// read reads an article. One that makes the reader panic must not take the
// worker with it: it would be handed to the next one.
func (w *Worker) read(ctx context.Context, it *Item) (r *reading.Reading, err error) {
	defer func() {
		if p := recover(); p != nil {
			w.Log.Error("the reader failed", "article", it.Name, "panic", p, "stack", string(debug.Stack()))
			err = fmt.Errorf("the reader failed: %v", p)
		}
	}()
	r, err = w.Read(ctx, it)
	if errors.Is(err, context.DeadlineExceeded) {
		err = errors.New("reading it took too long")
	}
	return r, err
}

func (w *Worker) bury(ctx context.Context, d Delivery, r Report) error {
	r.Outcome = Dead
	if err := d.Bury(ctx, r.Err.Error()); err != nil {
		w.Log.Warn("an article could not be put among the dead; it will come back", "error", err, "reason", r.Err)
		return nil
	}
	w.tell(r)
	return nil
}

func (w *Worker) tell(r Report) {
	w.done[r.Outcome].Add(1)
	if w.Each != nil {
		w.Each(r)
	}
}

// heartbeat keeps an article with this worker until stop is called.
func (w *Worker) heartbeat(ctx context.Context, d Delivery) (stop func()) {
	t := time.NewTicker(max(w.Source.Patience()/3, time.Millisecond))
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			select {
			case <-done:
				return
			case <-ctx.Done():
				return
			case <-t.C:
				if err := d.Working(); err != nil {
					w.Log.Warn("the queue does not hear that an article is worked at", "error", err)
				}
			}
		}
	})
	return func() {
		t.Stop()
		close(done)
		wg.Wait()
	}
}

// Input is the article as a Reader takes it.
func (it *Item) Input() readout.Article {
	a := &it.Article
	return readout.Article{
		Text: a.Text, Key: a.Key, Title: a.Title, Outlet: a.Outlet, Byline: a.Byline, Credit: a.Credit, URL: a.URL,
		Language: a.Language, Published: a.Published, Modified: a.Modified,
	}
}
