// Package train makes the models of the language layer from treebanks and name
// corpora.
//
// It knows where the data files stand and how each model is learned. Features
// are not here: they stand beside the stage that uses them, so that training
// and reading cannot differ. The same data and seed give the same bytes.
package train

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strings"

	"readout/doc"
	"readout/eval"
	"readout/lang/name"
)

// Config is what a training run needs.
type Config struct {
	Data string    // the folder that holds ud/ and ner/
	Seed uint64    // of the order of sentences
	Log  io.Writer // progress; nil is silent
	// Epochs is the number of passes over the data; 0 means each model's own.
	Epochs int
	// Vectors is the file that Vectors makes its model of.
	Vectors string
}

func (c Config) logf(format string, args ...any) {
	if c.Log != nil {
		fmt.Fprintf(c.Log, format+"\n", args...)
	}
}

func (c Config) epochs(own int) int {
	if c.Epochs > 0 {
		return c.Epochs
	}
	return own
}

// trainFiles are the treebanks of the language models: open licences only.
var trainFiles = []string{"ud/en_ewt-train.conllu", "ud/en_gum-train-open.conllu"}

// sentence is a training sentence by column.
type sentence struct {
	forms  []string
	upos   []doc.UPOS
	xpos   []string
	feats  []string
	lemmas []string
	heads  []int32 // within the sentence; len(forms) for the root
	rels   []doc.Deprel
	copied bool // a changed copy of another sentence: not counted in tables
	fold   int  // of the jack-knife; a copy is in the fold of its original

	labels     []name.Label // of names, nil where they are not known
	nameWeight float32      // of its labels, 1 where a person gave them
}

// sentences takes a treebank apart.
func sentences(d *doc.Document) []sentence {
	out := make([]sentence, 0, len(d.Sentences))
	for _, span := range d.Sentences {
		s := sentence{}
		for i := span.Begin; i < span.End; i++ {
			s.forms = append(s.forms, d.Form(i))
			s.upos = append(s.upos, d.UPOS(i))
			s.xpos = append(s.xpos, d.XPOS(i))
			s.feats = append(s.feats, d.Strings.Get(d.Tokens.Feats[i]))
			s.lemmas = append(s.lemmas, d.Lemma(i))
			h := d.Head(i) - span.Begin
			if d.Head(i) == doc.Root {
				h = int32(span.Len())
			}
			s.heads = append(s.heads, h)
			s.rels = append(s.rels, d.Deprel(i))
		}
		out = append(out, s)
	}
	return out
}

// document makes a document of sentences, with the text layer only; their
// tokens stand with one space between them.
func document(list []sentence) *doc.Document {
	d := &doc.Document{}
	var b strings.Builder
	for _, s := range list {
		begin := int32(len(d.Tokens.Bytes))
		for _, f := range s.forms {
			at := int32(b.Len())
			b.WriteString(f)
			b.WriteByte(' ')
			d.Tokens.Bytes = append(d.Tokens.Bytes, doc.Range{Begin: at, End: at + int32(len(f))})
			d.Tokens.Sent = append(d.Tokens.Sent, int32(len(d.Sentences)))
		}
		d.Sentences = append(d.Sentences, doc.Span{Begin: begin, End: int32(len(d.Tokens.Bytes))})
	}
	d.Text = b.String()
	d.Has = doc.LayerText
	return d
}

// treebanks reads the training treebanks.
func (c Config) treebanks() ([]sentence, error) {
	var out []sentence
	for _, name := range trainFiles {
		d, err := eval.ReadTreebank(c.Data, name)
		if err != nil {
			return nil, err
		}
		out = append(out, sentences(d)...)
	}
	for i := range out {
		out[i].fold = i / 100 % folds // neighbours are often of one document
	}
	return out, nil
}

// order is the numbers below n in a random order that seed and epoch settle.
func order(n int, seed, epoch uint64) []int {
	return rand.New(rand.NewPCG(seed, epoch)).Perm(n)
}
