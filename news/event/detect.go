package event

import (
	"readout/doc"
)

// article is how a noun that names an event is introduced.
type article uint8

const (
	bare       article = iota // talks
	indefinite                // a meeting
	definite                  // the meeting
	pointing                  // these discussions
	possessed                 // his talks
)

// mention is one place where the text speaks of an event.
type mention struct {
	at      int32 // the word that names it
	row     *trigger
	kind    doc.EventKind
	noun    bool
	article article
	heading bool
	label   string // the name before it: "G20" of "the G20 summit"

	preds   []int32 // at, and the words that support it ("held" of "held talks"): their arguments are its own
	lenders []int32 // verbs above the noun on which the parser may have hung its partner: "praised the talks | with B"
	chain   []int32 // the words above it in the tree, as far as they bear on it
	parts   []part
	full    bool // its parties are told in full: "between A and B"
	size    int  // two, three: "trilateral"; 0 is not told
	alone   bool // one-on-one
	fresh   bool // another, second, new
	first   bool // initial, first
	past    bool // last, previous

	place    doc.Place
	time     *doc.Time
	deadline *doc.Time
	duration *doc.Duration
	told     *doc.Time // when it was planned, refused, called off: the time of the words above it
	format   doc.Format
	level    doc.Level

	status   doc.Status // unset: the words do not say
	firm     bool       // the words say it, they do not merely take it for granted
	refusal  bool       // denied because someone will not have it
	earlier  bool       // in an after-clause
	supposed bool       // in an if-clause
	negated  bool       // "no meeting"
	granted  bool       // taken for granted by a word nearer than the one that denies
	any      bool       // "any meeting"
	present  bool       // in the plain present: real only when its time is not to come
	would    bool       // in the future of the past
	coming   bool       // said to be ahead, in the words of now: "will meet", "is back on"
	owned    bool       // a clause of its own below others tells who takes part
	joined   bool       // "attend the summit": of somebody's part in it
	goesOn   bool       // "continued talks in the next room"
	left     bool       // "withdrew from the talks": cancelled by who leaves
	taken    bool       // "its participation in the deal": who is in it, not that it was made
	purpose  bool       // "crossed the border for talks"
	folded   int32      // the mention it was folded into, or None
	under    int32      // the step that the deal it names is of, or None
	clause   int32      // the word of the clause a preposition hangs it on, or None

	when        int32    // the verb of "A fell, when B met C", or None
	supposing   int32    // head of the if-clause it stands in, or None
	slots       []string // prepositions that brought a partner
	withSubject []int32  // words whose subjects take part when someone is named with them
	limits      []limit
	anchors     []anchor

	statement  doc.StatementID
	span       doc.Span
	confidence float32
	cluster    int32
	event      doc.EventID // set by write, or None
	dropped    bool
}

// part is an actor's part, with how sure it is.
type part struct {
	who
	as      doc.Part
	implied bool // from the clause around: "After the meeting, Modi said"
}

// anchor ties a mention to the clause it stands in by a preposition or a
// conjunction: "after talks, A said".
type anchor struct {
	as   doc.LinkKind
	at   int32 // the word of the clause that it hangs on
	span doc.Span
}

// limit is a condition in words.
type limit struct {
	as     doc.ConditionKind
	head   int32 // main word of the condition
	span   doc.Span
	always bool
}

// detect adds the mentions of a sentence, in text order.
func (r *run) detect(sent doc.Span) {
	for i := sent.Begin; i < sent.End; i++ {
		switch r.d.UPOS(i) {
		case doc.PRON:
			r.detectPronoun(i)
			continue
		case doc.VERB:
			if r.consents(i) {
				r.found(i, consent)
				continue
			}
		case doc.NOUN, doc.PROPN:
		default:
			if i == sent.Begin || r.form(i-1) != "-" { // "a get-together"
				continue
			}
		}
		rows := r.lex.triggers[r.word(i)]
		if len(rows) == 0 || r.timeOf[i] >= 0 && r.d.UPOS(i) == doc.PROPN { // "in March"
			continue
		}
		if t := r.bestTrigger(rows, i); t != nil && t.kind != 0 && !r.partOfName(i, t) {
			r.found(i, t)
		}
	}
}

// found adds the mention that token i makes by row t.
func (r *run) found(i int32, t *trigger) *mention {
	r.mentions = append(r.mentions, mention{
		at: i, row: t, kind: t.kind, noun: t.noun, format: t.format, heading: r.heading[i],
		preds: []int32{i}, statement: r.statementOf[i], clause: doc.None, under: doc.None, supposing: doc.None, when: doc.None, cluster: doc.None,
	})
	r.eventOf[i] = int32(len(r.mentions) - 1)
	return &r.mentions[len(r.mentions)-1]
}

// anaphor is the row of a pronoun that takes up an event: "It was put off."
var anaphor = &trigger{words: []string{"it"}, noun: true, kind: doc.EventMeeting, frame: "recip", pronoun: true}

// detectPronoun adds a pronoun that is the subject of a verb which only an
// event can be the subject of: "They began in Muscat", "It was postponed".
func (r *run) detectPronoun(i int32) {
	switch r.form(i) {
	case "it", "they", "this", "that", "these", "both":
	default:
		return
	}
	v := r.d.Head(i)
	if v < 0 || r.d.Deprel(i).Base() != doc.RelNsubj || r.d.UPOS(v) != doc.VERB {
		return
	}
	slot := "subj"
	if r.d.Deprel(i) == doc.RelNsubjPass {
		slot = "obj"
	} else if r.d.Child(v, doc.RelObj, doc.RelXcomp, doc.RelCcomp) >= 0 && !r.particle(v, "place") {
		return
	}
	g := r.governor(v, slot)
	if g == nil || !g.effect.supports() || g.effect == effPropose || r.word(v) == "be" || r.word(v) == "go" || slot == "obj" && !carries(g.words[0]) {
		return
	}
	if m := r.mentionOf[i]; m >= 0 && slot == "obj" && r.d.Actors[r.d.Mentions[m].Actor].Kind == doc.KindPerson {
		return
	}
	r.found(i, anaphor).article = pointing
}

// carries reports whether a verb in the passive can have hardly anything but an
// event for its subject.
func carries(w string) bool {
	switch w {
	case "hold", "cancel", "call", "postpone", "put", "push", "suspend", "adjourn", "schedule", "reschedule", "convene",
		"host", "mediate", "broker", "conduct", "resume", "defer", "scrap":
		return true
	}
	return false
}

// bestTrigger is the row with the most words whose words stand there and whose
// needs of a verb's arguments hold.
func (r *run) bestTrigger(rows []*trigger, i int32) *trigger {
	var best *trigger
	verb := r.d.UPOS(i) == doc.VERB
	for _, t := range rows {
		if t.noun == verb || best != nil && len(t.words) < len(best.words) {
			continue
		}
		if !r.wordsAt(t, i) || verb && !r.fitsVerb(t, i) || !verb && !r.fitsNoun(t, i) {
			continue
		}
		if best == nil || len(t.words) > len(best.words) {
			best = t
		}
	}
	return best
}

// wordsAt reports whether the further words of t stand with i.
func (r *run) wordsAt(t *trigger, i int32) bool {
	if len(t.words) == 1 {
		return t.noun || t.frame == "travel" || r.d.Child(i, doc.RelCompound) < 0 || !r.hasParticle(i)
	}
	if !t.noun {
		for _, w := range t.words[1:] {
			if !r.particle(i, w) {
				return false
			}
		}
		return true
	}
	if t.words[1] == "of" {
		for c := range r.d.Children(i) {
			if r.preposition(c) == "of" && r.word(c) == t.words[2] {
				return true
			}
		}
		return false
	}
	k := i - 1
	for n := len(t.words) - 2; n >= 0; n-- {
		for k >= 0 && r.form(k) == "-" {
			k--
		}
		if k < 0 || r.word(k) != t.words[n] && r.form(k) != t.words[n] {
			return false
		}
		k--
	}
	return true
}

// hasParticle reports whether verb i is half of another verb: "give up".
func (r *run) hasParticle(i int32) bool {
	for c := range r.d.Children(i) {
		if r.d.Deprel(c) == doc.RelCompoundPrt {
			w := r.form(c)
			return w != "back" && w != "together"
		}
	}
	return false
}

// particle reports whether w belongs to verb i: a child of it, or the next word.
func (r *run) particle(i int32, w string) bool {
	if c := r.child(i, w); c > i {
		switch r.d.Deprel(c) {
		case doc.RelCompoundPrt, doc.RelAdvmod, doc.RelObj, doc.RelCase, doc.RelFixed:
			return true
		}
	}
	sent := r.d.SentenceOf(i)
	for k := i + 1; k < sent.End && k <= i+3; k++ {
		if r.form(k) == w {
			u := r.d.UPOS(k)
			return k == i+1 || r.d.Deprel(k) == doc.RelCompoundPrt || u == doc.ADV && r.d.Head(k) == i
		}
	}
	return false
}

// partOfName reports whether i is a word of a longer name ("the Munich
// Security Conference" is a body; "the Alaska Summit" is an event) or only
// tells what another noun is of ("the ceasefire line").
func (r *run) partOfName(i int32, t *trigger) bool {
	if !t.noun {
		return false
	}
	if rel := r.d.Deprel(i); rel == doc.RelCompound || rel == doc.RelFlat {
		return true
	}
	if m := r.mentionOf[i]; m >= 0 {
		switch a := r.d.Actors[r.d.Mentions[m].Actor]; a.Kind {
		case doc.KindPerson, doc.KindCountry, doc.KindPlace:
			return true
		case doc.KindOrganization:
			return t.kind != doc.EventMeeting
		}
	}
	return false
}

// fitsNoun holds the needs that a noun's own phrase can tell.
func (r *run) fitsNoun(t *trigger, i int32) bool {
	if t.step != stepNone {
		return r.fitsStepNoun(t, i)
	}
	if t.needs&needStage != 0 {
		return r.stageOf(i)
	}
	if t.needs&needTabled != 0 {
		return r.tabled(i)
	}
	if t.needs&needPlural != 0 && r.d.Feat(i, "Number") == "Sing" {
		return false
	}
	if t.needs&needTalks != 0 {
		return r.ofClass(i, "talks") || r.heldSomewhere(i) || r.ordinal(i)
	}
	if t.needs&needCaptive != 0 && t.words[0] != "prisoner" {
		return r.ofClass(i, "captive") || r.compoundOf(i, "captive")
	}
	return true
}

// stageOf reports whether noun i, after "at", is the beginning of a meeting that has
// been told of in the sentence before: "arrived for the summit. Speaking at the
// opening, he said".
func (r *run) stageOf(i int32) bool {
	if r.preposition(i) != "at" || len(r.mentions) == 0 {
		return false
	}
	for c := range r.d.Children(i) {
		if b := r.d.Deprel(c).Base(); b != doc.RelDet && b != doc.RelCase {
			return false
		}
	}
	m := &r.mentions[len(r.mentions)-1]
	return m.noun && m.kind == doc.EventMeeting && r.d.Tokens.Sent[i]-r.d.Tokens.Sent[m.at] <= 1
}

// tabled reports whether noun i takes up a proposal told before ("the proposal"),
// or tells whose it is and of what: "Kenya's offer to mediate the dispute".
func (r *run) tabled(i int32) bool {
	owned, definite := false, false
	what := false
	for c := range r.d.Children(i) {
		switch rel := r.d.Deprel(c); {
		case rel == doc.RelDet && c < i:
			w := r.form(c)
			definite = w == "the" || w == "this" || w == "that"
		case rel == doc.RelNmodPoss:
			owned = r.actorial(c)
		case rel.Base() == doc.RelAcl, rel.Base() == doc.RelNmod && c > i:
			what = true
		}
	}
	for k := range r.mentions {
		if r.mentions[k].kind == doc.EventProposal && (definite || owned) && (!what || r.d.SentenceOf(i) != r.d.SentenceOf(r.mentions[k].at)) {
			return true
		}
	}
	return false
}

// heldSomewhere reports whether a noun has a place of its own: "a round in
// Doha" is one of talks, "a round of drinks" is not.
func (r *run) heldSomewhere(i int32) bool {
	for c := range r.d.Children(i) {
		if r.d.Deprel(c).Base() == doc.RelNmod && r.preposition(c) == "in" && r.mentionOf[c] >= 0 &&
			r.d.Actors[r.d.Mentions[r.mentionOf[c]].Actor].Kind != doc.KindPerson {
			return true
		}
	}
	return false
}

// ordinal reports whether noun i is one of several: "a second round".
func (r *run) ordinal(i int32) bool {
	for c := range r.d.Children(i) {
		if c >= i {
			break
		}
		switch r.form(c) {
		case "first", "second", "third", "fourth", "fifth", "sixth", "next", "new", "final", "last", "latest":
			return r.d.Deprel(c) == doc.RelAmod
		}
	}
	return false
}

// ofClass reports whether i has an of-phrase with a word of the class.
func (r *run) ofClass(i int32, class string) bool {
	for c := range r.d.Children(i) {
		if r.d.Deprel(c).Base() == doc.RelNmod && r.preposition(c) == "of" && r.isOf(c, class) {
			return true
		}
	}
	return false
}

func (r *run) compoundOf(i int32, class string) bool {
	for c := range r.d.Children(i) {
		if b := r.d.Deprel(c).Base(); (b == doc.RelCompound || b == doc.RelNmod) && r.lex.classes[class][r.word(c)] {
			return true
		}
	}
	return false
}

// isOf reports whether noun i, one joined to it, or what it is a number of
// ("a batch of prisoners") is of the class.
func (r *run) isOf(i int32, class string) bool {
	set := r.lex.classes[class]
	for _, c := range r.conjuncts(i) {
		if set[r.word(c)] {
			return true
		}
		for k := range r.d.Children(c) {
			if r.d.Deprel(k).Base() == doc.RelNmod && r.preposition(k) == "of" && set[r.word(k)] {
				return true
			}
		}
	}
	return false
}

// objectOf is what verb v is done to: its object, its subject in the passive,
// or the noun it stands after as a participle ("sanctions imposed on").
func (r *run) objectOf(v int32) int32 {
	if s, pass := r.clauseSubject(v); pass {
		return r.antecedent(s, v)
	}
	if o := r.d.Child(v, doc.RelObj); o >= 0 {
		return r.antecedent(o, v)
	}
	if o := r.d.Child(v, doc.RelIobj); o >= 0 {
		return o
	}
	if o, _ := r.asAdjective(v); o >= 0 {
		return o
	}
	if s, patient := r.subjectOf(v); patient {
		return s
	}
	return doc.None
}
