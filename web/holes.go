package web

import (
	"bytes"
	"html/template"

	"readout/web/account"
)

// A page is made once for all who see it. What is anybody's own, who has signed
// in, when somebody was here last, and what changes without the record, how the
// feeds are, goes into holes that templates leave for it
// ({{hole "user"}}), when the page is sent. No text of an article can be taken for
// a hole: pages have no NUL.

// hole is where a part goes.
func hole(name string) template.HTML { return template.HTML("\x00" + name + "\x00") }

// ownPart is what stands in holes.
type ownPart struct {
	User            string // who has signed in
	Admin           bool   // and may change users
	Visit, VisitURL string // when somebody was here last
	Feeds           *feedsLine
}

// own makes the parts of who asks, by their names; the templates "own-NAME" are
// what they look like.
func (s *Server) own(a *ask) (map[string][]byte, error) {
	t, err := templates()
	if err != nil {
		return nil, err
	}
	var p ownPart
	if who := account.From(a.r.Context()); who.Means == account.BySession {
		p.User, p.Admin = who.Name, who.Role >= account.Admin
	}
	if last := a.lastVisit(); !last.IsZero() {
		p.Visit, p.VisitURL = last.Format("2 January 2006, 15:04"), a.to("/changes", "since", lastVisit)
	}
	p.Feeds = s.feeds()
	out := map[string][]byte{}
	for name, there := range map[string]bool{"user": p.User != "", "visit": p.Visit != "", "feeds": p.Feeds != nil} {
		if !there {
			continue
		}
		var b bytes.Buffer
		if err := t["problem"].ExecuteTemplate(&b, "own-"+name, &p); err != nil { // all have them
			return nil, err
		}
		out[name] = b.Bytes()
	}
	return out, nil
}

// fill puts parts into the holes of a page; a hole without a part is closed.
func fill(page []byte, parts map[string][]byte) []byte {
	pieces := bytes.Split(page, []byte{0})
	out := make([]byte, 0, len(page)+1<<10)
	for i, p := range pieces {
		if i%2 == 1 {
			p = parts[string(p)]
		}
		out = append(out, p...)
	}
	return out
}
