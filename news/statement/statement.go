// Package statement finds who said what: the statements of an article, with
// source, cue and content, the parties that are reported silent, and the
// outlet's own judgements.
//
// It knows how English news reports speech, belief and intention. That
// knowledge is in tables beside the code (cues.tsv, silences.tsv, channels.tsv
// and so on), each row with examples that the tests run. It does not know who
// anybody is: who "he" and "the official" are is for package actor to say, what
// a content speaks of for event and issue.
//
// # Method
//
// A statement is looked for around a cue: a verb, noun, adjective or
// preposition of the tables whose dependents have one of the shapes (frames)
// that its row allows. Direct speech goes by the quotation marks first and by
// the tree second, since parsers are least sure around quotations; everything
// else goes by the tree. The contents follow the annotation guide of PolNeAR
// (Newell, Margolin and Ruths, LREC 2018): "that" and the "to" of an infinitive
// belong to the content, so do quotation marks and the comma inside them; the
// stop that ends the sentence does not.
package statement

import (
	"context"
	"slices"

	"readout/doc"
)

// Config makes a Stage. Its zero value works.
type Config struct {
	// Model is what has been learned; nil leaves all to the tables and rules.
	Model *Model
}

// Stage finds statements. It is immutable and safe for many goroutines.
type Stage struct {
	t     *tables
	model *Model
}

// New makes the stage. It panics when an embedded table is broken, which the
// tests rule out.
func New(cfg Config) *Stage {
	t, err := loadTables()
	if err != nil {
		panic("statement: " + err.Error())
	}
	model := cfg.Model
	if model == nil {
		model = &Model{}
	}
	return &Stage{t, model}
}

// Name is the stage's name in messages and measurements.
func (s *Stage) Name() string { return "statement" }

// Reads are the layers the stage needs.
func (s *Stage) Reads() doc.Layer {
	return doc.LayerText | doc.LayerTags | doc.LayerTree | doc.LayerNames | doc.LayerTimes | doc.LayerActors
}

// Writes is the layer the stage sets.
func (s *Stage) Writes() doc.Layer { return doc.LayerStatements }

// Run sets Statements and Judgements of d. It takes time linear in the tokens
// but for the nesting of statements in each other. The only error is ctx's.
func (s *Stage) Run(ctx context.Context, d *doc.Document) error {
	f := newFinder(d, s.t)
	f.weights = s.model.weights
	if err := f.find(ctx); err != nil {
		return err
	}
	f.weigh()
	if l := s.model.Labeller; l != nil {
		if r := l.Read(d, newInputs(f).of); r != nil {
			f.adopt(r)
		}
	}
	f.decide()
	f.looseQuotes()
	f.settle()
	d.Statements = f.statements()
	d.Judgements = f.judgements()
	d.Has |= doc.LayerStatements
	return nil
}

// find fills out with the candidates.
func (f *finder) find(ctx context.Context) error {
	f.assignQuotes()
	for _, sent := range f.d.Sentences {
		if err := ctx.Err(); err != nil {
			return err
		}
		f.sentence(sent)
	}
	f.headlines()
	return nil
}

// found is a statement in the making.
type found struct {
	rule    *rule // nil where no cue stands: a continued quotation
	frame   frame
	prep    string // of framePP: the preposition
	head    int32  // the cue's main token, None without one
	cue     doc.Span
	lemma   string
	act     doc.Act
	src     doc.Span
	srcHead int32 // the token the source hangs by, None without one
	content []doc.Span
	quotes  bool // its content is direct speech
	to      []int32
	via     []int32
	parent  int32 // one more than the cue's head of the statement that relays it, where the tree does not tell
	silence bool
	chance  float32 // by the weights
	sure    bool    // the labeller has found it
	nobody  bool    // an unattributed report: src is the word that says so
	conf    float32
}

// finder is the scratch of one run.
type finder struct {
	d       *doc.Document
	t       *tables
	weights Weights

	left, right []int32 // the first and the last token of each token's subtree
	quoteAt     []int32 // the outermost quotation a token lies in, or None
	opens       []int32 // the quotation whose first token it is, or None
	closes      []int32 // the quotation whose closing mark it is, or None
	speech      []int32 // by quotation: the token of its cue, None, or notSpeech
	cueQuotes   map[int32][]int32

	silenced map[int32]bool // the heads of silences: no statements of their own

	owner []int32 // the smallest content a token lies in, or None; set by nest

	out []found
	all bool // every candidate is wanted
}

func newFinder(d *doc.Document, t *tables) *finder {
	f := &finder{d: d, t: t, cueQuotes: map[int32][]int32{}, silenced: map[int32]bool{}}
	f.extents()
	f.quotations()
	return f
}

// quotations fills what is known of each token's place in quotations.
func (f *finder) quotations() {
	n := f.d.Len()
	all := make([]int32, 3*n)
	for i := range all {
		all[i] = doc.None
	}
	f.quoteAt, f.opens, f.closes = all[:n:n], all[n:2*n:2*n], all[2*n:]
	for q, quote := range f.d.Quotes {
		if quote.Span.Empty() {
			continue
		}
		f.opens[quote.Span.Begin] = int32(q)
		if !quote.Open {
			f.closes[quote.Span.End-1] = int32(q)
		}
		for i := quote.Span.Begin; i < quote.Span.End && quote.Depth == 0; i++ {
			f.quoteAt[i] = int32(q)
		}
	}
	f.speech = make([]int32, len(f.d.Quotes))
	for q := range f.speech {
		f.speech[q] = notSpeech
	}
}

// extents fills left and right in time linear in the tokens: a token is done
// once all its children are.
func (f *finder) extents() {
	d := f.d
	n := d.Len()
	f.left, f.right = make([]int32, n), make([]int32, n)
	open := make([]int32, n)
	for i := range n {
		f.left[i], f.right[i] = int32(i), int32(i)
		if h := d.Tokens.Head[i]; h >= 0 {
			open[h]++
		}
	}
	ready := make([]int32, 0, n)
	for i := range n {
		if open[i] == 0 {
			ready = append(ready, int32(i))
		}
	}
	for len(ready) > 0 {
		i := ready[len(ready)-1]
		ready = ready[:len(ready)-1]
		h := d.Tokens.Head[i]
		if h < 0 {
			continue
		}
		f.left[h], f.right[h] = min(f.left[h], f.left[i]), max(f.right[h], f.right[i])
		if open[h]--; open[h] == 0 {
			ready = append(ready, h)
		}
	}
}

// whole is the span of i and all that hangs by it.
func (f *finder) whole(i int32) doc.Span { return doc.Span{Begin: f.left[i], End: f.right[i] + 1} }

// settle puts what was found in the order of the text and drops what was found
// twice: two statements of one cue, or of one source with one content.
func (f *finder) settle() {
	slices.SortStableFunc(f.out, func(a, b found) int {
		if c := int(a.start() - b.start()); c != 0 {
			return c
		}
		return int(b.size() - a.size())
	})
	type key struct {
		head   int32
		source int32
		first  doc.Span
	}
	seen := map[key]bool{}
	shared := map[doc.Span]int{}
	keep := f.out[:0]
	for _, x := range f.out {
		k := key{x.head, x.srcHead, doc.Span{}}
		if len(x.content) > 0 {
			k.first = x.content[0]
		}
		if seen[k] {
			continue
		}
		seen[k] = true
		if len(x.content) > 0 {
			// Whoever gives the same words to four people has misread them.
			if shared[x.content[0]]++; shared[x.content[0]] > maxSharing {
				continue
			}
		}
		keep = append(keep, x)
	}
	f.out = keep
}

// maxSharing is how many statements may have the same content.
const maxSharing = 3

func (x *found) start() int32 {
	s := x.cue
	for _, c := range x.content {
		if s.Empty() || c.Begin < s.Begin {
			s = c
		}
	}
	if s.Empty() {
		s = x.src
	}
	return s.Begin
}

func (x *found) size() int32 {
	n := int32(0)
	for _, c := range x.content {
		n += int32(c.Len())
	}
	return n
}
