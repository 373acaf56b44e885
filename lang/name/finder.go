// Package name finds the proper names of a text and says of what kind each is:
// person, organization, place, other.
//
// It knows how names look and what stands around them, from a model trained on
// name corpora, and it asks a Gazetteer about names known beforehand. It does
// not know who is meant, nor whether a country here stands for its government.
// Titles ("President", "Mr.") stay outside a person's name; a country is a
// place; nationalities, events and works are other.
package name

import (
	"context"
	"fmt"
	"math"
	"sync"

	"readout/doc"
	"readout/linear"
	"readout/weights"
)

// Finder is a stage. It is immutable and safe for many goroutines.
//
// Two averaged perceptrons label each sentence from left to right; the second
// knows what the first made of the same words in the whole document. Linear in
// tokens.
type Finder struct {
	first, second *linear.Model
	known         Known
	scratch       sync.Pool // of *work
}

type work struct {
	window   Window
	memory   Memory
	features []uint64
	scores   [Labels]int32
	margins  []int32
}

// New makes a finder of the model in f, which brings its own lists. All of known
// may be nil; it should be what the model was trained with. Errors wrap
// weights.ErrFormat.
func New(f *weights.File, known Known) (*Finder, error) {
	x := &Finder{known: known}
	for _, m := range []struct {
		to   **linear.Model
		name string
	}{{&x.first, "first"}, {&x.second, "second"}} {
		var err error
		if *m.to, err = linear.Load(f, m.name); err != nil {
			return nil, err
		}
		if n := (*m.to).Classes(); n != Labels {
			return nil, fmt.Errorf("%w: %s: %d labels, want %d", weights.ErrFormat, f.Name, n, Labels)
		}
	}
	lists, err := LoadLists(f)
	if err != nil {
		return nil, err
	}
	x.known.Lists = lists
	x.scratch.New = func() any { return new(work) }
	return x, nil
}

// Name is "name".
func (x *Finder) Name() string { return "name" }

// Reads is LayerText and LayerTags; where the encoder has read the text before,
// its scores count as well.
func (x *Finder) Reads() doc.Layer { return doc.LayerText | doc.LayerTags }

// Writes is LayerNames.
func (x *Finder) Writes() doc.Layer { return doc.LayerNames }

// Run sets Names, and LayerNames. The only error is ctx's; d is then without
// the layer.
func (x *Finder) Run(ctx context.Context, d *doc.Document) error {
	w := x.scratch.Get().(*work)
	defer x.scratch.Put(w)
	w.memory.Reset(d.Len())
	for _, s := range d.Sentences {
		if err := ctx.Err(); err != nil {
			return err
		}
		x.label(d, s, x.first, nil, w)
		for i, l := range w.window.labels {
			w.memory.Note(d, s.Begin+int32(i), l)
		}
	}
	d.Names = []doc.Name{}
	for _, s := range d.Sentences {
		if err := ctx.Err(); err != nil {
			return err
		}
		x.label(d, s, x.second, &w.memory, w)
		w.insist()
		d.Names = appendNames(d.Names, w.window.labels, w.margins, s.Begin)
	}
	d.Tokens.NameScores, d.Tokens.NameMarks = d.Tokens.NameScores[:0], d.Tokens.NameMarks[:0] // used up
	d.Has |= doc.LayerNames
	return nil
}

// label gives the tokens of s their labels, in w.window.
func (x *Finder) label(d *doc.Document, s doc.Span, model *linear.Model, m *Memory, w *work) {
	w.window.Load(d, s, x.known, m)
	w.margins = w.margins[:0]
	for i := range w.window.Len() {
		if outside(d, s.Begin+int32(i)) && w.window.Allows(i, Outside) {
			w.window.Set(i, Outside)
			w.margins = append(w.margins, marginScale)
			continue
		}
		w.features = w.window.Features(w.features[:0], i)
		clear(w.scores[:])
		model.Score(w.scores[:], w.features)
		w.hear(d, s.Begin+int32(i))
		l, margin := w.window.Best(i, w.scores[:])
		w.window.Set(i, l)
		w.margins = append(w.margins, margin)
	}
}

// insist makes a name of each person whom the gazetteer knows by several words
// and of whom no label was given: "Moon Jae-in", whose last word looks like a
// preposition.
func (w *work) insist() {
	labels := w.window.labels
	for i := 0; i < len(labels); i++ {
		end := w.window.person(i)
		if end == 0 {
			continue
		}
		free := true
		for _, l := range labels[i:end] {
			free = free && l == Outside
		}
		if !free {
			continue
		}
		for k := i; k < end; k++ {
			labels[k] = label(doc.NamePER, inside)
			w.margins[k] = marginScale
		}
		labels[i], labels[end-1] = label(doc.NamePER, begin), label(doc.NamePER, last)
		i = end - 1
	}
}

// encoderWeight is how many steps of the perceptrons' scores the encoder's unit,
// 256 steps of doc.Tokens.NameScores, is worth. F1 on UNER EWT dev was 72.7
// without, 76.1 with 16, 76.4 with 20, 76.0 with 28, 74.8 by the encoder alone.
const encoderWeight = 20

// certain is by how much the encoder's score of Outside is above every other,
// in steps of doc.Tokens.NameScores, for a token that the perceptrons are not
// asked about. With 4 all four dev corpora have the very same figures as with no
// token left out; with 2 CrossNER loses .1, with 0 .5 and GUM 1.4.
const certain = 4 << 8

// outside reports whether the encoder is certain that token i is in no name.
func outside(d *doc.Document, i int32) bool {
	if len(d.Tokens.NameScores) < int(i+1)*Labels {
		return false
	}
	scores := d.Tokens.NameScores[int(i)*Labels:][:Labels]
	least := int(scores[Outside]) - certain
	for _, v := range scores[1:] {
		if int(v) > least {
			return false
		}
	}
	return true
}

// hear adds what the encoder thinks of token i.
func (w *work) hear(d *doc.Document, i int32) {
	if len(d.Tokens.NameScores) < int(i+1)*Labels {
		return
	}
	for l, v := range d.Tokens.NameScores[int(i)*Labels:][:Labels] {
		w.scores[l] += int32(v) * encoderWeight >> 8
	}
}

// marginScale is the margin at which a label is right nine times in ten.
const marginScale = 40

// appendNames turns labels into names. The confidence of a name is that of its
// least sure label, by the margin over the next best one.
func appendNames(dst []doc.Name, labels []Label, margins []int32, first int32) []doc.Name {
	for i := 0; i < len(labels); {
		if labels[i] == Outside {
			i++
			continue
		}
		end, least := i+1, margins[i]
		for ; end < len(labels) && labels[end-1].open(); end++ {
			least = min(least, margins[end])
		}
		dst = append(dst, doc.Name{
			Span:       doc.Span{Begin: first + int32(i), End: first + int32(end)},
			Kind:       labels[i].kind(),
			Confidence: float32(1 / (1 + math.Pow(9, -float64(least)/marginScale))),
		})
		i = end
	}
	return dst
}
