package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"readout/record"
	"readout/record/join"
)

// reader is one transaction that reads.
type reader struct {
	tx     pgx.Tx
	wait   *pgx.Batch // what is to be written before anything is read; nil in a view
	before func()     // is called before anything is read; nil in a view
}

// collect runs a query and scans every row of it. What waits to be written goes
// to the server with it.
func collect[T any](ctx context.Context, r *reader, scan func(pgx.Rows) (T, error), q string, args ...any) ([]T, error) {
	var out []T
	all := func(rows pgx.Rows) error {
		for rows.Next() {
			v, err := scan(rows)
			if err != nil {
				return err
			}
			out = append(out, v)
		}
		return rows.Err()
	}
	if r.before != nil {
		r.before()
	}
	if r.wait != nil && r.wait.Len() > 0 {
		r.wait.Queue(q, args...).Query(all)
		err := r.flush(ctx)
		return out, err
	}
	rows, err := r.tx.Query(ctx, q, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	err = all(rows)
	return out, err
}

// flush sends what waits to be written.
func (r *reader) flush(ctx context.Context) error {
	if r.wait.Len() == 0 {
		return nil
	}
	b := r.wait
	r.wait = &pgx.Batch{}
	return r.tx.SendBatch(ctx, b).Close()
}

func scanOne[T any](rows pgx.Rows) (v T, err error) { return v, rows.Scan(&v) }

func fromTime(t time.Time) *int64 {
	if t.IsZero() {
		return nil
	}
	n := t.UnixMicro()
	return &n
}

func toTime(v *int64) time.Time {
	if v == nil {
		return time.Time{}
	}
	return time.UnixMicro(*v).UTC()
}

func scanEntry(rows pgx.Rows) (e record.Entry, err error) {
	var published, learnt *int64
	var packed []byte
	if err = rows.Scan(&e.Seq, &e.ID, &e.Kind, &e.Of, &published, &learnt, &packed); err != nil {
		return e, err
	}
	e.Published, e.Learnt = toTime(published), toTime(learnt)
	if e.Body, err = record.Unpack(packed); err != nil {
		err = fmt.Errorf("%w: entry %s: %w", record.ErrDamaged, e.ID, err)
	}
	return e, err
}

const entryColumns = "select seq, id, kind, of, published, learnt, body from entries "

func (r *reader) Entry(ctx context.Context, id string) (record.Entry, error) {
	list, err := collect(ctx, r, scanEntry, entryColumns+"where id = $1", id)
	if err == nil && len(list) == 0 {
		return record.Entry{}, record.ErrNotFound
	}
	if err != nil {
		return record.Entry{}, err
	}
	return list[0], nil
}

func (r *reader) Entries(ctx context.Context, q record.EntryQuery) ([]record.Entry, error) {
	var limit *int // null is none
	if q.Limit > 0 {
		limit = &q.Limit
	}
	switch {
	case len(q.OfAny) > 0:
		return collect(ctx, r, scanEntry, entryColumns+"where of = any($1) and kind = $2 and seq > $3 order by seq limit $4", q.OfAny, q.Kind, q.After, limit)
	case q.Of != "" && q.Kind != "":
		return collect(ctx, r, scanEntry, entryColumns+"where of = $1 and kind = $2 and seq > $3 order by seq limit $4", q.Of, q.Kind, q.After, limit)
	case q.Of != "":
		return nil, errors.New("entries of something are asked for by their kind")
	case q.Kind != "":
		return collect(ctx, r, scanEntry, entryColumns+"where kind = $1 and seq > $2 order by seq limit $3", q.Kind, q.After, limit)
	}
	return collect(ctx, r, scanEntry, entryColumns+"where seq > $1 order by seq limit $2", q.After, limit)
}

func (r *reader) Last(ctx context.Context, kind string) (int64, error) {
	q, args := "select coalesce(max(seq), 0) from entries", []any{}
	if kind != "" {
		q, args = q+" where kind = $1", append(args, kind)
	}
	n, err := collect(ctx, r, scanOne[int64], q, args...)
	if err != nil {
		return 0, err
	}
	return n[0], nil
}

func (r *reader) Nodes(ctx context.Context, ids []string) ([]record.Node, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return collect(ctx, r, func(rows pgx.Rows) (n record.Node, err error) {
		var since, until *int64
		if err = rows.Scan(&n.ID, &n.Of, &since, &until, &n.Body); err != nil {
			return n, err
		}
		n.From, n.Until = toTime(since), toTime(until)
		return n, nil
	}, `select id, of, since, until, body from nodes where id = any($1) order by id`, ids)
}

func (r *reader) NodesOf(ctx context.Context, version string) ([]string, error) {
	return collect(ctx, r, scanOne[string], `select id from nodes where of = $1 order by id`, version)
}

func (r *reader) Lookup(ctx context.Context, ranges []join.Range) ([]string, error) {
	if len(ranges) == 0 {
		return nil, nil
	}
	var names []string
	var from, to []int32
	for _, g := range ranges {
		names, from, to = append(names, g.Block), append(from, int32(g.From)), append(to, int32(g.To))
	}
	return collect(ctx, r, scanOne[string], `
		select id from nodes where n in (
			select k.n from unnest($1::text[], $2::integer[], $3::integer[]) as g (name, low, high)
			join blocks on blocks.name = g.name
			cross join lateral (select n from keys where keys.b = blocks.b and keys.day between g.low and g.high) as k
		) order by id`, names, from, to)
}

func (r *reader) Count(ctx context.Context, g join.Range) (int, error) {
	n, err := collect(ctx, r, scanOne[int], `select count(*) from keys where b = (select b from blocks where name = $1) and day between $2 and $3`, g.Block, g.From, g.To)
	if err != nil {
		return 0, err
	}
	return n[0], nil
}

func (r *reader) Ended(ctx context.Context, since, at time.Time) (int, error) {
	n, err := collect(ctx, r, scanOne[int], `select count(*) from nodes where id = of and until <= $1 and since >= $2`, at.UnixMicro(), since.UnixMicro())
	if err != nil {
		return 0, err
	}
	return n[0], nil
}

func (r *reader) Nth(ctx context.Context, g join.Range, n int) (int, error) {
	order, skip := "desc", n-1
	if n < 0 {
		order, skip = "asc", -n-1
	}
	day, err := collect(ctx, r, scanOne[int], `select day from keys where b = (select b from blocks where name = $1) and day between $2 and $3
		order by day `+order+` limit 1 offset $4`, g.Block, g.From, g.To, skip)
	if err != nil || len(day) == 0 {
		return 0, err
	}
	return day[0], nil
}

// hit is a node that one of several lists of ranges found.
type hit struct {
	which int32
	id    string
}

func scanHit(rows pgx.Rows) (h hit, err error) { return h, rows.Scan(&h.which, &h.id) }

func (r *reader) LookupEach(ctx context.Context, ranges [][]join.Range) ([][]string, error) {
	out := make([][]string, len(ranges))
	var which, from, to []int32
	var names []string
	for i, list := range ranges {
		for _, g := range list {
			which, names, from, to = append(which, int32(i)), append(names, g.Block), append(from, int32(g.From)), append(to, int32(g.To))
		}
	}
	if len(which) == 0 {
		return out, nil
	}
	hits, err := collect(ctx, r, scanHit, `
		select f.which, nodes.id from (
			select distinct g.which, k.n from unnest($1::integer[], $2::text[], $3::integer[], $4::integer[]) as g (which, name, low, high)
			join blocks on blocks.name = g.name
			cross join lateral (select n from keys where keys.b = blocks.b and keys.day between g.low and g.high) as k
		) f join nodes on nodes.n = f.n order by f.which, nodes.id`, which, names, from, to)
	if err != nil {
		return nil, err
	}
	for _, h := range hits {
		out[h.which] = append(out[h.which], h.id)
	}
	return out, nil
}

func (r *reader) Pairs(ctx context.Context, ids []string) ([]record.Pair, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return collect(ctx, r, func(rows pgx.Rows) (p record.Pair, err error) {
		return p, rows.Scan(&p.A, &p.B, &p.Kind, &p.Score, &p.Why)
	}, `
		with w as materialized (select n from nodes where id = any($1))
		select x.id, y.id, p.kind, p.score, p.why from (
			select pairs.* from w join pairs on pairs.a = w.n union select pairs.* from w join pairs on pairs.b = w.n
		) p join nodes x on x.n = p.a join nodes y on y.n = p.b order by x.id, y.id`, ids)
}

// above is above every name that begins so.
const above = "\U0010ffff"

func (r *reader) Prefix(ctx context.Context, prefix string, limit int) ([]string, error) {
	return collect(ctx, r, scanOne[string], `select id from nodes where id >= $1 and id < $2 order by id limit $3`, prefix, prefix+above, limit)
}

func (r *reader) Blocks(ctx context.Context, prefix string) ([]record.Count, error) {
	return collect(ctx, r, func(rows pgx.Rows) (c record.Count, err error) {
		return c, rows.Scan(&c.Name, &c.N)
	}, `select name, count(*) from blocks join keys using (b) where name >= $1 and name < $2 group by name order by name`, prefix, prefix+above)
}

func (r *reader) Search(ctx context.Context, words []string, limit int) ([]string, error) {
	q, ok := query(words)
	if !ok {
		return nil, nil
	}
	return collect(ctx, r, scanOne[string], `
		select id from nodes where words @@ $1::tsquery order by ts_rank(words, $1::tsquery, 1) desc, id limit $2`, q, limit)
}

func (r *reader) Having(ctx context.Context, words, versions []string) ([]string, error) {
	q, ok := query(words)
	if !ok {
		return nil, nil
	}
	return collect(ctx, r, scanOne[string], `select id from nodes where id = any($2) and words @@ $1::tsquery order by id`, q, versions)
}

func (r *reader) Matches(ctx context.Context, words []string, most int) (int, error) {
	q, ok := query(words)
	if !ok {
		return 0, nil
	}
	n, err := collect(ctx, r, scanOne[int], `select count(*) from (select 1 from nodes where words @@ $1::tsquery limit $2) x`, q, most)
	if err != nil {
		return 0, err
	}
	return n[0], nil
}

func (r *reader) Meta(ctx context.Context, name string) (string, error) {
	v, err := collect(ctx, r, scanOne[string], `select value from meta where name = $1`, name)
	if err != nil || len(v) == 0 {
		return "", err
	}
	return v[0], nil
}

func (r *reader) Metas(ctx context.Context, prefix string) ([]string, error) {
	return collect(ctx, r, scanOne[string], `select name from meta where name >= $1 and name < $2 order by name`, prefix, prefix+above)
}
