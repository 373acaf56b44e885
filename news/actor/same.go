package actor

import (
	"slices"
	"strings"
	"time"

	"readout/doc"
	"readout/registry"
)

// joinNames makes one cluster of the names that name one person, body, country
// or place, over the whole article: full names first, then what is short for
// them, so that a heading's surname finds the full name below it.
func (r *run) joinNames() {
	r.index = map[string][]int32{}
	r.countries = map[string]int32{}
	r.groups = map[string]int32{}
	r.offices = map[office]int32{}
	r.entries = map[*registry.Entry]int32{}
	r.lastWord = map[string][]int32{}
	for pass := range 2 {
		if pass == 1 {
			r.joinAliases()
		}
		for k := range r.phrases {
			p := &r.phrases[k]
			if p.name < 0 || p.class != classPerson || r.names[p.name].kind != classPerson {
				continue
			}
			if r.tied[k] >= 0 {
				continue // an alias
			}
			if full := len(r.names[p.name].parts) > 1; full == (pass == 0) {
				r.joinPerson(int32(k))
			}
		}
	}
	for k := range r.phrases {
		if r.phrases[k].name < 0 || r.phrases[k].cluster >= 0 {
			continue
		}
		switch r.phrases[k].class {
		case classBody:
			r.joinBody(int32(k))
		case classCountry, classPlace:
			r.joinPlace(int32(k))
		}
	}
	for id := range r.clusters {
		r.identify(&r.clusters[id])
		r.indexOffices(int32(id))
	}
	r.home = r.homeCountry()
	for q, k := range r.tied {
		if k >= 0 && r.phrases[k].cluster >= 0 && r.phrases[q].cluster < 0 {
			r.join(int32(q), r.phrases[k].cluster)
		}
	}
}

// joinPerson finds the person that a name is of among those known so far.
func (r *run) joinPerson(k int32) {
	x := &r.names[r.phrases[k].name]
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

// homeCountry is the country whose government "the government" is in an article
// that never says: the one that the article speaks of at least twice as often
// as of any other, or "".
func (r *run) homeCountry() string {
	count := map[string]int{}
	for _, m := range r.matches {
		if n := r.nationsOf(m.list); len(n) == 1 && !supranational(n[0]) {
			count[n[0]]++
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
	case n == m && alike(a[0], b[m-1]) && alike(a[n-1], b[0]):
		return 12 // "Orbán Viktor"
	case last && n > m && suffix(a, b):
		return 11 // "van der Leyen", "bin Salman"
	case n > m && alike(a[0], b[0]) && alike(a[1], b[1]):
		return 9 // "Kim Jong Un" and a name cut short
	}
	return 0
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
// Zelenskiy; Gaddafi, Gadafi).
func alike(a, b string) bool {
	return a == b || len(a) > 4 && len(b) > 4 && a[0] == b[0] && skeleton(a) == skeleton(b)
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
		name = c.parts[0] + " " + c.parts[n-1]
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

// joinBody finds the body that a name is of: by its entry, its words, its
// acronym, or as the shorter form of a longer name.
func (r *run) joinBody(k int32) {
	x := &r.names[r.phrases[k].name]
	if e := r.half(x); e != nil {
		r.phrases[k].class, x.kind = classCountry, classCountry
		r.join(k, r.country(e))
		return
	}
	key := "b " + strings.Join(x.parts, " ")
	if x.best.Entry != nil {
		key = "e " + x.best.Entry.Key
	}
	if ids := r.index[key]; len(ids) > 0 {
		r.join(k, ids[0])
		return
	}
	for _, m := range x.match { // what two bodies are called is the one named before
		if ids := r.index["e "+m.Entry.Key]; len(ids) > 0 {
			r.join(k, ids[0])
			return
		}
	}
	id := r.shortBody(x)
	if id < 0 {
		id = r.newCluster(k)
		r.clusters[id].entry = x.best.Entry
		if x.best.Entry == nil {
			r.bodyNation(k, id)
		}
	} else {
		r.join(k, id)
	}
	r.index[key] = append(r.index[key], id)
	if len(x.parts) > 1 {
		if a := r.acronym(x.span); len(a) > 1 {
			r.index["a "+a] = append(r.index["a "+a], id)
		}
		last := x.parts[len(x.parts)-1]
		r.lastWord[last] = append(r.lastWord[last], id)
	}
}

// shortBody is the body that x is the acronym or the last words of, or None.
func (r *run) shortBody(x *named) int32 {
	if len(x.parts) == 1 {
		if ids := r.index["a "+x.parts[0]]; len(ids) == 1 && r.capitals(x.span.Begin) {
			return ids[0]
		}
		return doc.None
	}
	found := int32(doc.None)
	for _, id := range r.lastWord[x.parts[len(x.parts)-1]] {
		c := &r.clusters[id]
		if len(c.parts) > len(x.parts) && slices.Equal(c.parts[len(c.parts)-len(x.parts):], x.parts) ||
			len(c.parts) < len(x.parts) && slices.Equal(x.parts[len(x.parts)-len(c.parts):], c.parts) && c.entry == nil {
			if found >= 0 {
				return doc.None
			}
			found = id
		}
	}
	return found
}

func (r *run) capitals(i int32) bool {
	w := r.d.Form(i)
	return len(w) > 1 && w == strings.ToUpper(w)
}

// acronym is the first letters of the capitalised words of s, folded.
func (r *run) acronym(s doc.Span) string {
	var out strings.Builder
	for i := s.Begin; i < s.End; i++ {
		if w := r.d.Form(i); r.capital(i) {
			out.WriteByte(w[0] | 0x20)
		}
	}
	return out.String()
}

// bodyNation is the country of a body the registry does not know, from the
// words in and before its name: "Turkey's Foreign Ministry".
func (r *run) bodyNation(k, id int32) {
	d := r.d
	x := &r.names[r.phrases[k].name]
	b := x.span.Begin
	from := max(b-4, d.SentenceOf(b).Begin)
	nations := r.nationsIn(x.span)
	for i := from; i < b && len(nations) == 0; i++ {
		if m := r.matchAt[i]; m >= 0 {
			e := r.matches[m].span.End
			if e == b || e == b-1 && isGenitive(d.Form(e)) {
				nations = r.nationsOf(r.matches[m].list)
			}
		}
	}
	if len(nations) > 0 {
		r.clusters[id].country = nations[0]
	}
}

// joinPlace finds the country or place of a name. A capital that acts is its
// country (place.go).
func (r *run) joinPlace(k int32) {
	p := &r.phrases[k]
	x := &r.names[p.name]
	if e := r.acting(k); e != nil {
		p.class, x.kind = classCountry, classCountry
		r.join(k, r.country(e))
		return
	}
	if x.kind == classCountry && x.best.Entry != nil && x.best.Entry.Kind == registry.Country && x.best.Form != registry.FormMetonym {
		r.join(k, r.country(x.best.Entry))
		return
	}
	if e := r.half(x); e != nil {
		p.class, x.kind = classCountry, classCountry
		r.join(k, r.country(e))
		return
	}
	p.class = classPlace
	key := "p " + strings.Join(x.parts, " ")
	if ids := r.index[key]; len(ids) > 0 {
		r.join(k, ids[0])
		return
	}
	id := r.newCluster(k)
	c := &r.clusters[id]
	c.class, c.number = classPlace, numberOne
	for _, m := range x.match {
		if c.entry == nil && m.Entry.Kind == registry.Place {
			c.entry, c.country = m.Entry, m.Entry.Country
		}
	}
	r.index[key] = append(r.index[key], id)
}

// half is the country that "the North" or "the South" is, in an article that
// has named it in full: North Korea, South Sudan.
func (r *run) half(x *named) *registry.Entry {
	if len(x.parts) != 1 || len(x.match) > 0 {
		return nil
	}
	switch x.parts[0] {
	case "north", "south", "east", "west":
	default:
		return nil
	}
	return r.halves[x.parts[0]]
}

// country is the cluster of a country, made where it is new.
func (r *run) country(e *registry.Entry) int32 {
	if id, ok := r.countries[e.Key]; ok {
		return id
	}
	id := int32(len(r.clusters))
	r.clusters = append(r.clusters, cluster{class: classCountry, name: doc.None, owner: doc.None, entry: e, country: e.Country, number: numberEither})
	r.countries[e.Key] = id
	return id
}
