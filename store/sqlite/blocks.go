package sqlite

import (
	"context"
	"database/sql"

	"readout/record/join"
)

// blocks are the numbers of the blocks that the writing connection used not long
// ago. An article has a hundred keys, most of them in blocks that stand for
// somebody who is in the news: to look each up by its name was half of what it
// cost to write them.
type blocks struct {
	version int64 // of the file: another process has written when it is another
	known   map[string]int64
	fresh   map[string]int64 // of the transaction that is open
}

// mostBlocks bounds what is known: some 20 MB.
const mostBlocks = 200_000

// begin is called first in every transaction.
func (b *blocks) begin(version int64) {
	if b.known == nil || b.version != version || len(b.known) > mostBlocks {
		b.version, b.known = version, map[string]int64{}
	}
	b.fresh = map[string]int64{}
}

// kept is called when a transaction was kept; of another its numbers are none.
func (b *blocks) kept() {
	for name, n := range b.fresh {
		b.known[name] = n
	}
	b.fresh = nil
}

func (b *blocks) forget() { b.known, b.fresh = map[string]int64{}, map[string]int64{} }

func (b *blocks) number(name string) (int64, bool) {
	n, ok := b.known[name]
	if !ok {
		n, ok = b.fresh[name]
	}
	return n, ok
}

// missing are the names whose numbers are not known, each once.
func (b *blocks) missing(names []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, name := range names {
		if _, ok := b.number(name); !ok && !seen[name] {
			seen[name] = true
			out = append(out, name)
		}
	}
	return out
}

// learn runs a query that gives names and numbers.
func (w *writer) learn(ctx context.Context, q string, names []string) error {
	_, err := collect(ctx, &w.reader, func(rows *sql.Rows) (struct{}, error) {
		var name string
		var n int64
		err := rows.Scan(&name, &n)
		w.blocks.fresh[name] = n
		return struct{}{}, err
	}, q, list(names))
	return err
}

// addBlocks makes sure that blocks are there and their numbers known.
func (w *writer) addBlocks(ctx context.Context, names []string) error {
	names = w.blocks.missing(names)
	if len(names) == 0 {
		return nil
	}
	if err := w.learn(ctx, xBlocks, names); err != nil {
		return err
	}
	if names = w.blocks.missing(names); len(names) == 0 { // all were new
		return nil
	}
	return w.learn(ctx, qNamed, names)
}

// LookupEach implements record.Reader, in one query and with the numbers that are
// known.
func (w *writer) LookupEach(ctx context.Context, ranges [][]join.Range) ([][]string, error) {
	var names []string
	for _, group := range ranges {
		for _, r := range group {
			names = append(names, r.Block)
		}
	}
	if names = w.blocks.missing(names); len(names) > 0 {
		if err := w.learn(ctx, qNamed, names); err != nil {
			return nil, err
		}
	}
	var rows [][4]int64
	for i, group := range ranges {
		for _, r := range group {
			if b, ok := w.blocks.number(r.Block); ok {
				rows = append(rows, [4]int64{int64(i), b, int64(r.From), int64(r.To)})
			}
		}
	}
	out := make([][]string, len(ranges))
	if len(rows) == 0 {
		return out, nil
	}
	_, err := collect(ctx, &w.reader, func(scan *sql.Rows) (struct{}, error) {
		var i int
		var id string
		err := scan.Scan(&i, &id)
		if n := len(out[i]); err == nil && (n == 0 || out[i][n-1] != id) { // in two of its ranges
			out[i] = append(out[i], id)
		}
		return struct{}{}, err
	}, qEach, list(rows))
	return out, err
}
