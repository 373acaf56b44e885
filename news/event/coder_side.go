package event

import (
	"slices"

	"readout/doc"
)

// sides are the codes of those who do a deed and of those it is done to.
//
// A side without a country takes it from its own words ("Kenyan police", "police
// in Kenya", "a group based in Chad"), then from where the clause says that it
// happens, then from the only country of the sentence; an act of conflict or
// yielding within a country has both sides there.
func (c *coder) sides(e *deed) (source, target []string) {
	actor, patient := c.roles(e)
	if e.p.given != nil {
		actor, patient = c.turned(e, actor, patient)
	}
	source, target = []string{}, []string{}
	for _, i := range actor {
		source = union(source, c.codesAt(i))
	}
	if e.p.mutual && (e.turn == turnNone || e.turn == turnIntent && e.p.code != "045") {
		for _, i := range c.partners(e) {
			target = union(target, c.codesAt(i))
		}
		if len(target) == 0 && len(source) > 1 {
			e.own = true
			return source, source
		}
	} else {
		for _, i := range patient {
			if target = union(target, without(c.codesAt(i), source)); len(target) > 0 {
				break
			}
		}
		if len(target) == 0 { // both sides of one country
			for _, i := range patient {
				if target = union(target, c.codesAt(i)); len(target) > 0 {
					break
				}
			}
		}
	}
	return c.placed(e, source, target)
}

// placed fills in sides that have no country of their own.
func (c *coder) placed(e *deed, source, target []string) ([]string, []string) {
	e.own = c.abroad(source)
	if len(source) == 0 && e.p.code.Root() == "15" && e.own != c.abroad(target) {
		source, target = target, []string{} // "the navy was put on alert"
	}
	scene := c.scene(e)
	if !c.abroad(source) {
		country := ""
		if !(e.modal && e.turn == turnDemand) { // whoever must is not the one who says so
			country = c.before(e)
		}
		if c.abroad(target) && country == target[0][:3] { // the patient of a passive
			country = ""
		}
		if country == "" {
			country = scene
		}
		if country == "" {
			country = c.only(e)
		}
		if country == "" && c.domestic(e) && c.abroad(target) {
			if country = c.other(e, target); country == "" && target[0][:3] != "IGO" {
				country = target[0][:3]
			}
		}
		if country != "" {
			source = located(source, country)
		}
	}
	if !c.abroad(target) {
		country := scene
		if country == "" || c.abroad(source) && country == source[0][:3] && !c.domestic(e) {
			if country = c.after(e, source); country == "" {
				country = c.other(e, source)
			}
		}
		if country == "" && (c.domestic(e) || len(target) > 0) && c.abroad(source) {
			country = source[0][:3] // "killed three soldiers", who are nobody else's
		}
		if country != "" {
			target = located(target, country)
		}
	}
	return source, target
}

// abroad reports whether a side begins with a country.
func (c *coder) abroad(codes []string) bool {
	return len(codes) > 0 && len(codes[0]) >= 3 && !sectors[codes[0][:3]] && (c.dict == nil || !c.dict.Role(codes[0]))
}

// sectors are the role codes an actor without a country may have alone.
var sectors = map[string]bool{"COP": true, "GOV": true, "JUD": true, "LEG": true, "MIL": true, "PRM": true, "PTY": true,
	"REB": true, "SPY": true, "UAF": true, "UNK": true, "AGR": true, "BUS": true, "CRM": true, "CVL": true, "EDU": true,
	"ELI": true, "JRN": true, "LAB": true, "MED": true, "REF": true, "OPP": true, "PRE": true, "REL": true, "SOC": true, "DEV": true, "HLH": true, "HRI": true, "ENV": true, "INS": true, "SEP": true, "RAD": true}

// located puts the country before role codes that stand alone.
func located(codes []string, country string) []string {
	if len(codes) == 0 {
		return []string{country}
	}
	out := make([]string, len(codes))
	for i, x := range codes {
		out[i] = country + x
	}
	return out
}

func without(codes, others []string) []string {
	return slices.DeleteFunc(slices.Clone(codes), func(x string) bool {
		return slices.ContainsFunc(others, func(o string) bool { return o[:min(3, len(o))] == x[:min(3, len(x))] })
	})
}

// domestic reports whether an act is by its nature mostly within one country.
func (c *coder) domestic(e *deed) bool {
	switch e.p.code.Root() {
	case "08", "14", "17", "18", "19", "20", "09", "11":
		return true
	}
	return e.turn == turnDemand || e.turn == turnRefusal || e.p.turn == turnDemand || e.p.turn == turnRefusal
}

// roles are the tokens of who acts and, the likeliest first, of those acted on.
func (c *coder) roles(e *deed) (actor, patient []int32) {
	inner := c.doer(e.at, e)
	if inner < 0 && c.isVerb(e.at) && slices.ContainsFunc(e.p.needs, func(n slotNeed) bool { return n.slots[0] == "subj" }) {
		inner = c.slot(e.at, "subj")
	}
	if e.by < 0 {
		if e.modal && e.turn == turnDemand {
			return list(e.speaker), list(inner)
		}
		patient = c.patients(e.at, e.p, e)
		if e.p.turn == turnAppeal || e.p.turn == turnDemand {
			patient = append(list(c.slot(e.at, "clause")), patient...)
		}
		return list(inner), patient
	}
	up := c.deeds[c.of[e.by]].p
	actor = list(c.doer(e.by, e))
	switch e.turn {
	case turnAppeal, turnDemand:
		patient = append(list(c.slot(e.by, "clause")), c.patients(e.by, up, nil)...)
		if c.isVerb(e.at) && inner >= 0 && !slices.Contains(actor, inner) {
			patient = append(list(inner), patient...)
		} else if !c.isVerb(e.at) {
			patient = append(patient, c.within(e.at)...)
		}
		return actor, append(patient, c.patients(e.at, e.p, e)...)
	case turnRefusal:
		patient = c.patients(e.at, e.p, e)
		if o := c.slot(e.by, "obj"); o >= 0 && c.table.nouns[c.word(o)] != nil { // "rejected a call by the union"
			patient = append(c.within(o), patient...)
		}
		return actor, append(patient, c.patients(e.by, up, nil)...)
	}
	patient = c.patients(e.at, e.p, e)
	if !c.isVerb(e.at) { // "agreed to American mediation"
		patient = append(c.within(e.at), patient...)
	}
	return actor, append(patient, c.patients(e.by, up, nil)...)
}

func list(i int32) []int32 {
	if i < 0 {
		return nil
	}
	return []int32{i}
}

// doer is who does what word i tells of.
func (c *coder) doer(i int32, e *deed) int32 {
	if c.isVerb(i) {
		if s, passive := c.clauseSubject(i); passive && c.table.adjectives[c.form(i)] != nil {
			return s // "is prepared to lift"
		}
		return c.subject(i)
	}
	if c.d.UPOS(i) == doc.ADJ || c.d.Child(i, doc.RelCop) >= 0 {
		s, _ := c.clauseSubject(i)
		return s
	}
	for k := range c.d.Children(i) {
		if p := c.preposition(k); (p == "by" || p == "from") && c.timeOf[k] < 0 && c.land(k, 0) != nil {
			return k
		}
	}
	if v := c.d.Head(i); v >= 0 && c.isVerb(v) {
		switch c.d.Deprel(i).Base() {
		case doc.RelObj, doc.RelObl:
			return c.doer(v, e)
		case doc.RelNsubj:
			if a := c.agent(v); a >= 0 && c.d.Deprel(i) == doc.RelNsubjPass {
				return a
			}
		}
	}
	return c.holder(i)
}

// within are the of-phrase and the possessor of a noun: who would do it.
func (c *coder) within(i int32) []int32 {
	var out []int32
	for k := range c.d.Children(i) {
		switch rel := c.d.Deprel(k); rel.Base() {
		case doc.RelAmod, doc.RelCompound:
			if k < i && c.nation(k) != nil {
				out = append(out, k)
			}
		case doc.RelNmod:
			if p := c.preposition(k); rel == doc.RelNmodPoss || p == "by" || p == "of" || p == "from" {
				out = append(out, k)
			}
		}
	}
	return out
}

// patients are the tokens in the slots of p at word i, in the order of the row.
func (c *coder) patients(i int32, p *pattern, e *deed) []int32 {
	var out []int32
	words := []int32{i}
	if e != nil && e.light >= 0 && e.light != i {
		words = append(words, e.light)
	}
	for _, s := range append(slices.Clone(p.targets), usualTargets...) {
		for _, w := range words {
			if s == "obj" && w != i {
				continue
			}
			if t := c.slot(w, s); t >= 0 && t != i && (e == nil || t != e.at) {
				out = append(out, t)
			}
		}
	}
	return out
}

// partners are those with whom the doer of a mutual act does it.
func (c *coder) partners(e *deed) []int32 {
	var out []int32
	for _, w := range []int32{e.at, e.light} {
		if w < 0 {
			continue
		}
		for _, s := range []string{"with", "between", "among", "obj", "iobj", "to", "against", "from", "in"} {
			if s == "against" && e.p.code.Quad() < 3 {
				continue // "a joint operation against the rebels"
			}
			if t := c.slot(w, s); t >= 0 && t != e.at && (s != "obj" || w == e.at) {
				out = append(out, t)
			}
		}
	}
	return out
}

// codesAt are the codes of those whom noun i and what is joined to it name.
func (c *coder) codesAt(i int32) []string {
	var out []string
	for _, k := range c.conjuncts(i) {
		out = union(out, c.codeAt(k))
	}
	return out
}

func (c *coder) codeAt(i int32) []string {
	var own []string
	if c.d.UPOS(i) == doc.ADJ {
		return c.nation(i)
	}
	if m := c.mentionOf[i]; m >= 0 && !c.ethnic(i) {
		id := c.d.Mentions[m].Actor
		if c.d.Mentions[m].Form != doc.FormName && c.d.Mentions[m].Form != doc.FormPronoun {
			if l := c.adjective(i); l != nil {
				return placedIn(sectorOf(actorCodes(c.d, id)), l)
			}
		}
		if own = actorCodes(c.d, id); c.abroad(own) {
			return own
		}
		for _, h := range c.heads[id] { // "rebels in Chad … they"
			if l := c.land(h, 0); h != i && len(l) > 0 {
				return placedIn(own, l)
			}
		}
	}
	if a := c.unmarked(i); a >= 0 && len(own) == 0 {
		if own = actorCodes(c.d, a); c.abroad(own) {
			return own
		}
	}
	if l := c.land(i, 0); len(l) > 0 {
		return placedIn(own, l)
	}
	return own
}

// sectorOf are the role codes without their country.
func sectorOf(codes []string) []string {
	var out []string
	for _, x := range codes {
		if len(x) >= 3 && x[:3] != "IGO" && x[:3] != "NGO" && !sectors[x[:3]] {
			x = x[3:]
		}
		if x != "" && (len(x) < 3 || sectors[x[:3]]) {
			out = union(out, []string{x})
		}
	}
	return out
}

func placedIn(own, lands []string) []string {
	if len(own) == 0 || len(lands[0]) > 3 {
		return lands
	}
	var out []string
	for _, l := range lands {
		out = union(out, located(own, l))
	}
	return out
}
