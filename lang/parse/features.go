package parse

import "readout/linear"

// absent stands for a place on the stack or in the buffer that is empty, or a
// child that is not there.
var absent = token{lower: 1, suffix: 1, prefix: 1, shape: 1, upos: 31, xpos: 1}

// root is the artificial root at the end of the buffer.
var root = token{lower: 2, suffix: 2, prefix: 2, shape: 2, upos: 30, xpos: 2}

func (st *State) token(i int32) *token {
	switch {
	case i == none:
		return &absent
	case int(i) == len(st.tokens):
		return &root
	}
	return &st.tokens[i]
}

var noNode = node{head: none, left: none, left2: none, right: none, right2: none}

func (st *State) node(i int32) *node {
	if i == none {
		return &noNode
	}
	return &st.nodes[i]
}

func (st *State) relOf(i int32) uint64 {
	if i == none {
		return 63
	}
	return uint64(st.nodes[i].deprel)
}

func (st *State) ahead(k int32) int32 {
	if i := st.front + k; int(i) <= len(st.tokens) {
		return i
	}
	return none
}

// distance is how far apart i and j are, in steps that grow.
func distance(i, j int32) uint64 {
	if i == none || j == none {
		return 0
	}
	switch d := j - i; {
	case d <= 4:
		return uint64(d)
	case d <= 6:
		return 5
	case d <= 10:
		return 6
	case d <= 20:
		return 7
	}
	return 8
}

// Features appends the features of st to dst: words and tags of the top of the
// stack and the front of the buffer, alone, in pairs and in threes, with
// distance, number of children, and the outermost children with their relations
// (Zhang and Nivre 2011, https://aclanthology.org/P11-2033, for the arc-hybrid
// system).
func (st *State) Features(dst []uint64) []uint64 {
	is0, is1, is2 := st.top(0), st.top(1), st.top(2)
	ib0, ib1, ib2 := st.front, st.ahead(1), st.ahead(2)
	s0, s1, s2 := st.token(is0), st.token(is1), st.token(is2)
	b0, b1, b2 := st.token(ib0), st.token(ib1), st.token(ib2)
	n0, n1, nb := st.node(is0), st.node(is1), st.node(ib0)
	d0 := distance(is0, ib0)
	d1 := distance(is1, is0)
	tags := func(a, b, c *token) uint64 { return a.upos<<10 | b.upos<<5 | c.upos }
	pair := b0.xpos ^ s0.xpos*31
	dst = append(dst,
		linear.Hash(0, 0, 0),
		// single tokens
		linear.Hash(1, s0.lower, s0.xpos), linear.Hash(2, s0.lower, 0), linear.Hash(3, s0.xpos, 0),
		linear.Hash(4, s1.lower, s1.xpos), linear.Hash(5, s1.lower, 0), linear.Hash(6, s1.xpos, 0),
		linear.Hash(7, b0.lower, b0.xpos), linear.Hash(8, b0.lower, 0), linear.Hash(9, b0.xpos, 0),
		linear.Hash(10, b1.lower, b1.xpos), linear.Hash(11, b1.xpos, 0), linear.Hash(12, b1.lower, 0),
		linear.Hash(13, b2.xpos, 0), linear.Hash(14, b2.lower, 0),
		linear.Hash(15, s2.xpos, 0), linear.Hash(16, s2.lower, s2.xpos),
		linear.Hash(17, s0.suffix, s0.xpos), linear.Hash(18, b0.suffix, b0.xpos), linear.Hash(19, s1.suffix, s1.xpos),
		linear.Hash(20, s0.shape, b0.shape),
		// pairs
		linear.Hash(21, s0.lower^s0.xpos, b0.lower^b0.xpos),
		linear.Hash(22, s0.lower, b0.lower),
		linear.Hash(23, s0.lower, b0.xpos), linear.Hash(24, s0.xpos, b0.lower),
		linear.Hash(25, pair, d0),
		linear.Hash(26, s0.lower^s0.xpos, b0.xpos), linear.Hash(27, s0.xpos, b0.lower^b0.xpos),
		linear.Hash(28, s1.lower^s1.xpos, s0.lower^s0.xpos),
		linear.Hash(29, s1.lower, s0.lower),
		linear.Hash(30, s1.lower, s0.xpos), linear.Hash(31, s1.xpos, s0.lower),
		linear.Hash(32, s1.xpos*31^s0.xpos, d1),
		linear.Hash(33, s1.lower, b0.lower), linear.Hash(34, s1.xpos, b0.xpos),
		linear.Hash(35, b0.xpos, b1.xpos), linear.Hash(36, b0.lower, b1.lower),
		linear.Hash(37, b0.xpos, b1.lower), linear.Hash(38, s0.xpos, b1.xpos),
		// threes
		linear.Hash(39, tags(s0, b0, b1), 0), linear.Hash(40, tags(s1, s0, b0), 0),
		linear.Hash(41, tags(b0, b1, b2), 0), linear.Hash(42, tags(s2, s1, s0), 0),
		linear.Hash(43, s1.xpos^s0.xpos*31, b0.xpos), linear.Hash(44, pair, b1.xpos),
		linear.Hash(45, s1.xpos^s0.xpos*31, b0.lower), linear.Hash(46, tags(s1, s0, b0), s0.lower),
		linear.Hash(47, tags(s1, s0, b0), s1.lower),
		linear.Hash(48, pair^b1.xpos*961, b2.xpos),
	)
	return st.childFeatures(dst, s0, s1, b0, n0, n1, nb, d0, d1)
}

func (st *State) childFeatures(dst []uint64, s0, s1, b0 *token, n0, n1, nb *node, d0, d1 uint64) []uint64 {
	valency := func(n *node) uint64 { return uint64(min(n.lefts, 7))<<3 | uint64(min(n.rights, 7)) }
	s0l, s0r, s1l, s1r, b0l := st.token(n0.left), st.token(n0.right), st.token(n1.left), st.token(n1.right), st.token(nb.left)
	return append(dst,
		// distance and number of children
		linear.Hash(60, s0.lower, d0), linear.Hash(61, s0.xpos, d0),
		linear.Hash(62, b0.lower, d0), linear.Hash(63, b0.xpos, d0),
		linear.Hash(64, s1.lower, d1), linear.Hash(65, s0.lower, d1|16),
		linear.Hash(66, s0.xpos, valency(n0)), linear.Hash(67, s0.lower, valency(n0)),
		linear.Hash(68, s1.xpos, valency(n1)), linear.Hash(69, s1.lower, valency(n1)),
		linear.Hash(70, b0.xpos, valency(nb)), linear.Hash(71, b0.lower, valency(nb)),
		// children
		linear.Hash(72, s0.xpos, s0l.xpos), linear.Hash(73, s0l.lower, st.relOf(n0.left)),
		linear.Hash(74, s0.xpos, s0r.xpos), linear.Hash(75, s0r.lower, st.relOf(n0.right)),
		linear.Hash(76, s1.xpos, s1l.xpos), linear.Hash(77, s1l.lower, st.relOf(n1.left)),
		linear.Hash(78, s1.xpos, s1r.xpos), linear.Hash(79, s1r.lower, st.relOf(n1.right)),
		linear.Hash(80, b0.xpos, b0l.xpos), linear.Hash(81, b0l.lower, st.relOf(nb.left)),
		linear.Hash(82, s0.xpos^b0.xpos*31, s0l.xpos), linear.Hash(83, s0.xpos^b0.xpos*31, s0r.xpos),
		linear.Hash(84, s0.xpos^b0.xpos*31, b0l.xpos),
		linear.Hash(85, s1.xpos^s0.xpos*31, s1l.xpos), linear.Hash(86, s1.xpos^s0.xpos*31, s1r.xpos),
		linear.Hash(87, s1.xpos^s0.xpos*31, s0l.xpos), linear.Hash(88, s1.xpos^s0.xpos*31, s0r.xpos),
		// relations of all children, as sets
		linear.Hash(89, s0.xpos, n0.leftRels), linear.Hash(90, s0.xpos, n0.rightRels),
		linear.Hash(91, s1.xpos, n1.rightRels), linear.Hash(92, b0.xpos, nb.leftRels),
		linear.Hash(93, s0.lower, n0.leftRels), linear.Hash(94, b0.lower, nb.leftRels),
		linear.Hash(95, s1.xpos^s0.xpos*31, n1.rightRels), linear.Hash(96, s1.lower, n1.rightRels),
		linear.Hash(97, s1.xpos^s0.xpos*31, n0.leftRels),
		linear.Hash(98, st.relOf(n0.left)<<8|st.relOf(n0.left2), s0.xpos),
		linear.Hash(99, st.relOf(n1.right)<<8|st.relOf(n1.right2), s1.xpos),
		linear.Hash(100, st.relOf(nb.left)<<8|st.relOf(nb.left2), b0.xpos),
		// the object of the preposition that s0 brings: "talks in Geneva"
		linear.Hash(101, s1.lower^s0l.lower*31, s0.xpos), linear.Hash(102, s1.xpos^s0l.lower*31, s0.lower),
		linear.Hash(103, b0.xpos, s0l.lower),
	)
}
