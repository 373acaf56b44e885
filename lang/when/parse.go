package when

import (
	"strconv"
	"strings"
	"time"

	"readout/doc"
)

// expression reads the longest expression that begins at i, with its
// preposition: "by Friday", "between May and July".
func (f *finder) expression(i int32) (expr, bool) {
	if e, ok := f.between(i); ok {
		return e, true
	}
	if e, ok := f.repeated(i); ok {
		return e, true
	}
	relation, k, isWithin := f.preposition(i)
	e, ok := f.core(k, k > i)
	if !ok {
		return e, false
	}
	if k == i {
		return f.withRange(e), true
	}
	if e.kind == kindShift && e.fromRef && relation != doc.TimeAt { // "after a day later" is none
		return e, false
	}
	e = f.withRange(e)
	e.begin, e.relation, e.within = i, relation, isWithin
	if f.word(i, "from") && e.day2 > 0 { // from 3 to 5 May
		e.relation = doc.TimeAt
	}
	return e, true
}

// preposition reads the preposition at i and gives where the time begins.
func (f *finder) preposition(i int32) (doc.TimeRelation, int32, bool) {
	if k := f.seq(i, "ahead", "of"); k > i {
		return doc.TimeBefore, k, false
	}
	if k := f.seq(i, "prior", "to"); k > i {
		return doc.TimeBefore, k, false
	}
	if k := f.seq(i, "as", "of"); k > i {
		return doc.TimeSince, k, false
	}
	for _, first := range [...]string{"no", "not"} {
		if k := f.seq(i, first, "later", "than"); k > i {
			return doc.TimeBy, k, false
		}
	}
	e, ok := f.is(i, clPreposition)
	switch {
	case !ok:
		return doc.TimeAt, i, false
	case e.low == within:
		return doc.TimeAt, i + 1, true
	}
	return doc.TimeRelation(e.low), i + 1, false
}

// core reads an expression without its preposition; after says that there is one.
func (f *finder) core(i int32, after bool) (expr, bool) {
	k := i
	for f.has(k, clApprox) && k < i+2 {
		k++
	}
	for _, read := range [...]func(int32, bool) (expr, bool){
		f.clockDay, f.feast, f.calendar, f.positionOf, f.unitEnd, f.deictic, f.more, f.beyond, f.modified, f.counted, f.dayBefore,
		f.monthDay, f.lone,
	} {
		e, ok := read(k, after)
		if ok {
			e.begin, e.core = i, i
			return e, true
		}
	}
	return expr{}, false
}

// between reads "between X and Y" and "from X to Y".
func (f *finder) between(i int32) (expr, bool) {
	var joints []string
	switch {
	case f.word(i, "between"):
		joints = []string{"and"}
	case f.word(i, "from"):
		joints = []string{"to", "until", "till", "through", "-", "–"}
	default:
		return expr{}, false
	}
	a, ok := f.core(i+1, true)
	if ok && a.kind == kindDate && a.day2 > 0 && f.word(i, "between") { // "between 3 and 5 May"
		a.begin = i
		return a, true
	}
	if !ok || !f.word(a.end, joints...) {
		return expr{}, false
	}
	b, ok := f.core(a.end+1, true)
	if !ok {
		return expr{}, false
	}
	return rangeOf(a, b, i), true
}

// rangeOf is the range from a to b.
func rangeOf(a, b expr, begin int32) expr {
	if a.kind == kindDate && a.month == 0 && a.weekday < 0 && a.day > 0 { // "from 3 to 5 May"
		a.month = b.month
	}
	if a.year == 0 && b.year > 0 && a.kind == kindDate && a.weekday < 0 {
		a.year = b.year
	}
	e := newExpr(kindRange, begin)
	e.end, e.from, e.to = b.end, &a, &b
	return e
}

// withRange goes on after a date with a dash or "to": "May to July", "1992-1995".
func (f *finder) withRange(a expr) expr {
	if a.kind != kindDate || !f.word(a.end, "to", "-", "–", "—", "through") {
		return a
	}
	if f.word(a.end, "—") && f.d.Tokens.Bytes[a.end].Begin != f.d.Tokens.Bytes[a.end-1].End {
		return a
	}
	k := a.end + 1
	if n := f.integer(k); a.month == 0 && a.year > 0 && !f.word(a.end, "to", "through") && len(f.form(k)) == 2 && n > a.year%100 { // 1992-95
		b := newExpr(kindDate, k)
		b.year, b.end = a.year/100*100+n, k+1
		return rangeOf(a, b, a.begin)
	}
	b, ok := f.core(k, true)
	if !ok || b.kind != kindDate || (a.month > 0) != (b.month > 0) || (a.weekday >= 0) != (b.weekday >= 0) {
		return a
	}
	return rangeOf(a, b, a.begin)
}

// repeated reads "every Monday", "each year", "Mondays", "annually".
func (f *finder) repeated(i int32) (expr, bool) {
	e := newExpr(kindUnknown, i)
	e.set = true
	k := i
	if f.word(k, "on") {
		k++
	}
	if w, ok := f.is(k, clWeekdays); ok && f.capital(k) {
		e.unit, e.end, e.weekday = 3, k+1, w.low
		return e, true
	}
	if f.word(i, "daily", "weekly", "monthly", "annually", "yearly", "nightly", "hourly") && f.upos(i) == doc.ADV {
		e.unit, e.end = 3, i+1
		return e, true
	}
	if !f.word(i, "every", "each") {
		return e, false
	}
	k = i + 1
	if _, _, n, ok := f.number(k); ok || f.word(k, "other") {
		k = max(n, k+1)
	}
	if n, _, ok := f.unitAt(k); ok && n > 1 {
		e.unit, e.end = n, k+1
		return e, true
	}
	if f.weekdayAt(k) >= 0 || f.monthAt(k) > 0 || f.has(k, clDaypart) || f.has(k, clSeason) || f.has(k, clWeekend) {
		e.unit, e.end = 3, k+1
		return e, true
	}
	return e, false
}

// clockDay reads an hour and the day after it: "10 a.m. GMT on Monday".
func (f *finder) clockDay(i int32, after bool) (expr, bool) {
	c, ok := f.clock(i, after)
	if !ok {
		return c, false
	}
	k := c.end
	if f.word(k, ",") {
		k++
	}
	if f.word(k, "on") {
		k++
	}
	e, ok := f.dayAt(k)
	if !ok {
		return c, true
	}
	e.hour, e.minute, e.zone, e.hasZone = c.hour, c.minute, c.zone, c.hasZone
	return e, true
}

// dayAt reads a day that an hour can belong to.
func (f *finder) dayAt(k int32) (expr, bool) {
	if e, ok := f.deictic(k, false); ok {
		return e, true
	}
	e, ok := f.calendar(k, false)
	return e, ok && (e.day > 0 || e.weekday >= 0)
}

// clock reads an hour: 10 a.m., 10:30, 1030 GMT, noon. after is whether a
// preposition stands before it, without which a bare 10:30 is none.
func (f *finder) clock(i int32, after bool) (expr, bool) {
	e := newExpr(kindClock, i)
	s := f.form(i)
	switch {
	case after && f.word(i, "noon", "midday"):
		e.hour, e.end = 12, i+1
	case after && f.word(i, "midnight"):
		e.hour, e.end = 0, i+1
	case s == "" || s[0] < '0' || s[0] > '9' || len(s) > 5:
		return e, false
	default:
		if !f.digits(&e, i, s, after) {
			return e, false
		}
	}
	if z, ok := f.is(e.end, clZone); ok && f.capital(e.end) {
		e.zone, e.hasZone, e.end = z.low, true, e.end+1
	} else if f.word(e.end+1, "time") && (f.word(e.end, "local") || f.capital(e.end)) {
		e.end += 2
	}
	return e, true
}

func (f *finder) digits(e *expr, i int32, s string, after bool) bool {
	h, m, colon := strings.Cut(s, ":")
	if !colon {
		h, m, _ = strings.Cut(s, ".")
	}
	e.end = i + 1
	half := f.word(i+1, "a.m.", "p.m.", "am", "pm", "a.m", "p.m")
	if half {
		e.end++
	}
	zone := f.has(e.end, clZone) && f.capital(e.end)
	if m == "" && len(h) == 4 && zone { // 1030 GMT
		h, m = h[:2], h[2:]
	}
	var err error
	if e.hour, err = strconv.Atoi(h); err != nil || e.hour > 24 || len(h) > 2 {
		return false
	}
	if m != "" {
		if e.minute, err = strconv.Atoi(m); err != nil || e.minute > 59 || len(m) != 2 {
			return false
		}
	}
	if !half {
		return zone || colon && (after || f.word(e.end+1, "time"))
	}
	if e.hour > 12 {
		return !f.word(i+1, "am", "a.m.", "a.m")
	}
	e.hour %= 12
	if f.word(i+1, "p.m.", "pm", "p.m") {
		e.hour += 12
	}
	return true
}

// calendar reads weekday, day, month, year and hour in their usual orders.
func (f *finder) calendar(i int32, after bool) (expr, bool) {
	e := newExpr(kindDate, i)
	k := i
	if f.word(k, "the") {
		k++
	}
	if p, ok := f.is(k, clPosition); ok && p.low <= int(late) && f.upos(k) != doc.VERB {
		e.pos = position(p.low)
		k++
		if f.word(k, "in", "on") || f.word(k, "-") {
			k++
		}
		if j := f.seq(k, "hours", "of"); j > k {
			k = j
		}
	} else if rest, ok := strings.CutPrefix(strings.ToLower(f.form(k)), "mid-"); ok {
		return f.mid(e, k, rest)
	}
	if f.word(k, "this") && f.word(k+1, "past", "coming") && f.weekdayAt(k+2) >= 0 {
		k++
	}
	if m, ok := f.is(k, clMod); ok && mod(m.low) != modRecent && (mod(m.low) != modFollowing || f.word(k-1, "the")) {
		if j := k + 1; f.weekdayAt(j) >= 0 || f.monthAt(j) > 0 || f.has(j, clSeason) {
			e.mod, k = mod(m.low), j
		}
	}
	begin := k
	k = f.dateParts(&e, k)
	if k == begin {
		if season, ok := f.season(e, k, after); ok {
			return season, true
		}
		return f.numeric(e, k)
	}
	if e.month == 0 && e.weekday < 0 {
		return e, false
	}
	e.end = k
	f.tail(&e)
	return e, true
}

// mid reads the rest of mid-September, mid-2025, mid-1990s.
func (f *finder) mid(e expr, k int32, rest string) (expr, bool) {
	e.pos, e.end = middle, k+1
	for _, w := range f.table[rest] {
		if w.class == clMonth || w.class == clMonthShort {
			e.month = w.low
			f.yearAfter(&e)
			return e, true
		}
		if w.class == clUnit && w.low == 4 { // mid-week
			e.kind, e.unit, e.mod = kindUnit, 4, modThis
			return e, true
		}
	}
	if y, s := strings.CutSuffix(rest, "s"); s && len(y) == 4 {
		if n, err := strconv.Atoi(y); err == nil && isYear(n) {
			e.kind, e.year = kindDecade, n
			return e, true
		}
	}
	if n, err := strconv.Atoi(rest); err == nil && len(rest) == 4 && isYear(n) {
		e.year = n
		return e, true
	}
	return e, false
}

// dateParts reads a weekday, a day and month, and a year from k on and gives
// the end of what it has read.
func (f *finder) dateParts(e *expr, k int32) int32 {
	if w := f.weekdayAt(k); w >= 0 {
		e.weekday = w
		k++
		j := k
		if f.word(j, ",") {
			j++
		}
		if f.word(j, "the") {
			j++
		}
		if n := f.dayMonth(e, j); n > j {
			return n
		}
		return k
	}
	return f.dayMonth(e, k)
}

// dayMonth reads "March 3", "3 March", "the third of March", "March 12-13", each
// with a year or without.
func (f *finder) dayMonth(e *expr, k int32) int32 {
	if m := f.monthAt(k); m > 0 {
		e.month, e.end = m, k+1
		if n := f.dayNumber(k + 1); n > 0 && f.yearAt(k+1) == 0 {
			e.day, e.end = n, k+2
			if f.word(e.end, "-", "–", "and", "to") && f.dayNumber(e.end+1) > n && f.monthAt(e.end+2) == 0 && !f.counts(e.end+1) {
				e.day2, e.end = f.dayNumber(e.end+1), e.end+2
			}
		}
		f.yearAfter(e)
		return e.end
	}
	n := f.dayNumber(k)
	if n == 0 {
		return k
	}
	j, n2 := k+1, 0
	if f.word(j, "-", "–", "and", "to") && f.dayNumber(j+1) > n {
		n2 = f.dayNumber(j + 1)
		j += 2
	}
	if f.word(j, "of") {
		j++
	}
	m := f.monthAt(j)
	if m == 0 {
		return k
	}
	e.day, e.day2, e.month, e.end = n, n2, m, j+1
	f.yearAfter(e)
	return e.end
}

// counts reports that the number at i counts what follows: "March 3 and 12 men".
func (f *finder) counts(i int32) bool {
	return i+1 < f.end && f.upos(i+1) == doc.NOUN
}

// dayNumber is the day of a month at k, 0 for none.
func (f *finder) dayNumber(k int32) int {
	if o, ok := f.is(k, clOrdinal); ok {
		return o.low
	}
	if n := f.integer(k); n >= 1 && n <= 31 && len(f.form(k)) <= 2 {
		return n
	}
	return 0
}

// yearAfter reads the year after a day or month: "March 2015", "March 3, 2015",
// "March last year", "March of that year".
func (f *finder) yearAfter(e *expr) {
	k := e.end
	if f.word(k, ",", "of") && (e.day > 0 || f.word(k, "of")) || f.word(k, ",") && f.yearAt(k+1) > 0 {
		k++
	}
	if y := f.yearAt(k); y > 0 {
		e.year, e.end = y, k+1
		return
	}
	if f.word(k, "the") {
		k++
	}
	if m, ok := f.is(k, clMod); ok {
		if n, plural, is := f.unitAt(k + 1); is && n == 6 && !plural {
			e.yearMod, e.end = mod(m.low), k+2
		}
	}
}

// numeric reads 2025-03-03, 3/25/2025 and 25.3.2025; where day and month cannot
// be told apart nothing is read.
func (f *finder) numeric(e expr, k int32) (expr, bool) {
	s := f.form(k)
	if len(s) < 8 || len(s) > 10 || s[0] < '0' || s[0] > '9' {
		return e, false
	}
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		e.year, e.month, e.day, e.end = t.Year(), int(t.Month()), t.Day(), k+1
		return e, true
	}
	var n [3]int
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '.' })
	if len(parts) != 3 || len(parts[2]) != 4 {
		return e, false
	}
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil {
			return e, false
		}
		n[i] = v
	}
	if n[0] > 12 || strings.Contains(s, ".") {
		n[0], n[1] = n[1], n[0]
	}
	if n[0] < 1 || n[0] > 12 || n[1] < 1 || n[1] > 31 || !isYear(n[2]) || strings.Contains(s, "/") && n[1] <= 12 && n[0] != n[1] {
		return e, false
	}
	e.month, e.day, e.year, e.end = n[0], n[1], n[2], k+1
	return e, true
}

// season reads "the spring of 2025", "summer 2024", "last winter", "the fall".
func (f *finder) season(e expr, k int32, after bool) (expr, bool) {
	s, ok := f.is(k, clSeason)
	if !ok || f.upos(k) == doc.VERB {
		return e, false
	}
	e.kind, e.month, e.end = kindSeason, s.low, k+1
	f.yearAfter(&e)
	if e.year == 0 && e.yearMod == 0 && e.mod == 0 {
		the := f.word(k-1, "the", "this", "early", "late")
		if !after || !the || f.word(k+1, "of", "-") || f.upos(k+1) == doc.NOUN && k+1 < f.end {
			return e, false
		}
	}
	return e, true
}

// tail reads what may follow a day: the part of the day, an hour, "last week".
func (f *finder) tail(e *expr) {
	if e.day == 0 && e.weekday < 0 {
		return
	}
	k := e.end
	if f.has(k, clDaypart) {
		e.end++
	} else if j := f.seq(k, "in", "the"); j > k && f.has(j, clDaypart) {
		e.end = j + 1
	}
	if m, ok := f.is(e.end, clMod); ok && e.weekday >= 0 && e.mod == 0 && f.word(e.end+1, "week") {
		switch mod(m.low) {
		case modLast, modNext, modThis: // "Monday last week"
			e.yearMod, e.unit, e.end = mod(m.low), 4, e.end+2
		}
	}
	k = e.end
	if f.word(k, ",") {
		k++
	}
	if f.word(k, "at") {
		k++
	} else if k > e.end {
		return
	}
	if c, ok := f.clock(k, k > e.end); ok {
		e.hour, e.minute, e.zone, e.hasZone, e.end = c.hour, c.minute, c.zone, c.hasZone, c.end
	}
}
