package train

import (
	"math"
	"math/rand/v2"

	"readout/lang/encode"
	"readout/lang/vector"
	"readout/nn"
)

// encodePass is one goroutine's forward and backward run of the encoder over
// some sentences. The network it runs is that of package encode, with dropout,
// and with everything kept that the way back needs; a test says that both give
// the same scores.
type encodePass struct {
	level nn.Level
	net   *encode.Net
	table []float32
	known *vector.Table
	packs *encodePacks
	rates encodeRates

	grad *encode.Net
	rows rowGrads
	rand *rand.PCG
	loss encodeLoss

	norm   [encode.Layers + 2][]float32 // a layer's normed output
	scale  [encode.Layers + 2][]float32
	out    [encode.Layers + 2][]float32 // the same after dropout, for the first and last
	mask   [encode.Layers + 2][]float32
	branch [encode.Layers + 2][]float32 // mask of what a layer adds
	vector []float32                    // the word vectors, Vector a row
	conv   []float32                    // the convolution's sums
	sums   [encode.Layers][]float32     // a recurrent layer's sums, then
	gates  [encode.Layers][]float32     // what Pool makes of them
	cells  [encode.Layers][]float32
	h, dh  []float32
	zero   []float32
	heads  []float32
	hmask  []float32
	dHeads []float32
	dOut   []float32
	dGates []float32
	arcs   arcSpace
	pack   nn.Packed
}

// encodeRates is how much dropout there is, and of what.
type encodeRates struct {
	input, layer, head float64
	vector             float64 // a word vector is left out
	word               float64 // a word that was seen n times is unknown with word/(word+n)
	row, tags          float64 // a row, a tag is left out
}

// encodeLoss is the sums of the parts of a loss.
type encodeLoss struct{ tag, arc, rel, name float64 }

// encodePacks is the weights laid out for products forwards and backwards.
type encodePacks struct {
	vectors, conv, heads, pairs, relate nn.Packed
	convT                               [3]nn.Packed
	headsT, pairsT, relateT             nn.Packed
	recur, recurT                       [encode.Layers]nn.Packed
}

func (p *encodePacks) pack(n *encode.Net) {
	w, cols := n.Width, n.HeadColumns()
	done := make(chan struct{})
	go func() { // one half of the work here, the other there
		defer close(done)
		for i := range 3 {
			p.convT[i].Pack(n.Conv[i*w*w:], w, w, 1, w)
		}
		p.recurT[0].Pack(n.Recur[0], 3*w, w, 1, 3*w)
	}()
	p.vectors.Pack(n.Vectors, n.Vector, w, w, 1)
	p.conv.Pack(n.Conv, 3*w, w, w, 1)
	for i := range p.recur {
		p.recur[i].Pack(n.Recur[i], w, 3*w, 3*w, 1)
	}
	p.recurT[1].Pack(n.Recur[1], 3*w, w, 1, 3*w)
	p.heads.Pack(n.Heads, w, cols, cols, 1)
	p.headsT.Pack(n.Heads, cols, w, 1, cols)
	p.pairs.Pack(n.Pairs, n.Arc, n.Arc, n.Arc, 1)
	p.pairsT.Pack(n.Pairs, n.Arc, n.Arc, 1, n.Arc)
	p.relate.Pack(n.Relate, n.Label, n.Deprels, n.Deprels, 1)
	p.relateT.Pack(n.Relate, n.Deprels, n.Label, 1, n.Deprels)
	<-done
}

func newEncodePass(l nn.Level, net *encode.Net, table []float32, known *vector.Table, packs *encodePacks, rates encodeRates) *encodePass {
	return &encodePass{
		level: l, net: net, table: table, known: known, packs: packs, rates: rates,
		grad: encode.NewNet(net.Shape), rows: newRowGrads(len(table)/net.Width, net.Width),
	}
}

// room gives a slice of n zeros.
func room(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n+n/2)[:n]
	}
	s = s[:n]
	clear(s)
	return s
}

// run adds the gradients of the sentences to p.grad and p.rows, which it
// empties first, and leaves the losses in p.loss. weight is that of one token;
// seed decides on dropout.
func (p *encodePass) run(batch []*encodeExample, weight float32, seed, stream uint64) {
	clear(p.grad.Flat)
	p.rows.reset()
	p.rand = rand.NewPCG(seed, stream)
	p.loss = encodeLoss{}
	if len(batch) == 0 {
		return
	}
	rows := 1
	for _, x := range batch {
		rows += x.len() + 1
	}
	p.prepare(rows)
	picked := p.embed(batch)
	p.forward(batch, rows)
	p.scores(batch, weight)
	p.backward(batch, rows)
	p.embedBack(batch, picked)
}

func (p *encodePass) prepare(rows int) {
	w := p.net.Width
	for i := range p.norm {
		p.norm[i], p.scale[i] = room(p.norm[i], rows*w), room(p.scale[i], rows)
		p.mask[i], p.out[i] = room(p.mask[i], rows*w), room(p.out[i], rows*w)
		p.branch[i] = room(p.branch[i], rows*w)
	}
	for i := range encode.Layers {
		p.sums[i], p.gates[i], p.cells[i] = room(p.sums[i], rows*3*w), room(p.gates[i], rows*3*w), room(p.cells[i], rows*w)
	}
	p.conv, p.h, p.dh, p.zero = room(p.conv, rows*w), room(p.h, w), room(p.dh, w), room(p.zero, w)
	cols := p.net.HeadColumns()
	p.heads, p.dHeads, p.hmask = room(p.heads, rows*cols), room(p.dHeads, rows*cols), room(p.hmask, rows*cols)
	p.vector = room(p.vector, rows*p.net.Vector)
	p.dOut, p.dGates = room(p.dOut, rows*w), room(p.dGates, rows*3*w)
}

// embed sums the rows of each token and returns the rows it took, for the way
// back.
func (p *encodePass) embed(batch []*encodeExample) []int32 {
	w := p.net.Width
	var picked []int32
	p.lookUp(batch)
	if v := p.net.Vector; v > 0 {
		p.level.MulAdd(p.norm[0], w, nn.ByRows(p.vector, v), len(p.vector)/v, &p.packs.vectors)
	}
	at := 1
	for _, x := range batch {
		for i := range x.len() {
			sum := p.norm[0][at*w:][:w]
			from := len(picked)
			picked = append(picked, 0)
			picked = x.appendRows(picked, i, p.rand, p.rates)
			picked[from] = int32(len(picked) - from - 1)
			for _, id := range picked[from+1:] {
				p.level.AddScaled(sum, p.table[int(id)*w:][:w], 1)
			}
			p.finish(0, at, p.rates.input)
			at++
		}
		at++
	}
	return picked
}

// lookUp fills p.vector, leaving out some at random.
func (p *encodePass) lookUp(batch []*encodeExample) {
	if p.known == nil {
		return
	}
	at := 1
	for _, x := range batch {
		for _, id := range x.vectors {
			if id >= 0 && keep(p.rand, p.rates.vector) {
				row, scale := p.known.Get(id)
				p.level.AddRow(p.vector[at*p.net.Vector:][:p.net.Vector], row, scale)
			}
			at++
		}
		at++
	}
}

// join adds what came in to row at of what layer l says, after dropout.
func (p *encodePass) join(l, at int) {
	w := p.net.Width
	y := p.norm[l][at*w:][:w]
	mask := p.branch[l][at*w:][:w]
	dropout(p.rand, y, mask, p.rates.layer)
	if l > 1 {
		scale(y, p.net.Reach)
		scale(mask, p.net.Reach)
	}
	p.level.AddScaled(y, p.out[l-1][at*w:][:w], 1)
	rate := 0.0
	if l == encode.Layers+1 {
		rate = p.rates.layer
	}
	p.finish(l, at, rate)
}

// finish norms row at of p.norm[l] and makes p.out of it.
func (p *encodePass) finish(l, at int, rate float64) {
	w := p.net.Width
	y, out := p.norm[l][at*w:][:w], p.out[l][at*w:][:w]
	p.scale[l][at] = p.level.Norm(y)
	copy(out, y)
	dropout(p.rand, out, p.mask[l][at*w:][:w], rate)
}

func (p *encodePass) forward(batch []*encodeExample, rows int) {
	n, w, h := p.net, p.net.Width, p.net.Width/2
	p.product(p.conv[w:], n.ConvBias, p.out[0], w, rows-2, &p.packs.conv)
	each(batch, func(at int) {
		y := p.norm[1][at*w:][:w]
		p.level.AddPositive(y, p.conv[at*w:][:w])
		p.join(1, at)
	})
	for l := range encode.Layers {
		in := p.out[l+1]
		p.product(p.sums[l], n.RecBias[l], in, w, rows, &p.packs.recur[l])
		copy(p.gates[l], p.sums[l])
		cells := p.cells[l]
		spans(batch, func(begin, end int) {
			prev := p.zero[:h]
			for i := begin; i < end; i++ {
				c := cells[i*w:][:h]
				p.level.Pool(p.norm[l+2][i*w:][:h], c, prev, p.gates[l][i*3*w:][:3*h])
				prev = c
			}
			prev = p.zero[:h]
			for i := end - 1; i >= begin; i-- {
				c := cells[i*w+h:][:h]
				p.level.Pool(p.norm[l+2][i*w+h:][:h], c, prev, p.gates[l][i*3*w+3*h:][:3*h])
				prev = c
			}
		})
		each(batch, func(at int) {
			p.join(l+2, at)
		})
	}
	p.product(p.heads, n.HeadBias, p.out[encode.Layers+1], w, rows, &p.packs.heads)
}

func (p *encodePass) product(c, bias, a []float32, width, rows int, b *nn.Packed) {
	for i := range rows {
		copy(c[i*b.N:][:b.N], bias)
	}
	p.level.MulAdd(c, b.N, nn.Strided{Data: a, Row: width, Col: 1}, rows, b)
}

// each calls f with the row of every token, spans with every sentence's rows.
func each(batch []*encodeExample, f func(at int)) {
	spans(batch, func(begin, end int) {
		for i := begin; i < end; i++ {
			f(i)
		}
	})
}

func spans(batch []*encodeExample, f func(begin, end int)) {
	at := 1
	for _, x := range batch {
		f(at, at+x.len())
		at += x.len() + 1
	}
}

// backward goes from p.dHeads to the gradient at the inputs, in p.dOut.
func (p *encodePass) backward(batch []*encodeExample, rows int) {
	g, w, cols := p.grad, p.net.Width, p.net.HeadColumns()
	last := p.out[encode.Layers+1]
	p.pack.Pack(p.dHeads, rows, cols, cols, 1)
	p.level.MulAdd(g.Heads, cols, nn.Transposed(last, w), w, &p.pack)
	sumRows(p.level, g.HeadBias, p.dHeads, rows, cols)
	p.level.MulAdd(p.dOut, w, nn.ByRows(p.dHeads, cols), rows, &p.packs.headsT)

	for l := encode.Layers - 1; l >= 0; l-- {
		p.finishBack(batch, l+2)
		p.recurBack(batch, l)
		p.pack.Pack(p.dGates, rows, 3*w, 3*w, 1)
		p.level.MulAdd(g.Recur[l], 3*w, nn.Transposed(p.out[l+1], w), w, &p.pack)
		sumRows(p.level, g.RecBias[l], p.dGates, rows, 3*w)
		p.level.MulAdd(p.dOut, w, nn.ByRows(p.dGates, 3*w), rows, &p.packs.recurT[l])
	}

	p.finishBack(batch, 1)
	d := p.dGates[:rows*w]
	clear(d)
	each(batch, func(at int) {
		for i := at * w; i < (at+1)*w; i++ {
			b := math.Float32bits(p.conv[i])
			d[i] = math.Float32frombits(math.Float32bits(float32(p.dOut[i]*p.branch[1][i])) &^ uint32(int32(b)>>31))
		}
	})
	p.pack.Pack(d[w:], rows-2, w, w, 1)
	p.level.MulAdd(g.Conv, w, nn.Strided{Data: p.out[0], Row: 1, Col: w}, 3*w, &p.pack)
	sumRows(p.level, g.ConvBias, d, rows, w)
	for i := range 3 {
		p.level.MulAdd(p.dOut[i*w:], w, nn.ByRows(d[w:], w), rows-2, &p.packs.convT[i])
	}
}

// finishBack takes p.dOut back through dropout and norm of layer l.
func (p *encodePass) finishBack(batch []*encodeExample, l int) {
	w := p.net.Width
	each(batch, func(at int) {
		d := p.dOut[at*w:][:w]
		times(d, p.mask[l][at*w:])
		normBack(d, p.norm[l][at*w:][:w], p.scale[l][at])
	})
}

// recurBack makes p.dGates, the gradient at the sums of recurrent layer l, of
// p.dOut.
func (p *encodePass) recurBack(batch []*encodeExample, l int) {
	w, h := p.net.Width, p.net.Width/2
	clear(p.dGates)
	gates, sums, cells := p.gates[l], p.sums[l], p.cells[l]
	dc := p.h[:h]
	step := func(i, before, off int) {
		prev := p.zero[:h]
		if before >= 0 {
			prev = cells[before*w+off:][:h]
		}
		at := i*3*w + 3*off
		dh := p.dh[:h]
		copy(dh, p.dOut[i*w+off:])
		times(dh, p.branch[l+2][i*w+off:])
		poolBack(p.dGates[at:][:3*h], dh, dc, cells[i*w+off:][:h], prev, gates[at:][:3*h], sums[at:][:3*h])
	}
	spans(batch, func(begin, end int) {
		clear(dc)
		for i := end - 1; i >= begin; i-- {
			before := i - 1
			if i == begin {
				before = -1
			}
			step(i, before, 0)
		}
		clear(dc)
		for i := begin; i < end; i++ {
			before := i + 1
			if i == end-1 {
				before = -1
			}
			step(i, before, h)
		}
	})
}

func (p *encodePass) embedBack(batch []*encodeExample, picked []int32) {
	w := p.net.Width
	p.finishBack(batch, 0)
	if v := p.net.Vector; v > 0 {
		rows := len(p.vector) / v
		d := p.dGates[:rows*w]
		clear(d)
		each(batch, func(at int) { copy(d[at*w:][:w], p.dOut[at*w:]) })
		p.pack.Pack(d, rows, w, w, 1)
		p.level.MulAdd(p.grad.Vectors, w, nn.Transposed(p.vector, v), v, &p.pack)
	}
	each(batch, func(at int) {
		n := picked[0]
		for _, id := range picked[1 : 1+n] {
			p.level.AddScaled(p.rows.row(id), p.dOut[at*w:][:w], 1)
		}
		picked = picked[1+n:]
	})
}

// rowGrads is the gradients of the rows of a table that were touched.
type rowGrads struct {
	width int
	slot  []int32 // of a row in data, from 1; 0 is none
	ids   []int32
	data  []float32
}

func newRowGrads(rows, width int) rowGrads {
	return rowGrads{width: width, slot: make([]int32, rows)}
}

func (g *rowGrads) reset() {
	for _, id := range g.ids {
		g.slot[id] = 0
	}
	g.ids, g.data = g.ids[:0], g.data[:0]
}

// row is the gradient of a row, zeros at first. It is valid until the next call.
func (g *rowGrads) row(id int32) []float32 {
	if g.slot[id] == 0 {
		g.ids = append(g.ids, id)
		g.slot[id] = int32(len(g.ids))
		for range g.width {
			g.data = append(g.data, 0)
		}
	}
	at := int(g.slot[id]-1) * g.width
	return g.data[at : at+g.width]
}
