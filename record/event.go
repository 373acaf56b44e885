package record

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"readout/reading"
	"readout/record/join"
	"readout/registry"
)

// Event is one event of the record, as of a time.
type Event struct {
	// ID is the id of its first mention; that of any other mention finds it too.
	ID           string      `json:"id"`
	Kind         string      `json:"kind"`
	Format       string      `json:"format,omitempty"`
	Level        string      `json:"level,omitempty"`
	Participants []Part      `json:"participants"`
	Place        string      `json:"place,omitempty"`
	Country      string      `json:"country,omitempty"`
	From         string      `json:"from,omitempty"`
	To           string      `json:"to,omitempty"`
	Granularity  string      `json:"granularity,omitempty"`
	Begins       string      `json:"begins,omitempty"`
	Deadline     string      `json:"deadline,omitempty"`
	Duration     string      `json:"duration,omitempty"`
	Topics       []string    `json:"topics"`
	CAMEO        string      `json:"cameo,omitempty"`
	PLOVER       string      `json:"plover,omitempty"`
	Mode         string      `json:"mode,omitempty"` // PLOVER's
	Status       Status      `json:"status"`
	Lines        []PartyLine `json:"lines"` // one a party
	Conditions   []Waits     `json:"conditions"`
	// Links are what it is tied to: told in an event's own view, of decisions, and
	// in exports.
	Links    []Tied    `json:"links,omitempty"`
	Dates    []Dated   `json:"dates"`  // all days it was given, in the order they became known
	Places   []Variant `json:"places"` // all places it was given, the best supported first
	Claims   []Claim   `json:"claims"`
	Mentions []Mention `json:"mentions"`
	Articles int       `json:"articles"`
	Origins  int       `json:"origins"` // stories: copies of one count once
	First    string    `json:"first,omitempty"`
	Last     string    `json:"last,omitempty"` // days of the first and last article
	// Credibility is as of a Statement: of what the event's articles tell in their
	// own voice.
	Credibility string    `json:"credibility,omitempty"`
	Decisions   []Decided `json:"decisions"` // of people, as they were taken

	members []*node
	origin  map[string]string
	when    *join.When
	links   []join.Link
}

// Part is somebody and the part taken in an event.
type Part struct {
	As      string `json:"as"`
	Name    string `json:"name"`
	Key     string `json:"key,omitempty"`
	Country string `json:"country,omitempty"`
	Code    string `json:"code,omitempty"`
	Side    string `json:"side,omitempty"`
	Kind    string `json:"kind,omitempty"`
	Origins int    `json:"origins"` // how many stories say so
}

// PartyLine is the last line of a party on an event, by all that was found.
type PartyLine struct {
	Side string `json:"side"`
	Name string `json:"name"`
	// Line is announced, confirmed, hedged, denied, silent, or "not heard":
	// no statement was found in the event's articles.
	Line    string   `json:"line"`
	By      string   `json:"by,omitempty"`
	Day     string   `json:"day,omitempty"`
	Witness *Witness `json:"witness,omitempty"`
	// Credibility is the claim's.
	Credibility string  `json:"credibility,omitempty"`
	Earlier     []Claim `json:"earlier"` // its other lines, newest first
}

// NotHeard is the line of a party without a statement.
const NotHeard = "not heard"

// Waits is what an event waits for.
type Waits struct {
	As      string  `json:"as"`
	Event   string  `json:"event,omitempty"` // the record's, where it is one
	Witness Witness `json:"witness"`
}

// Dated is a day that an event was given.
type Dated struct {
	From    string  `json:"from"`
	To      string  `json:"to,omitempty"`
	Origins int     `json:"origins"`
	Known   string  `json:"known,omitempty"` // since
	Witness Witness `json:"witness"`

	when *join.When
	last int // day of the last article that gives it
	took bool
}

// Variant is a value that some articles give and others do not.
type Variant struct {
	Value   string  `json:"value"`
	Origins int     `json:"origins"`
	Witness Witness `json:"witness"`
}

// Mention is one article's account of an event.
type Mention struct {
	ID      string         `json:"id"`
	Status  string         `json:"status,omitempty"`
	Why     string         `json:"why,omitempty"` // it was joined
	Origin  string         `json:"origin"`        // the version that comes first of its story
	Spans   []reading.Span `json:"spans"`         // all words of the article that tell of it
	Witness Witness        `json:"witness"`
}

// maxWords is how much of a sentence a line shows; the span has the rest.
const maxWords = 400

func clip(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > maxWords {
		return string(r[:maxWords-1]) + "…"
	}
	return s
}

func witness(a *join.Article, words string, span [2]int) Witness {
	w := Witness{Words: clip(words), Span: span}
	if a != nil {
		w.Article, w.Outlet, w.Title, w.URL, w.Published = a.ID, a.Outlet, a.Title, a.URL, a.Published
	}
	return w
}

// assemble makes the events of connected parts.
func (l *Ledger) assemble(ctx context.Context, g *graph, parts []component, today int) ([]*Event, error) {
	var versions []string
	for _, c := range parts {
		for _, m := range c.members {
			versions = append(versions, m.Of)
		}
	}
	origin, err := g.origins(ctx, versions)
	if err != nil {
		return nil, err
	}
	out := make([]*Event, 0, len(parts))
	for _, c := range parts {
		out = append(out, l.event(g, c, origin, today))
	}
	return out, nil
}

func (g *graph) article(version string) *join.Article {
	if n := g.nodes[version]; n != nil {
		return n.article
	}
	return nil
}

func (l *Ledger) event(g *graph, c component, origin map[string]string, today int) *Event {
	e := &Event{
		ID: c.members[0].ID, members: c.members, origin: origin,
		Participants: []Part{}, Topics: []string{}, Lines: []PartyLine{}, Conditions: []Waits{}, Dates: []Dated{}, Places: []Variant{}, Claims: []Claim{},
	}
	articles, stories := map[string]bool{}, map[string]bool{}
	for _, m := range c.members {
		a := g.article(m.Of)
		articles[m.Of], stories[origin[m.Of]] = true, true
		day := join.DayString(m.mention.Published)
		if e.First == "" || day != "" && day < e.First {
			e.First = day
		}
		e.Last = max(e.Last, day)
		e.Mentions = append(e.Mentions, Mention{
			ID: m.ID, Status: m.mention.Status, Why: c.why[m.ID], Origin: origin[m.Of], Spans: m.mention.Evidence, Witness: witness(a, m.mention.Words, firstSpan(m.mention)),
		})
		e.links = append(e.links, m.mention.Links...)
		for _, w := range m.mention.Conditions {
			e.Conditions = append(e.Conditions, Waits{As: w.As, Event: w.Event, Witness: witness(a, w.Words, firstSpan(m.mention))})
		}
	}
	e.Articles, e.Origins = len(articles), len(stories)
	e.Credibility = graded(c.members, func(n *node) string { return n.mention.Credibility })
	e.Kind = e.most(func(m *join.Mention) string { return m.Kind })
	e.Format = e.most(func(m *join.Mention) string { return m.Format })
	e.Level = e.most(func(m *join.Mention) string { return m.Level })
	e.Duration = e.most(func(m *join.Mention) string { return m.Duration })
	e.Deadline = e.most(func(m *join.Mention) string { return m.Deadline.String() })
	e.participants()
	e.claims(g)
	e.topics()
	e.place(g)
	e.time(g)
	e.Decisions = decidedOf(c.members)
	e.Status = decideStatus(e.Claims, e.when, today)
	e.code()
	l.lines(e)
	return e
}

func firstSpan(m *join.Mention) [2]int {
	if len(m.Evidence) > 0 {
		return m.Evidence[0]
	}
	return [2]int{}
}

// most is the value that most stories give, of equals the first by name.
func (e *Event) most(value func(*join.Mention) string) string {
	stories := map[string]map[string]bool{}
	for _, m := range e.members {
		if v := value(m.mention); v != "" {
			if stories[v] == nil {
				stories[v] = map[string]bool{}
			}
			stories[v][e.origin[m.Of]] = true
		}
	}
	best := ""
	for v, s := range stories {
		if best == "" || len(s) > len(stories[best]) || len(s) == len(stories[best]) && v < best {
			best = v
		}
	}
	return best
}

// participants joins those of all mentions. Who is only described, or is a
// country, is left out where somebody with a name stands for the side.
func (e *Event) participants() {
	type tally struct {
		part    Part
		as      map[string]map[string]bool
		stories map[string]bool
	}
	all := map[string]*tally{}
	var order []string
	for _, m := range e.members {
		for _, p := range m.mention.Parts {
			key := p.Actor.Key
			if key == "" {
				key = "described " + p.Actor.Side + "|" + registry.Fold(p.Actor.Name)
			}
			t := all[key]
			if t == nil {
				a := p.Actor
				t = &tally{Part{Name: a.Name, Key: a.Key, Country: a.Country, Code: a.Code, Side: a.Side, Kind: a.Kind}, map[string]map[string]bool{}, map[string]bool{}}
				all[key] = t
				order = append(order, key)
			}
			if len(p.Actor.Name) > len(t.part.Name) && p.Actor.Kind == "person" {
				t.part.Name = p.Actor.Name
			}
			if t.as[p.As] == nil {
				t.as[p.As] = map[string]bool{}
			}
			t.as[p.As][e.origin[m.Of]] = true
			t.stories[e.origin[m.Of]] = true
		}
	}
	// A surname alone is who bears it among the others.
	for _, k := range order {
		t := all[k]
		if t.part.Kind != "person" || t.part.Key == "" || strings.Contains(t.part.Name, " ") {
			continue
		}
		for _, o := range order {
			f := all[o]
			if f != nil && f != t && f.part.Kind == "person" && f.part.Key != "" && strings.HasSuffix(registry.Fold(f.part.Name), " "+registry.Fold(t.part.Name)) {
				for as, stories := range t.as {
					for s := range stories {
						if f.as[as] == nil {
							f.as[as] = map[string]bool{}
						}
						f.as[as][s], f.stories[s] = true, true
					}
				}
				delete(all, k)
				break
			}
		}
	}
	order = slices.DeleteFunc(order, func(k string) bool { return all[k] == nil })
	named, anybody := map[string]bool{}, map[string]bool{}
	for _, k := range order {
		if p := all[k].part; p.Key != "" {
			anybody[p.Side] = true
			if p.Kind == "person" {
				named[p.Side] = true
			}
		}
	}
	for _, k := range order {
		t := all[k]
		p := t.part
		if p.Side != "" && (p.Key == "" && anybody[p.Side] || p.Kind == "country" && named[p.Side]) {
			continue
		}
		for as, s := range t.as {
			if p.As == "" || len(s) > len(t.as[p.As]) || len(s) == len(t.as[p.As]) && as < p.As {
				p.As = as
			}
		}
		p.Origins = len(t.stories)
		e.Participants = append(e.Participants, p)
	}
	slices.SortStableFunc(e.Participants, func(a, b Part) int { return cmp.Or(b.Origins-a.Origins, strings.Compare(a.Name, b.Name)) })
}

// sides are the sides that have a part in the event, the best supported first.
func (e *Event) sides() []string {
	var out []string
	for _, p := range e.Participants {
		if p.Side != "" && p.As != "absent" && !slices.Contains(out, p.Side) {
			out = append(out, p.Side)
		}
	}
	return out
}

func (e *Event) claims(g *graph) {
	sides := e.sides()
	keys := map[string]bool{}
	for _, p := range e.Participants {
		if p.Key != "" {
			keys[p.Key] = true
		}
	}
	for _, m := range e.members {
		a := g.article(m.Of)
		spoken := false
		for i, c := range m.mention.Claims {
			v := Claim{Line: c.Line, Status: c.Status, Day: join.DayString(c.Day), Said: c.Statement, Credibility: c.Credibility, Witness: witness(a, c.Words, c.Span), day: c.Day, order: i}
			v.own = c.Status == m.mention.Status
			if c.By == nil {
				v.Credibility = m.mention.Credibility
				v.source = "article " + e.origin[m.Of]
				spoken = spoken || c.Status != ""
			} else {
				v.By, v.Side = c.By.Name, c.By.Side
				v.Party = keys[c.By.Key] && c.By.Key != "" || v.Side != "" && slices.Contains(sides, v.Side)
				v.source = c.By.Key
				if v.source == "" {
					v.source = "described " + c.By.Name + " " + e.origin[m.Of]
				}
			}
			e.Claims = append(e.Claims, v)
			spoken = spoken || c.Status != ""
		}
		if !spoken && m.mention.Status != "" {
			e.Claims = append(e.Claims, Claim{
				Status: m.mention.Status, Credibility: m.mention.Credibility, Day: join.DayString(m.mention.Published), Witness: witness(a, m.mention.Words, firstSpan(m.mention)),
				source: "article " + e.origin[m.Of], day: m.mention.Published, own: true,
			})
		}
	}
	slices.SortStableFunc(e.Claims, func(a, b Claim) int { return cmp.Compare(a.day, b.day) })
}

// code takes the codes that most stories give, of those that tell of the event
// as it is: what has been has not the code of the plan. There are none where no
// account agrees with the status.
func (e *Event) code() {
	been := e.Status.Value == "occurred" || e.Status.Value == "ongoing" || e.Status.Value == StatusDisputed
	best := e.most(func(m *join.Mention) string {
		if m.CAMEO == "" || (m.Status == "occurred" || m.Status == "ongoing") != been {
			return ""
		}
		return m.CAMEO + "|" + m.PLOVER + "|" + m.Mode
	})
	if codes := strings.Split(best, "|"); len(codes) == 3 {
		e.CAMEO, e.PLOVER, e.Mode = codes[0], codes[1], codes[2]
	}
}

func (e *Event) topics() {
	seen := map[string]bool{}
	for _, m := range e.members {
		for _, t := range m.mention.Topics {
			if !seen[t] {
				seen[t] = true
				e.Topics = append(e.Topics, t)
			}
		}
	}
	slices.Sort(e.Topics)
}

// place takes the place that most stories give; of one name within another the
// narrower.
func (e *Event) place(g *graph) {
	stories := map[string]map[string]bool{}
	for _, m := range e.members {
		p := m.mention.Place
		if p == nil {
			continue
		}
		name := p.String()
		if stories[name] == nil {
			stories[name] = map[string]bool{}
			e.Places = append(e.Places, Variant{Value: name, Witness: witness(g.article(m.Of), m.mention.Words, firstSpan(m.mention))})
		}
		stories[name][e.origin[m.Of]] = true
	}
	for i := range e.Places {
		e.Places[i].Origins = len(stories[e.Places[i].Value])
	}
	slices.SortStableFunc(e.Places, func(a, b Variant) int {
		return cmp.Or(b.Origins-a.Origins, len(b.Value)-len(a.Value), strings.Compare(a.Value, b.Value))
	})
	if len(e.Places) == 0 {
		return
	}
	e.Place = e.Places[0].Value
	for _, m := range e.members {
		if p := m.mention.Place; p != nil && p.String() == e.Place && p.Country != "" {
			e.Country = p.Country
			return
		}
	}
}

// time takes the day that most stories give of an event that took place, else
// the day of the last plan; the narrowest interval goes first.
func (e *Event) time(g *graph) {
	stories := map[string]map[string]bool{}
	at := map[string]int{}
	for _, m := range e.members {
		w := m.mention.When
		s := w.String()
		if s == "" {
			continue
		}
		i, ok := at[s]
		if !ok {
			i = len(e.Dates)
			at[s] = i
			stories[s] = map[string]bool{}
			e.Dates = append(e.Dates, Dated{From: join.DayString(w.From), To: join.DayString(w.To), when: w, Known: join.DayString(m.mention.Published), Witness: witness(g.article(m.Of), m.mention.Words, firstSpan(m.mention))})
		}
		stories[s][e.origin[m.Of]] = true
		d := &e.Dates[i]
		d.Origins = len(stories[s])
		d.last = max(d.last, m.mention.Published)
		d.took = d.took || m.mention.Status == "occurred" || m.mention.Status == "ongoing"
		if w.Begins != "" && d.when.Begins == "" {
			d.when = w
		}
	}
	best := -1
	for i := range e.Dates {
		if best < 0 || betterDate(&e.Dates[i], &e.Dates[best]) {
			best = i
		}
	}
	if best < 0 {
		return
	}
	w := e.Dates[best].when
	e.when = w
	e.From, e.To, e.Granularity, e.Begins = join.DayString(w.From), join.DayString(w.To), w.Granularity, w.Begins
}

func betterDate(a, b *Dated) bool {
	if a.when.Dated() != b.when.Dated() {
		return a.when.Dated()
	}
	if a.took != b.took {
		return a.took
	}
	if a.took {
		return cmp.Or(cmp.Compare(a.Origins, b.Origins), cmp.Compare(a.last, b.last), strings.Compare(b.From, a.From)) > 0
	}
	return cmp.Or(cmp.Compare(a.last, b.last), cmp.Compare(a.Origins, b.Origins), strings.Compare(b.From, a.From)) > 0
}

// lines makes the line of every party. Silence does not replace what a party
// has said.
func (l *Ledger) lines(e *Event) {
	for _, side := range e.sides() {
		p := PartyLine{Side: side, Name: l.sideName(e, side), Line: NotHeard, Earlier: []Claim{}}
		said := pick(e.Claims, func(c *Claim) bool { return c.By != "" && c.Side == side && c.Line != "" })
		if i := slices.IndexFunc(said, func(c Claim) bool { return c.Line != "silent" }); i > 0 {
			said = append([]Claim{said[i]}, append(slices.Clone(said[:i]), said[i+1:]...)...)
		}
		if len(said) > 0 {
			p.Line, p.By, p.Day, p.Witness, p.Credibility = said[0].Line, said[0].By, said[0].Day, &said[0].Witness, said[0].Credibility
			p.Earlier = append(p.Earlier, said[1:]...)
		}
		e.Lines = append(e.Lines, p)
	}
}

func (l *Ledger) sideName(e *Event, side string) string {
	for _, p := range e.Participants {
		if p.Key == side {
			return p.Name
		}
	}
	return join.SideName(l.reg, side)
}
