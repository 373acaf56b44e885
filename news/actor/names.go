package actor

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/doc"
	"readout/registry"
)

// named is one proper name in the text and what it may name.
type named struct {
	span   doc.Span // without the title before it and the 's after it
	kind   class    // person, body, country or place; people for a demonym
	match  []registry.Match
	best   registry.Match // the likeliest of match; its Entry is nil where there is none
	parts  []string       // its pieces as registry.Fold makes them
	title  doc.Span       // the office words before it, set by findTitles
	titles []title        // of a person, by findTitles
	nation string         // of a person, where a bare adjective tells it
	conf   float32
}

// match is a place in the text where the registry knows a name.
type match struct {
	span doc.Span
	list []registry.Match
}

// findNames makes r.names from the names layer and the registry. The layer
// finds names nobody has heard of, the registry mends their bounds and kinds.
// Names in headings, whose capitals mean nothing, count only where the registry
// or the text below knows them.
func (r *run) findNames() {
	r.nameOf, r.matchAt = filled(r.d.Len()), filled(r.d.Len())
	r.heading = r.headings()
	r.findMatches()

	r.surnames = map[string]bool{}
	for _, n := range r.d.Names {
		if n.Kind == doc.NamePER && n.Span.Len() > 1 {
			r.surnames[r.d.Form(n.Span.End-1)] = true
		}
	}
	var late []named // headings: decided when the text is known
	add := func(x named) {
		switch {
		case x.span.Empty() || x.kind == classUnset:
		case r.heading[x.span.Begin] && len(x.match) == 0:
			late = append(late, x)
		default:
			r.names = append(r.names, x)
		}
	}
	next := 0
	for _, x := range r.d.Names {
		if r.fullNameIn(x.Span) {
			continue // the match is added on its own
		}
		for ; next < len(r.matches) && r.matches[next].span.End <= x.Span.Begin; next++ {
			add(r.fromMatch(r.matches[next]))
		}
		y := r.fromName(x)
		for ; next < len(r.matches) && r.matches[next].span.Begin < y.span.Begin; next++ {
			if m := r.matches[next]; !m.span.Overlaps(y.span) {
				add(r.fromMatch(m)) // "Russia" of "Russia's Lavrov"
			}
		}
		add(y)
		for next < len(r.matches) && r.matches[next].span.Begin < y.span.End {
			next++
		}
	}
	for ; next < len(r.matches); next++ {
		add(r.fromMatch(r.matches[next]))
	}
	known := map[string]bool{}
	for _, x := range r.names {
		if x.kind == classPerson {
			known[strings.Join(x.parts, " ")] = true
			known[x.parts[len(x.parts)-1]] = true
		}
	}
	for _, x := range late {
		r.names = append(r.names, r.headingNames(x, known)...)
	}
	r.indexNames()
	r.findSurnames(known)
	r.findHalves()
	r.indexNames()
	r.agreeKinds()
}

// fullNameIn reports whether the registry finds somebody's full name that s
// overlaps but does not have whole, or has with more than it: the finder then
// cut it wrong ("South Korean President Moon Jae" of Moon Jae-in).
func (r *run) fullNameIn(s doc.Span) bool {
	for i := max(0, s.Begin-3); i < s.End; i++ {
		k := r.matchAt[i]
		if k < 0 || !r.matches[k].span.Overlaps(s) || r.matches[k].span == s || r.matches[k].span.Len() < 2 {
			continue
		}
		if m, kind := choose(r.matches[k].list); kind == classPerson && m.Form == registry.FormName {
			return true
		}
	}
	return false
}

// indexNames sorts r.names, drops those that overlap an earlier one, and fills
// r.nameOf.
func (r *run) indexNames() {
	slices.SortStableFunc(r.names, func(a, b named) int {
		if a.span.Begin != b.span.Begin {
			return int(a.span.Begin - b.span.Begin)
		}
		return int(b.span.End - a.span.End)
	})
	kept := r.names[:0]
	for _, x := range r.names {
		if len(kept) > 0 && kept[len(kept)-1].span.Overlaps(x.span) {
			continue
		}
		for i := x.span.Begin; i < x.span.End; i++ {
			r.nameOf[i] = int32(len(kept))
		}
		kept = append(kept, x)
	}
	r.names = kept
}

// findMatches asks the registry at every word.
func (r *run) findMatches() {
	d := r.d
	for _, s := range d.Sentences {
		for i := s.Begin; i < s.End; i++ {
			list := r.reg.MatchAt(r.word, int(s.End), int(i))
			if len(list) == 0 {
				continue
			}
			r.matchAt[i] = int32(len(r.matches))
			m := match{doc.Span{Begin: i, End: i + int32(list[0].N)}, list}
			r.matches = append(r.matches, m)
			i = m.span.End - 1
		}
	}
}

func (r *run) word(i int) string { return r.d.Form(int32(i)) }

// fromMatch is the name that a match is where the names layer has none; it has
// no kind where the words are likely no name.
func (r *run) fromMatch(m match) named {
	x := named{span: m.span, match: m.list, conf: 0.9}
	first, _ := utf8.DecodeRuneInString(r.d.Form(m.span.Begin))
	if !unicode.IsUpper(first) && !unicode.IsDigit(first) {
		return x
	}
	x.best, x.kind = choose(m.list)
	r.takeSuffix(&x)
	x.parts = r.parts(x.span)
	one := m.span.Len() == 1
	up := r.d.UPOS(m.span.Begin)
	switch {
	case x.kind == classPerson && one, x.kind == classThing:
		x.kind = classUnset // a surname alone, a platform
	case x.kind == classPeople && r.singular(m.span.End-1) && (up == doc.ADJ || !r.nominal(r.d.HeadOf(m.span))):
		x.kind = classUnset // "the German embassy"
	case one && up != doc.PROPN && up != doc.NOUN && up != doc.X && x.kind != classCountry && x.kind != classPeople:
		x.kind = classUnset // "May"
	}
	return x
}

// choose is the likeliest of the matches and what it makes of the words; unset
// for adjectives. A building that speaks for a body is the body, a capital a
// place until its verb says otherwise (place.go).
func choose(list []registry.Match) (registry.Match, class) {
	best, kind, rank := registry.Match{}, classUnset, 0
	for _, m := range list {
		k, n := meaning(m)
		if k != classUnset && (kind == classUnset || n < rank) {
			best, kind, rank = m, k, n
		}
	}
	return best, kind
}

// meaning is what a match makes of its words, and its place in the order of
// likelihood, from 0.
func meaning(m registry.Match) (class, int) {
	switch {
	case m.Form == registry.FormAdjective:
		return classUnset, 9
	case m.Form == registry.FormDemonym:
		return classPeople, 7
	case m.Form == registry.FormCapital:
		return classPlace, 4
	}
	switch m.Entry.Kind {
	case registry.Country:
		if m.Form == registry.FormMetonym {
			return classCountry, 5
		}
		return classCountry, 0
	case registry.Body, registry.Armed, registry.Agency:
		return classBody, 1
	case registry.Metonym:
		return classBody, 2
	case registry.Place:
		return classPlace, 3
	case registry.Person:
		return classPerson, 6
	case registry.Platform:
		return classThing, 1
	}
	return classUnset, 9
}

// fromName is a name of the names layer, trimmed of titles and mended by what
// the registry knows.
func (r *run) fromName(n doc.Name) named {
	n = r.splitTitle(n)
	x := named{span: r.trim(n), conf: n.Confidence}
	if x.conf == 0 {
		x.conf = 0.9
	}
	x.kind = map[doc.NameKind]class{doc.NamePER: classPerson, doc.NameORG: classBody, doc.NameLOC: classPlace}[n.Kind]
	if x.span.Empty() {
		return x
	}
	if k := r.matchOver(x.span); k >= 0 {
		m := r.matches[k]
		best, kind := choose(m.list)
		person := n.Kind == doc.NamePER && kind == classPlace && m.span == x.span && x.span.Len() == 1 && r.surnames[r.d.Form(x.span.Begin)]
		other := n.Kind != doc.NamePER && kind == classPerson && m.span.Len() == 1
		if kind != classUnset && !person && !other {
			x.kind, x.best, x.match, x.span = kind, best, m.list, m.span
		}
		if kind == classUnset && n.Kind != doc.NamePER {
			x.kind = classUnset // an adjective
		}
		if kind == classThing {
			x.kind = classUnset
		}
	}
	if _, k, ok := r.reg.RoleNounAt(r.word, int(x.span.End), int(x.span.Begin)); ok && len(x.match) == 0 && k == x.span.Len() {
		x.kind = classUnset // "Foreign Secretary"
	}
	if len(x.match) == 0 && x.span.Len() > 1 && !x.span.Empty() {
		x.kind = r.kindByLast(x)
	}
	r.takeSuffix(&x)
	x.parts = r.parts(x.span)
	if len(x.parts) == 0 || r.inTitle(x.span) {
		x.kind = classUnset
	}
	return x
}

// inTitle reports whether the words of s end an office of more words: "State"
// of "Secretary of State".
func (r *run) inTitle(s doc.Span) bool {
	first := r.d.SentenceOf(s.Begin).Begin
	for i := s.Begin - 1; i >= max(first, s.Begin-4); i-- {
		if _, n, ok := r.reg.RoleNounAt(r.word, int(s.End), int(i)); ok && i+int32(n) >= s.End {
			return true
		}
	}
	return false
}

// matchOver is the match that covers s, or None.
func (r *run) matchOver(s doc.Span) int32 {
	for i := s.Begin; i >= max(0, s.Begin-4); i-- {
		if k := r.matchAt[i]; k >= 0 {
			if r.matches[k].span.Covers(s) {
				return k
			}
			return doc.None
		}
	}
	return doc.None
}

// kindByLast mends the kind of a name by its last word: "Shangri-La Hotel" is no
// person, "Interior Ministry" no place.
func (r *run) kindByLast(x named) class {
	n, common := r.lex.nouns[strings.ToLower(r.d.Form(x.span.End-1))]
	switch {
	case !common && x.kind == classBody && x.span.Len() < 4 && r.d.UPOS(x.span.End-1) == doc.PROPN && r.reg.Gender(r.d.Form(x.span.Begin)) != 0:
		return classPerson // "Susan Gomez"
	case n.class == classPlace && x.kind == classPerson, n.class == classBody && (x.kind == classPerson || x.kind == classPlace):
		return n.class
	}
	return x.kind
}

// takeSuffix adds "Junior" to a person's name, who is then not the father the
// registry knows.
func (r *run) takeSuffix(x *named) {
	e := x.span.End
	if x.kind != classPerson || e >= r.d.SentenceOf(x.span.Begin).End || !r.capital(e) || !isSuffix(registry.Fold(r.d.Form(e))) {
		return
	}
	x.span.End++
	x.match, x.best = nil, registry.Match{}
}

// splitTitle takes the person out of a name that runs a body, an office and
// its holder together: "Chief of Defence Staff Admiral Anna Lund".
func (r *run) splitTitle(n doc.Name) doc.Name {
	d := r.d
	if n.Kind != doc.NamePER && n.Span.Len() > 1 && n.Span.Len() < 5 && r.honorific(n.Span.Begin) && r.matchOver(n.Span) < 0 {
		n.Span.Begin++
		n.Kind = doc.NamePER
		return n
	}
	for i := n.Span.End - 2; i > n.Span.Begin || n.Kind != doc.NamePER && i == n.Span.Begin; i-- {
		if d.UPOS(i) != doc.PROPN && d.UPOS(i) != doc.NOUN || !r.roleWord(i, n.Span.Begin) {
			continue
		}
		rest := doc.Span{Begin: i + 1, End: n.Span.End}
		if n.Kind == doc.NamePER || rest.Len() <= 4 && r.givenName(rest) {
			return doc.Name{Span: rest, Kind: doc.NamePER, Confidence: n.Confidence}
		}
		return n
	}
	return n
}

// honorific reports whether token i is a "Mr." or the like.
func (r *run) honorific(i int32) bool {
	_, n, ok := r.reg.HonorificAt(r.word, int(i)+1, int(i))
	return ok && n == 1
}

// givenName reports whether the words of s begin with a given name or name
// somebody of the registry.
func (r *run) givenName(s doc.Span) bool {
	if s.Len() > 1 && r.reg.Gender(r.d.Form(s.Begin)) != 0 {
		return true
	}
	k := r.matchAt[s.Begin]
	if k < 0 || r.matches[k].span != s {
		return false
	}
	_, kind := choose(r.matches[k].list)
	return kind == classPerson
}

// trim drops what the names layer may have taken along: the 's, punctuation,
// articles, and before a person's name titles and nationalities.
func (r *run) trim(n doc.Name) doc.Span {
	d, s := r.d, n.Span
	if n.Kind == doc.NamePER {
		for i := s.Begin + 1; i < s.End; i++ {
			switch d.Form(i) {
			case ",", ";", ":":
				s.End = i
			case "in", "at", "on", "for", "to", "from", "with", "by":
				return doc.Span{} // "Mass in Havana"
			}
		}
	}
	for s.Len() > 0 && (isGenitive(d.Form(s.End-1)) || d.UPOS(s.End-1) == doc.PUNCT && d.Form(s.End-1) != ".") {
		s.End--
	}
	for s.Len() > 0 {
		i := s.Begin
		switch {
		case d.UPOS(i) == doc.PUNCT || s.Len() > 1 && (d.UPOS(i) == doc.DET || isFunctionWord(d.Form(i))):
			s.Begin++
		case n.Kind == doc.NamePER && s.Len() > 1 && (r.isTitle(i) || r.adjective(i) || r.matchAt[i] >= 0 && r.isTitle(i+1)):
			s.Begin++
		case n.Kind != doc.NamePER && s.Len() > 1 && r.matchAt[s.Begin] >= 0 && r.roleWord(s.End-1, s.End-1):
			s.End-- // "State Department Spokesperson"
		default:
			return s
		}
	}
	return s
}

// isFunctionWord reports whether a word that opens a sentence, and so has a
// capital, is no part of a name.
func isFunctionWord(w string) bool {
	switch w {
	case "Neither", "Either", "Both", "The", "And", "But", "Nor", "Or", "While", "With", "As", "If", "When", "Meanwhile", "Former", "Ex":
		return true
	}
	return false
}

func isGenitive(s string) bool { return s == "'s" || s == "’s" || s == "'" || s == "’" }

// adjective reports whether token i is the adjective of a country.
func (r *run) adjective(i int32) bool {
	k := r.matchAt[i]
	return k >= 0 && slices.ContainsFunc(r.matches[k].list, func(m registry.Match) bool {
		return m.Form == registry.FormAdjective
	})
}

// parts are the pieces of the words of s.
func (r *run) parts(s doc.Span) []string {
	return strings.Fields(registry.Fold(r.d.Slice(s)))
}

// findSurnames finds what the names layer missed: surnames of people the
// article names in full elsewhere, and capitalised words after a title.
func (r *run) findSurnames(known map[string]bool) {
	d := r.d
	full := map[*registry.Entry]bool{}
	for _, x := range r.names {
		if x.kind == classPerson && x.span.Len() > 1 && x.best.Entry != nil {
			full[x.best.Entry] = true
		}
	}
	for i := int32(0); i < int32(d.Len()); i++ {
		if r.nameOf[i] >= 0 {
			continue
		}
		if s := (doc.Span{Begin: i, End: i + 1}); r.shortFor(i, full) {
			r.names = append(r.names, named{span: s, kind: classPerson, parts: r.parts(s), conf: 0.8})
			continue
		}
		if d.UPOS(i) != doc.PROPN {
			if r.untaggedSurname(i, known) {
				s := doc.Span{Begin: i, End: i + 1}
				r.names = append(r.names, named{span: s, kind: classPerson, parts: r.parts(s), conf: 0.6})
			}
			continue
		}
		end := i + 1
		for end < int32(d.Len()) && d.UPOS(end) == doc.PROPN && r.nameOf[end] < 0 && d.Tokens.Sent[end] == d.Tokens.Sent[i] {
			end++
		}
		s := doc.Span{Begin: i, End: end}
		for j := end - 2; j >= s.Begin; j-- {
			if r.roleWord(j, s.Begin) {
				s.Begin = j + 1 // "Communications Minister Roe"
			}
		}
		for s.Len() > 0 && (r.isTitle(s.Begin) || r.adjective(s.Begin)) {
			s.Begin++
		}
		i = end - 1
		if s.Len() == 0 || s.Len() > 4 {
			continue
		}
		parts := r.parts(s)
		_, common := r.lex.nouns[strings.ToLower(d.Form(s.Begin))]
		titled := s.Begin > 0 && (r.roleWord(s.Begin-1, s.Begin-1) || r.honorific(s.Begin-1)) && !r.heading[i] && !common
		if len(parts) > 0 && (titled || s.Len() == 1 && known[parts[0]]) {
			r.names = append(r.names, named{span: s, kind: classPerson, parts: parts, conf: 0.7})
		}
	}
}

// shortFor reports whether token i, with its capital, is what the registry says
// somebody of full is called for short, whatever else the word may mean: "Moon"
// in an article about Moon Jae-in.
func (r *run) shortFor(i int32, full map[*registry.Entry]bool) bool {
	k := r.matchAt[i]
	if k < 0 || r.matches[k].span.Len() != 1 || !r.capital(i) || !r.nominal(i) || r.heading[i] {
		return false
	}
	return slices.ContainsFunc(r.matches[k].list, func(m registry.Match) bool {
		return m.Form == registry.FormSurname && full[m.Entry]
	})
}

// untaggedSurname reports whether token i, which the tagger took for no name,
// is the surname of somebody all the same: a capital, and nothing else in the
// language ("Pashinyan and …" at the head of a sentence).
func (r *run) untaggedSurname(i int32, known map[string]bool) bool {
	w := r.d.Form(i)
	if i > 0 && r.honorific(i-1) && r.capital(i) && r.d.Tokens.Sent[i] == r.d.Tokens.Sent[i-1] {
		return true // "Mr Ma"
	}
	if up := r.d.UPOS(i); len(w) < 5 || !r.capital(i) || up != doc.ADJ && up != doc.NOUN && up != doc.X && up != doc.VERB && up != doc.ADV {
		return false
	}
	parts := r.parts(doc.Span{Begin: i, End: i + 1})
	if len(parts) != 1 || !known[parts[0]] {
		return false
	}
	_, common := r.lex.nouns[strings.ToLower(w)]
	return !common && r.surnames[w]
}

// findHalves finds "the North" and "the South" where the article has named
// North Korea or South Sudan.
func (r *run) findHalves() {
	r.halves = map[string]*registry.Entry{}
	for _, m := range r.matches {
		for _, o := range m.list {
			if o.Entry.Kind != registry.Country || o.Form != registry.FormName && o.Form != registry.FormAdjective {
				continue
			}
			first, _, ok := strings.Cut(registry.Fold(o.Entry.Name), " ")
			if ok && r.halves[first] == nil {
				r.halves[first] = o.Entry
			}
		}
	}
	for i := int32(1); len(r.halves) > 0 && i < int32(r.d.Len()); i++ {
		if w := r.d.Form(i); w != "North" && w != "South" || r.nameOf[i] >= 0 || !strings.EqualFold(r.d.Form(i-1), "the") || r.beforeNoun(i) {
			continue
		}
		if s := (doc.Span{Begin: i, End: i + 1}); r.halves[strings.ToLower(r.d.Form(i))] != nil {
			r.names = append(r.names, named{span: s, kind: classPlace, parts: r.parts(s), conf: 0.8})
		}
	}
}

// agreeKinds gives names of the same words one kind: the one that most of them
// have. A single word that ends a person's full name is that person.
func (r *run) agreeKinds() {
	type votes [classThing]int
	tally := map[string]*votes{}
	surname := map[string]bool{} // "neill", "o neill"
	for _, x := range r.names {
		if n := len(x.parts); x.kind == classPerson && n > 1 {
			surname[x.parts[n-1]] = true
			if n > 2 {
				surname[x.parts[n-2]+" "+x.parts[n-1]] = true
			}
		}
		if len(x.match) > 0 {
			continue
		}
		key := strings.Join(x.parts, " ")
		if tally[key] == nil {
			tally[key] = &votes{}
		}
		tally[key][x.kind]++
	}
	for i := range r.names {
		x := &r.names[i]
		key := strings.Join(x.parts, " ")
		if len(x.match) > 0 {
			continue
		}
		if surname[key] {
			x.kind = classPerson
			continue
		}
		for k := range tally[key] {
			if tally[key][k] > tally[key][x.kind] {
				x.kind = class(k)
			}
		}
	}
}

// filled is a column of n tokens that refer to nothing.
func filled(n int) []int32 {
	out := make([]int32, n)
	for i := range out {
		out[i] = doc.None
	}
	return out
}
