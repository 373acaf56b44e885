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
//
// What was read while others were stored is stored together, in one transaction.
// While the record cannot be reached, or has no room, the worker keeps what it
// has read and tries again: an article is not worse for it. One that cannot be
// stored though others can is put back, and is dead after MaxTries.
type Worker struct {
	Source Source
	Ledger *record.Ledger
	Read   Read
	// Jobs is how many articles are read at once; 0 means one. Others are stored
	// meanwhile.
	Jobs int
	// MaxTries is how often an article is handed out before it is taken for one
	// that kills workers; 0 means 10.
	MaxTries int
	// Limit bounds the time of reading an article, and of storing those that were
	// read; 0 means ten minutes.
	Limit time.Duration
	// Drain ends Run when the queue has been empty for a moment.
	Drain bool
	Log   *slog.Logger // nil is silent
	// Each is told of every article that is done with; it may be nil, and is
	// called by several goroutines.
	Each func(Report)

	done [outcomes]atomic.Int64
	held atomic.Int64
}

// Report tells what came of an article.
type Report struct {
	Outcome Outcome
	Item    *Item // nil when it could not be decoded
	Err     error // why it is dead or was put back
	// Reading and Storing are the times these took, 0 for what was not done. Of
	// articles that were stored together each has its share.
	Reading, Storing time.Duration
}

// Outcome is what came of an article.
type Outcome int

const (
	Added  Outcome = iota
	Known          // it was in the record
	Purged         // it was purged from the record and is not to come back
	Dead           // it cannot be read
	Back           // it was put back: it cannot be stored now
	outcomes
)

func (o Outcome) String() string {
	return [...]string{"added", "known", "purged", "dead", "back"}[o]
}

// Outcomes are all there are.
var Outcomes = []Outcome{Added, Known, Purged, Dead, Back}

// Count is how many articles had an outcome so far.
func (w *Worker) Count(o Outcome) int64 { return w.done[o].Load() }

// Held is how many articles were read and wait because the record cannot be
// reached or has no room.
func (w *Worker) Held() int64 { return w.held.Load() }

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
	k := newKeeper(w)
	var keeping sync.WaitGroup
	keeping.Go(func() {
		if err := k.run(ctx, stop); err != nil {
			stop(err)
		}
	})
	var wg sync.WaitGroup
	for range max(1, w.Jobs) {
		wg.Go(func() { w.loop(ctx, k) })
	}
	wg.Wait()
	close(k.ready)
	keeping.Wait()
	if err := context.Cause(ctx); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

func (w *Worker) loop(ctx context.Context, k *keeper) {
	for ctx.Err() == nil {
		d, err := w.Source.Take(ctx, drainWait)
		switch {
		case errors.Is(err, ErrEmpty) && w.Drain:
			return
		case errors.Is(err, ErrEmpty), ctx.Err() != nil:
			continue
		case err != nil:
			w.Log.Warn("the queue does not answer", "error", err)
			pause(ctx, time.Second)
			continue
		}
		w.one(ctx, d, k)
	}
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// one reads one article and hands it over to be stored.
func (w *Worker) one(ctx context.Context, d Delivery, k *keeper) {
	// What was begun is finished when the worker is asked to stop.
	whole := context.WithoutCancel(ctx)
	o := &work{d: d, silent: w.heartbeat(d), Report: Report{}}
	if o.Item, o.Err = d.Item(); o.Err != nil {
		w.bury(whole, o)
		return
	}
	if most := w.maxTries(); d.Tries() > most {
		o.Err = fmt.Errorf("handed out %d times, and no worker came back with it", d.Tries()-1)
		w.bury(whole, o)
		return
	}
	known, err := w.known(ctx, &o.Item.Article)
	switch {
	case errors.Is(err, record.ErrPurged):
		w.finish(whole, o, Purged)
		return
	case err != nil:
		w.back(o, err)
		pause(ctx, time.Second)
		return
	case known:
		w.finish(whole, o, Known)
		return
	}
	limited, cancel := context.WithTimeout(whole, w.limit())
	defer cancel()
	begin := time.Now()
	o.reading, o.Err = w.read(limited, o.Item)
	o.Reading = time.Since(begin)
	if o.Err != nil {
		w.bury(whole, o)
		return
	}
	k.add(whole, o)
}

// known asks whether the record has an article, until it can be asked or the
// worker is to stop.
func (w *Worker) known(ctx context.Context, a *record.Article) (bool, error) {
	for {
		known, err := w.ask(ctx, a)
		if !errors.Is(err, record.ErrUnavailable) || ctx.Err() != nil {
			return known, err
		}
		w.Log.Error("the record cannot be read; trying again", "error", err)
		pause(ctx, time.Second)
	}
}

func (w *Worker) ask(ctx context.Context, a *record.Article) (bool, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), w.limit())
	defer cancel()
	return w.Ledger.Known(ctx, a)
}

func (w *Worker) limit() time.Duration {
	if w.Limit > 0 {
		return w.Limit
	}
	return 10 * time.Minute
}

func (w *Worker) maxTries() int {
	if w.MaxTries > 0 {
		return w.MaxTries
	}
	return 10
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

// work is an article that is being worked at.
type work struct {
	Report
	d       Delivery
	silent  func() // ends the heartbeat
	reading *reading.Reading
	size    int64 // of its text, as the keeper counts
}

// finish takes an article off the queue.
func (w *Worker) finish(ctx context.Context, o *work, as Outcome) {
	defer o.silent()
	ctx, cancel := context.WithTimeout(ctx, w.limit())
	defer cancel()
	if err := o.d.Done(ctx); err != nil {
		// It is stored; it will be handed out again and found there.
		w.Log.Warn("the queue did not hear that an article is done", "article", o.Item.Name, "error", err)
	}
	o.Outcome = as
	w.tell(o.Report)
}

// back puts an article back, to be tried again soon.
func (w *Worker) back(o *work, why error) {
	defer o.silent()
	w.Log.Error("an article cannot be stored and is put back", "article", o.Item.Name, "error", why)
	if err := o.d.Again(5 * time.Second); err != nil {
		w.Log.Warn("an article could not be put back; it will come back by itself", "article", o.Item.Name, "error", err)
	}
	o.Outcome, o.Err = Back, why
	w.tell(o.Report)
}

// bury puts an article among the dead, with the reason in its report.
func (w *Worker) bury(ctx context.Context, o *work) {
	defer o.silent()
	ctx, cancel := context.WithTimeout(ctx, w.limit())
	defer cancel()
	if err := o.d.Bury(ctx, o.Err.Error()); err != nil {
		w.Log.Warn("an article could not be put among the dead; it will come back", "error", err, "reason", o.Err)
		return
	}
	o.Outcome = Dead
	w.tell(o.Report)
}

func (w *Worker) tell(r Report) {
	w.done[r.Outcome].Add(1)
	if w.Each != nil {
		w.Each(r)
	}
}

// heartbeat keeps an article with this worker until stop is called.
func (w *Worker) heartbeat(d Delivery) (stop func()) {
	t := time.NewTicker(max(w.Source.Patience()/3, time.Millisecond))
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			select {
			case <-done:
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
