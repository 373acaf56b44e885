package registry

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// finish makes the registry of all the rows read.
func (b *builder) finish() (*Registry, error) {
	r := &Registry{
		entries: b.entries, spelling: b.spellings, keys: b.keys, alpha2: b.alpha2, gender: b.gender, common: b.common,
		nouns: b.nouns, honours: b.honours, officeRows: b.officeOf,
		names: newIndex(4*len(b.entries), b.variants), roles: newIndex(2*len(b.nouns), none),
		titles: newIndex(len(b.honours), none), offices: newIndex(len(b.officeOf), none),
		holders: map[holderKey][]int32{}, staff: map[string][]int32{},
	}
	for i, o := range b.officeOf {
		r.offices.add(o.title, int32(i), FormName, false)
	}
	for i, forms := range b.nounForms {
		if k := b.nouns[i].Office; k != 0 {
			r.offices.add(forms[0], int32(len(r.officeRows)), FormName, false)
			r.officeRows = append(r.officeRows, officeRow{title: forms[0], kind: k})
		}
		r.roles.add(forms[0], int32(i), FormName, false)
		r.roles.add(forms[1], int32(i), FormName, false)
	}
	for i, h := range b.honours {
		r.titles.add(h.Title, int32(i), FormName, true)
	}
	for i := range r.entries {
		if err := r.enter(int32(i)); err != nil {
			return nil, err
		}
	}
	r.homes()
	for i := range r.entries {
		r.post(int32(i))
	}
	for _, terms := range r.names.terms {
		if len(terms) > 1 {
			slices.SortStableFunc(terms, r.likelier)
		}
	}
	return r, nil
}

func none(string) []string { return nil }

// enter adds an entry's names to the index, and the offices of a person to the
// list of holders.
func (r *Registry) enter(i int32) error {
	e := &r.entries[i]
	if e.Stands != "" && r.Entry(e.Stands) == nil {
		return fmt.Errorf("registry: %w", e.at.errorf("the metonym %s stands for %q, which no table has", e.Name, e.Stands))
	}
	short := false
	for _, s := range e.surface {
		r.names.add(s.text, i, s.form, true)
		short = short || s.form == FormSurname
	}
	if e.Kind != Person {
		return nil
	}
	for _, s := range e.surface {
		if s.form != FormSurname {
			for _, n := range shortened(s.text) {
				r.names.add(n, i, FormName, true)
			}
			if n := turned(s.text, e.Country); n != "" {
				r.names.add(n, i, FormName, true)
			}
		}
	}
	if !short {
		for _, n := range surnames(e.Name, e.Country) {
			r.names.add(n, i, FormSurname, true)
		}
	}
	return nil
}

// post gives each office of a person its kind and enters it in the lists of
// holders.
func (r *Registry) post(i int32) {
	e := &r.entries[i]
	slices.SortStableFunc(e.Offices, func(a, b Office) int { return a.From.First().Compare(b.From.First()) })
	for k := range e.Offices {
		o := &e.Offices[k]
		o.Kind = r.OfficeKindOf(o.Title, o.Country)
		if o.Kind != 0 && r.ofState(*o) {
			at := holderKey{o.Kind, o.Country}
			r.holders[at] = appendNew(r.holders[at], i)
		}
		if o.Org == "" {
			continue
		}
		for _, m := range r.Lookup(o.Org) {
			if m.Form == FormName || m.Form == FormAcronym || m.Form == FormMetonym {
				r.staff[m.Entry.Key] = appendNew(r.staff[m.Entry.Key], i)
				break
			}
		}
	}
}

func appendNew(list []int32, i int32) []int32 {
	if n := len(list); n > 0 && list[n-1] == i {
		return list
	}
	return append(list, i)
}

// ofState reports whether an office that sounds like a head of state's, of
// government's or a minister's is one: the president of a party or of a
// breakaway region is not a president of the country.
func (r *Registry) ofState(o Office) bool {
	switch o.Kind {
	case President, PrimeMinister, Monarch, SupremeLeader, VicePresident, ForeignMinister, DefenceMinister:
	default:
		return true
	}
	if o.Role != "GOV" && o.Role != "MIL" && o.Role != "REL" {
		return false
	}
	if !strings.Contains(o.Title, " of ") {
		return o.Org == "" || len(o.Country) == 3 && r.Country(o.Country) == nil
	}
	words := Words(o.Title)
	at := func(i int) string { return words[i] }
	for i := range words {
		for _, m := range r.MatchAt(at, len(words), i) {
			if m.Entry.Kind == Place && (m.Entry.Country == o.Country || m.Entry.Sector == "PRE") {
				return false
			}
		}
	}
	return true
}

// shortened gives a name of three words and more without its middle initials:
// "George W. Bush" is also "George Bush".
func shortened(name string) []string {
	words := strings.Fields(name)
	kept := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return len(w) == 2 && w[1] == '.' && w[0] < 'a' })
	if len(kept) < 2 || len(kept) == len(words) {
		return nil
	}
	return []string{strings.Join(kept, " ")}
}

// variants gives other spellings of a piece: those of the tables, and the ways
// in which Cyrillic endings are written.
func (b *builder) variants(s string) []string {
	out := b.spellings[s]
	for _, ends := range endings {
		for _, e := range ends {
			stem, ok := strings.CutSuffix(s, e)
			if !ok || len(stem) < 3 {
				continue
			}
			for _, o := range ends {
				if o != e {
					out = append(out[:len(out):len(out)], stem+o)
				}
			}
			return out
		}
	}
	return out
}

// endings are groups of endings that are spellings of one: Zelensky, Zelenskyy,
// Zelenskiy; the longer before those that end them.
var endings = [][]string{
	{"skyy", "skyi", "skiy", "skii", "skij", "ski", "sky"},
}

// likelier orders the entries that share a spelling. A user's rows come first,
// then the forms by how often such a word means them, then people by the height
// and recency of their offices.
func (r *Registry) likelier(a, b term) int {
	x, y := &r.entries[a.value], &r.entries[b.value]
	return cmp.Or(
		-cmp.Compare(btoi(x.own), btoi(y.own)),
		cmp.Compare(formRank[a.form]+lower[x.Kind], formRank[b.form]+lower[y.Kind]),
		cmp.Compare(kindRank[x.Kind], kindRank[y.Kind]),
		cmp.Compare(topLevel(x), topLevel(y)),
		-latest(x).First().Compare(latest(y).First()),
	)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

var formRank = [...]int{FormName: 0, FormAcronym: 0, FormCapital: 3, FormMetonym: 4, FormAdjective: 5, FormDemonym: 6, FormSurname: 7}

// lower moves the entries of a kind down or up among the forms: "the Kremlin" is
// first of all a metonym, and then a building.
var lower = [...]int{Metonym: -4, People: 0}

var kindRank = [...]int{Country: 0, Person: 2, Body: 1, Armed: 1, Metonym: 3, Place: 4, Agency: 2, Platform: 2, People: 3}

func topLevel(e *Entry) int {
	top := 9
	for _, o := range e.Offices {
		top = min(top, rank(o.Level))
	}
	return top
}

func latest(e *Entry) Date {
	var d Date
	for _, o := range e.Offices {
		if o.From.First().After(d.First()) {
			d = o.From
		}
	}
	return d
}
