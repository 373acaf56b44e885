package event_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"readout"
	"readout/doc"
	"readout/news/event"
)

// fills are the parties and places that stand for {A}, {B}, {C} and {P} in the
// examples of the tables: the example itself and two variants of it, with
// people, offices and countries for parties.
var fills = []map[string]string{
	{"A": "Emmanuel Macron", "B": "Angela Merkel", "C": "Mark Rutte", "P": "Geneva"},
	{"A": "Japan", "B": "South Korea", "C": "China", "P": "Bangkok"},
	{"A": "Prime Minister Narendra Modi", "B": "President William Ruto", "C": "King Abdullah", "P": "Nairobi"},
}

var published = time.Date(2025, 8, 20, 12, 0, 0, 0, time.UTC)

// want is what an example must give: "meeting occurred A B=host @P".
type want struct {
	kind   string
	status string
	parts  [][2]string // fill letter, part ("" any that attends)
	place  bool
}

func parseWant(s string) want {
	var w want
	for i, f := range strings.Fields(s) {
		switch {
		case i == 0:
			w.kind = f
		case f == "@P":
			w.place = true
		case len(f) == 1 || len(f) > 1 && f[1] == '=':
			name, as, _ := strings.Cut(f, "=")
			w.parts = append(w.parts, [2]string{name, as})
		default:
			w.status = f
		}
	}
	return w
}

// misses says what of the expectation the event lacks, "" when nothing.
func (w want) misses(d *doc.Document, e *doc.Event, fill map[string]string) string {
	if e.Kind.String() != w.kind {
		return "kind " + e.Kind.String()
	}
	if w.status != "" && e.Status.String() != w.status {
		return "status " + e.Status.String()
	}
	for _, p := range w.parts {
		if !slices.ContainsFunc(e.Participants, func(x doc.Participant) bool {
			return named(d, x.Actor, fill[p[0]]) && (p[1] == "" || x.As.String() == p[1])
		}) {
			return "no " + p[0] + "=" + p[1]
		}
	}
	if w.place && !strings.Contains(e.Place.Name+e.Place.Within, fill["P"]) {
		return "place " + e.Place.Name
	}
	return ""
}

func named(d *doc.Document, a doc.ActorID, name string) bool {
	f := strings.Fields(name)
	last := f[len(f)-1]
	if strings.HasSuffix(d.Actors[a].Name, last) {
		return true
	}
	return slices.ContainsFunc(d.Mentions, func(m doc.Mention) bool {
		return m.Actor == a && strings.Contains(d.Slice(m.Span), last)
	})
}

type rule struct {
	file, row, text, want string
}

func rules(t *testing.T) []rule {
	t.Helper()
	var out []rule
	for _, f := range []string{"triggers", "governors", "modifiers", "prepositions", "conditions"} {
		b, err := os.ReadFile("data/" + f + ".tsv")
		if err != nil {
			t.Fatal(err)
		}
		for n, l := range strings.Split(strings.TrimRight(string(b), "\n"), "\n") {
			c := strings.Split(l, "\t")
			if n == 0 || c[len(c)-1] == "" {
				continue
			}
			out = append(out, rule{f, fmt.Sprintf("%s.tsv:%d %s", f, n+1, strings.Join(c[:3], " ")), c[len(c)-2], c[len(c)-1]})
		}
	}
	return out
}

// TestRules reads the example of every row of the tables with each filling.
// Sentences of four words out of context are hard on a parser, and another model
// errs on other ones: so a row may fail in single variants, and one row in fifty
// in all three, but no more.
func TestRules(t *testing.T) {
	r, err := readout.New(readout.Config{})
	if err != nil {
		t.Fatal(err)
	}
	all, good, dead := 0, 0, 0
	for _, rule := range rules(t) {
		hits, report := 0, ""
		for _, fill := range fills {
			text := rule.text
			for k, v := range fill {
				text = strings.ReplaceAll(text, "{"+k+"}", v)
			}
			d, err := r.Read(t.Context(), readout.Article{Text: text, Published: published})
			if err != nil {
				t.Fatalf("%s: %v", rule.row, err)
			}
			if got := try(d, parseWant(rule.want), fill); got == "" {
				hits++
			} else {
				report += fmt.Sprintf("\n\t%s\n\t\twant %s, got%s", text, rule.want, got)
			}
		}
		all, good = all+len(fills), good+hits
		if hits == 0 {
			dead++
		}
		if hits < len(fills) {
			t.Logf("%s: %d of %d%s", rule.row, hits, len(fills), report)
		}
	}
	t.Logf("%d of %d readings, %d rows dead", good, all, dead)
	if good*100 < all*92 || dead*50 > all/len(fills) {
		t.Errorf("%d of %d readings, want 92 %%; %d rows dead of %d, want at most one in fifty", good, all, dead, all/len(fills))
	}
}

// try reports what the events of d lack of what is wanted, "" when one lacks
// nothing.
func try(d *doc.Document, w want, fill map[string]string) string {
	got := " no event"
	for i := range d.Events {
		miss := w.misses(d, &d.Events[i], fill)
		if miss == "" {
			return ""
		}
		got += " [" + miss + "]"
	}
	return got
}

// TestSound holds what must be true of every reading: spans lie in the text,
// references lead somewhere, and the same text gives the same events.
func TestSound(t *testing.T) {
	r, err := readout.New(readout.Config{})
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for k, rule := range rules(t) {
		s := rule.text
		for key, v := range fills[k%len(fills)] {
			s = strings.ReplaceAll(s, "{"+key+"}", v)
		}
		text.WriteString(s)
		text.WriteString([]string{" ", "\n\n", " ", " "}[k%4])
	}
	texts := []string{text.String(), "Talks.", "met met met and met with with", strings.Repeat("They met and ", 3000),
		strings.Repeat("The summit of the summit ", 2000), "\"We met,\" he said. \"It was put off"}
	for _, s := range texts {
		a := readout.Article{Text: s, Published: published}
		d, err := r.Read(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		sound(t, d)
		again, err := r.Read(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprintf("%+v", d.Events) != fmt.Sprintf("%+v", again.Events) && !sameEvents(d, again) {
			t.Errorf("two readings of %.40q differ", s)
		}
	}
}

// sameEvents compares by value what Sprintf shows as pointers.
func sameEvents(a, b *doc.Document) bool {
	if len(a.Events) != len(b.Events) {
		return false
	}
	flat := func(e doc.Event) string {
		s := ""
		if e.Time != nil {
			s += fmt.Sprintf("%+v", *e.Time)
		}
		if e.Deadline != nil {
			s += fmt.Sprintf("%+v", *e.Deadline)
		}
		if e.Duration != nil {
			s += fmt.Sprintf("%+v", *e.Duration)
		}
		e.Time, e.Deadline, e.Duration = nil, nil, nil
		return s + fmt.Sprintf("%+v", e)
	}
	for i := range a.Events {
		if flat(a.Events[i]) != flat(b.Events[i]) {
			return false
		}
	}
	return true
}

func sound(t *testing.T, d *doc.Document) {
	t.Helper()
	in := func(what string, s doc.Span) {
		if s.Begin < 0 || s.End <= s.Begin || int(s.End) > d.Len() {
			t.Errorf("%s: span %v of %d tokens", what, s, d.Len())
		}
	}
	for i, e := range d.Events {
		if e.Kind == 0 || e.Status == 0 || len(e.Evidence) == 0 || len(e.Triggers) == 0 {
			t.Errorf("event %d: kind %v, status %v, %d evidence, %d triggers", i, e.Kind, e.Status, len(e.Evidence), len(e.Triggers))
		}
		for _, s := range e.Evidence {
			in("evidence", s)
		}
		for _, p := range e.Participants {
			in("participant", p.Span)
			if p.Actor < 0 || int(p.Actor) >= len(d.Actors) || p.As == 0 {
				t.Errorf("event %d: participant %+v", i, p)
			}
		}
		for _, c := range e.Claims {
			in("claim", c.Span)
			if int(c.By) >= len(d.Actors) || int(c.Statement) >= len(d.Statements) || c.Line == 0 || (c.Status == 0) != (c.Line == doc.LineSilent) {
				t.Errorf("event %d: claim %+v", i, c)
			}
		}
		for _, l := range e.Links {
			in("link", l.Span)
			if l.To < 0 || int(l.To) >= len(d.Events) || int(l.To) == i || l.As == 0 {
				t.Errorf("event %d: link %+v", i, l)
			}
		}
		for _, c := range e.Conditions {
			in("condition", c.Span)
			if int(c.Event) >= len(d.Events) || c.As == 0 {
				t.Errorf("event %d: condition %+v", i, c)
			}
		}
		if e.Place.Name != "" {
			in("place", e.Place.Span)
		}
	}
	for i, s := range d.Statements {
		for _, e := range s.About {
			if e < 0 || int(e) >= len(d.Events) {
				t.Errorf("statement %d is about event %d of %d", i, e, len(d.Events))
			}
		}
	}
}

// BenchmarkRun measures the stage by itself, on text of the examples.
func BenchmarkRun(b *testing.B) {
	r, err := readout.New(readout.Config{})
	if err != nil {
		b.Fatal(err)
	}
	var text strings.Builder
	for _, rule := range []string{"After talks with {B} in {P}, {A} said on Monday that {C} would host a second round once the truce holds. ",
		"{A} met {B} in {P}. They discussed the border dispute for two hours. The river rose and the harvest was good that year.\n\n"} {
		for _, fill := range fills {
			s := rule
			for k, v := range fill {
				s = strings.ReplaceAll(s, "{"+k+"}", v)
			}
			text.WriteString(s)
		}
	}
	d, err := r.Read(b.Context(), readout.Article{Text: strings.Repeat(text.String(), 10), Published: published})
	if err != nil {
		b.Fatal(err)
	}
	s := event.New(event.Config{})
	for b.Loop() {
		if err := s.Run(b.Context(), d); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(d.Len())*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
