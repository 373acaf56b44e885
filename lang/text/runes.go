package text

import (
	"unicode"
	"unicode/utf8"
)

// class sorts bytes; a byte above 0x7f begins or continues a rune and has to be
// looked at as one.
type class uint8

const (
	space class = iota // and control characters
	alpha
	digit
	punct
	high
)

var classes = func() (t [256]class) {
	for i := range t {
		c := byte(i)
		switch {
		case c >= utf8.RuneSelf:
			t[i] = high
		case c <= ' ' || c == 0x7f:
			t[i] = space
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
			t[i] = alpha
		case '0' <= c && c <= '9':
			t[i] = digit
		default:
			t[i] = punct
		}
	}
	return t
}()

// isSpace reports white space, and what has no width and does not join.
func isSpace(r rune) bool {
	switch {
	case r <= ' ' || 0x7f <= r && r <= 0xa0:
		return true
	case r < 0x1680:
		return false
	case 0x2000 <= r && r <= 0x200b, 0x2028 <= r && r <= 0x202f, 0x2066 <= r && r <= 0x2069:
		return true
	}
	return r == 0x1680 || r == 0x200e || r == 0x200f || r == 0x205f || r == 0x3000 || r == 0xfeff
}

// isWordRune reports what may stand in a word besides ASCII: letters, marks,
// digits, joiners and bytes that are no UTF-8.
func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || unicode.IsNumber(r) ||
		r == utf8.RuneError || r == 0xad || r == 0x200c || r == 0x200d || r == 0x2060
}

// spaceAt is the width of the white space at s[i:], 0 if there is none.
func spaceAt(s string, i int) int {
	switch classes[s[i]] {
	case space:
		return 1
	case high:
		if r, w := utf8.DecodeRuneInString(s[i:]); isSpace(r) {
			return w
		}
	}
	return 0
}

// wordAt is the width of the word character at s[i:], 0 if there is none.
func wordAt(s string, i int) int {
	switch classes[s[i]] {
	case alpha, digit:
		return 1
	case high:
		if r, w := utf8.DecodeRuneInString(s[i:]); isWordRune(r) && !isSpace(r) {
			return w
		}
	}
	return 0
}

func isLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

func isUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r) || unicode.IsTitle(r)
}

func isDigitByte(c byte) bool { return '0' <= c && c <= '9' }
func isAlphaByte(c byte) bool { return classes[c] == alpha }
func isUpperByte(c byte) bool { return 'A' <= c && c <= 'Z' }
func isLowerByte(c byte) bool { return 'a' <= c && c <= 'z' }
