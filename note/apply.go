package note

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"readout/doc"
	"readout/reading"
	"readout/registry"
)

// Config is what Apply works with.
type Config struct {
	By       string // who enters it; needed
	Registry *registry.Registry
	// Published is the day of the note, by which offices and words of time are
	// understood.
	Published time.Time
	// When reads words of time ("on Sunday"); ok is false where they tell no day,
	// and deadline true where they tell a last one. nil knows ISO 8601 alone.
	When func(words string) (t reading.Time, deadline, ok bool)
}

// Apply puts the entries into what the machine read in the note, and gives a
// reading whose Model says that it was made by hand. R, with its text, is left as
// it is. What the machine took from words that an entry rests on is left out, and
// what pointed at it points at the entry. An error is a *SyntaxError that names
// the entry.
func Apply(r *reading.Reading, entries []Entry, cfg Config) (*reading.Reading, error) {
	a := &applier{cfg: cfg, r: copyOf(r), text: []rune(r.Document.Text), plain: plainOf(r.Document.Text), last: map[byte]int{}, now: map[string]string{}}
	a.r.Model = reading.ByHand(cfg.By, r.Model)
	for i := range a.r.Actors {
		a.count(a.r.Actors[i].ID)
	}
	for i := range a.r.Events {
		a.count(a.r.Events[i].ID)
	}
	for i := range a.r.Statements {
		a.count(a.r.Statements[i].ID)
	}
	for i := range a.r.Issues {
		a.count(a.r.Issues[i].ID)
	}
	// Events first: what is said may be about them.
	for _, step := range []func(*Entry) error{a.event, a.said, a.stands, a.waits, a.tied} {
		for i := range entries {
			if err := step(&entries[i]); err != nil {
				return nil, err
			}
		}
	}
	a.repoint()
	return a.r, nil
}

type applier struct {
	cfg   Config
	r     *reading.Reading
	text  []rune
	plain plain
	last  map[byte]int      // the last number of each kind of id
	now   map[string]string // what was left out, to what took its place
	hand  []string          // ids of the events of entries, in order
	own   []string          // ids of their statements
	stood []*reading.Span   // of their positions
}

// copyOf copies as much of a reading as Apply changes.
func copyOf(r *reading.Reading) *reading.Reading {
	c := *r
	c.Actors, c.Statements, c.Events, c.Issues = slices.Clone(r.Actors), slices.Clone(r.Statements), slices.Clone(r.Events), slices.Clone(r.Issues)
	for i := range c.Issues {
		c.Issues[i].Positions = slices.Clone(c.Issues[i].Positions)
	}
	return &c
}

func (a *applier) count(id string) {
	if len(id) > 1 {
		if n, err := strconv.Atoi(id[1:]); err == nil {
			a.last[id[0]] = max(a.last[id[0]], n)
		}
	}
}

func (a *applier) id(letter byte) string {
	a.last[letter]++
	return fmt.Sprintf("%c%d", letter, a.last[letter])
}

func (a *applier) event(e *Entry) error {
	if e.Event == nil {
		return nil
	}
	words, err := a.rest(e)
	if err != nil {
		return err
	}
	in := e.Event
	v := reading.Event{
		ID: a.id('e'), Kind: in.Kind.String(), Format: in.Format.String(), Status: in.Status.String(), Participants: []reading.Participant{},
		Claims: []reading.Claim{}, Conditions: []reading.Condition{}, Links: []reading.Link{}, Aux: []string{}, Evidence: []reading.Span{words},
	}
	for _, w := range in.Who {
		as := w.As.String()
		if as == "" {
			as = doc.AsParticipant.String()
		}
		id := a.actor(w, words)
		v.Participants = append(v.Participants, reading.Participant{Actor: id, As: as, Span: a.mention(id, words)})
	}
	if in.day != nil {
		t := *in.day
		t.Span = words
		if at := a.within(t.Text, words); at != nil {
			t.Span = *at
		}
		v.Time = &t
	} else if in.When != "" {
		t, deadline, err := a.when(e, in.When, words)
		if err != nil {
			return err
		}
		if deadline {
			v.Deadline = &t
		} else {
			v.Time = &t
		}
	}
	if in.Place != "" {
		v.Place = &reading.Place{Name: in.Place, Span: a.within(in.Place, words)}
	}
	a.take(&v, in, words)
	if v.Status != "" {
		v.Claims = append(v.Claims, reading.Claim{Status: v.Status, Span: &words})
	}
	a.hand = append(a.hand, v.ID)
	a.r.Events = append(a.r.Events, v)
	return nil
}

// take leaves out the machine's events in the same words. What the entry does
// not tell is taken from one of them of the same kind.
func (a *applier) take(v *reading.Event, in *Event, words reading.Span) {
	a.r.Events = slices.DeleteFunc(a.r.Events, func(m reading.Event) bool {
		if slices.Contains(a.hand, m.ID) || !slices.ContainsFunc(m.Evidence, func(s reading.Span) bool { return overlap(s, words) }) {
			return false
		}
		a.now[m.ID] = v.ID
		if m.Kind != v.Kind {
			return true
		}
		if len(v.Participants) == 0 && !in.none[0] {
			v.Participants = append(v.Participants, m.Participants...)
		}
		if v.Time == nil && v.Deadline == nil && !in.none[1] {
			v.Time, v.Deadline = m.Time, m.Deadline
		}
		if v.Place == nil && !in.none[2] {
			v.Place = m.Place
		}
		if v.Status == "" && !in.none[3] {
			v.Status = m.Status
		}
		if v.Format == "" {
			v.Format = m.Format
		}
		if v.Level == "" {
			v.Level = m.Level
		}
		if v.Duration == nil {
			v.Duration = m.Duration
		}
		if v.PLOVER == "" {
			v.PLOVER, v.Mode, v.Aux, v.CAMEO, v.Goldstein, v.Quad = m.PLOVER, m.Mode, m.Aux, m.CAMEO, m.Goldstein, m.Quad
		}
		v.Topics = append(v.Topics, m.Topics...)
		v.Conditions = append(v.Conditions, m.Conditions...)
		v.Links = append(v.Links, m.Links...)
		for _, c := range m.Claims { // what others say of it; the note's own voice is the entry's
			if (c.By != "" || c.Statement != "") && (c.Status == "" || c.Status == v.Status) {
				v.Claims = append(v.Claims, c)
			}
		}
		return true
	})
}

// mention is where the words, or else the note, name an actor.
func (a *applier) mention(id string, words reading.Span) *reading.Span {
	var first *reading.Span
	for i := range a.r.Actors {
		if a.r.Actors[i].ID != id {
			continue
		}
		for j := range a.r.Actors[i].Mentions {
			s := a.r.Actors[i].Mentions[j].Span
			if overlap(s, words) {
				return &s
			}
			if first == nil {
				first = &s
			}
		}
	}
	return first
}

// within is where a phrase stands, in the words before elsewhere; nil for nowhere.
func (a *applier) within(phrase string, words reading.Span) *reading.Span {
	found := a.plain.find(phrase)
	for i := range found {
		if overlap(found[i], words) {
			return &found[i]
		}
	}
	if len(found) > 0 {
		return &found[0]
	}
	return nil
}

func (a *applier) said(e *Entry) error {
	if e.Said == nil {
		return nil
	}
	words, err := a.rest(e)
	if err != nil {
		return err
	}
	in := e.Said
	by := a.actor(in.By, words)
	v := reading.Statement{
		ID: a.id('s'), Form: a.form(words).String(), Source: reading.Source{Actor: by, Span: a.mention(by, words), Standing: a.standing(by)},
		Cue: &reading.Cue{Span: words, Act: in.Act.String()}, Content: []reading.Span{words}, About: []string{}, Topics: []string{},
	}
	if in.Act == doc.ActDeclineToComment {
		v.Form, v.Content = doc.SaidSilence.String(), []reading.Span{}
	}
	if in.About > len(a.hand) {
		return a.fail(e, fmt.Sprintf("there is no event %d: the note has %d", in.About, len(a.hand)))
	}
	a.r.Statements = slices.DeleteFunc(a.r.Statements, func(m reading.Statement) bool {
		if !a.same(&m, by, in.By.Name) || slices.Contains(a.own, m.ID) || !slices.ContainsFunc(m.Content, func(s reading.Span) bool { return overlap(s, words) }) {
			return false
		}
		if m.Cue != nil {
			v.Cue = &reading.Cue{Span: m.Cue.Span, Lemma: m.Cue.Lemma, Act: v.Cue.Act}
		}
		v.To, v.Channel, v.Record, v.Time, v.Topics = m.To, m.Channel, m.Record, m.Time, m.Topics
		a.now[m.ID] = v.ID
		return true
	})
	for i := range a.r.Events {
		ev := &a.r.Events[i]
		n := slices.Index(a.hand, ev.ID) + 1
		if in.About != 0 && in.About != n || in.About == 0 && !slices.ContainsFunc(ev.Evidence, func(s reading.Span) bool { return overlap(s, words) }) {
			continue
		}
		v.About = append(v.About, ev.ID)
		c := reading.Claim{By: by, Statement: v.ID, Line: line(in.Act, ev.Status).String(), Status: ev.Status, Span: &words}
		switch in.Act {
		case doc.ActDeclineToComment:
			c.Status = ""
		case doc.ActDeny:
			c.Status = doc.StatusDenied.String()
		}
		ev.Claims = append(slices.Clone(ev.Claims), c)
	}
	a.own = append(a.own, v.ID)
	a.r.Statements = append(a.r.Statements, v)
	return nil
}

// same reports whether a statement of the machine is by somebody: an actor, or
// one whose words the name has ("our man", where "our man in the room" is typed).
func (a *applier) same(m *reading.Statement, by, name string) bool {
	if m.Source.Actor != "" && m.Source.Actor == by {
		return true
	}
	if m.Source.Span == nil {
		return m.Source.Actor == by
	}
	s := *m.Source.Span
	if s[0] < 0 || s[1] > len(a.text) || s[0] >= s[1] {
		return false
	}
	return strings.Contains(" "+registry.Fold(name)+" ", " "+registry.Fold(a.slice(s))+" ")
}
