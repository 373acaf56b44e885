package when

import (
	"time"

	"readout/doc"
)

// interval is a stretch of days, both ends included, or an instant; the zero
// interval is not known.
type interval struct {
	from, to time.Time
	unit     doc.Granularity
}

func (v interval) known() bool { return !v.from.IsZero() }

// position is a part of an interval: "early 2026", "the end of June".
type position uint8

const (
	whole    position = iota
	early             // first third
	middle            // second third
	late              // last third
	start             // the first days or month
	end               // the last days or month
	half1             // first half
	half2             // second half
	upToNow           // "earlier this week": until the publication
	fromNow           // "later this week": from the publication on
	quarter1          // and the three after it
	quarter2
	quarter3
	quarter4
)

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// dayOf is the day of t in UTC.
func dayOf(t time.Time) time.Time {
	y, m, d := t.UTC().Date()
	return day(y, m, d)
}

func oneDay(t time.Time) interval { return interval{t, t, doc.PerDay} }

// monday is the first day of the week of t (ISO 8601).
func monday(t time.Time) time.Time { return t.AddDate(0, 0, -(int(t.Weekday())+6)%7) }

func weekOf(t time.Time) interval {
	m := monday(t)
	return interval{m, m.AddDate(0, 0, 6), doc.PerWeek}
}

func monthOf(t time.Time) interval {
	m := day(t.Year(), t.Month(), 1)
	return interval{m, m.AddDate(0, 1, -1), doc.PerMonth}
}

func yearOf(y int) interval { return interval{day(y, 1, 1), day(y, 12, 31), doc.PerYear} }

func decadeOf(y int) interval {
	y -= ((y % 10) + 10) % 10
	return interval{day(y, 1, 1), day(y+9, 12, 31), doc.PerDecade}
}

// seasonOf is the season that begins in month m of year y, as on the northern
// half of the earth; winter ends in the next year.
func seasonOf(y int, m time.Month) interval {
	b := day(y, m, 1)
	return interval{b, b.AddDate(0, 3, -1), doc.PerSeason}
}

// weekendOf is the Saturday and Sunday of the week of t.
func weekendOf(t time.Time) interval {
	m := monday(t)
	return interval{m.AddDate(0, 0, 5), m.AddDate(0, 0, 6), doc.PerDay}
}

// unitOf is the calendar unit that holds t.
func unitOf(t time.Time, u doc.Granularity) interval {
	switch u {
	case doc.PerWeek:
		return weekOf(t)
	case doc.PerMonth:
		return monthOf(t)
	case doc.PerYear:
		return yearOf(t.Year())
	case doc.PerDecade:
		return decadeOf(t.Year())
	}
	return oneDay(t)
}

// shift moves t by n units; months keep to the day or the month's last one.
func shift(t time.Time, n int, u doc.Granularity) time.Time {
	switch u {
	case doc.PerMinute:
		return t.Add(time.Duration(n) * time.Minute)
	case doc.PerHour:
		return t.Add(time.Duration(n) * time.Hour)
	case doc.PerWeek:
		return t.AddDate(0, 0, 7*n)
	case doc.PerMonth:
		return addMonths(t, n)
	case doc.PerYear:
		return addMonths(t, 12*n)
	case doc.PerDecade:
		return addMonths(t, 120*n)
	}
	return t.AddDate(0, 0, n)
}

func addMonths(t time.Time, n int) time.Time {
	first := day(t.Year(), t.Month(), 1).AddDate(0, n, 0)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1)
}

// part is the part p of v; now is the day of publication, for upToNow and fromNow.
func (v interval) part(p position, now time.Time) interval {
	n := int(v.to.Sub(v.from).Hours()/24) + 1
	cut := func(a, b int) interval {
		return interval{v.from.AddDate(0, 0, a), v.from.AddDate(0, 0, b-1), v.unit}
	}
	months := func(a, b int) interval {
		f := addMonths(v.from, a)
		return interval{f, addMonths(v.from, b).AddDate(0, 0, -1), v.unit}
	}
	inYear := v.unit == doc.PerYear
	switch {
	case p == upToNow && !now.IsZero() && !now.Before(v.from) && !now.After(v.to):
		return interval{v.from, now, v.unit}
	case p == fromNow && !now.IsZero() && !now.Before(v.from) && !now.After(v.to):
		return interval{now, v.to, v.unit}
	case v.unit == doc.PerDay && n < 5:
		return v
	case v.unit == doc.PerWeek:
		return v.partOfWeek(p)
	case inYear && early <= p && p <= late:
		return months(4*int(p-early), 4*int(p-early)+4)
	case inYear && p == start:
		return months(0, 1)
	case inYear && p == end:
		return months(11, 12)
	case inYear && (p == half1 || p == half2):
		return months(6*int(p-half1), 6*int(p-half1)+6)
	case inYear && p >= quarter1:
		q := months(3*int(p-quarter1), 3*int(p-quarter1)+3)
		q.unit = doc.PerSeason
		return q
	}
	if v.unit == doc.PerDecade { // early: the years 0 to 3, mid: 4 to 6, late: 7 to 9
		cuts := map[position][2]int{early: {0, 4}, middle: {4, 7}, late: {7, 10}, start: {0, 1}, end: {9, 10}, half1: {0, 5}, half2: {5, 10}}
		if c, ok := cuts[p]; ok {
			return months(12*c[0], 12*c[1])
		}
		return v
	}
	switch p {
	case early:
		return cut(0, n/3)
	case middle:
		return cut(n/3, n-n/3)
	case late:
		return cut(n-n/3, n)
	case start:
		return cut(0, min(n, 7))
	case end:
		return cut(max(0, n-7), n)
	case half1:
		return cut(0, n/2)
	case half2:
		return cut(n/2, n)
	}
	return v
}

func (v interval) partOfWeek(p position) interval {
	switch p {
	case early, start, half1: // Monday to Wednesday
		return interval{v.from, v.from.AddDate(0, 0, 2), v.unit}
	case middle: // Tuesday to Thursday
		return interval{v.from.AddDate(0, 0, 1), v.from.AddDate(0, 0, 3), v.unit}
	case late, end, half2: // Thursday to Sunday
		return interval{v.from.AddDate(0, 0, 3), v.to, v.unit}
	}
	return v
}
