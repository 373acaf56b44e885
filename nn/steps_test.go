package nn

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// stepped makes a product's parts: m rows that Norm has made, k by n weights.
func stepped(r *rand.Rand, m, k, n int) (a, b, bias []float32) {
	a, b, bias = make([]float32, m*k), make([]float32, k*n), make([]float32, n)
	for i := range a {
		a[i] = float32(r.NormFloat64())
	}
	for i := range m {
		Plain.Norm(a[i*k:][:k])
	}
	for i := range b {
		b[i] = float32(r.NormFloat64() * .1)
	}
	for i := range bias {
		bias[i] = float32(r.NormFloat64())
	}
	return a, b, bias
}

// The product is near that of float32, and the same bits on every level.
func TestMulStepped(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, size := range [][3]int{{1, 2, 1}, {1, 32, 16}, {5, 64, 17}, {6, 96, 16}, {7, 768, 256}, {13, 256, 40}, {24, 256, 7}} {
		m, k, n := size[0], size[1], size[2]
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			a, b, bias := stepped(r, m, k, n)
			checkStepped(t, a, b, bias, m, k, n, .02)
		})
	}
}

func checkStepped(t *testing.T, a, b, bias []float32, m, k, n int, near float64) {
	t.Helper()
	var first []float32
	for l := Plain; l <= Best(); l++ {
		steps := make([]int16, m*k)
		l.Round(steps, a)
		c := make([]float32, m*(n+3))
		l.MulStepped(c, n+3, steps, k, m, NewStepped(l, b, bias, k, n))
		if first == nil {
			first = c
		}
		for i := range m {
			for j := range n {
				want := float64(bias[j])
				for p := range k {
					want += float64(a[i*k+p]) * float64(b[p*n+j])
				}
				got := c[i*(n+3)+j]
				if math.Abs(float64(got)-want) > near {
					t.Fatalf("%s: row %d column %d is %v, want about %v", l, i, j, got, want)
				}
				if got != first[i*(n+3)+j] {
					t.Fatalf("%s: row %d column %d is %v, plain Go says %v", l, i, j, got, first[i*(n+3)+j])
				}
			}
		}
	}
}

// The largest sums that there can be: all of a row in one number, and all equal.
func TestMulSteppedLimits(t *testing.T) {
	const k, n = 768, 16
	a, b, bias := make([]float32, 2*k), make([]float32, k*n), make([]float32, n)
	for i := range k {
		a[i] = 1
	}
	a[k+5] = float32(math.Sqrt(256))
	for i := range b {
		b[i] = 2 - 4*float32(i%n%2)
	}
	checkStepped(t, a, b, bias, 2, k, n, .2)
}

func TestRound(t *testing.T) {
	x := []float32{0, 1, -1, 1.0 / 512, 3.0 / 512, -1.0 / 512, 127.9, 128, -128, -129, 1e9, -1e9, .3, .7, -.3, 15.99, 2.5 / 256}
	want := []int16{0, 256, -256, 0, 2, 0, 32742, 32767, -32768, -32768, 32767, -32768, 77, 179, -77, 4093, 2}
	for l := Plain; l <= Best(); l++ {
		got := make([]int16, len(x))
		l.Round(got, x)
		for i := range x {
			if got[i] != want[i] {
				t.Errorf("%s: %v is %d steps, want %d", l, x[i], got[i], want[i])
			}
		}
	}
}

func FuzzMulStepped(f *testing.F) {
	f.Add(uint8(3), uint8(8), uint8(5), uint64(1))
	f.Add(uint8(6), uint8(1), uint8(33), uint64(2))
	f.Fuzz(func(t *testing.T, m, half, n uint8, seed uint64) {
		rows, k, cols := int(m%20)+1, 2*(int(half%100)+1), int(n%70)+1
		a, b, bias := stepped(rand.New(rand.NewPCG(seed, 3)), rows, k, cols)
		checkStepped(t, a, b, bias, rows, k, cols, .05)
	})
}

func BenchmarkMulStepped(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	const m, k, n = 192, 256, 768
	a, w, bias := stepped(r, m, k, n)
	for l := Plain; l <= Best(); l++ {
		b.Run(l.String(), func(b *testing.B) {
			steps, c := make([]int16, m*k), make([]float32, m*n)
			s := NewStepped(l, w, bias, k, n)
			for b.Loop() {
				l.Round(steps, a)
				l.MulStepped(c, n, steps, k, m, s)
			}
			b.ReportMetric(2*m*k*n*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOPS")
		})
		b.Run(l.String()+"/float32", func(b *testing.B) {
			c := make([]float32, m*n)
			var p Packed
			p.Pack(w, k, n, n, 1)
			for b.Loop() {
				kernelsBias(c, bias, m, n)
				l.MulAdd(c, n, ByRows(a, k), m, &p)
			}
			b.ReportMetric(2*m*k*n*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOPS")
		})
	}
}

func kernelsBias(c, bias []float32, m, n int) {
	for i := range m {
		copy(c[i*n:], bias)
	}
}
