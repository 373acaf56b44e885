// Package form is what a token looks like: its spelling in a normal form, its
// beginning and end, its shape, as numbers that features are made of.
//
// It knows letters and marks. It does not know what a form means. The tagger,
// the parser and the name finder all look at forms through it, in training and
// in reading, so that curly and straight quotation marks, dashes of every
// width and capital letters look alike to all of them.
package form

import (
	"unicode"
	"unicode/utf8"
)

// Form is a token's look. Equal numbers mean equal strings, up to collisions
// of 64-bit hashes.
type Form struct {
	Exact  uint64 // the normal form
	Lower  uint64 // in lower case
	Shape  uint64 // runs of capitals, small letters, digits, marks: "Xx", "d.d"
	Case   Case
	Marks  Mark
	suffix uint64 // the last 7 bytes of the lower-case form, the last one lowest
	prefix uint64 // the first 7, the first one lowest
	size   uint8  // bytes of the lower-case form, at most 255
}

// Case is how capitals stand in a form.
type Case uint8

// The values of Case.
const (
	NoCase  Case = iota // no letter
	Small               // "talks"
	Title               // "Talks", "I"
	Capital             // "TALKS"
	Mixed               // "eBay", "McCain"
)

// Mark is a set of what else stands in a form.
type Mark uint8

// The values of Mark.
const (
	HasDigit Mark = 1 << iota
	HasHyphen
	HasPoint
	HasOther
)

// maxBytes bounds what is looked at of one form: its first and last bytes. A
// form may be a line of ten megabytes.
const maxBytes = 96

// Suffix is the last n bytes of the lower-case form, n at most 7; the whole
// form where it is shorter.
func (f *Form) Suffix(n int) uint64 {
	return f.suffix&(1<<(8*n)-1) | uint64(n)<<56
}

// Prefix is the first n bytes of the lower-case form, n at most 7.
func (f *Form) Prefix(n int) uint64 {
	return f.prefix&(1<<(8*n)-1) | uint64(n)<<56
}

// Len is the number of bytes of the lower-case form, at most 255.
func (f *Form) Len() int { return int(f.size) }

// Look is the look of a token. It does not allocate.
func Look(s string) Form {
	var normal, lower [4 * maxBytes]byte
	return look(Normal(normal[:0], s), lower[:0])
}

func look(b, lower []byte) Form {
	f := Form{Exact: hash(b)}
	var shape, last uint64
	var small, capital int
	first := false // the first letter is a capital
	for i := 0; i < len(b); {
		r, n := rune(b[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRune(b[i:])
		}
		c := uint64(r) + 16 // a mark stands for itself
		switch {
		case 'a' <= r && r <= 'z' || r >= utf8.RuneSelf && unicode.IsLower(r):
			c = 1
			small++
		case 'A' <= r && r <= 'Z' || r >= utf8.RuneSelf && unicode.IsUpper(r):
			c = 2
			if small+capital == 0 {
				first = true
			}
			capital++
		case '0' <= r && r <= '9':
			c = 3
			f.Marks |= HasDigit
		case r == '-':
			f.Marks |= HasHyphen
		case r == '.':
			f.Marks |= HasPoint
		default:
			f.Marks |= HasOther
		}
		if c != last {
			shape, last = (shape^c)*0x100000001b3+c, c
		}
		if r < utf8.RuneSelf {
			if c == 2 {
				r += 'a' - 'A'
			}
			lower = append(lower, byte(r))
		} else {
			lower = utf8.AppendRune(lower, unicode.ToLower(r))
		}
		i += n
	}
	f.Shape = shape<<2 | min(3, uint64(len(b))/3)
	f.Case = caseOf(small, capital, first)
	f.Lower = hash(lower)
	f.size = uint8(min(255, len(lower)))
	for i := 0; i < 7 && i < len(lower); i++ {
		f.prefix |= uint64(lower[i]) << (8 * i)
		f.suffix |= uint64(lower[len(lower)-1-i]) << (8 * i)
	}
	return f
}

func caseOf(small, capital int, first bool) Case {
	switch {
	case small+capital == 0:
		return NoCase
	case capital == 0:
		return Small
	case first && capital == 1:
		return Title
	case small == 0:
		return Capital
	}
	return Mixed
}

// Normal appends the normal spelling of s to dst: typographic quotation marks
// as straight ones, dashes wider than a hyphen as one em dash, three points for
// the ellipsis; of a very long form the beginning and the end.
func Normal(dst []byte, s string) []byte {
	switch s {
	case "``", "''", "’’", "‘‘":
		return append(dst, '"')
	case "--", "---", "––":
		return append(dst, "—"...)
	}
	if len(s) > maxBytes {
		dst = Normal(dst, s[:maxBytes/2])
		s = s[len(s)-maxBytes/2:]
	}
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			dst = append(dst, c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		dst = appendNormal(dst, r)
		i += n
	}
	return dst
}

func appendNormal(dst []byte, r rune) []byte {
	switch r {
	case '“', '”', '„', '‟', '«', '»', '″':
		return append(dst, '"')
	case '‘', '’', '‚', '‛', '′', 'ʼ', '´':
		return append(dst, '\'')
	case '–', '—', '―', '‒':
		return append(dst, "—"...)
	case '‐', '‑', '−':
		return append(dst, '-')
	case '…':
		return append(dst, "..."...)
	case '\u00ad', '\u200b', '\u200d', '\ufeff':
		return dst
	case '\u00a0', '\u202f', '\u2009':
		return append(dst, ' ')
	}
	return utf8.AppendRune(dst, r)
}

// hash is FNV-1a with a last mixing step.
func hash(b []byte) uint64 {
	h := uint64(0xcbf29ce484222325)
	for _, c := range b {
		h = (h ^ uint64(c)) * 0x100000001b3
	}
	h ^= h >> 32
	return h * 0x9e3779b97f4a7c15
}

// Hash is the number that Look gives to a form as Exact.
func Hash(s string) uint64 { return hash([]byte(s)) }
