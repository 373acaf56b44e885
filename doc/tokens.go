package doc

import (
	"iter"
	"sort"
	"strings"
)

// Root is the Head of a token that has none. UD writes it as 0 and counts words
// from 1; package conllu converts, nothing else does.
const Root = -1

// Tokens holds the tokens of a document by column: entry i of every column
// describes token i. A token is what UD calls a syntactic word: "don't" is two.
// A column is nil until its layer is in Document.Has.
type Tokens struct {
	Bytes []Range // where the form stands in Document.Text
	Sent  []int32 // the sentence it belongs to; nil in a document joined of pieces

	Lemma []Str
	UPOS  []UPOS
	XPOS  []Str // Penn Treebank tag
	Feats []Str // "Number=Sing|Tense=Past", sorted as in CoNLL-U

	Head   []int32 // document-wide index of the head; Root for a sentence's root
	Deprel []Deprel
	First  []int32 // first child in text order, None without; set by LinkChildren
	Next   []int32 // next child of the same head in text order, None for the last

	// NameScores is what the encoder thinks of each token as part of a name: a
	// score for each label of package name, in steps of 1/256. The finder of
	// names uses it up.
	NameScores []int16
	// NameMarks is what lists and registry know of each token as part of a name,
	// packed by package name, which has the encoder ask for it and uses it up.
	NameMarks []uint32

	// States is what the labeller of attributions has read off the encoder's
	// last layer, some numbers a token. The finder of statements uses it up.
	States []int8
}

// Len is the number of tokens of d.
func (d *Document) Len() int { return len(d.Tokens.Bytes) }

// Form is token i as it is written.
func (d *Document) Form(i int32) string {
	r := d.Tokens.Bytes[i]
	return d.Text[r.Begin:r.End]
}

// Lemma is the dictionary form of token i, lower case but for proper nouns.
func (d *Document) Lemma(i int32) string { return d.Strings.Get(d.Tokens.Lemma[i]) }

// UPOS is the part of speech of token i, unset before LayerTags.
func (d *Document) UPOS(i int32) UPOS {
	if d.Tokens.UPOS == nil {
		return 0
	}
	return d.Tokens.UPOS[i]
}

// XPOS is the Penn Treebank tag of token i.
func (d *Document) XPOS(i int32) string { return d.Strings.Get(d.Tokens.XPOS[i]) }

// Head is the head of token i, or Root.
func (d *Document) Head(i int32) int32 { return d.Tokens.Head[i] }

// Deprel is the relation of token i to its head.
func (d *Document) Deprel(i int32) Deprel { return d.Tokens.Deprel[i] }

// Feat is the value of a feature of token i, "" when it has none:
// d.Feat(i, "Tense") is "Past".
func (d *Document) Feat(i int32, name string) string {
	if d.Tokens.Feats == nil {
		return ""
	}
	for s := d.Strings.Get(d.Tokens.Feats[i]); s != ""; {
		var pair string
		pair, s, _ = strings.Cut(s, "|")
		if k, v, ok := strings.Cut(pair, "="); ok && k == name {
			return v
		}
	}
	return ""
}

// SentenceOf is the sentence that holds token i.
func (d *Document) SentenceOf(i int32) Span {
	if d.Tokens.Sent != nil {
		return d.Sentences[d.Tokens.Sent[i]]
	}
	k := sort.Search(len(d.Sentences), func(k int) bool { return d.Sentences[k].End > i })
	return d.Sentences[k]
}

// LinkChildren fills the child lists from the heads. Whoever writes heads calls
// it before setting LayerTree.
func (d *Document) LinkChildren() {
	n := d.Len()
	t := &d.Tokens
	t.First, t.Next = resize(t.First, n), resize(t.Next, n)
	for i := range t.First {
		t.First[i], t.Next[i] = None, None
	}
	for i := n - 1; i >= 0; i-- {
		if h := t.Head[i]; h >= 0 {
			t.Next[i] = t.First[h]
			t.First[h] = int32(i)
		}
	}
}

func resize(s []int32, n int) []int32 {
	if cap(s) < n {
		return make([]int32, n)
	}
	return s[:n]
}

// Children are the tokens whose head is i, in text order; None has none, and
// none has any before LayerTree.
func (d *Document) Children(i int32) iter.Seq[int32] {
	return func(yield func(int32) bool) {
		if i < 0 || d.Tokens.First == nil {
			return
		}
		for c := d.Tokens.First[i]; c >= 0; c = d.Tokens.Next[c] {
			if !yield(c) {
				return
			}
		}
	}
}

// Child is the first child of i with one of the relations, subtypes
// disregarded, or None; None has no children, and none has any before LayerTree.
func (d *Document) Child(i int32, rels ...Deprel) int32 {
	if i < 0 || d.Tokens.First == nil {
		return None
	}
	for c := d.Tokens.First[i]; c >= 0; c = d.Tokens.Next[c] {
		b := d.Tokens.Deprel[c].Base()
		for _, r := range rels {
			if b == r {
				return c
			}
		}
	}
	return None
}

// Subtree is the smallest span that covers i and all that depends on it. It
// takes time linear in the subtree and visits a malformed cycle at most once
// per token of the sentence. Before LayerTree it is i alone.
func (d *Document) Subtree(i int32) Span {
	s := Span{i, i + 1}
	if d.Tokens.First == nil {
		return s
	}
	budget := d.SentenceOf(i).Len()
	d.grow(i, &s, &budget)
	return s
}

func (d *Document) grow(i int32, s *Span, budget *int) {
	// Deep chains (a sentence of 20,000 tokens) would be deep recursion, so this
	// keeps its own stack.
	stack := []int32{i}
	for len(stack) > 0 && *budget >= 0 {
		i, stack = stack[len(stack)-1], stack[:len(stack)-1]
		*budget--
		s.Begin, s.End = min(s.Begin, i), max(s.End, i+1)
		for c := d.Tokens.First[i]; c >= 0; c = d.Tokens.Next[c] {
			stack = append(stack, c)
		}
	}
}

// Dominates reports whether a is i or one of its heads' heads.
func (d *Document) Dominates(a, i int32) bool {
	for n := d.SentenceOf(i).Len(); i >= 0 && n >= 0; n-- {
		if i == a {
			return true
		}
		i = d.Tokens.Head[i]
	}
	return false
}

// HeadOf is the token of s whose head lies outside s, the first if several; it
// is s.Begin when the tree is not set. s must not be empty.
func (d *Document) HeadOf(s Span) int32 {
	if d.Tokens.Head == nil {
		return s.Begin
	}
	for i := s.Begin; i < s.End; i++ {
		if h := d.Tokens.Head[i]; !s.Has(h) && d.Tokens.Deprel[i].Base() != RelPunct {
			return i
		}
	}
	return s.Begin
}
