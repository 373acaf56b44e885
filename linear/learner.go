package linear

import "math"

// Learner is an averaged perceptron (Freund and Schapire 1999; Collins 2002,
// https://aclanthology.org/W02-1001). It is for one goroutine. The weights are
// whole numbers, so a run gives the same model on every machine.
type Learner struct {
	classes int
	now     int64 // updates asked for so far, each example one
	keys    []uint64
	rows    []int32 // of a key; 0 is free
	lists   [][]weight
	shift   uint
}

type weight struct {
	class uint8
	value int32
	sum   int64 // of value over all steps up to last
	last  int64
}

// NewLearner is a learner without weights; classes is at most MaxClasses.
func NewLearner(classes int) *Learner {
	l := &Learner{classes: classes, lists: make([][]weight, 1)}
	l.resize(16)
	return l
}

func (l *Learner) resize(bits uint) {
	keys, rows := l.keys, l.rows
	l.keys, l.rows, l.shift = make([]uint64, 1<<bits), make([]int32, 1<<bits), 64-bits
	for i, r := range rows {
		if r != 0 {
			s := l.slot(keys[i])
			l.keys[s], l.rows[s] = keys[i], r
		}
	}
}

// slot is where f stands in the index, or the free place where it would.
func (l *Learner) slot(f uint64) int {
	mask := len(l.keys) - 1
	for i := int(f >> l.shift); ; i++ {
		if s := i & mask; l.rows[s] == 0 || l.keys[s] == f {
			return s
		}
	}
}

// Score adds the present weights of the features to scores.
func (l *Learner) Score(scores []int32, features []uint64) {
	for _, f := range features {
		for _, w := range l.lists[l.rows[l.slot(f)]] {
			scores[w.class] += w.value
		}
	}
}

// Step counts one more example; the average runs over steps.
func (l *Learner) Step() { l.now++ }

// Update moves the weights of the features by amount for a class.
func (l *Learner) Update(features []uint64, class int, amount int32) {
	for _, f := range features {
		s := l.slot(f)
		if l.rows[s] == 0 {
			if len(l.lists)*2 > len(l.keys) {
				l.resize(64 - l.shift + 1)
				s = l.slot(f)
			}
			l.keys[s], l.rows[s] = f, int32(len(l.lists))
			l.lists = append(l.lists, nil)
		}
		l.add(&l.lists[l.rows[s]], uint8(class), amount)
	}
}

func (l *Learner) add(list *[]weight, class uint8, amount int32) {
	for i := range *list {
		if w := &(*list)[i]; w.class == class {
			w.sum += int64(w.value) * (l.now - w.last)
			w.value += amount
			w.last = l.now
			return
		}
	}
	*list = append(*list, weight{class: class, value: amount, last: l.now})
}

// Rounding says how Freeze makes small numbers of averaged weights. What it
// drops makes a model of many features several times smaller for a few tenths
// of a point.
type Rounding struct {
	// Grain is the number of steps in 1: a fine grain keeps small weights and
	// cuts off those beyond 127/Grain.
	Grain float64
	// Weight is the least weight that is kept, in steps; 0 and 1 keep all that
	// do not round to 0.
	Weight int
	// Feature is the least that the largest weight of a feature must be, in
	// steps, for the feature to be kept.
	Feature int
}

// Freeze is the model of the averaged weights, rounded to int8.
func (l *Learner) Freeze(r Rounding) *Model {
	m := &Model{classes: l.classes, cells: []uint16{0}}
	at := make([]uint32, len(l.lists))
	kept := 0
	for i, list := range l.lists {
		begin := len(m.cells)
		m.cells = append(m.cells, 0)
		most := 0
		for _, w := range list {
			sum := w.sum + int64(w.value)*(l.now-w.last)
			v := int(math.Round(r.Grain * float64(sum) / float64(max(l.now, 1))))
			v = max(-127, min(127, v))
			most = max(most, v, -v)
			if max(v, -v) >= max(1, r.Weight) {
				m.cells = append(m.cells, uint16(w.class)<<8|uint16(uint8(int8(v))))
			}
		}
		n := len(m.cells) - begin - 1
		if n == 0 || most < r.Feature {
			m.cells = m.cells[:begin]
			continue
		}
		m.cells[begin] = uint16(n)
		at[i] = uint32(begin)
		kept++
	}
	bits := uint(4)
	for kept*10 > 7<<bits { // at most 7 of 10 slots taken
		bits++
	}
	m.slots, m.shift = make([]uint64, 1<<bits), 64-bits
	for i, k := range l.keys {
		if r := l.rows[i]; r != 0 && at[r] != 0 {
			m.put(k, at[r])
		}
	}
	return m
}

func (m *Model) put(k uint64, at uint32) {
	mask := len(m.slots) - 1
	i := int(k >> m.shift)
	for m.slots[i&mask] != 0 {
		i++
	}
	m.slots[i&mask] = k<<32 | uint64(at)
}
