package web

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"readout/record"
	"readout/sheet"
	"readout/web/draw"
)

// status is a status as pages show it: its word, and a sign that is told apart
// without colour.
type status struct {
	Word, Class, Sign string
}

var statuses = map[string]struct {
	class, sign string
	look        draw.Look
}{
	"occurred": {"good", "●", draw.Solid}, "ongoing": {"good", "◐", draw.Half}, "planned": {"plan", "○", draw.Hollow}, "conditional": {"wait", "◌", draw.Tied},
	"proposed": {"wait", "◇", draw.Diamond}, "possible": {"wait", "◇", draw.Diamond}, "postponed": {"wait", "◷", draw.Deferred},
	"cancelled": {"bad", "✕", draw.Struck}, "denied": {"bad", "✕", draw.Struck}, record.StatusDisputed: {"bad", "?", draw.Open}, record.StatusLapsed: {"wait", "…", draw.Faded},
}

func statusOf(word string) status {
	s, ok := statuses[word]
	if !ok {
		return status{word, "wait", "·"}
	}
	return status{word, s.class, s.sign}
}

// partyLines are the lines of parties, as statuses are.
var partyLines = map[string]status{
	"announced": {"announced", "plan", "○"}, "confirmed": {"confirmed", "good", "●"}, "hedged": {"hedged", "wait", "◇"}, "denied": {"denied", "bad", "✕"},
	"silent": {"reported silent", "wait", "–"}, record.NotHeard: {"no statement found", "none", "·"},
}

func lineOf(word string) status {
	if s, ok := partyLines[word]; ok {
		return s
	}
	return status{word, "wait", "·"}
}

// stances are the stances on issues, as statuses are.
var stances = map[string]status{
	"supports": {"supports", "good", "+"}, "opposes": {"opposes", "bad", "−"}, "seeks": {"seeks", "plan", "→"}, "offers": {"offers", "plan", "←"},
	"drafts": {"drafts", "plan", "✎"}, "discusses": {"discusses", "none", "·"}, "undecided": {"undecided", "wait", "?"},
}

func stanceOf(word string) status {
	if s, ok := stances[word]; ok {
		return s
	}
	return status{word, "none", "·"}
}

// words are words of an article, and where they stand.
type words struct {
	Text   string
	Source string // "Courier, 19 Aug 2025"
	Title  string
	URL    string // of the article, at these words
	Grade  string // of the outlet, "" where nobody gave one
	Graded string // the grade in words, with who gave it
}

// maxQuoted is how much of a sentence a line shows, in code points; its page has
// the whole.
const maxQuoted = 260

func (a *ask) words(w *record.Witness) *words {
	if w == nil {
		return nil
	}
	out := &words{Text: sheet.Quote(sheet.Shorten(w.Words, maxQuoted)), Source: sheet.Source(w), Title: w.Title, URL: a.article(w)}
	if r := a.grade(w.Outlet); r != nil {
		out.Grade, out.Graded = r.Grade, gradeWords(r.Grade)+" ("+r.By+")"
	}
	return out
}

// article is the address of the words of a witness.
func (a *ask) article(w *record.Witness) string {
	path := "/article/" + sheet.Short(w.Article)
	if w.Span[1] > w.Span[0] {
		return a.to(path, "at", fmt.Sprintf("%d-%d", w.Span[0], w.Span[1])) + "#here"
	}
	return a.to(path)
}

func (a *ask) event(id string) string     { return a.to("/event/" + sheet.Short(id)) }
func (a *ask) statement(id string) string { return a.to("/statement/" + sheet.Short(id)) }
func (a *ask) issue(topic string) string  { return a.to("/issue/" + url.PathEscape(topic)) }

// actor is the address of somebody by the key, else by the name.
func (a *ask) actor(key, name string) string {
	if key == "" {
		key = name
	}
	if key == "" {
		return ""
	}
	return a.to("/actor/" + url.PathEscape(key))
}

// eventLine is an event in a list.
type eventLine struct {
	ID, URL string
	Status  status
	Why     string // of a status that is not plain
	When    string
	Told    bool // no day is told: When is when it was told
	Name    string
	Parties string
	Reports string
	Moved   string // the days it was given
	Due     string
	Waits   []*words
	Rests   *words
	As      string // how it is tied to what the page shows
}

func (a *ask) line(e *record.Event) eventLine {
	l := eventLine{
		ID: sheet.Short(e.ID), URL: a.event(e.ID), Status: statusOf(e.Status.Value), When: sheet.When(e), Name: sheet.Name(e), Parties: sheet.Parties(e),
		Reports: sheet.Reports(e), Moved: sheet.Days(e), Due: sheet.Deadline(e),
	}
	if l.When == "" && e.Last != "" {
		l.When, l.Told = sheet.Date(e.Last), true
	}
	if e.Status.Value == record.StatusLapsed || e.Status.Value == record.StatusDisputed {
		l.Why = e.Status.Rule
	}
	seen := map[string]bool{}
	for i := range e.Conditions {
		if w := &e.Conditions[i].Witness; w.Words != "" && !seen[w.Words] && len(seen) < 3 {
			seen[w.Words] = true
			l.Waits = append(l.Waits, a.words(w))
		}
	}
	if w := sheet.Rests(e); w.Words != "" {
		l.Rests = a.words(&w)
	}
	return l
}

func (a *ask) lines(list []*record.Event) []eventLine {
	out := make([]eventLine, 0, len(list))
	for _, e := range list {
		out = append(out, a.line(e))
	}
	return out
}

// saidLine is a statement in a list.
type saidLine struct {
	ID, URL  string
	Day      string
	By       string
	ByURL    string
	Role     string
	Verb     string
	Silent   bool
	Quoted   bool // Text is the speaker's own words
	Text     string
	How      string // to whom, as told by whom, by what channel
	Reports  string
	Source   *words
	Standing string
}

func (a *ask) said(s *record.Statement) saidLine {
	l := saidLine{
		ID: sheet.Short(s.ID), URL: a.statement(s.ID), Day: sheet.Date(s.Day), By: s.By, Role: s.Role, Verb: sheet.Verb(s), Silent: s.Form == "silence",
		Text: sheet.Shorten(s.Text, 420), How: sheet.How(s), Standing: s.Standing,
	}
	switch {
	case s.By == "":
		l.By = "somebody not named"
	case s.Standing == "anonymous":
		l.By += " (not named)"
	default:
		if s.Key != "" {
			l.ByURL = a.actor(s.Key, s.By)
		}
		if s.Role != "" && strings.Contains(strings.ToLower(s.By), strings.ToLower(s.Role)) {
			l.Role = ""
		}
	}
	if s.Form == "direct" {
		l.Quoted, l.Text = true, sheet.Quote(strings.TrimRight(strings.Trim(l.Text, "\"“” "), ", "))
	}
	if len(s.Witnesses) > 0 {
		l.Source = a.words(&s.Witnesses[0])
		if n := len(s.Witnesses); n > 1 {
			l.Reports = sheet.Count(n, "article")
			if s.Origins < n {
				l.Reports += ", " + sheet.Plural(s.Origins, "story", "stories")
			}
		}
	}
	return l
}

func (a *ask) saids(list []*record.Statement) []saidLine {
	out := make([]saidLine, 0, len(list))
	for _, s := range list {
		out = append(out, a.said(s))
	}
	return out
}

// board is issues by parties.
type board struct {
	Parties []link
	Rows    []boardRow
}

type boardRow struct {
	Topic, URL string
	Cells      []*boardCell // one a party; nil where nothing was found
}

type boardCell struct {
	Stance  status
	By      string
	Day     string
	Words   *words
	Earlier []boardCell
}

// maxParties is how many parties a board shows; an issue's page has all.
const maxParties = 7

// board makes the table of issues and the parties that have most to say.
func (a *ask) board(stands []record.Standing) *board {
	n := map[string]int{}
	var order []string
	for _, s := range stands {
		for _, c := range s.Cells {
			if n[c.Party] == 0 {
				order = append(order, c.Party)
			}
			n[c.Party]++
		}
	}
	order = frequent(order, n, maxParties)
	b := &board{}
	for _, p := range order {
		b.Parties = append(b.Parties, link{URL: a.actor("", p), Name: p})
	}
	for _, s := range stands {
		row := boardRow{Topic: sheet.Capital(s.Topic), URL: a.issue(s.Topic), Cells: make([]*boardCell, len(order))}
		any := false
		for i := range s.Cells {
			for k, p := range order {
				if s.Cells[i].Party == p {
					row.Cells[k], any = a.cell(&s.Cells[i]), true
				}
			}
		}
		if any {
			b.Rows = append(b.Rows, row)
		}
	}
	return b
}

func (a *ask) cell(c *record.Cell) *boardCell {
	out := &boardCell{Stance: stanceOf(c.Stance), By: c.By, Day: sheet.Date(c.Day), Words: a.words(&c.Witness)}
	if c.By == c.Party {
		out.By = ""
	}
	for i := range c.Earlier {
		e := &c.Earlier[i]
		out.Earlier = append(out.Earlier, boardCell{Stance: stanceOf(e.Stance), By: e.By, Day: sheet.Date(e.Day), Words: a.words(&e.Witness)})
	}
	return out
}

// asOf is the moment of a view, to the second where it is not the end of a day.
func asOf(s string) string {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil || t.Format(time.TimeOnly) == "23:59:59" {
		return sheet.Date(s)
	}
	return sheet.Date(s) + ", " + t.Format("15:04:05 UTC")
}

// sub is the line under a page's title.
func sub(h *record.Head) string {
	s := "as of " + asOf(h.AsOf) + ", from " + sheet.Count(h.Articles, "article")
	if h.Since != "" {
		s = "since " + sheet.Date(h.Since) + ", " + s
	}
	return s
}
