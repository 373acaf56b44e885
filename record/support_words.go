package record

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"readout/registry"
)

// quantity is a number with the word that is counted: 12 ships, 120 days.
type quantity struct {
	value float64
	units []string // stems of the words after it, the first two
}

// length is the length of time that a quantity counts, in days; 0 for another.
func (q *quantity) length() float64 {
	for _, u := range q.units {
		if l := lengths[u]; l > 0 {
			return l
		}
	}
	return 0
}

// numerals are numbers in words.
var numerals = map[string]float64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
	"fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
	"sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12,
}

// scales multiply the number before them.
var scales = map[string]float64{"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9}

// lengths are units of time in days.
var lengths = map[string]float64{"day": 1, "week": 7, "month": 30, "year": 365}

// apart are words after a length of time that make it a distance.
var apart = map[string]bool{"before": true, "after": true, "ago": true, "later": true, "earlier": true, "from": true}

// plainWords are the folded words of a text, numbers in figures without the
// commas among them.
func plainWords(text string) []string {
	var b strings.Builder
	rs := []rune(text)
	for i, r := range rs {
		digits := i > 0 && i+1 < len(rs) && unicode.IsDigit(rs[i-1]) && unicode.IsDigit(rs[i+1])
		switch {
		case r == ',' && digits:
		case r == '.' && digits:
			b.WriteRune('·') // a point within a number
		default:
			b.WriteRune(r)
		}
	}
	return strings.FieldsFunc(registry.Fold(b.String()), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '·' })
}

// quantities are the numbers of a text with what they count. "A year" is one.
func quantities(words []string) []quantity {
	var out []quantity
	for i := 0; i < len(words); i++ {
		v, n := number(words[i:])
		if n > 0 && i+n+1 < len(words) && lengths[stem(words[i+n])] > 0 && apart[words[i+n+1]] {
			i += n // "eight days before": when, not how long
			continue
		}
		if n == 0 {
			if (words[i] == "a" || words[i] == "an") && i+1 < len(words) && lengths[stem(words[i+1])] > 0 && stem(words[i+1]) != "day" {
				out = append(out, quantity{1, []string{stem(words[i+1])}})
			}
			continue
		}
		q := quantity{value: v}
		// The word counted may have another before it: "12 grain ships".
		for j := i + n; j < min(i+n+2, len(words)); j++ {
			if w := stem(words[j]); len(w) > 2 && !lightWord[words[j]] {
				q.units = append(q.units, w)
			}
		}
		out = append(out, q)
		i += n - 1
	}
	return out
}

// number reads the number that begins a list of words, and how many it takes.
func number(words []string) (float64, int) {
	v, n := 0.0, 0
	for n < len(words) {
		w := words[n]
		switch f, err := strconv.ParseFloat(strings.ReplaceAll(w, "·", "."), 64); {
		case err == nil && n == 0 && !strings.ContainsAny(w, "einfx"):
			v = f
		case numerals[w] > 0 && (n == 0 || v >= 20 && numerals[w] < 10):
			v += numerals[w]
		case scales[w] > 0 && n > 0:
			v *= scales[w]
		case scales[w] > 0 && n == 0 && w == "hundred":
			v = 100
		default:
			return v, n
		}
		n++
	}
	return v, n
}

// stem cuts a word so that its forms are one.
func stem(w string) string {
	for _, suffix := range []string{"ations", "ation", "ings", "ing", "ions", "ion", "ies", "ers", "er", "ed", "es", "s", "y", "e"} {
		if t, ok := strings.CutSuffix(w, suffix); ok && len(t) >= 3 {
			w = t
			break
		}
	}
	if r := []rune(w); len(r) > 7 {
		w = string(r[:7])
	}
	return w
}

// lightWord are words that say nothing of what a sentence is about, and those of
// meeting and saying, which the kind of an event tells.
var lightWord = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`the of and to that is was for with his her their by at from has have had said says say will be been this which who not are were
it its an as he she they but or would after between in on a i we you our us my me do does did so if than then there these those them him can could may might
must shall should about into over out up down no any all also just very more most s t re ve ll d m what when where how both each other another under
met meet meets meeting meetings met held hold holds talks talk talked spoke speak speaks spoken discussion discussions conversation conversations call calls called
phone telephone telephoned telephonic visit visits visited travel travelled traveled travels take took part participate participated attend attended
give gives gave given get got make makes made put go went gone come came told tells tell announced announce confirmed confirm deny denied agree agreed add added state stated during its own new
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december`) {
		m[w] = true
	}
	return m
}()

// negations turn what a sentence says around.
var negations = map[string]bool{"not": true, "no": true, "never": true, "nothing": true, "without": true, "n't": true, "neither": true, "nor": true, "nobody": true, "none": true,
	"didn": true, "don": true, "doesn": true, "won": true, "isn": true, "wasn": true, "cannot": true, "refused": true, "declined": true, "ruled": true, "failed": true}

// content are the stems of a text that say what it is about, without those of
// other texts: names, times, places.
func content(words []string, without ...string) []string {
	skip := map[string]bool{}
	for _, t := range without {
		for _, w := range plainWords(t) {
			skip[stem(w)] = true
		}
	}
	var out []string
	for i, w := range words {
		if _, n := number(words[i:]); n > 0 || lightWord[w] || negations[w] || len(w) < 3 {
			continue
		}
		if s := stem(w); !skip[s] {
			out = append(out, s)
		}
	}
	return sortedSet(out)
}

// share is how many of some stems a text has, from 0 to 1; 1 where there are none.
func share(stems, have []string) float64 {
	if len(stems) == 0 {
		return 1
	}
	n := 0
	for _, s := range stems {
		if slices.Contains(have, s) {
			n++
		}
	}
	return float64(n) / float64(len(stems))
}
