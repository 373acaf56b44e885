package encode

import "math"

// The best head of each token most often makes a tree. Where it does not, the
// best tree is found with the algorithm of Chu and Liu (1965) and Edmonds
// (1967): a cycle of best heads is made one node, whose best head from outside
// is found, until there is no cycle. Every cycle costs its own size times the
// number of tokens, so a chunk of n tokens costs n² at most a constant times.
//
// A tree has one root. All arcs from the root are made worse by a number larger
// than any difference between trees, so that the best tree has as few as can
// be.

// treeSpace is scratch space.
type treeSpace struct {
	score   []float64 // of head j for dependent i at i*m+j; node 0 is the root
	alive   []bool
	best    []int32 // head of each node
	seen    []int32
	cycle   []int32
	cycles  []contraction
	entries []int32
}

// contraction is a cycle that became the node at. The head of at enters the
// cycle at enter[head]; a node whose head is at hangs on exit[node].
type contraction struct {
	at      int32
	members []int32 // with their heads within the cycle, pairwise
	enter   []int32
	exit    []int32
}

// heads sets head[i] to the head of token i of n: 0 for the root, j+1 for token
// j. Row i of arcs holds the scores of its n+1 heads.
func (t *treeSpace) heads(head []int32, arcs []float32, n int) {
	roots := 0
	for i := range n {
		row := arcs[i*(n+1):][:n+1]
		best := -1
		for j, v := range row {
			if j != i+1 && (best < 0 || v > row[best]) {
				best = j
			}
		}
		head[i] = int32(best)
		if best == 0 {
			roots++
		}
	}
	if roots == 1 && t.acyclic(head) {
		return
	}
	t.load(arcs, n)
	t.solve(head, n)
}

// acyclic reports whether every token's chain of heads ends at the root.
func (t *treeSpace) acyclic(head []int32) bool {
	n := len(head)
	t.seen = resize(t.seen, n+1)
	clear(t.seen)
	t.seen[0] = -1 // leads to the root
	for i := range n {
		v := int32(i + 1)
		for t.seen[v] == 0 {
			t.seen[v] = int32(i + 1)
			v = head[v-1]
		}
		if t.seen[v] == int32(i+1) {
			return false
		}
		for v = int32(i + 1); t.seen[v] == int32(i+1); v = head[v-1] {
			t.seen[v] = -1
		}
	}
	return true
}

func (t *treeSpace) load(arcs []float32, n int) {
	m := n + 1
	t.score = resize(t.score, m*m)
	t.alive = resize(t.alive, m)
	t.best = resize(t.best, m)
	low, high := math.Inf(1), math.Inf(-1)
	for _, v := range arcs[:n*m] {
		low, high = min(low, float64(v)), max(high, float64(v))
	}
	penalty := (high - low + 1) * float64(m)
	for i := 1; i < m; i++ {
		for j := range m {
			t.score[i*m+j] = float64(arcs[(i-1)*m+j])
		}
		t.score[i*m] -= penalty
		t.score[i*m+i] = math.Inf(-1)
	}
	for i := range m {
		t.alive[i] = true
	}
	t.cycles, t.entries = t.cycles[:0], t.entries[:0]
}

func (t *treeSpace) solve(head []int32, n int) {
	m := n + 1
	for i := 1; i < m; i++ {
		t.choose(int32(i), m)
	}
	for t.findCycle(m) {
		t.contract(m)
	}
	for k := len(t.cycles) - 1; k >= 0; k-- {
		t.expand(&t.cycles[k], m)
	}
	for i := range head {
		head[i] = t.best[i+1]
	}
}

// choose finds the best head of node i among the nodes alive.
func (t *treeSpace) choose(i int32, m int) {
	row := t.score[int(i)*m:][:m]
	best := -1
	for j, v := range row {
		if t.alive[j] && j != int(i) && (best < 0 || v > row[best]) {
			best = j
		}
	}
	t.best[i] = int32(best)
}

// findCycle leaves a cycle of best heads in t.cycle; false where there is none.
func (t *treeSpace) findCycle(m int) bool {
	t.seen = resize(t.seen, m)
	clear(t.seen)
	t.seen[0] = -1
	for i := 1; i < m; i++ {
		if !t.alive[i] {
			continue
		}
		mark := int32(i)
		v := mark
		for t.seen[v] == 0 {
			t.seen[v] = mark
			v = t.best[v]
		}
		if t.seen[v] == mark {
			t.cycle = t.cycle[:0]
			for u := v; len(t.cycle) == 0 || u != v; u = t.best[u] {
				t.cycle = append(t.cycle, u)
			}
			return true
		}
	}
	return false
}

// take gives n numbers of space that stays until the next load.
func (t *treeSpace) take(n int) []int32 {
	if cap(t.entries)-len(t.entries) < n {
		t.entries = make([]int32, 0, max(2*cap(t.entries), n, 1024)) // those handed out keep the old one
	}
	at := len(t.entries)
	t.entries = t.entries[:at+n]
	return t.entries[at : at+n : at+n]
}

// contract makes t.cycle one node, its first member.
func (t *treeSpace) contract(m int) {
	at := t.cycle[0]
	c := contraction{at: at, members: t.take(2 * len(t.cycle)), enter: t.take(m), exit: t.take(m)}
	for k, u := range t.cycle {
		c.members[2*k], c.members[2*k+1] = u, t.best[u]
	}
	for _, u := range t.cycle[1:] {
		t.alive[u] = false
	}
	for v := range m {
		if !t.alive[v] || v == int(at) {
			continue
		}
		t.merge(&c, v, m)
	}
	t.choose(at, m)
	t.cycles = append(t.cycles, c)
}

// merge finds where an arc from node v enters the cycle and where one to v
// leaves it.
func (t *treeSpace) merge(c *contraction, v, m int) {
	in, out := math.Inf(-1), math.Inf(-1)
	c.enter[v], c.exit[v] = c.at, c.at
	for k := 0; k < len(c.members); k += 2 {
		u, top := int(c.members[k]), int(c.members[k+1])
		if s := t.score[u*m+v] - t.score[u*m+top]; s > in {
			in, c.enter[v] = s, int32(u)
		}
		if v > 0 && t.score[v*m+u] > out {
			out, c.exit[v] = t.score[v*m+u], int32(u)
		}
	}
	// The score that entering costs is read before it is overwritten: members
	// are looked at with their heads in the cycle, and those columns stay.
	t.score[int(c.at)*m+v] = in
	if v > 0 {
		t.score[v*m+int(c.at)] = out
		for k := 0; k < len(c.members); k += 2 {
			if t.best[v] == c.members[k] {
				t.best[v] = c.at
			}
		}
	}
}

// expand puts the members of a cycle back.
func (t *treeSpace) expand(c *contraction, m int) {
	head := t.best[c.at]
	for v := 1; v < m; v++ {
		if t.alive[v] && int32(v) != c.at && t.best[v] == c.at {
			t.best[v] = c.exit[v]
		}
	}
	for k := 0; k < len(c.members); k += 2 {
		u := c.members[k]
		t.alive[u] = true
		t.best[u] = c.members[k+1]
	}
	t.best[c.enter[head]] = head
}
