package nn

import "fmt"

// panelWidth is how many columns of a packed matrix stand side by side: one
// 512-bit register or two of 256 bits.
const panelWidth = 16

// Packed is the right-hand matrix of a product, K rows by N columns, laid out
// for the kernels: panels of 16 columns, row by row within a panel, the last
// panel filled up with zeros. It may be read by many goroutines.
type Packed struct {
	K, N int
	data []float32
}

// Pack lays out a K by N matrix whose element (k, n) is b[k*kStride+n*nStride],
// reusing p's memory. Strides (N, 1) take a matrix stored by rows, (1, K) the
// transpose of an N by K one.
func (p *Packed) Pack(b []float32, k, n, kStride, nStride int) {
	panels := (n + panelWidth - 1) / panelWidth
	need := panels * k * panelWidth
	if cap(p.data) < need {
		p.data = make([]float32, need)
	}
	p.K, p.N, p.data = k, n, p.data[:need]
	if k > 0 && n > 0 {
		_ = b[(k-1)*kStride+(n-1)*nStride]
	}
	for j := range panels {
		cols := min(panelWidth, n-j*panelWidth)
		panel := p.data[j*k*panelWidth:][:k*panelWidth]
		if cols < panelWidth {
			clear(panel)
		}
		packPanel(panel, b[j*panelWidth*nStride:], k, cols, kStride, nStride)
	}
}

func packPanel(panel, b []float32, k, cols, kStride, nStride int) {
	if nStride == 1 {
		for i := range k {
			copy(panel[i*panelWidth:][:cols], b[i*kStride:])
		}
		return
	}
	for c := range cols {
		col := b[c*nStride:]
		for i := range k {
			panel[i*panelWidth+c] = col[i*kStride]
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
		panel := b.data[j*b.K:][:b.K*panelWidth]
		cols := min(panelWidth, b.N-j)
		l.mulPanel(c[j:], ldc, a, m, panel, b.K, cols)
	}
}

// mulPanelPlain is the kernel in Go: two rows by four columns at a time, which
// is what the scalar registers hold.
func mulPanelPlain(c []float32, ldc int, a Strided, m int, panel []float32, k, cols int) {
	var zero [panelWidth]float32
	for i := 0; i < m; i += 2 {
		c0 := c[i*ldc:][:cols]
		c1 := zero[:cols]
		a0, a1 := a.Data[i*a.Row:], a.Data[i*a.Row:]
		if i+1 < m {
			c1 = c[(i+1)*ldc:][:cols]
			a1 = a.Data[(i+1)*a.Row:]
		}
		for j := 0; j < cols; j += 4 {
			mulPlain2x4(c0[j:min(cols, j+4)], c1[j:min(cols, j+4)], a0, a1, a.Col, panel[j:], k)
		}
	}
}

func mulPlain2x4(c0, c1, a0, a1 []float32, col int, panel []float32, k int) {
	var s, t [4]float32
	copy(s[:], c0)
	copy(t[:], c1)
	s0, s1, s2, s3 := s[0], s[1], s[2], s[3]
	t0, t1, t2, t3 := t[0], t[1], t[2], t[3]
	for p, q := 0, 0; k > 0; k-- {
		b := panel[q : q+4 : q+4]
		x, y := a0[p], a1[p]
		s0 += float32(x * b[0])
		s1 += float32(x * b[1])
		s2 += float32(x * b[2])
		s3 += float32(x * b[3])
		t0 += float32(y * b[0])
		t1 += float32(y * b[1])
		t2 += float32(y * b[2])
		t3 += float32(y * b[3])
		p += col
		q += panelWidth
	}
	copy(c0, []float32{s0, s1, s2, s3})
	copy(c1, []float32{t0, t1, t2, t3})
}
