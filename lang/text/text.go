// Package text splits the characters of an article into blocks, sentences,
// tokens and quotations, all with their places in the text.
//
// It knows how English is written: the tokens of UD English (EWT and GUM),
// abbreviations, the marks of quotation, datelines, headings. It does not know
// what any word means; parts of speech, names and speakers are for later
// stages. Word lists are the tables in data, each row with an example.
//
// The work is linear in the text: every decision looks at most a bounded number
// of bytes or tokens around its place.
package text

import (
	"context"
	"errors"
	"slices"

	"readout/doc"
)

// MaxText is the longest text Run takes, in bytes: offsets are 32 bits wide.
const MaxText = 1 << 30

// ErrTooLong is returned for a text longer than MaxText.
var ErrTooLong = errors.New("text: longer than 1 GiB")

// defaultMaxSentence bounds a sentence where there is no punctuation. The
// longest sentence of EWT and GUM has 207 tokens; the parser's cost is linear in
// sentence length, so the bound is for memory and reading by eye only.
const defaultMaxSentence = 1000

// Config says how a Segmenter works; the zero value is for news.
type Config struct {
	// MaxSentence is the most tokens a sentence may have; a longer one is split
	// at a semicolon, dash or comma if one is near, else anywhere. 0 means 1,000.
	MaxSentence int
}

// Segmenter is the first stage. It is immutable and safe for many goroutines.
type Segmenter struct {
	maxSentence int
	tab         *tables
}

// New makes a Segmenter.
func New(c Config) *Segmenter {
	if c.MaxSentence <= 0 {
		c.MaxSentence = defaultMaxSentence
	}
	return &Segmenter{maxSentence: c.MaxSentence, tab: loadTables()}
}

// Name is the stage's name in messages.
func (g *Segmenter) Name() string { return "text" }

// Reads is empty: the stage starts from Document.Text.
func (g *Segmenter) Reads() doc.Layer { return 0 }

// Writes is LayerText.
func (g *Segmenter) Writes() doc.Layer { return doc.LayerText }

// Run sets Blocks, Sentences, Tokens.Bytes, Tokens.Sent, Words, Quotes and
// Dateline from d.Text. Text that is not UTF-8 is no error: its bytes are parts
// of words. The errors are ErrTooLong and ctx's.
//
// A document that has LayerText already (read from CoNLL-U) keeps its tokens
// and sentences; see Mark.
func (g *Segmenter) Run(ctx context.Context, d *doc.Document) error {
	if d.Has&doc.LayerText != 0 {
		Mark(d)
		return nil
	}
	if len(d.Text) > MaxText {
		return ErrTooLong
	}
	n := len(d.Text)/5 + 8 // English news has 5.2 bytes a token
	d.Tokens.Bytes = make([]doc.Range, 0, n)
	d.Blocks = splitBlocks(g.tab, d.Text)
	d.Words = []doc.Span{}
	d.Sentences = make([]doc.Span, 0, n/16)
	sc := scanner{text: d.Text, tab: g.tab, toks: d.Tokens.Bytes, words: d.Words}
	lists := sentencer{d: d, tab: g.tab, max: g.maxSentence}
	for i := range d.Blocks {
		if err := ctx.Err(); err != nil {
			return err
		}
		b := &d.Blocks[i]
		b.Span.Begin = int32(len(sc.toks))
		sc.block(int(b.Bytes.Begin), int(b.Bytes.End))
		b.Span.End = int32(len(sc.toks))
		d.Tokens.Bytes, d.Words = sc.toks, sc.words
		lists.block(b.Span)
	}
	d.Blocks = dropEmpty(d.Blocks)
	setSent(d)
	setHeadings(d)
	d.Dateline = findDateline(d, g.tab)
	if end := d.Dateline.Whole.End; end > 0 {
		splitSentence(d, end)
	}
	d.Quotes = findQuotes(d)
	d.Has |= doc.LayerText
	return nil
}

// Mark sets Quotes and Dateline of a document that has tokens, blocks and
// sentences, wherever they came from.
func Mark(d *doc.Document) {
	d.Quotes = findQuotes(d)
	d.Dateline = findDateline(d, loadTables())
}

// setSent fills Tokens.Sent from Sentences.
func setSent(d *doc.Document) {
	d.Tokens.Sent = slices.Grow(d.Tokens.Sent[:0], d.Len())[:d.Len()]
	for i, s := range d.Sentences {
		for t := s.Begin; t < s.End; t++ {
			d.Tokens.Sent[t] = int32(i)
		}
	}
}

// splitSentence begins a new sentence at token i: a dateline is one of its own.
func splitSentence(d *doc.Document, i int32) {
	k := d.Tokens.Sent[i]
	s := d.Sentences[k]
	if s.Begin == i {
		return
	}
	d.Sentences[k].End = i
	d.Sentences = slices.Insert(d.Sentences, int(k)+1, doc.Span{Begin: i, End: s.End})
	setSent(d)
}

func dropEmpty(blocks []doc.Block) []doc.Block {
	out := blocks[:0]
	for _, b := range blocks {
		if !b.Span.Empty() {
			out = append(out, b)
		}
	}
	return out
}

// Tokenize appends the tokens of s to dst: the ranges of their bytes. It is the
// tokenizer of Run for a single string, without blocks and sentences.
func Tokenize(dst []doc.Range, s string) []doc.Range {
	if len(s) > MaxText {
		s = s[:MaxText]
	}
	sc := scanner{text: s, tab: loadTables(), toks: dst}
	sc.block(0, len(s))
	return sc.toks
}

// Forms are the tokens of s as they are written.
func Forms(s string) []string {
	ranges := Tokenize(make([]doc.Range, 0, len(s)/5+2), s)
	out := make([]string, len(ranges))
	for i, r := range ranges {
		out[i] = s[r.Begin:r.End]
	}
	return out
}
