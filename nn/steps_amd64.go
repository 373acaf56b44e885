package nn

// mulPairs works on the panel from column j, on 6 rows at a time.
func mulPairs(c []float32, ldc int, a []int16, row, m int, b *Stepped, j int) {
	panel := &b.pairs[j/panelWidth*(b.K/2)][0][0]
	scale, bias := &b.scale[j], &b.bias[j]
	cols := min(panelWidth, b.N-j)
	i := 0
	if cols == panelWidth {
		for ; i+6 <= m; i += 6 {
			mulPairs6x16(&c[i*ldc], ldc, &a[i*row], row, panel, b.K/2, scale, bias)
		}
	}
	for ; i < m; i += 6 {
		var tile [6 * panelWidth]float32
		rows := min(6, m-i)
		if rows == 6 {
			mulPairs6x16(&tile[0], panelWidth, &a[i*row], row, panel, b.K/2, scale, bias)
		} else {
			for r := range rows {
				mulPairs1x16(&tile[r*panelWidth], &a[(i+r)*row], panel, b.K/2, scale, bias)
			}
		}
		for r := range rows {
			copy(c[(i+r)*ldc:][:cols], tile[r*panelWidth:])
		}
	}
}

func (l Level) round(dst []int16, x []float32) int {
	if l == Plain || len(x) < 16 {
		return 0
	}
	n := len(x) &^ 15
	roundSteps(&dst[0], &x[0], n)
	return n
}

// mulPairs6x16 sets 6 rows of c, ldc elements apart, to bias plus scale times
// the sums of 6 rows of a, row elements apart, times a panel of k pairs of rows.
//
//go:noescape
func mulPairs6x16(c *float32, ldc int, a *int16, row int, panel *int16, k int, scale, bias *float32)

//go:noescape
func mulPairs1x16(c *float32, a *int16, panel *int16, k int, scale, bias *float32)

// roundSteps is Round of n numbers, a multiple of 16.
//
//go:noescape
func roundSteps(dst *int16, x *float32, n int)
