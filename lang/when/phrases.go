package when

import (
	"strconv"
	"strings"

	"readout/doc"
)

// deictic reads "today", "tomorrow morning", "this evening", "last night",
// "overnight", "the weekend".
func (f *finder) deictic(i int32, _ bool) (expr, bool) {
	e := newExpr(kindDay, i)
	k := i
	if f.has(k, clMore) && f.has(k+1, clDeictic) {
		k++
	}
	if p, ok := f.is(k, clPosition); ok && f.has(k+1, clDeictic) && p.low <= int(late) {
		k++
	}
	if w, ok := f.is(k, clDeictic); ok {
		if f.capital(k) && k > f.begin && f.upos(k-1) == doc.PROPN { // USA Today
			return e, false
		}
		e.offset, e.end = w.low, k+1
		if f.has(e.end, clDaypart) {
			e.end++
		}
		f.hourAfter(&e)
		return e, true
	}
	if f.has(k, clOvernight) && f.upos(k) != doc.ADJ {
		e.end = k + 1
		return e, true
	}
	if f.word(k, "the") {
		k++
	}
	if f.word(k, "this") && f.word(k+1, "past", "coming") {
		k++
	}
	m, ok := f.is(k, clMod)
	if ok {
		k++
	}
	switch {
	case f.has(k, clWeekend):
		e.kind, e.mod, e.end = kindWeekend, mod(m.low), k+1
		return e, ok || f.word(k-1, "the")
	case f.has(k, clDaypart) && ok && f.word(k-1, "this", "last", "that", "same", "following", "next"):
		if k-1 == i && (f.has(i-1, clNumber) || f.upos(i-1) == doc.DET) || f.word(i, "the") && f.word(k-1, "last") {
			return e, false // "one last night", "the last night"
		}
		e.end = k + 1
		switch mod(m.low) {
		case modLast:
			e.offset = -1
		case modThis:
		default:
			e.kind, e.fromRef, e.mod = kindRefDay, true, mod(m.low)
			e.offset = sign(mod(m.low))
		}
		return e, true
	}
	return e, false
}

// hourAfter reads ", at 10 a.m." after a day.
func (f *finder) hourAfter(e *expr) {
	k := e.end
	if f.word(k, ",") {
		k++
	}
	if !f.word(k, "at") {
		return
	}
	if c, ok := f.clock(k+1, true); ok {
		e.hour, e.minute, e.zone, e.hasZone, e.end = c.hour, c.minute, c.zone, c.hasZone, c.end
	}
}

// sign is the direction of a mod: -1 back, 1 ahead.
func sign(m mod) int {
	switch m {
	case modLast, modPast, modPrevious, modRecent:
		return -1
	case modNext, modComing, modFollowing:
		return 1
	}
	return 0
}

// positionOf reads "early 2026", "the end of June", "the second half of the
// year", "the third quarter of 2024", "late last year", "the middle of next week".
func (f *finder) positionOf(i int32, _ bool) (expr, bool) {
	k := i
	if f.word(k, "the") {
		k++
	}
	p, k := f.positionAt(k)
	if p == whole {
		return expr{}, false
	}
	if f.word(k, "of", "in") {
		k++
	} else if p == start || p == end || p == half1 || p == half2 {
		return expr{}, false
	}
	e, ok := f.inner(k)
	if !ok && p >= quarter1 { // "the third quarter"
		e, ok = newExpr(kindUnit, k), true
		e.unit, e.mod, e.end = 6, modThis, k
		if f.word(k-1, "of", "in") {
			return e, false
		}
	}
	if !ok || e.pos != whole {
		return e, false
	}
	e.pos = p
	return e, true
}

// positionAt reads the word of a position at k and gives its end.
func (f *finder) positionAt(k int32) (position, int32) {
	if p, ok := f.is(k, clPosition); ok {
		if f.upos(k) == doc.VERB { // beginning in January
			return whole, k
		}
		if f.word(k+1, "-") {
			return position(p.low), k + 2
		}
		return position(p.low), k + 1
	}
	if o, ok := f.is(k, clOrdinal); ok {
		switch {
		case o.low <= 2 && f.word(k+1, "half"):
			return half1 + position(o.low-1), k + 2
		case o.low <= 4 && f.word(k+1, "quarter"):
			return quarter1 + position(o.low-1), k + 2
		}
	}
	if s := f.form(k); len(s) == 2 && s[0] == 'Q' && s[1] >= '1' && s[1] <= '4' {
		return quarter1 + position(s[1]-'1'), k + 1
	}
	return whole, k
}

// inner reads what has an early and a late part.
func (f *finder) inner(k int32) (expr, bool) {
	if y := f.yearAt(k); y > 0 {
		e := newExpr(kindDate, k)
		e.year, e.end = y, k+1
		return e, true
	}
	if e, ok := f.decade(k); ok {
		return e, true
	}
	if e, ok := f.calendar(k, false); ok {
		return e, true
	}
	if e, ok := f.modified(k, true); ok && (e.kind == kindUnit || e.kind == kindWeekend) {
		return e, true
	}
	if f.word(k, "the") { // the end of the week
		if n, plural, ok := f.unitAt(k + 1); ok && !plural && n >= 3 {
			e := newExpr(kindUnit, k)
			e.unit, e.mod, e.end = n, modThis, k+2
			return e, true
		}
	}
	return expr{}, false
}

// more reads "later in the day", "earlier that month", "earlier this year",
// "later on Tuesday", "later in 2015".
func (f *finder) more(i int32, _ bool) (expr, bool) {
	m, ok := f.is(i, clMore)
	if !ok {
		return expr{}, false
	}
	pos := upToNow
	if m.low > 0 {
		pos = fromNow
	}
	k := i + 1
	if f.word(k, "in", "on") {
		k++
	}
	if f.word(k, "the", "that") {
		j := k + 1
		if f.word(j, "same") {
			j++
		}
		if n, plural, is := f.unitAt(j); is && !plural && n >= 3 {
			e := newExpr(kindUnit, i)
			e.unit, e.mod, e.pos, e.end = n, modThis, pos, j+1
			if n == 3 {
				e.kind, e.fromRef = kindRefDay, true
			} else if !f.word(k, "the") {
				e.mod = modSame
			}
			return e, true
		}
	}
	e, ok := f.inner(k)
	if !ok || e.pos != whole {
		return e, false
	}
	e.pos = pos
	return e, true
}

// modified reads "last week", "the coming days", "the past two weeks", "that year".
func (f *finder) modified(i int32, _ bool) (expr, bool) {
	k := i
	the := f.word(k, "the")
	if the || f.word(k, "its", "their", "his", "her") {
		k++
	}
	if f.word(k, "this") && f.word(k+1, "past", "coming") {
		k++
	}
	m, ok := f.is(k, clMod)
	if !ok {
		return expr{}, false
	}
	e := newExpr(kindUnit, i)
	e.mod, e.low, e.high = mod(m.low), 1, 1
	k++
	if low, high, n, is := f.number(k); is {
		if unit, _, isUnit := f.unitAt(n); isUnit {
			e.kind, e.low, e.high, e.unit, e.end = kindSpan, low, high, unit, n+1
			return e, e.mod != modSame && e.mod != modThis && e.mod != modPrevious && e.mod != modFollowing
		}
	}
	unit, plural, is := f.unitAt(k)
	if f.has(k, clFortnight) {
		e.kind, e.low, e.high, unit, is = kindSpan, 2, 2, 4, true
	}
	if !is || !plural && unit <= 2 {
		return e, false
	}
	e.unit, e.end = unit, k+1
	if plural {
		e.kind, e.low, e.high = kindSpan, 0, 0
		return e, e.mod == modComing || e.mod == modNext || e.mod == modRecent || e.mod == modPast || e.mod == modLast
	}
	if the && (e.mod == modNext && unit != 3 || e.mod == modPast || e.mod == modComing) {
		e.kind = kindSpan // "the next year" runs from now on, "next year" is the calendar's
	}
	if unit == 3 { // days
		switch e.mod {
		case modNext, modFollowing, modPrevious, modSame:
			e.kind, e.fromRef, e.offset = kindRefDay, true, sign(e.mod)
		default:
			return e, false
		}
	}
	return e, true
}

// counted reads a number of units with what makes a time of them: "two days
// ago", "a year earlier", "in two weeks", "within a month", "three days from now".
func (f *finder) counted(i int32, after bool) (expr, bool) {
	low, high, k, ok := f.number(i)
	if !ok && f.has(i, clUnits) { // "years ago", "within days"
		k, ok = i, true
	}
	if !ok {
		return expr{}, false
	}
	unit, _, is := f.unitAt(k)
	if f.has(k, clFortnight) {
		unit, is, low, high = 4, true, 2*low, 2*high
	}
	if !is {
		return expr{}, false
	}
	e := newExpr(kindShift, i)
	e.low, e.high, e.unit, e.end = low, high, unit, k+1
	switch k++; {
	case f.has(k, clShift):
		e.offset, e.end = -1, k+1
	case f.has(k, clMore) && !f.word(k+1, "than"):
		m, _ := f.is(k, clMore)
		e.offset, e.end, e.fromRef = m.low, k+1, true
	case f.seq(k, "from", "now") > k:
		e.offset, e.end = 1, k+2
	case f.offsetFrom(&e, k):
	case f.word(k, "before", "after") && f.clauseEnds(k+1):
		e.offset, e.end, e.fromRef = 1, k+1, true
		if f.word(k, "before") {
			e.offset = -1
		}
	case f.word(k, "'s", "’s", "'", "’") && f.word(k+1, "time"):
		e.offset, e.end, e.forward = 1, k+2, true
	case after && f.word(i-1, "within") || after && f.has(i-1, clApprox) && f.word(i-2, "within"):
		e.kind, e.event = kindWithin, f.word(k, "of", "after")
	case after && (f.word(i-1, "in") || f.has(i-1, clApprox) && f.word(i-2, "in")) && f.ahead(i):
		e.offset = 1
	default:
		return e, false
	}
	return e, true
}

// clauseEnds reports that nothing follows that a preposition before i could govern.
func (f *finder) clauseEnds(i int32) bool {
	return i >= f.end || f.upos(i) == doc.PUNCT || f.upos(i) == doc.CCONJ
}

// ahead reports that what "in two weeks" at i belongs to lies ahead.
func (f *finder) ahead(i int32) bool {
	return f.direction(doc.Span{Begin: i, End: i + 1}, doc.TimeAt).tense == future
}

// dayBefore reads "the day before", "the day after tomorrow", "a day earlier" is
// counted.
func (f *finder) dayBefore(i int32, _ bool) (expr, bool) {
	k := f.seq(i, "the", "day")
	if k == i {
		return expr{}, false
	}
	e := newExpr(kindRefDay, i)
	e.fromRef = true
	switch {
	case f.word(k, "before"):
		e.offset = -1
	case f.word(k, "after"):
		e.offset = 1
	default:
		return e, false
	}
	e.end = k + 1
	if f.word(k+1, "yesterday", "tomorrow") {
		e.kind, e.fromRef, e.offset, e.end = kindDay, false, 2*e.offset, k+2
		return e, true
	}
	return e, f.clauseEnds(k + 1)
}

// decade reads "the 1990s", "1990s", "'90s".
func (f *finder) decade(k int32) (expr, bool) {
	if f.word(k, "the") {
		k++
	}
	e := newExpr(kindDecade, k)
	s, ok := strings.CutSuffix(strings.TrimLeft(f.form(k), "'’"), "s")
	if !ok || len(s) != 4 && len(s) != 2 || !strings.HasSuffix(s, "0") {
		return e, false
	}
	n, err := strconv.Atoi(s)
	if err != nil || len(s) == 4 && !isYear(n) {
		return e, false
	}
	if len(s) == 2 {
		if f.form(k)[0] <= '9' && f.form(k)[0] >= '0' && f.form(k-1) != "'" { // "his 20s"
			return e, false
		}
		n += 1900
		if n < 1930 {
			n += 100
		}
	}
	e.year, e.end = n, k+1
	return e, true
}

// lone reads a year or decade by itself. A year needs a preposition, a bracket,
// or an article or possessive before it and a noun it belongs to after it: "the
// 2015 deal".
func (f *finder) lone(i int32, after bool) (expr, bool) {
	if e, ok := f.decade(i); ok {
		return e, true
	}
	y := f.yearAt(i)
	e := newExpr(kindDate, i)
	e.year, e.end = y, i+1
	if y == 0 || i+1 < f.end && (f.word(i+1, "%", "percent") || f.has(i+1, clUnits)) {
		return e, false
	}
	attributive := i+1 < f.end && (f.upos(i+1) == doc.NOUN || f.upos(i+1) == doc.ADJ || f.upos(i+1) == doc.PROPN)
	switch {
	case after:
		return e, !attributive || f.d.Has&doc.LayerTree == 0 || f.d.Head(i) < i || f.d.Deprel(i).Base() != doc.RelNummod
	case f.word(i-1, "of", "("):
		return e, !attributive
	case f.upos(i-1) == doc.DET || f.word(i-1, "'s", "’s", "its", "their", "his", "her"):
		return e, attributive || f.word(i+1, "-", "–") && (f.yearAt(i+2) > 0 || len(f.form(i+2)) == 2 && f.integer(i+2) > 0)
	}
	return e, false
}
