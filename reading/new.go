package reading

import (
	"crypto/sha256"
	"encoding/hex"
	"math"
	"strconv"
	"time"
	"unicode/utf8"

	"readout/doc"
)

// New is the published form of d. It costs one pass over the text, and shares
// no memory with d but the strings.
func New(d *doc.Document, model string) *Reading {
	b := builder{d: d, runes: runeTable(d.Text)}
	r := &Reading{Format: Format, Model: model, Document: b.document()}
	if d.Has&doc.LayerActors != 0 {
		r.Actors = b.actors()
	}
	if d.Has&doc.LayerStatements != 0 {
		r.Statements = make([]Statement, 0, len(d.Statements))
		for i := range d.Statements {
			r.Statements = append(r.Statements, b.statement(doc.StatementID(i)))
		}
	}
	if d.Has&doc.LayerEvents != 0 {
		r.Events = make([]Event, 0, len(d.Events))
		for i := range d.Events {
			r.Events = append(r.Events, b.event(doc.EventID(i)))
		}
	}
	if d.Has&doc.LayerIssues != 0 {
		r.Issues = make([]Issue, 0, len(d.Issues))
		for i := range d.Issues {
			r.Issues = append(r.Issues, b.issue(doc.IssueID(i)))
		}
	}
	return r
}

type builder struct {
	d     *doc.Document
	runes []int32
}

// stride is the number of bytes between two entries of the rune table: one
// entry a 64 bytes costs a sixteenth of the text and at most 63 steps a look-up.
const stride = 64

// runeTable holds, for every stride-th byte, the number of code points that
// begin before it. It is nil for ASCII text, where bytes are code points.
func runeTable(s string) []int32 {
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return nil
	}
	table := make([]int32, 0, len(s)/stride+1)
	n := int32(0)
	for i := 0; i < len(s); i++ {
		if i%stride == 0 {
			table = append(table, n)
		}
		if utf8.RuneStart(s[i]) {
			n++
		}
	}
	return table
}

// point is the number of code points before byte i of the text.
func (b *builder) point(i int32) int {
	if b.runes == nil {
		return int(i)
	}
	k := int(i) / stride
	if k >= len(b.runes) {
		k = len(b.runes) - 1
	}
	n := int(b.runes[k])
	for _, c := range []byte(b.d.Text[k*stride : i]) {
		if utf8.RuneStart(c) {
			n++
		}
	}
	return n
}

func (b *builder) bytes(r doc.Range) Span { return Span{b.point(r.Begin), b.point(r.End)} }

func (b *builder) span(s doc.Span) Span { return b.bytes(b.d.Bytes(s)) }

func (b *builder) spanOf(s doc.Span) *Span {
	if s.Empty() {
		return nil
	}
	v := b.span(s)
	return &v
}

func (b *builder) spans(list []doc.Span) []Span {
	out := make([]Span, 0, len(list))
	for _, s := range list {
		if !s.Empty() {
			out = append(out, b.span(s))
		}
	}
	return out
}

// id is the local name of the i-th element of a collection, "" for None.
func id(prefix string, i int32) string {
	if i < 0 {
		return ""
	}
	return prefix + strconv.Itoa(int(i)+1)
}

func actorID(a doc.ActorID) string         { return id("a", int32(a)) }
func statementID(s doc.StatementID) string { return id("s", int32(s)) }
func eventID(e doc.EventID) string         { return id("e", int32(e)) }
func issueID(i doc.IssueID) string         { return id("i", int32(i)) }

func ids[T ~int32](list []T, name func(T) string) []string {
	if list == nil {
		return nil
	}
	out := make([]string, 0, len(list))
	for _, v := range list {
		out = append(out, name(v))
	}
	return out
}

// confidence keeps two places; certainty and "not measured" are left out.
func confidence(c float32) float64 {
	if c <= 0 || c >= 1 {
		return 0
	}
	return math.Round(float64(c)*100) / 100
}

// date writes a day where the time of day is midnight UTC, as it is when only a
// date is known, and an instant otherwise.
func date(t time.Time) string {
	switch {
	case t.IsZero():
		return ""
	case t.UTC().Truncate(24 * time.Hour).Equal(t):
		return t.UTC().Format(time.DateOnly)
	}
	return t.UTC().Format(time.RFC3339)
}

// hash is the SHA-256 of s, taken in parts so that a long text is not copied.
func hash(s string) string {
	h := sha256.New()
	for len(s) > 0 {
		n := min(len(s), 1<<14)
		h.Write([]byte(s[:n]))
		s = s[n:]
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (b *builder) document() Document {
	d := b.d
	out := Document{
		ID: hash(d.Text), Key: d.Key, Title: d.Title, Outlet: d.Outlet, Byline: d.Byline,
		Credit: d.Credit, URL: d.URL, Language: d.Language, Text: d.Text,
		Published: date(d.Published), Modified: date(d.Modified),
	}
	if d.Dateline.Place != "" {
		out.Dateline = &Dateline{d.Dateline.Place, b.span(d.Dateline.Span)}
	}
	if d.Has&doc.LayerText != 0 {
		out.Blocks = make([]Block, 0, len(d.Blocks))
		for _, k := range d.Blocks {
			out.Blocks = append(out.Blocks, Block{k.Kind.String(), b.bytes(k.Bytes)})
		}
		out.Sentences = b.spans(d.Sentences)
	}
	if d.Has&doc.LayerStatements != 0 {
		out.Judgements = b.spans(d.Judgements)
	}
	return out
}

func (b *builder) actors() []Actor {
	out := make([]Actor, 0, len(b.d.Actors))
	mentions := mentionsOf(b.d)
	for i := range b.d.Actors {
		out = append(out, b.actor(doc.ActorID(i), mentions(i)))
	}
	return out
}

// mentionsOf gives the mentions of the i-th actor, in text order.
func mentionsOf(d *doc.Document) func(i int) []int32 {
	end := make([]int32, len(d.Actors)+1)
	for _, m := range d.Mentions {
		end[m.Actor+1]++
	}
	for i := range d.Actors {
		end[i+1] += end[i]
	}
	list := make([]int32, len(d.Mentions))
	at := append([]int32(nil), end...)
	for k, m := range d.Mentions {
		list[at[m.Actor]] = int32(k)
		at[m.Actor]++
	}
	return func(i int) []int32 { return list[end[i]:end[i+1]] }
}

func (b *builder) actor(i doc.ActorID, mentions []int32) Actor {
	a := &b.d.Actors[i]
	v := Actor{
		ID: actorID(i), Name: a.Name, Kind: a.Kind.String(), Country: a.Country, Code: a.Code,
		Wikidata: a.Wikidata, Entry: a.Entry, Anonymous: a.Anonymous, Members: ids(a.Members, actorID),
		Mentions: make([]Mention, 0, len(mentions)), Confidence: confidence(a.Confidence),
	}
	for _, r := range a.Roles {
		v.Roles = append(v.Roles, Role{r.Title, r.Org, r.Former, b.spanOf(r.Span)})
	}
	for _, k := range mentions {
		m := &b.d.Mentions[k]
		v.Mentions = append(v.Mentions, Mention{b.span(m.Span), m.Form.String(), confidence(m.Confidence)})
	}
	return v
}

func (b *builder) refs(list []doc.ActorRef) []Ref {
	var out []Ref
	for _, r := range list {
		if r.Actor >= 0 {
			out = append(out, Ref{actorID(r.Actor), b.spanOf(r.Span)})
		}
	}
	return out
}

func (b *builder) time(t *doc.Time) *Time {
	if t == nil {
		return nil
	}
	return &Time{
		Text: b.d.Slice(t.Span), From: t.Date(t.From), To: t.Date(t.To),
		Granularity: t.Unit.String(), Span: b.span(t.Span),
	}
}

func (b *builder) statement(i doc.StatementID) Statement {
	s := &b.d.Statements[i]
	out := Statement{
		ID: statementID(i), Form: s.Form.String(),
		Source: Source{actorID(s.Source.Actor), b.spanOf(s.Source.Span), s.Source.Standing.String()},
		Within: statementID(s.Within), Via: b.refs(s.Via), Content: b.spans(s.Content), To: b.refs(s.To),
		Record: s.Record.String(), Time: b.time(s.Time), About: ids(s.About, eventID), Topics: ids(s.Topics, issueID),
		RespondsTo: ids(s.RespondsTo, statementID), Negated: s.Negated, Confidence: confidence(s.Confidence),
	}
	if !s.Cue.Span.Empty() {
		out.Cue = &Cue{b.span(s.Cue.Span), s.Cue.Lemma, s.Cue.Act.String()}
	}
	if s.Channel.Kind != 0 {
		out.Channel = &Channel{s.Channel.Kind.String(), s.Channel.Text, b.spanOf(s.Channel.Span)}
	}
	return out
}

func (b *builder) event(i doc.EventID) Event {
	e := &b.d.Events[i]
	out := Event{
		ID: eventID(i), Kind: e.Kind.String(), Format: e.Format.String(), Level: e.Level.String(),
		Participants: []Participant{}, Time: b.time(e.Time), Deadline: b.time(e.Deadline), Topics: ids(e.Topics, issueID),
		Status: e.Status.String(), Claims: []Claim{}, Conditions: []Condition{}, Links: []Link{},
		PLOVER: e.PLOVER, Mode: e.Mode, Aux: append([]string{}, e.Aux...), CAMEO: e.CAMEO, Quad: int(e.Quad),
		Evidence: b.spans(e.Evidence), Confidence: confidence(e.Confidence),
	}
	if e.Step != 0 {
		out.Step = &Step{As: e.Step.String()}
		if !e.Of.Empty() {
			out.Step.Of, out.Step.Span = b.d.Slice(e.Of), b.spanOf(e.Of)
		}
	}
	if e.Place.Name != "" {
		out.Place = &Place{e.Place.Name, e.Place.Within, b.spanOf(e.Place.Span)}
	}
	if e.HasGoldstein {
		v := math.Round(float64(e.Goldstein)*10) / 10
		out.Goldstein = &v
	}
	if t := e.Duration; t != nil {
		out.Duration = &Duration{b.d.Slice(t.Span), t.Minutes, t.Approximate, b.span(t.Span)}
	}
	for _, p := range e.Participants {
		out.Participants = append(out.Participants, Participant{actorID(p.Actor), p.As.String(), b.spanOf(p.Span)})
	}
	for _, c := range e.Claims {
		out.Claims = append(out.Claims, Claim{actorID(c.By), statementID(c.Statement), c.Line.String(), c.Status.String(), b.spanOf(c.Span), confidence(c.Confidence)})
	}
	for _, c := range e.Conditions {
		out.Conditions = append(out.Conditions, Condition{c.As.String(), eventID(c.Event), b.spanOf(c.Span)})
	}
	for _, l := range e.Links {
		out.Links = append(out.Links, Link{l.As.String(), eventID(l.To), b.spanOf(l.Span), confidence(l.Confidence)})
	}
	return out
}

func (b *builder) issue(i doc.IssueID) Issue {
	v := &b.d.Issues[i]
	out := Issue{
		ID: issueID(i), Topic: v.Topic, Canonical: v.Canonical, PartOf: issueID(v.PartOf), Concerning: b.refs(v.Concerning),
		Evidence: b.spans(v.Evidence), Positions: []Position{}, Proposals: []Proposal{},
	}
	for _, p := range v.Positions {
		out.Positions = append(out.Positions, Position{actorID(p.Actor), p.Stance.String(), statementID(p.Statement), b.spanOf(p.Span), confidence(p.Confidence)})
	}
	for _, p := range v.Proposals {
		out.Proposals = append(out.Proposals, Proposal{ids(p.By, actorID), p.Status.String(), b.spans(p.Terms), b.spanOf(p.Span)})
	}
	return out
}
