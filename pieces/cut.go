// Package pieces reads an overlong text in pieces: it says where a piece ends,
// and makes one document of what was found in each.
//
// It knows spans and how actors, events and issues of two pieces are told to be
// the same. It does not know how any of them is found.
package pieces

import "readout/doc"

// Cut is where the first piece of a text ends. The document w holds the
// beginning of the text and has LayerText; the piece is to have at most limit
// tokens. The end is a byte of w's text, at least 1; inside says that it falls
// into a block, so that the next piece goes on with the same paragraph.
//
// It is the last paragraph's beginning in the second half of what is allowed,
// one where no quotation is open; else such a beginning of a sentence, else any
// sentence's, else any token's. What has none is all of w.
func Cut(w *doc.Document, limit int32) (end int32, inside bool) {
	n := int32(w.Len())
	at := border(w, min(limit, n))
	if at <= 0 {
		return int32(len(w.Text)), n > 0
	}
	inside = true
	for _, b := range w.Blocks {
		if b.Span.Begin == at {
			inside = false
		}
	}
	return w.Tokens.Bytes[at].Begin, inside
}

// border is the token that the next piece begins with, 0 for none.
func border(w *doc.Document, limit int32) int32 {
	quoted := quotations(w)
	var block, clean, sentence int32
	for _, b := range w.Blocks {
		if i := b.Span.Begin; i > limit/2 && i <= limit && !b.Span.Empty() && !quoted[i] {
			block = i
		}
	}
	for _, s := range w.Sentences {
		if i := s.Begin; i <= limit && !s.Empty() {
			sentence = i
			if i > limit/2 && !quoted[i] {
				clean = i
			}
		}
	}
	for _, i := range []int32{block, clean, sentence} {
		if i > 0 {
			return i
		}
	}
	return min(limit, int32(w.Len())-1)
}

// quotations marks the tokens before which a quotation is open.
func quotations(w *doc.Document) []bool {
	open := make([]bool, w.Len())
	end := int32(0)
	for _, q := range w.Quotes {
		if q.Depth > 0 {
			continue
		}
		from := q.Span.Begin + 1
		if q.Continues {
			from = end // over the break between two paragraphs
		}
		for i := from; i < q.Span.End; i++ {
			open[i] = true
		}
		end = q.Span.End
	}
	return open
}
