package eval

import (
	"fmt"

	"readout/reading"
)

// Faults lists what breaks the published form itself: spans outside the text,
// a mention that belongs to two actors, a content given out more than three
// times, a reference to nothing. A sound reading has none.
func Faults(r *reading.Reading) []string {
	f := faults{n: len([]rune(r.Document.Text)), ids: map[string]bool{}}
	f.document(&r.Document)
	for _, a := range r.Actors {
		f.ids[a.ID] = true
	}
	for _, s := range r.Statements {
		f.ids[s.ID] = true
	}
	for _, e := range r.Events {
		f.ids[e.ID] = true
	}
	for _, i := range r.Issues {
		f.ids[i.ID] = true
	}
	f.actors(r.Actors)
	f.statements(r.Statements)
	for i := range r.Events {
		f.event(&r.Events[i])
	}
	for i := range r.Issues {
		f.issue(&r.Issues[i])
	}
	return f.list
}

type faults struct {
	n    int
	ids  map[string]bool
	list []string
}

func (f *faults) span(where string, s reading.Span) {
	if s[0] < 0 || s[0] >= s[1] || s[1] > f.n {
		f.list = append(f.list, fmt.Sprintf("%s: span %v lies outside the text", where, s))
	}
}

func (f *faults) opt(where string, s *reading.Span) {
	if s != nil {
		f.span(where, *s)
	}
}

func (f *faults) spans(where string, list []reading.Span) {
	for _, s := range list {
		f.span(where, s)
	}
}

func (f *faults) ref(where, id string) {
	if id != "" && !f.ids[id] {
		f.list = append(f.list, fmt.Sprintf("%s: %s does not exist", where, id))
	}
}

func (f *faults) refs(where string, ids []string) {
	for _, id := range ids {
		f.ref(where, id)
	}
}

func (f *faults) document(d *reading.Document) {
	f.spans("sentences", d.Sentences)
	f.spans("judgements", d.Judgements)
	for _, b := range d.Blocks {
		f.span("blocks", b.Span)
	}
	if d.Dateline != nil {
		f.span("dateline", d.Dateline.Span)
	}
}

func (f *faults) actors(list []reading.Actor) {
	owner := map[reading.Span]string{}
	for _, a := range list {
		f.refs(a.ID+".members", a.Members)
		for _, r := range a.Roles {
			f.opt(a.ID+".roles", r.Span)
		}
		for _, m := range a.Mentions {
			f.span(a.ID+".mentions", m.Span)
			if o, ok := owner[m.Span]; ok {
				f.list = append(f.list, fmt.Sprintf("mention %v belongs to %s and to %s", m.Span, o, a.ID))
			}
			owner[m.Span] = a.ID
		}
	}
}

func (f *faults) statements(list []reading.Statement) {
	uses := map[string]int{}
	for i := range list {
		s := &list[i]
		f.opt(s.ID+".source", s.Source.Span)
		f.ref(s.ID+".source", s.Source.Actor)
		f.ref(s.ID+".within", s.Within)
		f.spans(s.ID+".content", s.Content)
		f.refs(s.ID+".about", s.About)
		f.refs(s.ID+".topics", s.Topics)
		f.refs(s.ID+".responds_to", s.RespondsTo)
		if s.Cue != nil {
			f.span(s.ID+".cue", s.Cue.Span)
		}
		for _, r := range append(append([]reading.Ref{}, s.Via...), s.To...) {
			f.ref(s.ID, r.Actor)
			f.opt(s.ID, r.Span)
		}
		if s.Channel != nil {
			f.opt(s.ID+".channel", s.Channel.Span)
		}
		if s.Time != nil {
			f.span(s.ID+".time", s.Time.Span)
		}
		if len(s.Content) > 0 {
			key := fmt.Sprint(s.Content)
			if uses[key]++; uses[key] == 4 {
				f.list = append(f.list, fmt.Sprintf("content %s stands in more than three statements", key))
			}
		}
	}
}

func (f *faults) event(e *reading.Event) {
	f.spans(e.ID+".evidence", e.Evidence)
	f.refs(e.ID+".topics", e.Topics)
	if len(e.Evidence) == 0 {
		f.list = append(f.list, e.ID+": no evidence")
	}
	for _, p := range e.Participants {
		f.ref(e.ID+".participants", p.Actor)
		f.opt(e.ID+".participants", p.Span)
	}
	if e.Place != nil {
		f.opt(e.ID+".place", e.Place.Span)
	}
	for _, t := range []*reading.Time{e.Time, e.Deadline} {
		if t != nil {
			f.span(e.ID+".time", t.Span)
		}
	}
	if e.Duration != nil {
		f.span(e.ID+".duration", e.Duration.Span)
	}
	for _, c := range e.Claims {
		f.ref(e.ID+".claims", c.By)
		f.ref(e.ID+".claims", c.Statement)
		f.opt(e.ID+".claims", c.Span)
	}
	for _, c := range e.Conditions {
		f.ref(e.ID+".conditions", c.Event)
		f.opt(e.ID+".conditions", c.Span)
	}
	for _, l := range e.Links {
		f.ref(e.ID+".links", l.To)
		f.opt(e.ID+".links", l.Span)
	}
}

func (f *faults) issue(i *reading.Issue) {
	f.ref(i.ID+".part_of", i.PartOf)
	f.spans(i.ID+".evidence", i.Evidence)
	for _, c := range i.Concerning {
		f.ref(i.ID+".concerning", c.Actor)
		f.opt(i.ID+".concerning", c.Span)
	}
	for _, p := range i.Positions {
		f.ref(i.ID+".positions", p.Actor)
		f.ref(i.ID+".positions", p.Statement)
		f.opt(i.ID+".positions", p.Span)
	}
	for _, p := range i.Proposals {
		f.refs(i.ID+".proposals", p.By)
		f.spans(i.ID+".proposals", p.Terms)
		f.opt(i.ID+".proposals", p.Span)
	}
}
