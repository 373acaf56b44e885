package eval

import (
	"testing"

	"readout/reading"
)

// A reading of two sentences about invented people, and what must and must not
// hold of it.
const talksText = "Varga announced a meeting between Okoye and Lindqvist. She spoke to Okoye by phone for 40 minutes."

func talks() *reading.Reading {
	person := func(id, name string, b, e int) reading.Actor {
		return reading.Actor{ID: id, Name: name, Kind: "person", Mentions: []reading.Mention{{Span: reading.Span{b, e}, Form: "name"}}}
	}
	return &reading.Reading{
		Document: reading.Document{Text: talksText},
		Actors:   []reading.Actor{person("a1", "Ilona Varga", 0, 5), person("a2", "Chidi Okoye", 34, 39), person("a3", "Maja Lindqvist", 44, 53)},
		Statements: []reading.Statement{{
			ID: "s1", Form: "indirect", Source: reading.Source{Actor: "a1", Span: &reading.Span{0, 5}, Standing: "named"},
			Cue: &reading.Cue{Span: reading.Span{6, 15}, Lemma: "announce", Act: "announce"}, Content: []reading.Span{{16, 53}}, About: []string{"e1"},
		}},
		Events: []reading.Event{
			{
				ID: "e1", Kind: "meeting", Status: "planned", Evidence: []reading.Span{{0, 54}},
				Participants: []reading.Participant{{Actor: "a1", As: "organiser"}, {Actor: "a2", As: "participant"}, {Actor: "a3", As: "participant"}},
				Claims:       []reading.Claim{{By: "a1", Statement: "s1", Line: "announced", Status: "planned"}},
			},
			{
				ID: "e2", Kind: "call", Status: "occurred", Evidence: []reading.Span{{55, 98}}, Duration: &reading.Duration{Minutes: 40, Span: reading.Span{84, 97}},
				Participants: []reading.Participant{{Actor: "a1", As: "initiator"}, {Actor: "a2", As: "target"}},
				Links:        []reading.Link{{As: "follows", To: "e1"}},
			},
		},
	}
}

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		item string
		want bool
	}{
		{`"events": {"kind": "meeting", "participants": ["Okoye", "Lindqvist"], "without": "Varga", "only": true}`, true},
		{`"events": {"kind": "meeting", "participants": ["Okoye", "Varga"]}`, false},
		{`"events": {"as": {"Nobody|Varga": ["organiser", "mediator"]}, "claims": [{"by": "Varga", "line": "announced"}]}`, true},
		{`"events": {"kind": "call", "minutes": 40}, "exactly": 1`, true},
		{`"events": {"kind": "call", "minutes": 41}`, false},
		{`"events": {"kind": "meeting", "status": "occurred"}, "absent": true`, true},
		{`"events": {"kind": "meeting"}, "absent": true`, false},
		{`"events": {"kind": ["meeting", "call"]}, "at_most": 1`, false},
		{`"events": {"links": {"during|follows": {"status": "planned"}}}`, true},
		{`"events": {"asserted": {"standing": "named"}}`, true},
		{`"events": {"conditions": "once"}`, false},
		{`"events": {"kind": ["meeting", "call"]}, "share": 0.7, "among": [{"kind": "meeting"}, {"kind": "call", "participants": ["Varga"]}]`, true},
		{`"events": {"kind": ["meeting", "call"]}, "share": 0.7, "among": [{"kind": "meeting"}]`, false},
		{`"statements": {"source": "Varga", "act": "announce", "content": "meetings between Okoye and the Lindqvist", "about": {"kind": "meeting"}}`, true},
		{`"statements": {"source_text": "Varga", "cue": ["say", "announce"]}`, true},
		{`"statements": {"source": "Okoye"}`, false},
		{`"actors": {"name": "Chidi Okoye", "kind": "person"}, "exactly": 1`, true},
		{`"issues": {"topic": "border"}`, false},
	} {
		e, err := ParseExpectation([]byte(`{"expect": [{"id": "x", ` + c.item + `}]}`))
		if err != nil {
			t.Errorf("%s: %v", c.item, err)
			continue
		}
		got, err := Check(talks(), e)
		if err != nil || got[0].OK != c.want {
			t.Errorf("Check(%s) = %v, %v, want %v", c.item, got, err, c.want)
		}
	}
}

func TestParseExpectationRefuses(t *testing.T) {
	for _, s := range []string{
		`{"expect": [{"id": "a", "events": {"kinds": "meeting"}}]}`,
		`{"expect": [{"id": "a"}]}`,
		`{"expect": [{"id": "a", "events": {}, "actors": {}}]}`,
		`{`,
	} {
		if e, err := ParseExpectation([]byte(s)); err == nil {
			t.Errorf("ParseExpectation(%s) = %v, want an error", s, e)
		}
	}
}

func TestFaults(t *testing.T) {
	if f := Faults(talks()); len(f) != 0 {
		t.Errorf("Faults of a sound reading = %q", f)
	}
	for name, spoil := range map[string]func(*reading.Reading){
		"span beyond the text": func(r *reading.Reading) { r.Events[0].Evidence[0][1] = 999 },
		"empty span":           func(r *reading.Reading) { r.Statements[0].Content[0] = reading.Span{3, 3} },
		"mention of two":       func(r *reading.Reading) { r.Actors[1].Mentions[0].Span = r.Actors[0].Mentions[0].Span },
		"reference to nothing": func(r *reading.Reading) { r.Events[0].Claims[0].Statement = "s9" },
		"no evidence":          func(r *reading.Reading) { r.Events[0].Evidence = nil },
		"content given out": func(r *reading.Reading) {
			for range 3 {
				r.Statements = append(r.Statements, r.Statements[0])
			}
		},
	} {
		r := talks()
		spoil(r)
		if f := Faults(r); len(f) != 1 {
			t.Errorf("%s: Faults = %q, want one", name, f)
		}
	}
}
