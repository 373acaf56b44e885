package export

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strings"

	"readout/codebook/cameo"
	"readout/record"
)

// The tables of CAMEO know an act of one actor upon another. An event of several
// parties becomes pairs, by the conventions of these data sets:
//
//   - A party is all who take part under one CAMEO code: a minister and an envoy
//     of Russia are RUSGOV once. Who has no code is in no pair.
//   - What has a direction keeps it: initiators act upon targets, mediators
//     mediate (045) for each of the others.
//   - A visit is two rows: the visitor makes it (042), the host hosts it (043). A
//     visitor without a host visits the country of the place.
//   - What is done together (consult, intent to meet, sign) is told once from each
//     side, as PETRARCH and ICEWS do: a meeting of seven is 7 × 6 = 42 rows. Where
//     there are parties of several countries, those of one make no pair.
//   - What has one party only has a row without the other, in the tables that
//     allow it (GDELT, PETRARCH).
//
// Who only organised, was invited, drafted, or was absent is no party.

// party is one side of a pair.
type party struct {
	code    string
	country string // its first three letters, where they are a country or UNO, EUR …
	name    string // of the participant that most stories name
	names   []string
	as      string
}

// dyad is a row of a table of pairs.
type dyad struct {
	e    *record.Event
	code cameo.Code
	a, b *party // b is nil where there is one only
	text string // its words
}

// cameoActor is the code of a participant as CAMEO has it.
func cameoActor(p *record.Part) string {
	switch p.Code {
	case "UNO":
		return "IGOUNO"
	case "EUR":
		return "IGOEUREEC"
	case "":
		if len(p.Country) == 3 && book().fips[p.Country] != "" {
			return p.Country
		}
	}
	return p.Code
}

// parties are the parties of an event by code; of a visit that names no host the
// country of the place is one.
func parties(s *record.Scan, e *record.Event) []*party {
	var out []*party
	at := map[string]*party{}
	for i := range e.Participants { // the best supported first
		p := &e.Participants[i]
		switch p.As {
		case "organiser", "invited", "drafter", "absent":
			continue
		}
		c := cameoActor(p)
		if c == "" {
			continue
		}
		q := at[c]
		if q == nil {
			q = &party{code: c, country: c[:min(3, len(c))], name: p.Name, as: p.As}
			at[c] = q
			out = append(out, q)
		}
		q.names = append(q.names, p.Name)
		if rankOf(p.As) > rankOf(q.as) {
			q.as = p.As
		}
	}
	if e.Kind == "visit" && e.Country != "" && !slices.ContainsFunc(out, func(p *party) bool { return p.as == "host" || p.country == e.Country }) {
		name := s.SideName(e.Country)
		out = append(out, &party{code: e.Country, country: e.Country, name: name, names: []string{name}, as: "host"})
	}
	slices.SortFunc(out, func(a, b *party) int { return strings.Compare(a.code, b.code) })
	return out
}

// rankOf tells which part counts where one party has several.
func rankOf(as string) int {
	return slices.Index([]string{"participant", "host", "target", "visitor", "mediator", "initiator"}, as)
}

// dyads makes the pairs of an event.
func dyads(s *record.Scan, e *record.Event) []dyad {
	c := cameo.Code(codeOf(e).cameo)
	list := parties(s, e)
	var out []dyad
	text := sentence(e)
	add := func(code cameo.Code, a, b *party) { out = append(out, dyad{e, code, a, b, text}) }
	by := func(as ...string) []*party {
		var out []*party
		for _, p := range list {
			if slices.Contains(as, p.as) {
				out = append(out, p)
			}
		}
		return out
	}
	switch {
	case len(list) == 0:
		return nil
	case len(list) == 1:
		add(c, list[0], nil)
		return out
	}
	mediators, others := by("mediator"), slices.DeleteFunc(slices.Clone(list), func(p *party) bool { return p.as == "mediator" })
	from, to := by("initiator"), by("target")
	switch {
	case e.Kind == "visit" && len(by("visitor")) > 0:
		for _, v := range by("visitor") {
			for _, h := range others {
				if h == v || h.as == "visitor" {
					continue
				}
				add(c, v, h)
				if c == "042" {
					add("043", h, v)
				}
			}
		}
		if len(out) == 0 { // visitors alone
			for _, v := range by("visitor") {
				add(c, v, nil)
			}
		}
	case len(from) > 0:
		if len(to) == 0 { // upon whoever else takes part
			to = slices.DeleteFunc(slices.Clone(others), func(p *party) bool { return p.as == "initiator" })
		}
		for _, a := range from {
			for _, b := range to {
				add(c, a, b)
			}
			if len(to) == 0 && !together(c) {
				add(c, a, nil)
			}
		}
		if len(to) == 0 && together(c) {
			mutual(from, c, add)
		}
	case e.Kind == "mediation" && len(mediators) > 0: // the parties do not mediate
	case together(c):
		mutual(others, c, add)
	default: // nobody tells who did it to whom
		for _, p := range others {
			add(c, p, nil)
		}
	}
	for _, m := range mediators {
		for _, p := range others {
			add(turned("045", e.Status.Value), m, p)
		}
	}
	if len(out) == 0 {
		add(c, list[0], nil)
	}
	return out
}

func turned(base cameo.Code, status string) cameo.Code {
	if t := base.As(turnOf(status, base)); t != "" {
		return t
	}
	return base
}

// together reports whether an act of CAMEO is done by both sides alike: express
// intent to cooperate, consult, cooperate.
func together(c cameo.Code) bool {
	switch c.Root() {
	case "03", "04", "05", "06":
		return true
	}
	return false
}

// mutual pairs each with each, both ways; those of one country only where there
// is no other.
func mutual(list []*party, c cameo.Code, add func(cameo.Code, *party, *party)) {
	if len(list) == 1 {
		add(c, list[0], nil)
		return
	}
	abroad := slices.ContainsFunc(list, func(p *party) bool { return nation(p) != nation(list[0]) })
	for _, a := range list {
		for _, b := range list {
			if a != b && (!abroad || nation(a) != nation(b)) {
				add(c, a, b)
			}
		}
	}
}

// nation is whom pairs are made of: a country, or a body of states by its code.
func nation(p *party) string {
	if book().fips[p.country] != "" {
		return p.country
	}
	return p.code
}

// sentence is the words an event rests on.
func sentence(e *record.Event) string {
	for _, m := range e.Mentions {
		if m.Witness.Words != "" && happened(m.Status) == happened(e.Status.Value) {
			return m.Witness.Words
		}
	}
	return e.Mentions[0].Witness.Words
}

// pairFormat is a table of pairs: its header, "" for none, and the lines of a pair.
type pairFormat struct {
	header []string
	alone  bool // it takes a row with one party only
	rows   func(s *record.Scan, d *dyad, emit func([]string) error) error
}

// dyadic writes a table of pairs. Events that have not happened are left out
// unless c.All.
func dyadic(f pairFormat) func(context.Context, io.Writer, *record.Scan, Config) (Left, error) {
	return func(ctx context.Context, w io.Writer, s *record.Scan, c Config) (Left, error) {
		left := Left{Why: "the table has no column for status"}
		if f.header != nil {
			if err := writeTabs(w, slices.Clone(f.header)); err != nil {
				return left, err
			}
		}
		for e, err := range s.Events(ctx) {
			if err != nil {
				return left, err
			}
			if !c.All && !happened(e.Status.Value) {
				left.status(e.Status.Value)
				continue
			}
			if codeOf(e).cameo == "" {
				left.Uncoded++
				continue
			}
			list := dyads(s, e)
			if len(list) == 0 {
				left.Nobody++
				continue
			}
			list = slices.DeleteFunc(list, func(d dyad) bool { return d.b == nil && !f.alone })
			if len(list) == 0 {
				left.Alone++
				continue
			}
			slices.SortStableFunc(list, func(a, b dyad) int {
				return cmp.Or(strings.Compare(a.a.code, b.a.code), strings.Compare(string(a.code), string(b.code)))
			})
			for i := range list {
				err := f.rows(s, &list[i], func(row []string) error {
					left.Rows++
					return writeTabs(w, row)
				})
				if err != nil {
					return left, err
				}
			}
		}
		return left, nil
	}
}
