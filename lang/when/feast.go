package when

import (
	_ "embed" // data/feasts.tsv
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"readout/doc"
)

//go:embed data/feasts.tsv
var feastData string

// feast is a day of the year with a name: a month and day, or days after Easter
// by the western reckoning.
type feast struct {
	words      []string
	month, day int // month 0: day counts from Easter Sunday
}

// loadFeasts gives the feasts by their first word, the longest first.
var loadFeasts = sync.OnceValue(func() map[string][]feast {
	out := map[string][]feast{}
	for n, line := range strings.Split(strings.TrimRight(feastData, "\n"), "\n")[1:] {
		c := strings.Split(line, "\t")
		month, err1 := strconv.Atoi(c[1])
		days, err2 := strconv.Atoi(c[2])
		if len(c) != 4 || err1 != nil || err2 != nil {
			panic(fmt.Sprintf("when: feasts.tsv:%d: %q", n+2, line))
		}
		w := strings.Fields(c[0])
		list := append(out[w[0]], feast{w, month, days})
		for k := len(list) - 1; k > 0 && len(list[k].words) > len(list[k-1].words); k-- {
			list[k], list[k-1] = list[k-1], list[k]
		}
		out[w[0]] = list
	}
	return out
})

// feast reads "Christmas", "last Easter", "New Year's Eve 2024", after a
// preposition or a word of direction; "the Christmas party" is no time.
func (f *finder) feast(i int32, after bool) (expr, bool) {
	e := newExpr(kindDate, i)
	k := i
	if m, ok := f.is(k, clMod); ok {
		e.mod, k = mod(m.low), k+1
	}
	if !f.capital(k) || k > f.begin && f.capital(k-1) && (f.upos(k-1) == doc.ADJ || f.upos(k-1) == doc.PROPN) {
		return e, false // Orthodox Christmas, the Lunar New Year
	}
	for _, x := range loadFeasts()[strings.ToLower(f.form(k))] {
		end := k
		for n, w := range x.words {
			if !f.word(k+int32(n), w) && !(w == "'s" && f.word(k+int32(n), "’s")) {
				break
			}
			end++
		}
		if int(end-k) < len(x.words) {
			continue
		}
		if f.capital(end) && f.has(end, clPublication) { // the Good Friday Agreement
			return e, false
		}
		e.end, e.month, e.day = end, x.month, x.day
		if x.month == 0 {
			e.easter = true
		}
		f.yearAfter(&e)
		return e, after || e.mod != modNone || e.year > 0 || e.yearMod != modNone
	}
	return e, false
}

// easter is Easter Sunday of a year by the western reckoning (Meeus, Jones and
// Butcher; Meeus 1991, Astronomical Algorithms, chapter 8).
func easter(y int) time.Time {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 19*l) / 433
	n := (h + l - 7*m + 90) / 25
	return day(y, time.Month(n), (h+l-7*m+33*n+19)%32)
}
