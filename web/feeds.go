package web

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Feed is a feed that 'readout watch' asks for this record.
type Feed struct {
	Address string
	Title   string
	Asked   time.Time // last; zero: not yet
	// Since is when it was first not reached in a row of failures, and Reason why;
	// zero and "" while it is.
	Since  time.Time
	Reason string
}

// feedsLine is how the feeds are, in a line and what is behind it.
type feedsLine struct {
	Text string
	Down []string // each that is not reached, with why
}

// feeds tells how the feeds are that bring articles; nil where none are watched.
func (s *Server) feeds() *feedsLine {
	if s.c.Feeds == nil {
		return nil
	}
	list := s.c.Feeds()
	if len(list) == 0 {
		return nil
	}
	now := s.c.Now()
	clock := func(t time.Time) string {
		t = t.In(now.Location())
		if t.Format(time.DateOnly) == now.Format(time.DateOnly) {
			return t.Format("15:04")
		}
		return t.Format("15:04 on 2 January")
	}
	var asked, since time.Time
	out := &feedsLine{}
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b Feed) int { return a.Since.Compare(b.Since) })
	for _, f := range list {
		if f.Asked.After(asked) {
			asked = f.Asked
		}
		if f.Since.IsZero() {
			continue
		}
		if since.IsZero() {
			since = f.Since
		}
		line := fmt.Sprintf("%s, since %s", cmp.Or(f.Title, f.Address), clock(f.Since))
		if f.Reason != "" {
			line += ": " + f.Reason
		}
		out.Down = append(out.Down, line)
	}
	noun := "feeds"
	if len(list) == 1 {
		noun = "feed"
	}
	switch {
	case len(out.Down) > 0:
		out.Text = fmt.Sprintf("%d of %d %s unreachable since %s", len(out.Down), len(list), noun, clock(since))
	case asked.IsZero():
		out.Text = fmt.Sprintf("%d %s, none asked yet", len(list), noun)
	default:
		out.Text = fmt.Sprintf("%d %s, all reached; last asked at %s", len(list), noun, clock(asked))
	}
	return out
}
