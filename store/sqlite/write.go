package sqlite

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"time"

	"readout/record"
)

// writer is one writing transaction.
type writer struct {
	reader
	blocks *blocks
}

var _ record.Tx = (*writer)(nil)

func (w *writer) exec(ctx context.Context, q string, args ...any) error {
	_, err := w.stmt(ctx, q).ExecContext(ctx, args...)
	return err
}

func (w *writer) Append(ctx context.Context, e record.Entry) (bool, error) {
	body, err := record.Pack(e.Body)
	if err != nil {
		return false, err
	}
	res, err := w.stmt(ctx, xAppend).ExecContext(ctx, e.ID, e.Kind, e.Of, fromTime(e.Published), e.Learnt.UnixMicro(), body)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

func (w *writer) Erase(ctx context.Context, id string) error {
	res, err := w.stmt(ctx, xErase).ExecContext(ctx, id)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return record.ErrNotFound
	}
	return nil
}

func (w *writer) PutNodes(ctx context.Context, nodes []record.Node) error {
	if len(nodes) == 0 {
		return nil
	}
	last := map[string]int{} // of one that is given twice the last counts
	ids := make([]string, len(nodes))
	var names []string
	for i := range nodes {
		ids[i] = nodes[i].ID
		last[ids[i]] = i
		for _, k := range nodes[i].Keys {
			names = append(names, k.Block)
		}
	}
	if err := w.unkey(ctx, ids, nil); err != nil {
		return err
	}
	if err := w.addBlocks(ctx, names); err != nil {
		return err
	}
	var row []any // of xKeys
	for i := range nodes {
		n := &nodes[i]
		if last[n.ID] != i {
			continue
		}
		keys := make([]byte, 0, 6*len(n.Keys))
		for _, k := range n.Keys {
			b, _ := w.blocks.number(k.Block)
			keys = binary.AppendVarint(binary.AppendVarint(keys, b), int64(k.Day))
		}
		var number int64
		if err := w.stmt(ctx, xNode).QueryRowContext(ctx, n.ID, n.Of, n.From.UnixMicro(), fromTime(n.Until), n.Body, keys).Scan(&number); err != nil {
			return fmt.Errorf("node %s: %w", n.ID, err)
		}
		for _, k := range n.Keys {
			b, _ := w.blocks.number(k.Block)
			if row = append(row, b, k.Day, number); len(row) == 3*manyKeys {
				if err := w.exec(ctx, xKeys, row...); err != nil {
					return err
				}
				row = row[:0]
			}
		}
	}
	for ; len(row) > 0; row = row[3:] {
		if err := w.exec(ctx, xKey, row[:3]...); err != nil {
			return err
		}
	}
	return nil
}

// unkey removes the keys of nodes, and calls each with the number of every node
// that is there; each may be nil.
func (w *writer) unkey(ctx context.Context, ids []string, each func(n int64) error) error {
	type node struct {
		n    int64
		keys []byte
	}
	there, err := collect(ctx, &w.reader, func(rows *sql.Rows) (x node, err error) { return x, rows.Scan(&x.n, &x.keys) }, qNumbers, list(ids))
	if err != nil {
		return err
	}
	for _, x := range there {
		for keys := x.keys; len(keys) > 0; {
			b, i := binary.Varint(keys)
			day, j := binary.Varint(keys[max(i, 0):])
			if i <= 0 || j <= 0 {
				return fmt.Errorf("%w: the keys of node %d", record.ErrDamaged, x.n)
			}
			if err := w.exec(ctx, xUnkey, b, day, x.n); err != nil {
				return err
			}
			keys = keys[i+j:]
		}
		if each != nil {
			if err := each(x.n); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writer) SetUntil(ctx context.Context, ids []string, until time.Time) error {
	return w.exec(ctx, xUntil, fromTime(until), list(ids))
}

func (w *writer) DropNodes(ctx context.Context, ids []string) error {
	return w.unkey(ctx, ids, func(n int64) error {
		for _, q := range []string{xUnpairA, xUnpairB, xUnword, xDrop} {
			if err := w.exec(ctx, q, n); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *writer) PutPairs(ctx context.Context, pairs []record.Pair) error {
	if len(pairs) == 0 {
		return nil
	}
	rows := make([][5]any, len(pairs))
	for i, p := range pairs {
		rows[i] = [5]any{p.A, p.B, p.Kind, p.Score, p.Why}
	}
	return w.exec(ctx, xPairs, list(rows))
}

func (w *writer) PutWords(ctx context.Context, version, title, text string) error {
	numbers, err := collect(ctx, &w.reader, scanOne[int64], qNumber, version)
	if err != nil || len(numbers) == 0 {
		return err
	}
	if err := w.exec(ctx, xUnword, numbers[0]); err != nil || title == "" && text == "" {
		return err
	}
	return w.exec(ctx, xWords, numbers[0], title, text)
}

func (w *writer) DropIndex(ctx context.Context) error {
	for _, t := range []string{"pairs", "keys", "blocks", "words", "nodes"} {
		if _, err := w.tx.ExecContext(ctx, "delete from "+t); err != nil {
			return err
		}
	}
	w.blocks.forget()
	return nil
}

func (w *writer) SetMeta(ctx context.Context, name, value string) error {
	return w.exec(ctx, xMeta, name, value)
}
