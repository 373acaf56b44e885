package view

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"readout/reading"
)

// event is one line about an event: what it is, who took part, where, when, how
// long; under it who says so, what it waits for, and what it is tied to.
func (p *Page) event(e *reading.Event) Line {
	l := Line{ID: e.ID, Mark: e.Status, Words: e.Evidence}
	l.Runs = append(l.Runs, Run{Text: capital(eventNoun(e)), Style: Strong})
	l.Runs = append(l.Runs, p.parts(e)...)
	if e.Place != nil {
		place := e.Place.Name
		if e.Place.Within != "" {
			place += ", " + e.Place.Within
		}
		l.Runs = append(l.Runs, Run{Text: " · " + place})
	}
	if e.Time != nil {
		l.Runs = append(l.Runs, Run{Text: " · " + timeText(e.Time)})
	}
	if e.Duration != nil {
		l.Runs = append(l.Runs, Run{Text: " · " + e.Duration.Text})
	}
	if len(e.Topics) > 0 {
		l.Runs = append(l.Runs, Run{Text: " · on " + list(p.topics(e.Topics)), Style: Faint})
	}
	for _, c := range e.Conditions {
		if c.Span != nil {
			l.Details = append(l.Details, Detail{"waits for", quoted(shorten(p.Slice(*c.Span), maxQuoted)), []reading.Span{*c.Span}})
		}
	}
	if e.Deadline != nil {
		l.Details = append(l.Details, Detail{"due", timeText(e.Deadline), []reading.Span{e.Deadline.Span}})
	}
	l.Details = append(l.Details, p.claims(e)...)
	for _, k := range e.Links {
		if k.As == "requires" && len(e.Conditions) > 0 {
			continue
		}
		l.Details = append(l.Details, Detail{Label: linkWords[k.As], Text: p.shortEvent(k.To)})
	}
	return l
}

var linkWords = map[string]string{
	"requires": "requires", "follows": "after", "during": "during", "part-of": "part of", "same-as": "same as", "about": "about",
}

// eventNoun names an event by its kind and format: "phone call", "signing".
func eventNoun(e *reading.Event) string {
	switch {
	case e.Kind == "call" && e.Format == "video":
		return "video call"
	case e.Kind == "call":
		return "phone call"
	case e.Kind == "negotiation":
		return "talks"
	case e.Kind == "vote", e.Kind == "attack", e.Kind == "release", e.Kind == "threat":
		return e.Kind
	case e.Kind == "aid":
		return "aid"
	case e.Kind == "other":
		return "event"
	}
	return e.Kind
}

func capital(s string) string {
	if s == "" {
		return s
	}
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// uncapital undoes the capital of a sentence's first word: "According to".
func uncapital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if next, _ := utf8.DecodeRuneInString(s[n:]); unicode.IsUpper(next) {
		return s
	}
	return string(unicode.ToLower(r)) + s[n:]
}

// parts lists who takes part, then who has another part in it.
func (p *Page) parts(e *reading.Event) []Run {
	groups := map[string][]string{}
	for _, x := range e.Participants {
		if n := p.name(x.Actor); !contains(groups[x.As], n) {
			groups[x.As] = append(groups[x.As], n)
		}
	}
	var out []Run
	if in, to := groups["initiator"], groups["target"]; len(in) > 0 && len(to) > 0 {
		out = append(out, Run{Text: ": " + list(in) + " → " + list(append(to, groups["participant"]...))})
	} else {
		who := append(append(append([]string{}, in...), groups["participant"]...), to...)
		if len(who) > 0 {
			out = append(out, Run{Text: ": " + list(who)})
		}
	}
	for _, part := range []struct{ as, words string }{
		{"visitor", "visitor"}, {"host", "host"}, {"mediator", "mediated by"}, {"organiser", "organised by"},
		{"drafter", "drafted by"}, {"invited", "invited"}, {"absent", "without"},
	} {
		if len(groups[part.as]) > 0 {
			out = append(out, Run{Text: ", " + part.words + " " + list(groups[part.as])})
		}
	}
	return out
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// claims gathers the parties by their line. The article's own voice is shown
// only where nobody else asserts the event.
func (p *Page) claims(e *reading.Event) []Detail {
	var out []Detail
	for _, line := range []struct{ line, label string }{
		{"announced", "announced by"}, {"confirmed", "confirmed by"}, {"hedged", "hedged by"}, {"denied", "denied by"}, {"silent", "silent"},
	} {
		var names []string
		d := Detail{Label: line.label}
		for _, c := range e.Claims {
			if c.Line != line.line || c.By == "" && c.Statement == "" {
				continue
			}
			n := p.claimant(c)
			if !contains(names, n) {
				names = append(names, n)
			}
			if c.Span != nil {
				d.Words = append(d.Words, *c.Span)
			}
		}
		if len(names) > 0 {
			d.Text = list(names)
			out = append(out, d)
		}
	}
	return out
}

func (p *Page) claimant(c reading.Claim) string {
	if c.By != "" {
		return p.name(c.By)
	}
	for i := range p.r.Statements {
		if s := &p.r.Statements[i]; s.ID == c.Statement && s.Source.Span != nil {
			return "“" + p.Slice(*s.Source.Span) + "”"
		}
	}
	return "somebody not named"
}

func (p *Page) shortEvent(id string) string {
	for i := range p.r.Events {
		if e := &p.r.Events[i]; e.ID == id {
			s := eventNoun(e)
			for _, r := range p.parts(e) {
				s += r.Text
			}
			if e.Place != nil {
				s += " · " + e.Place.Name
			}
			return shorten(s, 100)
		}
	}
	return ""
}

// timeText gives a time as the article words it, and the days it stands for
// where the words do not say them.
func timeText(t *reading.Time) string {
	when := interval(t)
	if when == "" || strings.Contains(t.Text, when) {
		return t.Text
	}
	return t.Text + " (" + when + ")"
}

// interval is the days of a time: "6 May 2024", "June 2024", "6 – 12 May 2024".
func interval(t *reading.Time) string {
	from, err := time.Parse(time.DateOnly, t.From[:min(len(t.From), 10)])
	if err != nil {
		return ""
	}
	to, err := time.Parse(time.DateOnly, t.To[:min(len(t.To), 10)])
	switch {
	case err != nil || from.Equal(to):
		return from.Format("2 Jan 2006")
	case from.Day() == 1 && to.Equal(from.AddDate(0, 1, -1)):
		return from.Format("January 2006")
	case from.YearDay() == 1 && to.Equal(from.AddDate(1, 0, -1)):
		return from.Format("2006")
	case from.Year() == to.Year() && from.Month() == to.Month():
		return from.Format("2") + " – " + to.Format("2 Jan 2006")
	case from.Year() == to.Year():
		return from.Format("2 Jan") + " – " + to.Format("2 Jan 2006")
	}
	return from.Format("2 Jan 2006") + " – " + to.Format("2 Jan 2006")
}
