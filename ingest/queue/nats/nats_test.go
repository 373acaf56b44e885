package nats_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"readout/ingest/queue"
	"readout/ingest/queue/nats"
	"readout/record"
)

func open(t *testing.T, c nats.Config) *nats.Queue {
	t.Helper()
	if c.Dir == "" && c.URL == "" {
		c.Dir = t.TempDir()
	}
	q, err := nats.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { q.Close() })
	return q
}

func item(i int) *queue.Item {
	return &queue.Item{Name: fmt.Sprintf("file-%d", i), Article: record.Article{Text: fmt.Sprintf("Article %d of “many”.", i), Outlet: "Courier"}}
}

func put(t *testing.T, q *nats.Queue, p queue.Priority, items ...int) {
	t.Helper()
	for _, i := range items {
		if _, err := q.Put(t.Context(), item(i), p, nil); err != nil {
			t.Fatal(err)
		}
	}
}

func take(t *testing.T, q *nats.Queue) (queue.Delivery, *queue.Item) {
	t.Helper()
	d, err := q.Take(t.Context(), 5*time.Second)
	if err != nil {
		t.Fatalf("Take() = %v", err)
	}
	it, err := d.Item()
	if err != nil {
		t.Fatal(err)
	}
	return d, it
}

// settles waits until the queue has what is wanted: a server counts a moment after
// it answers.
func settles(t *testing.T, q *nats.Queue, when string, want nats.State) {
	t.Helper()
	var got nats.State
	for range 100 {
		s, err := q.State(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		s.Bytes = 0
		if got = s; got == want {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Errorf("%s: State() = %+v, want %+v", when, got, want)
}

func TestQueue(t *testing.T) {
	q := open(t, nats.Config{})
	if _, err := q.Take(t.Context(), 10*time.Millisecond); !errors.Is(err, queue.ErrEmpty) {
		t.Errorf("Take of nothing = %v", err)
	}
	put(t, q, queue.Backlog, 1)
	put(t, q, queue.Live, 2)
	if fresh, err := q.Put(t.Context(), item(2), queue.Live, nil); err != nil || fresh {
		t.Errorf("Put of what is there = %v, %v", fresh, err)
	}
	settles(t, q, "with two", nats.State{Live: 1, Backlog: 1})
	d, it := take(t, q) // live first
	if it.Article.Text != item(2).Article.Text || it.Name != "file-2" || d.Tries() != 1 {
		t.Errorf("Take() = %+v, tries %d", it, d.Tries())
	}
	settles(t, q, "with one taken", nats.State{Backlog: 1, Working: 1})
	if err := d.Again(0); err != nil {
		t.Fatal(err)
	}
	d, _ = take(t, q)
	if d.Tries() != 2 {
		t.Errorf("after Again: %d tries", d.Tries())
	}
	if err := d.Done(t.Context()); err != nil {
		t.Fatal(err)
	}
	d, it = take(t, q)
	if it.Article.Text != item(1).Article.Text {
		t.Errorf("Take() = %+v", it)
	}
	if err := d.Bury(t.Context(), "it is\nno article"); err != nil {
		t.Fatal(err)
	}
	settles(t, q, "with one dead", nats.State{Dead: 1})
	var dead []nats.DeadArticle
	list := func() {
		dead = nil
		if err := q.Dead(t.Context(), func(d *nats.DeadArticle) error { dead = append(dead, *d); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	list()
	if len(dead) != 1 || dead[0].Reason != "it is no article" || dead[0].Name != "file-1" || dead[0].Item.Article.Text != item(1).Article.Text {
		t.Fatalf("Dead() = %+v", dead)
	}
	if err := q.Retry(t.Context(), dead[0].ID); err != nil {
		t.Fatal(err)
	}
	settles(t, q, "after Retry", nats.State{Backlog: 1})
	d, _ = take(t, q)
	if err := d.Bury(t.Context(), "still not"); err != nil {
		t.Fatal(err)
	}
	list()
	if err := q.Drop(t.Context(), dead[0].ID); err != nil {
		t.Fatal(err)
	}
	if err := q.Drop(t.Context(), dead[0].ID); !errors.Is(err, nats.ErrNoDead) {
		t.Errorf("Drop again = %v", err)
	}
	settles(t, q, "at the end", nats.State{})
}

// TestSilent: an article of a worker that says nothing is handed to another one;
// of one that says it is at work, not.
func TestSilent(t *testing.T) {
	q := open(t, nats.Config{AckWait: 300 * time.Millisecond})
	put(t, q, queue.Live, 1)
	d, _ := take(t, q)
	for range 5 {
		time.Sleep(100 * time.Millisecond)
		if err := d.Working(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := q.Take(t.Context(), 10*time.Millisecond); !errors.Is(err, queue.ErrEmpty) {
		t.Errorf("Take of what is worked at = %v", err)
	}
	if again, _ := take(t, q); again.Tries() != 2 {
		t.Errorf("handed out %d times, want 2", again.Tries())
	}
}

// TestReopen: what was put in outlives the process; two do not open one folder.
func TestReopen(t *testing.T) {
	dir := t.TempDir()
	q := open(t, nats.Config{Dir: dir, AckWait: time.Second})
	put(t, q, queue.Live, 1, 2)
	if _, err := nats.Open(t.Context(), nats.Config{Dir: dir}); !errors.Is(err, nats.ErrInUse) {
		t.Errorf("Open twice = %v", err)
	}
	take(t, q) // and never say a word about it
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	q = open(t, nats.Config{Dir: dir})
	for _, n := range []int{1, 2} { // the second after its worker has been silent for long enough
		if d, err := q.Take(t.Context(), 10*time.Second); err != nil {
			t.Errorf("article %d after opening again: %v", n, err)
		} else if err := d.Done(t.Context()); err != nil {
			t.Error(err)
		}
	}
}

// TestFull: Put waits while the queue is full, and says so once.
func TestFull(t *testing.T) {
	q := open(t, nats.Config{MaxArticles: 2})
	put(t, q, queue.Live, 1, 2)
	told := 0
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if _, err := q.Put(ctx, item(3), queue.Live, func() { told++ }); !errors.Is(err, context.DeadlineExceeded) || told != 1 {
		t.Errorf("Put into a full queue = %v, told %d times", err, told)
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		if _, err := q.Put(t.Context(), item(3), queue.Live, nil); err != nil {
			t.Errorf("Put = %v", err)
		}
	})
	d, _ := take(t, q)
	if err := d.Done(t.Context()); err != nil {
		t.Fatal(err)
	}
	wg.Wait()
	settles(t, q, "with room again", nats.State{Live: 2})
}

func TestOpenErrors(t *testing.T) {
	for _, c := range []struct {
		c    nats.Config
		want string
	}{
		{nats.Config{}, "needs a folder"},
		{nats.Config{Dir: t.TempDir(), Name: "a.b"}, "letters, digits"},
		{nats.Config{URL: "nats://me:secret@127.0.0.1:1"}, "cannot be reached"},
	} {
		_, err := nats.Open(t.Context(), c.c)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("Open(%+v) = %v, want %q", c.c, err, c.want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	b, err := queue.Encode(item(1))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		it, err := queue.Decode(b)
		if err != nil {
			return
		}
		again, err := queue.Encode(it)
		if err != nil {
			t.Fatal(err)
		}
		back, err := queue.Decode(again)
		if err != nil || back.Article.Text != it.Article.Text {
			t.Fatalf("Decode(Encode(%+v)) = %+v, %v", it, back, err)
		}
	})
}
