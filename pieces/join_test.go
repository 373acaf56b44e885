package pieces

import (
	"slices"
	"strings"
	"testing"
	"time"

	"readout/doc"
)

// piece is a document with a token a word, one sentence and one paragraph.
func piece(text string, actors ...doc.Actor) *doc.Document {
	d := &doc.Document{Text: text, Has: kept | doc.LayerTree, Actors: actors}
	at := 0
	for _, w := range strings.SplitAfter(strings.TrimRight(text, " "), " ") {
		d.Tokens.Bytes = append(d.Tokens.Bytes, doc.Range{Begin: int32(at), End: int32(at + len(strings.TrimRight(w, " ")))})
		at += len(w)
	}
	all := doc.Span{Begin: 0, End: int32(d.Len())}
	d.Sentences = []doc.Span{all}
	d.Blocks = []doc.Block{{Kind: doc.BlockParagraph, Bytes: doc.Range{Begin: 0, End: int32(len(text))}, Span: all}}
	for k := range actors {
		d.Mentions = append(d.Mentions, doc.Mention{Span: doc.Span{Begin: int32(k), End: int32(k) + 1}, Head: int32(k), Actor: doc.ActorID(k), Form: doc.FormName})
	}
	return d
}

func joined(list ...*doc.Document) *doc.Document {
	text := ""
	for _, p := range list {
		text += p.Text
	}
	j, at := NewJoiner(text, doc.Meta{}), 0
	for _, p := range list {
		j.Add(p, int32(at), false)
		at += len(p.Text)
	}
	return j.Document()
}

func TestActors(t *testing.T) {
	person := func(name string) doc.Actor { return doc.Actor{Name: name, Kind: doc.KindPerson} }
	body := func(name, country string) doc.Actor {
		return doc.Actor{Name: name, Kind: doc.KindOrganization, Country: country}
	}
	entry := func(name, key string) doc.Actor { return doc.Actor{Name: name, Kind: doc.KindPerson, Entry: key} }
	for _, c := range []struct {
		name          string
		first, second []doc.Actor
		want          string // the actor of each mention, by number
	}{
		{"one entry, two spellings", []doc.Actor{entry("Angela Merkel", "merkel")}, []doc.Actor{entry("Merkel", "merkel")}, "0 0"},
		{"two entries, one name", []doc.Actor{entry("John Smith", "x")}, []doc.Actor{entry("John Smith", "y")}, "0 1"},
		{"one name", []doc.Actor{body("The Red Cross", "")}, []doc.Actor{body("Red Cross", "CHE")}, "0 0"},
		{"one name, two countries", []doc.Actor{body("Foreign Ministry", "NOR")}, []doc.Actor{body("Foreign Ministry", "CHL")}, "0 1"},
		{"one name, two kinds", []doc.Actor{person("Jordan")}, []doc.Actor{{Name: "Jordan", Kind: doc.KindCountry}}, "0 1"},
		{"a surname", []doc.Actor{person("John Smith")}, []doc.Actor{person("Smith")}, "0 0"},
		{"a surname of two", []doc.Actor{person("John Smith"), person("Mary Smith")}, []doc.Actor{person("Smith")}, "0 1 2"},
		{"nobody named", []doc.Actor{{Name: "official", Anonymous: true}}, []doc.Actor{{Name: "official", Anonymous: true}}, "0 1"},
		{"a group", []doc.Actor{person("A B"), person("C D"), {Name: "both", Kind: doc.KindGroup, Members: []doc.ActorID{0, 1}}},
			[]doc.Actor{{Name: "both", Kind: doc.KindGroup, Members: []doc.ActorID{1, 2}}, person("C D"), person("A B")}, "0 1 2 2 1 0"},
		{"two of one piece stay two", []doc.Actor{person("A B"), person("A B")}, nil, "0 1"},
	} {
		d := joined(piece("one two three ", c.first...), piece("four five six ", c.second...))
		var got []string
		for _, m := range d.Mentions {
			got = append(got, string(rune('0'+m.Actor)))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: mentions of %s, want %s", c.name, s, c.want)
		}
	}
}

// Somebody who is described and not named is another one in each piece.
func TestDescribedActors(t *testing.T) {
	a, b := piece("one ", doc.Actor{Name: "spokesman", Kind: doc.KindPerson}), piece("two ", doc.Actor{Name: "spokesman", Kind: doc.KindPerson})
	a.Mentions[0].Form, b.Mentions[0].Form = doc.FormTitle, doc.FormTitle
	if d := joined(a, b); len(d.Actors) != 2 {
		t.Errorf("%d actors, want 2", len(d.Actors))
	}
}

// meeting is a piece in which somebody meets and says so.
func meeting(text, place string, day int) *doc.Document {
	d := piece(text, doc.Actor{Name: "Jane Doe", Kind: doc.KindPerson})
	at := time.Date(2025, 8, day, 0, 0, 0, 0, time.UTC)
	word := doc.Span{Begin: 1, End: 2}
	d.Statements = []doc.Statement{{Source: doc.Source{Actor: 0}, Within: doc.None, Cue: doc.Cue{Span: word, Head: 1}, Content: []doc.Span{word}, About: []doc.EventID{0}, Topics: []doc.IssueID{0}}}
	d.Events = []doc.Event{{
		Kind: doc.EventMeeting, Participants: []doc.Participant{{Actor: 0, As: doc.AsParticipant}}, Place: doc.Place{Name: place},
		Time: &doc.Time{Span: word, From: at, To: at, Unit: doc.PerDay}, Claims: []doc.Claim{{By: 0, Statement: 0, Span: word}},
		Triggers: []int32{1}, Evidence: []doc.Span{word}, Topics: []doc.IssueID{0},
	}}
	d.Issues = []doc.Issue{{Topic: "the oil", PartOf: doc.None, Evidence: []doc.Span{word}}}
	return d
}

func TestEvents(t *testing.T) {
	for _, c := range []struct {
		name       string
		a, b       *doc.Document
		want, says int // events, claims of the first
	}{
		{"the same", meeting("one met ", "Geneva", 3), meeting("two met ", "", 3), 1, 2},
		{"another day", meeting("one met ", "", 3), meeting("two met ", "", 4), 2, 1},
		{"another place", meeting("one met ", "Geneva", 3), meeting("two met ", "Oslo", 3), 2, 1},
	} {
		d := joined(c.a, c.b)
		if len(d.Events) != c.want || len(d.Events[0].Claims) != c.says {
			t.Errorf("%s: %d events, %d claims, want %d and %d", c.name, len(d.Events), len(d.Events[0].Claims), c.want, c.says)
		}
	}
}

// All that refers to a token, a byte or another entry refers to the same as in
// the piece.
func TestReferences(t *testing.T) {
	d := joined(meeting("one met ", "", 3), meeting("two spoke ", "", 4))
	s, e := d.Statements[1], d.Events[1]
	if got := d.Slice(s.Content[0]) + " " + d.Form(s.Cue.Head) + " " + d.Form(e.Triggers[0]) + " " + d.Slice(e.Evidence[0]) + " " + d.Slice(e.Time.Span); got != "spoke spoke spoke spoke spoke" {
		t.Errorf("words of the second piece: %q", got)
	}
	if s.About[0] != 1 || e.Claims[0].Statement != 1 || s.Source.Actor != 0 || e.Topics[0] != 0 || len(d.Issues) != 1 || len(d.Issues[0].Evidence) != 2 {
		t.Errorf("references of the second piece: %+v\n%+v", s, e)
	}
	if b := d.Blocks[1]; d.Text[b.Bytes.Begin:b.Bytes.End] != "two spoke " || b.Span != d.Sentences[1] || b.Span != (doc.Span{Begin: 2, End: 4}) {
		t.Errorf("second block %+v, sentence %v", b, d.Sentences[1])
	}
	if got := d.SentenceOf(3); got != d.Sentences[1] {
		t.Errorf("SentenceOf(3) = %v", got)
	}
	if d.Has != kept {
		t.Errorf("Has = %v, want %v", d.Has, kept)
	}
}

// A piece that begins within a paragraph goes on with it.
func TestInside(t *testing.T) {
	j := NewJoiner("one met two spoke ", doc.Meta{})
	j.Add(piece("one met "), 0, false)
	j.Add(piece("two spoke "), 8, true)
	if b := j.Document().Blocks; len(b) != 1 || b[0].Span != (doc.Span{Begin: 0, End: 4}) || b[0].Bytes.End != 18 {
		t.Errorf("blocks %+v, want one of four tokens", b)
	}
}

func TestBreakCycles(t *testing.T) {
	list := []doc.Issue{{PartOf: 1}, {PartOf: 2}, {PartOf: 0}, {PartOf: 2}}
	breakCycles(list)
	var got []doc.IssueID
	for _, v := range list {
		got = append(got, v.PartOf)
	}
	if want := []doc.IssueID{doc.None, 2, 0, 2}; !slices.Equal(got, want) {
		t.Errorf("PartOf %v, want %v", got, want)
	}
}
