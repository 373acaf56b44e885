package sheet_test

import (
	"testing"

	"readout/record"
	"readout/sheet"
)

func TestSentence(t *testing.T) {
	two := []record.Part{{As: "participant", Name: "Ana", Origins: 1}, {As: "participant", Name: "Bo", Origins: 1}}
	for _, c := range []struct {
		e    record.Event
		want string
	}{
		{record.Event{Kind: "call", Participants: two, From: "2024-05-03", To: "2024-05-03", Granularity: "day", Status: record.Status{Value: "occurred"}},
			"A phone call of Ana and Bo took place on 3 May 2024."},
		{record.Event{Kind: "negotiation", Participants: two, Place: "Geneva", From: "2024-05-01", To: "2024-05-31", Granularity: "month", Status: record.Status{Value: "planned"},
			Lines: []record.PartyLine{{Side: "NOR", Name: "Norway", Line: "announced"}}}, "Talks of Ana and Bo in Geneva are planned (May 2024); announced by Norway."},
		{record.Event{Kind: "call", Participants: []record.Part{{As: "initiator", Name: "Ana"}, {As: "target", Name: "Bo"}}, Status: record.Status{Value: "conditional"}},
			"A phone call from Ana to Bo is planned on a condition."},
		{record.Event{Kind: "agreement", Status: record.Status{Value: record.StatusDisputed, Rule: "denied by a party, and held to by others"}},
			"An agreement is disputed: denied by a party, and held to by others."},
		{record.Event{Kind: "negotiation", From: "2024-05-03", To: "2024-05-03", Granularity: "day", Status: record.Status{Value: record.StatusLapsed}},
			"Talks on 3 May 2024 were to come, and the day has gone by without a report."},
		{record.Event{Kind: "visit", Participants: []record.Part{{As: "host", Name: "Jordan"}}, Place: "Amman", Status: record.Status{Value: "possible"}},
			"A visit, host Jordan in Amman is spoken of."},
	} {
		if got := sheet.Sentence(&c.e); got != c.want {
			t.Errorf("Sentence(%s, %s) = %q, want %q", c.e.Kind, c.e.Status.Value, got, c.want)
		}
	}
}
