package nn

import "math"

// Each kernel below has its definition here, in Go; the assembly does as many
// whole groups of eight elements as there are and leaves the rest to it.

// AddScaled adds s*src to dst. The slices are of one length.
func (l Level) AddScaled(dst, src []float32, s float32) {
	src = src[:len(dst)]
	for i := l.addScaled(dst, src, s); i < len(dst); i++ {
		dst[i] += float32(src[i] * s)
	}
}

// AddRow adds a row of small integers, each times s, to dst.
func (l Level) AddRow(dst []float32, row []int8, s float32) {
	row = row[:len(dst)]
	for i := l.addRow(dst, row, s); i < len(dst); i++ {
		dst[i] += float32(float32(row[i]) * s)
	}
}

// AddPositive adds the positive elements of src to dst: a residual connection
// around a rectifier.
func (l Level) AddPositive(dst, src []float32) {
	src = src[:len(dst)]
	for i := l.addPositive(dst, src); i < len(dst); i++ {
		dst[i] += positive(src[i])
	}
}

// Rectify sets the negative elements of x to zero.
func (l Level) Rectify(x []float32) {
	for i := l.rectify(x); i < len(x); i++ {
		x[i] = positive(x[i])
	}
}

// positive is x, or +0 when its sign bit is set. No branch: signs are random.
func positive(x float32) float32 {
	b := math.Float32bits(x)
	return math.Float32frombits(b &^ uint32(int32(b)>>31))
}

const (
	signBit = 1 << 31
	three   = 0x40400000 // the bits of 3
)

// Squash is the function this package uses for the hyperbolic tangent, within
// 0.024 of it: x(27+x²)/(27+9x²) between -3 and 3, where it meets -1 and 1 with
// slope 0, and these beyond.
func Squash(x float32) float32 {
	// The bits of positive floats are in their order; min of floats would
	// also look for NaN.
	b := math.Float32bits(x)
	size := min(b&^signBit, three)
	x = math.Float32frombits(size | b&signBit)
	q := float32(x * x)
	return float32(x*(27+q)) / (27 + float32(9*q))
}

// Gate is the logistic function made of Squash.
func Gate(x float32) float32 { return 0.5 + float32(0.5*Squash(float32(0.5*x))) }

// Exp is e to the power of x, for x at most 0 (after Cephes' expf). It is the
// same on every processor, which math.Exp is not.
func Exp(x float32) float32 {
	if x < -80 {
		return 0
	}
	k := float32(math.Floor(float64(float32(x*1.44269504) + .5)))
	x -= float32(k * 0.693359375)
	x -= float32(k * -2.12194440e-4)
	y := float32(1.9875691500e-4)
	for _, c := range [...]float32{1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1} {
		y = float32(y*x) + c
	}
	y = float32(float32(y*x)*x) + x + 1
	return float32(y * math.Float32frombits(uint32(int32(k)+127)<<23))
}

// Pool takes one step of a quasi-recurrent layer with output gates
// (fo-pooling; Bradbury et al. 2017, https://arxiv.org/abs/1611.01576).
// gates holds the layer's three products for one token: the candidates z, the
// forget gates f and the output gates o, len(h) each. They are replaced by
// Squash(z), Gate(f), Gate(o); then c = z + f*(prev-z) and h = o*c. c may be
// prev.
func (l Level) Pool(h, c, prev, gates []float32) {
	n := len(h)
	c, prev, gates = c[:n], prev[:n], gates[:3*n]
	for i := l.pool(h, c, prev, gates); i < n; i++ {
		z, f, o := Squash(gates[i]), Gate(gates[n+i]), Gate(gates[2*n+i])
		gates[i], gates[n+i], gates[2*n+i] = z, f, o
		c[i] = z + float32(f*(prev[i]-z))
		h[i] = float32(o * c[i])
	}
}

// normEpsilon keeps the norm of a constant row finite.
const normEpsilon = 1e-5

// Norm shifts and scales x to mean 0 and variance 1 (layer norm without gain
// and bias; Ba et al. 2016, https://arxiv.org/abs/1607.06450) and returns the
// factor it used. Sums are kept in eight lanes, element i in lane i%8, and the
// lanes folded in halves.
func (l Level) Norm(x []float32) float32 {
	if len(x)%8 == 0 && len(x) > 0 && l != Plain {
		return l.norm(x)
	}
	return normPlain(x)
}

func normPlain(x []float32) float32 {
	inv := 1 / float32(len(x))
	var s [8]float32
	for i, v := range x {
		s[i%8] += v
	}
	mean := float32(fold(s) * inv)
	s = [8]float32{}
	for i, v := range x {
		d := v - mean
		x[i] = d
		s[i%8] += float32(d * d)
	}
	variance := float32(fold(s) * inv)
	scale := 1 / sqrt(variance+normEpsilon)
	for i := range x {
		x[i] = float32(x[i] * scale)
	}
	return scale
}

func fold(s [8]float32) float32 {
	return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]))
}

// sqrt is rounded exactly: a float64 has more than twice a float32's digits.
func sqrt(x float32) float32 { return float32(math.Sqrt(float64(x))) }
