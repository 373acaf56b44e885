package registry

import (
	"unicode"
	"unicode/utf8"
)

// Names are compared by their pieces. A piece is a run of characters between
// spaces, hyphens and apostrophes, lower case, without diacritics and full
// stops: "al-Qaeda", "Al Qaeda" and the three tokens "al - Qaeda" are the pieces
// "al" and "qaeda", "U.S." is "us", "People's" is "people" and "s", just as it
// is when a tokenizer has split it. What case the text had is kept beside the
// pieces, because "WHO" is not "who" and "Turkey" not "turkey".

// Fold gives the spelling key of s: its pieces, joined by single spaces. Two
// names with the same key are spelt the same but for case, diacritics, hyphens,
// apostrophes and full stops. Variants ("Kyiv", "Kiev") have different keys;
// the tables know that they belong together.
func Fold(s string) string {
	var buf [64]byte
	return string(appendFold(buf[:0], s))
}

// appendFold appends the spelling key of s to dst: to look one up costs no
// string.
func appendFold(dst []byte, s string) []byte {
	var buf [64]byte
	from := len(dst)
	p := piecer{text: s}
	for {
		piece := p.next(buf[:0])
		if len(piece) == 0 {
			return dst
		}
		if len(dst) > from {
			dst = append(dst, ' ')
		}
		dst = append(dst, piece...)
	}
}

// piecer walks the pieces of a text.
type piecer struct {
	text  string
	pos   int
	upper bool // the present piece begins with a capital letter or a digit
	// how many letters it has, and how many of them are capitals
	letters, capitals int
}

// next gives the next piece, folded and appended to buf; it is empty at the end
// of the text.
func (p *piecer) next(buf []byte) []byte {
	p.letters, p.capitals = 0, 0
	for p.pos < len(p.text) {
		c := p.text[p.pos]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(p.text[p.pos:])
			p.pos += size
			base, sep := foldRune(r)
			if sep && len(buf) > 0 {
				break
			}
			if base == "" {
				continue
			}
			if len(buf) == 0 {
				p.upper = unicode.IsUpper(r)
			}
			if unicode.IsLetter(r) {
				p.letters++
				if unicode.IsUpper(r) {
					p.capitals++
				}
			}
			buf = append(buf, base...)
			continue
		}
		p.pos++
		kind := ascii[c]
		if kind == 0 && len(buf) > 0 {
			break
		}
		if kind == 0 || c == '.' {
			continue
		}
		if len(buf) == 0 {
			p.upper = kind != c || '0' <= c && c <= '9'
		}
		if 'a' <= kind && kind <= 'z' {
			p.letters++
			if kind != c {
				p.capitals++
			}
		}
		buf = append(buf, kind)
	}
	return buf
}

// ascii folds a byte; 0 marks the separators. It is never written after it is
// made.
var ascii = func() (t [128]byte) {
	for c := range t {
		b := byte(c)
		switch {
		case b <= ' ', b == '-', b == '\'', b == '`', b == '"', b == 127:
			b = 0
		case 'A' <= b && b <= 'Z':
			b += 'a' - 'A'
		}
		t[c] = b
	}
	return t
}()

// foldRune gives the folded form of a rune beyond ASCII, "" for one to be
// dropped, and whether it separates pieces.
func foldRune(r rune) (string, bool) {
	switch {
	case r >= 0x300 && r <= 0x36f: // combining marks
		return "", false
	case r == 0x2bc || r == 0x2bb || r == 0x2bf || r == 0x2be || r >= 0x2018 && r <= 0x201f || r == 0x2032:
		return "", true // apostrophes and quotation marks
	case r >= 0x2010 && r <= 0x2013 || unicode.IsSpace(r):
		return "", true // hyphens and the dash in ranges
	case r == 0xad || r >= 0x200b && r <= 0x200d || r == 0xfeff:
		return "", false // soft hyphen, zero-width characters
	case r == utf8.RuneError:
		return "", false
	}
	if b, ok := latin[r]; ok {
		return b, false
	}
	return string(unicode.ToLower(r)), false
}

// latin maps letters with diacritics, and ligatures, to their base letters. It
// is never written after it is made.
var latin = func() map[rune]string {
	m := make(map[rune]string, 512)
	for _, row := range [...][2]string{
		{"a", "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ"},
		{"b", "ḃḅḇɓ"},
		{"c", "çćĉċčḉ"},
		{"d", "ďđḋḍḏḑḓðɗ"},
		{"e", "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệəǝ"},
		{"f", "ḟ"},
		{"g", "ĝğġģǧǵḡ"},
		{"h", "ĥħȟḣḥḧḩḫẖ"},
		{"i", "ìíîïĩīĭįıǐȉȋḭḯỉị"},
		{"j", "ĵǰ"},
		{"k", "ķǩḱḳḵ"},
		{"l", "ĺļľŀłḷḹḻḽ"},
		{"m", "ḿṁṃ"},
		{"n", "ñńņňŉǹṅṇṉṋŋ"},
		{"o", "òóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ"},
		{"p", "ṕṗ"},
		{"r", "ŕŗřȑȓṙṛṝṟ"},
		{"s", "śŝşšșṡṣṥṧṩ"},
		{"t", "ţťŧțṫṭṯṱẗ"},
		{"u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự"},
		{"v", "ṽṿ"},
		{"w", "ŵẁẃẅẇẉ"},
		{"x", "ẋẍ"},
		{"y", "ýÿŷȳẏẙỳỵỷỹ"},
		{"z", "źżžẑẓẕ"},
		{"ae", "æǣǽ"},
		{"oe", "œ"},
		{"ss", "ß"},
		{"th", "þ"},
	} {
		for _, r := range row[1] {
			m[r] = row[0]
			m[unicode.ToUpper(r)] = row[0]
		}
	}
	m['İ'] = "i"
	m['ẞ'] = "ss"
	m['I'] = "i"
	return m
}()
