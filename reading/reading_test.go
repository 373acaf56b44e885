package reading

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"readout/doc"
)

// document cuts a text at its spaces, a sentence in all, and sets every layer.
func document(text string) *doc.Document {
	d := &doc.Document{Text: text}
	at := int32(0)
	for _, w := range strings.SplitAfter(text, " ") {
		n := int32(len(strings.TrimRight(w, " ")))
		d.Tokens.Bytes = append(d.Tokens.Bytes, doc.Range{Begin: at, End: at + n})
		d.Tokens.Sent = append(d.Tokens.Sent, 0)
		at += int32(len(w))
	}
	d.Sentences = []doc.Span{{Begin: 0, End: int32(d.Len())}}
	d.Has = doc.LayerText | doc.LayerActors | doc.LayerStatements | doc.LayerEvents | doc.LayerIssues
	return d
}

// Spans are code points of the text, whatever stands before them.
func TestSpansAreCodePoints(t *testing.T) {
	for _, text := range []string{
		"plain words only",
		"“Zürich” 🇺🇳 naïve 会谈 words",
		strings.Repeat("ü会🇺🇳 ", 100) + "end",
		strings.Repeat("x", 63) + "é " + strings.Repeat("y", 64) + " z",
	} {
		d := document(text)
		for i := range d.Tokens.Bytes {
			d.Mentions = append(d.Mentions, doc.Mention{Span: doc.Span{Begin: int32(i), End: int32(i) + 1}})
		}
		d.Actors = []doc.Actor{{Name: "x"}}
		r := New(d, "m")
		runes := []rune(text)
		for i, m := range r.Actors[0].Mentions {
			if got, want := string(runes[m.Span[0]:m.Span[1]]), d.Form(int32(i)); got != want {
				t.Errorf("%.20q token %d: span %v is %q, want %q", text, i, m.Span, got, want)
			}
		}
		if s := r.Document.Sentences[0]; s != (Span{0, utf8.RuneCountInString(text)}) {
			t.Errorf("%.20q: sentence %v, want the whole text", text, s)
		}
	}
}

// What was not looked for is left out, what was looked for and not found is [].
func TestNotLookedForAndNoneFound(t *testing.T) {
	d := document("Nothing here")
	b, err := json.Marshal(New(d, ""))
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{`"actors":[]`, `"statements":[]`, `"events":[]`, `"issues":[]`, `"judgements":[]`} {
		if !strings.Contains(string(b), key) {
			t.Errorf("looked for, none found: no %s in %s", key, b)
		}
	}
	d.Has = doc.LayerText
	if b, err = json.Marshal(New(d, "")); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"actors", "statements", "events", "issues", "judgements"} {
		if strings.Contains(string(b), `"`+key+`"`) {
			t.Errorf("not looked for: %s stands in %s", key, b)
		}
	}
}

func TestDates(t *testing.T) {
	d := document("x")
	d.Published = time.Date(2025, 8, 19, 0, 0, 0, 0, time.UTC)
	d.Modified = time.Date(2025, 8, 19, 4, 10, 0, 0, time.UTC)
	got := New(d, "").Document
	if got.Published != "2025-08-19" || got.Modified != "2025-08-19T04:10:00Z" {
		t.Errorf("dates %q, %q", got.Published, got.Modified)
	}
}

// A full event and statement, to the letter.
func TestGolden(t *testing.T) {
	d := document("Doe said they would meet on Friday .")
	d.Actors = []doc.Actor{{Name: "Jane Doe", Kind: doc.KindPerson, Country: "CHE", Code: "CHEGOV", Roles: []doc.Role{{Title: "minister", Span: doc.Span{Begin: 0, End: 1}}}}}
	d.Mentions = []doc.Mention{{Span: doc.Span{Begin: 0, End: 1}, Form: doc.FormName, Confidence: 0.901}}
	at := doc.Time{Span: doc.Span{Begin: 5, End: 7}, Unit: doc.PerDay, From: time.Date(2025, 8, 22, 0, 0, 0, 0, time.UTC), To: time.Date(2025, 8, 22, 0, 0, 0, 0, time.UTC)}
	d.Statements = []doc.Statement{{
		Form: doc.SaidIndirect, Source: doc.Source{Actor: 0, Span: doc.Span{Begin: 0, End: 1}, Standing: doc.StandingNamed}, Within: doc.None,
		Cue:     doc.Cue{Span: doc.Span{Begin: 1, End: 2}, Lemma: "say", Act: doc.ActSay},
		Content: []doc.Span{{Begin: 2, End: 7}}, Record: doc.RecordOn, About: []doc.EventID{0}, Topics: []doc.IssueID{},
	}}
	d.Events = []doc.Event{{
		Kind: doc.EventMeeting, Status: doc.StatusPlanned, Time: &at, Participants: []doc.Participant{{Actor: 0, As: doc.AsParticipant}},
		Claims:   []doc.Claim{{By: 0, Statement: 0, Line: doc.LineAnnounced, Status: doc.StatusPlanned, Span: doc.Span{Begin: 2, End: 7}}},
		Evidence: []doc.Span{{Begin: 2, End: 7}}, PLOVER: "AGREE", CAMEO: "036", Goldstein: 4, HasGoldstein: true, Quad: 1, Aux: []string{"future"},
	}}
	b, err := json.Marshal(New(d, "en-1"))
	if err != nil {
		t.Fatal(err)
	}
	_, got, _ := strings.Cut(string(b), `"judgements":[]},`)
	want := `"actors":[{"id":"a1","name":"Jane Doe","kind":"person","country":"CHE","code":"CHEGOV","roles":[{"title":"minister","former":false,"span":[0,3]}],"mentions":[{"span":[0,3],"form":"name","confidence":0.9}]}],` +
		`"statements":[{"id":"s1","form":"indirect","source":{"actor":"a1","span":[0,3],"standing":"named"},"cue":{"span":[4,8],"lemma":"say","act":"say"},"content":[[9,34]],"record":"on","about":["e1"],"topics":[],"negated":false}],` +
		`"events":[{"id":"e1","kind":"meeting","participants":[{"actor":"a1","as":"participant"}],"time":{"text":"on Friday","from":"2025-08-22","to":"2025-08-22","granularity":"day","span":[25,34]},"status":"planned",` +
		`"claims":[{"by":"a1","statement":"s1","line":"announced","status":"planned","span":[9,34]}],"conditions":[],"links":[],"plover":"AGREE","mode":"","aux":["future"],"cameo":"036","goldstein":4,"quad":1,"evidence":[[9,34]]}],"issues":[]}`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func BenchmarkNew(b *testing.B) {
	d := document(strings.Repeat("ü会谈 words and more ", 2000))
	for i := range d.Tokens.Bytes {
		d.Mentions = append(d.Mentions, doc.Mention{Span: doc.Span{Begin: int32(i), End: int32(i) + 1}})
	}
	d.Actors = []doc.Actor{{}}
	for b.Loop() {
		New(d, "")
	}
	b.ReportMetric(float64(d.Len())*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
