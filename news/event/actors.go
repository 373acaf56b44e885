package event

import (
	"strings"

	"readout/doc"
)

// who is an actor and the words that name it here.
type who struct {
	actor doc.ActorID
	span  doc.Span
	at    int32
	// sent is true of a country or body that only its delegation stands for:
	// not its leader.
	sent bool
}

// markWords notes the last word of every actor's name and each one-word
// mention, by which the halves of "Modi-Xi" are found.
func (r *run) markWords() {
	r.byWord = map[string]doc.ActorID{}
	put := func(w string, a doc.ActorID) {
		if _, ok := r.byWord[w]; !ok && w != "" {
			r.byWord[w] = a
		}
	}
	for k := range r.d.Actors {
		a := &r.d.Actors[k]
		if f := strings.Fields(a.Name); len(f) > 0 && a.Kind != doc.KindGroup {
			put(lower(f[len(f)-1]), doc.ActorID(k))
		}
	}
	for _, m := range r.d.Mentions {
		if m.Span.Len() == 1 && m.Form != doc.FormPronoun {
			put(r.form(m.Span.Begin), m.Actor)
		}
	}
}

// actorsAt are those whom noun i names, with those joined to it by "and"; a
// group whose members are known stands for them. Places are left out.
func (r *run) actorsAt(i int32) []who {
	var out []who
	for _, c := range r.conjuncts(i) {
		out = r.one(out, c, 0)
	}
	return out
}

// unmarked is the person whose surname token i is, where no mention marks it;
// None without.
func (r *run) unmarked(i int32) doc.ActorID {
	f := r.d.Form(i)
	if f[0] < 'A' || f[0] > 'Z' || !r.isNominal(i) || r.d.UPOS(i) == doc.PRON || r.nameOf[i] >= 0 && r.d.Names[r.nameOf[i]].Kind != doc.NamePER {
		return doc.None
	}
	if a, ok := r.byWord[lower(f)]; ok && r.d.Actors[a].Kind == doc.KindPerson && !r.d.Actors[a].Anonymous {
		return a
	}
	return doc.None
}

// subjectActors are those whom the subject s names; one that the tree does not
// know for a subject may end a list.
func (r *run) subjectActors(s int32) []who {
	out := r.actorsAt(s)
	if h := r.d.Head(s); h >= 0 && r.d.Deprel(s).Base() != doc.RelNsubj && r.d.UPOS(s) != doc.PRON {
		if r.d.Deprel(s) == doc.RelConj || r.d.Deprel(s) == doc.RelAppos || r.d.Deprel(s) == doc.RelCompound || r.d.Deprel(s) == doc.RelNmod {
			out = append(r.listBefore(s), out...)
		}
	}
	if m := r.mentionOf[s]; m >= 0 {
		for c := range r.d.Children(s) { // "Iran and six powers", with Iran hung on the powers
			if c < r.d.Mentions[m].Span.Begin && r.d.Deprel(c) == doc.RelCompound && r.mentionOf[c] >= 0 {
				return append(r.listBefore(s), out...)
			}
		}
	}
	return out
}

func (r *run) one(out []who, i int32, depth int) []who {
	if m := r.mentionOf[i]; m >= 0 {
		out = r.named(out, r.d.Mentions[m].Actor, r.d.Mentions[m].Span, i)
		if a := &r.d.Actors[r.d.Mentions[m].Actor]; a.Kind == doc.KindGroup && len(a.Members) == 0 && depth == 0 {
			out = r.leaders(out, i)
		}
		return out
	}
	if a := r.unmarked(i); a >= 0 {
		return r.named(out, a, doc.Span{Begin: i, End: i + 1}, i)
	}
	if depth > 2 {
		return out
	}
	// "teams from Oman and Qatar", "a delegation led by Baqeri", "the leaders
	// of the two states", "officials of the ministry"
	if !r.lex.classes["delegation"][r.word(i)] {
		return out
	}
	from := len(out)
	defer func() {
		for k := from; k < len(out); k++ {
			out[k].sent = out[k].sent || r.d.Actors[out[k].actor].Kind != doc.KindPerson
		}
	}()
	for c := range r.d.Children(i) {
		switch rel := r.d.Deprel(c).Base(); rel {
		case doc.RelNmod, doc.RelCompound, doc.RelAmod:
			for _, k := range r.conjuncts(c) {
				out = r.one(out, k, depth+1)
			}
		}
	}
	return r.leaders(out, i)
}

// leaders adds who leads a group: "a delegation led by Baqeri".
func (r *run) leaders(out []who, i int32) []who {
	for c := range r.d.Children(i) {
		if r.d.Deprel(c).Base() != doc.RelAcl || r.word(c) != "lead" && r.word(c) != "head" {
			continue
		}
		for a := range r.d.Children(c) {
			if r.preposition(a) == "by" {
				out = r.one(out, a, 1)
			}
		}
	}
	return out
}

// named adds actor a, or the members of a group where they are known.
func (r *run) named(out []who, a doc.ActorID, s doc.Span, at int32) []who {
	act := &r.d.Actors[a]
	if act.Kind == doc.KindPlace {
		return out
	}
	if act.Kind != doc.KindGroup || len(act.Members) == 0 {
		return append(out, who{actor: a, span: s, at: at})
	}
	for _, m := range act.Members {
		if r.d.Actors[m].Kind != doc.KindPlace {
			out = append(out, who{actor: m, span: s, at: at})
		}
	}
	return out
}

// pair are the actors of a hyphenated word before a noun ("the Modi-Xi
// summit"), whether the tokens part it at its hyphens or not. i is the noun's
// dependent.
func (r *run) pair(i int32) []who {
	var out []who
	s := doc.Span{Begin: i, End: i + 1}
	if f := r.d.Form(i); strings.ContainsAny(f, "-–/") {
		for _, w := range strings.FieldsFunc(f, func(c rune) bool { return c == '-' || c == '–' || c == '/' }) {
			if a, ok := r.byWord[lower(w)]; ok && r.d.Actors[a].Kind != doc.KindPlace {
				out = append(out, who{actor: a, span: s, at: i})
			}
		}
	}
	return out
}

// isPerson reports whether token i names a person, or a group of them.
func (r *run) isPerson(i int32) bool {
	m := r.mentionOf[i]
	if m < 0 {
		return false
	}
	k := r.d.Actors[r.d.Mentions[m].Actor].Kind
	return k == doc.KindPerson || k == doc.KindGroup
}

// isBody reports whether token i names an organization.
func (r *run) isBody(i int32) bool {
	m := r.mentionOf[i]
	return m >= 0 && r.d.Actors[r.d.Mentions[m].Actor].Kind == doc.KindOrganization
}

// sizeOf is how many a group of unknown members is said to be: 2 for "both
// generals", "the two sides"; 0 where it is not said.
func (r *run) sizeOf(p part) int {
	a := &r.d.Actors[p.actor]
	if a.Kind != doc.KindGroup || len(a.Members) > 0 {
		return 0
	}
	for i := p.span.Begin; i < p.span.End && i < p.span.Begin+3; i++ {
		switch r.form(i) {
		case "two", "both":
			return 2
		case "three":
			return 3
		case "four":
			return 4
		}
	}
	return 0
}

// samePeople reports whether two actors may stand for one another: a country
// and its leader, a group and its member.
func (r *run) samePeople(a, b doc.ActorID) bool {
	if a == b {
		return true
	}
	x, y := &r.d.Actors[a], &r.d.Actors[b]
	if x.Kind == doc.KindGroup || y.Kind == doc.KindGroup {
		return r.inGroup(a, b) || r.inGroup(b, a)
	}
	if x.Kind == doc.KindPerson && y.Kind == doc.KindPerson {
		return false
	}
	if x.Country == "" || x.Country != y.Country {
		return false
	}
	official := func(k doc.ActorKind) bool { return k == doc.KindCountry || k == doc.KindOrganization }
	return official(x.Kind) || official(y.Kind)
}

// inGroup reports whether a is one of the group b, by its members or, where
// they are not told, by country.
func (r *run) inGroup(a, b doc.ActorID) bool {
	g := &r.d.Actors[b]
	if g.Kind != doc.KindGroup {
		return false
	}
	for _, m := range g.Members {
		if m == a {
			return true
		}
	}
	// A delegation holds its country's envoys, not its president.
	return len(g.Members) == 0 && g.Country != "" && g.Country == r.d.Actors[a].Country &&
		(r.d.Actors[a].Kind != doc.KindPerson || r.levelOf(a) != doc.LevelLeaders)
}

// levelOf is the rank at which an actor acts by its roles; 0 is not known.
func (r *run) levelOf(a doc.ActorID) doc.Level {
	for _, role := range r.d.Actors[a].Roles {
		if role.Former {
			continue
		}
		if l := r.lex.rank(role.Title); l != 0 {
			return l
		}
	}
	return r.lex.rank(r.d.Actors[a].Name)
}

// rank is the level of a title: that of the longest entry of ranks.tsv among
// its last words ("deputy foreign minister" before "minister").
func (x *lexicon) rank(title string) doc.Level {
	w := strings.Fields(lower(title))
	for k := 1; k+1 < len(w); k++ { // "minister of foreign affairs"
		if w[k] == "of" || w[k] == "for" || w[k] == "from" {
			if l := x.rank(strings.Join(w[:k], " ")); l != 0 && strings.Join(w[:k+2], " ") != "head of state" {
				if e, ok := x.ranks[strings.Join(w[:k+2], " ")]; ok {
					return e
				}
				return l
			}
			break
		}
	}
	for end := len(w); end > 0; end-- {
		for n := min(4, end); n > 0; n-- {
			k := strings.Join(w[end-n:end], " ")
			if l, ok := x.ranks[k]; ok {
				return l
			}
			if l, ok := x.ranks[singular(k)]; ok {
				return l
			}
		}
	}
	return 0
}
