package record

import (
	"context"
	"encoding/json"
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
// events, statements, standings and decisions, each kind sorted.
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
		k := &look{l: l, q: c.Query, r: r, g: newGraph(r, at), today: join.DayOf(c.AsOf)}
		if err := k.narrow(ctx); err != nil {
			return err
		}
		for _, f := range []func(context.Context, *look, ExportConfig, *json.Encoder) error{exportArticles, exportEvents, exportStatements, exportStandings, exportDecisions} {
			if err := f(ctx, k, c, enc); err != nil {
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

// everything is the range of a whole block, up to the moment of the view.
func (k *look) everything(block string) []join.Range {
	return []join.Range{{Block: block, From: 0, To: k.today}}
}

func exportArticles(ctx context.Context, k *look, c ExportConfig, enc *json.Encoder) error {
	ids, err := k.r.Lookup(ctx, k.everything(keyArticle))
	if err != nil {
		return err
	}
	origin, err := k.g.origins(ctx, ids)
	if err != nil {
		return err
	}
	nodes, err := k.r.Nodes(ctx, ids)
	if err != nil {
		return err
	}
	for i := range nodes {
		n := &nodes[i]
		if k.g.hidden[n.ID] || !k.g.at.IsZero() && n.From.After(k.g.at) {
			continue
		}
		v, err := decodeNode(n)
		if err != nil {
			return err
		}
		a := v.article
		in, err := k.articleIn(ctx, a.Of)
		if err != nil {
			return err
		}
		if !in {
			continue
		}
		out := exportedArticle{
			Article: a.Of, Version: a.ID, Key: a.Key, Outlet: a.Outlet, Title: a.Title, Byline: a.Byline, Credit: a.Credit, URL: a.URL,
			Published: stamp(maxTime(instant(a.Published), instant(a.Modified))), Origin: origin[a.ID],
		}
		if !n.Until.IsZero() && !n.Until.After(c.AsOf) {
			out.Replaced = stamp(n.Until)
		}
		_, r, err := readingOf(ctx, k.r, n.ID)
		if err != nil {
			return err
		}
		out.Model = r.Model
		if !c.Canonical {
			e, err := k.r.Entry(ctx, n.ID)
			if err != nil {
				return err
			}
			out.Learnt = stamp(e.Learnt)
		}
		if err := enc.Encode(exported{"article", out}); err != nil {
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

func exportEvents(ctx context.Context, k *look, _ ExportConfig, enc *json.Encoder) error {
	events, err := k.events(ctx, k.everything(keyEvent))
	if err != nil {
		return err
	}
	slices.SortFunc(events, func(a, b *Event) int { return strings.Compare(a.ID, b.ID) })
	for _, e := range events {
		if err := enc.Encode(exported{"event", e}); err != nil {
			return err
		}
	}
	return nil
}

func exportStatements(ctx context.Context, k *look, _ ExportConfig, enc *json.Encoder) error {
	ids, err := k.r.Lookup(ctx, k.everything(keySaying))
	if err != nil {
		return err
	}
	list, err := k.statements(ctx, ids)
	if err != nil {
		return err
	}
	slices.SortFunc(list, func(a, b *Statement) int { return strings.Compare(a.ID, b.ID) })
	for _, s := range list {
		if err := enc.Encode(exported{"statement", s}); err != nil {
			return err
		}
	}
	return nil
}

func exportStandings(ctx context.Context, k *look, _ ExportConfig, enc *json.Encoder) error {
	k.q.Since = time.Time{}
	k.q.Limit = maxDay // all of them
	board, _, err := k.board(ctx, 0)
	if err != nil {
		return err
	}
	for _, s := range board {
		if err := enc.Encode(exported{"standing", s}); err != nil {
			return err
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

func exportDecisions(ctx context.Context, k *look, c ExportConfig, enc *json.Encoder) error {
	ids, err := k.r.Lookup(ctx, []join.Range{{Block: keyDecision, From: 0, To: 1 << 24}})
	if err != nil {
		return err
	}
	nodes, err := k.r.Nodes(ctx, ids)
	if err != nil {
		return err
	}
	for i := range nodes {
		out := exportedDecision{ID: nodes[i].ID}
		if out.Decision, err = decode[Decision](nodes[i].Body); err != nil {
			return fmt.Errorf("%w: decision %s: %w", ErrDamaged, nodes[i].ID, err)
		}
		// Processes and markings show in what is exported.
		do := out.Do
		if do == DoUndo {
			if was, err := decisionEntry(ctx, k.r, out.Of); err == nil {
				do = was.Do
			}
		}
		ok, err := k.shows(ctx, &out.Decision)
		if err != nil {
			return err
		}
		if !ok || !curates(do) || !c.Canonical && out.When.After(c.AsOf) {
			continue
		}
		if !c.Canonical {
			e, err := k.r.Entry(ctx, nodes[i].ID)
			if err != nil {
				return err
			}
			out.Learnt = stamp(e.Learnt)
		}
		if err := enc.Encode(exported{"decision", out}); err != nil {
			return err
		}
	}
	return nil
}
