package sheet_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"readout/record"
	"readout/sheet"
)

func somebody(as, name, kind, side string) record.Part {
	return record.Part{As: as, Name: name, Key: strings.ToLower(strings.ReplaceAll(name, " ", "-")), Kind: kind, Side: side, Origins: 1}
}

func accounts(list ...string) []record.Mention {
	var out []record.Mention
	for i, outlet := range list {
		w := record.Witness{Article: "v" + string(rune('a'+i)) + "0000000", Outlet: outlet, Title: "A title", URL: "https://example.org/" + outlet, Published: "2024-05-0" + string(rune('1'+i)), Words: "Words of " + outlet + "."}
		out = append(out, record.Mention{ID: "e" + string(rune('a'+i)) + "0000000", Origin: w.Article, Witness: w})
	}
	return out
}

// event makes an event that the articles tell of; its status rests on by, or on
// the articles themselves.
func event(kind, status, by string, party bool, day, place string, parts ...record.Part) *record.Event {
	e := &record.Event{ID: "e1234567890", Kind: kind, Participants: parts, Place: place, From: day, To: day, Granularity: "day", Mentions: accounts("Courier"), Articles: 1, Origins: 1, First: "2024-05-01", Last: "2024-05-01"}
	e.Status = record.Status{Value: status, Rests: []record.Claim{{By: by, Party: party, Witness: e.Mentions[0].Witness}}}
	if status == record.StatusLapsed {
		e.Status.Rule = "planned, and its day has gone by without a report"
	}
	return e
}

// TestBriefSentences: the English of kinds, statuses, participants and sources.
func TestBriefSentences(t *testing.T) {
	ana, bo, cy := somebody("participant", "Ana Alvarez", "person", "ESP"), somebody("participant", "Bo Berg", "person", "NOR"), somebody("participant", "Cy Cole", "person", "GBR")
	un := somebody("participant", "United Nations", "organization", "UNO")
	as := func(as string, p record.Part) record.Part { p.As = as; return p }
	twice := func(e *record.Event) *record.Event {
		e.Mentions, e.Articles, e.Origins = accounts("Courier", "Herald"), 2, 2
		e.Status.Rests = append(e.Status.Rests, record.Claim{Witness: e.Mentions[1].Witness})
		return e
	}
	with := func(e *record.Event, f func(*record.Event)) *record.Event { f(e); return e }
	const day = "2024-05-03"
	for _, c := range []struct {
		e    *record.Event
		want string
	}{
		{twice(event("meeting", "occurred", "", false, day, "Geneva", ana, bo)), "Ana Alvarez and Bo Berg met in Geneva.[1,2]"},
		{event("meeting", "occurred", "", false, day, "Geneva", ana, bo, un), "Ana Alvarez, Bo Berg and the United Nations met in Geneva, according to one report (Courier).[1]"},
		{event("meeting", "occurred", "Ana Alvarez", true, day, "", ana, bo), "Ana Alvarez and Bo Berg met, according to Ana Alvarez.[1]"},
		{event("meeting", "occurred", "senior official", false, day, "", ana, bo), "Ana Alvarez and Bo Berg met, according to a senior official (Courier).[1]"},
		{event("meeting", "occurred", "one of them", false, day, "", ana, bo), "Ana Alvarez and Bo Berg met, according to a source who is not named (Courier).[1]"},
		{event("meeting", "occurred", "UN official", true, day, "", un, bo), "The United Nations and Bo Berg met, according to a UN official.[1]"},
		{twice(event("meeting", "occurred", "", false, day, "", somebody("participant", "UN Security Council", "organization", "UNO"))), "The UN Security Council met.[1,2]"},
		{twice(event("meeting", "occurred", "", false, day, "same palace", ana)), "Ana Alvarez took part in a meeting.[1,2]"},
		{twice(event("meeting", "ongoing", "", false, day, "Beau-Rivage Palace", ana, bo)), "Ana Alvarez and Bo Berg are meeting at the Beau-Rivage Palace.[1,2]"},
		{twice(event("call", "occurred", "", false, day, "Ankara", ana, bo)), "Ana Alvarez and Bo Berg spoke by telephone.[1,2]"},
		{twice(event("call", "occurred", "", false, day, "", as("initiator", ana), as("target", bo))), "Ana Alvarez telephoned Bo Berg.[1,2]"},
		{twice(with(event("call", "occurred", "", false, day, "", ana, bo), func(e *record.Event) { e.Format = "video" })), "Ana Alvarez and Bo Berg spoke by video link.[1,2]"},
		{twice(event("negotiation", "ongoing", "", false, day, "Abu Dhabi, United Arab Emirates", ana)), "Ana Alvarez is holding talks in Abu Dhabi, the United Arab Emirates.[1,2]"},
		{twice(event("visit", "occurred", "", false, day, "Algiers", as("visitor", ana))), "Ana Alvarez visited Algiers.[1,2]"},
		{twice(event("visit", "occurred", "", false, day, "United States", as("visitor", ana))), "Ana Alvarez visited the United States.[1,2]"},
		{event("attack", "occurred", "", false, day, "", as("initiator", ana), as("target", somebody("target", "Black Sea Fleet", "organization", "RUS"))), "One report (Courier) tells of an attack by Ana Alvarez on the Black Sea Fleet: “Words of Courier.”[1]"},
		{twice(event("agreement", "occurred", "", false, day, "", ana, bo, as("mediator", cy))), "Several reports tell of an agreement between Ana Alvarez and Bo Berg, mediated by Cy Cole: “Words of Courier.”[1,2]"},
		{event("exchange", "occurred", "Bo Berg", true, day, "", ana, bo, cy), "Bo Berg spoke of an exchange with Ana Alvarez and Cy Cole: “Words of Courier.”[1]"},

		{event("meeting", "planned", "Ana Alvarez", true, day, "Geneva", ana, bo), "Ana Alvarez and Bo Berg are to meet in Geneva, according to Ana Alvarez.[1]"},
		{twice(event("visit", "planned", "", false, day, "Moscow", as("visitor", ana))), "Ana Alvarez is to visit Moscow.[1,2]"},
		{twice(with(event("negotiation", "conditional", "", false, day, "", ana, bo), func(e *record.Event) {
			e.Conditions = []record.Waits{{As: "requires", Witness: record.Witness{Article: "va0000000", Words: "only if the border reopens"}}}
		})), "Ana Alvarez and Bo Berg are to hold talks, on a condition.[1,2] The condition, in the words of the article: “only if the border reopens”.[3]"},
		{event("meeting", "occurred", "Abdel Fattah el-Sisi", false, day, "", ana, bo), "Ana Alvarez and Bo Berg met, according to Abdel Fattah el-Sisi (Courier).[1]"},
		{event("meeting", "occurred", "Russian foreign ministry", true, day, "", ana, bo), "Ana Alvarez and Bo Berg met, according to the Russian foreign ministry.[1]"},
		{event("meeting", "proposed", "Cy Cole", false, day, "", ana, bo), "A meeting between Ana Alvarez and Bo Berg has been proposed, according to Cy Cole (Courier).[1]"},
		{event("negotiation", "possible", "diplomats", false, day, "", ana, bo), "Talks between Ana Alvarez and Bo Berg have been spoken of as possible, according to diplomats (Courier).[1]"},
		{twice(event("agreement", "planned", "", false, day, "", ana, bo)), "An agreement between Ana Alvarez and Bo Berg is planned: “Words of Courier.”[1,2]"},
		{with(event("meeting", "planned", "Ana Alvarez", true, day, "", ana, bo), func(e *record.Event) {
			e.Lines = []record.PartyLine{
				{Side: "NOR", Name: "Norway", Line: "confirmed", By: "Bo Berg", Day: "2024-05-02", Witness: &record.Witness{Article: "vb0000000", Words: "Yes."}},
				{Side: "GBR", Name: "United Kingdom", Line: "silent", By: "United Kingdom", Day: "2024-05-02", Witness: &record.Witness{Article: "vb0000000", Words: "No comment."}},
			}
		}), "Ana Alvarez and Bo Berg are to meet, according to Ana Alvarez.[1] For Norway, Bo Berg confirmed it on 2 May 2024.[2] The United Kingdom is reported on 2 May 2024 to have said nothing of it.[3]"},
		{with(event("meeting", "planned", "Ana Alvarez", true, "2024-05-10", "", ana, bo), func(e *record.Event) {
			e.Dates = []record.Dated{{From: "2024-05-07", To: "2024-05-07", Known: "2024-05-01", Witness: e.Mentions[0].Witness}, {From: "2024-05-10", To: "2024-05-10", Known: "2024-05-04", Witness: e.Mentions[0].Witness}}
		}), "Ana Alvarez and Bo Berg are to meet, according to Ana Alvarez.[1] Another day, 7 May 2024, was given for it in a report of 1 May 2024.[1]"},

		{event("meeting", "denied", "Ana Alvarez", true, day, "", ana, bo), "Ana Alvarez denied or ruled out a meeting with Bo Berg: “Words of Courier.”[1]"},
		{event("call", "denied", "Ana Alvarez", true, day, "", as("initiator", ana), as("target", bo)), "Ana Alvarez denied or ruled out a telephone call with Bo Berg: “Words of Courier.”[1]"},
		{event("visit", "postponed", "Ana Alvarez", true, day, "Oslo", as("visitor", ana)), "A visit by Ana Alvarez to Oslo has been put off, according to Ana Alvarez.[1] The last day given for it is 3 May 2024.[1]"},
		{event("negotiation", "cancelled", "", false, day, "", ana, bo), "Talks between Ana Alvarez and Bo Berg have been called off, according to one report (Courier).[1]"},
		{event("visit", record.StatusLapsed, "UN spokesman", true, day, "Moscow", as("visitor", ana)), "A visit by Ana Alvarez to Moscow was planned for 3 May 2024, according to a UN spokesman.[1] No report was found of whether it took place.[1]"},
		{with(event("meeting", record.StatusDisputed, "Bo Berg", true, day, "Lima", ana, bo), func(e *record.Event) {
			e.Status.Rests = append(e.Status.Rests, record.Claim{Status: "occurred", Witness: e.Mentions[0].Witness})
		}), "Accounts differ on a meeting between Ana Alvarez and Bo Berg in Lima: one report (Courier) says that it took place, Bo Berg denies it.[1]"},
	} {
		v := &record.Brief{}
		name := "The latest"
		switch c.e.Status.Value {
		case "occurred", "ongoing":
			v.Recent = []*record.Event{c.e}
		case "planned", "conditional", "proposed", "possible":
			v.Planned, name = []*record.Event{c.e}, "What is planned"
		default:
			v.Open, name = []*record.Event{c.e}, "What is open, off or overdue"
		}
		b := sheet.Brief(v, "")
		if got := section(t, b, name, c.e); got != c.want {
			t.Errorf("%s, %s:\n got %s\nwant %s", c.e.Kind, c.e.Status.Value, got, c.want)
		}
	}
}

// section is the one paragraph of a section of a briefing, with its notes.
func section(t *testing.T, b *sheet.Briefing, name string, e *record.Event) string {
	t.Helper()
	for _, s := range b.Sections {
		if s.Name != name {
			continue
		}
		if len(s.Paras) != 1 {
			t.Fatalf("%s, %s: %d paragraphs in %q", e.Kind, e.Status.Value, len(s.Paras), name)
		}
		var out []string
		for _, x := range s.Paras[0].Sentences {
			out = append(out, x.Text+strings.ReplaceAll(fmt.Sprint(x.Notes), " ", ","))
		}
		return strings.Join(out, " ")
	}
	t.Fatalf("no section %q", name)
	return ""
}

// TestBriefEscapes: what articles say cannot become markup, nor an address a
// script.
func TestBriefEscapes(t *testing.T) {
	bad := `<script>alert(1)</script>[x](javascript:alert(1))`
	e := event("agreement", "occurred", bad, true, "2024-05-03", "", somebody("participant", bad, "person", ""), somebody("participant", "Bo", "person", ""))
	e.Mentions[0].Witness = record.Witness{Article: "va0000000", Outlet: bad, Title: bad, URL: "javascript:alert(1)", Words: bad}
	e.Status.Rests[0].Witness = e.Mentions[0].Witness
	b := sheet.Brief(&record.Brief{Recent: []*record.Event{e}}, bad)
	var page, md bytes.Buffer
	if err := b.HTML(&page); err != nil {
		t.Fatal(err)
	}
	if err := b.Markdown(&md); err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]string{"HTML": page.String(), "Markdown": md.String()} {
		if strings.Contains(s, "<script>") || strings.Contains(s, `href="javascript`) || name == "Markdown" && strings.Contains(strings.ReplaceAll(s, `\]`, ""), "](") {
			t.Errorf("%s lets markup through:\n%s", name, s)
		}
	}
	if strings.Contains(page.String(), "http://") || strings.Contains(page.String(), "src=") {
		t.Error("the page asks for something beside itself")
	}
}

// FuzzBrief: whatever articles call people, places and themselves, a briefing has
// its notes, and its page no markup of theirs.
func FuzzBrief(f *testing.F) {
	f.Add("Ana Alvarez", "el-Sisi", "Geneva, Switzerland", "“We agree,” she said.", "https://example.org/x", uint8(0))
	f.Add("", " ", ", ", "\"", "javascript:x", uint8(3))
	f.Add("the", "of", "of the", "’", "http://\"><b>", uint8(7))
	f.Add("Group of", "UN", "United Arab Emirates", "<i>", "", uint8(20))
	kinds := strings.Fields("meeting call visit negotiation mediation agreement signing attack threat sanction aid exchange other")
	statuses := strings.Fields("occurred ongoing planned conditional proposed possible postponed cancelled denied disputed lapsed")
	f.Fuzz(func(t *testing.T, name, by, place, words, url string, n uint8) {
		e := event(kinds[int(n)%len(kinds)], statuses[int(n)%len(statuses)], by, n%2 == 0, "2024-05-03", place, record.Part{As: "participant", Name: name, Origins: 1}, somebody("target", by, "organization", "X"))
		e.Mentions[0].Witness.Words, e.Mentions[0].Witness.URL = words, url
		e.Status.Rests[0].Witness = e.Mentions[0].Witness
		e.Lines = []record.PartyLine{{Side: "X", Name: by, Line: "silent", By: name, Witness: &e.Mentions[0].Witness}}
		b := sheet.Brief(&record.Brief{Recent: []*record.Event{e}, Planned: []*record.Event{e}, Open: []*record.Event{e}, Differ: []record.Disagreement{{Event: e, What: "outcome"}}}, name)
		for _, s := range b.Sections {
			for _, p := range s.Paras {
				for _, x := range p.Sentences {
					if strings.TrimSpace(x.Text) == "" || len(x.Notes) == 0 {
						t.Fatalf("%q has the notes %v", x.Text, x.Notes)
					}
				}
			}
		}
		var page bytes.Buffer
		if err := b.HTML(&page); err != nil {
			t.Fatal(err)
		}
		if s := page.String(); strings.Count(s, "<b>")+strings.Count(s, "<i>")+strings.Count(s, "<script") > 0 {
			t.Fatalf("markup of others in the page: %s", s)
		}
		if err := b.Markdown(&page); err != nil {
			t.Fatal(err)
		}
		if err := b.Text(&page, sheet.TextConfig{}); err != nil {
			t.Fatal(err)
		}
	})
}
