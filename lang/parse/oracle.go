package parse

import "readout/doc"

// The dynamic oracle (Goldberg and Nivre 2013, https://aclanthology.org/Q13-1033)
// tells for any state, one reached by mistakes too, what each move costs: how
// many arcs of the gold tree can no longer be had after it. Training follows the
// parser's own moves and asks the oracle what would have been best there.

// Gold is the tree of a sentence to learn from.
type Gold struct {
	head []int32 // within the sentence; len(head) for the root
	rels []doc.Deprel
	kids [][]int32
}

// NewGold makes the tree of heads, which count within the sentence, len(heads)
// for the root. It keeps its arguments.
func NewGold(heads []int32, rels []doc.Deprel) *Gold {
	g := &Gold{heads, rels, make([][]int32, len(heads)+1)}
	for i, h := range heads {
		g.kids[h] = append(g.kids[h], int32(i))
	}
	return g
}

// GoldArc is the relation of the arc that m would make, unset where the gold
// tree has no such arc.
func (st *State) GoldArc(g *Gold, m Move) doc.Deprel {
	s0, h := st.top(0), st.front
	if m == Right {
		h = st.top(1)
	}
	if s0 == none || h == none || g.head[s0] != h {
		return 0
	}
	return g.rels[s0]
}

// Costs are the gold arcs that Shift, Left and Right each lose. It takes time
// linear in the gold children of s0 and b0.
func (st *State) Costs(g *Gold) (cost [3]int) {
	b0 := st.front
	if int(b0) < len(g.head) {
		if h := g.head[b0]; st.stacked(h) && h != st.top(0) {
			cost[Shift]++ // its head is on the stack, but not on top
		}
		for _, k := range g.kids[b0] {
			if st.stacked(k) {
				cost[Shift]++ // its child will lie below it
			}
		}
	}
	s0 := st.top(0)
	if s0 == none {
		return cost
	}
	h := g.head[s0]
	if h != b0 && (h >= b0 || h == st.top(1)) {
		cost[Left]++
	}
	if h >= b0 {
		cost[Right]++
	}
	for _, k := range g.kids[s0] {
		if k >= b0 {
			cost[Left]++
			cost[Right]++
		}
	}
	return cost
}

// top is the token k below the top of the stack, none where there is none.
func (st *State) top(k int) int32 {
	if k >= len(st.stack) {
		return none
	}
	return st.stack[len(st.stack)-1-k]
}

// stacked reports whether token i lies on the stack.
func (st *State) stacked(i int32) bool { return i < st.front && st.nodes[i].head == none }
