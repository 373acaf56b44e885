package train

import (
	"math"
	"math/rand/v2"

	"readout/nn"
)

// The layers of the encoder that package nn has no gradient for. Everything is
// rounded to float32 at each step, so that a run gives the same bytes on every
// processor.

// normBack turns dy, the gradient at the output y of a layer norm, into that at
// its input; scale is what nn.Level.Norm returned.
func normBack(dy, y []float32, scale float32) {
	var s, p [4]float32
	for i := 0; i+4 <= len(dy); i += 4 {
		for k := range 4 {
			s[k] += dy[i+k]
			p[k] += float32(dy[i+k] * y[i+k])
		}
	}
	n := float32(len(dy))
	mean := ((s[0] + s[2]) + (s[1] + s[3])) / n
	along := ((p[0] + p[2]) + (p[1] + p[3])) / n
	for i := range dy {
		dy[i] = float32(scale * (dy[i] - mean - float32(y[i]*along)))
	}
}

// slope is the derivative of nn.Squash: ((9-x²)/(9+3x²))² within its bend.
func slope(x float32) float32 {
	x = min(max(x, -3), 3)
	q := float32(x * x)
	s := (9 - q) / (9 + float32(3*q))
	return float32(s * s)
}

// poolBack takes one step of nn.Level.Pool backwards. dh is the gradient at h,
// dc that at c from the step after, replaced by that at prev. gates are the
// values Pool left, sums what it was given; their gradient goes to d.
func poolBack(d, dh, dc, c, prev, gates, sums []float32) {
	n := len(dh)
	dc, c, prev = dc[:n], c[:n], prev[:n]
	z, f, o := gates[:n], gates[n:2*n], gates[2*n:3*n]
	sz, sf, so := sums[:n], sums[n:2*n], sums[2*n:3*n]
	dz, df, do := d[:n], d[n:2*n], d[2*n:3*n]
	for i, g := range dh {
		do[i] = float32(float32(g*c[i]) * float32(.25*slope(float32(.5*so[i]))))
		gc := dc[i] + float32(g*o[i])
		dz[i] = float32(float32(gc*(1-f[i])) * slope(sz[i]))
		df[i] = float32(float32(gc*(prev[i]-z[i])) * float32(.25*slope(float32(.5*sf[i]))))
		dc[i] = float32(gc * f[i])
	}
}

// softmaxLoss replaces scores by the gradient of the cross-entropy of gold,
// times weight, and returns the loss. Scores of -Inf stay out.
func softmaxLoss(scores []float32, gold int, weight float32) float64 {
	top := scores[0]
	for _, v := range scores {
		top = max(top, v)
	}
	at := scores[gold] - top
	var sum float32
	for i, v := range scores {
		scores[i] = nn.Exp(v - top)
		sum += scores[i]
	}
	scale := weight / sum
	for i := range scores {
		scores[i] = float32(scores[i] * scale)
	}
	scores[gold] -= weight
	return math.Log(float64(sum)) - float64(at)
}

// dropout draws a mask of 0 and 1/(1-rate) and applies it to x. rate is taken
// in steps of 1/256; rate 0 leaves x alone and the mask as ones.
func dropout(r *rand.PCG, x, mask []float32, rate float64) {
	drop := uint64(rate * 256)
	keep := float32(256 / float64(256-drop))
	for i := 0; i < len(x); i += 8 {
		bits := uint64(0)
		if drop > 0 {
			bits = r.Uint64()
		}
		for k := i; k < min(i+8, len(x)); k++ {
			m := keep
			if bits&255 < drop {
				m = 0
			}
			bits >>= 8
			mask[k] = m
			x[k] = float32(x[k] * m)
		}
	}
}

// times multiplies x by mask.
func times(x, mask []float32) {
	mask = mask[:len(x)]
	for i := range x {
		x[i] = float32(x[i] * mask[i])
	}
}

func scale(x []float32, s float32) {
	for i := range x {
		x[i] = float32(x[i] * s)
	}
}

// sumRows adds the rows of m, stride apart, to dst.
func sumRows(l nn.Level, dst, m []float32, rows, stride int) {
	for i := range rows {
		l.AddScaled(dst, m[i*stride:][:len(dst)], 1)
	}
}
