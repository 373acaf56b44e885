// Package draw draws the pictures of the pages as SVG, and as PNG for those who
// paste them elsewhere: a timeline, what waits for what, who meets whom.
//
// It knows lines, days and words, and nothing of records. All text that is
// handed in is escaped: a picture may stand in a page as it is. Colours and
// fonts are classes, which the page's style sheet gives (Style); a picture for
// download carries them with it.
package draw

import (
	"bytes"
	_ "embed"
	"fmt"
	"html"
	"strings"
	"unicode/utf8"
)

// Style is the style sheet of the pictures.
//
//go:embed draw.css
var Style string

// Form is where a picture is to stand.
type Form uint8

// The forms of a picture.
const (
	Inline     Form = iota // in a page that has Style
	Standalone             // in a file of its own, with Style
)

// Look is how a thing is drawn, by what is known of it.
type Look uint8

// The looks of a thing.
const (
	Solid    Look = iota // it happened
	Half                 // it goes on
	Hollow               // it is planned: drawn dashed
	Tied                 // it waits for something: drawn dashed, with a tie
	Diamond              // it is proposed or spoken of
	Struck               // it is off or denied
	Open                 // nobody knows: disputed
	Faded                // its day went by without a word
	Deferred             // it was put off
)

var looks = [...]string{"solid", "half", "hollow", "tied", "diamond", "struck", "open", "faded", "deferred"}

// String is the class of a look.
func (l Look) String() string {
	if int(l) < len(looks) {
		return looks[l]
	}
	return "open"
}

// canvas is a picture that grows.
type canvas struct {
	bytes.Buffer
	data string // attributes of the whole
}

func (c *canvas) f(format string, args ...any) { fmt.Fprintf(&c.Buffer, format, args...) }

// text writes s at x, y in a class; anchor is start, middle or end.
func (c *canvas) text(x, y float64, class, anchor, s string) {
	c.f(`<text x="%s" y="%s" class="%s" text-anchor="%s">%s</text>`, num(x), num(y), class, anchor, html.EscapeString(s))
}

// open begins a link to url, or a group where there is none, with a title that
// is shown when it is pointed at.
func (c *canvas) open(url, class, title string) (end string) {
	tag, end := "g", "</g>"
	if url != "" {
		tag, end = fmt.Sprintf(`a href="%s"`, html.EscapeString(url)), "</a>"
	}
	return c.begin(tag, end, class, title)
}

// bar begins a link that keys do not come to.
func (c *canvas) bar(url, title string) (end string) {
	return c.begin(fmt.Sprintf(`a tabindex="-1" href="%s"`, html.EscapeString(url)), "</a>", "item", title)
}

func (c *canvas) begin(tag, end, class, title string) string {
	c.f(`<%s class="%s">`, tag, class)
	if title != "" {
		c.f(`<title>%s</title>`, html.EscapeString(title))
	}
	return end
}

// finish puts what was drawn into its frame.
func (c *canvas) finish(width, height float64, label string, form Form) []byte {
	var out bytes.Buffer
	size := ""
	if form == Standalone {
		size = fmt.Sprintf(` xmlns="http://www.w3.org/2000/svg" width="%s" height="%s"`, num(width), num(height))
	}
	fmt.Fprintf(&out, `<svg%s%s class="drawn" viewBox="0 0 %s %s" role="group" aria-label="%s">`, size, c.data, num(width), num(height), html.EscapeString(label))
	if form == Standalone {
		fmt.Fprintf(&out, "<style>%s</style>", Style)
		fmt.Fprintf(&out, `<rect class="paper" width="100%%" height="100%%"/>`)
	}
	out.Write(c.Bytes())
	out.WriteString("</svg>")
	if form == Standalone {
		out.WriteByte('\n')
	}
	return out.Bytes()
}

// num writes a coordinate with a tenth of a unit.
func num(v float64) string {
	return strings.TrimSuffix(fmt.Sprintf("%.1f", v), ".0")
}

// mark draws the sign of a look around x, y.
func (c *canvas) mark(x, y float64, l Look) {
	const r = 4.5
	switch l {
	case Diamond:
		c.f(`<path class="mark %s" d="M%s %sl%s %sl%s %sl%s %sz"/>`, l, num(x), num(y-r-1), num(r+1), num(r+1), num(-r-1), num(r+1), num(-r-1), num(-r-1))
	case Half:
		c.f(`<circle class="mark half" cx="%s" cy="%s" r="%s"/>`, num(x), num(y), num(r))
		c.f(`<path class="mark solid" d="M%s %sC%s %s %s %s %s %sz"/>`, num(x), num(y-r), num(x-r*4/3), num(y-r), num(x-r*4/3), num(y+r), num(x), num(y+r))
	case Struck:
		c.f(`<path class="mark struck" d="M%s %sl%s %sm0 %sl%s %s"/>`, num(x-r), num(y-r), num(2*r), num(2*r), num(-2*r), num(-2*r), num(2*r))
	case Open:
		c.f(`<circle class="mark open" cx="%s" cy="%s" r="%s"/>`, num(x), num(y), num(r+.5))
		c.text(x, y+3, "asks", "middle", "?")
	default:
		c.f(`<circle class="mark %s" cx="%s" cy="%s" r="%s"/>`, l, num(x), num(y), num(r))
	}
}

// width is about how wide s is in letters of a size: a serif's mean.
func width(s string, size float64) float64 {
	w := 0.0
	for _, r := range s {
		switch {
		case strings.ContainsRune("iljtfI.,:;'|·()", r):
			w += .3
		case strings.ContainsRune("mwMW—", r):
			w += .82
		case r >= 'A' && r <= 'Z':
			w += .66
		default:
			w += .49
		}
	}
	return w * size
}

// clip cuts s to at most n code points.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	r := []rune(s)[:n-1]
	cut := len(r)
	for cut > n*2/3 && r[cut-1] != ' ' {
		cut--
	}
	if r[cut-1] != ' ' {
		cut = len(r)
	}
	return strings.TrimRight(string(r[:cut]), " ,;:") + "…"
}

// wrap cuts s into at most lines lines of at most n code points.
func wrap(s string, n, lines int) []string {
	var out []string
	line := ""
	words := strings.Fields(s)
	for i, w := range words {
		w = clip(w, n)
		switch {
		case line == "":
			line = w
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(w) <= n:
			line += " " + w
		case len(out) == lines-1:
			return append(out, clip(line+" "+strings.Join(words[i:], " "), n))
		default:
			out, line = append(out, line), w
		}
	}
	if line != "" {
		out = append(out, line)
	}
	return out
}
