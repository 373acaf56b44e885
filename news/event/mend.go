package event

import "readout/doc"

// A parser errs in a few ways that cost an event its parties, and in which the
// order of the words still tells: this file reads them.

// subjectBefore is the noun that stands right before finite verb v, where the
// tree gives v no subject: "After a meeting in the East Hall, Modi and Xi went
// on", whose Modi and Xi a parser joins to the hall. None where none stands.
func (r *run) subjectBefore(v int32) int32 {
	switch r.d.XPOS(v) {
	case "VBD", "VBZ", "VBP":
	default:
		if c := r.d.Child(v, doc.RelAux); c < 0 {
			return doc.None
		}
	}
	sent := r.d.SentenceOf(v)
	k := v - 1
	for ; k >= sent.Begin; k-- {
		if u := r.d.UPOS(k); u != doc.AUX && u != doc.ADV && u != doc.PART && !(u == doc.PUNCT && r.form(k) == "," && k == v-1) {
			break
		}
	}
	if k == v-2 && r.form(v-1) == "," { // "A, who is mediating, met B"
		for q := v - 2; q > sent.Begin && q > v-40; q-- {
			if w := r.form(q); w != "who" && w != "whose" && w != "which" || r.form(q-1) != "," {
				continue
			}
			k = q - 2
			break
		}
	}
	for i := k; i >= sent.Begin && i > k-16; i-- {
		if m := r.mentionOf[i]; m >= 0 && r.actorial(i) && r.d.Mentions[m].Span.End == k+1 {
			if r.caseOf(i) != "" {
				return doc.None
			}
			return i
		}
	}
	return doc.None
}

// listBefore are the actors named before noun i in a list that ends with it:
// "Modi, Xi and <i>". One after a preposition ends the search: it belongs to
// the phrase before.
func (r *run) listBefore(i int32) []who {
	var out []who
	m := r.mentionOf[i]
	for n := 0; m >= 0 && n < 16; n++ {
		k := r.d.Mentions[m].Span.Begin - 1
		sent := r.d.SentenceOf(i)
		joined := false
		for k >= sent.Begin && (r.form(k) == "," || r.form(k) == "and") {
			joined = true
			k--
		}
		if !joined {
			break
		}
		m = doc.None
		for h := k; h >= sent.Begin && h > k-6; h-- {
			if x := r.mentionOf[h]; x >= 0 && r.d.Mentions[x].Span.End == k+1 {
				if r.preposition(h) != "" || !r.actorial(h) {
					return out
				}
				out = r.named(out, r.d.Mentions[x].Actor, r.d.Mentions[x].Span, h)
				m = x
				break
			}
		}
	}
	return out
}

// between reads "between A and B" after the noun from the words alone, where
// the tree gives fewer than two.
func (r *run) between(m *mention, as doc.Part) {
	sent := r.d.SentenceOf(m.at)
	t := m.at + 1
	for ; t < sent.End && t < m.at+20; t++ {
		if r.form(t) == "between" {
			break
		}
		if u := r.d.UPOS(t); u == doc.VERB && r.d.XPOS(t) != "VBN" || u == doc.PUNCT && r.form(t) != "," && r.form(t) != "-" {
			return
		}
	}
	if t >= sent.End || r.form(t) != "between" {
		return
	}
	first := r.nextActor(t+1, sent.End)
	if first < 0 {
		return
	}
	k := r.endOf(first)
	for end := min(sent.End, k+12); k < end && r.form(k) != "and"; k++ {
		if r.d.UPOS(k) == doc.VERB || r.d.UPOS(k) == doc.AUX {
			return
		}
	}
	if k >= sent.End || r.form(k) != "and" {
		return
	}
	second := r.nextActor(k+1, sent.End)
	if second < 0 {
		return
	}
	r.add(m, r.actorsAt(first), as)
	r.add(m, r.actorsAt(second), as)
	m.slots = append(m.slots, "between")
	m.full = true
}

// nextActor is the head of the next mention of an actor within a few words that
// are no verbs; None without.
func (r *run) nextActor(from, end int32) int32 {
	for k := from; k < end && k < from+8; k++ {
		if r.actorial(k) {
			return k
		}
		if u := r.d.UPOS(k); u == doc.VERB || u == doc.AUX || u == doc.PUNCT {
			break
		}
	}
	return doc.None
}

// endOf is the token after the mention with head i, or after i itself.
func (r *run) endOf(i int32) int32 {
	if m := r.mentionOf[i]; m >= 0 {
		return r.d.Mentions[m].Span.End
	}
	return i + 1
}

// scan takes place and time from the words right after the mention, up to the
// next verb or event, when the tree hung them on nothing of its own: "met Xi in
// Goa", whose Goa may hang anywhere.
func (r *run) scan(m *mention) {
	last := m.at
	for _, p := range m.preds {
		if p > last && p < m.at+12 {
			last = p
		}
	}
	end := min(r.d.SentenceOf(m.at).End, last+16)
	for k := last + 1; k < end && (m.time == nil || m.place.Span.Empty()); k++ {
		switch u := r.d.UPOS(k); {
		case u == doc.VERB && r.putsOff(k):
			return // "were suspended on Tuesday": the day of that
		case r.form(k) == "due" || u == doc.PART || (u == doc.VERB || u == doc.AUX) && (r.d.XPOS(k) == "VBN" && r.governor(k, "obj") != nil || r.form(k) == "be"):
			// ", due to be held in Oslo on Friday,"
		case u == doc.VERB || u == doc.AUX || u == doc.SCONJ || r.eventOf[k] >= 0:
			return
		case u == doc.PUNCT && r.form(k) != "," && r.form(k) != "-" && r.form(k) != ".":
			return
		case (u == doc.ADP || u == doc.ADV) && m.place.Span.Empty():
			r.scanPlace(m, k, end)
		}
		if t := r.timeOf[k]; t >= 0 && m.time == nil {
			x := &r.d.Times[t]
			if !x.Set && x.Relation == doc.TimeAt && !r.dayOfTurn(x.Span) {
				m.time = x
			}
		}
	}
}

// dayOfTurn reports whether a time hangs on a verb that puts off or revives: it
// is the day on which that was done.
func (r *run) dayOfTurn(s doc.Span) bool {
	t := r.d.HeadOf(s)
	h := r.d.Head(t)
	if h < 0 || r.d.UPOS(h) != doc.VERB || !r.putsOff(h) {
		return false
	}
	p := r.preposition(t)
	return p != "to" && p != "until" && p != "for"
}

// putsOff reports whether verb k calls off, puts off or revives what it is said
// of.
func (r *run) putsOff(k int32) bool {
	g := r.governor(k, "obj")
	return g != nil && (g.effect == effCancel || g.effect == effPostpone || g.effect == effRevive)
}

// scanPlace takes the place after the preposition at token k.
func (r *run) scanPlace(m *mention, k, end int32) {
	p := r.form(k)
	if p != "in" && p != "at" || m.kind == doc.EventSanction {
		return
	}
	for i := k + 1; i < end && i < k+6; i++ {
		switch r.d.UPOS(i) {
		case doc.VERB, doc.ADP, doc.PUNCT:
			return
		}
		if r.isPlace(i, p) && r.isCountry(r.core(i)) && !r.follows(m, k) {
			return
		}
		if h := r.d.Head(i); r.d.Deprel(i).Base() == doc.RelCompound && h > i && r.d.UPOS(h) == doc.NOUN && !r.isVenue(h) {
			return // "in the Suez treaty"
		}
		if r.isPlace(i, p) && (r.nameOf[i] < 0 || r.d.Names[r.nameOf[i]].Span.End == i+1 || r.mentionOf[i] >= 0) {
			m.place = r.placeAt(i)
			return
		}
	}
}

// follows reports whether token k comes right after a word of the mention or one
// of its parties; "the generals at war in Sudan" do not meet there.
func (r *run) follows(m *mention, k int32) bool {
	for _, p := range m.preds {
		if p == k-1 {
			return true
		}
	}
	for _, p := range m.parts {
		if p.span.End == k {
			return true
		}
	}
	return false
}

// asAdjective is the noun that finite verb v was taken for an adjective of, and
// that noun's subject, which is the verb's: "The rebels fired missiles". Both
// are None where v is no such verb.
func (r *run) asAdjective(v int32) (object, subject int32) {
	if x := r.d.XPOS(v); r.d.Deprel(v) != doc.RelAmod || x != "VBN" && x != "VBD" {
		return doc.None, doc.None
	}
	o := r.d.Head(v)
	s, _ := r.clauseSubject(o)
	if o < v || s < 0 || s > v || r.d.Child(o, doc.RelCop) >= 0 {
		return doc.None, doc.None
	}
	return o, s
}

// clauseAfter reads "after a summit was called off", whose summit the parser
// took for "after a summit" beside a verb without a subject. It reports whether
// the clause said all.
func (r *run) clauseAfter(m *mention, cur, h int32, p string) bool {
	switch p {
	case "after", "before", "until", "since":
	default:
		return false
	}
	if s, _ := r.clauseSubject(h); h < cur || s >= 0 || !r.isVerb(h) {
		return false
	}
	slot := r.subjectSlot(h)
	for k := cur + 1; k < h; k++ {
		if r.form(k) == "," {
			return false
		}
	}
	g := r.governor(h, slot)
	if g == nil {
		return false
	}
	r.govern(m, g, h, r.moodOf(h), slot)
	if p == "after" || p == "since" {
		m.earlier = true
		if up := r.d.Head(h); up >= 0 {
			m.anchors = append(m.anchors, anchor{doc.LinkFollows, up, r.caseSpan(cur)})
		}
	}
	return true
}
