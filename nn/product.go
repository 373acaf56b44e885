package nn

import "fmt"

// panelWidth is how many columns of a packed matrix stand side by side: one
// 512-bit register or two of 256 bits.
const panelWidth = 16

// quad is four neighbours in a row of a panel, which is four quads wide.
type quad [4]float32

const panelQuads = panelWidth / len(quad{})

// Packed is the right-hand matrix of a product, K rows by N columns, laid out
// for the kernels: panels of 16 columns, row by row within a panel, the last
// panel filled up with zeros. It may be read by many goroutines.
type Packed struct {
	K, N int
	data []quad
}

// Pack lays out a K by N matrix whose element (k, n) is b[k*kStride+n*nStride],
// reusing p's memory. Strides (N, 1) take a matrix stored by rows, (1, K) the
// transpose of an N by K one.
func (p *Packed) Pack(b []float32, k, n, kStride, nStride int) {
	panels := (n + panelWidth - 1) / panelWidth
	need := panels * k * panelQuads
	if cap(p.data) < need {
		p.data = make([]quad, need)
	}
	p.K, p.N, p.data = k, n, p.data[:need]
	if k > 0 && n > 0 {
		_ = b[(k-1)*kStride+(n-1)*nStride]
	}
	for j := range panels {
		cols := min(panelWidth, n-j*panelWidth)
		panel := p.data[j*k*panelQuads:][:k*panelQuads]
		if cols < panelWidth {
			clear(panel)
		}
		packPanel(panel, b[j*panelWidth*nStride:], k, cols, kStride, nStride)
	}
}

func packPanel(panel []quad, b []float32, k, cols, kStride, nStride int) {
	for q := 0; q*len(quad{}) < cols; q++ {
		first := q * len(quad{})
		width := min(len(quad{}), cols-first)
		if nStride == 1 {
			for i := range k {
				copy(panel[i*panelQuads+q][:width], b[i*kStride+first:])
			}
			continue
		}
		for c := range width {
			col := b[(first+c)*nStride:]
			for i := range k {
				panel[i*panelQuads+q][c] = col[i*kStride]
			}
		}
	}
}

// Strided is the left-hand matrix of a product: element (m, k) is
// Data[m*Row+k*Col]. Row = K, Col = 1 is a matrix by rows, Row = 1, Col = M the
// transpose of a K by M one.
type Strided struct {
	Data     []float32
	Row, Col int
}

// ByRows is a matrix of k columns stored by rows.
func ByRows(data []float32, k int) Strided { return Strided{data, k, 1} }

// Transposed is the transpose of a matrix of m columns stored by rows.
func Transposed(data []float32, m int) Strided { return Strided{data, 1, m} }

// MulAdd adds the product of a, m rows by b.K columns, and b to c, whose rows
// are ldc apart. Each element of c is summed from its old value upwards in k.
func (l Level) MulAdd(c []float32, ldc int, a Strided, m int, b *Packed) {
	if m == 0 || b.N == 0 || b.K == 0 {
		return
	}
	if (m-1)*ldc+b.N > len(c) || (m-1)*a.Row+(b.K-1)*a.Col >= len(a.Data) || ldc < b.N && m > 1 {
		panic(fmt.Sprintf("nn: product of %d by %d and %d by %d: slices too short", m, b.K, b.K, b.N))
	}
	for j := 0; j < b.N; j += panelWidth {
		panel := b.data[j/len(quad{})*b.K:][:b.K*panelQuads]
		cols := min(panelWidth, b.N-j)
		l.mulPanel(c[j:], ldc, a, m, panel, b.K, cols)
	}
}

// mulPanelPlain is the kernel in Go: a row by eight columns at a time, which is
// what the scalar registers hold beside the products.
func mulPanelPlain(c []float32, ldc int, a Strided, m int, panel []quad, cols int) {
	for i := range m {
		row := c[i*ldc:][:cols]
		left := a.Data[i*a.Row:]
		j := 0
		for ; j+8 <= cols; j += 8 {
			mulPlain1x8((*[8]float32)(row[j:]), left, a.Col, panel[j/len(quad{}):])
		}
		if j < cols {
			var tile [8]float32
			copy(tile[:], row[j:])
			mulPlain1x8(&tile, left, a.Col, panel[j/len(quad{}):])
			copy(row[j:], tile[:])
		}
	}
}

// mulPlain1x8 adds to c the row a, col elements apart, times the first two
// quads of each row of a panel. The check that the second is there is wanted:
// it parts the loop's body in two, and without it the compiler makes all eight
// products before the first sum, runs out of registers and keeps sums in
// memory, at half the speed.
func mulPlain1x8(c *[8]float32, a []float32, col int, panel []quad) {
	s0, s1, s2, s3 := c[0], c[1], c[2], c[3]
	s4, s5, s6, s7 := c[4], c[5], c[6], c[7]
	for p, q := 0, 0; q < len(panel); q += panelQuads {
		x := a[p]
		b := &panel[q]
		s0 += float32(b[0] * x)
		s1 += float32(b[1] * x)
		s2 += float32(b[2] * x)
		s3 += float32(b[3] * x)
		b = &panel[q+1]
		s4 += float32(b[0] * x)
		s5 += float32(b[1] * x)
		s6 += float32(b[2] * x)
		s7 += float32(b[3] * x)
		p += col
	}
	c[0], c[1], c[2], c[3] = s0, s1, s2, s3
	c[4], c[5], c[6], c[7] = s4, s5, s6, s7
}
