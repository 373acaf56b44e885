package nn

// The wrappers hand whole groups of eight to the assembly and return how many
// elements are done.

func (l Level) groups(n int) int {
	if l == Plain {
		return 0
	}
	return n &^ 7
}

func (l Level) addScaled(dst, src []float32, s float32) int {
	n := l.groups(len(dst))
	if n > 0 {
		addScaledAVX2(&dst[0], &src[0], s, n)
	}
	return n
}

func (l Level) addRow(dst []float32, row []int8, s float32) int {
	n := l.groups(len(dst))
	if n > 0 {
		addRowAVX2(&dst[0], &row[0], s, n)
	}
	return n
}

func (l Level) addPositive(dst, src []float32) int {
	n := l.groups(len(dst))
	if n > 0 {
		addPositiveAVX2(&dst[0], &src[0], n)
	}
	return n
}

func (l Level) rectify(x []float32) int {
	n := l.groups(len(x))
	if n > 0 {
		rectifyAVX2(&x[0], n)
	}
	return n
}

func (l Level) pool(h, c, prev, gates []float32) int {
	n := l.groups(len(h))
	if n > 0 {
		poolAVX2(&h[0], &c[0], &prev[0], &gates[0], len(h), n)
	}
	return n
}

func (l Level) norm(x []float32) float32 {
	return normAVX2(&x[0], len(x), 1/float32(len(x)), normEpsilon)
}

func (l Level) adam(w, g, m, v []float32, a *Adam) int {
	n := l.groups(len(w))
	if n > 0 {
		adamAVX2(&w[0], &g[0], &m[0], &v[0], n, a, 1-a.Beta1, 1-a.Beta2)
	}
	return n
}

//go:noescape
func addScaledAVX2(dst, src *float32, s float32, n int)

//go:noescape
func addRowAVX2(dst *float32, row *int8, s float32, n int)

//go:noescape
func addPositiveAVX2(dst, src *float32, n int)

//go:noescape
func rectifyAVX2(x *float32, n int)

//go:noescape
func poolAVX2(h, c, prev, gates *float32, stride, n int)

//go:noescape
func normAVX2(x *float32, n int, inv, epsilon float32) float32

//go:noescape
func adamAVX2(w, grad, m, v *float32, n int, a *Adam, rest1, rest2 float32)
