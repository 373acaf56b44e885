package tag

import (
	"readout/lang/form"
	"readout/linear"
)

// Window is what the tagger sees of a sentence: the looks of its tokens and
// the classes given so far, from left to right. Training and reading take
// their features from it. It is scratch space of one goroutine.
type Window struct {
	forms []form.Form
	tags  []uint8
}

// Reset empties w for the next sentence.
func (w *Window) Reset() {
	w.forms, w.tags = w.forms[:0], w.tags[:0]
}

// Add appends a token, without a class.
func (w *Window) Add(s string) {
	w.forms = append(w.forms, form.Look(s))
	w.tags = append(w.tags, 0)
}

// Len is the number of tokens in w.
func (w *Window) Len() int { return len(w.forms) }

// Set gives token i its class.
func (w *Window) Set(i int, class uint8) { w.tags[i] = class }

// Tag is the class of token i.
func (w *Window) Tag(i int) uint8 { return w.tags[i] }

// edge stands for what lies before and after a sentence.
var edge = form.Form{Exact: 1, Lower: 1, Shape: 1}

func (w *Window) form(i int) *form.Form {
	if i < 0 || i >= len(w.forms) {
		return &edge
	}
	return &w.forms[i]
}

// tag is the class before token i by k; 255 and 254 before the sentence.
func (w *Window) tag(i int) uint64 {
	if i < 0 {
		return uint64(256 + i)
	}
	return uint64(w.tags[i])
}

// Features appends the features of token i, whose two classes to the left are
// set, to dst. About half of them look at the token itself, the rest at its
// neighbours (Ratnaparkhi 1996, and the usual additions).
func (w *Window) Features(dst []uint64, i int) []uint64 {
	f, l, r := w.form(i), w.form(i-1), w.form(i+1)
	t1, t2 := w.tag(i-1), w.tag(i-2)
	look := uint64(f.Case)<<8 | uint64(f.Marks)
	if i == 0 {
		look |= 1 << 16
	}
	return append(dst,
		linear.Hash(0, 0, 0),
		linear.Hash(1, f.Exact, 0),
		linear.Hash(2, f.Lower, 0),
		linear.Hash(3, f.Suffix(1), look),
		linear.Hash(4, f.Suffix(2), 0),
		linear.Hash(5, f.Suffix(3), 0),
		linear.Hash(6, f.Suffix(4), 0),
		linear.Hash(7, f.Suffix(5), 0),
		linear.Hash(8, f.Prefix(2), 0),
		linear.Hash(9, f.Prefix(3), 0),
		linear.Hash(10, f.Shape, look),
		linear.Hash(11, t1, 0),
		linear.Hash(12, t1, t2),
		linear.Hash(13, t1, f.Lower),
		linear.Hash(14, t1, f.Suffix(3)),
		linear.Hash(15, t1<<8|t2, f.Lower),
		linear.Hash(16, l.Lower, 0),
		linear.Hash(17, l.Lower, f.Lower),
		linear.Hash(18, r.Lower, 0),
		linear.Hash(19, r.Lower, f.Lower),
		linear.Hash(20, r.Suffix(3), t1),
		linear.Hash(21, r.Shape, look),
		linear.Hash(22, w.form(i-2).Lower, 0),
		linear.Hash(23, w.form(i+2).Lower, 0),
		linear.Hash(24, r.Lower, w.form(i+2).Lower),
		linear.Hash(25, l.Shape, look),
	)
}
