// Package page reads a web page: the text of its article in paragraphs, and
// what the page tells of it, title, byline, outlet, when it was published and
// changed, and its own address.
//
// It takes the page as it was served and runs nothing in it. No offsets into
// the page are kept: the text is what is cited, so it is the same for the same
// page, whatever the machine.
package page

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// Errors about a page, told apart with errors.Is.
var (
	// ErrNoArticle is a page without running text: a front page, a list, a
	// picture, or one that is made by a script in the reader's browser.
	ErrNoArticle = errors.New("no article was found in the page")
	// ErrTooComplex is a page of so many or so deeply nested elements that it is
	// no page of a newspaper.
	ErrTooComplex = errors.New("the page is too complex")
)

// Page is a page's article. What the page does not tell is empty.
type Page struct {
	Title  string
	Byline string // names as the page has them, without "By"
	Outlet string // the name of the site
	Credit string // the agency of a line such as "GENEVA (Reuters) -"
	// Language is what the page says of itself, BCP 47.
	Language string
	// Published and Modified are UTC. What has no zone is taken for UTC; a day
	// alone is its midnight.
	Published time.Time
	Modified  time.Time
	// URL is the article's own address: the canonical link, where it leads to the
	// site that the page is from, else where the page is from.
	URL string
	// Text is the article's paragraphs, with an empty line between them.
	Text string
	// Partial tells that the page says that it shows a part to those who do not
	// pay.
	Partial bool
	// Feeds are the addresses of the feeds that the page names.
	Feeds []string
}

// Config is what is known of a page. The zero value works.
type Config struct {
	// URL is where the page is from; "" is not known.
	URL string
	// ContentType is the header of that name, for its charset.
	ContentType string
}

// limits of Parse. Pages of newspapers have some 1,000 to 6,000 elements, at a
// depth of 20. Depths are bounded together, since the finder of the body goes up
// from every paragraph: one that is nested on purpose took 80 seconds.
const (
	maxElements = 60_000
	maxDepths   = 1_500_000
	minWords    = 20 // below it is no article
)

// Parse reads a page. The time it takes and the memory are in proportion to the
// page, 2 to 10 ms for one of a newspaper; the caller bounds its size.
//
// It fails with ErrNoArticle and ErrTooComplex.
func Parse(b []byte, cfg Config) (_ *Page, err error) {
	defer guard(&err)
	root, err := parse(b, cfg.ContentType)
	if err != nil {
		return nil, err
	}
	p, given := metadata(root, cfg)
	text := blocks(body(root, p.URL))
	text = trim(text, p)
	if words(text) < words(given)/2 {
		// The page holds its article for search engines and shows less of it, or
		// what was found is a part.
		text = trim(given, p)
	}
	if words(text) < minWords {
		return nil, ErrNoArticle
	}
	p.Text = strings.Join(text, "\n\n")
	p.Credit = credit(text)
	return p, nil
}

// parse makes the tree of a page in whichever charset it is, and refuses one
// that is no tree of a page.
func parse(b []byte, contentType string) (*html.Node, error) {
	if len(b) == 0 {
		return nil, ErrNoArticle
	}
	r, err := charset.NewReader(bytes.NewReader(b), contentType)
	if err != nil {
		return nil, fmt.Errorf("charset: %w", err)
	}
	utf8, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("charset: %w", err)
	}
	root, err := html.Parse(bytes.NewReader(utf8))
	if err != nil { // nesting above the parser's limit is the only one
		return nil, fmt.Errorf("%w: %v", ErrTooComplex, err)
	}
	n, depths := count(root, 0)
	switch {
	case n > maxElements:
		return nil, fmt.Errorf("%w: it has %d elements, at most %d are read", ErrTooComplex, n, maxElements)
	case depths > maxDepths:
		return nil, fmt.Errorf("%w: its elements are nested too deeply", ErrTooComplex)
	}
	return root, nil
}

// body finds the article's body in the tree, which it changes.
func body(root *html.Node, address string) *html.Node {
	prune(root)
	cut(root)
	unmark(root)
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		u = &url.URL{Scheme: "https", Host: "page.invalid"}
	}
	parser := readability.NewParser()
	parser.DisableJSONLD = true
	parser.CharThresholds = 250 // short reports are articles
	a, err := parser.ParseAndMutate(root, u)
	if err != nil {
		return nil
	}
	return a.Node
}

// guard makes an error of a panic in the finder of the body, which is not ours.
func guard(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%w: %v", ErrTooComplex, r)
	}
}

// Text is the text of a piece of HTML, such as a feed has, in paragraphs with an
// empty line between them.
func Text(fragment string) string {
	root, err := html.Parse(strings.NewReader(fragment))
	if err != nil {
		return ""
	}
	prune(root)
	return strings.Join(blocks(root), "\n\n")
}

func words(paragraphs []string) int {
	n := 0
	for _, p := range paragraphs {
		n += len(strings.Fields(p))
	}
	return n
}
