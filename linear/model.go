// Package linear holds linear models over sparse features: an averaged
// perceptron to train (Learner), a small integer table to read with (Model).
//
// A feature is a 64-bit hash, made by Hash; a class is a number below 256. The
// package does not know what features or classes stand for: those are the
// business of the stage that asks. Scores are sums of int8 weights in int32, so
// the same features give the same scores on every processor.
package linear

import (
	"fmt"

	"readout/weights"
)

// MaxClasses bounds the classes of a model.
const MaxClasses = 256

// Model is a trained table. It is immutable and safe for many goroutines.
//
// Most features never take part in a mistake, and those that do push a few
// classes only. So the table keeps a list of (class, weight) a feature, and an
// open-addressed index of the features that have one. A feature that was not
// seen in training costs one look at the index; the low half of its hash is
// kept there, so it is not taken for another.
type Model struct {
	classes int
	shift   uint     // a feature's home slot is its hash >> shift
	slots   []uint64 // low half of the hash << 32 | where its list begins in cells; 0 is free
	cells   []uint16 // length of a list, then class<<8 | weight (int8) for each
}

// Classes is the number of classes of m.
func (m *Model) Classes() int { return m.classes }

// Score adds the weights of the features to scores, one a class. It does not
// allocate.
//
// Most of its time is waiting for memory, so the slots of some features are
// fetched before the first is looked at, where no branch stands in the way of
// fetching them side by side.
func (m *Model) Score(scores []int32, features []uint64) {
	mask := uint64(len(m.slots) - 1)
	var homes [fetched]uint64
	for len(features) > 0 {
		n := min(len(features), fetched)
		for k, f := range features[:n] {
			homes[k] = m.slots[f>>m.shift&mask]
		}
		for k, f := range features[:n] {
			s := homes[k]
			for i := f >> m.shift; uint32(s) != 0; s = m.slots[i&mask] {
				if uint32(s>>32) == uint32(f) {
					at := uint32(s)
					for _, c := range m.cells[at+1 : at+1+uint32(m.cells[at])] {
						scores[c>>8] += int32(int8(c))
					}
					break
				}
				i++
			}
		}
		features = features[n:]
	}
}

// fetched is how many slots are fetched at once.
const fetched = 32

// Save adds the model to a file, in sections that begin with prefix.
func (m *Model) Save(b *weights.Builder, prefix string) {
	b.Uint32s(prefix+".classes", []uint32{uint32(m.classes)})
	b.Uint64s(prefix+".slots", m.slots)
	b.Uint16s(prefix+".cells", m.cells)
}

// Load is the model that was saved under prefix. It checks the table once, so
// that Score need not; its errors wrap weights.ErrFormat.
func Load(f *weights.File, prefix string) (*Model, error) {
	classes, err := f.Uint32s(prefix + ".classes")
	if err != nil {
		return nil, err
	}
	slots, err := f.Uint64s(prefix + ".slots")
	if err != nil {
		return nil, err
	}
	cells, err := f.Uint16s(prefix + ".cells")
	if err != nil {
		return nil, err
	}
	bad := func(what string) (*Model, error) {
		return nil, fmt.Errorf("%w: %s: %s: %s", weights.ErrFormat, f.Name, prefix, what)
	}
	if len(classes) != 1 || classes[0] == 0 || classes[0] > MaxClasses {
		return bad("number of classes out of range")
	}
	bits := log2(len(slots))
	if bits < 0 {
		return bad("index is no power of two")
	}
	free := 0
	for _, s := range slots {
		at := uint64(uint32(s))
		if at == 0 {
			free++
			continue
		}
		if at >= uint64(len(cells)) || at+1+uint64(cells[at]) > uint64(len(cells)) {
			return bad("index points out of the table")
		}
		for _, c := range cells[at+1 : at+1+uint64(cells[at])] {
			if uint32(c>>8) >= classes[0] {
				return bad("class out of range")
			}
		}
	}
	if free == 0 {
		return bad("index is full")
	}
	return &Model{int(classes[0]), uint(64 - bits), slots, cells}, nil
}

// log2 is the exponent of a power of two, -1 for what is none.
func log2(n int) int {
	for b := 0; b < 31; b++ {
		if n == 1<<b {
			return b
		}
	}
	return -1
}

// Best is the class with the highest score; the lowest number where two are
// equal.
func Best(scores []int32) int {
	best := 0
	for c, s := range scores {
		if s > scores[best] {
			best = c
		}
	}
	return best
}
