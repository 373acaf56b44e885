// Package parse gives each token its head and its relation to it.
//
// It knows English syntax in the form of UD 2, from a model trained on
// treebanks. It does not know tags other than by reading them (lang/tag), nor
// what a tree means.
package parse

import (
	"context"
	"fmt"
	"sync"

	"readout/doc"
	"readout/linear"
	"readout/weights"
)

// Class is a move together with the relation of the arc it makes.
type Class struct {
	Move   Move
	Deprel doc.Deprel
}

// Parser is a stage. It is immutable and safe for many goroutines.
//
// It is a greedy arc-hybrid transition parser (see Move) whose moves an
// averaged perceptron chooses, trained with a dynamic oracle (see Costs): one
// pass from left to right, two moves a token, linear in tokens. It cannot make
// crossing arcs, under 0.5 % of those of UD English.
type Parser struct {
	model   *linear.Model
	classes []Class
	scratch sync.Pool // of *work
}

type work struct {
	state    State
	features []uint64
	scores   []int32
}

// New makes a parser of the model in f. Errors wrap weights.ErrFormat.
func New(f *weights.File) (*Parser, error) {
	model, err := linear.Load(f, "parse")
	if err != nil {
		return nil, err
	}
	moves, err := f.Uint8s("class.move")
	if err != nil {
		return nil, err
	}
	rels, err := f.Strings("class.deprel")
	if err != nil {
		return nil, err
	}
	if len(moves) != model.Classes() || len(rels) != len(moves) {
		return nil, fmt.Errorf("%w: %s: %d classes in the table, %d and %d named", weights.ErrFormat, f.Name, model.Classes(), len(moves), len(rels))
	}
	p := &Parser{model: model, classes: make([]Class, len(moves))}
	var shift, left, right, top bool
	for i := range moves {
		k := Class{Move: Move(moves[i])}
		var ok bool
		if k.Deprel, ok = doc.ParseDeprel(rels[i]); k.Move > Right || ok == (k.Move == Shift) {
			return nil, fmt.Errorf("%w: %s: no move %d with relation %q", weights.ErrFormat, f.Name, moves[i], rels[i])
		}
		p.classes[i] = k
		shift, right = shift || k.Move == Shift, right || k.Move == Right && k.Deprel != doc.RelRoot
		left, top = left || k.Move == Left && k.Deprel != doc.RelRoot, top || k.Move == Left && k.Deprel == doc.RelRoot
	}
	if !shift || !left || !right || !top {
		return nil, fmt.Errorf("%w: %s: a move is missing", weights.ErrFormat, f.Name)
	}
	p.scratch.New = func() any { return &work{scores: make([]int32, len(p.classes))} }
	return p, nil
}

// Name is "parse".
func (p *Parser) Name() string { return "parse" }

// Reads is LayerText and LayerTags.
func (p *Parser) Reads() doc.Layer { return doc.LayerText | doc.LayerTags }

// Writes is LayerTree.
func (p *Parser) Writes() doc.Layer { return doc.LayerTree }

// Run sets Head and Deprel of every token of d and the child lists, and
// LayerTree. Every sentence is a tree with one root. The only error is ctx's; d
// is then without the layer.
func (p *Parser) Run(ctx context.Context, d *doc.Document) error {
	n := d.Len()
	d.Tokens.Head, d.Tokens.Deprel = make([]int32, n), make([]doc.Deprel, n)
	w := p.scratch.Get().(*work)
	defer p.scratch.Put(w)
	for _, s := range d.Sentences {
		if err := ctx.Err(); err != nil {
			return err
		}
		p.sentence(d, s, w)
	}
	d.LinkChildren()
	d.Has |= doc.LayerTree
	return nil
}

func (p *Parser) sentence(d *doc.Document, s doc.Span, w *work) {
	st := &w.state
	st.Load(d, s)
	for !st.Done() {
		w.features = st.Features(w.features[:0])
		clear(w.scores)
		p.model.Score(w.scores, w.features)
		c := Best(st, p.classes, w.scores)
		st.Do(p.classes[c].Move, p.classes[c].Deprel)
	}
	for i := range st.Len() {
		h, rel := st.Head(i), st.Deprel(i)
		if int(h) == st.Len() {
			h, rel = doc.Root, doc.RelRoot
		} else {
			h += s.Begin
		}
		d.Tokens.Head[s.Begin+int32(i)], d.Tokens.Deprel[s.Begin+int32(i)] = h, rel
	}
}

// Best is the class with the highest score that st allows, the first of those
// that are equal.
func Best(st *State, classes []Class, scores []int32) int {
	best := -1
	for c, k := range classes {
		if (best < 0 || scores[c] > scores[best]) && st.Allows(k) {
			best = c
		}
	}
	return best
}

// Allows reports whether the move of c can be made now and its relation fits:
// root is the relation to the artificial root and no other.
func (st *State) Allows(c Class) bool {
	if !st.Can(c.Move) {
		return false
	}
	atRoot := int(st.front) == len(st.tokens)
	return (c.Deprel == doc.RelRoot) == (atRoot && c.Move == Left)
}
