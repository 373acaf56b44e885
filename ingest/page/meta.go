package page

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/publicsuffix"
)

// metaKeys are the names under which pages give a thing, the better first: Open
// Graph, Dublin Core, schema.org, and those of the services that measure pages.
var metaKeys = struct{ title, author, site, published, modified []string }{
	title:     []string{"og:title", "twitter:title", "dc.title", "dcterms.title", "headline", "parsely-title", "sailthru.title"},
	author:    []string{"author", "article:author_name", "byl", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "article:author", "cxenseparse:author"},
	site:      []string{"og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "publisher"},
	published: []string{"article:published_time", "og:article:published_time", "og:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "publish-date", "publish_date", "publication_date", "pubdate", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "date"},
	modified:  []string{"article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified", "lastmod", "last-modified", "revised"},
}

// metadata is what the page tells of its article. The second result is the
// article as the page gives it to search engines, nil where it does not.
func metadata(root *html.Node, cfg Config) (*Page, []string) {
	m := collect(root)
	base, _ := url.Parse(cfg.URL)
	if base == nil || base.Scheme != "http" && base.Scheme != "https" {
		base = &url.URL{} // from nowhere
	}
	p := &Page{Language: m.language}
	p.URL = address(base, m.canonical, m.first("og:url"))
	ld := m.article(p.URL)
	p.Outlet = cmp.Or(ld.publisher, m.first(metaKeys.site...))
	p.Title = title(cmp.Or(ld.headline, m.first(metaKeys.title...)), m, p.Outlet)
	p.Byline = byline(ld.authors, m)
	var published, modified []moment
	for _, s := range append([]string{ld.published}, m.all(metaKeys.published)...) {
		if d, ok := parseDate(s); ok {
			published = append(published, d)
		}
	}
	for _, s := range m.times {
		if d, ok := parseDate(s); ok {
			published = append(published, d)
		}
	}
	for _, s := range append([]string{ld.modified}, m.all(metaKeys.modified)...) {
		if d, ok := parseDate(s); ok {
			modified = append(modified, d)
		}
	}
	p.Published, p.Modified = best(published), best(modified)
	if !p.Modified.After(p.Published) {
		p.Modified = time.Time{}
	}
	p.Partial = ld.partial
	for _, f := range m.feeds {
		if u, err := base.Parse(f); err == nil && (u.Scheme == "http" || u.Scheme == "https") {
			p.Feeds = append(p.Feeds, u.String())
		}
	}
	return p, ld.body
}

// metas is what stands in a page outside its text.
type metas struct {
	named     map[string][]string // content of the meta elements, by name in small letters
	canonical string
	language  string
	titles    []string // of the title element
	h1        []string
	authors   []string // of elements marked as such
	bylines   []string // of elements whose class says so
	times     []string // datetime of the time elements that tell when it was published
	feeds     []string
	scripts   []string // JSON-LD
}

func (m *metas) first(names ...string) string {
	for _, n := range names {
		for _, v := range m.named[n] {
			if v = squeeze(v); v != "" {
				return v
			}
		}
	}
	return ""
}

func (m *metas) all(names []string) []string {
	var out []string
	for _, n := range names {
		out = append(out, m.named[n]...)
	}
	return out
}

func collect(root *html.Node) *metas {
	m := &metas{named: map[string][]string{}}
	var loose []string
	for n := range elements(root) {
		prop := strings.ToLower(attr(n, "itemprop"))
		switch n.DataAtom {
		case atom.Html:
			m.language = cmp.Or(attr(n, "lang"), attr(n, "xml:lang"))
		case atom.Meta:
			for _, k := range []string{attr(n, "property"), attr(n, "name"), attr(n, "itemprop")} {
				if k = strings.ToLower(strings.TrimSpace(k)); k != "" && len(m.named[k]) < 8 {
					m.named[k] = append(m.named[k], attr(n, "content"))
				}
			}
		case atom.Link:
			rel := strings.Fields(strings.ToLower(attr(n, "rel")))
			switch {
			case slices.Contains(rel, "canonical") && m.canonical == "":
				m.canonical = attr(n, "href")
			case slices.Contains(rel, "alternate") && isFeedType(attr(n, "type")) && len(m.feeds) < 8:
				m.feeds = append(m.feeds, attr(n, "href"))
			}
		case atom.Title:
			if n.Parent != nil && n.Parent.DataAtom == atom.Head {
				m.titles = append(m.titles, flatAll(n))
			}
		case atom.H1:
			m.h1 = append(m.h1, flat(n))
		case atom.Script:
			if strings.HasPrefix(strings.ToLower(attr(n, "type")), "application/ld+json") && n.FirstChild != nil && len(m.scripts) < 32 {
				m.scripts = append(m.scripts, n.FirstChild.Data)
			}
		case atom.Time:
			if at := attr(n, "datetime"); at != "" {
				if prop == "datepublished" || hasAttr(n, "pubdate") {
					m.times = append(m.times, at)
				} else if prop == "" {
					loose = append(loose, at)
				}
			}
		}
		switch {
		case prop == "author" || slices.Contains(strings.Fields(attr(n, "rel")), "author"):
			m.authors = append(m.authors, flat(n))
		case len(m.bylines) < 4 && n.DataAtom != atom.Body && n.DataAtom != atom.Html && bylineClass.MatchString(marks(n)):
			m.bylines = append(m.bylines, flat(n))
		}
	}
	if len(loose) > 0 { // the first that a page shows is its own as a rule
		m.times = append(m.times, loose[0])
	}
	return m
}

func hasAttr(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// flatAll is the text of an element that is silent itself.
func flatAll(n *html.Node) string {
	if n.FirstChild == nil {
		return ""
	}
	return squeeze(n.FirstChild.Data)
}

func isFeedType(t string) bool {
	switch strings.ToLower(strings.TrimSpace(t)) {
	case "application/rss+xml", "application/atom+xml", "application/feed+json":
		return true
	}
	return false
}

// address is the article's own: the first of what the page gives for it that
// leads to the site the page is from. A page of another site would make a copy a
// version of its original; a site's front page is given by mistake. Of a page
// from nowhere what it says is believed.
func address(base *url.URL, given ...string) string {
	for _, g := range given {
		if g = strings.TrimSpace(g); g == "" {
			continue
		}
		u, err := base.Parse(g)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
			continue
		}
		if base.Host != "" && (site(u.Hostname()) != site(base.Hostname()) || bare(u) && !bare(base)) {
			continue
		}
		u.Fragment, u.RawFragment = "", ""
		return u.String()
	}
	if base.Host == "" {
		return ""
	}
	u := *base
	u.Fragment, u.RawFragment = "", ""
	return u.String()
}

// Address is the address that an article goes by which was found at one and gives
// another as its own; found is "" when that is not known.
func Address(found, given string) string {
	base, err := url.Parse(strings.TrimSpace(found))
	if err != nil || base.Host == "" && found != "" {
		return found
	}
	if a := address(base, given); a != "" && a != base.String() {
		return a
	}
	return found
}

func bare(u *url.URL) bool { return strings.Trim(u.Path, "/") == "" && u.RawQuery == "" }

// site is the name that a publisher registered: example.co.uk.
func site(host string) string {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if s, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return s
	}
	return host
}

// title is the headline: without the site's name behind it, and where the page
// gives none the heading that its title element agrees with.
func title(given string, m *metas, outlet string) string {
	if t := withoutSite(given, outlet); t != "" {
		return t
	}
	whole := ""
	if len(m.titles) > 0 {
		whole = m.titles[0]
	}
	for _, h := range m.h1 {
		if h != "" && (whole == "" || strings.HasPrefix(strings.ToLower(whole), strings.ToLower(h))) {
			return h
		}
	}
	if len(m.h1) == 1 && len(strings.Fields(m.h1[0])) > 2 {
		return m.h1[0]
	}
	t := withoutSite(whole, outlet)
	if i := lastSeparator(t); i > 0 && len(strings.Fields(t[:i])) > 3 {
		t = strings.TrimSpace(t[:i])
	}
	return t
}

var separator = regexp.MustCompile(`\s+[|·•»–—-]\s+`)

func lastSeparator(s string) int {
	all := separator.FindAllStringIndex(s, -1)
	if len(all) == 0 {
		return -1
	}
	return all[len(all)-1][0]
}

// withoutSite drops the outlet's name from the end of a title.
func withoutSite(t, outlet string) string {
	t = squeeze(html.UnescapeString(t))
	i := lastSeparator(t)
	if i <= 0 || outlet == "" {
		return t
	}
	end := letters(separator.ReplaceAllString(t[i:], ""))
	if o := letters(outlet); end != "" && (strings.Contains(o, end) || strings.Contains(end, o)) {
		return strings.TrimSpace(t[:i])
	}
	return t
}

// letters is s in small letters without anything else.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9', r > 127:
			return r
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		}
		return -1
	}, s)
}

var (
	bylineClass = regexp.MustCompile(`(?i)(^|[\s_-])by-?line($|[\s_-])|(^|\s)(article-?|story-?|post-?|entry-?)?authors?(-names?)?(\s|$)`)
	byWord      = regexp.MustCompile(`(?i)^(written |reported |words )?by:?\s+`)
	byEnd       = regexp.MustCompile(`(?i)\s*[|·•–—-]?\s*(published|updated|posted|last modified|first published|\d+ min(ute)?s? read|\d{1,2}:\d\d|(mon|tues|wednes|thurs|fri|satur|sun)day|\d{1,2} (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d).*$`)
)

// byline is the names of those who wrote the article, as the page has them.
func byline(authors []string, m *metas) string {
	if len(authors) == 0 {
		for _, k := range metaKeys.author {
			authors = append(authors, m.named[k]...)
			if authors = names(authors); len(authors) > 0 {
				break
			}
		}
	}
	if authors = names(authors); len(authors) == 0 {
		authors = names(m.authors)
	}
	if len(authors) == 0 && len(m.bylines) > 0 {
		authors = names(m.bylines[:1])
	}
	switch n := len(authors); n {
	case 0:
		return ""
	case 1:
		return authors[0]
	default:
		return strings.Join(authors[:n-1], ", ") + " and " + authors[n-1]
	}
}

// names drops what is no name: addresses, what a page says besides, repetitions.
func names(list []string) []string {
	var out []string
	for _, s := range list {
		s = byWord.ReplaceAllString(squeeze(html.UnescapeString(s)), "")
		s = strings.TrimSpace(byEnd.ReplaceAllString(s, ""))
		if s == "" || len(s) > 160 || strings.Contains(s, "://") || strings.HasPrefix(s, "@") || strings.HasPrefix(s, "www.") ||
			slices.ContainsFunc(out, func(o string) bool { return strings.Contains(o, s) }) {
			continue
		}
		out = append(out, s)
		if len(out) == 12 {
			break
		}
	}
	return out
}
