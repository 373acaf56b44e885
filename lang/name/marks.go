package name

import (
	"slices"
	"sync"

	"readout/doc"
	"readout/lang/form"
)

// Marks is the number of marks that a Marker gives: where in a name of some
// kind that the gazetteer knows a token stands, and where in a phrase of each
// list.
const Marks = listedMarks + 4*int(listCount)

const listedMarks = 1 + 4*4 + 4

// Marker tells a network what is known beforehand of the tokens of a sentence.
// It is safe for many goroutines.
type Marker struct {
	Known Known
	pool  sync.Pool // of *Window
}

// Marks is the number of marks.
func (m *Marker) Marks() int { return Marks }

// Mark calls add with the tokens of s and the marks, from 0, that each has, and
// keeps them in d.Tokens.NameMarks for the finder.
func (m *Marker) Mark(d *doc.Document, s doc.Span, add func(token int32, mark int)) {
	w, _ := m.pool.Get().(*Window)
	if w == nil {
		w = &Window{}
	}
	defer m.pool.Put(w)
	w.tokens, w.words = w.tokens[:0], w.words[:0]
	for i := s.Begin; i < s.End; i++ {
		w.tokens = append(w.tokens, token{Form: form.Look(d.Form(i))})
	}
	w.mark(d, s, m.Known)
	keep(d)
	for i := range w.tokens {
		t := &w.tokens[i]
		d.Tokens.NameMarks[s.Begin+int32(i)] = t.marks()
		if t.listed != 0 {
			add(s.Begin+int32(i), int(t.listed))
		}
		for list, at := range t.on {
			if at != 0 {
				add(s.Begin+int32(i), listedMarks+4*list+int(at)-1)
			}
		}
	}
}

// keep makes room for the marks of all tokens.
func keep(d *doc.Document) {
	if n := d.Len(); len(d.Tokens.NameMarks) != n {
		d.Tokens.NameMarks = slices.Grow(d.Tokens.NameMarks[:0], n)[:n]
		clear(d.Tokens.NameMarks)
	}
}

// A token's marks in one number: listed in the lowest bits, then the place in a
// phrase of each list.
const (
	listedBits = 5
	onBits     = 3
)

func (t *token) marks() uint32 {
	m := uint32(t.listed)
	for list, at := range t.on {
		m |= uint32(at) << (listedBits + onBits*list)
	}
	return m
}

func (t *token) setMarks(m uint32) {
	t.listed = uint64(m & (1<<listedBits - 1))
	for list := range t.on {
		t.on[list] = uint8(m >> (listedBits + onBits*list) & (1<<onBits - 1))
	}
}
