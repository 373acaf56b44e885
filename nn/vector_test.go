package nn

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// everyLevel runs f at each level on a copy of in, and wants the bits of the
// plain run.
func everyLevel(t *testing.T, name string, in [][]float32, f func(l Level, s [][]float32)) {
	t.Helper()
	clone := func() [][]float32 {
		var out [][]float32
		for _, s := range in {
			out = append(out, slices.Clone(s))
		}
		return out
	}
	want := clone()
	f(Plain, want)
	for _, l := range levels()[1:] {
		got := clone()
		f(l, got)
		for k := range got {
			if i := sameBits(got[k], want[k]); i >= 0 {
				t.Fatalf("%s at %v, slice %d of length %d: element %d = %v, want %v", name, l, k, len(got[k]), i, got[k][i], want[k][i])
			}
		}
	}
}

func checkVectors(t *testing.T, r *rand.Rand, n int) {
	t.Helper()
	s := float32(r.NormFloat64())
	row := make([]int8, n)
	for i := range row {
		row[i] = int8(r.IntN(256) - 128)
	}
	wide := random(r, 3*n)
	for i := range wide {
		wide[i] *= 4 // reaches the flat ends of Squash and Gate
	}
	second := random(r, n)
	for i := range second {
		second[i] *= second[i]
	}
	out := make([]float32, 1)
	everyLevel(t, "AddScaled", [][]float32{random(r, n), random(r, n)}, func(l Level, v [][]float32) { l.AddScaled(v[0], v[1], s) })
	everyLevel(t, "AddRow", [][]float32{random(r, n)}, func(l Level, v [][]float32) { l.AddRow(v[0], row, s) })
	everyLevel(t, "AddPositive", [][]float32{random(r, n), random(r, n)}, func(l Level, v [][]float32) { l.AddPositive(v[0], v[1]) })
	everyLevel(t, "Rectify", [][]float32{random(r, n)}, func(l Level, v [][]float32) { l.Rectify(v[0]) })
	everyLevel(t, "Pool", [][]float32{make([]float32, n), random(r, n), random(r, n), wide}, func(l Level, v [][]float32) { l.Pool(v[0], v[1], v[2], v[3]) })
	everyLevel(t, "Norm", [][]float32{random(r, n), out}, func(l Level, v [][]float32) { v[1][0] = l.Norm(v[0]) })
	everyLevel(t, "Adam", [][]float32{random(r, n), random(r, n), random(r, n), second}, func(l Level, v [][]float32) {
		a := NewAdam(2e-3, .9, .98, 3)
		a.Scale = s
		l.Adam(v[0], v[1], v[2], v[3], a)
	})
}

func TestVectorsSameBits(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for n := range 100 {
		checkVectors(t, r, n)
	}
	checkVectors(t, r, 480)
}

func FuzzVectors(f *testing.F) {
	f.Add(uint64(1), uint16(160))
	f.Fuzz(func(t *testing.T, seed uint64, n uint16) {
		checkVectors(t, rand.New(rand.NewPCG(seed, 5)), int(n%2000))
	})
}

func TestSquash(t *testing.T) {
	for x := float32(-8); x <= 8; x += 1. / 64 {
		want := math.Tanh(float64(x))
		if got := float64(Squash(x)); math.Abs(got-want) > .024 {
			t.Errorf("Squash(%v) = %v, more than .024 from %v", x, got, want)
		}
		if Squash(x) != -Squash(-x) {
			t.Errorf("Squash(%v) is not odd", x)
		}
	}
	if Squash(3) != 1 || Squash(99) != 1 || Gate(6) != 1 || Gate(-7) != 0 || Gate(0) != .5 {
		t.Error("the flat ends of Squash and Gate are not where they should be")
	}
}

func TestNorm(t *testing.T) {
	x := []float32{1, 2, 3, 4, 5, 6, 7, 8, 9}
	Best().Norm(x)
	var sum, squares float64
	for _, v := range x {
		sum += float64(v)
		squares += float64(v) * float64(v)
	}
	if math.Abs(sum) > 1e-5 || math.Abs(squares/9-1) > 1e-4 {
		t.Errorf("after Norm the mean is %v and the variance %v", sum/9, squares/9)
	}
	if scale := Best().Norm(make([]float32, 8)); math.IsInf(float64(scale), 0) {
		t.Error("Norm of a constant row is not finite")
	}
}

func TestAdam(t *testing.T) {
	w, m, v := []float32{5}, []float32{0}, []float32{0}
	for step := 1; step <= 2000; step++ {
		Best().Adam(w, []float32{2 * (w[0] - 1)}, m, v, NewAdam(.02, .9, .98, step))
	}
	if math.Abs(float64(w[0]-1)) > 1e-2 {
		t.Errorf("Adam ends at %v, want the minimum at 1", w[0])
	}
}

func BenchmarkPool(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	h, c, gates := make([]float32, 160), random(r, 160), random(r, 480)
	for _, l := range levels()[:min(2, len(levels()))] {
		b.Run(l.String(), func(b *testing.B) {
			for b.Loop() {
				l.Pool(h, c, c, gates)
			}
		})
	}
}

func BenchmarkNorm(b *testing.B) {
	x := random(rand.New(rand.NewPCG(1, 2)), 160)
	for _, l := range levels()[:min(2, len(levels()))] {
		b.Run(l.String(), func(b *testing.B) {
			for b.Loop() {
				l.Norm(x)
			}
		})
	}
}

func TestExp(t *testing.T) {
	for x := float32(0); x > -90; x -= .037 {
		if got, want := float64(Exp(x)), math.Exp(float64(x)); math.Abs(got-want) > 1e-6*want+1e-34 {
			t.Fatalf("exp(%v) = %v, want %v", x, got, want)
		}
	}
	if Exp(float32(math.Inf(-1))) != 0 {
		t.Error("exp(-Inf) is not 0")
	}
}
