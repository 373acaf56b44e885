package train

import (
	"context"
	"math"
	"math/rand/v2"
	"sync"

	"readout/doc"
	"readout/lang/encode"
	"readout/lang/name"
	"readout/lang/vector"
	"readout/nn"
	"readout/weights"
)

// encodeSettings is how the encoder is trained. The figures come from the study
// named in BENCHMARKS.md and the runs there.
type encodeSettings struct {
	width, arc, label int
	hashed            int // rows for pieces of words
	epochs            int
	batch             int // tokens
	rate              float64
	warmup            int // steps
	clip              float64
	reach             float32 // see encode.Shape
	forget            float32 // bias of the forget gates at the start
	spread            float64 // of the rows at the start
	rates             encodeRates
}

func defaultEncodeSettings() encodeSettings {
	return encodeSettings{
		width: 256, arc: 128, label: 96, hashed: 1 << 14,
		epochs: 18, batch: 500, rate: 2e-3, warmup: 300, clip: 5, reach: 3, forget: 1, spread: .02,
		rates: encodeRates{input: .25, layer: .15, head: .33, word: .25, row: .1, tags: .15, vector: .1},
	}
}

// Encode trains the encoder and makes its file. Two goroutines take half of
// each batch; their gradients are added in one order, so that the bytes do not
// depend on the number of processors.
func Encode(ctx context.Context, cfg Config) ([]byte, error) {
	set := defaultEncodeSettings()
	set.epochs = cfg.epochs(set.epochs)
	corpus, err := cfg.treebanks()
	if err != nil {
		return nil, err
	}
	bare, err := cfg.addNames(corpus)
	if err != nil {
		return nil, err
	}
	known, err := knownNames()
	if err != nil {
		return nil, err
	}
	all := augment(corpus, cfg.Seed)
	d, err := jackknife(ctx, cfg, all)
	if err != nil {
		return nil, err
	}
	if all, d, err = withBare(ctx, cfg, corpus, all, bare, d); err != nil {
		return nil, err
	}
	t := newEncodeTrainer(cfg, set, all, d, known.Vectors, &name.Marker{Known: known})
	if err := t.run(ctx); err != nil {
		return nil, err
	}
	b := &weights.Builder{Name: "en-encode"}
	encode.Save(b, t.net, t.table, t.in, t.classes)
	return sealEncoder(ctx, cfg, set, corpus, known, b)
}

// encodeTrainer holds the weights and the state of the optimiser.
type encodeTrainer struct {
	cfg     Config
	set     encodeSettings
	level   nn.Level
	in      *encode.Inputs
	vectors *vector.Table
	list    []*encodeExample
	classes []encode.Class

	net         *encode.Net
	table       []float32
	m, v        []float32 // of the net
	rowM, rowV  []float32 // of the table
	packs       encodePacks
	passes      [2]*encodePass
	step, steps int
	loss        encodeLoss
	tokens      int
	afterEpoch  func(epoch int) // for tests and experiments; may be nil
}

func newEncodeTrainer(cfg Config, set encodeSettings, corpus []sentence, d *doc.Document, vectors *vector.Table, marker encode.Marker) *encodeTrainer {
	t := &encodeTrainer{cfg: cfg, set: set, vectors: vectors, level: nn.Best()}
	in, counts := encodeInputs(corpus, set.hashed, marker.Marks())
	t.classes = encodeClasses(corpus)
	t.in, t.list = in, encodeExamples(corpus, d, in, counts, t.classes, vectors, marker)
	t.net = encode.NewNet(encode.Shape{
		Width: set.width, Arc: set.arc, Label: set.label,
		Reach: set.reach, Tags: len(t.classes), Deprels: len(doc.Deprels()),
		Vector: vectors.Dimensions(), Names: name.Labels,
	})
	t.table = make([]float32, in.Rows()*set.width)
	t.start(rand.New(rand.NewPCG(cfg.Seed, 9001)))
	t.m, t.v = make([]float32, len(t.net.Flat)), make([]float32, len(t.net.Flat))
	t.rowM, t.rowV = make([]float32, len(t.table)), make([]float32, len(t.table))
	for i := range t.passes {
		t.passes[i] = newEncodePass(t.level, t.net, t.table, vectors, &t.packs, set.rates)
	}
	for _, x := range t.list {
		t.tokens += x.len()
	}
	t.steps = max(1, set.epochs*((t.tokens+set.batch-1)/set.batch))
	return t
}

// start draws the first weights: uniform after Glorot and Bengio (2010) for the
// matrices, small normal ones for the rows.
func (t *encodeTrainer) start(r *rand.Rand) {
	n, w := t.net, t.set.width
	fill := func(m []float32, in, out int) {
		a := math.Sqrt(6 / float64(in+out))
		for i := range m {
			m[i] = float32((2*r.Float64() - 1) * a)
		}
	}
	fill(n.Vectors, n.Vector, w)
	fill(n.Conv, 3*w, w)
	for i := range n.Recur {
		fill(n.Recur[i], w, w/2)
		for k := w / 2; k < w; k++ { // forget gates begin half open to the past
			n.RecBias[i][k], n.RecBias[i][3*w/2+k] = t.set.forget, t.set.forget
		}
	}
	fill(n.Heads, w, n.Arc)
	fill(n.Pairs[:n.Arc*n.Arc], n.Arc, n.Arc)
	fill(n.RootArc, n.Arc, 1)
	fill(n.RootHid, n.Label, 1)
	fill(n.Relate, n.Label, n.Deprels)
	for i := range t.table {
		t.table[i] = float32(r.NormFloat64() * t.set.spread)
	}
}

func (t *encodeTrainer) run(ctx context.Context) error {
	for epoch := range t.set.epochs {
		t.loss = encodeLoss{}
		var batch []*encodeExample
		held := 0
		for _, k := range order(len(t.list), t.cfg.Seed, uint64(5000+epoch)) {
			batch = append(batch, t.list[k])
			if held += t.list[k].len(); held >= t.set.batch {
				if err := ctx.Err(); err != nil {
					return err
				}
				t.learn(batch, held)
				batch, held = batch[:0], 0
			}
		}
		if held > 0 {
			t.learn(batch, held)
		}
		n := float64(t.tokens)
		t.cfg.logf("encode: pass %d of %d: loss %.3f (tag %.3f, arc %.3f, relation %.3f, name %.3f)", epoch+1, t.set.epochs,
			(t.loss.tag+t.loss.arc+t.loss.rel+t.loss.name)/n, t.loss.tag/n, t.loss.arc/n, t.loss.rel/n, t.loss.name/n)
		if t.afterEpoch != nil {
			t.afterEpoch(epoch)
		}
	}
	return nil
}

// learn takes one step.
func (t *encodeTrainer) learn(batch []*encodeExample, tokens int) {
	t.step++
	t.packs.pack(t.net)
	halves := halve(batch)
	both(func(k int) {
		t.passes[k].run(halves[k], 1/float32(tokens), t.cfg.Seed, uint64(2*t.step+k))
	})
	for _, p := range t.passes {
		t.loss.tag += p.loss.tag
		t.loss.arc += p.loss.arc
		t.loss.rel += p.loss.rel
		t.loss.name += p.loss.name
	}
	t.update()
}

// halve deals a batch out to two goroutines, each example to the one that has
// fewer tokens.
func halve[X interface{ len() int }](batch []X) (halves [2][]X) {
	var size [2]int
	for _, x := range batch {
		k := 0
		if size[1] < size[0] {
			k = 1
		}
		halves[k] = append(halves[k], x)
		size[k] += x.len()
	}
	return halves
}

// both calls f with 0 and 1 at once.
func both(f func(k int)) {
	var wg sync.WaitGroup
	wg.Go(func() { f(1) })
	f(0)
	wg.Wait()
}

// update moves the weights by the gradients of both passes.
func (t *encodeTrainer) update() {
	a, b := t.passes[0], t.passes[1]
	for _, id := range b.rows.ids { // rows that only b touched get a place in a
		a.rows.row(id)
	}
	flat, w := len(a.grad.Flat), t.set.width
	rows := len(a.rows.ids)
	var norms [2]float64
	both(func(k int) {
		lo, hi := k*flat/2, (k+1)*flat/2
		t.level.AddScaled(a.grad.Flat[lo:hi], b.grad.Flat[lo:hi], 1)
		norms[k] = squares(a.grad.Flat[lo:hi])
		for i := k * rows / 2; i < (k+1)*rows/2; i++ {
			g := a.rows.data[i*w:][:w]
			if s := b.rows.slot[a.rows.ids[i]]; s > 0 {
				t.level.AddScaled(g, b.rows.data[int(s-1)*w:][:w], 1)
			}
			norms[k] += squares(g)
		}
	})
	adam := nn.NewAdam(t.rate(), .9, .98, t.step)
	if norm := math.Sqrt(norms[0] + norms[1]); norm > t.set.clip {
		adam.Scale = float32(t.set.clip / norm)
	}
	both(func(k int) {
		lo, hi := k*flat/2, (k+1)*flat/2
		t.level.Adam(t.net.Flat[lo:hi], a.grad.Flat[lo:hi], t.m[lo:hi], t.v[lo:hi], adam)
		for i := k * rows / 2; i < (k+1)*rows/2; i++ {
			at := int(a.rows.ids[i]) * w
			t.level.Adam(t.table[at:at+w], a.rows.data[i*w:][:w], t.rowM[at:at+w], t.rowV[at:at+w], adam)
		}
	})
}

// rate is the step size: up to the full one over the warm-up, then down to 0 in
// a straight line.
func (t *encodeTrainer) rate() float64 {
	s := float64(t.step)
	up := s / float64(max(1, min(t.set.warmup, t.steps/4)))
	down := 1 - (s-1)/float64(t.steps)
	return t.set.rate * max(0, min(up, down))
}

func squares(x []float32) float64 {
	var s [4]float64
	for i, v := range x {
		s[i&3] += float64(float32(v * v))
	}
	return s[0] + s[1] + s[2] + s[3]
}
