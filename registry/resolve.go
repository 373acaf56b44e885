package registry

import (
	"slices"
	"strings"
	"time"
)

// Resolution is who a phrase means at a date. Fields that the phrase does not
// settle are empty.
type Resolution struct {
	Name    string // of the entry; of an unknown person or body, the phrase
	Entry   *Entry // nil when the phrase names nobody the tables know
	Kind    Kind   // unset when the phrase names no actor
	Country string // as Entry.Country
	Role    string // main CAMEO role code; "" for a country or people as such
	Role2   string
	Code    string   // country and roles
	Offices []Office // of a person, held at the date; left by then where Former
	Former  bool     // speaks of somebody out of office
	// Confidence is 0 for a phrase in which nothing is known, and 1 for a full
	// name that only one entry has.
	Confidence float32
}

// Resolve tells who an actor phrase means at a date: "German Chancellor Angela
// Merkel", "Brazilian police", "a former prime minister of Somalia", "rebels in
// Darfur", "Moscow". The zero time means that the date is not known. Context is
// text around the phrase, or a country's name; it decides between entries that
// share a name, and may be empty. Where no date is known, who has left the last
// office is out of it, unless the phrase itself gives an office.
//
// The phrase is read from its names and role nouns alone, without a tree: the
// last role noun before a preposition is its head, the first name that carries a
// country gives the country, and who is out of office is ELI.
func (r *Registry) Resolve(phrase string, at time.Time, context string) Resolution {
	p := r.scan(phrase, at, r.countriesIn(context))
	if p.person != nil {
		return r.resolvePerson(p, at)
	}
	return r.resolveGroup(p)
}

// scanned is what a phrase is made of.
type scanned struct {
	phrase  string
	words   int
	known   int // words that a name, noun, title or function word accounts for
	person  *Entry
	certain float32 // how sure the person is
	bodies  []Match // bodies, armed groups, metonyms, agencies
	lands   []Match // countries, places, peoples, by name or adjective
	heads   []RoleNoun
	tails   []RoleNoun // after a preposition: "of the president"
	title   RoleNoun   // of an honorific before a name nobody knows
	several bool       // the head is a plural: "ministers"
	former  bool
}

// countriesIn are the countries that a text names.
func (r *Registry) countriesIn(text string) []string {
	var out []string
	words := Words(text)
	for i := range words {
		for _, m := range r.MatchAt(func(i int) string { return words[i] }, len(words), i) {
			if m.Entry.Kind != Person && m.Entry.Country != "" {
				out = append(out, m.Entry.Country)
				break
			}
		}
	}
	return out
}

func (r *Registry) scan(phrase string, at time.Time, near []string) scanned {
	p := scanned{phrase: strings.TrimSpace(phrase)}
	words := parts(Words(phrase))
	word := func(i int) string { return words[i] }
	p.words = len(words)
	after := false // a preposition has gone by
	for i := 0; i < len(words); {
		n := 1
		switch f := Fold(words[i]); {
		case formerly(f):
			p.former = p.former || !after
			p.known++
		case preposition(f):
			after = after || i > 0
			p.known++
		default:
			if k := r.scanName(&p, word, len(words), i, at, near); k > 0 {
				n = k
				p.known += k
			} else if noun, k, ok := r.RoleNounAt(word, len(words), i); ok {
				n = k
				p.known += k
				if after {
					p.tails = append(p.tails, noun)
				} else {
					p.heads = append(p.heads, noun)
					p.several = noun.Who == One && Fold(words[i+k-1]) != Fold(noun.Noun[strings.LastIndexByte(noun.Noun, ' ')+1:])
				}
			} else if h, k, ok := r.HonorificAt(word, len(words), i); ok && i+k < len(words) {
				n = k
				p.known += k
				if h.Role != "" {
					p.title = RoleNoun{Noun: h.Title, Role: h.Role, Level: h.Level, Who: One}
				}
			} else if function(f) {
				p.known++
			}
		}
		i += n
	}
	return p
}

// parts makes two words of "ex-president" and "Saudi-led".
func parts(words []string) []string {
	var out []string
	for _, w := range words {
		first, last, ok := strings.Cut(w, "-")
		switch {
		case ok && (Fold(first) == "ex" || function(Fold(last))):
			out = append(out, first, last)
		default:
			out = append(out, w)
		}
	}
	return out
}

// scanName takes in the name that begins with word i, and gives its length; 0
// when there is none, or a role noun is the longer match there.
func (r *Registry) scanName(p *scanned, word func(int) string, n, i int, at time.Time, near []string) int {
	found := r.MatchAt(word, n, i)
	if len(found) == 0 {
		return 0
	}
	m := found[0]
	if _, k, ok := r.RoleNounAt(word, n, i); ok && (k > m.N || k == m.N && p.elsewhere(m)) {
		return 0
	}
	for _, c := range found {
		if len(near) > 0 && slices.Contains(near, c.Entry.Country) {
			m = c
			break
		}
	}
	switch m.Entry.Kind {
	case Person:
		return r.scanPerson(p, word, n, i, m, at)
	case Country, Place, People:
		if m.Form == FormCapital {
			for _, c := range found { // a capital speaks for its country
				if c.Form == FormMetonym {
					m = c
				}
			}
		}
		p.lands = append(p.lands, m)
	default:
		p.bodies = append(p.bodies, m)
	}
	return m.N
}

// elsewhere reports whether a body with a common noun for a name belongs to
// another country than the phrase speaks of: "Chile's defence department".
func (p scanned) elsewhere(m Match) bool {
	return m.Form == FormName && len(p.lands) > 0 && p.lands[len(p.lands)-1].Entry.Country != m.Entry.Country
}

// scanPerson takes in a person. A name counts only where no other stands beside
// it: "Marcus Bush" is nobody that the tables know, nor is "Ali Hassan", of whom
// they know an Ali and a Hassan.
func (r *Registry) scanPerson(p *scanned, word func(int) string, n, i int, m Match, at time.Time) int {
	if m.N == 1 && (i > 0 && r.namesake(word(i-1)) || i+1 < n && r.namesake(word(i+1))) {
		return 0
	}
	if i > 0 && m.N == 1 && r.stranger(word, n, i-1) || i+m.N < n && r.stranger(word, n, i+m.N) {
		return 0
	}
	name := make([]string, m.N)
	for k := range name {
		name[k] = word(i + k)
	}
	list := r.Person(strings.Join(name, " "), at)
	if len(list) == 0 || p.person != nil {
		return m.N
	}
	best := list[0]
	for _, c := range list { // the country before the name decides
		if slices.ContainsFunc(p.lands, func(l Match) bool { return l.Entry.Country == c.Entry.Country }) {
			best = c
			break
		}
	}
	p.person, p.certain = best.Entry, best.Confidence
	return m.N
}

// namesake reports whether a word is what people are called and nothing else: a
// surname of the tables, or a given name.
func (r *Registry) namesake(w string) bool {
	if w == "" || w[0] >= 'a' && w[0] <= 'z' {
		return false
	}
	found := r.Lookup(w)
	if len(found) == 0 {
		return r.gender[Fold(w)] != 0 && !r.common[Fold(w)]
	}
	return !slices.ContainsFunc(found, func(m Match) bool { return m.Entry.Kind != Person })
}

// stranger reports whether word i is part of a name that the tables do not
// know.
func (r *Registry) stranger(word func(int) string, n, i int) bool {
	w := word(i)
	if w == "" || w[0] < 'A' || w[0] > 'Z' && w[0] < 0xc3 {
		return false
	}
	if _, _, ok := r.HonorificAt(word, n, i); ok {
		return false
	}
	if _, _, ok := r.RoleNounAt(word, n, i); ok {
		return false
	}
	return len(r.Lookup(w)) == 0
}

func (r *Registry) resolvePerson(p scanned, at time.Time) Resolution {
	e := p.person
	out := Resolution{Name: e.Name, Entry: e, Kind: Person, Country: e.Country, Confidence: p.certain}
	now, past := r.OfficesAt(e, at), r.FormerAt(e, at)
	if n := len(e.Offices); at.IsZero() && n > 0 {
		last := e.Offices[n-1:]
		if last[0].To.IsZero() || len(p.heads) > 0 && !p.former {
			now = last
		} else {
			now, past = nil, last
		}
	}
	switch {
	case len(now) > 0 && now[0].Role == "" && len(past) > 0: // a former president with a mission of the African Union
		out.Offices, out.Former = now, true
		out.Role, out.Country = "ELI", past[0].Country
	case len(now) > 0:
		out.Offices = now
		out.Role, out.Country = now[0].Role, now[0].Country
		if now[0].Kind == DefenceMinister {
			out.Role2 = "MIL"
		}
	case len(past) > 0:
		out.Offices, out.Former = past, true
		out.Role, out.Country = "ELI", past[0].Country
	case len(p.heads) > 0:
		out.Role, out.Role2 = p.heads[len(p.heads)-1].Role, p.heads[len(p.heads)-1].Role2
	}
	if p.former && len(now) == 0 {
		out.Role, out.Role2, out.Former = "ELI", "", true
	}
	out.Code = code(out)
	return out
}

func (r *Registry) resolveGroup(p scanned) Resolution {
	out := Resolution{Name: p.phrase, Former: p.former}
	noun, named := p.head()
	var via Match
	switch {
	case len(p.bodies) > 0:
		via = p.bodies[0]
	case len(p.lands) > 0:
		via = p.lands[0]
	case !named:
		return Resolution{} // nothing in it is known
	}
	if e := via.Entry; e != nil {
		out.Country = e.Country
		if e.Country == "" && len(p.lands) > 0 {
			out.Country = p.lands[0].Entry.Country
		}
		if !named {
			r.bare(&out, p, via)
		}
	}
	if named {
		out.Kind = kindOf(noun)
		if p.several {
			out.Kind = People
		}
		out.Role, out.Role2 = noun.Role, noun.Role2
		if len(p.bodies) > 0 && via.Entry.Sector != "" && yields(noun) {
			out.Role, out.Role2 = via.Entry.Sector, via.Entry.Sector2
		} else if noun.Role == "" {
			out.Role = p.lend()
		}
		out.Confidence = 0.7
	}
	if p.former && (out.Kind == Person || out.Kind == People || out.Role == "GOV" || out.Role == "SPY") {
		out.Role, out.Role2 = "ELI", ""
	}
	out.Confidence *= float32(p.known) / float32(max(p.words, 1))
	out.Code = code(out)
	return out
}

// head is the noun that says what a phrase means: the last before a preposition,
// else a title, else the last of all.
func (p scanned) head() (RoleNoun, bool) {
	switch {
	case len(p.heads) > 0:
		return p.heads[len(p.heads)-1], true
	case p.title.Role != "":
		return p.title, true
	case len(p.tails) > 0 && len(p.bodies) == 0:
		return p.tails[0], true
	}
	return RoleNoun{}, false
}

// lend gives the role of the nouns beside a head that tells of none: the leader
// of the rebels, the head of the police.
func (p scanned) lend() string {
	for _, list := range [][]RoleNoun{p.heads, p.tails} {
		for _, n := range list {
			if n.Role != "" {
				return n.Role
			}
		}
	}
	for _, m := range p.bodies {
		if m.Entry.Sector != "" {
			return m.Entry.Sector
		}
	}
	if n, _ := p.head(); n.Level == Leaders {
		return "GOV"
	}
	return ""
}

// yields reports whether a noun takes its role from the body it belongs to: a
// spokesman of the army speaks for the army.
func yields(n RoleNoun) bool {
	if n.Role == "" {
		return true
	}
	switch n.Office {
	case Spokesperson, Adviser, Envoy, Negotiator, SecretaryGeneral, BodyHead, ChiefOfStaff:
		return true
	}
	return n.Role == "GOV" && (n.Level == Officials || n.Level == Envoys || n.Who == Group) || n.Role == "MIL" && n.Office == Commander
}

// bare fills in a phrase that is a name and nothing else.
func (r *Registry) bare(out *Resolution, p scanned, m Match) {
	e := m.Entry
	out.Entry, out.Name, out.Kind, out.Confidence = e, e.Name, e.Kind, 0.9
	out.Role, out.Role2 = e.Sector, e.Sector2
	switch {
	case e.Kind == Country && m.Form == FormMetonym:
		out.Role = "GOV"
	case e.Kind == Country && m.Form == FormAdjective && p.words > m.N && p.known < p.words:
		out.Kind, out.Entry, out.Name, out.Confidence = Body, nil, p.phrase, 0.3 // "the Syrian something"
	case (m.Form == FormDemonym || m.Form == FormAdjective) && e.Kind == Country:
		out.Kind, out.Entry = People, nil
	}
}

func kindOf(n RoleNoun) Kind {
	if n.Who == Group {
		return Body
	}
	return Person
}

func code(r Resolution) string {
	if r.Entry != nil && r.Entry.Kind != Person && r.Entry.Code != "" && r.Role == r.Entry.Sector {
		return r.Entry.Code
	}
	if r.Country == "" && r.Role == "" {
		return ""
	}
	switch r.Country {
	case "UNO":
		return "IGOUNO" + r.Role + r.Role2
	case "EUR":
		return "IGOEUREEC" + r.Role + r.Role2
	}
	return r.Country + r.Role + r.Role2
}

func formerly(f string) bool {
	switch f {
	case "former", "ex", "onetime", "erstwhile", "retired", "ousted", "deposed", "late", "disgraced", "exiled":
		return true
	}
	return false
}

func preposition(f string) bool {
	switch f {
	case "of", "in", "at", "from", "for", "to", "with", "on", "near", "by", "against", "who", "that", "which":
		return true
	}
	return false
}

// function reports whether a word says nothing about who is meant.
func function(f string) bool {
	switch f {
	case "the", "a", "an", "s", "and", "some", "several", "many", "two", "three", "current", "new", "ruling", "then", "its", "their",
		"his", "her", ",", "other", "top", "senior", "local", "led", "backed", "based", "born", "controlled", "allied", "appointed":
		return true
	}
	return false
}
