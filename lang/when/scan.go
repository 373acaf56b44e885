package when

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/doc"
)

// kind is how an expression is resolved.
type kind uint8

const (
	kindDate   kind = iota // weekday, day, month, year in any combination
	kindDay                // offset days from the publication
	kindUnit               // mod and a unit: last week, that year
	kindSpan               // mod and a number of units: the past two weeks
	kindShift              // a number of units before or after
	kindWithin             // from now to a number of units later
	kindSeason
	kindDecade
	kindWeekend
	kindRefDay   // the day after, the day before, later in the day
	kindClock    // an hour without its day
	kindRange    // from and to
	kindOffset   // a number of units from another time: a week from Friday
	kindMonthDay // the 20th
	kindUnknown  // a span only
)

// expr is an expression as it was read.
type expr struct {
	kind       kind
	begin, end int32
	core       int32 // where it begins without its preposition
	relation   doc.TimeRelation
	within     bool
	forward    bool // the words themselves say that it is ahead
	event      bool // it is measured from an event: "within a month of the vote"
	set        bool

	mod     mod
	pos     position
	weekday int // -1 none
	month   int
	day     int
	day2    int // of "12-13 May"
	year    int
	yearMod mod // "March last year"
	offset  int // days, or the sign of a shift
	fromRef bool
	low     float64
	high    float64
	unit    int // as in the table

	hour, minute int // hour -1 none
	zone         int
	hasZone      bool

	easter bool // day counts from Easter

	from, to *expr // of a range; from alone: what kindOffset counts from
}

func newExpr(k kind, i int32) expr { return expr{kind: k, begin: i, core: i, weekday: -1, hour: -1} }

// granularity is the unit of an expression whose interval is not known.
func (e *expr) granularity() doc.Granularity {
	switch e.kind {
	case kindDate:
		switch {
		case e.day > 0 || e.weekday >= 0 || e.easter:
			return doc.PerDay
		case e.month > 0:
			return doc.PerMonth
		}
		return doc.PerYear
	case kindDay, kindRefDay, kindWeekend, kindOffset, kindMonthDay:
		return doc.PerDay
	case kindUnit, kindSpan, kindShift, kindWithin, kindUnknown:
		return units[e.unit].per
	case kindSeason:
		return doc.PerSeason
	case kindDecade:
		return doc.PerDecade
	case kindClock:
		return doc.PerHour
	}
	return e.to.granularity()
}

// is gives the entry of token i in class c; a token outside the sentence has none.
func (f *finder) is(i int32, c class) (entry, bool) {
	if i < f.begin || i >= f.end {
		return entry{}, false
	}
	for _, e := range f.words[i] {
		if e.class == c {
			return e, true
		}
	}
	return entry{}, false
}

func (f *finder) has(i int32, c class) bool {
	_, ok := f.is(i, c)
	return ok
}

// form is token i, "" outside the sentence.
func (f *finder) form(i int32) string {
	if i < f.begin || i >= f.end {
		return ""
	}
	return f.d.Form(i)
}

// upos is the part of speech of token i, unset outside the sentence.
func (f *finder) upos(i int32) doc.UPOS {
	if i < f.begin || i >= f.end {
		return 0
	}
	return f.d.UPOS(i)
}

// word reports whether token i is one of the words, whatever its case.
func (f *finder) word(i int32, words ...string) bool {
	s := f.form(i)
	for _, w := range words {
		if strings.EqualFold(s, w) {
			return true
		}
	}
	return false
}

// seq is the end of the words from i on, i when they do not stand there.
func (f *finder) seq(i int32, words ...string) int32 {
	for k, w := range words {
		if !f.word(i+int32(k), w) {
			return i
		}
	}
	return i + int32(len(words))
}

func (f *finder) capital(i int32) bool {
	r, _ := utf8.DecodeRuneInString(f.form(i))
	return unicode.IsUpper(r)
}

// integer is the number that token i writes in digits, -1 for none.
func (f *finder) integer(i int32) int {
	s := f.form(i)
	if s == "" || len(s) > 9 {
		return -1
	}
	n := 0
	for k := range len(s) {
		if s[k] < '0' || s[k] > '9' {
			return -1
		}
		n = 10*n + int(s[k]-'0')
	}
	return n
}

// number reads a number of units: "two", "25", "twenty-five", "a few", "two or
// three", "2-3", "two and a half". The number at i may be preceded by nothing.
func (f *finder) number(i int32) (low, high float64, end int32, ok bool) {
	low, high, end, ok = f.oneNumber(i)
	if !ok {
		return
	}
	if k := f.seq(end, "and", "a", "half"); k > end {
		return low + .5, high + .5, k, true
	}
	if f.word(end, "or", "to", "-", "–") {
		if _, h, k, more := f.oneNumber(end + 1); more && h > low && !f.word(end+1, "a", "an") {
			return low, h, k, true
		}
	}
	return
}

func (f *finder) oneNumber(i int32) (low, high float64, end int32, ok bool) {
	if f.word(i, "a") && f.has(i+1, clVague) { // a few, a couple
		i++
	}
	if e, is := f.is(i, clVague); is {
		end = i + 1
		if f.word(i, "couple", "dozen") && f.word(end, "of") {
			end++
		}
		return float64(e.low), float64(e.high), end, true
	}
	if e, is := f.is(i, clNumber); is {
		end, low = i+1, float64(e.low)
		if e.low >= 20 && e.low <= 90 && f.word(end, "-") {
			if u, more := f.is(end+1, clNumber); more && u.low < 10 {
				return low + float64(u.low), low + float64(u.low), end + 2, true
			}
		}
		return low, low, end, true
	}
	s := f.form(i)
	if tens, ones, hyphen := strings.Cut(s, "-"); hyphen && len(s) < 14 { // twenty-five as one token
		for _, t := range f.table[strings.ToLower(tens)] {
			for _, o := range f.table[ones] {
				if t.class == clNumber && o.class == clNumber && t.low >= 20 && t.low <= 90 && o.low < 10 {
					return float64(t.low + o.low), float64(t.low + o.low), i + 1, true
				}
			}
		}
	}
	if s == "" || s[0] < '0' || s[0] > '9' || len(s) > 9 {
		return
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", ""), 64)
	if err != nil {
		return
	}
	return v, v, i + 1, true
}

// unitAt reads a unit in the singular or plural at i.
func (f *finder) unitAt(i int32) (n int, plural, ok bool) {
	if e, is := f.is(i, clUnit); is {
		return e.low, false, true
	}
	if e, is := f.is(i, clUnits); is {
		return e.low, true, true
	}
	return 0, false, false
}

// isYear bounds what is taken for a year.
func isYear(n int) bool { return n >= 1500 && n < 2200 }

// yearAt reads a year at i: 2015, or '07 where short is allowed.
func (f *finder) yearAt(i int32) int {
	s := f.form(i)
	if n := f.integer(i); len(s) == 4 && isYear(n) {
		return n
	}
	if len(s) >= 3 && (s[0] == '\'' || strings.HasPrefix(s, "’")) {
		if n, err := strconv.Atoi(strings.TrimLeft(s, "'’")); err == nil && n >= 0 && n < 100 {
			return 2000 + n - 100*min(1, n/50)
		}
	}
	return 0
}

// monthAt reads the name of a month at i that is no other word: May the
// person, march the verb.
func (f *finder) monthAt(i int32) int {
	e, ok := f.is(i, clMonth)
	if !ok {
		if e, ok = f.is(i, clMonthShort); !ok || !f.capital(i) || !f.numberBeside(i) {
			return 0
		}
	}
	if !f.capital(i) {
		return 0
	}
	if f.numberBeside(i) {
		return e.low
	}
	if u := f.upos(i); u == doc.AUX || u == doc.VERB {
		return 0
	}
	if f.d.Has&doc.LayerTree == 0 {
		return e.low
	}
	switch rel := f.d.Deprel(i).Base(); {
	case rel == doc.RelFlat, f.person(i):
		return 0
	case rel == doc.RelNsubj && f.word(i, "may", "april", "june", "august", "march"):
		return 0
	}
	return e.low
}

// numberBeside reports a day or a year beside token i: May 5, 5 May, May 2015.
func (f *finder) numberBeside(i int32) bool {
	n := f.integer(i + 1)
	if o, ok := f.is(i+1, clOrdinal); ok && f.form(i + 1)[0] <= '9' {
		n = o.low
	}
	if n >= 1 && n <= 31 || f.yearAt(i+1) > 0 {
		return true
	}
	n = f.integer(i - 1)
	if o, ok := f.is(i-1, clOrdinal); ok {
		n = o.low
	}
	return n >= 1 && n <= 31
}

// person reports a name whose last part is token i, or that goes on after it.
func (f *finder) person(i int32) bool {
	if i > f.begin && f.upos(i-1) == doc.PROPN && f.d.Bytes(doc.Span{Begin: i - 1, End: i}).End+1 >= f.d.Tokens.Bytes[i].Begin &&
		!f.has(i-1, clWeekday) && f.d.Head(i) == i-1 {
		return true
	}
	return i+1 < f.end && f.upos(i+1) == doc.PROPN && f.d.Head(i+1) == i && f.d.Deprel(i+1).Base() == doc.RelFlat
}

// weekdayAt reads a weekday at i that is no part of another name; -1 for none.
func (f *finder) weekdayAt(i int32) int {
	e, ok := f.is(i, clWeekday)
	if !ok {
		if e, ok = f.is(i, clWeekdayAbb); !ok {
			return -1
		}
	}
	if !f.capital(i) || f.capital(i+1) && f.has(i+1, clPublication) {
		return -1
	}
	if f.capital(i-1) && f.has(i-1, clNameBefore) {
		return -1
	}
	return e.low
}
