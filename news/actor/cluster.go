package actor

import (
	"slices"
	"strings"

	"readout/doc"
	"readout/registry"
)

// cluster is one person, body, country, group, place or thing and the phrases
// that speak of it.
type cluster struct {
	class   class
	phrases []int32
	parts   []string // pieces of the fullest name; nil for who is not named
	name    int32    // the fullest name in run.names, or None
	aliases []int32  // other names that the text says are theirs, in run.names
	entry   *registry.Entry
	country string
	gender  registry.Gender
	number  number
	titles  []title
	lemma   string // head noun, of who is not named
	owner   int32  // cluster whose aide, wife, ministry it is; None
	anon    bool
	hidden  bool // the author, the reader, a "he" whom the text does not name: no actor
	members []int32
	last    int32 // the phrase of it the text came to last
	uses    int   // how many phrases of it the text has come to
}

// newCluster makes a cluster with phrase k in it.
func (r *run) newCluster(k int32) int32 {
	p := &r.phrases[k]
	c := cluster{class: p.class, name: doc.None, gender: p.gender, number: p.number, lemma: p.lemma, owner: doc.None, anon: p.anon}
	id := int32(len(r.clusters))
	r.clusters = append(r.clusters, c)
	r.join(k, id)
	return id
}

// office is an office of a country.
type office struct {
	kind    registry.OfficeKind
	country string
}

// join puts phrase k into cluster id.
func (r *run) join(k, id int32) {
	p, c := &r.phrases[k], &r.clusters[id]
	p.cluster = id
	c.phrases = append(c.phrases, k)
	if c.gender == 0 {
		c.gender = p.gender
	}
	if p.name < 0 {
		return
	}
	x := &r.names[p.name]
	if c.name < 0 || len(x.parts) > len(c.parts) && c.class == classPerson {
		c.name, c.parts = p.name, x.parts
	}
	c.anon = false
	c.titles = append(c.titles, x.titles...)
	if c.country == "" {
		c.country = x.nation // "President Roe of Peru, the chairman of the bloc"
	}
	for _, t := range x.titles {
		if t.gender != 0 && c.gender == 0 {
			c.gender = t.gender
		}
		if c.country == "" && len(t.nations) > 0 && !t.former {
			c.country = t.nations[0]
		}
	}
}

// nation is the country of a cluster: its own or that of its entry.
func (c *cluster) nation() string {
	if c.country == "" && c.entry != nil && c.class != classPerson {
		return c.entry.Country
	}
	return c.country
}

// actorKind is what a cluster is as an actor; unset for things.
func (c *cluster) actorKind() doc.ActorKind {
	switch c.class {
	case classPerson:
		return doc.KindPerson
	case classPeople:
		return doc.KindGroup
	case classBody, classState:
		if c.number == numberMany {
			return doc.KindGroup
		}
		return doc.KindOrganization
	case classCountry:
		if c.number == numberMany {
			return doc.KindGroup
		}
		return doc.KindCountry
	case classPlace:
		return doc.KindPlace
	}
	return 0
}

// holds reports whether somebody of the cluster is given an office of a kind.
func (c *cluster) holdsOffice(k registry.OfficeKind) bool {
	return slices.ContainsFunc(c.titles, func(t title) bool { return sameOffice(k, t.role.Office) })
}

// sameOffice reports whether somebody who has one office can be called by the
// other: foreign ministers are ministers.
func sameOffice(called, has registry.OfficeKind) bool {
	if called == registry.Minister {
		switch has {
		case registry.ForeignMinister, registry.DefenceMinister, registry.InteriorMinister, registry.FinanceMinister:
			return true
		}
	}
	return called == has && called != 0
}

// hasRole reports whether one of the titles of the cluster ends in the noun.
func (r *run) hasRole(c *cluster, lemma string) bool {
	return slices.ContainsFunc(c.titles, func(t title) bool {
		if t.head < 0 { // an honorific: "King"
			w := registry.Fold(r.d.Form(t.span.End - 1))
			return w == lemma || len(w) > 2 && strings.HasPrefix(lemma, w) // "Gen."
		}
		return strings.EqualFold(r.d.Lemma(t.head), lemma) || t.role.Noun != "" && strings.HasSuffix(t.role.Noun, " "+lemma)
	})
}
