// Package feed reads RSS, Atom and JSON feeds: what is new on a site, and as
// much of its text as the feed has.
package feed

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/rss"

	"readout/ingest/page"
)

// ErrFormat is an input that is no feed.
var ErrFormat = errors.New("it is no RSS, Atom or JSON feed")

// Feed is one reading of a feed.
type Feed struct {
	Title string
	// Every is how long the feed asks to be left alone between two readings; 0
	// is not told.
	Every time.Duration
	Items []Item // as the feed has them, the newest first as a rule
}

// Item is an article as a feed has it. What it does not tell is empty.
type Item struct {
	// ID tells it from the others of its feed, also when it is changed.
	ID     string
	URL    string // http or https
	Title  string
	Byline string
	// Outlet is who published it: the source that the item names, which another
	// feed has gathered it from, else the feed's title.
	Outlet    string
	Published time.Time // UTC
	Modified  time.Time // UTC
	// Text is the article or the beginning of it, in paragraphs.
	Text string
	// Whole tells that Text is the whole article: it has the length of one and
	// does not break off.
	Whole bool
}

// maxItems are read of a feed. Feeds have some 20 to 100.
const maxItems = 5000

// Is tells from its first bytes, some hundred, whether an input is a feed.
func Is(b []byte) bool {
	return gofeed.DetectFeedType(bytes.NewReader(b[:min(len(b), 4096)])) != gofeed.FeedTypeUnknown
}

// Parse reads a feed; the address is where it is from, "" when that is not
// known. Feeds that break the rules of XML in the usual ways are read. It fails
// with ErrFormat.
func Parse(b []byte, address string) (*Feed, error) {
	f, err := parse(bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\uFEFF")), " \t\r\n"))
	switch {
	case errors.Is(err, gofeed.ErrFeedTypeNotDetected):
		return nil, ErrFormat
	case err != nil:
		return nil, fmt.Errorf("%w: %v", ErrFormat, err)
	case f == nil:
		return nil, ErrFormat
	}
	base, err := url.Parse(address)
	if err != nil {
		base = &url.URL{}
	}
	out := &Feed{Title: line(f.Title), Every: every(f)}
	sources := sources(f)
	for i, it := range f.Items {
		if i == maxItems {
			break
		}
		if it == nil {
			continue
		}
		item := Item{
			URL: absolute(base, it.Link), Title: line(page.Text(it.Title)), Outlet: out.Title, Published: stamp(it.PublishedParsed), Modified: stamp(it.UpdatedParsed),
		}
		if i < len(sources) && sources[i] != "" {
			item.Outlet = sources[i]
		}
		if item.Published.IsZero() {
			item.Published = item.Modified
		}
		if !item.Modified.After(item.Published) {
			item.Modified = time.Time{}
		}
		var by []string
		for _, a := range it.Authors {
			if a != nil && a.Name != "" {
				by = append(by, line(a.Name))
			}
		}
		item.Byline = strings.Join(by, ", ")
		item.ID = first(strings.TrimSpace(it.GUID), item.URL, item.Title)
		item.text(it.Content, it.Description)
		if item.ID != "" {
			out.Items = append(out.Items, item)
		}
	}
	return out, nil
}

// parse is gofeed's parser, which some broken feeds bring down: a null among the
// items of a JSON feed.
func parse(b []byte) (f *gofeed.Feed, err error) {
	defer func() {
		if r := recover(); r != nil {
			f, err = nil, fmt.Errorf("%v", r)
		}
	}()
	p := gofeed.NewParser()
	p.KeepOriginalFeed = true
	p.RSSTranslator = &gofeed.DefaultRSSTranslator{DisableContentImageScan: true}
	return p.Parse(bytes.NewReader(b))
}

// Lengths from which a text is taken for a whole article, in words: one that the
// feed gives as the content, and one that it gives as the description.
const (
	wholeContent     = 80
	wholeDescription = 250
)

func (it *Item) text(content, description string) {
	c, d := page.Text(content), page.Text(description)
	n := len(strings.Fields(c))
	switch {
	case n > len(strings.Fields(d)):
		it.Text, it.Whole = c, n >= wholeContent && !breaksOff(c)
	default:
		n = len(strings.Fields(d))
		it.Text, it.Whole = d, n >= wholeDescription && !breaksOff(d)
	}
}

// breaksOff tells a text that ends in the middle, and says so as feeds do.
func breaksOff(s string) bool {
	end := strings.ToLower(s[max(0, len(s)-80):])
	for _, e := range []string{"…", "...", "[…]", "[...]", "[&#8230;]", "read more", "continue reading", "read the full story", "read full article"} {
		if strings.HasSuffix(strings.TrimRight(end, " .»>→]"), strings.TrimRight(e, " .»>→]")) && e != "..." || strings.HasSuffix(end, e) {
			return true
		}
	}
	return strings.Contains(end, "appeared first on")
}

// sources are the outlets that the items of an RSS feed name as their source.
func sources(f *gofeed.Feed) []string {
	r, ok := f.OriginalFeed().(*rss.Feed)
	if !ok {
		return nil
	}
	out := make([]string, len(r.Items))
	for i, it := range r.Items {
		if it != nil && it.Source != nil {
			out[i] = line(it.Source.Title)
		}
	}
	return out
}

// every is the interval of RSS's ttl, in minutes, or of the syndication module.
func every(f *gofeed.Feed) time.Duration {
	const most = 7 * 24 * time.Hour
	if r, ok := f.OriginalFeed().(*rss.Feed); ok {
		if n, err := strconv.Atoi(strings.TrimSpace(r.TTL)); err == nil && n > 0 {
			return min(time.Duration(min(n, 1<<20))*time.Minute, most)
		}
	}
	sy := f.Extensions["sy"]
	period := map[string]time.Duration{"hourly": time.Hour, "daily": 24 * time.Hour, "weekly": most, "monthly": most, "yearly": most}
	if p := sy["updatePeriod"]; len(p) > 0 {
		d := period[strings.TrimSpace(p[0].Value)]
		if n := sy["updateFrequency"]; len(n) > 0 {
			if k, err := strconv.Atoi(strings.TrimSpace(n[0].Value)); err == nil && k > 0 {
				d /= time.Duration(k)
			}
		}
		return d
	}
	return 0
}

func absolute(base *url.URL, link string) string {
	u, err := base.Parse(strings.TrimSpace(link))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return ""
	}
	return u.String()
}

func stamp(t *time.Time) time.Time {
	if t == nil || t.Year() < 1971 || t.Year() > 2200 {
		return time.Time{}
	}
	return t.UTC()
}

func line(s string) string { return strings.Join(strings.Fields(s), " ") }

func first(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}
