package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"readout/record"
	"readout/record/join"
)

// The statements. Lists of ids go in as JSON arrays, so that each statement is
// prepared once.
const (
	qEntry = `select seq, id, kind, of, published, learnt, body from entries where id = ?`
	qOf    = `select seq, id, kind, of, published, learnt, body from entries where of = ? and kind = ? and seq > ? order by seq limit ?`
	qOfAny = `select seq, id, kind, of, published, learnt, body from (select distinct value as v from json_each(?))
		cross join entries on of = v and kind = ? and seq > ? order by seq limit ?` // cross join: the other index has all of a kind
	qKind    = `select seq, id, kind, of, published, learnt, body from entries where kind = ? and seq > ? order by seq limit ?`
	qEntries = `select seq, id, kind, of, published, learnt, body from entries where seq > ? order by seq limit ?`
	qEnd     = `select coalesce(max(seq), 0) from entries`
	qEndKind = `select coalesce(max(seq), 0) from entries where kind = ?`
	qNodes   = `select id, of, since, until, body from nodes where id in (select value from json_each(?)) order by id`
	qNodesOf = `select id from nodes where of = ? order by id`
	qLookup  = `select id from nodes where n in (
			select keys.n from json_each(?) r cross join blocks on blocks.name = r.value ->> 0
			cross join keys on keys.b = blocks.b and keys.day between r.value ->> 1 and r.value ->> 2
		) order by id`
	qCount = `select count(*) from keys where b = (select b from blocks where name = ?) and day between ? and ?`
	qLast  = `select day from keys where b = (select b from blocks where name = ?) and day between ? and ? order by day desc limit 1 offset ?`
	qEnded = `select count(*) from nodes where id = of and until is not null and until <= ? and since >= ?`
	qFirst = `select day from keys where b = (select b from blocks where name = ?) and day between ? and ? order by day limit 1 offset ?`
	qPairs = `with w as materialized (select n from nodes where id in (select value from json_each(?)))
		select p.a, p.b, p.kind, p.score, p.why from w cross join pairs p on p.a = w.n
		union all select p.a, p.b, p.kind, p.score, p.why from w cross join pairs p on p.b = w.n`
	qIDs    = `select n, id from nodes where n in (select value from json_each(?))`
	qPrefix = `select id from nodes where id >= ? and id < ? order by id limit ?`
	qBlocks = `select name, (select count(*) from keys where keys.b = blocks.b) as c from blocks where name >= ? and name < ? and c > 0 order by name`
	qSearch = `select id from words join nodes on nodes.n = words.rowid where words match ? order by rank, id limit ?`
	qHaving = `select nodes.id from json_each(?) v cross join nodes on nodes.id = v.value
		cross join words on words.rowid = nodes.n where words match ? order by nodes.id`
	qMatches = `select count(*) from (select 1 from words where words match ? limit ?)`
	qMeta    = `select value from meta where name = ?`
	qMetas   = `select name from meta where name >= ? and name < ? order by name`
	xAppend  = `insert into entries (id, kind, of, published, learnt, body) values (?, ?, ?, ?, ?, ?) on conflict (id) do nothing`
	xErase   = `update entries set body = x'' where id = ?`
	xNode    = `insert into nodes (id, of, since, until, body, keys) values (?, ?, ?, ?, ?, ?)
		on conflict (id) do update set of = excluded.of, since = excluded.since, until = excluded.until, body = excluded.body, keys = excluded.keys returning n`
	xUnkey  = `delete from keys where b = ? and day = ? and n = ?`
	xBlocks = `insert into blocks (name) select value from json_each(?) where true on conflict do nothing returning name, b`
	qNamed  = `select name, b from blocks where name in (select value from json_each(?))`
	xKey    = `insert or ignore into keys (b, day, n) values (?, ?, ?)`
	qEach   = `select r.value ->> 0, nodes.id from json_each(?) r
		cross join keys on keys.b = r.value ->> 1 and keys.day between r.value ->> 2 and r.value ->> 3
		cross join nodes on nodes.n = keys.n order by 1, 2`
	qVersion = `pragma data_version`
	xUntil   = `update nodes set until = ? where id in (select value from json_each(?))`
	qNumbers = `select n, keys from nodes where id in (select value from json_each(?))`
	xDrop    = `delete from nodes where n = ?`
	xUnpairA = `delete from pairs where a = ?`
	xUnpairB = `delete from pairs where b = ?`
	xPairs   = `insert or replace into pairs (a, b, kind, score, why) select x.n, y.n, p.value ->> 2, p.value ->> 3, p.value ->> 4
		from json_each(?) p cross join nodes x on x.id = p.value ->> 0 cross join nodes y on y.id = p.value ->> 1`
	qNumber   = `select n from nodes where id = ?`
	xUnword   = `delete from words where rowid = ?`
	xWords    = `insert into words (rowid, title, text) values (?, ?, ?)`
	xMeta     = `insert or replace into meta (name, value) values (?, ?)`
	allBlocks = "\U0010ffff" // above every name that begins so
)

// xKeys is xKey for manyKeys keys.
var xKeys = xKey + strings.Repeat(", (?, ?, ?)", manyKeys-1)

const manyKeys = 32

var queries = []string{
	qEntry, qOf, qOfAny, qKind, qEntries, qEnd, qEndKind, qNodes, qNodesOf, qLookup, qCount, qLast, qFirst, qEnded, qPairs, qIDs, qPrefix, qBlocks, qSearch, qHaving, qMatches, qMeta, qMetas, xAppend, xErase, xNode, xUnkey,
	xBlocks, qNamed, xKey, xKeys, qEach, qVersion, xUntil, qNumbers, xDrop, xUnpairA, xUnpairB, xPairs, qNumber, xUnword, xWords, xMeta,
}

// statements are the prepared statements of a pool, by their text.
type statements map[string]*sql.Stmt

func prepare(ctx context.Context, db *sql.DB) (statements, error) {
	out := statements{}
	for _, q := range queries {
		st, err := db.PrepareContext(ctx, q)
		if err != nil {
			return nil, fmt.Errorf("prepare %.40q: %w", q, err)
		}
		out[q] = st
	}
	return out, nil
}

// reader is one reading transaction.
type reader struct {
	tx *sql.Tx
	st statements
}

func (r *reader) stmt(ctx context.Context, q string) *sql.Stmt { return r.tx.StmtContext(ctx, r.st[q]) }

// collect runs a query and scans every row of it.
func collect[T any](ctx context.Context, r *reader, scan func(*sql.Rows) (T, error), q string, args ...any) ([]T, error) {
	rows, err := r.stmt(ctx, q).QueryContext(ctx, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

func scanOne[T any](rows *sql.Rows) (v T, err error) { return v, rows.Scan(&v) }

func list[T any](v []T) string {
	b, _ := json.Marshal(v) // strings and numbers always encode
	return string(b)
}

func fromTime(t time.Time) sql.NullInt64 {
	return sql.NullInt64{Int64: t.UnixMicro(), Valid: !t.IsZero()}
}

func toTime(v sql.NullInt64) time.Time {
	if !v.Valid {
		return time.Time{}
	}
	return time.UnixMicro(v.Int64).UTC()
}

func scanEntry(rows *sql.Rows) (e record.Entry, err error) {
	var published, learnt sql.NullInt64
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

func (r *reader) Entry(ctx context.Context, id string) (record.Entry, error) {
	list, err := collect(ctx, r, scanEntry, qEntry, id)
	if err == nil && len(list) == 0 {
		return record.Entry{}, record.ErrNotFound
	}
	if err != nil {
		return record.Entry{}, err
	}
	return list[0], nil
}

func (r *reader) Entries(ctx context.Context, q record.EntryQuery) ([]record.Entry, error) {
	limit := q.Limit
	if limit <= 0 {
		limit = -1
	}
	switch {
	case len(q.OfAny) > 0:
		return collect(ctx, r, scanEntry, qOfAny, list(q.OfAny), q.Kind, q.After, limit)
	case q.Of != "" && q.Kind != "":
		return collect(ctx, r, scanEntry, qOf, q.Of, q.Kind, q.After, limit)
	case q.Of != "":
		return nil, errors.New("entries of something are asked for by their kind")
	case q.Kind != "":
		return collect(ctx, r, scanEntry, qKind, q.Kind, q.After, limit)
	}
	return collect(ctx, r, scanEntry, qEntries, q.After, limit)
}

func (r *reader) Last(ctx context.Context, kind string) (int64, error) {
	var n []int64
	var err error
	if kind == "" {
		n, err = collect(ctx, r, scanOne[int64], qEnd)
	} else {
		n, err = collect(ctx, r, scanOne[int64], qEndKind, kind)
	}
	if err != nil {
		return 0, err
	}
	return n[0], nil
}

func (r *reader) Nodes(ctx context.Context, ids []string) ([]record.Node, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return collect(ctx, r, func(rows *sql.Rows) (n record.Node, err error) {
		var since, until sql.NullInt64
		if err = rows.Scan(&n.ID, &n.Of, &since, &until, &n.Body); err != nil {
			return n, err
		}
		n.From, n.Until = toTime(since), toTime(until)
		return n, nil
	}, qNodes, list(ids))
}

func (r *reader) NodesOf(ctx context.Context, version string) ([]string, error) {
	return collect(ctx, r, scanOne[string], qNodesOf, version)
}

func (r *reader) LookupEach(ctx context.Context, ranges [][]join.Range) ([][]string, error) {
	out := make([][]string, len(ranges))
	for i, g := range ranges {
		var err error
		if out[i], err = r.Lookup(ctx, g); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (r *reader) Lookup(ctx context.Context, ranges []join.Range) ([]string, error) {
	if len(ranges) == 0 {
		return nil, nil
	}
	rows := make([][3]any, len(ranges))
	for i, g := range ranges {
		rows[i] = [3]any{g.Block, g.From, g.To}
	}
	return collect(ctx, r, scanOne[string], qLookup, list(rows))
}

func (r *reader) Count(ctx context.Context, g join.Range) (int, error) {
	n, err := collect(ctx, r, scanOne[int], qCount, g.Block, g.From, g.To)
	if err != nil {
		return 0, err
	}
	return n[0], nil
}

func (r *reader) Ended(ctx context.Context, since, at time.Time) (int, error) {
	n, err := collect(ctx, r, scanOne[int], qEnded, at.UnixMicro(), since.UnixMicro())
	if err != nil {
		return 0, err
	}
	return n[0], nil
}

func (r *reader) Nth(ctx context.Context, g join.Range, n int) (int, error) {
	q, skip := qLast, n-1
	if n < 0 {
		q, skip = qFirst, -n-1
	}
	day, err := collect(ctx, r, scanOne[int], q, g.Block, g.From, g.To, skip)
	if err != nil || len(day) == 0 {
		return 0, err
	}
	return day[0], nil
}

func (r *reader) Pairs(ctx context.Context, ids []string) ([]record.Pair, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	type row struct {
		a, b int64
		record.Pair
	}
	rows, err := collect(ctx, r, func(rows *sql.Rows) (p row, err error) {
		return p, rows.Scan(&p.a, &p.b, &p.Kind, &p.Score, &p.Why)
	}, qPairs, list(ids))
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	// A node stands in many pairs: its id is looked up once.
	names := map[int64]string{}
	var numbers []int64
	for i := range rows {
		for _, n := range [...]int64{rows[i].a, rows[i].b} {
			if _, ok := names[n]; !ok {
				names[n] = ""
				numbers = append(numbers, n)
			}
		}
	}
	if _, err := collect(ctx, r, func(rows *sql.Rows) (struct{}, error) {
		var n int64
		var id string
		err := rows.Scan(&n, &id)
		names[n] = id
		return struct{}{}, err
	}, qIDs, list(numbers)); err != nil {
		return nil, err
	}
	out := make([]record.Pair, len(rows))
	for i := range rows {
		out[i] = rows[i].Pair
		out[i].A, out[i].B = names[rows[i].a], names[rows[i].b]
	}
	slices.SortFunc(out, func(a, b record.Pair) int { return cmp.Or(strings.Compare(a.A, b.A), strings.Compare(a.B, b.B)) })
	// One both of whose ends were asked for comes twice.
	return slices.CompactFunc(out, func(a, b record.Pair) bool { return a.A == b.A && a.B == b.B }), nil
}

func (r *reader) Prefix(ctx context.Context, prefix string, limit int) ([]string, error) {
	return collect(ctx, r, scanOne[string], qPrefix, prefix, prefix+allBlocks, limit)
}

func (r *reader) Blocks(ctx context.Context, prefix string) ([]record.Count, error) {
	return collect(ctx, r, func(rows *sql.Rows) (c record.Count, err error) {
		return c, rows.Scan(&c.Name, &c.N)
	}, qBlocks, prefix, prefix+allBlocks)
}

func (r *reader) Search(ctx context.Context, words []string, limit int) ([]string, error) {
	if len(words) == 0 {
		return nil, nil
	}
	return collect(ctx, r, scanOne[string], qSearch, match(words), limit)
}

func (r *reader) Having(ctx context.Context, words, versions []string) ([]string, error) {
	if len(words) == 0 || len(versions) == 0 {
		return nil, nil
	}
	out, err := collect(ctx, r, scanOne[string], qHaving, list(versions), match(words))
	return slices.Compact(out), err
}

func (r *reader) Matches(ctx context.Context, words []string, most int) (int, error) {
	if len(words) == 0 {
		return 0, nil
	}
	n, err := collect(ctx, r, scanOne[int], qMatches, match(words), most)
	if err != nil {
		return 0, err
	}
	return n[0], nil
}

// match quotes words for FTS5, whose query syntax they must not be.
func match(words []string) string {
	var out []string
	for _, w := range words {
		begin, ok := strings.CutSuffix(w, "*")
		q := `"` + strings.ReplaceAll(begin, `"`, `""`) + `"`
		if ok {
			q += "*"
		}
		out = append(out, q)
	}
	return strings.Join(out, " ")
}

func (r *reader) Meta(ctx context.Context, name string) (string, error) {
	v, err := collect(ctx, r, scanOne[string], qMeta, name)
	if err != nil || len(v) == 0 {
		return "", err
	}
	return v[0], nil
}

func (r *reader) Metas(ctx context.Context, prefix string) ([]string, error) {
	return collect(ctx, r, scanOne[string], qMetas, prefix, prefix+allBlocks)
}
