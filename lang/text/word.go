package text

import (
	"strings"
	"unicode/utf8"

	"readout/doc"
)

// lookahead bounds, in bytes, how far the scanner looks for the end of an
// address or a number; longer ones are divided at their marks.
const lookahead = 2048

// word scans the tokens of the word at p and gives its end. first says that the
// chunk begins there.
func (s *scanner) word(p, e int, first bool) int {
	if q := s.address(p, e); q > p {
		s.emit(p, q)
		return q
	}
	t := s.text
	i, piece := p, p // piece: where the part after the last joined hyphen begins
	for i < e {
		if w := wordAt(t, i); w > 0 {
			i += w
			continue
		}
		if t[i] == '\'' || strings.HasPrefix(t[i:e], "’") {
			if q := s.clitic(p, i, e); q > 0 {
				return q
			}
		}
		n := s.joins(p, piece, i, e)
		if n == 0 {
			break
		}
		if t[i] == '-' {
			piece = i + n
		}
		i += n
	}
	if i+1 == e && t[i] == '-' && s.cutOff(t[piece:i]) { // pre- and post-war
		i++
	}
	if i < e && t[i] == '.' && s.keepsStop(piece, i, e) {
		i++
		if i < e && (t[i] == '\'' || strings.HasPrefix(t[i:e], "’")) {
			if q := s.clitic(p, i, e); q > 0 {
				return q
			}
		}
	}
	if i < e && t[i] == '$' && i-p <= 3 && isCurrency(t[p:i]) { // US$ 5
		i++
	}
	s.plain(p, i)
	return i
}

// plain emits text[p:q], a word without clitics: one token, or two where it is
// a contraction (cannot) or a number with its unit (35mm).
func (s *scanner) plain(p, q int) {
	w := s.text[p:q]
	if n := s.divide(w); n > 0 {
		k := int32(len(s.toks))
		s.emit(p, p+n)
		s.emit(p+n, q)
		if !isDigitByte(w[0]) {
			s.words = append(s.words, doc.Span{Begin: k, End: k + 2})
		}
		return
	}
	s.emit(p, q)
}

// divide is the length of the first part of a word that is two, 0 for one.
func (s *scanner) divide(w string) int {
	if isDigitByte(w[0]) {
		n := 0
		for n < len(w) && (isDigitByte(w[n]) || strings.IndexByte(",.:", w[n]) >= 0) {
			n++
		}
		if n < len(w) && n <= 12 && s.tab.units[w[n:]] {
			return n
		}
		return 0
	}
	if len(w) < 5 || len(w) > 7 {
		return 0
	}
	switch w[0] | 0x20 {
	case 'c', 'd', 'g', 'l', 'w':
		if n, ok := s.tab.contract[w]; ok {
			return n
		}
		return has(s.tab.contract, w)
	}
	return 0
}

func isCurrency(w string) bool {
	for i := range len(w) {
		if !isUpperByte(w[i]) {
			return false
		}
	}
	return true
}

// clitic emits the word text[p:i] and the clitic whose apostrophe is at i, as a
// multiword token, and gives its end; 0 where there is no clitic.
func (s *scanner) clitic(p, i, e int) int {
	t := s.text
	_, w := utf8.DecodeRuneInString(t[i:])
	j := i + w
	for j < e && j-i < 8 && isAlphaByte(t[j]) {
		j++
	}
	end := t[i+w : j]
	if j < e && wordAt(t, j) > 0 { // O'Brien
		return 0
	}
	cut := i
	switch {
	case end == "":
		if !s.possessive(i, j) {
			return 0
		}
	case (end == "t" || end == "T") && i-p >= 2 && t[i-1]|0x20 == 'n':
		cut = i - 1
	case !isClitic(end), (end == "m" || end == "M") && lower(t[p:i]) != "i":
		return 0
	}
	k := int32(len(s.toks))
	s.plain(p, cut)
	s.emit(cut, j)
	for j < e && (t[j] == '\'' || strings.HasPrefix(t[j:e], "’")) { // would n't 've
		_, w := utf8.DecodeRuneInString(t[j:])
		q := j + w
		for q < e && q-j < 8 && isAlphaByte(t[q]) {
			q++
		}
		if !isClitic(t[j+w : q]) {
			break
		}
		s.emit(j, q)
		j = q
	}
	n := int32(len(s.toks))
	if l := len(s.words); l > 0 && s.words[l-1].Begin == k { // a contraction in plain
		s.words = s.words[:l-1]
	}
	s.words = append(s.words, doc.Span{Begin: k, End: n})
	return j
}

// possessive reports whether the bare apostrophe at i, ending at j, makes a
// possessive of the word before it rather than closing a quotation.
func (s *scanner) possessive(i, j int) bool {
	c := s.text[i-1] | 0x20
	if c != 's' && c != 'z' && c != 'x' {
		return false
	}
	if j < s.end && (wordAt(s.text, j) > 0 || s.text[j] == '\'') { // doubled: a mark of quotation
		return false
	}
	if !s.single {
		return true
	}
	// A quotation is open: the mark closes it unless another one follows that can.
	rest := s.text[j:min(s.end, j+400)]
	if n := spaceAtEnd(rest); n == 0 || !isLower(rest[n:]) {
		return false
	}
	for k := 1; k < len(rest); k++ {
		if (rest[k] == '\'' || strings.HasPrefix(rest[k:], "’")) && classes[rest[k-1]] != space {
			_, w := utf8.DecodeRuneInString(rest[k:])
			if k+w >= len(rest) || wordAt(rest, k+w) == 0 {
				return true
			}
		}
	}
	return false
}

// spaceAtEnd is the width of the white space that begins s, 0 if s is nothing else.
func spaceAtEnd(s string) int {
	for i := 0; i < len(s); {
		w := spaceAt(s, i)
		if w == 0 {
			return i
		}
		i += w
	}
	return 0
}

// joins is the width of the mark at i when it does not divide the word that
// began at p (its last part, after a hyphen, at piece); 0 when it does.
func (s *scanner) joins(p, piece, i, e int) int {
	t := s.text
	r, w := rune(t[i]), 1
	if classes[t[i]] == high {
		r, w = utf8.DecodeRuneInString(t[i:])
	}
	if i+w >= e || wordAt(t, i+w) == 0 {
		if r == '_' {
			return 1
		}
		return 0
	}
	prev, next := t[i-1], t[i+w]
	digits := isDigitByte(prev) && isDigitByte(next)
	ok := false
	switch r {
	case '.':
		ok = !newSentence(t[piece:i], t[i+1:e])
	case ',', ':':
		ok = digits
	case '/':
		ok = digits && i-p <= 12 && isNumeric(t[p:i])
	case '-':
		ok = s.hyphen(p, piece, i, e)
	case '\'', '’', '@', '_':
		ok = true
	case '*':
		ok = isAlphaByte(prev) && isAlphaByte(next)
	case '&':
		ok = isAlphaByte(prev) && isAlphaByte(next) && i-p <= 4 && shortWord(t[i+1:e])
	}
	if !ok {
		return 0
	}
	return w
}

// newSentence reports a missing space after a full stop: "them.Then". Initials,
// names of files and of hosts go on.
func newSentence(left, right string) bool {
	left = left[max(0, len(left)-32):]
	if len(left) < 2 || len(right) < 2 || !isUpperByte(right[0]) || strings.IndexByte(left, '.') >= 0 {
		return false
	}
	if c := left[len(left)-1]; !isDigitByte(c) && !(isLowerByte(c) && isLowerByte(left[len(left)-2])) {
		return false
	}
	for i := 1; i < len(right) && i < lookahead; i++ {
		switch c := right[i]; {
		case isLowerByte(c):
		case c == '@' || c == '.' && i+1 < len(right) && isAlphaByte(right[i+1]):
			return false
		default:
			return true
		}
	}
	return true
}

func shortWord(s string) bool {
	n := 0
	for n < len(s) && isAlphaByte(s[n]) {
		n++
	}
	return n <= 4
}

func isNumeric(s string) bool {
	for i := range len(s) {
		if !isDigitByte(s[i]) && s[i] != '/' {
			return false
		}
	}
	return true
}

// hyphen reports whether the hyphen at i joins.
func (s *scanner) hyphen(p, piece, i, e int) bool {
	t := s.text
	if n := i - piece; n <= 12 && isAlphaByte(t[piece]) && has(s.tab.prefixes, t[piece:i]) {
		return true
	}
	// Numbers: 713-853-3989 and 2025-03-03 have two hyphens or more, 345-9945 is
	// three digits and four; 5-10 and 1969-1970 are ranges.
	if !isDigitByte(t[i+1]) || !allDigits(t[piece:i]) {
		return false
	}
	if piece > p {
		return true
	}
	n, q := 0, i+1
	for q < e && q-i < lookahead && isDigitByte(t[q]) {
		q++
	}
	n = q - i - 1
	if q+1 < e && t[q] == '-' && isDigitByte(t[q+1]) {
		return true
	}
	return i-piece == 3 && n == 4
}

// cutOff reports a prefix, or a few letters of a word broken off.
func (s *scanner) cutOff(w string) bool {
	return isAlphaByte(w[0]) && (len(w) == 1 || len(w) <= 12 && has(s.tab.prefixes, w))
}

func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigitByte(s[i]) {
			return false
		}
	}
	return len(s) > 0
}

// lower is strings.ToLower without a copy for what is lower case already.
func lower(s string) string {
	for i := range len(s) {
		if isUpperByte(s[i]) || s[i] >= utf8.RuneSelf {
			return strings.ToLower(s)
		}
	}
	return s
}

// has is what a table has for the lower-case form of s; there is no copy of what
// is ASCII and no longer than words are.
func has[V any](table map[string]V, s string) V {
	var buf [32]byte
	b := buf[:0]
	if len(s) > len(buf) {
		return table[lower(s)]
	}
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf {
			return table[lower(s)]
		}
		if isUpperByte(c) {
			c += 'a' - 'A'
		}
		b = append(b, c)
	}
	return table[string(b)]
}

// keepsStop reports whether the full stop at i belongs to the word text[piece:i].
func (s *scanner) keepsStop(piece, i, e int) bool {
	t := s.text
	if i+1 < e && t[i+1] == '.' { // an ellipsis
		return false
	}
	w := t[piece:i]
	if len(w) > 16 {
		return false
	}
	next := s.peek(i + 1)
	if strings.IndexByte(w, '.') >= 0 && isAcronym(w) {
		return true
	}
	kind := s.tab.abbreviation(t[piece : i+1])
	if kind == 0 && len(w) == 1 && isAlphaByte(w[0]) {
		return s.initial(w[0], next)
	}
	switch kind {
	case abbrTitle, abbrMid:
		return next != ""
	case abbrEnd:
		return true
	case abbrNumber:
		return next != "" && isDigitByte(next[0])
	case abbrTail:
		return next != "" && !isUpper(next) && strings.IndexByte("\"(-", next[0]) < 0
	case abbrMonth:
		return isUpperByte(w[0]) && next != "" && !isUpper(next)
	}
	return false
}

// initial reports whether the stop after the single letter c belongs to it: "J. Smith", not "vitamin D." at the end of a block nor "I." as a pronoun.
func (s *scanner) initial(c byte, next string) bool {
	if next == "" || isLowerByte(c) {
		return false
	}
	if c == 'I' {
		w := firstWord(next)
		return isUpper(next) && !has(s.tab.starters, w)
	}
	return true
}

// isAcronym reports single letters with stops between them: U.S, p.m, Ph.D.
func isAcronym(w string) bool {
	n := 0
	for i := 0; i < len(w); i++ {
		switch {
		case w[i] == '.':
			n = 0
		case isAlphaByte(w[i]):
			if n++; n > 2 {
				return false
			}
		default:
			return false
		}
	}
	return n > 0
}

// peek is the text of the block from the next character that is not white space
// on; "" at the end of the block.
func (s *scanner) peek(i int) string {
	for k := 0; i < s.end && k < 64; k++ {
		w := spaceAt(s.text, i)
		if w == 0 {
			return s.text[i:s.end]
		}
		i += w
	}
	return ""
}

func firstWord(s string) string {
	n := 0
	for n < len(s) && n < 32 {
		w := wordAt(s, n)
		if w == 0 {
			break
		}
		n += w
	}
	return s[:n]
}
