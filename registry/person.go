package registry

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

func (b *builder) addHolder(w row) error {
	if err := cmp.Or(checkCountry(w, "country", w.get("country")), checkWikidata(w)); err != nil {
		return err
	}
	e, err := b.entry(w, w.get("key"), Person)
	if err != nil {
		return err
	}
	set(&e.Name, w.get("name"))
	if e.Name == "" {
		return w.errorf("no name: the first row of a key needs one")
	}
	o := Office{Title: w.get("title"), Org: w.get("org"), Country: w.get("country"), Role: w.get("role")}
	if o.Level, err = level(w); err != nil {
		return err
	}
	if o.From, err = ParseDate(w.get("from")); err != nil {
		return w.errorf("from: %v", err)
	}
	if o.To, err = ParseDate(w.get("to")); err != nil {
		return w.errorf("to: %v", err)
	}
	if !o.From.IsZero() && !o.To.IsZero() && o.To.Last().Before(o.From.First()) {
		return w.errorf("from %s is after to %s", o.From, o.To)
	}
	if g := w.get("gender"); g != "" {
		var ok bool
		if e.Gender, ok = valueOf[Gender](genderNames, g); !ok {
			return w.errorf("gender %q is not f or m", g)
		}
	}
	set(&e.Wikidata, w.get("wikidata"))
	if e.Country == "" || len(o.Country) == 3 && e.Country == "IGO" {
		e.Country = o.Country
	}
	if o.Title != "" {
		e.Offices = slices.DeleteFunc(e.Offices, func(p Office) bool {
			return p.Title == o.Title && p.Org == o.Org && p.Country == o.Country && p.From == o.From
		})
		e.Offices = append(e.Offices, o)
	}
	e.called(FormName, w.get("name"))
	e.called(FormName, w.list("variants")...)
	e.called(FormSurname, w.list("surname")...)
	return nil
}

func level(w row) (Level, error) {
	s := w.get("level")
	if s == "" {
		return 0, nil
	}
	l, ok := ParseLevel(s)
	if !ok {
		return 0, w.errorf("level %q is not leaders, ministers, envoys or officials", s)
	}
	return l, nil
}

// surnameFirst are the countries whose people the press calls by the first word
// of their name.
var surnameFirst = []string{"CHN", "PRK", "KOR", "TWN", "HKG", "MAC"}

// bothOrders are the countries where family names come first at home, and in the
// press of elsewhere now first and now last: Orban Viktor, Abe Shinzo, Jinping Xi.
var bothOrders = append([]string{"HUN", "JPN"}, surnameFirst...)

// turned is a name of two words in the other order, "" where there is none.
func turned(name, country string) string {
	first, last, two := strings.Cut(name, " ")
	if !two || strings.Contains(last, " ") || !slices.Contains(bothOrders, country) {
		return ""
	}
	return last + " " + first
}

// particles belong to the surname that follows them.
var particles = map[string]bool{
	"al": true, "el": true, "bin": true, "ben": true, "ibn": true, "abu": true, "von": true, "van": true, "der": true, "den": true,
	"de": true, "da": true, "do": true, "dos": true, "del": true, "della": true, "di": true, "du": true, "la": true, "le": true,
	"ter": true, "ten": true, "af": true, "av": true, "zu": true, "ould": true, "st": true, "saint": true, "ul": true, "ur": true,
}

// surnames gives what a person may be called for short: the last word of the
// name with the particles before it, and without; the first word where the
// family name comes first.
func surnames(name, country string) []string {
	words := strings.Fields(name)
	if len(words) < 2 {
		return nil
	}
	if slices.Contains(surnameFirst, country) && !strings.Contains(words[0], "-") {
		return words[:1]
	}
	last := len(words) - 1
	if s := strings.Trim(words[last], "."); s == "Jr" || s == "Sr" || strings.Trim(s, "IVX") == "" {
		words, last = words[:last], last-1 // Joe Kennedy III, Abdullah II
	}
	first := last
	for first > 1 && particles[Fold(words[first-1])] {
		first--
	}
	out := []string{strings.Join(words[first:], " ")}
	if first < last {
		out = append(out, words[last])
	}
	for _, article := range [...]string{"al-", "Al-", "el-", "El-"} {
		if s, ok := strings.CutPrefix(words[last], article); ok {
			out = append(out, s)
		}
	}
	return out
}

// OfficesAt are the offices that a person holds at a date, the highest first.
func (r *Registry) OfficesAt(e *Entry, at time.Time) []Office {
	return e.officesWhere(func(o Office) bool { return o.At(at) })
}

// FormerAt are the offices that a person has left by a date, the latest first.
func (r *Registry) FormerAt(e *Entry, at time.Time) []Office {
	out := e.officesWhere(func(o Office) bool { return o.Before(at) })
	slices.SortStableFunc(out, func(a, b Office) int { return b.To.Last().Compare(a.To.Last()) })
	return out
}

func (e *Entry) officesWhere(keep func(Office) bool) []Office {
	var out []Office
	if e == nil {
		return nil
	}
	for _, o := range e.Offices {
		if keep(o) {
			out = append(out, o)
		}
	}
	slices.SortStableFunc(out, func(a, b Office) int {
		return cmp.Or(cmp.Compare(rank(a.Level), rank(b.Level)), b.From.First().Compare(a.From.First()))
	})
	return out
}

func rank(l Level) int {
	if l == 0 {
		return 9
	}
	return int(l)
}

// Candidate is somebody a name may mean.
type Candidate struct {
	Entry      *Entry
	Confidence float32 // 0 to 1, by form of the name, number of rivals, and office at the date
	Office     Office  // held at the date, the highest; else the last one left; zero when none is known
	Former     bool    // Office was left before the date
}

// Person gives the people that name may mean at a date, the likeliest first.
// Name is a full name or a surname, in any spelling the tables know. A surname
// means those in office first: "Kim" is ambiguous, and the confidence says so.
// The zero time means that the date is not known.
func (r *Registry) Person(name string, at time.Time) []Candidate {
	var out []Candidate
	var weights []float32
	sum := float32(0)
	for _, m := range r.Lookup(name) {
		if m.Entry.Kind != Person {
			continue
		}
		c := Candidate{Entry: m.Entry, Confidence: 0.95}
		if m.Form == FormSurname {
			c.Confidence = 0.8
		}
		c.Office, c.Former = officeFor(r, m.Entry, at)
		w := prominence(c.Office)
		switch {
		case c.Office == (Office{}):
			c.Confidence *= 0.6
			w *= 0.05
		case c.Former:
			c.Confidence *= 0.85
			w *= 0.15
		}
		out, weights, sum = append(out, c), append(weights, w), sum+w
	}
	for i := range out {
		out[i].Confidence *= weights[i] / sum
	}
	slices.SortStableFunc(out, func(a, b Candidate) int { return cmp.Compare(b.Confidence, a.Confidence) })
	return out
}

// prominence is how much an office makes its holder the one a shared name
// means. The numbers are an order, with steps wide enough to show in the
// confidence: the leader of a state before its premier, leaders before
// ministers, ministers before envoys and the rest.
func prominence(o Office) float32 {
	switch {
	case o.Kind == SupremeLeader:
		return 1.2
	case o.Kind == President, o.Kind == Monarch:
		return 1
	case o.Kind == PrimeMinister:
		return 0.9
	case o.Level == Leaders:
		return 0.7
	case o.Level == Ministers:
		return 0.5
	}
	return 0.25
}

func officeFor(r *Registry, e *Entry, at time.Time) (Office, bool) {
	if at.IsZero() {
		if n := len(e.Offices); n > 0 {
			return e.Offices[n-1], false
		}
		return Office{}, false
	}
	if now := r.OfficesAt(e, at); len(now) > 0 {
		return now[0], false
	}
	if past := r.FormerAt(e, at); len(past) > 0 {
		return past[0], true
	}
	return Office{}, false
}

// holderKey finds the holders of an office.
type holderKey struct {
	kind    OfficeKind
	country string
}

// Holders are the people who hold an office of a kind for a country (or IGO,
// UNO, EUR) at a date, those who took it last first. On the day of a change
// there are two.
func (r *Registry) Holders(kind OfficeKind, country string, at time.Time) []*Entry {
	return r.holding(r.holders[holderKey{kind, country}], func(o Office) bool {
		return o.Kind == kind && o.Country == country && o.At(at)
	})
}

// FormerHolders are the people who had left an office by a date, the latest
// first.
func (r *Registry) FormerHolders(kind OfficeKind, country string, at time.Time) []*Entry {
	return r.holding(r.holders[holderKey{kind, country}], func(o Office) bool {
		return o.Kind == kind && o.Country == country && o.Before(at)
	})
}

// HoldersOf are the people who hold an office of a body at a date, the highest
// and latest first: the secretary-general before a spokesman.
func (r *Registry) HoldersOf(body *Entry, at time.Time) []*Entry {
	if body == nil {
		return nil
	}
	return r.holding(r.staff[body.Key], func(o Office) bool {
		if !o.At(at) || o.Org == "" {
			return false
		}
		for _, m := range r.Lookup(o.Org) {
			if m.Entry == body {
				return true
			}
		}
		return false
	})
}

// HoldersByTitle are the people who hold an office for a country at a date,
// asked for as an article words it: "foreign ministry spokeswoman". Where a
// title is no more than a kind ("spokesman") and several hold such offices, all
// are given, those with the closest title first.
func (r *Registry) HoldersByTitle(title, country string, at time.Time) []*Entry {
	kind := r.OfficeKindOf(title, country)
	if kind == 0 {
		return nil
	}
	switch kind {
	case Minister, DeputyMinister, Spokesperson, Envoy, Ambassador, Adviser, Commander, Negotiator, Speaker, SpyChief, Governor,
		BodyHead, PartyLeader, SecurityAdviser:
	default:
		return r.Holders(kind, country, at)
	}
	asked := titleWords(title)
	far := map[*Entry]int{}
	var out []*Entry
	for _, e := range r.Holders(kind, country, at) {
		best := -1
		for _, o := range e.Offices {
			if o.Kind != kind || o.Country != country || !o.At(at) {
				continue
			}
			if have := titleWords(o.Title + " " + o.Org); covers(have, asked) && (best < 0 || len(have) < best) {
				best = len(have)
			}
		}
		if best >= 0 {
			far[e] = best
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b *Entry) int { return far[a] - far[b] })
	return out
}

// titleWords are the words of a title that tell it from others.
func titleWords(title string) []string {
	var out []string
	for _, w := range strings.Fields(Fold(title)) {
		switch w {
		case "of", "the", "for", "to", "and", "s":
			continue
		case "spokesman", "spokeswoman":
			w = "spokesperson"
		case "defense":
			w = "defence"
		case "advisor":
			w = "adviser"
		}
		out = append(out, w)
	}
	return out
}

func covers(have, asked []string) bool {
	for _, w := range asked {
		if !slices.Contains(have, w) {
			return false
		}
	}
	return true
}

func (r *Registry) holding(list []int32, ok func(Office) bool) []*Entry {
	type held struct {
		e    *Entry
		rank int
		from time.Time
	}
	var all []held
	for _, i := range list {
		e := &r.entries[i]
		for k := len(e.Offices) - 1; k >= 0; k-- {
			if o := e.Offices[k]; ok(o) {
				all = append(all, held{e, rank(o.Level), o.From.First()})
				break
			}
		}
	}
	slices.SortStableFunc(all, func(a, b held) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), b.from.Compare(a.from))
	})
	var out []*Entry
	for _, h := range all {
		if !slices.Contains(out, h.e) {
			out = append(out, h.e)
		}
	}
	return out
}

// Gender is the gender that a given name goes with; unset for an unknown name
// and one that goes with either.
func (r *Registry) Gender(given string) Gender {
	var buf [64]byte
	return r.gender[string(appendFold(buf[:0], given))]
}

// Spelling is the one spelling that the tables give a folded piece of a name
// with several: "qaddafi" for "gaddafi" and "gadhafi"; the piece itself where
// they know no other.
func (r *Registry) Spelling(piece string) string {
	if v := r.spelling[piece]; len(v) > 0 {
		return v[0]
	}
	return piece
}
