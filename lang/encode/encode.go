// Package encode tags and parses with one small neural network: an encoder
// that reads a sentence once, and heads that read the universal part of speech,
// the tree and the relations off it.
//
// It knows forms (through lang/form), the tags an earlier stage gave, and the
// trees of Universal Dependencies. It does not know how the network is trained
// (train), what the numbers in a model file are worth, nor anything of the
// topic of a text.
//
// # The network
//
// A token goes in as the sum of rows of one table: its form in lower case, its
// exact form, its endings and beginnings, its shape, the tags it came with.
// Layer norm; a convolution over three tokens; two quasi-recurrent layers that
// read in both directions (Bradbury et al. 2017); each of the three with a
// residual connection and layer norm. Then, one matrix product for all heads:
// the tag as a softmax, the head by deep biaffine attention (Dozat and Manning
// 2017, https://arxiv.org/abs/1611.01734) with a bias for each distance, the
// relation by a small network over dependent and head.
//
// Sums of rows are kept for each form of a document, so that a common form
// costs one sum. The numbers are the same on every processor; see package nn.
package encode

import (
	"context"
	"fmt"
	"sync"

	"readout/doc"
	"readout/lang/vector"
	"readout/nn"
)

// maxChunk is the longest stretch of tokens that is read as one sentence. All
// pairs of tokens of a stretch are scored, so this bounds the time of a text of
// n tokens by n*maxChunk. A longer sentence is cut, and the pieces are hung on
// the first as parataxis. No sentence of the training data is longer.
const maxChunk = 160

// batchRows is how many tokens are worked on together: enough for the matrix
// products to run at full speed, few enough to stay in the cache.
const batchRows = 192

// Config says how an Encoder runs. The zero value uses the best this processor
// has.
type Config struct {
	// Plain uses Go code only, where false uses what the processor has. The
	// reading is the same.
	Plain bool
	// Retag writes what follows from another part of speech and Penn tag of a
	// token: features, lemma. Nil changes the two tags only.
	Retag func(d *doc.Document, i int32, c Class)
	// Vectors is the word vectors that the model was trained with; nil for a
	// model without.
	Vectors *vector.Table
	// Marker is what the model was trained with; nil for a model without.
	Marker Marker
	// States is given the last layer of the tokens of a stretch, one row a
	// token, for whoever reads something else off it. It must be safe for many
	// goroutines and keep nothing of the rows. Nil gives it to nobody.
	States func(d *doc.Document, stretch doc.Span, rows []float32)
}

// Marker knows something of tokens beforehand, such as that they are a name on
// a list. It must be safe for many goroutines.
type Marker interface {
	// Marks is the number of marks there are.
	Marks() int
	// Mark calls add with the tokens of s and the marks, from 0, that each has.
	Mark(d *doc.Document, s doc.Span, add func(token int32, mark int))
}

// Class is what the network decides on as a token's tag: part of speech and
// Penn tag at once, as the tagger does.
type Class struct {
	UPOS doc.UPOS
	XPOS string
}

// Encoder is a stage that reads the text and its tags and writes the tree; where
// it knows a better tag it changes the token's, see Config.Retag. It is immutable
// and safe for many goroutines.
type Encoder struct {
	net     *Net
	table   nn.Rows
	inputs  *Inputs
	vectors *vector.Table
	marker  Marker
	classes []Class
	packed  packed
	level   kernels
	retag   func(*doc.Document, int32, Class)
	states  func(*doc.Document, doc.Span, []float32)
	pool    sync.Pool
}

// Name is the name of the stage.
func (e *Encoder) Name() string { return "encode" }

// Reads is the layers the stage needs.
func (e *Encoder) Reads() doc.Layer { return doc.LayerText | doc.LayerTags }

// Writes is the layers the stage sets.
func (e *Encoder) Writes() doc.Layer { return doc.LayerTree }

// Run sets Head and Deprel of every token and mends UPOS and XPOS. The only error is
// ctx's. Time is linear in the tokens; nothing is allocated once the scratch
// space is warm but the document's own columns.
func (e *Encoder) Run(ctx context.Context, d *doc.Document) error {
	s, _ := e.pool.Get().(*scratch)
	if s == nil {
		s = &scratch{}
		s.mark = func(i int32, mark int) {
			w := e.net.Width
			e.table.Add(e.level.Level, s.x[int(i-s.token)*w:][:w], e.inputs.Mark(mark))
		}
	}
	defer func() {
		s.forget()
		e.pool.Put(s)
	}()
	n := d.Len()
	d.Tokens.Head = resize(d.Tokens.Head, n)
	d.Tokens.Deprel = resize(d.Tokens.Deprel, n)
	d.Tokens.NameScores = resize(d.Tokens.NameScores, n*e.net.Names)
	s.chunks = s.chunks[:0]
	held := 0
	for _, sentence := range d.Sentences {
		if err := ctx.Err(); err != nil {
			return err
		}
		for at := sentence.Begin; at < sentence.End; at += maxChunk {
			c := doc.Span{Begin: at, End: min(at+maxChunk, sentence.End)}
			s.chunks = append(s.chunks, c)
			if held += c.Len(); held >= batchRows {
				e.batch(s, d)
				s.chunks, held = s.chunks[:0], 0
			}
		}
	}
	e.batch(s, d)
	e.joinChunks(d)
	d.LinkChildren()
	d.Has |= doc.LayerTree
	return nil
}

// joinChunks hangs the roots of a long sentence's later chunks on the first.
func (e *Encoder) joinChunks(d *doc.Document) {
	for _, sentence := range d.Sentences {
		if sentence.Len() <= maxChunk {
			continue
		}
		first := int32(doc.Root)
		for i := sentence.Begin; i < sentence.End; i++ {
			switch {
			case d.Tokens.Head[i] != doc.Root:
			case first == doc.Root:
				first = i
			default:
				d.Tokens.Head[i], d.Tokens.Deprel[i] = first, doc.RelParataxis
			}
		}
	}
}

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// New makes a stage of a network, its table, its inputs and its classes of tag,
// as Load does of a model file.
func New(cfg Config, net *Net, table []float32, in *Inputs, classes []Class) (*Encoder, error) {
	if len(table) != in.Rows()*net.Width {
		return nil, fmt.Errorf("encode: table of %d numbers, want %d rows of %d", len(table), in.Rows(), net.Width)
	}
	if len(classes) != net.Tags {
		return nil, fmt.Errorf("encode: %d classes of tag, the network has %d", len(classes), net.Tags)
	}
	return newEncoder(cfg, net, nn.NewRows(table, net.Width), in, classes)
}

func newEncoder(cfg Config, net *Net, table nn.Rows, in *Inputs, classes []Class) (*Encoder, error) {
	if in.marks == 0 {
		cfg.Marker = nil
	} else if cfg.Marker == nil || cfg.Marker.Marks() != in.marks {
		return nil, fmt.Errorf("encode: the network wants a marker of %d marks", in.marks)
	}
	if dim := cfg.Vectors.Dimensions(); dim != net.Vector {
		return nil, fmt.Errorf("encode: word vectors of %d numbers, the network wants %d", dim, net.Vector)
	}
	e := &Encoder{net: net, table: table, inputs: in, vectors: cfg.Vectors, marker: cfg.Marker, classes: classes, retag: cfg.Retag, states: cfg.States, level: kernels{nn.Best()}}
	if cfg.Plain {
		e.level = kernels{nn.Plain}
	}
	e.packed.pack(e.level.Level, net)
	return e, nil
}
