package train

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"readout/conllu"
	"readout/doc"
	"readout/lang/encode"
	"readout/lang/name"
	"readout/lang/vector"
	"readout/nn"
)

// encodeToy is a corpus that can be learnt by heart.
const encodeToy = `1	The	the	DET	DT	_	2	det	_	_
2	minister	minister	NOUN	NN	_	3	nsubj	_	_
3	met	meet	VERB	VBD	_	0	root	_	_
4	envoys	envoy	NOUN	NNS	_	3	obj	_	_
5	from	from	ADP	IN	_	6	case	_	_
6	Oslo	Oslo	PROPN	NNP	_	4	nmod	_	_
7	.	.	PUNCT	.	_	3	punct	_	_

1	Talks	talk	NOUN	NNS	_	3	nsubj:pass	_	_
2	were	be	AUX	VBD	_	3	aux:pass	_	_
3	held	hold	VERB	VBN	_	0	root	_	_
4	in	in	ADP	IN	_	5	case	_	_
5	Cairo	Cairo	PROPN	NNP	_	3	obl	_	_
6	.	.	PUNCT	.	_	3	punct	_	_

1	The	the	DET	DT	_	2	det	_	_
2	envoys	envoy	NOUN	NNS	_	3	nsubj	_	_
3	left	leave	VERB	VBD	_	0	root	_	_

1	Peace	peace	NOUN	NN	_	0	root	_	_
`

func toyTrainer(t testing.TB, set encodeSettings, seed uint64) (*encodeTrainer, *doc.Document) {
	t.Helper()
	d := conllu.MustDoc(encodeToy)
	list := sentences(d)
	for i := range list {
		list[i].labels, list[i].nameWeight = make([]name.Label, len(list[i].forms)), .5
		list[i].labels[0] = name.Label(1 + i)
	}
	return newEncodeTrainer(Config{Seed: seed}, set, list, d, toyVectors(t), toyMarker{}), d
}

// toyMarker marks every token by its length.
type toyMarker struct{}

func (toyMarker) Marks() int { return 20 }

func (toyMarker) Mark(d *doc.Document, s doc.Span, add func(token int32, mark int)) {
	for i := s.Begin; i < s.End; i++ {
		add(i, len(d.Form(i)))
	}
}

// toyVectors knows two words of the toy.
func toyVectors(t testing.TB) *vector.Table {
	t.Helper()
	v, err := vector.New([]string{"talks", "oslo"}, [][]float32{{1, 2, 0, -1, 0}, {0, 1, -3, 1, 2}}, 5)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func toySettings() encodeSettings {
	set := defaultEncodeSettings()
	set.width, set.arc, set.label, set.hashed = 32, 12, 10, 256
	set.spread, set.epochs, set.batch, set.rates = .1, 200, 12, encodeRates{}
	return set
}

// Every block of weights is moved a little along a random direction: the loss
// must change as the gradient says.
func TestEncodeGradients(t *testing.T) {
	set := toySettings()
	set.rates = encodeRates{input: .1, layer: .1, head: .1} // the same masks each time: one seed
	tr, _ := toyTrainer(t, set, 1)
	r := rand.New(rand.NewPCG(5, 6))
	for i := range tr.net.Flat {
		tr.net.Flat[i] += float32(r.NormFloat64() * .05)
	}
	p := tr.passes[0]
	loss := func() float64 {
		tr.packs.pack(tr.net)
		p.run(tr.list, 1, 3, 4)
		return p.loss.tag + p.loss.arc + p.loss.rel + p.loss.name*.5
	}
	loss()
	g := encode.NewNet(tr.net.Shape)
	copy(g.Flat, p.grad.Flat)
	rows := map[int32][]float32{}
	for _, id := range p.rows.ids {
		rows[id] = slices.Clone(p.rows.row(id))
	}
	n := tr.net
	blocks := []struct {
		name string
		w, g []float32
	}{
		{"vectors", n.Vectors, g.Vectors},
		{"conv", n.Conv, g.Conv}, {"conv bias", n.ConvBias, g.ConvBias},
		{"recur 0", n.Recur[0], g.Recur[0]}, {"recur bias 0", n.RecBias[0], g.RecBias[0]},
		{"recur 1", n.Recur[1], g.Recur[1]}, {"recur bias 1", n.RecBias[1], g.RecBias[1]},
		{"heads", n.Heads, g.Heads}, {"head bias", n.HeadBias, g.HeadBias},
		{"pairs", n.Pairs, g.Pairs}, {"root arc", n.RootArc, g.RootArc}, {"distance", n.Distance, g.Distance},
		{"root hidden", n.RootHid, g.RootHid}, {"relate", n.Relate, g.Relate}, {"relate bias", n.RelBias, g.RelBias},
	}
	for _, id := range []int32{tr.list[0].words[1], tr.list[0].rest[3], tr.list[0].tags[0][0]} {
		blocks = append(blocks, struct {
			name string
			w, g []float32
		}{"row", tr.table[int(id)*set.width:][:set.width], rows[id]})
	}
	for _, b := range blocks {
		dir := make([]float32, len(b.w))
		along, size := 0.0, 0.0
		for i := range dir {
			// Along the gradient, so that the change is well above rounding,
			// but for a random part that would show a wrong element.
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
		if math.Abs(got-along) > .02*math.Abs(along)+1e-4 {
			t.Errorf("%s: the loss changes by %.6f, the gradient says %.6f", b.name, got, along)
		}
	}
}

// The trainer's forward run and the stage's give the same scores, so the tree
// learnt by heart is the tree read.
func TestEncodeLearnsByHeart(t *testing.T) {
	tr, gold := toyTrainer(t, toySettings(), 1)
	if err := tr.run(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, cfg := range []encode.Config{{Vectors: tr.vectors, Marker: toyMarker{}}, {Vectors: tr.vectors, Marker: toyMarker{}, Plain: true}} {
		e, err := encode.New(cfg, tr.net, tr.table, tr.in, tr.classes)
		if err != nil {
			t.Fatal(err)
		}
		d := conllu.MustDoc(encodeToy)
		clear(d.Tokens.Head)
		clear(d.Tokens.Deprel)
		if err := e.Run(context.Background(), d); err != nil {
			t.Fatal(err)
		}
		for i := range int32(gold.Len()) {
			if d.Head(i) != gold.Head(i) || d.Deprel(i) != gold.Deprel(i) || d.UPOS(i) != gold.UPOS(i) {
				t.Errorf("plain %v: %s: %v %d %v, want %v %d %v", cfg.Plain, d.Form(i), d.UPOS(i), d.Head(i), d.Deprel(i), gold.UPOS(i), gold.Head(i), gold.Deprel(i))
			}
		}
	}
}

func TestEncodeSameBytes(t *testing.T) {
	set := toySettings()
	set.epochs, set.rates = 4, defaultEncodeSettings().rates
	var first []float32
	for _, level := range []nn.Level{nn.Best(), nn.Best(), nn.Plain} {
		tr, _ := toyTrainer(t, set, 7)
		tr.level = level
		for _, p := range tr.passes {
			p.level = level
		}
		if err := tr.run(context.Background()); err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = slices.Concat(tr.net.Flat, tr.table)
		} else if got := slices.Concat(tr.net.Flat, tr.table); !slices.Equal(first, got) {
			t.Errorf("at level %v the same seed gives other weights", level)
		}
	}
}
