package actor

import (
	"slices"
	"strings"
	"time"

	"readout/doc"
	"readout/registry"
)

// joinPerson finds the person that a name is of among those known so far.
func (r *run) joinPerson(k int32) {
	x := &r.names[r.phrases[k].name]
	for i, s := range x.parts {
		x.parts[i] = r.reg.Spelling(s)
	}
	best, bestScore := int32(doc.None), 0
	for _, key := range [...]string{skeleton(x.parts[len(x.parts)-1]), skeleton(x.parts[0])} {
		for _, id := range r.index[key] {
			if s := r.samePerson(&r.clusters[id], x, k); s > bestScore {
				best, bestScore = id, s
			}
		}
	}
	if best >= 0 {
		r.join(k, best)
	} else {
		best = r.newCluster(k)
		c := &r.clusters[best]
		c.entry = r.entryOf(x)
	}
	c := &r.clusters[best]
	if c.gender == 0 {
		c.gender = r.genderOf(x)
	}
	r.indexParts(x.parts, best)
}

func (r *run) indexParts(parts []string, id int32) {
	for _, part := range parts {
		key := skeleton(part)
		if !slices.Contains(r.index[key], id) {
			r.index[key] = append(r.index[key], id)
		}
	}
}

// joinAliases joins names that the text says are another name of somebody.
func (r *run) joinAliases() {
	for q, k := range r.tied {
		p := &r.phrases[q]
		if k < 0 || p.name < 0 || p.class != classPerson {
			continue
		}
		if r.phrases[k].cluster < 0 {
			r.joinPerson(k)
		}
		id := r.phrases[k].cluster
		parts := r.clusters[id].parts
		name := r.clusters[id].name
		r.join(int32(q), id)
		r.clusters[id].parts, r.clusters[id].name = parts, name
		r.clusters[id].aliases = append(r.clusters[id].aliases, p.name)
		r.indexParts(r.names[p.name].parts, id)
	}
}

// samePerson scores whether a name is of the person of c; 0 says it is not.
// A title of another country, another gender, or a given name that differs
// rule it out; of several, the one whose title or country agrees, then the one
// that the article names more often.
func (r *run) samePerson(c *cluster, x *named, k int32) int {
	s := nameFit(c.parts, x.parts)
	if len(x.parts) == 1 && len(c.parts) > 1 && surnameFirst(c) {
		s = 0
		if alike(c.parts[0], x.parts[0]) {
			s = 10
		}
	}
	for _, a := range c.aliases {
		s = max(s, nameFit(r.names[a].parts, x.parts))
	}
	if s == 0 {
		return 0
	}
	for _, t := range x.titles {
		if t.gender != 0 && c.gender != 0 && t.gender != c.gender {
			return 0
		}
		if len(t.nations) > 0 && c.country != "" && !t.former {
			if t.nations[0] != c.country {
				s -= 6
			} else {
				s += 3
			}
		}
		if t.role.Office != 0 && c.holdsOffice(t.role.Office) {
			s += 3
		}
	}
	if len(x.parts) == 1 {
		s += min(len(c.phrases), 4)
		if slices.ContainsFunc(c.phrases, func(q int32) bool { return q < k }) {
			s += 3
		}
		if c.entry != nil {
			s++
		}
	}
	return max(s, 0)
}

// surnameFirst reports whether the family name of c comes first, as the press
// writes the names of its country.
func surnameFirst(c *cluster) bool {
	country := c.country
	if c.entry != nil {
		country = c.entry.Country
	}
	switch country {
	case "CHN", "PRK", "KOR", "TWN", "HKG", "MAC":
		return true
	}
	return false
}

// isSuffix reports whether a last piece tells a son from his father.
func isSuffix(s string) bool {
	switch s {
	case "jr", "junior", "sr", "senior", "ii", "iii", "iv":
		return true
	}
	return false
}

// nameFit scores how well two names of pieces can be one person's: 0 not at all.
func nameFit(a, b []string) int {
	if len(a) < len(b) {
		a, b = b, a
	}
	if n, m := len(a), len(b); n > 2 && isSuffix(a[n-1]) {
		if a = a[:n-1]; m > 1 && !isSuffix(b[m-1]) {
			return 0 // father and son
		}
	}
	n, m := len(a), len(b)
	if m > 2 && isSuffix(b[m-1]) {
		b, m = b[:m-1], m-1
	}
	if m == 0 {
		return 0
	}
	last := alike(a[n-1], b[m-1])
	switch {
	case m == 1 && last:
		return 10
	case m == 1 && alike(a[0], b[0]):
		return 6 // a given name, or the family name where it comes first
	case m == 1:
		if slices.ContainsFunc(a, func(s string) bool { return alike(s, b[0]) }) && len(b[0]) > 2 {
			return 4
		}
		return 0
	case last && (alike(a[0], b[0]) || initial(a[0], b[0])):
		return 12
	case n == m && (turned(a, b) || turned(b, a)):
		return 12 // "Orbán Viktor", "Jae-in Moon"
	case last && n > m && suffix(a, b):
		return 11 // "van der Leyen", "bin Salman"
	case n > m && alike(a[0], b[0]) && alike(a[1], b[1]):
		return 9 // "Kim Jong Un" and a name cut short
	}
	return 0
}

// turned reports whether b is a with its first piece last.
func turned(a, b []string) bool {
	n := len(a)
	for i := range a {
		if !alike(a[i], b[(i+n-1)%n]) {
			return false
		}
	}
	return true
}

func suffix(a, b []string) bool {
	for i := 1; i <= len(b); i++ {
		if !alike(a[len(a)-i], b[len(b)-i]) {
			return false
		}
	}
	return true
}

// initial reports whether one piece is the first letter of the other.
func initial(a, b string) bool {
	return len(a) > 0 && len(b) > 0 && a[0] == b[0] && (len(a) == 1 || len(b) == 1)
}

// alike reports whether two pieces are spellings of one name: the same, or long
// ones that differ in vowels and doubled letters only (Zelensky, Zelenskyy,
// Zelenskiy; Gaddafi, Gadafi), or the Arabic article.
func alike(a, b string) bool {
	return a == b || a == "al" && b == "el" || a == "el" && b == "al" || len(a) > 4 && len(b) > 4 && a[0] == b[0] && skeleton(a) == skeleton(b)
}

// skeleton is the consonants of a folded piece, doubled ones once; the piece
// itself where it is short.
func skeleton(s string) string {
	if len(s) <= 4 {
		return s
	}
	var out strings.Builder
	last := byte(0)
	for i := 0; i < len(s); i++ {
		c := s[i]
		if i > 0 && strings.IndexByte("aeiouy", c) >= 0 {
			last = 0
			continue
		}
		if c == last {
			continue
		}
		out.WriteByte(c)
		last = c
	}
	if out.Len() < 3 {
		return s
	}
	return out.String()
}

// entryOf is the person of the registry that a full name names, or nil.
func (r *run) entryOf(x *named) *registry.Entry {
	if len(x.parts) < 2 {
		return nil
	}
	var best *registry.Entry
	for _, m := range x.match {
		if m.Entry.Kind != registry.Person {
			continue
		}
		if best == nil || len(r.reg.OfficesAt(m.Entry, r.at())) > 0 && len(r.reg.OfficesAt(best, r.at())) == 0 {
			best = m.Entry
		}
	}
	return best
}

// at is the date of the article; the zero time where it has none.
func (r *run) at() time.Time { return r.d.Published }

// genderOf is the gender that titles, the registry or the given name tell.
func (r *run) genderOf(x *named) registry.Gender {
	for _, t := range x.titles {
		if t.gender != 0 {
			return t.gender
		}
	}
	if e := r.entryOf(x); e != nil && e.Gender != 0 {
		return e.Gender
	}
	if len(x.parts) > 1 {
		return r.reg.Gender(x.parts[0])
	}
	return 0
}

// identify ties a person who is known by surname alone to the registry, where
// title, country and date leave one candidate.
func (r *run) identify(c *cluster) {
	if c.class != classPerson || c.name < 0 {
		return
	}
	if c.entry == nil && len(c.parts) > 0 {
		c.entry = r.bySurname(c)
	}
	if c.entry == nil {
		return
	}
	if c.gender == 0 {
		c.gender = c.entry.Gender
	}
}

// indexOffices notes whose office the French presidency is in this article.
func (r *run) indexOffices(id int32) {
	c := &r.clusters[id]
	if c.class != classPerson {
		return
	}
	nation := r.personNation(c)
	for _, kind := range r.officesOf(c) {
		if _, ok := r.offices[office{kind, nation}]; !ok {
			r.offices[office{kind, nation}] = id
		}
	}
	if c.entry != nil {
		if _, ok := r.entries[c.entry]; !ok {
			r.entries[c.entry] = id
		}
	}
}

func (r *run) bySurname(c *cluster) *registry.Entry {
	x := &r.names[c.name]
	var found []*registry.Entry
	name := r.d.Slice(x.span)
	if n := len(c.parts); n > 2 { // without what stands in the middle: "Antony J. Blinken"
		name = r.d.Form(x.span.Begin) + " " + r.d.Form(x.span.End-1)
	}
	for _, cand := range r.reg.Person(name, r.at()) {
		if c.gender != 0 && cand.Entry.Gender != 0 && c.gender != cand.Entry.Gender {
			continue
		}
		if len(c.parts) == 1 && !r.titlesAgree(c, cand) {
			continue
		}
		found = append(found, cand.Entry)
	}
	if len(found) == 1 {
		return found[0]
	}
	return nil
}

// fillOwners gives people the country of whoever their office belongs to ("its
// foreign minister") and counterparts the office they share. It waits for the
// pronouns.
func (r *run) fillOwners() {
	for id := range r.clusters {
		c := &r.clusters[id]
		if c.class != classPerson {
			continue
		}
		for i := range c.titles {
			t := &c.titles[i]
			if t.owner < 0 || r.phrases[t.owner].cluster < 0 || t.former {
				continue
			}
			o := &r.clusters[r.phrases[t.owner].cluster]
			switch {
			case o.class == classCountry, o.class == classBody:
				if c.country == "" {
					c.country = o.nation()
				}
				if o.class == classBody && t.body == nil {
					t.body = o.entry // "its founder", "a spokesman for the group"
				}
			case t.head >= 0 && o.class == classPerson && t.role.Noun != "" || r.isCounterpart(t):
				if c.country == "" {
					c.country = r.personNation(o) // "his deputy"
				}
				if r.isCounterpart(t) {
					t.shareOffice(o)
				}
			}
		}
	}
}

// isCounterpart reports whether a title says that its bearer has the office of
// its owner, or is second to it.
func (r *run) isCounterpart(t *title) bool {
	if t.head < 0 {
		return false
	}
	switch r.d.Lemma(t.head) {
	case "counterpart", "deputy", "predecessor", "successor":
		return true
	}
	return false
}

// shareOffice gives a counterpart the office of whom it is the counterpart of.
func (t *title) shareOffice(of *cluster) {
	for _, x := range of.titles {
		if x.role.Noun != "" && !x.former {
			t.role, t.sector = x.role, x.sector
			return
		}
	}
}

// titlesAgree reports whether a candidate for a bare surname has an office that
// the article's titles speak of or, where it gives none, leads a state or body
// at the date.
func (r *run) titlesAgree(c *cluster, cand registry.Candidate) bool {
	told := false
	for _, t := range c.titles {
		if t.role.Noun == "" {
			continue
		}
		told = true
		for _, o := range cand.Entry.Offices {
			if o.Kind == t.role.Office && t.role.Office != 0 && (len(t.nations) == 0 || slices.Contains(t.nations, o.Country)) {
				return true
			}
		}
	}
	if told {
		return c.country != "" && c.country == cand.Office.Country && !cand.Former
	}
	return !cand.Former && !r.at().IsZero() && (cand.Office.Level == registry.Leaders || cand.Office.Level == registry.Ministers)
}
