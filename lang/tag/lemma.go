package tag

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/lang/form"
	"readout/linear"
)

// Lemmas come from scripts: "take n letters off the end and put these on". A
// script is looked up by the exact form and its Penn tag, then by the longest
// ending that has one ("talks" NNS: ending "s", take off 1, put on nothing),
// last by the tag alone. The Penn tag is the key because it tells "left" VBD
// from "left" JJ and "talks" NNS from "talks" VBZ.

// Script turns a form into its lemma.
type Script struct {
	Keep bool   // capitals stay; otherwise the form is taken in lower case
	Drop int    // bytes to take off the end; Whole takes off all
	Add  string // what to put on
}

// Whole as Script.Drop takes off the whole form.
const Whole = 255

// MaxEnding is the length in bytes of the longest ending that has a script.
const MaxEnding = 7

// Apply is the lemma that s makes of form; false where the form is shorter
// than what is to be taken off, or would end within a letter.
func (s Script) Apply(form string) (string, bool) {
	b, ok := s.Append(nil, form)
	return string(b), ok
}

// Append is Apply into a buffer, which is given back as it was where it fails.
func (s Script) Append(dst []byte, form string) ([]byte, bool) {
	if s.Drop == Whole {
		return append(dst, s.Add...), s.Add != ""
	}
	begin := len(dst)
	if s.Keep {
		dst = append(dst, form...)
	} else {
		dst = appendLower(dst, form)
	}
	end := len(dst) - s.Drop
	if end < begin || end == begin && s.Add == "" || end < len(dst) && !utf8.RuneStart(dst[end]) {
		return dst[:begin], false
	}
	return append(dst[:end], s.Add...), true
}

// appendLower appends strings.ToLower(form).
func appendLower(dst []byte, form string) []byte {
	begin := len(dst)
	for i := range len(form) {
		c := form[i]
		if c >= utf8.RuneSelf {
			return append(dst[:begin], strings.ToLower(form)...)
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		dst = append(dst, c)
	}
	return dst
}

// MakeScript is the script with the smallest change that makes lemma of form.
func MakeScript(form, lemma string) Script {
	keep := strings.IndexFunc(lemma, unicode.IsUpper) >= 0
	base := form
	if !keep {
		base = strings.ToLower(form)
	}
	n := 0
	for n < len(base) && n < len(lemma) && base[n] == lemma[n] {
		n++
	}
	for n > 0 && (n < len(base) && !utf8.RuneStart(base[n]) || n < len(lemma) && !utf8.RuneStart(lemma[n])) {
		n--
	}
	if n == 0 || len(base)-n >= Whole {
		return Script{Drop: Whole, Add: lemma}
	}
	return Script{Keep: keep, Drop: len(base) - n, Add: lemma[n:]}
}

// ExactKey is the key of a form with a tag in the table of scripts.
func ExactKey(f *form.Form, xpos uint64) uint64 { return linear.Hash(100, f.Exact, xpos) }

// EndingKey is the key of an ending of n bytes, 0 for the tag alone. Whether
// the form has capitals, and whether it begins a sentence, is part of it:
// "Russian" within a sentence keeps its capital, "Big" at its start does not.
func EndingKey(f *form.Form, xpos uint64, n int, first bool) uint64 {
	b := uint64(f.Case) << 1
	if first {
		b |= 1
	}
	return linear.Hash(101+n, f.Suffix(n), xpos<<8|b)
}
