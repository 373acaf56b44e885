package nn

import "math"

// Adam holds the constants of one step of the optimiser (Kingma and Ba 2015,
// https://arxiv.org/abs/1412.6980). Rate has both bias corrections in it; see
// NewAdam.
type Adam struct {
	Beta1, Beta2, Rate, Epsilon float32
	Scale                       float32 // each gradient is taken times this
}

// NewAdam gives the constants of step t, counted from 1.
func NewAdam(rate, beta1, beta2 float64, t int) Adam {
	c1, c2 := 1-math.Pow(beta1, float64(t)), 1-math.Pow(beta2, float64(t))
	return Adam{
		Beta1: float32(beta1), Beta2: float32(beta2),
		Rate: float32(rate * math.Sqrt(c2) / c1), Epsilon: 1e-8, Scale: 1,
	}
}

// Adam changes the weights w by their gradients g; m and v are the running
// means of the gradients and of their squares, zeros at first.
func (l Level) Adam(w, g, m, v []float32, a Adam) {
	g, m, v = g[:len(w)], m[:len(w)], v[:len(w)]
	b1, b2 := 1-a.Beta1, 1-a.Beta2
	for i := l.adam(w, g, m, v, &a); i < len(w); i++ {
		x := float32(g[i] * a.Scale)
		m[i] = float32(m[i]*a.Beta1) + float32(x*b1)
		v[i] = float32(v[i]*a.Beta2) + float32(float32(x*x)*b2)
		w[i] -= float32(m[i]*a.Rate) / (sqrt(v[i]) + a.Epsilon)
	}
}
