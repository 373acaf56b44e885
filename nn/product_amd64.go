package nn

// mulPanel adds a times one panel to cols columns of c. The assembly works on
// tiles of 6 or 12 whole rows by 16 columns; what is left over goes through a
// tile of its own.
func (l Level) mulPanel(c []float32, ldc int, a Strided, m int, panel []quad, k, cols int) {
	if l == Plain {
		mulPanelPlain(c, ldc, a, m, panel, cols)
		return
	}
	i := 0
	if cols == panelWidth {
		if l == AVX512 {
			for ; i+12 <= m; i += 12 {
				mul12x16(&c[i*ldc], ldc, &a.Data[i*a.Row], a.Row, a.Col, &panel[0][0], k)
			}
		}
		for ; i+6 <= m; i += 6 {
			mul6x16(&c[i*ldc], ldc, &a.Data[i*a.Row], a.Row, a.Col, &panel[0][0], k)
		}
	}
	var tile [6 * panelWidth]float32
	for ; i < m; i += 6 {
		rows := min(6, m-i)
		for r := range rows {
			copy(tile[r*panelWidth:][:cols], c[(i+r)*ldc:])
		}
		mulTile(&tile, a, i, rows, panel, k)
		for r := range rows {
			copy(c[(i+r)*ldc:][:cols], tile[r*panelWidth:])
		}
	}
}

func mulTile(tile *[6 * panelWidth]float32, a Strided, i, rows int, panel []quad, k int) {
	if rows == 6 {
		mul6x16(&tile[0], panelWidth, &a.Data[i*a.Row], a.Row, a.Col, &panel[0][0], k)
		return
	}
	for r := range rows {
		mul1x16(&tile[r*panelWidth], &a.Data[(i+r)*a.Row], a.Col, &panel[0][0], k)
	}
}

// mul6x16 adds 6 rows of a, row elements apart, times a panel of k rows to 6
// rows of c. Strides are in elements.
//
//go:noescape
func mul6x16(c *float32, ldc int, a *float32, row, col int, panel *float32, k int)

// mul12x16 does the same with 12 rows and needs AVX-512.
//
//go:noescape
func mul12x16(c *float32, ldc int, a *float32, row, col int, panel *float32, k int)

//go:noescape
func mul1x16(c *float32, a *float32, col int, panel *float32, k int)
