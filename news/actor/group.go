package actor

import (
	"encoding/binary"
	"slices"

	"readout/doc"
	"readout/registry"
)

// Groups
//
// "Both leaders", "the two sides" and "the delegations" speak of people or
// parties that the article has just put side by side. It does so in few ways:
// "A and B", "between A and B", "an A-B meeting", "A met B", "A's talks with
// B". The words of a group say what its members are (data/groups.tsv), how many
// they are and perhaps which office they have; among the pairs that answer, the
// closest that is bound most tightly is meant.

// pairTie is how tightly the words bind two phrases together.
type pairTie int

const (
	tieNone  pairTie = 0
	tieClose pairTie = 4 // in one sentence, no more
	tieVerb  pairTie = 10
	tieWith  pairTie = 12
	tieAnd   pairTie = 16
)

// How far back members are looked for, and what a sentence of distance costs.
const (
	groupWindow   = 60
	groupSentence = 5
)

// findGroup is the group that a plural speaks of: an earlier one of the same
// members or words, else a new one.
func (r *run) findGroup(k int32) int32 {
	p := &r.phrases[k]
	members := r.listed(k)
	if len(members) < 2 {
		members = r.membersOf(k)
	}
	if len(members) > 1 {
		if id := r.sameHead(k); id >= 0 && len(r.clusters[id].members) == 0 && r.phrases[r.clusters[id].phrases[0]].count == p.count && p.count > 0 {
			r.clusters[id].members = members // "the two generals" were named only later
			return id
		}
		return r.group(k, members)
	}
	if p.article == articleOwner {
		if id := r.findOwned(k); id >= 0 {
			return id
		}
	} else if p.article == articleThe || p.article == articleNone && (p.span.Len() > 1 || partySector(p.role.Role)) {
		// "people" without an article are others each time, "rebels" are not
		if id := r.sameHead(k); id >= 0 {
			return id
		}
	}
	id := r.newCluster(k)
	r.describeNew(k, id)
	return id
}

// listed are the people that a plural is followed or preceded by: "the chief
// negotiators, Chen and Roe,".
func (r *run) listed(k int32) []int32 {
	d, p := r.d, &r.phrases[k]
	if p.class != classPeople || p.article == articleA && p.count == 0 {
		return nil
	}
	e := p.span.End
	if e+1 >= int32(d.Len()) || d.Form(e) != "," && d.Form(e) != ":" && d.Form(e) != "—" && d.Form(e) != "(" {
		return nil
	}
	var out []int32
	sent := d.SentenceOf(p.head).End
	for q := k + 1; q < int32(len(r.phrases)) && r.phrases[q].span.Begin < sent && q < k+24; q++ {
		x := &r.phrases[q]
		if x.name < 0 {
			continue
		}
		if x.class != classPerson || x.cluster < 0 {
			if x.class == classPerson || r.names[x.name].kind == classPerson {
				return nil
			}
			continue
		}
		begin := x.span.Begin
		if t := r.names[x.name].title; !t.Empty() {
			begin = t.Begin
		}
		if len(out) == 0 && begin > e+3 {
			return nil
		}
		out = append(out, x.cluster)
		if end := x.span.End; end < sent && d.UPOS(end) == doc.VERB || end < sent && d.UPOS(end) == doc.AUX {
			break
		}
		if len(out) == max(p.count, 2) {
			break
		}
	}
	return out
}

// group is the cluster of a group of members, made where it is new.
func (r *run) group(k int32, members []int32) int32 {
	sorted := slices.Clone(members)
	slices.Sort(sorted)
	key := make([]byte, 0, 4*len(sorted))
	for _, m := range sorted {
		key = binary.LittleEndian.AppendUint32(key, uint32(m))
	}
	if id, ok := r.groups[string(key)]; ok {
		return id
	}
	c := cluster{class: classPeople, name: doc.None, owner: doc.None, number: numberMany, members: members, lemma: r.phrases[k].lemma}
	r.clusters = append(r.clusters, c)
	id := int32(len(r.clusters) - 1)
	r.groups[string(key)] = id
	return id
}

// membersOf are the members of a group that the words of phrase k or of those
// before it tell; nil when they do not.
func (r *run) membersOf(k int32) []int32 {
	p := &r.phrases[k]
	g := r.lex.groups[p.lemma]
	if g == 0 {
		return nil
	}
	if len(p.nations) > 1 {
		return r.nationMembers(p, g)
	}
	if p.article != articleThe || len(p.nations) > 0 || r.placed(p) || p.count == 0 && !r.bareDefinite(p) {
		return nil
	}
	set, tie := r.bestSet(k, p, g)
	if tie > tieClose {
		return set
	}
	if p.count == 0 {
		return nil
	}
	if m := r.sameAgain(k, g); m != nil {
		return m
	}
	if m := r.mostSpoken(k, g); m != nil {
		return m
	}
	return set
}

// sameAgain are the members of the last group of the same size that phrase k
// can mean as well: "the two countries" after "both nations".
func (r *run) sameAgain(k int32, g classes) []int32 {
	list := r.recent[classPeople]
	for i := len(list) - 1; i >= 0; i-- {
		m := r.clusters[list[i]].members
		if g&partiesOnly != 0 && slices.ContainsFunc(m, func(id int32) bool { return r.clusters[id].class == classPerson }) {
			continue
		}
		if len(m) == r.phrases[k].count && !slices.ContainsFunc(m, func(id int32) bool { return !r.mayBe(id, k, g) }) {
			return m
		}
	}
	return nil
}

// mostSpoken are as many members as the phrase counts, of those the article has
// spoken of most: whom "both generals" means where nothing puts two side by
// side. It is nil unless they stand out.
func (r *run) mostSpoken(k int32, g classes) []int32 {
	n := r.phrases[k].count
	var list []int32
	if g&partiesOnly != 0 {
		for _, n := range r.nations { // countries the text has only an adjective of, too
			if e := r.reg.Country(n.code); e != nil && n.first < r.phrases[k].head && r.nationCount[n.code] > 2 {
				list = append(list, r.country(e))
			}
		}
	}
	add := func(c class) {
		for _, id := range r.recent[c] {
			if r.weight(id) > 1 && r.mayBe(id, k, g) && !slices.Contains(list, id) {
				list = append(list, id)
			}
		}
	}
	if g&partiesOnly == 0 {
		add(classPerson)
	} else {
		add(classCountry)
		if g.has(classBody) {
			add(classBody)
		}
	}
	slices.SortStableFunc(list, func(a, b int32) int { return r.weight(b) - r.weight(a) })
	if len(list) < n || len(list) > n && r.weight(list[n]) == r.weight(list[n-1]) {
		return nil
	}
	return list[:n]
}

// weight is how often the article has spoken of somebody; of a country, by its
// adjective too, anywhere.
func (r *run) weight(id int32) int {
	c := &r.clusters[id]
	if c.class == classCountry {
		return max(c.uses, r.nationCount[c.country])
	}
	return c.uses
}

// halvesOf are the two countries of "the two Koreas".
func (r *run) halvesOf(p *phrase) []int32 {
	w := r.d.Form(p.head)
	if !p.plural || !r.capital(p.head) || len(w) < 4 || w[len(w)-1] != 's' {
		return nil
	}
	var out []int32
	for _, half := range [...]string{"North ", "South ", "East ", "West "} {
		for _, m := range r.reg.Lookup(half + w[:len(w)-1]) {
			if m.Entry.Kind == registry.Country && m.Form == registry.FormName {
				out = append(out, r.country(m.Entry))
				break
			}
		}
	}
	if len(out) != 2 {
		return nil
	}
	return out
}

// placed reports whether a name in the phrase says who is meant: "the Gulf
// leaders".
func (r *run) placed(p *phrase) bool {
	for i := p.span.Begin; i < p.span.End; i++ {
		if r.nameOf[i] >= 0 || r.matchAt[i] >= 0 {
			return true
		}
	}
	return false
}

// bareDefinite reports whether "the …s" without a number may speak of parties
// just named: "the sides", "the leaders", but not "the rebels".
func (r *run) bareDefinite(p *phrase) bool {
	switch p.lemma {
	case "side", "party", "leader", "president", "minister", "delegation", "rival", "neighbour", "neighbor":
		return p.span.Len() <= 2
	}
	return false
}

// nationMembers are the members of "Russian and Ukrainian delegations" (the
// countries) and of "the presidents of Armenia and Azerbaijan" (who they are).
func (r *run) nationMembers(p *phrase, g classes) []int32 {
	var out []int32
	for _, n := range p.nations {
		if p.role.Office != 0 && (p.article == articleThe || p.count > 0) {
			if id := r.officer(p.role.Office, n); id >= 0 {
				out = append(out, id)
			}
			continue
		}
		if e := r.reg.Country(n); e != nil {
			out = append(out, r.country(e))
		}
	}
	if len(out) != len(p.nations) {
		return nil
	}
	return out
}

// bestSet is the tightest and latest set of members before phrase k.
func (r *run) bestSet(k int32, p *phrase, g classes) ([]int32, pairTie) {
	want := max(p.count, 2)
	var best []int32
	bestScore, bestTie := 0, tieNone
	sent := r.d.Tokens.Sent[p.head]
	from := max(0, k-groupWindow)
	var row []int32 // the fitting phrases of the window, in text order
	for q := from; q < k; q++ {
		if r.mayBeMember(q, k, g) {
			row = append(row, q)
		}
	}
	for i := len(row) - 1; i >= 1; i-- {
		set, tie := r.setEndingAt(row, i, want)
		if len(set) != want {
			continue
		}
		score := 40 + int(tie) - groupSentence*int(sent-r.d.Tokens.Sent[r.phrases[row[i]].head])
		if score > bestScore {
			best, bestScore, bestTie = set, score, tie
		}
	}
	if g&partiesOnly != 0 && best != nil {
		if slices.ContainsFunc(best, func(id int32) bool { return r.clusters[id].class == classPerson }) {
			bestTie = tieClose // people only hint at the sides they are on
		}
		best = r.asParties(best)
		if !g.has(classBody) && slices.ContainsFunc(best, func(id int32) bool { return r.clusters[id].class != classCountry }) {
			return nil, tieNone // two of one country are not "both countries"
		}
	}
	return best, bestTie
}

// asParties gives for people the countries they act for, where all have one and
// the group speaks of sides: "the two sides" after "Aliyev and Pashinyan".
func (r *run) asParties(set []int32) []int32 {
	out := make([]int32, 0, len(set))
	for _, id := range set {
		c := &r.clusters[id]
		if c.class != classPerson {
			out = append(out, id)
			continue
		}
		e := r.reg.Country(r.personNation(c))
		if e == nil {
			return set
		}
		out = append(out, r.country(e))
	}
	if n := len(out); n > 1 && out[0] == out[1] {
		return set
	}
	return out
}

// findMembers gives a new group the countries its adjectives name.
func (r *run) findMembers(k, id int32) {
	p := &r.phrases[k]
	if len(p.nations) > 1 {
		r.clusters[id].members = r.nationMembers(p, 0)
	}
}

// coordination is the group that phrase k and those coordinated to it make, or
// None where it stands alone.
func (r *run) coordination(k int32) int32 {
	d := r.d
	members := []int32{r.phrases[k].cluster}
	for c := range d.Children(r.phrases[k].head) {
		if d.Deprel(c) != doc.RelConj {
			continue
		}
		q := r.phraseOf[c]
		if q < 0 || r.phrases[q].cluster < 0 || r.clusters[r.phrases[q].cluster].actorKind() == 0 {
			return doc.None
		}
		if !slices.Contains(members, r.phrases[q].cluster) {
			members = append(members, r.phrases[q].cluster)
		}
	}
	if len(members) < 2 || len(members) > 6 || members[0] < 0 || r.clusters[members[0]].actorKind() == 0 {
		return doc.None
	}
	return r.group(k, members)
}
