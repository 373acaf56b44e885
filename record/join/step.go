package join

import "slices"

// Steps of a deal: it is extended, somebody leaves it or comes back, a ship sails
// under it. Who does it is seldom told ("the extension"), so that it is known by
// which deal it is of, and by the day.
//
//   - Two of one deal that tell the same day, or days two apart and both past, are
//     one.
//   - One told in the past without its day is the nearest that has been.
//   - A plan is the next that came to be, else the last plan told before it. One
//     that has another day moved.
//
// Who left, or came back, must be the same side where both tell it.
const (
	stepDays = 45 // how long after it a step is spoken of without its day
	newsDays = 3  // how long it is news
)

// generic are stems that tell nothing of which deal or ship it is.
var generic = map[string]bool{
	"deal": true, "agreem": true, "accord": true, "pact": true, "treaty": true, "memora": true, "conven": true, "protoc": true,
	"initia": true, "arrang": true, "mandat": true, "morato": true, "ship": true, "ships": true, "vessel": true, "convoy": true,
	"freigh": true, "tanker": true, "cargo": true, "tonnes": true, "tons": true, "first": true, "second": true, "new": true,
}

// matter is the stems of the words for a deal or a ship that tell which one.
func matter(text string) []string {
	return slices.DeleteFunc(stems(text), func(s string) bool { return generic[s] || s[0] >= '0' && s[0] <= '9' })
}

func (m *Mention) stepBlocks() []string {
	f := "e|" + family(m) + "|m|"
	var out []string
	for _, s := range m.Matter {
		out = append(out, f+s)
	}
	for _, s := range m.Topics {
		out = append(out, f+"topic "+s)
	}
	return out
}

// steps ties two mentions of the same step.
func steps(a, b *Mention) Tie {
	if !meets(a.Matter, b.Matter) && (len(a.Matter) > 0 && len(b.Matter) > 0 || !meets(a.Topics, b.Topics)) {
		return Tie{}
	}
	sa, sb := a.Sides(), b.Sides()
	if a.Step != "extension" && len(sa) > 0 && len(sb) > 0 && !meets(sa, sb) {
		return Tie{}
	}
	if _, ok := places(a.Place, b.Place); !ok {
		return Tie{}
	}
	near := func(score float64, days int, why string) Tie {
		return Tie{Nearest, score - float64(days)/100, "the same deal, " + why}
	}
	if a.When.Dated() && b.When.Dated() {
		switch g := gap(a.When, b.When); {
		case g == 0:
			return Tie{Same, 0, "the same deal, same day"}
		case past(a.Status) && past(b.Status):
			if g <= slipDays && later(a, b) {
				return near(4, g, "accounts differ by a day")
			}
		case past(b.Status) && !past(a.Status), past(a.Status):
			// What was planned for another day and has been is told by the one that
			// moved it, or by an article between.
			if a.Step == "sailing" && past(a.Status) && g <= moveDays && later(a, b) {
				return near(2, g, "another day for the plan")
			}
		case later(a, b) && g <= moveDays && a.Published <= b.When.To+moveDays:
			return near(2, g, "another day for the plan")
		}
		return Tie{}
	}
	if a.Published == 0 || b.Published == 0 {
		return Tie{}
	}
	switch {
	case past(a.Status) && past(b.Status):
		if a.When.Dated() || !b.When.Dated() && !later(a, b) {
			return Tie{}
		}
		if d := distance(a.Published, b.day()); d <= stepDays && (b.When.Dated() || a.Published >= b.Published) {
			return near(4, d, "nearest in time")
		}
	case past(b.Status):
		if d := b.day() - a.Published; d >= -newsDays && d <= planDays && !a.When.Dated() {
			return near(3, max(d, 0), "what was planned took place")
		}
	case past(a.Status):
		if b.When.Dated() && distance(a.Published, b.When.From) <= slipDays {
			return near(2, 0, "planned for about that day")
		}
	case !a.When.Dated() || !b.When.Dated():
		if d := distance(a.Published, b.Published); later(a, b) && d <= planDays {
			return near(2, d, "the same plan")
		}
	}
	return Tie{}
}

// day is the day of an event, or of the news of it.
func (m *Mention) day() int {
	if m.When.Dated() {
		return m.When.From
	}
	return m.Published
}
