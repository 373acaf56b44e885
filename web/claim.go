package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"readout/record"
	"readout/sheet"
)

// claimPage is what the record has on a claim.
type claimPage struct {
	Asked   bool
	Verdict status
	Text    string // of the verdict
	Parts   []claimPart
}

// claimPart is the passages of one kind.
type claimPart struct {
	ID, Name string
	Passages []passage
	More     int
}

type passage struct {
	Day   string
	By    string // who says it there; "": the article itself
	Why   string
	Copy  bool
	Words *words
}

// claimVerdicts are the verdicts, as statuses are.
var claimVerdicts = map[string]status{
	record.Supported: {"supported", "good", "●"}, record.Contradicted: {"contradicted", "bad", "✕"}, record.Disputed: {"disputed", "bad", "?"}, record.NotAddressed: {"not addressed", "wait", "·"},
}

// maxPassages is how many passages of a kind a page has; the JSON has all.
const maxPassages = 12

func claim(ctx context.Context, a *ask) (*page, error) {
	if a.s.c.Understand == nil {
		return nil, problem{Status: http.StatusNotFound, Detail: "this server does not read, and so checks no claims"}
	}
	text := strings.TrimSpace(a.form.Get("q"))
	p := &page{Name: "claim", Title: "Check a claim"}
	if text == "" {
		if a.json {
			return nil, bad("q: a sentence, as an article would have it")
		}
		p.Data = &claimPage{}
		return p, nil
	}
	if !strings.ContainsAny(text[len(text)-1:], ".!?\"") {
		text += "."
	}
	if err := a.s.waitReader(ctx); err != nil {
		return nil, err
	}
	v, err := func() (*record.Support, error) {
		defer a.s.freeReader()
		return a.s.c.Ledger.Support(ctx, a.q, text, a.s.c.Understand)
	}()
	if err != nil {
		return nil, err
	}
	p.Sub, p.View, p.Rows = sub(&v.Head), v, func() ([]string, [][]string) { return passages(v) }
	if a.json {
		return p, nil
	}
	d := &claimPage{Asked: true, Verdict: claimVerdicts[v.Verdict]}
	switch v.Verdict {
	case record.Supported:
		d.Text = "the record supports it, in " + sheet.Plural(v.For, "story", "stories")
	case record.Contradicted:
		d.Text = "the record contradicts it, in " + sheet.Plural(v.Against, "story", "stories")
	case record.Disputed:
		d.Text = "the record is divided: " + sheet.Plural(v.For, "story supports", "stories support") + " it, " + sheet.Plural(v.Against, "contradicts", "contradict") + " it"
	default:
		d.Text = "no passage in " + sheet.Count(v.Articles, "article") + " says it or says otherwise. That tells something of the articles, not of the claim"
	}
	for _, s := range []struct {
		id, name string
		list     []record.Passage
	}{{"supports", "Supports it", v.Supports}, {"contradicts", "Contradicts it", v.Contradicts}, {"near", "Near, and does not address it", v.Near}} {
		part := claimPart{ID: s.id, Name: s.name, More: max(0, len(s.list)-maxPassages)}
		for i := range s.list[:min(len(s.list), maxPassages)] {
			x := &s.list[i]
			y := passage{Day: sheet.Date(x.Witness.Published), By: x.By, Why: strings.Join(x.Why, "; "), Copy: x.Origin != x.Witness.Article, Words: a.words(&x.Witness)}
			if x.Standing != "" && x.Standing != "named" && x.By != "" {
				y.By += " (" + x.Standing + ")"
			}
			part.Passages = append(part.Passages, y)
		}
		if len(part.Passages) > 0 {
			d.Parts = append(d.Parts, part)
		}
	}
	p.Data = d
	return p, nil
}

// passages are the passages of an answer as a table.
func passages(v *record.Support) (head []string, rows [][]string) {
	for _, p := range slices.Concat(v.Supports, v.Contradicts, v.Near) {
		w := &p.Witness
		rows = append(rows, []string{v.Claim, p.Verdict, strings.Join(p.Why, "; "), p.By, p.Standing, w.Words, w.Outlet, w.Published, w.URL, w.Article, p.Origin, strconv.Itoa(w.Span[0]), strconv.Itoa(w.Span[1])})
	}
	return []string{"claim", "verdict", "why", "by", "standing", "words", "outlet", "published", "address", "article", "origin", "begin", "end"}, rows
}

// waitReader waits until there is a reader for one more text; freeReader lets it
// go.
func (s *Server) waitReader(ctx context.Context) error {
	select {
	case s.readers <- struct{}{}:
		return nil
	case <-ctx.Done():
		return problem{Status: http.StatusServiceUnavailable, Detail: "all readers are busy"}
	}
}

func (s *Server) freeReader() { <-s.readers }
