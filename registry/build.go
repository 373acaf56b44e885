package registry

import (
	"cmp"
	"strings"
)

// builder collects the rows of all tables; finish makes the indexes, because
// the spellings must be known before any name is entered.
type builder struct {
	entries   []Entry
	keys      map[string]int32
	alpha2    map[string]int32
	nouns     []RoleNoun
	nounForms [][2]string // singular and plural of each
	honours   []Honorific
	officeOf  []officeRow
	spellings map[string][]string
	gender    map[string]Gender
	common    map[string]bool
	own       bool // the rows come from a user's table
}

func newBuilder() *builder {
	return &builder{
		entries: make([]Entry, 0, 8192), // the embedded tables have some 6,000
		keys:    map[string]int32{}, alpha2: map[string]int32{},
		spellings: map[string][]string{}, gender: map[string]Gender{}, common: map[string]bool{},
	}
}

// entry gives the entry with a key to fill in, made when it is new; an error
// where the key is taken by an entry of another kind.
func (b *builder) entry(w row, key string, kind Kind) (*Entry, error) {
	i, ok := b.keys[key]
	if !ok {
		i = int32(len(b.entries))
		b.keys[key] = i
		b.entries = append(b.entries, Entry{Key: key, Kind: kind})
	}
	e := &b.entries[i]
	if e.Kind != kind {
		if !b.own {
			return nil, w.errorf("the key %q is already that of a %s, %s: choose another", key, e.Kind, e.Name)
		}
		e.Kind = kind
	}
	e.own = e.own || b.own
	return e, nil
}

// set overwrites *to where a row has something to say.
func set(to *string, s string) {
	if s != "" {
		*to = s
	}
}

func (e *Entry) called(form Form, names ...string) {
	for _, n := range names {
		if n != "" {
			e.surface = append(e.surface, surface{n, form})
		}
	}
}

// slug makes a key of a name.
func slug(name string) string { return strings.ReplaceAll(Fold(name), " ", "-") }

func checkWikidata(w row) error {
	q := w.get("wikidata")
	if q == "" {
		return nil
	}
	if len(q) < 2 || q[0] != 'Q' || strings.Trim(q[1:], "0123456789") != "" {
		return w.errorf("wikidata %q is not an item: write Q and a number, or nothing", q)
	}
	return nil
}

func checkCountry(w row, column string, s string) error {
	if s == "" {
		return nil
	}
	if len(s) != 3 || strings.ContainsFunc(s, func(r rune) bool { return r < 'A' || r > 'Z' }) {
		return w.errorf("%s %q is not a code of three capitals, such as FRA or IGO", column, s)
	}
	return nil
}

func (b *builder) addCountry(w row) error {
	code, name := w.get("alpha3"), w.get("name")
	if err := cmp.Or(checkCountry(w, "alpha3", code), checkWikidata(w)); err != nil {
		return err
	}
	e, err := b.entry(w, code, Country)
	if err != nil {
		return err
	}
	set(&e.Name, name)
	e.Country, e.Code = code, code
	if c := w.get("code"); c != "" { // a state of the past, coded as its successor
		if err := checkCountry(w, "code", c); err != nil {
			return err
		}
		e.Country, e.Code = c, c
	}
	set(&e.Wikidata, w.get("wikidata"))
	e.called(FormName, name, w.get("official"))
	e.called(FormName, w.list("names")...)
	e.called(FormAcronym, w.list("acronyms")...)
	e.called(FormAdjective, w.list("adjectives")...)
	for _, d := range w.list("demonyms") {
		e.called(FormDemonym, demonym(d)...)
	}
	if a := w.get("alpha2"); a != "" {
		b.alpha2[a] = b.keys[code]
	}
	return b.addCapitals(w, code)
}

// addCapitals enters the capitals of a country: the first is its seat of
// government. Each stands for the country too. Spellings of one are separated
// by "/": "Kyiv/Kiev".
func (b *builder) addCapitals(w row, code string) error {
	for i, c := range w.list("capitals") {
		spellings := strings.Split(c, "/")
		e := &b.entries[b.keys[code]]
		if i == 0 {
			e.Capital = spellings[0]
		}
		e.called(FormMetonym, spellings...)
		country := e.Country
		p, err := b.entry(w, placeKey(country, spellings[0]), Place)
		if err != nil {
			return err
		}
		p.Name, p.Country, p.Code = spellings[0], country, country
		p.called(FormCapital, spellings...)
	}
	return nil
}

func placeKey(country, name string) string {
	return "place-" + strings.ToLower(country) + "-" + slug(name)
}

// demonym gives singular and plural: "Briton" is Briton, Britons;
// "Frenchman/Frenchmen" both as written; "Chinese" is its own plural.
func demonym(d string) []string {
	if one, many, ok := strings.Cut(d, "/"); ok {
		return []string{one, many}
	}
	for _, end := range [...]string{"ese", "ish", "s", "ch"} {
		if strings.HasSuffix(d, end) {
			return []string{d}
		}
	}
	return []string{d, d + "s"}
}

func (b *builder) addPlace(w row) error {
	name, country := w.get("place"), w.get("country")
	if err := cmp.Or(checkCountry(w, "country", country), checkWikidata(w)); err != nil {
		return err
	}
	kind, key := Place, placeKey(country, name)
	switch w.get("kind") {
	case "city", "region", "building", "feature":
	case "people":
		kind, key = People, "people-"+slug(name)
	default:
		return w.errorf("kind %q of a place is not city, region, building, feature or people", w.get("kind"))
	}
	e, err := b.entry(w, key, kind)
	if err != nil {
		return err
	}
	set(&e.Name, name)
	e.Country, e.Sector = country, w.get("sector")
	if e.Code = country; e.Sector != "" {
		e.Code += e.Sector
	}
	set(&e.Within, w.get("within"))
	set(&e.Wikidata, w.get("wikidata"))
	form := FormName
	if kind == People {
		form = FormDemonym
	}
	e.called(form, name)
	e.called(form, w.list("names")...)
	e.called(FormAdjective, w.list("adjectives")...)
	for _, d := range w.list("demonyms") {
		e.called(FormDemonym, demonym(d)...)
	}
	return nil
}

func (b *builder) addMetonym(w row) error {
	name, code := w.get("metonym"), w.get("code")
	if err := cmp.Or(checkCountry(w, "country", w.get("country")), checkWikidata(w)); err != nil {
		return err
	}
	e, err := b.entry(w, "metonym-"+slug(name), Metonym)
	if err != nil {
		return err
	}
	e.Name, e.Code, e.Stands = name, code, w.get("stands")
	e.at = &row{table: w.table, line: w.line}
	if e.Country = w.get("country"); e.Country == "" && len(code) >= 3 {
		e.Country = code[:3]
	}
	e.Sector, e.Sector2 = sectors(e.Country, code)
	e.called(FormMetonym, name)
	e.called(FormMetonym, w.list("names")...)
	return nil
}

// sectors splits the role codes off a state's actor code: USAGOVMIL is GOV and
// MIL.
func sectors(country, code string) (string, string) {
	rest, ok := strings.CutPrefix(code, country)
	if !ok || country == "" || len(rest) < 3 {
		return "", ""
	}
	if len(rest) >= 6 {
		return rest[:3], rest[3:6]
	}
	return rest[:3], ""
}

func (b *builder) addBody(w row) error {
	name, country := w.get("body"), w.get("country")
	if err := cmp.Or(checkCountry(w, "country", country), checkWikidata(w)); err != nil {
		return err
	}
	kind, ok := ParseKind(w.get("kind"))
	if !ok || kind != Body && kind != Armed && kind != Agency && kind != Platform {
		return w.errorf("kind %q of a body is not body, armed, agency or platform", w.get("kind"))
	}
	key := w.get("key")
	if key == "" {
		key = slug(name)
	}
	e, err := b.entry(w, key, kind)
	if err != nil {
		return err
	}
	set(&e.Name, name)
	e.Country, e.Sector, e.Sector2 = country, w.get("sector"), w.get("sector2")
	if e.Code = w.get("code"); e.Code == "" {
		e.Code = country + e.Sector + e.Sector2
	}
	set(&e.Wikidata, w.get("wikidata"))
	if m := w.list("members"); m != nil {
		e.Members = m
	}
	e.called(FormName, name)
	e.called(FormName, w.list("names")...)
	e.called(FormAcronym, w.list("acronyms")...)
	e.called(FormAdjective, w.list("adjectives")...)
	return nil
}

func (b *builder) addSpelling(w row) error {
	all := append([]string{w.get("spelling")}, w.list("variants")...)
	for i, s := range all {
		all[i] = Fold(s)
		if all[i] == "" || strings.Contains(all[i], " ") {
			return w.errorf("spelling %q is not one word: write names of several words as names of their entry", s)
		}
	}
	for _, s := range all {
		b.spellings[s] = append(b.spellings[s], all...)
	}
	return nil
}

func (b *builder) addGiven(w row) error {
	g, ok := valueOf[Gender](genderNames, w.get("gender"))
	if !ok {
		return w.errorf("gender %q is not f or m", w.get("gender"))
	}
	b.gender[Fold(w.get("given"))] = g
	return nil
}

func (b *builder) addCommon(w row) error {
	b.common[Fold(w.get("common"))] = true
	return nil
}
