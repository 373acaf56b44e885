package actor

import (
	"slices"

	"readout/doc"
	"readout/registry"
)

// Descriptions of what is no person: governments, bodies, places, things.

// findState is what acts for a country: "the Turkish government", "the Russian
// side" and "Baku's leadership" are the country; without one, the government
// last spoken of.
func (r *run) findState(k int32) int32 {
	p := &r.phrases[k]
	nation := ""
	if len(p.nations) == 1 {
		nation = p.nations[0]
	}
	if nation == "" && p.owner >= 0 && r.phrases[p.owner].cluster >= 0 {
		switch o := &r.clusters[r.phrases[p.owner].cluster]; o.class {
		case classCountry:
			nation = o.nation()
		case classPerson:
			nation = r.personNation(o) // "his government"
		}
	}
	if e := r.reg.Country(nation); e != nil && p.number != numberMany {
		return r.country(e)
	}
	if len(p.nations) == 0 && p.article == articleThe && p.number != numberMany {
		if id := r.sameHead(k); id >= 0 || p.lemma == "side" || p.span.Len() > 2 {
			return id
		}
		if e := r.reg.Country(r.home); e != nil {
			return r.country(e)
		}
		return doc.None
	}
	if p.number == numberMany {
		return r.findGroup(k)
	}
	return doc.None
}

// findBody is the body a definite description speaks of: one whose name ends in
// the noun ("the ministry"), one that was so described, or for nouns that say
// little ("the group") the last one that can be it.
func (r *run) findBody(k int32) int32 {
	p := &r.phrases[k]
	if p.number == numberMany {
		return r.findGroup(k)
	}
	if p.article != articleThe && !(p.article == articleNone && r.capital(p.head)) {
		if p.article == articleOwner {
			return r.findOwnedBody(k)
		}
		return doc.None
	}
	best := int32(doc.None)
	for _, id := range r.recent[classBody] {
		c := &r.clusters[id]
		if len(c.parts) < 2 || len(p.nations) > 0 && c.nation() != p.nations[0] {
			continue
		}
		if slices.Contains(c.parts, p.lemma) && (best < 0 || c.last > r.clusters[best].last) {
			best = id
		}
	}
	if best >= 0 {
		return best
	}
	if id := r.sameHead(k); id >= 0 {
		return id
	}
	if !vagueBody(p.lemma) {
		return doc.None
	}
	for q := k - 1; q >= max(0, k-25); q-- {
		id := r.phrases[q].cluster
		if id < 0 || r.phrases[q].form == doc.FormPronoun || !r.canBe(&r.clusters[id], p.lemma) {
			continue
		}
		return id
	}
	return doc.None
}

// findOwnedBody is the body that "his foreign ministry" speaks of: that of the
// owner or of the owner's country, described alike.
func (r *run) findOwnedBody(k int32) int32 {
	p := &r.phrases[k]
	if id := r.findOwned(k); id >= 0 || p.owner < 0 || r.phrases[p.owner].cluster < 0 {
		return id
	}
	o := &r.clusters[r.phrases[p.owner].cluster]
	nation := o.nation()
	if o.class == classPerson {
		nation = r.personNation(o)
	}
	list := r.byLemma[p.lemma]
	for i := len(list) - 1; i >= 0 && nation != ""; i-- {
		if c := &r.clusters[list[i]]; c.class == classBody && c.nation() == nation && r.sameModifiers(k, list[i]) {
			return list[i]
		}
	}
	return doc.None
}

func vagueBody(lemma string) bool {
	switch lemma {
	case "group", "organization", "organisation", "agency", "body", "bloc", "alliance", "company", "movement", "network", "militia",
		"newspaper", "broadcaster", "party":
		return true
	}
	return false
}

// canBe reports whether a named body can be called by a vague noun.
func (r *run) canBe(c *cluster, lemma string) bool {
	if c.class != classBody || c.name < 0 {
		return false
	}
	if c.entry == nil {
		return lemma == "group" || lemma == "organization" || lemma == "organisation" || lemma == "company"
	}
	switch lemma {
	case "group", "movement", "militia", "network":
		return c.entry.Kind == registry.Armed
	case "agency", "newspaper", "broadcaster":
		return c.entry.Kind == registry.Agency
	case "bloc", "alliance", "body", "organization", "organisation":
		return c.entry.Kind == registry.Body && len(c.entry.Country) == 3 && (c.entry.Country == "IGO" || c.entry.Country == "EUR" || c.entry.Country == "UNO")
	}
	return false
}

// findPlace is the country or place that "the country" or "the city" speaks of:
// the last one named of its class; "his country" is that of the owner.
func (r *run) findPlace(k int32) int32 {
	p := &r.phrases[k]
	if p.number == numberMany {
		return r.findGroup(k)
	}
	n := r.lex.nouns[p.lemma]
	if p.article == articleOwner && n.all.has(classCountry) && p.owner >= 0 && r.phrases[p.owner].cluster >= 0 {
		if e := r.reg.Country(r.personNation(&r.clusters[r.phrases[p.owner].cluster])); e != nil {
			return r.country(e)
		}
		return doc.None
	}
	if p.article != articleThe {
		return doc.None
	}
	if id := r.sameHead(k); id >= 0 && !n.all.has(classCountry) {
		return id
	}
	want := classPlace
	if n.all.has(classCountry) {
		want = classCountry
	} else if p.lemma != "city" && p.lemma != "town" && p.lemma != "capital" {
		return doc.None
	}
	if p.span.Len() > 2 {
		return doc.None // "the host country"
	}
	if p.lemma == "capital" {
		return r.lastCapital()
	}
	return r.lastOf(k, want)
}

// lastCapital is the capital that was named last, or None.
func (r *run) lastCapital() int32 {
	list := r.recent[classPlace]
	for i := len(list) - 1; i >= 0; i-- {
		c := &r.clusters[list[i]]
		if c.name < 0 {
			continue
		}
		for _, m := range r.names[c.name].match {
			if m.Form == registry.FormCapital {
				return list[i]
			}
		}
	}
	return doc.None
}

// lastOf is the cluster of a class that was named last, subjects before others
// of their sentence; it looks back some sentences only.
func (r *run) lastOf(k int32, want class) int32 {
	best, bestScore := int32(doc.None), 0
	for q := k - 1; q >= max(0, k-40); q-- {
		id := r.phrases[q].cluster
		if id < 0 || r.clusters[id].class != want || r.clusters[id].number == numberMany {
			continue
		}
		s := 100 - 12*int(r.d.Tokens.Sent[r.phrases[k].head]-r.d.Tokens.Sent[r.phrases[q].head]) + min(r.clusters[id].uses, 8)
		if r.d.Deprel(r.phrases[q].head).Base() == doc.RelNsubj {
			s += 8
		}
		if s > bestScore {
			best, bestScore = id, s
		}
	}
	return best
}

// findThing is the thing or event that has been spoken of in the same words.
func (r *run) findThing(k int32) int32 {
	p := &r.phrases[k]
	if p.article == articleA {
		return doc.None
	}
	list := r.byLemma[p.lemma]
	for i := len(list) - 1; i >= 0; i-- {
		c := &r.clusters[list[i]]
		if c.class != classThing && c.class != classUnset || c.number != p.number {
			continue
		}
		if p.article == articleOwner && p.owner >= 0 && c.owner >= 0 && r.phrases[p.owner].cluster != c.owner {
			continue
		}
		if r.sameModifiers(k, list[i]) {
			return list[i]
		}
	}
	return doc.None
}

// joinDemonym ties "the Azerbaijanis" to each other, and "a Briton" to nobody.
func (r *run) joinDemonym(k int32) {
	p := &r.phrases[k]
	if p.class == classPeople {
		for _, id := range r.byLemma[p.lemma] {
			if r.clusters[id].class == classPeople {
				r.join(k, id)
				return
			}
		}
	}
	id := r.newCluster(k)
	c := &r.clusters[id]
	if len(p.nations) == 1 {
		c.country = p.nations[0]
	}
}
