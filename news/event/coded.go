package event

import (
	"slices"

	"readout/codebook/cameo"
	"readout/codebook/petrarch"
	"readout/codebook/plover"
	"readout/doc"
	"readout/registry"
)

// Coded is an event as the event data sets have it: who did what to whom.
type Coded struct {
	PLOVER    string   `json:"plover"`
	Mode      string   `json:"mode"`
	Aux       []string `json:"aux"`
	CAMEO     string   `json:"cameo"`
	Source    []string `json:"source"` // actor codes; each begins with the country
	Target    []string `json:"target"`
	Status    string   `json:"status"`
	Goldstein float32  `json:"goldstein"` // -10 to 10
	Quad      uint8    `json:"quad"`      // 1 to 4
	Text      string   `json:"text"`      // the words it rests on

	// Confidence is how likely the type is right, by sure's function.
	Confidence float32 `json:"confidence"`

	at    int32 // the token that names it
	sight sight

	PLOVERQuad uint8   `json:"-"` // the quad class and the intensity by PLOVER's manual
	Scale      float32 `json:"-"`
}

// scale sets what PLOVER's manual says of the type and its mode.
func (c *Coded) scale() {
	t, _ := plover.Parse(c.PLOVER)
	e := plover.Lookup(t)
	c.PLOVERQuad, c.Scale = e.Quad, e.Score
	for _, m := range e.Modes {
		if m.Name == c.Mode {
			c.Scale = m.Score
		}
	}
}

// Code gives the events of a document that has been read: what its sentences
// tell by the coder's patterns, the events of the reading that these leave, and
// the statements that are acts in the codebooks' sense (to criticise is one, to
// say is none). Events without a PLOVER type are left out.
func Code(d *doc.Document) []Coded { return Coder{}.Code(d) }

// Coder codes documents; the zero value is what Code uses.
type Coder struct {
	// Dictionary is asked before the coder's own patterns and the registry; nil
	// means none.
	Dictionary *petrarch.Dictionary
	// Registry tells whose a name is that the reading knows no actor by; nil means
	// the embedded tables.
	Registry *registry.Registry
}

// Code is as the function Code.
func (x Coder) Code(d *doc.Document) []Coded {
	c := newCoder(d, x)
	for _, s := range d.Sentences {
		c.find(s)
	}
	out := c.coded()
	taken := map[int32]bool{}
	for _, t := range c.silent {
		taken[t] = true
	}
	for k := range c.deeds {
		e := &c.deeds[k]
		for _, t := range []int32{e.at, e.by, e.light} {
			taken[t] = true
		}
	}
	for k := range d.Events {
		if ev := &d.Events[k]; ev.PLOVER != "" && !slices.ContainsFunc(ev.Triggers, func(t int32) bool { return taken[t] }) {
			out = append(out, codeEvent(d, ev))
		}
	}
	for k := range d.Statements {
		if h := d.Statements[k].Cue.Head; taken[h] {
			continue
		}
		if s, ok := c.statement(&d.Statements[k]); ok {
			out = append(out, s)
		}
	}
	for k := range out {
		out[k].scale()
		out[k].Confidence = out[k].sight.sure(c.beside(out, k))
	}
	if out == nil {
		out = []Coded{}
	}
	return out
}

// codeEvent codes an event of the reading.
func codeEvent(d *doc.Document, ev *doc.Event) Coded {
	c := Coded{PLOVER: ev.PLOVER, Mode: ev.Mode, Aux: append([]string{}, ev.Aux...), CAMEO: ev.CAMEO,
		Status: ev.Status.String(), Goldstein: ev.Goldstein, Quad: ev.Quad}
	c.Source, c.Target = sides(d, ev)
	if len(ev.Evidence) > 0 {
		c.Text = d.Slice(ev.Evidence[0])
	}
	c.at = ev.Triggers[0]
	c.sight = sight{other: true, source: len(c.Source) > 0}
	return c
}

// sides are the codes of those who act and of those it is done to. Where all
// take part alike, all stand on both sides; a mediator acts on the parties.
func sides(d *doc.Document, ev *doc.Event) (source, target []string) {
	var alike []string
	source, target = []string{}, []string{}
	for _, p := range ev.Participants {
		codes := actorCodes(d, p.Actor)
		if len(codes) == 0 {
			codes = within(d, p.Span, nil)
		}
		switch p.As {
		case doc.AsParticipant:
			alike = union(alike, codes)
		case doc.AsHost, doc.AsTarget, doc.AsInvited:
			target = union(target, codes)
		case doc.AsVisitor, doc.AsMediator, doc.AsInitiator, doc.AsOrganiser, doc.AsDrafter:
			source = union(source, codes)
		}
	}
	if len(source) == 0 {
		source = union(source, alike)
	}
	if len(target) == 0 {
		target = union(target, alike)
	}
	for _, t := range ev.Triggers {
		if len(target) > 0 {
			break
		}
		if o := d.Child(t, doc.RelObj, doc.RelObl); o >= 0 {
			target = union(target, within(d, d.Subtree(o), source))
		}
	}
	return source, target
}

// within are the codes of the first actor with a country that is named in s and
// is not among others: who "Egyptian police" are of, or whom a thing is done to
// that is no actor itself ("shelled positions of the Lebanese army").
func within(d *doc.Document, s doc.Span, others []string) []string {
	for _, m := range d.MentionsIn(s) {
		if codes := actorCodes(d, d.Mentions[m].Actor); len(codes) > 0 && !slices.Contains(others, codes[0]) {
			return codes
		}
	}
	return nil
}

func union(a, b []string) []string {
	for _, s := range b {
		if !slices.Contains(a, s) {
			a = append(a, s)
		}
	}
	return a
}

// actorCodes are the codes of an actor, or of the members of a group.
func actorCodes(d *doc.Document, id doc.ActorID) []string {
	if id < 0 {
		return nil
	}
	a := &d.Actors[id]
	switch {
	case len(a.Code) >= 3 && a.Code[:3] == "IGO": // a body of states, whatever stands for its country
		return []string{a.Code}
	case a.Code != "" && (a.Country == "" || len(a.Code) >= 3 && a.Code[:3] == a.Country[:min(3, len(a.Country))]):
		return []string{a.Code}
	case a.Country != "":
		return []string{a.Country}
	}
	var out []string
	for _, m := range a.Members {
		if b := &d.Actors[m]; b.Country != "" {
			out = union(out, []string{b.Country})
		}
	}
	return out
}

// statement codes a statement by its act; false where the act has no code,
// the statement is negated, or an event already tells the same.
func (c *coder) statement(s *doc.Statement) (Coded, bool) {
	d := c.d
	code := c.lex.acts[s.Cue.Act].code
	e, ok := cameo.Lookup(code)
	if !ok || s.Negated || s.Source.Actor < 0 {
		return Coded{}, false
	}
	for _, id := range s.About {
		for _, t := range d.Events[id].Triggers {
			if t == s.Cue.Head {
				return Coded{}, false
			}
		}
	}
	t, mode := plover.FromCAMEO(string(code))
	o := Coded{PLOVER: t.String(), Mode: mode, Aux: []string{}, CAMEO: string(code), Status: doc.StatusOccurred.String(),
		Goldstein: e.Goldstein, Quad: code.Quad(), Text: d.Slice(s.Cue.Span), Target: []string{}}
	o.Source = union([]string{}, actorCodes(d, s.Source.Actor))
	for _, to := range s.To {
		o.Target = union(o.Target, actorCodes(d, to.Actor))
	}
	for _, span := range s.Content {
		if len(o.Target) > 0 {
			break
		}
		for _, m := range d.MentionsIn(span) {
			if codes := actorCodes(d, d.Mentions[m].Actor); len(codes) > 0 && !slices.Equal(codes, o.Source) {
				o.Target = union(o.Target, codes)
				break
			}
		}
	}
	if h := s.Cue.Head; h >= 0 {
		o.at = h
		o.Status, o.Aux = c.status(&deed{at: h, by: doc.None, light: doc.None, mood: c.moodOf(h)})
	}
	o.sight = sight{other: true, source: len(o.Source) > 0}
	return o, true
}
