package record_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"readout/record"
)

// scanned is a scan in short: a line for each thing, in its order.
func scanned(tb testing.TB, l *record.Ledger, q record.Query) []string {
	tb.Helper()
	var out []string
	err := l.Scan(tb.Context(), q, func(s *record.Scan) error {
		last := ""
		for e, err := range s.Events(tb.Context()) {
			if err != nil {
				return err
			}
			if e.First < last {
				tb.Errorf("event %s of %s comes after one of %s", e.ID, e.First, last)
			}
			last = e.First
			out = append(out, e.ID+" "+e.Status.Value+" "+e.CAMEO)
		}
		for st, err := range s.Statements(tb.Context()) {
			if err != nil {
				return err
			}
			out = append(append(out, st.ID+" "+st.Text), st.About...)
		}
		for a, err := range s.Articles(tb.Context()) {
			if err != nil {
				return err
			}
			out = append(out, a.ID+" "+a.Origin+" "+a.Published+" "+a.Replaced)
		}
		for p, err := range s.Positions(tb.Context()) {
			if err != nil {
				return err
			}
			out = append(out, p.ID+" "+p.Statement)
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

// TestScan: a scan of a record larger than what is held at a time has the events
// of the timeline, each once, and is the same for any order of adding.
func TestScan(t *testing.T) {
	list := versions(generate(900, 5))
	l := openMemory(t)
	add(t, l, list...)
	for _, at := range []time.Time{start.AddDate(0, 3, 0), start.AddDate(20, 0, 0)} {
		q := record.Query{AsOf: at, All: true}
		all, err := l.Timeline(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		var want, got []string
		for _, e := range all.Events {
			want = append(want, e.ID)
		}
		err = l.Scan(t.Context(), q, func(s *record.Scan) error {
			for e, err := range s.Events(t.Context()) {
				if err != nil {
					return err
				}
				got = append(got, e.ID)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(want)
		slices.Sort(got)
		if len(want) < 20 || !slices.Equal(got, want) {
			t.Errorf("as of %s: a scan has %d events, the timeline %d", at.Format(time.DateOnly), len(got), len(want))
		}
	}
	q := record.Query{AsOf: start.AddDate(20, 0, 0)}
	want := scanned(t, l, q)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	other := openMemory(t)
	add(t, other, list...)
	if got := scanned(t, other, q); !slices.Equal(got, want) {
		t.Errorf("another order of adding gives another scan: %d lines, %d before", len(got), len(want))
	}
}

// TestScanOnly: of what is chosen, a scan has that and nothing else, as it is in
// a scan of all.
func TestScanOnly(t *testing.T) {
	l := openMemory(t)
	add(t, l, generate(60, 5)...)
	q := record.Query{AsOf: start.AddDate(20, 0, 0)}
	read := func(s *record.Scan) (events, statements, articles, topics []string) {
		for e, err := range s.Events(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			events = append(events, e.ID)
		}
		for st, err := range s.Statements(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			statements = append(statements, st.ID)
		}
		for a, err := range s.Articles(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			articles = append(articles, a.ID)
		}
		for p, err := range s.Positions(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			topics = append(topics, p.Topic)
		}
		return events, statements, articles, topics
	}
	err := l.Scan(t.Context(), q, func(s *record.Scan) error {
		events, statements, articles, _ := read(s)
		c := record.Chosen{Events: []string{events[3], events[1]}, Statements: statements[2:4], Articles: articles[5:6], Topics: []string{}}
		e, st, a, p := read(s.Only(c))
		if want := []string{events[1], events[3]}; !slices.Equal(e, want) {
			t.Errorf("events %v, want %v", e, want)
		}
		if !slices.Equal(st, c.Statements) || !slices.Equal(a, c.Articles) {
			t.Errorf("statements %v, want %v; articles %v, want %v", st, c.Statements, a, c.Articles)
		}
		if len(p) > 0 {
			t.Errorf("positions on %v, want none", p)
		}
		if e, st, _, _ := read(s.Only(record.Chosen{Events: []string{}})); len(e) > 0 || len(st) != len(statements) {
			t.Errorf("of no event there are %d; of all statements %d", len(e), len(st))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestScanStops: a loop that is left ends the scan without an error.
func TestScanStops(t *testing.T) {
	l := openMemory(t)
	add(t, l, generate(20, 5)...)
	n := 0
	err := l.Scan(t.Context(), record.Query{AsOf: start.AddDate(20, 0, 0)}, func(s *record.Scan) error {
		for _, err := range s.Events(t.Context()) {
			if err != nil {
				return err
			}
			n++
			break
		}
		return nil
	})
	if err != nil || n != 1 {
		t.Errorf("%d events, %v", n, err)
	}
}

// TestScanChooses: of a process, and without what is marked, a scan has what the
// export as lines of JSON has.
func TestScanChooses(t *testing.T) {
	list := versions(generate(120, 21))
	l := openMemory(t)
	add(t, l, list...)
	decide(t, l, dossier(t, "p", list)...)
	first, _ := list[40].article(t)
	if _, err := l.Mark(t.Context(), []string{first.ID()}, record.TLPRed, "ana", "in confidence"); err != nil {
		t.Fatal(err)
	}
	at := start.AddDate(20, 0, 0)
	whole := len(scanned(t, l, record.Query{AsOf: at}))
	for _, q := range []record.Query{{AsOf: at, Process: "p"}, {AsOf: at, TLP: record.TLPClear}, {AsOf: at, Process: "p", TLP: record.TLPClear}} {
		want := map[string]int{}
		for line := range strings.Lines(exported(t, l, q)) {
			kind, _, _ := strings.Cut(strings.TrimPrefix(line, `{"kind":"`), `"`)
			want[kind]++
		}
		got := map[string]int{}
		for _, line := range scanned(t, l, q) {
			if id, _, more := strings.Cut(line, " "); more {
				got[map[byte]string{'e': "event", 's': "statement", 'v': "article", 'p': "position"}[id[0]]]++
			}
		}
		for _, kind := range []string{"event", "statement", "article"} {
			if got[kind] != want[kind] || got[kind] == 0 {
				t.Errorf("process %q, TLP %s: a scan has %d of kind %s, lines of JSON %d", q.Process, q.TLP, got[kind], kind, want[kind])
			}
		}
		if n := len(scanned(t, l, q)); n >= whole {
			t.Errorf("process %q, TLP %s: %d lines of %d", q.Process, q.TLP, n, whole)
		}
	}
}
