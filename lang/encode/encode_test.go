package encode

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"readout/doc"
	"readout/linear"
)

// randomEncoder is a small network with weights drawn at random.
func randomEncoder(t testing.TB, cfg Config) *Encoder {
	t.Helper()
	r := rand.New(rand.NewPCG(11, 12))
	n := NewNet(Shape{Width: 32, Arc: 10, Label: 12, Reach: 2, Tags: 17, Deprels: len(doc.Deprels())})
	for i := range n.Flat {
		n.Flat[i] = float32(r.NormFloat64() * .3)
	}
	in := NewInputs(linear.NewDict([]uint64{5, 6}, []uint16{1, 2}), 2, []string{"NN"}, 64, 0)
	table := make([]float32, in.Rows()*32)
	for i := range table {
		table[i] = float32(r.NormFloat64())
	}
	var classes []Class
	for _, u := range doc.UPOSValues() {
		classes = append(classes, Class{UPOS: u})
	}
	e, err := New(cfg, n, table, in, classes)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// sentencesOf makes a document of sentences of the given lengths out of
// made-up forms, with the text and tag layers.
func sentencesOf(r *rand.Rand, lengths ...int) *doc.Document {
	d := &doc.Document{Has: doc.LayerText | doc.LayerTags}
	var b strings.Builder
	for k, n := range lengths {
		begin := int32(d.Len())
		for range n {
			at := int32(b.Len())
			for range 1 + r.IntN(5) {
				b.WriteByte(byte('a' + r.IntN(6)))
			}
			d.Tokens.Bytes = append(d.Tokens.Bytes, doc.Range{Begin: at, End: int32(b.Len())})
			d.Tokens.Sent = append(d.Tokens.Sent, int32(k))
			d.Tokens.UPOS = append(d.Tokens.UPOS, doc.UPOS(1+r.IntN(17)))
			b.WriteByte(' ')
		}
		d.Sentences = append(d.Sentences, doc.Span{Begin: begin, End: int32(d.Len())})
	}
	d.Text = b.String()
	return d
}

func run(t testing.TB, e *Encoder, d *doc.Document) {
	t.Helper()
	if err := e.Run(context.Background(), d); err != nil {
		t.Fatal(err)
	}
}

func copyOf(d *doc.Document) *doc.Document {
	c := *d
	c.Tokens.UPOS = slices.Clone(d.Tokens.UPOS)
	return &c
}

// checkTrees wants one root in each sentence and no cycle.
func checkTrees(t *testing.T, d *doc.Document) {
	t.Helper()
	for k, s := range d.Sentences {
		roots := 0
		for i := s.Begin; i < s.End; i++ {
			if d.Head(i) == doc.Root {
				roots++
			}
			if (d.Head(i) == doc.Root) != (d.Deprel(i) == doc.RelRoot) {
				t.Fatalf("sentence %d, token %d: head %d with %v", k, i, d.Head(i), d.Deprel(i))
			}
			h, steps := i, 0
			for h != doc.Root {
				if !s.Has(h) || steps > s.Len() {
					t.Fatalf("sentence %d of %d tokens: token %d does not lead to a root", k, s.Len(), i)
				}
				h = d.Head(h)
				steps++
			}
		}
		if roots != 1 {
			t.Fatalf("sentence %d of %d tokens has %d roots", k, s.Len(), roots)
		}
	}
}

func TestTreesAtAllLengths(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	d := sentencesOf(r, 1, 2, 3, 7, 60, maxChunk-1, maxChunk, maxChunk+1, 700, 1, batchRows-1, batchRows, batchRows+1, 2000)
	run(t, randomEncoder(t, Config{}), d)
	checkTrees(t, d)
}

func TestNoTokens(t *testing.T) {
	d := &doc.Document{Has: doc.LayerText | doc.LayerTags, Sentences: []doc.Span{}}
	run(t, randomEncoder(t, Config{}), d)
	if d.Has&doc.LayerTree == 0 || len(d.Tokens.Head) != 0 {
		t.Errorf("an empty document: layers %v, heads %v", d.Has, d.Tokens.Head)
	}
}

// The reading does not depend on the processor, on what stands before in the
// document, nor on what was read before.
func TestSameReading(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	vector, plain := randomEncoder(t, Config{}), randomEncoder(t, Config{Plain: true})
	for range 20 {
		lengths := []int{1 + r.IntN(40), 1 + r.IntN(40), 1 + r.IntN(300), 1 + r.IntN(40)}
		d := sentencesOf(r, lengths...)
		a, b := copyOf(d), copyOf(d)
		run(t, vector, a)
		run(t, plain, b)
		same(t, a, b)
		last := d.Sentences[3]
		alone := &doc.Document{Text: d.Text, Sentences: []doc.Span{{Begin: 0, End: int32(last.Len())}}}
		alone.Tokens.Bytes = d.Tokens.Bytes[last.Begin:last.End]
		alone.Tokens.Sent = make([]int32, last.Len())
		alone.Tokens.UPOS = slices.Clone(d.Tokens.UPOS[last.Begin:last.End])
		run(t, vector, alone)
		for i := range int32(last.Len()) {
			h := a.Head(last.Begin + i)
			if h >= 0 {
				h -= last.Begin
			}
			if h != alone.Head(i) || a.Deprel(last.Begin+i) != alone.Deprel(i) || a.UPOS(last.Begin+i) != alone.UPOS(i) {
				t.Fatalf("token %d of a sentence of %d reads otherwise alone", i, last.Len())
			}
		}
	}
}

func same(t *testing.T, a, b *doc.Document) {
	t.Helper()
	if !slices.Equal(a.Tokens.Head, b.Tokens.Head) || !slices.Equal(a.Tokens.Deprel, b.Tokens.Deprel) || !slices.Equal(a.Tokens.UPOS, b.Tokens.UPOS) {
		t.Fatal("vector and plain kernels read differently")
	}
}

func TestWarmRunAllocatesNothing(t *testing.T) {
	e := randomEncoder(t, Config{})
	d := sentencesOf(rand.New(rand.NewPCG(7, 8)), 20, 30, 40, 25, 300)
	run(t, e, d)
	if n := testing.AllocsPerRun(20, func() { run(t, e, d) }); n > 2 {
		t.Errorf("%v allocations a run, want none", n)
	}
}

func TestContextEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	d := sentencesOf(rand.New(rand.NewPCG(1, 1)), 3, 4)
	if err := randomEncoder(t, Config{}).Run(ctx, d); err != context.Canceled || d.Has&doc.LayerTree != 0 {
		t.Errorf("Run = %v, layers %v; want %v and no tree", err, d.Has, context.Canceled)
	}
}

// bestTree tries every assignment of heads.
func bestTree(arcs []float32, n int) float64 {
	best := math.Inf(-1)
	head := make([]int32, n)
	var try func(i int)
	try = func(i int) {
		if i == n {
			var ts treeSpace
			roots, sum := 0, 0.0
			for k, h := range head {
				if h == 0 {
					roots++
				}
				sum += float64(arcs[k*(n+1)+int(h)])
			}
			if roots == 1 && ts.acyclic(head) && projective(head) {
				best = max(best, sum)
			}
			return
		}
		for h := range n + 1 {
			if h != i+1 {
				head[i] = int32(h)
				try(i + 1)
			}
		}
	}
	try(0)
	return best
}

func TestBestTree(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	var ts treeSpace
	for round := range 600 {
		n := 1 + r.IntN(5)
		arcs := make([]float32, n*(n+1))
		for i := range arcs {
			arcs[i] = float32(r.NormFloat64())
			if round%3 == 0 {
				arcs[i] = float32(r.IntN(3)) // many ties
			}
		}
		head := make([]int32, n)
		ts.heads(head, arcs, n)
		sum, roots := 0.0, 0
		for i, h := range head {
			sum += float64(arcs[i*(n+1)+int(h)])
			if h == 0 {
				roots++
			}
		}
		if want := bestTree(arcs, n); math.Abs(sum-want) > 1e-4 || roots != 1 || !ts.acyclic(head) || !projective(head) {
			t.Fatalf("round %d: heads %v of %v score %v, want a tree of %v", round, head, arcs, sum, want)
		}
	}
}

func TestDistanceOf(t *testing.T) {
	last := -1
	for d := 0; d < 200; d++ {
		c := DistanceOf(d)
		if c < last || c >= Distances/2 || d > 0 && DistanceOf(-d) != c+Distances/2 {
			t.Fatalf("DistanceOf(%d) = %d, of %d = %d", d, c, -d, DistanceOf(-d))
		}
		last = c
	}
}

func BenchmarkRun(b *testing.B) {
	d := sentencesOf(rand.New(rand.NewPCG(7, 8)), 20, 30, 17, 25, 22, 31, 9, 14, 26, 40)
	for name, cfg := range map[string]Config{"vector": {}, "plain": {Plain: true}} {
		b.Run(name, func(b *testing.B) {
			e := randomEncoder(b, cfg)
			for b.Loop() {
				run(b, e, d)
			}
			b.ReportMetric(float64(d.Len())*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
		})
	}
}
