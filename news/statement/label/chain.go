package label

import (
	"math"

	"readout/nn"
)

// Label is what part of an attribution a token is.
type Label uint8

// The labels. A content comes in pieces where its own cue breaks it; the first
// token of its first piece is ContentBegin, that of a later piece ContentGoesOn.
const (
	Outside Label = iota
	CueBegin
	CueInside
	SourceBegin
	SourceInside
	ContentBegin
	ContentGoesOn
	ContentInside
	Count = iota // how many labels there are
)

// Inside is the label of the tokens that follow one with label l in its span.
func (l Label) Inside() Label {
	switch l {
	case CueBegin:
		return CueInside
	case SourceBegin:
		return SourceInside
	case ContentBegin, ContentGoesOn:
		return ContentInside
	}
	return l
}

// Allowed reports whether label b may follow a; a is Count at the beginning of a
// stretch.
func Allowed(a, b Label) bool {
	switch b {
	case CueInside:
		return a == CueBegin || a == CueInside
	case SourceInside:
		return a == SourceBegin || a == SourceInside
	case ContentInside:
		return a == ContentBegin || a == ContentGoesOn || a == ContentInside
	}
	return true
}

// Chain is a linear chain over the labels of a stretch (Lafferty, McCallum and
// Pereira 2001): the scores of labels and of steps between them add up, and the
// probability of a sequence is in proportion to e to that sum. It is the
// scratch of one goroutine.
type Chain struct {
	step  [Count + 1][Count]float32 // e to the steps' scores, 0 where not allowed
	emit  []float32                 // e to the scores, a row scaled so that the best is 1
	alpha []float32                 // of a row, scaled to the sum 1
	beta  []float32
	scale []float32
	back  []uint8
}

// Steps takes over the scores of steps: Count+1 rows of Count.
func (c *Chain) Steps(scores []float32) {
	for a := range c.step {
		for b := range c.step[a] {
			c.step[a][b] = 0
			if Allowed(Label(a), Label(b)) {
				v := scores[a*Count+b]
				if v > 0 { // e to the power of a positive number by that of its opposite
					c.step[a][b] = 1 / nn.Exp(-v)
				} else {
					c.step[a][b] = nn.Exp(v)
				}
			}
		}
	}
}

func atLeast[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n+n/4)[:n]
	}
	return s[:n]
}

// Forward prepares c for a stretch of n tokens with the given scores, Count a
// token, and returns the logarithm of the sum over all sequences, less the best
// score of each token.
func (c *Chain) Forward(scores []float32, n int) float64 {
	c.emit, c.alpha = atLeast(c.emit, n*Count), atLeast(c.alpha, n*Count)
	c.beta, c.scale = atLeast(c.beta, n*Count), atLeast(c.scale, n)
	total := 0.0
	for t := range n {
		row, e := scores[t*Count:][:Count], c.emit[t*Count:][:Count]
		top := row[0]
		for _, v := range row {
			top = max(top, v)
		}
		for k, v := range row {
			e[k] = nn.Exp(v - top)
		}
		a := c.alpha[t*Count:][:Count]
		if t == 0 {
			copy(a, c.step[Count][:])
		} else {
			prev := c.alpha[(t-1)*Count:][:Count]
			clear(a)
			for i, p := range prev {
				for k := range a {
					a[k] += float32(p * c.step[i][k])
				}
			}
		}
		var sum float32
		for k := range a {
			a[k] = float32(a[k] * e[k])
			sum += a[k]
		}
		sum = max(sum, 1e-30)
		c.scale[t] = 1 / sum
		for k := range a {
			a[k] = float32(a[k] * c.scale[t])
		}
		total += math.Log(float64(sum))
	}
	return total
}

// Backward fills out with the probability of each label of each of the n tokens
// that Forward was given. Where steps is not nil, the expected number of each
// step is added to it.
func (c *Chain) Backward(out []float32, n int, steps []float32) {
	if n == 0 {
		return
	}
	last := c.beta[(n-1)*Count:][:Count]
	for k := range last {
		last[k] = 1
	}
	var with [Count]float32
	for t := n - 1; t >= 0; t-- {
		b, a, p := c.beta[t*Count:][:Count], c.alpha[t*Count:][:Count], out[t*Count:][:Count]
		var sum float32
		for k := range p {
			p[k] = float32(a[k] * b[k])
			sum += p[k]
		}
		sum = 1 / max(sum, 1e-30)
		for k := range p {
			p[k] = float32(p[k] * sum)
		}
		e := c.emit[t*Count:][:Count]
		for k := range with {
			with[k] = float32(float32(e[k]*b[k]) * c.scale[t])
		}
		if t == 0 {
			if steps != nil {
				for k := range p {
					steps[Count*Count+k] += p[k]
				}
			}
			break
		}
		prev, before := c.alpha[(t-1)*Count:][:Count], c.beta[(t-1)*Count:][:Count]
		for i := range before {
			var s float32
			for k := range with {
				s += float32(c.step[i][k] * with[k])
			}
			before[i] = s
		}
		if steps != nil {
			for i := range prev {
				for k := range with {
					steps[i*Count+k] += float32(float32(prev[i]*c.step[i][k]) * with[k])
				}
			}
		}
	}
}

// Best fills out with the most probable sequence of labels of the n tokens that
// Forward was given.
func (c *Chain) Best(out []Label, n int) {
	if n == 0 {
		return
	}
	if cap(c.back) < n*Count {
		c.back = make([]uint8, n*Count+n*Count/4)
	}
	c.back = c.back[:n*Count]
	var v, w [Count]float32
	for k := range v {
		v[k] = float32(c.step[Count][k] * c.emit[k])
	}
	for t := 1; t < n; t++ {
		e := c.emit[t*Count:][:Count]
		var top float32
		for k := range w {
			from, best := 0, float32(-1)
			for i := range v {
				if x := float32(v[i] * c.step[i][k]); x > best {
					from, best = i, x
				}
			}
			w[k] = float32(best * e[k])
			top = max(top, w[k])
			c.back[t*Count+k] = uint8(from)
		}
		top = 1 / max(top, 1e-30)
		for k := range v {
			v[k] = float32(w[k] * top)
		}
	}
	at := 0
	for k := range v {
		if v[k] > v[at] {
			at = k
		}
	}
	for t := n - 1; t >= 0; t-- {
		out[t] = Label(at)
		at = int(c.back[t*Count+at])
	}
}
