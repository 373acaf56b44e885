package postgres

import (
	"context"
	"slices"

	"readout/record/join"
)

// blocks are the numbers of the blocks that this store used not long ago. An
// article has a hundred keys, most of them in blocks that stand for somebody who
// is in the news. They hold while no writer has emptied the index: whoever does
// leaves a mark in the row that writers lock. Only who has that lock uses them.
type blocks struct {
	mark  string
	known map[string]int64
	fresh map[string]int64 // of the transaction that is open
}

// mostBlocks bounds what is known: some 20 MB.
const mostBlocks = 200_000

// begin is called first in every transaction.
func (b *blocks) begin(mark string) {
	if b.known == nil || b.mark != mark || len(b.known) > mostBlocks {
		b.mark, b.known = mark, map[string]int64{}
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

func (b *blocks) learn(name string, n int64) { b.fresh[name] = n }

func (b *blocks) number(name string) (int64, bool) {
	n, ok := b.known[name]
	if !ok {
		n, ok = b.fresh[name]
	}
	return n, ok
}

// LookupEach implements record.Reader, with the numbers that are known.
func (w *writer) LookupEach(ctx context.Context, ranges [][]join.Range) ([][]string, error) {
	w.putNodes()
	var at, low, high []int32 // of blocks whose numbers are known
	var numbers []int64
	var atName, lowName, highName []int32 // of others
	var names []string
	for i, list := range ranges {
		for _, g := range list {
			if b, ok := w.blocks.number(g.Block); ok {
				at, numbers, low, high = append(at, int32(i)), append(numbers, b), append(low, int32(g.From)), append(high, int32(g.To))
			} else {
				atName, names, lowName, highName = append(atName, int32(i)), append(names, g.Block), append(lowName, int32(g.From)), append(highName, int32(g.To))
			}
		}
	}
	out := make([][]string, len(ranges))
	if len(at)+len(atName) == 0 {
		return out, nil
	}
	hits, err := collect(ctx, &w.reader, scanHit, `
		select distinct g.at, nodes.id from (
			select * from unnest($1::integer[], $2::bigint[], $3::integer[], $4::integer[]) as g (at, b, low, high)
			union all select g.at, blocks.b, g.low, g.high from unnest($5::integer[], $6::text[], $7::integer[], $8::integer[]) as g (at, name, low, high)
			join blocks on blocks.name = g.name
		) g join keys on keys.b = g.b and keys.day between g.low and g.high join nodes on nodes.n = keys.n`,
		at, numbers, low, high, atName, names, lowName, highName)
	if err != nil {
		return nil, err
	}
	for _, h := range hits {
		out[h.which] = append(out[h.which], h.id)
	}
	for i := range out {
		slices.Sort(out[i])
	}
	return out, nil
}
