package actor

import (
	"slices"
	"strings"

	"readout/doc"
	"readout/registry"
)

// number is how many a phrase speaks of.
type number uint8

const (
	numberEither number = iota // "the team", "you"
	numberOne
	numberMany
)

// article is how a phrase picks out what it speaks of.
type article uint8

const (
	articleNone  article = iota // "leaders", "President Chen"
	articleThe                  // the, this, that, these, both
	articleA                    // a, some, several, three
	articleOwner                // his, Chen's
	articleEach                 // each, no, either: nobody in particular
)

// phrase is a noun phrase or pronoun: what may mention somebody or something.
type phrase struct {
	span    doc.Span // the words that are published
	head    int32
	form    doc.MentionForm
	class   class
	number  number
	article article
	gender  registry.Gender
	person  int8  // grammatical, of a pronoun
	name    int32 // in run.names, or None
	owner   int32 // phrase of the possessor, or None
	count   int   // "two", "both": 2; 0 not told
	plural  bool  // its noun is
	nations []string
	role    registry.RoleNoun
	lemma   string // of the head
	anon    bool   // the article keeps the name back
	noun    bool   // a description that only its own words or role tie to somebody
	cluster int32
	conf    float32
}

// findPhrases makes r.phrases: the names, then every other noun that heads a
// phrase, and the personal pronouns.
func (r *run) findPhrases() {
	d := r.d
	r.phraseOf = filled(d.Len())
	whole := d.Dateline.Whole
	for k := range r.names {
		x := &r.names[k]
		p := phrase{
			span: x.span, head: r.treeHead(x.span), form: doc.FormName, class: x.kind,
			number: numberOne, name: int32(k), owner: doc.None, cluster: doc.None, conf: x.conf,
		}
		switch x.kind {
		case classPeople:
			p.form, p.nations = doc.FormGroup, r.nationsOf(x.match)
			if p.number = numberMany; r.singular(p.head) && !r.hasThe(p.span) {
				p.class, p.form, p.number = classPerson, doc.FormTitle, numberOne
			}
		case classBody, classCountry:
			p.number = numberEither
		}
		p.lemma = strings.ToLower(d.Form(p.head))
		r.phrases = append(r.phrases, p)
	}
	for i := int32(0); i < int32(d.Len()); i++ {
		if r.nameOf[i] >= 0 || whole.Has(i) {
			continue
		}
		switch d.UPOS(i) {
		case doc.PRON:
			r.addPronoun(i)
		case doc.NOUN, doc.PROPN:
			r.addNoun(i)
		case doc.ADJ:
			r.addAdjective(i)
		case doc.NUM, doc.DET:
			r.addCount(i)
		}
	}
	slices.SortStableFunc(r.phrases, func(a, b phrase) int {
		if a.span.Begin != b.span.Begin {
			return int(a.span.Begin - b.span.Begin)
		}
		return int(b.span.End - a.span.End)
	})
	for k := range r.phrases {
		r.phraseOf[r.phrases[k].head] = int32(k)
	}
	for k := range r.phrases {
		r.findOwner(int32(k))
	}
}

// treeHead is the token of a name that the tree hangs it by: where the tree
// tears a name apart, the one that is no mere modifier.
func (r *run) treeHead(s doc.Span) int32 {
	d := r.d
	best := d.HeadOf(s)
	for i := best; i < s.End; i++ {
		if s.Has(d.Head(i)) {
			continue
		}
		switch d.Deprel(i).Base() {
		case doc.RelCompound, doc.RelFlat, doc.RelAmod, doc.RelNummod, doc.RelPunct, doc.RelCase, doc.RelDep:
		default:
			return i
		}
	}
	return best
}

// nominal reports whether token i heads a phrase of its own rather than being a
// part of another one's.
func (r *run) nominal(i int32) bool {
	switch r.d.Deprel(i) {
	case doc.RelCompound, doc.RelCompoundPrt, doc.RelFlat, doc.RelFlatForeign, doc.RelFixed, doc.RelGoeswith, doc.RelNmodDesc,
		doc.RelAmod, doc.RelReparandum, doc.RelDep, doc.RelNummod, doc.RelPunct:
		return false
	case doc.RelConj:
		h := r.d.Head(i)
		return r.d.UPOS(h) == doc.VERB || r.d.UPOS(h) == doc.AUX || r.nominal(h)
	}
	return true
}

func (r *run) addNoun(i int32) {
	if !r.nominal(i) {
		return
	}
	d := r.d
	p := phrase{head: i, form: doc.FormTitle, name: doc.None, owner: doc.None, cluster: doc.None, noun: true, conf: 0.8}
	p.lemma = strings.ToLower(d.Lemma(i))
	p.span = r.nounSpan(i)
	if k := r.nameOf[p.span.Begin]; k >= 0 && p.span.Begin > r.names[k].span.Begin {
		p.span.Begin = r.names[k].span.Begin
	}
	if _, n, ok := r.reg.RoleNounAt(r.word, int(d.SentenceOf(i).End), int(i)); ok && n > 1 {
		p.span.End = max(p.span.End, i+int32(n)) // the tree took "deputy" of "deputy foreign minister" for the head
	}
	r.determine(&p)
	p.number = numberOne
	if !r.singular(i) {
		p.number, p.plural = numberMany, true
	}
	r.classify(&p)
	r.listedNoun(&p)
	p.nations = r.nationsIn(p.span)
	if len(p.nations) == 0 && p.class == classPerson && p.role.Country != "" {
		p.nations = []string{p.role.Country} // "the taoiseach"
	}
	if n := r.lex.nouns[p.lemma]; n.all.has(classState) && p.number != numberMany && (len(p.nations) == 1 || p.article == articleThe) {
		p.class, p.form = classState, doc.FormTitle
	}
	if p.lemma == "side" && r.placeSide(i) {
		p.class, p.form, p.nations = classThing, doc.FormTitle, nil
	}
	p.anon = p.article == articleA || p.article == articleNone
	r.phrases = append(r.phrases, p)
}

// placeSide reports whether the side at token i is one of a place rather than a
// party: "both sides of the border".
func (r *run) placeSide(i int32) bool {
	d := r.d
	for c := range d.Children(i) {
		if d.Deprel(c).Base() != doc.RelNmod || c < i {
			continue
		}
		n := r.lex.nouns[strings.ToLower(d.Lemma(c))]
		if n.class == classPlace || r.nameOf[c] >= 0 {
			return true
		}
	}
	return false
}

// addAdjective adds a role noun that the tagger took for an adjective ("a White
// House official said"), and "several" and the like.
func (r *run) addAdjective(i int32) {
	d := r.d
	if _, ok := r.roleEnding(i, i); ok && r.nominal(i) && !r.beforeNoun(i) {
		if d.Deprel(i).Base() == doc.RelNsubj || d.Child(i, doc.RelDet, doc.RelCompound, doc.RelNmod) >= 0 {
			r.addNoun(i)
			return
		}
	}
	r.addCount(i)
}

func (r *run) beforeNoun(i int32) bool {
	if i+1 >= int32(r.d.Len()) {
		return false
	}
	up := r.d.UPOS(i + 1)
	return up == doc.NOUN || up == doc.PROPN || up == doc.ADJ
}

// nounSpan is the flat phrase of noun i: from its first article, adjective,
// number or owner to the noun, and on over "of …" where that holds no person's
// name: those would make one person's mention hold another's name.
func (r *run) nounSpan(i int32) doc.Span {
	d := r.d
	s := doc.Span{Begin: i, End: i + 1}
	for c := range d.Children(i) {
		switch d.Deprel(c).Base() {
		case doc.RelDet, doc.RelAmod, doc.RelCompound, doc.RelNummod, doc.RelNmod, doc.RelFlat, doc.RelGoeswith:
		default:
			continue
		}
		if c < i {
			if sub := d.Subtree(c); sub.End <= i && i-sub.Begin <= 20 {
				s.Begin = min(s.Begin, sub.Begin)
			}
			continue
		}
		if d.Deprel(c) == doc.RelNmod && s.End == i+1 {
			k := d.Child(c, doc.RelCase)
			sub := d.Subtree(c)
			if k == i+1 && d.Form(k) == "of" && sub.Begin == k && (sub.Len() <= 7 || r.nameList(sub)) && !r.namesPerson(sub) {
				s.End = sub.End
			}
		}
	}
	for k := i - 1; k > s.Begin; k-- {
		if x := d.XPOS(k); x == "VBD" || x == "VBZ" || x == "VBP" || x == "MD" {
			s.Begin = k + 1 // a clause that the tree hung within the phrase
			break
		}
	}
	for s.Begin < i && (isLinkWord(d.Form(s.Begin)) || d.UPOS(s.Begin) == doc.PUNCT || d.UPOS(s.Begin) == doc.ADP || d.UPOS(s.Begin) == doc.CCONJ) {
		s.Begin++
	}
	return r.withoutOwner(r.withoutListed(s, i), i)
}

// withoutListed cuts a country's name and "and" from the front of a phrase that goes
// on with a number: the tree hangs "Iran" of "Iran and six powers" on the powers.
func (r *run) withoutListed(s doc.Span, head int32) doc.Span {
	d := r.d
	for i := s.Begin + 1; i+1 < head; i++ {
		if d.UPOS(i) == doc.CCONJ && d.UPOS(i+1) == doc.NUM && r.nameOf[i-1] >= 0 && r.names[r.nameOf[i-1]].kind != classPerson && !r.singular(head) {
			s.Begin = i + 1
		}
	}
	return s
}

// isLinkWord reports whether a word that the tree may hang by a noun belongs to
// the clause around it.
func isLinkWord(w string) bool {
	switch strings.ToLower(w) {
	case "whose", "how", "when", "where", "why", "that", "which", "what", "as", "if":
		return true
	}
	return false
}

// nameList reports whether s holds nothing but names and what links them: "of
// Britain, France and Germany".
func (r *run) nameList(s doc.Span) bool {
	for i := s.Begin; i < s.End; i++ {
		if up := r.d.UPOS(i); r.nameOf[i] < 0 && up != doc.PUNCT && up != doc.CCONJ && up != doc.ADP && up != doc.DET {
			return false
		}
	}
	return true
}

// withoutOwner cuts a person's name with its 's from the front of a phrase.
func (r *run) withoutOwner(s doc.Span, head int32) doc.Span {
	for i := head - 1; i >= s.Begin; i-- {
		if isGenitive(r.d.Form(i)) && i > s.Begin && r.namesPerson(doc.Span{Begin: s.Begin, End: i}) {
			s.Begin = i + 1
		}
	}
	return s
}

func (r *run) namesPerson(s doc.Span) bool {
	for i := s.Begin; i < s.End; i++ {
		if k := r.nameOf[i]; k >= 0 && r.names[k].kind == classPerson {
			return true
		}
	}
	return false
}

// singular reports whether noun i is in the singular.
func (r *run) singular(i int32) bool {
	switch r.d.XPOS(i) {
	case "NNS", "NNPS":
		return false
	case "NN", "NNP":
		return true
	}
	return r.d.Feat(i, "Number") != "Plur"
}

func (r *run) hasThe(s doc.Span) bool {
	return s.Begin > 0 && strings.EqualFold(r.d.Form(s.Begin-1), "the")
}

// determine reads the article and the number word of p.
func (r *run) determine(p *phrase) {
	d := r.d
	p.count = countOf(p.lemma) // "the pair"
	if b := p.span.Begin; b > 0 {
		switch strings.ToLower(d.Form(b - 1)) {
		case "neither", "either", "each":
			p.article = articleEach
			return
		case "both":
			p.article, p.count = articleThe, 2
			p.span.Begin--
		}
	}
	for c := range d.Children(p.head) {
		if c > p.head {
			break
		}
		w := strings.ToLower(d.Form(c))
		switch d.Deprel(c) {
		case doc.RelDet, doc.RelDetPredet:
			switch w {
			case "the", "this", "that", "these", "those":
				p.article = articleThe
			case "both":
				p.article, p.count = articleThe, 2
			case "a", "an", "another", "some", "any":
				if p.article == articleNone {
					p.article = articleA
				}
			case "no", "each", "every", "either", "neither":
				p.article = articleEach
			}
		case doc.RelNummod, doc.RelAmod:
			if n := countOf(w); n > 0 {
				p.count = n
			}
			if (w == "several" || w == "many" || w == "few" || p.count > 0) && p.article == articleNone {
				p.article = articleA
			}
		case doc.RelNmodPoss:
			p.article = articleOwner
		}
	}
}

// countOf is the number that a word names, 0 where it names none that is
// counted out in groups.
func countOf(w string) int {
	switch w {
	case "two", "both", "pair", "duo":
		return 2
	case "three", "trio":
		return 3
	case "four":
		return 4
	case "five":
		return 5
	case "six":
		return 6
	case "seven":
		return 7
	}
	return 0
}

// classify sets the class, role and gender of a noun phrase from the tables.
func (r *run) classify(p *phrase) {
	n, known := r.lex.nouns[p.lemma]
	p.gender = n.gender
	p.class = n.class
	if role, ok := r.roleEnding(p.head, p.span.Begin); ok {
		p.role = role
		if n.class != classBody && n.class != classState && n.class != classPlace && n.class != classThing {
			switch {
			case role.Who != registry.Group:
				p.class = classPerson
			case !known && p.number == numberOne:
				p.class = classBody // "state television"
			default:
				p.class = classPeople
			}
		}
	} else if !known {
		p.class = r.guessClass(p.head, p.lemma)
	}
	switch {
	case p.class == classPerson && p.number == numberMany:
		p.class, p.form = classPeople, doc.FormGroup
	case p.class == classPeople:
		p.form = doc.FormGroup
		if p.number == numberOne {
			p.number = numberEither
		}
	case p.number == numberMany && (p.class == classBody || p.class == classState || p.class == classCountry):
		p.form = doc.FormGroup
	case p.class == classBody, p.class == classState:
		p.number = numberEither
	}
}

// guessClass is for nouns no table has: "an ornithologist" is somebody, a
// capitalised noun something.
func (r *run) guessClass(_ int32, lemma string) class {
	for _, end := range [...]string{"ologist", "ographer", "woman", "person", "monger"} {
		if strings.HasSuffix(lemma, end) {
			return classPerson
		}
	}
	if strings.HasSuffix(lemma, "man") && len(lemma) > 5 && !strings.HasSuffix(lemma, "human") {
		return classPerson
	}
	return classThing
}

// roleEnding is the role noun that ends with token i and begins at from or
// later.
func (r *run) roleEnding(i, from int32) (registry.RoleNoun, bool) {
	from = max(from, i-5, r.d.SentenceOf(i).Begin)
	words := r.scratch[:0]
	for k := from; k < i; k++ {
		words = append(words, r.d.Form(k))
	}
	words = append(words, r.d.Lemma(i))
	r.scratch = words
	role, _, ok := r.reg.RoleNoun(words)
	return role, ok
}

// isTitle reports whether token i is written as a title before a name is: "Mr.",
// "President", "foreign minister".
func (r *run) isTitle(i int32) bool {
	end := int(r.d.SentenceOf(i).End)
	if _, _, ok := r.reg.HonorificAt(r.word, end, int(i)); ok {
		return true
	}
	if up := r.d.UPOS(i); up != doc.NOUN && up != doc.PROPN {
		return false
	}
	if _, ok := r.roleEnding(i, i); ok {
		return true
	}
	n := r.lex.nouns[strings.ToLower(r.d.Lemma(i))]
	return n.class == classPerson
}

// addCount adds numbers and the like that stand for a group: "the two", "both".
func (r *run) addCount(i int32) {
	d := r.d
	w := strings.ToLower(d.Form(i))
	n := countOf(w)
	if n == 0 {
		return
	}
	switch d.Deprel(i).Base() {
	case doc.RelNsubj, doc.RelObj, doc.RelObl, doc.RelIobj, doc.RelNmod:
	default:
		return
	}
	p := phrase{
		span: doc.Span{Begin: i, End: i + 1}, head: i, form: doc.FormGroup, class: classPeople, number: numberMany, article: articleThe,
		name: doc.None, owner: doc.None, cluster: doc.None, count: n, lemma: w, noun: true, conf: 0.6,
	}
	if r.hasThe(p.span) {
		p.span.Begin--
	} else if w != "both" {
		return
	}
	r.phrases = append(r.phrases, p)
}

// pronoun is what a personal pronoun says of its antecedent.
type pronoun struct {
	person int8
	number number
	gender registry.Gender
	class  class
}

// pronouns has every form of the personal pronouns. It is never written.
var pronouns = func() map[string]pronoun {
	m := map[string]pronoun{}
	for _, row := range [...]struct {
		forms string
		p     pronoun
	}{
		{"he him his himself", pronoun{3, numberOne, registry.Male, classPerson}},
		{"she her hers herself", pronoun{3, numberOne, registry.Female, classPerson}},
		{"it its itself", pronoun{3, numberOne, 0, classThing}},
		{"they them their theirs themselves themself", pronoun{3, numberMany, 0, classUnset}},
		{"i me my mine myself", pronoun{1, numberOne, 0, classPerson}},
		{"we us our ours ourselves", pronoun{1, numberMany, 0, classPeople}},
		{"you your yours yourself yourselves", pronoun{2, numberEither, 0, classPerson}},
	} {
		for _, f := range strings.Fields(row.forms) {
			m[f] = row.p
		}
	}
	return m
}()

func (r *run) addPronoun(i int32) {
	w := strings.ToLower(r.d.Form(i))
	if w == "both" || w == "two" {
		r.addCount(i)
		return
	}
	t, ok := pronouns[w]
	if !ok || r.d.Deprel(i).Base() == doc.RelExpl || w == "it" && r.empty(i) {
		return
	}
	e := i + 1
	if t.person == 2 && e < int32(r.d.Len()) {
		switch strings.ToLower(r.d.Form(e)) {
		case "guys", "all", "folks", "people":
			e++
		}
	}
	r.phrases = append(r.phrases, phrase{
		span: doc.Span{Begin: i, End: e}, head: i, form: doc.FormPronoun, class: t.class, number: t.number, gender: t.gender,
		person: t.person, name: doc.None, owner: doc.None, cluster: doc.None, lemma: w, conf: 0.7,
	})
}

// empty reports whether the "it" at token i only holds the place of a clause:
// "it was unclear whether they would meet".
func (r *run) empty(i int32) bool {
	d := r.d
	h := d.Head(i)
	if h < 0 || d.Deprel(i).Base() != doc.RelNsubj || d.UPOS(h) != doc.ADJ {
		return false
	}
	for c := range d.Children(h) {
		switch d.Deprel(c).Base() {
		case doc.RelCcomp, doc.RelCsubj:
			return true
		case doc.RelXcomp, doc.RelAdvcl:
			if m := d.Child(c, doc.RelMark); m >= 0 && d.Form(m) != "as" && d.Form(m) != "because" {
				return true
			}
		}
	}
	return false
}

// findOwner ties "his" of "his aide" and "Chen's" of "Chen's aide" to the aide.
func (r *run) findOwner(k int32) {
	p := &r.phrases[k]
	for c := range r.d.Children(p.head) {
		if r.d.Deprel(c) != doc.RelNmodPoss {
			continue
		}
		if p.owner = r.phraseOf[c]; p.owner < 0 && strings.EqualFold(r.d.Form(c), "whose") {
			p.owner = r.relativeOwner(p.head)
		}
	}
}

// relativeOwner is the phrase that the "whose" before token i refers to: what
// the relative clause around it belongs to.
func (r *run) relativeOwner(i int32) int32 {
	d := r.d
	for n := 0; n < 8 && i >= 0; n++ {
		if d.Deprel(i) == doc.RelAclRelcl {
			if h := d.Head(i); h >= 0 {
				return r.phraseOf[h]
			}
		}
		i = d.Head(i)
	}
	return doc.None
}
