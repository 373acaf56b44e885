package hook

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"syscall"
	"time"

	"readout/ingest/fetch"
	"readout/record"
	"readout/sheet"
)

// Config is what a Runner works with.
type Config struct {
	Ledger *record.Ledger
	// Tells reports whether an event has all words of a search.
	Tells func(e *record.Event, words string) bool
	// Base is the address of the pages, "" where posts are to have no links.
	Base string
	// Look is what all views leave out.
	Look record.Query
	// Every is how often the record is looked at; 0 means half a minute.
	Every time.Duration
	Agent string           // names the program; "" is "readout"
	Now   func() time.Time // nil means time.Now
	Log   *slog.Logger     // nil is silent
}

// Runner tells the hooks of a record what changes.
type Runner struct {
	c    Config
	name string // by which it holds the lease
}

// New makes a Runner.
func New(c Config) *Runner {
	c.Every, c.Agent = cmp.Or(c.Every, 30*time.Second), cmp.Or(c.Agent, "readout")
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return &Runner{c: c, name: rand.Text()}
}

// Run looks and posts until ctx ends. Of several that run on one record one does
// the work, and another goes on where it ends.
func (r *Runner) Run(ctx context.Context) {
	defer r.release(context.WithoutCancel(ctx))
	for {
		if err := r.Step(ctx); err != nil && ctx.Err() == nil {
			r.c.Log.WarnContext(ctx, "hooks", "error", err.Error())
		}
		if fetch.Wait(ctx, r.c.Every) != nil {
			return
		}
	}
}

// Step looks once at what changed, and posts what is due.
func (r *Runner) Step(ctx context.Context) error {
	list, err := List(ctx, r.c.Ledger)
	if err != nil || len(list) == 0 {
		return err
	}
	if mine, err := r.lease(ctx); err != nil || !mine {
		return err
	}
	for _, h := range list {
		if err := r.look(ctx, &h); err != nil {
			return fmt.Errorf("hook %s: %w", h.ID, err)
		}
		if err := r.deliver(ctx, &h); err != nil {
			return fmt.Errorf("hook %s: %w", h.ID, err)
		}
	}
	return nil
}

type lease struct {
	By    string    `json:"by"`
	Until time.Time `json:"until"`
}

// lease takes the right to post, or reports that another has it.
func (r *Runner) lease(ctx context.Context) (mine bool, err error) {
	now := r.c.Now().UTC()
	err = change(ctx, r.c.Ledger, leaseSetting, func(v *lease) error {
		if mine = v.By == r.name || now.After(v.Until); mine {
			*v = lease{r.name, now.Add(3*r.c.Every + time.Minute)}
		}
		return nil
	})
	return mine, err
}

// release lets another go on at once.
func (r *Runner) release(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	value, err := r.c.Ledger.Setting(ctx, leaseSetting)
	if v, wrong := parse[lease](value); err != nil || wrong != nil || v.By != r.name {
		return // it is another's, or ends by itself
	}
	err = change(ctx, r.c.Ledger, leaseSetting, func(v *lease) error {
		if v.By == r.name {
			*v = lease{}
		}
		return nil
	})
	if err != nil {
		r.c.Log.WarnContext(ctx, "hooks", "error", err.Error())
	}
}

// Post is the body of a post.
type Post struct {
	ID      string    `json:"id"` // of the delivery: the same when it comes again
	Hook    string    `json:"hook"`
	At      time.Time `json:"at"`
	Process string    `json:"process,omitempty"`
	Search  string    `json:"search,omitempty"`
	Test    bool      `json:"test,omitempty"`
	Changes []Change  `json:"changes"`
}

// Change is an event that came to have another status.
type Change struct {
	Event  string `json:"event"`
	Name   string `json:"name"`
	Day    string `json:"day,omitempty"`
	Was    string `json:"was,omitempty"` // "": nobody had told of it
	Status string `json:"status"`
	Rule   string `json:"rule"`
	Words  string `json:"words,omitempty"` // that it rests on
	Source string `json:"source,omitempty"`
	URL    string `json:"url,omitempty"`
}

// Bounds of what is on its way.
const (
	maxChanges = 100 // of one post
	maxPending = 50  // posts of a hook; with more, changes wait, and several of one event are one
	maxLog     = 100
)

// look finds what changed and puts it on its way.
func (r *Runner) look(ctx context.Context, h *Hook) error {
	q := r.c.Look
	q.Process, q.All = cmp.Or(h.Process, q.Process), true
	t, err := r.c.Ledger.Timeline(ctx, q)
	if err != nil {
		return err
	}
	now := r.c.Now().UTC()
	return change(ctx, r.c.Ledger, stateSetting+h.ID, func(s *State) error {
		first := s.Known == nil
		if len(s.Pending) >= maxPending {
			return nil
		}
		known := map[string]string{}
		var list []Change
		for _, e := range t.Events {
			if h.Search != "" && !r.c.Tells(e, h.Search) {
				continue
			}
			known[e.ID] = e.Status.Value
			if was := s.was(e); was != e.Status.Value && !first {
				list = append(list, r.change(e, was))
			}
		}
		s.Known = known
		for len(list) > 0 {
			n := min(len(list), maxChanges)
			p := Post{ID: strings.ToLower(rand.Text()[:16]), Hook: h.ID, At: now, Process: h.Process, Search: h.Search, Changes: list[:n]}
			b, err := json.Marshal(p)
			if err != nil {
				return err
			}
			s.Pending = append(s.Pending, Delivery{ID: p.ID, When: now, Changes: n, Next: now, Body: b})
			list = list[n:]
		}
		return nil
	})
}

// was is the status that an event was told to have, by any of its accounts: its
// id is that of the first, which may be another one now.
func (s *State) was(e *record.Event) string {
	if was := s.Known[e.ID]; was != "" {
		return was
	}
	for i := range e.Mentions {
		if was := s.Known[e.Mentions[i].ID]; was != "" {
			return was
		}
	}
	return ""
}

func (r *Runner) change(e *record.Event, was string) Change {
	w := sheet.Rests(e)
	c := Change{Event: e.ID, Name: sheet.Name(e), Day: e.Day(), Was: was, Status: e.Status.Value, Rule: e.Status.Rule, Words: w.Words, Source: sheet.Source(&w)}
	if w.Words == "" {
		c.Source = ""
	}
	if r.c.Base != "" {
		c.URL = strings.TrimSuffix(r.c.Base, "/") + "/event/" + sheet.Short(e.ID)
	}
	return c
}

// Tries of a post: the first wait, by how much the next is longer, how many there
// are. They end after about fifteen hours.
const (
	firstWait = 10 * time.Second
	longer    = 4
	maxTries  = 8
)

// deliver posts what is due, one after the other; a post that fails holds up
// those behind it, so that changes come in their order.
func (r *Runner) deliver(ctx context.Context, h *Hook) error {
	for ctx.Err() == nil {
		s, err := StateOf(ctx, r.c.Ledger, h.ID)
		if err != nil || len(s.Pending) == 0 || r.c.Now().Before(s.Pending[0].Next) {
			return err
		}
		d := s.Pending[0]
		status, wrong := r.post(ctx, h, d.Body)
		if ctx.Err() != nil { // it is tried when the server starts again
			return ctx.Err()
		}
		now := r.c.Now().UTC()
		d.Tries, d.Status, d.Wrong = d.Tries+1, status, ""
		wait := firstWait
		for range d.Tries - 1 {
			wait *= longer
		}
		d.Next = now.Add(wait)
		if wrong != nil {
			d.Wrong = wrong.Error()
			r.c.Log.WarnContext(ctx, "hook", "hook", h.ID, "tries", d.Tries, "error", d.Wrong)
		}
		if wrong == nil || d.Tries >= maxTries {
			d.Ended, d.Next = now, time.Time{}
		}
		err = change(ctx, r.c.Ledger, stateSetting+h.ID, func(s *State) error {
			if len(s.Pending) == 0 || s.Pending[0].ID != d.ID { // it was removed meanwhile
				return nil
			}
			if d.Ended.IsZero() {
				s.Pending[0] = d
				return nil
			}
			s.Pending = s.Pending[1:]
			d.Body = nil
			s.Log = append(s.Log, d)
			s.Log = s.Log[max(0, len(s.Log)-maxLog):]
			return nil
		})
		if err != nil || wrong != nil && d.Ended.IsZero() {
			return err
		}
	}
	return ctx.Err()
}

// Test posts a change that never was, and gives what is answered.
func (r *Runner) Test(ctx context.Context, h *Hook) (status int, err error) {
	b, err := json.Marshal(Post{ID: "test", Hook: h.ID, At: r.c.Now().UTC(), Process: h.Process, Search: h.Search, Test: true, Changes: []Change{}})
	if err != nil {
		return 0, err
	}
	return r.post(ctx, h, b)
}

// timeout is how long an address may take to answer.
const timeout = 10 * time.Second

func (r *Runner) post(ctx context.Context, h *Hook, body []byte) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.URL, bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", r.c.Agent)
	req.Header.Set(Header, Sign(h.Secret, r.c.Now(), body))
	dial := &net.Dialer{Timeout: timeout}
	if !h.Private { // looked at after its name was resolved
		dial.Control = func(_, address string, _ syscall.RawConn) error {
			a, err := netip.ParseAddrPort(address)
			if err != nil || !fetch.IsPublic(a.Addr().Unmap()) {
				return fetch.ErrPrivate
			}
			return nil
		}
	}
	t := &http.Transport{DialContext: dial.DialContext, DisableKeepAlives: true, MaxResponseHeaderBytes: 64 << 10} // no proxy: it would dial for us
	defer t.CloseIdleConnections()
	client := &http.Client{Transport: t, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 64<<10)) // what it says is of no use
	if res.StatusCode < 200 || res.StatusCode > 299 {
		return res.StatusCode, fmt.Errorf("it answers %s", res.Status)
	}
	return res.StatusCode, nil
}
