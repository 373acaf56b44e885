package actor

import (
	"slices"
	"strings"

	"readout/doc"
	"readout/registry"
)

// write makes the actors and mentions of the document. Clusters that are
// somebody become actors, in the order in which the text comes to them.
func (r *run) write() {
	d := r.d
	r.fillOwners()
	r.parliament = r.legislature()
	r.settle()
	d.Actors, d.Mentions = []doc.Actor{}, []doc.Mention{}
	order := r.actorOrder()
	ids := filled(len(r.clusters))
	for n, id := range order {
		ids[id] = int32(n)
	}
	for _, id := range order {
		d.Actors = append(d.Actors, r.actor(&r.clusters[id], ids))
	}
	used := map[doc.Span]bool{}
	for k := range r.phrases {
		p := &r.phrases[k]
		if p.cluster < 0 || ids[p.cluster] < 0 || p.span.Empty() || used[p.span] {
			continue
		}
		used[p.span] = true
		d.Mentions = append(d.Mentions, doc.Mention{
			Span: p.span, Head: p.head, Actor: doc.ActorID(ids[p.cluster]), Form: p.form, Confidence: p.conf,
		})
	}
	r.titledMentions(ids, used)
	slices.SortStableFunc(d.Mentions, func(a, b doc.Mention) int {
		if a.Span.Begin != b.Span.Begin {
			return int(a.Span.Begin - b.Span.Begin)
		}
		return int(b.Span.End - a.Span.End)
	})
	r.dateline()
}

// titledMentions adds to each name with a title before it the mention of both:
// "Chairman Kim" beside "Kim". A title with somebody's 's in it stays out.
func (r *run) titledMentions(ids []int32, used map[doc.Span]bool) {
	d := r.d
	for k := range r.phrases {
		p := &r.phrases[k]
		if p.name < 0 || p.cluster < 0 || ids[p.cluster] < 0 || r.names[p.name].title.Empty() {
			continue
		}
		s := doc.Span{Begin: r.names[p.name].title.Begin, End: p.span.End}
		owned := false
		for i := s.Begin; i < p.span.Begin; i++ {
			owned = owned || isGenitive(d.Form(i))
		}
		if used[s] || owned || s.Len() > 10 {
			continue
		}
		used[s] = true
		d.Mentions = append(d.Mentions, doc.Mention{Span: s, Head: p.head, Actor: doc.ActorID(ids[p.cluster]), Form: doc.FormName, Confidence: p.conf})
	}
}

// dateline confirms the place of the dateline and gives it the name's words.
func (r *run) dateline() {
	d := r.d
	if d.Dateline.Span.Empty() {
		return
	}
	if d.Dateline.Place == "" {
		d.Dateline.Place = r.words(d.Dateline.Span)
	}
}

// settle decides which clusters are somebody.
func (r *run) settle() {
	r.somebody = make([]bool, len(r.clusters))
	for id := range r.clusters {
		r.somebody[id] = r.isSomebody(&r.clusters[id])
	}
	for id := range r.clusters { // members of a group that is kept are kept
		if !r.somebody[id] {
			continue
		}
		for _, m := range r.clusters[id].members {
			if m >= 0 && r.clusters[m].actorKind() != 0 {
				r.somebody[m] = true
			}
		}
	}
}

// isSomebody reports whether a cluster is an actor of the article rather than
// a thing, or a person in passing ("a man's hat").
func (r *run) isSomebody(c *cluster) bool {
	if c.hidden || len(c.phrases) == 0 || c.actorKind() == 0 {
		return false
	}
	if c.name >= 0 || c.entry != nil || len(c.members) > 0 {
		return true
	}
	first := &r.phrases[c.phrases[0]]
	switch c.class {
	case classPerson:
		if first.lemma == "counterpart" && len(first.nations) > 0 {
			return true // no name, and an office and a country all the same
		}
		if (first.article == articleThe || first.article == articleOwner) && len(first.nations) == 0 {
			return len(c.phrases) > 1 && r.acts(c) || r.speaks(c) // somebody we failed to find, or somebody in passing
		}
		return len(c.phrases) > 1 && r.acts(c) || r.anonymousSource(c) || first.role.Noun != "" && r.acts(c) || r.speaks(c)
	case classPeople, classBody, classState:
		if first.lemma == "side" && len(first.nations) == 0 && r.unnamedSide(first) || first.lemma == "other" {
			return false // "the other side", members unknown
		}
		return len(c.phrases) > 1 || partySector(first.role.Role) || len(first.nations) > 0 || r.acts(c)
	case classPlace:
		return false
	}
	return len(c.phrases) > 1
}

// anonymousSource reports whether a person who is not named is a source or
// holds an office.
func (r *run) anonymousSource(c *cluster) bool {
	first := &r.phrases[c.phrases[0]]
	return r.anonymousNoun(first.lemma) && (r.acts(c) || r.speaks(c) || first.lemma == "source")
}

// partySector reports whether people or bodies of a CAMEO role are parties even
// where they do nothing in the text.
func partySector(role string) bool {
	switch role {
	case "GOV", "MIL", "REB", "OPP", "LEG", "SPY", "PRM", "UAF", "IGO", "PTY":
		return true
	}
	return false
}

// unnamedSide reports whether a phrase says which side only by pointing: "the
// other side", but not "the Tigrayan side".
func (r *run) unnamedSide(p *phrase) bool {
	for i := p.span.Begin; i < p.head; i++ {
		if r.capital(i) && r.d.UPOS(i) != doc.DET {
			return false
		}
	}
	return true
}

// speaks reports whether a phrase of the cluster is the subject of a verb of
// saying.
func (r *run) speaks(c *cluster) bool {
	d := r.d
	return slices.ContainsFunc(c.phrases, func(k int32) bool {
		h := d.Head(r.phrases[k].head)
		return h >= 0 && d.UPOS(h) == doc.VERB && r.lex.say[d.Lemma(h)] && r.subjectOf(h) == k
	})
}

// acts reports whether a phrase of the cluster is the subject or agent of a
// verb, or the one according to whom something is so.
func (r *run) acts(c *cluster) bool {
	d := r.d
	for _, k := range c.phrases {
		switch d.Deprel(r.phrases[k].head) {
		case doc.RelNsubj, doc.RelNsubjPass, doc.RelOblAgent:
			return true
		case doc.RelObl, doc.RelNmod, doc.RelConj:
			if h := d.Head(r.phrases[k].head); h >= 0 && strings.EqualFold(d.Form(h), "according") {
				return true
			}
			if c := d.Child(r.phrases[k].head, doc.RelCase); c >= 0 && strings.EqualFold(d.Form(c), "according") {
				return true
			}
		}
	}
	return false
}

// actorOrder is the clusters that become actors, by first mention; members of
// groups who are not mentioned come last.
func (r *run) actorOrder() []int32 {
	var out []int32
	first := func(id int32) int32 {
		if len(r.clusters[id].phrases) == 0 {
			return 1 << 30
		}
		at := int32(1 << 30)
		for _, k := range r.clusters[id].phrases {
			at = min(at, r.phrases[k].span.Begin)
		}
		return at
	}
	for id := range r.clusters {
		if r.somebody[id] {
			out = append(out, int32(id))
		}
	}
	at := make(map[int32]int32, len(out))
	for _, id := range out {
		at[id] = first(id)
	}
	slices.SortStableFunc(out, func(a, b int32) int { return int(at[a] - at[b]) })
	return out
}

// actor is a cluster as the document has it.
func (r *run) actor(c *cluster, ids []int32) doc.Actor {
	a := doc.Actor{Kind: c.actorKind(), Name: r.nameOfCluster(c), Anonymous: c.name < 0 && c.entry == nil && (c.class == classPerson || c.class == classPeople && len(c.members) == 0)}
	if c.entry != nil {
		a.Entry, a.Wikidata = c.entry.Key, c.entry.Wikidata
	}
	for _, m := range c.members {
		if m >= 0 && ids[m] >= 0 {
			a.Members = append(a.Members, doc.ActorID(ids[m]))
		}
	}
	a.Roles = r.roles(c)
	a.Country, a.Code = r.code(c)
	a.Country, a.Code = r.byDictionary(c, a.Country, a.Code)
	a.Confidence = 1
	for _, k := range c.phrases {
		a.Confidence = min(a.Confidence, max(r.phrases[k].conf, 0.5))
	}
	return a
}

// nameOfCluster is the fullest name: the registry's for countries and bodies
// and for people the article knows by one word, else the article's.
func (r *run) nameOfCluster(c *cluster) string {
	if c.entry != nil && (c.name < 0 || c.class != classPerson || len(c.parts) < 2) {
		return c.entry.Name
	}
	if c.name >= 0 {
		return r.words(r.names[c.name].span)
	}
	first := slices.IndexFunc(c.phrases, func(k int32) bool { return r.phrases[k].form != doc.FormPronoun })
	if first < 0 {
		var names []string
		for _, m := range c.members {
			if m >= 0 && (r.clusters[m].name >= 0 || r.clusters[m].entry != nil || len(r.clusters[m].phrases) > 0 && len(r.clusters[m].members) == 0) {
				names = append(names, r.nameOfCluster(&r.clusters[m]))
			}
		}
		if len(names) > 0 {
			return strings.Join(names, " and ")
		}
		first = 0
	}
	p := &r.phrases[c.phrases[first]]
	s := p.span
	for s.Begin < p.head && (r.d.UPOS(s.Begin) == doc.DET || isVague(r.d.Form(s.Begin)) && r.d.UPOS(s.Begin+1) != doc.NUM && !isQuantity(r.d.Lemma(s.Begin+1))) {
		s.Begin++
	}
	return r.words(s)
}

// isVague reports whether a word only says roughly how many.
func isVague(w string) bool {
	switch strings.ToLower(w) {
	case "several", "some", "many", "few", "various", "other", "most", "all", "both", "certain", "numerous":
		return true
	}
	return false
}

// words is the text of s on one line.
func (r *run) words(s doc.Span) string { return strings.Join(strings.Fields(r.d.Slice(s)), " ") }

// roles are the offices the article gives somebody, each wording once; the
// registry's where it gives none.
func (r *run) roles(c *cluster) []doc.Role {
	var out []doc.Role
	for _, t := range c.titles {
		text := r.words(t.span)
		if t.role.Noun == "" && t.sector == "" && t.head < 0 || text == "" || t.span.Len() > 14 {
			continue
		}
		if slices.ContainsFunc(out, func(o doc.Role) bool { return strings.EqualFold(o.Title, text) }) {
			continue
		}
		org := t.org
		if org == "" && len(t.nations) > 0 {
			if e := r.reg.Country(t.nations[0]); e != nil {
				org = e.Name
			}
		}
		out = append(out, doc.Role{Title: text, Org: org, Former: t.former, Span: t.span})
	}
	return out
}

// code is the country and the CAMEO code of an actor.
func (r *run) code(c *cluster) (country, code string) {
	switch c.class {
	case classPerson:
		return r.personCode(c)
	case classCountry:
		if c.entry != nil {
			return c.entry.Country, c.entry.Country
		}
		return c.country, c.country
	}
	country = c.nation()
	if c.entry != nil && c.entry.Code != "" {
		return country, c.entry.Code
	}
	if c.class == classPlace {
		return country, ""
	}
	if len(c.members) > 0 {
		return country, ""
	}
	if len(c.phrases) > 0 {
		first := &r.phrases[c.phrases[0]]
		role := first.role.Role
		if role == "" && c.class == classState && first.lemma != "side" {
			role = "GOV"
		}
		if role == "" && c.name >= 0 {
			s := r.names[c.name].span
			if noun, ok := r.roleEnding(s.End-1, s.Begin); ok {
				role = noun.Role
			}
		}
		if country != "" || role != "" {
			return country, r.joinCode(country, role)
		}
	}
	return country, country
}

// joinCode is the CAMEO code of a country and a role. Above states there are no
// roles: who speaks for the United Nations has the code of the United Nations.
func (r *run) joinCode(country, role string) string {
	key := ""
	switch country {
	case "UNO":
		key = "un"
	case "EUR":
		key = "european-union"
	case "IGO":
		return country
	default:
		return country + role
	}
	if e := r.reg.Entry(key); e != nil {
		return e.Code
	}
	return country
}

// personCode is where somebody acts for and as what: by the titles that the
// article gives, else by the registry's office at its date. Who has only left
// offices is of the elite (ELI).
func (r *run) personCode(c *cluster) (string, string) {
	country, sector := c.country, ""
	var body *registry.Entry
	held, left := false, false
	for _, t := range c.titles {
		switch {
		case t.former:
			left = true
			if country == "" && len(t.nations) > 0 {
				country = t.nations[0]
			}
			continue
		case sector == "" || t.sector == "MIL":
			sector = t.sector
		}
		held = held || t.role.Noun != ""
		if body == nil {
			body = t.body
		}
	}
	if o, ok := r.topOffice(c); ok {
		if country == "" {
			country = o.Country
		}
		now := o.At(r.at()) || r.at().IsZero()
		if o.Country == country {
			held, left = held || now, left || !now
			if sector == "" {
				sector = o.Role
			}
		}
	}
	switch {
	case country != "":
	case c.entry != nil:
		country = c.entry.Country
	case c.owner >= 0:
		country = r.clusters[c.owner].nation()
	}
	if left && !held {
		sector = "ELI"
	}
	if body != nil && body.Code != "" && held && (body.Country == country || country == "") &&
		(body.Kind == registry.Armed || supranational(body.Country) || sector == "" || sector == "GOV" && len(body.Code) > 3) {
		return body.Country, body.Code
	}
	if country == "" && c.name >= 0 && sector == "LEG" {
		country = r.parliament
	}
	if country == "" && c.name >= 0 && ofState(sector) {
		country = r.home
	}
	return country, r.joinCode(country, sector)
}

// legislature is the country of the one parliament that the article names, or
// "": whose senator a senator is.
func (r *run) legislature() string {
	country := ""
	for i := range r.clusters {
		c := &r.clusters[i]
		if c.class != classBody || c.entry == nil || !strings.HasSuffix(c.entry.Code, "LEG") {
			continue
		}
		if country != "" && country != c.entry.Country {
			return ""
		}
		country = c.entry.Country
	}
	return country
}

// ofState reports whether somebody of a sector acts in a state: where the
// article does not say which, it is the one it is about.
func ofState(sector string) bool {
	switch sector {
	case "GOV", "MIL", "LEG", "JUD", "COP", "SPY", "ELI", "OPP", "PRM", "REB":
		return true
	}
	return false
}

// supranational reports whether a country code stands for something above
// states.
func supranational(code string) bool {
	switch code {
	case "IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC":
		return true
	}
	return false
}
