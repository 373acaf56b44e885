package web

import (
	"cmp"
	"context"
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strconv"
	"strings"

	"readout/record"
	"readout/sheet"
	"readout/web/draw"
)

// Encounters is who had to do with whom.
type Encounters struct {
	record.Head
	By    string         `json:"by"` // person or party
	Names []Attendance   `json:"names"`
	Pairs []EncounterSum `json:"pairs"` // the most first
}

// Attendance is somebody, and how many encounters there were.
type Attendance struct {
	Name string `json:"name"`
	Key  string `json:"key,omitempty"`
	N    int    `json:"n"`
}

// EncounterSum is what two had to do with each other.
type EncounterSum struct {
	A      string   `json:"a"`
	AKey   string   `json:"a_key,omitempty"`
	B      string   `json:"b"`
	BKey   string   `json:"b_key,omitempty"`
	Held   int      `json:"held"`   // took place, or goes on
	Spoken int      `json:"spoken"` // planned, off, denied
	Events []string `json:"events"`
}

// maxMet is how many the matrix shows.
const maxMet = 16

// metPage is the matrix and the network.
type metPage struct {
	By      []link
	Names   []link
	Rows    []metRow
	Network template.HTML
	Left    int // that the matrix does not show
	// From and To are the period, ByParty how the form goes on.
	From, To, ByParty string
}

type metRow struct {
	Name, URL string
	Cells     []metCell
}

type metCell struct {
	URL, Title   string
	Held, Spoken int
	Self         bool
}

// pairPage is what two had to do with each other.
type pairPage struct {
	A, B         link
	Held, Spoken []eventLine
}

func met(ctx context.Context, a *ask) (*page, error) {
	if x, y := a.form.Get("a"), a.form.Get("b"); x != "" || y != "" {
		return pair(ctx, a, x, y)
	}
	v, err := a.encounters(ctx)
	if err != nil {
		return nil, err
	}
	p := &page{Name: "met", Title: "Who met whom", Sub: sub(&v.Head), View: v, Rows: v.rows, Exports: append(a.pictures("/met", "by", a.form.Get("by"), "from", a.form.Get("from"), "to", a.form.Get("to")), link{URL: a.to("/export/graphml"), Name: "The whole network as GraphML"})}
	if a.json {
		return p, nil
	}
	d := &metPage{By: []link{{a.with("by", ""), "people and bodies", v.By == byPerson}, {a.with("by", byParty), "parties", v.By == byParty}}, Left: max(0, len(v.Names)-maxMet)}
	d.From, d.To, d.ByParty = a.form.Get("from"), a.form.Get("to"), a.form.Get("by")
	p.Data = d
	names := v.Names[:min(len(v.Names), maxMet)]
	pairs := map[[2]string]*EncounterSum{}
	for i := range v.Pairs {
		e := &v.Pairs[i]
		x, y := e.references()
		pairs[[2]string{x, y}], pairs[[2]string{y, x}] = e, e
	}
	for _, n := range names {
		d.Names = append(d.Names, link{URL: a.actor(n.Key, n.Name), Name: n.Name})
		r := metRow{Name: n.Name, URL: a.actor(n.Key, n.Name)}
		for _, o := range names {
			c := metCell{Self: reference(n) == reference(o)}
			if e := pairs[[2]string{reference(n), reference(o)}]; e != nil {
				c.URL, c.Held, c.Spoken = a.to("/met", "a", reference(n), "b", reference(o)), e.Held, e.Spoken
				c.Title = n.Name + " and " + o.Name
			}
			r.Cells = append(r.Cells, c)
		}
		d.Rows = append(d.Rows, r)
	}
	if len(v.Pairs) > 0 {
		d.Network = picture(a.network(v).Draw(draw.Inline))
	}
	return p, nil
}

const byPerson = "person"

// reference names somebody in an address: by the key, else by the name.
func reference(n Attendance) string { return cmp.Or(n.Key, n.Name) }

func (e *EncounterSum) references() (a, b string) { return cmp.Or(e.AKey, e.A), cmp.Or(e.BKey, e.B) }

// encounters sums up who had to do with whom.
func (a *ask) encounters(ctx context.Context) (*Encounters, error) {
	by := cmp.Or(a.form.Get("by"), byPerson)
	if by != byPerson && by != byParty {
		return nil, bad("by: person or party")
	}
	t, err := a.s.c.Ledger.Timeline(ctx, a.q)
	if err != nil {
		return nil, err
	}
	v := &Encounters{Head: t.Head, By: by, Names: []Attendance{}, Pairs: []EncounterSum{}}
	v.View = "met"
	n := map[string]*Attendance{} // by reference: one is written in several ways
	names := map[string]map[string]int{}
	sums := map[[2]string]*EncounterSum{}
	for _, e := range t.Events {
		if !e.Encounter() || !a.fits(e, []string{"from", "to"}) {
			continue
		}
		who := attending(e, by)
		for i, x := range who {
			r := reference(x)
			if n[r] == nil {
				n[r], names[r] = &Attendance{Key: x.Key}, map[string]int{}
			}
			names[r][x.Name]++
			if len(who) > 1 {
				n[r].N++
			}
			for _, y := range who[i+1:] {
				k := [2]string{min(r, reference(y)), max(r, reference(y))}
				if sums[k] == nil {
					sums[k] = &EncounterSum{A: k[0], B: k[1], Events: []string{}}
				}
				s := sums[k]
				s.Events = append(s.Events, e.ID)
				if e.Status.Value == "occurred" || e.Status.Value == "ongoing" {
					s.Held++
				} else {
					s.Spoken++
				}
			}
		}
	}
	for r, x := range n {
		x.Name = frequent(slices.Collect(maps.Keys(names[r])), names[r], 1)[0]
		if x.N > 0 {
			v.Names = append(v.Names, *x)
		}
	}
	for _, s := range sums {
		a, b := n[s.A], n[s.B]
		s.A, s.AKey, s.B, s.BKey = a.Name, a.Key, b.Name, b.Key
		v.Pairs = append(v.Pairs, *s)
	}
	slices.SortFunc(v.Names, func(x, y Attendance) int { return cmp.Or(y.N-x.N, strings.Compare(x.Name, y.Name)) })
	slices.SortFunc(v.Pairs, func(x, y EncounterSum) int {
		return cmp.Or(len(y.Events)-len(x.Events), strings.Compare(x.A, y.A), strings.Compare(x.B, y.B))
	})
	return v, nil
}

// attending are those who take part in an event, each once: by one name for all
// events.
func attending(e *record.Event, by string) []Attendance {
	var out []Attendance
	for _, p := range e.Participants {
		if p.Key == "" || p.As == "absent" || p.As == "organiser" || p.As == "drafter" || p.As == "invited" {
			continue
		}
		x := Attendance{Name: p.Name, Key: p.Key}
		if by == byParty {
			x = Attendance{}
			for _, l := range e.Lines {
				if l.Side == p.Side {
					x.Name = l.Name
				}
			}
		}
		if x.Name != "" && !slices.ContainsFunc(out, func(y Attendance) bool { return y.Name == x.Name || y.Key != "" && y.Key == x.Key }) {
			out = append(out, x)
		}
	}
	return out
}

// maxNetwork is how many the network shows.
const maxNetwork = 24

func (a *ask) network(v *Encounters) *draw.Network {
	n := &draw.Network{Label: "Who met whom"}
	shown, at := map[string]Attendance{}, map[string]int{}
	for _, x := range v.Names[:min(len(v.Names), maxNetwork)] {
		shown[reference(x)] = x
	}
	place := func(r string) int {
		if _, ok := at[r]; !ok {
			x := shown[r]
			at[r] = len(n.Names)
			n.Names = append(n.Names, draw.Named{Name: x.Name, URL: a.actor(x.Key, x.Name), N: x.N})
		}
		return at[r]
	}
	for i := range v.Pairs {
		p := &v.Pairs[i]
		x, y := p.references()
		if _, ok := shown[x]; !ok {
			continue
		}
		if _, ok := shown[y]; !ok {
			continue
		}
		n.Ties = append(n.Ties, draw.Tie{
			A: place(x), B: place(y), N: len(p.Events), URL: a.to("/met", "a", x, "b", y), Title: fmt.Sprintf("%s and %s: %d held, %d spoken of", p.A, p.B, p.Held, p.Spoken),
		})
	}
	return n
}

// rows are the pairs as a table.
func (v *Encounters) rows() ([]string, [][]string) {
	var out [][]string
	for i := range v.Pairs {
		p := &v.Pairs[i]
		out = append(out, []string{p.A, p.AKey, p.B, p.BKey, strconv.Itoa(p.Held), strconv.Itoa(p.Spoken), strings.Join(p.Events, "; ")})
	}
	return []string{"a", "a_actor", "b", "b_actor", "held", "spoken", "events"}, out
}

func metPicture(ctx context.Context, a *ask) (*page, error) {
	v, err := a.encounters(ctx)
	if err != nil {
		return nil, err
	}
	return a.drawing(a.network(v).Draw(draw.Standalone))
}

func pair(ctx context.Context, a *ask, x, y string) (*page, error) {
	if x == "" || y == "" {
		return nil, bad("two are needed: a and b")
	}
	v, err := a.s.c.Ledger.Met(ctx, a.q, x, y)
	if err != nil {
		return nil, err
	}
	p := &page{Name: "pair", Title: v.A.Name + " and " + v.B.Name, Sub: sub(&v.Head), View: v, Of: &record.Chosen{Events: eventIDs(v.Events)}, Tables: []string{"events"}}
	d := &pairPage{A: link{URL: a.actor(v.A.Key, v.A.Name), Name: v.A.Name}, B: link{URL: a.actor(v.B.Key, v.B.Name), Name: v.B.Name}}
	p.Data = d
	for _, e := range v.Events {
		if e.Status.Value == "occurred" || e.Status.Value == "ongoing" {
			d.Held = append(d.Held, a.line(e))
		} else {
			d.Spoken = append(d.Spoken, a.line(e))
		}
	}
	return p, nil
}

// comparePage is two articles side by side.
type comparePage struct {
	A, B         *words
	Both         []sharedLine
	Said         []pairLine
	OnlyA, OnlyB []aloneLine
}

type sharedLine struct {
	eventLine
	Fields []record.Field
	A, B   *words
}

type pairLine struct {
	saidLine
	A, B *words
}

type aloneLine struct {
	Event *eventLine
	Said  *saidLine
	Words *words
}

func compare(ctx context.Context, a *ask) (*page, error) {
	x, y := a.form.Get("a"), a.form.Get("b")
	if x == "" || y == "" {
		return nil, bad("two articles are needed: a and b")
	}
	v, err := a.s.c.Ledger.Compare(ctx, a.q, x, y)
	if err != nil {
		return nil, err
	}
	p := &page{Name: "compare", Title: "Two articles side by side", Sub: sub(&v.Head), View: v, Tables: []string{"events", "statements"}, Of: &record.Chosen{
		Events:     idsOf(v.Both, func(s record.Shared) string { return s.Event.ID }),
		Statements: idsOf(v.Said, func(s *record.Pairs) string { return s.Statement.ID }),
	}}
	d := &comparePage{A: a.words(&v.A), B: a.words(&v.B), OnlyA: a.alone(v.OnlyA), OnlyB: a.alone(v.OnlyB)}
	p.Data = d
	for i := range v.Both {
		s := &v.Both[i]
		fields := slices.Clone(s.Fields)
		for k := range fields {
			if f := &fields[k]; f.Name == "day" {
				f.A, f.B = sheet.DaysOf(f.A), sheet.DaysOf(f.B)
			}
		}
		d.Both = append(d.Both, sharedLine{a.line(s.Event), fields, a.words(&s.A), a.words(&s.B)})
	}
	for _, s := range v.Said {
		d.Said = append(d.Said, pairLine{a.said(s.Statement), a.words(&s.A), a.words(&s.B)})
	}
	return p, nil
}

func (a *ask) alone(list []record.Alone) []aloneLine {
	var out []aloneLine
	for i := range list {
		x := &list[i]
		l := aloneLine{Words: a.words(&x.Witness)}
		if x.Event != nil {
			e := a.line(x.Event)
			l.Event = &e
		} else {
			s := a.said(x.Statement)
			l.Said = &s
		}
		out = append(out, l)
	}
	return out
}
