package linear

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"readout/weights"
)

// xor gives three features of two bits: each alone, and both together.
func xor(a, b uint64) []uint64 { return []uint64{Hash(1, a, 0), Hash(2, b, 0), Hash(3, a, b)} }

func learnXor(t testing.TB) *Learner {
	t.Helper()
	l := NewLearner(2)
	r := rand.New(rand.NewPCG(1, 1))
	scores := make([]int32, 2)
	for range 400 {
		a, b := r.Uint64N(2), r.Uint64N(2)
		f, gold := xor(a, b), int(a^b)
		clear(scores)
		l.Score(scores, f)
		l.Step()
		if guess := Best(scores); guess != gold {
			l.Update(f, gold, 1)
			l.Update(f, guess, -1)
		}
	}
	return l
}

func TestLearnSaveLoad(t *testing.T) {
	m := learnXor(t).Freeze(Rounding{Grain: 16})
	b := weights.Builder{Name: "xor"}
	m.Save(&b, "m")
	data, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	f, err := weights.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	read, err := Load(f, "m")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []*Model{m, read} {
		for a := range uint64(2) {
			for b := range uint64(2) {
				scores := make([]int32, 2)
				m.Score(scores, xor(a, b))
				if got := Best(scores); got != int(a^b) {
					t.Errorf("%d xor %d = %d, scores %v", a, b, got, scores)
				}
			}
		}
	}
	if _, err := Load(f, "other"); !errors.Is(err, weights.ErrFormat) {
		t.Errorf("Load of nothing: %v", err)
	}
}

func TestSameBytesTwice(t *testing.T) {
	a, b := learnXor(t).Freeze(Rounding{Grain: 16}), learnXor(t).Freeze(Rounding{Grain: 16})
	if !slices.Equal(a.slots, b.slots) || !slices.Equal(a.cells, b.cells) {
		t.Error("the same examples gave another model")
	}
}

func TestManyFeatures(t *testing.T) {
	l := NewLearner(3)
	for i := range uint64(5000) { // the index grows several times
		l.Step()
		l.Update([]uint64{Hash(0, i, 0)}, int(i%3), 1)
	}
	m := l.Freeze(Rounding{Grain: 100})
	for i := range uint64(4000) { // the last ones are too young for an average
		scores := make([]int32, 3)
		m.Score(scores, []uint64{Hash(0, i, 0), Hash(1, i, 0)})
		if got := Best(scores); got != int(i%3) || scores[got] <= 0 {
			t.Fatalf("feature %d: scores %v", i, scores)
		}
	}
}

func TestRounding(t *testing.T) {
	l := NewLearner(2)
	l.Update([]uint64{Hash(0, 1, 0)}, 0, 3)
	l.Update([]uint64{Hash(0, 1, 0)}, 1, 1)
	l.Update([]uint64{Hash(0, 2, 0)}, 1, 1)
	l.Step()
	for _, c := range []struct {
		r            Rounding
		first, other [2]int32
	}{
		{Rounding{Grain: 1}, [2]int32{3, 1}, [2]int32{0, 1}},
		{Rounding{Grain: 1, Weight: 2}, [2]int32{3, 0}, [2]int32{0, 0}},
		{Rounding{Grain: 1, Feature: 2}, [2]int32{3, 1}, [2]int32{0, 0}},
		{Rounding{Grain: 100}, [2]int32{127, 100}, [2]int32{0, 100}},
	} {
		m := l.Freeze(c.r)
		var a, b [2]int32
		m.Score(a[:], []uint64{Hash(0, 1, 0)})
		m.Score(b[:], []uint64{Hash(0, 2, 0)})
		if a != c.first || b != c.other {
			t.Errorf("Freeze(%+v): %v and %v, want %v and %v", c.r, a, b, c.first, c.other)
		}
	}
}

func TestDict(t *testing.T) {
	var keys []uint64
	var values []uint16
	for i := range uint64(300) {
		keys, values = append(keys, Hash(0, i, 0)), append(values, uint16(i))
	}
	d := NewDict(keys, values)
	for i := range uint64(300) {
		if v, ok := d.Get(Hash(0, i, 0)); !ok || v != uint16(i) {
			t.Fatalf("Get(%d) = %d, %v", i, v, ok)
		}
		if v, ok := d.Get(Hash(1, i, 0)); ok {
			t.Fatalf("Get of what is not there = %d", v)
		}
	}
}

// FuzzLoad gives Load tables of any content: what it accepts can be asked for
// any feature.
func FuzzLoad(f *testing.F) {
	m := learnXor(f).Freeze(Rounding{Grain: 16})
	var slots []byte
	for _, s := range m.slots {
		for k := range 8 {
			slots = append(slots, byte(s>>(8*k)))
		}
	}
	f.Add(uint8(2), slots, []byte{0, 0, 1, 0, 5, 1}, uint64(7))
	f.Fuzz(func(t *testing.T, classes uint8, slots, cells []byte, feature uint64) {
		s, c := make([]uint64, len(slots)/8), make([]uint16, len(cells)/2)
		for i := range s {
			for k := range 8 {
				s[i] |= uint64(slots[8*i+k]) << (8 * k)
			}
		}
		for i := range c {
			c[i] = uint16(cells[2*i]) | uint16(cells[2*i+1])<<8
		}
		b := weights.Builder{Name: "fuzz"}
		b.Uint32s("m.classes", []uint32{uint32(classes)})
		b.Uint64s("m.slots", s)
		b.Uint16s("m.cells", c)
		data, err := b.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		file, err := weights.Read(data)
		if err != nil {
			t.Fatal(err)
		}
		m, err := Load(file, "m")
		if err != nil {
			if m != nil || !errors.Is(err, weights.ErrFormat) {
				t.Fatalf("%v, %v", m, err)
			}
			return
		}
		scores := make([]int32, m.Classes())
		m.Score(scores, []uint64{feature, 0})
		for _, x := range s {
			m.Score(scores, []uint64{x>>32 | x<<32})
		}
	})
}
