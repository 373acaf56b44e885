package record

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"readout/record/join"
)

// graph is the part of the index that a view looks at: the values that hold at
// its time, and the ties among them. It grows as it is asked.
type graph struct {
	src *source
	at  time.Time // the zero time means now
	// hidden are versions of articles that are looked away from: none of their
	// values holds.
	hidden map[string]bool

	nodes  map[string]*node    // nil: it is not there, or does not hold
	out    map[string][]Pair   // ties by either end
	loaded map[string]struct{} // whose ties are in out
	chosen map[string]string
}

// node is a value that holds.
type node struct {
	Node
	value
}

// source is what has been read of the index, whatever holds at which time: graphs
// of several times of one view read from one.
type source struct {
	r     Reader
	nodes map[string]*node  // nil: it is not there
	ties  map[string][]Pair // of nodes whose ties have been read, by either end
}

func newGraph(r Reader, at time.Time) *graph {
	return (&graph{src: &source{r: r, nodes: map[string]*node{}, ties: map[string][]Pair{}}}).when(at)
}

// when is a graph of another time over what this one has read.
func (g *graph) when(at time.Time) *graph {
	return &graph{src: g.src, at: at, nodes: map[string]*node{}, out: map[string][]Pair{}, loaded: map[string]struct{}{}, chosen: map[string]string{}}
}

// load makes sure that nodes have been read.
func (s *source) load(ctx context.Context, ids []string) error {
	var missing []string
	for _, id := range ids {
		if _, ok := s.nodes[id]; !ok {
			s.nodes[id] = nil
			missing = append(missing, id)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	found, err := s.r.Nodes(ctx, missing)
	if err != nil {
		return err
	}
	for i := range found {
		n := &node{Node: found[i]}
		if n.value, err = decodeNode(&n.Node); err != nil {
			return err
		}
		n.Body = nil // it is decoded
		s.nodes[n.ID] = n
	}
	return nil
}

// loadTies makes sure that the ties of nodes have been read.
func (s *source) loadTies(ctx context.Context, ids []string) error {
	fresh := map[string]struct{}{}
	for _, id := range ids {
		if _, ok := s.ties[id]; !ok {
			fresh[id] = struct{}{}
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	pairs, err := s.r.Pairs(ctx, slices.Collect(maps.Keys(fresh)))
	if err != nil {
		return err
	}
	for id := range fresh {
		s.ties[id] = nil
	}
	for _, p := range pairs {
		for _, end := range [...]string{p.A, p.B} {
			if _, ok := fresh[end]; ok {
				s.ties[end] = append(s.ties[end], p)
			}
		}
	}
	return nil
}

// load makes sure that nodes are known.
func (g *graph) load(ctx context.Context, ids []string) error {
	if err := g.src.load(ctx, ids); err != nil {
		return err
	}
	for _, id := range ids {
		if _, ok := g.nodes[id]; ok {
			continue
		}
		n := g.src.nodes[id]
		if n != nil && (!n.In(g.at) || g.hidden[n.Of]) {
			n = nil
		}
		g.nodes[id] = n
	}
	return nil
}

// ties makes sure that the ties of nodes are known, and the nodes they lead to.
func (g *graph) ties(ctx context.Context, ids []string) error {
	if err := g.src.loadTies(ctx, ids); err != nil {
		return err
	}
	var ends []string
	for _, id := range ids {
		if _, ok := g.loaded[id]; ok {
			continue
		}
		g.loaded[id] = struct{}{}
		pairs := g.src.ties[id]
		g.out[id] = pairs
		for i := range pairs {
			ends = append(ends, pairs[i].A, pairs[i].B)
		}
	}
	return g.load(ctx, ends)
}

// choice is what a node with Nearest ties belongs to: the best that holds, of
// equals the one with the smaller id; "" for none. Its ties must be known.
func (g *graph) choice(id string) string {
	if c, ok := g.chosen[id]; ok {
		return c
	}
	var best *Pair
	for i := range g.out[id] {
		p := &g.out[id][i]
		if p.A != id || p.Kind != join.Nearest || g.nodes[p.B] == nil {
			continue
		}
		if best == nil || p.Score > best.Score || p.Score == best.Score && p.B < best.B {
			best = p
		}
	}
	c := ""
	if best != nil {
		c = best.B
	}
	g.chosen[id] = c
	return c
}

// holds reports whether a tie counts: one that is Same always, one that is
// Nearest where it is the choice.
func (g *graph) holds(p *Pair) bool {
	if g.nodes[p.A] == nil || g.nodes[p.B] == nil {
		return false
	}
	return p.Kind == join.Same || g.choice(p.A) == p.B
}

// component is the connected part that a node belongs to.
type component struct {
	members []*node // by day of publication, then id
	why     map[string]string
}

// components gives the connected parts of the graph that the seeds belong to,
// each once; a seed that does not hold has none. It reads the nodes of these
// parts and their neighbours, and nothing else.
func (g *graph) components(ctx context.Context, seeds []string) ([]component, error) {
	if err := g.load(ctx, seeds); err != nil {
		return nil, err
	}
	part := map[string]int{} // of nodes that have been reached
	var parts [][]string
	links := map[string][]string{}
	var frontier []string
	for _, s := range sortedSet(seeds) {
		if g.nodes[s] != nil {
			frontier = append(frontier, s)
		}
	}
	reached := map[string]bool{}
	for len(frontier) > 0 {
		for _, id := range frontier {
			reached[id] = true
		}
		if err := g.ties(ctx, frontier); err != nil {
			return nil, err
		}
		// Whether one chooses this node can be told only from all its ties.
		var choosers []string
		for _, id := range frontier {
			for _, p := range g.out[id] {
				if p.Kind == join.Nearest && p.A != id && g.nodes[p.A] != nil {
					choosers = append(choosers, p.A)
				}
			}
		}
		if err := g.ties(ctx, choosers); err != nil {
			return nil, err
		}
		var next []string
		for _, id := range frontier {
			for i := range g.out[id] {
				p := &g.out[id][i]
				if !g.holds(p) {
					continue
				}
				other := p.A
				if other == id {
					other = p.B
				}
				links[id] = append(links[id], other)
				if !reached[other] {
					reached[other] = true
					next = append(next, other)
				}
			}
		}
		frontier = next
	}
	for _, s := range sortedSet(seeds) {
		if g.nodes[s] == nil {
			continue
		}
		if _, ok := part[s]; ok {
			continue
		}
		n := len(parts)
		parts = append(parts, nil)
		part[s] = n
		for stack := []string{s}; len(stack) > 0; {
			id := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			parts[n] = append(parts[n], id)
			for _, o := range links[id] {
				if _, ok := part[o]; !ok {
					part[o] = n
					stack = append(stack, o)
				}
			}
		}
	}
	out := make([]component, 0, len(parts))
	for _, ids := range parts {
		out = append(out, g.component(ids))
	}
	return out, nil
}

func (g *graph) component(ids []string) component {
	c := component{why: map[string]string{}}
	in := map[string]bool{}
	for _, id := range ids {
		in[id] = true
		c.members = append(c.members, g.nodes[id])
	}
	slices.SortFunc(c.members, func(a, b *node) int { return cmp.Or(cmp.Compare(a.day(), b.day()), strings.Compare(a.ID, b.ID)) })
	order := map[string]int{}
	for i, m := range c.members {
		order[m.ID] = i
	}
	// Why each belongs to those before it; of the first, to whom it chose.
	for _, m := range c.members {
		best := -1
		for i := range g.out[m.ID] {
			p := &g.out[m.ID][i]
			other := p.A
			if other == m.ID {
				other = p.B
			}
			if !in[other] || !g.holds(p) {
				continue
			}
			if o := order[other]; best < 0 || o < best {
				best = o
				c.why[m.ID] = p.Why
			}
		}
	}
	return c
}

// day is the day of publication of the article a node is of.
func (n *node) day() int {
	switch {
	case n.article != nil:
		return n.article.Day
	case n.mention != nil:
		return n.mention.Published
	case n.saying != nil:
		return n.saying.Published
	}
	return n.position.Published
}

// origins gives each of some versions the name of its origin: the version that
// comes first of all with its text. Every version of an article has one origin.
func (g *graph) origins(ctx context.Context, versions []string) (map[string]string, error) {
	parts, err := g.components(ctx, versions)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, c := range parts {
		for _, m := range c.members {
			out[m.ID] = c.members[0].ID
		}
	}
	return out, nil
}
