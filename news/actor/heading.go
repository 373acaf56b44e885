package actor

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/doc"
)

// Headings, whose capitals tell of no name.

// headings tells of each token whether it stands in a heading.
func (r *run) headings() []bool {
	out := make([]bool, r.d.Len())
	r.blockOf = make([]int32, r.d.Len())
	for k, b := range r.d.Blocks {
		for i := b.Span.Begin; i < b.Span.End; i++ {
			r.blockOf[i] = int32(k)
		}
		if b.Kind == doc.BlockHeading || r.titleCase(b.Span) {
			for i := b.Span.Begin; i < b.Span.End; i++ {
				out[i] = true
			}
		}
	}
	return out
}

// titleCase reports whether the words of s are written as those of a headline,
// so that their capitals tell of no name.
func (r *run) titleCase(s doc.Span) bool {
	if s.Len() > 30 {
		return false
	}
	long, capitals := 0, 0
	for i := s.Begin; i < s.End; i++ {
		w := r.d.Form(i)
		c, _ := utf8.DecodeRuneInString(w)
		if up := r.d.UPOS(i); !unicode.IsUpper(c) && (up == doc.VERB || up == doc.NOUN) {
			return false
		}
		if len(w) < 4 || !unicode.IsLetter(c) {
			continue
		}
		if long++; unicode.IsUpper(c) {
			capitals++
		}
	}
	return long >= 4 && 4*capitals >= 3*long
}

// headingNames are the people known from the text whom the words of a name in
// a heading name: of "Rivals Chen And Roe Face" those that are surnames below.
func (r *run) headingNames(x named, known map[string]bool) []named {
	x.kind = classPerson
	if known[strings.Join(x.parts, " ")] {
		return []named{x}
	}
	var out []named
	for i := x.span.Begin; i < x.span.End; i++ {
		s := doc.Span{Begin: i, End: i + 1}
		if parts := r.parts(s); len(parts) == 1 && known[parts[0]] && r.capital(i) {
			out = append(out, named{span: s, kind: classPerson, parts: parts, conf: 0.7})
		}
	}
	return out
}
