package readout

import (
	"unicode"
	"unicode/utf8"

	"readout/doc"
	"readout/lang/name"
	"readout/registry"
)

// Gazetteer lets the finder of names ask a registry, which must not know
// documents, what kind of name a phrase may be. A model of names is trained
// with it and reads with it.
func Gazetteer(r *registry.Registry) name.Gazetteer { return gazetteer{r} }

type gazetteer struct{ r *registry.Registry }

// Match is the longest phrase at words[i] that the registry knows by a name, an
// adjective or a surname; a single given name counts as a person's.
func (g gazetteer) Match(words []string, i int) (doc.NameKind, int) {
	c, _ := utf8.DecodeRuneInString(words[i])
	if !unicode.IsUpper(c) {
		return 0, 0
	}
	if e, form, n := g.r.BestAt(words, i); n > 0 {
		return kindOfName(e, form), n
	}
	if g.r.Gender(words[i]) != 0 {
		return doc.NamePER, 1
	}
	return 0, 0
}

func kindOfName(e *registry.Entry, form registry.Form) doc.NameKind {
	switch form {
	case registry.FormAdjective, registry.FormDemonym:
		return doc.NameOTH
	}
	switch e.Kind {
	case registry.Person:
		return doc.NamePER
	case registry.Country, registry.Place, registry.Metonym:
		return doc.NameLOC
	case registry.People:
		return doc.NameOTH
	}
	return doc.NameORG
}
