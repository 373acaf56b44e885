package event

import (
	"slices"

	"readout/codebook/cameo"
	"readout/codebook/plover"
	"readout/doc"
)

// code is the code of a deed in its turn; "" where it has none.
func (c *coder) code(e *deed) (cameo.Code, string) {
	if e.turn == turnNone {
		return e.p.code, e.p.mode
	}
	conflict := e.p.code.Quad() >= 3
	verbal := e.p.code.Root() < "04" || e.p.code.Quad() == 3
	if e.p == demanded || e.p.turn == turnIntent && e.turn == turnDemand && e.modal {
		return "100", ""
	}
	if verbal {
		if e.turn == turnIntent {
			return e.p.code, e.p.mode
		}
		return c.fallback(e), ""
	}
	switch e.turn {
	case turnIntent:
		if e.modal && e.p.code == "0831" {
			return e.p.code, e.p.mode
		}
	case turnAppeal, turnDemand:
		if conflict {
			if e.turn == turnAppeal || e.by >= 0 {
				return "113", ""
			}
			return "", ""
		}
	case turnRefusal:
		if conflict && e.by < 0 {
			return "", "" // "will not attack"
		}
	}
	if code := e.p.code.As(e.turn.cameo()); code != "" {
		return code, ""
	}
	return c.fallback(e), ""
}

// fallback is the code of the word that turns an act for which the codebook has
// no such turn.
func (c *coder) fallback(e *deed) cameo.Code {
	if e.by < 0 {
		return map[turn]cameo.Code{turnIntent: "030", turnDemand: "100", turnRefusal: "120", turnThreat: "130", turnAppeal: "020"}[e.turn]
	}
	if k, ok := c.of[e.by]; ok {
		return c.deeds[k].p.code
	}
	return ""
}

// coded makes the coded events of the document's deeds.
func (c *coder) coded() []Coded {
	var out []Coded
	for k := range c.deeds {
		e := &c.deeds[k]
		if e.dropped {
			continue
		}
		code, mode := c.code(e)
		entry, ok := cameo.Lookup(code)
		if !ok {
			continue
		}
		t, m := plover.FromCAMEO(string(code))
		if t == 0 {
			continue
		}
		if mode == "" {
			mode = m
		}
		x := Coded{PLOVER: t.String(), Mode: mode, CAMEO: string(code), Goldstein: entry.Goldstein, Quad: code.Quad(), Text: c.d.Slice(c.words(e))}
		x.Source, x.Target = c.sides(e)
		x.sight = sight{source: e.own, aside: e.aside, turned: e.turn != turnNone}
		if e.speaker < 0 && e.modal && e.turn == turnDemand {
			continue // nobody says so
		}
		if len(x.Source)+len(x.Target) == 0 {
			continue // nobody that the codebooks have: "I asked"
		}
		x.Status, x.Aux = c.status(e)
		x.at = e.at
		if e.by >= 0 && code == c.fallback(e) && slices.ContainsFunc(c.deeds, func(o deed) bool {
			if o.at == e.at || o.by != e.by || o.dropped {
				return false
			}
			other, _ := c.code(&o)
			return other != "" && other != code
		}) {
			continue // "rejected calls for the release": of the calls' matter
		}
		if !slices.ContainsFunc(out, func(o Coded) bool {
			return o.PLOVER == x.PLOVER && c.d.Tokens.Sent[o.at] == c.d.Tokens.Sent[x.at] && (sameSides(o, x))
		}) {
			out = append(out, x)
		}
	}
	return out
}

func sameSides(a, b Coded) bool {
	return slices.Equal(a.Source, b.Source) && slices.Equal(a.Target, b.Target)
}

// words are the words that a deed rests on.
func (c *coder) words(e *deed) doc.Span {
	s := doc.Span{Begin: e.at, End: e.at + 1}
	for _, t := range []int32{e.by, e.light} {
		if t >= 0 {
			s = s.Union(doc.Span{Begin: t, End: t + 1})
		}
	}
	if o := c.slotObject(e.at); o >= 0 {
		s = s.Union(doc.Span{Begin: o, End: o + 1})
	}
	return s
}

// status is the state of the act and PLOVER's auxiliary modes.
func (c *coder) status(e *deed) (string, []string) {
	aux := []string{}
	st := e.mood.status()
	switch e.turn {
	case turnIntent, turnThreat:
		st = doc.StatusPlanned
	case turnAppeal, turnDemand:
		st = doc.StatusProposed
	case turnRefusal:
		st = doc.StatusDenied
	}
	if st == 0 {
		st = doc.StatusOccurred
	}
	if e.mood.tense == tenseMay && e.turn != turnRefusal {
		st = doc.StatusPossible
	}
	switch st {
	case doc.StatusPlanned, doc.StatusProposed, doc.StatusConditional, doc.StatusPossible, doc.StatusPostponed:
		aux = append(aux, plover.Future)
	}
	if c.longAgo(e) {
		aux = append(aux, plover.Historical)
	}
	if st == doc.StatusPossible || st == doc.StatusConditional || c.hypothetical(e) {
		aux = append(aux, plover.Hypothetical)
	}
	if st == doc.StatusDenied && e.turn == turnNone || st == doc.StatusCancelled {
		aux = append(aux, plover.Negation)
	}
	return st.String(), aux
}

// longAgo reports whether the time told with a deed makes it history.
func (c *coder) longAgo(e *deed) bool {
	for _, v := range []int32{e.at, e.by, e.light} {
		if v < 0 {
			continue
		}
		for k := range c.d.Children(v) {
			if t := c.timeOf[k]; t >= 0 && c.historical(&c.d.Times[t]) {
				return true
			}
		}
	}
	return false
}

// hypothetical reports whether the deed stands in, or has, an if-clause.
func (c *coder) hypothetical(e *deed) bool {
	for _, v := range []int32{e.at, e.by, e.light} {
		if v < 0 {
			continue
		}
		if c.marker(v) == "if" || c.marker(v) == "unless" {
			return true
		}
		for k := range c.d.Children(v) {
			if m := c.marker(k); c.d.Deprel(k).Base() == doc.RelAdvcl && (m == "if" || m == "unless") {
				return true
			}
		}
	}
	return false
}
