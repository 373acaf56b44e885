package record

import (
	"context"
	"slices"
	"time"

	"readout/record/join"
	"readout/registry"
)

// dossier is a process made ready for asking what belongs to it.
type dossier struct {
	*Process
	keys, sides    map[string]bool // of the actors
	issues, places map[string]bool // folded
	in, out        map[string]bool // articles by hand, and decisions about events
}

func (l *Ledger) setOf(ctx context.Context, r Reader, name string) (*dossier, error) {
	p, err := l.findProcess(ctx, r, name)
	if err != nil {
		return nil, err
	}
	s := &dossier{Process: p, keys: map[string]bool{}, sides: map[string]bool{}, issues: map[string]bool{}, places: map[string]bool{}, in: map[string]bool{}, out: map[string]bool{}}
	for _, m := range p.Actors {
		if m.Side != "" {
			s.sides[m.Side] = true
		} else {
			s.keys[m.Key] = true
		}
	}
	for _, x := range p.Issues {
		s.issues[registry.Fold(x)] = true
	}
	for _, x := range p.Places {
		s.places[registry.Fold(x)] = true
	}
	for i := range p.In {
		s.in[p.In[i].names()] = true
	}
	for i := range p.Out {
		s.out[p.Out[i].names()] = true
	}
	return s, nil
}

// names is the article that was put in or taken out, or the decision about an
// event, which the accounts that it is about carry.
func (h *Hand) names() string {
	if h.Kind == OnEvent {
		return h.ID
	}
	return h.At.Article
}

// placeNames are a place and the larger places it lies in, nearest first.
func placeNames(p *join.Place) []string {
	if p == nil {
		return nil
	}
	return append([]string{p.Name}, p.Within...)
}

// who is somebody that something touches.
type who struct{ key, side string }

// member is the member of the set that somebody is or acts for; "" for none.
func (s *dossier) member(w who) string {
	switch {
	case w.key != "" && s.keys[w.key]:
		return w.key
	case w.side != "" && s.sides[w.side]:
		return "side " + w.side
	}
	return ""
}

// touches is the rule: two members of the set, one of them an actor; one, where
// the set has but one; without actors an issue or a place is enough.
func (s *dossier) touches(actors []who, issues, places []string) bool {
	about := slices.ContainsFunc(issues, func(x string) bool { return s.issues[registry.Fold(x)] }) ||
		slices.ContainsFunc(places, func(x string) bool { return s.places[registry.Fold(x)] })
	if len(s.Actors) == 0 {
		return about
	}
	members := map[string]bool{}
	for _, a := range actors {
		if m := s.member(a); m != "" {
			members[m] = true
		}
	}
	n := len(members)
	if n > 0 && about {
		n++
	}
	return n >= min(2, len(s.Actors)+len(s.Issues)+len(s.Places)) && len(members) > 0
}

// belongs reports whether an event belongs to the process of the view: by hand,
// else by the rule, where it is told by an article that was not taken out.
func (k *look) belongs(e *Event) bool {
	s := k.set
	if s == nil {
		return true
	}
	in := false
	for _, m := range e.members {
		for i := range m.mention.Decided {
			if s.out[m.mention.Decided[i].ID] {
				return false
			}
			in = in || s.in[m.mention.Decided[i].ID]
		}
	}
	if in {
		return true
	}
	told := false
	var places []string
	for _, m := range e.members {
		a := k.g.article(m.Of)
		if a != nil && s.in[a.Of] {
			return true
		}
		told = told || a != nil && !s.out[a.Of]
		places = append(places, placeNames(m.mention.Place)...)
	}
	if !told {
		return false
	}
	var actors []who
	for _, p := range e.Participants {
		if p.As != "absent" {
			actors = append(actors, who{p.Key, p.Side})
		}
	}
	if e.Kind == "visit" && e.Country != "" { // a visitor meets the country
		actors = append(actors, who{side: e.Country})
	}
	return s.touches(actors, e.Topics, places)
}

// keepStatements are the statements that belong: that speak of an event which
// does, or touch the set themselves by who speaks, to whom, and of what.
func (k *look) keepStatements(ctx context.Context, list []*Statement) ([]*Statement, error) {
	s := k.set
	if s == nil {
		return list, nil
	}
	var about []string
	for _, st := range list {
		for _, m := range st.members {
			about = append(about, m.saying.About...)
		}
	}
	events, err := k.eventsOf(ctx, about) // those that belong
	if err != nil {
		return nil, err
	}
	mentions := map[string]bool{}
	for _, e := range events {
		for _, m := range e.members {
			mentions[m.ID] = true
		}
	}
	return slices.DeleteFunc(list, func(st *Statement) bool { return !k.says(st, mentions) }), nil
}

func (k *look) says(st *Statement, mentions map[string]bool) bool {
	told, of := false, false
	var actors []who
	var topics []string
	for _, m := range st.members {
		a := k.g.article(m.Of)
		if a != nil && k.set.in[a.Of] {
			return true
		}
		told = told || a != nil && !k.set.out[a.Of]
		of = of || slices.ContainsFunc(m.saying.About, func(id string) bool { return mentions[id] })
		topics = append(topics, m.saying.Topics...)
		if by := m.saying.By; by != nil {
			actors = append(actors, who{by.Key, by.Side})
		}
		for _, to := range m.saying.To {
			actors = append(actors, who{to.Key, to.Side})
		}
	}
	return told && (of || k.set.touches(actors, topics, nil))
}

// gathered is what a process has gathered, of one period.
type gathered struct {
	back       int
	since      time.Time
	events     []*Event
	statements []*Statement
	versions   map[string]bool // of the articles of the period
}

// gather gives what belongs to the process of the view, of the period that days
// tells. It looks where the members of the process stand in the index, and not
// through the whole; see recent.
func (k *look) gather(ctx context.Context, back int) (*gathered, error) {
	if m := k.mine; m != nil && m.back == back && m.since.Equal(k.q.Since) {
		return m, nil
	}
	out := &gathered{back: back, since: k.q.Since, versions: map[string]bool{}}
	byHand, err := k.byHand(ctx, back)
	if err != nil {
		return nil, err
	}
	ids, err := k.newestOf(ctx, k.where(back, keyEventOf, keyEventSide, keyEventFor, keyEventAt), mostMentions)
	if err != nil {
		return nil, err
	}
	if out.events, err = k.eventsOf(ctx, append(ids, ofKind(byHand, 'e')...)); err != nil {
		return nil, err
	}
	var versions []string
	for _, e := range out.events {
		for _, m := range e.members {
			if k.inPeriod(m.day(), back) {
				versions = append(versions, m.Of)
			}
		}
	}
	if ids, err = k.newestOf(ctx, k.where(back, keySayingOf, keySayingBy, keySayingFor, ""), mostSayings); err != nil {
		return nil, err
	}
	ids = append(ids, ofKind(byHand, 's')...)
	for _, v := range sortedSet(versions) {
		of, err := k.r.NodesOf(ctx, v)
		if err != nil {
			return nil, err
		}
		ids = append(ids, ofKind(of, 's')...)
	}
	if out.statements, err = k.statements(ctx, ids); err != nil {
		return nil, err
	}
	for _, s := range out.statements {
		for _, m := range s.members {
			if k.inPeriod(m.day(), back) {
				versions = append(versions, m.Of)
			}
		}
	}
	versions = append(versions, ofKind(byHand, 'v')...)
	if err := k.g.load(ctx, versions); err != nil {
		return nil, err
	}
	for _, v := range versions {
		if a := k.g.article(v); a != nil && !k.set.out[a.Of] {
			out.versions[v] = true
		}
	}
	k.mine = out
	return out, nil
}

// where are the ranges of the index in which the members of the process stand:
// the actors, or where it has none the issues and places.
func (k *look) where(back int, byKey, bySide, byIssue, byPlace string) []join.Range {
	var out []join.Range
	for key := range k.set.keys {
		out = append(out, k.days(byKey+key, back)...)
	}
	for side := range k.set.sides {
		out = append(out, k.days(bySide+side, back)...)
	}
	if len(k.set.Actors) > 0 {
		return out
	}
	for x := range k.set.issues {
		out = append(out, k.days(byIssue+x, back)...)
	}
	for x := range k.set.places {
		if byPlace != "" {
			out = append(out, k.days(byPlace+x, back)...)
		}
	}
	return out
}

// byHand are the values of the period of the articles that were put in, or whose
// events were.
func (k *look) byHand(ctx context.Context, back int) ([]string, error) {
	var out []string
	for i := range k.set.In {
		h := &k.set.In[i]
		ids, err := k.handled(ctx, h)
		if err != nil {
			return nil, err
		}
		if err := k.g.load(ctx, ids); err != nil {
			return nil, err
		}
		for _, id := range ids {
			if n := k.g.nodes[id]; n != nil && k.inPeriod(n.day(), back) {
				out = append(out, id)
			}
		}
	}
	return out, nil
}

// handled are the values of an article that was put in, or the accounts of an
// event.
func (k *look) handled(ctx context.Context, h *Hand) ([]string, error) {
	if h.Kind == OnEvent {
		return k.r.Lookup(ctx, []join.Range{{Block: keyDecided + h.ID, From: 0, To: 1 << 24}})
	}
	versions, err := versionsOf(ctx, k.r, h.At.Article)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, v := range versions {
		ids, err := k.r.NodesOf(ctx, v)
		if err != nil {
			return nil, err
		}
		out = append(out, ids...)
	}
	return out, nil
}

func (k *look) inPeriod(day, back int) bool {
	return slices.ContainsFunc(k.days("", back), func(r join.Range) bool { return r.From <= day && day <= r.To })
}

func ofKind(ids []string, letter byte) []string {
	var out []string
	for _, id := range ids {
		if kind(id) == letter {
			out = append(out, id)
		}
	}
	return out
}

// periodEvents gives the events of the period: all, or those of the process.
func (k *look) periodEvents(ctx context.Context, back int) ([]*Event, error) {
	if k.set == nil {
		return k.events(ctx, k.days(keyEvent, back))
	}
	got, err := k.gather(ctx, back)
	if err != nil {
		return nil, err
	}
	return slices.Clone(got.events), nil
}

// articleIn reports whether an article belongs to the process of the view: it was
// put in, or an event or a statement of it does.
func (k *look) articleIn(ctx context.Context, article string) (bool, error) {
	switch {
	case k.set == nil || k.set.in[article]:
		return true, nil
	case k.set.out[article]:
		return false, nil
	}
	versions, err := versionsOf(ctx, k.r, article)
	if err != nil {
		return false, err
	}
	for _, v := range versions {
		ids, err := k.r.NodesOf(ctx, v)
		if err != nil {
			return false, err
		}
		events, err := k.eventsOf(ctx, ofKind(ids, 'e')) // those that belong
		if err != nil || len(events) > 0 {
			return err == nil, err
		}
		said, err := k.statements(ctx, ofKind(ids, 's'))
		if err != nil || len(said) > 0 {
			return err == nil, err
		}
	}
	return false, nil
}

// keepPositions are the positions that belong: of an actor of the set, where it
// has any, on an issue of the set; where it names none, in an article that
// belongs.
func (k *look) keepPositions(ctx context.Context, list []*node, back int) ([]*node, error) {
	s := k.set
	if s == nil || len(list) == 0 {
		return list, nil
	}
	got, err := k.gather(ctx, back)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(list, func(n *node) bool {
		p := n.position
		a := k.g.article(n.Of)
		switch {
		case a == nil || s.out[a.Of]:
			return true
		case s.in[a.Of]:
			return false
		case len(s.Actors) > 0 && s.member(who{p.Actor.Key, p.Actor.Side}) == "":
			return true
		case len(s.Issues) > 0:
			return !s.issues[registry.Fold(p.Topic)]
		}
		return !got.versions[n.Of]
	}), nil
}

// gatheredPositions are the positions in the articles of the process, by topic.
func (k *look) gatheredPositions(ctx context.Context, back int) (map[string][]string, error) {
	got, err := k.gather(ctx, back)
	if err != nil {
		return nil, err
	}
	var ids []string
	for v := range got.versions {
		of, err := k.r.NodesOf(ctx, v)
		if err != nil {
			return nil, err
		}
		ids = append(ids, ofKind(of, 'p')...)
	}
	if err := k.g.load(ctx, ids); err != nil {
		return nil, err
	}
	out := map[string][]string{}
	for _, id := range ids {
		if n := k.g.nodes[id]; n != nil && k.inPeriod(n.day(), back) {
			out[n.position.Topic] = append(out[n.position.Topic], id)
		}
	}
	return out, nil
}
