package record_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"readout/record"
)

// propose makes a decision, and fails the test where it cannot be made.
func propose(tb testing.TB, l *record.Ledger, a record.Ask) record.Decision {
	tb.Helper()
	if a.By == "" {
		a.By = "Ada"
	}
	d, err := l.Propose(tb.Context(), record.Query{}, a)
	if err != nil {
		tb.Fatal(err)
	}
	return *d
}

func everything(tb testing.TB, l *record.Ledger) []*record.Event {
	tb.Helper()
	list, err := l.Everything(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	return list
}

func event(tb testing.TB, l *record.Ledger, id string) *record.Event {
	tb.Helper()
	v, err := l.Event(tb.Context(), record.Query{AsOf: at("2023-05-05")}, id)
	if err != nil {
		tb.Fatal(err)
	}
	return v.Event
}

func whole(tb testing.TB, l *record.Ledger) {
	tb.Helper()
	if c, err := l.Check(tb.Context()); err != nil || len(c.Wrong) > 0 {
		tb.Errorf("Check() = %+v, %v", c, err)
	}
}

// someDecisions are decisions of all kinds about a record, each at its own time,
// some undone and some of these again.
func someDecisions(tb testing.TB, l *record.Ledger, seed uint64) []record.Decision {
	tb.Helper()
	rng := rand.New(rand.NewPCG(seed, 3))
	events := everything(tb, l)
	said, err := l.Said(tb.Context(), record.Query{Limit: 1000}, "", "")
	if err != nil {
		tb.Fatal(err)
	}
	when := at("2024-01-01")
	var out []record.Decision
	ask := func(a record.Ask) {
		when = when.Add(time.Minute)
		a.By, a.When, a.Why = "Ada", when, "because"
		if d, err := l.Propose(tb.Context(), record.Query{}, a); err == nil { // it was no event and itself, say
			out = append(out, *d)
		}
	}
	anEvent := func() *record.Event { return events[rng.IntN(len(events))] }
	aMention := func() string { m := anEvent().Mentions; return m[rng.IntN(len(m))].ID }
	aStatement := func() string { return said.Statements[rng.IntN(len(said.Statements))].ID }
	for range 4 {
		ask(record.Ask{Do: record.DoCorrect, IDs: []string{anEvent().ID}, Field: "status", Value: "cancelled"})
		ask(record.Ask{Do: record.DoCorrect, IDs: []string{anEvent().ID}, Field: "day", Value: "2023-02-11"})
		ask(record.Ask{Do: record.DoCorrect, IDs: []string{aMention()}, Field: "kind", Value: "call", Account: true})
		ask(record.Ask{Do: record.DoCorrect, IDs: []string{aMention()}, Field: "participant+", Value: "António Guterres as mediator"})
		ask(record.Ask{Do: record.DoMerge, IDs: []string{anEvent().ID, anEvent().ID}})
		ask(record.Ask{Do: record.DoSplit, IDs: []string{aMention()}})
		for _, e := range events { // two of an event's accounts, together
			if n := len(e.Mentions); n > 3 && rng.IntN(4) == 0 {
				ask(record.Ask{Do: record.DoSplit, IDs: []string{e.ID, e.Mentions[1].ID, e.Mentions[n-1].ID}})
				break
			}
		}
		ask(record.Ask{Do: record.DoLink, IDs: []string{anEvent().ID, anEvent().ID}, Value: "requires"})
		ask(record.Ask{Do: record.DoCorrect, IDs: []string{aStatement()}, Field: "credibility", Value: "4"})
		ask(record.Ask{Do: record.DoReject, IDs: []string{anEvent().ID}})
		ask(record.Ask{Do: record.DoAccept, IDs: []string{anEvent().ID}})
		ask(record.Ask{Do: record.DoMerge, IDs: []string{aStatement(), aStatement()}})
		ask(record.Ask{Do: record.DoSplit, IDs: []string{aStatement()}})
		ask(record.Ask{Do: record.DoReject, IDs: []string{aStatement()}})
		e := anEvent()
		ask(record.Ask{Do: record.DoCorrect, IDs: []string{e.Mentions[0].Witness.Article}, Name: e.Participants[0].Name, Field: "who", Value: "angela-merkel"})
	}
	undo := func(of record.Decision) {
		when = when.Add(time.Minute)
		out = append(out, record.Decision{Do: record.DoUndo, Of: of.ID(), At: of.At, By: "Ada", When: when})
	}
	for range 6 {
		undo(out[rng.IntN(len(out))])
	}
	return out
}

// TestAnyOrderDecided: the same articles and decisions give the same record, in
// any order, decisions before their articles among them.
func TestAnyOrderDecided(t *testing.T) {
	list := versions(generate(40, 7))
	first := openMemory(t)
	add(t, first, list...)
	plain := canonical(t, first)
	for seed := range uint64(4) {
		decisions := someDecisions(t, first, seed)
		l := openMemory(t)
		add(t, l, list...)
		decide(t, l, decisions...)
		want := canonical(t, l)
		if want == plain {
			t.Fatal("the decisions changed nothing")
		}
		whole(t, l)
		rng := rand.New(rand.NewPCG(seed, 4))
		steps := rng.Perm(len(list) + len(decisions))
		other := openMemory(t)
		for _, s := range append(steps, steps[:20]...) {
			if s < len(list) {
				add(t, other, list[s])
			} else {
				decide(t, other, decisions[s-len(list)])
			}
		}
		if got := canonical(t, other); got != want {
			t.Fatalf("order %d gives another record:\n%s", seed, firstDifference(got, want))
		}
		whole(t, other)
		if err := other.Reindex(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := canonical(t, other); got != want {
			t.Fatalf("order %d, index made anew: another record:\n%s", seed, firstDifference(got, want))
		}
		// All undone is nothing decided.
		var undo []record.Decision
		for i := range decisions {
			undo = append(undo, record.Decision{Do: record.DoUndo, Of: decisions[i].ID(), By: "Bob", When: at("2025-01-01")})
		}
		decide(t, other, undo...)
		got := canonical(t, other)
		if i := strings.Index(got, `{"kind":"decision"`); got[:i] != plain {
			t.Fatalf("all undone is not as it was:\n%s", firstDifference(got[:i], plain))
		}
		whole(t, other)
	}
}

// A meeting in three accounts, and another of the same people.
func twoMeetings() []told {
	x := told{a: leaders[0], b: leaders[1], kind: "meeting", place: "Geneva", status: "planned", line: "announced", outlet: "A", published: at("2023-05-01").Add(time.Hour), day: at("2023-05-10"), quote: "We shall meet by the lake and talk"}
	y, z := x, x
	y.outlet, y.published, y.quote = "B", at("2023-05-02"), "It will be a good day to meet them all"
	z.outlet, z.published, z.day, z.place, z.quote = "C", at("2023-05-02"), at("2023-07-20"), "Oslo", "In summer we shall see each other up there again"
	return []told{x, y, z}
}

func TestDecide(t *testing.T) {
	differs := func(e *record.Event) string { return e.Kind + " " + e.Status.Value + " " + e.From + " " + e.Place }
	for _, c := range []struct {
		name         string
		field, value string
		want         string
	}{
		{"kind", "kind", "visit", "visit planned 2023-05-10 Geneva, Switzerland"},
		{"status", "status", "cancelled", "meeting cancelled 2023-05-10 Geneva, Switzerland"},
		{"day", "day", "2023-05-12", "meeting planned 2023-05-12 Geneva, Switzerland"},
		{"days", "day", "2023-05-12/2023-05-14", "meeting planned 2023-05-12 Geneva, Switzerland"},
		{"no day", "day", "unknown", "meeting planned  Geneva, Switzerland"},
		{"place", "place", "Vienna", "meeting planned 2023-05-10 Vienna"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := openMemory(t)
			add(t, l, twoMeetings()...)
			e := everything(t, l)[0]
			if len(e.Mentions) != 2 {
				t.Fatalf("the meeting has %d accounts", len(e.Mentions))
			}
			was, before := event(t, l, e.ID), canonical(t, l)
			d := propose(t, l, record.Ask{Do: record.DoCorrect, IDs: []string{e.ID}, Field: c.field, Value: c.value})
			p, err := l.Preview(t.Context(), record.Query{}, d)
			if err != nil || len(p.Differs) == 0 {
				t.Fatalf("Preview() = %+v, %v", p, err)
			}
			if after := canonical(t, l); after != before {
				t.Error("a preview changed the record")
			}
			ids := decide(t, l, d)
			got := event(t, l, e.ID) // a link to the event holds
			if differs(got) != c.want {
				t.Errorf("after the correction: %s, want %s", differs(got), c.want)
			}
			if len(got.Decisions) == 0 || got.Decisions[0].By != "Ada" || got.Decisions[0].Field != c.field {
				t.Errorf("its decisions are %+v", got.Decisions)
			}
			whole(t, l)
			decide(t, l, propose(t, l, record.Ask{Do: record.DoUndo, IDs: []string{ids[0][:8]}}))
			if got := event(t, l, e.ID); differs(got) != differs(was) || len(got.Decisions) != 0 {
				t.Errorf("undone: %s, want %s", differs(got), differs(was))
			}
			if _, err := l.Propose(t.Context(), record.Query{}, record.Ask{Do: record.DoUndo, IDs: ids}); err == nil {
				t.Error("it could be undone twice")
			}
		})
	}
}

func TestMergeAndSplit(t *testing.T) {
	l := openMemory(t)
	add(t, l, twoMeetings()...)
	events := everything(t, l)
	if len(events) != 2 {
		t.Fatalf("%d events, want 2", len(events))
	}
	apart := events[0].Mentions[1].ID
	decide(t, l, propose(t, l, record.Ask{Do: record.DoMerge, IDs: []string{events[0].ID, events[1].ID}, Why: "one summit"}))
	if got := everything(t, l); len(got) != 1 || len(got[0].Mentions) != 3 || got[0].Decisions[0].Do != record.DoMerge {
		t.Fatalf("merged: %d events", len(got))
	}
	decide(t, l, propose(t, l, record.Ask{Do: record.DoSplit, IDs: []string{apart}}))
	if got := everything(t, l); len(got) != 2 || event(t, l, apart).Articles != 1 {
		t.Fatalf("split: %d events", len(got))
	}
	// What comes later does not join it, but by a later merge.
	x := twoMeetings()[1]
	x.outlet, x.published = "D", at("2023-05-03")
	add(t, l, x)
	if got := event(t, l, apart); got.Articles != 1 {
		t.Errorf("an account that was split off has %d articles", got.Articles)
	}
	decide(t, l, propose(t, l, record.Ask{Do: record.DoMerge, IDs: []string{apart, events[0].ID}}))
	if got := everything(t, l); len(got) != 1 || len(got[0].Mentions) != 4 {
		t.Errorf("merged again: %d events", len(got))
	}
	whole(t, l)
}

// TestChangesDecided: what people decided in the period is told with the changes.
func TestChangesDecided(t *testing.T) {
	l := openMemory(t)
	add(t, l, twoMeetings()...)
	events := everything(t, l)
	ask := func(a record.Ask) {
		t.Helper()
		a.When = at("2024-01-01").Add(time.Duration(len(a.Do)) * time.Hour)
		decide(t, l, propose(t, l, a))
	}
	ask(record.Ask{Do: record.DoAccept, IDs: []string{events[0].ID}})
	ask(record.Ask{Do: record.DoMerge, IDs: []string{events[0].ID, events[1].ID}})
	ask(record.Ask{Do: record.DoCorrect, IDs: []string{events[0].ID}, Field: "level", Value: "envoys"})
	for since, want := range map[string]string{"2023-12-31": "correct merge", "2024-02-01": ""} {
		c, err := l.Changes(t.Context(), record.Query{Since: at(since), AsOf: at("2024-03-01")})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range c.Decided {
			got = append(got, r.Do)
			if r.Event == nil {
				t.Errorf("%s is of no event", r.Do)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("changes since %s: %v, want %s", since, got, want)
		}
	}
}

func TestReject(t *testing.T) {
	l := openMemory(t)
	add(t, l, twoMeetings()...)
	e := everything(t, l)[1]
	decide(t, l, propose(t, l, record.Ask{Do: record.DoReject, IDs: []string{e.ID}, Why: "a joke"}))
	if got := everything(t, l); len(got) != 1 {
		t.Errorf("%d events, want 1", len(got))
	}
	_, err := l.Event(t.Context(), record.Query{}, e.ID)
	if !errors.Is(err, record.ErrNotFound) || !strings.Contains(err.Error(), "rejected by Ada") || !strings.Contains(err.Error(), "a joke") {
		t.Errorf("the event that was rejected: %v", err)
	}
	// Whoever accepts it later has it back.
	decide(t, l, propose(t, l, record.Ask{Do: record.DoAccept, IDs: []string{e.ID}}))
	if got := everything(t, l); len(got) != 2 {
		t.Errorf("%d events, want 2", len(got))
	}
	whole(t, l)
}

// TestStale: a decision holds for the words it was made of, wherever they stand
// in another version, and for no others.
func TestStale(t *testing.T) {
	x := twoMeetings()[0]
	x.url = "https://example.org/x"
	l := openMemory(t)
	add(t, l, x)
	e := everything(t, l)[0]
	decide(t, l, propose(t, l, record.Ask{Do: record.DoCorrect, IDs: []string{e.ID}, Field: "level", Value: "ministers"}))
	moved := x
	moved.modified, moved.text = x.published.Add(time.Hour), "More was told later."
	add(t, l, moved)
	if got := everything(t, l); len(got) != 1 || got[0].Level != "ministers" {
		t.Errorf("the same words in a new version: %+v", got)
	}
	if stale, err := l.Stale(t.Context()); err != nil || len(stale) != 0 {
		t.Errorf("Stale() = %+v, %v", stale, err)
	}
	other := moved
	other.modified, other.day = moved.modified.Add(time.Hour), at("2023-05-11")
	add(t, l, other)
	if got := everything(t, l); len(got) != 1 || got[0].Level != "leaders" {
		t.Errorf("a decision moved to a sentence that is but like it: %+v", got)
	}
	stale, err := l.Stale(t.Context())
	if err != nil || len(stale) != 1 || len(stale[0].Unfit) != 1 {
		t.Errorf("Stale() = %+v, %v", stale, err)
	}
	whole(t, l)
}

// TestRereadKeeps: another model's reading keeps the decisions whose words it
// reads, and the others are listed.
func TestRereadKeeps(t *testing.T) {
	l := openMemory(t)
	x := twoMeetings()[0]
	add(t, l, x)
	e := everything(t, l)[0]
	decide(t, l, propose(t, l, record.Ask{Do: record.DoCorrect, IDs: []string{e.ID}, Field: "level", Value: "ministers"}))
	a, r := x.article(t)
	r.Model = "newer"
	r.Events[0].Evidence[0][0] += len("Emmanuel ")
	if _, err := l.Reread(t.Context(), a, r); err != nil {
		t.Fatal(err)
	}
	if got := everything(t, l); len(got) != 1 || got[0].Level != "ministers" {
		t.Errorf("read again with fewer words: %+v", got)
	}
	a, r = x.article(t)
	r.Model, r.Events = "worse", nil
	r.Statements[0].About = nil
	if _, err := l.Reread(t.Context(), a, r); err != nil {
		t.Fatal(err)
	}
	stale, err := l.Stale(t.Context())
	if err != nil || len(stale) != 1 || !strings.Contains(stale[0].Unfit[0].Why, "nothing that was read") {
		t.Errorf("Stale() = %+v, %v", stale, err)
	}
	whole(t, l)
}

func TestWho(t *testing.T) {
	l := openMemory(t)
	x := twoMeetings()[0]
	x.b = leader{"Scholz", "", ""}
	add(t, l, x)
	e := everything(t, l)[0]
	decide(t, l, propose(t, l, record.Ask{Do: record.DoCorrect, IDs: []string{e.Mentions[0].Witness.Article}, Name: "Scholz", Field: "who", Value: "olaf-scholz"}))
	got := event(t, l, e.ID)
	var keys []string
	for _, p := range got.Participants {
		keys = append(keys, p.Key+"/"+p.Side)
	}
	if fmt.Sprint(keys) != "[emmanuel-macron/FRA olaf-scholz/DEU]" {
		t.Errorf("the participants are %v", keys)
	}
	if len(got.Decisions) != 1 || got.Decisions[0].Was != "Scholz" {
		t.Errorf("the event's decisions are %+v", got.Decisions)
	}
	v, err := l.Actor(t.Context(), record.Query{}, "Olaf Scholz")
	if err != nil || len(v.Decisions) != 1 || v.Decisions[0].Was != "Scholz" {
		t.Errorf("Actor() = %+v, %v", v, err)
	}
	whole(t, l)
}

// TestPurgeDecided: a purge takes the decisions that hold the article's words,
// and leaves what they say of others.
func TestPurgeDecided(t *testing.T) {
	list := twoMeetings()
	l := openMemory(t)
	add(t, l, list...)
	events := everything(t, l)
	d := propose(t, l, record.Ask{Do: record.DoMerge, IDs: []string{events[0].ID, events[1].ID}, When: at("2024-01-01")})
	only := propose(t, l, record.Ask{Do: record.DoCorrect, IDs: []string{events[0].Mentions[0].ID}, Account: true, Field: "level", Value: "envoys", When: at("2024-01-02")})
	decide(t, l, d, only)
	a, _ := list[0].article(t)
	p, err := l.Purge(t.Context(), a.ID(), "by order", "me")
	if err != nil || len(p.Decisions) != 2 {
		t.Fatalf("Purge() = %+v, %v", p, err)
	}
	whole(t, l)
	without := openMemory(t)
	add(t, without, list[1:]...)
	var rest []record.Anchor
	for _, x := range d.At {
		if x.Article != a.ID() {
			rest = append(rest, x)
		}
	}
	d.At = rest
	decide(t, without, d)
	if got, want := canonical(t, l), canonical(t, without); got != want {
		t.Errorf("after the purge the record is not what it were without the article:\n%s", firstDifference(got, want))
	}
	if got := everything(t, l); len(got) != 1 {
		t.Errorf("%d events after the purge, want the merged one", len(got))
	}
	if _, err := l.Decide(t.Context(), only); !errors.Is(err, record.ErrPurged) {
		t.Errorf("Decide about what was purged = %v", err)
	}
}

// TestAsKnown: the record as known at a time is the record that was built by
// then.
func TestAsKnown(t *testing.T) {
	list := versions(generate(40, 7))
	plain := openMemory(t)
	add(t, plain, list...)
	decisions := someDecisions(t, plain, 1)
	now := at("2030-01-01")
	config := record.Config{Store: record.NewMemory(), Now: func() time.Time { now = now.Add(time.Second); return now }}
	l, err := record.Open(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	then := map[time.Time]string{}
	for i, x := range list {
		add(t, l, x)
		if i < len(decisions) {
			decide(t, l, decisions[i])
		}
		if i%9 == 0 {
			a, r := x.article(t)
			r.Events[0].Level = "envoys"
			if _, err := l.Reread(t.Context(), a, r); err != nil {
				t.Fatal(err)
			}
			then[now] = canonical(t, l)
		}
	}
	for at, want := range then {
		known, err := l.AsKnown(t.Context(), at)
		if err != nil {
			t.Fatal(err)
		}
		if got := canonical(t, known); got != want {
			t.Fatalf("as known by %s:\n%s", at, firstDifference(got, want))
		}
		whole(t, known)
	}
}

func TestDecideErrors(t *testing.T) {
	l := openMemory(t)
	add(t, l, twoMeetings()...)
	e := everything(t, l)[0]
	for _, c := range []struct {
		name string
		ask  record.Ask
		want string
	}{
		{"no id", record.Ask{Do: record.DoAccept}, "an id is needed"},
		{"no such id", record.Ask{Do: record.DoAccept, IDs: []string{"e0000000"}}, "not in the record"},
		{"not an id", record.Ask{Do: record.DoAccept, IDs: []string{"nothing"}}, "no id of an event"},
		{"no field", record.Ask{Do: record.DoCorrect, IDs: []string{e.ID}, Field: "colour", Value: "red"}, `an event has no field "colour"`},
		{"no status", record.Ask{Do: record.DoCorrect, IDs: []string{e.ID}, Field: "status", Value: "maybe"}, "is not one of possible"},
		{"no day", record.Ask{Do: record.DoCorrect, IDs: []string{e.ID}, Field: "day", Value: "Friday"}, "a day is told as"},
		{"one to merge", record.Ask{Do: record.DoMerge, IDs: []string{everything(t, l)[1].ID}}, "needs 2 or more"},
		{"another's account", record.Ask{Do: record.DoSplit, IDs: []string{e.ID, everything(t, l)[1].ID}}, "is no account of"},
		{"no decision", record.Ask{Do: record.DoUndo, IDs: []string{e.ID}}, "no decision's id"},
		{"nobody of that name", record.Ask{Do: record.DoCorrect, Field: "who", IDs: []string{e.Mentions[0].Witness.Article}, Name: "Nobody", Value: "x"}, "nobody is named"},
	} {
		_, err := l.Propose(t.Context(), record.Query{}, c.ask)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want …%s…", c.name, err, c.want)
		}
	}
	if _, err := l.Decide(t.Context(), record.Decision{Do: record.DoAccept}); err == nil || !strings.Contains(err.Error(), "who decides") {
		t.Errorf("a decision of nobody: %v", err)
	}
}

// TestOrders: decisions go from one record into another by lines of an export.
func TestOrders(t *testing.T) {
	list := generate(30, 5)
	l := openMemory(t)
	add(t, l, list...)
	decide(t, l, someDecisions(t, l, 3)...)
	want := canonical(t, l)
	other := openMemory(t)
	add(t, other, list...)
	for o, err := range record.ReadOrders(strings.NewReader("\n" + want)) {
		if err != nil {
			t.Fatal(err)
		}
		decide(t, other, *o.Decision)
	}
	if got := canonical(t, other); got != want {
		t.Errorf("the decisions of an export give another record:\n%s", firstDifference(got, want))
	}
	for line, want := range map[string]string{
		`{"do":"accept","ids":["e1234567"]}`:            "",
		`{"do":"accept","ids":["e1234567"],"colour":1}`: "colour",
		`{"ids":["e1234567"]}`:                          "must be told what",
		`{"do":"accept","ids":["e1"],"at":[{}]}`:        "not both",
		`not JSON`:                                      "line 1",
		`{"do":"undo","of":"d1234567"} {}`:              "more than one",
	} {
		n := 0
		for _, err := range record.ReadOrders(strings.NewReader(line)) {
			n++
			if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v, want …%s…", line, err, want)
			}
		}
		if n != 1 {
			t.Errorf("%s: %d orders", line, n)
		}
	}
}

// FuzzOrders: no line of a file of decisions breaks a record.
func FuzzOrders(f *testing.F) {
	list := twoMeetings()
	l := openMemory(f)
	add(f, l, list...)
	e := everything(f, l)[0]
	f.Add(`{"do":"correct","ids":["` + e.ID + `"],"field":"status","value":"cancelled","by":"a"}`)
	f.Add(`{"do":"merge","ids":["` + e.ID[:8] + `","` + everything(f, l)[1].ID + `"],"by":"a"}`)
	f.Add(`{"do":"undo","of":"d1234567","by":"a","when":"2024-01-01T00:00:00Z"}`)
	decide(f, l, someDecisions(f, l, 1)...)
	for line := range strings.SplitSeq(canonical(f, l), "\n") {
		if strings.Contains(line, `"kind":"decision"`) {
			f.Add(line)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		l := openMemory(t)
		add(t, l, list...)
		for o, err := range record.ReadOrders(strings.NewReader(text)) {
			if err != nil {
				continue
			}
			if o.Ask != nil {
				if o.Decision, err = l.Propose(t.Context(), record.Query{}, *o.Ask); err != nil {
					continue
				}
			}
			if _, err := l.Preview(t.Context(), record.Query{}, *o.Decision); err != nil {
				continue
			}
			if _, err := l.Decide(t.Context(), *o.Decision); err != nil {
				continue
			}
		}
		whole(t, l)
		canonical(t, l)
	})
}

func TestGradesAndConditions(t *testing.T) {
	l := openMemory(t)
	add(t, l, twoMeetings()...)
	e := everything(t, l)[0]
	said, err := l.Said(t.Context(), record.Query{}, "", "")
	if err != nil || len(said.Statements) == 0 {
		t.Fatal(said, err)
	}
	words := strings.Join(strings.Fields(e.Mentions[0].Witness.Words)[:3], " ")
	for _, c := range []struct {
		id, field, value string
		is               func() string
		want             string
	}{
		{e.ID, "credibility", "3", func() string { return event(t, l, e.ID).Credibility }, "3"},
		{said.Statements[0].ID, "credibility", "5", func() string {
			s, err := l.Statement(t.Context(), record.Query{}, said.Statements[0].ID)
			if err != nil {
				t.Fatal(err)
			}
			return s.Statement.Credibility
		}, "5"},
		{e.ID, "condition+", "unless " + words, func() string {
			if w := event(t, l, e.ID).Conditions; len(w) > 0 {
				return w[0].As + " " + w[0].Witness.Words
			}
			return ""
		}, "unless " + words},
	} {
		was := c.is()
		d := propose(t, l, record.Ask{Do: record.DoCorrect, IDs: []string{c.id}, Field: c.field, Value: c.value})
		if p, err := l.Preview(t.Context(), record.Query{}, d); err != nil || len(p.Differs) == 0 {
			t.Errorf("%s: Preview() = %+v, %v", c.field, p, err)
		}
		ids := decide(t, l, d)
		if got := c.is(); got != c.want {
			t.Errorf("%s = %q, want %q", c.field, got, c.want)
		}
		whole(t, l)
		decide(t, l, propose(t, l, record.Ask{Do: record.DoUndo, IDs: ids}))
		if got := c.is(); got != was {
			t.Errorf("%s, undone, is %q, want %q", c.field, got, was)
		}
	}
	for field, value := range map[string]string{"credibility": "7", "condition+": "if"} {
		if err := record.CheckField(record.OnEvent, field, value); err == nil {
			t.Errorf("%s may be %q", field, value)
		}
	}
}

func TestLinks(t *testing.T) {
	l := openMemory(t)
	add(t, l, twoMeetings()...)
	list := everything(t, l)
	a, b := list[0].ID, list[1].ID
	tied := func() string {
		v, err := l.Event(t.Context(), record.Query{}, a)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, x := range v.Links {
			out = append(out, x.As+" "+x.By+" "+x.Event.ID)
		}
		return strings.Join(out, "; ")
	}
	link := func(as string) string {
		d := propose(t, l, record.Ask{Do: record.DoCorrect, IDs: []string{a}, Field: "link", Value: as + " " + b})
		d.When = at("2024-01-01").Add(time.Duration(len(as)) * time.Minute) // none, during, requires: as they are taken
		if p, err := l.Preview(t.Context(), record.Query{}, d); err != nil || len(p.Unfit) > 0 {
			t.Errorf("Preview() = %+v, %v", p, err)
		}
		return decide(t, l, d)[0]
	}
	link("none")
	link("during")
	last := link("requires")
	if got, want := tied(), "requires Ada "+b; got != want {
		t.Errorf("tied to %q, want %q: the last decision of two events counts", got, want)
	}
	decide(t, l, propose(t, l, record.Ask{Do: record.DoUndo, IDs: []string{last}}))
	if got, want := tied(), "during Ada "+b; got != want {
		t.Errorf("undone, tied to %q, want %q", got, want)
	}
	whole(t, l)
	for name, ask := range map[string]record.Ask{
		"one event": {Do: record.DoLink, IDs: []string{a, a}, Value: "requires"},
		"no kind":   {Do: record.DoLink, IDs: []string{a, b}, Value: "loves"},
		"alone":     {Do: record.DoLink, IDs: []string{a}, Value: "requires"},
	} {
		if d, err := l.Propose(t.Context(), record.Query{}, ask); err == nil {
			t.Errorf("%s: Propose() = %+v", name, d)
		}
	}
}
