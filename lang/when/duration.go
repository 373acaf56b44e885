package when

import (
	"math"
	"strings"

	"readout/doc"
)

// maxMinutes bounds a duration: a thousand years.
const maxMinutes = 1000 * 365 * 1440

// duration reads a duration at i: "roughly 40-minute", "almost three hours",
// "two and a half hours", "half an hour", "day-long". Its words of approximation
// belong to it. A number of units that is an age, a place in a row, a frequency or
// a distance ("two days after the vote") is none; neither is one whose number is not known ("several hours").
func (f *finder) duration(i int32) (doc.Duration, bool) {
	k, approx := f.approximation(i)
	n, end, unit, about, ok := f.quantity(k)
	if !ok || f.word(end, "old") || f.word(end, "-") && f.word(end+1, "old") {
		return doc.Duration{}, false
	}
	if f.word(i-1, "every", "each", "per", "first", "last") || f.has(i-1, clOrdinal) ||
		f.word(end, "ago", "before", "after", "late", "early", "earlier", "later", "away", "ahead", "behind") || f.seq(end, "from", "now") > end {
		return doc.Duration{}, false
	}
	if k := f.seq(end, "or", "so"); k > end {
		end, about = k, true
	} else if f.word(end, "or") && f.word(end+1, "more") {
		end, about = end+2, true
	}
	minutes := n * units[unit].minutes
	if minutes < 1 || minutes > maxMinutes {
		return doc.Duration{}, false
	}
	return doc.Duration{Span: doc.Span{Begin: i, End: end}, Minutes: int(math.Round(minutes)), Approximate: approx || about}, true
}

// approximation reads the words before a number: "about", "more than", "at least".
func (f *finder) approximation(i int32) (int32, bool) {
	k := i
	for _, p := range [...][]string{{"more", "than"}, {"less", "than"}, {"at", "least"}, {"at", "most"}, {"up", "to"}, {"close", "to"}, {"just", "over"}, {"just", "under"}, {"well", "over"}} {
		if j := f.seq(k, p...); j > k {
			return j, true
		}
	}
	for f.has(k, clApprox) && k < i+2 {
		k++
	}
	return k, k > i
}

// quantity reads a number and its unit.
func (f *finder) quantity(i int32) (n float64, end int32, unit int, about, ok bool) {
	if f.word(i, "half") && f.word(i+1, "a", "an", "-") { // half an hour, half-hour
		if u, plural, is := f.unitAt(i + 2); is && !plural {
			return .5, i + 3, u, false, true
		}
	}
	if f.word(i, "half-hour") {
		return .5, i + 1, 2, false, true
	}
	if u, _, is := f.unitAt(i); is && u >= 2 && f.word(i+1, "-") && f.word(i+2, "long") { // day-long
		return 1, i + 3, u, true, !f.has(i, clUnits)
	}
	if w, is := strings.CutSuffix(strings.ToLower(f.form(i)), "long"); is && len(w) > 2 { // daylong
		for _, e := range f.table[w] {
			if e.class == clUnit && e.low >= 2 {
				return 1, i + 1, e.low, true, true
			}
		}
	}
	low, high, k, is := f.number(i)
	if !is || low == 0 || high > 2*low {
		return 0, 0, 0, false, false
	}
	for _, p := range [...][]string{{"-", "and", "-", "a", "-", "half"}, {"and-a-half"}} {
		if j := f.seq(k, p...); j > k {
			k, low, high = j, low+.5, high+.5
		}
	}
	hyphen := f.word(k, "-", "–")
	if hyphen {
		k++
	}
	u, plural, isUnit := f.unitAt(k)
	if !isUnit || hyphen && plural {
		return 0, 0, 0, false, false
	}
	if !hyphen && !plural && low != 1 && low != .5 { // "two day" of list and title
		return 0, 0, 0, false, false
	}
	if f.word(i, "a", "an", "one") && !f.durational(i) && !(hyphen && f.word(i, "one")) {
		return 0, 0, 0, false, false // "twice a day", "one day", "a $5 - an - hour job"
	}
	k++
	if j := f.seq(k, "and", "a", "half"); j > k && !hyphen {
		return low + .5, j, u, false, true
	}
	if f.word(k, "-") && f.word(k+1, "long") {
		k += 2
	}
	return (low + high) / 2, k, u, low != high || f.word(i, "couple") || f.word(i+1, "couple"), true
}

// durational reports that "an hour" at i tells how long: "for an hour", "an hour
// of talks", "about an hour".
func (f *finder) durational(i int32) bool {
	return f.word(i-1, "for", "lasted", "lasting", "took", "of", "with", "after", "over", "than") || f.has(i-1, clApprox) ||
		f.word(i+2, "of", "and") || f.word(i+2, "-")
}
