package label

import "readout/nn"

// Shape is the sizes of a network. Width is a multiple of 16; half of it is the
// hidden units of one direction of a recurrent layer.
type Shape struct {
	States int // numbers of the encoder's last layer
	Width  int // of a token's representation here
	Rows   int // rows of the table
}

// Layers is the number of recurrent layers.
const Layers = 2

// Reach is what a recurrent layer's output is taken times before it is added to
// its input; see package encode.
const Reach = 3

// Net is the weights of a network but for the table of rows. All are views of
// Flat, matrices by rows; a product is row times matrix.
type Net struct {
	Shape
	Flat []float32

	Project []float32         // States by Width
	Recur   [Layers][]float32 // Width by 3*Width: z, f, o forwards, then backwards, Width/2 each
	RecBias [Layers][]float32
	Heads   []float32 // Width by Count
	Bias    []float32 // Count
	Steps   []float32 // Count+1 by Count: from a label, the last row from a beginning, to a label
}

type part struct {
	to   *[]float32
	size int
}

func (n *Net) parts() []part {
	w := n.Width
	return []part{
		{&n.Project, n.States * w}, {&n.Recur[0], w * 3 * w}, {&n.RecBias[0], 3 * w}, {&n.Recur[1], w * 3 * w}, {&n.RecBias[1], 3 * w},
		{&n.Heads, w * Count}, {&n.Bias, Count}, {&n.Steps, (Count + 1) * Count},
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

// Packs is the matrices of a network as the kernels want them.
type Packs struct {
	Project, Heads nn.Packed
	Recur          [Layers]nn.Packed
}

// Pack lays out the matrices of n.
func (p *Packs) Pack(n *Net) {
	w := n.Width
	p.Project.Pack(n.Project, n.States, w, w, 1)
	for i := range p.Recur {
		p.Recur[i].Pack(n.Recur[i], w, 3*w, 3*w, 1)
	}
	p.Heads.Pack(n.Heads, w, Count, Count, 1)
}
