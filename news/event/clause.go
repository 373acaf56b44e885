package event

import (
	"strings"

	"readout/doc"
)

// conditionAt finds the words of conditions.tsv that open the clause or phrase
// with head c: "only after", "in exchange for". The second result is the words.
func (r *run) conditionAt(c int32) (condition, string, bool) {
	begin := r.reach(c).Begin
	if begin > 0 && r.form(begin) != "only" && r.form(begin-1) == "only" && r.d.SentenceOf(begin).Has(begin-1) {
		begin--
	}
	if begin > 0 && r.form(begin-1) == "once" && r.d.SentenceOf(begin).Has(begin-1) {
		begin--
	}
	if k := r.measured(c); k > begin {
		begin = k
	}
	for begin < c {
		if w := r.form(begin); r.d.UPOS(begin) != doc.PUNCT && w != "that" && w != "and" && w != "but" {
			break
		}
		begin++
	}
	if begin > 1 && r.form(begin) == "as" && (r.form(begin-1) == "soon" || r.form(begin-1) == "long") {
		begin -= 2 // "as soon as", parted by the tree
	}
	end := max(r.reach(c).End, c+1)
	if sent := r.d.SentenceOf(c); r.d.Deprel(c).Base() == doc.RelObl {
		end = min(c+2, sent.End) // "in return | for a truce"
	}
	var w []string
	for i := begin; i < end && i < begin+4; i++ {
		w = append(w, r.form(i))
	}
	for n := len(w); n > 0; n-- {
		k := strings.Join(w[:n], " ")
		if row, ok := r.lex.conditions[k]; ok {
			return row, k, true
		}
	}
	return condition{}, "", false
}

// measured is the conjunction of clause c that stands after a stretch of time:
// the "after" of "three days after they met"; None where none does.
func (r *run) measured(c int32) int32 {
	for k := range r.d.Children(c) {
		if k < c && k > 0 && r.d.Deprel(k) == doc.RelMark && (r.durationOf[k-1] >= 0 || r.timeOf[k-1] >= 0 || r.lex.classes["stretch"][r.word(k-1)]) {
			return k
		}
	}
	return doc.None
}

// subordinate reads an adverbial clause around the mention: "once they meet",
// "while meeting B", "after he met B". It reports whether the clause said all.
func (r *run) subordinate(m *mention, cur, h int32) bool {
	row, words, ok := r.conditionAt(cur)
	main := r.moodOf(h)
	unreal := main.tense == tenseFuture || main.tense == tenseWould || main.tense == tenseMay ||
		main.tense == tenseShould || main.negated || main.tense == tenseNone && r.d.Deprel(h).Base() != doc.RelAdvcl ||
		main.tense == tensePresent && r.governor(h, "clause") != nil
	past := m.status == doc.StatusOccurred && !m.present
	if t := r.moodOf(cur).tense; !unreal && (t == tensePast || t == tensePerfect) {
		past = true
	}
	m.clause = h
	if !ok {
		return r.during(m, cur, h, main)
	}
	m.chain = append(m.chain, h)
	m.supposing = cur
	switch {
	case words == "after" || words == "since":
		m.anchors = append(m.anchors, anchor{doc.LinkFollows, h, r.openingOf(cur)})
		m.earlier = true
		if past {
			return true
		}
		if !unreal && (m.status == 0 || m.present) {
			m.set(doc.StatusOccurred)
			m.present = false
			return true
		}
		r.suppose(m)
	case words == "when":
		m.when = h
		m.anchors = append(m.anchors, anchor{doc.LinkDuring, h, r.openingOf(cur)})
		if !past {
			r.suppose(m)
		}
	case row.kind == doc.CondOnce && !unreal && past: // "They resumed once he was free": he was
		m.anchors = append(m.anchors, anchor{doc.LinkFollows, h, r.openingOf(cur)})
		m.earlier = true
		if m.status == 0 {
			m.set(doc.StatusOccurred)
		}
	case words == "before" && !unreal && m.status == 0: // "Before meeting B, A spoke"
		m.anchors = append(m.anchors, anchor{0, h, r.openingOf(cur)})
		m.status = doc.StatusOccurred
	case words == "before" || words == "until":
		if !past && (unreal || m.status == 0) {
			r.suppose(m)
		}
	case row.kind == doc.CondIf && !row.always, words == "without":
	default:
		r.suppose(m)
	}
	return true
}

// suppose: what stands in an if-clause is nobody's plan by that.
func (r *run) suppose(m *mention) {
	m.supposed = true
	switch m.status {
	case doc.StatusCancelled, doc.StatusPostponed, doc.StatusDenied:
	case doc.StatusProposed:
		m.firm = false
	default:
		m.status, m.firm = doc.StatusPossible, false
	}
	m.present = false
}

// during reads clauses without a condition: "while meeting B", "as he left",
// "meeting B in Paris, A said".
func (r *run) during(m *mention, cur, h int32, main mood) bool {
	mark := ""
	for c := range r.d.Children(cur) {
		if rel := r.d.Deprel(c); c < cur && (rel == doc.RelMark || rel == doc.RelAdvmod) {
			if rel == doc.RelAdvmod && r.d.UPOS(c) == doc.ADV && mark != "" {
				continue
			}
			if mark = r.form(c); mark == "while" || mark == "as" || mark == "whilst" || mark == "during" || mark == "following" {
				break
			}
		}
	}
	md := r.moodOf(cur)
	link := doc.LinkKind(0)
	switch mark {
	case "while", "as", "whilst", "during":
		link = doc.LinkDuring
	case "following":
		link = doc.LinkFollows
	case "":
		if md.to || r.d.XPOS(cur) != "VBG" {
			return false
		}
	default: // "by meeting", "for stopping"
		return false
	}
	if link != 0 {
		m.anchors = append(m.anchors, anchor{link, h, r.openingOf(cur)})
	}
	if m.status == 0 && md.tense == tenseNone {
		switch s := main.status(); s {
		case doc.StatusOccurred, doc.StatusOngoing:
			m.set(doc.StatusOccurred)
		case doc.StatusPlanned:
			m.set(doc.StatusPlanned)
		default:
			return false
		}
	}
	return true
}

// openingOf is the first word of a clause with its verb.
func (r *run) openingOf(c int32) doc.Span {
	for k := range r.d.Children(c) {
		if rel := r.d.Deprel(k); k < c && (rel == doc.RelMark || rel == doc.RelAdvmod) {
			return doc.Span{Begin: k, End: c + 1}
		}
	}
	return doc.Span{Begin: c, End: c + 1}
}

// findLimits collects the conditions on the mention: clauses and phrases of the
// words above it.
func (r *run) findLimits(m *mention) {
	switch m.status {
	case doc.StatusOccurred, doc.StatusOngoing, doc.StatusCancelled, doc.StatusPostponed:
		if !m.present && m.status != doc.StatusPostponed {
			return
		}
	}
	if m.supposed {
		return
	}
	seen := map[int32]bool{}
	for _, v := range append(append([]int32(nil), m.preds...), m.chain...) {
		if seen[v] {
			continue
		}
		seen[v] = true
		for c := range r.d.Children(v) {
			rel := r.d.Deprel(c).Base()
			if r.below(m.at, c) || c == m.supposing {
				continue
			}
			switch rel {
			case doc.RelAdvcl, doc.RelObl, doc.RelParataxis:
			case doc.RelConj: // "will be put to a vote, but only after it is signed"
				if c < m.at || !r.subordinated(c) {
					continue
				}
			case doc.RelAdvmod:
				if w := r.form(c); w != "soon" && w != "long" {
					continue
				}
			case doc.RelCcomp, doc.RelXcomp, doc.RelDep: // where the parser errs on the conjunction
				if !r.provided(c) && !r.afterOnce(c) {
					continue
				}
			default:
				continue
			}
			r.limit(m, v, c)
		}
		if h := r.d.Head(v); h > v && r.d.Deprel(v).Base() == doc.RelCcomp && r.provided(h) { // "will meet, provided that", read as its object
			row := r.lex.conditions[r.form(h)]
			m.limits = append(m.limits, limit{row.kind, h, r.trim(doc.Span{Begin: h, End: r.reach(h).End}), true})
			m.set(doc.StatusConditional)
			m.present = false
		} else if h >= 0 && r.d.Deprel(v).Base() == doc.RelCcomp {
			for c := range r.d.Children(h) {
				if c < v && r.d.Deprel(c).Base() == doc.RelCcomp && r.subordinated(c) && !seen[c] && c != m.supposing && r.mainBeside(c, h) == v {
					r.limit(m, v, c)
				}
			}
		}
	}
}

// provided reports whether a verb may be a conjunction.
func (r *run) provided(c int32) bool {
	switch r.form(c) {
	case "provided", "providing", "assuming":
		return r.d.Child(c, doc.RelNsubj) < 0
	}
	return false
}

// afterOnce reports whether "once" stands right before clause c.
func (r *run) afterOnce(c int32) bool {
	b := r.reach(c).Begin
	return b > 0 && r.form(b-1) == "once" && r.d.SentenceOf(c).Has(b-1)
}

func (r *run) limit(m *mention, v, c int32) {
	row, words, ok := r.conditionAt(c)
	md := r.moodOf(v)
	negated := md.negated || m.negated || m.status == doc.StatusDenied
	lacking := (words == "without" || words == "before" && r.d.Deprel(c).Base() == doc.RelAdvcl) && negated && (md.tense == tenseFuture || md.tense == tenseWould || md.tense == tenseMay)
	lacking = lacking && (r.eventOf[c] >= 0 || !r.actorial(c))
	if !ok || !row.always && !lacking || md.unreal {
		return // "would have met if": they did not
	}
	if r.d.Deprel(c).Base() == doc.RelObl && !strings.Contains(words, " ") && words != "until" && !lacking {
		return
	}
	if words == "until" && (!md.negated && m.status != doc.StatusDenied || r.timeOf[c] >= 0) {
		return
	}
	if md.tense == tensePast && m.status != doc.StatusPlanned && m.status != doc.StatusPossible &&
		m.status != doc.StatusProposed && m.status != doc.StatusDenied {
		return
	}
	m.limits = append(m.limits, limit{row.kind, c, r.clauseSpan(c, v), row.always})
	m.set(doc.StatusConditional)
	m.present = false
}

// clauseSpan is the words of clause or phrase c below v, up to the comma that
// parts it from what follows: what the parser hung on it from there is not its.
func (r *run) clauseSpan(c, v int32) doc.Span {
	s := r.reach(c)
	if k := s.End; r.word(c) == "condition" && s.End == c+1 && k < r.d.SentenceOf(c).End && r.form(k) == "that" && r.d.Head(k) > k {
		return r.trim(doc.Span{Begin: s.Begin, End: r.reach(r.d.Head(k)).End}) // "on condition | that the border reopens", parted by the tree
	}
	for k := c + 1; k < s.End && c < v; k++ {
		if r.form(k) == "," {
			s.End = k
		}
	}
	return r.trim(s)
}

// dependence takes the condition of "talks depend on a truce".
func (r *run) dependence(m *mention, h int32) {
	for c := range r.d.Children(h) {
		if p := r.preposition(c); c > h && (p == "on" || p == "upon" || p == "to") {
			m.limits = append(m.limits, limit{doc.CondIf, c, r.trim(r.reach(c)), true})
			return
		}
	}
}

// saidAfter is the clause whose subject cur is, where a parser hung it on the verb
// of speaking behind: "A visit is not planned, her spokesman said". None where
// it did not.
func (r *run) saidAfter(cur, h int32) int32 {
	if h < cur || r.d.Deprel(cur).Base() != doc.RelNsubj {
		return doc.None
	}
	for c := range r.d.Children(h) {
		if c <= cur || c >= h || r.d.Deprel(c).Base() != doc.RelCcomp {
			continue
		}
		if s, _ := r.clauseSubject(c); s >= 0 {
			return doc.None
		}
		for k := range r.d.Children(h) {
			if k > c && k < h && r.d.Deprel(k).Base() == doc.RelNsubj {
				return c
			}
		}
	}
	return doc.None
}

// inverted reports whether h opens its sentence as the auxiliary of a condition:
// "Had the truce held, they would have met".
func (r *run) inverted(h int32) bool {
	switch r.form(h) {
	case "had", "were", "should":
		v := r.d.Head(h)
		return h == r.d.SentenceOf(h).Begin && r.d.Deprel(h).Base() == doc.RelAux && v >= 0 && r.moodOf(v).tense == tenseWould
	}
	return false
}

// notCalled reports whether noun cur is what somebody will not call another thing:
// "would not call it a meeting".
func (r *run) notCalled(cur, h int32) bool {
	if r.word(h) != "call" || !r.isVerb(h) || cur < h || !r.moodOf(h).negated {
		return false
	}
	for c := range r.d.Children(h) {
		if c > h && c < cur && r.d.Deprel(c).Base() == doc.RelObj {
			return true
		}
	}
	return false
}

// afterColon reports whether a colon parts clause cur from the verb h before it.
func (r *run) afterColon(cur, h int32) bool {
	if cur < h {
		return false
	}
	for k := r.reach(cur).Begin - 2; k <= cur; k++ {
		if k > h && r.form(k) == ":" {
			return true
		}
	}
	return false
}

// state reports whether verb h tells in a clause of its own, and in the plain
// present, what somebody does all the time: "the envoy, who leads the mediation".
func (r *run) state(h int32, md mood) bool {
	return r.d.Deprel(h) == doc.RelAclRelcl && md.tense == tensePresent && !md.progress && !md.negated
}
