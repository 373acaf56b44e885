package nn

import (
	"fmt"
	"math"
)

// Steps is how many steps of an int16 make 1 in the left-hand matrix of a
// Stepped product.
const Steps = 256

// maxStep is the largest weight of a Stepped matrix. With it, and rows of a
// that Norm has made (the mean square of every row at most 1), no sum of up to
// 1,000 products leaves an int32, by the inequality of Cauchy and Schwarz:
// K*Steps*maxStep < 2^31.
const maxStep = 1<<13 - 1

// maxStepped is the longest row that this holds for, with room for rounding.
const maxStepped = 1000

// Stepped is the right-hand matrix of a product for reading, K rows by N
// columns, rounded to whole numbers with a scale for each column, and a bias. A
// product of whole numbers is twice as fast as one of float32, and its sums are
// exact, so that the order of adding does not matter. It may be read by many
// goroutines.
type Stepped struct {
	K, N  int
	level Level
	scale []float32 // of a column, filled up to whole panels
	bias  []float32
	pairs []pairs // for vectors
	lanes []lane
}

// pairs is two rows of a panel of 16 columns, the two weights of a column side
// by side.
type pairs [panelWidth][2]int16

// laneColumns is how many columns the kernel in Go works on at once, two in a
// number of 64 bits: the weight of the first in its lower half plus that of the second
// times 2^32. One multiplication makes both products, and as sums fit in 32
// bits they can be told apart at the end.
const laneColumns = 2 * len(lane{})

// lane is a row of laneColumns columns.
type lane [8]uint64

// NewStepped rounds a K by N matrix stored by rows for the kernels of level l.
// K is even and at most 1,000.
func NewStepped(l Level, b, bias []float32, k, n int) *Stepped {
	if k%2 != 0 || k > maxStepped || len(b) < k*n || len(bias) < n {
		panic(fmt.Sprintf("nn: cannot round a matrix of %d by %d", k, n))
	}
	panels := (n + panelWidth - 1) / panelWidth
	s := &Stepped{K: k, N: n, level: l}
	s.scale, s.bias = make([]float32, panels*panelWidth), make([]float32, panels*panelWidth)
	copy(s.bias, bias[:n])
	steps := make([]int16, panels*panelWidth*k) // by columns
	for j := range n {
		var top float32
		for i := range k {
			v := b[i*n+j]
			top = max(top, v, -v)
		}
		if top == 0 {
			continue
		}
		s.scale[j] = top / (maxStep * Steps)
		for i := range k {
			steps[j*k+i] = int16(math.RoundToEven(float64(b[i*n+j]) / float64(top) * maxStep))
		}
	}
	if l == Plain {
		s.lanes = lanes(steps, k)
	} else {
		s.pairs = pairUp(steps, k)
	}
	return s
}

// lanes gives, for each laneColumns columns, row by row their weights.
func lanes(steps []int16, k int) []lane {
	out := make([]lane, len(steps)/laneColumns)
	for j := 0; j*k < len(steps); j += 2 {
		block := out[j/laneColumns*k:]
		for i := range k {
			block[i][j%laneColumns/2] = uint64(int64(steps[j*k+i]) + int64(steps[(j+1)*k+i])<<32)
		}
	}
	return out
}

func pairUp(steps []int16, k int) []pairs {
	out := make([]pairs, len(steps)/len(pairs{})/2)
	for j := 0; j*k < len(steps); j++ {
		panel := out[j/panelWidth*(k/2):]
		for i := range k {
			panel[i/2][j%panelWidth][i%2] = steps[j*k+i]
		}
	}
	return out
}

// Round writes x, in steps of 1/Steps rounded to even, to dst. What an int16
// does not hold becomes its largest or smallest.
func (l Level) Round(dst []int16, x []float32) {
	dst = dst[:len(x)]
	for i := l.round(dst, x); i < len(x); i++ {
		v := min(max(float32(x[i]*Steps), math.MinInt16), math.MaxInt16)
		const shift = 3 << 22 // numbers about it have no digits after the point
		dst[i] = int16(float32(float32(v+shift) - shift))
	}
}

// MulStepped sets the rows of c, ldc apart, to b's bias plus the product of m
// rows of a, row elements apart, and b. The mean square of a row of a is at
// most 1, that is Steps².
func (l Level) MulStepped(c []float32, ldc int, a []int16, row, m int, b *Stepped) {
	if m == 0 || b.N == 0 {
		return
	}
	if (m-1)*ldc+b.N > len(c) || (m-1)*row+b.K > len(a) || ldc < b.N && m > 1 || b.level == Plain != (l == Plain) {
		panic(fmt.Sprintf("nn: product of %d by %d and %d by %d: slices too short or of another level", m, b.K, b.K, b.N))
	}
	if l == Plain {
		for j := 0; j < b.N; j += laneColumns {
			mulLanes(c[j:], ldc, a, row, m, b, j)
		}
		return
	}
	for j := 0; j < b.N; j += panelWidth {
		mulPairs(c[j:], ldc, a, row, m, b, j)
	}
}

// mulLanes works on laneColumns columns from column j.
func mulLanes(c []float32, ldc int, a []int16, row, m int, b *Stepped, j int) {
	block := b.lanes[j/laneColumns*b.K:][:b.K]
	cols := min(laneColumns, b.N-j)
	scale, bias := b.scale[j:][:laneColumns], b.bias[j:][:laneColumns]
	for i := range m {
		var sums [laneColumns]float32
		for k, s := range mulRow(a[i*row:], block) {
			low := int64(int32(s))
			sums[2*k], sums[2*k+1] = float32(low), float32(int32((int64(s)-low)>>32))
		}
		out := c[i*ldc:][:cols]
		for k := range out {
			out[k] = float32(sums[k]*scale[k]) + bias[k]
		}
	}
}

func mulRow(a []int16, block []lane) lane {
	var s0, s1, s2, s3, s4, s5, s6, s7 uint64
	a = a[:len(block)]
	for i := range block {
		x, w := uint64(int64(a[i])), &block[i]
		s0 += w[0] * x
		s1 += w[1] * x
		s2 += w[2] * x
		s3 += w[3] * x
		s4 += w[4] * x
		s5 += w[5] * x
		s6 += w[6] * x
		s7 += w[7] * x
	}
	return lane{s0, s1, s2, s3, s4, s5, s6, s7}
}
