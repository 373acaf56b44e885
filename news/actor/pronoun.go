package actor

import (
	"math"
	"strings"

	"readout/doc"
)

// Pronouns
//
// A pronoun's antecedent is the phrase before it that scores best under a linear
// model whose features a grammarian can read (data/weights.tsv, one row each
// with an example): distance, grammatical part, agreement, how often the one is
// spoken of, and whether the pronoun stands in what the candidate is reported to
// say. What grammar rules out is no candidate: other gender or number, an
// argument of the same verb, a phrase that holds the pronoun, and in a
// quotation its own speaker. "He", "it" and "they" have weights of their own.

// feature is a feature of a pronoun and a candidate.
type feature uint8

const (
	sameSentence feature = iota
	prevSentence
	twoBack
	furtherBack
	candSubject
	candObject
	candOblique
	candOwner
	candModifier
	candRootSubject
	bothSubjects
	candName
	candPronoun
	candDescription
	candGender   // gender known and the same
	candNoGender // not known
	candFrequent // log2 of uses so far
	candClassBest
	candClassFair
	candClassPoor
	candNumberUnsure
	reporter // subject of the verb of saying that the pronoun's clause hangs on
	addressee
	lastSpeaker // subject of the previous sentence's verb of saying
	otherParagraph
	candQuoted // candidate stands in a quotation, the pronoun does not
	rank       // compatible candidates between the two
	ahead      // the subject of the main clause after a fronted clause
	candGroup  // coordinated phrases
	sameOwner  // both are owners
	nearest
	quoteSpeaker // spoke the quotation before the pronoun's sentence
	partyObject  // the pronoun is no subject and the candidate a party: "complete it"
	relative     // the pronoun stands in the candidate's own relative clause
	features
)

var featureNames = strings.Fields(`same-sentence prev-sentence two-back further-back cand-subject cand-object cand-oblique cand-owner
	cand-modifier cand-root-subject both-subjects cand-name cand-pronoun cand-description cand-gender cand-no-gender cand-frequent
	class-best class-fair class-poor number-unsure reporter addressee last-speaker other-paragraph cand-quoted rank ahead cand-group
	same-owner nearest quote-speaker party-object relative`)

// vector is the features of one pair.
type vector [features]float32

// Kinds of pronouns with weights of their own.
const (
	kindHe = iota
	kindIt
	kindThey
	kinds
)

func pronounKind(lemma string) int {
	switch lemma {
	case "it", "its", "itself":
		return kindIt
	case "they", "them", "their", "theirs", "themselves", "themself":
		return kindThey
	}
	return kindHe
}

// Limits of the search: sentences back, and candidates looked at.
var searchBack = [kinds]int32{kindHe: 8, kindIt: 2, kindThey: 3}

const maxCandidates = 80

// candidate is what a pronoun may refer to.
type candidate struct {
	phrase  int32
	cluster int32 // None for a coordination that is no group yet
	group   bool
	v       vector
	score   float32
}

// joinPronoun ties a pronoun of the third person to its antecedent. One that
// has none is somebody whom the text does not name: the next one may be too.
func (r *run) joinPronoun(k int32) {
	list := r.candidates(k)
	best, conf := likeliest(list)
	if best < 0 {
		r.clusters[r.newCluster(k)].hidden = true
		return
	}
	id := list[best].cluster
	if list[best].group {
		id = r.coordination(list[best].phrase)
	}
	if id < 0 || list[best].v[partyObject] > 0 && conf < 0.75 {
		return // "praised it": more likely something than somebody
	}
	r.phrases[k].conf = conf
	r.join(k, id)
}

// likeliest is the best candidate of the likeliest cluster and the share of the
// likelihood that the cluster has: the model's probability of an antecedent is
// the exponential of its score, normalised, and that of a cluster the sum of
// its phrases'. It is -1 for no candidates.
func likeliest(list []candidate) (best int, share float32) {
	best = -1
	var all, most float64
	sums := make([]float64, len(list)) // by the first candidate of each cluster
	for i := range list {
		j := 0
		for list[j].cluster != list[i].cluster || list[j].group != list[i].group || list[i].group && j != i {
			j++
		}
		e := math.Exp(float64(list[i].score))
		all += e
		if sums[j] += e; sums[j] > most {
			best, most = j, sums[j]
		}
	}
	return best, float32(most / max(all, 1e-30))
}

// candidates are the antecedents a pronoun can have, the nearest first, scored.
func (r *run) candidates(k int32) []candidate {
	p := &r.phrases[k]
	kind := pronounKind(p.lemma)
	here := r.d.Tokens.Sent[p.head]
	out := r.pool[:0]
	between := 0
	add := func(q int32, ahead bool) {
		c := candidate{phrase: q, cluster: r.phrases[q].cluster}
		if kind == kindThey && !ahead {
			if g := r.coordinated(q); g {
				x := c
				x.group = true
				if r.features(&x, k, kind, between, ahead) {
					out = append(out, x)
				}
			}
		}
		if c.cluster >= 0 && r.features(&c, k, kind, between, ahead) {
			if c.v[candQuoted] == 0 {
				between++
			}
			out = append(out, c)
		}
	}
	for q := k - 1; q >= 0 && k-q <= maxCandidates; q-- {
		if here-r.d.Tokens.Sent[r.phrases[q].head] > searchBack[kind] {
			break
		}
		add(q, false)
	}
	if q := r.subjectAhead(k); q >= 0 {
		add(q, true)
	}
	if q := r.lastQuoted(k); q >= 0 && (k-q > maxCandidates || here-r.d.Tokens.Sent[r.phrases[q].head] > searchBack[kind]) {
		add(q, false)
	}
	w := &r.lex.weights[kind]
	for i := range out {
		for f, x := range out[i].v {
			out[i].score += x * w[f]
		}
	}
	r.pool = out
	return out
}

// lastQuoted is the phrase of whoever speaks the quotation that ends right
// before the sentence of phrase k, where that stands outside quotations: after
// a paragraph of somebody's words "he" is mostly still that person. Else None.
func (r *run) lastQuoted(k int32) int32 {
	i := r.phrases[k].head
	b := r.d.SentenceOf(i).Begin
	if b == 0 || r.speaker[i] >= 0 {
		return doc.None
	}
	if q := r.speaker[b-1]; q >= 0 && q < k {
		return q
	}
	return doc.None
}

// coordinated reports whether phrase q is the first of "A and B".
func (r *run) coordinated(q int32) bool {
	if r.phrases[q].form == doc.FormPronoun {
		return false
	}
	for c := range r.d.Children(r.phrases[q].head) {
		if r.d.Deprel(c) == doc.RelConj && r.phraseOf[c] >= 0 {
			return true
		}
	}
	return false
}

// subjectAhead is the subject of the main clause where the pronoun stands in a
// clause before it ("As he left, Starmer said"), if that has a cluster.
func (r *run) subjectAhead(k int32) int32 {
	d := r.d
	i := r.phrases[k].head
	sent := d.SentenceOf(i)
	for n := 0; n < 8 && d.Head(i) >= 0; n++ {
		h := d.Head(i)
		if d.Deprel(i).Base() == doc.RelAdvcl && h > i {
			s := d.Child(h, doc.RelNsubj)
			if s > i && sent.Has(s) {
				if q := r.phraseOf[s]; q > k && r.phrases[q].cluster >= 0 && r.phrases[q].name >= 0 {
					return q
				}
			}
		}
		i = h
	}
	return doc.None
}

// features fills c.v; it reports false where the candidate is ruled out.
func (r *run) features(c *candidate, k int32, kind, between int, isAhead bool) bool {
	d := r.d
	p, q := &r.phrases[k], &r.phrases[c.phrase]
	if !r.agrees(c, k, kind) || r.bound(c.phrase, k) {
		return false
	}
	v := &c.v
	dist := d.Tokens.Sent[p.head] - d.Tokens.Sent[q.head]
	spoke := dist > 0 && r.lastQuoted(k) == c.phrase
	if spoke {
		dist = 1
	}
	v[min(sameSentence+feature(dist), furtherBack)] = 1
	rel := d.Deprel(q.head)
	switch rel.Base() {
	case doc.RelNsubj, doc.RelCsubj:
		v[candSubject] = 1
		if h := d.Head(q.head); h >= 0 && d.Deprel(h) == doc.RelRoot {
			v[candRootSubject] = 1
		}
		if d.Deprel(p.head).Base() == doc.RelNsubj {
			v[bothSubjects] = 1
		}
	case doc.RelObj, doc.RelIobj:
		v[candObject] = 1
	case doc.RelObl:
		v[candOblique] = 1
	case doc.RelNmod:
		v[candModifier] = 1
		if rel == doc.RelNmodPoss {
			v[candModifier], v[candOwner] = 0, 1
			if d.Deprel(p.head) == doc.RelNmodPoss {
				v[sameOwner] = 1
			}
		}
	case doc.RelCompound, doc.RelAppos, doc.RelFlat:
		v[candModifier] = 1
	}
	switch q.form {
	case doc.FormName:
		v[candName] = 1
	case doc.FormPronoun:
		v[candPronoun] = 1
	default:
		v[candDescription] = 1
	}
	if c.group {
		v[candGroup] = 1
	} else {
		v[candFrequent] = log2(r.clusters[c.cluster].uses)
	}
	r.reportFeatures(v, c.phrase, k, dist)
	if spoke {
		v[quoteSpeaker] = 1
	}
	if !r.sameBlock(p.head, q.head) {
		v[otherParagraph] = 1
	}
	if r.quoted(q.head) && !r.quoted(p.head) {
		v[candQuoted] = 1
	}
	if d.Deprel(p.head).Base() == doc.RelObj && v[candClassBest] == 1 {
		v[partyObject] = 1
	}
	if dist == 0 && r.inRelative(q.head, p.head) {
		v[relative] = 1
	}
	v[rank] = float32(min(between, 8))
	if between == 0 {
		v[nearest] = 1
	}
	if isAhead {
		v[ahead] = 1
	}
	return true
}

// inRelative reports whether token i stands in a relative clause of token h.
func (r *run) inRelative(h, i int32) bool {
	d := r.d
	for n := 0; n < 12 && d.Head(i) >= 0; n++ {
		if d.Head(i) == h {
			return d.Deprel(i) == doc.RelAclRelcl
		}
		i = d.Head(i)
	}
	return false
}

func log2(n int) float32 {
	x := float32(0)
	for ; n > 1 && x < 5; n >>= 1 {
		x++
	}
	return x
}

func (r *run) sameBlock(a, b int32) bool { return r.blockOf[a] == r.blockOf[b] }

// reportFeatures tells whether the pronoun stands in what the candidate says,
// or is told.
func (r *run) reportFeatures(v *vector, q, k, dist int32) {
	d := r.d
	cand := r.phrases[q].head
	if dist == 0 {
		i := r.phrases[k].head
		for n := 0; n < 12 && d.Head(i) >= 0; n++ {
			h := d.Head(i)
			rel := d.Deprel(i).Base()
			if (rel == doc.RelCcomp || rel == doc.RelXcomp || rel == doc.RelParataxis) && r.lex.say[d.Lemma(h)] {
				switch {
				case d.Head(cand) == h && d.Deprel(cand).Base() == doc.RelNsubj:
					v[reporter] = 1
				case d.Head(cand) == h && (d.Deprel(cand).Base() == doc.RelObj || d.Deprel(cand).Base() == doc.RelIobj):
					v[addressee] = 1
				}
				return
			}
			i = h
		}
		return
	}
	h := d.Head(cand)
	if dist == 1 && h >= 0 && d.Deprel(cand).Base() == doc.RelNsubj && d.UPOS(h) == doc.VERB && r.lex.say[d.Lemma(h)] &&
		d.Deprel(r.phrases[k].head).Base() == doc.RelNsubj {
		v[lastSpeaker] = 1
	}
}

// agrees checks class, number and gender, and notes how well they fit.
func (r *run) agrees(c *candidate, k int32, kind int) bool {
	p := &r.phrases[k]
	v := &c.v
	if c.group {
		v[candClassBest] = 1
		return true
	}
	x := &r.clusters[c.cluster]
	switch kind {
	case kindHe:
		if x.class != classPerson || x.number == numberMany || x.gender != 0 && x.gender != p.gender {
			return false
		}
		if v[candNoGender] = 1; x.gender != 0 {
			v[candGender], v[candNoGender] = 1, 0
		}
		v[candClassBest] = 1
	case kindIt:
		if x.class == classPerson || x.class == classTime || x.number == numberMany || r.saidThing(p.head) && x.class != classThing {
			return false
		}
		switch x.class {
		case classBody, classState, classCountry:
			v[candClassBest] = 1
		case classThing:
			v[candClassFair] = 1
		default:
			v[candClassPoor] = 1
		}
	case kindThey:
		switch {
		case x.class == classPerson && x.anon && x.gender == 0 && x.name < 0 && x.entry == nil:
			v[candClassPoor] = 1 // "somebody left their coat"
		case x.number == numberOne, x.class == classPerson, x.class == classTime:
			return false
		case x.class == classPeople || x.number == numberMany && x.class != classThing:
			v[candClassBest] = 1
		case x.class == classThing:
			v[candClassFair] = 1
		default:
			v[candClassPoor] = 1
		}
		if x.number != numberMany {
			v[candNumberUnsure] = 1
		}
	}
	return true
}

// besidesItself reports whether whoever phrase c speaks of is already another
// argument of the verb of pronoun k: in "Kim told him" and "he told him" the
// second is not the first.
func (r *run) besidesItself(c *phrase, k int32) bool {
	d := r.d
	i := r.phrases[k].head
	v := r.argumentOf(i)
	if v < 0 {
		return false
	}
	if s := r.subjectOf(v); s >= 0 && s < k && d.Deprel(i).Base() != doc.RelNsubj &&
		(r.phrases[s].head == c.head || r.phrases[s].cluster >= 0 && r.phrases[s].cluster == c.cluster) {
		return true // "Baker met Cam and told him"
	}
	for a := range d.Children(v) {
		q := r.phraseOf[a]
		if a == i || q < 0 || q >= k || r.argumentOf(a) != v {
			continue
		}
		if d.Deprel(a) == doc.RelNsubj && d.Deprel(i) == doc.RelNsubj {
			continue // no verb has two subjects: the tree errs
		}
		if r.phrases[q].head == c.head || r.phrases[q].cluster >= 0 && r.phrases[q].cluster == c.cluster {
			return true
		}
	}
	return false
}

// saidThing reports whether token i is what somebody says or denies: "it" is
// then what has been said, not a party.
func (r *run) saidThing(i int32) bool {
	h := r.d.Head(i)
	return h >= 0 && r.d.Deprel(i) == doc.RelObj && r.lex.say[r.d.Lemma(h)]
}

// bound reports whether grammar keeps a pronoun from meaning phrase q: another
// argument of its verb (unless it is reflexive), a phrase that holds it, or in
// a quotation the one who speaks it.
func (r *run) bound(q, k int32) bool {
	d := r.d
	p, c := &r.phrases[k], &r.phrases[q]
	reflexive := strings.HasSuffix(p.lemma, "sel") || strings.HasSuffix(p.lemma, "self") || strings.HasSuffix(p.lemma, "selves")
	owner := d.Deprel(p.head) == doc.RelNmodPoss
	if !owner && !reflexive && r.besidesItself(c, k) {
		return true
	}
	if c.span.Has(p.head) && c.head != p.head {
		return true
	}
	if owner && (d.Head(p.head) == c.head || d.Dominates(c.head, p.head) && d.Deprel(c.head).Base() != doc.RelNsubj && c.head > p.head) {
		return true
	}
	if who := r.speaker[p.head]; who >= 0 && p.person == 3 {
		if id := r.phrases[who].cluster; id >= 0 && id == c.cluster && r.clusters[id].class == classPerson {
			return true
		}
	}
	return false
}
