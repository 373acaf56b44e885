package view

import (
	"strings"

	"readout/reading"
)

// statements lists who said what, in text order. A relayed statement stands
// under the one that relays it only by its words: it has a line of its own.
func (p *Page) statements() Section {
	sec := Section{ID: Said, Name: "Who said what", None: "Nobody is reported to have said anything."}
	for i := range p.r.Statements {
		sec.Lines = append(sec.Lines, p.statement(&p.r.Statements[i]))
	}
	return sec
}

func (p *Page) statement(s *reading.Statement) Line {
	l := Line{ID: s.ID, Words: append([]reading.Span{}, s.Content...)}
	if s.Source.Span != nil {
		l.Words = append(l.Words, *s.Source.Span)
	}
	l.Runs = append(l.Runs, Run{Text: capital(p.source(s)), Style: Strong, Actor: s.Source.Actor})
	cue := "says"
	if s.Cue != nil {
		cue = uncapital(p.Slice(s.Cue.Span))
		l.Words = append(l.Words, s.Cue.Span)
	}
	switch {
	case s.Form == "silence":
		l.Mark = "silent"
		l.Runs = append(l.Runs, Run{Text: " — " + cue})
	case s.Source.Standing == "unattributed" && s.Cue != nil:
		// "Reportedly" is all there is of the speaker: it is not said twice.
		l.Runs = []Run{{Text: capital(cue), Style: Strong}, {Text: ": "}, {Text: shorten(p.slices(s.Content), maxQuoted)}}
	case strings.EqualFold(cue, "according to"):
		// The one cue that stands before its speaker in every sentence.
		l.Runs = []Run{{Text: "According to ", Style: Faint}, {Text: p.source(s), Style: Strong, Actor: s.Source.Actor}, {Text: ": "},
			{Text: shorten(p.slices(s.Content), maxQuoted)}}
	default:
		l.Runs = append(l.Runs, Run{Text: " " + cue, Style: Faint}, Run{Text: ": "}, Run{Text: shorten(p.slices(s.Content), maxQuoted)})
	}
	if k := p.terms(s); k != "" {
		l.Runs = append(l.Runs, Run{Text: "  " + k, Style: Faint})
	}
	if len(s.RespondsTo) > 0 && s.Form == "silence" {
		l.Details = append(l.Details, Detail{Label: "on", Text: p.shortStatement(s.RespondsTo[0])})
	}
	return l
}

// source is the name of who speaks, and for one who is not named the words that
// are said of it.
func (p *Page) source(s *reading.Statement) string {
	a := p.actor(s.Source.Actor)
	switch {
	case s.Source.Standing == "anonymous" && s.Source.Span != nil, a == nil && s.Source.Span != nil:
		return p.Slice(*s.Source.Span)
	case a != nil:
		return p.name(a.ID)
	}
	return "somebody"
}

// terms says how it was said: standing, channel, addressee, relay, record, time.
func (p *Page) terms(s *reading.Statement) string {
	var out []string
	if s.Source.Standing != "" && s.Source.Standing != "named" {
		out = append(out, s.Source.Standing)
	}
	if names := p.refs(s.Via); names != "" {
		out = append(out, "as told by "+names)
	}
	if names := p.refs(s.To); names != "" {
		out = append(out, "to "+names)
	}
	if c := s.Channel; c != nil {
		words := strings.ReplaceAll(c.Kind, "-", " ")
		if c.Text != "" && !strings.EqualFold(c.Text, words) {
			words += ", " + c.Text
		}
		out = append(out, words)
	}
	if s.Record != "" && s.Record != "on" {
		out = append(out, s.Record)
	}
	if s.Time != nil {
		// The terms stand in parentheses already.
		out = append(out, strings.NewReplacer(" (", ", ", ")", "").Replace(timeText(s.Time)))
	}
	if len(out) == 0 {
		return ""
	}
	return "(" + strings.Join(out, "; ") + ")"
}

// refs names those whom refs point at, each once.
func (p *Page) refs(refs []reading.Ref) string {
	var names []string
	for _, v := range refs {
		if n := p.name(v.Actor); !contains(names, n) {
			names = append(names, n)
		}
	}
	return list(names)
}

func (p *Page) shortStatement(id string) string {
	for i := range p.r.Statements {
		if s := &p.r.Statements[i]; s.ID == id {
			text := capital(p.source(s)) + ": " + p.slices(s.Content)
			return shorten(text, 100)
		}
	}
	return ""
}

func (p *Page) topics(ids []string) []string {
	var out []string
	for _, id := range ids {
		for _, v := range p.r.Issues {
			if v.ID == id {
				out = append(out, v.Topic)
			}
		}
	}
	return out
}

// issues lists what is on the table, each party's stance, and the proposals.
func (p *Page) issues() Section {
	sec := Section{ID: Table, Name: "On the table", None: "No issue was found."}
	for i := range p.r.Issues {
		v := &p.r.Issues[i]
		l := Line{ID: v.ID, Words: v.Evidence, Runs: []Run{{Text: capital(v.Topic), Style: Strong}}}
		if len(v.Concerning) > 0 {
			var names []string
			for _, c := range v.Concerning {
				names = append(names, p.name(c.Actor))
			}
			l.Runs = append(l.Runs, Run{Text: ", concerning " + list(names)})
		}
		if part := p.topics([]string{v.PartOf}); len(part) > 0 {
			l.Runs = append(l.Runs, Run{Text: "  part of " + part[0], Style: Faint})
		}
		l.Details = append(p.stances(v), p.offers(v)...)
		sec.Lines = append(sec.Lines, l)
	}
	return sec
}

func (p *Page) stances(v *reading.Issue) []Detail {
	var out []Detail
	for _, stance := range []string{"supports", "opposes", "seeks", "offers", "drafts", "discusses", "undecided"} {
		d := Detail{Label: stance}
		var names []string
		for _, x := range v.Positions {
			if x.Stance != stance {
				continue
			}
			if n := p.name(x.Actor); !contains(names, n) {
				names = append(names, n)
			}
			if x.Span != nil {
				d.Words = append(d.Words, *x.Span)
			}
		}
		if len(names) > 0 {
			d.Text = list(names)
			out = append(out, d)
		}
	}
	return out
}

func (p *Page) offers(v *reading.Issue) []Detail {
	var out []Detail
	for _, x := range v.Proposals {
		text := shorten(p.slices(x.Terms), maxQuoted)
		if len(x.By) > 0 {
			text = p.names(x.By) + ": " + text
		}
		out = append(out, Detail{Label: "proposal, " + x.Status, Text: text, Words: x.Terms})
	}
	return out
}
