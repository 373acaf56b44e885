package record_test

import (
	"slices"
	"testing"
	"time"

	"readout/record"
)

// TestRecent: of a large record a view has all since the day that it tells, and
// tells how many older accounts it has left; whoever asks for more has all.
func TestRecent(t *testing.T) {
	if testing.Short() {
		t.Skip("adds more than a thousand articles")
	}
	l := openMemory(t)
	list := generate(1200, 4)
	add(t, l, list...)
	at := list[len(list)-1].published.AddDate(0, 0, 3)
	look := func(limit int) *record.Timeline {
		v, err := l.Timeline(t.Context(), record.Query{AsOf: at, Limit: limit})
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	part, whole := look(0), look(1<<20)
	if whole.Unread != 0 || whole.ReadSince != "" || whole.Articles != 1200 {
		t.Errorf("the whole: %d unread since %q, %d articles", whole.Unread, whole.ReadSince, whole.Articles)
	}
	if part.Unread < 500 || part.ReadSince == "" || part.Articles != 1200 {
		t.Errorf("the newest: %d unread since %q, %d articles", part.Unread, part.ReadSince, part.Articles)
	}
	ids := func(v *record.Timeline, since string) (out []string) {
		for _, e := range v.Events {
			if e.Day() >= since {
				out = append(out, e.ID)
			}
		}
		return out
	}
	if got, want := ids(part, ""), ids(whole, part.ReadSince); !slices.Equal(got, want) || len(got) < 30 {
		t.Errorf("the newest has %d events, the whole %d since %s", len(got), len(want), part.ReadSince)
	}
	// A word of nearly all is found in the newest articles of the moment, the newest first.
	for _, when := range []time.Time{at, list[600].published} {
		f, err := l.Search(t.Context(), record.Query{AsOf: when}, "grain")
		if err != nil || len(f.Articles) != 20 {
			t.Fatalf("Search() = %+v, %v", f, err)
		}
		last := when.Format(time.RFC3339)
		for _, h := range f.Articles {
			if h.Published > last || h.Published < when.AddDate(0, 0, -30).Format(time.RFC3339) {
				t.Errorf("as of %s: an article of %s after one of %s", when, h.Published, last)
			}
			last = h.Published
		}
	}
	// What is asked about is of the newest, and says so.
	q, err := l.Queue(t.Context(), record.Query{AsOf: at, Since: list[0].published})
	if err != nil || q.Unread == 0 || q.ReadSince == "" {
		t.Errorf("Queue() has %d unread since %q, %v", q.Unread, q.ReadSince, err)
	}
	// The state of play has the same lines, whatever is left unread.
	s, err := l.State(t.Context(), record.Query{AsOf: at})
	if err != nil || len(s.Happened) != 12 {
		t.Fatalf("State() = %d lines, %v", len(s.Happened), err)
	}
	all, err := l.State(t.Context(), record.Query{AsOf: at, Limit: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range s.Happened {
		if e.ID != all.Happened[i].ID || len(e.Mentions) != len(all.Happened[i].Mentions) {
			t.Errorf("line %d is %s with %d accounts, want %s with %d", i, e.ID, len(e.Mentions), all.Happened[i].ID, len(all.Happened[i].Mentions))
		}
	}
}
