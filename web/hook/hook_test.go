package hook_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"readout"
	"readout/reading"
	"readout/record"
	"readout/web"
	"readout/web/hook"
)

// desk is a record, a clock, and an address that notes what is posted to it.
type desk struct {
	t      *testing.T
	l      *record.Ledger
	r      *readout.Reader
	now    time.Time
	mu     sync.Mutex
	posts  []hook.Post
	answer int
	secret string
	server *httptest.Server
}

func newDesk(t *testing.T) *desk {
	d := &desk{t: t, now: time.Date(2022, 11, 22, 9, 0, 0, 0, time.UTC), answer: http.StatusNoContent, secret: "s"}
	var err error
	if d.l, err = record.Open(context.Background(), record.Config{Store: record.NewMemory(), Now: func() time.Time { return d.now }}); err != nil {
		t.Fatal(err)
	}
	if d.r, err = readout.New(readout.Config{Workers: 1}); err != nil {
		t.Fatal(err)
	}
	d.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		if err := hook.Verify(d.secret, r.Header.Get(hook.Header), b, d.now, time.Minute); err != nil {
			t.Errorf("%s: %v", r.Header.Get(hook.Header), err)
		}
		var p hook.Post
		if err := json.Unmarshal(b, &p); err != nil {
			t.Error(err)
		}
		d.mu.Lock()
		defer d.mu.Unlock()
		d.posts = append(d.posts, p)
		w.WriteHeader(d.answer)
	}))
	t.Cleanup(d.server.Close)
	return d
}

func (d *desk) add(text, day string) {
	d.t.Helper()
	at, _ := time.Parse(time.DateOnly, day)
	doc, err := d.r.Read(context.Background(), readout.Article{Text: text, Published: at})
	if err != nil {
		d.t.Fatal(err)
	}
	if _, err := d.l.Add(context.Background(), &record.Article{Text: text, Published: at}, reading.New(doc, "test")); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) runner() *hook.Runner {
	return hook.New(hook.Config{Ledger: d.l, Tells: web.Tells, Base: "http://127.0.0.1:8321", Now: func() time.Time { return d.now }})
}

func (d *desk) step(r *hook.Runner) {
	d.t.Helper()
	if err := r.Step(context.Background()); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) hook(h hook.Hook) hook.Hook {
	d.t.Helper()
	h.URL, h.Secret = d.server.URL, d.secret
	h, err := hook.Add(context.Background(), d.l, h)
	if err != nil {
		d.t.Fatal(err)
	}
	return h
}

const (
	plan = "President Macron will meet President Putin in Geneva on Friday."
	off  = "The meeting of President Macron and President Putin in Geneva on Friday was cancelled, the Elysee said."
)

func TestChanges(t *testing.T) {
	d := newDesk(t)
	d.add("Blinken met Lavrov in Vienna on Monday.", "2022-11-15")
	h := d.hook(hook.Hook{Private: true})
	r := d.runner()
	d.step(r)
	if len(d.posts) != 0 {
		t.Fatalf("what was there before is told: %+v", d.posts)
	}
	d.add(plan, "2022-11-21")
	d.step(r)
	if len(d.posts) != 1 || len(d.posts[0].Changes) != 1 || d.posts[0].Changes[0].Status != "planned" || d.posts[0].Changes[0].Was != "" {
		t.Fatalf("%+v", d.posts)
	}
	if c := d.posts[0].Changes[0]; !strings.HasPrefix(c.URL, "http://127.0.0.1:8321/event/e") || c.Words == "" {
		t.Errorf("%+v", c)
	}
	d.step(r)
	if len(d.posts) != 1 {
		t.Fatalf("nothing changed: %+v", d.posts[1:])
	}
	d.add(off, "2022-11-23")
	d.now = d.now.Add(2 * 24 * time.Hour)
	d.step(d.runner()) // the server was started anew
	if len(d.posts) < 2 || d.posts[1].Changes[0].Was != "planned" || d.posts[1].Changes[0].Status != "cancelled" {
		t.Fatalf("%+v", d.posts)
	}
	s, err := hook.StateOf(context.Background(), d.l, h.ID)
	if err != nil || len(s.Log) != len(d.posts) || len(s.Pending) != 0 || s.Log[0].Status != http.StatusNoContent {
		t.Errorf("%+v, %v", s, err)
	}
}

// TestRetries: a post that is not taken comes again, with the same id, ever more
// seldom, after the server was started anew, too, and is given up in the end.
func TestRetries(t *testing.T) {
	d := newDesk(t)
	h := d.hook(hook.Hook{Private: true})
	d.step(d.runner())
	d.answer = http.StatusInternalServerError
	d.add(plan, "2022-11-21")
	for i, wait := range []time.Duration{0, 10 * time.Second, 40 * time.Second, 160 * time.Second, 640 * time.Second, 2560 * time.Second, 10240 * time.Second, 40960 * time.Second} {
		d.now = d.now.Add(wait - time.Second)
		if i > 0 {
			if d.step(d.runner()); len(d.posts) != i {
				t.Fatalf("try %d comes before its time", i+1)
			}
		}
		d.now = d.now.Add(3 * time.Minute) // past the lease of the runner before
		d.step(d.runner())
		if len(d.posts) != i+1 || d.posts[i].ID != d.posts[0].ID {
			t.Fatalf("try %d: %d posts", i+1, len(d.posts))
		}
	}
	s, err := hook.StateOf(context.Background(), d.l, h.ID)
	if err != nil || len(s.Pending) != 0 || len(s.Log) != 1 || s.Log[0].Tries != 8 || s.Log[0].Wrong == "" {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestSearch(t *testing.T) {
	d := newDesk(t)
	d.hook(hook.Hook{Private: true, Search: "Geneva"})
	r := d.runner()
	d.step(r)
	d.add(plan, "2022-11-21")
	d.add("Blinken will meet Lavrov in Vienna on Monday.", "2022-11-20")
	d.step(r)
	if len(d.posts) != 1 || len(d.posts[0].Changes) != 1 || !strings.Contains(d.posts[0].Changes[0].Name, "Geneva") {
		t.Errorf("%+v", d.posts)
	}
}

func TestPrivate(t *testing.T) {
	d := newDesk(t)
	h := d.hook(hook.Hook{})
	if _, err := d.runner().Test(context.Background(), &h); err == nil || !strings.Contains(err.Error(), "private network") || len(d.posts) != 0 {
		t.Errorf("%v, %d posts", err, len(d.posts))
	}
	h.Private = true
	if n, err := d.runner().Test(context.Background(), &h); err != nil || n != http.StatusNoContent || !d.posts[0].Test {
		t.Errorf("%d, %v", n, err)
	}
	for _, url := range []string{"", "ftp://example.org", "https://", "https://a:b@example.org/", "/x"} {
		if _, err := hook.Add(context.Background(), d.l, hook.Hook{URL: url}); err == nil {
			t.Errorf("%q is taken", url)
		}
	}
	if err := hook.Remove(context.Background(), d.l, h.ID); err != nil {
		t.Error(err)
	}
	if err := hook.Remove(context.Background(), d.l, h.ID); !errors.Is(err, hook.ErrNotFound) {
		t.Error(err)
	}
}

// TestLease: of two runners one posts.
func TestLease(t *testing.T) {
	d := newDesk(t)
	d.hook(hook.Hook{Private: true})
	a, b := d.runner(), d.runner()
	d.step(a)
	d.add(plan, "2022-11-21")
	d.step(b)
	if len(d.posts) != 0 {
		t.Error("the second posts, too")
	}
	d.step(a)
	if len(d.posts) != 1 {
		t.Error("the first does not")
	}
	ctx, end := context.WithCancel(context.Background())
	end()
	a.Run(ctx) // it ends, and lets the second go on
	d.add("Blinken will meet Lavrov in Vienna on Monday.", "2022-11-20")
	d.step(b)
	if len(d.posts) != 2 {
		t.Error("the second does not go on")
	}
}

func TestVerify(t *testing.T) {
	at := time.Unix(1700000000, 0)
	body := []byte(`{"changes":[]}`)
	good := hook.Sign("secret", at, body)
	if err := hook.Verify("secret", good, body, at.Add(time.Minute), 5*time.Minute); err != nil {
		t.Error(err)
	}
	for _, c := range []struct {
		secret, header, body string
		now                  time.Time
	}{
		{"other", good, string(body), at}, {"secret", good, "{}", at}, {"secret", good, string(body), at.Add(time.Hour)}, {"secret", "", string(body), at},
		{"secret", "t=1,v1=", string(body), at}, {"secret", strings.Replace(good, "t=17", "t=16", 1), string(body), at},
	} {
		if err := hook.Verify(c.secret, c.header, []byte(c.body), c.now, 5*time.Minute); !errors.Is(err, hook.ErrSignature) {
			t.Errorf("%q %q: %v", c.secret, c.header, err)
		}
	}
}
