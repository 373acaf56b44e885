package actor

import (
	"context"
	"slices"
	"strings"

	"readout/doc"
	"readout/registry"
)

// joinRest goes through the text once and finds for each description, group
// and pronoun whom it speaks of among those seen before it; then for the words
// of speakers about themselves, whose cue may stand after the quotation.
func (r *run) joinRest(ctx context.Context) error {
	n := int32(len(r.phrases))
	r.byLemma = map[string][]int32{}
	for k := range n {
		if k%512 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		p := &r.phrases[k]
		if p.cluster < 0 && r.tied[k] >= 0 && r.phrases[r.tied[k]].cluster >= 0 {
			r.join(k, r.phrases[r.tied[k]].cluster)
		}
		if p.cluster < 0 {
			r.resolvePhrase(k)
		}
		if id := r.phrases[k].cluster; id >= 0 {
			r.see(k, id)
		}
	}
	for k := range n {
		if p := &r.phrases[k]; p.form == doc.FormPronoun && p.cluster < 0 && p.person != 3 {
			r.joinSpeaker(k)
		}
	}
	return ctx.Err()
}

// see notes that the text has come to phrase k of cluster id.
func (r *run) see(k, id int32) {
	c := &r.clusters[id]
	c.last = k
	c.uses++
	p := &r.phrases[k]
	r.recent[c.class] = toEnd(r.recent[c.class], id, maxRecent)
	if p.form == doc.FormPronoun {
		return
	}
	if p.gender != 0 && c.gender == 0 && c.class == classPerson {
		c.gender = p.gender
	}
	r.byLemma[p.lemma] = toEnd(r.byLemma[p.lemma], id, maxSame)
}

// How many clusters of one head noun, and of one class, are remembered, the
// latest: it keeps the work linear and no reader remembers more.
const (
	maxSame   = 8
	maxRecent = 48
)

// toEnd moves id to the end of a list that holds the latest n.
func toEnd(list []int32, id int32, n int) []int32 {
	if i := slices.Index(list, id); i >= 0 {
		list = slices.Delete(list, i, i+1)
	} else if len(list) == n {
		list = slices.Delete(list, 0, 1)
	}
	return append(list, id)
}

// resolvePhrase finds the cluster of one phrase or makes it one.
func (r *run) resolvePhrase(k int32) {
	p := &r.phrases[k]
	switch {
	case p.form == doc.FormPronoun:
		if p.person == 3 {
			r.joinPronoun(k)
		}
		return
	case r.isPredicate(p), p.article == articleEach:
		return
	case p.name >= 0 && p.class == classPeople:
		r.joinDemonym(k)
		return
	}
	id := int32(doc.None)
	switch p.class {
	case classPerson:
		id = r.findPerson(k)
	case classState:
		id = r.findState(k)
	case classBody:
		id = r.findBody(k)
	case classCountry, classPlace:
		id = r.findPlace(k)
	case classPeople:
		id = r.findGroup(k)
	case classTime:
		return
	default:
		if m := r.halvesOf(p); m != nil {
			p.class, p.form = classPeople, doc.FormGroup
			id = r.group(k, m)
		} else {
			id = r.findThing(k)
		}
	}
	if id >= 0 {
		r.join(k, id)
		return
	}
	id = r.newCluster(k)
	r.describeNew(k, id)
}

// isPredicate reports whether a phrase says what somebody is and is nobody
// itself: "she is a lawyer", "as foreign minister".
func (r *run) isPredicate(p *phrase) bool {
	if r.d.Child(p.head, doc.RelCop) >= 0 {
		return true
	}
	c := r.d.Child(p.head, doc.RelCase)
	return c >= 0 && p.article == articleNone && p.number == numberOne && p.class == classPerson && strings.EqualFold(r.d.Form(c), "as")
}

// describeNew fills in what a description tells of somebody new.
func (r *run) describeNew(k, id int32) {
	p, c := &r.phrases[k], &r.clusters[id]
	if len(p.nations) == 1 {
		c.country = p.nations[0]
	}
	if p.owner >= 0 {
		c.owner = r.phrases[p.owner].cluster
	}
	if c.owner >= 0 && r.clusters[c.owner].class == classBody && r.clusters[c.owner].nation() != "" {
		c.country = r.clusters[c.owner].nation() // its acronym may be another's too
	}
	if p.class == classPerson && p.role.Noun != "" {
		c.titles = append(c.titles, r.phraseTitle(k))
	}
	if p.class == classPeople || p.number == numberMany {
		r.findMembers(k, id)
	}
	if len(p.nations) == 0 && c.owner >= 0 && p.class != classPeople {
		switch o := &r.clusters[c.owner]; o.class {
		case classCountry, classBody:
			c.country = o.nation()
		case classPerson:
			c.country = r.personNation(o)
		}
	}
}

// findPerson is the person a description in the singular speaks of, or None:
// "the president", "the French president", "his Azerbaijani counterpart", "the
// man". An indefinite one is somebody new.
func (r *run) findPerson(k int32) int32 {
	p := &r.phrases[k]
	if p.lemma == "counterpart" {
		return r.findCounterpart(k)
	}
	kind := p.role.Office
	switch {
	case p.article == articleA:
		return doc.None
	case p.article == articleNone && !(r.capital(p.head) && kind != 0):
		return doc.None
	case p.article == articleOwner && len(p.nations) == 0:
		return r.findOwned(k)
	}
	if id := r.bestHolder(k); id >= 0 {
		return id
	}
	if kind != 0 && len(p.nations) == 1 {
		if id := r.officer(kind, p.nations[0]); id >= 0 {
			return id
		}
	}
	if p.role.Noun == "" || r.anonymousNoun(p.lemma) {
		return r.sameHead(k)
	}
	return doc.None
}

// bestHolder is the person seen so far who answers a description best, or None.
func (r *run) bestHolder(k int32) int32 {
	best, bestScore := int32(doc.None), 0
	for _, id := range r.recent[classPerson] {
		if s := r.fitsOffice(&r.clusters[id], &r.phrases[k], k); s > bestScore {
			best, bestScore = id, s
		}
	}
	return best
}

// officer is who has an office of a country: by the article, were it further
// down, else by the registry; None where nobody is known.
func (r *run) officer(kind registry.OfficeKind, country string) int32 {
	if id, ok := r.offices[office{kind, country}]; ok {
		return id
	}
	if e := r.holder(kind, country); e != nil {
		return r.person(e)
	}
	return doc.None
}

// fitsOffice scores how well the person of c answers the description p by
// role, country and gender; 0 not at all.
func (r *run) fitsOffice(c *cluster, p *phrase, k int32) int {
	if p.gender != 0 && c.gender != 0 && p.gender != c.gender {
		return 0
	}
	nation := ""
	if len(p.nations) > 0 {
		nation = p.nations[0]
		if own := r.personNation(c); own != "" && own != nation || own == "" && c.name < 0 {
			return 0
		}
	}
	s := 0
	switch {
	case p.role.Office != 0 && (c.holdsOffice(p.role.Office) || r.heldOffice(c, p.role.Office)):
		s = 100
	case p.role.Noun != "" && r.hasRole(c, p.lemma):
		s = 80
	case p.lemma == "leader" && r.leads(c) && !r.qualified(p):
		s = 60
	default:
		return 0
	}
	if nation != "" {
		s += 50
	}
	if r.hasRole(c, p.lemma) {
		s += 20
	}
	return s + max(0, 40-int(k-c.last)) + min(c.uses, 10)
}

// qualified reports whether a description has words of its own besides a
// country: "the paramilitary leader" is not just any leader.
func (r *run) qualified(p *phrase) bool {
	for i := p.span.Begin; i < p.head; i++ {
		if up := r.d.UPOS(i); (up == doc.ADJ || up == doc.NOUN || up == doc.PROPN) && r.matchAt[i] < 0 && r.nameOf[i] < 0 {
			return true
		}
	}
	return false
}

// personNation is the country that a person acts for.
func (r *run) personNation(c *cluster) string {
	if c.country != "" {
		return c.country
	}
	if o, ok := r.topOffice(c); ok {
		return o.Country
	}
	if c.entry != nil {
		return c.entry.Country
	}
	return ""
}

// topOffice is the office of a person of the registry at the article's date, the
// highest, else the one left last; of an article without a date the last one that
// the article names, else the last one known.
func (r *run) topOffice(c *cluster) (registry.Office, bool) {
	if c.entry == nil || c.entry.Kind != registry.Person {
		return registry.Office{}, false
	}
	if r.at().IsZero() {
		for k := len(c.entry.Offices) - 1; k >= 0; k-- {
			o := c.entry.Offices[k]
			if slices.ContainsFunc(c.titles, func(t title) bool { return !t.former && t.role.Office != 0 && t.role.Office == o.Kind }) {
				return o, true // "Prime Minister Tony Blair", whatever he became
			}
		}
		if n := len(c.entry.Offices); n > 0 {
			return c.entry.Offices[n-1], true
		}
		return registry.Office{}, false
	}
	if now := r.reg.OfficesAt(c.entry, r.at()); len(now) > 0 {
		return now[0], true
	}
	if past := r.reg.FormerAt(c.entry, r.at()); len(past) > 0 {
		return past[0], true
	}
	return registry.Office{}, false // not yet in office
}

func (r *run) heldOffice(c *cluster, k registry.OfficeKind) bool {
	if c.entry == nil {
		return false
	}
	if r.at().IsZero() {
		return slices.ContainsFunc(c.entry.Offices, func(o registry.Office) bool { return sameOffice(k, o.Kind) })
	}
	return slices.ContainsFunc(r.reg.OfficesAt(c.entry, r.at()), func(o registry.Office) bool { return sameOffice(k, o.Kind) })
}

// leads reports whether a person leads a state, a government or a body.
func (r *run) leads(c *cluster) bool {
	if slices.ContainsFunc(c.titles, func(t title) bool { return t.role.Level == registry.Leaders && !t.former }) {
		return true
	}
	o, ok := r.topOffice(c)
	return ok && o.Level == registry.Leaders
}

// holder is who holds an office for a country at the article's date, or nil
// where the date or the holder is not known.
func (r *run) holder(k registry.OfficeKind, country string) *registry.Entry {
	if r.at().IsZero() {
		return nil
	}
	if h := r.reg.Holders(k, country, r.at()); len(h) > 0 {
		return h[0]
	}
	return nil
}

// person is the cluster of somebody of the registry, made where it is new.
func (r *run) person(e *registry.Entry) int32 {
	if id, ok := r.entries[e]; ok {
		return id
	}
	r.entries[e] = int32(len(r.clusters))
	r.clusters = append(r.clusters, cluster{
		class: classPerson, name: doc.None, owner: doc.None, entry: e, country: e.Country, gender: e.Gender, number: numberOne,
	})
	return int32(len(r.clusters) - 1)
}

// findCounterpart is whom "his Azerbaijani counterpart" speaks of: the one who
// has, for that country, the office of the owner of the phrase.
func (r *run) findCounterpart(k int32) int32 {
	p := &r.phrases[k]
	if p.owner < 0 || r.phrases[p.owner].cluster < 0 || len(p.nations) == 0 {
		return doc.None
	}
	o := &r.clusters[r.phrases[p.owner].cluster]
	kinds := r.officesOf(o)
	for _, kind := range kinds {
		if id := r.officer(kind, p.nations[len(p.nations)-1]); id >= 0 {
			return id
		}
	}
	return doc.None
}

func (r *run) officesOf(c *cluster) []registry.OfficeKind {
	var out []registry.OfficeKind
	for _, t := range c.titles {
		if t.role.Office != 0 && !t.former {
			out = append(out, t.role.Office)
		}
	}
	if o, ok := r.topOffice(c); ok && o.Kind != 0 {
		out = append(out, o.Kind)
	}
	return out
}

// findOwned is somebody described by whose they are: "his wife", "the group's
// spokesman" are the same where owner and noun are.
func (r *run) findOwned(k int32) int32 {
	p := &r.phrases[k]
	if p.owner < 0 || r.phrases[p.owner].cluster < 0 {
		return doc.None
	}
	owner := r.phrases[p.owner].cluster
	list := r.byLemma[p.lemma]
	for i := len(list) - 1; i >= 0; i-- {
		if c := &r.clusters[list[i]]; c.owner == owner && c.owner != list[i] {
			return list[i]
		}
	}
	o := &r.clusters[owner]
	if o.class != classCountry && o.class != classBody {
		return doc.None
	}
	if p.role.Office == 0 {
		return doc.None
	}
	p.nations = []string{o.nation()}
	if id := r.bestHolder(k); id >= 0 || o.class != classCountry {
		return id
	}
	return r.officer(p.role.Office, o.nation())
}

// sameHead is the last cluster that has the head noun of a definite phrase and
// nothing in it that speaks against.
func (r *run) sameHead(k int32) int32 {
	p := &r.phrases[k]
	list := r.byLemma[p.lemma]
	for i := len(list) - 1; i >= 0; i-- {
		c := &r.clusters[list[i]]
		if c.class != p.class && !(c.class == classPeople && p.class == classBody) ||
			c.number == numberMany && !p.plural || c.number == numberOne && p.plural || p.article == articleNone && len(c.members) > 0 {
			continue
		}
		if len(p.nations) > 0 && c.nation() != "" && c.nation() != p.nations[0] || !r.sameModifiers(k, list[i]) {
			continue
		}
		return list[i]
	}
	return doc.None
}

// sameModifiers reports whether a phrase says nothing of its head that the last
// description in the cluster did not (Lee et al. 2013, "word inclusion").
func (r *run) sameModifiers(k, id int32) bool {
	c := &r.clusters[id]
	p := &r.phrases[k]
	for i := p.span.Begin; i < p.head; i++ {
		switch r.d.UPOS(i) {
		case doc.ADJ, doc.NOUN, doc.PROPN, doc.NUM:
		default:
			continue
		}
		if n := countOf(strings.ToLower(r.d.Form(i))); n > 0 && n == len(c.members) {
			continue
		}
		found := false
		for _, q := range c.phrases[max(0, len(c.phrases)-4):] {
			s := r.phrases[q].span
			for j := s.Begin; j < s.End && !found; j++ {
				found = strings.EqualFold(r.d.Form(i), r.d.Form(j))
			}
		}
		if !found {
			return false
		}
	}
	return true
}

func (r *run) anonymousNoun(lemma string) bool {
	switch lemma {
	case "official", "source", "diplomat", "officer", "insider", "aide", "adviser", "advisor", "spokesman", "spokeswoman", "spokesperson":
		return true
	}
	return false
}
