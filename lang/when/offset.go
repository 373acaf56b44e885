package when

import (
	"time"

	"readout/doc"
)

// offsetFrom reads what follows a number of units ending before k and makes a
// time of them with a time of its own: "a week from Friday", "two days before
// Christmas". It fills e, which has the number and the unit.
func (f *finder) offsetFrom(e *expr, k int32) bool {
	switch {
	case f.word(k, "from", "after"):
		e.offset = 1
	case f.word(k, "before"):
		e.offset = -1
	default:
		return false
	}
	at, ok := f.core(k+1, true)
	if !ok || at.kind != kindDate && at.kind != kindDay || at.kind == kindDate && at.day == 0 && at.weekday < 0 && !at.easter {
		return false
	}
	if f.word(at.end, "'s", "’s") { // "two days after Monday's vote"
		return false
	}
	e.kind, e.from, e.end = kindOffset, &at, at.end
	return true
}

func (f *finder) resolveOffset(e *expr) interval {
	at := f.resolve(e.from)
	per := units[e.unit].per
	n := int(e.low)
	if !at.known() || at.unit != doc.PerDay || per < doc.PerDay || e.low != e.high || n == 0 || n > 1000 {
		return interval{}
	}
	return oneDay(dayOf(shift(at.from, e.offset*n, per)))
}

// beyond reads "the week before last", "the year after next".
func (f *finder) beyond(i int32, _ bool) (expr, bool) {
	if !f.word(i, "the") {
		return expr{}, false
	}
	e := newExpr(kindUnit, i)
	unit, plural, ok := f.unitAt(i + 1)
	if f.has(i+1, clWeekend) {
		e.kind, unit, ok = kindWeekend, 4, true
	}
	if !ok || plural || unit < 4 {
		return e, false
	}
	e.unit, e.end = unit, i+4
	switch {
	case f.seq(i+2, "before", "last") > i+2:
		e.mod, e.offset = modLast, -1
	case f.seq(i+2, "after", "next") > i+2:
		e.mod, e.offset = modNext, 1
	default:
		return e, false
	}
	return e, true
}

// unitEnd reads "year's end", "month-end".
func (f *finder) unitEnd(i int32, after bool) (expr, bool) {
	unit, plural, ok := f.unitAt(i)
	if !ok || plural || unit < 4 || !after || !f.word(i+1, "'s", "’s", "-") || !f.word(i+2, "end") {
		return expr{}, false
	}
	e := newExpr(kindUnit, i)
	e.unit, e.mod, e.pos, e.end = unit, modThis, end, i+3
	return e, true
}

// monthDay reads the day of a month that is not named: "on the 20th".
func (f *finder) monthDay(i int32, after bool) (expr, bool) {
	e := newExpr(kindMonthDay, i)
	if !after || !f.word(i, "the") {
		return e, false
	}
	o, ok := f.is(i+1, clOrdinal)
	if !ok || f.form(i + 1)[0] > '9' || f.word(i+2, "of", "-", "century") {
		return e, false
	}
	switch f.upos(i + 2) {
	case doc.NOUN, doc.ADJ, doc.PROPN, doc.NUM:
		return e, false
	}
	if !f.word(i-1, "on", "by", "until", "till", "before", "after", "since", "from") {
		return e, false
	}
	e.day, e.end = o.low, i+2
	return e, true
}

// resolveMonthDay is the last such day on or before the publication, or the
// first on or after it, by tense.
func (f *finder) resolveMonthDay(e *expr) interval {
	if f.pub.IsZero() {
		return interval{}
	}
	step := -1
	if t := f.directionOf(e).tense; t == future || t == hoped {
		step = 1
	}
	at := day(f.pub.Year(), f.pub.Month(), 1)
	for n := range 4 { // the 31st of two months on
		m := at.AddDate(0, step*n, 0)
		t := m.AddDate(0, 0, e.day-1)
		if t.Month() == m.Month() && (step < 0 && !t.After(f.pub) || step > 0 && !t.Before(f.pub)) {
			return oneDay(t)
		}
	}
	return interval{}
}

// reach is how far "within weeks" reaches from the publication on.
func (f *finder) reach(unit int) time.Time {
	if unit >= len(vague) || vague[unit].n == 0 {
		return time.Time{}
	}
	return dayOf(shift(f.pub, vague[unit].n, vague[unit].per))
}
