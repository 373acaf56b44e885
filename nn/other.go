//go:build !amd64

package nn

func (l Level) mulPanel(c []float32, ldc int, a Strided, m int, panel []quad, k, cols int) {
	mulPanelPlain(c, ldc, a, m, panel, cols)
}

func (l Level) addScaled(dst, src []float32, s float32) int     { return 0 }
func (l Level) addRow(dst []float32, row []int8, s float32) int { return 0 }
func (l Level) addPositive(dst, src []float32) int              { return 0 }
func (l Level) rectify(x []float32) int                         { return 0 }
func (l Level) pool(h, c, prev, gates []float32) int            { return 0 }
func (l Level) norm(x []float32) float32                        { return normPlain(x) }
func (l Level) adam(w, g, m, v []float32, a *Adam) int          { return 0 }

func mulPairs(c []float32, ldc int, a []int16, row, m int, b *Stepped, j int) {
	panic("nn: no vector instructions here")
}

func (l Level) round(dst []int16, x []float32) int { return 0 }
