package record_test

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"readout/record"
	"readout/record/join"
)

func canonical(tb testing.TB, l *record.Ledger) string {
	tb.Helper()
	var b bytes.Buffer
	if err := l.Export(tb.Context(), &b, record.ExportConfig{Canonical: true}); err != nil {
		tb.Fatal(err)
	}
	return b.String()
}

// versions are articles that changed, and one without a day.
func versions(list []told) []told {
	for i := range 6 {
		v := list[i*7]
		v.url = "https://example.org/" + string(rune('a'+i))
		list[i*7] = v
		v.modified = v.published.Add(5 * time.Hour)
		v.place = "Lima"
		list = append(list, v)
	}
	return append(list, list[0])
}

// TestAnyOrder: the same articles give the same record, in any order and however
// often they are added.
func TestAnyOrder(t *testing.T) {
	list := versions(generate(80, 7))
	l := openMemory(t)
	add(t, l, list...)
	want := canonical(t, l)
	if n := strings.Count(want, `"kind":"event"`); n < 10 {
		t.Fatalf("the record has %d events", n)
	}
	for seed := range uint64(8) {
		rng := rand.New(rand.NewPCG(seed, 2))
		mixed := append([]told(nil), list...)
		for range 20 {
			mixed = append(mixed, list[rng.IntN(len(list))])
		}
		rng.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		l := openMemory(t)
		add(t, l, mixed...)
		if got := canonical(t, l); got != want {
			t.Fatalf("order %d gives another record:\n%s", seed, firstDifference(got, want))
		}
		if err := l.Reindex(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := canonical(t, l); got != want {
			t.Fatalf("order %d, index made anew: another record:\n%s", seed, firstDifference(got, want))
		}
		c, err := l.Check(t.Context())
		if err != nil || len(c.Wrong) > 0 {
			t.Fatalf("order %d: Check() = %+v, %v", seed, c, err)
		}
	}
}

func firstDifference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return x[i] + "\nwant\n" + y[i]
		}
	}
	return "one is longer"
}

// counting counts what is read of a store.
type counting struct {
	record.Store
	read int
}

func (c *counting) Update(ctx context.Context, f func(record.Tx) error) error {
	return c.Store.Update(ctx, func(tx record.Tx) error { return f(&countingTx{tx, c}) })
}

type countingTx struct {
	record.Tx
	c *counting
}

func (t *countingTx) Nodes(ctx context.Context, ids []string) ([]record.Node, error) {
	list, err := t.Tx.Nodes(ctx, ids)
	t.c.read += len(list)
	return list, err
}

func (t *countingTx) LookupEach(ctx context.Context, ranges [][]join.Range) ([][]string, error) {
	list, err := t.Tx.LookupEach(ctx, ranges)
	for _, ids := range list {
		t.c.read += 1 + len(ids)
	}
	return list, err
}

func (t *countingTx) Lookup(ctx context.Context, ranges []join.Range) ([]string, error) {
	list, err := t.Tx.Lookup(ctx, ranges)
	t.c.read += 1 + len(list)
	return list, err
}

func (t *countingTx) Entries(ctx context.Context, q record.EntryQuery) ([]record.Entry, error) {
	list, err := t.Tx.Entries(ctx, q)
	t.c.read += 1 + len(list)
	return list, err
}

// TestCostOfAdding: what is read of the store to add an article does not grow
// with the record.
func TestCostOfAdding(t *testing.T) {
	if testing.Short() {
		t.Skip("adds two thousand articles")
	}
	cost := func(n int) float64 {
		c := &counting{Store: record.NewMemory()}
		l := openLedger(t, c)
		list := generate(n, 3)
		add(t, l, list[:n-100]...)
		c.read = 0
		add(t, l, list[n-100:]...)
		return float64(c.read) / 100
	}
	small, large := cost(200), cost(2000)
	t.Logf("the 200th article costs %.1f reads, the 2,000th %.1f", small, large)
	if large > 1.5*small {
		t.Errorf("the 200th article costs %.1f reads, the 2,000th %.1f, want at most 1.5 times as many", small, large)
	}
}

// TestJoining: each meeting of the generated corpus is one event, and copies are
// one story.
func TestJoining(t *testing.T) {
	l := openMemory(t)
	add(t, l, generate(100, 5)...)
	events, err := l.Everything(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	whole := 0
	for _, e := range events {
		if len(e.Mentions) == 5 {
			whole++
			if e.Origins != 4 || e.Status.Value != "occurred" {
				t.Errorf("event %s: %d stories, %s, want 4, occurred", e.ID, e.Origins, e.Status.Value)
			}
		}
	}
	if whole < 18 {
		t.Errorf("%d of 20 meetings are one event of five articles; there are %d events", whole, len(events))
	}
}

func at(day string) time.Time {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return t
}

// case of a process: what articles tell, and what the event is as of some days.
func TestStatusOverTime(t *testing.T) {
	one := told{a: leaders[0], b: leaders[1], kind: "meeting", place: "Geneva", quote: "We will see what comes of all this in the end"}
	tell := func(outlet, published, status, line, day string) told {
		x := one
		x.outlet, x.status, x.line, x.published = outlet, status, line, at(published).Add(9*time.Hour)
		if day != "" {
			x.day = at(day)
		}
		return x
	}
	other := func(x told) told { x.a, x.b = x.b, x.a; x.quote = "I know of no such plan and never did"; return x }
	for _, c := range []struct {
		name  string
		told  []told
		want  map[string]string // by day
		dates int
	}{
		{"planned, held", []told{tell("A", "2023-05-01", "planned", "announced", "2023-05-10"), tell("B", "2023-05-11", "occurred", "", "2023-05-10")},
			map[string]string{"2023-05-01": "planned", "2023-05-10": "planned", "2023-05-11": "occurred"}, 1},
		{"nobody reports it", []told{tell("A", "2023-05-01", "planned", "announced", "2023-05-10")},
			map[string]string{"2023-05-11": "planned", "2023-05-12": "lapsed"}, 1},
		{"moved to another day", []told{tell("A", "2023-05-01", "planned", "announced", "2023-05-10"), tell("B", "2023-05-08", "postponed", "announced", "2023-05-20"), tell("C", "2023-05-21", "occurred", "", "2023-05-20")},
			map[string]string{"2023-05-07": "planned", "2023-05-08": "postponed", "2023-05-21": "occurred"}, 2},
		{"denied by the other side", []told{tell("A", "2023-05-01", "planned", "announced", "2023-05-10"), other(tell("B", "2023-05-03", "denied", "denied", "2023-05-10"))},
			map[string]string{"2023-05-02": "planned", "2023-05-03": "disputed"}, 1},
		{"denied, then confirmed by the same side", []told{
			tell("A", "2023-05-11", "occurred", "", "2023-05-10"), other(tell("B", "2023-05-12", "denied", "denied", "2023-05-10")), other(tell("C", "2023-05-14", "occurred", "confirmed", "2023-05-10"))},
			map[string]string{"2023-05-11": "occurred", "2023-05-12": "disputed", "2023-05-14": "occurred"}, 1},
		{"called off, and on again", []told{tell("A", "2023-05-01", "planned", "announced", "2023-05-10"), tell("B", "2023-05-04", "cancelled", "announced", "2023-05-10"), tell("C", "2023-05-06", "planned", "announced", "2023-05-10")},
			map[string]string{"2023-05-03": "planned", "2023-05-05": "cancelled", "2023-05-06": "planned"}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := openMemory(t)
			add(t, l, c.told...)
			for day, want := range c.want {
				v, err := l.Timeline(t.Context(), record.Query{AsOf: at(day).Add(24*time.Hour - 1), All: true})
				if err != nil {
					t.Fatal(err)
				}
				if len(v.Events) != 1 || v.Events[0].Status.Value != want {
					t.Errorf("as of %s: %s", day, statuses(v.Events))
					t.Errorf("want one event, %s", want)
				}
			}
			all, err := l.Everything(t.Context())
			if err != nil || len(all) != 1 || len(all[0].Dates) != c.dates {
				t.Errorf("%d events, %v; want one with %d dates", len(all), err, c.dates)
			}
		})
	}
}

func statuses(list []*record.Event) string {
	var out []string
	for _, e := range list {
		out = append(out, e.From+" "+e.Status.Value+" ("+e.Status.Rule+")")
	}
	return strings.Join(out, "; ")
}

// TestLines: a party that says nothing in any article is not heard, and what it
// says later changes that.
func TestLines(t *testing.T) {
	x := told{a: leaders[0], b: leaders[1], kind: "call", status: "planned", line: "announced", outlet: "A", published: at("2023-05-01"), day: at("2023-05-10"), quote: "We shall speak by telephone about all of it"}
	y := x
	y.a, y.b, y.line, y.outlet, y.published, y.quote = x.b, x.a, "confirmed", "B", at("2023-05-03"), "It is so and we are glad of it"
	l := openMemory(t)
	add(t, l, x, y)
	for day, want := range map[string]string{"2023-05-02": "France announced, Germany not heard", "2023-05-04": "France announced, Germany confirmed"} {
		v, err := l.Timeline(t.Context(), record.Query{AsOf: at(day), All: true})
		if err != nil || len(v.Events) != 1 {
			t.Fatalf("%v, %v", v, err)
		}
		got := map[string]string{}
		for _, p := range v.Events[0].Lines {
			got[p.Name] = p.Line
		}
		if s := "France " + got["France"] + ", Germany " + got["Germany"]; s != want {
			t.Errorf("as of %s: %s, want %s", day, s, want)
		}
	}
}

// TestChanges: what two days have between them.
func TestChanges(t *testing.T) {
	x := told{a: leaders[0], b: leaders[1], kind: "meeting", status: "planned", line: "announced", outlet: "A", published: at("2023-05-01"), day: at("2023-05-10"), place: "Geneva", quote: "We shall meet by the lake and talk"}
	y := x
	y.outlet, y.status, y.line, y.published = "B", "occurred", "", at("2023-05-11")
	z := told{a: leaders[4], b: leaders[5], kind: "call", status: "occurred", outlet: "C", published: at("2023-05-11"), day: at("2023-05-11"), quote: "It was a good call and we thank them"}
	l := openMemory(t)
	add(t, l, x, y, z)
	c, err := l.Changes(t.Context(), record.Query{Since: at("2023-05-02"), AsOf: at("2023-05-12")})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.New) != 1 || c.New[0].Kind != "call" {
		t.Errorf("new: %s", statuses(c.New))
	}
	if len(c.Changed) != 1 || c.Changed[0].Was != "planned" || c.Changed[0].What[0].Is != "occurred" {
		t.Errorf("changed: %+v", c.Changed)
	}
}

func TestPurge(t *testing.T) {
	list := generate(10, 9)
	l := openMemory(t)
	add(t, l, list...)
	a, r := list[2].article(t)
	if _, err := l.Purge(t.Context(), a.ID()[:9], "", ""); err == nil {
		t.Error("a purge without a reason went through")
	}
	if _, err := l.Purge(t.Context(), "a0000000", "why", ""); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("Purge of nothing = %v", err)
	}
	if _, err := l.Purge(t.Context(), a.ID()[:9], "by order", "me"); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Add(t.Context(), a, r); !errors.Is(err, record.ErrPurged) {
		t.Errorf("Add of what was purged = %v", err)
	}
	if c, err := l.Check(t.Context()); err != nil || len(c.Wrong) > 0 {
		t.Errorf("Check() = %+v, %v", c, err)
	}
	without := openMemory(t)
	add(t, without, append(append([]told(nil), list[:2]...), list[3:]...)...)
	if got, want := canonical(t, l), canonical(t, without); got != want {
		t.Errorf("after the purge the record is not what it were without the article:\n%s", firstDifference(got, want))
	}
}

// TestReread: a new reading counts in the place of the one before, and the same
// again changes nothing.
func TestReread(t *testing.T) {
	list := generate(10, 11)
	l := openMemory(t)
	add(t, l, list...)
	a, r := list[2].article(t)
	if changed, err := l.Reread(t.Context(), a, r); changed || err != nil {
		t.Errorf("Reread with the same reading = %v, %v", changed, err)
	}
	r.Events[0].Kind = "visit"
	if changed, err := l.Reread(t.Context(), a, r); !changed || err != nil {
		t.Errorf("Reread with another reading = %v, %v", changed, err)
	}
	events, err := l.Everything(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	visits := 0
	for _, e := range events {
		if e.Kind == "visit" {
			visits++
		}
	}
	if visits != 1 {
		t.Errorf("%d visits after the new reading, want 1", visits)
	}
	if c, err := l.Check(t.Context()); err != nil || len(c.Wrong) > 0 {
		t.Errorf("Check() = %+v, %v", c, err)
	}
	n := 0
	for _, err := range l.Articles(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != len(list) {
		t.Errorf("Articles gives %d, want %d", n, len(list))
	}
}
