package sheet

import (
	"slices"
	"strings"

	"readout/record"
)

// The second half of a briefing: who stands where, what accounts differ on, what
// is not known, and the summary of it all.

// Limits of the positions: issues, and parties on each.
const maxIssues, maxParties = 8, 8

// newest are the positions on an issue that a briefing tells, the newest, by the
// party's name. Who is nobody in particular has none.
func newest(cells []record.Cell) []*record.Cell {
	var out []*record.Cell
	for i := range cells {
		if _, is := described(cells[i].Party); !is {
			out = append(out, &cells[i])
		}
	}
	slices.SortStableFunc(out, func(a, b *record.Cell) int { return strings.Compare(b.Day, a.Day) })
	out = out[:min(len(out), maxParties)]
	slices.SortFunc(out, func(a, b *record.Cell) int { return strings.Compare(a.Party, b.Party) })
	return out
}

// positions is where each party stands on each issue.
func (b *briefer) positions(list []record.Standing) []Paragraph {
	var out []Paragraph
	given := map[string]bool{} // words
	for _, s := range list[:min(len(list), maxIssues)] {
		p := Paragraph{Lead: Capital(s.Topic)}
		for _, c := range newest(s.Cells) {
			id := c.Said
			if id == "" {
				id = c.Witness.Article
			}
			words := ": " + inner(c.Witness.Words)
			if given[c.Witness.Words] {
				words = ", in the words given above"
			}
			given[c.Witness.Words] = true
			d := []draft{{position(c.Party, c.By, c.Stance, c.Day) + words, []rest{{id, &c.Witness, ""}}}}
			for j := range c.Earlier[:min(1, len(c.Earlier))] {
				e := &c.Earlier[j]
				s := "before that it had " + stances[e.Stance].had
				if e.Day != "" {
					s = "before that, on " + longDate(e.Day) + ", it had " + stances[e.Stance].had
				}
				d = append(d, draft{s, []rest{{e.Witness.Article, &e.Witness, ""}}})
			}
			p.Sentences = append(p.Sentences, b.said(d...)...)
		}
		if len(p.Sentences) > 0 {
			out = append(out, p)
		}
	}
	return out
}

// stances are what a party did, and had done before.
var stances = map[string]struct{ did, had string }{
	"supports":  {"spoke in favour", "spoken in favour"},
	"opposes":   {"spoke against it", "spoken against it"},
	"seeks":     {"made a request", "made a request"},
	"offers":    {"made an offer", "made an offer"},
	"drafts":    {"worked on a text", "worked on a text"},
	"undecided": {"left its position open", "left its position open"},
	"discusses": {"spoke of it without taking a side", "spoken of it without taking a side"},
}

// position is the stance of a party in a sentence.
func position(party, by, stance, day string) string {
	s := the(party)
	if by != "" && by != party {
		if name, is := described(by); !is {
			s += " (" + the(by) + ")"
		} else if name != "" {
			s += " (" + name + ")"
		}
	}
	s += " " + stances[stance].did
	if day != "" {
		s += " on " + longDate(day)
	}
	return s
}

// differ is the points on which accounts differ.
func (b *briefer) differ(list []record.Disagreement) []Paragraph {
	var out []Paragraph
	for i := range list {
		d := &list[i]
		p := Paragraph{Lead: lead(d.Event)}
		if d.What == "outcome" {
			p.Sentences = b.said(b.disputed(d.Event))
		} else {
			p.Sentences = b.said(b.values(d))
		}
		if len(p.Sentences) > 0 {
			out = append(out, p)
		}
	}
	return out
}

// values is an event of which articles give several days or places.
func (b *briefer) values(d *record.Disagreement) draft {
	n, _ := noun(d.Event, "")
	n = strings.TrimSuffix(n, ",")
	if rest, ok := strings.CutPrefix(n, "a "); ok {
		n = "the " + rest
	} else if rest, ok := strings.CutPrefix(n, "an "); ok {
		n = "the " + rest
	}
	out := draft{text: "accounts of " + n + " differ on the " + d.What}
	var each []string
	for i := range d.Values {
		v := &d.Values[i]
		value := v.Value
		if d.What == "day" {
			from, to, _ := strings.Cut(value, "/")
			value = strings.TrimPrefix(when(from, to, ""), "on ")
		}
		s := number(v.Origins, "story")
		if v.Origins > 1 {
			s = strings.TrimSuffix(s, "storys") + "stories"
		}
		verb := "give"
		if v.Origins == 1 {
			verb = "gives"
		}
		if v.Witness.Outlet != "" && v.Origins == 1 {
			s += " (" + v.Witness.Outlet + ")"
		}
		each = append(each, s+" "+verb+" "+value)
		out.rests = append(out.rests, rest{d.Event.ID, &v.Witness, ""})
	}
	out.text += ": " + List(each)
	return out
}

// unknown is what the articles leave open: days, parties that were not heard.
func (b *briefer) unknown(v *record.Brief) []Paragraph {
	var out []Paragraph
	add := func(e *record.Event, d ...draft) {
		if s := b.said(d...); len(s) > 0 {
			out = append(out, Paragraph{Sentences: s})
		}
	}
	for _, e := range append(slices.Clone(v.Planned), v.Open...) {
		n, _ := noun(e, "")
		n = strings.TrimSuffix(n, ",")
		var d []draft
		switch e.Status.Value {
		case "planned", "conditional":
			if e.From == "" {
				d = append(d, draft{"no day was found for " + n, told(e)})
			}
		case "postponed":
			if e.From == "" {
				d = append(d, draft{"no new day was found for " + n, told(e)})
			}
		}
		var silent []string
		for _, l := range e.Lines {
			if l.Line == record.NotHeard {
				silent = append(silent, the(l.Name))
			}
		}
		if len(silent) > 0 && e.Status.Value != record.StatusLapsed && e.Status.Value != "denied" {
			s := "no statement of " + or(silent) + " was found on " + n
			if len(d) > 0 {
				s = "no statement of " + or(silent) + " on it was found"
			}
			s += " in the " + strings.TrimPrefix(number(e.Articles, "article"), "one ") + " that " + map[bool]string{true: "tells", false: "tell"}[e.Articles == 1] + " of it"
			d = append(d, draft{s, told(e)})
		}
		add(e, d...)
	}
	return out
}

// or is "A, B or C".
func or(items []string) string {
	if n := len(items); n > 1 {
		return strings.Join(items[:n-1], ", ") + " or " + items[n-1]
	}
	return strings.Join(items, "")
}

// summary is the briefing in a paragraph: the best attested of the latest, the
// next that is planned, what is open.
func (b *briefer) summary(v *record.Brief) {
	var s []NotedSentence
	best := slices.DeleteFunc(slices.Clone(v.Recent), func(e *record.Event) bool {
		return len(e.Status.Rests) > 0 && e.Status.Rests[0].By != "" && !e.Status.Rests[0].Party // only others say so
	})
	slices.SortStableFunc(best, func(x, y *record.Event) int { return y.Origins - x.Origins })
	best = best[:min(3, len(best))]
	slices.SortStableFunc(best, func(x, y *record.Event) int { return strings.Compare(y.Day(), x.Day()) })
	for _, e := range best {
		s = append(s, b.said(b.happened(e))...)
	}
	for _, e := range v.Planned {
		if e.Status.Value == "planned" || e.Status.Value == "conditional" {
			s = append(s, b.said(b.come(e, e.Status.Value))...)
			break
		}
	}
	for _, e := range v.Open {
		if e.Status.Value != "denied" {
			s = append(s, b.open(e)[0])
			break
		}
	}
	var paras []Paragraph
	if len(s) > 0 {
		paras = []Paragraph{{Sentences: s}}
	}
	b.section("Summary", "Nothing is known of the period.", paras)
}
