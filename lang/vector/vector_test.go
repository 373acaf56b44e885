package vector

import (
	"errors"
	"math"
	"testing"

	"readout/lang/form"
	"readout/weights"
)

func TestTable(t *testing.T) {
	made, err := New([]string{"peace", "talks", "PEACE"}, [][]float32{{3, 4}, {0, 0}, {1, 0}}, 2)
	if err != nil {
		t.Fatal(err)
	}
	made.SetGroups([]uint16{1, 2}, []uint16{7, 9})
	b := &weights.Builder{Name: "en-vectors"}
	made.Save(b)
	data, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	f, err := weights.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	x, err := Load(f)
	if err != nil {
		t.Fatal(err)
	}
	if x.Len() != 2 {
		t.Errorf("%d words, want 2: one that differs by capitals is the same", x.Len())
	}
	look := form.Look("Peace")
	row, scale := x.Get(x.Row(&look))
	for i, want := range []float64{.6, .8} {
		if got := float64(row[i]) * float64(scale); math.Abs(got-want) > .01 {
			t.Errorf("number %d of the vector is %.3f, want %.3f", i, got, want)
		}
	}
	if large, small := x.Groups(x.Row(&look)); large != 1 || small != 7 {
		t.Errorf("groups %d and %d, want 1 and 7", large, small)
	}
	look = form.Look("treaty")
	if got := x.Row(&look); got != -1 {
		t.Errorf("an unknown word has row %d, want -1", got)
	}
}

func TestNewRefuses(t *testing.T) {
	if _, err := New([]string{"a"}, [][]float32{{1, 2}}, 3); err == nil {
		t.Error("a vector of two numbers in a table of three was taken")
	}
}

func TestLoadRefuses(t *testing.T) {
	b := &weights.Builder{Name: "en-vectors"}
	b.Uint32s("dim", []uint32{3})
	b.Int8s("vectors", make([]int8, 5))
	b.Float32s("scales", make([]float32, 2))
	b.Uint16s("groups.large", nil)
	b.Uint16s("groups.small", nil)
	data, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	f, err := weights.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Load(f); !errors.Is(err, weights.ErrFormat) {
		t.Errorf("error %v, want one that wraps %v", err, weights.ErrFormat)
	}
}
