package queue_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"readout/eval/corpus"
	"readout/ingest/queue"
	"readout/ingest/queue/nats"
	"readout/reading"
	"readout/record"
	"readout/store/postgres"
	"readout/store/postgres/pgtest"
	"readout/store/sqlite"
)

// flaky is a source whose workers die now and then: with an article in their
// hands, or after they stored it and before they said so.
type flaky struct {
	queue.Source
	mu   sync.Mutex
	rng  *rand.Rand
	died int
}

func (f *flaky) dies() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.rng.IntN(12) > 0 {
		return false
	}
	f.died++
	return true
}

func (f *flaky) Take(ctx context.Context, wait time.Duration) (queue.Delivery, error) {
	for {
		d, err := f.Source.Take(ctx, wait)
		if err != nil || !f.dies() {
			return &flakyDelivery{d, f}, err
		}
	}
}

type flakyDelivery struct {
	queue.Delivery
	f *flaky
}

func (d *flakyDelivery) Done(ctx context.Context) error {
	if d.f.dies() {
		return errors.New("the worker died")
	}
	return d.Delivery.Done(ctx)
}

// Working is not heard: what a dead worker had is handed out again.
func (d *flakyDelivery) Working() error { return nil }

// articles are some with their readings by text.
func articles(t *testing.T, n int) ([]record.Article, queue.Read) {
	t.Helper()
	all, err := corpus.Articles(corpus.Config{Seed: 4})
	if err != nil {
		t.Fatal(err)
	}
	var list []record.Article
	readings := map[string]*reading.Reading{}
	for a := range all {
		if len(list) == n {
			break
		}
		ra := record.Article{Text: a.Text, Key: a.Key, Title: a.Title, Outlet: a.Outlet, Byline: a.Byline, Credit: a.Credit, URL: a.URL, Published: a.Published, Modified: a.Modified}
		list = append(list, ra)
		readings[ra.Version()] = a.Reading()
	}
	return list, func(_ context.Context, it *queue.Item) (*reading.Reading, error) {
		if strings.HasPrefix(it.Article.Text, "poison") {
			panic("poison")
		}
		if strings.HasPrefix(it.Article.Text, "stone") {
			return nil, errors.New("it is a stone")
		}
		r := readings[it.Article.Version()]
		if r == nil {
			return nil, fmt.Errorf("no reading of %s", it.Name)
		}
		c := *r
		return &c, nil
	}
}

func canonical(t *testing.T, l *record.Ledger) string {
	t.Helper()
	var b bytes.Buffer
	if err := l.Export(t.Context(), &b, record.ExportConfig{Canonical: true}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestAnyInterleaving: the record that many workers make, some of whom die, in
// any order and with articles handed out twice, is that of one machine; in every
// store.
func TestAnyInterleaving(t *testing.T) {
	const n = 80
	list, read := articles(t, n)
	one := open(t, record.NewMemory())
	for i := range list {
		r, err := read(t.Context(), &queue.Item{Article: list[i]})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := one.Add(t.Context(), &list[i], r); err != nil {
			t.Fatal(err)
		}
	}
	want := canonical(t, one)

	for name, stores := range map[string]func(t *testing.T) (a, b record.Store){
		"memory": func(*testing.T) (a, b record.Store) { m := record.NewMemory(); return m, m },
		"sqlite": func(t *testing.T) (a, b record.Store) {
			path := filepath.Join(t.TempDir(), "r.db")
			open := func() record.Store {
				s, err := sqlite.Create(t.Context(), path)
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { s.Close() })
				return s
			}
			return open(), open()
		},
		"postgres": func(t *testing.T) (a, b record.Store) {
			url := pgtest.Start(t).Database(t)
			open := func() record.Store {
				s, err := postgres.Create(t.Context(), postgres.Config{URL: url})
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { s.Close() })
				return s
			}
			return open(), open()
		},
	} {
		for seed := range uint64(2) {
			t.Run(fmt.Sprint(name, "/", seed), func(t *testing.T) {
				a, b := stores(t)
				q, err := nats.Open(t.Context(), nats.Config{Dir: t.TempDir(), AckWait: 400 * time.Millisecond})
				if err != nil {
					t.Fatal(err)
				}
				defer q.Close()
				rng := rand.New(rand.NewPCG(seed, 7))
				mixed := append([]record.Article(nil), list...)
				rng.Shuffle(n, func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
				mixed = append(mixed, record.Article{Text: "poison"}, record.Article{Text: "stone"})
				mixed = append(mixed, mixed[:20]...) // some twice
				for i := range mixed {
					p := queue.Live
					if rng.IntN(3) == 0 {
						p = queue.Backlog
					}
					if _, err := q.Put(t.Context(), &queue.Item{Name: fmt.Sprint("item ", i), Article: mixed[i]}, p, nil); err != nil {
						t.Fatal(err)
					}
				}
				l := open(t, a)
				ws := []*queue.Worker{{Ledger: l}, {Ledger: open(t, b)}}
				f := &flaky{Source: q, rng: rng}
				for rounds := 0; ; rounds++ {
					var wg sync.WaitGroup
					for _, w := range ws {
						w.Source, w.Read, w.Jobs, w.MaxTries, w.Drain = f, read, 3, 100, true
						wg.Go(func() {
							if err := w.Run(t.Context()); err != nil {
								t.Errorf("Run() = %v", err)
							}
						})
					}
					wg.Wait()
					s, err := q.State(t.Context())
					if err != nil {
						t.Fatal(err)
					}
					if s.Live+s.Backlog+s.Working == 0 {
						if s.Dead != 2 {
							t.Errorf("%d articles are dead, want 2", s.Dead)
						}
						break
					}
					if rounds > 50 {
						t.Fatalf("the queue does not become empty: %+v", s)
					}
				}
				if f.died < 5 {
					t.Errorf("workers died %d times, which is too few to tell anything", f.died)
				}
				if got := canonical(t, l); got != want {
					t.Error("the record is not that of one machine")
				}
				if c, err := l.Check(t.Context()); err != nil || len(c.Wrong) > 0 {
					t.Errorf("Check() = %+v, %v", c, err)
				}
				reasons := map[string]bool{}
				if err := q.Dead(t.Context(), func(d *nats.DeadArticle) error { reasons[d.Reason] = true; return nil }); err != nil {
					t.Fatal(err)
				}
				if !reasons["it is a stone"] || !reasons["the reader failed: poison"] {
					t.Errorf("reasons of the dead: %v", reasons)
				}
			})
		}
	}
}

func open(t *testing.T, s record.Store) *record.Ledger {
	t.Helper()
	l, err := record.Open(t.Context(), record.Config{Store: s, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestTries: an article that no worker comes back from is buried in the end, and
// not read any more.
func TestTries(t *testing.T) {
	q, err := nats.Open(t.Context(), nats.Config{Dir: t.TempDir(), AckWait: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close()
	if _, err := q.Put(t.Context(), &queue.Item{Name: "killer", Article: record.Article{Text: "It kills."}}, queue.Live, nil); err != nil {
		t.Fatal(err)
	}
	for range 3 { // workers that die with it
		if _, err := q.Take(t.Context(), 5*time.Second); err != nil {
			t.Fatal(err)
		}
	}
	w := &queue.Worker{Source: q, Ledger: open(t, record.NewMemory()), MaxTries: 3, Drain: true, Read: func(context.Context, *queue.Item) (*reading.Reading, error) {
		t.Error("it was read")
		return nil, errors.New("no")
	}}
	if err := w.Run(t.Context()); err != nil || w.Count(queue.Dead) != 1 {
		t.Errorf("Run() = %v, %d dead", err, w.Count(queue.Dead))
	}
}

// TestStop: what is being read when a worker is asked to stop is finished and
// stored.
func TestStop(t *testing.T) {
	list, read := articles(t, 1)
	q, err := nats.Open(t.Context(), nats.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close()
	if _, err := q.Put(t.Context(), &queue.Item{Article: list[0]}, queue.Live, nil); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	w := &queue.Worker{Source: q, Ledger: open(t, record.NewMemory()), Read: func(ctx context.Context, it *queue.Item) (*reading.Reading, error) {
		stop()
		if ctx.Err() != nil {
			t.Error("reading was stopped")
		}
		return read(ctx, it)
	}}
	if err := w.Run(ctx); err != nil || w.Count(queue.Added) != 1 {
		t.Errorf("Run() = %v, %d added", err, w.Count(queue.Added))
	}
	if s, err := q.State(t.Context()); err != nil || s.Working+s.Live != 0 {
		t.Errorf("State() = %+v, %v", s, err)
	}
}
