package record_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"readout/reading"
	"readout/record"
)

// told is what an article of a generated corpus tells: one event, and a
// statement about it.
type told struct {
	outlet    string
	published time.Time
	modified  time.Time
	url       string
	a, b      leader
	kind      string
	status    string
	day       time.Time // zero: it does not tell the day
	place     string
	line      string // of a's claim; "" for the article's own voice
	quote     string
	text      string // set for a copy: the text of the first
}

// leader is somebody the registry knows.
type leader struct{ name, entry, country string }

var leaders = []leader{
	{"Emmanuel Macron", "emmanuel-macron", "FRA"}, {"Olaf Scholz", "olaf-scholz", "DEU"}, {"Recep Tayyip Erdogan", "recep-tayyip-erdogan", "TUR"},
	{"Vladimir Putin", "vladimir-putin", "RUS"}, {"Volodymyr Zelensky", "volodymyr-zelensky", "UKR"}, {"Joe Biden", "joe-biden", "USA"},
	{"Xi Jinping", "xi-jinping", "CHN"}, {"Narendra Modi", "narendra-modi", "IND"}, {"Fumio Kishida", "fumio-kishida", "JPN"},
	{"Rishi Sunak", "rishi-sunak", "GBR"}, {"Giorgia Meloni", "giorgia-meloni", "ITA"}, {"Andrzej Duda", "andrzej-duda", "POL"},
}

var verbs = map[string]string{
	"planned": "will meet", "occurred": "met", "postponed": "put off a meeting with", "cancelled": "called off a meeting with", "denied": "denied meeting",
}

// article makes the article of t and its reading, as the reader would.
func (t told) article(tb testing.TB) (*record.Article, *reading.Reading) {
	tb.Helper()
	a := &record.Article{Outlet: t.outlet, Published: t.published, Modified: t.modified, URL: t.url, Language: "en"}
	first := t.a.name + " " + verbs[t.status] + " " + t.b.name
	if t.place != "" {
		first += " in " + t.place
	}
	when := ""
	if !t.day.IsZero() {
		when = t.day.Format("2 January 2006")
		first += " on " + when
	}
	first += "."
	second := fmt.Sprintf("\"%s,\" %s said.", t.quote, t.a.name)
	a.Text = first + " " + second + " " + t.text
	r := &reading.Reading{Format: reading.Format, Model: "test"}
	r.Document = reading.Document{Outlet: t.outlet, URL: t.url, Text: a.Text, Published: t.published.Format(time.RFC3339)}
	if !t.modified.IsZero() {
		r.Document.Modified = t.modified.Format(time.RFC3339)
	}
	span := func(words string, nth int) reading.Span {
		from := 0
		for range nth - 1 {
			from += strings.Index(a.Text[from:], words) + len(words)
		}
		i := strings.Index(a.Text[from:], words)
		if i < 0 {
			tb.Fatalf("%q is not in %q", words, a.Text)
		}
		return reading.Span{from + i, from + i + len(words)}
	}
	r.Document.Sentences = []reading.Span{span(first, 1), span(second, 1)}
	actor := func(id string, l leader) reading.Actor {
		return reading.Actor{ID: id, Name: l.name, Kind: "person", Country: l.country, Code: l.country + "GOV", Entry: l.entry, Mentions: []reading.Mention{{Span: span(l.name, 1), Form: "name"}}}
	}
	r.Actors = []reading.Actor{actor("a1", t.a), actor("a2", t.b)}
	ev := span(first, 1)
	ev[1]--
	e := reading.Event{ID: "e1", Kind: t.kind, Level: "leaders", Status: t.status, Evidence: []reading.Span{ev}}
	for _, id := range []string{"a1", "a2"} {
		e.Participants = append(e.Participants, reading.Participant{Actor: id, As: "participant"})
	}
	if t.place != "" {
		e.Place = &reading.Place{Name: t.place}
	}
	if when != "" {
		d := t.day.Format(time.DateOnly)
		e.Time = &reading.Time{Text: when, From: d, To: d, Granularity: "day", Span: span(when, 1)}
	}
	c := reading.Claim{Status: t.status, Span: &ev}
	quote := span(t.quote+",", 1)
	r.Statements = []reading.Statement{{ID: "s1", Form: "direct", Source: reading.Source{Actor: "a1", Standing: "named"}, Content: []reading.Span{quote}, Cue: &reading.Cue{Span: span("said", 1), Act: "say"}, About: []string{"e1"}}}
	if t.line != "" {
		c.By, c.Line, c.Statement = "a1", t.line, "s1"
	}
	e.Claims = []reading.Claim{c}
	r.Events = []reading.Event{e}
	return a, r
}

// start is the first day of generated corpora.
var start = time.Date(2023, 1, 2, 0, 0, 0, 0, time.UTC)

// generate makes n articles about meetings of pairs of leaders: a pair meets
// every few weeks; five articles tell of each meeting, planned, planned without
// a day, held, copied, and held told otherwise. The rate of news is the same
// whatever n is.
func generate(n int, seed uint64) []told {
	rng := rand.New(rand.NewPCG(seed, 1))
	places := []string{"Geneva", "Vienna", "Oslo", "Doha", "Istanbul"}
	words := strings.Fields("agreement border ceasefire grain prisoner exchange energy pipeline tariff troops treaty summit inspection corridor refugee loan")
	var out []told
	for i := 0; len(out) < n; i++ {
		pair := rng.Perm(len(leaders))[:2]
		day := start.AddDate(0, 0, 2*i)
		t := told{a: leaders[pair[0]], b: leaders[pair[1]], kind: "meeting", place: places[rng.IntN(len(places))], day: day}
		t.quote = fmt.Sprintf("We spoke about the %s and the %s for %d hours", words[rng.IntN(len(words))], words[rng.IntN(len(words))], i+2)
		pad := func() string {
			var b strings.Builder
			for range 40 {
				b.WriteString(words[rng.IntN(len(words))] + " ")
			}
			return b.String()
		}
		add := func(outlet, status string, days int, f func(*told)) {
			x := t
			x.outlet, x.status, x.published, x.text = outlet, status, day.AddDate(0, 0, days).Add(8*time.Hour), pad()
			f(&x)
			out = append(out, x)
		}
		add("Courier", "planned", -6, func(x *told) { x.line = "announced" })
		add("Herald", "planned", -3, func(x *told) { x.day = time.Time{} })
		add("Agency", "occurred", 1, func(*told) {})
		wire := out[len(out)-1]
		add("Gazette", "occurred", 1, func(x *told) { x.text = wire.text })
		add("Monitor", "occurred", 2, func(x *told) { x.line = "confirmed" })
	}
	return out[:n]
}

// clock is a clock that goes on by a second whenever it is looked at.
func clock() func() time.Time {
	t := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	return func() time.Time { t = t.Add(time.Second); return t }
}

func openMemory(tb testing.TB) *record.Ledger {
	tb.Helper()
	return openLedger(tb, record.NewMemory())
}

func openLedger(tb testing.TB, s record.Store) *record.Ledger {
	tb.Helper()
	l, err := record.Open(tb.Context(), record.Config{Store: s, Now: clock()})
	if err != nil {
		tb.Fatal(err)
	}
	return l
}

func add(tb testing.TB, l *record.Ledger, list ...told) {
	tb.Helper()
	for _, t := range list {
		a, r := t.article(tb)
		if _, err := l.Add(tb.Context(), a, r); err != nil {
			tb.Fatal(err)
		}
	}
}
