package web

import (
	"bytes"
	"context"
	"encoding/xml"
	"slices"
	"strings"
	"time"

	"readout/record"
	"readout/sheet"
)

// The feed of changes of status, in Atom (RFC 4287): an entry is one event that
// came to have one status, so that a reader is told of each once.
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Title   string      `xml:"title"`
	Sub     string      `xml:"subtitle"`
	ID      string      `xml:"id"`
	Updated string      `xml:"updated"`
	Links   []atomLink  `xml:"link"`
	Author  atomAuthor  `xml:"author"`
	By      string      `xml:"generator"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
	Type string `xml:"type,attr,omitempty"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomEntry struct {
	Title    string       `xml:"title"`
	ID       string       `xml:"id"`
	Updated  string       `xml:"updated"`
	Links    []atomLink   `xml:"link"`
	Category atomCategory `xml:"category"`
	Summary  string       `xml:"summary"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

// feedBack is how many days back the feed goes where it is not told.
const feedBack = 30

func feed(ctx context.Context, a *ask) (*page, error) {
	if a.form.Get("since") == "" {
		a.form.Set("since", a.shown().AddDate(0, 0, -feedBack).Format(time.RFC3339))
	}
	v, _, err := a.changesView(ctx)
	if err != nil {
		return nil, err
	}
	host := a.base()
	a.form.Del("as_of") // the links lead to how it is, not how it was
	f := atomFeed{
		Title: "Changes of status: " + a.s.c.Name, Sub: "Events that came to have another status, with the words they rest on", ID: host + a.feedName(),
		Links:  []atomLink{{Rel: "self", Href: host + a.r.URL.RequestURI(), Type: "application/atom+xml"}, {Rel: "alternate", Href: host + a.to("/changes"), Type: "text/html"}},
		Author: atomAuthor{a.s.c.Name}, By: strings.TrimSpace("readout " + a.s.c.Version), Updated: v.Since,
	}
	if f.Updated == "" {
		f.Updated = v.AsOf
	}
	q := a.form.Get("q")
	if q != "" {
		f.Title += ", of: " + q
	}
	if a.q.Process != "" {
		f.Title += ", of " + a.q.Process
	}
	for _, name := range append([]string{"outlet"}, filters...) {
		if v := a.form.Get(name); v != "" && name != "all" {
			f.Title += ", " + name + ": " + v
		}
	}
	outlet := a.form.Get("outlet")
	add := func(e *record.Event, was string) {
		if q != "" && !Tells(e, q) || !a.fits(e, filters) || outlet != "" && !slices.ContainsFunc(e.Mentions, func(m record.Mention) bool { return m.Witness.Outlet == outlet }) {
			return
		}
		w := sheet.Rests(e)
		at := published(&w)
		if at == "" {
			at = v.AsOf
		}
		title := sheet.Name(e) + ": " + e.Status.Value
		if was != "" {
			title += ", before: " + was
		}
		f.Updated = max(f.Updated, at)
		f.Entries = append(f.Entries, atomEntry{
			Title: title, ID: "urn:readout:" + e.ID + ":" + e.Status.Value + ":" + at, Updated: at, Category: atomCategory{e.Status.Value},
			Links: []atomLink{{Rel: "alternate", Href: host + a.event(e.ID), Type: "text/html"}}, Summary: plain(told(e) + ". " + sheet.Quote(w.Words) + " — " + sheet.Source(&w)),
		})
	}
	for _, c := range v.Changed {
		if c.Was != c.Event.Status.Value {
			add(c.Event, c.Was)
		}
	}
	for _, e := range v.New {
		add(e, "")
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	enc := xml.NewEncoder(&b)
	enc.Indent("", "  ")
	if err := enc.Encode(f); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return &page{Raw: b.Bytes(), Type: "application/atom+xml"}, nil
}

// feedName is the address of a feed without what changes what it has today: it
// is the same for all who ask for the same things.
func (a *ask) feedName() string {
	return a.with("since", "", "as_of", "")
}

// published is when the article of a witness was, as an instant; "" where it does
// not tell.
func published(w *record.Witness) string {
	if t, err := moment(w.Published, false); err == nil && !t.IsZero() {
		return t.Format(time.RFC3339)
	}
	return ""
}

// plain is text without the characters that XML cannot hold.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}
