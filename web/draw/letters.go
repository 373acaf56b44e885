package draw

import (
	_ "embed"
	"fmt"
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

//go:embed font/NotoSerif-Regular.ttf
var regularFont []byte

//go:embed font/NotoSerif-Italic.ttf
var italicFont []byte

var (
	regular = sync.OnceValues(func() (*sfnt.Font, error) { return sfnt.Parse(regularFont) })
	italic  = sync.OnceValues(func() (*sfnt.Font, error) { return sfnt.Parse(italicFont) })
)

// smallCap is how high a small capital is, of a capital.
const smallCap = 0.78

// letters sets s from x on the line y, and gives the outlines and where it ends.
func letters(s string, x, y float64, st style) (o outline, end float64, err error) {
	open := regular
	if st["font-style"] == "italic" {
		open = italic
	}
	f, err := open()
	if err != nil {
		return o, x, fmt.Errorf("font: %w", err)
	}
	size, spacing := st.number("font-size", 12), st.number("letter-spacing", 0)
	small := st["font-variant"] == "small-caps"
	var buf sfnt.Buffer
	last := sfnt.GlyphIndex(0)
	for _, r := range s {
		em := size
		if up := unicode.ToUpper(r); small && up != r {
			r, em = up, size*smallCap
		}
		g, err := f.GlyphIndex(&buf, r)
		if err != nil {
			return o, x, fmt.Errorf("font: %w", err)
		}
		const whole = 1024 // of an em, for outlines finer than a dot
		ppem := fixed.I(whole)
		unit := em / whole / 64
		if last != 0 && g != 0 {
			if k, err := f.Kern(&buf, last, g, ppem, font.HintingNone); err == nil {
				x += float64(k) * unit
			}
		}
		last = g
		path, err := f.LoadGlyph(&buf, g, ppem, nil)
		if err != nil {
			return o, x, fmt.Errorf("font: %q: %w", r, err)
		}
		o.glyph(path, x, y, unit)
		advance, err := f.GlyphAdvance(&buf, g, ppem, font.HintingNone)
		if err != nil {
			return o, x, fmt.Errorf("font: %q: %w", r, err)
		}
		x += float64(advance)*unit + spacing*em
	}
	return o, x, nil
}

func (o *outline) glyph(path sfnt.Segments, x, y, unit float64) {
	first := len(o.paths)
	at := func(p fixed.Point26_6) (float64, float64) { return x + float64(p.X)*unit, y + float64(p.Y)*unit }
	for _, s := range path {
		ax, ay := at(s.Args[0])
		bx, by := at(s.Args[1])
		cx, cy := at(s.Args[2])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			o.move(ax, ay)
		case sfnt.SegmentOpLineTo:
			o.to(ax, ay)
		case sfnt.SegmentOpQuadTo:
			o.quad(ax, ay, bx, by)
		case sfnt.SegmentOpCubeTo:
			o.cubic(ax, ay, bx, by, cx, cy)
		}
	}
	for i := first; i < len(o.paths); i++ {
		o.paths[i].closed = true
	}
}

// write writes a text.
func (p *painter) write(e *element) error {
	st := p.styles.of("text", e.attrs["class"])
	x, y := e.number("x"), e.number("y")
	o, end, err := letters(e.text, x, y, st)
	if err != nil {
		return err
	}
	shift := 0.0
	switch e.attrs["text-anchor"] {
	case "middle":
		shift = (x - end) / 2
	case "end":
		shift = x - end
	}
	for i := range o.paths {
		for k := range o.paths[i].points {
			o.paths[i].points[k].x += shift
		}
	}
	if st["paint-order"] == "stroke" { // what lies behind does not touch the letters
		if err := p.line(&o, st, 1); err != nil {
			return err
		}
	}
	if st["font-weight"] == "bold" {
		st["stroke"], st["stroke-width"] = st["fill"], ".5"
		if err := p.line(&o, st, 1); err != nil {
			return err
		}
	}
	delete(st, "stroke")
	if err := p.paint(&o, st); err != nil {
		return err
	}
	if st["text-decoration"] == "line-through" {
		size := st.number("font-size", 12)
		var through outline
		through.rect(x+shift, y-size*.3, end-x, size*.07)
		return p.paint(&through, st)
	}
	return nil
}
