package text

import (
	"strings"
	"unicode/utf8"

	"readout/doc"
)

// The tokenizer follows UD English as it is done in EWT and GUM (both measured
// on their training parts):
//
//   - hyphens divide: long - term, U.S. - led, 40 - minute, but not after a
//     prefix (non-member, pre-war, e-mail), nor in telephone numbers and dates
//     (713-853-3989, 2025-03-03);
//   - slashes divide words (and / or), not numbers (9/11, 3/4);
//   - $ and % are tokens, US$ is one; units written on to a number are divided (35 mm);
//   - clitics are words of a multiword token: do + n't, John + 's, workers + ',
//     can + not, gon + na;
//   - abbreviations keep their stop, addresses of mail and web are one token,
//     runs of one mark (..., --, !!) are one.

// scanner turns one block after the other into tokens.
type scanner struct {
	text   string
	tab    *tables
	toks   []doc.Range
	words  []doc.Span
	end    int  // of the block
	single bool // a single quotation mark is open in the block
}

func (s *scanner) emit(b, e int) { s.toks = append(s.toks, doc.Range{Begin: int32(b), End: int32(e)}) }

// block scans text[b:e].
func (s *scanner) block(b, e int) {
	s.end, s.single = e, false
	for i := b; i < e; {
		if w := spaceAt(s.text, i); w > 0 {
			i += w
			continue
		}
		j := i
		for j < e && spaceAt(s.text, j) == 0 {
			if classes[s.text[j]] != high {
				j++
				continue
			}
			_, w := utf8.DecodeRuneInString(s.text[j:])
			j += w
		}
		s.chunk(i, j)
		i = j
	}
}

// chunk scans text[b:e], which holds no white space.
func (s *scanner) chunk(b, e int) {
	for p := b; p < e; {
		if wordAt(s.text, p) > 0 {
			p = s.word(p, e, p == b)
		} else {
			p = s.mark(b, p, e)
		}
	}
}

// mark scans the token at p, which begins with no word character; b is where
// the chunk begins.
func (s *scanner) mark(b, p, e int) int {
	t := s.text
	c := t[p]
	if n := s.emoticon(p, e, p == b); n > 0 {
		s.emit(p, p+n)
		return p + n
	}
	if c == '\'' || strings.HasPrefix(t[p:e], "’") || strings.HasPrefix(t[p:e], "‘") {
		return s.apostrophe(b, p, e)
	}
	n := 1
	switch c {
	case '-', '_', '=', '*', '~', '`', '<', '>', '+', '$':
		for p+n < e && t[p+n] == c {
			n++
		}
	case '.', '!', '?':
		for p+n < e && (t[p+n] == '!' || t[p+n] == '?' || t[p+n] == '.') {
			n++
		}
	}
	if n == 1 && p+1 < e {
		switch next := wordAt(t, p+1) > 0; {
		case c == '+' && isDigitByte(t[p+1]) && p == b,
			c == '@' && next && p == b,
			c == '#' && next && !isDigitByte(t[p+1]) && p == b:
			q := p + 1
			for q < e && (wordAt(t, q) > 0 || t[q] == '_' || c == '+' && t[q] == '-' && q+1 < e && isDigitByte(t[q+1])) {
				q += max(1, wordAt(t, q))
			}
			s.emit(p, q)
			return q
		}
	}
	if classes[c] == high {
		_, n = utf8.DecodeRuneInString(t[p:])
	}
	s.emit(p, p+n)
	return p + n
}

// emoticon is the length of the smiley at p, 0 without one. It stands at the
// begin of a chunk or after other marks, and nothing but marks may follow.
func (s *scanner) emoticon(p, e int, first bool) int {
	switch s.text[p] {
	case ':', ';', '=', '^', '<', '(':
	default:
		return 0
	}
	for _, x := range s.tab.emoticons {
		if strings.HasPrefix(s.text[p:e], x) && (p+len(x) == e || first && wordAt(s.text, p+len(x)) == 0) {
			return len(x)
		}
	}
	return 0
}

// apostrophe scans a token that begins with a single quotation mark or
// apostrophe: a mark ('), a doubled one (”), a clitic after a mark ("Ulysses"'s)
// or a word with its first letters left out ('em, '90s).
func (s *scanner) apostrophe(b, p, e int) int {
	t := s.text
	_, w := utf8.DecodeRuneInString(t[p:])
	q := p + w
	if t[p] == '\'' && q < e && t[q] == '\'' {
		s.emit(p, q+1)
		return q + 1
	}
	if q < e && t[p:q] != "‘" {
		if n := s.elided(q, e, p == b); n > 0 {
			s.emit(p, q+n)
			return q + n
		}
	}
	if q < e && wordAt(t, q) > 0 {
		s.single = true
	} else if p > b {
		s.single = false
	}
	s.emit(p, q)
	return q
}

// elided is the length of what follows an apostrophe at q as one token with it.
func (s *scanner) elided(q, e int, first bool) int {
	t := s.text
	n := 0
	for q+n < e && wordAt(t, q+n) > 0 {
		n += wordAt(t, q+n)
	}
	w := t[q : q+n]
	switch {
	case n == 0 || n > 7:
		return 0
	case isDigitByte(w[0]): // '90s, '07
		if first && n >= 2 && isDigitByte(w[1]) && (n == 2 || n == 3 && w[2] == 's') {
			return n
		}
	case first && s.tab.leading[strings.ToLower(w)]:
		return n
	case !first && isClitic(w):
		return n
	}
	return 0
}

func isClitic(w string) bool {
	switch len(w) {
	case 1:
		return strings.ContainsAny(w, "sSmMdD")
	case 2:
		switch strings.ToLower(w) {
		case "re", "ve", "ll":
			return true
		}
	}
	return false
}
