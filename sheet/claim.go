package sheet

import (
	"strings"

	"readout/record"
)

// Claim is the page of what the record has on some words.
func Claim(v *record.Support) *Page {
	p := &Page{Title: Quote(v.Claim), Sub: sub(&v.Head)}
	verdict := Section{Name: "The record"}
	line := Line{Mark: claimMarks[v.Verdict]}
	switch v.Verdict {
	case record.Supported:
		line.Text = "supports it, in " + Plural(v.For, "story", "stories")
	case record.Contradicted:
		line.Text = "contradicts it, in " + Plural(v.Against, "story", "stories")
	case record.Disputed:
		line.Text = "is divided: " + Plural(v.For, "story supports", "stories support") + " it, " + Plural(v.Against, "contradicts", "contradict") + " it"
	default:
		line.Text = "does not address it: no passage in " + Count(v.Articles, "article") + " does"
	}
	verdict.Lines = append(verdict.Lines, line)
	p.Sections = append(p.Sections, verdict)
	for _, s := range []struct {
		name string
		list []record.Passage
	}{{"Supports it", v.Supports}, {"Contradicts it", v.Contradicts}, {"Near, and does not address it", v.Near}} {
		if len(s.list) == 0 {
			continue
		}
		sec := Section{Name: s.name}
		for i := range s.list[:min(len(s.list), maxClaimed)] {
			sec.Lines = append(sec.Lines, passage(&s.list[i]))
		}
		if n := len(s.list) - maxClaimed; n > 0 {
			sec.Lines = append(sec.Lines, Line{Text: "and " + Plural(n, "more passage", "more passages") + ": --format json has all"})
		}
		p.Sections = append(p.Sections, sec)
	}
	p.Foot = "Found by rules, which err: read the passages."
	return p
}

// maxClaimed is how many passages of a kind a page has.
const maxClaimed = 8

var claimMarks = map[string]string{record.Supported: "occurred", record.Contradicted: "cancelled", record.Disputed: "disputed"}

func passage(p *record.Passage) Line {
	l := Line{Lead: Date(p.Witness.Published), Text: Quote(Shorten(p.Witness.Words, 300))}
	where := Source(&p.Witness)
	if p.Origin != p.Witness.Article {
		where += " · a copy"
	}
	if p.By != "" {
		by := p.By
		if p.Standing != "" && p.Standing != "named" {
			by += " (" + p.Standing + ")"
		}
		where = "says " + by + " — " + where
	}
	l.Details = append(l.Details, Detail{"", where}, Detail{"why", strings.Join(p.Why, "; ")})
	return l
}
