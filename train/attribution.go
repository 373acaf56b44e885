package train

import (
	"context"
	"math"
	"math/rand/v2"

	"readout/eval"
	"readout/models"
	"readout/news/statement"
	"readout/news/statement/label"
	"readout/nn"
	"readout/weights"
)

// Attribution trains what the statement stage has learned, on the training part
// of PolNeAR and on no other data, and makes its file: the weights of candidates
// and the labeller. It reads the articles with the embedded models, so it comes
// after a build with the models it is to go with. The same data, models and seed
// give the same bytes.
func Attribution(ctx context.Context, cfg Config) ([]byte, error) {
	list, err := readAttributed(ctx, cfg, "train")
	if err != nil {
		return nil, err
	}
	set := defaultLabelSettings()
	set.epochs = cfg.epochs(set.epochs)
	w := cueWeights(allCues(list), cfg)
	if err := addInputs(ctx, list, cfg); err != nil {
		return nil, err
	}
	keys := labelInputs(list, set.least)
	t := newLabelTrainer(cfg, set, labelExamples(list, keys), len(keys))
	if err := t.run(ctx); err != nil {
		return nil, err
	}
	encoder, err := models.Encode()
	if err != nil {
		return nil, err
	}
	sum, err := encoder.Sum("net")
	if err != nil {
		return nil, err
	}
	b := &weights.Builder{Name: "en-attribution"}
	b.Uint8s("encoder", sum[:])
	statement.SaveWeights(b, w)
	label.Save(b, t.net, t.table, keys, t.grain())
	return sealAttribution(ctx, cfg, b)
}

func allCues(list []attributed) []eval.Labelled {
	var out []eval.Labelled
	for i := range list {
		out = append(out, list[i].cues...)
	}
	return out
}

// labelSettings is how the labeller is trained.
type labelSettings struct {
	width  int
	least  int32 // a feature that so many articles have has a row
	epochs int
	batch  int // tokens
	rate   float64
	warmup int // steps
	clip   float64
	forget float32
	spread float64
	mean   float64 // the last part of the steps, over which the weights are averaged
	rates  labelRates
}

func defaultLabelSettings() labelSettings {
	return labelSettings{width: 64, least: 20, epochs: 6, batch: 800, rate: 2e-3, warmup: 200, clip: 5, forget: 1, spread: .02, mean: .3,
		rates: labelRates{input: .2, layer: .2, head: .2, row: .15}}
}

// labelTrainer holds the weights of the labeller and the state of the optimiser.
type labelTrainer struct {
	cfg         Config
	set         labelSettings
	level       nn.Level
	list        []*labelExample
	net         *label.Net
	table       []float32
	m, v        []float32
	rowM, rowV  []float32
	packs       labelPacks
	passes      [2]*labelPass
	step, steps int
	loss        float64
	tokens      int
	sumNet      []float64 // of the weights that are averaged
	sumTable    []float64
	summed      float64
	afterEpoch  func(epoch int)
}

func newLabelTrainer(cfg Config, set labelSettings, list []*labelExample, rows int) *labelTrainer {
	states := len(list[0].states) / list[0].len()
	t := &labelTrainer{cfg: cfg, set: set, level: nn.Best(), list: list}
	t.net = label.NewNet(label.Shape{States: states, Width: set.width, Rows: rows})
	t.table = make([]float32, rows*set.width)
	t.start(rand.New(rand.NewPCG(cfg.Seed, 7001)))
	t.m, t.v = make([]float32, len(t.net.Flat)), make([]float32, len(t.net.Flat))
	t.rowM, t.rowV = make([]float32, len(t.table)), make([]float32, len(t.table))
	for i := range t.passes {
		t.passes[i] = newLabelPass(t.level, t.net, t.table, &t.packs, set.rates)
	}
	for _, x := range list {
		t.tokens += x.len()
	}
	t.steps = max(1, set.epochs*((t.tokens+set.batch-1)/set.batch))
	return t
}

func (t *labelTrainer) start(r *rand.Rand) {
	n, w := t.net, t.set.width
	fill := func(m []float32, in, out int) {
		a := math.Sqrt(6 / float64(in+out))
		for i := range m {
			m[i] = float32((2*r.Float64() - 1) * a)
		}
	}
	fill(n.Project, n.States, w)
	for i := range n.Recur {
		fill(n.Recur[i], w, w/2)
		for k := w / 2; k < w; k++ {
			n.RecBias[i][k], n.RecBias[i][3*w/2+k] = t.set.forget, t.set.forget
		}
	}
	fill(n.Heads, w, label.Count)
	for i := range t.table {
		t.table[i] = float32(r.NormFloat64() * t.set.spread)
	}
}

func (t *labelTrainer) run(ctx context.Context) error {
	for epoch := range t.set.epochs {
		t.loss = 0
		var batch []*labelExample
		held := 0
		for _, k := range order(len(t.list), t.cfg.Seed, uint64(8000+epoch)) {
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
		t.cfg.logf("attribution: pass %d of %d: loss %.4f", epoch+1, t.set.epochs, t.loss/float64(t.tokens))
		if t.afterEpoch != nil {
			t.afterEpoch(epoch)
		}
	}
	t.average()
	return nil
}

// average puts the mean of the weights of the last steps in their place.
func (t *labelTrainer) average() {
	if t.summed == 0 {
		return
	}
	for i, v := range t.sumNet {
		t.net.Flat[i] = float32(v / t.summed)
	}
	for i, v := range t.sumTable {
		t.table[i] = float32(v / t.summed)
	}
}

// addUp counts the present weights for the average.
func (t *labelTrainer) addUp() {
	if t.sumNet == nil {
		t.sumNet, t.sumTable = make([]float64, len(t.net.Flat)), make([]float64, len(t.table))
	}
	for i, v := range t.net.Flat {
		t.sumNet[i] += float64(v)
	}
	for i, v := range t.table {
		t.sumTable[i] += float64(v)
	}
	t.summed++
}

// learn takes one step.
func (t *labelTrainer) learn(batch []*labelExample, tokens int) {
	t.step++
	t.packs.pack(t.net)
	halves := halve(batch)
	both(func(k int) {
		t.passes[k].run(halves[k], 1/float32(tokens), t.cfg.Seed, uint64(2*t.step+k))
	})
	for _, p := range t.passes {
		t.loss += p.loss
	}
	t.update()
	if t.step%meanEvery == 0 && float64(t.step) > (1-t.set.mean)*float64(t.steps) {
		t.addUp()
	}
}

// meanEvery is how many steps apart the weights are that are averaged.
const meanEvery = 20

// update moves the weights by the gradients of both passes.
func (t *labelTrainer) update() {
	a, b := t.passes[0], t.passes[1]
	for _, id := range b.rows.ids {
		a.rows.row(id)
	}
	w := t.set.width
	t.level.AddScaled(a.grad.Flat, b.grad.Flat, 1)
	norm := squares(a.grad.Flat)
	for i, id := range a.rows.ids {
		g := a.rows.data[i*w:][:w]
		if s := b.rows.slot[id]; s > 0 {
			t.level.AddScaled(g, b.rows.data[int(s-1)*w:][:w], 1)
		}
		norm += squares(g)
	}
	adam := nn.NewAdam(t.rate(), .9, .98, t.step)
	if norm := math.Sqrt(norm); norm > t.set.clip {
		adam.Scale = float32(t.set.clip / norm)
	}
	t.level.Adam(t.net.Flat, a.grad.Flat, t.m, t.v, adam)
	for i, id := range a.rows.ids {
		at := int(id) * w
		t.level.Adam(t.table[at:at+w], a.rows.data[i*w:][:w], t.rowM[at:at+w], t.rowV[at:at+w], adam)
	}
}

// rate is the step size; see encodeTrainer.rate.
func (t *labelTrainer) rate() float64 {
	s := float64(t.step)
	up := s / float64(max(1, min(t.set.warmup, t.steps/4)))
	down := 1 - (s-1)/float64(t.steps)
	return t.set.rate * max(0, min(up, down))
}

// grain is the size of a step of the projected states in doc.Tokens.States: the
// largest in some stretches has 127.
func (t *labelTrainer) grain() float32 {
	w, n := t.net.Width, t.net.States
	var top float32
	var out []float32
	t.packs.pack(t.net)
	for _, x := range t.list[:min(len(t.list), 50)] {
		out = room(out, x.len()*w)
		t.level.MulAdd(out, w, nn.ByRows(x.states, n), x.len(), &t.packs.Project)
		for _, v := range out {
			top = max(top, v, -v)
		}
	}
	return top / 127
}
