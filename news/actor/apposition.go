package actor

import (
	"readout/doc"
	"readout/registry"
)

// What is said of a name beside it: "Jane Roe, the group's spokeswoman,".

// apposition reads "Jane Roe, the group's spokeswoman," and "a senior aide, Jane
// Roe,".
func (r *run) apposition(k int32) {
	if r.tokenApposition(k) {
		return
	}
	d, p := r.d, &r.phrases[k]
	x := &r.names[p.name]
	for c := range d.Children(p.head) {
		if d.Deprel(c).Base() != doc.RelAppos && d.Deprel(c).Base() != doc.RelParataxis || c < x.span.End {
			continue
		}
		if q := r.phraseOf[c]; q >= 0 && r.describes(q) && r.follows(q, x.span.End) {
			x.titles = append(x.titles, r.phraseTitle(q))
			r.tie(q, k)
		}
	}
	if rel := d.Deprel(p.head).Base(); rel == doc.RelAppos || rel == doc.RelFlat || rel == doc.RelNmod || rel == doc.RelCompound {
		h := d.Head(p.head)
		q := doc.MentionID(doc.None)
		if h >= 0 {
			q = doc.MentionID(r.phraseOf[h])
		}
		if q >= 0 && h < x.span.Begin && rel == doc.RelAppos && r.describes(int32(q)) && r.tied[q] < 0 {
			x.titles = append(x.titles, r.phraseTitle(int32(q)))
			r.tie(int32(q), k)
			return
		}
	}
	r.linearApposition(k)
}

// tokenApposition reads an apposition by its words alone, which trees often get
// wrong: a comma, an article or owner, words that are no verb and no other
// person's name, one of them a role noun, and a comma or the like at the end.
func (r *run) tokenApposition(k int32) bool {
	d := r.d
	x := &r.names[r.phrases[k].name]
	end := d.SentenceOf(x.span.Begin).End
	b := x.span.End
	if b+2 < end && d.Form(b) == "of" && r.nameOf[b+1] >= 0 && r.names[r.nameOf[b+1]].kind == classCountry {
		b = r.names[r.nameOf[b+1]].span.End // "President Roe of Peru, the chairman of …"
	}
	if b+2 >= end || d.Form(b) != "," {
		return false
	}
	s := doc.Span{Begin: b + 1, End: b + 1}
	role, behind := int32(doc.None), false // behind: past the first preposition
	for ; s.End < min(end, b+14) && (d.UPOS(s.End) != doc.PUNCT || d.Form(s.End) == "-"); s.End++ {
		i := s.End
		if d.Form(i) == "-" {
			continue
		}
		up := d.UPOS(i)
		if up == doc.VERB || up == doc.AUX || up == doc.SCONJ || up == doc.CCONJ && role < 0 || r.nameOf[i] >= 0 && r.names[r.nameOf[i]].kind == classPerson {
			return false
		}
		if up == doc.PRON && d.Deprel(i) != doc.RelNmodPoss {
			return false
		}
		behind = behind || role >= 0 && up == doc.ADP
		if !behind && r.nameOf[i] < 0 && r.roleWord(i, s.Begin) {
			role = i
		}
	}
	if role < 0 || s.End >= end || !r.closes(s.End) || !r.opensNoun(s.Begin) {
		return false
	}
	t := r.readTitle(s, role)
	for q := k + 1; q < int32(len(r.phrases)) && r.phrases[q].span.Begin < s.End; q++ {
		p := &r.phrases[q]
		if p.head == role || p.name < 0 && p.span.Begin == s.Begin && s.Has(p.head) && p.form != doc.FormPronoun {
			t.owner = p.owner
			if len(t.nations) == 0 {
				t.nations = p.nations
			}
			if p.class == classPerson {
				full := r.phraseTitle(q)
				t.sector, t.owner = full.sector, full.owner
			}
			r.tie(q, k)
		}
	}
	x.titles = append(x.titles, t)
	return true
}

// opensNoun reports whether a noun phrase can begin with token i in an
// apposition: an article, an owner, or an office without either.
func (r *run) opensNoun(i int32) bool {
	switch r.d.UPOS(i) {
	case doc.DET, doc.PRON:
		return true
	case doc.NOUN, doc.ADJ, doc.PROPN:
		for j := i; j < min(i+6, int32(r.d.Len())); j++ {
			if isGenitive(r.d.Form(j)) {
				return true
			}
		}
		role, ok := r.roleEnding(i, i)
		return ok && role.Who != registry.Group || isFormer(r.d.Form(i))
	}
	return false
}

// linearApposition finds the same by commas, for where the tree hangs it
// elsewhere: "…, NAME, the group's spokeswoman, …" and "the spokeswoman, NAME,".
func (r *run) linearApposition(k int32) {
	d, p := r.d, &r.phrases[k]
	x := &r.names[p.name]
	sent := d.SentenceOf(p.head)
	if e := x.span.End; e+1 < sent.End && d.Form(e) == "," {
		for i := e + 1; i < min(sent.End, e+14); i++ {
			q := r.phraseOf[i]
			if q >= 0 && r.tied[q] < 0 && r.describes(q) && r.phrases[q].span.Begin == e+1 && r.phrases[q].article != articleNone && r.closes(r.phrases[q].span.End) {
				x.titles = append(x.titles, r.phraseTitle(q))
				r.tie(q, k)
				return
			}
			if up := d.UPOS(i); up == doc.VERB || up == doc.AUX || d.Form(i) == "," || r.nameOf[i] >= 0 && r.names[r.nameOf[i]].kind == classPerson {
				break
			}
		}
	}
	b := x.span.Begin
	if !x.title.Empty() {
		b = x.title.Begin
	}
	for b > sent.Begin && isFiller(d.Form(b-1)) && d.Form(b-1) != "," {
		b-- // "former"
	}
	if b-2 < sent.Begin || d.Form(b-1) != "," || !r.closes(x.span.End) {
		return
	}
	for q := k - 1; q >= 0 && r.phrases[q].span.Begin >= sent.Begin && k-q < 6; q-- {
		if r.phrases[q].span.End == b-1 && r.describes(q) && r.phrases[q].article != articleNone && r.tied[q] < 0 &&
			d.Deprel(r.phrases[q].head) != doc.RelConj {
			x.titles = append(x.titles, r.phraseTitle(q))
			r.tie(q, k)
			return
		}
	}
}

// closes reports whether an inserted phrase can end before token i.
func (r *run) closes(i int32) bool {
	if i >= int32(r.d.Len()) {
		return true
	}
	switch r.d.Form(i) {
	case ",", ".", ";", ":", ")", "—", "–", "-", "\"", "”", "and", "to", "for", "in", "who", "told", "said":
		return true
	}
	return r.d.UPOS(i) == doc.VERB || r.d.UPOS(i) == doc.AUX || r.d.UPOS(i) == doc.PUNCT
}

// follows reports whether phrase q stands right behind a name that ends at
// token end, a comma, dash or bracket between: in "A and B, the envoy," the
// envoy is B, whatever the tree says.
func (r *run) follows(q, end int32) bool {
	b := r.phrases[q].span.Begin
	return b == end+1 && r.d.UPOS(end) == doc.PUNCT || b == end
}

// describes reports whether phrase q says what somebody is: one person's role.
func (r *run) describes(q int32) bool {
	p := &r.phrases[q]
	return p.name < 0 && p.noun && p.class == classPerson && p.number == numberOne
}

// phraseTitle is the title that a descriptive phrase gives, with the body it is
// an office of: "spokesman for the African Union".
func (r *run) phraseTitle(q int32) title {
	d, p := r.d, &r.phrases[q]
	s, head := p.span, p.head
	if _, n, ok := r.reg.RoleNounAt(r.word, int(s.End), int(head)); ok && n > 1 {
		head += int32(n) - 1
	}
	for c := range d.Children(p.head) {
		if d.Deprel(c) != doc.RelNmod || c < s.End {
			continue
		}
		sub, k := d.Subtree(c), d.Child(c, doc.RelCase)
		if k == s.End && sub.Begin == k && sub.End-s.Begin <= 9 && !r.namesPerson(sub) && r.officePreposition(k) {
			s.End = sub.End
		}
	}
	for s.End > head+1 && d.UPOS(s.End-1) == doc.PUNCT {
		s.End--
	}
	t := r.readTitle(s, head)
	t.owner = p.owner
	for c := range d.Children(p.head) {
		rel := d.Deprel(c)
		if rel != doc.RelNmodPoss && (rel != doc.RelNmod || !s.Has(c) || c < p.head) || d.UPOS(c) == doc.PRON {
			continue
		}
		if q := r.phraseOf[c]; q >= 0 && t.owner < 0 && r.phrases[q].class == classBody {
			t.owner = q // "a spokesman for the group"
		}
		// "the rebels' leader", "commander of the army": theirs is the sector
		if role, ok := r.roleEnding(c, d.Subtree(c).Begin); ok && role.Who == registry.Group || ok && role.Role == "REB" {
			t.sector = role.Role
		}
	}
	return t
}

func (r *run) officePreposition(i int32) bool {
	switch r.d.Form(i) {
	case "of", "for", "to", "at", "in", "on":
		return true
	}
	return false
}

// predicate reads "Chen is the foreign minister" and "was the chief negotiator":
// the copula's tense tells whether it still holds.
func (r *run) predicate(k int32) {
	d, p := r.d, &r.phrases[k]
	if d.Deprel(p.head).Base() != doc.RelNsubj {
		return
	}
	h := d.Head(p.head)
	q := r.phraseOf[max(h, 0)]
	if h < 0 || q < 0 || !r.describes(q) || d.Child(h, doc.RelCop) < 0 || r.phrases[q].role.Noun == "" {
		return
	}
	cop := d.Child(h, doc.RelCop)
	for c := range d.Children(h) {
		if d.Form(c) == "not" || d.Form(c) == "n't" || d.Deprel(c).Base() == doc.RelAux {
			return
		}
	}
	t := r.phraseTitle(q)
	t.former = t.former || d.Feat(cop, "Tense") == "Past"
	x := &r.names[p.name]
	x.titles = append(x.titles, t)
	r.tie(q, k)
}

// bodyApposition ties "the African Union, a bloc of 55 states" and "the capital,
// Addis Ababa" together.
func (r *run) bodyApposition(k int32) {
	d, p := r.d, &r.phrases[k]
	for c := range d.Children(p.head) {
		if d.Deprel(c).Base() != doc.RelAppos || c < p.span.End {
			continue
		}
		q := r.phraseOf[c]
		if q >= 0 && r.phrases[q].name < 0 && r.phrases[q].number != numberMany && !r.phrases[q].plural && r.fits(q, p.class) {
			r.tie(q, k)
		}
	}
	r.descriptor(k)
	if e := p.span.End; e+1 < d.SentenceOf(p.head).End && d.Form(e) == "," && p.class == classBody {
		for q := k + 1; q < int32(len(r.phrases)) && q < k+6; q++ {
			x := &r.phrases[q]
			if x.span.Begin == e+1 && x.name < 0 && x.noun && x.article != articleNone && !x.plural && x.class == classBody && r.closes(x.span.End) {
				r.tie(q, k) // "KCNA, the North's state news agency,"
				break
			}
		}
	}
	b := p.span.Begin
	if r.hasThe(p.span) {
		b--
	}
	if sent := d.SentenceOf(p.head).Begin; p.class == classBody && b-2 > sent && d.Form(b-1) == "," && r.closes(p.span.End) {
		for q := k - 1; q >= 0 && k-q < 6 && r.phrases[q].span.Begin >= sent; q-- {
			x := &r.phrases[q]
			if x.span.End == b-1 && x.name < 0 && x.noun && x.article != articleNone && !x.plural && x.class == classBody && d.Deprel(p.head) != doc.RelConj {
				r.tie(q, k) // "the biggest rebel group, the Free Front,"
			}
		}
	}
	if d.Deprel(p.head).Base() == doc.RelAppos {
		h := d.Head(p.head)
		if q := r.phraseOf[max(h, 0)]; h >= 0 && q >= 0 && r.phrases[q].name < 0 && r.phrases[q].number != numberMany && r.fits(q, p.class) {
			r.tie(q, k)
		}
	}
}

// descriptor ties "the rebel group" and "news agency" to the name that stands
// right after them, and "the Hamas movement" to the name within it.
func (r *run) descriptor(k int32) {
	p := &r.phrases[k]
	if p.span.Begin > 0 {
		for q := k - 1; q >= 0 && k-q < 5; q-- {
			x := &r.phrases[q]
			if x.name >= 0 || x.form == doc.FormPronoun || x.span.End != p.span.Begin || x.head != x.span.End-1 {
				continue
			}
			if x.number != numberMany && r.fits(q, p.class) {
				r.tie(q, k)
				return
			}
			if r.d.Deprel(p.head).Base() != doc.RelNsubj || r.d.Head(x.head) >= p.head || r.d.Head(x.head) < 0 {
				x.article = articleEach // "the separatist" of "the separatist Free Movement"
			}
		}
	}
	if i := p.span.End; i < int32(r.d.Len()) && p.class == classBody {
		if i+1 < int32(r.d.Len()) && r.d.UPOS(i) == doc.NOUN && r.phraseOf[i] < 0 {
			i++ // "news agency"
		}
		if q := r.phraseOf[i]; q >= 0 && r.phrases[q].name < 0 && r.phrases[q].span.Has(p.head) && vagueBody(r.phrases[q].lemma) &&
			r.phrases[q].number != numberMany {
			r.tie(q, k)
		}
	}
}

// fits reports whether the noun of phrase q can be said of something of class c.
func (r *run) fits(q int32, c class) bool {
	n := r.lex.nouns[r.phrases[q].lemma]
	return n.all.has(c) || c == classBody && (n.all.has(classPeople) || n.all.has(classState))
}
