package record

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	quick "github.com/segmentio/encoding/json"

	"readout/reading"
	"readout/record/join"
	"readout/registry"
)

// The index. What is compared stands under the keys of package join; what views
// start from, under these, by the day of publication unless something else is
// said.
const (
	keyArticle   = "v"        // all articles, by the day since when a version counts
	keyAgain     = "v|again"  // versions that say they are later than another, likewise
	keyCalled    = "v|key|"   // by the key that they were handed in with
	keyPage      = "v|url|"   // by the canonical form of the address
	keyNote      = "v|note"   // articles that are notes
	keyOf        = "v|actor|" // articles that name an actor
	keyName      = "n|"       // n|PIECE|KEY: a piece of an actor's name
	keyEvent     = "m"        // all events
	keyEventDay  = "m|on"     // dated events, by their own day
	keyEventOff  = "m|off"    // of which something says that it is off or denied
	keyEventPlan = "m|plan"   // dated, not said to have taken place, by their own day
	keyEventDue  = "m|due"    // with a last day, by that day
	keyMet       = "m|met|"   // m|met|A|B: two that take part, by key or as "side XXX"
	keyEventOf   = "m|actor|"
	keyEventSide = "m|side|"
	keyEventFor  = "m|topic|"
	keyEventAt   = "m|place|" // m|place|FOLDED: where it is held, and the larger places
	keySaying    = "w"
	keyPromise   = "w|promise"
	keySayingFor = "w|topic|"
	keySayingOf  = "w|actor|"
	keySayingBy  = "w|side|"
	keyTopic     = "p|topic|" // positions
	keyStand     = "p|at|"    // p|at|TOPIC|PARTY, and whether it takes a side
	keyPosition  = "p|actor|"
)

// kind is the kind of a node: the first letter of its id.
func kind(id string) byte { return id[0] }

// nodes makes the nodes of the values of a version.
func nodes(version string, from time.Time, v *join.Values) ([]Node, error) {
	var out []Node
	add := func(id string, body any, keys []join.Key, decided []join.Decided) error {
		b, err := encode(body)
		if err != nil {
			return err
		}
		n := Node{ID: id, Of: version, From: from, Body: b, Keys: keys}
		if join.Rejected(decided) != nil { // it is there by its name, and holds at no time
			n.Until, n.Keys = from, nil
		}
		for i := range decided {
			n.Keys = append(n.Keys, join.Key{Block: keyDecided + decided[i].ID})
		}
		n.Keys = distinct(n.Keys)
		out = append(out, n)
		return nil
	}
	a := &v.Article
	keys := append(a.Keys(), join.Key{Block: keyArticle, Day: a.Since})
	if a.Modified != "" {
		keys = append(keys, join.Key{Block: keyAgain, Day: a.Since})
	}
	if a.Key != "" {
		keys = append(keys, join.Key{Block: keyCalled + a.Key})
	}
	if u := join.CanonicalURL(a.URL); u != "" {
		keys = append(keys, join.Key{Block: keyPage + u})
	}
	if strings.HasPrefix(a.Outlet, noteOutlet) {
		keys = append(keys, join.Key{Block: keyNote, Day: a.Day})
	}
	if len(a.Unfit) > 0 {
		keys = append(keys, join.Key{Block: keyUnfit, Day: a.Day})
	}
	for i := range a.Actors {
		keys = append(keys, join.Key{Block: keyOf + a.Actors[i].Key, Day: a.Day})
		for _, piece := range strings.Fields(registry.Fold(a.Actors[i].Name)) {
			keys = append(keys, join.Key{Block: keyName + piece + "|" + a.Actors[i].Key})
		}
	}
	if err := add(a.ID, a, keys, nil); err != nil {
		return nil, err
	}
	for i := range v.Mentions {
		m := &v.Mentions[i]
		keys := append(m.Keys(), join.Key{Block: keyEvent, Day: m.Published})
		if m.When != nil && m.When.From > 0 {
			keys = append(keys, join.Key{Block: keyEventDay, Day: m.When.From})
			if m.Status != "occurred" && m.Status != "ongoing" {
				keys = append(keys, join.Key{Block: keyEventPlan, Day: m.When.From})
			}
		}
		if m.Deadline != nil && m.Deadline.To > 0 {
			keys = append(keys, join.Key{Block: keyEventDue, Day: m.Deadline.To})
		}
		if m.Off() {
			keys = append(keys, join.Key{Block: keyEventOff, Day: m.Published})
		}
		for _, pair := range met(m) {
			keys = append(keys, join.Key{Block: keyMet + pair, Day: m.Published})
		}
		for j := range m.Parts {
			if k := m.Parts[j].Actor.Key; k != "" {
				keys = append(keys, join.Key{Block: keyEventOf + k, Day: m.Published})
			}
			if s := m.Parts[j].Actor.Side; s != "" {
				keys = append(keys, join.Key{Block: keyEventSide + s, Day: m.Published})
			}
		}
		for _, t := range m.Topics {
			keys = append(keys, join.Key{Block: keyEventFor + registry.Fold(t), Day: m.Published})
		}
		for _, p := range placeNames(m.Place) {
			keys = append(keys, join.Key{Block: keyEventAt + registry.Fold(p), Day: m.Published})
		}
		if err := add(m.ID, m, keys, m.Decided); err != nil {
			return nil, err
		}
	}
	for i := range v.Sayings {
		s := &v.Sayings[i]
		keys := append(s.Keys(), join.Key{Block: keySaying, Day: s.Published})
		if s.Act == "promise" {
			keys = append(keys, join.Key{Block: keyPromise, Day: s.Published})
		}
		if s.By != nil && s.By.Key != "" {
			keys = append(keys, join.Key{Block: keySayingOf + s.By.Key, Day: s.Published})
		}
		if s.By != nil && s.By.Side != "" {
			keys = append(keys, join.Key{Block: keySayingBy + s.By.Side, Day: s.Published})
		}
		for _, t := range s.Topics {
			keys = append(keys, join.Key{Block: keySayingFor + registry.Fold(t), Day: s.Published})
		}
		if err := add(s.ID, s, keys, s.Decided); err != nil {
			return nil, err
		}
	}
	for i := range v.Positions {
		p := &v.Positions[i]
		keys := []join.Key{
			{Block: keyTopic + p.Topic, Day: p.Published},
			{Block: keyStand + p.Topic + "|" + cmp.Or(p.Actor.Side, p.Actor.Key) + firmness(p), Day: p.Published},
		}
		if p.Actor.Key != "" {
			keys = append(keys, join.Key{Block: keyPosition + p.Actor.Key, Day: p.Published})
		}
		if err := add(p.ID, p, keys, p.Decided); err != nil {
			return nil, err
		}
	}
	return out, nil
}

const (
	standFirm  = "|firm"
	standLoose = "|loose" // it only talks of the matter
)

func firmness(p *join.Position) string {
	if p.Stance == "discusses" {
		return standLoose
	}
	return standFirm
}

// met are the pairs of those who take part in an encounter, each by key and by
// side: whoever is asked for is found under the other. A visitor meets the
// country that is visited.
func met(m *join.Mention) []string {
	if e := (Event{Kind: m.Kind}); !e.Encounter() {
		return nil
	}
	var who [][]string
	for i := range m.Parts {
		p := &m.Parts[i]
		if p.As == "absent" || p.As == "organiser" || p.As == "drafter" {
			continue
		}
		var names []string
		if p.Actor.Key != "" {
			names = append(names, p.Actor.Key)
		}
		if p.Actor.Side != "" {
			names = append(names, "side "+p.Actor.Side)
		}
		who = append(who, names)
	}
	if m.Kind == "visit" && m.Place != nil && m.Place.Country != "" {
		who = append(who, []string{"side " + m.Place.Country})
	}
	if len(who) > maxMet {
		who = who[:maxMet]
	}
	var out []string
	for i, a := range who {
		for _, b := range who[i+1:] {
			for _, x := range a {
				for _, y := range b {
					if x != y {
						out = append(out, min(x, y)+"|"+max(x, y))
					}
				}
			}
		}
	}
	return out
}

// maxMet bounds the pairs of a summit of many.
const maxMet = 12

func distinct(keys []join.Key) []join.Key {
	seen := map[join.Key]bool{}
	out := keys[:0]
	for _, k := range keys {
		if !seen[k] {
			seen[k] = true
			out = append(out, k)
		}
	}
	return out
}

// value is the decoded body of a node, one of its fields set.
type value struct {
	article  *join.Article
	mention  *join.Mention
	saying   *join.Saying
	position *join.Position
}

// decided is what people decided of an event, statement or position.
func (v value) decided() []join.Decided {
	switch {
	case v.mention != nil:
		return v.mention.Decided
	case v.saying != nil:
		return v.saying.Decided
	case v.position != nil:
		return v.position.Decided
	}
	return nil
}

func decodeNode(n *Node) (value, error) {
	var v value
	var err error
	switch kind(n.ID) {
	case 'v':
		v.article, err = decodeAs[join.Article](n.Body)
	case 'e':
		v.mention, err = decodeAs[join.Mention](n.Body)
	case 's':
		v.saying, err = decodeAs[join.Saying](n.Body)
	case 'p':
		v.position, err = decodeAs[join.Position](n.Body)
	default:
		err = fmt.Errorf("no kind of node begins with %q", n.ID[:1])
	}
	if err != nil {
		return value{}, fmt.Errorf("%w: node %s: %w", ErrDamaged, n.ID, err)
	}
	return v, nil
}

func decodeAs[T any](b []byte) (*T, error) {
	v := new(T)
	err := quick.Unmarshal(b, v) // half the time of a view was the standard library's
	return v, err
}

// lookups are the ranges of the index where a value's equals may stand.
func (v value) lookups() []join.Range {
	switch {
	case v.article != nil:
		return v.article.Lookups()
	case v.mention != nil:
		return v.mention.Lookups()
	case v.saying != nil:
		return v.saying.Lookups()
	}
	return nil
}

// ready makes a value ready to be compared many times.
func (v value) ready() {
	switch {
	case v.mention != nil:
		v.mention.Ready()
	case v.saying != nil:
		v.saying.Ready()
	}
}

// ties are the ties between two values, both ways.
func ties(a, b value) (ab, ba join.Tie) {
	switch {
	case a.article != nil && b.article != nil:
		return join.Articles(a.article, b.article), join.Tie{}
	case a.mention != nil && b.mention != nil:
		return join.Events(a.mention, b.mention), join.Events(b.mention, a.mention)
	case a.saying != nil && b.saying != nil:
		return join.Sayings(a.saying, b.saying), join.Tie{}
	}
	return join.Tie{}, join.Tie{}
}

func pair(a, b string, t join.Tie) Pair {
	if t.Kind == join.Same && a > b {
		a, b = b, a
	}
	return Pair{A: a, B: b, Kind: t.Kind, Score: int64(math.Round(t.Score * 1e6)), Why: t.Why}
}

// indexed is a version of an article that is to stand in the index.
type indexed struct {
	article *Article
	reading *reading.Reading
	learnt  time.Time
}

// index puts the values of versions, as people decided them, into the index and
// ties them to what is there and to each other. Its cost is that of the nodes that
// the keys find: what happens among the same people around the same days, whatever
// the record holds.
func (l *Ledger) index(ctx context.Context, tx Tx, list ...indexed) error {
	on := make([][]join.Range, len(list))
	for i := range list {
		on[i] = []join.Range{{Block: keyDecisionOn + list[i].article.ID(), From: 0, To: 1 << 24}}
	}
	decided, err := tx.LookupEach(ctx, on)
	if err != nil {
		return err
	}
	var all []Node
	title := make([]string, len(list))
	for i := range list {
		a, from := list[i].article, list[i].article.Since()
		if from.IsZero() {
			from = list[i].learnt
		}
		var ds []Decision
		if len(decided[i]) > 0 {
			if ds, err = counting(ctx, tx, decided[i]); err != nil {
				return err
			}
		}
		v := l.amended(ds, a, list[i].reading)
		made, err := nodes(v.Article.ID, from, &v)
		if err != nil {
			return err
		}
		all = append(all, made...)
		if title[i] = v.Article.Title; strings.HasPrefix(strings.TrimSpace(a.Text), title[i]) {
			title[i] = ""
		}
	}
	if err := tx.PutNodes(ctx, all); err != nil {
		return err
	}
	for i := range list {
		if err := tx.PutWords(ctx, list[i].article.Version(), title[i], list[i].article.Text); err != nil {
			return err
		}
	}
	return l.tie(ctx, tx, all)
}

// tie finds and keeps the pairs of nodes of versions. It asks the store for
// all of them at once: a database may be far away, and others wait to write.
func (l *Ledger) tie(ctx context.Context, tx Tx, list []Node) error {
	pairs, err := l.pairs(ctx, tx, list)
	if err != nil || len(pairs) == 0 {
		return err
	}
	return tx.PutPairs(ctx, pairs)
}

// pairs are the pairs that nodes stand in, by what the index has; they are in it.
func (l *Ledger) pairs(ctx context.Context, r Reader, list []Node) ([]Pair, error) {
	selves := make(map[string]decodedValue, len(list))
	ranges := make([][]join.Range, len(list))
	for i := range list {
		self, err := decodeNode(&list[i])
		if err != nil {
			return nil, err
		}
		self.ready()
		selves[list[i].ID] = decodedValue{list[i].Of, self}
		if join.Rejected(self.decided()) != nil {
			continue
		}
		ranges[i] = self.lookups()
		for _, d := range self.decided() {
			if d.Do == DoMerge || d.Do == DoSplit {
				ranges[i] = append(ranges[i], join.Range{Block: keyDecided + d.ID})
			}
		}
	}
	near, err := r.LookupEach(ctx, ranges)
	if err != nil {
		return nil, err
	}
	others := sortedSet(slices.Concat(near...))
	others = slices.DeleteFunc(others, func(id string) bool { _, ok := selves[id]; return ok })
	found, err := l.decoded.nodes(ctx, r, others)
	if err != nil {
		return nil, err
	}
	maps.Copy(found, selves)
	var out []Pair
	for i := range list {
		for _, id := range near[i] {
			if other, ok := found[id]; ok {
				out = pairsOf(out, &list[i], selves[list[i].ID].value, id, other)
			}
		}
	}
	return out, nil
}

// pairsOf appends the pairs of a node with another one.
func pairsOf(out []Pair, n *Node, self value, id string, c decodedValue) []Pair {
	if id == n.ID || c.of == n.Of && len(self.decided()) == 0 {
		return out
	}
	other := c.value
	var ab, ba join.Tie
	if t, ok := join.Ruled(self.decided(), other.decided()); ok {
		if ab = t; join.Rejected(other.decided()) != nil || kind(id) != kind(n.ID) {
			return out
		}
	} else if c.of != n.Of {
		ab, ba = ties(self, other)
	}
	if ab.Kind != "" {
		out = append(out, pair(n.ID, id, ab))
	}
	if ba.Kind == join.Nearest {
		out = append(out, pair(id, n.ID, ba))
	}
	return out
}
