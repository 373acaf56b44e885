package note

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/doc"
	"readout/reading"
	"readout/registry"
)

// actor gives the local id of somebody whom an entry names: an actor that the
// machine found in the note, else one that the registry knows, else a new one.
// Words are those that the entry rests on, for one that the note does not name.
func (a *applier) actor(w Who, words reading.Span) string {
	if id := a.known(w); id != "" {
		return id
	}
	v := a.resolve(w)
	if v.Entry != "" { // the registry's name may be one that the machine has
		for i := range a.r.Actors {
			if a.r.Actors[i].Entry == v.Entry {
				return a.r.Actors[i].ID
			}
		}
	}
	v.ID = fmt.Sprintf("a%d", a.last['a']+1)
	a.last['a']++
	for _, s := range a.plain.find(w.Name) {
		v.Mentions = append(v.Mentions, reading.Mention{Span: s, Form: "name"})
	}
	if len(v.Mentions) == 0 { // the words speak of it otherwise
		v.Mentions = append(v.Mentions, reading.Mention{Span: words, Form: "title"})
	}
	a.r.Actors = append(a.r.Actors, v)
	return v.ID
}

// known finds somebody among the actors of the machine, by the whole name, by
// the words of a mention, or by the last piece of the name where one has it.
func (a *applier) known(w Who) string {
	want := registry.Fold(w.Name)
	var whole, last []string
	for i := range a.r.Actors {
		v := &a.r.Actors[i]
		if w.Country != "" && v.Country != w.Country || w.Kind != 0 && v.Kind != w.Kind.String() || w.Anonymous && !v.Anonymous {
			continue
		}
		name := registry.Fold(v.Name)
		mentioned := slices.ContainsFunc(v.Mentions, func(m reading.Mention) bool {
			return m.Form != "pronoun" && registry.Fold(a.slice(m.Span)) == want
		})
		switch {
		case v.Kind == "place" && w.Kind == 0: // a place takes part in nothing
		case name == want || mentioned:
			whole = append(whole, v.ID)
		case strings.HasSuffix(name, " "+want):
			last = append(last, v.ID)
		}
	}
	if len(whole) == 1 {
		return whole[0]
	}
	if len(whole) == 0 && len(last) == 1 {
		return last[0]
	}
	return ""
}

// resolve makes an actor of a name.
func (a *applier) resolve(w Who) reading.Actor {
	v := reading.Actor{Name: w.Name, Kind: w.Kind.String(), Country: w.Country, Anonymous: w.Anonymous}
	context := w.Country
	if e := a.cfg.Registry.Country(w.Country); e != nil {
		context = e.Name
	}
	got := a.cfg.Registry.Resolve(w.Name, a.cfg.Published, context)
	if e := got.Entry; e != nil && e.Kind == registry.Person && !a.bears(e, w.Name) {
		got = registry.Resolution{Name: w.Name, Kind: registry.Person}
	}
	if e := got.Entry; e != nil && !w.Anonymous && (w.Country == "" || e.Country == "" || got.Country == w.Country) {
		v.Name, v.Entry, v.Wikidata = e.Name, e.Key, e.Wikidata
	}
	if v.Country == "" {
		v.Country = got.Country
	}
	if v.Country == got.Country {
		v.Code = got.Code
	}
	if v.Kind == "" {
		v.Kind = kindOf(got, w).String()
	}
	return v
}

// bears reports whether a person has a whole name, or its last piece: "Ali Hassan"
// is no Ali.
func (a *applier) bears(e *registry.Entry, name string) bool {
	if slices.ContainsFunc(a.cfg.Registry.Lookup(name), func(m registry.Match) bool { return m.Entry == e }) {
		return true
	}
	last := func(s string) string {
		f := strings.Fields(registry.Fold(s))
		if len(f) == 0 {
			return ""
		}
		return a.cfg.Registry.Spelling(f[len(f)-1])
	}
	return last(name) == last(e.Name)
}

func kindOf(got registry.Resolution, w Who) doc.ActorKind {
	if got.Entry != nil {
		switch got.Kind {
		case registry.Person:
			return doc.KindPerson
		case registry.Country:
			return doc.KindCountry
		case registry.Place:
			return doc.KindPlace
		case registry.People:
			return doc.KindGroup
		}
		return doc.KindOrganization
	}
	first, _ := utf8.DecodeRuneInString(w.Name)
	switch {
	case w.Anonymous:
		return doc.KindPerson
	case got.Kind == registry.Person:
		return doc.KindPerson
	case !unicode.IsUpper(first), got.Role != "" && got.Kind == 0:
		return doc.KindGroup
	case got.Kind == registry.Body || got.Kind == registry.Armed:
		return doc.KindOrganization
	}
	return doc.KindPerson // a name that nobody knows
}
