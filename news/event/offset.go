package event

import (
	"time"

	"readout/doc"
)

// offset reads the day of an event told by how long after it, or before it,
// another was: "Merkel spoke on Friday, two days after she met Modi". The day of the
// other is told with it, or in the sentence before, of a deed of the same person.
func (r *run) offset(m *mention) {
	if m.time != nil || m.supposing < 0 || m.clause < 0 {
		return
	}
	k := r.measured(m.supposing)
	if k < 1 {
		return
	}
	sign := 0
	switch r.form(k) {
	case "after":
		sign = -1
	case "before":
		sign = 1
	}
	days, span := r.daysBefore(k)
	base := r.dayOf(m.clause)
	if sign == 0 || days == 0 || base == nil {
		return
	}
	day := base.From.AddDate(0, 0, sign*days)
	m.time = &doc.Time{Span: doc.Span{Begin: span.Begin, End: k + 1}, From: day, To: day, Unit: base.Unit}
}

// daysBefore is the stretch of days that ends right before token k, and its words;
// 0 where none does.
func (r *run) daysBefore(k int32) (int, doc.Span) {
	const day = 24 * 60
	if t := r.durationOf[k-1]; t >= 0 && r.d.Durations[t].Minutes%day == 0 {
		return r.d.Durations[t].Minutes / day, r.d.Durations[t].Span
	}
	if k < 2 || r.word(k-1) != "day" && r.word(k-1) != "week" {
		return 0, doc.Span{}
	}
	n := map[string]int{"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}[r.form(k-2)]
	if r.word(k-1) == "week" {
		n *= 7
	}
	return n, doc.Span{Begin: k - 2, End: k}
}

// dayOf is the day on which what verb v tells was done; nil where it is not told.
func (r *run) dayOf(v int32) *doc.Time {
	single := func(t *doc.Time) bool {
		return t.Known() && t.Relation == doc.TimeAt && !t.Set && t.To.Sub(t.From) < 24*time.Hour
	}
	timeBelow := func(v int32) *doc.Time {
		for c := range r.d.Children(v) {
			if k := r.timeOf[c]; k >= 0 && r.d.Deprel(c).Base() == doc.RelObl && single(&r.d.Times[k]) {
				return &r.d.Times[k]
			}
		}
		return nil
	}
	if t := timeBelow(v); t != nil {
		return t
	}
	s, _ := r.clauseSubject(v)
	sent := r.d.SentenceOf(v)
	if s < 0 || r.mentionOf[s] < 0 || sent.Begin == 0 {
		return nil
	}
	who := r.d.Mentions[r.mentionOf[s]].Actor
	before := r.d.SentenceOf(sent.Begin - 1)
	for i := before.End - 1; i >= before.Begin; i-- {
		if r.d.UPOS(i) != doc.VERB {
			continue
		}
		for c := range r.d.Children(i) {
			if r.d.Deprel(c).Base() != doc.RelNsubj || r.mentionOf[c] < 0 || r.d.Mentions[r.mentionOf[c]].Actor != who {
				continue
			}
			if t := timeBelow(i); t != nil {
				return t
			}
		}
	}
	return nil
}
