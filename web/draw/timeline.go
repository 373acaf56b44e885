package draw

import (
	"fmt"
	"slices"
	"time"
)

// Timeline is things by their time, in lanes.
type Timeline struct {
	From, To time.Time // the window; To is its end
	Now      time.Time // the moment of the view; zero for none
	Lanes    []string
	Items    []Item
	Label    string // what the picture shows, for those who cannot see it
	Rows     int    // at most so many rows with labels in a lane; 0 means 12
}

// Item is one thing in a timeline.
type Item struct {
	URL   string
	Label string
	Title string // shown when it is pointed at
	Look  Look
	Lanes []int // by their place in Timeline.Lanes; the first has the label
	// From and To are when it is, To its end: a day ends where the next begins.
	From, To time.Time
	// Told is a thing that no day is told of: it stands where it was told.
	Told bool
	// Waits are the things it waits for, by their place in Timeline.Items.
	Waits []int
}

const (
	timelineWidth = 1080.0
	laneNames     = 118.0 // left of the lanes
	rowHeight     = 19.0
	lanePad       = 7.0
	axisHeight    = 26.0
	labelSize     = 12.0
	labelRunes    = 42
	gap           = 9.0
)

// placed is an item where it is drawn.
type placed struct {
	x0, x1 float64   // of its days
	y      []float64 // in each of its lanes
	label  string
	left   bool // the label stands before it
	on     bool // the label stands on its days
	point  bool // it is one day
	told   bool // its day is not its own
}

// x is where t lies.
func (t *Timeline) x(at time.Time) float64 {
	whole := t.To.Sub(t.From).Seconds()
	if whole <= 0 {
		return laneNames
	}
	return laneNames + (timelineWidth-laneNames-8)*at.Sub(t.From).Seconds()/whole
}

// Draw draws the timeline. Things outside of the window are left out; a lane is
// as high as it needs to be.
func (t *Timeline) Draw(form Form) []byte {
	var c canvas
	items, tops, height := t.place()
	t.axis(&c, height)
	for i, name := range t.Lanes {
		c.f(`<path class="lane" d="M0 %sH%s"/>`, num(tops[i]), num(timelineWidth))
		c.text(0, tops[i]+lanePad+12, "who", "start", clip(name, 18))
	}
	c.f(`<path class="lane" d="M0 %sH%s"/>`, num(height-1), num(timelineWidth))
	if form == Inline {
		c.data = brush(t.From, t.To)
	}
	for i := range t.Items {
		if p := items[i]; p != nil {
			if len(p.y) > 1 { // of one thing in several lanes
				c.f(`<path class="tie" d="M%s %sV%s"/>`, num(p.at()), num(slices.Min(p.y)), num(slices.Max(p.y)))
			}
			t.ties(&c, p, t.Items[i].Waits, items)
		}
	}
	for i := range t.Items {
		if p := items[i]; p != nil {
			t.item(&c, &t.Items[i], p)
		}
	}
	return c.finish(timelineWidth, height, t.Label, form)
}

// place gives each item its rows: in every lane the first in which it does not
// run into another. tops are the upper edges of the lanes.
func (t *Timeline) place() (items []*placed, tops []float64, height float64) {
	rows := t.Rows
	if rows == 0 {
		rows = 12
	}
	items = make([]*placed, len(t.Items))
	row := make([][]int, len(t.Items)) // in each lane of an item
	order := make([]int, 0, len(t.Items))
	for i := range t.Items {
		if it := &t.Items[i]; len(it.Lanes) > 0 && it.From.Before(t.To) && it.To.After(t.From) {
			order = append(order, i)
			items[i] = &placed{x0: max(t.x(it.From), laneNames), x1: min(t.x(it.To), timelineWidth-8), y: make([]float64, len(it.Lanes)), point: it.To.Sub(it.From) <= day, told: it.Told}
			row[i] = make([]int, len(it.Lanes))
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return t.Items[a].From.Compare(t.Items[b].From) })
	ends := make([][]float64, len(t.Lanes)) // of the last thing in each row
	for _, i := range order {
		it, p := &t.Items[i], items[i]
		for k, lane := range it.Lanes {
			from, to := p.mid()-6, p.mid()+6
			if p.wide() {
				from, to = p.x0, p.x1
			}
			label := ""
			if k == 0 {
				label = clip(it.Label, labelRunes)
			}
			row[i][k] = t.row(&ends[lane], p, label, from, to, rows)
		}
	}
	height = axisHeight
	for lane := range t.Lanes {
		tops = append(tops, height)
		height += max(1, float64(len(ends[lane])))*rowHeight + 2*lanePad
	}
	height++
	for _, i := range order {
		for k, lane := range t.Items[i].Lanes {
			items[i].y[k] = tops[lane] + lanePad + (float64(row[i][k])+.5)*rowHeight
		}
	}
	return items, tops, height
}

// row finds the row for a thing from..to, with its label where there is room,
// and takes it.
func (t *Timeline) row(ends *[]float64, p *placed, label string, from, to float64, rows int) int {
	if label != "" {
		w := width(label, labelSize) + 6
		left, on := to+w > timelineWidth && from-w > laneNames, false
		a, b := from, to+w
		switch {
		case left:
			a, b = from-w, to
		case to+w > timelineWidth && p.wide(): // there is room on neither side
			on, b = true, to
		}
		for r := range rows {
			if r == len(*ends) {
				*ends = append(*ends, 0)
			}
			if (*ends)[r]+gap <= a || (*ends)[r] == 0 {
				(*ends)[r] = b
				p.label, p.left, p.on = label, left, on
				return r
			}
		}
	}
	best := 0
	for r := range 2 * rows { // a mark alone may open more of them
		if r == len(*ends) {
			*ends = append(*ends, 0)
		}
		if (*ends)[r]+2 <= from || (*ends)[r] == 0 {
			(*ends)[r] = to
			return r
		}
		if (*ends)[r] < (*ends)[best] {
			best = r
		}
	}
	(*ends)[best] = max((*ends)[best], to)
	return best
}

func (p *placed) mid() float64 { return (p.x0 + p.x1) / 2 }

// at is where the mark stands.
func (p *placed) at() float64 {
	if p.wide() {
		return p.x0 + 5
	}
	return p.mid()
}

// wide reports whether the days of a thing are drawn as a span: one day alone only
// where hours are seen.
func (p *placed) wide() bool { return p.x1-p.x0 > 14 && !p.told && (!p.point || p.x1-p.x0 > 90) }

// ties draws what a thing waits for.
func (t *Timeline) ties(c *canvas, p *placed, waits []int, items []*placed) {
	for _, w := range waits {
		if w < 0 || w >= len(items) || items[w] == nil || items[w] == p {
			continue
		}
		x1, y1, x2, y2 := items[w].mid(), items[w].y[0], p.mid(), p.y[0]
		c.f(`<path class="needs" d="M%s %sC%s %s %s %s %s %s"/>`, num(x1), num(y1), num((x1+x2)/2), num(y1), num((x1+x2)/2), num(y2), num(x2), num(y2))
	}
}

func (t *Timeline) item(c *canvas, it *Item, p *placed) {
	end := c.open(it.URL, "item", it.Title)
	x := p.at()
	for _, y := range p.y {
		switch {
		case it.Told:
			c.f(`<path class="told" d="M%s %sh16"/>`, num(x-8), num(y+8))
		case p.wide():
			c.f(`<path class="days %s" d="M%s %sH%s"/>`, it.Look, num(p.x0+5), num(y), num(max(p.x0+6, p.x1-3)))
		}
		c.mark(x, y, it.Look)
	}
	if p.label != "" {
		class := "label"
		switch it.Look {
		case Struck:
			class += " off"
		case Hollow, Tied, Diamond, Deferred:
			class += " plan"
		}
		at, anchor := x+9, "start"
		switch {
		case p.on:
			at = p.x0 + 16
		case p.wide():
			at = p.x1 + 4
		}
		if p.left {
			at, anchor = x-9, "end"
		}
		c.text(at, p.y[0]+4, class, anchor, p.label)
	}
	c.f("%s", end)
}

// unit is a distance of ticks.
type unit struct {
	about  time.Duration
	layout string
	first  func(time.Time) time.Time // at or before
	next   func(time.Time) time.Time
}

const day = 24 * time.Hour

func hours(n int) unit {
	step := time.Duration(n) * time.Hour
	return unit{step, "15:04", func(t time.Time) time.Time { return t.Truncate(step) }, func(t time.Time) time.Time { return t.Add(step) }}
}

func dayUnit(n int) unit {
	return unit{time.Duration(n) * day, "2 Jan", func(t time.Time) time.Time { return t.Truncate(day) }, func(t time.Time) time.Time { return t.AddDate(0, 0, n) }}
}

func months(n int) unit {
	layout := "Jan 2006"
	return unit{time.Duration(n) * 30 * day, layout, func(t time.Time) time.Time {
		m := (int(t.Month())-1)/n*n + 1
		return time.Date(t.Year(), time.Month(m), 1, 0, 0, 0, 0, time.UTC)
	}, func(t time.Time) time.Time { return t.AddDate(0, n, 0) }}
}

func years(n int) unit {
	return unit{time.Duration(n) * 365 * day, "2006", func(t time.Time) time.Time {
		return time.Date(t.Year()/n*n, 1, 1, 0, 0, 0, 0, time.UTC)
	}, func(t time.Time) time.Time { return t.AddDate(n, 0, 0) }}
}

func weeks() unit {
	return unit{7 * day, "2 Jan", func(t time.Time) time.Time {
		t = t.Truncate(day)
		return t.AddDate(0, 0, -(int(t.Weekday())+6)%7) // Monday
	}, func(t time.Time) time.Time { return t.AddDate(0, 0, 7) }}
}

var units = []unit{hours(1), hours(3), hours(6), hours(12), dayUnit(1), dayUnit(2), weeks(), months(1), months(3), months(6), years(1), years(2), years(5), years(10), years(50), years(100)}

// axis draws the ticks: so many that their names have room.
func (t *Timeline) axis(c *canvas, height float64) {
	const room = 62.0
	whole := t.To.Sub(t.From)
	u := units[len(units)-1]
	for _, x := range units {
		if float64(whole)/float64(x.about)*room <= timelineWidth-laneNames {
			u = x
			break
		}
	}
	last := -1
	for at := u.first(t.From); at.Before(t.To); at = u.next(at) {
		x := t.x(at)
		if x < laneNames-1 {
			continue
		}
		c.f(`<path class="tick" d="M%s %sV%s"/>`, num(x), num(axisHeight-6), num(height))
		layout := u.layout
		if layout == "2 Jan" && at.Year() != last {
			layout = "2 Jan 2006"
		}
		if layout == "15:04" && at.Hour() == 0 {
			layout = "2 Jan"
		}
		last = at.Year()
		if x < timelineWidth-40 {
			c.text(x+2, axisHeight-11, "when", "start", at.Format(layout))
		}
	}
	if !t.Now.IsZero() && t.Now.After(t.From) && t.Now.Before(t.To) {
		x := t.x(t.Now)
		c.f(`<path class="now" d="M%s %sV%s"><title>%s</title></path>`, num(x), num(axisHeight-6), num(height), fmt.Sprintf("as of %s", t.Now.Format("2 Jan 2006")))
	}
}
