package eval

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"readout/reading"
)

// An Expectation file says what a careful reader gets out of one article, in
// terms of its reading. Items are positive (something matches, or exactly so
// many things do), negative (nothing, or at most so many) or tight (of what
// matches, a share must be among the listed patterns: claiming everything
// fails).
type Expectation struct {
	Article   string `json:"article"`
	Published string `json:"published"`
	Expect    []Item `json:"expect"`
}

// Item is one expectation. Exactly one of the four patterns is set.
type Item struct {
	ID         string            `json:"id"`
	Actors     *ActorPattern     `json:"actors,omitempty"`
	Statements *StatementPattern `json:"statements,omitempty"`
	Events     *EventPattern     `json:"events,omitempty"`
	Issues     *IssuePattern     `json:"issues,omitempty"`

	Absent  bool            `json:"absent,omitempty"`
	AtMost  *int            `json:"at_most,omitempty"`
	Exactly *int            `json:"exactly,omitempty"`
	Among   json.RawMessage `json:"among,omitempty"` // a list of patterns of the item's collection
	Share   float64         `json:"share,omitempty"` // 0 means 0.7
	Open    bool            `json:"open,omitempty"`
	Note    string          `json:"note,omitempty"`
}

// Kind is "positive", "negative" or "tight".
func (it Item) Kind() string {
	switch {
	case it.Among != nil:
		return "tight"
	case it.Absent, it.AtMost != nil:
		return "negative"
	}
	return "positive"
}

// anyOf is a string or a list of them, any of which will do.
type anyOf []string

// UnmarshalJSON takes "a" or ["a", "b"].
func (w *anyOf) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		*w = anyOf{s}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(w))
}

// ActorPattern is what an actor must be; what is nil does not matter.
type ActorPattern struct {
	Name    anyOf   `json:"name,omitempty"`
	Role    anyOf   `json:"role,omitempty"`
	Country anyOf   `json:"country,omitempty"`
	Code    anyOf   `json:"code,omitempty"` // a prefix
	Kind    anyOf   `json:"kind,omitempty"`
	Mention anyOf   `json:"mention,omitempty"`
	Members []anyOf `json:"members,omitempty"`
}

// StatementPattern is what a statement must be.
type StatementPattern struct {
	Source      anyOf             `json:"source,omitempty"`
	SourceText  anyOf             `json:"source_text,omitempty"`
	To          anyOf             `json:"to,omitempty"`
	Via         anyOf             `json:"via,omitempty"`
	Standing    anyOf             `json:"standing,omitempty"`
	Act         anyOf             `json:"act,omitempty"`
	Form        anyOf             `json:"form,omitempty"`
	Record      anyOf             `json:"record,omitempty"`
	Channel     anyOf             `json:"channel,omitempty"`
	ChannelKind anyOf             `json:"channel_kind,omitempty"`
	Content     anyOf             `json:"content,omitempty"`
	Cue         anyOf             `json:"cue,omitempty"`
	Within      *StatementPattern `json:"within,omitempty"`
	Time        *TimePattern      `json:"time,omitempty"`
	RespondsTo  *StatementPattern `json:"responds_to,omitempty"`
	About       *EventPattern     `json:"about,omitempty"`
	Topics      anyOf             `json:"topics,omitempty"`
}

// EventPattern is what an event must be.
type EventPattern struct {
	Kind         anyOf                    `json:"kind,omitempty"`
	Status       anyOf                    `json:"status,omitempty"`
	Format       anyOf                    `json:"format,omitempty"`
	Level        anyOf                    `json:"level,omitempty"`
	Participants []anyOf                  `json:"participants,omitempty"`
	Without      anyOf                    `json:"without,omitempty"`
	Only         bool                     `json:"only,omitempty"`
	As           map[string]anyOf         `json:"as,omitempty"`
	Place        anyOf                    `json:"place,omitempty"`
	Minutes      *int                     `json:"minutes,omitempty"`
	Time         *TimePattern             `json:"time,omitempty"`
	Topics       anyOf                    `json:"topics,omitempty"`
	Links        map[string]*EventPattern `json:"links,omitempty"`
	Conditions   *ConditionPattern        `json:"conditions,omitempty"`
	Claims       []ClaimPattern           `json:"claims,omitempty"`
	AssertedBy   anyOf                    `json:"asserted_by,omitempty"`
	Asserted     *StatementPattern        `json:"asserted,omitempty"`
	CAMEO        anyOf                    `json:"cameo,omitempty"` // a prefix
	PLOVER       anyOf                    `json:"plover,omitempty"`
}

// ClaimPattern is what a claim must be; By names the claimant or the source.
type ClaimPattern struct {
	By     anyOf `json:"by,omitempty"`
	Line   anyOf `json:"line,omitempty"`
	Status anyOf `json:"status,omitempty"`
}

// ConditionPattern is words of a condition, or the event it waits for.
type ConditionPattern struct {
	Words anyOf
	Event *EventPattern
}

// UnmarshalJSON takes a string, a list of strings, or an event pattern.
func (c *ConditionPattern) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '{' {
		c.Event = new(EventPattern)
		return strict(b, c.Event)
	}
	return json.Unmarshal(b, &c.Words)
}

// IssuePattern is what an issue must be.
type IssuePattern struct {
	Topic      anyOf `json:"topic,omitempty"`
	PartOf     anyOf `json:"part_of,omitempty"`
	Concerning anyOf `json:"concerning,omitempty"` // all of them
	Positions  []struct {
		Actor  anyOf `json:"actor"`
		Stance anyOf `json:"stance,omitempty"`
	} `json:"positions,omitempty"`
	Proposals []struct {
		By     anyOf `json:"by,omitempty"`
		Status anyOf `json:"status,omitempty"`
		Terms  anyOf `json:"terms,omitempty"`
	} `json:"proposals,omitempty"`
}

// TimePattern is what a time must be: within two dates, of a granularity, of
// some words.
type TimePattern struct {
	Within      []string `json:"within,omitempty"`
	Granularity anyOf    `json:"granularity,omitempty"`
	Words       anyOf    `json:"words,omitempty"`
}

func strict(b []byte, v any) error {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	return dec.Decode(v)
}

// ParseExpectation decodes an expectation file; a key it does not know is an
// error, since it would be an expectation that always holds.
func ParseExpectation(b []byte) (*Expectation, error) {
	e := new(Expectation)
	if err := strict(b, e); err != nil {
		return nil, fmt.Errorf("expectation: %w", err)
	}
	for _, it := range e.Expect {
		n := 0
		for _, set := range []bool{it.Actors != nil, it.Statements != nil, it.Events != nil, it.Issues != nil} {
			if set {
				n++
			}
		}
		if n != 1 {
			return nil, fmt.Errorf("expectation %s: it names %d collections, one is needed", it.ID, n)
		}
	}
	return e, nil
}

// Result is whether one item holds.
type Result struct {
	ID, Kind string
	Open, OK bool
}

// Tally counts the items of one kind that are not open.
type Tally struct{ Held, Of int }

// Check holds a reading against an expectation.
func Check(r *reading.Reading, e *Expectation) ([]Result, error) {
	c := newChecker(r)
	out := make([]Result, 0, len(e.Expect))
	for _, it := range e.Expect {
		ok, err := c.item(it)
		if err != nil {
			return nil, fmt.Errorf("expectation %s: %w", it.ID, err)
		}
		out = append(out, Result{it.ID, it.Kind(), it.Open, ok})
	}
	return out, nil
}

// words cuts a text into lower-case words without articles, possessive s and
// plural s: the same as the project's scorer.
func words(s string) []string {
	f := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	out := f[:0]
	for _, w := range f {
		switch w {
		case "s", "a", "an", "the":
			continue
		}
		if r := []rune(w); len(r) > 3 && r[len(r)-1] == 's' && r[len(r)-2] != 's' {
			w = string(r[:len(r)-1])
		}
		out = append(out, w)
	}
	return out
}

// holds reports whether all words of one of the wanted texts stand in text,
// which may have at most limit words (0: any number).
func holds(text string, wanted anyOf, limit int) bool {
	have := words(text)
	if limit > 0 && len(have) > limit {
		return false
	}
	for _, x := range wanted {
		all := true
		for _, w := range words(x) {
			all = all && slices.Contains(have, w)
		}
		if all {
			return true
		}
	}
	return false
}
