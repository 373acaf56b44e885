package sheet

import (
	"fmt"
	"strings"

	"readout/record"
)

// doubts are the kinds of what is asked, in words.
var doubts = map[string]string{
	record.DoubtActor: "who?", record.DoubtNames: "one person?", record.DoubtEvent: "an event?", record.DoubtStatement: "said so?",
	record.DoubtPair: "one event?", record.DoubtDay: "which day?", record.DoubtPlace: "where?", record.DoubtStatus: "does it take place?", record.DoubtStale: "still?",
}

// Queue is the page of what people may want to look at.
func Queue(v *record.Queue) *Page {
	p := &Page{Title: "To look at", Sub: sub(&v.Head)}
	if v.More > 0 {
		p.Foot = fmt.Sprintf("%d more: --limit shows them", v.More)
	}
	s := Section{None: "Nothing."}
	for _, i := range v.Items {
		s.Lines = append(s.Lines, Question(i))
	}
	p.Sections = []Section{s}
	return p
}

// Question is one thing to look at, in a line.
func Question(i *record.Item) Line {
	l := Line{Mark: "question", Lead: doubts[i.Kind], Details: []Detail{{"", i.Why}}}
	switch {
	case i.Event != nil:
		l.Text, l.ID = strings.TrimSpace(When(i.Event)+"  "+Name(i.Event))+", "+i.Event.Status.Value, Short(i.Event.ID)
		if i.Other == nil {
			if len(i.Event.Status.Rests) > 0 {
				w := &i.Event.Status.Rests[0].Witness
				l.Details = append(l.Details, Detail{"", Quote(Shorten(w.Words, 200)) + " — " + Source(w)})
			}
			break
		}
		l.Details = append(l.Details, Detail{"or", strings.TrimSpace(When(i.Other)+"  "+Name(i.Other)) + ", " + i.Other.Status.Value + " [" + Short(i.Other.ID) + "]"})
	case i.Statement != nil:
		st := statement(i.Statement)
		l.Text, l.ID = st.Text, st.ID
		l.Details = append(l.Details, Detail{"", Quote(Shorten(i.Statement.Witnesses[0].Words, 200)) + " — " + Source(&i.Statement.Witnesses[0])})
	case i.Decision != nil:
		t := Taken(i.Decision)
		l.Text, l.ID = t.Text, t.ID
		l.Details = append(l.Details, t.Details...)
	default:
		l.Text = i.Name
		if len(i.Witnesses) > 0 {
			l.ID = Short(i.Witnesses[0].Article)
		}
		var could []string
		for _, w := range i.Could {
			if !strings.Contains(w.Key, ":") { // a key of the registry
				w.Name += " (" + w.Key + ")"
			}
			could = append(could, w.Name)
		}
		l.Details = append(l.Details, Detail{"could be", strings.Join(could, "; ")}, Detail{"in", articles(i.Witnesses)})
	}
	return l
}

// articles lists articles in one line: the first by name.
func articles(list []record.Witness) string {
	var out []string
	for i := range list[:min(3, len(list))] {
		out = append(out, Source(&list[i])+" ["+Short(list[i].Article)+"]")
	}
	if n := len(list) - 3; n > 0 {
		out = append(out, Count(n, "article")+" more")
	}
	return strings.Join(out, "; ")
}
