package record_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"readout/record"
)

func exported(tb testing.TB, l *record.Ledger, q record.Query) string {
	tb.Helper()
	var b bytes.Buffer
	if err := l.Export(tb.Context(), &b, record.ExportConfig{Query: q, Canonical: true}); err != nil {
		tb.Fatal(err)
	}
	return b.String()
}

// dossier are the decisions of a process with a country, a person, articles put
// in and one taken out.
func dossier(tb testing.TB, name string, list []told) []record.Decision {
	tb.Helper()
	var out []record.Decision
	day := at("2023-03-01")
	decide := func(d record.Decision) {
		day = day.Add(time.Hour)
		d.Of, d.By, d.When = name, "ana", day
		out = append(out, d)
	}
	id := func(i int) string { a, _ := list[i].article(tb); return a.ID() }
	decide(record.Decision{Do: record.DoOpen, Value: "A title"})
	decide(record.Decision{Do: record.DoInclude, Field: "side", Value: "FRA"})
	decide(record.Decision{Do: record.DoInclude, Field: "side", Value: "DEU"})
	decide(record.Decision{Do: record.DoInclude, Field: "actor", Value: "joe-biden"})
	decide(record.Decision{Do: record.DoInclude, Field: "side", Value: "CHN"})
	decide(record.Decision{Do: record.DoExclude, Field: "side", Value: "CHN"})
	decide(record.Decision{Do: record.DoInclude, At: []record.Anchor{{Article: id(3)}}})
	decide(record.Decision{Do: record.DoExclude, At: []record.Anchor{{Article: id(8)}}})
	return out
}

func decide(tb testing.TB, l *record.Ledger, list ...record.Decision) []string {
	tb.Helper()
	ids, err := l.Decide(tb.Context(), list...)
	if err != nil {
		tb.Fatal(err)
	}
	return ids
}

// TestProcessAnyOrder: what a process gathers does not depend on what came
// first, articles or decisions.
func TestProcessAnyOrder(t *testing.T) {
	list := generate(120, 21)
	decisions := dossier(t, "Three powers", list)
	decisions = append(decisions, record.Decision{Do: record.DoMark, Value: "red", At: decisions[6].At, By: "ana", When: at("2023-03-03")})
	q := record.Query{Process: "Three powers"}
	clear := record.Query{Process: "Three powers", TLP: record.TLPClear}
	l := openMemory(t)
	add(t, l, list...)
	decide(t, l, decisions...)
	want, wantClear := exported(t, l, q), exported(t, l, clear)
	if n, all := strings.Count(want, `"kind":"event"`), strings.Count(canonical(t, l), `"kind":"event"`); n < 2 || n >= all {
		t.Fatalf("the process has %d of %d events", n, all)
	}
	if want == wantClear {
		t.Fatal("a red article makes no difference")
	}
	for seed := range uint64(6) {
		rng := rand.New(rand.NewPCG(seed, 3))
		l := openMemory(t)
		steps := rng.Perm(len(list) + len(decisions))
		for _, i := range steps {
			if i < len(list) {
				add(t, l, list[i])
			} else {
				decide(t, l, decisions[i-len(list)])
			}
		}
		if got := exported(t, l, q); got != want {
			t.Fatalf("order %d gives another process:\n%s", seed, firstDifference(got, want))
		}
		if got := exported(t, l, clear); got != wantClear {
			t.Fatalf("order %d leaves something else out:\n%s", seed, firstDifference(got, wantClear))
		}
	}
}

// TestProcessRule: which events belong, by the members of the set.
func TestProcessRule(t *testing.T) {
	meet := func(a, b int, place string) told {
		return told{a: leaders[a], b: leaders[b], kind: "meeting", status: "occurred", outlet: "A", published: at("2023-05-11"), day: at("2023-05-10"), place: place, quote: fmt.Sprintf("%d hours with %s and %d more of walking", a+3, leaders[b].name, b+20)}
	}
	list := []told{meet(0, 1, "Geneva"), meet(0, 2, "Oslo"), meet(3, 4, "Geneva"), meet(5, 6, "Lima")}
	l := openMemory(t)
	add(t, l, list...)
	id := func(i int) string { a, _ := list[i].article(t); return a.ID() }
	for name, c := range map[string]struct {
		in, out record.Things
		want    []string // the first of each pair of names
	}{
		"one actor":             {record.Things{Actors: []string{"Macron"}}, record.Things{}, []string{"Macron Erdogan", "Macron Scholz"}},
		"two sides":             {record.Things{Actors: []string{"France", "Germany"}}, record.Things{}, []string{"Macron Scholz"}},
		"a side of its own":     {record.Things{Actors: []string{"France", "Japan"}}, record.Things{}, nil},
		"actor and place":       {record.Things{Actors: []string{"Putin"}, Places: []string{"geneva"}}, record.Things{}, []string{"Putin Zelensky"}},
		"place alone":           {record.Things{Places: []string{"Geneva"}}, record.Things{}, []string{"Macron Scholz", "Putin Zelensky"}},
		"an article by hand":    {record.Things{Actors: []string{"France", "Germany"}, Articles: []string{id(3)}}, record.Things{}, []string{"Biden Jinping", "Macron Scholz"}},
		"an article taken out":  {record.Things{Actors: []string{"Macron"}}, record.Things{Articles: []string{id(0)}}, []string{"Macron Erdogan"}},
		"nothing":               {},
		"an actor taken out":    {record.Things{Actors: []string{"France", "Germany", "Turkey"}}, record.Things{Actors: []string{"Turkey"}}, []string{"Macron Scholz"}},
		"somebody not yet told": {record.Things{Actors: []string{"France", "Spain"}}, record.Things{}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := l.NewProcess(t.Context(), name, "", record.Things{}, "ana", ""); err != nil {
				t.Fatal(err)
			}
			if len(c.in.Actors)+len(c.in.Places) > 0 {
				if _, err := l.Include(t.Context(), name, c.in, "ana", "because"); err != nil {
					t.Fatal(err)
				}
			}
			if len(c.out.Actors)+len(c.out.Articles) > 0 {
				if _, err := l.Exclude(t.Context(), name, c.out, "ana", ""); err != nil {
					t.Fatal(err)
				}
			}
			v, err := l.Timeline(t.Context(), record.Query{Process: name, All: true})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range v.Events {
				got = append(got, pairName(e))
			}
			slices.Sort(got)
			if !slices.Equal(got, c.want) {
				t.Errorf("events %q, want %q", got, c.want)
			}
			if v.Articles != len(c.want) {
				t.Errorf("%d articles, want %d", v.Articles, len(c.want))
			}
			s, err := l.State(t.Context(), record.Query{Process: name, All: true, AsOf: at("2023-05-12")})
			if err != nil || len(s.Happened) != len(c.want) {
				t.Errorf("state has %d events, %v; want %d", len(s.Happened), err, len(c.want))
			}
			said, err := l.Said(t.Context(), record.Query{Process: name}, "", "")
			if err != nil || len(said.Statements) != len(c.want) {
				t.Errorf("%d statements, %v; want %d", len(said.Statements), err, len(c.want))
			}
		})
	}
}

// pairName is the surnames of who takes part, in the order of leaders.
func pairName(e *record.Event) string {
	var out []string
	for _, l := range leaders {
		if slices.ContainsFunc(e.Participants, func(p record.Part) bool { return p.Key == l.entry }) {
			out = append(out, l.name[strings.LastIndexByte(l.name, ' ')+1:])
		}
	}
	return strings.Join(out, " ")
}

// TestProcessEventByHand: an event is put in and taken out by its words, and a
// decision undone is as if it had not been taken.
func TestProcessEventByHand(t *testing.T) {
	list := generate(20, 23)
	l := openMemory(t)
	add(t, l, list...)
	events, err := l.Everything(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.NewProcess(t.Context(), "By hand", "", record.Things{}, "ana", ""); err != nil {
		t.Fatal(err)
	}
	count := func() int {
		t.Helper()
		v, err := l.Timeline(t.Context(), record.Query{Process: "by  HAND", All: true})
		if err != nil {
			t.Fatal(err)
		}
		return len(v.Events)
	}
	in, err := l.Include(t.Context(), "By hand", record.Things{Events: []string{events[0].ID[:9], events[1].ID}}, "ana", "")
	if err != nil || count() != 2 {
		t.Fatalf("two events put in: %d, %v", count(), err)
	}
	out, err := l.Exclude(t.Context(), "By hand", record.Things{Events: []string{events[0].ID}}, "ben", "no")
	if err != nil || count() != 1 {
		t.Fatalf("one taken out: %d, %v", count(), err)
	}
	decide(t, l, record.Decision{Do: record.DoUndo, Of: out[0], By: "ana"})
	if n := count(); n != 2 {
		t.Errorf("the exclusion undone: %d events, want 2", n)
	}
	decide(t, l, record.Decision{Do: record.DoUndo, Of: in[0], By: "ana"})
	if n := count(); n != 1 {
		t.Errorf("the inclusion undone: %d events, want 1", n)
	}
	closed, err := l.CloseProcess(t.Context(), "By hand", "ana", "over")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Timeline(t.Context(), record.Query{Process: "By hand"}); !errors.Is(err, record.ErrNoProcess) {
		t.Errorf("a process that was closed: %v", err)
	}
	if _, err := l.NewProcess(t.Context(), "By hand", "", record.Things{}, "ana", ""); err != nil {
		t.Fatal(err)
	}
	if n := count(); n != 0 {
		t.Errorf("made anew it has %d events, want none", n)
	}
	decide(t, l, record.Decision{Do: record.DoUndo, Of: closed, By: "ana"})
	if n := count(); n != 1 {
		t.Errorf("the closing undone: %d events, want 1", n)
	}
}

// TestProcessAsOf: a process as of a day is the same as in a record that ends
// that day.
func TestProcessAsOf(t *testing.T) {
	list := generate(100, 27)
	decisions := dossier(t, "p", list)
	whole := openMemory(t)
	add(t, whole, list...)
	decide(t, whole, decisions...)
	for _, day := range []string{"2023-01-10", "2023-01-20", "2023-02-05"} {
		end := at(day).Add(24*time.Hour - time.Microsecond)
		l := openMemory(t)
		for _, x := range list {
			if !x.published.After(end) {
				add(t, l, x)
			}
		}
		decide(t, l, decisions...)
		q := record.Query{Process: "p", AsOf: end}
		if got, want := exported(t, whole, q), exported(t, l, q); got != want {
			t.Errorf("as of %s:\n%s", day, firstDifference(got, want))
		}
		a, err := whole.State(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		b, err := l.State(t.Context(), q)
		if err != nil || a.Articles != b.Articles || len(a.Happened) != len(b.Happened) {
			t.Errorf("as of %s: %d articles, %d events; want %d, %d (%v)", day, a.Articles, len(a.Happened), b.Articles, len(b.Happened), err)
		}
	}
}

// TestMarkings: what is marked is looked away from, as if it were not there, and
// a marking undone gives the same bytes as before.
func TestMarkings(t *testing.T) {
	list := generate(60, 31)
	for i := range 4 {
		list[i*9].outlet = "note:ana"
	}
	l := openMemory(t)
	add(t, l, list...)
	before := canonical(t, l)
	public := exported(t, l, record.Query{TLP: record.TLPClear})
	var names []string
	open := openMemory(t)
	for i, x := range list {
		a, _ := x.article(t)
		if i%5 == 2 && x.outlet != "note:ana" {
			names = append(names, a.ID())
		} else if x.outlet != "note:ana" {
			add(t, open, x)
		}
	}
	for _, level := range []record.TLP{record.TLPGreen, record.TLPRed} {
		marked, err := l.Mark(t.Context(), names, level, "ana", "why")
		if err != nil || len(marked) != len(names) {
			t.Fatalf("Mark = %d articles, %v; want %d", len(marked), err, len(names))
		}
		if again, err := l.Mark(t.Context(), names, level, "ana", "why"); err != nil || len(again) != 0 {
			t.Errorf("Mark again = %d articles, %v; want none", len(again), err)
		}
	}
	if got, want := exported(t, l, record.Query{TLP: record.TLPClear}), canonical(t, open); got != want {
		t.Errorf("without what is marked:\n%s", firstDifference(got, want))
	}
	if got := exported(t, l, record.Query{TLP: record.TLPRed}); got != before {
		t.Errorf("with all that is marked:\n%s", firstDifference(got, before))
	}
	for upto, want := range map[record.TLP]int{0: 0, record.TLPClear: len(names) + 4, record.TLPGreen: len(names) + 4, record.TLPAmber: len(names), record.TLPRed: 0} {
		if n, err := l.Withheld(t.Context(), record.Query{TLP: upto}); n != want || err != nil {
			t.Errorf("Withheld up to %v = %d, %v; want %d", upto, n, err, want)
		}
	}
	ids, err := l.Decide(t.Context(), record.Decision{Do: record.DoMark, Value: "clear", At: []record.Anchor{{Article: names[0]}}, By: "ana"})
	if err != nil {
		t.Fatal(err)
	}
	decide(t, l, record.Decision{Do: record.DoUndo, Of: ids[0], By: "ana"})
	if n, err := l.Withheld(t.Context(), record.Query{TLP: record.TLPAmber}); n != len(names) || err != nil {
		t.Errorf("Withheld after an undo = %d, %v; want %d", n, err, len(names))
	}
	// All marks undone: the same bytes.
	l = openMemory(t)
	add(t, l, list...)
	var marks []string
	for _, n := range names {
		marks = append(marks, decide(t, l, record.Decision{Do: record.DoMark, Value: "red", At: []record.Anchor{{Article: n}}, By: "ana"})...)
	}
	for _, m := range marks {
		decide(t, l, record.Decision{Do: record.DoUndo, Of: m, By: "ana"})
	}
	if got := exported(t, l, record.Query{TLP: record.TLPClear}); got != public {
		t.Errorf("marked and not marked again:\n%s", firstDifference(got, public))
	}
	if c, err := l.Check(t.Context()); err != nil || len(c.Wrong) > 0 {
		t.Errorf("Check() = %+v, %v", c, err)
	}
}

func TestParseTLP(t *testing.T) {
	for in, want := range map[string]record.TLP{"clear": record.TLPClear, "TLP:AMBER+STRICT": record.TLPAmberStrict, " Red ": record.TLPRed, "white": 0, "": 0, "tlp:": 0} {
		if got, err := record.ParseTLP(in); got != want || (err == nil) != (want != 0) {
			t.Errorf("ParseTLP(%q) = %v, %v; want %v", in, got, err, want)
		}
	}
}

// FuzzProcessName: a name that is taken stays as it is, and is no id.
func FuzzProcessName(f *testing.F) {
	for _, s := range []string{"Grain deal", " a  b ", "e3k9x2mw", "astana", "d0123456789abcde", "", "-x", "a\x00b", strings.Repeat("x", 81), "пример"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		name, err := record.ProcessName(in)
		if err != nil {
			if name != "" {
				t.Errorf("ProcessName(%q) = %q with an error", in, name)
			}
			return
		}
		if again, err := record.ProcessName(name); again != name || err != nil {
			t.Errorf("ProcessName(%q) = %q, %v", name, again, err)
		}
		if d := (&record.Decision{Do: record.DoOpen, Of: name, By: "x"}); d.ID() == name {
			t.Errorf("%q is an id", name)
		}
	})
}

// TestKnownMarkings: a record as it was known obeys the markings of today, and
// has the processes of today.
func TestKnownMarkings(t *testing.T) {
	list := generate(10, 33)
	l := openMemory(t)
	add(t, l, list...)
	before := canonical(t, l)
	a, _ := list[2].article(t)
	if _, err := l.NewProcess(t.Context(), "Late", "", record.Things{}, "ana", ""); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Mark(t.Context(), []string{a.ID()}, record.TLPRed, "ana", ""); err != nil {
		t.Fatal(err)
	}
	green := decide(t, l, record.Decision{Do: record.DoMark, Value: "clear", At: []record.Anchor{{Article: a.ID()}}, By: "ana"})
	decide(t, l, record.Decision{Do: record.DoUndo, Of: green[0], By: "ana"})
	known, err := l.AsKnown(t.Context(), time.Date(2030, 1, 1, 0, 0, 12, 0, time.UTC)) // the clock has gone on by more since
	if err != nil {
		t.Fatal(err)
	}
	if got := canonical(t, known); got != before {
		t.Errorf("as known before the decisions:\n%s", firstDifference(got, before))
	}
	if n, err := known.Withheld(t.Context(), record.Query{TLP: record.TLPAmber}); n != 1 || err != nil {
		t.Errorf("%d articles are withheld, %v; want 1", n, err)
	}
	if _, err := known.Timeline(t.Context(), record.Query{Process: "Late"}); err != nil {
		t.Error(err)
	}
}

// TestProcessEventMoves: an event that was put in stays in when its page changes
// and still has the words, and goes when it has not.
func TestProcessEventMoves(t *testing.T) {
	x := told{a: leaders[0], b: leaders[1], kind: "meeting", status: "planned", outlet: "A", url: "https://example.org/a", published: at("2023-05-01"), day: at("2023-05-10"), place: "Geneva", quote: "We shall meet by the lake and talk", text: "More later."}
	l := openMemory(t)
	add(t, l, x)
	events, err := l.Everything(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.NewProcess(t.Context(), "p", "", record.Things{Events: []string{events[0].ID}}, "ana", ""); err != nil {
		t.Fatal(err)
	}
	changed, other := x, x
	changed.modified, changed.text = at("2023-05-02"), "And this is more."
	other.modified, other.place = at("2023-05-03"), "Lima"
	add(t, l, changed, other)
	for day, want := range map[string]int{"2023-05-01": 1, "2023-05-02": 1, "2023-05-03": 0} {
		v, err := l.Timeline(t.Context(), record.Query{Process: "p", AsOf: at(day).Add(12 * time.Hour), All: true})
		if err != nil || len(v.Events) != want {
			t.Errorf("as of %s: %d events, %v; want %d", day, len(v.Events), err, want)
		}
	}
}
