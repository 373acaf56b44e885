package nn

// Rows is a table of rows for reading: small integers and a scale a row. It may
// be read by many goroutines.
type Rows struct {
	Width  int
	Data   []int8
	Scales []float32
}

// NewRows rounds a table to 127 steps either side of zero in each row.
func NewRows(table []float32, width int) Rows {
	r := Rows{width, make([]int8, len(table)), make([]float32, len(table)/width)}
	for i := range r.Scales {
		row := table[i*width:][:width]
		var top float32
		for _, v := range row {
			top = max(top, v, -v)
		}
		if top == 0 {
			continue
		}
		r.Scales[i] = top / 127
		for k, v := range row {
			x := v / r.Scales[i]
			if x < 0 {
				x -= .5
			} else {
				x += .5
			}
			r.Data[i*width+k] = int8(min(max(x, -127), 127))
		}
	}
	return r
}

// Add adds row i to dst.
func (r *Rows) Add(l Level, dst []float32, i int32) {
	l.AddRow(dst, r.Data[int(i)*r.Width:][:r.Width], r.Scales[i])
}
