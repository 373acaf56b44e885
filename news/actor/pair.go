package actor

import (
	"slices"
	"strings"

	"readout/doc"
	"readout/registry"
)

// How the words of the text bind two phrases together, and which of them a
// group can mean.

// mayBeMember reports whether phrase q can be a member of the group that phrase
// k names: not as an argument of the verb that k is an argument of.
func (r *run) mayBeMember(q, k int32, g classes) bool {
	id := r.phrases[q].cluster
	if id < 0 || r.coArgument(q, k) || !r.mayBe(id, k, g) {
		return false
	}
	for n := q; n < k && n < q+6; n++ { // a country in a title is no party: "US Secretary of State"
		if x := r.phrases[n].name; x >= 0 && r.names[x].title.Covers(r.phrases[q].span) {
			return false
		}
	}
	return true
}

// mayBe reports whether a cluster can be a member of the group that phrase k
// names: by class, and people by office and gender.
func (r *run) mayBe(id, k int32, g classes) bool {
	c, p := &r.clusters[id], &r.phrases[k]
	if !g.has(c.class) {
		return false
	}
	switch c.class {
	case classPeople:
		return len(c.members) == 0 && r.fights(c)
	case classBody:
		return c.number != numberMany && c.name >= 0 && (c.entry == nil || c.entry.Kind == registry.Body || c.entry.Kind == registry.Armed)
	case classCountry:
		return c.number != numberMany
	}
	if c.number == numberMany || c.name < 0 && c.entry == nil {
		return false
	}
	if v := r.argumentOf(p.head); v >= 0 {
		if s := r.subjectOf(v); s >= 0 && s != k && r.phrases[s].cluster == id {
			return false // "he will join both leaders"
		}
	}
	switch {
	case ofCabinet(p.role.Office):
		return c.holdsOffice(p.role.Office) || r.heldOffice(c, p.role.Office) || len(c.titles) == 0 && c.entry == nil
	case p.lemma == "leader":
		return c.entry != nil || r.leads(c) || len(c.titles) == 0
	case p.gender != 0:
		return c.gender == 0 || c.gender == p.gender
	case armed(p.role.Role):
		_, code := r.personCode(c)
		return len(code) < 6 || armed(code[len(code)-3:]) // generals are no prime ministers
	}
	return true
}

// armed reports whether a CAMEO role is one of those who bear arms.
func armed(role string) bool {
	switch role {
	case "MIL", "REB", "PRM", "UAF":
		return true
	}
	return false
}

// ofCabinet reports whether an office is one that the article will have said
// somebody holds; generals and envoys go by many names.
func ofCabinet(k registry.OfficeKind) bool {
	return k >= registry.President && k <= registry.Minister
}

// fights reports whether a plural is a party to a conflict: "the rebels",
// "opposition groups", but not "reporters".
func (r *run) fights(c *cluster) bool {
	if len(c.phrases) == 0 {
		return false
	}
	switch r.phrases[c.phrases[0]].role.Role {
	case "REB", "MIL", "OPP", "UAF", "PRM":
		return true
	}
	return false
}

// coArgument reports whether two phrases are arguments of one verb. It has one
// subject: where the tree gives it two, it errs.
func (r *run) coArgument(a, b int32) bool {
	i, j := r.firstConjunct(r.phrases[a].head), r.firstConjunct(r.phrases[b].head)
	if i < 0 || j < 0 || r.d.Deprel(i).Base() == doc.RelNsubj && r.d.Deprel(j).Base() == doc.RelNsubj {
		return false
	}
	h := r.argumentOf(i)
	return h >= 0 && h == r.argumentOf(j)
}

// firstConjunct is the first of the list that token i stands in.
func (r *run) firstConjunct(i int32) int32 {
	for n := 0; n < 4 && i >= 0 && r.d.Deprel(i) == doc.RelConj; n++ {
		i = r.d.Head(i)
	}
	return i
}

// argumentOf is the verb that token i, or what it is coordinated to, is an
// argument of, or None.
func (r *run) argumentOf(i int32) int32 {
	d := r.d
	if i = r.firstConjunct(i); i < 0 {
		return doc.None
	}
	if h := d.Head(i); h >= 0 && d.Deprel(i) == doc.RelNmod && isQuantity(d.Lemma(h)) {
		i = h // "dozens of them"
	}
	switch d.Deprel(i).Base() {
	case doc.RelNsubj, doc.RelObj, doc.RelIobj, doc.RelObl:
		return d.Head(i)
	}
	return doc.None
}

func isQuantity(lemma string) bool {
	switch lemma {
	case "dozen", "hundred", "thousand", "many", "some", "most", "all", "one", "both", "each", "none", "number", "few", "half", "part", "lot", "majority", "two", "three":
		return true
	}
	return false
}

// setEndingAt is the set of want members whose last is row[i], and how tightly
// it is bound.
func (r *run) setEndingAt(row []int32, i, want int) ([]int32, pairTie) {
	set := []int32{r.phrases[row[i]].cluster}
	tie := tieAnd
	last := row[i]
	for j := i - 1; j >= 0 && len(set) < want && i-j <= 12; j-- {
		id := r.phrases[row[j]].cluster
		if slices.Contains(set, id) {
			continue
		}
		t := r.tieOf(row[j], last, want)
		if t == tieNone {
			continue
		}
		if t < tieAnd && want == 2 && r.looserThanNext(row, j, last, t, set) {
			continue
		}
		tie = min(tie, t)
		set = append(set, id)
		last = row[j]
	}
	slices.Reverse(set)
	return set, tie
}

// looserThanNext reports whether a phrase further back, still of the sentence,
// is bound to last more tightly than row[j] is.
func (r *run) looserThanNext(row []int32, j int, last int32, t pairTie, set []int32) bool {
	for i := j - 1; i >= 0 && j-i < 6; i-- {
		if r.d.Tokens.Sent[r.phrases[row[i]].head] != r.d.Tokens.Sent[r.phrases[last].head] {
			return false
		}
		if r.tieOf(row[i], last, 2) > t && !slices.Contains(set, r.phrases[row[i]].cluster) {
			return true
		}
	}
	return false
}

// tieOf is how phrase a is bound to phrase b, which stands after it.
func (r *run) tieOf(a, b int32, want int) pairTie {
	d := r.d
	i, j := r.phrases[a].head, r.phrases[b].head
	if d.Tokens.Sent[i] != d.Tokens.Sent[j] {
		return tieNone
	}
	switch {
	case d.Deprel(j) == doc.RelConj && (d.Head(j) == i || r.sameConj(i, d.Head(j))), r.hyphened(a, b):
		if r.conjuncts(j) > want {
			return tieClose // two of a longer list
		}
		return tieAnd
	case r.withTie(i, j):
		return tieWith
	case r.argumentOf(i) >= 0 && r.argumentOf(i) == r.argumentOf(j):
		return tieVerb
	}
	return tieClose
}

// conjuncts is how many phrases the list that token j ends or is in has.
func (r *run) conjuncts(j int32) int {
	d := r.d
	for d.Deprel(j) == doc.RelConj && d.Head(j) >= 0 && d.Head(j) < j {
		j = d.Head(j)
	}
	n := 1
	for c := range d.Children(j) {
		if d.Deprel(c) == doc.RelConj && r.phraseOf[c] >= 0 {
			n++
		}
	}
	return n
}

// sameConj reports whether i is coordinated under the first conjunct h, or is
// a part of its phrase.
func (r *run) sameConj(i, h int32) bool {
	return r.d.Deprel(i) == doc.RelConj && r.d.Head(i) == h
}

// hyphened reports whether only a hyphen, dash or slash stands between two
// phrases, or "and".
func (r *run) hyphened(a, b int32) bool {
	d := r.d
	e, s := r.phrases[a].span.End, r.phrases[b].span.Begin
	if s-e != 1 {
		return false
	}
	switch d.Form(e) {
	case "-", "–", "—", "/", "‐", "‑", "and":
		return true
	}
	return false
}

// withTie reports "A met with B", "A's talks with B", "the call of A with B".
func (r *run) withTie(i, j int32) bool {
	d := r.d
	c := d.Child(j, doc.RelCase)
	if c < 0 || !strings.EqualFold(d.Form(c), "with") {
		return false
	}
	h := d.Head(j)
	for n := 0; n < 6 && h >= 0; n++ {
		if d.Head(i) == h {
			return true
		}
		h = d.Head(h)
	}
	return false
}
