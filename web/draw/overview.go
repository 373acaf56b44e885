package draw

import (
	"fmt"
	"time"
)

// Overview is how much there is when, with a window upon it: what a timeline
// beside it shows.
type Overview struct {
	From, To time.Time
	Now      time.Time    // the moment of the view; zero for none
	Shown    [2]time.Time // the window
	Bars     []Bar
	Label    string
}

// Bar is how much there is from one time to another.
type Bar struct {
	From, To   time.Time
	N          int
	URL, Title string
}

const (
	barsHeight     = 30.0
	overviewHeight = axisHeight + barsHeight + 2
)

// Draw draws the overview. Its bars are links that keys do not come to: they are
// many, and fields beside the picture do what they do.
func (o *Overview) Draw(form Form) []byte {
	c := canvas{}
	if form == Inline {
		c.data = brush(o.From, o.To)
	}
	t := Timeline{From: o.From, To: o.To, Now: o.Now}
	t.axis(&c, overviewHeight)
	from, to := max(t.x(o.Shown[0]), laneNames), min(t.x(o.Shown[1]), timelineWidth-8)
	if to > from {
		from, to = min(from, (from+to)/2-2), max(to, (from+to)/2+2) // an hour is seen too
		c.f(`<rect class="shown" x="%s" y="%s" width="%s" height="%s"/>`, num(from), num(axisHeight), num(to-from), num(barsHeight))
	}
	most := 1
	for _, b := range o.Bars {
		most = max(most, b.N)
	}
	c.text(0, overviewHeight-8, "who", "start", "All events")
	for _, b := range o.Bars {
		x0, x1 := max(t.x(b.From), laneNames), min(t.x(b.To), timelineWidth-8)
		if x1 <= x0 {
			continue
		}
		h := max(2, barsHeight*float64(b.N)/float64(most)-2)
		end := c.bar(b.URL, b.Title)
		c.f(`<rect class="room" x="%s" y="%s" width="%s" height="%s"/>`, num(x0), num(axisHeight), num(x1-x0), num(barsHeight))
		c.f(`<rect class="bar" x="%s" y="%s" width="%s" height="%s"/>`, num(x0+.5), num(axisHeight+barsHeight-h), num(max(1, x1-x0-1)), num(h))
		c.f("%s", end)
	}
	c.f(`<path class="lane" d="M%s %sH%s"/>`, num(laneNames), num(axisHeight+barsHeight), num(timelineWidth-8))
	return c.finish(timelineWidth, overviewHeight, o.Label, form)
}

// brush tells a script what time lies where between the edges of a picture.
func brush(from, to time.Time) string {
	return fmt.Sprintf(` data-from="%s" data-to="%s" data-x0="%s" data-x1="%s"`, from.Format(time.RFC3339), to.Format(time.RFC3339), num(laneNames), num(timelineWidth-8))
}

// Units cuts a time into at most so many days, weeks, months or years, and gives
// where each begins, and where the last ends.
func Units(from, to time.Time, most int) []time.Time {
	u := units[len(units)-1]
	for _, x := range units {
		if x.about >= day && to.Sub(from)/x.about < time.Duration(most) {
			u = x
			break
		}
	}
	out := []time.Time{u.first(from)}
	for at := out[0]; at.Before(to) && len(out) <= 2*most; {
		at = u.next(at)
		out = append(out, at)
	}
	return out
}
