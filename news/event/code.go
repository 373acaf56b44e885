package event

import (
	"readout/codebook/cameo"
	"readout/codebook/plover"
	"readout/doc"
)

// code sets the CAMEO and PLOVER codes of an event from its row and status.
//
// CAMEO has no column for status; it has other codes for what is only intended
// (03), asked for (02, 10), refused (12) or threatened (13), and the event takes
// the one of its status. What is denied to have happened keeps the code of the
// act, with PLOVER's auxiliary mode negation.
func (r *run) code(ev *doc.Event, c *cluster) {
	base := cameo.Code(r.baseCode(ev, c))
	turn := r.turnOf(ev, c, base)
	code := base.As(turn)
	if code == "" {
		code = base
	}
	e, ok := cameo.Lookup(code)
	if !ok {
		return
	}
	ev.CAMEO, ev.Goldstein, ev.HasGoldstein, ev.Quad = string(code), e.Goldstein, true, code.Quad()
	t, mode := plover.FromCAMEO(string(code))
	ev.PLOVER, ev.Mode = t.String(), mode
	if mode == "" && t == plover.Consult && len(ev.Participants) > 2 && attendingIn(ev) > 2 {
		ev.Mode = "multilateral"
	}
	switch ev.Status {
	case doc.StatusPlanned, doc.StatusProposed, doc.StatusConditional, doc.StatusPossible, doc.StatusPostponed:
		ev.Aux = append(ev.Aux, plover.Future)
	}
	if c.past || r.historical(c.time) {
		ev.Aux = append(ev.Aux, plover.Historical)
	}
	if ev.Status == doc.StatusPossible || ev.Status == doc.StatusConditional {
		ev.Aux = append(ev.Aux, plover.Hypothetical)
	}
	if ev.Status == doc.StatusDenied && turn == cameo.Done || ev.Status == doc.StatusCancelled {
		ev.Aux = append(ev.Aux, plover.Negation)
	}
}

func attendingIn(ev *doc.Event) int {
	n := 0
	for _, p := range ev.Participants {
		if attends(p.As) {
			n++
		}
	}
	return n
}

// baseCode is the code of the act as done: that of the first mention whose row
// is of the event's kind.
func (r *run) baseCode(ev *doc.Event, c *cluster) string {
	switch ev.Kind {
	case doc.EventCall:
		return "041"
	case doc.EventVisit:
		return "042"
	}
	best := ""
	for _, i := range c.mentions {
		row := r.mentions[i].row
		if row.pronoun && c.row == nil {
			continue
		} else if row.pronoun {
			row = c.row
		}
		if row.kind == ev.Kind && (best == "" || best == "040" && row.cameo != "") {
			best = row.cameo
		}
	}
	if best == "" {
		best = r.mentions[c.mentions[0]].row.cameo
		if best == "" && c.row != nil {
			best = c.row.cameo
		}
	}
	if ev.Kind == doc.EventMeeting && best == "041" {
		best = "040"
	}
	return best
}

// turnOf is the turn that the event's status gives its act.
func (r *run) turnOf(ev *doc.Event, c *cluster, base cameo.Code) cameo.Turn {
	conflict := base.Quad() >= 3
	switch ev.Status {
	case doc.StatusPlanned, doc.StatusConditional, doc.StatusPossible, doc.StatusPostponed:
		if conflict && r.threatened(c) {
			return cameo.Threat
		}
		return cameo.Intent
	case doc.StatusProposed:
		for _, i := range c.mentions {
			m := &r.mentions[i]
			if m.statement >= 0 && r.d.Statements[m.statement].Cue.Act == doc.ActDemand {
				return cameo.Demand
			}
			for _, h := range m.chain {
				if r.word(h) == "demand" {
					return cameo.Demand
				}
			}
		}
		return cameo.Appeal
	case doc.StatusCancelled:
		if !conflict {
			return cameo.Refusal
		}
	case doc.StatusDenied:
		for _, i := range c.mentions {
			if r.mentions[i].refusal {
				return cameo.Refusal
			}
		}
	}
	return cameo.Done
}

func (r *run) threatened(c *cluster) bool {
	for _, i := range c.mentions {
		for _, h := range r.mentions[i].chain {
			if w := r.word(h); w == "threaten" || w == "threat" || w == "warn" {
				return true
			}
		}
	}
	return false
}
