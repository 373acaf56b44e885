package name

import (
	"readout/doc"
	"readout/lang/form"
)

// Memory is what the first pass made of every capitalised word of a document:
// a name that is clear once ("Prime Minister Nikol Pashinyan") helps where it is
// not ("Pashinyan"). It is scratch space of one goroutine.
type Memory struct {
	words map[uint64]*tally
	free  []*tally
	used  int
	own   []Label // of the first pass, by token
}

// tally counts the occurrences of a word: outside names in small letters,
// outside in capitals, then by kind of name.
type tally [6]uint16

// Reset empties m for a document of n tokens.
func (m *Memory) Reset(n int) {
	if m.words == nil {
		m.words = map[uint64]*tally{}
	}
	clear(m.words)
	m.used = 0
	m.own = m.own[:0]
	for range n {
		m.own = append(m.own, Outside)
	}
}

// Note keeps what the first pass made of token i.
func (m *Memory) Note(d *doc.Document, i int32, l Label) {
	m.own[i] = l
	f := form.Look(d.Form(i))
	if f.Case == form.NoCase {
		return
	}
	t := m.words[f.Lower]
	if t == nil {
		if m.used == len(m.free) {
			m.free = append(m.free, new(tally))
		}
		t = m.free[m.used]
		m.used++
		*t = tally{}
		m.words[f.Lower] = t
	}
	if c := &t[column(f.Case, l)]; *c < 1<<15 {
		*c++
	}
}

func column(c form.Case, l Label) int {
	switch {
	case l != Outside:
		return 1 + int(l.kind())
	case c == form.Small:
		return 0
	}
	return 1
}

// recall sums up the other occurrences of the word of token i: the column that
// counts most, and whether others count as well; 0 where there are no others.
func (m *Memory) recall(f *form.Form, i int32) uint64 {
	t := m.words[f.Lower]
	if t == nil {
		return 0
	}
	own := column(f.Case, m.own[i])
	var best, total, most int
	for k := 1; k < len(t); k++ {
		n := int(t[k])
		if k == own && n > 0 {
			n-- // itself
		}
		total += n
		if n > most {
			best, most = k, n
		}
	}
	inSmall := t[0] > 0 && (own != 0 || t[0] > 1)
	if total == 0 && !inSmall {
		return 0
	}
	share := 0 // none, some, most, all
	switch {
	case total == 0:
	case most == total:
		share = 3
	case most*3 >= total*2:
		share = 2
	default:
		share = 1
	}
	small := uint64(0)
	if inSmall {
		small = 1
	}
	return 1 + uint64(best) + uint64(share)<<4 + small<<6 + uint64(min(total, 3))<<7
}
