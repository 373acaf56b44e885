package record

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"readout/doc"
	"readout/record/join"
)

// Words for what is not known: of a field, and of who somebody is.
const (
	unknown     = "unknown"
	nobodyKnown = "nobody known"
)

// field is one that people may correct: what values it takes, and how it is
// changed. apply tells what it was.
type field[V any] struct {
	check func(string) error
	apply func(*correction, V) (was string, err error)
}

// correction is a value on its way into a field.
type correction struct {
	*amender
	value string
}

// known is the value, "" for unknown.
func (c *correction) known() string {
	if c.value == unknown {
		return ""
	}
	return c.value
}

// eventFields, statementFields and positionFields are what can be corrected.
// docs/decide.md has them for people.
var eventFields = map[string]field[*join.Mention]{
	"kind": {needs(doc.ParseEventKind, doc.EventKinds()), func(c *correction, m *join.Mention) (string, error) {
		was := m.Kind
		m.Kind = c.value
		m.CAMEO, m.PLOVER, m.Mode = "", "", "" // they said what it was
		return was, nil
	}},
	"format": {may(doc.ParseFormat, doc.Formats()), func(c *correction, m *join.Mention) (string, error) {
		return swap(&m.Format, c.known()), nil
	}},
	"level": {may(doc.ParseLevel, doc.Levels()), func(c *correction, m *join.Mention) (string, error) {
		return swap(&m.Level, c.known()), nil
	}},
	"status": {needs(doc.ParseStatus, doc.Statuses()), func(c *correction, m *join.Mention) (string, error) {
		return setStatus(m, c.value), nil
	}},
	"place": {needed, func(c *correction, m *join.Mention) (string, error) {
		was := m.Place.String()
		m.Place = nil
		if name := c.known(); name != "" {
			m.Place = join.PlaceNamed(c.reg, name)
		}
		return was, nil
	}},
	"day": {dayOrUnknown, func(c *correction, m *join.Mention) (string, error) {
		return setWhen(&m.When, c.value)
	}},
	"deadline": {dayOrUnknown, func(c *correction, m *join.Mention) (string, error) {
		return setWhen(&m.Deadline, c.value)
	}},
	"participants": {eachPart, func(c *correction, m *join.Mention) (string, error) {
		was := partsText(m.Parts)
		m.Parts = nil
		for item := range strings.SplitSeq(c.value, ";") {
			if name, as := splitPart(item); name != "" {
				m.Parts = append(m.Parts, join.Part{As: as, Actor: c.actor(name)})
			}
		}
		return was, nil
	}},
	"participant+": {onePart, func(c *correction, m *join.Mention) (string, error) {
		was := partsText(m.Parts)
		name, as := splitPart(c.value)
		a := c.actor(name)
		m.Parts = slices.DeleteFunc(m.Parts, func(p join.Part) bool { return sameActor(&p.Actor, &a) }) // it takes another part
		m.Parts = append(m.Parts, join.Part{As: as, Actor: a})
		return was, nil
	}},
	"participant-": {needed, func(c *correction, m *join.Mention) (string, error) {
		was := partsText(m.Parts)
		a := c.actor(c.value)
		m.Parts = slices.DeleteFunc(m.Parts, func(p join.Part) bool { return p.Actor.Name == c.value || sameActor(&p.Actor, &a) })
		return was, nil
	}},
	"credibility": {credible, func(c *correction, m *join.Mention) (string, error) {
		return swap(&m.Credibility, c.known()), nil
	}},
	// The words must be the article's own.
	"condition+": {oneCondition, func(c *correction, m *join.Mention) (string, error) {
		as, words := splitCondition(c.value)
		if text := string(c.text); strings.Contains(text, c.value) {
			words = c.value // with the word that introduces it, as models read it
		} else if !strings.Contains(text, words) {
			return "", errors.New("the words are not in the article")
		}
		was := conditionsText(m.Conditions)
		m.Conditions = append(slices.Clone(m.Conditions), join.Condition{As: as, Words: words})
		return was, nil
	}},
	"condition-": {needed, func(c *correction, m *join.Mention) (string, error) {
		was := conditionsText(m.Conditions)
		if !slices.ContainsFunc(m.Conditions, namedBy(c.value)) {
			return "", errors.New("it has no condition with these words")
		}
		m.Conditions = slices.DeleteFunc(slices.Clone(m.Conditions), namedBy(c.value))
		return was, nil
	}},
	"conditions": {onlyNone, func(_ *correction, m *join.Mention) (string, error) {
		was := conditionsText(m.Conditions)
		m.Conditions = nil
		return was, nil
	}},
	"links": {onlyNone, func(_ *correction, m *join.Mention) (string, error) {
		was := fmt.Sprint(len(m.Links))
		m.Links = nil
		return was, nil
	}},
}

var statementFields = map[string]field[*join.Saying]{
	"source": {needed, func(c *correction, s *join.Saying) (string, error) {
		was := ""
		if s.By != nil {
			was = s.By.Name
		}
		s.By = nil
		if c.value != nobodyKnown && c.value != unknown {
			a := c.actor(c.value)
			s.By = &a
		}
		c.follow(s)
		return was, nil
	}},
	"act": {may(doc.ParseAct, doc.Acts()), func(c *correction, s *join.Saying) (string, error) {
		return swap(&s.Act, c.known()), nil
	}},
	"standing": {may(doc.ParseStanding, doc.Standings()), func(c *correction, s *join.Saying) (string, error) {
		return swap(&s.Standing, c.known()), nil
	}},
	"record": {may(doc.ParseRecordKind, doc.RecordKinds()), func(c *correction, s *join.Saying) (string, error) {
		return swap(&s.Record, c.known()), nil
	}},
	"channel": {may(doc.ParseChannelKind, doc.ChannelKinds()), func(c *correction, s *join.Saying) (string, error) {
		return swap(&s.Channel, c.known()), nil
	}},
	"day": {dayOrUnknown, func(c *correction, s *join.Saying) (string, error) {
		return setWhen(&s.When, c.value)
	}},
	"credibility": {credible, func(c *correction, s *join.Saying) (string, error) {
		was := swap(&s.Credibility, c.known())
		for i := range c.v.Mentions {
			for j := range c.v.Mentions[i].Claims {
				if x := &c.v.Mentions[i].Claims[j]; x.Statement == s.ID {
					x.Credibility = s.Credibility
				}
			}
		}
		return was, nil
	}},
	// The words must be the article's own, in the sentences the statement is in.
	"text": {needed, func(c *correction, s *join.Saying) (string, error) {
		if !strings.Contains(s.Words, c.value) {
			return "", errors.New("the words are not in its sentences")
		}
		was := s.Text
		s.SetText(c.value)
		return was, nil
	}},
}

var positionFields = map[string]field[*join.Position]{
	"stance": {needs(doc.ParseStance, doc.Stances()), func(c *correction, p *join.Position) (string, error) {
		return swap(&p.Stance, c.value), nil
	}},
	"topic": {needed, func(c *correction, p *join.Position) (string, error) {
		return swap(&p.Topic, strings.ToLower(c.value)), nil
	}},
	"party": {needed, func(c *correction, p *join.Position) (string, error) {
		was := p.Actor.Name
		p.Actor = c.actor(c.value)
		return was, nil
	}},
}

func swap(at *string, v string) (was string) {
	was, *at = *at, v
	return was
}

// setStatus gives an account another status: the claims of it that made it what
// the machine took it for say so too. One that says something else by somebody
// else stands.
func setStatus(m *join.Mention, status string) (was string) {
	was, m.Status = m.Status, status
	changed := false
	m.Claims = slices.Clone(m.Claims)
	for i := range m.Claims {
		c := &m.Claims[i]
		if c.Status == was && was != "" {
			c.Status, changed = status, true
		}
	}
	if !changed && len(m.Evidence) > 0 {
		m.Claims = append(m.Claims, join.Claim{Status: status, Day: m.Published, Span: m.Evidence[0], Words: m.Words})
	}
	if (was == "occurred" || was == "ongoing") != (status == "occurred" || status == "ongoing") {
		m.CAMEO, m.PLOVER, m.Mode = "", "", ""
	}
	return was
}

func setWhen(at **join.When, value string) (was string, err error) {
	w, err := ParseDays(value)
	if err != nil {
		return "", err
	}
	was, *at = (*at).String(), w
	return was, nil
}

// ParseDays reads a day (2025-08-22), days in a row (2025-08-22/2025-08-24), a
// month (2025-08), a year (2025), or unknown, which is nil.
func ParseDays(s string) (*join.When, error) {
	if s == unknown {
		return nil, nil
	}
	for _, p := range []struct {
		layout, granularity string
		years, months       int
	}{{"2006-01", "month", 0, 1}, {"2006", "year", 1, 0}} {
		if t, err := time.Parse(p.layout, s); err == nil {
			return &join.When{From: join.DayOf(t), To: join.DayOf(t.AddDate(p.years, p.months, -1)), Granularity: p.granularity}, nil
		}
	}
	from, to, both := strings.Cut(s, "/")
	if !both {
		to = from
	}
	f, err := time.Parse(time.DateOnly, from)
	if err != nil {
		return nil, errors.New("a day is told as 2025-08-22, days as 2025-08-22/2025-08-24, a month as 2025-08, or it is unknown")
	}
	t, err := time.Parse(time.DateOnly, to)
	if err != nil || t.Before(f) {
		return nil, errors.New("days are told as 2025-08-22/2025-08-24, the first first")
	}
	return &join.When{From: join.DayOf(f), To: join.DayOf(t), Granularity: "day"}, nil
}

// splitPart takes "NAME as PART" apart; the part is participant where it is not
// told.
func splitPart(s string) (name, as string) {
	s = strings.TrimSpace(s)
	if i := strings.LastIndex(s, " as "); i >= 0 {
		if as = strings.TrimSpace(s[i+4:]); partOK(as) {
			return strings.TrimSpace(s[:i]), as
		}
	}
	return s, doc.AsParticipant.String()
}

func partOK(s string) bool {
	_, ok := doc.ParsePart(s)
	return ok
}

func partsText(list []join.Part) string {
	var out []string
	for _, p := range list {
		s := p.Actor.Name
		if p.As != doc.AsParticipant.String() {
			s += " as " + p.As
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func sameActor(a, b *join.Actor) bool {
	if a.Key != "" || b.Key != "" {
		return a.Key == b.Key
	}
	return a.Name == b.Name
}

// follow gives the claims and positions that rest on a statement its source.
func (c *correction) follow(s *join.Saying) {
	for i := range c.v.Mentions {
		m := &c.v.Mentions[i]
		for j := range m.Claims {
			if m.Claims[j].Statement == s.ID {
				m.Claims[j].By = s.By
			}
		}
	}
	for i := range c.v.Positions {
		if p := &c.v.Positions[i]; p.Statement == s.ID && s.By != nil {
			p.Actor = *s.By
		}
	}
}

// What values a field takes.

func needed(s string) error {
	if s == "" {
		return errors.New("a value is needed")
	}
	return nil
}

func someone(s string) error {
	if s == "" || strings.ContainsAny(s, "=;/:") {
		return errors.New("it is a key of the registry, a full name, or \"" + nobodyKnown + "\"")
	}
	return nil
}

// splitCondition takes "if WORDS" apart; the kind is if where none is told.
func splitCondition(s string) (as, words string) {
	as, words, _ = strings.Cut(strings.TrimSpace(s), " ")
	if _, ok := doc.ParseConditionKind(as); ok && as != "" {
		return as, strings.TrimSpace(words)
	}
	return doc.CondIf.String(), strings.TrimSpace(s)
}

// namedBy reports whether a condition is the one that has some words.
func namedBy(words string) func(join.Condition) bool {
	return func(c join.Condition) bool {
		return strings.Contains(Introduced(c.As, c.Words), strings.TrimSpace(words))
	}
}

func conditionsText(list []join.Condition) string {
	var out []string
	for _, c := range list {
		out = append(out, Introduced(c.As, c.Words))
	}
	return strings.Join(out, "; ")
}

// Introduced is a condition with the word that introduces it.
func Introduced(as, words string) string {
	if strings.HasPrefix(strings.ToLower(words), as) {
		return words
	}
	return as + " " + words
}

func oneCondition(s string) error {
	if _, words := splitCondition(s); words == "" {
		return errors.New(`it is told as "if WORDS", with words of the article; or with once, unless, until, by`)
	}
	return nil
}

// Credibilities are the grades of the Admiralty code for information (STANAG
// 2511), from 1.
var Credibilities = []string{"confirmed by other sources", "probably true", "possibly true", "doubtful", "improbable", "truth cannot be judged"}

// Credible is a grade in words: "2, probably true"; "" for none.
func Credible(grade string) string {
	if len(grade) != 1 || grade[0] < '1' || int(grade[0]-'1') >= len(Credibilities) {
		return ""
	}
	return grade + ", " + Credibilities[grade[0]-'1']
}

func credible(s string) error {
	if s == unknown || Credible(s) != "" {
		return nil
	}
	var all []string
	for i := range Credibilities {
		all = append(all, Credible(fmt.Sprint(i+1)))
	}
	return fmt.Errorf("it is 1 to 6, or unknown (%s)", strings.Join(all, "; "))
}

func onlyNone(s string) error {
	if s != "none" {
		return errors.New(`it can be taken away only: the value is "none"`)
	}
	return nil
}

func needs[V fmt.Stringer](parse func(string) (V, bool), all []V) func(string) error {
	return func(s string) error {
		if _, ok := parse(s); ok && s != "" {
			return nil
		}
		var names []string
		for _, v := range all {
			names = append(names, v.String())
		}
		return fmt.Errorf("%q is not one of %s", s, strings.Join(names, ", "))
	}
}

func may[V fmt.Stringer](parse func(string) (V, bool), all []V) func(string) error {
	check := needs(parse, all)
	return func(s string) error {
		if s == unknown {
			return nil
		}
		if err := check(s); err != nil {
			return fmt.Errorf("%w, or %s", err, unknown)
		}
		return nil
	}
}

func dayOrUnknown(s string) error {
	_, err := ParseDays(s)
	return err
}

func onePart(s string) error {
	if name, _ := splitPart(s); name == "" || strings.Contains(s, ";") {
		return errors.New(`it is told as "NAME as PART", for example "António Guterres as mediator"`)
	}
	return nil
}

func eachPart(s string) error {
	for item := range strings.SplitSeq(s, ";") {
		if strings.TrimSpace(item) == "" {
			return errors.New(`it is told as "NAME; NAME as PART"`)
		}
	}
	return nil
}
