package actor

import (
	"slices"
	"strings"

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
		r.index["f "+x.parts[0]] = append(r.index["f "+x.parts[0]], id)
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
		if ids := r.index["f "+x.parts[0]]; len(ids) == 1 && len(x.match) == 0 {
			return ids[0] // "Hofstra" of Hofstra University
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
	if len(x.parts) == 1 && len(x.match) == 0 {
		if id := r.shortBody(x); id >= 0 {
			p.class, x.kind = classBody, classBody
			r.join(k, id)
			return
		}
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
