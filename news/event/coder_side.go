package event

import (
	"slices"

	"readout/codebook/petrarch"
	"readout/doc"
	"readout/registry"
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
		country := scene
		if country == "" {
			country = c.only(e)
		}
		if country == "" && c.domestic(e) && c.abroad(target) && target[0][:3] != "IGO" {
			country = target[0][:3]
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
		if country == "" && c.domestic(e) && c.abroad(source) {
			country = source[0][:3]
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
		for k := range c.d.Mentions { // "rebels in Chad … they"
			o := &c.d.Mentions[k]
			if o.Actor == id && o.Head != i {
				if l := c.land(o.Head, 0); len(l) > 0 {
					return placedIn(own, l)
				}
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

// adjective are the countries of the adjectives before noun i: "his Indian
// counterpart", "U.S. and Russian negotiators".
func (c *coder) adjective(i int32) []string {
	for k := range c.d.Children(i) {
		if k > i || c.d.Deprel(k).Base() != doc.RelAmod || c.against(k) {
			continue
		}
		var out []string
		for _, x := range c.conjuncts(k) {
			out = union(out, c.nation(x))
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
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

// ethnic reports whether noun i is called by a people and not by a state:
// "ethnic Albanian guerrillas".
func (c *coder) ethnic(i int32) bool {
	for k := range c.d.Children(i) {
		if c.form(k) == "ethnic" && k < i {
			return true
		}
		for g := range c.d.Children(k) {
			if c.form(g) == "ethnic" && k < i {
				return true
			}
		}
	}
	return false
}

// maxLand is how deep in a noun's phrase a country is looked for.
const maxLand = 3

// land are the countries that the words of noun i's phrase tell of, the nearest
// first: its adjectives and possessors, then its prepositional phrases.
func (c *coder) land(i int32, depth int) []string {
	if depth > 0 && !c.ethnic(i) {
		if out := c.nation(i); out != nil {
			for _, k := range c.conjuncts(i)[1:] {
				out = union(out, c.nation(k))
			}
			return out
		}
	}
	if depth >= maxLand {
		return nil
	}
	if depth == 0 && c.d.Deprel(i) == doc.RelCompound && c.isVerb(c.d.Head(i)) { // "Egyptian police | shot"
		if out := c.adjective(c.d.Head(i)); out != nil {
			return out
		}
	}
	ethnic := c.ethnic(i)
	for k := range c.d.Children(i) {
		switch c.d.Deprel(k).Base() {
		case doc.RelAmod, doc.RelCompound, doc.RelNmod, doc.RelFlat, doc.RelNummod:
			if c.d.Deprel(k).Base() == doc.RelNmod && c.d.Deprel(k) != doc.RelNmodPoss && c.preposition(k) != "" || ethnic || c.against(k) {
				continue
			}
			if out := c.land(k, depth+1); out != nil {
				return out
			}
		}
	}
	if depth == 0 {
		if out := c.nation(i); out != nil && !ethnic {
			return out
		}
	}
	for k := range c.d.Children(i) {
		switch c.d.Deprel(k).Base() {
		case doc.RelNmod, doc.RelObl:
			switch c.preposition(k) {
			case "of", "in", "from", "at", "near", "on", "inside", "across", "throughout", "around", "within", "for", "to", "with", "by", "against", "along", "outside", "over", "outside of":
				if out := c.land(k, depth+1); out != nil {
					return out
				}
			}
		case doc.RelAcl:
			if c.d.Deprel(k) == doc.RelAclRelcl && c.d.XPOS(k) == "VBD" && depth > 0 {
				continue
			}
			for g := range c.d.Children(k) {
				if p := c.preposition(g); p == "in" || p == "from" || p == "near" || p == "on" || p == "at" || p == "of" || p == "out of" {
					if out := c.land(g, depth+1); out != nil {
						return out
					}
				}
			}
		case doc.RelAppos:
			if out := c.land(k, depth+1); out != nil {
				return out
			}
		}
	}
	return nil
}

// against reports whether token k is of a word such as "anti-Syrian".
func (c *coder) against(k int32) bool {
	return k > 1 && c.form(k-1) == "-" && (c.form(k-2) == "anti" || c.form(k-2) == "pro") || k > 0 && (c.form(k-1) == "anti-" || c.form(k-1) == "pro-")
}

// nation are the codes of the actor that token i is of, or the country whose
// adjective it is.
func (c *coder) nation(i int32) []string {
	if m := c.d.MentionOf(i); m >= 0 {
		if x := &c.d.Mentions[m]; x.Head == i || x.Span.Len() == 1 || x.Form == doc.FormName {
			if codes := actorCodes(c.d, x.Actor); c.abroad(codes) {
				return codes
			}
		}
	}
	f := c.d.Form(i)
	if f[0] < 'A' || f[0] > 'Z' {
		return nil
	}
	if c.dict != nil && (c.nameOf[i] < 0 || c.d.Names[c.nameOf[i]].Span.Begin == i) {
		sent := c.d.SentenceOf(i)
		if code, n := c.dict.Actor(func(k int) string { return c.d.Form(int32(k)) }, int(sent.End), int(i), c.d.Published); n > 0 && code != petrarch.Nobody {
			return []string{code}
		}
	}
	reg, err := registry.Default()
	if err != nil {
		return nil
	}
	list := reg.Lookup(f)
	if i > c.d.SentenceOf(i).Begin && c.d.Form(i - 1)[0] >= 'A' && c.d.Form(i - 1)[0] <= 'Z' {
		if two := reg.Lookup(c.d.Form(i-1) + " " + f); len(two) > 0 {
			list = two // "North Korean"
		}
	}
	for _, m := range list {
		switch m.Entry.Kind {
		case registry.Country:
			if len(m.Entry.Code) >= 3 {
				return []string{m.Entry.Code[:3]} // of a state that is no more: its heir
			}
			return []string{m.Entry.Country}
		case registry.Place, registry.Body, registry.Armed:
			if m.Entry.Country != "" {
				return []string{worldwide(m.Entry.Code, m.Entry.Country)}
			}
		}
	}
	return nil
}

// scene is the country where the clause of a deed says that it happens.
func (c *coder) scene(e *deed) string {
	for _, v := range []int32{e.at, e.light, e.by} {
		for n := 0; v >= 0 && n < 3; n++ {
			if l := c.sceneOf(v); l != "" {
				return l
			}
			if o := c.slotObject(v); o >= 0 && n == 0 {
				if l := c.sceneOf(o); l != "" {
					return l
				}
			}
			if r := c.d.Deprel(v).Base(); r != doc.RelConj && r != doc.RelXcomp {
				break
			}
			v = c.d.Head(v)
		}
	}
	return ""
}

// sceneOf is the country of the place that a phrase of word v names.
func (c *coder) sceneOf(v int32) string {
	for k := range c.d.Children(v) {
		if b := c.d.Deprel(k).Base(); b != doc.RelObl && b != doc.RelNmod {
			continue
		}
		switch c.preposition(k) {
		case "in", "at", "near", "across", "throughout", "inside", "outside", "around", "along", "on", "within", "outside of":
			if l := c.land(k, 1); len(l) == 1 && len(l[0]) >= 3 && l[0][:3] != "IGO" {
				return l[0][:3]
			}
		}
	}
	return ""
}

// before is the country of the first who is named in the sentence before a deed
// and does not stand after a preposition: whom a parser did not take for its
// subject.
func (c *coder) before(e *deed) string {
	for i := c.d.SentenceOf(e.at).Begin; i < e.at; i++ {
		if c.d.UPOS(i) == doc.VERB {
			return ""
		}
		if l := c.named(i, e); l != "" {
			if p := c.preposition(i); p == "" && c.preposition(max(c.d.Head(i), 0)) == "" {
				return l
			}
		}
	}
	return ""
}

// after is the country of the first who is named in the sentence after a deed
// and is not among the others.
func (c *coder) after(e *deed, others []string) string {
	from := max(e.at, e.by)
	for i := from + 1; i < c.d.SentenceOf(e.at).End; i++ {
		if l := c.named(i, e); l != "" && !slices.ContainsFunc(others, func(o string) bool { return o[:min(3, len(o))] == l }) {
			return l
		}
	}
	return ""
}

// named is the country that token i names, unless it is that of who reports the
// deed.
func (c *coder) named(i int32, e *deed) string {
	f := c.d.Form(i)
	if f[0] < 'A' || f[0] > 'Z' || c.against(i) || c.reporter(i, e) {
		return ""
	}
	if l := c.nation(i); len(l) > 0 && len(l[0]) >= 3 && !sectors[l[0][:3]] {
		return l[0][:3]
	}
	return ""
}

// only is the only country that the sentence of a deed speaks of, those who
// report it left out; "" without one or with more.
func (c *coder) only(e *deed) string {
	found := c.lands(e)
	if len(found) == 1 {
		return found[0]
	}
	return ""
}

// other is the first country of the sentence after the deed's words, or before
// them, that is not among the others; where the others have none, the only one.
func (c *coder) other(e *deed, others []string) string {
	found := slices.DeleteFunc(c.lands(e), func(x string) bool {
		return slices.ContainsFunc(others, func(o string) bool { return len(o) >= 3 && o[:3] == x })
	})
	if len(found) == 1 {
		return found[0]
	}
	return ""
}

// lands are the countries that the sentence of a deed names, but for those of
// the speakers that report it.
func (c *coder) lands(e *deed) []string {
	sent := c.d.SentenceOf(e.at)
	var out []string
	for i := sent.Begin; i < sent.End; i++ {
		f := c.d.Form(i)
		if f[0] < 'A' || f[0] > 'Z' || c.reporter(i, e) {
			continue
		}
		for _, x := range c.nation(i) {
			if len(x) >= 3 && !sectors[x[:3]] && x[:3] != "IGO" && x[:3] != "NGO" && x[:3] != "IMG" {
				out = union(out, []string{x[:3]})
			}
		}
	}
	return out
}

// reporter reports whether token i names the source of a statement that is not
// the deed's own speaker.
func (c *coder) reporter(i int32, e *deed) bool {
	for k := range c.d.Statements {
		s := &c.d.Statements[k]
		if s.Source.Span.Has(i) && !s.Source.Span.Has(e.speaker) && s.Cue.Head != e.at && s.Cue.Head != e.by {
			return true
		}
	}
	return false
}

// worldwide is the code of a body: that of an organization of states begins with
// IGO, whatever stands for its country.
func worldwide(code, country string) string {
	if len(code) >= 3 && code[:3] == "IGO" {
		return code
	}
	return country
}
