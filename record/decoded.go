package record

import (
	"context"
	"crypto/rand"
	"sync"
)

// decoded keeps values that were read and decoded not long ago: those that an
// article is compared with are much the same as those of the one before, and to
// read them again was a third of what adding cost. They are not to be written.
type decoded struct {
	mu          sync.Mutex
	dropped     string // the setting metaDropped that they hold under
	now, before map[string]decodedValue
	begun       int // writing transactions
	open        int // the number of the last, until it is kept
}

// decodedValue is a value and the version that its node is of.
type decodedValue struct {
	of    string
	value value
}

// decodedMost is how many values are kept of each of two generations: some 20 MB
// together.
const decodedMost = 4096

// metaDropped is the setting of a store that changes whenever nodes are dropped,
// to what it never was: only then can a node come back with another body, by
// whatever process.
const metaDropped = "dropped"

// dropNodes removes nodes, so that no ledger goes on with what it knows of them.
func dropNodes(ctx context.Context, tx Tx, ids []string) error {
	if err := tx.DropNodes(ctx, ids); err != nil {
		return err
	}
	return noteDropped(ctx, tx)
}

func noteDropped(ctx context.Context, tx Tx) error {
	return tx.SetMeta(ctx, metaDropped, rand.Text())
}

// nodes gives the values of nodes by their ids; one that is not there is left out.
func (d *decoded) nodes(ctx context.Context, r Reader, ids []string) (map[string]decodedValue, error) {
	dropped, err := r.Meta(ctx, metaDropped)
	if err != nil {
		return nil, err
	}
	out := make(map[string]decodedValue, len(ids))
	var missing []string
	d.mu.Lock()
	if d.now == nil || d.dropped != dropped {
		d.dropped, d.now, d.before = dropped, map[string]decodedValue{}, nil
	}
	for _, id := range ids {
		v, ok := d.now[id]
		if !ok {
			if v, ok = d.before[id]; ok {
				d.keep(id, v)
			}
		}
		if ok {
			out[id] = v
		} else {
			missing = append(missing, id)
		}
	}
	d.mu.Unlock()
	if len(missing) == 0 {
		return out, nil
	}
	found, err := r.Nodes(ctx, missing)
	if err != nil {
		return nil, err
	}
	for i := range found {
		v, err := decodeNode(&found[i])
		if err != nil {
			return nil, err
		}
		v.ready()
		out[found[i].ID] = decodedValue{found[i].Of, v}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.dropped == dropped {
		for i := range found {
			d.keep(found[i].ID, out[found[i].ID])
		}
	}
	return out, nil
}

func (d *decoded) keep(id string, v decodedValue) {
	if len(d.now) >= decodedMost {
		d.now, d.before = map[string]decodedValue{}, d.now
	}
	d.now[id] = v
}

// update is Store.Update for what reads nodes that it wrote: what is known of
// these goes when they are not kept.
func (l *Ledger) update(ctx context.Context, f func(Tx) error) error {
	var mine int
	err := l.store.Update(ctx, func(tx Tx) error {
		mine = l.decoded.begin()
		return f(tx)
	})
	if err == nil {
		l.decoded.kept(mine)
	}
	return err
}

// begin opens a writing transaction, alone. Of one before it that did not say
// that it was kept, nothing is believed.
func (d *decoded) begin() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.open != 0 {
		d.now, d.before = nil, nil
	}
	d.begun++
	d.open = d.begun
	return d.open
}

func (d *decoded) kept(which int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.open == which {
		d.open = 0
	}
}
