package export_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"readout/reading"
	"readout/record"
)

// who is somebody in an article: id, name, registry key, country and code.
type who struct{ id, name, entry, kind, country, code string }

var people = map[string]who{
	"macron":   {"a1", "Emmanuel Macron", "emmanuel-macron", "person", "FRA", "FRAGOV"},
	"scholz":   {"a2", "Olaf Scholz", "olaf-scholz", "person", "DEU", "DEUGOV"},
	"sunak":    {"a3", "Rishi Sunak", "rishi-sunak", "person", "GBR", "GBRGOV"},
	"erdogan":  {"a4", "Recep Tayyip Erdoğan", "recep-tayyip-erdogan", "person", "TUR", "TURGOV"},
	"guterres": {"a5", "António Guterres", "antonio-guterres", "person", "UNO", "UNO"},
	"army":     {"a6", "Russian army", "", "organization", "RUS", "RUSMIL"},
	"ukraine":  {"a7", "Ukraine", "UKR", "country", "UKR", "UKR"},
}

// happening is an event of an article, told in a sentence.
type happening struct {
	sentence, kind, status string
	parts                  []string // "macron" or "macron as visitor"
	day, place             string
	cameo, plover, mode    string
	by, line               string // of a claim that somebody makes
	waits                  int    // for the event with this number, from 1
	condition              string // its words in the sentence
}

// told is an article.
type told struct {
	outlet, url, title, published string
	happenings                    []happening
	position                      string // "macron supports ceasefire", on the first sentence
}

func (t told) article(tb testing.TB) (*record.Article, *reading.Reading) {
	tb.Helper()
	at, err := time.Parse(time.RFC3339, t.published)
	if err != nil {
		tb.Fatal(err)
	}
	a := &record.Article{Outlet: t.outlet, URL: t.url, Title: t.title, Published: at, Language: "en"}
	var sentences []string
	for _, h := range t.happenings {
		sentences = append(sentences, h.sentence)
	}
	a.Text = strings.Join(sentences, " ")
	r := &reading.Reading{Format: reading.Format, Model: "test"}
	r.Document = reading.Document{Outlet: t.outlet, URL: t.url, Title: t.title, Text: a.Text, Published: t.published}
	span := func(words string) reading.Span {
		i := strings.Index(a.Text, words)
		if i < 0 {
			tb.Fatalf("%q is not in %q", words, a.Text)
		}
		n := utf8.RuneCountInString(a.Text[:i])
		return reading.Span{n, n + utf8.RuneCountInString(words)}
	}
	seen := map[string]bool{}
	actor := func(name string) string {
		w, ok := people[name]
		if !ok {
			tb.Fatalf("nobody is %q", name)
		}
		if !seen[name] {
			seen[name] = true
			r.Actors = append(r.Actors, reading.Actor{ID: w.id, Name: w.name, Kind: w.kind, Country: w.country, Code: w.code, Entry: w.entry})
		}
		return w.id
	}
	for i, h := range t.happenings {
		sentence := span(h.sentence)
		r.Document.Sentences = append(r.Document.Sentences, sentence)
		e := reading.Event{ID: fmt.Sprintf("e%d", i+1), Kind: h.kind, Status: h.status, Evidence: []reading.Span{sentence}, CAMEO: h.cameo, PLOVER: h.plover, Mode: h.mode}
		for _, p := range h.parts {
			name, as, ok := strings.Cut(p, " as ")
			if !ok {
				as = "participant"
			}
			e.Participants = append(e.Participants, reading.Participant{Actor: actor(name), As: as})
		}
		if h.day != "" {
			e.Time = &reading.Time{Text: h.day, From: h.day, To: h.day, Granularity: "day"}
		}
		if h.place != "" {
			e.Place = &reading.Place{Name: h.place}
		}
		c := reading.Claim{Status: h.status, Span: &sentence}
		if h.by != "" {
			id := fmt.Sprintf("s%d", i+1)
			c.By, c.Line, c.Statement = actor(h.by), h.line, id
			r.Statements = append(r.Statements, reading.Statement{ID: id, Form: "indirect", Source: reading.Source{Actor: c.By, Standing: "named"}, Content: []reading.Span{sentence}, About: []string{e.ID}})
		}
		e.Claims = []reading.Claim{c}
		if h.waits > 0 {
			s := span(h.condition)
			e.Conditions = []reading.Condition{{As: "once", Event: fmt.Sprintf("e%d", h.waits), Span: &s}}
		}
		r.Events = append(r.Events, e)
	}
	if f := strings.Fields(t.position); len(f) == 3 {
		s := r.Document.Sentences[0]
		r.Issues = []reading.Issue{{ID: "i1", Topic: f[2], Positions: []reading.Position{{Actor: actor(f[0]), Stance: f[1], Span: &s}}}}
	}
	return a, r
}

// small is a record of four articles: a meeting of three that is planned and
// held, a visit without a host, a call, an attack, a mediation, a trip that waits
// for the meeting, and one that is denied.
var small = []told{
	{outlet: "Courier", url: "https://courier.example/1", title: "Three to meet in Geneva", published: "2023-03-01T08:00:00Z", position: "scholz supports ceasefire", happenings: []happening{
		{sentence: "Emmanuel Macron, Olaf Scholz and Rishi Sunak will meet in Geneva on 10 March, Scholz said.", kind: "meeting", status: "planned", parts: []string{"macron", "scholz", "sunak"},
			day: "2023-03-10", place: "Geneva", cameo: "036", plover: "AGREE", by: "scholz", line: "announced"},
		{sentence: "Once they have met, António Guterres will travel to Ankara on 20 March.", kind: "visit", status: "conditional", parts: []string{"guterres as visitor"},
			day: "2023-03-20", place: "Ankara", cameo: "036", plover: "AGREE", waits: 1, condition: "Once they have met"},
	}},
	{outlet: "=Herald, \"Daily\"", url: "", title: "Tabs\tand\nlines", published: "2023-03-11T09:30:00Z", happenings: []happening{
		{sentence: "Emmanuel Macron, Olaf Scholz and Rishi Sunak met in Geneva on Friday.", kind: "meeting", status: "occurred", parts: []string{"macron", "scholz", "sunak"},
			day: "2023-03-10", place: "Geneva", cameo: "040", plover: "CONSULT", mode: "multilateral"},
		{sentence: "Rishi Sunak denied that he would visit Ankara.", kind: "visit", status: "denied", parts: []string{"sunak as visitor"}, place: "Ankara", cameo: "125", plover: "REJECT", mode: "meet", by: "sunak", line: "denied"},
	}},
	{outlet: "Agency", url: "https://agency.example/a?b=1&c=<d>", title: "Paris – Ankara", published: "2023-03-05T12:00:00Z", happenings: []happening{
		{sentence: "Emmanuel Macron travelled to Ankara on Saturday.", kind: "visit", status: "occurred", parts: []string{"macron as visitor"}, day: "2023-03-04", place: "Ankara", cameo: "042", plover: "CONSULT", mode: "visit"},
		{sentence: "“Naïve”, said Recep Tayyip Erdoğan after he had called Olaf Scholz on Friday.", kind: "call", status: "occurred", parts: []string{"erdogan as initiator", "scholz"}, day: "2023-03-03",
			cameo: "041", plover: "CONSULT", mode: "phone", by: "erdogan", line: "confirmed"},
	}},
	{outlet: "Agency", url: "https://agency.example/b", title: "Shells", published: "2023-03-06T12:00:00Z", happenings: []happening{
		{sentence: "The Russian army shelled Ukraine on Sunday.", kind: "attack", status: "occurred", parts: []string{"army as initiator", "ukraine as target"}, day: "2023-03-05", cameo: "194", plover: "ASSAULT", mode: "heavy-weapons"},
		{sentence: "António Guterres mediated between Emmanuel Macron and Recep Tayyip Erdoğan on 2 March.", kind: "mediation", status: "occurred", parts: []string{"guterres as mediator", "macron", "erdogan"}, day: "2023-03-02",
			cameo: "045", plover: "CONSULT"},
	}},
}

var noon = time.Date(2023, 3, 12, 12, 0, 0, 0, time.UTC)

func ledger(tb testing.TB, list ...told) *record.Ledger {
	tb.Helper()
	n := 0
	l, err := record.Open(tb.Context(), record.Config{Store: record.NewMemory(), Now: func() time.Time { n++; return noon.Add(time.Duration(n) * time.Hour) }})
	if err != nil {
		tb.Fatal(err)
	}
	for _, t := range list {
		a, r := t.article(tb)
		if _, err := l.Add(tb.Context(), a, r); err != nil {
			tb.Fatal(err)
		}
	}
	return l
}
