package postgres

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"readout/record"
)

// writer is one transaction that writes. What is put in lists goes to the server
// in one statement a table, and statements whose answer tells nothing wait for one
// whose answer is needed: a database may be far away, and others wait to write. So
// an error may come later than what made it, but before the commit.
type writer struct{ reader }

var _ record.Tx = (*writer)(nil)

func newWriter(tx pgx.Tx) *writer { return &writer{reader{tx: tx, waiting: &pgx.Batch{}}} }

// later has a statement wait; its arguments are not to be changed.
func (w *writer) later(q string, args ...any) { w.waiting.Queue(q, args...) }

// exec runs a statement and gives how many rows it changed.
func (w *writer) exec(ctx context.Context, q string, args ...any) (int64, error) {
	res, err := w.send(ctx, q, args...)
	if err != nil {
		return 0, err
	}
	tag, err := res.Exec()
	return tag.RowsAffected(), cmp.Or(err, res.Close())
}

// flush sends what waits.
func (w *writer) flush(ctx context.Context) error {
	b := w.waiting
	w.waiting = &pgx.Batch{}
	if b.Len() == 0 {
		return nil
	}
	return w.tx.SendBatch(ctx, b).Close()
}

// commit keeps all of it.
func (w *writer) commit(ctx context.Context) error {
	if err := w.flush(ctx); err != nil {
		return err
	}
	return w.tx.Commit(ctx)
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

func (w *writer) PutNodes(ctx context.Context, nodes []record.Node) error {
	if len(nodes) == 0 {
		return nil
	}
	// Of one that is given twice the last counts, as in a loop.
	last := map[string]int{}
	for i := range nodes {
		last[nodes[i].ID] = i
	}
	var ids, of []string
	var since []int64
	var until []*int64
	var bodies [][]byte
	var keyNode, keyBlock []string
	var keyDay []int32
	for i := range nodes {
		n := &nodes[i]
		if last[n.ID] != i {
			continue
		}
		ids, of, bodies = append(ids, n.ID), append(of, n.Of), append(bodies, n.Body)
		since, until = append(since, n.From.UnixMicro()), append(until, fromTime(n.Until))
		for _, k := range n.Keys {
			keyNode, keyBlock, keyDay = append(keyNode, n.ID), append(keyBlock, k.Block), append(keyDay, int32(k.Day))
		}
	}
	w.later(`delete from keys where n in (select n from nodes where id = any($1))`, ids)
	w.later(`
		insert into nodes (id, of, since, until, body)
		select * from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bytea[])
		on conflict (id) do update set of = excluded.of, since = excluded.since, until = excluded.until, body = excluded.body`,
		ids, of, since, until, bodies)
	if len(keyNode) == 0 {
		return nil
	}
	w.later(`insert into blocks (name) select distinct name from unnest($1::text[]) as g (name)
		where not exists (select from blocks where blocks.name = g.name) on conflict (name) do nothing`, keyBlock)
	w.later(`
		insert into keys (b, day, n)
		select blocks.b, g.day, nodes.n from unnest($1::text[], $2::text[], $3::integer[]) as g (node, block, day)
		join blocks on blocks.name = g.block join nodes on nodes.id = g.node on conflict do nothing`, keyNode, keyBlock, keyDay)
	return nil
}

func (w *writer) SetUntil(ctx context.Context, ids []string, until time.Time) error {
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
		`delete from keys where n = any($1)`, `delete from pairs where a = any($1)`, `delete from pairs where b = any($1)`, `delete from nodes where n = any($1)`,
	} {
		w.later(q, numbers)
	}
	return nil
}

func (w *writer) PutPairs(ctx context.Context, pairs []record.Pair) error {
	if len(pairs) == 0 {
		return nil
	}
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

func (w *writer) PutWords(ctx context.Context, version, title, text string) error {
	w.later(`update nodes set words = nullif($1, '')::tsvector where id = $2`, vector(title, text), version)
	return nil
}

func (w *writer) DropIndex(ctx context.Context) error {
	// Not truncate, which readers would have to wait for.
	for _, t := range []string{"pairs", "keys", "blocks", "nodes"} {
		w.later("delete from " + t)
	}
	return nil
}

func (w *writer) SetMeta(ctx context.Context, name, value string) error {
	w.later(`insert into meta (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value`, name, value)
	return nil
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
	if _, err := w.tx.CopyFrom(ctx, pgx.Identifier{"incoming"}, []string{"at", "id", "kind", "of", "published", "learnt", "body"}, rows); err != nil {
		return 0, err
	}
	n, err := w.exec(ctx, `insert into entries (id, kind, of, published, learnt, body)
		select id, kind, of, published, learnt, body from incoming order by at on conflict (id) do nothing`)
	w.later(`drop table incoming`)
	return int(n), err
}

var _ record.Bulk = (*writer)(nil)
