package join

import "readout/registry"

// nearDays is how far apart events are that a person is asked about.
const nearDays = 2

// Near tells why two mentions that no rule ties may be one all the same, and how
// likely that is, 0 to 1: the same people on one day in two places, or told as
// two kinds of thing; a day or two apart; or without a day at the same time. It
// is symmetric, and for people to look at.
func Near(a, b *Mention) (doubt float64, why string) {
	if a.Article == b.Article || past(a.Status) != past(b.Status) {
		return 0, ""
	}
	who := people(a, b)
	if who.score <= 0 || !who.full && !who.named {
		return 0, ""
	}
	alike := family(a) == family(b)
	if !alike && !(encounter(family(a)) && encounter(family(b))) {
		return 0, ""
	}
	if !a.When.Dated() || !b.When.Dated() {
		if alike && who.named && !Apart(a.Place, b.Place) && distance(a.Published, b.Published) <= echoPast {
			return 0.5, who.why + ", told of at the same time"
		}
		return 0, ""
	}
	switch g := gap(a.When, b.When); {
	case g > nearDays || eachDay(a, b) && g > 0:
		return 0, ""
	case !alike && g == 0 && !Apart(a.Place, b.Place):
		return 0.5, who.why + ", same day, as " + a.Kind + " and as " + b.Kind
	case !alike:
		return 0, ""
	case g == 0 && Apart(a.Place, b.Place):
		return 0.6, who.why + ", same day, another place"
	case g == 0:
		return 0.6, who.why + ", same day"
	case !Apart(a.Place, b.Place):
		return 0.5, who.why + ", a day or two apart"
	}
	return 0, ""
}

// Apart reports whether two places are known, and neither lies in the other.
func Apart(a, b *Place) bool {
	if a == nil || b == nil {
		return false
	}
	_, ok := places(a, b)
	return !ok
}

// Alike reports whether two names of persons may be two spellings of one, or one
// of them a part of the other: all pieces of the shorter are in the longer, and
// one may be written otherwise by a letter or two.
func Alike(a, b string) bool {
	x, y := pieces(a), pieces(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) < 2 {
		return false
	}
	left := append([]string(nil), y...)
	other := ""
	for _, p := range x {
		at := -1
		for i, q := range left {
			if p == q {
				at = i
				break
			}
		}
		switch {
		case at >= 0:
			left = append(left[:at], left[at+1:]...)
		case other != "":
			return false
		default:
			other = p
		}
	}
	if other == "" {
		return true
	}
	for _, q := range left {
		if nearly(other, q) {
			return true
		}
	}
	return false
}

func pieces(name string) []string { return words(registry.Fold(name)) }

// nearly reports whether two words of four letters or more are one but for a
// letter: another one, one more, or one less; of eight letters or more, two.
func nearly(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) < 4 || len(y) < 4 {
		return false
	}
	limit := 1
	if min(len(x), len(y)) >= 8 {
		limit = 2
	}
	if max(len(x)-len(y), len(y)-len(x)) > limit {
		return false
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			cost := diagonal
			if x[i] != y[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(y)] <= limit
}
