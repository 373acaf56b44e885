package web_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"readout/reading"
	"readout/record"
	"readout/web"
)

// slowStore is a store that tells how often views are opened, and may be slow.
type slowStore struct {
	record.Store
	views atomic.Int64
	each  atomic.Pointer[func()]
}

func (s *slowStore) View(ctx context.Context, f func(record.Reader) error) error {
	s.views.Add(1)
	if each := s.each.Load(); each != nil {
		(*each)()
	}
	return s.Store.View(ctx, f)
}

// news is an article with a reading that says nothing of it.
func news(title string) (*record.Article, *reading.Reading) {
	a := &record.Article{Title: title, Text: "Nothing of note was said on " + title + ".", Outlet: "Courier", Published: at.Add(-time.Hour)}
	return a, &reading.Reading{Format: reading.Format, Model: model, Document: reading.Document{Title: a.Title, Outlet: a.Outlet, Text: a.Text, Published: a.Published.Format(time.RFC3339)}}
}

func shelved(t *testing.T) (*record.Ledger, *slowStore, *web.Server, *atomic.Int64) {
	t.Helper()
	store := &slowStore{Store: record.NewMemory()}
	var clock atomic.Int64
	clock.Store(at.UnixNano())
	now := func() time.Time { return time.Unix(0, clock.Load()).UTC() }
	l, err := record.Open(t.Context(), record.Config{Store: store, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	c := config(t)
	c.Ledger, c.Now = l, now
	h := web.New(c)
	t.Cleanup(func() {
		if err := h.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return l, store, h, &clock
}

func addNews(t *testing.T, l *record.Ledger, title string) {
	t.Helper()
	a, r := news(title)
	if _, err := l.Add(t.Context(), a, r); err != nil {
		t.Fatal(err)
	}
}

// TestKept: a page is made once, and again as soon as anybody has written.
func TestKept(t *testing.T) {
	l, store, h, clock := shelved(t)
	addNews(t, l, "Monday")
	articles := func(target string) (int, time.Time) {
		t.Helper()
		var v struct {
			Articles int       `json:"articles"`
			AsOf     time.Time `json:"as_of"`
		}
		w := get(t, h, target)
		if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil || w.Code != http.StatusOK {
			t.Fatalf("%s: %d: %.200s", target, w.Code, w.Body)
		}
		return v.Articles, v.AsOf
	}
	if n, _ := articles("/state.json"); n != 1 {
		t.Fatalf("%d articles", n)
	}
	before := store.views.Load()
	if articles("/state.json"); store.views.Load() != before+1 { // where the record is
		t.Errorf("the same again opens %d views", store.views.Load()-before)
	}
	addNews(t, l, "Tuesday")
	if n, _ := articles("/state.json"); n != 2 {
		t.Errorf("after another wrote: %d articles, want 2", n)
	}
	if n, _ := articles("/state.json?as_of=2022-11-01"); n != 0 {
		t.Errorf("at another moment: %d articles", n)
	}
	clock.Add(int64(2 * time.Minute))
	if _, when := articles("/state.json"); !when.Equal(at.Add(2 * time.Minute)) {
		t.Errorf("two minutes later it is as of %v", when)
	}
	if !strings.Contains(get(t, h, "/outlets").Body.String(), "Courier") {
		t.Fatalf("no outlet: %.3000s", get(t, h, "/outlets").Body)
	}
	if err := l.SetSetting(t.Context(), "outlets", `[{"outlet":"Courier","grade":"B","by":"anna","when":"2022-11-01T00:00:00Z"}]`); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(get(t, h, "/outlets").Body.String(), "anna") {
		t.Error("a grade that another set is not seen")
	}
}

// TestKeptAtOnce: what many ask for at once is made once.
func TestKeptAtOnce(t *testing.T) {
	l, store, h, _ := shelved(t)
	addNews(t, l, "Monday")
	before := store.views.Load()
	get(t, h, "/timeline")
	one := store.views.Load() - before
	addNews(t, l, "Tuesday")
	const many = 40
	slow := func() { time.Sleep(2 * time.Millisecond) }
	store.each.Store(&slow)
	before = store.views.Load()
	var wait sync.WaitGroup
	for range many {
		wait.Go(func() {
			if w := get(t, h, "/timeline"); w.Code != http.StatusOK {
				t.Errorf("%d", w.Code)
			}
		})
	}
	wait.Wait()
	if n := store.views.Load() - before - many; n > 3*one { // each asks where the record is
		t.Errorf("%d at once opened %d views, one opens %d", many, n, one)
	}
}

// TestKeptOld: while articles come in a page may be some seconds old, and says of
// which second it is; after a decision it is not, and what a program gets never is.
func TestKeptOld(t *testing.T) {
	l, store, h, clock := shelved(t)
	addNews(t, l, "Monday")
	get(t, h, "/timeline")
	var gate sync.RWMutex // closed: nothing is made
	slow := func() { gate.RLock(); defer gate.RUnlock() }
	addNews(t, l, "Tuesday")
	clock.Add(int64(3 * time.Second))
	var views atomic.Int64
	slow = func() {
		if views.Add(1) > 1 { // the first asks where the record is
			gate.RLock()
			defer gate.RUnlock()
		}
	}
	gate.Lock()
	store.each.Store(&slow)
	if b := get(t, h, "/timeline").Body.String(); !strings.Contains(b, "09:00:00 UTC, from 1 article") {
		t.Errorf("a page that takes long is not given as it was: %.3000s", b)
	}
	gate.Unlock()
	for range 200 {
		if strings.Contains(get(t, h, "/timeline").Body.String(), "09:00:03 UTC, from 2 articles") {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	store.each.Store(nil)
	if b := get(t, h, "/timeline").Body.String(); !strings.Contains(b, "09:00:03 UTC, from 2 articles") {
		t.Errorf("it does not become new: %.3000s", b)
	}
	// A purge counts at once.
	a, _ := news("Tuesday")
	if _, err := l.Purge(t.Context(), a.Version(), "it was asked for", "anna"); err != nil {
		t.Fatal(err)
	}
	late := func() { time.Sleep(200 * time.Millisecond) }
	store.each.Store(&late)
	if b := get(t, h, "/timeline").Body.String(); !strings.Contains(b, "from 1 article") {
		t.Errorf("what was purged is shown: %.3000s", b)
	}
	addNews(t, l, "Wednesday")
	if b := get(t, h, "/timeline.json").Body.String(); !strings.Contains(b, `"articles": 2`) {
		t.Errorf("a program gets what is old: %.300s", b)
	}
}

// TestKeptReaders: what one reader sees of himself no other does.
func TestKeptReaders(t *testing.T) {
	l, _, h, clock := shelved(t)
	addNews(t, l, "Monday")
	first := get(t, h, "/")
	clock.Add(int64(25 * time.Hour))
	cookie := strings.SplitN(first.Header().Get("Set-Cookie"), ";", 2)[0]
	mine := get(t, h, "/changes?since=last-visit", "Cookie", cookie)
	other := get(t, h, "/changes?since=last-visit")
	if mine.Body.String() == other.Body.String() {
		t.Error("two visits are one")
	}
	for _, p := range []string{"/", "/issues"} {
		for _, enc := range []string{"", "gzip"} {
			with, without := get(t, h, p, "Cookie", cookie, "Accept-Encoding", enc), get(t, h, p, "Accept-Encoding", enc)
			if p == "/issues" && with.Header().Get("ETag") != without.Header().Get("ETag") {
				t.Errorf("%s %s: ETags %s and %s", p, enc, with.Header().Get("ETag"), without.Header().Get("ETag"))
			}
			if strings.ContainsRune(with.Body.String(), 0) && enc == "" {
				t.Errorf("%s has a hole", p)
			}
			for _, w := range []*httptest.ResponseRecorder{with, without} {
				if again := get(t, h, p, "Cookie", cookie, "Accept-Encoding", enc, "If-None-Match", w.Header().Get("ETag")); p == "/issues" && again.Code != http.StatusNotModified {
					t.Errorf("%s %s again: %d", p, enc, again.Code)
				}
			}
		}
	}
}
