package tag

import (
	"readout/doc"
	"readout/lang/form"
	"readout/linear"
)

// Some features are not in the word: the person and number of "met" are its
// subject's, "agreed" is passive after "was" and not after "has", "it" is a
// subject or an object. Context finds the word to the left that tells.

// contextReach is how many tokens to the left are looked at.
const contextReach = 10

// Context is what stands to the left of token i of d and bears on its features;
// the tags of the tokens before i in its sentence, which begins at first, and
// its own Penn tag must be set.
func Context(d *doc.Document, first, i int32) uint64 {
	switch d.XPOS(i) {
	case "VBD", "VBP":
		return subject(d, max(first, i-contextReach), i)
	case "VB", "VBN", "VBG":
		return auxiliary(d, max(first, i-contextReach), i)
	}
	if i == first {
		return 1
	}
	return 2 + uint64(d.UPOS(i-1))
}

// subject is the nearest noun or pronoun before i that no preposition governs:
// the talks of "the talks in Geneva failed".
func subject(d *doc.Document, low, i int32) uint64 {
	for k := i - 1; k >= low; k-- {
		switch d.UPOS(k) {
		case doc.PRON:
			f := form.Look(d.Form(k))
			return f.Lower
		case doc.NOUN, doc.PROPN:
			j := k
			for j > low && isPremodifier(d.UPOS(j-1)) {
				j--
			}
			if j > low && d.UPOS(j-1) == doc.ADP {
				k = j - 1
				continue
			}
			return form.Hash(d.XPOS(k))
		}
	}
	return 0
}

func isPremodifier(u doc.UPOS) bool {
	switch u {
	case doc.DET, doc.ADJ, doc.NOUN, doc.PROPN, doc.NUM, doc.PUNCT:
		return true
	}
	return false
}

// auxiliary is the nearest auxiliary, "to" or preposition before i with nothing
// but adverbs and the like between, or the tag of what else stands there.
func auxiliary(d *doc.Document, low, i int32) uint64 {
	for k := i - 1; k >= low; k-- {
		switch d.UPOS(k) {
		case doc.AUX:
			f := form.Look(d.Form(k))
			return f.Lower
		case doc.ADV, doc.PUNCT:
			continue
		case doc.PART:
			if d.XPOS(k) != "TO" {
				continue
			}
		}
		return 2 + uint64(d.UPOS(k))
	}
	return 1
}

// FeatsKey is the key of a form under a class in the table of features, of the
// class alone where f is nil; within a context, 0 for whatever context.
func FeatsKey(class int, f *form.Form, context uint64) uint64 {
	if f == nil {
		return linear.Hash(200, context, uint64(class))
	}
	return linear.Hash(201, f.Lower+context*0x9e3779b97f4a7c15, uint64(class))
}

// featsOf is the number of the features of token i with class c: those of the
// form in its context, of the form, of the class in its context, of the class.
func (t *Tagger) featsOf(d *doc.Document, first, i int32, c int, f *form.Form) (uint16, bool) {
	context := Context(d, first, i)
	for _, k := range [...]uint64{FeatsKey(c, f, context), FeatsKey(c, f, 0), FeatsKey(c, nil, context), FeatsKey(c, nil, 0)} {
		if v, ok := t.byWord.Get(k); ok {
			return v, true
		}
	}
	return 0, false
}
