package record

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"readout/reading"
	"readout/record/join"
	"readout/registry"
)

// Ask is what somebody wants decided, in the terms of views.
type Ask struct {
	Do string `json:"do"`
	// IDs are ids of events, statements and positions, or beginnings of them; of
	// an undoing, that of a decision. Where accounts are split off, the first may
	// be the event, or the statement, that they are split off. Where somebody's
	// identity is corrected, it is an article's, or that of something in it, and
	// Name the name or title as it stands there.
	IDs   []string `json:"ids"`
	Field string   `json:"field,omitempty"`
	Value string   `json:"value,omitempty"`
	Name  string   `json:"name,omitempty"`
	// Account means the accounts by those ids alone, not the events they are of.
	Account bool   `json:"account,omitempty"`
	By      string `json:"by,omitempty"`
	Why     string `json:"why,omitempty"`
	// When is when it was decided; the zero time means now.
	When time.Time `json:"when,omitzero"`
}

// errAsk is an Ask that cannot be meant.
func errAsk(format string, args ...any) error { return fmt.Errorf(format, args...) }

// Propose makes the decision that is asked for: it finds the words that the ids
// stand on. Of an event with several accounts a correction is about those that
// the value rests on, everything else about all of them. Nothing is kept; see
// Preview and Decide.
func (l *Ledger) Propose(ctx context.Context, q Query, a Ask) (*Decision, error) {
	d := &Decision{Do: a.Do, Field: a.Field, Value: strings.TrimSpace(a.Value), By: a.By, Why: a.Why, When: a.When}
	err := l.look(ctx, q, func(k *look) (err error) {
		if len(a.IDs) == 0 {
			return errAsk("an id is needed")
		}
		if a.Do == DoUndo {
			return k.undoing(ctx, d, a.IDs)
		}
		if a.Do == DoCorrect && a.Field == "link" { // told as a field: "requires e71bq0zz"
			as, to, _ := strings.Cut(d.Value, " ")
			a.Do, a.Value, a.IDs = DoLink, as, append(slices.Clone(a.IDs), strings.Fields(to)...)
			d.Do, d.Field, d.Value = DoLink, "", as
		}
		if a.Do == DoLink {
			if err := linkKind(a.Value); err != nil {
				return err
			}
			return k.linking(ctx, d, &a)
		}
		if a.Field == "who" {
			return k.naming(ctx, d, &a)
		}
		var ids []string
		for _, id := range a.IDs {
			full, err := k.meant(ctx, id, &a)
			if err != nil {
				return err
			}
			ids = append(ids, full...)
		}
		if a.Do == DoSplit && len(ids) > 1 {
			if ids, err = k.splitOff(ctx, ids); err != nil {
				return err
			}
		}
		return k.anchors(ctx, d, sortedSet(ids))
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", cmp.Or(a.Do, "decide"), err)
	}
	c := *d // who decides may be told later
	c.By = cmp.Or(c.By, "-")
	return d, c.prepare(time.Unix(1, 0))
}

func (k *look) undoing(ctx context.Context, d *Decision, ids []string) error {
	if len(ids) != 1 {
		return errAsk("one decision is undone at a time")
	}
	if !isID(ids[0], "d") {
		return errAsk("%q is no decision's id: they begin with d, 'readout decide list' has them", ids[0])
	}
	id, err := k.id(ctx, ids[0])
	if err != nil {
		return err
	}
	was, err := decisionEntry(ctx, k.r, id)
	if err != nil {
		return err
	}
	undone, err := isUndone(ctx, k.r, id)
	if err != nil {
		return err
	}
	if undone {
		return errAsk("%s was undone before", short(id))
	}
	d.Of, d.At = id, was.At
	return nil
}

// naming anchors a decision on who somebody is: in each of some articles the
// first mention by a name.
func (k *look) naming(ctx context.Context, d *Decision, a *Ask) error {
	if a.Name == "" {
		return errAsk("who somebody is, is told of an article and the name or title that stands there")
	}
	for _, id := range a.IDs {
		version, err := k.versionOf(ctx, id)
		if err != nil {
			return err
		}
		article, text, rd, err := k.source(ctx, version)
		if err != nil {
			return err
		}
		x, span := actorNamed(rd, text, a.Name)
		if x == nil {
			return errAsk("nobody is named %q in %s", a.Name, short(version))
		}
		on := Anchor{Article: article, Version: version, Spans: []reading.Span{span}, Kind: OnActor, As: x.Name}
		on.quote(text, rd.Document.Sentences)
		d.At = append(d.At, on)
	}
	return nil
}

// actorNamed gives the actor that a reading has by a name, or mentions by it, and
// its first mention.
func actorNamed(r *reading.Reading, text []rune, name string) (*reading.Actor, reading.Span) {
	want := registry.Fold(name)
	for i := range r.Actors {
		x := &r.Actors[i]
		for _, m := range x.Mentions {
			if registry.Fold(x.Name) == want || registry.Fold(slice(text, m.Span)) == want {
				return x, m.Span
			}
		}
	}
	return nil, reading.Span{}
}

// source gives the article that a version is of, its text and its reading.
func (k *look) source(ctx context.Context, version string) (article string, text []rune, r *reading.Reading, err error) {
	e, err := k.r.Entry(ctx, version)
	if err != nil {
		return "", nil, nil, err
	}
	text, r, err = readingOf(ctx, k.r, version)
	return e.Of, text, r, err
}

// versionOf is the version that an event or statement stands in by its id, or
// else one as it is named.
func (k *look) versionOf(ctx context.Context, name string) (string, error) {
	if !isID(name, "esp") {
		return k.versionNamed(ctx, name)
	}
	id, err := k.id(ctx, name)
	if err != nil {
		return "", err
	}
	n, err := k.r.Nodes(ctx, []string{id})
	if err != nil {
		return "", err
	}
	return n[0].Of, nil
}

// meant gives the accounts that an id means in an Ask.
func (k *look) meant(ctx context.Context, id string, a *Ask) ([]string, error) {
	if !isID(id, "esp") {
		return nil, errAsk("%q is no id of an event, a statement or a position", id)
	}
	full, err := k.id(ctx, id)
	if err != nil {
		return nil, err
	}
	// What is split off are accounts.
	if a.Account || kind(full) == 'p' || a.Do == DoSplit {
		return []string{full}, nil
	}
	if kind(full) == 's' {
		list, err := k.statements(ctx, []string{full})
		if err != nil || len(list) == 0 {
			return []string{full}, err
		}
		return membersOf(list[0].members), nil
	}
	events, err := k.eventsOf(ctx, []string{full})
	if err != nil || len(events) == 0 { // it was rejected, say
		return []string{full}, err
	}
	if a.Do == DoCorrect {
		return events[0].resting(a.Field, a.Value), nil
	}
	return membersOf(events[0].members), nil
}

// splitOff gives the accounts that are split off an event or a statement, whose
// id comes first.
func (k *look) splitOff(ctx context.Context, ids []string) ([]string, error) {
	parts, err := k.g.components(ctx, ids[:1])
	if err != nil {
		return nil, err
	}
	var all []string
	for _, p := range parts {
		for _, m := range p.members {
			all = append(all, m.ID)
		}
	}
	for _, id := range ids[1:] {
		if !slices.Contains(all, id) {
			return nil, errAsk("%s is no account of %s", short(id), short(ids[0]))
		}
	}
	if len(sortedSet(ids[1:])) == len(all) {
		return nil, errAsk("all accounts of %s would be split off it", short(ids[0]))
	}
	return ids[1:], nil
}

func membersOf(list []*node) []string {
	var out []string
	for _, m := range list {
		out = append(out, m.ID)
	}
	return out[:min(len(out), maxAnchors/2)]
}

// resting are the accounts that the value of a field rests on.
func (e *Event) resting(field, value string) []string {
	var out []string
	add := func(ok func(*join.Mention) bool) {
		for _, m := range e.members {
			if ok(m.mention) {
				out = append(out, m.ID)
			}
		}
	}
	switch field {
	case "status":
		for i := range e.Status.Rests {
			add(func(m *join.Mention) bool { return m.Article == e.Status.Rests[i].Witness.Article })
		}
	case "day":
		add(func(m *join.Mention) bool { return e.when != nil && m.When.String() == e.when.String() })
	case "place":
		add(func(m *join.Mention) bool { return m.Place.String() == e.Place })
	case "kind":
		add(func(m *join.Mention) bool { return m.Kind == e.Kind })
	case "format":
		add(func(m *join.Mention) bool { return m.Format == e.Format })
	case "level":
		add(func(m *join.Mention) bool { return m.Level == e.Level })
	case "deadline":
		add(func(m *join.Mention) bool { return m.Deadline.String() == e.Deadline })
	case "condition-":
		if add(func(m *join.Mention) bool { return slices.ContainsFunc(m.Conditions, namedBy(value)) }); len(out) == 0 {
			return []string{e.members[0].ID}
		}
	case "condition+": // those whose sentence has the words, else the first
		_, words := splitCondition(value)
		if add(func(m *join.Mention) bool { return strings.Contains(m.Words, words) }); len(out) == 0 {
			return []string{e.members[0].ID}
		}
	case "participant+": // one account will do: the first
		return []string{e.members[0].ID}
	}
	if len(out) == 0 {
		return membersOf(e.members)
	}
	return sortedSet(out)
}

// anchors gives a decision the anchors of nodes.
func (k *look) anchors(ctx context.Context, d *Decision, ids []string) error {
	nodes, err := k.r.Nodes(ctx, ids)
	if err != nil {
		return err
	}
	for i := range nodes {
		v, err := decodeNode(&nodes[i])
		if err != nil {
			return err
		}
		article, text, rd, err := k.source(ctx, nodes[i].Of)
		if err != nil {
			return err
		}
		at := v.anchor(article, text, rd.Document.Sentences)
		if len(at.Spans) == 0 {
			return errAsk("%s stands on no words", short(nodes[i].ID))
		}
		d.At = append(d.At, at)
	}
	if d.Do == DoLink { // from the first to the second
		return nil
	}
	slices.SortFunc(d.At, func(a, b Anchor) int {
		return cmp.Or(strings.Compare(a.Version, b.Version), a.Spans[0][0]-b.Spans[0][0], a.Spans[0][1]-b.Spans[0][1], strings.Compare(a.As, b.As))
	})
	return nil
}
