package draw

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"strings"
	"testing"

	"golang.org/x/image/font/sfnt"
)

func pngOf(t *testing.T, svg []byte) image.Image {
	t.Helper()
	var b bytes.Buffer
	if err := PNG(&b, svg); err != nil {
		t.Fatalf("%v\n%.400s", err, svg)
	}
	m, err := png.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// inked counts the dots that are not paper within a part of a picture, in its
// units.
func inked(m image.Image, x0, y0, x1, y1 float64) int {
	n := 0
	paper := m.At(0, 0)
	for y := int(y0 * dotsPerUnit); y < int(y1*dotsPerUnit); y++ {
		for x := int(x0 * dotsPerUnit); x < int(x1*dotsPerUnit); x++ {
			if m.At(x, y) != paper {
				n++
			}
		}
	}
	return n
}

// sample has something of everything that a timeline can show.
func sample() *Timeline {
	tl := &Timeline{From: day0(1), To: day0(20), Now: day0(15), Lanes: []string{"Türkiye", "Ukraine"}, Label: "sample"}
	names := []string{"Phone call: Erdoğan, Зеленський", "Talks: Şimşek, Guțu", "Meeting: Łukasz, Ґалаган", "Visit: Ağrı", "Proposal", "Struck: Iğdır", "Open", "Faded", "Deferred"}
	for l := Solid; l <= Deferred; l++ {
		tl.Items = append(tl.Items, Item{URL: "/event/e", Label: names[l], Title: "x", Look: l, Lanes: []int{int(l) % 2}, From: day0(2 + int(l)), To: day0(3 + int(l))})
	}
	tl.Items = append(tl.Items, Item{Label: "both", Lanes: []int{0, 1}, From: day0(4), To: day0(9), Waits: []int{0}}, Item{Label: "told", Lanes: []int{0}, From: day0(12), To: day0(13), Told: true})
	return tl
}

// TestPNG: all pictures of this package can be had as PNG, with their marks and
// words where the SVG has them.
func TestPNG(t *testing.T) {
	g := &Graph{Label: "graph", Nodes: []Node{{Text: "Meeting: a, b", Under: "planned", Look: Hollow, URL: "/x"}, {Text: "“if they agree”", Words: true}}, Edges: []Edge{{From: 1, To: 0}}}
	n := &Network{Label: "network", Names: []Named{{Name: "Hulusi Akar", N: 2}, {Name: "Сергій", N: 1}, {Name: "Chile", N: 1}}, Ties: []Tie{{A: 0, B: 1, N: 2}, {A: 0, B: 2, N: 1}}}
	for name, svg := range map[string][]byte{"timeline": sample().Draw(Standalone), "inline": sample().Draw(Inline), "graph": g.Draw(Standalone), "network": n.Draw(Standalone), "empty": (&Timeline{From: day0(1), To: day0(2)}).Draw(Standalone)} {
		m := pngOf(t, svg)
		if dir := os.Getenv("READOUT_PICTURES"); dir != "" { // to look at
			var b bytes.Buffer
			if err := png.Encode(&b, m); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(dir+"/"+name+".png", b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if name != "empty" && inked(m, 0, 0, float64(m.Bounds().Dx())/dotsPerUnit, float64(m.Bounds().Dy())/dotsPerUnit) < 1000 {
			t.Errorf("%s is all but white", name)
		}
	}
}

// TestLetters: what people and places of the news are called can be written.
func TestLetters(t *testing.T) {
	f, err := regular()
	if err != nil {
		t.Fatal(err)
	}
	i, err := italic()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range "ABCXYZabcxyz0189 ĞğİıŞşÇçÖöÜü ҐґЄєІіЇїЖжЩщЪъЫыЭэ ŁłŻżŠšČčĆćĐđŐőŢţȚțȘș ÅÆØåæøß ΑΩαω –—‘’“”„…·•−×№€" {
		for _, font := range []interface {
			GlyphIndex(*sfnt.Buffer, rune) (sfnt.GlyphIndex, error)
		}{f, i} {
			if g, err := font.GlyphIndex(nil, r); err != nil || g == 0 {
				t.Errorf("%q cannot be written: %v", r, err)
			}
		}
	}
}

// TestStyles: a property that a style sheet has is one that pictures in PNG have
// too, or is here as one that they need not have.
func TestStyles(t *testing.T) {
	s, err := styleSheet()
	if err != nil {
		t.Fatal(err)
	}
	known := strings.Fields("fill stroke stroke-width stroke-dasharray stroke-linecap opacity font-size font-style font-weight font-variant letter-spacing paint-order text-decoration " +
		"font-family stroke-linejoin cursor") // of letters there is one family, all joins are round, nothing is clicked
	for _, r := range s {
		for name, v := range r.style {
			if strings.HasPrefix(name, "--") {
				continue
			}
			if i := strings.Index(" "+strings.Join(known, " ")+" ", " "+name+" "); i < 0 {
				t.Errorf("%v: %s: %s", r.classes, name, v)
			}
		}
	}
	if st := s.of("path", "mark hollow"); st["stroke-width"] != "1.4" || st["stroke"] != "#234f7d" {
		t.Errorf("a hollow mark is %v", st)
	}
	for _, bad := range []string{"x", ".drawn .a {", "p { fill: #fff }", "@media x {"} {
		if _, err := parseStyle(bad); err == nil {
			t.Errorf("%q is taken for a style sheet", bad)
		}
	}
}

// FuzzPNG: whatever is taken for a picture, the answer is one or an error.
func FuzzPNG(f *testing.F) {
	f.Add(sample().Draw(Standalone))
	f.Add([]byte(`<svg viewBox="0 0 10 10"><path class="mark" d="M1 1h2V3zC1 2 3 4 5 6q1 2 3 4"/></svg>`))
	f.Add([]byte(`<svg viewBox="0 0 9 9"><path d="z"/><path class="mark hollow" d="M0 0h-9"/><text class="asks">?</text></svg>`))
	f.Fuzz(func(t *testing.T, svg []byte) {
		if len(svg) > 1<<14 {
			return
		}
		m, err := raster(svg)
		if (m == nil) != (err != nil) {
			t.Errorf("%v, %v", m, err)
		}
		if m != nil && m.Bounds().Dx()*m.Bounds().Dy() > 2*maxDots {
			t.Errorf("%v", m.Bounds())
		}
	})
}
