package encode

import (
	"slices"

	"readout/doc"
	"readout/lang/form"
	"readout/nn"
)

// scratch is the working space of one call of Run.
type scratch struct {
	chunks []doc.Span
	types  map[string]int32 // a form's place in sums
	sums   []float32        // the summed rows of each form of the document
	kinds  []int32          // the place in sums of each token of a batch
	ids    []int32
	vector []float32 // of the forms that are new in a batch

	// What a Marker is to call, made once, and the token in row 0 of x.
	mark  func(token int32, mark int)
	token int32

	// One row a token of a batch, with an empty row before, between and after
	// the chunks: what the convolution sees beyond their ends.
	x      []float32
	steps  []int16 // x, rounded
	y      []float32
	gates  []float32
	state  []float32
	heads  []float32
	from   []float32 // of one chunk: dependents times Pairs
	tops   []float32 // of one chunk: the root and the tokens as heads
	arcs   []float32 // of one chunk: from times tops
	hidden []float32
	rels   []float32
	topsT  nn.Packed
	tree   treeSpace
	head   []int32
}

// Limits of what a scratch keeps between documents and within one.
const (
	maxTypes = 1 << 14
)

// forget drops what belongs to a document.
func (s *scratch) forget() {
	clear(s.types)
	s.sums = s.sums[:0]
}

// zeros gives a slice of n zeros, s's memory where it is enough.
func zeros(s []float32, n int) []float32 {
	s = atLeast(s, n)
	clear(s)
	return s
}

// atLeast gives a slice of n elements of any value.
func atLeast(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n+n/4)[:n]
	}
	return s[:n]
}

// batch reads the chunks in s.chunks.
func (e *Encoder) batch(s *scratch, d *doc.Document) {
	if len(s.chunks) == 0 {
		return
	}
	rows := 1
	for _, c := range s.chunks {
		rows += c.Len() + 1
	}
	e.embed(s, d, rows)
	e.convolve(s, rows)
	for l := range Layers {
		e.recur(s, l, rows)
	}
	n := e.net
	s.heads = atLeast(s.heads, rows*n.HeadColumns())
	e.level.MulStepped(s.heads, n.HeadColumns(), s.rounded(e.level, rows*n.Width), n.Width, rows, e.packed.heads)
	at := 1
	for _, c := range s.chunks {
		if e.states != nil {
			e.states(d, c, s.x[at*n.Width:][:c.Len()*n.Width])
		}
		e.tag(s, d, c, at)
		e.nameScores(s, d, c, at)
		e.parse(s, d, c, at)
		at += c.Len() + 1
	}
}

// kernels adds to nn.Level what this network asks for again and again.
type kernels struct{ nn.Level }

// product sets each of the rows of c to bias and adds the rows of a, width
// apart, times b.
func (k kernels) product(c, bias, a []float32, width, rows int, b *nn.Packed) {
	for i := range rows {
		copy(c[i*b.N:], bias)
	}
	k.MulAdd(c, b.N, nn.Strided{Data: a, Row: width, Col: 1}, rows, b)
}

// rounded is the first n numbers of s.x as the products of whole numbers take
// them; all rows are normed.
func (s *scratch) rounded(k kernels, n int) []int16 {
	s.steps = resize(s.steps, n)
	k.Round(s.steps, s.x[:n])
	return s.steps
}

// embed fills s.x with the tokens' rows, normed.
func (e *Encoder) embed(s *scratch, d *doc.Document, rows int) {
	w := e.net.Width
	s.x = zeros(s.x, rows*w)
	e.sumForms(s, d)
	at, k := 1, 0
	for _, c := range s.chunks {
		for i := c.Begin; i < c.End; i++ {
			x := s.x[at*w:][:w]
			copy(x, s.sums[int(s.kinds[k])*w:])
			upos, xpos := e.inputs.Tags(d.UPOS(i), penn(d, i))
			e.table.Add(e.level.Level, x, upos)
			e.table.Add(e.level.Level, x, xpos)
			at, k = at+1, k+1
		}
		first := at - c.Len()
		if e.marker != nil {
			s.token = c.Begin - int32(first)
			e.marker.Mark(d, c, s.mark)
		}
		for i := first; i < at; i++ {
			e.level.Norm(s.x[i*w:][:w])
		}
		at++
	}
}

// sumForms finds the place in s.sums of each token's form, and sums the rows of
// the forms that are new.
func (e *Encoder) sumForms(s *scratch, d *doc.Document) {
	if len(s.types) > maxTypes {
		s.forget()
	}
	if s.types == nil {
		s.types = make(map[string]int32, 1024)
	}
	known := len(s.types)
	s.kinds, s.vector = s.kinds[:0], s.vector[:0]
	for _, c := range s.chunks {
		for i := c.Begin; i < c.End; i++ {
			word := d.Form(i)
			k, ok := s.types[word]
			if !ok {
				k = int32(len(s.types))
				s.types[word] = k
				e.sum(s, word)
			}
			s.kinds = append(s.kinds, k)
		}
	}
	if n := len(s.types) - known; n > 0 && e.vectors != nil {
		w := e.net.Width
		e.level.MulAdd(s.sums[known*w:], w, nn.ByRows(s.vector, e.net.Vector), n, &e.packed.vectors)
	}
}

// sum appends to s.sums the sum of the rows of a form, and its word vector, or
// zeros, to s.vector.
func (e *Encoder) sum(s *scratch, word string) {
	w, v := e.net.Width, e.net.Vector
	f := form.Look(word)
	s.sums = appendZeros(s.sums, w)
	sum := s.sums[len(s.sums)-w:]
	s.ids = e.inputs.Form(s.ids[:0], &f)
	for _, id := range s.ids {
		e.table.Add(e.level.Level, sum, id)
	}
	if e.vectors == nil {
		return
	}
	s.vector = appendZeros(s.vector, v)
	if i := e.vectors.Row(&f); i >= 0 {
		row, scale := e.vectors.Get(i)
		e.level.AddRow(s.vector[len(s.vector)-v:], row, scale)
	}
}

func appendZeros(s []float32, n int) []float32 {
	s = slices.Grow(s, n)
	s = s[:len(s)+n]
	clear(s[len(s)-n:])
	return s
}

// NameGrain is how many steps of doc.Tokens.NameScores make one of the
// network's.
const NameGrain = 256

// nameScores writes what the network says of names of the tokens of c, whose
// rows begin at row at.
func (e *Encoder) nameScores(s *scratch, d *doc.Document, c doc.Span, at int) {
	n := e.net
	for i := c.Begin; i < c.End; i++ {
		scores := s.heads[at*n.HeadColumns()+n.names():][:n.Names]
		for k, v := range scores {
			d.Tokens.NameScores[int(i)*n.Names+k] = int16(min(max(v, -127), 127) * NameGrain)
		}
		at++
	}
}

// convolve adds to each row what the convolution makes of it and its
// neighbours. Three rows that stand together are one row of the matrix.
func (e *Encoder) convolve(s *scratch, rows int) {
	w := e.net.Width
	inner := rows - 2
	s.y = atLeast(s.y, rows*w)
	e.level.MulStepped(s.y, w, s.rounded(e.level, rows*w), w, inner, e.packed.conv)
	at := 1
	for _, c := range s.chunks {
		for range c.Len() {
			x := s.x[at*w:][:w]
			e.level.AddPositive(x, s.y[(at-1)*w:][:w])
			e.level.Norm(x)
			at++
		}
		at++
	}
}

// recur adds to each row what recurrent layer l says, half of it read forwards
// and half backwards.
func (e *Encoder) recur(s *scratch, l, rows int) {
	n, w, h := e.net, e.net.Width, e.net.Width/2
	s.gates = atLeast(s.gates, rows*3*w)
	e.level.MulStepped(s.gates, 3*w, s.rounded(e.level, rows*w), w, rows, e.packed.recur[l])
	s.y = atLeast(s.y, rows*w)
	s.state = zeros(s.state, h)
	at := 1
	for _, c := range s.chunks {
		end := at + c.Len()
		clear(s.state)
		for i := at; i < end; i++ {
			e.level.Pool(s.y[i*w:][:h], s.state, s.state, s.gates[i*3*w:][:3*h])
		}
		clear(s.state)
		for i := end - 1; i >= at; i-- {
			e.level.Pool(s.y[i*w+h:][:h], s.state, s.state, s.gates[i*3*w+3*h:][:3*h])
		}
		for i := at; i < end; i++ {
			x := s.x[i*w:][:w]
			e.level.AddScaled(x, s.y[i*w:][:w], n.Reach)
			e.level.Norm(x)
		}
		at = end + 1
	}
}

// tag mends the tags of the tokens of c, whose rows begin at row at.
func (e *Encoder) tag(s *scratch, d *doc.Document, c doc.Span, at int) {
	n := e.net
	for i := c.Begin; i < c.End; i++ {
		best := &e.classes[argmax(s.heads[at*n.HeadColumns()+n.tags():][:n.Tags])]
		at++
		switch {
		case best.UPOS == d.UPOS(i) && best.XPOS == penn(d, i):
		case e.retag != nil:
			e.retag(d, i, *best)
		default:
			d.Tokens.UPOS[i] = best.UPOS
			if d.Tokens.XPOS != nil {
				d.Tokens.XPOS[i] = d.Strings.Intern(best.XPOS)
			}
		}
	}
}

// penn is the Penn tag of token i, "" in a document without.
func penn(d *doc.Document, i int32) string {
	if d.Tokens.XPOS == nil {
		return ""
	}
	return d.XPOS(i)
}

func argmax(s []float32) int {
	best := 0
	for i, v := range s {
		if v > s[best] {
			best = i
		}
	}
	return best
}

// parse sets Head and Deprel of the tokens of c, whose rows begin at row at.
func (e *Encoder) parse(s *scratch, d *doc.Document, c doc.Span, at int) {
	n, k := e.net, c.Len()
	s.scoreArcs(e, at, k)
	s.head = resize(s.head, k)
	s.tree.heads(s.head, s.arcs, k)
	for i, h := range s.head {
		d.Tokens.Head[c.Begin+int32(i)] = doc.Root
		if h > 0 {
			d.Tokens.Head[c.Begin+int32(i)] = c.Begin + h - 1
		}
	}
	s.hidden = atLeast(s.hidden, k*n.Label)
	for i, h := range s.head {
		hid := s.hidden[i*n.Label:][:n.Label]
		copy(hid, s.heads[(at+i)*n.HeadColumns()+n.labelDep():])
		top := n.RootHid
		if h > 0 {
			top = s.heads[(at+int(h)-1)*n.HeadColumns()+n.labelTop():]
		}
		e.level.AddScaled(hid, top[:n.Label], 1)
		e.level.Rectify(hid)
	}
	s.rels = atLeast(s.rels, k*n.Deprels)
	e.level.product(s.rels, n.RelBias, s.hidden, n.Label, k, &e.packed.relate)
	for i, h := range s.head {
		r := relation(s.rels[i*n.Deprels:][:n.Deprels], h == 0)
		d.Tokens.Deprel[c.Begin+int32(i)] = r
	}
}

// relation is the best relation; root is for the root alone.
func relation(scores []float32, root bool) doc.Deprel {
	if root {
		return doc.RelRoot
	}
	scores[doc.RelRoot-1] = scores[argmin(scores)]
	return doc.Deprel(argmax(scores) + 1)
}

func argmin(s []float32) int {
	best := 0
	for i, v := range s {
		if v < s[best] {
			best = i
		}
	}
	return best
}

// scoreArcs fills s.arcs: row i is token i of the chunk, column 0 the root as
// its head and column j+1 token j.
func (s *scratch) scoreArcs(e *Encoder, at, k int) {
	n, cols := e.net, e.net.HeadColumns()
	s.tops = atLeast(s.tops, (k+1)*n.Arc)
	copy(s.tops, n.RootArc)
	first := s.heads[at*cols:]
	for i := range k {
		row := first[i*cols:]
		e.level.Rectify(row[n.dep():][:n.Arc])
		copy(s.tops[(i+1)*n.Arc:][:n.Arc], row[n.head():])
		e.level.Rectify(s.tops[(i+1)*n.Arc:][:n.Arc])
	}
	s.from = atLeast(s.from, k*n.Arc)
	e.level.product(s.from, n.Pairs[n.Arc*n.Arc:], first[n.dep():], cols, k, &e.packed.pairs)
	s.arcs = atLeast(s.arcs, k*(k+1))
	for i := range k {
		row := s.arcs[i*(k+1):]
		row[0] = 0
		for j := range k {
			row[j+1] = n.Distance[DistanceOf(j-i)]
		}
	}
	s.topsT.Pack(s.tops, n.Arc, k+1, 1, n.Arc)
	e.level.MulAdd(s.arcs, k+1, nn.ByRows(s.from, n.Arc), k, &s.topsT)
}
