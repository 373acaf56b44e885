package join

import (
	"fmt"
	"slices"
	"strings"

	"readout/registry"
)

// Which mentions are one event. What must agree is what kind of thing it is,
// who takes part and where; the day then decides.
//
//   - Two mentions that tell the same day are the same event.
//   - One that tells no day ("the talks"), or a week or a month, belongs to the
//     nearest it could mean: told in the past, the last before; told as a plan,
//     the next to come. It joins one event and no more: were it tied to all it
//     could mean, every round of talks would be one.
//   - One that tells another day of what is still planned moves it, or
//     contradicts it: it belongs to the nearest plan that was open when it was
//     written. An article that tells of both days tells of two events.
//
// The windows below were chosen on the processes in examples/ and on the rhythm
// of the press: a meeting is told of for some ten days, a plan for three months.
const (
	pastDays   = 10   // how long after it an event is told of without its day
	planDays   = 90   // how long before it an event is spoken of without its day
	moveDays   = 45   // how far a plan is moved without being another one
	slipDays   = 2    // by how much accounts of one meeting differ
	echoPast   = 3    // undated accounts of one event appear within so many days
	echoPlan   = 30   // undated accounts of one plan
	wideDays   = 100  // no tie reaches further
	similar    = 0.25 // likeness of words that events of other kinds need
	similarAny = 0.5  // likeness that is enough by itself, days apart
)

// family groups kinds that are one event told in other words: talks, a meeting,
// a mediation.
func family(m *Mention) string {
	if m.Step != "" {
		return m.Step
	}
	switch m.Kind {
	case "call":
		return "call"
	case "meeting", "negotiation", "mediation":
		if m.Format == "phone" || m.Format == "video" {
			return "call"
		}
		return "meeting"
	case "agreement", "signing":
		return "agreement"
	case "release", "exchange":
		return "release"
	}
	return m.Kind
}

// encounter reports whether who takes part and when tells the event: people
// meet, call and visit at one time and place.
func encounter(family string) bool {
	return family == "meeting" || family == "call" || family == "visit"
}

// Events tells whether mention a is the same event as b, or may be: then the
// tie is Nearest, and a chooses the best.
func Events(a, b *Mention) Tie {
	if a.ID == b.ID || a.Article == b.Article || family(a) != family(b) {
		return Tie{}
	}
	if !near(a, b) {
		return Tie{}
	}
	if a.Step != "" {
		return steps(a, b)
	}
	if len(a.Sides()) == 0 || len(b.Sides()) == 0 {
		return nobody(a, b)
	}
	who := people(a, b)
	if who.score <= 0 {
		return Tie{}
	}
	where, ok := places(a.Place, b.Place)
	if !ok && !(who.full && a.When.Dated() && b.When.Dated() && overlap(a.When, b.When)) {
		return Tie{}
	}
	if !encounter(family(a)) {
		return other(a, b, who, where)
	}
	t := days(a, b, who, where)
	if t.Kind == "" {
		return t
	}
	t.Score += who.score + where
	reasons := []string{who.why}
	if where > 0 {
		reasons = append(reasons, "same place")
	}
	t.Why = strings.Join(append(reasons, t.Why), ", ")
	return t
}

// anchor is the day under which a mention stands in the index.
func (m *Mention) anchor() int {
	if m.When.Dated() {
		return m.When.From
	}
	return m.Published
}

// near keeps ties within what Lookups looks up.
func near(a, b *Mention) bool {
	x, y := a.anchor(), b.anchor()
	if x == 0 || y == 0 {
		return false
	}
	limit := wideDays
	if a.Step != "" {
		return distance(x, y) <= limit
	}
	switch n, m := len(a.Sides()), len(b.Sides()); {
	case n == 0 || m == 0:
		limit = 3
	case (n == 1) != (m == 1):
		limit = pastDays
	}
	return distance(x, y) <= limit
}

// agreement is how far the people and sides of two mentions agree.
type agreement struct {
	score float64 // 0: they do not
	full  bool    // of two sides or more, the same persons or at least the sides
	exact bool    // needs the same day: one tells of fewer sides
	named bool    // persons on two sides are the same
	why   string
}

func people(a, b *Mention) agreement {
	sa, sb := a.Sides(), b.Sides()
	common := intersection(sa, sb)
	pa, pb := persons(a), persons(b)
	shared, clash, match := 0, 0, 0
	for _, s := range common {
		x, y := pa[s], pb[s]
		switch {
		case len(x) == 0 || len(y) == 0:
			match++
		case meets(x, y):
			shared++
		default:
			clash++
		}
	}
	if clash > 0 {
		return agreement{}
	}
	if shared < 2 && levelsClash(a, b) {
		return agreement{}
	}
	out := agreement{named: shared >= 2, full: shared+match >= 2}
	switch {
	case len(common) == 0:
		return agreement{}
	case len(sa) >= 2 && len(sb) >= 2:
		if len(common) < 2 || len(common) < len(sa) && len(common) < len(sb) {
			return agreement{}
		}
		// Two of three sides met, or three of three: that is not the same
		// unless the day says so.
		out.exact = len(sa) != len(sb)
	case len(sa) >= 2 || len(sb) >= 2:
		out.exact, out.full = true, false
	default:
		out.full = false
	}
	out.score = float64(match) + 2*float64(shared)
	switch {
	case shared >= 2:
		out.why = "same people"
	case shared == 1 && len(common) > 1:
		out.why = "same sides, one of the people"
	case shared == 1:
		out.why = "one of the people"
	case len(common) > 1:
		out.why = "same sides"
	default:
		out.why = "one side"
	}
	return out
}

func persons(m *Mention) map[string][]string {
	out := map[string][]string{}
	for _, a := range m.Attending() {
		if a.person() && a.Side != "" {
			out[a.Side] = append(out[a.Side], a.Key)
		}
	}
	return out
}

func levelsClash(a, b *Mention) bool {
	if a.Level == "" || b.Level == "" || a.Level == b.Level {
		return false
	}
	return a.Level == "leaders" || b.Level == "leaders" || a.Level == "ministers" && b.Level == "envoys" || a.Level == "envoys" && b.Level == "ministers"
}

func intersection(a, b []string) []string {
	var out []string
	for _, x := range a {
		if slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}

// places tells whether two places may be one: the score is above 0 where both
// are known and one lies in the other.
func places(a, b *Place) (score float64, ok bool) {
	if a == nil || b == nil {
		return 0, true
	}
	ca, cb := chain(a), chain(b)
	switch {
	case ca[0] == cb[0], slices.Contains(cb, ca[0]), slices.Contains(ca, cb[0]):
		return 1, true
	case a.Country != "" && b.Country != "" && a.Country != b.Country:
		return 0, false
	case a.Country == "" || b.Country == "":
		return 0, true // "Tongilgak" and "Panmunjom": nobody knows where the first is
	}
	// Two names in one country: two towns, or a town and a house in it. Both are
	// towns where the tables know them to lie in no town.
	return 0, len(ca) != len(cb)
}

func chain(p *Place) []string {
	out := []string{registry.Fold(p.Name)}
	for _, w := range p.Within {
		out = append(out, registry.Fold(w))
	}
	return out
}

// days ties two encounters by their days.
func days(a, b *Mention, who agreement, where float64) Tie {
	switch {
	case a.When.Dated() && b.When.Dated():
		if overlap(a.When, b.When) {
			return Tie{Same, 0, "same day"}
		}
		if who.exact || !who.full {
			return Tie{}
		}
		return moved(a, b, who, where)
	case a.When.Dated(): // the one that tells its day waits to be chosen
		return Tie{}
	case who.exact && where == 0:
		return Tie{}
	}
	from, to, ok := window(a)
	if !ok {
		return Tie{}
	}
	if b.When.Dated() {
		if b.When.To < from || b.When.From > to || !who.named && !who.full && where == 0 {
			return Tie{}
		}
		if a.Published != 0 && b.Published != 0 && !past(a.Status) && distance(a.Published, b.Published) > planDays {
			return Tie{}
		}
		if slices.Contains(a.Others, b.When.From) {
			return Tie{} // the article tells of that one apart
		}
		away := 0.0
		if a.Published != 0 {
			away = float64(min(distance(b.When.From, a.Published), distance(b.When.To, a.Published)))
		}
		return Tie{Nearest, 5 - away/30, "nearest in time"}
	}
	return echo(a, b, who, where)
}

// window is when an event that does not tell its day may be.
func window(m *Mention) (from, to int, ok bool) {
	switch {
	case m.When.Wide():
		return m.When.From, m.When.To, true
	case m.Published == 0:
		return 0, 0, false
	case past(m.Status):
		return m.Published - pastDays, m.Published, true
	case off(m.Status):
		return m.Published - slipDays, m.Published + planDays, true
	}
	return m.Published, m.Published + planDays, true
}

// echo ties two mentions neither of which tells its day.
func echo(a, b *Mention, who agreement, where float64) Tie {
	if a.Published == 0 || b.Published == 0 || past(a.Status) != past(b.Status) || !who.named && !who.full {
		return Tie{}
	}
	limit := echoPlan
	if past(a.Status) {
		limit = echoPast
	}
	d := distance(a.Published, b.Published)
	if d > limit {
		return Tie{}
	}
	if a.When.Wide() && b.When.Wide() && !overlap(a.When, b.When) {
		return Tie{}
	}
	if b.Published > a.Published || b.Published == a.Published && b.ID > a.ID {
		return Tie{} // the later chooses
	}
	return Tie{Nearest, 1 - float64(d)/30, "told of at the same time"}
}

func distance(a, b int) int { return max(a-b, b-a) }

// moved ties a mention to the plan that it gives another day.
func moved(a, b *Mention, who agreement, where float64) Tie {
	if a.Published == 0 || b.Published == 0 || slices.Contains(a.Others, b.When.From) || slices.Contains(b.Others, a.When.From) {
		return Tie{}
	}
	g := gap(a.When, b.When)
	if past(a.Status) && past(b.Status) {
		// Two accounts that differ by a day, written when it was news.
		if g <= slipDays && distance(a.Published, b.Published) <= echoPast && who.named && later(a, b) && !eachDay(a, b) {
			return Tie{Nearest, 1 - float64(g)/10, "accounts differ by a day"}
		}
		return Tie{}
	}
	if past(b.Status) && !past(a.Status) { // what took place does not become another's plan
		return Tie{}
	}
	if past(a.Status) {
		if g <= slipDays && who.named && b.Published <= a.Published {
			return Tie{Nearest, 2 - float64(g)/10, "planned for about that day"}
		}
		return Tie{}
	}
	// Both are plans, or plans taken back. The later word moves the earlier
	// while its day has not come.
	if !later(a, b) || a.Published > b.When.To+slipDays || g > moveDays {
		return Tie{}
	}
	score := 2 - float64(g)/30
	switch {
	case off(a.Status) || off(b.Status):
		return Tie{Nearest, score + 2, "the plan was moved"}
	case who.named, where > 0, g <= 7:
		return Tie{Nearest, score, "another day for the plan"}
	}
	return Tie{}
}

// eachDay reports that both articles are of the day their event took place:
// daily rounds, each told on its day.
func eachDay(a, b *Mention) bool {
	return a.Published == a.When.To && b.Published == b.When.To
}

// later reports whether a was published after b, or stands after it in an order
// that content alone gives.
func later(a, b *Mention) bool {
	if a.Published != b.Published {
		return a.Published > b.Published
	}
	return a.ID > b.ID
}

// other ties events that are no encounters: a deal, an attack, a sanction. What
// they are about is in their words, so these must agree too, the more the less
// the day tells.
func other(a, b *Mention, who agreement, where float64) Tie {
	if a.Kind == "statement" || a.Published == 0 || b.Published == 0 {
		return Tie{}
	}
	like, common := likeness(a.stems(), b.stems())
	if topics := intersection(a.Topics, b.Topics); len(topics) > 0 {
		like += 0.1
	}
	if common < 2 {
		return Tie{}
	}
	why := fmt.Sprintf("%s, like words", who.why)
	apart := distance(a.Published, b.Published)
	switch {
	case a.When.Dated() && b.When.Dated():
		if overlap(a.When, b.When) && (like >= similar || who.named || where > 0) {
			return Tie{Same, 0, who.why + ", same day"}
		}
	case like >= similarAny && apart <= pastDays, like >= similar && apart <= echoPast:
		if !a.When.Dated() && (b.When.Dated() || later(a, b)) {
			return Tie{Nearest, like*4 - float64(apart)/30 + who.score, why}
		}
	}
	return Tie{}
}

// nobody ties mentions one of which does not tell who takes part ("the talks in
// Geneva on Friday"): the day must be the same and the place, or of a deal the
// words be like.
func nobody(a, b *Mention) Tie {
	if !a.When.Dated() || !b.When.Dated() || !overlap(a.When, b.When) {
		return Tie{}
	}
	where, ok := places(a.Place, b.Place)
	switch family(a) {
	case "statement", "other", "attack", "protest", "threat":
		return Tie{}
	case "meeting", "call", "visit":
		ok = ok && where > 0
	default:
		if like, common := likeness(a.stems(), b.stems()); where == 0 && (like < similar || common < 2) {
			ok = false
		}
	}
	if !ok {
		return Tie{}
	}
	return Tie{Same, 0, "same day and place, or like words"}
}

// Keys are the places of the index that a mention stands in: for every two of
// its sides, by the day of the event and by that of publication. One that tells
// of one side stands apart, so that it is looked for over few days only.
func (m *Mention) Keys() []Key {
	var out []Key
	for _, block := range m.blocks() {
		if m.When.Dated() {
			out = append(out, Key{block + "|t", m.When.From})
		} else if m.Published != 0 {
			out = append(out, Key{block + "|p", m.Published})
		}
	}
	return out
}

func (m *Mention) blocks() []string {
	f, s := "e|"+family(m), m.Sides()
	if m.Step != "" {
		return m.stepBlocks()
	}
	switch len(s) {
	case 0:
		return []string{f + "|0", f + "|d"}
	case 1:
		return []string{f + "|1|" + s[0], f + "|d"}
	}
	out := []string{f + "|d"}
	for i := range s {
		for j := i + 1; j < len(s); j++ {
			out = append(out, f+"|2|"+s[i]+"|"+s[j])
		}
		out = append(out, f+"|s|"+s[i])
	}
	return out
}

// Lookups are the places of the index where mentions may stand that have a tie
// to m or that m has one to: see near.
func (m *Mention) Lookups() []Range {
	at := m.anchor()
	if at == 0 {
		return nil
	}
	var out []Range
	if m.Step != "" {
		for _, block := range m.stepBlocks() {
			out = append(out, Range{block + "|t", at - wideDays, at + wideDays}, Range{block + "|p", at - wideDays, at + wideDays})
		}
		return out
	}
	f, s := "e|"+family(m), m.Sides()
	add := func(block string, days int) {
		move := days
		if m.When.Dated() {
			move = min(days, moveDays+5) // both tell their day: see moved
		}
		out = append(out, Range{block + "|t", at - move, at + move}, Range{block + "|p", at - days, at + days})
	}
	if m.When.Dated() { // "|d" are all, "|0" those that tell of no side
		block := f + "|0|t"
		if len(s) == 0 {
			block = f + "|d|t"
		}
		out = append(out, Range{block, at - 3, at + 3})
	}
	if len(s) == 1 {
		add(f+"|1|"+s[0], wideDays)
		add(f+"|s|"+s[0], pastDays)
		return out
	}
	for i := range s {
		for j := i + 1; j < len(s); j++ {
			add(f+"|2|"+s[i]+"|"+s[j], wideDays)
		}
		add(f+"|1|"+s[i], pastDays)
	}
	return out
}
