package web_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"readout/eval"
	"readout/eval/corpus"
	"readout/record"
	"readout/store/sqlite"
	"readout/web"
	"readout/web/account"
)

// TestLoad has many readers at once, over the network, while another writer adds
// articles to the same file: nobody gets an error. With READOUT_SOAK ('make load')
// there are 200 of them for a minute, and what each kind of page took is told.
// READOUT_LOAD_DB is a record as 'readout eval size --db' makes one, of which a
// copy is used, READOUT_LOAD_ARTICLES how many are in it, READOUT_LOAD_PAUSE how
// long a reader looks at a page.
func TestLoad(t *testing.T) {
	readers, lasts, articles, pause, every := 30, 2*time.Second, 150, 5*time.Millisecond, 100*time.Millisecond
	long := os.Getenv("READOUT_SOAK") != ""
	if long {
		readers, lasts, articles, pause, every = 200, time.Minute, 2000, 0, 200*time.Millisecond
	} else if testing.Short() {
		t.Skip("it takes some seconds")
	}
	var err error
	if v := os.Getenv("READOUT_LOAD_ARTICLES"); v != "" {
		if articles, err = strconv.Atoi(v); err != nil {
			t.Fatal(err)
		}
	}
	if v := os.Getenv("READOUT_LOAD_PAUSE"); v != "" {
		if pause, err = time.ParseDuration(v); err != nil {
			t.Fatal(err)
		}
	}
	path, more, last := largeRecord(t, articles)
	begun := time.Now()
	now := func() time.Time { return last.Add(time.Hour + time.Since(begun)) }
	open := func() *record.Ledger {
		store, err := sqlite.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { store.Close() })
		l, err := record.Open(t.Context(), record.Config{Store: store, Now: now})
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	c := config(t)
	c.Ledger, c.Now = open(), now
	guard := account.NewGuard(account.Config{Book: account.NewBook(c.Ledger), Open: account.Identity{Name: "me", Role: account.Editor}})
	defer guard.Close()
	c.Guard = guard
	h := web.New(c)
	site := httptest.NewServer(h)
	defer func() {
		site.Close()
		if err := h.Close(context.Background()); err != nil {
			t.Error(err)
		}
	}()
	if a := netip.MustParseAddrPort(strings.TrimPrefix(site.URL, "http://")); !a.Addr().IsLoopback() {
		t.Fatal(site.URL)
	}

	asks := load{kinds: addresses(t, h)}
	if long { // each kind alone: first, and once more
		for _, k := range asks.kinds {
			for _, what := range []string{"cold", "warm"} {
				begin := time.Now()
				w := get(t, h, k.targets[0], "Accept-Encoding", "gzip")
				took := time.Since(begin)
				t.Logf("%-12s %s %8.1f ms  %4d KB sent, status %d", k.name, what, ms(took), (w.Body.Len()+512)>>10, w.Code)
			}
		}
	}
	ctx, stop := context.WithTimeout(t.Context(), lasts)
	defer stop()
	var added atomic.Int64
	var work sync.WaitGroup
	work.Go(func() {
		l := open()
		for ctx.Err() == nil {
			a := more()
			a.Published, a.Modified = now(), time.Time{}
			article, r := eval.Generated(a)
			if _, err := l.Add(t.Context(), article, r); err != nil {
				t.Errorf("add: %v", err)
				return
			}
			added.Add(1)
			select {
			case <-ctx.Done():
			case <-time.After(every):
			}
		}
	})
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: readers, DisableCompression: true}, Timeout: 30 * time.Second}
	for i := range readers {
		rng := rand.New(rand.NewPCG(1, uint64(i)))
		work.Go(func() {
			for ctx.Err() == nil {
				asks.one(client, site.URL, rng)
				if pause > 0 {
					time.Sleep(time.Duration(rng.Int64N(int64(2 * pause))))
				}
			}
		})
	}
	work.Wait()
	client.CloseIdleConnections()
	asks.tell(t, lasts)
	t.Logf("%d readers, %s; %d articles, %d added meanwhile", readers, lasts, articles, added.Load())
	if added.Load() == 0 {
		t.Error("nothing was added")
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// kindOf is a kind of page: some of its addresses, and how often it is asked for.
type kindOf struct {
	name    string
	weight  int
	targets []string
}

// load is what was asked for, and what came of it.
type load struct {
	kinds []kindOf
	mu    sync.Mutex
	took  map[string][]time.Duration
	wrong map[string]int
	bytes map[string]int64
}

// one asks for a page as a browser does.
func (l *load) one(client *http.Client, base string, rng *rand.Rand) {
	total := 0
	for _, k := range l.kinds {
		total += k.weight
	}
	n := rng.IntN(total)
	var kind kindOf
	for _, k := range l.kinds {
		if n -= k.weight; n < 0 {
			kind = k
			break
		}
	}
	target := kind.targets[rng.IntN(len(kind.targets))]
	r, err := http.NewRequest(http.MethodGet, base+target, nil)
	if err != nil {
		panic(err)
	}
	r.Header.Set("Accept", "text/html")
	r.Header.Set("Accept-Encoding", "gzip")
	begin := time.Now()
	var got int64
	res, err := client.Do(r)
	if err == nil {
		got, err = io.Copy(io.Discard, res.Body)
		res.Body.Close()
		if res.StatusCode != http.StatusOK {
			err = fmt.Errorf("status %d", res.StatusCode)
		}
	}
	took := time.Since(begin)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.took == nil {
		l.took, l.wrong, l.bytes = map[string][]time.Duration{}, map[string]int{}, map[string]int64{}
	}
	l.took[kind.name] = append(l.took[kind.name], took)
	l.bytes[kind.name] += got
	if err != nil {
		l.wrong[target+": "+err.Error()]++
	}
}

func (l *load) tell(t *testing.T, lasted time.Duration) {
	for what, n := range l.wrong {
		t.Errorf("%d times %s", n, what)
	}
	var all []time.Duration
	line := func(name string, list []time.Duration, bytes int64) {
		slices.Sort(list)
		at := func(part float64) float64 { return ms(list[min(len(list)-1, int(part*float64(len(list))))]) }
		t.Logf("%-12s %7d answers  p50 %7.1f ms  p99 %7.1f ms  worst %7.1f ms  %4d KB", name, len(list), at(0.5), at(0.99), at(1), bytes/int64(len(list))>>10)
	}
	for _, k := range l.kinds {
		if list := l.took[k.name]; len(list) > 0 {
			all = append(all, list...)
			line(k.name, list, l.bytes[k.name])
		}
	}
	if len(all) == 0 {
		t.Fatal("nothing was answered")
	}
	line("all", all, 0)
	t.Logf("%.0f answers a second, %d errors", float64(len(all))/lasted.Seconds(), len(l.wrong))
}

// addresses are pages of a record, by kind.
func addresses(t *testing.T, h http.Handler) []kindOf {
	t.Helper()
	var events, statements, articles, actors, issues []string
	line := view[struct{ Events []*record.Event }](t, h, "/timeline.json?limit=40")
	for _, e := range line.Events {
		events = append(events, "/event/"+e.ID[:10])
		for _, m := range e.Mentions[:1] {
			articles = append(articles, "/article/"+m.Witness.Article[:10])
		}
		for _, p := range e.Participants[:min(1, len(e.Participants))] {
			actors = append(actors, "/actor/"+url.PathEscape(cmp.Or(p.Key, p.Name)))
		}
	}
	said := view[struct{ Statements []*record.Statement }](t, h, "/statements.json")
	for _, s := range said.Statements[:min(20, len(said.Statements))] {
		statements = append(statements, "/statement/"+s.ID[:10])
	}
	board := view[struct{ Stands []record.Standing }](t, h, "/state.json")
	for _, s := range board.Stands {
		issues = append(issues, "/issue/"+url.PathEscape(s.Topic))
	}
	out := []kindOf{
		{"home", 20, []string{"/"}}, {"timeline", 12, []string{"/timeline", "/timeline?kind=meeting", "/timeline?lanes=issue"}}, {"changes", 8, []string{"/changes"}}, {"brief", 3, []string{"/brief"}},
		{"event", 24, events}, {"statement", 6, statements}, {"article", 10, articles}, {"actor", 4, actors}, {"issues", 3, []string{"/issues"}}, {"issue", 2, issues}, {"met", 2, []string{"/met"}},
		{"statements", 3, []string{"/statements"}}, {"search", 4, []string{"/search?q=meeting", "/search?q=sanctions", "/search?q=talks+minister"}}, {"due", 1, []string{"/due"}}, {"review", 1, []string{"/review"}},
		{"outlets", 1, []string{"/outlets"}}, {"processes", 1, []string{"/processes"}}, {"about", 1, []string{"/about"}}, {"feed", 2, []string{"/changes.atom"}}, {"picture", 2, []string{"/timeline.svg"}},
		{"JSON", 2, []string{"/api/v1/state"}}, {"stylesheet", 4, []string{styleOf(t, h)}},
	}
	return slices.DeleteFunc(out, func(k kindOf) bool { return len(k.targets) == 0 })
}

func styleOf(t *testing.T, h http.Handler) string {
	t.Helper()
	body := get(t, h, "/about").Body.String()
	_, rest, _ := strings.Cut(body, `<link rel="stylesheet" href="`)
	address, _, _ := strings.Cut(rest, `"`)
	return address
}

// largeRecord gives the file of a record of n generated articles, what gives those
// that come after, and when the last was published.
func largeRecord(t *testing.T, n int) (path string, more func() *corpus.Article, last time.Time) {
	t.Helper()
	seq, err := corpus.Articles(corpus.Config{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	list := make(chan *corpus.Article, 64)
	end := make(chan struct{})
	t.Cleanup(func() { close(end) })
	go func() {
		for a := range seq {
			select {
			case list <- a:
			case <-end:
				return
			}
		}
	}()
	more = func() *corpus.Article { return <-list }
	path = filepath.Join(t.TempDir(), "load.db")
	from := os.Getenv("READOUT_LOAD_DB")
	made := false
	if from != "" {
		b, err := os.ReadFile(from)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		if err == nil {
			made = true
			if err := os.WriteFile(path, b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	var add func([]record.Addition)
	if !made {
		store, err := sqlite.Create(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		defer store.Close()
		l, err := record.Open(t.Context(), record.Config{Store: store, Now: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		add = func(batch []record.Addition) {
			if _, err := l.AddAll(t.Context(), batch); err != nil {
				t.Fatal(err)
			}
		}
	}
	var batch []record.Addition
	for i := range n {
		a := more()
		last = a.Published
		if add == nil {
			continue
		}
		article, r := eval.Generated(a)
		if batch = append(batch, record.Addition{Article: article, Reading: r}); len(batch) == 32 || i == n-1 {
			add(batch)
			batch = nil
		}
	}
	return path, more, last
}
