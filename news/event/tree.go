package event

import (
	"strings"

	"readout/doc"
)

// maxReach bounds how many tokens below a word are looked at, and maxSteps how
// many above it: a sentence of 20,000 tokens must not cost its square.
const (
	maxReach = 200
	maxSteps = 16
)

// word is token i as the tables write words: its lemma in lower case.
func (r *run) word(i int32) string {
	forms := r.lex.nounForms
	switch r.d.UPOS(i) {
	case doc.VERB, doc.AUX, doc.ADJ:
		forms = r.lex.verbForms
	}
	f := lower(r.d.Form(i))
	if w, ok := forms[f]; ok {
		return w
	}
	if r.d.UPOS(i) == doc.PROPN {
		return singular(f)
	}
	if l := r.d.Lemma(i); l != "" {
		return lower(l)
	}
	return lower(r.d.Form(i))
}

// form is token i in lower case.
func (r *run) form(i int32) string { return lower(r.d.Form(i)) }

// lower is strings.ToLower without an allocation where nothing changes.
func lower(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; 'A' <= c && c <= 'Z' || c >= 0x80 {
			return strings.ToLower(s)
		}
	}
	return s
}

// singular takes the plural ending from a capitalised noun ("Talks"), whose
// lemma the tagger leaves as it is.
func singular(s string) string {
	switch {
	case len(s) < 5 || !strings.HasSuffix(s, "s") || strings.HasSuffix(s, "ss") || strings.HasSuffix(s, "us") || strings.HasSuffix(s, "is"):
		return s
	case strings.HasSuffix(s, "ies"):
		return s[:len(s)-3] + "y"
	}
	return s[:len(s)-1]
}

// preposition is the case marking of token i in lower case, "" without one:
// "with", "ahead of", "on the sidelines of" is left to the noun.
//
// A preposition that the parser hung on the first word of a name or title
// ("between Angela Merkel") is found there.
func (r *run) preposition(i int32) string {
	out := r.caseOf(i)
	if out != "" || !r.isNominal(i) {
		return out
	}
	for c := range r.d.Children(i) {
		if c > i {
			break
		}
		switch r.d.Deprel(c).Base() {
		case doc.RelCompound, doc.RelFlat, doc.RelNmod, doc.RelAmod:
			if r.d.Deprel(c) != doc.RelNmodPoss && r.d.UPOS(c) == doc.PROPN {
				if out = r.caseOf(c); out != "" {
					return out
				}
			}
		}
	}
	return ""
}

// caseOf is the case marking that hangs on token i itself.
func (r *run) caseOf(i int32) string {
	out := ""
	for c := range r.d.Children(i) {
		if c > i && r.d.UPOS(i) != doc.ADV {
			break
		}
		rel := r.d.Deprel(c)
		if rel != doc.RelCase && !(rel == doc.RelMark && r.isNominal(i)) {
			continue
		}
		w := r.form(c)
		if w == "'s" || w == "’s" || w == "'" || w == "’" {
			continue
		}
		for f := range r.d.Children(c) {
			if b := r.d.Deprel(f); b == doc.RelFixed || b == doc.RelAdvmod {
				if f < c {
					w = r.form(f) + " " + w
				} else {
					w += " " + r.form(f)
				}
			}
		}
		if out == "" {
			out = w
		} else {
			out += " " + w
		}
	}
	if out == "of" || out == "to" {
		out = r.twoWord(i, out)
	}
	return out
}

// twoWord mends "ahead of" and "prior to" where the tree parts the two words.
func (r *run) twoWord(i int32, p string) string {
	for c := range r.d.Children(i) {
		if r.d.Deprel(c) == doc.RelCase && c > 0 {
			switch w := r.form(c - 1); w {
			case "ahead", "instead", "prior", "because", "according", "due", "thanks":
				return w + " " + p
			}
		}
	}
	return p
}

func (r *run) isNominal(i int32) bool {
	switch r.d.UPOS(i) {
	case doc.NOUN, doc.PROPN, doc.PRON, doc.NUM, doc.X, doc.SYM:
		return true
	}
	return false
}

func (r *run) isVerb(i int32) bool {
	return r.d.UPOS(i) == doc.VERB || r.d.UPOS(i) == doc.AUX
}

// conjuncts are i and what is joined to it by "and": "A, B and C".
// A second subject of one verb with "and" before it is joined too, which is how
// a parser errs on them.
func (r *run) conjuncts(i int32) []int32 {
	out := []int32{i}
	if rel := r.d.Deprel(i); rel == doc.RelNsubj || rel == doc.RelNsubjPass {
		for c := r.d.Tokens.Next[i]; c >= 0; c = r.d.Tokens.Next[c] {
			if r.d.Deprel(c) == rel && r.listed(i, c) {
				out = append(out, c)
			}
		}
	}
	for k := 0; k < len(out) && len(out) < 64; k++ {
		for c := range r.d.Children(out[k]) {
			switch r.d.Deprel(c) {
			case doc.RelConj:
				out = append(out, c)
			case doc.RelFlat, doc.RelAppos, doc.RelCompound: // "and B" hung on the surname, or taken for one
				if c > i && r.otherName(out[k], c) {
					out = append(out, c)
					continue
				}
				if r.d.Deprel(c) == doc.RelAppos {
					continue
				}
				for g := range r.d.Children(c) {
					if r.d.Deprel(g) == doc.RelConj && r.actorial(g) {
						out = append(out, g)
					}
				}
			}
		}
	}
	return r.untilSubject(out)
}

// untilSubject cuts from a list what is the subject of the verb that follows it:
// "After the release of the hostages, A and B met", all of which a parser may
// join to the hostages.
func (r *run) untilSubject(list []int32) []int32 {
	if len(list) < 2 {
		return list
	}
	first, last := list[0], list[0]
	for _, k := range list {
		last = max(last, k)
	}
	v := r.endOf(last)
	for sent := r.d.SentenceOf(first); v < sent.End && (r.d.UPOS(v) == doc.ADV || r.d.UPOS(v) == doc.AUX); {
		v++
	}
	if v >= int32(r.d.Len()) || r.d.UPOS(v) != doc.VERB || !r.finite(v) || r.d.Deprel(v).Base() == doc.RelAcl || first >= v || !r.below(first, v) {
		return list
	}
	if s, _ := r.clauseSubject(v); s >= 0 {
		return list
	}
	for k := r.endOf(first); k < last; k++ {
		if r.form(k) == "," {
			kept := list[:0]
			for _, x := range list {
				if x < k {
					kept = append(kept, x)
				}
			}
			return kept
		}
		if r.d.UPOS(k) == doc.CCONJ {
			break
		}
	}
	return list
}

// reach is the subtree of i cut at maxReach tokens.
func (r *run) reach(i int32) doc.Span {
	s := doc.Span{Begin: i, End: i + 1}
	queue := []int32{i}
	for k := 0; k < len(queue) && len(queue) < maxReach; k++ {
		q := queue[k]
		s.Begin, s.End = min(s.Begin, q), max(s.End, q+1)
		for c := range r.d.Children(q) {
			queue = append(queue, c)
		}
	}
	return s
}

// trim takes commas, conjunctions and the like from the ends of s.
func (r *run) trim(s doc.Span) doc.Span {
	for s.Len() > 1 && (r.d.UPOS(s.Begin) == doc.PUNCT || r.d.UPOS(s.Begin) == doc.CCONJ) {
		s.Begin++
	}
	for s.Len() > 1 && r.d.UPOS(s.End-1) == doc.PUNCT {
		s.End--
	}
	return s
}

// below reports whether i is a or hangs below it, within maxSteps.
func (r *run) below(i, a int32) bool {
	for n := 0; i >= 0 && n < maxSteps; n++ {
		if i == a {
			return true
		}
		i = r.d.Head(i)
	}
	return false
}

// child reports whether i has a child written so.
func (r *run) child(i int32, form string) int32 {
	for c := range r.d.Children(i) {
		if r.form(c) == form {
			return c
		}
	}
	return doc.None
}

// clauseSubject is the noun the verb or predicate i has as its own subject, and
// whether the verb is passive; None without one.
func (r *run) clauseSubject(i int32) (subject int32, passive bool) {
	if h := r.d.Head(i); h > i && r.d.Deprel(i).Base() == doc.RelCcomp { // "Envoys will meet in Goa, an official told reporters", its subjects taken for each other
		s, t := r.d.Child(i, doc.RelNsubj), r.d.Child(h, doc.RelNsubj)
		if s > i && t >= 0 && t < i {
			return t, r.d.Deprel(s) == doc.RelNsubjPass
		}
		for c := range r.d.Children(h) {
			if s < 0 && t >= 0 && t < i && c > i && r.d.Deprel(c) == doc.RelNsubj {
				return t, false // both hung on the verb of speaking
			}
		}
	}
	subject = doc.None
	for c := range r.d.Children(i) {
		switch r.d.Deprel(c) {
		case doc.RelNsubj, doc.RelNsubjOuter:
			if subject < 0 || c < i && !r.listed(subject, c) { // a dateline may pass for a first subject
				subject, passive = c, false
			}
		case doc.RelNsubjPass:
			if subject < 0 || c < i && !r.listed(subject, c) {
				subject, passive = c, true
			}
		case doc.RelMark:
			if s := r.d.Child(c, doc.RelNsubj); s >= 0 && subject < 0 {
				subject, passive = s, false // "is due to meet", whose subject hangs on "due"
			}
		}
	}
	return subject, passive
}

// otherName reports whether c names someone else than a, with a comma or "and"
// between them: no second name, and no description of a.
func (r *run) otherName(a, c int32) bool {
	x, y := r.mentionOf[a], r.mentionOf[c]
	if x < 0 || y < 0 || x == y || r.d.Mentions[x].Actor == r.d.Mentions[y].Actor || !r.actorial(c) {
		return false
	}
	s, t := r.d.Mentions[x].Span, r.d.Mentions[y].Span
	return s.End <= t.Begin && int(t.Begin-s.End) <= 2 && r.d.Mentions[y].Form == doc.FormName && r.listed(s.End-1, t.Begin)
}

// listed reports whether only names, commas and "and" stand between the words
// a and b of a sentence, and at least one of these.
func (r *run) listed(a, b int32) bool {
	joined := false
	for k := a + 1; k < b; k++ {
		switch u := r.d.UPOS(k); {
		case u == doc.CCONJ && r.form(k) == "and", r.form(k) == ",":
			joined = true
		case u == doc.VERB || u == doc.AUX || u == doc.ADP || u == doc.SCONJ || k > a+16:
			return false
		}
	}
	return joined
}

// nextListed is the head of the mention that follows mention head i after
// "and": "between A and B", where the tree does not join the two; None without.
func (r *run) nextListed(i int32) int32 {
	m := r.mentionOf[i]
	if m < 0 {
		return doc.None
	}
	end, sent := r.endOf(i), r.d.SentenceOf(i)
	if end >= sent.End || r.form(end) != "and" {
		return doc.None
	}
	return r.nextActor(end+1, sent.End)
}
