package postgres

import (
	"context"
	"crypto/rand"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"readout/record"
)

// writer is one transaction that writes. Lists go to the server in one statement
// a table. What gives no answer waits, and goes there with the next question, or
// with the commit: the server may be far away. So an error may be told by a later
// call.
type writer struct {
	reader
	blocks *blocks
	metas  map[string]string // that were read or set: nobody else writes meanwhile
	nodes  []record.Node     // that wait to be put, each once
	words  map[string]string // of these, by id
}

var _ record.Tx = (*writer)(nil)

func newWriter(tx pgx.Tx, b *blocks) *writer {
	w := &writer{reader: reader{tx: tx, wait: &pgx.Batch{}}, blocks: b, metas: map[string]string{}, words: map[string]string{}}
	w.before = w.putNodes
	return w
}

// later puts a statement among those that wait.
func (w *writer) later(q string, args ...any) { w.wait.Queue(q, args...) }

// exec runs a statement, after those that wait, and gives the number of its rows.
func (w *writer) exec(ctx context.Context, q string, args ...any) (int64, error) {
	w.putNodes()
	if w.wait.Len() == 0 {
		tag, err := w.tx.Exec(ctx, q, args...)
		return tag.RowsAffected(), err
	}
	var n int64
	w.wait.Queue(q, args...).Exec(func(tag pgconn.CommandTag) error { n = tag.RowsAffected(); return nil })
	err := w.flush(ctx)
	return n, err
}

// commit ends the transaction, for good.
func (w *writer) commit(ctx context.Context) error {
	w.putNodes()
	if err := w.flush(ctx); err != nil {
		return err
	}
	if err := w.tx.Commit(ctx); err != nil {
		return err
	}
	w.blocks.kept()
	return nil
}

func (w *writer) Append(ctx context.Context, e record.Entry) (bool, error) {
	body, err := record.Pack(e.Body)
	if err != nil {
		return false, err
	}
	n, err := w.exec(ctx, `insert into entries (id, kind, of, published, learnt, body) values ($1, $2, $3, $4, $5, $6) on conflict (id) do nothing`,
		e.ID, e.Kind, e.Of, fromTime(e.Published), e.Learnt.UnixMicro(), body)
	return n > 0, err
}

func (w *writer) Erase(ctx context.Context, id string) error {
	n, err := w.exec(ctx, `update entries set body = '' where id = $1`, id)
	if err == nil && n == 0 {
		return record.ErrNotFound
	}
	return err
}

// PutNodes implements record.Tx. Nodes wait until something else is done, since
// words may be put for them.
func (w *writer) PutNodes(_ context.Context, nodes []record.Node) error {
	w.putNodes()
	// Of one that is given twice the last counts, as in a loop.
	last := map[string]int{}
	for i := range nodes {
		last[nodes[i].ID] = i
	}
	for i := range nodes {
		if last[nodes[i].ID] == i {
			w.nodes = append(w.nodes, nodes[i])
		}
	}
	return nil
}

// putNodes puts the nodes that wait.
func (w *writer) putNodes() {
	if len(w.nodes) == 0 {
		return
	}
	var ids, of []string
	var since []int64
	var until []*int64
	var bodies [][]byte
	var words []*string
	var fresh []string // blocks whose numbers are not known
	seen := map[string]bool{}
	var keyNode, keyDay []int32
	var keyBlock []*int64 // null: the next has its name
	var keyName []*string
	for i := range w.nodes {
		n := &w.nodes[i]
		ids, of, bodies = append(ids, n.ID), append(of, n.Of), append(bodies, n.Body)
		since, until = append(since, n.From.UnixMicro()), append(until, fromTime(n.Until))
		var text *string
		if v, ok := w.words[n.ID]; ok {
			text = &v
		}
		words = append(words, text)
		for j := range n.Keys {
			k := &n.Keys[j]
			keyNode, keyDay = append(keyNode, int32(i+1)), append(keyDay, int32(k.Day))
			if b, ok := w.blocks.number(k.Block); ok {
				keyBlock, keyName = append(keyBlock, &b), append(keyName, nil)
				continue
			}
			keyBlock, keyName = append(keyBlock, nil), append(keyName, &k.Block)
			if !seen[k.Block] {
				seen[k.Block] = true
				fresh = append(fresh, k.Block)
			}
		}
	}
	w.nodes, w.words = nil, map[string]string{}
	w.later(`delete from keys using (select n, unnest(blocks) as b, unnest(days) as day from nodes where id = any($1)) as o
		where keys.b = o.b and keys.day = o.day and keys.n = o.n`, ids)
	w.wait.Queue(putNodes, fresh, ids, of, since, until, bodies, words, keyNode, keyBlock, keyName, keyDay).Query(func(rows pgx.Rows) error {
		for rows.Next() {
			var name string
			var b int64
			if err := rows.Scan(&name, &b); err != nil {
				return err
			}
			w.blocks.learn(name, b)
		}
		return rows.Err()
	})
}

// putNodes makes the blocks that are not there, the nodes, and their keys, and
// gives the numbers of the blocks.
const putNodes = `
	with made as (
		insert into blocks (name) select name from unnest($1::text[]) as g (name)
		where not exists (select from blocks where blocks.name = g.name) on conflict (name) do nothing returning name, b
	), named as materialized (
		select name, b from made union all select name, b from blocks where name = any($1)
	), k as materialized (
		select g.node, coalesce(g.b, named.b) as b, g.day
		from unnest($8::integer[], $9::bigint[], $10::text[], $11::integer[]) as g (node, b, name, day) left join named on named.name = g.name
	), of_node as (
		select node, array_agg(b) as blocks, array_agg(day) as days from k group by node
	), put as (
		insert into nodes (id, of, since, until, body, words, blocks, days)
		select g.id, g.of, g.since, g.until, g.body, g.words::tsvector, of_node.blocks, of_node.days
		from unnest($2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bytea[], $7::text[]) with ordinality as g (id, of, since, until, body, words, node)
		left join of_node on of_node.node = g.node
		on conflict (id) do update set of = excluded.of, since = excluded.since, until = excluded.until, body = excluded.body,
			words = coalesce(excluded.words, nodes.words), blocks = excluded.blocks, days = excluded.days
		returning id, n
	), key as (
		insert into keys (b, day, n) select k.b, k.day, put.n from k join put on put.id = ($2::text[])[k.node] on conflict do nothing
	)
	select name, b from named`

func (w *writer) SetUntil(_ context.Context, ids []string, until time.Time) error {
	w.putNodes()
	w.later(`update nodes set until = $1 where id = any($2)`, fromTime(until), slices.Clone(ids))
	return nil
}

func (w *writer) DropNodes(ctx context.Context, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	numbers, err := collect(ctx, &w.reader, scanOne[int64], `select n from nodes where id = any($1)`, ids)
	if err != nil {
		return err
	}
	for _, q := range []string{
		`delete from keys using (select n, unnest(blocks) as b, unnest(days) as day from nodes where n = any($1)) as o
			where keys.b = o.b and keys.day = o.day and keys.n = o.n`,
		`delete from pairs where a = any($1)`, `delete from pairs where b = any($1)`, `delete from nodes where n = any($1)`,
	} {
		w.later(q, numbers)
	}
	return nil
}

func (w *writer) PutPairs(_ context.Context, pairs []record.Pair) error {
	if len(pairs) == 0 {
		return nil
	}
	w.putNodes()
	last := map[[2]string]int{}
	for i := range pairs {
		last[[2]string{pairs[i].A, pairs[i].B}] = i
	}
	var a, b, kinds, whys []string
	var scores []int64
	for i := range pairs {
		p := &pairs[i]
		if last[[2]string{p.A, p.B}] == i {
			a, b, kinds, whys, scores = append(a, p.A), append(b, p.B), append(kinds, p.Kind), append(whys, p.Why), append(scores, p.Score)
		}
	}
	w.later(`
		insert into pairs (a, b, kind, score, why)
		select x.n, y.n, g.kind, g.score, g.why from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[]) as g (a, b, kind, score, why)
		join nodes x on x.id = g.a join nodes y on y.id = g.b
		on conflict (a, b) do update set kind = excluded.kind, score = excluded.score, why = excluded.why`, a, b, kinds, scores, whys)
	return nil
}

func (w *writer) PutWords(_ context.Context, version, title, text string) error {
	v := vector(title, text)
	if v != "" && slices.ContainsFunc(w.nodes, func(n record.Node) bool { return n.ID == version }) {
		w.words[version] = v
		return nil
	}
	w.putNodes()
	w.later(`update nodes set words = nullif($1, '')::tsvector where id = $2`, v, version)
	return nil
}

func (w *writer) DropIndex(ctx context.Context) error {
	w.putNodes()
	// Not truncate, which readers would have to wait for.
	for _, t := range []string{"pairs", "keys", "blocks", "nodes"} {
		w.later("delete from " + t)
	}
	w.blocks.forget()
	w.later(`update meta set value = $1 where name = 'writer'`, rand.Text())
	return w.flush(ctx)
}

func (w *writer) SetMeta(_ context.Context, name, value string) error {
	w.metas[name] = value
	w.later(`insert into meta (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value`, name, value)
	return nil
}

// Meta implements record.Reader.
func (w *writer) Meta(ctx context.Context, name string) (string, error) {
	if v, ok := w.metas[name]; ok {
		return v, nil
	}
	v, err := w.reader.Meta(ctx, name)
	if err == nil {
		w.metas[name] = v
	}
	return v, err
}

// copyFrom is from how many entries on COPY is faster than arrays.
const copyFrom = 100

// AppendAll implements record.Bulk: few with arrays, many with COPY into a table of
// the transaction.
func (w *writer) AppendAll(ctx context.Context, list []record.Entry) (int, error) {
	var at, learnt []int64
	var ids, kinds, of []string
	var published []*int64
	var bodies [][]byte
	for i := range list {
		e := &list[i]
		body, err := record.Pack(e.Body)
		if err != nil {
			return 0, err
		}
		at, ids, kinds, of = append(at, int64(i)), append(ids, e.ID), append(kinds, e.Kind), append(of, e.Of)
		published, learnt, bodies = append(published, fromTime(e.Published)), append(learnt, e.Learnt.UnixMicro()), append(bodies, body)
	}
	if len(list) < copyFrom {
		n, err := w.exec(ctx, `
			insert into entries (id, kind, of, published, learnt, body)
			select id, kind, of, published, learnt, body
			from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bytea[]) as g (at, id, kind, of, published, learnt, body)
			order by at on conflict (id) do nothing`, at, ids, kinds, of, published, learnt, bodies)
		return int(n), err
	}
	w.later(`create temporary table incoming (at bigint, id text, kind text, of text, published bigint, learnt bigint, body bytea) on commit drop`)
	if err := w.flush(ctx); err != nil {
		return 0, err
	}
	rows := pgx.CopyFromSlice(len(list), func(i int) ([]any, error) {
		return []any{at[i], ids[i], kinds[i], of[i], published[i], learnt[i], bodies[i]}, nil
	})
	if err := w.flush(ctx); err != nil {
		return 0, err
	}
	if _, err := w.tx.CopyFrom(ctx, pgx.Identifier{"incoming"}, []string{"at", "id", "kind", "of", "published", "learnt", "body"}, rows); err != nil {
		return 0, err
	}
	n, err := w.exec(ctx, `insert into entries (id, kind, of, published, learnt, body)
		select id, kind, of, published, learnt, body from incoming order by at on conflict (id) do nothing`)
	w.later(`drop table incoming`)
	return int(n), err
}

var _ record.Bulk = (*writer)(nil)
