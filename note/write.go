package note

import (
	"fmt"
	"slices"
	"strings"

	"readout/reading"
)

// String is the form as it is typed, with its entries left out: those are what
// Draft offers.
func (f *Form) String() string {
	var b strings.Builder
	for _, l := range [][2]string{{"by", f.By}, {"published", f.Published}, {"title", f.Title}} {
		fmt.Fprintf(&b, "%s: %s\n", l[0], l[1])
	}
	fmt.Fprintf(&b, "\n%s\n", strings.TrimSpace(f.Text))
	return b.String()
}

// Draft is a form for somebody to fill in: the note, how entries are typed, and
// what a model read in it, as comments. R is nil where nothing was read.
func Draft(f *Form, r *reading.Reading) string {
	var b strings.Builder
	b.WriteString(f.String())
	b.WriteString(`
--- What it says, a line each. The note stands above; lines with # are left out.
#
`)
	for _, k := range kinds {
		fmt.Fprintf(&b, "# %-8s%s\n", k+":", Shapes[k])
	}
	b.WriteString("#\n# An empty field is left to the machine, - is not told. Words are the note's own.\n")
	if r == nil {
		return b.String()
	}
	if lines := Lines(r); len(lines) > 0 {
		b.WriteString("#\n# The machine read this. Take the # away to correct a line: it then stands,\n# and what the machine read in the same words is left out.\n#\n")
		for _, l := range lines {
			fmt.Fprintf(&b, "# %s\n", l)
		}
	}
	return b.String()
}

// Lines are what a reading says as entries of a form.
func Lines(r *reading.Reading) []string {
	text := []rune(r.Document.Text)
	slice := func(s reading.Span) string {
		if s[0] < 0 || s[1] > len(text) || s[0] > s[1] {
			return ""
		}
		return strings.Join(strings.Fields(string(text[s[0]:s[1]])), " ")
	}
	names := map[string]string{}
	for i := range r.Actors {
		v := &r.Actors[i]
		name := strings.NewReplacer("|", " ", ",", " ", ";", " ", "(", " ", ")", " ").Replace(v.Name)
		names[v.ID] = strings.Join(strings.Fields(name), " ")
		if v.Anonymous {
			names[v.ID] += " (anonymous)"
		}
	}
	var out []string
	for i := range r.Events {
		v := &r.Events[i]
		if len(v.Evidence) == 0 {
			continue
		}
		var who []string
		for _, p := range v.Participants {
			name := names[p.Actor]
			if p.As != "participant" && name != "" {
				if name, _ = strings.CutSuffix(name, ")"); name != names[p.Actor] {
					name += ", " + p.As + ")"
				} else {
					name += " (" + p.As + ")"
				}
			}
			if name != "" && !slices.Contains(who, name) {
				who = append(who, name)
			}
		}
		when, where := "", ""
		if v.Time != nil {
			when = span(v.Time)
		} else if v.Deadline != nil && v.Deadline.To != "" {
			when = "by " + v.Deadline.To
		}
		if v.Place != nil {
			where = strings.ReplaceAll(v.Place.Name, "|", " ")
		}
		out = append(out, entry("event", v.Kind, strings.Join(who, ", "), when, where, v.Status, slice(v.Evidence[0])))
	}
	for i := range r.Statements {
		v := &r.Statements[i]
		name := names[v.Source.Actor]
		if name == "" && v.Source.Span != nil {
			name = strings.Trim(slice(*v.Source.Span), " |") + " (anonymous)"
		}
		if v.Within != "" || name == "" || len(v.Content) == 0 {
			continue
		}
		act := "say"
		if v.Cue != nil && v.Cue.Act != "" {
			act = v.Cue.Act
		}
		out = append(out, entry("said", name, act, slice(v.Content[0])))
	}
	for i := range r.Issues {
		for _, p := range r.Issues[i].Positions {
			if p.Span == nil || names[p.Actor] == "" {
				continue
			}
			topic := r.Issues[i].Canonical
			if topic == "" {
				topic = r.Issues[i].Topic
			}
			out = append(out, entry("stands", names[p.Actor], topic, p.Stance, slice(*p.Span)))
		}
	}
	for i := range r.Events {
		for _, c := range r.Events[i].Conditions {
			if c.Span != nil {
				out = append(out, entry("waits", c.As, slice(*c.Span)))
			}
		}
	}
	number := map[string]string{} // of events that have an entry
	for i := range r.Events {
		if len(r.Events[i].Evidence) > 0 {
			number[r.Events[i].ID] = fmt.Sprint(len(number) + 1)
		}
	}
	for i := range r.Events {
		for _, l := range r.Events[i].Links {
			if from, to := number[r.Events[i].ID], number[l.To]; l.Span != nil && from != "" && to != "" && from != to {
				out = append(out, entry("tied", from, l.As, to, slice(*l.Span)))
			}
		}
	}
	return out
}

// entry is an entry; the last field is its words.
func entry(kind string, fields ...string) string {
	n := len(fields) - 1
	line := kind + ": " + strings.Join(fields[:n], " | ")
	return strings.ReplaceAll(line, "  ", " ") + ` | "` + fields[n] + `"`
}

// span is a time as ParseDay reads it, "" for one that is not known.
func span(t *reading.Time) string {
	switch {
	case len(t.From) < 10:
		return ""
	case t.To == "" || t.From[:10] == t.To[:min(10, len(t.To))]:
		return t.From[:10]
	}
	return t.From[:10] + "/" + t.To[:10]
}
