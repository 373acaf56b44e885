package view

import (
	_ "embed"
	"html/template"
	"io"
	"slices"
	"strings"

	"readout/reading"
)

//go:embed page.html
var pageHTML string

var pageTemplate = template.Must(template.New("page").Parse(pageHTML))

// HTML writes a reading as one self-contained web page: the article's text with
// everything it says marked, and what it says, each tied to the other. It needs
// no network and works without scripts; with them, pointing at one side shows
// the other.
func HTML(w io.Writer, r *reading.Reading) error {
	p := NewPage(r)
	h := htmlPage{Title: p.Title, Byline: p.Byline, Language: r.Document.Language, Model: r.Model}
	if h.Language == "" {
		h.Language = "en"
	}
	firsts := map[string]bool{}
	h.Blocks = p.blocks(firsts)
	for _, s := range p.Sections {
		h.Sections = append(h.Sections, htmlSection{s, p.htmlLines(s, firsts)})
	}
	return pageTemplate.Execute(w, h)
}

type htmlPage struct {
	Title, Byline, Language, Model string
	Blocks                         []htmlBlock
	Sections                       []htmlSection
}

type htmlBlock struct {
	Kind     string
	Segments []htmlSegment
}

// htmlSegment is a stretch of text that the same lines rest on.
type htmlSegment struct {
	Text    string
	Link    string   // the most specific line that rests on it, "" for none
	For     string   // all of them, divided by spaces
	Anchors []string // lines whose first words these are
	Actor   bool     // only actors' mentions rest on it
}

type htmlSection struct {
	Section
	HTMLLines []htmlLine
}

type htmlLine struct {
	Line
	Sign  string
	Words bool // the text has an anchor for it
}

func (p *Page) htmlLines(s Section, anchored map[string]bool) []htmlLine {
	var out []htmlLine
	for _, l := range s.Lines {
		out = append(out, htmlLine{l, marks[l.Mark].sign, anchored[l.ID]})
	}
	return out
}

// tie is a span of text and the line that rests on it.
type tie struct {
	span reading.Span
	id   string
}

func (p *Page) ties() []tie {
	var out []tie
	for _, s := range p.Sections {
		for _, l := range s.Lines {
			for _, w := range l.Words {
				out = append(out, tie{w, l.ID})
			}
			for _, d := range l.Details {
				for _, w := range d.Words {
					out = append(out, tie{w, l.ID})
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b tie) int {
		if a.span[0] != b.span[0] {
			return a.span[0] - b.span[0]
		}
		return b.span[1] - a.span[1]
	})
	return out
}

// blocks cuts the text at every place where a tie begins or ends. It notes in
// anchored which lines got an anchor. It is linear in the text and the ties,
// times how many ties lie over one place.
func (p *Page) blocks(anchored map[string]bool) []htmlBlock {
	ties := p.ties()
	var out []htmlBlock
	list := p.r.Document.Blocks
	if len(list) == 0 {
		list = []reading.Block{{Kind: "paragraph", Span: reading.Span{0, len(p.text)}}}
	}
	next := 0
	var open []tie
	for i, b := range list {
		if i == 0 && b.Kind == "heading" && p.Slice(b.Span) == p.Title && len(list) > 1 {
			continue // it stands above as the title
		}
		for next < len(ties) && ties[next].span[0] < b.Span[1] {
			open = append(open, ties[next])
			next++
		}
		open = slices.DeleteFunc(open, func(t tie) bool { return t.span[1] <= b.Span[0] })
		out = append(out, htmlBlock{b.Kind, p.segments(b.Span, open, anchored)})
	}
	return out
}

func (p *Page) segments(block reading.Span, ties []tie, anchored map[string]bool) []htmlSegment {
	cuts := []int{block[0], block[1]}
	for _, t := range ties {
		for _, c := range t.span {
			if block[0] < c && c < block[1] {
				cuts = append(cuts, c)
			}
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []htmlSegment
	next := 0
	var over []tie
	for i := 0; i+1 < len(cuts); i++ {
		from, to := cuts[i], cuts[i+1]
		for next < len(ties) && ties[next].span[0] <= from {
			over = append(over, ties[next])
			next++
		}
		over = slices.DeleteFunc(over, func(t tie) bool { return t.span[1] <= from })
		out = append(out, p.segment(reading.Span{from, to}, over, anchored))
	}
	return out
}

func (p *Page) segment(s reading.Span, over []tie, anchored map[string]bool) htmlSegment {
	seg := htmlSegment{Text: string(p.text[s[0]:s[1]]), Actor: true}
	var ids []string
	size := 0
	for _, t := range over {
		if !slices.Contains(ids, t.id) {
			ids = append(ids, t.id)
		}
		if !anchored[t.id] {
			anchored[t.id] = true
			seg.Anchors = append(seg.Anchors, t.id)
		}
		seg.Actor = seg.Actor && strings.HasPrefix(t.id, "a")
		if n := t.span[1] - t.span[0]; seg.Link == "" || n < size {
			seg.Link, size = t.id, n
		}
	}
	seg.For = strings.Join(ids, " ")
	return seg
}
