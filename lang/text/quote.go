package text

import (
	"slices"

	"readout/doc"
)

// Quotation marks are paired within a block, innermost first. A curly mark says
// which end it is; a straight one is told by the white space beside it, and
// where that does not tell, by whether a quotation of its kind is open. A
// single mark counts only when it is no apostrophe: the scanner has already
// taken clitics and possessives into multiword tokens.
//
// A mark that is not closed in its block goes to the block's end if it can be a
// quotation of several paragraphs: it opens the outermost quotation and the next
// block begins with such a mark. Else it goes no further than its sentence.

// quoteKind is the family of a mark; marks of one family close each other.
type quoteKind uint8

const (
	noQuote quoteKind = iota
	doubleQuote
	singleQuote
	guillemet
)

// quoteEnd says which end of a quotation a mark can be.
type quoteEnd uint8

const (
	eitherEnd quoteEnd = iota
	openEnd
	closeEnd
)

func quoteMark(f string) (quoteKind, quoteEnd) {
	switch f {
	case `"`, "''":
		return doubleQuote, eitherEnd
	case "“", "„", "``":
		return doubleQuote, openEnd
	case "”":
		return doubleQuote, closeEnd
	case "'":
		return singleQuote, eitherEnd
	case "‘", "`":
		return singleQuote, openEnd
	case "’":
		return singleQuote, closeEnd
	case "«":
		return guillemet, openEnd
	case "»":
		return guillemet, closeEnd
	}
	return noQuote, eitherEnd
}

type openQuote struct {
	at    int32
	kind  quoteKind
	place int // in quoter.found
}

type quoter struct {
	d     *doc.Document
	found []doc.Quote
	runs  []bool // of each found: it goes on in the next block
	stack []openQuote
	word  int // next multiword token
}

// maxDepth bounds how deep quotations nest; deeper marks are not opened.
const maxDepth = 8

func findQuotes(d *doc.Document) []doc.Quote {
	q := quoter{d: d, found: []doc.Quote{}}
	for i, b := range d.Blocks {
		q.block(b.Span)
		q.endBlock(b.Span, q.opensNext(i))
	}
	return q.finish()
}

func (q *quoter) block(b doc.Span) {
	q.stack = q.stack[:0]
	for i := b.Begin; i < b.End; i++ {
		kind, end := quoteMark(q.d.Form(i))
		if kind == noQuote || kind == singleQuote && q.apostrophe(i) {
			continue
		}
		if end = q.resolve(b, i, kind, end); end == openEnd {
			q.open(i, kind)
		} else {
			q.close(i, kind)
		}
	}
}

// apostrophe reports whether mark i is part of a multiword token, or follows
// digits as the sign of feet and minutes do.
func (q *quoter) apostrophe(i int32) bool {
	w := q.d.Words
	for q.word < len(w) && w[q.word].End <= i {
		q.word++
	}
	return q.word < len(w) && w[q.word].Has(i)
}

func (q *quoter) resolve(b doc.Span, i int32, kind quoteKind, end quoteEnd) quoteEnd {
	before, after := q.gap(b, i), q.gap(b, i+1)
	open := q.depthOf(kind) >= 0
	switch {
	case end == closeEnd && !open && before && !after: // ”word” as both ends
		return openEnd
	case end != eitherEnd:
		return end
	case before && !after:
		return openEnd
	case after && !before:
		return closeEnd
	case open:
		return closeEnd
	case before:
		return openEnd
	}
	// Marks on both sides: ("word"), "'word'". It opens before a word.
	if i+1 < b.End && wordAt(q.d.Form(i+1), 0) > 0 {
		return openEnd
	}
	return closeEnd
}

// gap reports white space or an end of the block before token i.
func (q *quoter) gap(b doc.Span, i int32) bool {
	if i <= b.Begin || i >= b.End {
		return true
	}
	t := q.d.Tokens.Bytes
	return t[i-1].End != t[i].Begin
}

// depthOf is the place in the stack of the innermost open quotation of a kind,
// -1 without one.
func (q *quoter) depthOf(kind quoteKind) int {
	for k := len(q.stack) - 1; k >= 0; k-- {
		if q.stack[k].kind == kind {
			return k
		}
	}
	return -1
}

func (q *quoter) open(i int32, kind quoteKind) {
	if len(q.stack) == maxDepth {
		return
	}
	q.stack = append(q.stack, openQuote{i, kind, len(q.found)})
	q.found = append(q.found, doc.Quote{Span: doc.Span{Begin: i, End: i + 1}, Open: true})
	q.runs = append(q.runs, false)
}

func (q *quoter) close(i int32, kind quoteKind) {
	k := q.depthOf(kind)
	if k < 0 {
		return
	}
	for _, o := range q.stack[k+1:] { // what it holds and was never closed
		q.bound(o, i)
	}
	f := &q.found[q.stack[k].place]
	f.Span.End, f.Open = i+1, false
	q.stack = q.stack[:k]
}

// bound ends an unclosed quotation with its sentence, before token end.
func (q *quoter) bound(o openQuote, end int32) {
	f := &q.found[o.place]
	f.Span.End = max(f.Span.Begin+1, min(end, q.d.SentenceOf(o.at).End))
}

// opensNext is the kind of the mark that begins the block after block i.
func (q *quoter) opensNext(i int) quoteKind {
	if i+1 >= len(q.d.Blocks) || q.d.Blocks[i+1].Span.Empty() {
		return noQuote
	}
	kind, end := quoteMark(q.d.Form(q.d.Blocks[i+1].Span.Begin))
	if end == closeEnd {
		return noQuote
	}
	return kind
}

// endBlock ends what is still open at the end of block b.
func (q *quoter) endBlock(b doc.Span, next quoteKind) {
	for k, o := range q.stack {
		if k == 0 && o.kind == next {
			q.found[o.place].Span.End = b.End
			q.runs[o.place] = true
			continue
		}
		q.bound(o, b.End)
	}
}

// finish marks quotations that go on from the paragraph before, drops marks
// that quote nothing, and sets the depths. Where an unclosed quotation ends
// within a later one it is cut short, so that quotations nest or are apart.
func (q *quoter) finish() []doc.Quote {
	out := q.found[:0]
	var around []int // quotations that may hold the next one, places in out
	goesOn := false
	for k, f := range q.found {
		for len(around) > 0 && out[around[len(around)-1]].Span.End < f.Span.End {
			outer := &out[around[len(around)-1]]
			outer.Span.End = min(outer.Span.End, f.Span.Begin)
			around = around[:len(around)-1]
		}
		f.Depth = len(around)
		if f.Depth == 0 {
			f.Continues = goesOn
			goesOn = q.runs[k]
		}
		if f.Span.Len() < 2 {
			continue
		}
		around = append(around, len(out))
		out = append(out, f)
	}
	return slices.DeleteFunc(out, func(f doc.Quote) bool { return f.Span.Len() < 2 })
}
