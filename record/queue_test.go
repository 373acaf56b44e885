package record_test

import (
	"strings"
	"testing"
	"time"

	"readout/record"
)

func queue(tb testing.TB, l *record.Ledger) map[string][]*record.Item {
	tb.Helper()
	v, err := l.Queue(tb.Context(), record.Query{AsOf: at("2023-06-01"), Limit: 1000})
	if err != nil {
		tb.Fatal(err)
	}
	out := map[string][]*record.Item{}
	for i, x := range v.Items {
		out[x.Kind] = append(out[x.Kind], x)
		if i > 0 && x.Doubt*x.Weight > v.Items[i-1].Doubt*v.Items[i-1].Weight {
			tb.Errorf("item %d is more doubtful and matters more than the one before", i)
		}
	}
	return out
}

// doubtful is a record with one doubt of each kind, and what each is about.
func doubtful(tb testing.TB) *record.Ledger {
	tb.Helper()
	l := openMemory(tb)
	base := told{kind: "meeting", status: "occurred", published: at("2023-05-11"), day: at("2023-05-10"), quote: "We shall meet by the lake and talk"}
	tell := func(f func(*told)) told { x := base; f(&x); return x }
	// One day, two places.
	x := tell(func(x *told) { x.a, x.b, x.place, x.outlet = leaders[0], leaders[1], "Geneva", "A" })
	y := tell(func(x *told) {
		x.a, x.b, x.place, x.outlet, x.quote = leaders[0], leaders[1], "Oslo", "B", "In the north it was cold and bright all day"
	})
	// Told as two kinds of thing.
	p := tell(func(x *told) {
		x.a, x.b, x.outlet, x.quote = leaders[2], leaders[3], "A", "It went on for a very long time"
	})
	q := tell(func(x *told) {
		x.a, x.b, x.outlet, x.quote, x.kind = leaders[2], leaders[3], "C", "They spoke of ships and of little else", "visit"
	})
	// A surname alone.
	s := tell(func(x *told) {
		x.a, x.b, x.outlet, x.quote = leader{"Kozlov", "", "RUS"}, leaders[7], "A", "He is glad that the river is deep"
	})
	u := tell(func(x *told) {
		x.a, x.b, x.outlet, x.quote, x.kind = leader{"Alexander Kozlov", "", "RUS"}, leaders[8], "B", "It is a good harvest in the east", "call"
	})
	add(tb, l, x, y, p, q, s, u)
	// The machine is not sure.
	w := tell(func(x *told) {
		x.a, x.b, x.outlet, x.quote, x.kind = leaders[9], leaders[10], "D", "No tariff was spoken of at the table", "call"
	})
	a, r := w.article(tb)
	r.Events[0].Confidence, r.Statements[0].Confidence = 0.4, 0.3
	if _, err := l.Add(tb.Context(), a, r); err != nil {
		tb.Fatal(err)
	}
	return l
}

func TestQueue(t *testing.T) {
	l := doubtful(t)
	items := queue(t, l)
	for kind, n := range map[string]int{record.DoubtPlace: 1, record.DoubtPair: 1, record.DoubtActor: 1, record.DoubtEvent: 1, record.DoubtStatement: 1} {
		if len(items[kind]) != n {
			t.Errorf("%d items of kind %s, want %d", len(items[kind]), kind, n)
			for _, i := range items[kind] {
				t.Log(i.Why, i.Name)
			}
		}
	}
	// What is accepted does not come back; undone it does.
	for kind, list := range items {
		for _, i := range list {
			d := propose(t, l, i.Accept)
			ids := decide(t, l, d)
			for _, now := range queue(t, l)[kind] {
				if now.ID == i.ID {
					t.Errorf("%s %q was accepted and is asked again", kind, i.Why)
				}
			}
			decide(t, l, propose(t, l, record.Ask{Do: record.DoUndo, IDs: ids}))
			back := false
			for _, now := range queue(t, l)[kind] {
				back = back || now.ID == i.ID
			}
			if !back {
				t.Errorf("%s %q was undone and is not asked again", kind, i.Why)
			}
			decide(t, l, propose(t, l, i.Accept))
		}
	}
	if now := queue(t, l); len(now) != 0 {
		t.Errorf("all was accepted, and there is %v", now)
	}
	whole(t, l)
}

// TestQueueChanged: what was accepted is asked again when its words changed.
func TestQueueChanged(t *testing.T) {
	x := told{a: leaders[9], b: leaders[10], kind: "call", status: "occurred", outlet: "D", url: "https://example.org/x", published: at("2023-05-11"), day: at("2023-05-10"), quote: "No tariff was spoken of at the table"}
	l := openMemory(t)
	tell := func(x told) {
		a, r := x.article(t)
		r.Events[0].Confidence = 0.4
		if _, err := l.Add(t.Context(), a, r); err != nil {
			t.Fatal(err)
		}
	}
	tell(x)
	i := queue(t, l)[record.DoubtEvent]
	if len(i) != 1 {
		t.Fatalf("%d events are asked about", len(i))
	}
	decide(t, l, propose(t, l, i[0].Accept))
	y := x
	y.modified, y.text = x.published.Add(time.Hour), "More was told later."
	tell(y)
	if n := len(queue(t, l)[record.DoubtEvent]); n != 0 {
		t.Errorf("the same words in another version are asked about again")
	}
	y.modified, y.day = y.modified.Add(time.Hour), at("2023-05-09")
	tell(y)
	items := queue(t, l)
	if len(items[record.DoubtEvent]) != 1 || len(items[record.DoubtStale]) != 1 {
		t.Errorf("other words: %d events, %d stale decisions, want one of each", len(items[record.DoubtEvent]), len(items[record.DoubtStale]))
	}
	for _, s := range items[record.DoubtStale] {
		if !strings.Contains(s.Why, "its words are not in this version") {
			t.Errorf("stale: %s", s.Why)
		}
		decide(t, l, propose(t, l, s.Accept)) // it is let go
	}
	if n := len(queue(t, l)[record.DoubtStale]); n != 0 {
		t.Error("a stale decision that was let go is asked about")
	}
}

// TestContradictions: accounts that differ on the day are asked about until a
// person has looked at each.
func TestContradictions(t *testing.T) {
	x := told{a: leaders[0], b: leaders[1], kind: "meeting", status: "planned", line: "announced", outlet: "A", published: at("2023-05-01"), day: at("2023-05-10"), quote: "We shall meet by the lake and talk"}
	y := x
	y.outlet, y.published, y.day, y.quote = "B", at("2023-05-02"), at("2023-05-11"), "It will be a good day to meet them all"
	l := openMemory(t)
	add(t, l, x, y)
	days := queue(t, l)[record.DoubtDay]
	if len(days) != 1 {
		t.Fatalf("%d questions of the day, want 1", len(days))
	}
	decide(t, l, propose(t, l, days[0].Accept))
	z := x
	z.outlet, z.quote = "C", "On such a day nobody stays at home in town"
	add(t, l, z) // says what one of them said
	if n := len(queue(t, l)[record.DoubtDay]); n != 0 {
		t.Error("a third account of a day that was looked at is asked about")
	}
	z.outlet, z.day, z.quote = "D", at("2023-05-13"), "There was never a doubt about it in our house"
	z.published = at("2023-05-02")
	add(t, l, z)
	if n := len(queue(t, l)[record.DoubtDay]); n != 1 {
		t.Error("an account of another day is not asked about")
	}
}

// TestSplitGrows: what was split off is joined by nothing, and a person is asked
// about what is told later.
func TestSplitGrows(t *testing.T) {
	list := twoMeetings()
	l := openMemory(t)
	add(t, l, list[:2]...)
	e := everything(t, l)[0]
	decide(t, l, propose(t, l, record.Ask{Do: record.DoSplit, IDs: []string{e.ID, e.Mentions[1].ID}, When: at("2023-05-03")}))
	if n := len(queue(t, l)[record.DoubtPair]); n != 0 {
		t.Errorf("what a person told apart is asked about %d times", n)
	}
	x := list[1]
	x.outlet, x.published, x.quote = "D", at("2023-05-09"), "The tables in the hall are laid for many guests"
	add(t, l, x)
	pairs := queue(t, l)[record.DoubtPair]
	if len(pairs) != 1 || !strings.Contains(pairs[0].Why, "split off by Ada before") {
		t.Fatalf("what was told after the split is asked about %d times, want once", len(pairs))
	}
	decide(t, l, propose(t, l, pairs[0].Accept))
	if n := len(queue(t, l)[record.DoubtPair]); n != 0 {
		t.Error("it was accepted and is asked again")
	}
}
