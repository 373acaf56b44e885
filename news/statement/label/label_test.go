package label

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"readout/doc"
	"readout/nn"
	"readout/weights"
)

// all calls f with every sequence of n labels that the steps allow, and its
// score.
func all(scores, steps []float32, n int, f func(labels []Label, score float64)) {
	labels := make([]Label, n)
	var rec func(t int, prev Label, sum float64)
	rec = func(t int, prev Label, sum float64) {
		if t == n {
			f(labels, sum)
			return
		}
		for l := range Label(Count) {
			if Allowed(prev, l) {
				labels[t] = l
				rec(t+1, l, sum+float64(scores[t*Count+int(l)])+float64(steps[int(prev)*Count+int(l)]))
			}
		}
	}
	rec(0, Count, 0)
}

// The chain's sum, probabilities and best sequence are those of adding up all
// sequences.
func TestChain(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		const n = 4
		scores, steps := make([]float32, n*Count), make([]float32, (Count+1)*Count)
		for i := range scores {
			scores[i] = float32(r.NormFloat64() * 2)
		}
		for i := range steps {
			steps[i] = float32(r.NormFloat64())
		}
		var total float64
		want := make([]float64, n*Count)
		wantSteps := make([]float64, len(steps))
		best, top := make([]Label, n), math.Inf(-1)
		all(scores, steps, n, func(labels []Label, score float64) {
			p := math.Exp(score)
			total += p
			prev := Label(Count)
			for i, l := range labels {
				want[i*Count+int(l)] += p
				wantSteps[int(prev)*Count+int(l)] += p
				prev = l
			}
			if score > top {
				top = score
				copy(best, labels)
			}
		})
		var c Chain
		c.Steps(steps)
		sum := c.Forward(scores, n)
		for i := range n {
			sum += float64(slices.Max(scores[i*Count:][:Count]))
		}
		if math.Abs(sum-math.Log(total)) > 1e-3 {
			t.Errorf("the logarithm of the sum is %.5f, want %.5f", sum, math.Log(total))
		}
		probs, counts := make([]float32, n*Count), make([]float32, len(steps))
		c.Backward(probs, n, counts)
		for i := range want {
			if d := float64(probs[i]) - want[i]/total; math.Abs(d) > 1e-4 {
				t.Errorf("token %d, label %d: probability %.5f, want %.5f", i/Count, i%Count, probs[i], want[i]/total)
			}
		}
		for i := range wantSteps {
			if d := float64(counts[i]) - wantSteps[i]/total; math.Abs(d) > 1e-4 {
				t.Errorf("step %d to %d: %.5f expected, want %.5f", i/Count, i%Count, counts[i], wantSteps[i]/total)
			}
		}
		got := make([]Label, n)
		if c.Best(got, n); !slices.Equal(got, best) {
			t.Errorf("best sequence %v, want %v", got, best)
		}
	}
}

func TestStretches(t *testing.T) {
	for _, c := range []struct {
		name      string
		sentences []int32
		want      []doc.Span
	}{
		{"none", nil, nil},
		{"short ones together", []int32{400, 600}, []doc.Span{{Begin: 0, End: 1000}}},
		{"as many as there is room for", []int32{400, 600, 1, 20}, []doc.Span{{Begin: 0, End: 1000}, {Begin: 1000, End: 1021}}},
		{"a long one alone", []int32{3, 2000, 4}, []doc.Span{{Begin: 0, End: 3}, {Begin: 3, End: 2003}, {Begin: 2003, End: 2007}}},
	} {
		d, at := &doc.Document{}, int32(0)
		for _, n := range c.sentences {
			d.Sentences = append(d.Sentences, doc.Span{Begin: at, End: at + n})
			at += n
		}
		if got := Stretches(d); !slices.Equal(got, c.want) {
			t.Errorf("%s: Stretches(%v) = %v, want %v", c.name, c.sentences, got, c.want)
		}
	}
}

// toyFile is a model of random weights.
func toyFile(t testing.TB) *weights.File {
	t.Helper()
	r := rand.New(rand.NewPCG(3, 4))
	net := NewNet(Shape{States: 8, Width: 16, Rows: 3})
	for i := range net.Flat {
		net.Flat[i] = float32(r.NormFloat64())
	}
	table := make([]float32, 3*16)
	for i := range table {
		table[i] = float32(r.NormFloat64())
	}
	b := &weights.Builder{Name: "toy"}
	Save(b, net, table, []uint64{11, 22, 33}, .05)
	data, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	f, err := weights.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// toyDoc is a document of n tokens in sentences of ten.
func toyDoc(n int32) *doc.Document {
	d := &doc.Document{}
	d.Tokens.Bytes = make([]doc.Range, n)
	for at := int32(0); at < n; at += 10 {
		d.Sentences = append(d.Sentences, doc.Span{Begin: at, End: min(at+10, n)})
	}
	return d
}

// Plain code reads the same as the processor's best.
func TestReadLevels(t *testing.T) {
	f := toyFile(t)
	var first *Reading
	for _, level := range []nn.Level{nn.Best(), nn.Plain} {
		l, err := Load(level, f)
		if err != nil {
			t.Fatal(err)
		}
		d := toyDoc(25)
		rows := make([]float32, 25*8)
		r := rand.New(rand.NewPCG(5, 6))
		for i := range rows {
			rows[i] = float32(r.NormFloat64() * .5)
		}
		l.States(d, doc.Span{Begin: 0, End: 10}, rows[:80])
		l.States(d, doc.Span{Begin: 10, End: 25}, rows[80:])
		got := l.Read(d, func(dst []uint64, i int32) []uint64 { return append(dst, uint64(i%4)*11) })
		if got == nil || len(got.Labels) != 25 || d.Tokens.States != nil {
			t.Fatalf("at level %v: %v, states left: %v", level, got, d.Tokens.States != nil)
		}
		prev := Label(Count)
		for i, l := range got.Labels {
			if !Allowed(prev, l) {
				t.Errorf("label %v after %v", l, prev)
			}
			if prev = l; got.Of(int32(i), Outside, CueBegin, CueInside, SourceBegin, SourceInside, ContentBegin, ContentGoesOn, ContentInside) < .999 {
				t.Errorf("the probabilities of token %d do not add up to 1", i)
			}
		}
		if first == nil {
			first = got
		} else if !slices.Equal(first.Labels, got.Labels) || !slices.Equal(first.Probs, got.Probs) {
			t.Errorf("level %v reads otherwise", level)
		}
	}
}

func TestReadWithoutStates(t *testing.T) {
	l, err := Load(nn.Plain, toyFile(t))
	if err != nil {
		t.Fatal(err)
	}
	d := toyDoc(5)
	l.States(d, doc.Span{Begin: 0, End: 5}, make([]float32, 5*10)) // of another encoder
	if got := l.Read(d, func(dst []uint64, _ int32) []uint64 { return dst }); got != nil {
		t.Errorf("Read = %v without states, want nil", got)
	}
}

func TestLoadRefuses(t *testing.T) {
	for _, c := range []struct {
		name  string
		build func(b *weights.Builder)
	}{
		{"nothing", func(*weights.Builder) {}},
		{"an odd width", func(b *weights.Builder) { b.Uint32s("shape", []uint32{8, 17, 1}) }},
		{"a width beyond all measure", func(b *weights.Builder) { b.Uint32s("shape", []uint32{8, 1 << 30, 1}) }},
		{"too few weights", func(b *weights.Builder) {
			net := NewNet(Shape{States: 8, Width: 16, Rows: 1})
			net.Flat = net.Flat[1:]
			Save(b, net, make([]float32, 16), []uint64{1}, 1)
		}},
		{"no grain", func(b *weights.Builder) {
			Save(b, NewNet(Shape{States: 8, Width: 16, Rows: 1}), make([]float32, 16), []uint64{1}, 0)
		}},
	} {
		b := &weights.Builder{Name: "toy"}
		c.build(b)
		data, err := b.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		f, err := weights.Read(data)
		if err != nil {
			t.Fatal(err)
		}
		if l, err := Load(nn.Plain, f); !errors.Is(err, weights.ErrFormat) || l != nil {
			t.Errorf("%s: Load = %v, %v, want an error of format", c.name, l, err)
		}
	}
}
