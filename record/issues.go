package record

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"readout/record/join"
	"readout/registry"
)

// Board is who stands where: issues by parties.
type Board struct {
	Head
	Stands []Standing `json:"stands"`
	More   int        `json:"more,omitempty"` // issues that were left out
}

// Standing is one issue and where each party stands on it.
type Standing struct {
	Topic string `json:"topic"`
	Cells []Cell `json:"cells"` // by the party's name
	// Unread is how many older positions of parties were not read, since there
	// are so many.
	Unread int `json:"unread,omitempty"`
}

// Cell is where one party stands on an issue: its last word, and how it came
// there.
type Cell struct {
	Side    string   `json:"side,omitempty"`
	Party   string   `json:"party"`
	Stance  string   `json:"stance"`
	By      string   `json:"by"`
	Day     string   `json:"day,omitempty"`
	Said    string   `json:"said,omitempty"` // the statement's id
	Witness Witness  `json:"witness"`
	Earlier []Stance `json:"earlier"` // the stances it had before, the last first
	// Decisions are what people decided of the position.
	Decisions []Decided `json:"decisions"`
}

// Stance is a stance that a party had.
type Stance struct {
	Stance  string  `json:"stance"`
	By      string  `json:"by"`
	Day     string  `json:"day,omitempty"`
	Witness Witness `json:"witness"`
}

// Issues gives the issues and where each party stands on them.
func (l *Ledger) Issues(ctx context.Context, q Query) (*Board, error) {
	b := &Board{}
	err := l.look(ctx, q, func(k *look) (err error) {
		if b.Head, err = k.head(ctx, "issues", 0); err != nil {
			return err
		}
		b.Stands, b.More, err = k.board(ctx, 0)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("issues: %w", err)
	}
	return b, nil
}

// processBoard gives the standings on the topics of the process of the view,
// those with the most parties first.
func (k *look) processBoard(ctx context.Context, back int) ([]Standing, error) {
	topics, err := k.processTopics(ctx, back)
	if err != nil {
		return nil, err
	}
	out := []Standing{}
	for topic, ids := range topics {
		if out, err = k.stand(ctx, out, topic, ids, 0, back); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(out, func(a, b Standing) int { return cmp.Or(len(b.Cells)-len(a.Cells), strings.Compare(a.Topic, b.Topic)) })
	return out, nil
}

// processTopics are the positions of the period that may belong to the process,
// by topic.
func (k *look) processTopics(ctx context.Context, back int) (map[string][]string, error) {
	if len(k.set.issues) == 0 {
		return k.gatheredPositions(ctx, back)
	}
	blocks, err := k.r.Blocks(ctx, keyTopic)
	if err != nil {
		return nil, err
	}
	out := map[string][]string{}
	for _, b := range blocks {
		topic := strings.TrimPrefix(b.Name, keyTopic)
		if len(k.set.in) == 0 && !k.set.issues[registry.Fold(topic)] {
			continue
		}
		if out[topic], err = k.newestOf(ctx, k.days(b.Name, back), mostPositions/2); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// standing is where each party stands on a topic, by positions whose articles
// are loaded.
func (k *look) standing(topic string, list []*node) Standing {
	// The newest first; of one day the one that stands later in its article.
	slices.SortFunc(list, func(a, b *node) int {
		p, q := a.position, b.position
		return cmp.Or(q.Day-p.Day, q.Published-p.Published, strings.Compare(a.Of, b.Of), q.Span[0]-p.Span[0], strings.Compare(a.ID, b.ID))
	})
	// Who has taken a side has not given it up by talking of the matter.
	firm := map[string]bool{}
	for _, n := range list {
		if n.position.Stance != "discusses" {
			firm[party(n)] = true
		}
	}
	s := Standing{Topic: topic, Cells: []Cell{}}
	at := map[string]int{}
	for _, n := range list {
		p, party := n.position, party(n)
		if party == "" || p.Stance == "discusses" && firm[party] {
			continue
		}
		w := witness(k.g.article(n.Of), p.Words, p.Span)
		day := join.DayString(p.Day)
		i, ok := at[party]
		if !ok {
			at[party] = len(s.Cells)
			name := p.Actor.Name
			if p.Actor.Side != "" && p.Actor.Side != p.Actor.Key {
				name = join.SideName(k.l.reg, p.Actor.Side)
			}
			s.Cells = append(s.Cells, Cell{Side: p.Actor.Side, Party: name, Stance: p.Stance, By: p.Actor.Name, Day: day, Said: p.Statement, Witness: w, Earlier: []Stance{}, Decisions: decidedOf([]*node{n})})
			continue
		}
		c := &s.Cells[i]
		last := c.Stance
		if n := len(c.Earlier); n > 0 {
			last = c.Earlier[n-1].Stance
		}
		if p.Stance != last {
			c.Earlier = append(c.Earlier, Stance{Stance: p.Stance, By: p.Actor.Name, Day: day, Witness: w})
		}
	}
	slices.SortFunc(s.Cells, func(a, b Cell) int { return strings.Compare(a.Party, b.Party) })
	return s
}

// party is whose position it is: the side's, else the actor's own.
func party(n *node) string { return cmp.Or(n.position.Actor.Side, n.position.Actor.Key) }
