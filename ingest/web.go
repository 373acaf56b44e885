package ingest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"readout"
	"readout/ingest/feed"
	"readout/ingest/fetch"
	"readout/ingest/page"
	"readout/ingest/warc"
)

// ErrOffline is an address where none is fetched.
var ErrOffline = errors.New("addresses are not fetched here")

// ErrSummary is an item of a feed that has only the beginning of its article,
// where its page is not fetched.
var ErrSummary = errors.New("the feed has only the beginning of the article")

// ErrFormat is an answer that is no page, feed or text.
var ErrFormat = errors.New("neither a page nor a feed")

// IsAddress tells an input that is an address from the name of a file.
func IsAddress(name string) bool {
	l := strings.ToLower(name)
	return strings.HasPrefix(l, "http://") || strings.HasPrefix(l, "https://")
}

// accept is what is asked for; a server that knows no feed sends its page.
const accept = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/plain;q=0.8, application/pdf;q=0.8, */*;q=0.1"

// address reads what is at an address: a page, a feed, a text, a PDF.
func (c *Config) address(ctx context.Context, name string, yield func(Item) bool) bool {
	if c.Client == nil {
		return yield(Item{Name: name, Err: ErrOffline})
	}
	res, err := c.Client.Get(ctx, fetch.Request{URL: name, Accept: accept})
	if err != nil {
		return yield(Item{Name: name, Err: err})
	}
	if isFeed(res) {
		return c.feed(ctx, name, res.Body, res.URL, yield)
	}
	return yield(c.fetched(ctx, name, res))
}

func isFeed(res *fetch.Response) bool {
	return sniff(res.Body) == formatFeed && !strings.HasPrefix(strings.ToLower(res.ContentType), "text/html")
}

// fetched is the article of an answer.
func (c *Config) fetched(ctx context.Context, name string, res *fetch.Response) Item {
	media := strings.ToLower(res.ContentType)
	switch f := sniff(res.Body); {
	case f == formatPDF:
		it := c.pdf(ctx, name, res.Body)
		it.Article.URL = cmp.Or(it.Article.URL, res.URL)
		return it
	case f == formatPage, strings.HasPrefix(media, "text/html"), strings.HasPrefix(media, "application/xhtml+xml"):
		return c.page(name, res.Body, res.URL, res.ContentType)
	case strings.HasPrefix(media, "text/plain"):
		a := c.Defaults
		var it Item
		a.URL, it.Name = res.URL, name
		if a.Text, it.Note, it.Err = Decode(res.Body); it.Err != nil {
			return it
		}
		it.Article = a
		return c.checked(it)
	}
	media, _, _ = strings.Cut(media, ";")
	return Item{Name: name, Err: fmt.Errorf("%w: it is %s", ErrFormat, cmp.Or(media, "of no known kind"))}
}

// page reads a web page; the address is where it is from, "" is not known.
func (c *Config) page(name string, b []byte, address, contentType string) Item {
	it := Item{Name: name}
	p, err := page.Parse(b, page.Config{URL: address, ContentType: contentType})
	if err != nil {
		it.Err = err
		return it
	}
	a := c.Defaults
	a.Text = p.Text
	fill(&a, &readout.Article{Title: p.Title, Byline: p.Byline, Outlet: p.Outlet, Credit: p.Credit, URL: p.URL, Published: p.Published, Modified: p.Modified})
	if a.Outlet == "" { // who has the address has published it
		if u, err := url.Parse(a.URL); err == nil {
			a.Outlet = strings.TrimPrefix(u.Hostname(), "www.")
		}
	}
	it.Article = a
	if p.Partial {
		it.Note = "the page says that it shows only a part to those who do not subscribe"
	}
	return c.checked(it)
}

// fill sets the fields of a that b has, its text aside.
func fill(a, b *readout.Article) {
	for _, f := range []struct{ to, from *string }{
		{&a.Key, &b.Key}, {&a.Title, &b.Title}, {&a.Byline, &b.Byline}, {&a.Outlet, &b.Outlet}, {&a.Credit, &b.Credit}, {&a.URL, &b.URL},
	} {
		if *f.from != "" {
			*f.to = *f.from
		}
	}
	if !b.Published.IsZero() {
		a.Published = b.Published
	}
	if !b.Modified.IsZero() {
		a.Modified = b.Modified
	}
}

// feed reads a feed, and the pages of its items where it has not their text.
func (c *Config) feed(ctx context.Context, name string, b []byte, address string, yield func(Item) bool) bool {
	f, err := feed.Parse(b, address)
	switch {
	case err != nil:
		return yield(Item{Name: name, Err: err})
	case len(f.Items) == 0:
		return yield(Item{Name: name, Err: errors.New("the feed has no items")})
	}
	own := *c
	if !IsAddress(name) { // what is handed in as a file asks nobody
		own.Client = nil
	}
	for i, e := range f.Items {
		it := own.entry(ctx, &e)
		if it.Name == "" {
			it.Name = fmt.Sprintf("%s, item %d", name, i+1)
		}
		if ctx.Err() != nil || !yield(it) {
			return false
		}
	}
	return true
}

// Entry makes the article of a feed's item: of the text that the feed has, where
// that is the whole, else of its page, which is fetched.
func Entry(ctx context.Context, cfg Config, e *feed.Item) Item {
	cfg.MaxBytes = cfg.maxBytes()
	return cfg.entry(ctx, e)
}

func (c *Config) entry(ctx context.Context, e *feed.Item) Item {
	it := Item{Name: e.URL}
	told := readout.Article{Title: e.Title, Byline: e.Byline, Outlet: e.Outlet, URL: e.URL, Published: e.Published, Modified: e.Modified}
	if e.URL == "" {
		told.Key = e.ID
	}
	switch {
	case e.Whole:
		it.Article = c.Defaults
		it.Article.Text = e.Text
		fill(&it.Article, &told)
		return c.checked(it)
	case e.URL == "":
		it.Err = fmt.Errorf("%w, and no address", ErrSummary)
		return it
	case c.Client == nil:
		it.Err = ErrSummary
		return it
	}
	res, err := c.Client.Get(ctx, fetch.Request{URL: e.URL, Accept: accept})
	if err != nil {
		it.Err = err
		return it
	}
	with := *c // what the page does not tell, the feed does
	fill(&with.Defaults, &told)
	return with.fetched(ctx, e.URL, res)
}

// archive reads the pages of an archive of the web.
func (c *Config) archive(ctx context.Context, name string, r io.Reader, yield func(Item) bool) bool {
	w, err := warc.NewReader(r, warc.Config{MaxBytes: int64(c.MaxBytes)})
	if err != nil {
		if extension(name) == ".gz" || errors.Is(err, warc.ErrFormat) && !strings.HasPrefix(extension(name), ".warc") {
			err = fmt.Errorf("%w: it is compressed with gzip: unpack it first (gzip -d)", ErrBinary)
		}
		return yield(Item{Name: name, Err: err})
	}
	for ctx.Err() == nil {
		p, err := w.Next()
		if err == io.EOF {
			if w.Records() == w.Skipped() {
				return yield(Item{Name: name, Err: errors.New("the archive has no pages")})
			}
			return true
		}
		if p == nil {
			return yield(Item{Name: name, Err: err})
		}
		it := Item{Name: name + ": " + p.URL, Err: err}
		if err == nil {
			it = c.page(it.Name, p.Body, p.URL, p.ContentType)
		}
		if errors.Is(it.Err, page.ErrNoArticle) { // a front page, a list
			c.passOver(it.Name)
			continue
		}
		if !yield(it) {
			return false
		}
	}
	return false
}

func (c *Config) pdf(ctx context.Context, name string, b []byte) Item {
	it := Item{Name: name}
	if c.PDF == nil {
		it.Err = foreign("%PDF-")
		return it
	}
	text, err := c.PDF(ctx, b)
	if err != nil {
		it.Err = err
		return it
	}
	it.Article = c.Defaults
	if it.Article.Text, it.Err = decoded(text); it.Err != nil {
		if errors.Is(it.Err, ErrEmpty) {
			it.Err = errors.New("the PDF has no text: its pages are pictures, as of a scan")
		}
		return it
	}
	return c.checked(it)
}

// ownAddress is the address that an article goes by: its canonical one, where
// that is of the same site, else the one it was found at. The canonical address
// of another site is that of the original of a copy.
func ownAddress(found, canonical string) string {
	if canonical == "" {
		return found
	}
	return page.Address(found, canonical)
}
