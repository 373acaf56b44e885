package eval

import (
	"math"
	"testing"

	"readout/doc"
)

// mentions makes clusters of numbers: the mention n is the range [n, n+1).
func mentions(clusters ...[]int32) [][]doc.Range {
	var out [][]doc.Range
	for _, c := range clusters {
		var ms []doc.Range
		for _, n := range c {
			ms = append(ms, doc.Range{Begin: n, End: n + 1})
		}
		out = append(out, ms)
	}
	return out
}

// The figures are counted by hand.
func TestCoref(t *testing.T) {
	tests := []struct {
		name          string
		gold, sys     [][]doc.Range
		muc, b3, ceaf [2]float64 // precision, recall
	}{
		{"the same", mentions([]int32{1, 2, 3}, []int32{4, 5}), mentions([]int32{4, 5}, []int32{1, 2, 3}),
			[2]float64{1, 1}, [2]float64{1, 1}, [2]float64{1, 1}},
		// one cluster cut in two: 1 of 2 links lost; B³ recall 2·2/4 twice over 4
		{"one cut in two", mentions([]int32{1, 2, 3, 4}), mentions([]int32{1, 2}, []int32{3, 4}),
			[2]float64{1, 2.0 / 3}, [2]float64{1, 0.5}, [2]float64{(2.0 / 3) / 2, 2.0 / 3}},
		{"two joined", mentions([]int32{1, 2}, []int32{3, 4}), mentions([]int32{1, 2, 3, 4}),
			[2]float64{2.0 / 3, 1}, [2]float64{0.5, 1}, [2]float64{2.0 / 3, (2.0 / 3) / 2}},
		{"a mention that is none", mentions([]int32{1, 2}), mentions([]int32{1, 2, 9}),
			[2]float64{0.5, 1}, [2]float64{4.0 / 9, 1}, [2]float64{0.8, 0.8}},
		{"singletons do not count", mentions([]int32{1, 2}, []int32{3}), mentions([]int32{1, 2}, []int32{7}),
			[2]float64{1, 1}, [2]float64{1, 1}, [2]float64{1, 1}},
		{"nothing found", mentions([]int32{1, 2}), nil,
			[2]float64{0, 0}, [2]float64{0, 0}, [2]float64{0, 0}},
	}
	near := func(p PRF, want [2]float64) bool {
		return math.Abs(p.P-want[0]) < 1e-9 && math.Abs(p.R-want[1]) < 1e-9
	}
	for _, tt := range tests {
		var s CorefSums
		s.Add(tt.gold, tt.sys)
		c := s.Figures()
		if !near(c.MUC, tt.muc) || !near(c.B3, tt.b3) || !near(c.CEAF, tt.ceaf) {
			t.Errorf("%s: MUC %v, B3 %v, CEAF %v; want %v, %v, %v", tt.name, c.MUC, c.B3, c.CEAF, tt.muc, tt.b3, tt.ceaf)
		}
	}
}

// Greedy pairing would take 5 first and end at 6.
func TestAssign(t *testing.T) {
	if got := assign([][]float64{{5, 4}, {4, 1}}); got != 8 {
		t.Errorf("assign = %v, want 8", got)
	}
	if got := assign([][]float64{{1}, {3}, {2}}); got != 3 {
		t.Errorf("assign = %v, want 3", got)
	}
}
