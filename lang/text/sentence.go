package text

import (
	"sort"
	"strings"

	"readout/doc"
)

// The splitter works on tokens, one pass. A sentence ends
//
//   - at the end of a block;
//   - after a full stop that is a token of its own, after ! and ?, after an
//     ellipsis before a capital, with the closing marks that follow at once;
//   - after an abbreviation that can end a sentence (U.S., Inc., p.m.) when the
//     next word is capitalised and often begins sentences (The, He, In).
//
// It does not end after the number of a list ("1. Withdraw"), between spaced
// dots (. . .), nor before the verb that reports a quotation ("Go!" Doe said).

// sentencer appends the sentences of blocks to a document.
type sentencer struct {
	d   *doc.Document
	tab *tables
	max int
}

func (s *sentencer) block(b doc.Span) {
	begin := b.Begin
	for i := b.Begin; i < b.End; i++ {
		if int(i-begin)+1 >= s.max {
			end := s.safePlace(begin, i)
			s.end(begin, end+1)
			begin, i = end+1, end
			continue
		}
		if !s.terminal(i) {
			continue
		}
		last := s.closers(i, b.End)
		if last+1 < b.End && !s.boundary(begin, i, last, b.End) {
			i = last
			continue
		}
		s.end(begin, last+1)
		begin, i = last+1, last
	}
	s.end(begin, b.End)
}

func (s *sentencer) end(b, e int32) {
	if b < e {
		s.d.Sentences = append(s.d.Sentences, doc.Span{Begin: b, End: e})
	}
}

// safePlace is the last token of a piece of the overlong sentence from begin to
// i: the last semicolon, colon, dash or comma of its last fifth, else i.
func (s *sentencer) safePlace(begin, i int32) int32 {
	comma := int32(-1)
	for k := i; k > i-(i-begin)/5; k-- {
		switch s.d.Form(k) {
		case ";", ":", "—", "–", "--":
			return k
		case ",":
			comma = max(comma, k)
		}
	}
	if comma >= 0 {
		return comma
	}
	for k := i; k > begin+(i-begin)/2; k-- { // between two words written apart
		if !s.attached(k + 1) {
			return k
		}
	}
	w := s.d.Words // a multiword token is never divided
	k := sort.Search(len(w), func(k int) bool { return w[k].Begin > i }) - 1
	if k >= 0 && w[k].Has(i+1) && w[k].Begin > begin {
		return w[k].Begin - 1
	}
	return i
}

// terminal reports whether token i can end a sentence.
func (s *sentencer) terminal(i int32) bool {
	f := s.d.Form(i)
	switch f[len(f)-1] {
	case '.', '!', '?':
		return true
	}
	return f == "…" || f == "。" || f == "！" || f == "？"
}

// closers is the last of the closing marks that follow token i at once, i
// without any.
func (s *sentencer) closers(i, end int32) int32 {
	for i+1 < end && s.attached(i+1) && isCloser(s.d.Form(i+1)) {
		i++
	}
	for i+3 < end && s.d.Form(i+1) == "[" && allDigits(s.d.Form(i+2)) && s.d.Form(i+3) == "]" {
		i += 3 // a reference: ". [17]"
	}
	return i
}

func isCloser(f string) bool {
	switch f {
	case `"`, "''", "'", "”", "’", "»", ")", "]", "}":
		return true
	}
	return false
}

func isOpener(f string) bool {
	switch f {
	case `"`, "``", "''", "'", "“", "‘", "«", "„", "(", "[", "{":
		return true
	}
	return false
}

// attached reports whether no white space stands before token i.
func (s *sentencer) attached(i int32) bool {
	return i > 0 && int(i) < s.d.Len() && s.d.Tokens.Bytes[i].Begin == s.d.Tokens.Bytes[i-1].End
}

// boundary reports whether a sentence ends at last, the closing marks after the
// terminal i included. There is a token after last.
func (s *sentencer) boundary(begin, i, last, end int32) bool {
	f := s.d.Form(i)
	next, word := s.next(last+1, end)
	switch {
	case next == ".", next == "," || next == ";" || next == ":", isTerminalRun(next):
		return false
	case s.attached(last+1) && isCloserDash(next):
		return false
	}
	quoted := last > i && s.d.Form(last) != ")" && s.d.Form(last) != "]"
	if quoted && (isLower(word) || !has(s.tab.starters, word) && s.reported(last+1, end)) {
		return false
	}
	switch {
	case f == ".":
		return s.fullStop(begin, i, word, last > i)
	case isEllipsis(f):
		return isUpper(word) || quoted
	case f[len(f)-1] == '.':
		return s.afterAbbreviation(f, word)
	}
	// ! and ? end a sentence before anything; a name with its mark (Yahoo!) is
	// taken for an end of one.
	return last == i || !isLower(word)
}

// isTerminalRun reports marks that go on with those before them: "? !".
func isTerminalRun(f string) bool {
	return f != "" && strings.Trim(f, "!?") == ""
}

func isCloserDash(f string) bool { return f == "-" || f == "/" }

func isEllipsis(f string) bool { return f == "…" || len(f) > 1 && strings.Trim(f, ".") == "" }

// next is token i and the first token from i on that is no opening mark.
func (s *sentencer) next(i, end int32) (form, word string) {
	form = s.d.Form(i)
	word = form
	for k := i; k < end && k < i+4; k++ {
		if word = s.d.Form(k); !isOpener(word) {
			return form, word
		}
	}
	return form, word
}

// reported reports whether a reporting verb stands within the next five tokens,
// before any mark but a comma's pair: "Go!" Foreign Minister Jane Doe said.
func (s *sentencer) reported(i, end int32) bool {
	for k := i; k < end && k < i+6; k++ {
		f := s.d.Form(k)
		if wordAt(f, 0) == 0 && f != "-" {
			return false
		}
		if has(s.tab.reporting, f) {
			return true
		}
	}
	return false
}

// fullStop judges the stop at i before word. A number at the begin of a
// sentence is the number of a list, unless it is all there is.
func (s *sentencer) fullStop(begin, i int32, word string, closed bool) bool {
	if i == begin { // a stop alone: ". . ."
		return s.d.Form(i) != "." || isUpper(word) && i > 0
	}
	if s.d.Form(i-1) == "." {
		return isUpper(word)
	}
	if i == begin+1 && !closed && s.attached(i) {
		f := s.d.Form(begin)
		if allDigits(f) && len(f) <= 3 && (isUpper(word) || isDigitByte(word[0])) {
			return false
		}
	}
	return true
}

// afterAbbreviation judges the end of an abbreviation before word. An initial
// may stand for a noun: "plan B. The talks".
func (s *sentencer) afterAbbreviation(f, word string) bool {
	switch s.tab.abbreviation(f) {
	case abbrTitle, abbrMid, abbrNumber, abbrMonth:
		return false
	}
	if allDigits(strings.TrimRight(f, ".")) {
		return true
	}
	return isUpper(word) && has(s.tab.starters, word)
}
