package record

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"readout/record/join"
)

// exported is one line of an export: its kind, and the thing itself.
type exported struct {
	Kind string `json:"kind"` // article, event, statement, standing, decision
	Line any    `json:"line"`
}

// exportedArticle is an article as it is exported: without its text, which may
// be its publisher's.
type exportedArticle struct {
	Article string `json:"article"`
	Version string `json:"version"`
	Key     string `json:"key,omitempty"`
	Outlet  string `json:"outlet,omitempty"`
	Title   string `json:"title,omitempty"`
	Byline  string `json:"byline,omitempty"`
	Credit  string `json:"credit,omitempty"`
	URL     string `json:"url,omitempty"`
	// Published is when this version was; Replaced when another took its place.
	Published string `json:"published,omitempty"`
	Replaced  string `json:"replaced,omitempty"`
	Origin    string `json:"origin,omitempty"` // the version that comes first of its story
	Model     string `json:"model,omitempty"`
	Learnt    string `json:"learnt,omitempty"`
}

// ExportConfig says how a record is exported.
type ExportConfig struct {
	Query
	// Canonical leaves out when the record learnt of things, and stands at the
	// day of the last article: the same articles give the same bytes.
	Canonical bool
}

// Export writes the record as lines of JSON: its articles without their texts,
// events and statements by the day they were first told of and then by id,
// standings by topic, and decisions as they were taken. It holds a part of the
// record at a time, as a Scan does.
func (l *Ledger) Export(ctx context.Context, w io.Writer, c ExportConfig) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	err := l.store.View(ctx, func(r Reader) error {
		at := c.AsOf
		switch {
		case !at.IsZero():
		case c.Canonical: // all there is, on the day of the last article
			last, err := lastDay(ctx, r)
			if err != nil {
				return err
			}
			c.AsOf = join.DayTime(last).Add(24*time.Hour - time.Microsecond)
		default:
			at = l.now()
			c.AsOf = at
		}
		k := &look{l: l, q: c.Query, r: r, g: newGraph(r, at), today: join.DayOf(c.AsOf), whole: true}
		k.q.Since = time.Time{}
		if err := k.narrow(ctx); err != nil {
			return err
		}
		e := exporter{&Scan{k: k}, c, enc}
		for _, f := range []func(context.Context) error{e.articles, e.events, e.statements, e.standings, e.decisions} {
			if err := f(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// exporter is an export at work.
type exporter struct {
	*Scan
	c   ExportConfig
	enc *json.Encoder
}

func (e *exporter) line(kind string, v any) error { return e.enc.Encode(exported{kind, v}) }

func (e *exporter) articles(ctx context.Context) error {
	for a, err := range e.Articles(ctx) {
		if err != nil {
			return err
		}
		out := exportedArticle{
			Article: a.Article, Version: a.ID, Key: a.Key, Outlet: a.Outlet, Title: a.Title, Byline: a.Byline, Credit: a.Credit, URL: a.URL,
			Published: a.Published, Replaced: a.Replaced, Origin: a.Origin,
		}
		_, r, err := readingOf(ctx, e.k.r, a.ID)
		if err != nil {
			return err
		}
		out.Model = r.Model
		if !e.c.Canonical {
			entry, err := e.k.r.Entry(ctx, a.ID)
			if err != nil {
				return err
			}
			out.Learnt = stamp(entry.Learnt)
		}
		if err := e.line("article", out); err != nil {
			return err
		}
	}
	return nil
}

func instant(s string) time.Time {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t
	}
	t, _ := time.Parse(time.DateOnly, s) // "" is no time
	return t
}

func maxTime(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func (e *exporter) events(ctx context.Context) error {
	for v, err := range e.Events(ctx) {
		if err != nil {
			return err
		}
		if err := e.line("event", v); err != nil {
			return err
		}
	}
	return nil
}

// exportedStatement is a statement as it is exported.
type exportedStatement struct {
	*Statement
	About []string `json:"about"` // the events that it speaks of
}

func (e *exporter) statements(ctx context.Context) error {
	for v, err := range e.Statements(ctx) {
		if err != nil {
			return err
		}
		if err := e.line("statement", exportedStatement(v)); err != nil {
			return err
		}
	}
	return nil
}

// standings writes one issue after another.
func (e *exporter) standings(ctx context.Context) error {
	if e.k.set != nil {
		board, err := e.k.processBoard(ctx, 0)
		for i := range board {
			err = errors.Join(err, e.line("standing", board[i]))
		}
		return err
	}
	topics, _, err := e.k.topics(ctx, 0)
	if err != nil {
		return err
	}
	slices.SortFunc(topics, func(a, b Count) int { return strings.Compare(a.Name, b.Name) })
	for _, t := range topics {
		e.fresh()
		board, err := e.k.standings(ctx, []Count{t}, 0, false)
		if err != nil {
			return err
		}
		for i := range board {
			if err := e.line("standing", board[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// exportedDecision is a decision as it is exported.
type exportedDecision struct {
	ID string `json:"id"`
	Decision
	Learnt string `json:"learnt,omitempty"`
}

func (e *exporter) decisions(ctx context.Context) error {
	ids, err := e.k.r.Lookup(ctx, []join.Range{{Block: keyDecision, From: 0, To: 1 << 24}})
	if err != nil {
		return err
	}
	slices.Sort(ids)
	for part := range slices.Chunk(ids, scanned) {
		nodes, err := e.k.r.Nodes(ctx, part)
		if err != nil {
			return err
		}
		for i := range nodes {
			if err := e.decision(ctx, &nodes[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (e *exporter) decision(ctx context.Context, n *Node) (err error) {
	out := exportedDecision{ID: n.ID}
	if out.Decision, err = decode[Decision](n.Body); err != nil {
		return fmt.Errorf("%w: decision %s: %w", ErrDamaged, n.ID, err)
	}
	// Processes and markings show in what is exported.
	do := out.Do
	if do == DoUndo {
		if was, err := decisionEntry(ctx, e.k.r, out.Of); err == nil {
			do = was.Do
		}
	}
	ok, err := e.k.shows(ctx, &out.Decision)
	if err != nil {
		return err
	}
	if !ok || !curates(do) || !e.c.Canonical && out.When.After(e.c.AsOf) {
		return nil
	}
	if !e.c.Canonical {
		entry, err := e.k.r.Entry(ctx, n.ID)
		if err != nil {
			return err
		}
		out.Learnt = stamp(entry.Learnt)
	}
	return e.line("decision", out)
}
