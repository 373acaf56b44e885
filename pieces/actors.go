package pieces

import (
	"slices"
	"strconv"
	"strings"

	"readout/doc"
)

// Actors of two pieces are the same when
//
//   - both have the same entry in the registry, or
//   - both are named, with the same name but for capitals and "the", are of the
//     same kind and of no two countries, or
//   - the later is a person named by one word ("Smith") with which the name of
//     one earlier person, and one only, ends ("John Smith"), or
//   - they are groups with the same name and the same members.
//
// Somebody who is only described ("a spokesman") is another one in each piece,
// and so is who is not named at all.

// index finds the actors of earlier pieces.
type index struct {
	entry map[string]doc.ActorID
	name  map[string][]doc.ActorID // by kind and name
	last  map[string][]doc.ActorID // persons by the last word of a name of several
}

func newIndex() index {
	return index{map[string]doc.ActorID{}, map[string][]doc.ActorID{}, map[string][]doc.ActorID{}}
}

// addActors sets m.actors and appends the actors and mentions of p.
func (j *Joiner) addActors(p *doc.Document, m *moved, share float64) {
	d := j.d
	if len(p.Actors) == 0 && p.Has&doc.LayerActors != 0 && d.Actors == nil {
		d.Actors, d.Mentions = []doc.Actor{}, []doc.Mention{}
	}
	named := make([]bool, len(p.Actors))
	for _, x := range p.Mentions {
		if x.Form == doc.FormName {
			named[x.Actor] = true
		}
	}
	d.Actors = room(d.Actors, len(p.Actors), share)
	before := doc.ActorID(len(d.Actors))
	m.actors = make([]doc.ActorID, len(p.Actors))
	for _, groups := range []bool{false, true} { // members before their groups
		for k := range p.Actors {
			if a := &p.Actors[k]; groups == (a.Members != nil) {
				m.actors[k] = j.actor(a, named[k], before, m)
			}
		}
	}
	d.Mentions = room(d.Mentions, len(p.Mentions), share)
	for _, x := range p.Mentions {
		x.Span, x.Head, x.Actor = m.span(x.Span), m.token(x.Head), m.actors[x.Actor]
		d.Mentions = append(d.Mentions, x)
	}
}

// actor is the place of a in the document: the actor of an earlier piece, one
// before the number before, that it is, or a new one.
func (j *Joiner) actor(a *doc.Actor, named bool, before doc.ActorID, m *moved) doc.ActorID {
	v := *a
	v.Members = each(a.Members, m.actor)
	v.Roles = each(a.Roles, func(r doc.Role) doc.Role { r.Span = m.span(r.Span); return r })
	key := nameKey(&v, named)
	if id := j.actors.find(j.d, &v, key); id >= 0 && id < before {
		join(&j.d.Actors[id], &v)
		return id
	}
	id := doc.ActorID(len(j.d.Actors))
	j.d.Actors = append(j.d.Actors, v)
	j.actors.add(&v, key, id)
	return id
}

// nameKey is what named actors, and groups of known members, are found by; ""
// for others.
func nameKey(a *doc.Actor, named bool) string {
	if a.Anonymous || a.Members == nil && !named {
		return ""
	}
	key := a.Kind.String() + " " + strings.TrimPrefix(fold(a.Name), "the ")
	if a.Members != nil {
		members := slices.Clone(a.Members)
		slices.Sort(members)
		for _, id := range slices.Compact(members) {
			key += " " + strconv.Itoa(int(id))
		}
	}
	return key
}

func (x *index) find(d *doc.Document, a *doc.Actor, key string) doc.ActorID {
	if a.Entry != "" {
		if id, ok := x.entry[a.Entry]; ok {
			return id
		}
	}
	if key == "" {
		return doc.None
	}
	for _, id := range x.name[key] {
		if compatible(&d.Actors[id], a) {
			return id
		}
	}
	if one := fold(a.Name); a.Kind == doc.KindPerson && a.Entry == "" && !strings.Contains(one, " ") {
		if ids := x.last[one]; len(ids) == 1 && compatible(&d.Actors[ids[0]], a) {
			return ids[0]
		}
	}
	return doc.None
}

// compatible reports whether two actors of one name are of no two entries and
// no two countries.
func compatible(a, b *doc.Actor) bool {
	return (a.Entry == "" || b.Entry == "" || a.Entry == b.Entry) && (a.Country == "" || b.Country == "" || a.Country == b.Country)
}

func (x *index) add(a *doc.Actor, key string, id doc.ActorID) {
	if a.Entry != "" {
		if _, ok := x.entry[a.Entry]; !ok {
			x.entry[a.Entry] = id
		}
	}
	if key == "" {
		return
	}
	x.name[key] = append(x.name[key], id)
	if name := fold(a.Name); a.Kind == doc.KindPerson {
		if i := strings.LastIndexByte(name, ' '); i >= 0 {
			x.last[name[i+1:]] = append(x.last[name[i+1:]], id)
		}
	}
}

// join adds to a what the same actor of a later piece knows.
func join(a, b *doc.Actor) {
	if a.Entry == "" && b.Entry != "" {
		a.Entry, a.Wikidata = b.Entry, b.Wikidata
	}
	if a.Country == "" && b.Country != "" {
		a.Country, a.Code = b.Country, b.Code
	}
	if a.Code == "" {
		a.Code = b.Code
	}
	for _, r := range b.Roles {
		if !slices.ContainsFunc(a.Roles, func(o doc.Role) bool { return o.Title == r.Title && o.Org == r.Org && o.Former == r.Former }) {
			a.Roles = append(a.Roles, r)
		}
	}
	a.Confidence = max(a.Confidence, b.Confidence)
}
