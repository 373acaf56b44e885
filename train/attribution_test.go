package train

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"readout/doc"
	"readout/eval"
	"readout/news/statement/label"
	"readout/nn"
)

// labelToy is stretches that can be learnt by heart: the row tells the label.
func labelToy() []*labelExample {
	r := rand.New(rand.NewPCG(1, 1))
	var out []*labelExample
	for _, labels := range [][]label.Label{
		{label.SourceBegin, label.SourceInside, label.CueBegin, label.ContentBegin, label.ContentInside, label.Outside},
		{label.ContentBegin, label.CueBegin, label.SourceBegin, label.ContentGoesOn},
		{label.Outside, label.Outside},
	} {
		x := &labelExample{labels: labels, states: make([]float32, 8*len(labels))}
		for i := range x.states {
			x.states[i] = float32(r.NormFloat64())
		}
		for _, l := range labels {
			x.rows = append(x.rows, []int32{int32(l), 8})
		}
		out = append(out, x)
	}
	return out
}

func labelToyTrainer(seed uint64, rates labelRates) *labelTrainer {
	set := defaultLabelSettings()
	set.width, set.epochs, set.batch, set.spread, set.rates = 16, 60, 8, .1, rates
	return newLabelTrainer(Config{Seed: seed}, set, labelToy(), 9)
}

// Every block of weights is moved a little along a direction near its gradient:
// the loss must change as the gradient says.
func TestLabelGradient(t *testing.T) {
	tr := labelToyTrainer(1, labelRates{})
	r := rand.New(rand.NewPCG(2, 2))
	for i := range tr.net.Bias {
		tr.net.Bias[i] = float32(r.NormFloat64())
	}
	for i := range tr.net.Steps {
		tr.net.Steps[i] = float32(r.NormFloat64())
	}
	p := tr.passes[0]
	loss := func() float64 {
		tr.packs.pack(tr.net)
		p.run(tr.list, 1, 1, 1)
		return p.loss
	}
	loss()
	g := label.NewNet(tr.net.Shape)
	copy(g.Flat, p.grad.Flat)
	row := slices.Clone(p.rows.row(3))
	n := tr.net
	for _, b := range []struct {
		name string
		w, g []float32
	}{
		{"projection", n.Project, g.Project}, {"recur 0", n.Recur[0], g.Recur[0]}, {"recur bias 0", n.RecBias[0], g.RecBias[0]},
		{"recur 1", n.Recur[1], g.Recur[1]}, {"recur bias 1", n.RecBias[1], g.RecBias[1]}, {"heads", n.Heads, g.Heads},
		{"bias", n.Bias, g.Bias}, {"steps", n.Steps, g.Steps}, {"row", tr.table[3*16:][:16], row},
	} {
		dir := make([]float32, len(b.w))
		along, size := 0.0, 0.0
		for i := range dir {
			dir[i] = b.g[i]*(.5+r.Float32()) + float32(r.NormFloat64())*1e-3
			along += float64(dir[i]) * float64(b.g[i])
			size += float64(dir[i]) * float64(dir[i])
		}
		step := float32(2e-3 / math.Sqrt(size))
		old := slices.Clone(b.w)
		move := func(s float32) float64 {
			for i := range b.w {
				b.w[i] = old[i] + s*dir[i]
			}
			return loss()
		}
		got := (move(step) - move(-step)) / (2 * float64(step))
		copy(b.w, old)
		if math.Abs(got-along) > .02*math.Abs(along)+1e-3 {
			t.Errorf("%s: the loss changes by %.6f, the gradient says %.6f", b.name, got, along)
		}
	}
}

func TestLabelSameBytes(t *testing.T) {
	var first []float32
	for _, level := range []nn.Level{nn.Best(), nn.Best(), nn.Plain} {
		tr := labelToyTrainer(7, defaultLabelSettings().rates)
		tr.level = level
		for _, p := range tr.passes {
			p.level = level
		}
		if err := tr.run(context.Background()); err != nil {
			t.Fatal(err)
		}
		if got := slices.Concat(tr.net.Flat, tr.table); first == nil {
			first = got
		} else if !slices.Equal(first, got) {
			t.Errorf("at level %v the same seed gives other weights", level)
		}
	}
	if tr := labelToyTrainer(8, defaultLabelSettings().rates); slices.Equal(first[:8], tr.net.Flat[:8]) {
		t.Error("another seed gives the same weights")
	}
}

func TestLabelsOf(t *testing.T) {
	const text = "“We won,” she said. “Now rest.”"
	d := &doc.Document{Text: text}
	gold := eval.Attributed{Text: text, Attributions: []eval.Attribution{{
		Content: [][2]int{{0, 9}, {20, 31}}, Source: [][2]int{{10, 13}}, Cue: [][2]int{{14, 18}},
	}}}
	for _, f := range []string{"“", "We", "won", ",", "”", "she", "said", ".", "“", "Now", "rest", ".", "”"} {
		at := int32(0)
		if n := len(d.Tokens.Bytes); n > 0 {
			at = d.Tokens.Bytes[n-1].End
		}
		for text[at:at+int32(len(f))] != f {
			at++
		}
		d.Tokens.Bytes = append(d.Tokens.Bytes, doc.Range{Begin: at, End: at + int32(len(f))})
	}
	const b, i, n = label.ContentBegin, label.ContentInside, label.ContentGoesOn
	want := []label.Label{b, i, i, i, i, label.SourceBegin, label.CueBegin, label.Outside, n, i, i, i, i}
	if got := labelsOf(d, gold); !slices.Equal(got, want) {
		t.Errorf("labels %v, want %v", got, want)
	}
}
