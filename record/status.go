package record

import (
	"cmp"
	"slices"

	"readout/record/join"
)

// The status of an event as of a time, from everything that was claimed of it
// until then. docs/status.md has the rules for people; they are tried in this
// order:
//
//  1. Of each source only its last word counts. An article in its own voice is a
//     source for itself, copies of one story together; a person or body is one
//     whoever reports it.
//  2. That it took place, said by an article itself or by a party, decides;
//     a party's denial beside it makes it disputed.
//  3. A party's denial of what others still plan or say makes it disputed; where
//     nobody stands against it, denied.
//  4. Cancelled or postponed, until a later word plans it again.
//  5. That it took place, on somebody else's word.
//  6. Planned or conditional, whichever was said last; then proposed, possible.
//     Words of articles and parties go before those of bystanders.
//  7. What was still to come when its last day went by, and nobody has said
//     what became of it, has lapsed.
const (
	StatusDisputed = "disputed"
	StatusLapsed   = "lapsed"
)

// lapseDays is how long after its last day an event may wait for the first
// report: a day for it to be written, one to be printed.
const lapseDays = 1

// Status is what an event is, as of a time.
type Status struct {
	Value string `json:"value"`
	// Rule says in words how it follows.
	Rule string `json:"rule"`
	// Since is the day of the claim that it rests on.
	Since string `json:"since,omitempty"`
	// Rests are the claims that it rests on.
	Rests []Claim `json:"rests,omitempty"`
}

// Claim is what somebody, or an article itself, asserted of an event.
type Claim struct {
	By     string `json:"by,omitempty"` // "": the article in its own voice
	Side   string `json:"side,omitempty"`
	Party  bool   `json:"party,omitempty"` // by somebody who takes part
	Line   string `json:"line,omitempty"`
	Status string `json:"status,omitempty"`
	Day    string `json:"day,omitempty"`
	Said   string `json:"said,omitempty"` // the statement's id
	// Standing and Channel are the statement's: in the view of one event, and in a
	// timeline of what statuses rest on.
	Standing string `json:"standing,omitempty"`
	Channel  string `json:"channel,omitempty"`
	// Credibility is that of the statement, or of the article's own account.
	Credibility string  `json:"credibility,omitempty"`
	Witness     Witness `json:"witness"`

	source string
	day    int
	order  int // place among the claims of its article
	own    bool
}

// Witness is the article behind a line, and its words.
type Witness struct {
	Article   string `json:"article"` // the version's id
	Outlet    string `json:"outlet,omitempty"`
	Title     string `json:"title,omitempty"`
	URL       string `json:"url,omitempty"`
	Published string `json:"published,omitempty"`
	Words     string `json:"words"`
	Span      [2]int `json:"span"`
}

func rank(status string) int {
	for i, s := range [...]string{"possible", "proposed", "planned", "conditional", "denied", "postponed", "cancelled", "ongoing", "occurred"} {
		if s == status {
			return i + 1
		}
	}
	return 0
}

// current keeps each source's last word: of several on one day the one that its
// article as a whole supports, then the strongest.
func current(claims []Claim) []Claim {
	best := map[string]int{}
	for i := range claims {
		c := &claims[i]
		if c.Status == "" {
			continue
		}
		j, ok := best[c.source]
		if !ok || laterWord(c, &claims[j]) {
			best[c.source] = i
		}
	}
	var out []Claim
	for i := range claims {
		if j, ok := best[claims[i].source]; ok && j == i {
			out = append(out, claims[i])
		}
	}
	return out
}

func laterWord(a, b *Claim) bool {
	own := func(c *Claim) int {
		if c.own {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(own(a), own(b)), cmp.Compare(a.Witness.Published, b.Witness.Published),
		cmp.Compare(rank(a.Status), rank(b.Status)), cmp.Compare(a.Witness.Article, b.Witness.Article), cmp.Compare(a.order, b.order)) > 0
}

// pick are the claims that f takes, newest first.
func pick(claims []Claim, f func(*Claim) bool) []Claim {
	var out []Claim
	for i := range claims {
		if f(&claims[i]) {
			out = append(out, claims[i])
		}
	}
	slices.SortStableFunc(out, func(a, b Claim) int {
		switch {
		case laterWord(&a, &b):
			return -1
		case laterWord(&b, &a):
			return 1
		}
		return 0
	})
	return out
}

func is(values ...string) func(*Claim) bool {
	return func(c *Claim) bool { return slices.Contains(values, c.Status) }
}

// firm are the claims of articles in their own voice, and of parties.
func firm(f func(*Claim) bool) func(*Claim) bool {
	return func(c *Claim) bool { return (c.By == "" || c.Party) && f(c) }
}

// decideStatus derives the status of an event from its claims. When is the
// event's time as it is known, today the day it is looked at (0: no day).
func decideStatus(claims []Claim, when *join.When, today int) Status {
	now := current(claims)
	s := derive(now)
	switch s.Value {
	case "possible", "proposed", "planned", "conditional":
		if when != nil && when.To > 0 && today > when.To+lapseDays {
			s.Rule = s.Value + ", and its day has gone by without a report"
			s.Value = StatusLapsed
		}
	}
	if len(s.Rests) > 0 {
		s.Since = s.Rests[0].Day
	}
	return s
}

func derive(now []Claim) Status {
	took := pick(now, firm(is("occurred", "ongoing")))
	denials := pick(now, firm(is("denied")))
	if len(took) > 0 {
		if d := pick(denials, func(c *Claim) bool { return c.Party && !sameSide(c, took) }); len(d) > 0 {
			return Status{Value: StatusDisputed, Rule: "said to have taken place, and denied by a party", Rests: []Claim{d[0], took[0]}}
		}
		value := "occurred"
		if done := pick(took, is("occurred")); len(done) == 0 || took[0].Status == "ongoing" && done[0].day < took[0].day {
			value = "ongoing"
		}
		rests := pick(took, is(value))
		return Status{Value: value, Rule: "an article or a party says so", Rests: rests}
	}
	plans := pick(now, firm(is("planned", "conditional")))
	if len(denials) > 0 {
		against := pick(now, func(c *Claim) bool {
			switch c.Status {
			case "planned", "conditional", "occurred", "ongoing":
				return (c.Party && !sameSide(c, denials)) || c.day >= denials[0].day && c.By == ""
			}
			return false
		})
		if len(against) > 0 {
			return Status{Value: StatusDisputed, Rule: "denied by a party, and held to by others", Rests: []Claim{denials[0], against[0]}}
		}
		return Status{Value: "denied", Rule: "a party denies it or will not have it", Rests: denials}
	}
	if offs := pick(now, firm(is("cancelled", "postponed"))); len(offs) > 0 {
		if len(plans) == 0 || plans[0].day <= offs[0].day {
			return Status{Value: offs[0].Status, Rule: "nothing later plans it again", Rests: offs}
		}
	}
	if seen := pick(now, is("occurred", "ongoing")); len(seen) > 0 {
		return Status{Value: seen[0].Status, Rule: "only others than the parties say so", Rests: seen}
	}
	if len(plans) > 0 {
		return Status{Value: plans[0].Status, Rule: "the last word of articles and parties", Rests: plans}
	}
	for _, f := range []func(*Claim) bool{
		is("cancelled", "postponed"), firm(is("proposed")), is("planned", "conditional"), firm(is("possible")), is("denied"), is("proposed"), is("possible"),
	} {
		if list := pick(now, f); len(list) > 0 {
			return Status{Value: list[0].Status, Rule: "nothing firmer is said", Rests: list}
		}
	}
	return Status{Value: "possible", Rule: "nothing is said of whether it takes place"}
}

// sameSide reports whether all of some claims are by the side of c itself: a
// side that corrects itself does not dispute.
func sameSide(c *Claim, others []Claim) bool {
	for i := range others {
		if others[i].Side == "" || others[i].Side != c.Side {
			return false
		}
	}
	return true
}
