package actor

import (
	"slices"
	"strings"

	"readout/doc"
	"readout/registry"
)

// nationsIn are the countries that the words of s name or their adjectives
// tell of, in text order.
func (r *run) nationsIn(s doc.Span) []string {
	var out []string
	for i := s.Begin; i < s.End; i++ {
		k := r.matchAt[i]
		if k < 0 {
			continue
		}
		i = r.matches[k].span.End - 1
		if !r.backs(i + 1) {
			out = append(out, r.nationsOf(r.matches[k].list)...)
		}
	}
	return slices.Compact(out)
}

// backs reports whether token i is the hyphen of "Vietnamese-backed" or
// "U.S.-led": then the country is not that of who is so called.
func (r *run) backs(i int32) bool {
	d := r.d
	if i+1 >= int32(d.Len()) || d.Form(i) != "-" || r.matchAt[i+1] >= 0 {
		return false
	}
	w := d.Form(i + 1)
	return strings.HasSuffix(w, "ed") || w == "led" || w == "born" || w == "held" || w == "made" || w == "run"
}

// nationsOf is the country (or IGO and the like) of the likeliest match.
func (r *run) nationsOf(list []registry.Match) []string {
	for _, m := range list {
		switch m.Entry.Kind {
		case registry.Person, registry.Platform, registry.Agency:
			continue
		}
		if m.Entry.Country != "" {
			return []string{m.Entry.Country}
		}
		return nil
	}
	return nil
}

// nation is a country that the text speaks of and the token where it does so
// first.
type nation struct {
	code  string
	first int32
}

// homeCountry is the country whose government "the government" is in an article
// that never says: the one that the article speaks of at least twice as often
// as of any other, or "".
func (r *run) homeCountry() string {
	count := map[string]int{}
	r.nationCount = map[string]int{}
	for _, m := range r.matches {
		if n := r.nationsOf(m.list); len(n) == 1 && !supranational(n[0]) {
			count[n[0]]++
			if m.list[0].Entry.Kind == registry.Country {
				if r.nationCount[n[0]]++; r.nationCount[n[0]] == 1 {
					r.nations = append(r.nations, nation{n[0], m.span.Begin})
				}
			}
		}
	}
	best, second, name := 0, 0, ""
	for _, m := range r.matches { // in text order, for the same answer each time
		n := r.nationsOf(m.list)
		if len(n) == 0 || n[0] == name || supranational(n[0]) {
			continue
		}
		if c := count[n[0]]; c > best {
			best, second, name = c, best, n[0]
		} else {
			second = max(second, c)
		}
	}
	if best < 4 || best < 2*second {
		return ""
	}
	return name
}
