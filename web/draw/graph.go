package draw

import (
	"cmp"
	"slices"
)

// Graph is what waits for what.
type Graph struct {
	Nodes []Node
	Edges []Edge
	Label string
}

// Node is a thing in a graph, or words that something waits for.
type Node struct {
	URL   string
	Text  string
	Under string // a second, smaller line
	Look  Look
	Words bool // it is words, not a thing
}

// Edge leads from what is awaited to what waits.
type Edge struct {
	From, To int // by their place in Graph.Nodes
	Title    string
}

const (
	boxWidth  = 236.0
	boxRunes  = 38
	lineHigh  = 15.0
	columnGap = 62.0
	boxGap    = 14.0
)

// box is a node where it is drawn.
type box struct {
	x, y, h float64
	lines   []string
	under   []string
}

// Draw draws the graph from left to right: what is awaited stands before what
// waits for it. Of things that wait for each other the tie that closes the
// circle is drawn backwards.
func (g *Graph) Draw(form Form) []byte {
	var c canvas
	layer := g.layers()
	boxes := make([]box, len(g.Nodes))
	columns := [][]int{}
	for i, n := range g.Nodes {
		b := box{lines: wrap(n.Text, boxRunes, 3), under: wrap(n.Under, boxRunes+4, 2)}
		b.h = float64(len(b.lines)+len(b.under))*lineHigh + 14
		boxes[i] = b
		for len(columns) <= layer[i] {
			columns = append(columns, nil)
		}
		columns[layer[i]] = append(columns[layer[i]], i)
	}
	// Each column in the order of what its things wait for.
	place := make([]float64, len(g.Nodes))
	for l, list := range columns {
		if l > 0 {
			slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(g.awaited(a, layer, place), g.awaited(b, layer, place)) })
		}
		for k, i := range list {
			place[i] = float64(k)
		}
	}
	height := 0.0
	for l, list := range columns {
		y := 2.0
		for _, i := range list {
			b := &boxes[i]
			b.x = 2 + float64(l)*(boxWidth+columnGap)
			// Beside the first thing it waits for, where there is room.
			for _, e := range g.Edges {
				if e.To == i && layer[e.From] < l && boxes[e.From].y > y {
					y = boxes[e.From].y
					break
				}
			}
			b.y = y
			y += b.h + boxGap
			height = max(height, y)
		}
	}
	for _, e := range g.Edges {
		g.edge(&c, e, boxes)
	}
	for i := range g.Nodes {
		g.node(&c, &g.Nodes[i], &boxes[i])
	}
	w := max(1, float64(len(columns)))*(boxWidth+columnGap) - columnGap + 6
	return c.finish(w, max(height-boxGap+4, 20), g.Label, form)
}

// layers gives each node its column: one after the last of what it waits for.
func (g *Graph) layers() []int {
	layer := make([]int, len(g.Nodes))
	for range g.Nodes { // a longest path has no more steps; a circle stops there
		changed := false
		for _, e := range g.Edges {
			if e.From != e.To && layer[e.To] <= layer[e.From] && layer[e.From]+1 < len(g.Nodes) {
				layer[e.To], changed = layer[e.From]+1, true
			}
		}
		if !changed {
			break
		}
	}
	// Columns without anything, that a circle may leave, are closed.
	used := map[int]bool{}
	for _, l := range layer {
		used[l] = true
	}
	to := map[int]int{}
	for l := range len(g.Nodes) {
		if used[l] {
			to[l] = len(to)
		}
	}
	for i, l := range layer {
		layer[i] = to[l]
	}
	return layer
}

func (g *Graph) awaited(i int, layer []int, place []float64) float64 {
	sum, n := 0.0, 0.0
	for _, e := range g.Edges {
		if e.To == i && layer[e.From] < layer[i] {
			sum, n = sum+place[e.From], n+1
		}
	}
	if n == 0 {
		return 1e6
	}
	return sum / n
}

func (g *Graph) edge(c *canvas, e Edge, boxes []box) {
	a, b := &boxes[e.From], &boxes[e.To]
	x1, y1 := a.x+boxWidth, a.y+a.h/2
	x2, y2 := b.x-6, b.y+b.h/2
	mid := (x1 + x2) / 2
	end := c.open("", "edge", e.Title)
	c.f(`<path class="needs" d="M%s %sC%s %s %s %s %s %s"/>`, num(x1+2), num(y1), num(mid), num(y1), num(mid), num(y2), num(x2), num(y2))
	c.f(`<path class="head" d="M%s %sl-8 -4v8z"/>`, num(x2+5), num(y2))
	c.f("%s", end)
}

func (g *Graph) node(c *canvas, n *Node, b *box) {
	end := c.open(n.URL, "item", "")
	class, text := "box "+n.Look.String(), "label"
	if n.Words {
		class, text = "box words", "quoted"
	}
	if n.Look == Struck {
		text += " off"
	}
	c.f(`<rect class="%s" x="%s" y="%s" width="%s" height="%s" rx="2"/>`, class, num(b.x), num(b.y), num(boxWidth), num(b.h))
	y := b.y + 18
	for _, line := range b.lines {
		c.text(b.x+9, y, text, "start", line)
		y += lineHigh
	}
	for _, line := range b.under {
		c.text(b.x+9, y, "when", "start", line)
		y += lineHigh
	}
	c.f("%s", end)
}
