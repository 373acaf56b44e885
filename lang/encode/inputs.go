package encode

import (
	"readout/doc"
	"readout/lang/form"
	"readout/linear"
)

// Inputs says which rows of the table stand for a token. Training and reading
// share it. It is immutable and safe for many goroutines.
//
// The table holds, in this order: the unknown word; the words; the tags; the
// Penn tags; pieces of words by hash; and the marks of a Marker.
type Inputs struct {
	words  *linear.Dict // of wordKey and exactKey: 0 is the unknown word
	count  int          // words, with the unknown one
	xpos   []string
	xposOf map[string]int32
	hashed int
	marks  int
}

// uposRows is the rows for tags, one of them for none.
const uposRows = 18

// NewInputs makes inputs whose dictionary gives words the numbers from 1 to
// words. xpos lists the Penn tags that have a row. hashed is a power of two, the number
// of rows for pieces of words; marks is that of a Marker's marks.
func NewInputs(words *linear.Dict, count int, xpos []string, hashed, marks int) *Inputs {
	in := &Inputs{words: words, count: count + 1, xpos: xpos, xposOf: make(map[string]int32, len(xpos)), hashed: hashed, marks: marks}
	for i, x := range xpos {
		in.xposOf[x] = int32(i) + 1
	}
	return in
}

// WordKey and ExactKey are the keys of a form in the dictionary; ExactKey is 0
// for a form without capitals, which has no row of its own.
func WordKey(f *form.Form) uint64 { return linear.Hash(200, f.Lower, 0) }

// ExactKey: see WordKey.
func ExactKey(f *form.Form) uint64 {
	if f.Case == form.Small || f.Case == form.NoCase {
		return 0
	}
	return linear.Hash(201, f.Exact, 0)
}

// Rows is the number of rows of the table.
func (in *Inputs) Rows() int { return in.firstMark() + in.marks }

func (in *Inputs) firstUPOS() int   { return in.count }
func (in *Inputs) firstXPOS() int   { return in.firstUPOS() + uposRows }
func (in *Inputs) firstHashed() int { return in.firstXPOS() + len(in.xpos) + 1 }

func (in *Inputs) firstMark() int { return in.firstHashed() + in.hashed }

// Mark is the row of a mark.
func (in *Inputs) Mark(mark int) int32 { return int32(in.firstMark() + mark) }

// Form appends the rows of a form to dst, that of the word first: 0 where it is
// unknown.
func (in *Inputs) Form(dst []int32, f *form.Form) []int32 {
	w, _ := in.words.Get(WordKey(f))
	dst = append(dst, int32(w))
	if k := ExactKey(f); k != 0 {
		if w, ok := in.words.Get(k); ok {
			dst = append(dst, int32(w))
		}
	}
	for n := 2; n <= 5; n++ {
		if f.Len() >= n {
			dst = append(dst, in.piece(0, f.Suffix(n)))
		}
	}
	for n := 2; n <= 4; n++ {
		if f.Len() >= n {
			dst = append(dst, in.piece(1, f.Prefix(n)))
		}
	}
	return append(dst, in.piece(2, f.Shape), in.piece(3, uint64(f.Case)<<8|uint64(f.Marks)))
}

func (in *Inputs) piece(kind int, v uint64) int32 {
	h := linear.Hash(210+kind, v, 0)
	return int32(in.firstHashed()) + int32(h>>32)&int32(in.hashed-1)
}

// Tags gives the rows of the tags that a token came with.
func (in *Inputs) Tags(u doc.UPOS, xpos string) (upos, penn int32) {
	upos = int32(in.firstUPOS())
	if int(u) < uposRows {
		upos += int32(u)
	}
	return upos, int32(in.firstXPOS()) + in.xposOf[xpos]
}

// IsWord reports whether a row is that of a word.
func (in *Inputs) IsWord(row int32) bool { return int(row) < in.count }
