// Package label says of each token whether it belongs to the source, the cue or
// the content of an attribution, and how sure that is.
//
// It is a small network that reads on where the encoder has stopped: a
// projection of the encoder's last layer, rows of a table for what the stage
// says of the token, two quasi-recurrent layers over whole paragraphs, and a
// linear chain over the labels. It knows numbers. What they stand for is the
// stage's business (statement/inputs.go), how they are learned that of package
// train.
package label

import (
	"fmt"
	"sync"

	"readout/doc"
	"readout/linear"
	"readout/nn"
	"readout/weights"
)

// maxStretch is the most tokens that are read together, but for a sentence that
// is longer.
const maxStretch = 1000

// Stretches are the runs of tokens that are read together: whole sentences, as
// many as there is room for.
func Stretches(d *doc.Document) []doc.Span {
	var out []doc.Span
	var s doc.Span
	for _, sent := range d.Sentences {
		if sent.End-s.Begin > maxStretch && !s.Empty() {
			out = append(out, s)
			s.Begin = sent.Begin
		}
		s.End = sent.End
	}
	if !s.Empty() {
		out = append(out, s)
	}
	return out
}

// Labeller labels tokens. It is immutable and safe for many goroutines.
type Labeller struct {
	shape   Shape
	table   nn.Rows
	rows    *linear.Dict
	grain   float32 // of a number in doc.Tokens.States
	steps   []float32
	level   nn.Level
	project *nn.Stepped
	recur   [Layers]*nn.Stepped
	heads   *nn.Stepped
	pool    sync.Pool
}

// scratch is the working space of one call.
type scratch struct {
	round  []int16
	x, y   []float32
	gates  []float32
	state  []float32
	scores []float32
	keys   []uint64
	chain  Chain
}

// Reading is what a Labeller says of a document.
type Reading struct {
	Labels []Label   // by token: the most probable sequence
	Probs  []float32 // Count a token: the probability of each label
}

// Of is the probability that token i has one of the labels.
func (r *Reading) Of(i int32, labels ...Label) float32 {
	var p float32
	for _, l := range labels {
		p += r.Probs[int(i)*Count+int(l)]
	}
	return p
}

func (l *Labeller) scratch() *scratch {
	s, _ := l.pool.Get().(*scratch)
	if s == nil {
		s = &scratch{}
		s.chain.Steps(l.steps)
	}
	return s
}

// States is what the encoder calls (encode.Config.States): it keeps of each
// row of its last layer what the labeller wants of it. Rows of another width
// than that it was trained with tell it nothing.
func (l *Labeller) States(d *doc.Document, stretch doc.Span, rows []float32) {
	w, n := l.shape.Width, stretch.Len()
	if len(rows) != n*l.shape.States {
		return
	}
	if len(d.Tokens.States) != d.Len()*w {
		d.Tokens.States = make([]int8, d.Len()*w)
	}
	s := l.scratch()
	defer l.pool.Put(s)
	s.round = atLeast(s.round, len(rows))
	l.level.Round(s.round, rows)
	s.y = atLeast(s.y, n*w)
	l.level.MulStepped(s.y, w, s.round, l.shape.States, n, l.project)
	out := d.Tokens.States[int(stretch.Begin)*w:][:n*w]
	per := 1 / l.grain
	for i, v := range s.y {
		out[i] = int8(min(max(float32(v*per), -127), 127))
	}
}

// Read labels the tokens of d and uses up its States; keys appends what the
// stage says of a token. It is nil where there are no states.
func (l *Labeller) Read(d *doc.Document, keys func(dst []uint64, i int32) []uint64) *Reading {
	w := l.shape.Width
	if len(d.Tokens.States) != d.Len()*w {
		return nil
	}
	r := &Reading{Labels: make([]Label, d.Len()), Probs: make([]float32, d.Len()*Count)}
	s := l.scratch()
	defer l.pool.Put(s)
	for _, span := range Stretches(d) {
		n := span.Len()
		s.x = atLeast(s.x, n*w)
		for t := range n {
			i := span.Begin + int32(t)
			x := s.x[t*w:][:w]
			clear(x)
			l.level.AddRow(x, d.Tokens.States[int(i)*w:][:w], l.grain)
			s.keys = keys(s.keys[:0], i)
			for _, k := range s.keys {
				if row, ok := l.rows.Get(k); ok {
					l.table.Add(l.level, x, int32(row))
				}
			}
			l.level.Norm(x)
		}
		for k := range Layers {
			l.recurrent(s, k, n)
		}
		s.scores = atLeast(s.scores, n*Count)
		l.product(s, s.scores, n, l.heads)
		s.chain.Forward(s.scores, n)
		s.chain.Best(r.Labels[span.Begin:span.End], n)
		s.chain.Backward(r.Probs[int(span.Begin)*Count:][:n*Count], n, nil)
	}
	d.Tokens.States = nil
	return r
}

// product sets c to the product of the n rows of s.x and b.
func (l *Labeller) product(s *scratch, c []float32, n int, b *nn.Stepped) {
	s.round = atLeast(s.round, n*l.shape.Width)
	l.level.Round(s.round, s.x[:n*l.shape.Width])
	l.level.MulStepped(c, b.N, s.round, l.shape.Width, n, b)
}

// recurrent adds to each of the n rows of s.x what layer k says.
func (l *Labeller) recurrent(s *scratch, k, n int) {
	w, h := l.shape.Width, l.shape.Width/2
	s.gates, s.y, s.state = atLeast(s.gates, n*3*w), atLeast(s.y, n*w), atLeast(s.state, h)
	l.product(s, s.gates, n, l.recur[k])
	clear(s.state)
	for i := range n {
		l.level.Pool(s.y[i*w:][:h], s.state, s.state, s.gates[i*3*w:][:3*h])
	}
	clear(s.state)
	for i := n - 1; i >= 0; i-- {
		l.level.Pool(s.y[i*w+h:][:h], s.state, s.state, s.gates[i*3*w+3*h:][:3*h])
	}
	for i := range n {
		x := s.x[i*w:][:w]
		l.level.AddScaled(x, s.y[i*w:][:w], Reach)
		l.level.Norm(x)
	}
}

// Save adds a network to a model file: its table, rounded to eight bits, whose
// rows are for keys in their order, and the grain of what is kept of the states.
func Save(b *weights.Builder, net *Net, table []float32, keys []uint64, grain float32) {
	b.Uint32s("shape", []uint32{uint32(net.States), uint32(net.Width), uint32(net.Rows)})
	b.Uint64s("rows", keys)
	r := nn.NewRows(table, net.Width)
	b.Int8s("table", r.Data)
	b.Float32s("table.scales", r.Scales)
	b.Float32s("net", net.Flat)
	b.Float32s("grain", []float32{grain})
}

// Load makes the labeller of a model file. It shares the file's bytes. plain
// uses Go code only. Its errors wrap weights.ErrFormat.
func Load(level nn.Level, f *weights.File) (*Labeller, error) {
	shape, err := f.Uint32s("shape")
	if err != nil {
		return nil, err
	}
	bad := func(format string, args ...any) error {
		return fmt.Errorf("%w: %s: %s", weights.ErrFormat, f.Name, fmt.Sprintf(format, args...))
	}
	const most = 1000
	if len(shape) != 3 || shape[0] < 2 || shape[0] > most || shape[0]%2 != 0 || shape[1] < 16 || shape[1]%16 != 0 || shape[1] > most || shape[2] > 1<<16 {
		return nil, bad("shape %d is out of bounds", shape)
	}
	l := &Labeller{shape: Shape{int(shape[0]), int(shape[1]), int(shape[2])}, level: level}
	keys, err := f.Uint64s("rows")
	if err != nil {
		return nil, err
	}
	values := make([]uint16, len(keys))
	for i := range values {
		values[i] = uint16(i)
	}
	l.rows = linear.NewDict(keys, values)
	l.table.Width = l.shape.Width
	if l.table.Data, err = f.Int8s("table"); err != nil {
		return nil, err
	}
	if l.table.Scales, err = f.Float32s("table.scales"); err != nil {
		return nil, err
	}
	flat, err := f.Float32s("net")
	if err != nil {
		return nil, err
	}
	grain, err := f.Float32s("grain")
	if err != nil {
		return nil, err
	}
	w := l.shape.Width
	if len(flat) != l.shape.Size() || len(keys) != l.shape.Rows || len(l.table.Scales) != l.shape.Rows || len(l.table.Data) != l.shape.Rows*w || len(grain) != 1 || !(grain[0] > 0) {
		return nil, bad("%d weights and %d rows, its shape wants %d and %d", len(flat), len(l.table.Scales), l.shape.Size(), l.shape.Rows)
	}
	net := NewNet(l.shape)
	copy(net.Flat, flat)
	l.grain, l.steps = grain[0], net.Steps
	l.project = nn.NewStepped(level, net.Project, make([]float32, w), net.States, w)
	for i := range l.recur {
		l.recur[i] = nn.NewStepped(level, net.Recur[i], net.RecBias[i], w, 3*w)
	}
	l.heads = nn.NewStepped(level, net.Heads, net.Bias, w, Count)
	return l, nil
}
