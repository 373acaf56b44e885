package queue

import (
	"context"
	"errors"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"readout/record"
)

// Articles that were read while others were stored are stored together, up to so
// many and so many bytes of text; no more wait, however fast they are read.
const (
	keepTogether = 32
	keepBytes    = 4 << 20
)

// keeper stores what a worker has read.
type keeper struct {
	w     *Worker
	ready chan *work // closed by whoever adds to it
	room  *semaphore.Weighted
	acks  sync.WaitGroup
}

func newKeeper(w *Worker) *keeper {
	return &keeper{w: w, ready: make(chan *work, keepTogether), room: semaphore.NewWeighted(keepBytes)}
}

// add hands an article over, and waits until there is room for it.
func (k *keeper) add(ctx context.Context, o *work) {
	o.size = int64(min(1+len(o.Item.Article.Text), keepBytes))
	_ = k.room.Acquire(ctx, o.size) // ctx does not end, and run makes room
	k.ready <- o
}

// run stores what is added until ready is closed. Its error is one after which
// no article can be stored: it is told to stop at once, and what comes then is
// put back.
func (k *keeper) run(ctx context.Context, stop context.CancelCauseFunc) error {
	defer k.acks.Wait()
	var end error
	for o := range k.ready {
		list := k.more(o)
		if end == nil {
			if end = k.store(ctx, list); end != nil {
				stop(end)
			}
		} else {
			k.back(list, end)
		}
	}
	return end
}

// more are an article and those that are ready to be stored with it.
func (k *keeper) more(o *work) []*work {
	list := []*work{o}
	for len(list) < keepTogether {
		select {
		case o, ok := <-k.ready:
			if !ok {
				return list
			}
			list = append(list, o)
		default:
			return list
		}
	}
	return list
}

// store stores articles together, and one by one when that fails.
func (k *keeper) store(ctx context.Context, list []*work) error {
	err := k.together(ctx, list)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, record.ErrVersion), errors.Is(err, record.ErrModel):
		k.back(list, err)
		return err
	case errors.Is(err, record.ErrUnavailable): // and the worker is to stop
		k.back(list, err)
		return nil
	case len(list) == 1:
		k.fail(ctx, list[0], err)
		return nil
	}
	k.w.Log.Warn("articles cannot be stored together; each is tried by itself", "error", err)
	for i := range list {
		if err := k.store(ctx, list[i:i+1]); err != nil {
			k.back(list[i+1:], err)
			return err
		}
	}
	return nil
}

// together stores articles in one transaction. While the record is not to be
// reached, or full, it tries again, until the worker is to stop.
func (k *keeper) together(ctx context.Context, list []*work) error {
	add := make([]record.Addition, len(list))
	for i, o := range list {
		article := o.Item.Article
		article.Text = o.reading.Document.Text // without a byte-order mark
		add[i] = record.Addition{Article: &article, Reading: o.reading}
	}
	defer k.w.held.Store(0)
	for wait := time.Second; ; wait = min(2*wait, 15*time.Second) {
		begin := time.Now()
		added, err := k.try(ctx, add)
		if err == nil {
			k.done(ctx, list, added, time.Since(begin)/time.Duration(len(list)))
			return nil
		}
		if !errors.Is(err, record.ErrUnavailable) || ctx.Err() != nil {
			return err
		}
		k.w.held.Store(int64(len(list)))
		k.w.Log.Error("the record cannot be written; trying again", "articles", len(list), "error", err)
		pause(ctx, wait)
	}
}

func (k *keeper) try(ctx context.Context, list []record.Addition) ([]record.Added, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), k.w.limit())
	defer cancel()
	return k.w.Ledger.AddAll(ctx, list)
}

// done takes stored articles off the queue, while the next are stored.
func (k *keeper) done(ctx context.Context, list []*work, added []record.Added, took time.Duration) {
	for i, o := range list {
		as := Added
		switch {
		case added[i].Err != nil:
			as = Purged
		case !added[i].New:
			as = Known
		}
		o.Storing = took
		k.acks.Go(func() {
			k.w.finish(context.WithoutCancel(ctx), o, as)
			k.room.Release(o.size)
		})
	}
}

// fail is for an article that cannot be stored though the record answers.
func (k *keeper) fail(ctx context.Context, o *work, err error) {
	if o.d.Tries() < k.w.maxTries() {
		k.back([]*work{o}, err)
		return
	}
	o.Err = err
	k.w.bury(context.WithoutCancel(ctx), o)
	k.room.Release(o.size)
}

func (k *keeper) back(list []*work, why error) {
	for _, o := range list {
		k.w.back(o, why)
		k.room.Release(o.size)
	}
}
