package actor

import (
	"context"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"readout/conllu"
	"readout/doc"
	"readout/lang/text"
)

// cases gives the hand-checked trees of testdata/cases.conllu by their id.
func cases(t testing.TB) map[string]*doc.Document {
	t.Helper()
	f, err := os.Open("testdata/cases.conllu")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sentences, err := conllu.Read(f, "cases.conllu")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*doc.Document{}
	for _, s := range conllu.Split(sentences) {
		d, err := conllu.Annotated(s)
		if err != nil {
			t.Fatal(err)
		}
		text.Mark(d)
		d.Has |= doc.LayerNames
		d.Published = time.Date(2015, 3, 1, 0, 0, 0, 0, time.UTC)
		out[d.Key] = d
	}
	return out
}

func stage(t testing.TB) *Stage {
	t.Helper()
	s, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// line writes an actor as "kind name country code (roles) [members]: mentions".
func line(d *doc.Document, id doc.ActorID) string {
	a := d.Actors[id]
	var roles, members, mentions []string
	for _, r := range a.Roles {
		title := r.Title
		if r.Former {
			title = "ex " + title
		}
		roles = append(roles, title)
	}
	for _, m := range a.Members {
		members = append(members, d.Actors[m].Name)
	}
	for _, m := range d.Mentions {
		if m.Actor == id {
			mentions = append(mentions, d.Slice(m.Span))
		}
	}
	return fmt.Sprintf("%s %s %s (%s) [%s]: %s", a.Kind, a.Name, a.Code,
		strings.Join(roles, "; "), strings.Join(members, "; "), strings.Join(mentions, "; "))
}

func TestActors(t *testing.T) {
	want := map[string][]string{
		"titles": {
			"person Jean Martel FRAGOV (French President) []: French President Jean Martel; Jean Martel",
			"person Ayla Demir TURGOV (Turkish Foreign Minister) []: Turkish Foreign Minister Ayla Demir; Ayla Demir",
			"person Pekka Virtanen FINELI (ex Finnish president) []: Finnish president Pekka Virtanen; Pekka Virtanen",
			"place Geneva CHE () []: Geneva",
		},
		"apposition": {
			"person Pavel Orlov RUSGOV (senior Kremlin aide) []: A senior Kremlin aide; Pavel Orlov; Orlov",
			"person Maria Silva",
		},
		"counterpart": {
			"person Aram Petrosyan ARMGOV (Armenian Foreign Minister) []: Armenian Foreign Minister Aram Petrosyan; Aram Petrosyan; His; The Armenian foreign minister",
			"person Elchin Mamedov AZEGOV",
		},
		"leaders": {
			"group leaders  () [Oleg Petrov; Ivan Kovalenko]: both leaders",
			"person John Adams",
		},
		"sides":       {"group two sides  () [India; Pakistan]: The two sides; They"},
		"capital":     {"country Turkey TUR () []: Ankara", "place Ankara TUR () []: Ankara"},
		"quotation":   {"person Ayla Demir TURGOV (Turkish minister) []: I; Turkish minister Ayla Demir; Ayla Demir; We"},
		"acronym":     {"organization Organisation for Regional Peace  () []: Organisation for Regional Peace; ORP; ORP; it"},
		"surname":     {"person Anna Keller  () []: Anna Keller; Mrs. Keller; Keller; she", "person Peter Keller  () []: Peter Keller; Mr. Keller; Keller"},
		"anonymous":   {"group Two diplomats", "person one source", "person White House official USAGOV"},
		"spelling":    {"person Omar Khattabi  () []: Omar Khattabi; Khatabi", "person Chen"},
		"delegations": {"group Russian and Ukrainian delegations  () [Russia; Ukraine]: Russian and Ukrainian delegations", "group European leaders"},
	}
	s := stage(t)
	docs := cases(t)
	for id, lines := range want {
		d := docs[id]
		if d == nil {
			t.Errorf("no case %s", id)
			continue
		}
		if err := s.Run(context.Background(), d); err != nil {
			t.Fatal(err)
		}
		var got []string
		for a := range d.Actors {
			got = append(got, line(d, doc.ActorID(a)))
		}
		for _, l := range lines {
			if !slices.ContainsFunc(got, func(g string) bool { return strings.HasPrefix(g, l) }) {
				t.Errorf("%s: no actor %q in\n  %s", id, l, strings.Join(got, "\n  "))
			}
		}
	}
}

// A heading's capitals make nobody; a name that the text below has is somebody.
func TestHeadings(t *testing.T) {
	d := conllu.MustDoc(`
		# newpar
		1 Quiet quiet PROPN NNP _ 3 amod _ NER=B-PER
		2 Room room PROPN NNP _ 3 compound _ NER=I-PER
		3 Moment moment PROPN NNP _ 0 root _ NER=I-PER
		# newpar
		1 Orlov's Orlov PROPN NNP _ 2 nmod:poss _ NER=B-PER
		2 Call call PROPN NNP _ 0 root _ _
		# newpar
		1 Pavel Pavel PROPN NNP _ 3 nsubj _ NER=B-PER
		2 Orlov Orlov PROPN NNP _ 1 flat _ NER=I-PER
		3 called call VERB VBD _ 0 root _ _`)
	d.Blocks[0].Kind, d.Blocks[1].Kind = doc.BlockHeading, doc.BlockHeading
	d.Has |= doc.LayerNames
	if err := stage(t).Run(context.Background(), d); err != nil {
		t.Fatal(err)
	}
	if len(d.Actors) != 1 || d.Actors[0].Name != "Pavel Orlov" {
		t.Errorf("actors = %+v, want Pavel Orlov alone", d.Actors)
	}
}

// What must hold of every document: spans lie in the text, a span belongs to
// one actor, mentions are sorted, members exist, and twice the same input gives
// the same output.
func TestInvariants(t *testing.T) {
	s := stage(t)
	first, second := cases(t), cases(t)
	for id, d := range first {
		for _, d := range []*doc.Document{d, second[id]} {
			if err := s.Run(context.Background(), d); err != nil {
				t.Fatal(err)
			}
		}
		if !reflect.DeepEqual(d.Actors, second[id].Actors) || !reflect.DeepEqual(d.Mentions, second[id].Mentions) {
			t.Errorf("%s: two runs differ", id)
		}
		seen := map[doc.Span]bool{}
		for k, m := range d.Mentions {
			if m.Span.Empty() || m.Span.Begin < 0 || int(m.Span.End) > d.Len() || seen[m.Span] {
				t.Errorf("%s: mention %v is empty, out of the text or a second one", id, m.Span)
			}
			seen[m.Span] = true
			if m.Actor < 0 || int(m.Actor) >= len(d.Actors) || m.Form == 0 || m.Confidence <= 0 || m.Confidence > 1 {
				t.Errorf("%s: mention %+v is incomplete", id, m)
			}
			if k > 0 {
				p := d.Mentions[k-1].Span
				if p.Begin > m.Span.Begin || p.Begin == m.Span.Begin && p.End < m.Span.End {
					t.Errorf("%s: mentions %v and %v are out of order", id, p, m.Span)
				}
			}
		}
		for _, a := range d.Actors {
			if a.Kind == 0 || a.Name == "" {
				t.Errorf("%s: actor %+v has no kind or name", id, a)
			}
			for _, m := range a.Members {
				if m < 0 || int(m) >= len(d.Actors) {
					t.Errorf("%s: member %d of %s does not exist", id, m, a.Name)
				}
			}
		}
	}
}

// The tables are well-formed and every row has an example.
func TestTables(t *testing.T) {
	if _, err := loadLexicon(); err != nil {
		t.Fatal(err)
	}
	entries, err := tables.ReadDir("data")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		b, err := tables.ReadFile("data/" + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(b)), "\n")
		at := slices.Index(strings.Split(lines[0], "\t"), "example")
		for i, l := range lines[1:] {
			if f := strings.Split(l, "\t"); at < 0 || at >= len(f) || strings.TrimSpace(f[at]) == "" {
				t.Errorf("%s:%d has no example", e.Name(), i+2)
			}
		}
	}
}

func TestNameFit(t *testing.T) {
	tests := []struct {
		a, b string
		same bool
	}{
		{"john kerry", "kerry", true},
		{"john f kerry", "john kerry", true},
		{"j kerry", "john kerry", true},
		{"hillary clinton", "bill clinton", false},
		{"volodymyr zelensky", "zelenskyy", true},
		{"ursula von der leyen", "von der leyen", true},
		{"orban viktor", "viktor orban", true},
		{"xi jinping", "xi", true},
		{"ilham aliyev", "heydar aliyev", false},
		{"john kerry", "john lennon", false},
		{"muammar gaddafi", "gadafi", true},
	}
	for _, tt := range tests {
		if got := nameFit(strings.Fields(tt.a), strings.Fields(tt.b)) > 0; got != tt.same {
			t.Errorf("nameFit(%q, %q) > 0 is %v, want %v", tt.a, tt.b, got, tt.same)
		}
	}
}

func BenchmarkRun(b *testing.B) {
	s := stage(b)
	docs := cases(b)
	n := 0
	for _, d := range docs {
		n += d.Len()
	}
	for b.Loop() {
		for _, d := range docs {
			if err := s.Run(context.Background(), d); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
