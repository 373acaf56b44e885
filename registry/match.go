package registry

import "slices"

// The names of an index stand in a trie over pieces. The first step, which most
// words of a text do not survive, is one look into a hash table; each further
// step is one more. A spelling variant of a piece shares the piece's number, so
// variants cost nothing and a name is found in any mix of them.

// index is a trie of phrases; each phrase refers to values by number.
type index struct {
	vocab map[string]uint32 // folded piece to its number
	roots []uint32          // by piece number: the node it leads to from the root; 0 none
	edges map[uint64]uint32 // node<<32 | piece number
	terms [][]term          // by node
	lower [128]bool         // first letters of phrases that may begin with a small letter

	spellings func(string) []string // other spellings of a piece; used while building
}

// term is the end of a phrase: what it refers to, and the case it wants.
type term struct {
	value int32
	form  Form
	upper uint32 // pieces (bit k: the k-th) that must begin with a capital
	caps  uint32 // pieces that must have two capitals or more: "WHO", "MoD"
}

// maxPieces is the length of the longest phrase: a bit each in term.upper.
const maxPieces = 24

// newIndex makes an empty index for about size phrases.
func newIndex(size int, spellings func(string) []string) index {
	return index{
		vocab: make(map[string]uint32, size), roots: []uint32{0}, edges: make(map[uint64]uint32, size),
		terms: [][]term{nil}, spellings: spellings,
	}
}

// number gives the number of a folded piece, adding it and its other spellings
// when it is new.
func (x *index) number(s string) uint32 {
	if id, ok := x.vocab[s]; ok {
		return id
	}
	id := uint32(len(x.roots))
	x.vocab[s] = id
	x.roots = append(x.roots, 0)
	for _, v := range x.spellings(s) {
		if _, ok := x.vocab[v]; !ok {
			x.vocab[v] = id
		}
	}
	return id
}

// add enters a phrase. Where cased is set the text must have capitals where the
// phrase has them.
func (x *index) add(phrase string, value int32, form Form, cased bool) {
	var buf [64]byte
	t := term{value: value, form: form}
	node, k := uint32(0), 0
	for p := (piecer{text: phrase}); ; k++ {
		piece := p.next(buf[:0])
		if len(piece) == 0 {
			break
		}
		if k == maxPieces {
			return
		}
		if cased && p.upper {
			t.upper |= 1 << k
		}
		if cased && (p.capitals > 1 && (p.capitals == p.letters || form == FormAcronym)) {
			t.caps |= 1 << k
		}
		if k == 0 && t.upper == 0 && piece[0] < 128 {
			x.lower[piece[0]] = true
		}
		node = x.step(node, string(piece))
	}
	if k == 0 {
		return
	}
	for _, old := range x.terms[node] {
		if old == t {
			return
		}
	}
	x.terms[node] = append(x.terms[node], t)
}

// step gives the node that a piece leads to, making it when it is new.
func (x *index) step(node uint32, s string) uint32 {
	id := x.number(s)
	next := uint32(len(x.terms))
	if node == 0 {
		if n := x.roots[id]; n != 0 {
			return n
		}
		x.roots[id] = next
	} else {
		key := uint64(node)<<32 | uint64(id)
		if n, ok := x.edges[key]; ok {
			return n
		}
		x.edges[key] = next
	}
	x.terms = append(x.terms, nil)
	return next
}

// found is the end of a walk: the terms of the longest phrase and how the text
// was written.
type found struct {
	terms       []term
	upper, caps uint32
	n           int // words; 0 when there is no match
}

func (t term) fits(upper, caps uint32) bool { return t.upper&^upper == 0 && t.caps&^caps == 0 }

// walk finds the longest phrase that begins with word i and ends with a word
// before n.
func (x *index) walk(words func(int) string, n, i int) found {
	var best found
	var buf [64]byte
	var upper, caps uint32
	node, k := uint32(0), 0
	for j := i; j < n; j++ {
		w := words(j)
		if j == i && w != "" && w[0] >= 'a' && w[0] <= 'z' && !x.lower[w[0]] {
			return best
		}
		before := k
		for p := (piecer{text: w}); ; k++ {
			piece := p.next(buf[:0])
			if len(piece) == 0 {
				break
			}
			v, ok := x.vocab[string(piece)]
			if !ok || k == maxPieces {
				return best
			}
			if node == 0 {
				node = x.roots[v]
			} else {
				node = x.edges[uint64(node)<<32|uint64(v)]
			}
			if node == 0 {
				return best
			}
			if p.upper {
				upper |= 1 << k
			}
			if p.capitals > 1 {
				caps |= 1 << k
			}
		}
		if k == before && (k == 0 || !joins(w)) {
			return best
		}
		if k > before && anyFits(x.terms[node], upper, caps) {
			best = found{x.terms[node], upper, caps, j + 1 - i}
		}
	}
	return best
}

// joins reports whether a word without pieces may stand within a name: a hyphen
// or an apostrophe that the tokenizer has split off.
func joins(w string) bool {
	switch w {
	case "-", "'", "‐", "‑", "’", "‘", "`":
		return true
	}
	return false
}

func anyFits(terms []term, upper, caps uint32) bool {
	for _, t := range terms {
		if t.fits(upper, caps) {
			return true
		}
	}
	return false
}

// MatchAt gives the entries named by the longest name that begins with word i of
// a text of n words, the likeliest first; nil when no name begins there. Words
// are tokens as UD English has them, hyphens and 's split off or not. A name's
// capitals must be there: "WHO" is found in "WHO" and "W.H.O." but not in "Who".
//
// It is meant to be called on every word: it looks at no more words than the
// longest name has, and allocates only when there is a match.
func (r *Registry) MatchAt(words func(i int) string, n, i int) []Match {
	f := r.names.walk(words, n, i)
	if f.n == 0 {
		return nil
	}
	return r.matches(f, f.n == 1 && r.ordinary(words(i)))
}

// BestAt is the first entry of MatchAt, its form and its number of words, 0 where
// no name begins there. It never allocates.
func (r *Registry) BestAt(words []string, i int) (e *Entry, form Form, n int) {
	f := r.names.walk(func(i int) string { return words[i] }, len(words), i)
	for _, t := range f.terms {
		if t.fits(f.upper, f.caps) {
			return &r.entries[t.value], t.form, f.n
		}
	}
	return nil, 0, 0
}

// ordinary reports whether a word is an ordinary one or a given name.
func (r *Registry) ordinary(word string) bool {
	key := Fold(word)
	return r.common[key] || r.gender[key] != 0
}

func (r *Registry) matches(f found, ordinary bool) []Match {
	out := make([]Match, 0, len(f.terms))
	for _, t := range f.terms {
		if !t.fits(f.upper, f.caps) {
			continue
		}
		m := Match{&r.entries[t.value], t.form, f.n, ordinary && t.form == FormSurname}
		// one entry may be meant by two forms of the same spelling: the better
		// one, which comes first, is enough
		if !slices.ContainsFunc(out, func(o Match) bool { return o.Entry == m.Entry }) {
			out = append(out, m)
		}
	}
	return out
}

// Lookup gives the entries that the whole of name names, as MatchAt does. A
// leading "the" and a closing "'s" are no part of a name unless the tables say
// so.
func (r *Registry) Lookup(name string) []Match {
	for _, s := range [...]string{name, bare(name)} {
		words := Words(s)
		f := r.names.walk(func(i int) string { return words[i] }, len(words), 0)
		if f.n == len(words) && f.n > 0 {
			return r.matches(f, f.n == 1 && r.ordinary(s))
		}
	}
	return nil
}
