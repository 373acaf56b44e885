package event

import "readout/doc"

// arguments collects who takes part in the mention, and how: the dependents of
// its words by the frame of its row, then those its clause implies.
func (r *run) arguments(m *mention) {
	frame := r.lex.frames[m.row.frame]
	if !m.noun {
		r.subject(m, frame)
	}
	for k, p := range m.preds {
		if k > 0 && r.isNominal(p) {
			continue
		}
		r.dependents(m, frame, p, k == 0)
	}
	if as, ok := frame["between"]; ok && m.noun && !m.full {
		r.between(m, as)
	}
	for _, h := range m.lenders {
		r.lent(m, frame, h)
	}
	r.without(m)
	for _, h := range m.withSubject {
		r.written(m, frame, h)
	}
	held := r.hasSlot(m, "with") || r.hasSlot(m, "to") || m.row.frame != "recip" && m.row.frame != "sign"
	for _, h := range m.withSubject {
		if (held || r.attending(m) == 1 && !m.full) && !r.hasSlot(m, "between") {
			r.subjectPart(m, h, frame["subj"])
		}
		if s, patient := r.subjectOf(h); r.attending(m) == 0 && s >= 0 && !patient && len(r.subjectActors(s)) > 1 {
			r.subjectPart(m, h, frame["subj"]) // "A and B broke off talks"
		}
		if r.attending(m) == 0 && m.status == doc.StatusProposed {
			r.subjectPart(m, h, doc.AsOrganiser) // "Japan called for talks": with whom is not told
		}
	}
	if n := r.attending(m); m.noun && (n == 0 || n == 1 && m.row.frame == "recip" && (r.hasSlot(m, "with") || r.hasSlot(m, "to"))) {
		r.implied(m)
	}
	m.full = m.full || r.attending(m) >= 2 && !r.openGroup(m)
}

// subject adds who does what verb m tells of; a passive verb's is its patient.
func (r *run) subject(m *mention, frame map[string]doc.Part) {
	s, patient := r.subjectOf(m.at)
	if s < 0 {
		return
	}
	if r.d.Deprel(s) == doc.RelNsubjOuter && r.governor(s, "clause") != nil {
		return // "the next task was to extend it": whose, is not told
	}
	slot := "subj"
	if patient && !(m.row.frame == "recip" && m.row.needs&needActor == 0) {
		slot = "obj" // nobody "is negotiated": the parser took a past tense for a participle
	}
	if as, ok := frame[slot]; ok && (slot == "subj" || r.takesObject(m)) {
		ws := r.subjectActors(s)
		if b := r.subjectBefore(m.at); len(ws) == 0 && slot == "subj" && b >= 0 {
			s, ws = b, r.subjectActors(b)
		}
		r.add(m, ws, as)
		r.withThem(m, s, as)
	}
}

// takesObject: "met the minister", "consulted allies"; what is discussed or
// negotiated is a topic.
func (r *run) takesObject(m *mention) bool {
	return m.kind != doc.EventNegotiation || m.row.needs&needActor != 0
}

// dependents adds the actors that hang on word p of the mention.
func (r *run) dependents(m *mention, frame map[string]doc.Part, p int32, own bool) {
	var mods []who
	for c := range r.d.Children(p) {
		if r.d.Deprel(c).Base() == doc.RelAcl {
			for k := range r.d.Children(c) { // "mediated by A and hosted by B"
				if r.d.Deprel(k) == doc.RelConj && r.d.XPOS(k) == "VBN" {
					r.joined(m, frame, k)
				}
			}
		}
		if e := r.eventOf[c]; e >= 0 && r.mentions[e].at == c && r.d.Deprel(c).Base() != doc.RelObj {
			continue
		}
		switch rel := r.d.Deprel(c); rel.Base() {
		case doc.RelObj:
			if !own || m.noun {
				break
			}
			if as, ok := frame["obj"]; ok && r.takesObject(m) && r.actorial(c) {
				r.add(m, r.actorsAt(c), as)
				r.withThem(m, c, as)
			} else if m.row.class != "" || m.kind == doc.EventNegotiation {
				r.objectPhrases(m, frame, c)
			}
		case doc.RelIobj:
			as, ok := frame["iobj"]
			if o, isObj := frame["obj"]; !ok && isObj && r.d.Child(p, doc.RelObj) < 0 {
				as, ok = o, true // the only object there is
			}
			if ok && own && !m.noun {
				r.add(m, r.actorsAt(c), as)
			}
		case doc.RelNmod, doc.RelObl:
			if rel == doc.RelNmodPoss {
				if as, ok := frame["poss"]; ok && own {
					if s := r.doer(m); s >= 0 && r.d.UPOS(c) == doc.PRON {
						c = s // "put off his journey": who does so
					}
					r.add(m, r.actorsAt(c), as)
				}
				break
			}
			r.phrase(m, frame, c, p)
		case doc.RelCompound, doc.RelAmod:
			if own && m.noun && c < p {
				mods = append(mods, r.modifierActors(c)...)
			}
		case doc.RelAcl, doc.RelAdvcl, doc.RelParataxis:
			r.joined(m, frame, c)
		}
	}
	if as, ok := frame["mod"]; ok && len(mods) > 0 && (len(mods) >= 2 || m.row.frame != "recip" && m.row.frame != "sign") {
		r.add(m, mods, as)
		m.full = m.full || len(mods) >= 2
	}
}

// modifierActors are the actors before a noun: "the Modi-Xi summit", "US-China
// talks", "the Israeli strike".
func (r *run) modifierActors(c int32) []who {
	if out := r.pair(c); len(out) > 0 {
		return out
	}
	var out []who
	for _, k := range r.conjuncts(c) {
		out = r.one(out, k, 0)
		for g := range r.d.Children(k) { // "Modi - Xi", parted at the hyphen
			if b := r.d.Deprel(g).Base(); b == doc.RelCompound || b == doc.RelFlat || b == doc.RelNmod || b == doc.RelAmod || b == doc.RelDep {
				out = r.one(out, g, 0)
			}
		}
	}
	return out
}

// phrase adds the actors of a prepositional phrase c of word p, looking one
// phrase deeper, where the parser may have hung the partner: "talks in Geneva
// with Oman".
func (r *run) phrase(m *mention, frame map[string]doc.Part, c, p int32) {
	prep := r.preposition(c)
	if e := r.eventOf[c]; e >= 0 && r.mentions[e].at == c {
		return
	}
	as, ok := frame[slotOf(prep)]
	if prep == "of" && ok && m.row.frame == "recip" {
		ok = r.isPerson(c) || r.lex.classes["delegation"][r.word(c)] || r.isBody(c)
	}
	if prep == "with" && m.noun && r.stolen(m, p) {
		ok = false
	}
	if ok && (r.timeOf[c] < 0 || r.mentionOf[c] >= 0) {
		who := r.actorsAt(c)
		if len(who) == 0 && as == doc.AsTarget && m.kind == doc.EventAttack { // "an attack on its fleet", "a strike on the port"
			if o := r.owner(c); o >= 0 {
				who = r.actorsAt(o)
			} else if m.place.Span.Empty() && r.isPlace(c, "in") {
				m.place = r.placeAt(c)
			}
		}
		if p, ok := r.serving(c); ok {
			as = p
		}
		if k := r.nextListed(c); len(who) == 1 && prep == "between" && k >= 0 {
			who = append(who, r.actorsAt(k)...)
		}
		r.add(m, who, as)
		r.withThem(m, c, as)
		if len(who) > 0 {
			m.slots = append(m.slots, prep)
			m.full = m.full || (prep == "between" || prep == "among") && len(who) >= 2
		}
	}
	for _, k := range r.conjuncts(c) {
		for g := range r.d.Children(k) {
			if r.d.Deprel(g).Base() != doc.RelNmod && r.d.Deprel(g).Base() != doc.RelObl {
				continue
			}
			q := r.preposition(g)
			if q != "with" && q != "between" || q == prep || len(r.actorsAt(k)) > 0 && prep != "in" && prep != "at" {
				continue
			}
			if as, ok := frame[q]; ok {
				r.add(m, r.actorsAt(g), as)
				m.slots = append(m.slots, q)
			}
		}
	}
}

// doer is the person who plans, puts off or makes the visit m, as the subject of its
// verb; None without.
func (r *run) doer(m *mention) int32 {
	h := r.d.Head(m.at)
	if m.row.frame != "visitn" || h < 0 || !r.isVerb(h) || r.d.Deprel(m.at) != doc.RelObj {
		return doc.None
	}
	if g := r.governor(h, "obj"); g == nil || !g.effect.supports() {
		return doc.None
	}
	if s, passive := r.subjectOf(h); s >= 0 && !passive && r.isPerson(s) {
		return s
	}
	return doc.None
}

// owner is whose noun i is; None where that is not told.
func (r *run) owner(i int32) int32 {
	for c := range r.d.Children(i) {
		if c < i && r.d.Deprel(c) == doc.RelNmodPoss && r.actorial(c) {
			return c
		}
	}
	return doc.None
}

// serving is the part told of c after "as": "with Qatar as mediator".
func (r *run) serving(c int32) (doc.Part, bool) {
	for k := range r.d.Children(c) {
		if k < c || r.preposition(k) != "as" {
			continue
		}
		switch r.word(k) {
		case "mediator", "broker", "facilitator", "intermediary", "go-between":
			return doc.AsMediator, true
		case "host":
			return doc.AsHost, true
		}
	}
	return 0, false
}

// lent adds the partner that follows the noun but hangs on the verb above it.
func (r *run) lent(m *mention, frame map[string]doc.Part, h int32) {
	for c := range r.d.Children(h) {
		if c < m.at || r.d.Deprel(c).Base() != doc.RelObl || r.timeOf[c] >= 0 {
			continue
		}
		switch p := r.preposition(c); p {
		case "with", "between", "among", "on", "against":
			if _, ok := frame[p]; ok && r.actorial(c) {
				r.phrase(m, frame, c, h)
			}
		case "by":
			if m.row.frame == "visitn" && r.subjectSlot(h) == "subj" && r.actorial(c) {
				r.phrase(m, frame, c, h) // "followed a visit to Goa | by the envoys"
			}
		}
	}
}

// slotOf is the slot of a preposition in the frames.
func slotOf(prep string) string {
	switch prep {
	case "together with", "along with", "alongside", "with":
		return "with"
	case "in between":
		return "between"
	case "upon", "onto":
		return "on"
	case "towards", "toward", "into":
		return "to"
	}
	return prep
}

// stolen reports whether the partner after noun m belongs to the verb above:
// "discussed the planned meeting with B" tells of talks with B.
func (r *run) stolen(m *mention, p int32) bool {
	if p != m.at || r.d.Deprel(m.at).Base() != doc.RelObj {
		return false
	}
	switch r.word(r.d.Head(m.at)) {
	case "discuss", "raise", "review", "debate", "negotiate":
		return true
	}
	return false
}

// objectPhrases looks at what hangs on the object of a verb: "signed an accord
// with Oman", "imposed sanctions on Iran", "discussed the plan with Xi".
func (r *run) objectPhrases(m *mention, frame map[string]doc.Part, o int32) {
	for c := range r.d.Children(o) {
		if b := r.d.Deprel(c); b == doc.RelNmod {
			p := slotOf(r.preposition(c))
			if as, ok := frame[p]; ok && p != "of" && p != "by" && p != "from" {
				r.add(m, r.actorsAt(c), as)
				if p == "with" {
					m.slots = append(m.slots, p)
				}
			}
		}
	}
}

// withThem adds who comes with noun i: "leaders, including Modi", "Modi,
// together with Xi".
func (r *run) withThem(m *mention, i int32, as doc.Part) {
	for _, k := range r.conjuncts(i) {
		for c := range r.d.Children(k) {
			switch r.preposition(c) {
			case "including", "together with", "along with", "as well as", "alongside":
				r.add(m, r.actorsAt(c), as)
			}
		}
	}
}

// joined adds those of a clause such as "joined by the envoy".
func (r *run) joined(m *mention, frame map[string]doc.Part, c int32) {
	switch w := r.word(c); w {
	case "join", "accompany", "flank":
	case "mediate", "broker", "facilitate", "host", "organise", "organize", "convene", "sponsor", "chair":
		as := doc.AsOrganiser
		switch w {
		case "mediate", "broker", "facilitate":
			as = doc.AsMediator
		case "host", "chair":
			as = doc.AsHost
		}
		for a := range r.d.Children(c) {
			if r.preposition(a) == "by" {
				r.add(m, r.actorsAt(a), as)
			}
		}
		return
	case "include", "involve":
		if r.d.XPOS(c) != "VBG" {
			return
		}
		if o := r.d.Child(c, doc.RelObj); o >= 0 && m.row.frame == "recip" {
			r.add(m, r.actorsAt(o), doc.AsParticipant)
		}
		return
	default:
		return
	}
	if m.row.frame != "recip" {
		return
	}
	for a := range r.d.Children(c) {
		if p := r.preposition(a); p == "by" {
			r.add(m, r.actorsAt(a), doc.AsParticipant)
		}
	}
}

// without adds who is said to stay away: "met without the Afghan side".
func (r *run) without(m *mention) {
	for _, p := range m.preds {
		for c := range r.d.Children(p) {
			if q := r.preposition(c); q == "without" || q == "minus" {
				r.add(m, r.actorsAt(c), doc.AsAbsent)
			}
		}
	}
}

// written adds who is asked in words that reach them: "wrote to B to propose a
// meeting", where h is propose.
func (r *run) written(m *mention, frame map[string]doc.Part, h int32) {
	v := r.d.Head(h)
	if r.attending(m) > 0 || v < 0 || !r.isVerb(v) || !r.ownMood(h).to || r.d.Deprel(h).Base() != doc.RelAdvcl {
		return
	}
	for c := range r.d.Children(v) {
		if rel := r.d.Deprel(c).Base(); c > v && (rel == doc.RelObl && r.preposition(c) == "to" || rel == doc.RelObj || rel == doc.RelIobj) && r.actorial(c) {
			r.add(m, r.actorsAt(c), frame["subj"])
			m.slots = append(m.slots, "with")
			return
		}
	}
}

// subjectPart adds the subject of governor h in the part; a passive one's is
// its agent.
func (r *run) subjectPart(m *mention, h int32, as doc.Part) {
	if as == 0 {
		return
	}
	if !r.isVerb(h) && r.d.UPOS(h) != doc.ADJ {
		if s := r.holder(h); s >= 0 && s != m.at {
			r.add(m, r.actorsAt(s), as)
		}
		return
	}
	s, patient := r.subjectOf(h)
	if patient || s == m.at || r.isVerb(h) && r.subjectSlot(h) == "obj" {
		for c := range r.d.Children(h) {
			if r.preposition(c) == "by" && r.timeOf[c] < 0 {
				r.add(m, r.actorsAt(c), as)
			}
		}
		return
	}
	if s < 0 {
		return
	}
	if as == doc.AsOrganiser && r.hasSlot(m, "with") && !r.hasSlot(m, "between") {
		as = doc.AsParticipant
	}
	r.add(m, r.subjectActors(s), as)
	r.withThem(m, s, as)
}

// hasSlot reports whether one of the mention's words has a partner after the
// preposition.
func (r *run) hasSlot(m *mention, prep string) bool {
	for _, s := range m.slots {
		if s == prep {
			return true
		}
	}
	for _, p := range m.preds {
		for c := range r.d.Children(p) {
			if q := r.preposition(c); q == prep || prep == "between" && q == "among" {
				return true
			}
		}
	}
	return false
}

// implied takes the subject of the clause that a preposition ties the noun to:
// "After an initial meeting, A and B went on".
func (r *run) implied(m *mention) {
	if m.clause < 0 || m.row.frame != "recip" && m.row.frame != "visitn" || len(m.anchors) == 0 && !m.purpose {
		return
	}
	s, patient := r.subjectOf(m.clause)
	if s < 0 || patient {
		return
	}
	as := r.lex.frames[m.row.frame]["subj"]
	to := r.addressee(m)
	for _, w := range append(r.subjectActors(s), to...) {
		a := &r.d.Actors[w.actor]
		if a.Anonymous && a.Kind != doc.KindGroup && (m.kind != doc.EventCall || len(to) == 0) || a.Kind == doc.KindOrganization {
			continue
		}
		if !r.mentionHas(m, w.actor) {
			m.parts = append(m.parts, part{who: w, as: as, implied: m.kind != doc.EventCall || len(to) == 0})
		}
	}
}

// addressee is who is told something at the meeting: "told B in a call".
func (r *run) addressee(m *mention) []who {
	if !r.lex.classes["telling"][r.word(m.clause)] || m.row.frame != "recip" {
		return nil
	}
	if o := r.d.Child(m.clause, doc.RelObj, doc.RelIobj); o >= 0 && r.isPerson(o) && !r.isOf(o, "press") {
		return r.actorsAt(o)
	}
	return nil
}

// add adds actors in a part; an actor that is there keeps the first part, but
// absence and hosting say more than taking part.
func (r *run) add(m *mention, ws []who, as doc.Part) {
next:
	for _, w := range ws {
		for k := range m.parts {
			p := &m.parts[k]
			if p.actor != w.actor {
				continue
			}
			if p.as == doc.AsParticipant && as != doc.AsParticipant {
				p.as = as
			}
			continue next
		}
		m.parts = append(m.parts, part{who: w, as: as})
	}
}

// attends reports whether one with the part is there.
func attends(p doc.Part) bool {
	switch p {
	case doc.AsOrganiser, doc.AsInvited, doc.AsDrafter, doc.AsAbsent:
		return false
	}
	return true
}

// attending is the number of those who are named as taking part.
func (r *run) attending(m *mention) int {
	n := 0
	for _, p := range m.parts {
		if attends(p.as) && !p.implied {
			n++
		}
	}
	return n
}

// openGroup reports whether a group of unknown members takes part.
func (r *run) openGroup(m *mention) bool {
	for _, p := range m.parts {
		if a := &r.d.Actors[p.actor]; attends(p.as) && a.Kind == doc.KindGroup && len(a.Members) == 0 {
			return true
		}
	}
	return false
}
