package draw

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"
	"strconv"

	"golang.org/x/image/vector"
)

// point is a place in a picture, in its units or in dots.
type point struct{ x, y float64 }

// outline is lines and curves, in the units of a picture.
type outline struct {
	paths []polygon
}

// polygon is a line through points. Curves are cut into short lines.
type polygon struct {
	points []point
	closed bool
}

func (o *outline) move(x, y float64) { o.paths = append(o.paths, polygon{points: []point{{x, y}}}) }

func (o *outline) last() *polygon {
	if len(o.paths) == 0 {
		o.move(0, 0)
	}
	return &o.paths[len(o.paths)-1]
}

func (o *outline) at() point {
	p := o.last()
	if p.closed {
		return p.points[0]
	}
	return p.points[len(p.points)-1]
}

func (o *outline) to(x, y float64) {
	if p := o.last(); p.closed {
		o.move(p.points[0].x, p.points[0].y)
	}
	p := o.last()
	p.points = append(p.points, point{x, y})
}

// maxSteps is how many lines make a curve at most; a short one has fewer.
const maxSteps = 24

func (o *outline) cubic(x1, y1, x2, y2, x, y float64) {
	a := o.at()
	long := math.Hypot(x1-a.x, y1-a.y) + math.Hypot(x2-x1, y2-y1) + math.Hypot(x-x2, y-y2)
	steps := min(3+int(long), maxSteps)
	for i := 1; i <= steps; i++ {
		t := float64(i) / float64(steps)
		u := 1 - t
		o.to(u*u*u*a.x+3*u*u*t*x1+3*u*t*t*x2+t*t*t*x, u*u*u*a.y+3*u*u*t*y1+3*u*t*t*y2+t*t*t*y)
	}
}

func (o *outline) quad(x1, y1, x, y float64) {
	a := o.at()
	o.cubic(a.x+(x1-a.x)*2/3, a.y+(y1-a.y)*2/3, x+(x1-x)*2/3, y+(y1-y)*2/3, x, y)
}

func (o *outline) close() { o.last().closed = true }

func (o *outline) rect(x, y, w, h float64) {
	o.move(x, y)
	o.to(x+w, y)
	o.to(x+w, y+h)
	o.to(x, y+h)
	o.close()
}

// round is how far the handles of a quarter of a circle stand out.
const round = 0.5522848 // of the radius

func (o *outline) circle(x, y, r float64) {
	k := r * round
	o.move(x+r, y)
	o.cubic(x+r, y+k, x+k, y+r, x, y+r)
	o.cubic(x-k, y+r, x-r, y+k, x-r, y)
	o.cubic(x-r, y-k, x-k, y-r, x, y-r)
	o.cubic(x+k, y-r, x+r, y-k, x+r, y)
	o.close()
}

// arguments are how many numbers a command of a path takes.
var arguments = map[byte]int{'m': 2, 'l': 2, 'h': 1, 'v': 1, 'c': 6, 'q': 4, 'z': 0}

// parse reads the path of an SVG: its lines and curves, not its arcs.
func (o *outline) parse(d string) error {
	for i := 0; i < len(d); {
		c := d[i]
		i++
		if c == ' ' {
			continue
		}
		n, ok := arguments[c|0x20]
		if !ok {
			return fmt.Errorf("path %q: %q is no command that is drawn", d, c)
		}
		var v [6]float64
		for k := range n {
			for i < len(d) && (d[i] == ' ' || d[i] == ',') {
				i++
			}
			start := i
			for i < len(d) && (d[i] >= '0' && d[i] <= '9' || d[i] == '.' || d[i] == '-' && i == start) {
				i++
			}
			var err error
			if v[k], err = strconv.ParseFloat(d[start:i], 64); err != nil {
				return fmt.Errorf("path %q: a number is missing at %d", d, start)
			}
		}
		o.command(c, v)
	}
	return nil
}

func (o *outline) command(c byte, v [6]float64) {
	var from point // of what is relative
	if c >= 'a' && len(o.paths) > 0 {
		from = o.at()
	}
	switch c | 0x20 {
	case 'm':
		o.move(from.x+v[0], from.y+v[1])
	case 'l':
		o.to(from.x+v[0], from.y+v[1])
	case 'h':
		o.to(from.x+v[0], o.at().y)
	case 'v':
		o.to(o.at().x, from.y+v[0])
	case 'c':
		o.cubic(from.x+v[0], from.y+v[1], from.x+v[2], from.y+v[3], from.x+v[4], from.y+v[5])
	case 'q':
		o.quad(from.x+v[0], from.y+v[1], from.x+v[2], from.y+v[3])
	case 'z':
		o.close()
	}
}

// polygons are the outline in dots.
func (o *outline) polygons(scale float64) []polygon {
	out := make([]polygon, len(o.paths))
	for i, p := range o.paths {
		out[i] = polygon{make([]point, len(p.points)), p.closed}
		for k, q := range p.points {
			out[i].points[k] = point{q.x * scale, q.y * scale}
		}
	}
	return out
}

// pen draws lines.
type pen struct {
	width  float64
	dashes []float64 // how long lines and gaps are, in turn; none: no gaps
	round  bool      // ends are
}

// stroke gives the outlines of lines: a rectangle for each, and a circle where
// two meet. All turn the same way, so that none takes away from another.
func (p pen) stroke(list []polygon) []polygon {
	var out []polygon
	for _, l := range list {
		points := l.points
		if l.closed && len(points) > 0 {
			points = append(points[:len(points):len(points)], points[0])
		}
		for _, piece := range p.cut(points) {
			out = p.along(out, piece, l.closed && len(p.dashes) == 0)
		}
	}
	return out
}

func (p pen) along(out []polygon, line []point, closed bool) []polygon {
	r := p.width / 2
	for i := range line {
		if joins := i > 0 && i < len(line)-1; (joins || closed || p.round) && p.width > 1 {
			var o outline
			o.circle(line[i].x, line[i].y, r)
			out = append(out, o.paths...)
		}
		if i == 0 {
			continue
		}
		a, b := line[i-1], line[i]
		length := math.Hypot(b.x-a.x, b.y-a.y)
		if length == 0 {
			continue
		}
		nx, ny := -(b.y-a.y)/length*r, (b.x-a.x)/length*r
		out = append(out, polygon{[]point{{a.x - nx, a.y - ny}, {b.x - nx, b.y - ny}, {b.x + nx, b.y + ny}, {a.x + nx, a.y + ny}}, true})
	}
	return out
}

// cut gives the pieces of a line that dashes leave.
func (p pen) cut(line []point) [][]point {
	if len(p.dashes) == 0 || len(line) < 2 {
		return [][]point{line}
	}
	var out [][]point
	k, left, on := 0, p.dashes[0], true
	piece := []point{line[0]}
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		length := math.Hypot(b.x-a.x, b.y-a.y)
		for done := 0.0; done < length; {
			step := min(left, length-done)
			done += step
			left -= step
			q := point{a.x + (b.x-a.x)*done/length, a.y + (b.y-a.y)*done/length}
			if on {
				piece = append(piece, q)
			}
			if left > 1e-9 {
				continue
			}
			if on {
				out = append(out, piece)
			}
			k, on = (k+1)%len(p.dashes), !on
			left, piece = p.dashes[k], []point{q}
		}
	}
	if on && len(piece) > 1 {
		out = append(out, piece)
	}
	return out
}

// cover paints what lies within polygons.
func (p *painter) cover(list []polygon, c color.RGBA, opacity float64) {
	low, high := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, l := range list {
		for _, q := range l.points {
			low, high = point{min(low.x, q.x), min(low.y, q.y)}, point{max(high.x, q.x), max(high.y, q.y)}
		}
	}
	limit := p.to.Bounds()
	box := image.Rect(int(math.Floor(max(low.x, -1e6))), int(math.Floor(max(low.y, -1e6))), int(math.Ceil(min(high.x, 1e6)))+1, int(math.Ceil(min(high.y, 1e6)))+1)
	if box.Intersect(limit).Empty() || box.Dx()*box.Dy() > 2*maxDots {
		return
	}
	z := vector.NewRasterizer(box.Dx(), box.Dy())
	for _, l := range list {
		for i, q := range l.points {
			x, y := float32(q.x-float64(box.Min.X)), float32(q.y-float64(box.Min.Y))
			if i == 0 {
				z.MoveTo(x, y)
			} else {
				z.LineTo(x, y)
			}
		}
		z.ClosePath()
	}
	mask := image.NewAlpha(image.Rect(0, 0, box.Dx(), box.Dy()))
	z.Draw(mask, mask.Bounds(), image.Opaque, image.Point{})
	a := uint8(math.Round(255 * opacity))
	ink := image.NewUniform(color.NRGBA{c.R, c.G, c.B, a})
	draw.DrawMask(p.to, box, ink, image.Point{}, mask, image.Point{}, draw.Over)
}
