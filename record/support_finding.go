package record

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"readout/record/join"
	"readout/registry"
)

// finding is what was found to agree, to differ and to be left open.
type finding struct {
	same, open, against []string
	elsewhere           bool // it differs by day, place or number: it may be another event
	vague               bool // it does not tell the day or place that the words tell
}

func (f *finding) quoted(a *asserted, t *told) {
	have := " " + strings.Join(t.words, " ") + " "
	for _, q := range a.quotes {
		if w := plainWords(q); len(w) > 0 && !strings.Contains(have, " "+strings.Join(w, " ")+" ") {
			f.open = append(f.open, "the words quoted do not stand in it")
			return
		}
		f.same = append(f.same, "the words quoted stand in it")
	}
}

func (f *finding) said(a *asserted, t *told) {
	if a.by == nil || a.event != nil && encounter(a.event.Kind) {
		return
	}
	by := false
	mine := attitude[a.act]
	var theirs int
	for _, s := range t.sayings {
		if s.By != nil && present([]join.Actor{*s.By}, &meant{Actor: *a.by, also: a.aliases(a.by.Key)}) >= 0.8 {
			by = true
			theirs = cmp.Or(theirs, attitude[s.Act])
		}
	}
	for i := range t.values.Positions {
		p := &t.values.Positions[i]
		if p.Span[0] < t.span[1] && t.span[0] < p.Span[1] && present([]join.Actor{p.Actor}, &meant{Actor: *a.by, also: a.aliases(a.by.Key)}) >= 0.8 {
			theirs = cmp.Or(theirs, attitude[p.Stance])
		}
	}
	switch {
	case mine != 0 && a.act != "deny" && a.act != "confirm" && theirs == 0 && by:
		f.open = append(f.open, "it does not tell whether "+a.by.Name+" is for or against it")
	case mine*theirs < 0 && a.act != "deny":
		f.against = append(f.against, "the passage has "+a.by.Name+" take the other side")
	case by:
		f.same = append(f.same, "said by "+a.by.Name)
	case len(t.sayings) > 0 && t.sayings[0].By != nil:
		f.open = append(f.open, "said by "+t.sayings[0].By.Name+" there")
	}
}

// attitude is for or against: of acts, and of stances.
var attitude = map[string]int{
	"support": 1, "agree": 1, "accept": 1, "confirm": 1, "praise": 1, "demand": 1, "request": 1, "urge": 1, "offer": 1, "promise": 1,
	"oppose": -1, "reject": -1, "deny": -1, "criticise": -1,
	"supports": 1, "seeks": 1, "offers": 1, "opposes": -1,
}

func (f *finding) when(a *asserted, t *told, m *join.Mention) {
	for _, c := range a.days {
		from, to := join.Day(c.From), join.Day(c.To)
		if from == 0 {
			continue
		}
		at := t.day
		if m != nil && m.When != nil && m.When.From > 0 {
			at = m.When.From
		}
		from, to = inYear(c.Text, from, to, at)
		if m != nil && m.When != nil && m.When.From > 0 {
			if m.When.From <= to && from <= m.When.To {
				f.same = append(f.same, "the same day")
			} else {
				f.against = append(f.against, fmt.Sprintf("the passage has it on %s, the words on %s", daySpan(m.When.From, m.When.To), daySpan(from, to)))
				f.elsewhere = true
			}
			continue
		}
		if named := daysIn(t.words); len(named) > 0 && to == from {
			at := join.DayTime(from)
			if slices.Contains(named, [2]int{int(at.Month()), at.Day()}) {
				f.same = append(f.same, "the same day")
			} else {
				f.against = append(f.against, "the passage tells another day, the words "+daySpan(from, to))
				f.elsewhere = true
			}
			continue
		}
		switch {
		case t.day == 0:
			f.open, f.vague = append(f.open, "it does not tell the day"), true
		case from <= t.day && t.day <= to+2, to-from > 3 && t.day >= from && t.day <= to+20:
			f.same = append(f.same, "told within two days")
		default:
			f.open, f.vague = append(f.open, "it does not tell the day"), true
		}
	}
}

// daysIn are the months and days that stand in words: "19 November", "Nov 19".
func daysIn(words []string) [][2]int {
	var out [][2]int
	for i, w := range words {
		month := 0
		for m, name := range monthNames {
			if w == name || len(w) >= 3 && strings.HasPrefix(name, w) && len(w) <= 4 {
				month = m + 1
			}
		}
		for _, j := range []int{i - 1, i + 1} {
			if month == 0 || j < 0 || j >= len(words) {
				continue
			}
			if d, err := strconv.Atoi(words[j]); err == nil && d >= 1 && d <= 31 {
				out = append(out, [2]int{month, d})
			}
		}
	}
	return out
}

// namesMonth reports whether a time tells its month, and so means one day
// whenever it is read.
func namesMonth(text string) bool {
	for _, w := range plainWords(text) {
		for _, m := range monthNames {
			if len(w) >= 3 && strings.HasPrefix(m, w) {
				return true
			}
		}
	}
	return false
}

var monthNames = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

// inYear moves a day that is told with its month and without its year to the year
// in which it comes nearest to another day.
func inYear(text string, from, to, at int) (int, int) {
	if at == 0 || !namesMonth(text) || strings.ContainsFunc(text, unicode.IsDigit) && slices.ContainsFunc(plainWords(text), func(w string) bool {
		return len(w) == 4 && strings.Trim(w, "0123456789") == ""
	}) {
		return from, to
	}
	best := from
	for _, years := range []int{-1, 1} {
		moved := join.DayOf(join.DayTime(from).AddDate(years, 0, 0))
		if gap(moved, at) < gap(best, at) {
			best = moved
		}
	}
	return best, best + to - from
}

func gap(a, b int) int { return max(a-b, b-a) }

func daySpan(from, to int) string {
	s := join.DayTime(from).Format("Monday 2 January 2006")
	if to > from {
		s += " to " + join.DayTime(to).Format("2 January 2006")
	}
	return s
}

func (f *finding) where(a *asserted, t *told, m *join.Mention) {
	text := " " + strings.Join(t.words, " ") + " "
	for _, p := range a.places {
		if strings.Contains(text, " "+p+" ") {
			f.same = append(f.same, "the same place")
			continue
		}
		if m == nil || m.Place == nil {
			if strings.Contains(t.whole, " "+p+" ") {
				f.same = append(f.same, "the article names the place")
			} else {
				f.open, f.vague = append(f.open, "it does not tell the place"), true
			}
			continue
		}
		have := append([]string{m.Place.Name}, m.Place.Within...)
		within := slices.ContainsFunc(have, func(s string) bool { return registry.Fold(s) == p })
		switch {
		case within:
			f.same = append(f.same, "the same place")
		case m.Place.Country != "" && a.country[p] != "":
			f.against = append(f.against, fmt.Sprintf("the passage has it in %s", m.Place.Name))
			f.elsewhere = true
		default:
			f.open = append(f.open, "it tells another place: "+m.Place.Name)
		}
	}
}

// channel compares how people were in touch: by phone or in a room, themselves or
// through others.
func (f *finding) channel(a *asserted, t *told, m *join.Mention) {
	if a.event == nil || !encounter(a.event.Kind) || m == nil {
		return
	}
	text := " " + strings.Join(t.words, " ") + " "
	ours, theirs := byPhone(" "+strings.Join(a.words, " ")+" "), byPhone(text)
	if m.Kind != "call" && m.Format != "phone" && m.Format != "video" && !ours {
		theirs = false // it is something else in the sentence that went by telephone
	}
	how := ""
	switch {
	case ours && !theirs && m.Format == "in-person" && m.Kind != "negotiation":
		how = "the passage has it in person, the words by telephone or video"
	case theirs && !ours && a.event.Format == "in-person" && a.event.Kind != "negotiation":
		how = "the passage has it by telephone or video, the words in person"
	}
	if how != "" {
		f.against = append(f.against, how)
		f.elsewhere = true
		return
	}
	indirect := m.Format == "indirect" || strings.Contains(text, "go betweens") || strings.Contains(text, "not meet face to face") || strings.Contains(text, "indirect")
	if a.direct && indirect {
		f.against = append(f.against, "the passage says that they did not meet themselves")
	}
}

func byPhone(text string) bool {
	for _, w := range []string{" phone", " telephone", " by video", " video link", " video call", " call with ", " calls with ", " called "} {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

func (f *finding) amounts(a *asserted, t *told) {
	theirs := quantities(t.words)
	for _, q := range a.amounts {
		if len(q.units) == 0 {
			continue
		}
		agree, other, differs := false, 0.0, false
		for _, o := range theirs {
			a, b := q.value, o.value
			switch x, y := q.length(), o.length(); {
			case x > 0 && y > 0:
				a, b = a*x, b*y
			case !slices.ContainsFunc(q.units, func(u string) bool { return slices.Contains(o.units, u) }):
				continue
			}
			if math.Abs(a-b) <= 0.02*max(a, b) {
				agree = true
			} else {
				other, differs = o.value, true
			}
		}
		switch {
		case agree:
			f.same = append(f.same, "the same number: "+figure(q.value))
		case differs:
			f.against = append(f.against, fmt.Sprintf("the passage has %s, the words %s", figure(other), figure(q.value)))
			f.elsewhere = true
		default:
			f.open = append(f.open, "it does not tell the number "+figure(q.value))
		}
	}
}

// figure writes a number as people do.
func figure(v float64) string {
	if v >= 1e6 {
		return strconv.FormatFloat(v/1e6, 'f', -1, 64) + " million"
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// correction finds what an outlet takes back.
func (f *finding) correction(t *told) {
	text := strings.Join(t.words, " ")
	if strings.Contains(text, "earlier version") || strings.Contains(text, "previous version") {
		f.against = append(f.against, "the outlet takes it back")
		f.elsewhere = false
	}
}

// outcome compares what became of it.
func (f *finding) outcome(a *asserted, t *told, m *join.Mention) {
	if a.event != nil && m != nil && a.event.Status != "" && m.Status != "" {
		x, y := course(a.event.Status), course(m.Status)
		if a.event.Status == "occurred" && a.negated {
			x = -1
		}
		switch {
		case x == y:
			f.same = append(f.same, "the same status: "+m.Status)
		case x < 0 || y < 0:
			f.against = append(f.against, fmt.Sprintf("the passage says %s, the words %s", m.Status, a.event.Status))
		case x > y:
			f.open = append(f.open, "it says "+m.Status+", not that it took place")
		default:
			f.same = append(f.same, "it took place")
		}
		return
	}
	near, not := a.window(t.words), a.denied(t.words)
	switch {
	case slices.ContainsFunc(near, func(w string) bool { return w == "whether" || w == "if" }):
		f.open = append(f.open, "it leaves open whether it is so")
	case a.negated && !not:
		f.against = append(f.against, "the passage says that it is so")
	case !a.negated && not:
		f.against = append(f.against, "the passage says that it is not so")
	case !modal(a.words) && modal(near):
		f.open = append(f.open, "it speaks of it as to come, or as possible")
	}
}

// window is the part of a sentence that speaks of what the words are about: from
// the first word that both have to the last, and two words more on each side.
func (a *asserted) window(words []string) []string {
	first, last := len(words), -1
	for i, w := range words {
		if slices.Contains(a.stems, stem(w)) {
			first, last = min(first, i), max(last, i)
		}
	}
	if last < 0 {
		return words
	}
	return words[max(0, first-3):min(len(words), last+2)]
}

// denied reports whether a sentence says that it is not so: a negation stands a
// few words before one that the words have too.
func (a *asserted) denied(words []string) bool {
	for i, w := range words {
		if !negations[w] {
			continue
		}
		for _, next := range words[i+1 : min(len(words), i+5)] {
			if len(next) > 2 && !particle[next] && slices.ContainsFunc(a.words, func(o string) bool { return sameWord(o, next) }) {
				return true
			}
		}
	}
	return false
}

// sameWord reports whether two words are forms of one.
func sameWord(a, b string) bool {
	if len(a) < 3 || len(b) < 3 {
		return false
	}
	return stem(a) == stem(b) || len(a)-len(b) <= 2 && len(b)-len(a) <= 2 && (strings.HasPrefix(a, b) || strings.HasPrefix(b, a))
}

// particle are words that every sentence has.
var particle = map[string]bool{"the": true, "and": true, "that": true, "this": true, "with": true, "for": true, "his": true, "her": true, "its": true, "their": true,
	"had": true, "has": true, "have": true, "was": true, "were": true, "been": true, "did": true, "does": true, "from": true, "into": true, "not": true, "any": true, "will": true, "would": true}

// modal reports whether a text speaks of what is to come or may be.
func modal(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		switch w {
		case "will", "would", "could", "may", "might", "should", "hopes", "hope", "proposed", "wants", "expected", "plans", "planned":
			return true
		}
		return false
	})
}

// course is whether an event is off, to come, or past.
func course(status string) int {
	switch status {
	case "cancelled", "denied", "postponed":
		return -1
	case "occurred", "ongoing":
		return 1
	}
	return 0
}
