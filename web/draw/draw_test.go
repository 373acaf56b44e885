package draw

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

const evil = `<script>"'&` + "\x00"

func day0(n int) time.Time { return time.Date(2022, 11, n, 0, 0, 0, 0, time.UTC) }

// whole fails the test unless svg is XML to its end.
func whole(t *testing.T, name string, svg []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(bytes.ReplaceAll(svg, []byte("\x00"), nil)))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, svg)
		}
	}
}

func TestTimeline(t *testing.T) {
	tl := &Timeline{From: day0(1), To: day0(20), Now: day0(15), Lanes: []string{"Norway", evil}, Label: evil}
	for l := Solid; l <= Deferred; l++ {
		tl.Items = append(tl.Items, Item{URL: "/event/" + evil, Label: evil, Title: evil, Look: l, Lanes: []int{int(l) % 2}, From: day0(2 + int(l)), To: day0(3 + int(l))})
	}
	tl.Items = append(tl.Items,
		Item{Label: "both", Lanes: []int{0, 1}, From: day0(4), To: day0(9), Waits: []int{0, 99, -1}},
		Item{Label: "outside", Lanes: []int{0}, From: day0(25), To: day0(26)}, Item{Label: "nowhere", From: day0(4), To: day0(5)})
	for _, form := range []Form{Inline, Standalone} {
		svg := tl.Draw(form)
		whole(t, "timeline", svg)
		s := string(svg)
		if strings.Contains(s, "<script") || strings.Contains(s, "outside") || strings.Contains(s, "nowhere") || !strings.Contains(s, "both") {
			t.Errorf("what is shown is not what is in the window:\n%s", s)
		}
		if strings.Count(s, `class="needs"`) != 1 || strings.Count(s, `class="tie"`) != 1 {
			t.Error("one thing waits for one, and one stands in two lanes")
		}
		if got := strings.Contains(s, "<style>"); got != (form == Standalone) {
			t.Errorf("form %d: style %v", form, got)
		}
	}
}

// TestScales: a window of any length has ticks, and not too many.
func TestScales(t *testing.T) {
	for _, d := range []time.Duration{time.Hour, 12 * time.Hour, day, 3 * day, 20 * day, 90 * day, 400 * day, 3000 * day, 30000 * day} {
		tl := &Timeline{From: day0(1), To: day0(1).Add(d), Lanes: []string{"x"}}
		if n := bytes.Count(tl.Draw(Inline), []byte(`class="tick"`)); n < 1 || n > 40 {
			t.Errorf("a window of %v has %d ticks", d, n)
		}
	}
}

// TestManyItems: things of one day get rows of their own, until there are too many.
func TestManyItems(t *testing.T) {
	tl := &Timeline{From: day0(1), To: day0(20), Lanes: []string{"x"}, Rows: 5}
	for i := range 200 {
		tl.Items = append(tl.Items, Item{Label: fmt.Sprint("thing ", i), Lanes: []int{0}, From: day0(5), To: day0(6)})
	}
	items, _, height := tl.place()
	labels := map[float64]int{}
	for _, p := range items {
		if p.label != "" {
			labels[p.y[0]]++
		}
	}
	for y, n := range labels {
		if n > 2 { // one after the mark and one before it
			t.Errorf("%d labels at %v", n, y)
		}
	}
	if height > 400 {
		t.Errorf("the picture is %v high", height)
	}
}

func TestGraph(t *testing.T) {
	for _, c := range []struct {
		name  string
		edges []Edge
		want  []int
	}{
		{"a chain", []Edge{{From: 0, To: 1}, {From: 1, To: 2}}, []int{0, 1, 2}},
		{"nothing", nil, []int{0, 0, 0}},
		{"two for one", []Edge{{From: 0, To: 2}, {From: 1, To: 2}}, []int{0, 0, 1}},
	} {
		g := &Graph{Nodes: []Node{{Text: evil, URL: evil}, {Text: "b", Words: true}, {Text: strings.Repeat("long ", 60), Look: Struck}}, Edges: c.edges, Label: evil}
		for i, l := range g.layers() {
			if l != c.want[i] {
				t.Errorf("%s: layers %v, want %v", c.name, g.layers(), c.want)
				break
			}
		}
		whole(t, c.name, g.Draw(Standalone))
	}
	circle := &Graph{Nodes: []Node{{Text: "a"}, {Text: "b"}, {Text: "c"}}, Edges: []Edge{{From: 0, To: 1}, {From: 1, To: 2}, {From: 2, To: 0}, {From: 1, To: 1}}}
	whole(t, "a circle", circle.Draw(Inline))
	whole(t, "no node", (&Graph{}).Draw(Inline))
}

func TestNetwork(t *testing.T) {
	n := &Network{Names: []Named{{Name: evil, URL: evil, N: 3}, {Name: "b", N: 2}, {Name: "c", N: 1}}, Ties: []Tie{{A: 0, B: 2, N: 2, Title: evil}, {A: 0, B: 1, N: 1}}, Label: evil}
	svg := n.Draw(Standalone)
	whole(t, "network", svg)
	if strings.Contains(string(svg), "<script") {
		t.Error("a name is markup")
	}
	if got := n.around(); got[0] != 0 || got[1] != 2 {
		t.Errorf("around %v: who has most to do with each other do not stand together", got)
	}
	whole(t, "nobody", (&Network{}).Draw(Inline))
}
