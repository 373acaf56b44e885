package export

import (
	"context"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"

	"readout/codebook/plover"
	"readout/record"
	"readout/sheet"
)

// PLOVER (manual of September 2021) takes several actors and recipients, so that
// a meeting of seven is one row: all who consult are actors, of a visit the
// visitors are and the hosts are recipients. Its auxiliary modes (historical,
// future, hypothetical, negation) stand beside the mode: what is planned or denied
// is in the table and says so.

// sides are the actors and recipients of an event.
func sides(s *record.Scan, e *record.Event) (actors, recipients []*party) {
	list := parties(s, e)
	directed := slices.ContainsFunc(list, func(p *party) bool { return p.as == "initiator" || p.as == "visitor" })
	for _, p := range list {
		switch {
		case p.as == "target", p.as == "host" && directed:
			recipients = append(recipients, p)
		case directed && p.as == "participant" && slices.ContainsFunc(list, func(q *party) bool { return q.as == "initiator" }):
			recipients = append(recipients, p)
		default:
			actors = append(actors, p)
		}
	}
	if len(actors) == 0 { // only who it was done to is known
		return nil, recipients
	}
	return actors, recipients
}

// ploverOf is the type of an event, and its score.
func ploverOf(c code) (plover.Entry, float32, bool) {
	t, ok := plover.Parse(c.plover)
	if !ok {
		return plover.Entry{}, 0, false
	}
	e := plover.Lookup(t)
	for _, m := range e.Modes {
		if m.Name == c.mode {
			return e, m.Score, true
		}
	}
	return e, e.Score, true
}

// ploverRecord is a record with the manual's field names.
type ploverRecord struct {
	ID         string   `json:"id"`
	Date       string   `json:"date"`
	EndDate    string   `json:"enddate,omitempty"`
	Actor      []string `json:"actor"`
	Recipient  []string `json:"recipient,omitempty"`
	Event      []string `json:"event"`
	Location   string   `json:"event_loc,omitempty"`
	EventText  []string `json:"event_text"`
	QuadCode   uint8    `json:"quad_code"`
	EventScale float32  `json:"event_scale"`
	Mode       []string `json:"mode,omitempty"`
	Context    []string `json:"context,omitempty"`
	Link       string   `json:"link,omitempty"`
	CiteInfo   string   `json:"cite_info,omitempty"`
	Coder      string   `json:"coder"`
}

func ploverRecords(ctx context.Context, w io.Writer, s *record.Scan, _ Config) (Left, error) {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return eachPLOVER(ctx, s, func(p *ploverEvent) error {
		at := sheet.Rests(p.e)
		r := ploverRecord{
			ID: p.e.ID, Date: day(p.e), Actor: codesOf(p.actors), Recipient: codesOf(p.recipients), Event: []string{p.code.plover}, Location: p.e.Place,
			EventText: []string{sentence(p.e)}, QuadCode: p.entry.Quad, EventScale: p.score, Mode: p.modes(), Context: contexts(p.e), Link: at.URL,
			CiteInfo: at.Outlet, Coder: "readout",
		}
		if happened(p.e.Status.Value) && p.e.To > r.Date {
			r.EndDate = p.e.To
		}
		return enc.Encode(r)
	})
}

// ploverEvent is an event as PLOVER has it.
type ploverEvent struct {
	e                  *record.Event
	code               code
	entry              plover.Entry
	score              float32
	actors, recipients []*party
}

func (p *ploverEvent) modes() []string {
	var out []string
	if p.code.mode != "" {
		out = append(out, p.code.mode)
	}
	return append(out, p.code.aux...)
}

// eachPLOVER calls emit for the events that have a PLOVER type and an actor.
func eachPLOVER(ctx context.Context, s *record.Scan, emit func(*ploverEvent) error) (Left, error) {
	var left Left
	for e, err := range s.Events(ctx) {
		if err != nil {
			return left, err
		}
		p := ploverEvent{e: e, code: codeOf(e)}
		var ok bool
		if p.entry, p.score, ok = ploverOf(p.code); !ok {
			left.Uncoded++
			continue
		}
		if p.actors, p.recipients = sides(s, e); len(p.actors) == 0 {
			left.Nobody++
			continue
		}
		left.Rows++
		if err := emit(&p); err != nil {
			return left, err
		}
	}
	return left, nil
}

func codesOf(list []*party) []string {
	out := []string{}
	for _, p := range list {
		out = append(out, p.code)
	}
	return out
}

// polecatColumns are the columns of POLECAT's files
// (https://doi.org/10.7910/DVN/AJGVIT).
var polecatColumns = strings.Split("Event ID,Event Date,Event Type,Event Mode,Intensity,Quad Code,Contexts,"+
	"Actor Name,Actor Country,Actor COW,Primary Actor Sector,Actor Sectors,Actor Title,Actor Name Raw,Wikipedia Actor ID,"+
	"Recipient Name,Recipient Country,Recipient COW,Primary Recipient Sector,Recipient Sectors,Recipient Title,Recipient Name Raw,Wikipedia Recipient ID,"+
	"Placename,City,District,Province,Country,Latitude,Longitude,GeoNames ID,Raw Placename,Feature Type,"+
	"Source,Publication Date,Story People,Story Organizations,Story Locations,Language,Version", ",")

var polecatQuads = [...]string{"", "VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"}

// polecat writes POLECAT's table: a header, several values joined by "; ", "None"
// for what is not known.
func polecat(ctx context.Context, w io.Writer, s *record.Scan, _ Config) (Left, error) {
	if err := writeTabs(w, slices.Clone(polecatColumns)); err != nil {
		return Left{}, err
	}
	return eachPLOVER(ctx, s, func(p *ploverEvent) error {
		e := p.e
		country, city := "", ""
		if e.Country != "" {
			country = s.SideName(e.Country)
		}
		if e.Place != country {
			city, _, _ = strings.Cut(e.Place, ", ")
		}
		at := sheet.Rests(e)
		row := []string{e.ID, day(e), p.code.plover, join(p.modes()), strconv.FormatFloat(float64(p.score), 'g', -1, 32), polecatQuads[p.entry.Quad], join(contexts(e))}
		row = append(row, polecatActors(p.actors)...)
		row = append(row, polecatActors(p.recipients)...)
		row = append(row, e.Place, city, "", "", e.Country, "", "", "", e.Place, "", at.Outlet, dayOf(at.Published), "", "", "", "en", "")
		for i := range row {
			if row[i] == "" {
				row[i] = "None"
			}
		}
		return writeTabs(w, row)
	})
}

func join(list []string) string { return strings.Join(list, "; ") }

func dayOf(published string) string { return published[:min(10, len(published))] }

// polecatActors are the eight columns of the actors or the recipients.
func polecatActors(list []*party) []string {
	row := make([]string, 8)
	var names, countries, sectors []string
	add := func(to *[]string, v string) {
		if v != "" && !slices.Contains(*to, v) {
			*to = append(*to, v)
		}
	}
	for _, p := range list {
		for _, n := range p.names {
			add(&names, n)
		}
		if book().fips[p.country] != "" {
			add(&countries, p.country)
		}
		for _, r := range roles(p) {
			add(&sectors, r)
		}
	}
	row[0], row[1], row[4], row[6] = join(names), join(countries), join(sectors), join(names)
	if len(sectors) > 0 {
		row[3] = sectors[0]
	}
	return row
}
