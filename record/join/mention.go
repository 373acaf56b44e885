package join

import (
	"slices"
	"strconv"
	"strings"

	"readout/reading"
	"readout/registry"
)

// Mention is one event as one article has it.
type Mention struct {
	ID         string         `json:"id"`
	Article    string         `json:"article"`
	Kind       string         `json:"kind"`
	Step       string         `json:"step,omitempty"`   // of a deal: extension, leaving, return, sailing
	Matter     []string       `json:"matter,omitempty"` // stems of the words for that deal, or for what sails
	Format     string         `json:"format,omitempty"`
	Level      string         `json:"level,omitempty"`
	Parts      []Part         `json:"parts,omitempty"`
	Place      *Place         `json:"place,omitempty"`
	When       *When          `json:"when,omitempty"`
	Deadline   *When          `json:"deadline,omitempty"`
	Duration   string         `json:"duration,omitempty"`
	Status     string         `json:"status,omitempty"`
	Claims     []Claim        `json:"claims,omitempty"`
	Conditions []Condition    `json:"conditions,omitempty"`
	Links      []Link         `json:"links,omitempty"`
	Topics     []string       `json:"topics,omitempty"`
	CAMEO      string         `json:"cameo,omitempty"`
	PLOVER     string         `json:"plover,omitempty"`
	Mode       string         `json:"mode,omitempty"`
	Evidence   []reading.Span `json:"evidence"`
	Words      string         `json:"words"`               // the sentence of the first evidence
	Published  int            `json:"published,omitempty"` // the day
	Others     []int          `json:"others,omitempty"`    // days of other events like it in the article
	Confidence float64        `json:"confidence,omitempty"`
	// Credibility is what people say of the information: 1 to 6 of the Admiralty
	// code. No model gives it.
	Credibility string    `json:"credibility,omitempty"`
	Decided     []Decided `json:"decided,omitempty"` // by people, in the order they did

	ready *readyMention
}

// readyMention is what comparing works out of a mention.
type readyMention struct{ sides, stems []string }

// Ready works out once what every comparison asks for. The mention is not to be
// written after it.
func (m *Mention) Ready() { m.ready = &readyMention{m.Sides(), stems(m.Words)} }

func (m *Mention) stems() []string {
	if m.ready != nil {
		return m.ready.stems
	}
	return stems(m.Words)
}

// Part is an actor and its part in an event.
type Part struct {
	As    string `json:"as"`
	Actor Actor  `json:"actor"`
}

// Place is where an event is held: its name, and the larger places it lies in.
type Place struct {
	Name    string   `json:"name"`
	Within  []string `json:"within,omitempty"` // nearest first
	Country string   `json:"country,omitempty"`
}

// String is the place with the next larger one.
func (p *Place) String() string {
	switch {
	case p == nil:
		return ""
	case len(p.Within) > 0 && p.Within[0] != p.Name:
		return p.Name + ", " + p.Within[0]
	}
	return p.Name
}

// Claim is what somebody, or the article itself, asserts of an event.
type Claim struct {
	By        *Actor       `json:"by,omitempty"` // nil: the article in its own voice
	Statement string       `json:"statement,omitempty"`
	Line      string       `json:"line,omitempty"`
	Status    string       `json:"status,omitempty"`
	Day       int          `json:"day,omitempty"` // when it was said, else published
	Span      reading.Span `json:"span"`
	Words     string       `json:"words"`
	// Credibility is the statement's, or where there is none the mention's.
	Credibility string `json:"credibility,omitempty"`
}

// Condition is what an event waits for.
type Condition struct {
	As    string `json:"as"`
	Event string `json:"event,omitempty"` // a Mention's ID
	Words string `json:"words"`
}

// Link ties an event to another of the same article.
type Link struct {
	As string `json:"as"`
	To string `json:"to"` // a Mention's ID
}

// attends reports whether a part means being there.
func attends(as string) bool {
	switch as {
	case "organiser", "invited", "drafter", "absent":
		return false
	}
	return true
}

// Attending are the actors that take part.
func (m *Mention) Attending() []*Actor {
	var out []*Actor
	for i := range m.Parts {
		if attends(m.Parts[i].As) {
			out = append(out, &m.Parts[i].Actor)
		}
	}
	return out
}

// Sides are the sides that take part, sorted. Who mediates or lends the room is
// one only where fewer than two others are left.
func (m *Mention) Sides() []string {
	if m.ready != nil {
		return m.ready.sides
	}
	var main, all []string
	for _, p := range m.Parts {
		if p.Actor.Side == "" || !attends(p.As) {
			continue
		}
		all = append(all, p.Actor.Side)
		if p.As != "mediator" && p.As != "host" {
			main = append(main, p.Actor.Side)
		}
	}
	slices.Sort(main)
	if main = slices.Compact(main); len(main) >= 2 {
		return main
	}
	if m.Kind == "visit" && m.Place != nil && m.Place.Country != "" {
		all = append(all, m.Place.Country)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// past reports whether a status is of something that has been or is.
func past(status string) bool { return status == "occurred" || status == "ongoing" }

// Off reports whether anything said of the event takes it back.
func (m *Mention) Off() bool {
	return off(m.Status) || slices.ContainsFunc(m.Claims, func(c Claim) bool { return off(c.Status) })
}

// off reports whether a status takes a plan back.
func off(status string) bool {
	return status == "postponed" || status == "cancelled" || status == "denied"
}

func (b *builder) mentions() []Mention {
	out := make([]Mention, 0, len(b.r.Events))
	seen := map[string]int{}
	for i := range b.r.Events {
		e := &b.r.Events[i]
		parts := []string{b.version, e.Kind}
		for _, s := range e.Evidence {
			parts = append(parts, strconv.Itoa(s[0]), strconv.Itoa(s[1]))
		}
		id := ID("e", parts...)
		if n := seen[id]; n > 0 {
			id = ID("e", append(parts, "again", strconv.Itoa(n))...)
		}
		seen[id]++
		b.events[e.ID] = id
	}
	for i := range b.r.Events {
		out = append(out, b.mention(&b.r.Events[i]))
	}
	settle(out)
	return out
}

// settle tells each mention the days of others like it in the article.
func settle(list []Mention) {
	for i := range list {
		m := &list[i]
		m.Others = nil
		for j := range list {
			o := &list[j]
			if i != j && Rejected(o.Decided) == nil && o.When.Dated() && family(m) == family(o) && meets(m.Sides(), o.Sides()) {
				m.Others = append(m.Others, o.When.From)
			}
		}
		slices.Sort(m.Others)
		m.Others = slices.Compact(m.Others)
	}
}

func meets(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

func (b *builder) mention(e *reading.Event) Mention {
	m := Mention{
		ID: b.events[e.ID], Article: b.version, Kind: e.Kind, Format: e.Format, Level: e.Level, Status: e.Status,
		When: when(e.Time), Deadline: when(e.Deadline), Place: b.place(e.Place), CAMEO: e.CAMEO, PLOVER: e.PLOVER, Mode: e.Mode,
		Evidence: e.Evidence, Published: b.published, Confidence: e.Confidence, Topics: b.topics(e.Topics),
	}
	if e.Step != nil {
		m.Step, m.Matter = e.Step.As, matter(e.Step.Of)
	}
	if e.Duration != nil {
		m.Duration = e.Duration.Text
	}
	if len(e.Evidence) > 0 {
		m.Words = b.sentence(e.Evidence[0])
	}
	for _, p := range e.Participants {
		m.Parts = append(m.Parts, b.parts(p.Actor, p.As, 0)...)
	}
	m.Parts = distinct(m.Parts)
	for _, c := range e.Claims {
		if v, ok := b.claim(&c); ok {
			m.Claims = append(m.Claims, v)
		}
	}
	for _, c := range e.Conditions {
		v := Condition{As: c.As, Event: b.events[c.Event]}
		if c.Span != nil {
			v.Words = b.slice(*c.Span)
		}
		m.Conditions = append(m.Conditions, v)
	}
	for _, l := range e.Links {
		if to := b.events[l.To]; to != "" {
			m.Links = append(m.Links, Link{l.As, to})
		}
	}
	return m
}

// parts is an actor's part; of a group whose members the article tells, theirs.
func (b *builder) parts(id, as string, depth int) []Part {
	a := b.byID[id]
	if a == nil {
		return nil
	}
	var out []Part
	if len(a.Members) == 0 || depth > 2 {
		v := b.actors[id]
		if a.Kind == "group" && !v.Named() {
			for _, s := range sidesOf(b.reg, a.Name) {
				v.Side = s
				out = append(out, Part{as, v})
			}
		}
		if len(out) == 0 {
			out = append(out, Part{as, v})
		}
		return out
	}
	for _, m := range a.Members {
		out = append(out, b.parts(m, as, depth+1)...)
	}
	return out
}

// distinct drops a country or body where somebody with a name who acts for it
// takes the same part, and what stands there twice.
func distinct(list []Part) []Part {
	var out []Part
	for i, p := range list {
		if slices.ContainsFunc(out, func(q Part) bool { return q.As == p.As && same(&q.Actor, &p.Actor) }) {
			continue
		}
		if p.Actor.Kind == "country" && slices.ContainsFunc(list, func(q Part) bool {
			return q.As == p.As && q.Actor.person() && q.Actor.Side == p.Actor.Side
		}) {
			continue
		}
		out = append(out, list[i])
	}
	return out
}

func same(a, b *Actor) bool {
	if a.Key != "" || b.Key != "" {
		return a.Key == b.Key
	}
	return a.Name == b.Name && a.Side == b.Side
}

func (b *builder) claim(c *reading.Claim) (Claim, bool) {
	v := Claim{Line: c.Line, Status: c.Status, Day: b.published}
	if c.Span == nil {
		return v, false
	}
	v.Span, v.Words = *c.Span, b.sentence(*c.Span)
	if a, ok := b.actors[c.By]; ok {
		v.By = &a
	}
	if s := b.statement(c.Statement); s != nil {
		v.Statement = b.sayings[c.Statement]
		if v.By == nil {
			v.By = b.source(s)
		}
		if t := when(s.Time); t.Dated() && (b.published == 0 || t.From <= b.published) {
			v.Day = t.From
		}
	}
	return v, true
}

func (b *builder) place(p *reading.Place) *Place {
	if p == nil {
		return nil
	}
	out := &Place{Name: p.Name}
	if p.Within != "" {
		out.Within = append(out.Within, p.Within)
	}
	b.placed(out, p.Name)
	if out.Country == "" && p.Within != "" {
		b.placed(out, p.Within)
	}
	return out
}

// placed adds what the registry knows of where a place lies.
func (b *builder) placed(out *Place, name string) {
	for _, m := range b.reg.Lookup(name) {
		e := m.Entry
		if e.Kind != registry.Place && e.Kind != registry.Country && e.Kind != registry.Metonym {
			continue
		}
		if e.Within != "" && !slices.Contains(out.Within, e.Within) {
			out.Within = append(out.Within, e.Within)
		}
		if out.Country = e.Country; out.Country != "" {
			return
		}
	}
}

// topics are the names of issues in the table of topics, else the article's.
func (b *builder) topics(ids []string) []string {
	var out []string
	for _, id := range ids {
		for i := range b.r.Issues {
			if b.r.Issues[i].ID == id {
				out = append(out, topic(&b.r.Issues[i]))
			}
		}
	}
	return out
}

func topic(i *reading.Issue) string {
	if i.Canonical != "" {
		return i.Canonical
	}
	return strings.ToLower(i.Topic)
}
