package event

import (
	"slices"

	"readout/codebook/petrarch"
	"readout/doc"
	"readout/registry"
)

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
	if depth == 0 && c.d.Deprel(i) == doc.RelCompound && c.d.Head(i) >= 0 && c.isVerb(c.d.Head(i)) { // "Egyptian police | shot"
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
	reg := c.reg
	if reg == nil {
		var err error
		if reg, err = registry.Default(); err != nil {
			return nil
		}
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
	if c.d.Published.IsZero() || c.mentionOf[i] >= 0 && c.d.Mentions[c.mentionOf[i]].Span.Len() > 1 {
		return nil
	}
	if who := reg.Person(f, c.d.Published); len(who) > 0 && who[0].Confidence > 0.5 && who[0].Office.Country != "" {
		return []string{who[0].Office.Country} // "the Bush administration"
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
	for _, k := range c.tells[i] {
		s := &c.d.Statements[k]
		if !s.Source.Span.Has(e.speaker) && s.Cue.Head != e.at && s.Cue.Head != e.by {
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
