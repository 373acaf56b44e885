// Package vector is word vectors that were learnt elsewhere, on far more text
// than there are treebanks for: what a network knows of a word that its own
// training never showed it.
//
// It knows numbers by form. It does not know what they are used for, nor where
// they were learnt; the card of the model file says so.
package vector

import (
	"fmt"
	"math"

	"readout/lang/form"
	"readout/linear"
	"readout/weights"
)

// MaxWords is the most words that a table holds.
const MaxWords = 1<<16 - 1

// Table is a vector of unit length for each of its words, rounded to eight
// bits. It is immutable and safe for many goroutines.
type Table struct {
	Dim    int
	words  *linear.Dict
	data   []int8
	scales []float32
	groups [2][]uint16 // by row; see Groups
}

// Key is the key of a form in a table; capitals do not count.
func Key(f *form.Form) uint64 { return linear.Hash(400, f.Lower, 0) }

// New makes a table of words and their vectors, each of dim numbers and any
// length; a word that looks like an earlier one is passed over.
func New(words []string, vectors [][]float32, dim int) (*Table, error) {
	if len(words) != len(vectors) || len(words) > MaxWords {
		return nil, fmt.Errorf("vector: %d words and %d vectors, want as many of both and at most %d", len(words), len(vectors), MaxWords)
	}
	t := &Table{Dim: dim}
	seen := map[uint64]bool{}
	var keys []uint64
	var values []uint16
	for i, w := range words {
		if len(vectors[i]) != dim {
			return nil, fmt.Errorf("vector: %q has %d numbers, want %d", w, len(vectors[i]), dim)
		}
		f := form.Look(w)
		k := Key(&f)
		if seen[k] {
			continue
		}
		seen[k] = true
		keys, values = append(keys, k), append(values, uint16(len(keys)))
		t.round(vectors[i])
	}
	t.words = linear.NewDict(keys, values)
	return t, nil
}

// round adds a vector, scaled to unit length.
func (t *Table) round(v []float32) {
	var square, top float64
	for _, x := range v {
		square += float64(x) * float64(x)
		top = max(top, math.Abs(float64(x)))
	}
	scale := 0.0
	if square > 0 {
		scale = top / 127 / math.Sqrt(square)
	}
	for _, x := range v {
		n := 0.0
		if top > 0 {
			n = math.Round(float64(x) / top * 127)
		}
		t.data = append(t.data, int8(n))
	}
	t.scales = append(t.scales, float32(scale))
}

// Dimensions is Dim, 0 of no table.
func (t *Table) Dimensions() int {
	if t == nil {
		return 0
	}
	return t.Dim
}

// Len is the number of words.
func (t *Table) Len() int { return len(t.scales) }

// Row is the number of a form's vector, -1 where there is none.
func (t *Table) Row(f *form.Form) int32 {
	if i, ok := t.words.Get(Key(f)); ok {
		return int32(i)
	}
	return -1
}

// Get is the rounded vector of row i and what its numbers are to be taken
// times. The slice must not be written.
func (t *Table) Get(i int32) (row []int8, scale float32) {
	return t.data[int(i)*t.Dim:][:t.Dim], t.scales[i]
}

// Groups are two numbers of row i: those of the groups of words alike that it
// belongs to, one of few large and one of many small groups, from 1. Both are 0
// in a table without groups.
func (t *Table) Groups(i int32) (large, small uint16) {
	if len(t.groups[0]) == 0 {
		return 0, 0
	}
	return t.groups[0][i], t.groups[1][i]
}

// SetGroups gives every row the numbers that Groups returns. It must come before
// the table is used by more than one goroutine.
func (t *Table) SetGroups(large, small []uint16) { t.groups = [2][]uint16{large, small} }

// Save adds the table to a model file.
func (t *Table) Save(b *weights.Builder) {
	b.Uint32s("dim", []uint32{uint32(t.Dim)})
	t.words.Save(b, "words")
	b.Int8s("vectors", t.data)
	b.Float32s("scales", t.scales)
	b.Uint16s("groups.large", t.groups[0])
	b.Uint16s("groups.small", t.groups[1])
}

// Load is the table of a model file. It shares the file's bytes. Its errors wrap
// weights.ErrFormat.
func Load(f *weights.File) (*Table, error) {
	dim, err := f.Uint32s("dim")
	if err != nil {
		return nil, err
	}
	t := &Table{}
	if t.data, err = f.Int8s("vectors"); err != nil {
		return nil, err
	}
	if t.scales, err = f.Float32s("scales"); err != nil {
		return nil, err
	}
	for k, section := range []string{"groups.large", "groups.small"} {
		if t.groups[k], err = f.Uint16s(section); err != nil {
			return nil, err
		}
		if n := len(t.groups[k]); n != 0 && n != len(t.scales) {
			return nil, fmt.Errorf("%w: %s: groups of %d words, want %d", weights.ErrFormat, f.Name, n, len(t.scales))
		}
	}
	if len(dim) != 1 || dim[0] < 1 || dim[0] > 4096 || len(t.data) != len(t.scales)*int(dim[0]) {
		return nil, fmt.Errorf("%w: %s: %d numbers of vectors for %d words of %d", weights.ErrFormat, f.Name, len(t.data), len(t.scales), dim)
	}
	t.Dim = int(dim[0])
	t.words, err = linear.LoadDict(f, "words", len(t.scales))
	return t, err
}
