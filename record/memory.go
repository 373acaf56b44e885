package record

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"readout/record/join"
	"readout/registry"
)

// Memory is a Store in memory. It is for tests, and for looking at a record as
// it was: it costs what it holds and forgets it when it is let go.
type Memory struct {
	mu sync.RWMutex
	d  memory
}

// NewMemory makes an empty store.
func NewMemory() *Memory { return &Memory{d: newMemory()} }

type memory struct {
	entries []Entry
	byID    map[string]int
	byOf    map[[2]string][]int // by what they are of, and kind
	nodes   map[string]Node
	of      map[string][]string
	blocks  map[string][]place
	pairs   map[[2]string]Pair
	ends    map[string][][2]string    // of each node, its pairs
	words   map[string]map[string]int // by version: how often each word stands there
	meta    map[string]string
	undo    []func()
}

type place struct {
	day int
	id  string
}

func newMemory() memory {
	return memory{
		byID: map[string]int{}, byOf: map[[2]string][]int{}, nodes: map[string]Node{}, of: map[string][]string{}, blocks: map[string][]place{},
		pairs: map[[2]string]Pair{}, ends: map[string][][2]string{}, words: map[string]map[string]int{}, meta: map[string]string{},
	}
}

// View implements Store.
func (m *Memory) View(ctx context.Context, f func(Reader) error) error {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return f(&m.d)
}

// Update implements Store.
func (m *Memory) Update(ctx context.Context, f func(Tx) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.d.undo = nil
	err := ctx.Err()
	if err == nil {
		err = f(&m.d)
	}
	if err != nil {
		for _, u := range slices.Backward(m.d.undo) {
			u()
		}
	}
	m.d.undo = nil
	return err
}

// Close implements Store.
func (m *Memory) Close() error { return nil }

// set changes an entry of a map and notes how to undo it.
func set[K comparable, V any](d *memory, m map[K]V, k K, v V, keep bool) {
	old, had := m[k]
	d.undo = append(d.undo, func() {
		if had {
			m[k] = old
		} else {
			delete(m, k)
		}
	})
	if keep {
		m[k] = v
	} else {
		delete(m, k)
	}
}

func (d *memory) Entry(_ context.Context, id string) (Entry, error) {
	i, ok := d.byID[id]
	if !ok {
		return Entry{}, ErrNotFound
	}
	return d.entries[i], nil
}

func (d *memory) Entries(_ context.Context, q EntryQuery) ([]Entry, error) {
	var out []Entry
	if len(q.OfAny) > 0 {
		for _, of := range sortedSet(q.OfAny) {
			for _, i := range d.byOf[[2]string{of, q.Kind}] {
				if d.entries[i].Seq > q.After {
					out = append(out, d.entries[i])
				}
			}
		}
		slices.SortFunc(out, func(a, b Entry) int { return cmp.Compare(a.Seq, b.Seq) })
		if q.Limit > 0 {
			out = out[:min(len(out), q.Limit)]
		}
		return out, nil
	}
	if q.Kind != "" && q.Of != "" {
		for _, i := range d.byOf[[2]string{q.Of, q.Kind}] {
			if e := d.entries[i]; e.Seq > q.After && (q.Limit == 0 || len(out) < q.Limit) {
				out = append(out, e)
			}
		}
		return out, nil
	}
	for _, e := range d.entries[min(max(int(q.After), 0), len(d.entries)):] { // Seq is the place
		if q.Kind != "" && e.Kind != q.Kind || q.Of != "" && e.Of != q.Of || e.Seq <= q.After {
			continue
		}
		if out = append(out, e); q.Limit > 0 && len(out) == q.Limit {
			break
		}
	}
	return out, nil
}

func (d *memory) Last(_ context.Context, kind string) (int64, error) {
	for _, e := range slices.Backward(d.entries) {
		if kind == "" || e.Kind == kind {
			return e.Seq, nil
		}
	}
	return 0, nil
}

func sortedSet(ids []string) []string {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return slices.Compact(ids)
}

func (d *memory) Nodes(_ context.Context, ids []string) ([]Node, error) {
	var out []Node
	for _, id := range sortedSet(ids) {
		if n, ok := d.nodes[id]; ok {
			n.Keys = nil
			out = append(out, n)
		}
	}
	return out, nil
}

func (d *memory) NodesOf(_ context.Context, version string) ([]string, error) {
	return sortedSet(d.of[version]), nil
}

func (d *memory) LookupEach(ctx context.Context, ranges [][]join.Range) ([][]string, error) {
	out := make([][]string, len(ranges))
	for i, r := range ranges {
		out[i], _ = d.Lookup(ctx, r) // it cannot fail
	}
	return out, nil
}

func (d *memory) Lookup(_ context.Context, ranges []join.Range) ([]string, error) {
	var out []string
	for _, r := range ranges {
		for _, p := range d.blocks[r.Block] {
			if p.day >= r.From && p.day <= r.To {
				out = append(out, p.id)
			}
		}
	}
	return sortedSet(out), nil
}

func (d *memory) Count(_ context.Context, r join.Range) (int, error) {
	n := 0
	for _, p := range d.blocks[r.Block] {
		if p.day >= r.From && p.day <= r.To {
			n++
		}
	}
	return n, nil
}

func (d *memory) Nth(_ context.Context, r join.Range, n int) (int, error) {
	var days []int
	for _, p := range d.blocks[r.Block] {
		if p.day >= r.From && p.day <= r.To {
			days = append(days, p.day)
		}
	}
	slices.Sort(days)
	switch {
	case n > 0 && n <= len(days):
		return days[len(days)-n], nil
	case n < 0 && -n <= len(days):
		return days[-n-1], nil
	}
	return 0, nil
}

func (d *memory) Ended(_ context.Context, since, at time.Time) (int, error) {
	n := 0
	for _, x := range d.nodes {
		if x.ID == x.Of && !x.Until.IsZero() && !x.Until.After(at) && !x.From.Before(since) {
			n++
		}
	}
	return n, nil
}

func (d *memory) Pairs(_ context.Context, ids []string) ([]Pair, error) {
	seen := map[[2]string]bool{}
	var out []Pair
	for _, id := range ids {
		for _, k := range d.ends[id] {
			if !seen[k] {
				seen[k] = true
				out = append(out, d.pairs[k])
			}
		}
	}
	slices.SortFunc(out, func(a, b Pair) int { return cmp.Or(strings.Compare(a.A, b.A), strings.Compare(a.B, b.B)) })
	return out, nil
}

func (d *memory) Prefix(_ context.Context, prefix string, limit int) ([]string, error) {
	var out []string
	for id := range d.nodes {
		if strings.HasPrefix(id, prefix) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out[:min(len(out), limit)], nil
}

func (d *memory) Blocks(_ context.Context, prefix string) ([]Count, error) {
	var out []Count
	for b, list := range d.blocks {
		if strings.HasPrefix(b, prefix) && len(list) > 0 {
			out = append(out, Count{b, len(list)})
		}
	}
	slices.SortFunc(out, func(a, b Count) int { return strings.Compare(a.Name, b.Name) })
	return out, nil
}

func (d *memory) Search(_ context.Context, words []string, limit int) ([]string, error) {
	type hit struct {
		id string
		n  int
	}
	var hits []hit
	for id, have := range d.words {
		total := 0
		for _, w := range words {
			n := 0
			for h, k := range have {
				if begin, ok := strings.CutSuffix(w, "*"); h == registry.Fold(w) || ok && strings.HasPrefix(h, registry.Fold(begin)) {
					n += k
				}
			}
			if n == 0 {
				total = 0
				break
			}
			total += n
		}
		if total > 0 {
			hits = append(hits, hit{id, total})
		}
	}
	slices.SortFunc(hits, func(a, b hit) int { return cmp.Or(b.n-a.n, strings.Compare(a.id, b.id)) })
	var out []string
	for _, h := range hits[:min(len(hits), limit)] {
		out = append(out, h.id)
	}
	return out, nil
}

func (d *memory) Having(ctx context.Context, words, versions []string) ([]string, error) {
	all, err := d.Search(ctx, words, len(d.words))
	slices.Sort(all)
	return slices.DeleteFunc(all, func(id string) bool { return !slices.Contains(versions, id) }), err
}

func (d *memory) Matches(ctx context.Context, words []string, most int) (int, error) {
	all, err := d.Search(ctx, words, most)
	return len(all), err
}

func (d *memory) Meta(_ context.Context, name string) (string, error) { return d.meta[name], nil }

func (d *memory) Metas(_ context.Context, prefix string) ([]string, error) {
	var out []string
	for name := range d.meta {
		if strings.HasPrefix(name, prefix) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out, nil
}

func (d *memory) Append(_ context.Context, e Entry) (bool, error) {
	if _, ok := d.byID[e.ID]; ok {
		return false, nil
	}
	e.Published, e.Learnt = micro(e.Published), micro(e.Learnt)
	e.Seq = int64(len(d.entries)) + 1
	n := len(d.entries)
	d.undo = append(d.undo, func() { d.entries = d.entries[:n] })
	set(d, d.byID, e.ID, n, true)
	of := [2]string{e.Of, e.Kind}
	set(d, d.byOf, of, append(slices.Clip(d.byOf[of]), n), true)
	d.entries = append(d.entries, e)
	return true, nil
}

func micro(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.UTC().Truncate(time.Microsecond)
}

func (d *memory) Erase(_ context.Context, id string) error {
	i, ok := d.byID[id]
	if !ok {
		return ErrNotFound
	}
	old := d.entries[i].Body
	d.undo = append(d.undo, func() { d.entries[i].Body = old })
	d.entries[i].Body = nil
	return nil
}

func (d *memory) PutNodes(ctx context.Context, nodes []Node) error {
	for _, n := range nodes {
		if _, ok := d.nodes[n.ID]; ok {
			d.dropKeys(n.ID)
		} else {
			set(d, d.of, n.Of, append(slices.Clone(d.of[n.Of]), n.ID), true)
		}
		n.From, n.Until = micro(n.From), micro(n.Until)
		n.Keys = slices.Clone(n.Keys)
		set(d, d.nodes, n.ID, n, true)
		for _, k := range n.Keys {
			set(d, d.blocks, k.Block, append(slices.Clone(d.blocks[k.Block]), place{k.Day, n.ID}), true)
		}
	}
	return nil
}

func (d *memory) dropKeys(id string) {
	for _, k := range d.nodes[id].Keys {
		list := slices.DeleteFunc(slices.Clone(d.blocks[k.Block]), func(p place) bool { return p.id == id })
		set(d, d.blocks, k.Block, list, len(list) > 0)
	}
}

func (d *memory) SetUntil(_ context.Context, ids []string, until time.Time) error {
	for _, id := range ids {
		if n, ok := d.nodes[id]; ok {
			n.Until = micro(until)
			set(d, d.nodes, id, n, true)
		}
	}
	return nil
}

func (d *memory) DropNodes(_ context.Context, ids []string) error {
	for _, id := range ids {
		n, ok := d.nodes[id]
		if !ok {
			continue
		}
		d.dropKeys(id)
		set(d, d.words, id, nil, false)
		for _, k := range d.ends[id] {
			set(d, d.pairs, k, Pair{}, false)
			for _, end := range k {
				set(d, d.ends, end, slices.DeleteFunc(slices.Clone(d.ends[end]), func(x [2]string) bool { return x == k }), true)
			}
		}
		set(d, d.of, n.Of, slices.DeleteFunc(slices.Clone(d.of[n.Of]), func(x string) bool { return x == id }), true)
		set(d, d.nodes, id, n, false)
	}
	return nil
}

func (d *memory) PutPairs(_ context.Context, pairs []Pair) error {
	for _, p := range pairs {
		k := [2]string{p.A, p.B}
		if _, ok := d.pairs[k]; !ok {
			for _, end := range k {
				set(d, d.ends, end, append(slices.Clone(d.ends[end]), k), true)
			}
		}
		set(d, d.pairs, k, p, true)
	}
	return nil
}

func (d *memory) PutWords(_ context.Context, version, title, text string) error {
	if _, ok := d.nodes[version]; !ok {
		return nil
	}
	count := map[string]int{}
	for _, w := range strings.Fields(registry.Fold(title + " " + text)) {
		if w = strings.Trim(w, ".,;:!?()[]…–—"); w != "" {
			count[w]++
		}
	}
	set(d, d.words, version, count, len(count) > 0)
	return nil
}

func (d *memory) DropIndex(context.Context) error {
	old := *d
	d.undo = append(d.undo, func() {
		d.nodes, d.of, d.blocks, d.pairs, d.ends, d.words = old.nodes, old.of, old.blocks, old.pairs, old.ends, old.words
	})
	n := newMemory()
	d.nodes, d.of, d.blocks, d.pairs, d.ends, d.words = n.nodes, n.of, n.blocks, n.pairs, n.ends, n.words
	return nil
}

func (d *memory) SetMeta(_ context.Context, name, value string) error {
	set(d, d.meta, name, value, true)
	return nil
}
