package parse

import (
	"readout/doc"
	"readout/lang/form"
)

// Move is what the parser does in one step.
//
// The system is arc-hybrid (Kuhlmann, Gómez-Rodríguez and Satta 2011,
// https://aclanthology.org/P11-1068): a stack of tokens begun and a buffer of
// those to come. With s0 on top of the stack, s1 below it and b0 at the front
// of the buffer:
//
//	Shift  b0 goes onto the stack
//	Left   b0 becomes the head of s0, which leaves the stack
//	Right  s1 becomes the head of s0, which leaves the stack
//
// An artificial root stands at the end of the buffer. It may take a dependent
// only when that is the last token on the stack, so that every sentence has one
// root and all else hangs below it: the result is always a tree.
type Move uint8

// The moves.
const (
	Shift Move = iota
	Left
	Right
)

// State is a sentence half parsed, and the scratch space of one goroutine.
type State struct {
	tokens []token
	nodes  []node // one for each token and the root at the end
	stack  []int32
	front  int32 // the first token of the buffer
}

// token is what the parser sees of a token.
type token struct {
	lower, suffix, prefix, shape uint64
	upos, xpos                   uint64
}

// node is where a token stands in the tree so far.
type node struct {
	head                int32 // none until it has one
	deprel              doc.Deprel
	lefts, rights       uint8 // children on either side, at most 255
	left, left2         int32 // the outermost and the one before it, none without
	right, right2       int32
	leftRels, rightRels uint64 // the relations of its children, a bit each
}

const none = -1

// Load puts a sentence into st, with nothing parsed.
func (st *State) Load(d *doc.Document, s doc.Span) {
	st.tokens = st.tokens[:0]
	for i := s.Begin; i < s.End; i++ {
		f := form.Look(d.Form(i))
		st.tokens = append(st.tokens, token{
			lower: f.Lower, suffix: f.Suffix(3), prefix: f.Prefix(2), shape: f.Shape,
			upos: uint64(d.UPOS(i)), xpos: form.Hash(d.XPOS(i)),
		})
	}
	st.restart()
}

// restart takes all arcs away.
func (st *State) restart() {
	n := len(st.tokens)
	st.nodes = st.nodes[:0]
	for range n + 1 {
		st.nodes = append(st.nodes, node{head: none, left: none, left2: none, right: none, right2: none})
	}
	st.stack, st.front = st.stack[:0], 0
}

// Len is the number of tokens.
func (st *State) Len() int { return len(st.tokens) }

// Done reports whether every token has its head.
func (st *State) Done() bool { return int(st.front) == len(st.tokens) && len(st.stack) == 0 }

// Can reports whether m is allowed. One at least is, until Done.
func (st *State) Can(m Move) bool {
	atRoot := int(st.front) == len(st.tokens)
	switch m {
	case Shift:
		return !atRoot
	case Left:
		return len(st.stack) == 1 || len(st.stack) > 1 && !atRoot
	}
	return len(st.stack) > 1
}

// Do makes a move that Can allows; rel is the relation of the new arc.
func (st *State) Do(m Move, rel doc.Deprel) {
	if m == Shift {
		st.stack = append(st.stack, st.front)
		st.front++
		return
	}
	top := len(st.stack) - 1
	s0 := st.stack[top]
	h := st.front
	if m == Right {
		h = st.stack[top-1]
	}
	st.stack = st.stack[:top]
	st.nodes[s0].head, st.nodes[s0].deprel = h, rel
	n := &st.nodes[h]
	if m == Left {
		n.left, n.left2 = s0, n.left
		n.lefts += min(1, 255-n.lefts)
		n.leftRels |= 1 << (rel & 63)
	} else {
		n.right, n.right2 = s0, n.right
		n.rights += min(1, 255-n.rights)
		n.rightRels |= 1 << (rel & 63)
	}
}

// Head is the head of token i, counted within the sentence; Len for the root.
func (st *State) Head(i int) int32 { return st.nodes[i].head }

// Deprel is the relation of token i to its head.
func (st *State) Deprel(i int) doc.Deprel { return st.nodes[i].deprel }
