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
)

// What the record has on words, or one passage of it.
const (
	Supported    = "supported"     // passages say the same
	Contradicted = "contradicted"  // passages say otherwise
	Disputed     = "disputed"      // some the one, some the other
	NotAddressed = "not addressed" // none says either
)

// Support is what the passages of the record have on some words.
//
// The words are read as a sentence of an article. A passage, a sentence of the
// record, addresses them where it tells of the same people and the same matter:
// an event of the same kind, or most of the same words. It supports them where
// all that both tell agrees, and contradicts them where the day, the place, the
// channel, a number, what became of it or who said it differs. This is reading
// by rules, and its accuracy is measured (readout eval claims): a verdict is a
// pointer to passages, to be looked at.
type Support struct {
	Head
	Claim       string    `json:"claim"`
	Verdict     string    `json:"verdict"`
	Supports    []Passage `json:"supports"`    // the most stories first
	Contradicts []Passage `json:"contradicts"` // so, too
	Near        []Passage `json:"near"`        // the nearest of those that do not address it
	For         int       `json:"stories_for"` // copies of one story count once
	Against     int       `json:"stories_against"`
}

// Passage is a sentence of the record with what it has on the words.
type Passage struct {
	Verdict  string   `json:"verdict"`
	Why      []string `json:"why"`
	By       string   `json:"by,omitempty"`       // who says it there; "": the article itself
	Standing string   `json:"standing,omitempty"` // of who says it
	Origin   string   `json:"origin"`             // the version that comes first of its story
	Witness  Witness  `json:"witness"`

	score float64
	day   int
}

// Understood is a sentence as the reader has it, with all its times.
type Understood struct {
	Reading *reading.Reading
	Times   []reading.Time
}

// Understand reads words as an article of a day would have them.
type Understand func(ctx context.Context, words string, day time.Time) (Understood, error)

// maxNear is how many passages that do not address the words are given.
const maxNear = 5

// Support tells which passages support words, contradict them, or come near.
func (l *Ledger) Support(ctx context.Context, q Query, words string, read Understand) (*Support, error) {
	v := &Support{Claim: strings.Join(strings.Fields(words), " "), Supports: []Passage{}, Contradicts: []Passage{}, Near: []Passage{}}
	err := l.look(ctx, q, func(k *look) (err error) {
		if v.Head, err = k.head(ctx, "claim", 0); err != nil {
			return err
		}
		s := &supporter{k: k, read: read, text: v.Claim, byDay: map[int]*asserted{}}
		// As of a day long after the last article a name may mean another.
		day := k.today
		if last, err := lastDay(ctx, k.r); err != nil {
			return err
		} else if last > 0 {
			day = min(day, last)
		}
		if s.claim, err = s.on(ctx, day); err != nil {
			return err
		}
		if err := s.aliases(ctx, s.claim); err != nil {
			return err
		}
		versions, err := s.candidates(ctx)
		if err != nil {
			return err
		}
		var all []Passage
		for _, id := range versions {
			list, err := s.passages(ctx, id)
			if err != nil {
				return err
			}
			all = append(all, list...)
		}
		return v.sort(ctx, k, all)
	})
	if err != nil {
		return nil, fmt.Errorf("claim: %w", err)
	}
	return v, nil
}

// sort puts the passages under their verdicts and counts stories.
func (v *Support) sort(ctx context.Context, k *look, all []Passage) error {
	var versions []string
	for i := range all {
		versions = append(versions, all[i].Witness.Article)
	}
	origins, err := k.g.origins(ctx, versions)
	if err != nil {
		return err
	}
	for i := range all {
		all[i].Origin = origins[all[i].Witness.Article]
	}
	slices.SortStableFunc(all, func(a, b Passage) int {
		return cmp.Or(cmp.Compare(b.score, a.score), b.day-a.day, strings.Compare(a.Witness.Article, b.Witness.Article), a.Witness.Span[0]-b.Witness.Span[0])
	})
	// What is told on the day itself settles what other days could have
	// contradicted: those passages tell of another event.
	exact := slices.ContainsFunc(all, func(p Passage) bool { return p.Verdict == Supported })
	stories := map[string]map[string]bool{Supported: {}, Contradicted: {}}
	for _, p := range all {
		if p.Verdict == otherEvent {
			p.Verdict = Contradicted
			if exact {
				p.Verdict = NotAddressed
				p.Why = append([]string{"another event"}, p.Why...)
			}
		}
		switch p.Verdict {
		case Supported:
			v.Supports = append(v.Supports, p)
			stories[Supported][p.Origin] = true
		case Contradicted:
			v.Contradicts = append(v.Contradicts, p)
			stories[Contradicted][p.Origin] = true
		default:
			if len(v.Near) < maxNear {
				v.Near = append(v.Near, p)
			}
		}
	}
	v.For, v.Against = len(stories[Supported]), len(stories[Contradicted])
	switch {
	case v.For > 0 && v.Against > 0:
		v.Verdict = Disputed
	case v.For > 0:
		v.Verdict = Supported
	case v.Against > 0:
		v.Verdict = Contradicted
	default:
		v.Verdict = NotAddressed
	}
	return nil
}

// otherEvent is a passage about the same people and matter on another day or at
// another place: it contradicts unless there is one that fits.
const otherEvent = "other event"

// supporter is Support at work.
type supporter struct {
	k     *look
	read  Understand
	text  string
	claim *asserted
	byDay map[int]*asserted // the words as an article of that day has them
}

// on is what the words say in an article of a day.
func (s *supporter) on(ctx context.Context, day int) (*asserted, error) {
	if a, ok := s.byDay[day]; ok {
		return a, nil
	}
	var at time.Time
	if day > 0 {
		at = join.DayTime(day)
	}
	u, err := s.read(ctx, s.text, at)
	if err != nil {
		return nil, err
	}
	u.Reading.Document.Text = s.text
	a := assert(s.k.l, u, day)
	if s.claim != nil { // names mean whom they mean on the day of the claim
		a.actors, a.by = s.claim.actors, s.claim.by
		for i := range a.days { // and so does a day with its month; "on Friday" is the article's
			if i < len(s.claim.days) && namesMonth(a.days[i].Text) {
				a.days[i] = s.claim.days[i]
			}
		}
	}
	s.byDay[day] = a
	return a, nil
}

// maxAliases is how many bear a name that tells who is meant well enough.
const maxAliases = 3

// aliases finds whom the record knows by the names that the registry does not
// know: "Burns" where it has a William J. Burns.
func (s *supporter) aliases(ctx context.Context, a *asserted) error {
	for i := range a.actors {
		p := &a.actors[i]
		if !strings.HasPrefix(p.Key, p.Kind+":") {
			continue
		}
		keys, err := s.k.named(ctx, p.Name)
		if err != nil {
			return err
		}
		if len(keys) <= maxAliases {
			p.also = keys
		}
	}
	return nil
}

// maxCandidates is how many articles are looked at: the last that name who the
// words name, and those that have the words.
const maxCandidates = 120

// candidates are the versions that may address the words.
func (s *supporter) candidates(ctx context.Context) ([]string, error) {
	c := s.claim
	var versions []string
	// Articles that name all whom the words name, or act for them.
	var both map[string]bool
	for i := range c.actors {
		a := &c.actors[i]
		var ranges []join.Range
		switch {
		case a.Kind == "country" && a.Side != "":
			ranges = append(s.k.days(keyEventSide+a.Side, 0), s.k.days(keySayingBy+a.Side, 0)...)
			ranges = append(ranges, s.k.days(keyOf+a.Key, 0)...)
		case a.Key != "":
			ranges = append(s.k.days(keyOf+a.Key, 0), s.k.days(keySayingOf+a.Key, 0)...)
		default:
			continue
		}
		for _, key := range a.also {
			ranges = append(append(ranges, s.k.days(keyOf+key, 0)...), s.k.days(keySayingOf+key, 0)...)
		}
		ids, err := s.k.r.Lookup(ctx, ranges)
		if err != nil {
			return nil, err
		}
		if err := s.k.g.load(ctx, ids); err != nil {
			return nil, err
		}
		have := map[string]bool{}
		for _, id := range ids {
			if n := s.k.g.nodes[id]; n != nil && (both == nil || both[n.Of]) {
				have[n.Of] = true
			}
		}
		both = have
	}
	for v := range both {
		versions = append(versions, v)
	}
	for _, words := range c.searches() {
		found, err := s.k.r.Search(ctx, words, maxCandidates/2)
		if err != nil {
			return nil, err
		}
		versions = append(versions, found...)
	}
	versions = sortedSet(versions)
	if err := s.k.g.load(ctx, versions); err != nil {
		return nil, err
	}
	kept := versions[:0]
	for _, v := range versions {
		a := s.k.g.article(v)
		if a == nil {
			continue
		}
		in, err := s.k.articleIn(ctx, a.Of)
		if err != nil {
			return nil, err
		}
		if in {
			kept = append(kept, v)
		}
	}
	versions = kept
	slices.SortFunc(versions, func(a, b string) int {
		return cmp.Or(s.k.g.article(b).Day-s.k.g.article(a).Day, strings.Compare(a, b))
	})
	return versions[:min(len(versions), maxCandidates)], nil
}

// passages compares each sentence of a version with the words.
func (s *supporter) passages(ctx context.Context, version string) ([]Passage, error) {
	text, r, err := readingOf(ctx, s.k.r, version)
	if err != nil {
		return nil, err
	}
	a := s.k.g.article(version)
	claim, err := s.on(ctx, a.Day)
	if err != nil {
		return nil, err
	}
	r.Document.Text = string(text)
	values := join.Of(s.k.l.reg, version, r)
	who := map[string]join.Actor{}
	for i := range r.Actors {
		who[r.Actors[i].ID] = join.Identify(s.k.l.reg, &r.Actors[i], a.Day)
	}
	whole := " " + strings.Join(plainWords(string(text)), " ") + " "
	var out []Passage
	for _, span := range r.Document.Sentences {
		if span[0] < 0 || span[1] > len(text) || span[0] >= span[1] {
			continue
		}
		t := told{text: string(text[span[0]:span[1]]), span: span, day: a.Day, article: r, who: who, values: &values, whole: whole}
		t.gather()
		p, ok := claim.compare(&t)
		if !ok {
			continue
		}
		p.Witness, p.day = witness(a, t.text, span), a.Day
		out = append(out, p)
	}
	return out, nil
}
