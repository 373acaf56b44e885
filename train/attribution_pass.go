package train

import (
	"math/rand/v2"

	"readout/news/statement/label"
	"readout/nn"
)

// labelExample is a stretch of an article as the labeller learns it.
type labelExample struct {
	states []float32
	rows   [][]int32 // by token
	labels []label.Label
}

func (x *labelExample) len() int { return len(x.labels) }

// labelRates is how much dropout there is, and of what.
type labelRates struct {
	input, layer, head float64
	row                float64 // a row is left out
}

// labelPass is one goroutine's forward and backward run of the labeller over
// some stretches; see encodePass.
type labelPass struct {
	level nn.Level
	net   *label.Net
	table []float32
	packs *labelPacks
	rates labelRates

	grad  *label.Net
	rows  rowGrads
	rand  *rand.PCG
	loss  float64
	chain label.Chain

	states []float32
	norm   [label.Layers + 1][]float32
	scale  [label.Layers + 1][]float32
	out    [label.Layers + 1][]float32
	mask   [label.Layers + 1][]float32
	branch [label.Layers + 1][]float32
	sums   [label.Layers][]float32
	gates  [label.Layers][]float32
	cells  [label.Layers][]float32
	dh     []float32
	dc     []float32
	zero   []float32
	heads  []float32
	dHeads []float32
	dOut   []float32
	dGates []float32
	pack   nn.Packed
	picked []int32
}

// labelPacks is the weights laid out for products forwards and backwards.
type labelPacks struct {
	label.Packs
	headsT nn.Packed
	recurT [label.Layers]nn.Packed
}

func (p *labelPacks) pack(n *label.Net) {
	w := n.Width
	p.Pack(n)
	for i := range p.recurT {
		p.recurT[i].Pack(n.Recur[i], 3*w, w, 1, 3*w)
	}
	p.headsT.Pack(n.Heads, label.Count, w, 1, label.Count)
}

func newLabelPass(l nn.Level, net *label.Net, table []float32, packs *labelPacks, rates labelRates) *labelPass {
	return &labelPass{level: l, net: net, table: table, packs: packs, rates: rates,
		grad: label.NewNet(net.Shape), rows: newRowGrads(len(table)/net.Width, net.Width)}
}

// run adds the gradients of the stretches to p.grad and p.rows, which it
// empties first, and leaves the loss in p.loss.
func (p *labelPass) run(batch []*labelExample, weight float32, seed, stream uint64) {
	clear(p.grad.Flat)
	p.rows.reset()
	p.rand = rand.NewPCG(seed, stream)
	p.loss = 0
	rows := 0
	for _, x := range batch {
		rows += x.len()
	}
	if rows == 0 {
		return
	}
	p.prepare(rows)
	p.forward(batch, rows)
	at := 0
	p.chain.Steps(p.net.Steps)
	for _, x := range batch {
		p.chainLoss(x, at, weight)
		at += x.len()
	}
	p.backward(batch, rows)
}

func (p *labelPass) prepare(rows int) {
	w := p.net.Width
	p.states = room(p.states, rows*p.net.States)
	for i := range p.norm {
		p.norm[i], p.scale[i] = room(p.norm[i], rows*w), room(p.scale[i], rows)
		p.mask[i], p.out[i] = room(p.mask[i], rows*w), room(p.out[i], rows*w)
		p.branch[i] = room(p.branch[i], rows*w)
	}
	for i := range p.gates {
		p.sums[i], p.gates[i], p.cells[i] = room(p.sums[i], rows*3*w), room(p.gates[i], rows*3*w), room(p.cells[i], rows*w)
	}
	p.dh, p.dc, p.zero = room(p.dh, w), room(p.dc, w), room(p.zero, w)
	p.heads, p.dHeads = room(p.heads, rows*label.Count), room(p.dHeads, rows*label.Count)
	p.dOut, p.dGates = room(p.dOut, rows*w), room(p.dGates, rows*3*w)
}

// finish norms row at of p.norm[l] and makes p.out of it.
func (p *labelPass) finish(l, at int, rate float64) {
	w := p.net.Width
	y, out := p.norm[l][at*w:][:w], p.out[l][at*w:][:w]
	p.scale[l][at] = p.level.Norm(y)
	copy(out, y)
	dropout(p.rand, out, p.mask[l][at*w:][:w], rate)
}

func (p *labelPass) forward(batch []*labelExample, rows int) {
	n, w, h := p.net, p.net.Width, p.net.Width/2
	at := 0
	for _, x := range batch {
		copy(p.states[at*n.States:], x.states)
		at += x.len()
	}
	p.level.MulAdd(p.norm[0], w, nn.ByRows(p.states, n.States), rows, &p.packs.Project)
	p.picked = p.picked[:0]
	at = 0
	for _, x := range batch {
		for _, list := range x.rows {
			sum := p.norm[0][at*w:][:w]
			from := len(p.picked)
			p.picked = append(p.picked, 0)
			for _, id := range list {
				if keep(p.rand, p.rates.row) {
					p.picked = append(p.picked, id)
					p.level.AddScaled(sum, p.table[int(id)*w:][:w], 1)
				}
			}
			p.picked[from] = int32(len(p.picked) - from - 1)
			p.finish(0, at, p.rates.input)
			at++
		}
	}
	for l := range label.Layers {
		bias(p.sums[l], n.RecBias[l], rows)
		p.level.MulAdd(p.sums[l], 3*w, nn.ByRows(p.out[l], w), rows, &p.packs.Recur[l])
		copy(p.gates[l], p.sums[l])
		cells := p.cells[l]
		stretches(batch, func(begin, end int) {
			prev := p.zero[:h]
			for i := begin; i < end; i++ {
				c := cells[i*w:][:h]
				p.level.Pool(p.norm[l+1][i*w:][:h], c, prev, p.gates[l][i*3*w:][:3*h])
				prev = c
			}
			prev = p.zero[:h]
			for i := end - 1; i >= begin; i-- {
				c := cells[i*w+h:][:h]
				p.level.Pool(p.norm[l+1][i*w+h:][:h], c, prev, p.gates[l][i*3*w+3*h:][:3*h])
				prev = c
			}
		})
		rate := p.rates.layer
		if l == label.Layers-1 {
			rate = p.rates.head
		}
		for at := range rows {
			y, mask := p.norm[l+1][at*w:][:w], p.branch[l+1][at*w:][:w]
			dropout(p.rand, y, mask, p.rates.layer)
			scale(y, label.Reach)
			scale(mask, label.Reach)
			p.level.AddScaled(y, p.out[l][at*w:][:w], 1)
			p.finish(l+1, at, rate)
		}
	}
	bias(p.heads, n.Bias, rows)
	p.level.MulAdd(p.heads, label.Count, nn.ByRows(p.out[label.Layers], w), rows, &p.packs.Heads)
}

func bias(m, b []float32, rows int) {
	for i := range rows {
		copy(m[i*len(b):], b)
	}
}

func stretches(batch []*labelExample, f func(begin, end int)) {
	at := 0
	for _, x := range batch {
		f(at, at+x.len())
		at += x.len()
	}
}

// chainLoss adds the loss of a stretch, whose rows begin at row at, and sets the
// gradient of its scores.
func (p *labelPass) chainLoss(x *labelExample, at int, weight float32) {
	const L = label.Count
	n := x.len()
	scores, d := p.heads[at*L:][:n*L], p.dHeads[at*L:][:n*L]
	steps := make([]float32, (L+1)*L)
	p.loss += p.chain.Forward(scores, n)
	p.chain.Backward(d, n, steps)
	prev := L
	for t, g := range x.labels {
		row := scores[t*L:][:L]
		top := row[0]
		for _, v := range row {
			top = max(top, v)
		}
		p.loss -= float64(row[g]-top) + float64(p.net.Steps[prev*L+int(g)])
		d[t*L+int(g)]--
		steps[prev*L+int(g)]--
		prev = int(g)
	}
	scale(d, weight)
	p.level.AddScaled(p.grad.Steps, steps, weight)
}

func (p *labelPass) backward(batch []*labelExample, rows int) {
	const L = label.Count
	n, g, w, h := p.net, p.grad, p.net.Width, p.net.Width/2
	p.pack.Pack(p.dHeads, rows, L, L, 1)
	p.level.MulAdd(g.Heads, L, nn.Transposed(p.out[label.Layers], w), w, &p.pack)
	sumRows(p.level, g.Bias, p.dHeads, rows, L)
	p.level.MulAdd(p.dOut, w, nn.ByRows(p.dHeads, L), rows, &p.packs.headsT)
	for l := label.Layers - 1; l >= 0; l-- {
		p.finishBack(l+1, rows)
		clear(p.dGates)
		gates, sums, cells, dc := p.gates[l], p.sums[l], p.cells[l], p.dc[:h]
		step := func(i, before, off int, inside bool) {
			prev := p.zero[:h]
			if inside {
				prev = cells[before*w+off:][:h]
			}
			at := i*3*w + 3*off
			dh := p.dh[:h]
			copy(dh, p.dOut[i*w+off:])
			times(dh, p.branch[l+1][i*w+off:])
			poolBack(p.dGates[at:][:3*h], dh, dc, cells[i*w+off:][:h], prev, gates[at:][:3*h], sums[at:][:3*h])
		}
		stretches(batch, func(begin, end int) {
			clear(dc)
			for i := end - 1; i >= begin; i-- {
				step(i, i-1, 0, i > begin)
			}
			clear(dc)
			for i := begin; i < end; i++ {
				step(i, i+1, h, i < end-1)
			}
		})
		p.pack.Pack(p.dGates, rows, 3*w, 3*w, 1)
		p.level.MulAdd(g.Recur[l], 3*w, nn.Transposed(p.out[l], w), w, &p.pack)
		sumRows(p.level, g.RecBias[l], p.dGates, rows, 3*w)
		p.level.MulAdd(p.dOut, w, nn.ByRows(p.dGates, 3*w), rows, &p.packs.recurT[l])
	}
	p.finishBack(0, rows)
	p.pack.Pack(p.dOut, rows, w, w, 1)
	p.level.MulAdd(g.Project, w, nn.Transposed(p.states, n.States), n.States, &p.pack)
	picked := p.picked
	for at := range rows {
		k := picked[0]
		for _, id := range picked[1 : 1+k] {
			p.level.AddScaled(p.rows.row(id), p.dOut[at*w:][:w], 1)
		}
		picked = picked[1+k:]
	}
}

// finishBack takes p.dOut back through dropout and norm of layer l.
func (p *labelPass) finishBack(l, rows int) {
	w := p.net.Width
	for at := range rows {
		d := p.dOut[at*w:][:w]
		times(d, p.mask[l][at*w:])
		normBack(d, p.norm[l][at*w:][:w], p.scale[l][at])
	}
}
