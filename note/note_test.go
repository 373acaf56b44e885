package note

import (
	"strings"
	"testing"
	"time"

	"readout/reading"
	"readout/registry"
)

// text is the note of the tests, and read what a model would read in it.
const text = "Blinken met Wang Yi on Sunday. A man in the room says “Qin was there”. Talks are held once visas are granted."

func read() *reading.Reading {
	span := func(words string) reading.Span {
		i := strings.Index(text, words)
		before := len([]rune(text[:i]))
		return reading.Span{before, before + len([]rune(words))}
	}
	first, third := span("Blinken met Wang Yi on Sunday"), span("Talks are held")
	second := span("A man in the room says “Qin was there”")
	source := span("A man in the room")
	cond := span("once visas are granted")
	r := &reading.Reading{Format: reading.Format, Model: "en"}
	r.Document = reading.Document{Text: text, Published: "2023-06-19", Sentences: []reading.Span{span("Blinken met Wang Yi on Sunday."), {second[0], second[1] + 1}, span("Talks are held once visas are granted.")}}
	r.Actors = []reading.Actor{{ID: "a1", Name: "Antony Blinken", Entry: "antony-blinken", Kind: "person", Country: "USA", Mentions: []reading.Mention{{Span: span("Blinken"), Form: "name"}}}}
	r.Statements = []reading.Statement{{ID: "s1", Form: "mixed", Source: reading.Source{Span: &source}, Cue: &reading.Cue{Span: span("says"), Act: "say"}, Content: []reading.Span{span("“Qin was there”")}, About: []string{"e1"}}}
	r.Events = []reading.Event{
		{ID: "e1", Kind: "meeting", Format: "in-person", Status: "occurred", CAMEO: "040", Participants: []reading.Participant{{Actor: "a1", As: "participant"}}, Claims: []reading.Claim{{Status: "occurred", Span: &first}, {Statement: "s1", Line: "confirmed", Status: "occurred", Span: &second}},
			Time: &reading.Time{From: "2023-06-18", To: "2023-06-18", Granularity: "day"}, Evidence: []reading.Span{first}},
		{ID: "e2", Kind: "negotiation", Status: "conditional", Conditions: []reading.Condition{{As: "if", Span: &cond}}, Links: []reading.Link{{As: "follows", To: "e1"}}, Evidence: []reading.Span{third}},
	}
	r.Issues = []reading.Issue{}
	return r
}

func config(t testing.TB) Config {
	reg, err := registry.Default()
	if err != nil {
		t.Fatal(err)
	}
	return Config{By: "jane", Registry: reg, Published: time.Date(2023, 6, 19, 0, 0, 0, 0, time.UTC)}
}

func apply(t testing.TB, lines ...string) (*reading.Reading, error) {
	t.Helper()
	var list []Entry
	for _, l := range lines {
		kind, rest, _ := strings.Cut(l, ":")
		e, err := ParseEntry(kind, rest)
		if err != nil {
			return nil, err
		}
		e.At = "here"
		list = append(list, e)
	}
	return Apply(read(), list, config(t))
}

// An entry stands, and the machine's in the same words is left out; what the
// entry leaves empty is the machine's, and - is not told.
func TestApply(t *testing.T) {
	for _, c := range []struct {
		lines []string
		want  []string
	}{
		{[]string{`event: meeting | Blinken, Wang Yi, Qin Gang (absent) | | Beijing | | "met Wang Yi"`},
			[]string{`event: negotiation | | | | conditional | "Talks are held"`, `event: meeting | Antony Blinken, Wang Yi, Qin Gang (absent) | 2023-06-18 | Beijing | occurred | "met Wang Yi"`}},
		{[]string{`event: meeting | - | - | | possible | "met Wang Yi"`}, []string{`event: meeting | | | | possible | "met Wang Yi"`}},
		{[]string{`event: phone call | Blinken | 2023-06 | | occurred | "met Wang Yi"`}, []string{`event: call | Antony Blinken | 2023-06-01/2023-06-30 | | occurred | "met Wang Yi"`}},
		{[]string{`event: visit | Blinken | by 2023-07-01 | | planned | "Blinken met"`}, []string{`event: visit | Antony Blinken | by 2023-07-01 | | planned | "Blinken met"`}},
		{[]string{`said: a man in the room (anonymous) | report | "Qin was there"`}, []string{`said: a man in the room (anonymous) | report | "Qin was there"`}},
		{[]string{`stands: China (CHN) | visas | opposes | "once visas"`}, []string{`stands: China | visas | opposes | "once visas"`}},
		{[]string{`event: meeting | | | | | "met Wang Yi"`, `event: talks | | | | | "Talks are held"`, `tied: 2 | follows | 1 | "Talks are held"`}, []string{`tied: 2 | follows | 1 | "Talks are held"`}},
		{[]string{`waits: once | "once visas are granted"`}, []string{`waits: once | "once visas are granted"`}},
		{[]string{`event: meeting | | | | | "met Wang Yi"`, `waits: 1 | until | "visas are granted"`}, []string{`waits: until | "visas are granted"`, `waits: if | "once visas are granted"`}},
	} {
		r, err := apply(t, c.lines...)
		if err != nil {
			t.Errorf("%q: %v", c.lines, err)
			continue
		}
		got := Lines(r)
		for _, w := range c.want {
			found := false
			for _, l := range got {
				found = found || l == w
			}
			if !found {
				t.Errorf("%q gives\n%s\nand not %s", c.lines, strings.Join(got, "\n"), w)
			}
		}
		if r.Hand() != "jane" {
			t.Errorf("%q: the model is %q", c.lines, r.Model)
		}
	}
}

// What pointed at something left out points at what took its place.
func TestApplyRepoints(t *testing.T) {
	r, err := apply(t, `event: meeting | Blinken, Wang Yi | | | occurred | "met Wang Yi"`, `said: a man in the room (anonymous) | confirm | 1 | "Qin was there"`)
	if err != nil {
		t.Fatal(err)
	}
	e := r.Events[len(r.Events)-1]
	if l := r.Events[0].Links; len(l) != 1 || l[0].To != e.ID {
		t.Errorf("links %v, the event is %s", l, e.ID)
	}
	s := r.Statements[len(r.Statements)-1]
	if len(r.Statements) != 1 || len(s.About) != 1 || s.About[0] != e.ID || s.Form != "direct" || s.Source.Standing != "anonymous" {
		t.Errorf("statements %+v", r.Statements)
	}
	lines := map[string]bool{}
	for _, c := range e.Claims {
		lines[c.Line+" "+c.Status+" "+c.Statement] = true
	}
	if !lines["confirmed occurred "+s.ID] || !lines[" occurred "] {
		t.Errorf("claims %+v", e.Claims)
	}
	if e.CAMEO != "040" || e.Format != "in-person" {
		t.Errorf("codes of the machine are lost: %+v", e)
	}
	if again := read(); len(again.Events[0].Claims) != 2 {
		t.Error("the machine's reading was changed")
	}
}

// Errors name the entry, what is wrong and what would be right.
func TestErrors(t *testing.T) {
	for line, want := range map[string]string{
		`event: meting | A`:                                    `no kind of event is "meting": is meeting meant?`,
		`event: party | A`:                                     `one of meeting, call`,
		`event: meeting | A | | | occured | "met"`:             `no status is "occured": is occurred meant?`,
		`event: meeting | A | Beijing | occurred | "met Wang"`: `here: "Beijing" is no day`,
		`event: meeting | A (boss) | "met"`:                    `"boss" behind A`,
		`event: meeting | A | a | b | c | d | "met"`:           `6 fields`,
		`event: meeting | A`:                                   `which words of the note`,
		`event: meeting | A | | | | "met Wang Li on Sunday"`:   `the nearest are "Blinken met Wang Yi on Sunday."`,
		`event: meeting | A | | | | "are"`:                     `stand 2 times`,
		`event: meeting | A | | | | "met`:                      `no quotation mark at their end`,
		`event: meeting | A | | | | ""`:                        `no words between`,
		`said: | say | "Qin was there"`:                        `nobody says it`,
		`said: A | says | "Qin was there"`:                     `no act is "says": is say meant?`,
		`said: A | say | 3 | "Qin was there"`:                  `there is no event 3`,
		`said: A | say | x | "Qin was there"`:                  `"x" is no number of an event`,
		`stands: A | visas | likes | "visas"`:                  `no stance is "likes"`,
		`stands: A | | opposes | "visas"`:                      `who has it and the issue`,
		`waits: when | "once visas are granted"`:               `no condition begins with "when"`,
		`tied: 1 | loves | 2 | "once visas are granted"`:       `no tie is "loves"`,
		`tied: 1 | follows | 1 | "once visas are granted"`:     `not tied to itself`,
		`waits: 2 | once | "once visas are granted"`:           `there is no event 2`,
		`seen: A`: `no entry is "seen"`,
	} {
		if _, err := apply(t, line); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\n got %v\nwant %s", line, err, want)
		}
	}
}

func TestParseForm(t *testing.T) {
	const form = "by: jane\nPublished: 2023-06-19\ntitle:\n\nFirst line: of the text.\n# no comment\n\n---\n\n# a comment\nevent: meeting | A, B; C (host, FRA) | | Bonn | planned | \"a | b \"c\" d\"\n"
	f, err := ParseForm("n.txt", form)
	if err != nil {
		t.Fatal(err)
	}
	if f.By != "jane" || f.Published != "2023-06-19" || f.Text != "First line: of the text.\n# no comment" || len(f.Entries) != 1 {
		t.Fatalf("%+v", f)
	}
	e := f.Entries[0]
	if e.At != "n.txt:11" || e.Words != `a | b "c" d` || len(e.Event.Who) != 3 || e.Event.Who[2].Country != "FRA" || e.Event.Place != "Bonn" {
		t.Errorf("%+v %+v", e, e.Event)
	}
	// Without a head, and without entries, all is text.
	if f, err = ParseForm("n", "Note: they met.\n\nby: nobody"); err != nil || f.By != "" || f.Text != "Note: they met.\n\nby: nobody" {
		t.Errorf("%+v, %v", f, err)
	}
	if _, err = ParseForm("n", "A.\n---\nthey met"); err == nil || !strings.HasPrefix(err.Error(), "n:3: ") {
		t.Errorf("%v", err)
	}
}

func TestParseDay(t *testing.T) {
	for in, want := range map[string]string{
		"2023-06-18": "2023-06-18 2023-06-18 day", "2023-06": "2023-06-01 2023-06-30 month", "2023": "2023-01-01 2023-12-31 year",
		"2023-06-18/20": "2023-06-18 2023-06-20 day", "2023-06-18..2023-07-02": "2023-06-18 2023-07-02 day", "18 June 2023": "2023-06-18 2023-06-18 day",
		"18.6.2023": "2023-06-18 2023-06-18 day", "2023/06/18": "2023-06-18 2023-06-18 day", "June 2023": "2023-06-01 2023-06-30 month",
		"2023-06-20/18": "", "Beijing": "", "03/04/2025": "", "": "",
	} {
		v, ok := ParseDay(in)
		got := v.From + " " + v.To + " " + v.Granularity
		if !ok {
			got = ""
		}
		if got != want {
			t.Errorf("ParseDay(%q) = %q, want %q", in, got, want)
		}
	}
}

// FuzzForm: what is read is the same when its lines are written anew, and what
// is applied has all its spans in the text.
func FuzzForm(f *testing.F) {
	f.Add("by: a\n\n" + text + "\n---\nevent: meeting | Blinken | on Sunday | | occurred | \"met Wang Yi\"\nsaid: x | say | \"Qin\"")
	f.Add("---\nwaits:")
	f.Add("---\nwaits: 1 | once | “a”")
	f.Add("title: x\n---\nstands: A (CHN, host) | b | opposes | \"visas\"")
	cfg := config(f)
	f.Fuzz(func(t *testing.T, s string) {
		form, err := ParseForm("f", s)
		if err != nil {
			if form != nil {
				t.Fatal("a form with an error")
			}
			return
		}
		again, err := ParseForm("f", (&Form{By: form.By, Published: form.Published, Title: form.Title, Text: form.Text}).String()+"\n---\n")
		if err != nil || again.By != form.By || again.Title != form.Title {
			t.Fatalf("%+v is read as %+v: %v", form, again, err)
		}
		r, err := Apply(read(), form.Entries, cfg)
		if err != nil {
			return
		}
		n := len([]rune(text))
		for _, e := range r.Events {
			for _, x := range e.Evidence {
				if x[0] < 0 || x[1] > n || x[0] >= x[1] {
					t.Fatalf("evidence %v of %d", x, n)
				}
			}
		}
		for _, l := range Lines(r) {
			kind, rest, _ := strings.Cut(l, ":")
			if _, err := ParseEntry(kind, rest); err != nil {
				t.Fatalf("%s: %v", l, err)
			}
		}
	})
}
