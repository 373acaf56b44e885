package when

import (
	"time"

	"readout/doc"
)

// The way of an expression to days:
//
//   - with its year: as it says;
//   - with a word of direction (last, next, ago): by it;
//   - a bare weekday, day of a month, month, season: by tense, back to the last
//     one on or before the publication, or ahead to the first on or after it;
//     where a noun stands between it and the verb, and the verb is past, a date
//     goes to the nearest ("they announced talks on March 10");
//   - relative to a time of the article (the next day, a year earlier): to the
//     time that was spoken of last.

// resolve gives the interval of e; the zero interval where it is not known. The
// relation may take it to an end: "until the end of June" is its last day.
func (f *finder) resolve(e *expr) interval {
	var v interval
	switch e.kind {
	case kindRange:
		return f.resolveRange(e)
	case kindDate:
		v = f.resolveDate(e)
	case kindDay:
		if f.pub.IsZero() {
			return v
		}
		v = oneDay(f.pub.AddDate(0, 0, e.offset))
		if f.has(e.core, clOvernight) { // the night between
			v.from = v.from.AddDate(0, 0, -1)
		}
	case kindUnit:
		v = f.resolveUnit(e)
	case kindSpan:
		return f.resolveSpan(e)
	case kindShift, kindWithin:
		return f.resolveShift(e)
	case kindOffset:
		return f.resolveOffset(e)
	case kindMonthDay:
		v = f.resolveMonthDay(e)
	case kindSeason:
		v = f.resolveSeason(e)
	case kindDecade:
		v = decadeOf(e.year)
	case kindWeekend:
		v = f.resolveWeekend(e)
	case kindRefDay:
		v = f.resolveRefDay(e)
	}
	if v.known() {
		v = e.atHour(v.part(e.pos, f.pub))
	}
	if e.ends() && v.known() && (e.relation == doc.TimeBy || e.relation == doc.TimeUntil) {
		v.from, v.unit = v.to, doc.PerDay
	}
	return v
}

// ends reports whether e is a part of an interval that has a last day: a
// deadline "by the middle of May" is that day.
func (e *expr) ends() bool {
	switch e.pos {
	case early, middle, late, start, end:
		return true
	}
	return false
}

// atHour makes an instant of a day with an hour whose zone is known.
func (e *expr) atHour(v interval) interval {
	if e.hour < 0 || !e.hasZone || !v.from.Equal(v.to) {
		return v
	}
	t := v.from.Add(time.Duration(e.hour*60+e.minute-e.zone) * time.Minute)
	unit := doc.PerHour
	if e.minute != 0 {
		unit = doc.PerMinute
	}
	return interval{t, t, unit}
}

// resolveRange takes a begin without a year to the last one before the end:
// "from November to January".
func (f *finder) resolveRange(e *expr) interval {
	to := f.resolve(e.to)
	from := *e.from
	if !to.known() || to.unit < doc.PerDay {
		return interval{}
	}
	if from.year > 0 || from.yearMod != modNone || from.mod != modNone || from.kind != kindDate || from.month == 0 && from.weekday < 0 {
		return span(f.resolve(&from), to)
	}
	if from.month == 0 {
		return span(oneDay(onOrBefore(to.from, time.Weekday(from.weekday))), to)
	}
	for y := to.from.Year(); y >= to.from.Year()-1; y-- {
		if v := dateIn(y, &from); v.known() && !v.from.After(to.from) {
			return span(v, to)
		}
	}
	return interval{}
}

// span is from the begin of a to the end of b; unknown where that is no interval.
func span(a, b interval) interval {
	if !a.known() || !b.known() || b.to.Before(a.from) {
		return interval{}
	}
	return interval{a.from, b.to, min(a.unit, b.unit)}
}

// dateIn is month, or day and month, of e in year y.
func dateIn(y int, e *expr) interval {
	if e.easter {
		return oneDay(easter(y).AddDate(0, 0, e.day))
	}
	if e.day == 0 {
		return monthOf(day(y, time.Month(e.month), 1))
	}
	t := day(y, time.Month(e.month), e.day)
	if t.Day() != e.day { // February 30
		return interval{}
	}
	v := oneDay(t)
	if e.day2 > e.day {
		if t = day(y, time.Month(e.month), e.day2); t.Day() == e.day2 {
			v.to = t
		}
	}
	return v
}

func (f *finder) resolveDate(e *expr) interval {
	year := e.year
	if e.yearMod != modNone && e.unit != 4 {
		v := f.modUnit(e.yearMod, 6)
		if !v.known() {
			return interval{}
		}
		year = v.from.Year()
	}
	switch {
	case e.month == 0 && e.weekday >= 0:
		return f.resolveWeekday(e)
	case e.month == 0 && !e.easter:
		return yearOf(year)
	case year > 0:
		return dateIn(year, e)
	case f.history.known() && f.backwards(e):
		return f.afterHistory(e)
	case f.pub.IsZero():
		return interval{}
	}
	return f.nearDate(e)
}

// backwards reports that the verb over e, if there is one, is past.
func (f *finder) backwards(e *expr) bool {
	return e.mod == modNone && f.direction(doc.Span{Begin: e.core, End: e.end}, e.relation).tense != future
}

// afterHistory is the first day or month like e's at or after the date with a
// year that the paragraph spoke of last: "in 1998 … on April 10".
func (f *finder) afterHistory(e *expr) interval {
	for y := f.history.from.Year(); y <= f.history.from.Year()+1; y++ {
		if v := dateIn(y, e); v.known() && !v.to.Before(f.history.from) {
			return v
		}
	}
	return interval{}
}

// nearDate is the day or month of e that its mod or tense tells.
func (f *finder) nearDate(e *expr) interval {
	var before, after interval                            // the last not after the publication, the first not before it
	for y := f.pub.Year() - 8; y <= f.pub.Year()+8; y++ { // February 29 comes every eight years at worst
		v := dateIn(y, e)
		if !v.known() {
			continue
		}
		if !v.from.After(f.pub) {
			before = v
		}
		if !v.to.Before(f.pub) && !after.known() {
			after = v
		}
	}
	holds := before == after
	switch e.mod {
	case modLast, modPast:
		if holds {
			return dateIn(before.from.Year()-1, e)
		}
		return before
	case modNext, modComing:
		if holds {
			return dateIn(after.from.Year()+1, e)
		}
		return after
	case modThis:
		return dateIn(f.pub.Year(), e)
	case modSame, modFollowing, modPrevious:
		return interval{}
	}
	dir := f.directionOf(e)
	if e.weekday >= 0 && e.day > 0 { // the weekday tells the year
		if w := int(before.from.Weekday()); w == e.weekday {
			return before
		}
		if int(after.from.Weekday()) == e.weekday {
			return after
		}
	}
	back, ahead := f.pub.Sub(before.to), after.from.Sub(f.pub)
	switch {
	case dir.tense == future:
		return after
	case dir.tense == past && !dir.noun:
		return before
	case dir.tense == hoped:
		if back > nearby || back > ahead {
			return after
		}
		return before
	case ahead < back && (dir.tense == near || ahead <= nearby):
		return after
	}
	return before
}

// nearby is how far away, at most, a date lies to which the tense does not lead:
// a season. Reports name the year of what is farther off than that.
const nearby = 92 * 24 * time.Hour

func onOrBefore(t time.Time, w time.Weekday) time.Time {
	return t.AddDate(0, 0, -((int(t.Weekday())-int(w))+7)%7)
}

func onOrAfter(t time.Time, w time.Weekday) time.Time {
	return t.AddDate(0, 0, (int(w)-int(t.Weekday())+7)%7)
}

func (f *finder) resolveWeekday(e *expr) interval {
	w := time.Weekday(e.weekday)
	if e.yearMod != modNone && e.unit == 4 { // "Monday last week"
		v := f.modUnit(e.yearMod, 4)
		if !v.known() {
			return v
		}
		return oneDay(onOrAfter(v.from, w))
	}
	switch e.mod {
	case modFollowing:
		return f.fromRef(func(t interval) time.Time { return onOrAfter(t.to.AddDate(0, 0, 1), w) })
	case modPrevious:
		return f.fromRef(func(t interval) time.Time { return onOrBefore(t.from.AddDate(0, 0, -1), w) })
	case modSame:
		if r := f.spokenOf(doc.PerDay); r.known() && r.from.Weekday() == w {
			return oneDay(dayOf(r.from))
		}
		return interval{}
	}
	if f.pub.IsZero() {
		return interval{}
	}
	switch e.mod {
	case modLast, modPast:
		return oneDay(onOrBefore(f.pub.AddDate(0, 0, -1), w))
	case modNext:
		return oneDay(onOrAfter(monday(f.pub).AddDate(0, 0, 7), w))
	case modComing:
		return oneDay(onOrAfter(f.pub.AddDate(0, 0, 1), w))
	case modThis:
		return oneDay(onOrAfter(monday(f.pub), w))
	}
	before, after := onOrBefore(f.pub, w), onOrAfter(f.pub, w)
	switch f.directionOf(e).tense {
	case near, once:
		if after.Sub(f.pub) < f.pub.Sub(before) {
			return oneDay(after)
		}
	case future, hoped:
		return oneDay(after)
	}
	return oneDay(before)
}

// fromRef applies next to the time the article spoke of last, if it is a day.
func (f *finder) fromRef(next func(interval) time.Time) interval {
	r := f.spokenOf(doc.PerDay)
	if !r.known() {
		return interval{}
	}
	r.from, r.to = dayOf(r.from), dayOf(r.to)
	return oneDay(next(r))
}

func (f *finder) resolveRefDay(e *expr) interval {
	if e.pos == upToNow || e.pos == fromNow {
		if r := f.spokenOf(doc.PerDay); r.known() {
			return oneDay(dayOf(r.to))
		}
		if e.mod == modSame || f.pub.IsZero() {
			return interval{}
		}
		return oneDay(f.pub) // "later in the day"
	}
	return f.fromRef(func(r interval) time.Time {
		if e.offset < 0 {
			return r.from.AddDate(0, 0, e.offset)
		}
		return r.to.AddDate(0, 0, e.offset)
	})
}

// spokenOf is the last time of the article known to a unit no coarser than per.
func (f *finder) spokenOf(per doc.Granularity) interval {
	var best interval
	order := -1
	for u := doc.PerMinute; u <= max(per, doc.PerDay); u++ {
		if r := f.refs[u]; r.known() && r.order > order {
			best, order = r.interval, r.order
		}
	}
	return best
}

// modUnit is "last week", "that year": the calendar unit one before, at, or one
// after that of the publication, or of the time spoken of last.
func (f *finder) modUnit(m mod, unit int) interval {
	per := units[unit].per
	at := f.pub
	switch m {
	case modPrevious, modFollowing, modSame:
		r := f.spokenOf(per)
		if !r.known() {
			return interval{}
		}
		at = dayOf(r.from)
	}
	if at.IsZero() {
		return interval{}
	}
	first := unitOf(at, per).from
	return unitOf(shift(first, sign(m), per), per)
}

// resolveUnit is a unit by its mod; a quarter that has not begun, under a past
// verb, is that of the year before.
func (f *finder) resolveUnit(e *expr) interval {
	v := f.modUnit(e.mod, e.unit)
	if e.offset != 0 && v.known() { // the week before last
		return unitOf(shift(v.from, e.offset, units[e.unit].per), units[e.unit].per)
	}
	if e.pos >= quarter1 && e.mod == modThis && v.known() && v.part(e.pos, f.pub).from.After(f.pub) && f.directionOf(e).tense == past {
		return yearOf(v.from.Year() - 1)
	}
	return v
}

// vague is how far "the coming days", "recent weeks" reach, by unit: about as
// far as the next larger unit.
var vague = [...]struct {
	n   int
	per doc.Granularity
}{3: {7, doc.PerDay}, 4: {1, doc.PerMonth}, 5: {6, doc.PerMonth}, 6: {5, doc.PerYear}, 7: {3, doc.PerDecade}}

// resolveSpan is a number of units up to the publication or from it on.
func (f *finder) resolveSpan(e *expr) interval {
	if f.pub.IsZero() {
		return interval{}
	}
	n, per := int(e.high), units[e.unit].per
	if n == 0 {
		if e.unit >= len(vague) || vague[e.unit].n == 0 {
			return interval{}
		}
		n, per = vague[e.unit].n, vague[e.unit].per
	}
	if n > 1000 {
		return interval{}
	}
	unit := max(units[e.unit].per, doc.PerDay)
	if sign(e.mod) < 0 {
		return interval{dayOf(shift(f.pub, -n, per)), f.pub, unit}
	}
	return interval{f.pub, dayOf(shift(f.pub, n, per)), unit}
}

// resolveShift is a number of units away from the publication or the time
// spoken of last: a day, or the calendar unit around it.
func (f *finder) resolveShift(e *expr) interval {
	per := units[e.unit].per
	at := interval{f.pub, f.pub, doc.PerDay}
	if e.fromRef {
		at = f.spokenOf(per)
	}
	low, high := int(e.low), int(e.high)
	if e.kind == kindWithin && f.direction(doc.Span{Begin: e.core, End: e.end}, e.relation).tense == past {
		return interval{} // "collapsed within weeks" is counted from something else
	}
	if to := f.reach(e.unit); e.kind == kindWithin && high == 0 && !e.event && at.known() && !to.IsZero() {
		return interval{f.pub, to, max(per, doc.PerDay)}
	}
	if !at.known() || low == 0 || high > 1000 || e.event {
		return interval{}
	}
	if e.kind == kindWithin {
		return interval{f.pub, dayOf(shift(f.pub, high, per)), max(per, doc.PerDay)}
	}
	if per < doc.PerDay { // hours: the same day, or the one around midnight is not known
		return interval{}
	}
	a, b := shift(at.from, e.offset*low, per), shift(at.to, e.offset*high, per)
	if low == high {
		return unitOf(dayOf(a), per)
	}
	if e.offset < 0 {
		a, b = shift(at.from, -high, per), shift(at.to, -low, per)
	}
	return interval{dayOf(a), dayOf(b), per}
}

func (f *finder) resolveSeason(e *expr) interval {
	m := time.Month(e.month)
	if e.yearMod != modNone {
		v := f.modUnit(e.yearMod, 6)
		if !v.known() {
			return v
		}
		e.year = v.from.Year()
	}
	if e.year > 0 {
		return seasonOf(e.year, m)
	}
	if f.pub.IsZero() || e.mod >= modFollowing && e.mod != modThis || e.mod == modPrevious {
		return interval{}
	}
	var before, after interval // the last that has begun, the first that has not ended
	for y := f.pub.Year() - 2; y <= f.pub.Year()+1; y++ {
		v := seasonOf(y, m)
		if !v.from.After(f.pub) {
			before = v
		}
		if !v.to.Before(f.pub) && !after.known() {
			after = v
		}
	}
	back := e.mod == modLast || e.mod == modPast
	switch {
	case before == after && back:
		return seasonOf(before.from.Year()-1, m)
	case before == after && (e.mod == modNext || e.mod == modComing):
		return seasonOf(after.from.Year()+1, m)
	case back, e.mod == modNone && f.directionOf(e).tense == past:
		return before
	case e.mod == modThis && before.known() && before.from.Year() == f.pub.Year():
		return before
	}
	return after
}

func (f *finder) resolveWeekend(e *expr) interval {
	if f.pub.IsZero() {
		return interval{}
	}
	this := weekendOf(f.pub)
	lastOne := weekendOf(f.pub.AddDate(0, 0, -7))
	switch e.mod {
	case modLast, modPast:
		return weekendOf(lastOne.from.AddDate(0, 0, 7*e.offset))
	case modNext:
		return weekendOf(f.pub.AddDate(0, 0, 7+7*e.offset))
	case modThis, modComing:
		return this
	case modNone:
		if t := f.directionOf(e).tense; this.from.After(f.pub) && t != future && t != hoped {
			return lastOne
		}
		return this
	}
	return interval{}
}
