package web

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"readout/reading"
	"readout/record"
	"readout/sheet"
)

// articlePage is an article: its text, with everything it says marked, and what
// it says, each tied to the other.
type articlePage struct {
	Byline   string
	Original string // its address elsewhere, where it is one
	Blocks   []textBlock
	Notes    []note
	Unsure   int
	Versions []versionLine
	Replaced string
	Newer    string
	Copies   []*words
	Model    string
	At       bool // some words were asked for
}

type textBlock struct {
	Heading  bool
	Segments []segment
}

// segment is a stretch of text on which the same things rest.
type segment struct {
	Text  string
	URL   string // of the note about the most specific, or of the actor
	Class string
	IDs   []string // of the things that begin here
	At    bool     // it is among the words that were asked for
	First bool     // of those
}

// note is one thing that the text says.
type note struct {
	ID       string // of the note; its words in the text have "t" before it
	Kind     string
	Event    *eventLine
	Said     *saidLine
	Position *position
	Unsure   string
}

type versionLine struct {
	ID, URL, Published, Replaced string
	Here                         bool
	Against                      string // the differences from the one before
}

// unsure is the confidence below which a page says that the machine was unsure.
const unsure = 0.6

func article(ctx context.Context, a *ask) (*page, error) {
	v, err := a.s.c.Ledger.Article(ctx, a.q, a.value("id"))
	if err != nil {
		return nil, err
	}
	if other := a.form.Get("against"); other != "" {
		return differences(ctx, a, v, other)
	}
	p := &page{Name: "article", Title: titleOf(v), View: v, Tables: []string{"events", "statements"}}
	p.Of = &record.Chosen{Events: eventIDs(v.Events), Statements: statementIDs(v.Statements), Articles: []string{v.ID}}
	at, err := spanOf(a.form.Get("at"))
	if err != nil || a.json {
		return p, err
	}
	d := &articlePage{Byline: byline(&v.Version), Replaced: sheet.Date(v.Replaced), Model: v.Model, At: at[1] > 0}
	if strings.HasPrefix(v.URL, "http://") || strings.HasPrefix(v.URL, "https://") {
		d.Original = v.URL
	}
	p.Data = d
	then := a
	if t, err := time.Parse(time.RFC3339Nano, v.Replaced); err == nil { // what it told is known until then
		then = a.then(t.Add(-time.Second).Format(time.RFC3339))
	}
	d.Notes, d.Unsure = then.notes(v)
	d.Blocks = d.text(then, v, at, p.Title)
	for i := range v.Versions {
		w := &v.Versions[i]
		l := versionLine{ID: sheet.Short(w.ID), URL: a.to("/article/" + sheet.Short(w.ID)), Published: sheet.Date(w.Published), Replaced: sheet.Date(w.Replaced), Here: w.ID == v.ID}
		if i > 0 {
			l.Against = a.to("/article/"+sheet.Short(w.ID), "against", sheet.Short(v.Versions[i-1].ID))
		}
		if v.Replaced != "" && w.Replaced == "" {
			d.Newer = l.URL
		}
		d.Versions = append(d.Versions, l)
	}
	for i := range v.Copies {
		d.Copies = append(d.Copies, a.words(&v.Copies[i]))
	}
	return p, nil
}

func titleOf(v *record.ArticleView) string {
	if v.Title != "" {
		return v.Title
	}
	text, _, _ := strings.Cut(strings.TrimSpace(v.Text), "\n")
	return sheet.Shorten(text, 90)
}

func byline(v *record.Version) string {
	var out []string
	for _, s := range []string{v.Outlet, v.Byline, v.Credit, sheet.Date(v.Published)} {
		if s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, " · ")
}

// spanOf reads words that are asked for: "120-180", in code points.
func spanOf(s string) (reading.Span, error) {
	if s == "" {
		return reading.Span{}, nil
	}
	var at reading.Span
	if n, err := fmt.Sscanf(s, "%d-%d", &at[0], &at[1]); n != 2 || err != nil || at[0] < 0 || at[1] <= at[0] || fmt.Sprintf("%d-%d", at[0], at[1]) != s {
		return reading.Span{}, bad("at: a span of the text in code points, as 120-180")
	}
	return at, nil
}

// notes are what an article says, in the order of its text, but mentions.
func (a *ask) notes(v *record.ArticleView) ([]note, int) {
	events, sayings := map[string]*record.Event{}, map[string]*record.Statement{}
	for _, e := range v.Events {
		events[e.ID] = e
	}
	for _, s := range v.Statements {
		sayings[s.ID] = s
	}
	var out []note
	n := 0
	for i := range v.Told {
		t := &v.Told[i]
		x := note{ID: noteID(t), Kind: t.Kind}
		switch t.Kind {
		case "event":
			l := a.line(events[t.Of])
			x.Event = &l
		case "statement":
			l := a.said(sayings[t.Of])
			x.Said = &l
		case "position":
			x.Position = &position{By: t.By, Topic: t.Of, URL: a.issue(t.Of), Stance: stanceOf(t.Stance)}
		default:
			continue
		}
		if t.Confidence > 0 && t.Confidence < unsure {
			x.Unsure = fmt.Sprintf("%.0f %%", 100*t.Confidence)
			n++
		}
		out = append(out, x)
	}
	return out, n
}

func noteID(t *record.Told) string { return sheet.Short(t.ID) }

// tie is a span of the text and what rests on it.
type tie struct {
	span  reading.Span
	told  *record.Told // nil: the outlet's own judgement, or the words asked for
	class string
}

// text cuts the text at every place where something begins or ends.
func (d *articlePage) text(a *ask, v *record.ArticleView, at reading.Span, title string) []textBlock {
	runes := []rune(v.Text)
	var ties []tie
	add := func(s reading.Span, t *record.Told, class string) {
		if s[0] >= 0 && s[0] < s[1] && s[1] <= len(runes) {
			ties = append(ties, tie{s, t, class})
		}
	}
	for i := range v.Told {
		for _, s := range v.Told[i].Spans {
			add(s, &v.Told[i], v.Told[i].Kind)
		}
	}
	for _, j := range v.Judgements {
		add(j, nil, "judgement")
	}
	add(at, nil, "at")
	slices.SortStableFunc(ties, func(x, y tie) int { return cmp.Or(x.span[0]-y.span[0], y.span[1]-x.span[1]) })
	blocks := v.Blocks
	if len(blocks) == 0 {
		blocks = []reading.Block{{Kind: "paragraph", Span: reading.Span{0, len(runes)}}}
	}
	anchored := map[string]bool{}
	first := true
	var out []textBlock
	for i, b := range blocks {
		if b.Span[0] < 0 || b.Span[1] > len(runes) || b.Span[0] >= b.Span[1] {
			continue
		}
		if i == 0 && len(blocks) > 1 && strings.TrimSpace(string(runes[b.Span[0]:b.Span[1]])) == title {
			continue // it stands above
		}
		x := textBlock{Heading: b.Kind == "heading"}
		cuts := []int{b.Span[0], b.Span[1]}
		var over []tie
		for _, t := range ties {
			if t.span[0] < b.Span[1] && t.span[1] > b.Span[0] {
				over = append(over, t)
				cuts = append(cuts, max(t.span[0], b.Span[0]), min(t.span[1], b.Span[1]))
			}
		}
		slices.Sort(cuts)
		cuts = slices.Compact(cuts)
		for k := 0; k+1 < len(cuts); k++ {
			s := a.segment(string(runes[cuts[k]:cuts[k+1]]), cuts[k], over, anchored)
			if s.At && first {
				s.First, first = true, false
			}
			x.Segments = append(x.Segments, s)
		}
		out = append(out, x)
	}
	return out
}

// segment is the text that begins at from, with what lies over it.
func (a *ask) segment(text string, from int, over []tie, anchored map[string]bool) segment {
	s := segment{Text: text}
	size := 0
	var classes []string
	for _, t := range over {
		if t.span[0] > from || t.span[1] <= from {
			continue
		}
		if t.class == "at" {
			s.At = true
			continue
		}
		if !slices.Contains(classes, t.class) {
			classes = append(classes, t.class)
		}
		if t.told == nil {
			continue
		}
		if id := "t" + noteID(t.told); t.told.Kind != "actor" && !anchored[id] {
			anchored[id] = true
			s.IDs = append(s.IDs, id)
		}
		if n := t.span[1] - t.span[0]; size == 0 || n < size {
			size = n
			if t.told.Kind == "actor" {
				s.URL = a.actor(t.told.Of, "")
			} else {
				s.URL = "#" + noteID(t.told)
			}
		}
	}
	s.Class = strings.Join(classes, " ")
	if strings.TrimSpace(text) == "" {
		s.URL = "" // a link needs a name
	}
	return s
}

// differencesPage is two versions of an article.
type differencesPage struct {
	Article  string
	Old, New versionLine
	Pieces   []piece
	Same     bool
}

func differences(ctx context.Context, a *ask, v *record.ArticleView, other string) (*page, error) {
	o, err := a.s.c.Ledger.Article(ctx, a.q, other)
	if err != nil {
		return nil, err
	}
	if o.Article != v.Article {
		return nil, bad("against: a version of another article; /compare sets two articles side by side")
	}
	d := &differencesPage{
		Article: a.to("/article/" + sheet.Short(v.ID)), Pieces: diff(o.Text, v.Text),
		Old: versionLine{ID: sheet.Short(o.ID), URL: a.to("/article/" + sheet.Short(o.ID)), Published: sheet.Date(o.Published)},
		New: versionLine{ID: sheet.Short(v.ID), URL: a.to("/article/" + sheet.Short(v.ID)), Published: sheet.Date(v.Published)},
	}
	d.Same = !slices.ContainsFunc(d.Pieces, func(p piece) bool { return p.Is != kept })
	return &page{Name: "differences", Title: titleOf(v), Sub: sub(&v.Head), Data: d, View: struct {
		record.Head
		Old    record.Version `json:"old"`
		New    record.Version `json:"new"`
		Pieces []piece        `json:"pieces"`
	}{v.Head, o.Version, v.Version, d.Pieces}}, nil
}
