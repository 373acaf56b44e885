package train

import (
	"math"

	"readout/lang/encode"
	"readout/nn"
)

// arcSpace is the working space of the heads for one sentence.
type arcSpace struct {
	dep, tops, from, arcs []float32
	dDep, dTops, dFrom    []float32
	maskTops, maskDep     []float32
	hidden, dHidden, rels []float32
	maskHidden            []float32
	pack                  nn.Packed
}

// scores computes what the heads say and the gradient of the loss at their
// sums, in p.dHeads.
func (p *encodePass) scores(batch []*encodeExample, weight float32) {
	at := 1
	for _, x := range batch {
		if x.heads != nil {
			p.scoreTags(x, at, weight)
			p.scoreArcs(x, at, weight)
			p.scoreRelations(x, at, weight)
		}
		if x.labels != nil {
			p.scoreNames(x, at, weight*x.nameWeight)
		}
		at += x.len() + 1
	}
}

func (p *encodePass) scoreTags(x *encodeExample, at int, weight float32) {
	cols := p.net.HeadColumns()
	_, _, _, _, tags, _ := p.net.Columns()
	for i := range x.len() {
		d := p.dHeads[(at+i)*cols+tags:][:p.net.Tags]
		copy(d, p.heads[(at+i)*cols+tags:])
		p.loss.tag += softmaxLoss(d, int(x.classes[i]), weight)
	}
}

func (p *encodePass) scoreNames(x *encodeExample, at int, weight float32) {
	cols := p.net.HeadColumns()
	_, _, _, _, _, names := p.net.Columns()
	for i, l := range x.labels {
		d := p.dHeads[(at+i)*cols+names:][:p.net.Names]
		copy(d, p.heads[(at+i)*cols+names:])
		p.loss.name += softmaxLoss(d, int(l), weight)
	}
}

func (p *encodePass) scoreArcs(x *encodeExample, at int, weight float32) {
	n, g, s, k := p.net, p.grad, &p.arcs, x.len()
	cols := n.HeadColumns()
	dep, head, _, _, _, _ := n.Columns()
	s.tops, s.maskTops = room(s.tops, (k+1)*n.Arc), room(s.maskTops, (k+1)*n.Arc)
	s.dep, s.maskDep = room(s.dep, k*n.Arc), room(s.maskDep, k*n.Arc)
	copy(s.tops, n.RootArc)
	for i := range k {
		row := p.heads[(at+i)*cols:]
		copy(s.dep[i*n.Arc:][:n.Arc], row[dep:])
		copy(s.tops[(i+1)*n.Arc:][:n.Arc], row[head:])
	}
	p.level.Rectify(s.dep)
	p.level.Rectify(s.tops[n.Arc:])
	dropout(p.rand, s.dep, s.maskDep, p.rates.head)
	dropout(p.rand, s.tops[n.Arc:], s.maskTops[n.Arc:], p.rates.head)

	s.from = room(s.from, k*n.Arc)
	p.product(s.from, n.Pairs[n.Arc*n.Arc:], s.dep, n.Arc, k, &p.packs.pairs)
	s.arcs = room(s.arcs, k*(k+1))
	for i := range k {
		for j := range k {
			s.arcs[i*(k+1)+j+1] = n.Distance[encode.DistanceOf(j-i)]
		}
	}
	s.pack.Pack(s.tops, n.Arc, k+1, 1, n.Arc)
	p.level.MulAdd(s.arcs, k+1, nn.ByRows(s.from, n.Arc), k, &s.pack)
	for i := range k {
		row := s.arcs[i*(k+1):][:k+1]
		row[i+1] = float32(math.Inf(-1))
		p.loss.arc += softmaxLoss(row, int(x.heads[i]), weight)
		for j := range k {
			g.Distance[encode.DistanceOf(j-i)] += row[j+1]
		}
	}
	p.arcsBack(x, at)
}

func (p *encodePass) arcsBack(x *encodeExample, at int) {
	n, g, s, k := p.net, p.grad, &p.arcs, x.len()
	cols := n.HeadColumns()
	dep, head, _, _, _, _ := n.Columns()
	s.dFrom, s.dTops, s.dDep = room(s.dFrom, k*n.Arc), room(s.dTops, (k+1)*n.Arc), room(s.dDep, k*n.Arc)
	s.pack.Pack(s.tops, k+1, n.Arc, n.Arc, 1)
	p.level.MulAdd(s.dFrom, n.Arc, nn.ByRows(s.arcs, k+1), k, &s.pack)
	s.pack.Pack(s.from, k, n.Arc, n.Arc, 1)
	p.level.MulAdd(s.dTops, n.Arc, nn.Transposed(s.arcs, k+1), k+1, &s.pack)
	s.pack.Pack(s.dFrom, k, n.Arc, n.Arc, 1)
	p.level.MulAdd(g.Pairs, n.Arc, nn.Transposed(s.dep, n.Arc), n.Arc, &s.pack)
	sumRows(p.level, g.Pairs[n.Arc*n.Arc:], s.dFrom, k, n.Arc)
	p.level.MulAdd(s.dDep, n.Arc, nn.ByRows(s.dFrom, n.Arc), k, &p.packs.pairsT)
	p.level.AddScaled(g.RootArc, s.dTops[:n.Arc], 1)
	for i := range k {
		row := p.heads[(at+i)*cols:]
		d := p.dHeads[(at+i)*cols:]
		rectifyBack(d[dep:][:n.Arc], s.dDep[i*n.Arc:], s.maskDep[i*n.Arc:], row[dep:])
		rectifyBack(d[head:][:n.Arc], s.dTops[(i+1)*n.Arc:], s.maskTops[(i+1)*n.Arc:], row[head:])
	}
}

// rectifyBack adds dy, taken back through dropout and a rectifier that saw x,
// to dx.
func rectifyBack(dx, dy, mask, x []float32) {
	dy, mask, x = dy[:len(dx)], mask[:len(dx)], x[:len(dx)]
	for i := range dx {
		if math.Float32bits(x[i])>>31 == 0 {
			dx[i] += float32(dy[i] * mask[i])
		}
	}
}

func (p *encodePass) scoreRelations(x *encodeExample, at int, weight float32) {
	n, g, s, k := p.net, p.grad, &p.arcs, x.len()
	cols := n.HeadColumns()
	_, _, dep, top, _, _ := n.Columns()
	s.hidden, s.maskHidden = room(s.hidden, k*n.Label), room(s.maskHidden, k*n.Label)
	for i := range k {
		hid := s.hidden[i*n.Label:][:n.Label]
		copy(hid, p.heads[(at+i)*cols+dep:])
		if h := int(x.heads[i]); h > 0 {
			p.level.AddScaled(hid, p.heads[(at+h-1)*cols+top:][:n.Label], 1)
		} else {
			p.level.AddScaled(hid, n.RootHid, 1)
		}
	}
	p.level.Rectify(s.hidden)
	dropout(p.rand, s.hidden, s.maskHidden, p.rates.head)
	s.rels = room(s.rels, k*n.Deprels)
	p.product(s.rels, n.RelBias, s.hidden, n.Label, k, &p.packs.relate)
	for i := range k {
		p.loss.rel += softmaxLoss(s.rels[i*n.Deprels:][:n.Deprels], int(x.rels[i])-1, weight)
	}
	s.pack.Pack(s.rels, k, n.Deprels, n.Deprels, 1)
	p.level.MulAdd(g.Relate, n.Deprels, nn.Transposed(s.hidden, n.Label), n.Label, &s.pack)
	sumRows(p.level, g.RelBias, s.rels, k, n.Deprels)
	s.dHidden = room(s.dHidden, k*n.Label)
	p.level.MulAdd(s.dHidden, n.Label, nn.ByRows(s.rels, n.Deprels), k, &p.packs.relateT)
	for i := range k {
		d := s.dHidden[i*n.Label:][:n.Label]
		for j := range d { // hidden is 0 where the rectifier or dropout closed it
			if s.hidden[i*n.Label+j] == 0 {
				d[j] = 0
			}
		}
		times(d, s.maskHidden[i*n.Label:])
		p.level.AddScaled(p.dHeads[(at+i)*cols+dep:][:n.Label], d, 1)
		if h := int(x.heads[i]); h > 0 {
			p.level.AddScaled(p.dHeads[(at+h-1)*cols+top:][:n.Label], d, 1)
		} else {
			p.level.AddScaled(g.RootHid, d, 1)
		}
	}
}
