package queue_test

import (
	"bytes"
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"readout/ingest/queue"
	"readout/ingest/queue/nats"
	"readout/reading"
	"readout/record"
)

// ill is a store that takes no entry with some word in it, and none at all for
// its first calls.
type ill struct {
	record.Store
	word    string
	away    atomic.Int64 // for so many calls more
	updates atomic.Int64 // that were kept
}

func (s *ill) Update(ctx context.Context, f func(record.Tx) error) error {
	if s.away.Add(-1) >= 0 {
		return record.Unavailable(errors.New("nobody is there"))
	}
	err := s.Store.Update(ctx, func(tx record.Tx) error { return f(&illTx{tx, s.word}) })
	if err == nil {
		s.updates.Add(1)
	}
	return err
}

type illTx struct {
	record.Tx
	word string
}

func (tx *illTx) Append(ctx context.Context, e record.Entry) (bool, error) {
	if tx.word != "" && e.Kind == record.KindArticle && bytes.Contains(e.Body, []byte(tx.word)) {
		return false, errors.New("it has the word")
	}
	return tx.Tx.Append(ctx, e)
}

// TestTogether: what is read while others are stored is stored together; an
// article that cannot be stored takes none of them with it, and is dead in the
// end; a record that is away is waited for, and no article is worse for it.
func TestTogether(t *testing.T) {
	const n = 60
	list, read := articles(t, n)
	s := &ill{Store: record.NewMemory()}
	l := open(t, s)
	s.word = "venomous"
	s.away.Store(2)
	q, err := nats.Open(t.Context(), nats.Config{Dir: t.TempDir(), AckWait: 2 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close()
	list = append(list[:n/2:n/2], append([]record.Article{{Text: "A venomous article."}}, list[n/2:]...)...)
	for i := range list {
		if _, err := q.Put(t.Context(), &queue.Item{Article: list[i]}, queue.Live, nil); err != nil {
			t.Fatal(err)
		}
	}
	w := &queue.Worker{Source: q, Ledger: l, Jobs: 2, MaxTries: 2, Drain: true, Read: func(ctx context.Context, it *queue.Item) (*reading.Reading, error) {
		if it.Article.Version() == list[n/2].Version() {
			r, err := read(ctx, &queue.Item{Article: list[0]})
			if err == nil {
				r.Document.Text = it.Article.Text
			}
			return r, err
		}
		return read(ctx, it)
	}}
	for range 20 {
		if err := w.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		if w.Count(queue.Dead) > 0 {
			break
		}
		time.Sleep(500 * time.Millisecond) // it was put back for some seconds
	}
	if w.Count(queue.Added) != n || w.Count(queue.Back) != 1 || w.Count(queue.Dead) != 1 {
		t.Errorf("%d added, %d put back, %d dead, want %d, 1, 1", w.Count(queue.Added), w.Count(queue.Back), w.Count(queue.Dead), n)
	}
	if got := s.updates.Load(); got >= n { // how many go together depends on the machine
		t.Errorf("%d transactions for %d articles", got, n)
	}
	if err := q.Dead(t.Context(), func(d *nats.DeadArticle) error {
		if d.Reason == "" || !bytes.Contains([]byte(d.Reason), []byte("it has the word")) {
			t.Errorf("the dead article's reason is %q", d.Reason)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// TestStopAway: a worker that is asked to stop while the record is away puts back
// what it has.
func TestStopAway(t *testing.T) {
	list, read := articles(t, 3)
	s := &ill{Store: record.NewMemory()}
	l := open(t, s)
	s.away.Store(1 << 40)
	q, err := nats.Open(t.Context(), nats.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close()
	for i := range list {
		if _, err := q.Put(t.Context(), &queue.Item{Article: list[i]}, queue.Live, nil); err != nil {
			t.Fatal(err)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	w := &queue.Worker{Source: q, Ledger: l, Read: read}
	go func() {
		for w.Held() == 0 {
			time.Sleep(time.Millisecond)
		}
		stop()
	}()
	if err := w.Run(ctx); err != nil || w.Count(queue.Back) == 0 || w.Count(queue.Added) != 0 {
		t.Errorf("Run() = %v, %d put back, %d added", err, w.Count(queue.Back), w.Count(queue.Added))
	}
}
