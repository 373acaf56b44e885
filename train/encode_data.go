package train

import (
	"math/rand/v2"
	"slices"

	"readout/doc"
	"readout/lang/encode"
	"readout/lang/form"
	"readout/lang/name"
	"readout/lang/vector"
	"readout/linear"
)

// encodeExample is a sentence as the encoder's trainer wants it.
type encodeExample struct {
	words  []int32 // row of each token's word, 0 for one that is not in the table
	exact  []int32 // row of its exact form, 0 for none
	seen   []int32 // how often the word stands in the corpus
	rest   []int32 // rows of its pieces, of token i from first[i] to first[i+1]
	first  []int32
	tags   [][2]int32 // rows of the tags it comes with
	noTags [2]int32

	vectors []int32 // row of each token's word vector, -1 for none

	labels     []name.Label // of names; nil where they are not known
	nameWeight float32      // of a label beside a tag

	heads   []int32 // 0 for the root, i+1 for token i; nil where there is no tree
	rels    []doc.Deprel
	classes []uint16
}

func (x *encodeExample) len() int { return len(x.words) }

// appendRows appends the rows of token i with some of them dropped at random:
// each by itself, so that no row is leant on too much.
func (x *encodeExample) appendRows(dst []int32, i int, r *rand.PCG, rates encodeRates) []int32 {
	word := 0.0
	if rates.word > 0 {
		word = rates.word / (rates.word + float64(x.seen[i]))
	}
	switch {
	case keep(r, word) && keep(r, rates.row):
		dst = append(dst, x.words[i])
		if x.exact[i] > 0 && keep(r, rates.row) {
			dst = append(dst, x.exact[i])
		}
	default:
		dst = append(dst, 0)
	}
	for _, id := range x.rest[x.first[i]:x.first[i+1]] {
		if keep(r, rates.row) {
			dst = append(dst, id)
		}
	}
	for k, id := range x.tags[i] {
		if !keep(r, rates.tags) {
			id = x.noTags[k]
		}
		dst = append(dst, id)
	}
	return dst
}

// keep is false with the given probability; it draws nothing for 0.
func keep(r *rand.PCG, drop float64) bool { return drop == 0 || unit(r) >= drop }

// unit is a random number from 0 to 1, without 1.
func unit(r *rand.PCG) float64 { return float64(r.Uint64()>>11) / (1 << 53) }

// encodeInputs makes the table's dictionary of the words that corpus has at
// least twice, and says how often it has each word.
func encodeInputs(corpus []sentence, hashed, marks int) (*encode.Inputs, map[uint64]int32) {
	counts := map[uint64]int32{}
	var keys []uint64
	count := func(k uint64) {
		if counts[k]++; counts[k] == 2 && k != 0 {
			keys = append(keys, k)
		}
	}
	var xpos []string
	known := map[string]bool{"": true}
	for _, s := range corpus {
		if s.copied || s.heads == nil {
			continue
		}
		for i, word := range s.forms {
			f := form.Look(word)
			count(encode.WordKey(&f))
			count(encode.ExactKey(&f))
			if !known[s.xpos[i]] {
				known[s.xpos[i]] = true
				xpos = append(xpos, s.xpos[i])
			}
		}
	}
	const most = 1<<16 - 2
	keys = keys[:min(len(keys), most)]
	values := make([]uint16, len(keys))
	for i := range values {
		values[i] = uint16(i + 1)
	}
	return encode.NewInputs(linear.NewDict(keys, values), len(keys), xpos, hashed, marks), counts
}

// encodeExamples makes the examples of corpus, whose tokens stand in d with the
// tags they come with.
func encodeExamples(corpus []sentence, d *doc.Document, in *encode.Inputs, counts map[uint64]int32, classes []encode.Class, vectors *vector.Table, marker encode.Marker) []*encodeExample {
	number := classNumber(classes)
	out := make([]*encodeExample, len(corpus))
	var ids []int32
	for k, s := range corpus {
		x := &encodeExample{first: []int32{0}, rels: s.rels, labels: s.labels, nameWeight: s.nameWeight}
		x.noTags[0], x.noTags[1] = in.Tags(0, "")
		marks := make([][]int32, len(s.forms))
		if marker != nil {
			span := d.Sentences[k]
			marker.Mark(d, span, func(i int32, mark int) {
				marks[i-span.Begin] = append(marks[i-span.Begin], in.Mark(mark))
			})
		}
		for i, word := range s.forms {
			f := form.Look(word)
			ids = in.Form(ids[:0], &f)
			x.words = append(x.words, ids[0])
			if vectors != nil {
				x.vectors = append(x.vectors, vectors.Row(&f))
			}
			x.seen = append(x.seen, counts[encode.WordKey(&f)])
			exact, rest := int32(0), ids[1:]
			if in.IsWord(rest[0]) {
				exact, rest = rest[0], rest[1:]
			}
			x.exact = append(x.exact, exact)
			x.rest = append(append(x.rest, rest...), marks[i]...)
			x.first = append(x.first, int32(len(x.rest)))
			at := d.Sentences[k].Begin + int32(i)
			u, p := in.Tags(d.UPOS(at), d.XPOS(at))
			x.tags = append(x.tags, [2]int32{u, p})
			if s.heads == nil {
				continue
			}
			x.classes = append(x.classes, number(encode.Class{UPOS: s.upos[i], XPOS: s.xpos[i]}))
			h := s.heads[i] + 1
			if int(s.heads[i]) == len(s.forms) {
				h = 0
			}
			x.heads = append(x.heads, h)
		}
		out[k] = x
	}
	return out
}

// rareClass is how often a pair of tags must stand in a corpus to be a class of
// its own; a rarer one is mostly a slip and goes with the commonest pair of its
// part of speech.
const rareClass = 5

// encodeClasses are the pairs of tags in corpus, the commonest first.
func encodeClasses(corpus []sentence) []encode.Class {
	counts := map[encode.Class]int{}
	var out []encode.Class
	for _, s := range corpus {
		for i := range s.upos {
			c := encode.Class{UPOS: s.upos[i], XPOS: s.xpos[i]}
			if counts[c]++; counts[c] == 1 {
				out = append(out, c)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b encode.Class) int { return counts[b] - counts[a] })
	seen := map[doc.UPOS]bool{}
	return slices.DeleteFunc(out, func(c encode.Class) bool {
		first := !seen[c.UPOS]
		seen[c.UPOS] = true
		return counts[c] < rareClass && !first
	})
}

// classNumber gives the number of a pair of tags among classes, that of the
// commonest with its part of speech where it is none of them.
func classNumber(classes []encode.Class) func(encode.Class) uint16 {
	exact, byUPOS := map[encode.Class]uint16{}, map[doc.UPOS]uint16{}
	for i := len(classes) - 1; i >= 0; i-- {
		exact[classes[i]] = uint16(i)
		byUPOS[classes[i].UPOS] = uint16(i)
	}
	return func(c encode.Class) uint16 {
		if k, ok := exact[c]; ok {
			return k
		}
		return byUPOS[c.UPOS]
	}
}
