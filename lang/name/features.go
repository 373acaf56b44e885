package name

import (
	"readout/doc"
	"readout/lang/form"
	"readout/lang/vector"
	"readout/linear"
)

// Gazetteer knows some names beforehand. It must be safe for many goroutines.
type Gazetteer interface {
	// Match is the kind of the longest known name that begins at words[i], and
	// how many words it has; 0 words where there is none.
	Match(words []string, i int) (kind doc.NameKind, n int)
}

// Known is what the finder knows beforehand.
type Known struct {
	Lists     *Lists        // of the model
	Gazetteer Gazetteer     // of the caller
	Vectors   *vector.Table // whose groups of words alike are looked at; may be nil
}

// Window is what the finder sees of a sentence, and the labels given so far.
// It is scratch space of one goroutine.
type Window struct {
	tokens []token
	labels []Label
	words  []string
}

type token struct {
	form.Form
	lemma      uint64
	upos, xpos uint64
	listed     uint64 // 1 + kind*3 + place in a name of the gazetteer; 0 for none
	seen       uint64 // what the first pass made of the same word elsewhere; 0 for nothing
	caps       bool   // the whole sentence is in capitals
	large      uint64 // the groups of words alike that it is in; 0 for none
	small      uint64
	on         [listCount]uint8 // where it stands in a phrase of each list, see Lists.mark
}

// Load puts a sentence into w. All of known and m may be nil. Where d has marks,
// they stand for the lists and the gazetteer of known.
func (w *Window) Load(d *doc.Document, s doc.Span, known Known, m *Memory) {
	w.tokens, w.labels, w.words = w.tokens[:0], w.labels[:0], w.words[:0]
	small, capital := 0, 0
	for i := s.Begin; i < s.End; i++ {
		t := token{Form: form.Look(d.Form(i)), upos: uint64(d.UPOS(i)), xpos: form.Hash(d.XPOS(i)), lemma: form.Hash(d.Lemma(i))}
		switch t.Case {
		case form.Small:
			small++
		case form.Capital:
			capital++
		}
		if known.Vectors != nil {
			if row := known.Vectors.Row(&t.Form); row >= 0 {
				large, small := known.Vectors.Groups(row)
				t.large, t.small = uint64(large), uint64(small)
			}
		}
		if m != nil {
			t.seen = m.recall(&t.Form, i)
		}
		w.tokens, w.labels = append(w.tokens, t), append(w.labels, Outside)
	}
	if capital > 2 && small == 0 {
		for i := range w.tokens {
			w.tokens[i].caps = true
		}
	}
	if marks := d.Tokens.NameMarks; len(marks) == d.Len() {
		for i := range w.tokens {
			w.tokens[i].setMarks(marks[s.Begin+int32(i)])
		}
		return
	}
	w.mark(d, s, known)
}

// mark writes into the tokens of s what lists and gazetteer know of them.
func (w *Window) mark(d *doc.Document, s doc.Span, known Known) {
	if known.Lists != nil {
		known.Lists.mark(w.tokens)
	}
	if known.Gazetteer != nil {
		w.lookUp(d, s, known.Gazetteer)
	}
}

func (w *Window) lookUp(d *doc.Document, s doc.Span, g Gazetteer) {
	for i := s.Begin; i < s.End; i++ {
		w.words = append(w.words, d.Form(i))
	}
	for i := 0; i < len(w.words); {
		kind, n := g.Match(w.words, i)
		for k := range n {
			place := uint64(1)
			if k == 0 {
				place = 0
			} else if k == n-1 {
				place = 2
			}
			w.tokens[i+k].listed = 1 + uint64(kind)*4 + place
			if n == 1 {
				w.tokens[i].listed += 3
			}
		}
		i += max(n, 1)
	}
}

// person is the end of the name of a person, of two words or more, that the
// gazetteer knows and that begins at token i; 0 where there is none.
func (w *Window) person(i int) int {
	const first = 1 + uint64(doc.NamePER)*4
	if w.tokens[i].listed != first {
		return 0
	}
	for i++; i < len(w.tokens) && w.tokens[i].listed == first+1; i++ {
	}
	return min(i+1, len(w.tokens))
}

// Len is the number of tokens in w.
func (w *Window) Len() int { return len(w.tokens) }

// Set gives token i its label.
func (w *Window) Set(i int, l Label) { w.labels[i] = l }

// Allows reports whether token i may have label l after the one before it.
func (w *Window) Allows(i int, l Label) bool {
	before := Outside
	if i > 0 {
		before = w.labels[i-1]
	}
	return l.follows(before, i == len(w.labels)-1)
}

// Best is the allowed label of token i with the highest score, and by how much
// it is above the next.
func (w *Window) Best(i int, scores []int32) (best Label, margin int32) {
	found := false
	for l := range Label(Labels) {
		if !w.Allows(i, l) {
			continue
		}
		switch {
		case !found:
			best, margin, found = l, 1<<20, true
		case scores[l] > scores[best]:
			best, margin = l, scores[l]-scores[best]
		default:
			margin = min(margin, scores[best]-scores[l])
		}
	}
	return best, margin
}

var edge = token{Form: form.Form{Exact: 1, Lower: 1, Shape: 1}, xpos: 1, upos: 31}

func (w *Window) token(i int) *token {
	if i < 0 || i >= len(w.tokens) {
		return &edge
	}
	return &w.tokens[i]
}

func (w *Window) label(i int) uint64 {
	if i < 0 {
		return uint64(32 + i)
	}
	return uint64(w.labels[i])
}

// Features appends the features of token i, whose labels to the left are set:
// words, tags and looks of five tokens, the labels before, what a list says,
// and what the first pass made of the same words elsewhere in the document.
func (w *Window) Features(dst []uint64, i int) []uint64 {
	t, l, r, ll, rr := w.token(i), w.token(i-1), w.token(i+1), w.token(i-2), w.token(i+2)
	p1, p2 := w.label(i-1), w.label(i-2)
	look := uint64(t.Case)<<8 | uint64(t.Marks)
	if i == 0 {
		look |= 1 << 16
	}
	if t.caps {
		look |= 1 << 17
	}
	cases := uint64(t.Case) | uint64(l.Case)<<4 | uint64(r.Case)<<8
	dst = append(dst,
		linear.Hash(0, 0, 0),
		linear.Hash(1, t.Exact, 0), linear.Hash(2, t.Lower, 0), linear.Hash(3, t.lemma, t.upos),
		linear.Hash(4, t.Suffix(2), look), linear.Hash(5, t.Suffix(3), look), linear.Hash(6, t.Suffix(4), 0),
		linear.Hash(7, t.Prefix(2), look), linear.Hash(8, t.Prefix(3), 0), linear.Hash(9, t.Prefix(4), 0),
		linear.Hash(10, t.Shape, look), linear.Hash(11, cases, look),
		linear.Hash(12, t.xpos, look),
		linear.Hash(13, l.Lower, 0), linear.Hash(14, l.Lower, uint64(t.Case)), linear.Hash(15, ll.Lower, uint64(t.Case)),
		linear.Hash(16, r.Lower, 0), linear.Hash(17, r.Lower, uint64(t.Case)), linear.Hash(18, rr.Lower, uint64(t.Case)),
		linear.Hash(19, l.Lower, t.Lower), linear.Hash(20, t.Lower, r.Lower),
		linear.Hash(21, ll.Lower, l.Lower), linear.Hash(22, r.Lower, rr.Lower),
		linear.Hash(23, l.xpos, t.xpos), linear.Hash(24, t.xpos, r.xpos), linear.Hash(25, l.xpos*31^r.xpos, t.xpos),
		linear.Hash(26, l.Shape, t.Shape), linear.Hash(27, t.Shape, r.Shape),
		linear.Hash(28, l.Suffix(3), uint64(t.Case)), linear.Hash(29, r.Suffix(3), uint64(t.Case)),
		linear.Hash(30, l.lemma, uint64(t.Case)), linear.Hash(31, r.lemma, uint64(t.Case)),
		// the labels before
		linear.Hash(40, p1, 0), linear.Hash(41, p1, p2), linear.Hash(42, p1, t.Lower), linear.Hash(43, p1, t.Shape),
		linear.Hash(44, p1, t.xpos), linear.Hash(45, p1, l.Lower), linear.Hash(46, p1, r.Lower), linear.Hash(47, p1, r.xpos),
		linear.Hash(48, p1, r.Shape), linear.Hash(49, p1, t.Suffix(3)), linear.Hash(50, p1<<8|p2, t.xpos),
		linear.Hash(51, p1, cases),
		// words alike
		linear.Hash(180, t.large, look), linear.Hash(181, t.small, look), linear.Hash(182, t.small, p1),
		linear.Hash(183, l.small, uint64(t.Case)), linear.Hash(184, r.small, uint64(t.Case)),
		linear.Hash(185, l.large<<8|r.large, t.large), linear.Hash(186, l.large, t.small), linear.Hash(187, t.small, r.large),
		linear.Hash(188, ll.small, uint64(t.Case)), linear.Hash(189, rr.small, uint64(t.Case)),
	)
	for list := range int(listCount) {
		if at := uint64(t.on[list]); at != 0 {
			dst = append(dst, linear.Hash(80+list, at, look), linear.Hash(100+list, at, p1), linear.Hash(120+list, at, t.xpos))
		}
		if next := uint64(r.on[list]); next != 0 {
			dst = append(dst, linear.Hash(140+list, next, cases))
		}
		if before := uint64(l.on[list]); before != 0 {
			dst = append(dst, linear.Hash(160+list, before, cases))
		}
	}
	if t.listed != 0 {
		dst = append(dst, linear.Hash(60, t.listed, 0), linear.Hash(61, t.listed, p1), linear.Hash(62, t.listed, look), linear.Hash(63, t.listed, t.xpos))
	}
	if r.listed != 0 {
		dst = append(dst, linear.Hash(64, r.listed, uint64(t.Case)))
	}
	if l.listed != 0 {
		dst = append(dst, linear.Hash(65, l.listed, uint64(t.Case)))
	}
	if t.seen != 0 {
		dst = append(dst, linear.Hash(70, t.seen, 0), linear.Hash(71, t.seen, p1), linear.Hash(72, t.seen, look))
		dst = append(dst, linear.Hash(73, t.seen, r.seen), linear.Hash(74, t.seen, l.seen))
	}
	return dst
}
