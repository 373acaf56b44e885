package pieces

import (
	"slices"

	"readout/doc"
)

// Joiner makes one document of the pieces of a text.
//
// It keeps what a reading is published from: the places of tokens, sentences,
// blocks, actors with their mentions, statements, events and issues. Tags, trees,
// names, times, quotations and multiword tokens are dropped with the piece, and
// the document's Has says so.
//
// What two pieces tell of is told to be the same where that is plain: an actor
// with the same entry, or the same name and kind (see actors.go); an event of
// the same kind and status with the same participants, time and place; an issue
// with the same name. All else is left apart. A Joiner is for one goroutine.
type Joiner struct {
	d      *doc.Document
	piece  int
	actors index
	events map[string]told
	issues map[string]doc.IssueID
}

// told is an event, and the last piece that tells of it: events that one piece
// holds apart stay apart.
type told struct {
	id    doc.EventID
	piece int
}

// NewJoiner begins the document of a text.
func NewJoiner(text string, meta doc.Meta) *Joiner {
	return &Joiner{
		d:      &doc.Document{Text: text, Meta: meta},
		actors: newIndex(),
		events: map[string]told{},
		issues: map[string]doc.IssueID{},
	}
}

// Document is the document of all pieces so far.
func (j *Joiner) Document() *doc.Document { return j.d }

// kept are the layers that a joined document has where its pieces have them.
const kept = doc.LayerText | doc.LayerActors | doc.LayerStatements | doc.LayerEvents | doc.LayerIssues

// Add appends the piece p, which begins at a byte of the text; inside says that
// it begins within the block that the piece before it ended in. Pieces come in
// the order of the text. The document keeps nothing of p alive but strings.
func (j *Joiner) Add(p *doc.Document, at int32, inside bool) {
	d := j.d
	m := &moved{bytes: at, tokens: int32(d.Len()), statements: doc.StatementID(len(d.Statements))}
	if j.piece == 0 {
		d.Has, d.Dateline = p.Has&kept, p.Dateline
	}
	read := float64(at) + float64(len(p.Text))
	share := read / max(read, float64(len(d.Text)))
	d.Tokens.Bytes = room(d.Tokens.Bytes, p.Len(), share)
	for _, r := range p.Tokens.Bytes {
		d.Tokens.Bytes = append(d.Tokens.Bytes, m.place(r))
	}
	d.Sentences = append(room(d.Sentences, len(p.Sentences), share), m.spans(p.Sentences)...)
	d.Judgements = append(d.Judgements, m.spans(p.Judgements)...)
	j.blocks(p, m, inside)
	j.addActors(p, m, share)
	j.place(p, m)
	d.Statements = room(d.Statements, len(p.Statements), share)
	for k := range p.Statements {
		d.Statements = append(d.Statements, m.statement(p.Statements[k]))
	}
	d.Events = room(d.Events, len(p.Events), share)
	for k := range p.Events {
		j.event(m.events[k], m.event(p.Events[k]))
	}
	for k := range p.Issues {
		j.issue(m.issues[k], m.issue(p.Issues[k]))
	}
	breakCycles(d.Issues)
	j.piece++
}

// room makes list large enough for more entries. An article is much the same
// throughout: where a share of it has filled the list so far, the new one is to
// have room for the rest, so that large lists are seldom copied.
func room[T any](list []T, more int, share float64) []T {
	n := len(list) + more
	if n <= cap(list) {
		return list
	}
	whole := float64(n) / share * 1.05
	out := make([]T, len(list), n+int(min(whole-float64(n), 3*float64(n))))
	copy(out, list)
	return out
}

func (j *Joiner) blocks(p *doc.Document, m *moved, inside bool) {
	for k, b := range p.Blocks {
		b.Bytes, b.Span = m.place(b.Bytes), m.span(b.Span)
		if last := len(j.d.Blocks) - 1; k == 0 && inside && last >= 0 {
			j.d.Blocks[last].Bytes.End, j.d.Blocks[last].Span.End = b.Bytes.End, b.Span.End
			continue
		}
		j.d.Blocks = append(j.d.Blocks, b)
	}
}

// place decides where the events and issues of p go, before anything is moved
// that refers to them.
func (j *Joiner) place(p *doc.Document, m *moved) {
	next := doc.EventID(len(j.d.Events))
	for k := range p.Events {
		e := &p.Events[k]
		key := m.key(p, e)
		id := next
		if t, ok := j.events[key]; ok && t.piece < j.piece && samePlace(&j.d.Events[t.id], e) {
			id = t.id
		} else {
			next++
		}
		if key != "" {
			j.events[key] = told{id, j.piece}
		}
		m.events = append(m.events, id)
	}
	issue := doc.IssueID(len(j.d.Issues))
	for k := range p.Issues {
		key := p.Issues[k].Canonical
		if key == "" {
			key = "words " + fold(p.Issues[k].Topic)
		}
		id, ok := j.issues[key]
		if !ok {
			id = issue
			j.issues[key] = id
			issue++
		}
		m.issues = append(m.issues, id)
	}
}

func samePlace(a, b *doc.Event) bool {
	return a.Place.Name == "" || b.Place.Name == "" || a.Place.Name == b.Place.Name
}

func (j *Joiner) event(id doc.EventID, e doc.Event) {
	if int(id) == len(j.d.Events) {
		j.d.Events = append(j.d.Events, e)
		return
	}
	old := &j.d.Events[id]
	if old.Place.Name == "" {
		old.Place = e.Place
	}
	if old.Deadline == nil {
		old.Deadline = e.Deadline
	}
	if old.Duration == nil {
		old.Duration = e.Duration
	}
	old.Topics = union(old.Topics, e.Topics)
	old.Claims = append(old.Claims, e.Claims...)
	old.Conditions = append(old.Conditions, e.Conditions...)
	old.Links = append(old.Links, e.Links...)
	old.Triggers = append(old.Triggers, e.Triggers...)
	old.Evidence = append(old.Evidence, e.Evidence...)
	old.Confidence = max(old.Confidence, e.Confidence)
}

func (j *Joiner) issue(id doc.IssueID, v doc.Issue) {
	if int(id) == len(j.d.Issues) {
		j.d.Issues = append(j.d.Issues, v)
		return
	}
	old := &j.d.Issues[id]
	if old.PartOf == doc.None {
		old.PartOf = v.PartOf
	}
	for _, c := range v.Concerning {
		if !slices.ContainsFunc(old.Concerning, func(o doc.ActorRef) bool { return o.Actor == c.Actor }) {
			old.Concerning = append(old.Concerning, c)
		}
	}
	old.Evidence = append(old.Evidence, v.Evidence...)
	old.Positions = append(old.Positions, v.Positions...)
	old.Proposals = append(old.Proposals, v.Proposals...)
}

// breakCycles drops a PartOf that leads back to its own issue: two pieces may
// see two issues the other way round.
func breakCycles(list []doc.Issue) {
	for i := range list {
		at := list[i].PartOf
		for range list {
			if at == doc.None || at == doc.IssueID(i) {
				break
			}
			at = list[at].PartOf
		}
		if at != doc.None {
			list[i].PartOf = doc.None
		}
	}
}

func union[T comparable](a, b []T) []T {
	for _, v := range b {
		if !slices.Contains(a, v) {
			a = append(a, v)
		}
	}
	return a
}
