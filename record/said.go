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

// Statement is one statement of the record, whoever reports it.
type Statement struct {
	ID       string   `json:"id"`
	By       string   `json:"by"`
	Key      string   `json:"key,omitempty"`
	Side     string   `json:"side,omitempty"`
	Role     string   `json:"role,omitempty"`
	Standing string   `json:"standing,omitempty"`
	Form     string   `json:"form"`
	Act      string   `json:"act,omitempty"`
	Text     string   `json:"text"`
	Quotes   []string `json:"quotes"`
	To       []string `json:"to"`
	Via      []string `json:"via"` // who relays it, nearest the reporter first
	Channel  string   `json:"channel,omitempty"`
	Record   string   `json:"record,omitempty"`
	Day      string   `json:"day,omitempty"`
	Topics   []string `json:"topics"`
	Relayed  bool     `json:"relayed,omitempty"` // stands within another's statement
	// Credibility is 1 to 6 of the Admiralty code, as people set it; "" where nobody
	// did. It is of what is said, and apart from the reliability of who prints it.
	Credibility string    `json:"credibility,omitempty"`
	Why         string    `json:"why,omitempty"` // the witnesses are one
	Witnesses   []Witness `json:"witnesses"`     // by day
	Origins     int       `json:"origins"`
	Decisions   []Decided `json:"decisions"` // of people, as they were taken

	day     int
	members []*node
}

// Said is statements.
type Said struct {
	Head
	By         *Who         `json:"by,omitempty"`
	About      string       `json:"about,omitempty"`
	Statements []*Statement `json:"statements"` // the last first
	More       int          `json:"more"`
}

// Said gives what somebody said, or everybody where by is "", about something:
// words that stand in the statement, a topic, or an event's id; "" is anything.
func (l *Ledger) Said(ctx context.Context, q Query, by, about string) (*Said, error) {
	limit := cmp.Or(q.Limit, 50)
	s := &Said{About: about, Statements: []*Statement{}}
	err := l.look(ctx, q, func(k *look) (err error) {
		if s.Head, err = k.head(ctx, "said", 0); err != nil {
			return err
		}
		blocks, most := []string{keySaying}, mostSayings
		if by != "" {
			if s.By, err = k.find(ctx, by); err != nil {
				return err
			}
			blocks = s.By.blocks(keySayingOf, keySayingBy)
		}
		if about != "" {
			most = mostSearched
		}
		ids, err := k.recent(ctx, blocks, 0, most)
		if err != nil {
			return err
		}
		k.told(&s.Head)
		if ids, err = k.about(ctx, ids, by == "", about); err != nil {
			return err
		}
		if s.Statements, err = k.statements(ctx, ids); err != nil {
			return err
		}
		slices.SortFunc(s.Statements, func(a, b *Statement) int { return cmp.Or(b.day-a.day, strings.Compare(a.ID, b.ID)) })
		if len(s.Statements) > limit {
			s.More = len(s.Statements) - limit
			s.Statements = s.Statements[:limit]
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("said: %w", err)
	}
	return s, nil
}

// about keeps the statements that speak of something; top leaves out those that
// stand within another's.
func (k *look) about(ctx context.Context, ids []string, top bool, about string) ([]string, error) {
	if err := k.g.load(ctx, ids); err != nil {
		return nil, err
	}
	mentions := map[string]bool{}
	if isID(about, "e") {
		id, err := k.id(ctx, about)
		if err != nil {
			return nil, err
		}
		events, err := k.eventsOf(ctx, []string{id})
		if err != nil {
			return nil, err
		}
		for _, e := range events {
			for _, m := range e.members {
				mentions[m.ID] = true
			}
		}
	}
	words := strings.Fields(registry.Fold(about))
	var out []string
	for _, id := range ids {
		n := k.g.nodes[id]
		if n == nil || top && n.saying.Within != "" {
			continue
		}
		if about != "" && !speaksOf(n.saying, mentions, words) {
			continue
		}
		out = append(out, id)
	}
	return out, nil
}

func speaksOf(s *join.Saying, mentions map[string]bool, words []string) bool {
	if len(mentions) > 0 {
		return slices.ContainsFunc(s.About, func(id string) bool { return mentions[id] })
	}
	text := " " + registry.Fold(s.Text+" "+strings.Join(s.Topics, " ")) + " "
	for _, w := range words {
		if !strings.Contains(text, " "+w) { // the beginning of a word will do
			return false
		}
	}
	return true
}

// statements joins sayings.
func (k *look) statements(ctx context.Context, ids []string) ([]*Statement, error) {
	parts, err := k.g.components(ctx, ids)
	if err != nil {
		return nil, err
	}
	var versions []string
	for _, c := range parts {
		for _, m := range c.members {
			versions = append(versions, m.Of)
		}
	}
	origin, err := k.g.origins(ctx, versions)
	if err != nil {
		return nil, err
	}
	out := make([]*Statement, 0, len(parts))
	for _, c := range parts {
		out = append(out, k.statement(c, origin))
	}
	return k.keepStatements(ctx, out)
}

func (k *look) statement(c component, origin map[string]string) *Statement {
	// The account that names the speaker best and quotes most stands for all.
	best := slices.MaxFunc(c.members, func(a, b *node) int {
		return cmp.Or(cmp.Compare(clarity(a.saying), clarity(b.saying)), cmp.Compare(quotedLength(a.saying), quotedLength(b.saying)),
			b.day()-a.day(), strings.Compare(b.ID, a.ID))
	}).saying
	s := &Statement{
		ID: c.members[0].ID, Standing: best.Standing, Form: best.Form, Act: best.Act, Text: clip(best.Text), Channel: best.Channel, Record: best.Record,
		Relayed: best.Within != "", Quotes: nonNil(best.Quotes), Topics: nonNil(best.Topics), To: names(best.To), Via: names(best.Via), members: c.members,
	}
	if best.By != nil {
		s.By, s.Key, s.Side, s.Role = best.By.Name, best.By.Key, best.By.Side, best.By.Role
	}
	s.Credibility = graded(c.members, func(n *node) string { return n.saying.Credibility })
	stories := map[string]bool{}
	for _, m := range c.members {
		if d := m.saying.Day(); d != 0 && (s.day == 0 || d < s.day) {
			s.day = d
		}
		if s.Why == "" {
			s.Why = c.why[m.ID]
		}
		stories[origin[m.Of]] = true
		s.Witnesses = append(s.Witnesses, witness(k.g.article(m.Of), m.saying.Words, m.saying.Span))
	}
	s.Day, s.Origins, s.Decisions = join.DayString(s.day), len(stories), decidedOf(c.members)
	return s
}

// graded is the grade that was decided last of some accounts: of several the one
// whose decision is the latest.
func graded(members []*node, grade func(*node) string) string {
	best, when := "", ""
	for _, m := range members {
		g := grade(m)
		if g == "" {
			continue
		}
		last := ""
		for _, d := range m.decided() {
			if d.Field == "credibility" {
				last = max(last, stamp(d.When)+d.ID)
			}
		}
		if best == "" || last > when {
			best, when = g, last
		}
	}
	return best
}

func clarity(s *join.Saying) int {
	switch {
	case s.By == nil:
		return 0
	case s.By.Key == "":
		return 1
	}
	return 2
}

func quotedLength(s *join.Saying) int {
	n := 0
	for _, q := range s.Quotes {
		n += len(q)
	}
	return n
}

func nonNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func names(list []join.Actor) []string {
	out := []string{}
	for i := range list {
		out = append(out, list[i].Name)
	}
	return out
}

// id completes the beginning of a node's id.
func (k *look) id(ctx context.Context, prefix string) (string, error) {
	ids, err := k.r.Prefix(ctx, prefix, 9)
	if err != nil {
		return "", err
	}
	switch len(ids) {
	case 0:
		return "", fmt.Errorf("%s: %w", prefix, ErrNotFound)
	case 1:
		return ids[0], nil
	}
	return "", fmt.Errorf("%s: %w: %s", prefix, ErrAmbiguous, strings.Join(ids, ", "))
}
