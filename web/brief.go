package web

import (
	"bytes"
	"context"

	"readout/record"
	"readout/sheet"
)

// briefPage is a briefing in prose, or a part of one, with its notes.
type briefPage struct {
	Basis    string
	Sections []sheet.BriefSection
	Notes    []noted
}

// noted is words that sentences rest on.
type noted struct {
	N     int
	Words *words
}

func (a *ask) briefing(ctx context.Context, q record.Query) (*sheet.Briefing, error) {
	v, err := a.s.c.Ledger.Brief(ctx, q)
	if err != nil {
		return nil, err
	}
	return sheet.Brief(v, ""), nil
}

// pageOf is the first sections of a briefing with the notes that they name.
func (a *ask) pageOf(b *sheet.Briefing, sections int) *briefPage {
	d := &briefPage{Basis: b.Basis, Sections: b.Sections[:min(sections, len(b.Sections))]}
	named := map[int]bool{}
	for _, s := range d.Sections {
		for _, p := range s.Paras {
			for _, x := range p.Sentences {
				for _, n := range x.Notes {
					named[n] = true
				}
			}
		}
	}
	for i := range b.Notes {
		n := &b.Notes[i]
		if named[n.N] {
			w := record.Witness{Article: n.Article, Outlet: n.Outlet, Title: n.Title, URL: n.URL, Published: n.Published, Words: n.Words, Span: n.Span}
			d.Notes = append(d.Notes, noted{n.N, a.words(&w)})
		}
	}
	return d
}

// lead is the state of play in a few sentences: the summary of the briefing.
func (a *ask) lead(ctx context.Context, q record.Query) (*briefPage, error) {
	b, err := a.briefing(ctx, q)
	if err != nil {
		return nil, err
	}
	return a.pageOf(b, 1), nil
}

func brief(ctx context.Context, a *ask) (*page, error) {
	b, err := a.briefing(ctx, a.q)
	if err != nil {
		return nil, err
	}
	p := &page{Name: "brief", Title: b.Title, Sub: b.Dated() + " · " + b.Marking(), View: b, Exports: []link{{URL: a.to("/brief.md", "since", a.form.Get("since")), Name: "As Markdown"}}}
	if !a.json {
		p.Data = a.pageOf(b, len(b.Sections))
	}
	return p, nil
}

func briefMarkdown(ctx context.Context, a *ask) (*page, error) {
	b, err := a.briefing(ctx, a.q)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = b.Markdown(&out)
	return &page{Raw: out.Bytes(), Type: "text/markdown; charset=utf-8"}, err
}
