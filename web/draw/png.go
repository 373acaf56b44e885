package draw

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math"
	"strconv"
	"strings"
)

// A picture as PNG is made of the picture as SVG, so that both are the same: of
// SVG what this package writes is known and no more (svg, a, g, path, circle,
// rect, text), of style sheets what stands in draw.css. Colours are those for
// light paper. Letters are Noto Serif's (font/), Latin, Greek and Cyrillic; what
// it lacks is drawn as an empty box.

// The size of a PNG: two dots for a unit of the picture, fewer where it would
// have more than maxDots.
const (
	dotsPerUnit = 2.0
	maxDots     = 12_000_000
)

// PNG writes a picture of this package, in either Form, as PNG.
func PNG(w io.Writer, svg []byte) error {
	m, err := raster(svg)
	if err != nil {
		return fmt.Errorf("picture: %w", err)
	}
	return (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(w, m)
}

// raster draws the elements of svg in their order.
func raster(svg []byte) (*image.RGBA, error) {
	styles, err := styleSheet()
	if err != nil {
		return nil, err
	}
	d := xml.NewDecoder(bytes.NewReader(svg))
	d.Strict = true
	var p *painter
	var words *element // the text that is open
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			e := elementOf(t)
			switch e.name {
			case "svg":
				if p, err = newPainter(e, styles); err != nil {
					return nil, err
				}
			case "title", "style":
				err = d.Skip()
			case "text":
				words = e
			case "a", "g":
			default:
				if p == nil {
					return nil, errors.New("no picture")
				}
				err = p.shape(e)
			}
			if err != nil {
				return nil, err
			}
		case xml.CharData:
			if words != nil {
				words.text += string(t)
			}
		case xml.EndElement:
			if t.Name.Local == "text" && words != nil && p != nil {
				if err := p.write(words); err != nil {
					return nil, err
				}
				words = nil
			}
		}
	}
	if p == nil {
		return nil, errors.New("no picture")
	}
	return p.to, nil
}

// element is an element of SVG.
type element struct {
	name, text string
	attrs      map[string]string
}

func elementOf(t xml.StartElement) *element {
	e := &element{name: t.Name.Local, attrs: map[string]string{}}
	for _, a := range t.Attr {
		e.attrs[a.Name.Local] = a.Value
	}
	return e
}

// number is an attribute as a number, 0 for none.
func (e *element) number(name string) float64 {
	v, err := strconv.ParseFloat(e.attrs[name], 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0
	}
	return v
}

// painter draws on an image.
type painter struct {
	to            *image.RGBA
	width, height float64 // of the picture, in its units
	scale         float64
	styles        styles
}

func newPainter(e *element, s styles) (*painter, error) {
	box := strings.Fields(e.attrs["viewBox"])
	if len(box) != 4 {
		return nil, errors.New("a picture without a size")
	}
	w, err1 := strconv.ParseFloat(box[2], 64)
	h, err2 := strconv.ParseFloat(box[3], 64)
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	if !(w >= 1 && h >= 1 && w*h < 1e9) {
		return nil, fmt.Errorf("a picture of %g by %g", w, h)
	}
	scale := min(dotsPerUnit, math.Sqrt(maxDots/(w*h)))
	p := &painter{to: image.NewRGBA(image.Rect(0, 0, int(math.Ceil(w*scale)), int(math.Ceil(h*scale)))), width: w, height: h, scale: scale, styles: s}
	paper, err := s.of("rect", "paper").color("fill")
	if err != nil {
		return nil, err
	}
	draw.Draw(p.to, p.to.Bounds(), image.NewUniform(paper), image.Point{}, draw.Src)
	return p, nil
}

// shape draws a path, a circle or a rectangle.
func (p *painter) shape(e *element) error {
	st := p.styles.of(e.name, e.attrs["class"])
	if w := e.attrs["stroke-width"]; w != "" {
		st["stroke-width"] = w
	}
	var o outline
	switch e.name {
	case "path":
		if err := o.parse(e.attrs["d"]); err != nil {
			return err
		}
	case "circle":
		o.circle(e.number("cx"), e.number("cy"), e.number("r"))
	case "rect":
		if e.attrs["class"] == "paper" { // the image has it
			return nil
		}
		o.rect(e.number("x"), e.number("y"), e.number("width"), e.number("height"))
	default:
		return fmt.Errorf("%s: not an element that is drawn", e.name)
	}
	return p.paint(&o, st)
}

// paint fills an outline and draws its line, as a style has it.
func (p *painter) paint(o *outline, st style) error {
	opacity := st.number("opacity", 1)
	fill, err := st.color("fill")
	if err != nil {
		return err
	}
	if fill.A > 0 {
		p.cover(o.polygons(p.scale), fill, opacity)
	}
	return p.line(o, st, opacity)
}

func (p *painter) line(o *outline, st style, opacity float64) error {
	stroke, err := st.color("stroke")
	if err != nil || stroke.A == 0 {
		return err
	}
	pen := pen{width: st.number("stroke-width", 1) * p.scale, round: st["stroke-linecap"] == "round"}
	for _, f := range strings.Fields(st["stroke-dasharray"]) {
		v, err := strconv.ParseFloat(f, 64)
		if err != nil || v <= 0 {
			return fmt.Errorf("a dash of %q", f)
		}
		pen.dashes = append(pen.dashes, v*p.scale)
	}
	p.cover(pen.stroke(o.polygons(p.scale)), stroke, opacity)
	return nil
}

// transparent is no colour at all.
var transparent = color.RGBA{}
