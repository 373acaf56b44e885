package name

import (
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

// Mark calls add with the tokens of s and the marks, from 0, that each has.
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
	if m.Known.Lists != nil {
		m.Known.Lists.mark(w.tokens)
	}
	if m.Known.Gazetteer != nil {
		w.lookUp(d, s, m.Known.Gazetteer)
	}
	for i := range w.tokens {
		t := &w.tokens[i]
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
