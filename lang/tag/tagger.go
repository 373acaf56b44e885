// Package tag gives each token its part of speech, Penn tag, features and
// lemma.
//
// It knows English words by their looks and their neighbours, from a model
// trained on UD treebanks. It does not know where tokens and sentences begin
// (lang/text), how they hang together (lang/encode), nor what they speak of.
package tag

import (
	"context"
	"fmt"
	"sync"

	"readout/doc"
	"readout/lang/form"
	"readout/linear"
	"readout/weights"
)

// Class is what the perceptron decides on: part of speech and Penn tag at
// once, since each settles the other in most cases.
type Class struct {
	UPOS doc.UPOS
	XPOS string
}

// Tagger is a stage. It is immutable and safe for many goroutines.
//
// Tags come from an averaged perceptron, greedily from left to right (Collins
// 2002, https://aclanthology.org/W02-1001); features and lemmas from tables
// with the tag as key. Linear in tokens.
type Tagger struct {
	model   *linear.Model
	classes []Class
	xpos    []uint64 // of a class, the same number for the same Penn tag
	feats   []string
	byWord  *linear.Dict // features by FeatsKey
	scripts []Script
	lemmas  *linear.Dict
	scratch sync.Pool // of *work
}

// work is the scratch space of one call.
type work struct {
	window   Window
	features []uint64
	scores   []int32
	xpos     []doc.Str // of a class, interned in the document at hand
	feats    []doc.Str
}

// New makes a tagger of the model in f. Errors wrap weights.ErrFormat.
func New(f *weights.File) (*Tagger, error) {
	t := &Tagger{}
	var err error
	if t.model, err = linear.Load(f, "tag"); err != nil {
		return nil, err
	}
	if err := t.loadClasses(f); err != nil {
		return nil, err
	}
	if t.feats, err = f.Strings("feats"); err != nil {
		return nil, err
	}
	if t.byWord, err = linear.LoadDict(f, "feats.by", len(t.feats)); err != nil {
		return nil, err
	}
	if err := t.loadScripts(f); err != nil {
		return nil, err
	}
	if t.lemmas, err = linear.LoadDict(f, "lemma.by", len(t.scripts)); err != nil {
		return nil, err
	}
	t.scratch.New = func() any { return &work{scores: make([]int32, len(t.classes))} }
	return t, nil
}

func (t *Tagger) loadClasses(f *weights.File) error {
	upos, err := f.Strings("class.upos")
	if err != nil {
		return err
	}
	xpos, err := f.Strings("class.xpos")
	if err != nil {
		return err
	}
	if len(upos) != t.model.Classes() || len(xpos) != len(upos) {
		return fmt.Errorf("%w: %s: %d classes in the table, %d and %d named", weights.ErrFormat, f.Name, t.model.Classes(), len(upos), len(xpos))
	}
	t.classes, t.xpos = make([]Class, len(upos)), make([]uint64, len(upos))
	for i := range upos {
		u, ok := doc.ParseUPOS(upos[i])
		if !ok {
			return fmt.Errorf("%w: %s: no part of speech %q", weights.ErrFormat, f.Name, upos[i])
		}
		t.classes[i], t.xpos[i] = Class{u, xpos[i]}, form.Hash(xpos[i])
	}
	return nil
}

func (t *Tagger) loadScripts(f *weights.File) error {
	add, err := f.Strings("script.add")
	if err != nil {
		return err
	}
	drop, err := f.Uint8s("script.drop")
	if err != nil {
		return err
	}
	keep, err := f.Uint8s("script.keep")
	if err != nil {
		return err
	}
	if len(drop) != len(add) || len(keep) != len(add) {
		return fmt.Errorf("%w: %s: scripts of unequal length", weights.ErrFormat, f.Name)
	}
	t.scripts = make([]Script, len(add))
	for i := range add {
		t.scripts[i] = Script{keep[i] != 0, int(drop[i]), add[i]}
	}
	return nil
}

// Name is "tag".
func (t *Tagger) Name() string { return "tag" }

// Reads is LayerText.
func (t *Tagger) Reads() doc.Layer { return doc.LayerText }

// Writes is LayerTags.
func (t *Tagger) Writes() doc.Layer { return doc.LayerTags }

// Run sets UPOS, XPOS, Feats and Lemma of every token of d, and LayerTags. The
// only error is ctx's; d is then without the layer.
func (t *Tagger) Run(ctx context.Context, d *doc.Document) error {
	n := d.Len()
	d.Tokens.UPOS = make([]doc.UPOS, n)
	d.Tokens.XPOS, d.Tokens.Feats, d.Tokens.Lemma = make([]doc.Str, n), make([]doc.Str, n), make([]doc.Str, n)
	w := t.scratch.Get().(*work)
	defer t.scratch.Put(w)
	w.xpos, w.feats = append(w.xpos[:0], make([]doc.Str, len(t.classes))...), append(w.feats[:0], make([]doc.Str, len(t.feats))...)
	for _, s := range d.Sentences {
		if err := ctx.Err(); err != nil {
			return err
		}
		t.sentence(d, s, w)
	}
	d.Has |= doc.LayerTags
	return nil
}

func (t *Tagger) sentence(d *doc.Document, s doc.Span, w *work) {
	w.window.Reset()
	for i := s.Begin; i < s.End; i++ {
		w.window.Add(d.Form(i))
	}
	for i := range w.window.Len() {
		w.features = w.window.Features(w.features[:0], i)
		clear(w.scores)
		t.model.Score(w.scores, w.features)
		c := linear.Best(w.scores)
		w.window.Set(i, uint8(c))
		t.set(d, s.Begin, s.Begin+int32(i), c, &w.window.forms[i], w)
	}
}

// set writes everything that follows from the class of token i in a sentence
// that starts at begin.
func (t *Tagger) set(d *doc.Document, begin, i int32, c int, f *form.Form, w *work) {
	if w.xpos[c] == 0 {
		w.xpos[c] = d.Strings.Intern(t.classes[c].XPOS)
	}
	d.Tokens.UPOS[i], d.Tokens.XPOS[i] = t.classes[c].UPOS, w.xpos[c]
	if v, ok := t.featsOf(d, begin, i, c, f); ok {
		if w.feats[v] == 0 {
			w.feats[v] = d.Strings.Intern(t.feats[v])
		}
		d.Tokens.Feats[i] = w.feats[v]
	}
	d.Tokens.Lemma[i] = t.internLemma(d, i, f, c, i == begin)
}

// internLemma is the lemma of token i among the strings of d. It copies only
// what is new and no beginning of the form.
func (t *Tagger) internLemma(d *doc.Document, i int32, f *form.Form, c int, first bool) doc.Str {
	var buf [64]byte
	s := d.Form(i)
	lemma := t.lemma(buf[:0], s, f, c, first)
	if len(lemma) <= len(s) && s[:len(lemma)] == string(lemma) {
		return d.Strings.Intern(s[:len(lemma)])
	}
	return d.Strings.InternBytes(lemma)
}

// lemma appends the lemma of the form s to dst.
func (t *Tagger) lemma(dst []byte, s string, f *form.Form, c int, first bool) []byte {
	if lemma := verbLemma(s, t.classes[c].XPOS); lemma != "" {
		return append(dst, lemma...)
	}
	xpos := t.xpos[c]
	if v, ok := t.lemmas.Get(ExactKey(f, xpos)); ok {
		if lemma, ok := t.scripts[v].Append(dst, s); ok {
			return lemma
		}
	}
	for n := min(MaxEnding, f.Len()); n >= 0; n-- {
		if v, ok := t.lemmas.Get(EndingKey(f, xpos, n, first)); ok {
			if lemma, ok := t.scripts[v].Append(dst, s); ok {
				return lemma
			}
		}
	}
	return append(dst, s...)
}
