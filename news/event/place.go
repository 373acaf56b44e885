package event

import (
	"readout/doc"
)

// isPlace reports whether noun i, after preposition p, is where something is
// held: a name of a place, a venue ("the palace"), or after "at" a body's seat.
func (r *run) isPlace(i int32, p string) bool {
	if r.timeOf[i] >= 0 || r.durationOf[i] >= 0 {
		return false
	}
	if _, ok := r.lex.venues[r.d.Slice(r.core(i))]; ok {
		return true
	}
	if m := r.mentionOf[i]; m >= 0 {
		switch r.d.Actors[r.d.Mentions[m].Actor].Kind {
		case doc.KindPlace, doc.KindCountry:
			return true
		case doc.KindOrganization:
			return p == "at" || p == "inside" || r.isVenue(i)
		}
		return false
	}
	if n := r.nameOf[i]; n >= 0 {
		switch r.d.Names[n].Kind {
		case doc.NameLOC:
			return true
		case doc.NameORG:
			return p == "at" || p == "inside" || r.isVenue(i)
		}
	}
	return r.isVenue(i)
}

// isVenue reports whether i is a noun for a building or a stretch of land, or
// ends the name of a known one.
func (r *run) isVenue(i int32) bool {
	if r.lex.classes["venue"][r.word(i)] {
		return true
	}
	_, ok := r.lex.venues[r.d.Slice(r.core(i))]
	return ok
}

// core is noun i with the words before it that belong to its name or sort,
// without article: "East Room", "presidential palace".
func (r *run) core(i int32) doc.Span {
	if n := r.nameOf[i]; n >= 0 && r.d.Names[n].Span.Has(i) {
		s := r.d.Names[n].Span
		for s.Len() > 1 && r.d.UPOS(s.Begin) == doc.DET {
			s.Begin++
		}
		return s
	}
	s := doc.Span{Begin: i, End: i + 1}
	for c := range r.d.Children(i) {
		switch r.d.Deprel(c).Base() {
		case doc.RelCompound, doc.RelAmod, doc.RelNummod:
			if c < i && c >= i-5 {
				s.Begin = min(s.Begin, c)
			}
		case doc.RelFlat:
			if c > i && c <= i+6 {
				s.End = max(s.End, c+1)
			}
		}
	}
	// A hall of the people: the of-phrase of a capitalised venue is of its name.
	for k := i + 1; k+1 < r.d.SentenceOf(i).End && r.d.UPOS(i) == doc.PROPN && k < i+4; k++ {
		if r.form(k) != "of" && r.form(k) != "the" && r.d.UPOS(k) != doc.PROPN {
			break
		}
		if r.d.UPOS(k) == doc.PROPN || r.form(k) == "people" {
			s.End = k + 1
		}
	}
	return s
}

// findPlace sets where the mention is held, from the phrases of its words.
func (r *run) findPlace(m *mention) {
	if !m.place.Span.Empty() {
		return // what is attacked
	}
	for _, p := range m.preds {
		for c := range r.d.Children(p) {
			if r.placed(m, c, p) {
				return
			}
		}
	}
	// "talks with Oman in Geneva": the place hangs on the last name.
	for _, p := range m.preds {
		for c := range r.d.Children(p) {
			if b := r.d.Deprel(c).Base(); b != doc.RelObl && b != doc.RelNmod && b != doc.RelObj && b != doc.RelConj {
				continue
			}
			if r.eventOf[c] >= 0 || r.preposition(c) == "of" {
				continue
			}
			for _, k := range r.conjuncts(c) {
				for g := range r.d.Children(k) {
					if r.d.Deprel(g) == doc.RelNmod && g > p && r.actorial(k) && r.placed(m, g, k) {
						return
					}
				}
			}
		}
	}
}

// placed sets the place from dependent c of word p when it is one.
func (r *run) placed(m *mention, c, p int32) bool {
	switch r.d.Deprel(c).Base() {
	case doc.RelObl, doc.RelNmod, doc.RelObj, doc.RelAdvmod, doc.RelCompound:
	default:
		return false
	}
	if r.d.Deprel(c) == doc.RelNmodPoss {
		return false
	}
	prep := r.preposition(c)
	switch prep {
	case "in", "at", "inside", "within", "near", "outside":
	case "to", "into":
		if m.kind != doc.EventVisit {
			return false
		}
	case "from":
		if m.row.step != stepSail {
			return false
		}
	case "for":
		if m.row.frame != "travel" {
			return false
		}
	case "on":
		if !r.isPlace(c, prep) || r.actorial(c) {
			return false
		}
	case "":
		if !r.bareObjectPlace(m, c, p) {
			return false
		}
	default:
		return false
	}
	if !r.isPlace(c, prep) || m.kind == doc.EventSanction {
		return false
	}
	if r.actorial(c) && prep == "near" {
		return false
	}
	m.place = r.placeAt(c)
	return true
}

// bareObjectPlace: "visited Paris", "bombed the port"; "the Istanbul talks",
// "the White House meeting".
func (r *run) bareObjectPlace(m *mention, c, p int32) bool {
	switch r.d.Deprel(c).Base() {
	case doc.RelObj:
		switch m.row.frame {
		case "visit", "act", "sail":
			return c == r.d.Child(p, doc.RelObj)
		}
	case doc.RelCompound:
		if p != m.at || !m.noun || m.row.frame != "recip" && m.row.frame != "sign" {
			return false
		}
		if a := r.mentionOf[c]; a >= 0 && r.d.Actors[r.d.Mentions[a].Actor].Kind == doc.KindPlace {
			return true
		}
		if _, ok := r.lex.venues[r.d.Slice(r.core(c))]; ok {
			return true
		}
		return r.mentionOf[c] < 0 && r.nameOf[c] >= 0 && r.d.Names[r.nameOf[c]].Kind == doc.NameLOC
	}
	return false
}

// placeAt is the place that noun i names, and what it lies in: by the words
// after it ("in Geneva, Switzerland"; "the palace in Ankara") or by the table.
func (r *run) placeAt(i int32) doc.Place {
	s := r.core(i)
	p := doc.Place{Name: r.d.Slice(s), Span: s}
	for c := range r.d.Children(i) {
		if c < s.End {
			continue
		}
		switch r.d.Deprel(c).Base() {
		case doc.RelNmod:
			if q := r.preposition(c); (q == "in" || q == "of" || q == "at" || q == "near" || q == "outside") && r.isPlace(c, "in") && r.isNamed(c) {
				if q == "of" && !r.isNamed(i) && r.lex.classes["settlement"][r.word(i)] {
					return r.placeAt(c) // "the port city of Goa"
				}
				p.Within = r.d.Slice(r.core(c))
				return p
			}
		case doc.RelAppos, doc.RelList, doc.RelConj, doc.RelNmodDesc, doc.RelParataxis:
			if r.form(c-1) == "," && r.isPlace(c, "in") && r.d.Child(c, doc.RelCc) < 0 {
				p.Within = r.d.Slice(r.core(c))
				return p
			}
		}
	}
	for c := range r.d.Children(i) { // "a lakeside hotel, the Grand Palace"
		named := r.d.Deprel(c) == doc.RelAppos || r.d.Deprel(c) == doc.RelConj && r.d.Child(c, doc.RelCc) < 0
		if named && c >= s.End && !r.isNamed(i) && r.isNamed(c) && r.isPlace(c, "at") {
			return r.placeAt(c)
		}
	}
	for c := range r.d.Children(i) { // "Tongilgak, a building in the village of Panmunjom"
		if r.d.Deprel(c) == doc.RelAppos && c >= s.End && r.isVenue(c) {
			p.Within = r.townBelow(c)
		}
	}
	if w := r.lex.venues[p.Name]; w != "" {
		p.Within = w
	}
	return p
}

// isNamed reports whether noun i is a name, or names an actor.
func (r *run) isNamed(i int32) bool {
	_, venue := r.lex.venues[r.d.Slice(r.core(i))]
	return venue || r.nameOf[i] >= 0 || r.mentionOf[i] >= 0
}

// isRoom reports whether p is a room: one of several in a house, so that two
// of them are two sessions.
func (r *run) isRoom(p doc.Place) bool {
	return !p.Span.Empty() && r.lex.classes["room"][r.word(p.Span.End-1)]
}

// townBelow is the last name of a place below noun i; "" without one.
func (r *run) townBelow(i int32) string {
	span, out := r.reach(i), ""
	for k := i + 1; k < span.End; k++ {
		if n := r.nameOf[k]; n >= 0 && r.d.Names[n].Kind == doc.NameLOC && r.d.Names[n].Span.Begin == k {
			out = r.d.Slice(r.d.Names[n].Span)
		}
	}
	return out
}
