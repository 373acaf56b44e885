package sheet

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"readout/record"
)

// Date is a day as people write it: "19 Aug 2025"; an instant keeps its day.
func Date(s string) string {
	if len(s) >= 10 {
		if t, err := time.Parse(time.DateOnly, s[:10]); err == nil {
			return t.Format("2 Jan 2006")
		}
	}
	return s
}

// Interval is when something is: a day, some days, a month, a year.
func Interval(from, to, granularity string) string {
	f, err1 := time.Parse(time.DateOnly, from)
	t, err2 := time.Parse(time.DateOnly, to)
	switch {
	case err1 != nil:
		return ""
	case err2 != nil || from == to:
		if granularity == "month" { // "early March"
			return f.Format("Jan 2006")
		}
		return f.Format("2 Jan 2006")
	case granularity == "month" && f.Month() == t.Month() && f.Year() == t.Year():
		return f.Format("Jan 2006")
	case granularity == "year" && f.Year() == t.Year():
		return f.Format("2006")
	case f.Year() != t.Year():
		return f.Format("2 Jan 2006") + " – " + t.Format("2 Jan 2006")
	case f.Month() != t.Month():
		return f.Format("2 Jan") + " – " + t.Format("2 Jan 2006")
	}
	return f.Format("2") + "–" + t.Format("2 Jan 2006")
}

// Noun names an event by its kind and format: "phone call", "talks".
func Noun(e *record.Event) string {
	switch {
	case e.Kind == "call" && e.Format == "video":
		return "video call"
	case e.Kind == "call":
		return "phone call"
	case e.Kind == "negotiation":
		return "talks"
	case e.Kind == "other":
		return "event"
	}
	return e.Kind
}

// Capital gives a sentence its first letter.
func Capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// List is "A, B and C".
func List(items []string) string {
	switch n := len(items); n {
	case 0:
		return ""
	case 1:
		return items[0]
	default:
		return strings.Join(items[:n-1], ", ") + " and " + items[n-1]
	}
}

// Who lists who takes part, then who has another part in it. Somebody whom one
// of many stories names is left to the event's own page.
func Who(e *record.Event) string {
	groups := map[string][]string{}
	attested := 0
	for _, p := range e.Participants {
		if p.Origins > 1 && p.As != "host" && p.As != "mediator" {
			attested++
		}
	}
	for _, p := range e.Participants {
		if attested >= 2 && p.Origins == 1 && e.Origins >= 4 {
			continue
		}
		as := p.As
		if as == "visitor" && e.Kind != "visit" {
			as = "participant"
		}
		if !slices.Contains(groups[as], p.Name) {
			groups[as] = append(groups[as], p.Name)
		}
	}
	var out []string
	if in, to := groups["initiator"], groups["target"]; len(in) > 0 && len(to) > 0 {
		out = append(out, List(in)+" → "+List(append(slices.Clone(to), groups["participant"]...)))
	} else if main := slices.Concat(in, groups["visitor"], groups["participant"], to); len(main) > 0 {
		out = append(out, List(main))
	}
	for _, part := range []struct{ as, words string }{
		{"host", "host"}, {"mediator", "mediated by"}, {"organiser", "organised by"}, {"drafter", "drafted by"}, {"invited", "invited"}, {"absent", "without"},
	} {
		if names := groups[part.as]; len(names) > 0 {
			out = append(out, part.words+" "+List(names))
		}
	}
	return strings.Join(out, "; ")
}

// Name is an event in a few words: what it is, who, where.
func Name(e *record.Event) string {
	s := Capital(Noun(e))
	if who := Who(e); who != "" {
		s += ": " + who
	}
	if e.Place != "" {
		s += " · " + e.Place
	}
	return s
}

// When is an event's time.
func When(e *record.Event) string { return Interval(e.From, e.To, e.Granularity) }

// Reports is how well an event is attested.
func Reports(e *record.Event) string {
	s := Count(e.Articles, "article")
	if e.Origins < e.Articles {
		s += ", " + Plural(e.Origins, "story", "stories")
	}
	return s
}

// Count is "1 article", "3 articles".
func Count(n int, noun string) string { return Plural(n, noun, noun+"s") }

// Plural is Count for a noun that takes more than an s.
func Plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// Parties is who says what of an event: "announced by Russia; not heard: Turkey".
func Parties(e *record.Event) string {
	order := []string{"announced", "confirmed", "hedged", "denied", "silent", record.NotHeard}
	by := map[string][]string{}
	for _, l := range e.Lines {
		by[l.Line] = append(by[l.Line], l.Name)
	}
	var out []string
	for _, line := range order {
		switch names := by[line]; {
		case len(names) == 0:
		case line == record.NotHeard:
			if len(names) < len(e.Lines) || e.Status.Value != "occurred" {
				out = append(out, "no statement found of "+List(names))
			}
		case line == "silent":
			out = append(out, "reported silent: "+List(names))
		default:
			out = append(out, line+" by "+List(names))
		}
	}
	return strings.Join(out, "; ")
}

// Source is where words stand: "Courier, 19 Aug 2025".
func Source(w *record.Witness) string {
	name := w.Outlet
	if name == "" {
		name = w.Title
	}
	if name == "" {
		name = w.Article[:min(8, len(w.Article))]
	}
	if d := Date(w.Published); d != "" {
		name += ", " + d
	}
	return name
}

// Quote puts words in quotation marks, unless they stand in some.
func Quote(s string) string {
	if strings.HasPrefix(s, "“") && strings.HasSuffix(s, "”") || strings.HasPrefix(s, "\"") && strings.HasSuffix(s, "\"") {
		return s
	}
	return "“" + s + "”"
}

// Shorten cuts s before a word, to at most so many code points.
func Shorten(s string, limit int) string {
	s = strings.Join(strings.Fields(s), " ")
	r := []rune(s)
	if len(r) <= limit {
		return s
	}
	cut := limit - 1
	for cut > limit/2 && r[cut] != ' ' {
		cut--
	}
	return string(r[:cut]) + " …"
}

// Short is an id as it is shown.
func Short(id string) string { return id[:min(len(id), 8)] }

// eventLine is an event with what is to be known of it.
func eventLine(e *record.Event) Line {
	l := Line{Mark: e.Status.Value, Lead: When(e), Text: Name(e), ID: Short(e.ID)}
	if l.Lead == "" && e.Last != "" {
		l.Lead = "told " + Date(e.Last)
	}
	status := e.Status.Value
	if e.Status.Value == record.StatusLapsed || e.Status.Value == record.StatusDisputed {
		status += ": " + e.Status.Rule
	}
	parts := []string{status}
	if said := Parties(e); said != "" {
		parts = append(parts, said)
	}
	parts = append(parts, Reports(e))
	if by := correctors(e.Decisions); len(by) > 0 {
		parts = append(parts, "corrected by "+List(by))
	}
	l.Details = append(l.Details, Detail{"", strings.Join(parts, " · ")})
	if moved := Days(e); moved != "" {
		l.Details = append(l.Details, Detail{"dates given", moved})
	}
	seen := map[string]bool{}
	for _, c := range e.Conditions {
		if c.Witness.Words != "" && !seen[c.Witness.Words] && len(seen) < 3 {
			seen[c.Witness.Words] = true
			l.Details = append(l.Details, Detail{"waits for", Quote(Shorten(c.Witness.Words, 160)) + " (" + Source(&c.Witness) + ")"})
		}
	}
	if due := Deadline(e); due != "" {
		l.Details = append(l.Details, Detail{"due", due})
	}
	l.Details = append(l.Details, corrected(e.Decisions)...)
	if len(e.Status.Rests) > 0 {
		w := e.Status.Rests[0].Witness
		l.Details = append(l.Details, Detail{"", Quote(Shorten(w.Words, 200)) + " — " + Source(&w)})
	}
	return l
}

// Deadline is the last day of an event that has one.
func Deadline(e *record.Event) string { return Date(e.Deadline[strings.IndexByte(e.Deadline, '/')+1:]) }

// Days are the days that an event was given, where there were several.
func Days(e *record.Event) string {
	var out []string
	for _, d := range e.Dates {
		s := Interval(d.From, d.To, "")
		if d.Known != "" {
			s += " (since " + Date(d.Known) + ", " + Plural(d.Origins, "story", "stories") + ")"
		}
		out = append(out, s)
	}
	if len(out) < 2 {
		return ""
	}
	return strings.Join(out, "; ")
}
