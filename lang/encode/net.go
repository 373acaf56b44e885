package encode

import "readout/nn"

// Shape is the sizes of a network. Width is a multiple of 32; the hidden units
// of one direction of a recurrent layer are half of it.
type Shape struct {
	Width   int // of a token's representation
	Arc     int // of the two projections that are compared for arcs
	Label   int // hidden units for the relation
	Tags    int // classes of tag
	Deprels int // relations
	Vector  int // numbers of a word vector, 0 without
	Names   int // labels of names, 0 without

	// Reach is what the output of a recurrent layer is taken times before it is
	// added to its normed input. The output is at most 1 and mostly far less,
	// so that with 1 a layer is hardly heard: dev LAS of a narrow network after
	// six passes was 82.1 with 1, 82.9 with 3, 82.7 with 6, 82.2 with 10.
	Reach float32
}

// Layers is the number of recurrent layers.
const Layers = 2

// Net is the weights of a network but for the table of rows. All are views of
// Flat, matrices by rows; a product is row times matrix.
type Net struct {
	Shape
	Flat []float32

	Vectors  []float32 // Vector by Width
	Conv     []float32 // 3*Width by Width: the token before, the token, the one after
	ConvBias []float32
	Recur    [Layers][]float32 // Width by 3*Width: z, f, o forwards, then backwards, Width/2 each
	RecBias  [Layers][]float32
	Heads    []float32 // Width by HeadColumns
	HeadBias []float32
	Pairs    []float32 // Arc+1 by Arc; the last row is the head's own score
	RootArc  []float32 // Arc: stands for the root among the heads
	Distance []float32 // Distances: bias by signed distance
	RootHid  []float32 // Label: the root among the heads, for the relation
	Relate   []float32 // Label by Deprels
	RelBias  []float32
}

// Distances is the number of classes of signed distance between a token and
// its head; see DistanceOf.
const Distances = 2 * (distanceSides + 1)

const distanceSides = 15

// DistanceOf is the class of a head that stands d tokens after its dependent,
// d negative where it stands before: each to 10, then 11-14, 15-19, 20-29,
// 30-49, 50 and beyond.
func DistanceOf(d int) int {
	side := 0
	if d < 0 {
		side, d = distanceSides+1, -d
	}
	switch {
	case d <= 10:
	case d < 15:
		d = 11
	case d < 20:
		d = 12
	case d < 30:
		d = 13
	case d < 50:
		d = 14
	default:
		d = 15
	}
	return side + d
}

// Where the heads' columns begin; the tags and the names come last.
func (s Shape) dep() int      { return 0 }
func (s Shape) head() int     { return s.Arc }
func (s Shape) labelDep() int { return 2 * s.Arc }
func (s Shape) labelTop() int { return 2*s.Arc + s.Label }
func (s Shape) tags() int     { return 2*s.Arc + 2*s.Label }

func (s Shape) names() int { return s.tags() + s.Tags }

// Columns gives where each head's part begins among the HeadColumns.
func (s Shape) Columns() (dep, head, labelDep, labelHead, tags, names int) {
	return s.dep(), s.head(), s.labelDep(), s.labelTop(), s.tags(), s.names()
}

// HeadColumns is the width of the product for all heads.
func (s Shape) HeadColumns() int { return s.names() + s.Names }

// part is a block of weights and where it goes.
type part struct {
	to   *[]float32
	size int
}

func (n *Net) parts() []part {
	s, w := n.Shape, n.Width
	return []part{
		{&n.Vectors, s.Vector * w}, {&n.Conv, 3 * w * w}, {&n.ConvBias, w},
		{&n.Recur[0], w * 3 * w}, {&n.RecBias[0], 3 * w},
		{&n.Recur[1], w * 3 * w}, {&n.RecBias[1], 3 * w},
		{&n.Heads, w * s.HeadColumns()}, {&n.HeadBias, s.HeadColumns()},
		{&n.Pairs, (s.Arc + 1) * s.Arc}, {&n.RootArc, s.Arc}, {&n.Distance, Distances},
		{&n.RootHid, s.Label}, {&n.Relate, s.Label * s.Deprels}, {&n.RelBias, s.Deprels},
	}
}

// Size is the number of weights of a network of this shape.
func (s Shape) Size() int {
	total := 0
	for _, p := range (&Net{Shape: s}).parts() {
		total += p.size
	}
	return total
}

// NewNet is a network of zeros.
func NewNet(s Shape) *Net {
	n := &Net{Shape: s, Flat: make([]float32, s.Size())}
	at := 0
	for _, p := range n.parts() {
		*p.to = n.Flat[at : at+p.size : at+p.size]
		at += p.size
	}
	return n
}

// packed is the matrices of a network as the kernels want them.
type packed struct {
	vectors, pairs, relate nn.Packed
	conv, heads            *nn.Stepped
	recur                  [Layers]*nn.Stepped
}

func (p *packed) pack(l nn.Level, n *Net) {
	w := n.Width
	if n.Vector > 0 {
		p.vectors.Pack(n.Vectors, n.Vector, w, w, 1)
	}
	p.conv = nn.NewStepped(l, n.Conv, n.ConvBias, 3*w, w)
	for i := range p.recur {
		p.recur[i] = nn.NewStepped(l, n.Recur[i], n.RecBias[i], w, 3*w)
	}
	p.heads = nn.NewStepped(l, n.Heads, n.HeadBias, w, n.HeadColumns())
	p.pairs.Pack(n.Pairs, n.Arc, n.Arc, n.Arc, 1)
	p.relate.Pack(n.Relate, n.Label, n.Deprels, n.Deprels, 1)
}
