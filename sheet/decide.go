package sheet

import (
	"fmt"
	"slices"
	"strings"

	"readout/record"
)

// verbs are what decisions do, in words: "corrected by Ada".
var verbs = map[string]string{
	record.DoAccept: "accepted", record.DoCorrect: "corrected", record.DoReject: "rejected", record.DoMerge: "merged", record.DoSplit: "split off", record.DoLink: "tied",
	record.DoUndo: "undone", record.DoMark: "marked", record.DoOpen: "process", record.DoInclude: "put into process", record.DoExclude: "taken out of process",
}

// Decision is what a person decided, in words: "status: was planned; corrected
// by Ada, 3 May 2024: because".
func Decision(d *record.Decided) string {
	s := ""
	switch {
	case d.Do == record.DoCorrect && d.Field == "who":
		s = d.Is + ": was " + d.Was + "; "
	case d.Do == record.DoCorrect:
		was := d.Was
		if was == "" {
			was = "not known"
		}
		s = d.Field + ": was " + was + "; "
	case d.Do == record.DoLink && d.Is == "none":
		s = "not "
	case d.Do == record.DoLink:
		s = d.Is + ": "
	case d.Field != "":
		s = d.Field + ": "
	}
	s += verbs[d.Do] + " by " + d.By + ", " + Date(d.When)
	if d.Why != "" {
		s += ": " + d.Why
	}
	return s
}

// corrected tells in the line of an event or a statement what people corrected,
// merged and split off.
func corrected(list []record.Decided) []Detail {
	var out []Detail
	for i := range list {
		if list[i].Do != record.DoAccept {
			out = append(out, Detail{"by hand", Decision(&list[i])})
		}
	}
	return out
}

// correctors are those who corrected something.
func correctors(list []record.Decided) []string {
	var out []string
	for i := range list {
		if d := &list[i]; d.Do == record.DoCorrect && !slices.Contains(out, d.By) {
			out = append(out, d.By)
		}
	}
	return out
}

// decided is the section of what people decided of an event.
func decided(list []record.Decided) Section {
	s := Section{Name: "Decided by people"}
	for i := range list {
		d := &list[i]
		l := Line{Mark: "decided", Text: Decision(d), ID: Short(d.ID)}
		var on []string
		for _, id := range d.On {
			on = append(on, Short(id))
		}
		l.Details = append(l.Details, Detail{"of", strings.Join(on, ", ")})
		s.Lines = append(s.Lines, l)
	}
	return s
}

// Order is a decision as it was given: "correct status = planned".
func Order(d *record.Decision) string {
	s := d.Do
	switch {
	case d.Do == record.DoUndo:
		return s + " " + Short(d.Of)
	case d.Field == "who" && len(d.At) > 0:
		s += fmt.Sprintf(": %s is %s", d.At[0].As, d.Value)
	case d.Field != "" && d.Value != "":
		s += " " + d.Field + " = " + d.Value
	case d.Field != "" || d.Value != "":
		s += " " + d.Field + d.Value
	}
	if d.Of != "" {
		s += " (" + d.Of + ")"
	}
	return s
}

// Decisions is the page of the log of decisions.
func Decisions(v *record.Log) *Page {
	p := &Page{Title: "What people decided", Sub: sub(&v.Head)}
	s := Section{None: "Nothing."}
	for i := range v.Decisions {
		s.Lines = append(s.Lines, Taken(&v.Decisions[i]))
	}
	p.Sections = []Section{s}
	return p
}

// Stale is the page of decisions that do not hold any more.
func Stale(v *record.Log) *Page {
	p := Decisions(v)
	p.Title, p.Sub = "Decisions that do not hold for what articles say now", ""
	return p
}

// Taken is the line of a decision in the log.
func Taken(t *record.Taken) Line {
	l := Line{Mark: "decided", Lead: Date(t.When.Format("2006-01-02")), Text: Order(&t.Decision) + ", by " + t.By, ID: Short(t.ID)}
	if t.Why != "" {
		l.Details = append(l.Details, Detail{"why", t.Why})
	}
	if t.Undone != "" {
		l.Mark = "gone"
		l.Details = append(l.Details, Detail{"undone", "by " + Short(t.Undone)})
	}
	if len(t.On) > 0 {
		var on []string
		for _, id := range t.On {
			on = append(on, Short(id))
		}
		l.Details = append(l.Details, Detail{"of", strings.Join(on, ", ")})
	}
	for i := range t.At[:min(3, len(t.At))] {
		if a := &t.At[i]; len(a.Words) > 0 {
			l.Details = append(l.Details, Detail{"", Quote(Shorten(strings.Join(a.Words, " … "), 160)) + " [" + Short(a.Version) + "]"})
		}
	}
	if n := len(t.At) - 3; n > 0 {
		l.Details = append(l.Details, Detail{"", "and " + Count(n, "place") + " more"})
	}
	for _, u := range t.Unfit {
		l.Details = append(l.Details, Detail{"does not hold", u.Why + " — " + Source(&u.Witness)})
	}
	return l
}

// Preview is the page of what decisions change. An id that is "" is left out.
func Preview(v *record.Preview) *Page {
	p := &Page{Title: "What is decided"}
	said := Section{}
	for i := range v.Decisions {
		d := &v.Decisions[i]
		l := Line{Mark: "decided", Text: Order(&d.Decision), ID: Short(d.ID)}
		for j := range d.At[:min(6, len(d.At))] {
			a := &d.At[j]
			l.Details = append(l.Details, Detail{"", Quote(Shorten(strings.Join(a.Words, " … "), 160)) + " [" + Short(a.Version) + "]"})
		}
		if n := len(d.At) - 6; n > 0 {
			l.Details = append(l.Details, Detail{"", "and " + Count(n, "place") + " more"})
		}
		said.Lines = append(said.Lines, l)
	}
	changes := Section{Name: "What it changes", None: "Nothing that is shown."}
	events := map[string]*record.Event{}
	for _, e := range slices.Concat(v.Before, v.After) {
		events[e.ID] = e
	}
	at := map[string]int{}
	for _, d := range v.Differs {
		i, ok := at[d.ID]
		if !ok {
			i = len(changes.Lines)
			at[d.ID] = i
			l := Line{Mark: "changed", ID: Short(d.ID)}
			if e := events[d.ID]; e != nil {
				l.Lead, l.Text = When(e), Name(e)
			} else {
				l.Text = statementText(v, d.ID)
			}
			changes.Lines = append(changes.Lines, l)
		}
		changes.Lines[i].Details = append(changes.Lines[i].Details, Detail{d.Field, difference(&d)})
	}
	p.Sections = []Section{said, changes}
	if len(v.Unfit) > 0 {
		s := Section{Name: "Where it does not hold"}
		for _, u := range v.Unfit {
			s.Lines = append(s.Lines, Line{Mark: "gone", Text: u.Why + " — " + Source(&u.Witness), ID: Short(u.Decision)})
		}
		p.Sections = append(p.Sections, s)
	}
	return p
}

func statementText(v *record.Preview, id string) string {
	if id[0] == 'v' {
		return "In the article"
	}
	for _, s := range slices.Concat(v.Are, v.Were) {
		if s.ID == id {
			return strings.TrimPrefix(s.By+": "+Quote(Shorten(s.Text, 160)), ": ")
		}
	}
	return "a statement"
}

func difference(d *record.Difference) string {
	was, is := d.Was, d.Is
	switch d.Field {
	case "event", "statement":
		if is == "" {
			return "no longer there: " + was
		}
		return "apart: " + is
	case "one of", "apart from":
		return was
	case "day", "deadline":
		was, is = daysOf(was), daysOf(is)
	}
	none := "not known"
	switch d.Field {
	case "tied to", "conditions", "credibility":
		none = "none"
	}
	if was == "" {
		was = none
	}
	if is == "" {
		is = none
	}
	return was + " → " + is
}

func daysOf(s string) string {
	if s == "" {
		return ""
	}
	return DaysOf(s)
}
