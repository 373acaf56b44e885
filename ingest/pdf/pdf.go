// Package pdf gives the text of a PDF in paragraphs, as far as the file has one:
// a scan has none, and columns or tables come in the order in which the file
// draws them.
//
// The parser is not ours, and a file can be made to cost it any time and memory:
// whoever reads files of others runs Text in a process of its own, with limits,
// as the command does.
package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"
)

// Errors about a file, told apart with errors.Is.
var (
	ErrFormat   = errors.New("the PDF cannot be read")
	ErrNoText   = errors.New("the PDF has no text: its pages are pictures, as of a scan, or its letters cannot be told")
	ErrTooLarge = errors.New("the PDF is too large")
)

// Limits of Text.
const (
	maxPages = 2000
	maxText  = 10 << 20
)

// line is a line of a page: where it stands, in points from the bottom, and how
// high its letters are.
type line struct {
	text    strings.Builder
	x, y    float64
	size    float64
	right   float64 // where the last letter ended, as far as the file tells
	newPage bool
}

// Text is the text of a PDF: its lines joined to paragraphs, with an empty line
// between two.
func Text(b []byte) (text string, err error) {
	defer func() {
		if r := recover(); r != nil {
			text, err = "", fmt.Errorf("%w: %v", ErrFormat, r)
		}
	}()
	r, err := pdf.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		if strings.Contains(err.Error(), "encrypt") || strings.Contains(err.Error(), "password") {
			return "", fmt.Errorf("%w: it is encrypted", ErrFormat)
		}
		return "", fmt.Errorf("%w: %v", ErrFormat, err)
	}
	if n := r.NumPage(); n > maxPages {
		return "", fmt.Errorf("%w: %d pages, at most %d are read", ErrTooLarge, n, maxPages)
	}
	var lines []*line
	size := 0
	for i := 1; i <= r.NumPage(); i++ {
		p := r.Page(i)
		if p.V.IsNull() {
			continue
		}
		begun := len(lines)
		lines = append(lines, pageLines(p.Content().Text)...)
		if begun < len(lines) {
			lines[begun].newPage = true
		}
		for _, l := range lines[begun:] {
			size += l.text.Len()
		}
		if size > maxText {
			return "", fmt.Errorf("%w: more than %d bytes of text", ErrTooLarge, maxText)
		}
	}
	text = paragraphs(lines)
	if !readable(text) {
		return "", ErrNoText
	}
	return text, nil
}

// readable tells text from what comes of fonts whose letters cannot be told.
func readable(s string) bool {
	letters, other := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsLetter(r):
			letters++
		case r == utf8.RuneError, unicode.IsControl(r) && r != '\n', unicode.Is(unicode.Co, r):
			other++
		}
	}
	return letters > 0 && other*5 < letters
}

// pageLines are the lines of a page in the order in which it is drawn.
func pageLines(glyphs []pdf.Text) []*line {
	var out []*line
	var cur *line
	for _, g := range glyphs {
		if g.S == "" {
			continue
		}
		if cur == nil || math.Abs(g.Y-cur.y) > 0.4*max(cur.size, g.FontSize, 1) {
			cur = &line{x: g.X, y: g.Y, size: g.FontSize, right: g.X}
			out = append(out, cur)
		}
		if g.W > 0 && g.X-cur.right > 0.2*g.FontSize && cur.text.Len() > 0 && !endsInSpace(cur.text.String()) && g.S != " " {
			cur.text.WriteByte(' ') // words that only their place parts
		}
		cur.text.WriteString(g.S)
		cur.right, cur.size = g.X+g.W, max(cur.size, g.FontSize)
	}
	return out
}

func endsInSpace(s string) bool { return strings.HasSuffix(s, " ") }

// paragraphs joins lines. A paragraph ends where the next line is further away
// than lines are, or has letters of another height; at the end of a page, where
// its last line ends a sentence.
func paragraphs(lines []*line) string {
	lead := leading(lines)
	var out []string
	var cur string
	var last *line
	flush := func() {
		if s := strings.TrimSpace(cur); s != "" && !isNumber(s) {
			out = append(out, s)
		}
		cur = ""
	}
	for _, l := range lines {
		s := strings.Join(strings.Fields(strings.ToValidUTF8(l.text.String(), "\uFFFD")), " ")
		if s == "" {
			continue
		}
		if last != nil {
			gap := last.y - l.y
			switch {
			case l.newPage && (cur == "" || strings.ContainsAny(cur[len(cur)-1:], ".!?:\"") || strings.HasSuffix(cur, "”")):
				flush()
			case l.newPage: // a sentence that goes on
			case math.Abs(l.size-last.size) > 0.1*max(l.size, last.size), gap > 1.35*lead*l.size, gap < -0.5*l.size:
				flush()
			}
		}
		cur = join(cur, s)
		last = l
	}
	flush()
	return strings.Join(out, "\n\n")
}

// leading is the usual distance of two lines, as a multiple of the height of
// their letters.
func leading(lines []*line) float64 {
	count, best := map[int]int{}, 12
	for i := 1; i < len(lines); i++ {
		gap := lines[i-1].y - lines[i].y
		if s := lines[i].size; s > 0 && gap > 0.7*s && gap < 2.2*s && !lines[i].newPage {
			k := int(math.Round(gap / s * 10))
			if count[k]++; count[k] > count[best] || count[k] == count[best] && k < best {
				best = k
			}
		}
	}
	return float64(best) / 10
}

// join adds a line, and mends a word that was parted at its end.
func join(cur, s string) string {
	if cur == "" {
		return s
	}
	if before, ok := strings.CutSuffix(cur, "-"); ok && before != "" {
		a, _ := utf8.DecodeLastRuneInString(before)
		b, _ := utf8.DecodeRuneInString(s)
		if unicode.IsLetter(a) && unicode.IsLower(b) {
			return before + s
		}
	}
	return cur + " " + s
}

// isNumber tells a paragraph that is the number of a page.
func isNumber(s string) bool {
	return len(s) < 12 && strings.Trim(strings.ToLower(s), "0123456789 -–—/.pageof") == ""
}
