package nn

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// levels are those this processor can run, Plain first.
func levels() []Level {
	var out []Level
	for l := Plain; l <= Best(); l++ {
		out = append(out, l)
	}
	return out
}

func random(r *rand.Rand, n int) []float32 {
	s := make([]float32, n)
	for i := range s {
		s[i] = float32(r.NormFloat64())
	}
	return s
}

// sameBits reports the first index where a and b differ in a bit, or -1.
func sameBits(a, b []float32) int {
	for i := range a {
		if math.Float32bits(a[i]) != math.Float32bits(b[i]) {
			return i
		}
	}
	return -1
}

// naive is the product by its definition, in the promised order of sums.
func naive(c []float32, ldc int, a Strided, m int, b []float32, k, n, ks, ns int) {
	for i := range m {
		for j := range n {
			s := c[i*ldc+j]
			for p := range k {
				s += float32(a.Data[i*a.Row+p*a.Col] * b[p*ks+j*ns])
			}
			c[i*ldc+j] = s
		}
	}
}

func checkProduct(t *testing.T, r *rand.Rand, m, k, n, extra int, flipA, flipB bool) {
	t.Helper()
	a, ks, ns := ByRows(random(r, m*k), k), n, 1
	if flipA {
		a = Transposed(a.Data, m)
	}
	if flipB {
		ks, ns = 1, k
	}
	b, ldc := random(r, k*n), n+extra
	c := random(r, m*ldc)
	want := slices.Clone(c)
	naive(want, ldc, a, m, b, k, n, ks, ns)
	var p Packed
	p.Pack(random(r, 40*33), 40, 33, 33, 1) // what stood there before must not matter
	p.Pack(b, k, n, ks, ns)
	for _, l := range levels() {
		got := slices.Clone(c)
		l.MulAdd(got, ldc, a, m, &p)
		if i := sameBits(got, want); i >= 0 {
			t.Fatalf("%v: %dx%dx%d (+%d, flipped %v %v): element %d = %v, want %v", l, m, k, n, extra, flipA, flipB, i, got[i], want[i])
		}
	}
}

func TestMulAddSameBits(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		checkProduct(t, r, 1+r.IntN(40), 1+r.IntN(50), 1+r.IntN(70), r.IntN(5), r.IntN(2) == 1, r.IntN(2) == 1)
	}
	for _, s := range [][3]int{{12, 1, 16}, {13, 480, 160}, {1, 1, 1}, {6, 3, 15}, {7, 96, 17}, {25, 7, 33}} {
		checkProduct(t, r, s[0], s[1], s[2], 0, false, false)
	}
}

func FuzzMulAdd(f *testing.F) {
	f.Add(uint64(1), uint8(7), uint8(5), uint8(17), true, false)
	f.Fuzz(func(t *testing.T, seed uint64, m, k, n uint8, flipA, flipB bool) {
		r := rand.New(rand.NewPCG(seed, 1))
		checkProduct(t, r, 1+int(m), 1+int(k), 1+int(n), int(seed%3), flipA, flipB)
	})
}

func TestMulAddEmpty(t *testing.T) {
	var p Packed
	p.Pack(nil, 0, 0, 0, 1)
	for _, l := range levels() {
		l.MulAdd(nil, 0, Strided{}, 0, &p)
		l.MulAdd(nil, 0, Strided{}, 3, &p)
	}
}

func BenchmarkMulAdd(b *testing.B) {
	const m, k, n = 256, 480, 160
	r := rand.New(rand.NewPCG(1, 2))
	a, c := ByRows(random(r, m*k), k), make([]float32, m*n)
	var p Packed
	p.Pack(random(r, k*n), k, n, n, 1)
	for _, l := range levels() {
		b.Run(fmt.Sprint(l), func(b *testing.B) {
			for b.Loop() {
				l.MulAdd(c, n, a, m, &p)
			}
			b.ReportMetric(2*m*k*n*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOPS")
		})
	}
}
