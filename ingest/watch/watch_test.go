package watch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"readout/ingest"
	"readout/ingest/fetch"
)

const sentence = "The two ministers met in the capital on Monday and said that the talks had been useful, and that they would go on. "

// site is a server with a feed of items, whose pages and answers a test changes.
type site struct {
	*httptest.Server
	mu    sync.Mutex
	items []string          // paths
	title map[string]string // of the items, when not the path
	codes map[string]int    // answers that are none
	asked []string
	etag  string
}

func newSite(t *testing.T) *site {
	s := &site{title: map[string]string{}, codes: map[string]int{}, etag: "1"}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(s.Close)
	return s
}

func (s *site) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.URL.Path != "/robots.txt" {
		s.asked = append(s.asked, r.URL.Path)
	}
	if c := s.codes[r.URL.Path]; c != 0 {
		w.WriteHeader(c)
		return
	}
	switch r.URL.Path {
	case "/robots.txt":
		http.NotFound(w, r)
	case "/feed":
		w.Header().Set("ETag", s.etag)
		if r.Header.Get("If-None-Match") == s.etag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, `<rss version="2.0"><channel><title>Courier</title><ttl>30</ttl>`)
		for _, p := range s.items {
			title := s.title[p]
			if title == "" {
				title = p
			}
			fmt.Fprintf(w, `<item><guid>%s</guid><title>%s</title><link>%s%s</link></item>`, p, title, s.URL, p)
		}
		fmt.Fprint(w, `</channel></rss>`)
	default:
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, "<html><head><title>%s</title></head><body><article><p>%s</p></article></body></html>", r.URL.Path, strings.Repeat(sentence, 5))
	}
}

func (s *site) set(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = nil
	f()
}

func (s *site) log() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.asked, " ")
}

type watched struct {
	*Watcher
	now   time.Time
	got   []string // articles handed on
	polls []Poll
	err   error // of Add
}

func start(t *testing.T, dir string, now time.Time, feeds ...string) *watched {
	w := &watched{now: now}
	clock := func() time.Time { return w.now }
	client := fetch.New(fetch.Config{Networks: fetch.All, Interval: -1})
	t.Cleanup(client.Close)
	var err error
	w.Watcher, err = New(Config{
		Feeds: feeds, Dir: dir, Ingest: ingest.Config{Client: client}, Now: clock,
		Add: func(_ context.Context, it ingest.Item) (Outcome, error) {
			if w.err != nil {
				return 0, w.err
			}
			if name := it.Article.URL[strings.LastIndex(it.Article.URL, "/"):]; slices.Contains(w.got, name) {
				return Known, nil
			} else {
				w.got = append(w.got, name)
			}
			return Added, nil
		},
		Each: func(p Poll) { w.polls = append(w.polls, p) },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	return w
}

func (w *watched) once(t *testing.T, want int) {
	t.Helper()
	if n, err := w.Once(t.Context()); err != nil || n != want {
		t.Errorf("Once = %d, %v, want %d", n, err, want)
	}
}

var nine = time.Date(2025, 8, 19, 9, 0, 0, 0, time.UTC)

func TestOnce(t *testing.T) {
	s, dir := newSite(t), t.TempDir()
	s.items = []string{"/b", "/a"}
	w := start(t, dir, nine, s.URL+"/feed")
	w.once(t, 1)
	if got := strings.Join(w.got, " "); got != "/a /b" || w.polls[0].Added != 2 || w.polls[0].Title != "Courier" {
		t.Errorf("got %s, %+v", got, w.polls)
	}
	// Asked no sooner than the feed wants, and then only for what is new.
	w.now = w.now.Add(20 * time.Minute)
	w.once(t, 0)
	w.now = w.now.Add(10 * time.Minute)
	s.set(func() {})
	w.once(t, 1)
	if s.log() != "/feed" {
		t.Errorf("asked for %s", s.log())
	}
	// Goes on where it was, with a new and a changed item.
	w.Close()
	s.set(func() { s.items, s.title["/a"], s.etag = []string{"/c", "/b", "/a"}, "corrected", "2" })
	w = start(t, dir, nine.Add(2*time.Hour), s.URL+"/feed")
	w.once(t, 1)
	if got := strings.Join(w.got, " "); got != "/a /c" || s.log() != "/feed /a /c" {
		t.Errorf("got %s, asked for %s", got, s.log())
	}
}

func TestUnreachable(t *testing.T) {
	s, dir := newSite(t), t.TempDir()
	s.items, s.codes["/feed"] = []string{"/a"}, 503
	w := start(t, dir, nine, s.URL+"/feed")
	for i, wait := range []time.Duration{0, 15 * time.Minute, 30 * time.Minute} { // twice as long each time
		w.now = w.now.Add(wait)
		w.once(t, 1)
		if st := w.states[0]; st.Failures != i+1 || !st.Since.Equal(nine) || !strings.Contains(st.Reason, "503") {
			t.Errorf("after %d: %+v", i+1, st)
		}
	}
	s.set(func() { delete(s.codes, "/feed") })
	w.now = w.now.Add(time.Hour)
	w.once(t, 1)
	if st := w.states[0]; st.Failures != 0 || !st.Since.IsZero() || !w.polls[3].Back || strings.Join(w.got, "") != "/a" {
		t.Errorf("reached again: %+v, %+v, got %v", st, w.polls[3], w.got)
	}
}

// A page that cannot be had is tried again, one without an article is not.
func TestItems(t *testing.T) {
	s, dir := newSite(t), t.TempDir()
	s.items = []string{"/c", "/b", "/a"}
	s.codes["/a"], s.codes["/b"] = 502, 404
	w := start(t, dir, nine, s.URL+"/feed")
	w.once(t, 1)
	p := w.polls[0]
	if p.Added != 1 || p.Waiting != 1 || len(p.Failed) != 1 || !strings.HasSuffix(p.Failed[0].Name, "/b") {
		t.Errorf("got %+v", p)
	}
	s.set(func() { delete(s.codes, "/a") })
	w.now = w.now.Add(15 * time.Minute) // before the feed is due
	w.once(t, 1)
	if s.log() != "/a" || strings.Join(w.got, " ") != "/c /a" || len(w.states[0].Waiting) != 0 {
		t.Errorf("asked for %s, got %v", s.log(), w.got)
	}
	// One that never comes is given up.
	s.set(func() { s.items, s.etag, s.codes["/d"] = []string{"/d"}, "2", 500 })
	for range 12 {
		w.now = w.now.Add(8 * time.Hour)
		if _, err := w.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if st := w.states[0]; len(st.Waiting) != 0 || len(st.GivenUp) != 2 || strings.Count(s.log(), "/d") != maxTries {
		t.Errorf("%+v, asked for %s", st, s.log())
	}
}

// Whatever ends a watcher between two items, the next one has the rest.
func TestCrash(t *testing.T) {
	s, dir := newSite(t), t.TempDir()
	for i := range 20 {
		s.items = append(s.items, fmt.Sprintf("/%02d", i))
	}
	stop := errors.New("killed")
	var got []string
	for round := range 30 {
		w := start(t, dir, nine.Add(time.Duration(round)*time.Hour), s.URL+"/feed")
		add, n := w.cfg.Add, 0
		w.cfg.Add = func(ctx context.Context, it ingest.Item) (Outcome, error) {
			if n++; n > round%5+1 {
				return 0, stop
			}
			return add(ctx, it)
		}
		before, err := os.ReadFile(filepath.Join(dir, fileOf(s.URL+"/feed")))
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.Once(t.Context())
		got = append(got, w.got...)
		w.Close()
		if err == nil {
			break
		}
		if !errors.Is(err, stop) {
			t.Fatal(err)
		}
		if round%3 == 2 { // killed outright: what was written last is lost
			if err := os.WriteFile(filepath.Join(dir, fileOf(s.URL+"/feed")), before, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	slices.Sort(got)
	if got = slices.Compact(got); len(got) != 20 {
		t.Errorf("%d of 20 articles: %v", len(got), got)
	}
}

func TestLock(t *testing.T) {
	dir := t.TempDir()
	w := start(t, dir, nine, "http://courier.example/a", "http://courier.example/b")
	if _, err := New(Config{Dir: dir}); !errors.Is(err, ErrRunning) {
		t.Errorf("two at once: %v", err)
	}
	w.Close()
	start(t, dir, nine, "http://courier.example/b")
	all, err := States(dir)
	if err != nil || len(all) != 2 || all[0].Watched || !all[1].Watched {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestRun(t *testing.T) {
	s, dir := newSite(t), t.TempDir()
	s.items = []string{"/a"}
	w := start(t, dir, nine, s.URL+"/feed")
	ctx, cancel := context.WithCancel(t.Context())
	waits := 0
	w.cfg.Wait = func(ctx context.Context, d time.Duration) error {
		if waits++; waits == 4 {
			cancel()
		}
		w.now = w.now.Add(max(d, 0))
		return ctx.Err()
	}
	if err := w.Run(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if len(w.polls) != 3 || !w.now.Equal(nine.Add(90*time.Minute)) || strings.Join(w.got, "") != "/a" {
		t.Errorf("%d polls until %s, got %v", len(w.polls), w.now, w.got)
	}
}
