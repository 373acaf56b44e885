package text

import (
	"strings"
	"unicode/utf8"

	"readout/doc"
)

// A block ends at a blank line. Within a run of lines, a single line break ends
// a block where the lines look like paragraphs of their own:
//
//   - before the mark of a list and before an indented line;
//   - where a line of the run is longer than a wrapped one can be, unless the
//     next begins in lower case and the line has no final stop;
//   - where a line ends with a stop well before the width of the run;
//   - where a short line without a stop stands before a capital: a heading.

// wrapWidth is the widest line that is taken for wrapped text; mail and wire
// copy wrap at 60 to 80.
const wrapWidth = 120

// line is one line of the text: its bytes without the break and the white space
// around it, and how much white space stood before it.
type line struct{ b, e, indent int }

func (l line) empty() bool { return l.b >= l.e }

// splitBlocks gives the blocks of t, kinds but for headings set.
func splitBlocks(tab *tables, t string) []doc.Block {
	blocks := []doc.Block{}
	var run []line
	flush := func() {
		blocks = appendRun(blocks, tab, t, run)
		run = run[:0]
	}
	for i := 0; i < len(t); {
		e, next, hard := lineEnd(t, i)
		l := trim(t, i, e)
		if l.empty() {
			flush()
		} else {
			run = append(run, l)
		}
		if hard {
			flush()
		}
		i = next
	}
	flush()
	return blocks
}

// lineEnd gives the end of the line that begins at i, where the next begins,
// and whether the break between them ends a block by itself (form feed, U+2029).
func lineEnd(t string, i int) (end, next int, hard bool) {
	for k := i; k < len(t); k++ {
		switch c := t[k]; {
		case c == '\n' || c == '\v':
			return k, k + 1, false
		case c == '\f':
			return k, k + 1, true
		case c == '\r':
			if k+1 < len(t) && t[k+1] == '\n' {
				return k, k + 2, false
			}
			return k, k + 1, false
		case c == 0xe2 && k+2 < len(t) && t[k+1] == 0x80 && t[k+2]&0xfe == 0xa8:
			return k, k + 3, t[k+2] == 0xa9
		case c == 0xc2 && k+1 < len(t) && t[k+1] == 0x85:
			return k, k + 2, false
		}
	}
	return len(t), len(t), false
}

func trim(t string, b, e int) line {
	l := line{b: b, e: e}
	for l.b < l.e {
		w := spaceAt(t, l.b)
		if w == 0 {
			break
		}
		l.b += w
		if l.indent++; t[l.b-1] == '\t' {
			l.indent++
		}
	}
	for l.b < l.e {
		r, w := utf8.DecodeLastRuneInString(t[l.b:l.e])
		if !isSpace(r) {
			break
		}
		l.e -= w
	}
	return l
}

func appendRun(blocks []doc.Block, tab *tables, t string, run []line) []doc.Block {
	widest := 0
	for _, l := range run {
		widest = max(widest, l.e-l.b)
	}
	for k := 0; k < len(run); {
		n := k + 1
		for n < len(run) && !breaks(t, run[n-1], run[n], widest) {
			n++
		}
		b := doc.Range{Begin: int32(run[k].b), End: int32(run[n-1].e)}
		kind := doc.BlockParagraph
		if listMark(t[run[k].b:run[k].e]) > 0 {
			kind = doc.BlockList
		} else if isCaption(tab, t[run[k].b:run[k].e]) {
			kind = doc.BlockCaption
		}
		blocks = append(blocks, doc.Block{Kind: kind, Bytes: b})
		k = n
	}
	return blocks
}

// breaks reports whether a block ends between lines a and b of a run.
func breaks(t string, a, b line, widest int) bool {
	first, second := t[a.b:a.e], t[b.b:b.e]
	if listMark(second) > 0 || b.indent >= a.indent+2 && listMark(first) == 0 {
		return true
	}
	if isLower(second) && !endsStopped(first) {
		return false
	}
	if widest > wrapWidth {
		return true
	}
	n := len(first)
	if endsStopped(first) {
		return n*4 < widest*3 && !isLower(second)
	}
	return n*2 < widest && !isLower(second)
}

// endsStopped reports whether s ends as a sentence does.
func endsStopped(s string) bool {
	s = strings.TrimRight(s, "\"')]}”’»")
	if s == "" {
		return false
	}
	switch s[len(s)-1] {
	case '.', '!', '?', ':', ';':
		return true
	}
	return strings.HasSuffix(s, "…")
}

// listMark is the width of the mark of a list that begins s, with the space
// after it: "- ", "• ", "1. ", "(a) ", 0 without one.
func listMark(s string) int {
	if len(s) < 3 {
		return 0
	}
	n := 0
	for _, m := range [...]string{"-", "*", "•", "·", "–", "—", "▪", "►", "‣", "○", "●"} {
		if strings.HasPrefix(s, m) {
			n = len(m)
		}
	}
	if n == 0 {
		n = enumerator(s)
	}
	if n == 0 || n >= len(s) || spaceAt(s, n) == 0 {
		return 0
	}
	return n + spaceAt(s, n)
}

// enumerator is the width of "1.", "12)", "(a)", "a)".
func enumerator(s string) int {
	n, open := 0, s[0] == '('
	if open {
		n = 1
	}
	begin := n
	for n < len(s) && n-begin < 2 && isDigitByte(s[n]) {
		n++
	}
	letters := n == begin
	if letters && n < len(s) && isAlphaByte(s[n]) {
		n++
	}
	if n == begin || n >= len(s) {
		return 0
	}
	if s[n] == ')' || s[n] == '.' && !letters && !open {
		return n + 1
	}
	return 0
}

func isCaption(tab *tables, s string) bool {
	for _, c := range tab.captions {
		if strings.HasPrefix(s, c) {
			return true
		}
	}
	return false
}

// Bounds of a heading: the longest headlines of news have some 20 words.
const (
	maxHeadingTokens = 24
	maxHeadingBytes  = 200
)

// setHeadings finds the headings among the paragraphs: short, one sentence,
// no final stop, and either the first of several blocks or with the capitals of
// a title, or no more than eight tokens.
func setHeadings(d *doc.Document) {
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Kind != doc.BlockParagraph || b.Span.Len() > maxHeadingTokens || b.Bytes.Len() > maxHeadingBytes {
			continue
		}
		if i == len(d.Blocks)-1 && (len(d.Blocks) == 1 || !titleCase(d, b.Span)) {
			continue // nothing follows that it could head
		}
		s := d.Text[b.Bytes.Begin:b.Bytes.End]
		if strings.ContainsAny(s, "\n\r") {
			continue
		}
		stopped := endsStopped(s) || strings.HasSuffix(s, ",") || strings.HasSuffix(s, "”") || strings.HasSuffix(s, `"`)
		question := strings.HasSuffix(s, "?") && d.Tokens.Sent[b.Span.Begin] == d.Tokens.Sent[b.Span.End-1]
		first := i == 0 && (!stopped || question)
		if first || (!stopped || question) && titleCase(d, b.Span) || !stopped && b.Span.Len() <= 8 {
			b.Kind = doc.BlockHeading
		}
	}
}

// titleCase reports whether most of the longer words are capitalised.
func titleCase(d *doc.Document, s doc.Span) bool {
	words, upper := 0, 0
	for t := s.Begin; t < s.End; t++ {
		f := d.Form(t)
		if len(f) < 4 || wordAt(f, 0) == 0 || isDigitByte(f[0]) {
			continue
		}
		words++
		if isUpper(f) {
			upper++
		}
	}
	return words > 0 && upper*10 >= words*7
}
