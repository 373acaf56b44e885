package draw

import (
	"math"
)

// Network is who has to do with whom.
type Network struct {
	Names []Named
	Ties  []Tie
	Label string
}

// Named is somebody in a network.
type Named struct {
	Name, URL string
	N         int // how often
}

// Tie is what two have to do with each other.
type Tie struct {
	A, B       int // by their place in Network.Names
	N          int // how often
	URL, Title string
}

// Draw draws the network on a circle: neighbours are who have most to do with
// each other; the thicker a tie, the oftener.
func (n *Network) Draw(form Form) []byte {
	const w, h, r = 760.0, 520.0, 190.0
	var c canvas
	order := n.around()
	x, y, angle := make([]float64, len(n.Names)), make([]float64, len(n.Names)), make([]float64, len(n.Names))
	for k, i := range order {
		a := 2*math.Pi*float64(k)/float64(len(order)) - math.Pi/2
		angle[i], x[i], y[i] = a, w/2+r*math.Cos(a), h/2+r*math.Sin(a)
	}
	most := 1
	for _, t := range n.Ties {
		most = max(most, t.N)
	}
	for _, t := range n.Ties {
		end := c.open(t.URL, "item", t.Title)
		c.f(`<path class="net" stroke-width="%s" d="M%s %sQ%s %s %s %s"/>`, num(1+5*float64(t.N)/float64(most)),
			num(x[t.A]), num(y[t.A]), num(w/2+(x[t.A]+x[t.B]-w)/4), num(h/2+(y[t.A]+y[t.B]-h)/4), num(x[t.B]), num(y[t.B]))
		c.f("%s", end)
	}
	for i, p := range n.Names {
		end := c.open(p.URL, "item", "")
		c.f(`<circle class="dot" cx="%s" cy="%s" r="%s"/>`, num(x[i]), num(y[i]), num(3+math.Sqrt(float64(p.N))))
		anchor, dx, dy := "start", 12.0, 4.0
		switch cos := math.Cos(angle[i]); {
		case math.Abs(cos) < .08:
			anchor, dx = "middle", 0
			dy = 22
			if math.Sin(angle[i]) < 0 {
				dy = -12
			}
		case cos < 0:
			anchor, dx = "end", -12
		}
		c.text(x[i]+dx, y[i]+dy, "label", anchor, clip(p.Name, 30))
		c.f("%s", end)
	}
	return c.finish(w, h, n.Label, form)
}

// around is an order in which each stands beside the one it has most to do with,
// of those that are left.
func (n *Network) around() []int {
	weight := map[[2]int]int{}
	for _, t := range n.Ties {
		weight[[2]int{t.A, t.B}] += t.N
		weight[[2]int{t.B, t.A}] += t.N
	}
	var out []int
	placed := make([]bool, len(n.Names))
	for range n.Names {
		best := -1
		for i := range n.Names {
			if placed[i] {
				continue
			}
			switch {
			case best < 0:
				best = i
			case len(out) == 0:
				if n.Names[i].N > n.Names[best].N {
					best = i
				}
			default:
				last := out[len(out)-1]
				if weight[[2]int{last, i}] > weight[[2]int{last, best}] {
					best = i
				}
			}
		}
		placed[best] = true
		out = append(out, best)
	}
	return out
}
