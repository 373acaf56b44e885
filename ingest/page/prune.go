package page

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Before the article's body is looked for, what is no part of it is taken out
// of the tree: pictures with their captions and credit lines, lists of other
// articles, forms. The finder of the body counts words and commas, so it would
// keep a long caption, and a list of headlines that stands between two
// paragraphs.

// apart are the elements that never hold running text of the article.
var apart = set(atom.Figure, atom.Figcaption, atom.Nav, atom.Aside, atom.Form, atom.Footer, atom.Dialog, atom.Menu, atom.Script, atom.Style,
	atom.Template, atom.Svg, atom.Iframe, atom.Button, atom.Video, atom.Audio, atom.Picture, atom.Img)

// bins are elements that are taken out when their class or id says what they are.
var bins = set(atom.Div, atom.Section, atom.Ul, atom.Ol, atom.Li, atom.P, atom.Table, atom.Dl, atom.Details, atom.Header, atom.H2, atom.H3, atom.H4,
	atom.H5, atom.H6, atom.Address, atom.Span, atom.A, atom.Small, atom.Article, atom.Time, atom.Em, atom.Strong, atom.Cite)

// binName is a word of a class or id, between its hyphens and underscores.
var binName = regexp.MustCompile(`(?i)(^|[\s_-])(related|recirc(ulation)?|recommend(ed|ations?)?|more-?(stories|on|from|news|articles)|read-?more|read-?next|also-?read|see-?also|most-?(read|popular)|trending|promo(tion|s)?|teasers?|newsletters?|sign-?up|subscri(be|ption)|paywall|share|sharing|social|sharedaddy|follow-?us|captions?|photo-?(credit|caption)|image-?(credit|caption)|media-?(credit|caption)|wp-caption-text|pic-?credit|gallery|slideshow|carousel|advert(s|isement|ising)?|ads?|ad-?(slot|unit|container|label)|sponsor(ed)?|outbrain|taboola|comments?|disqus|breadcrumbs?|tags?|tag-?list|topics?|keywords|author-?(bio|box|info|card|description)|about-?the-?author|bio|by-?line|bylines|cookie|consent|gdpr|toolbar|tools|print-?only|no-?print|skip-?link|screen-?reader-?text|visually-?hidden|sr-only|audio|listen|player|read-?time|reading-?time|time-?stamp|publish(ed)?-?(date|time|on)|post-?meta|entry-?meta|article-?meta|meta-?data|copyright|disclaimer|correction-?form|feedback|rating|poll|live-?(ticker|nav)|key-?events-?nav|pagination|pager|footer|footnote-?promo|sidebar|rail|masthead|navigation|menu)($|[\s_-])`)

// hidden is a style under which nobody sees the element.
var hidden = regexp.MustCompile(`(?i)(display\s*:\s*none|visibility\s*:\s*hidden)`)

// most is the share of the page's running text above which an element is no bin,
// whatever its name says: the body of one site has class "article-tools".
const most = 0.3

// prune takes out of a tree what is no part of its article.
func prune(root *html.Node) {
	total := running(root)
	for n := range elements(root) {
		if n.Parent == nil {
			continue
		}
		switch {
		case apart[n.DataAtom]:
			if float64(running(n)) > most*float64(total) {
				continue
			}
		case n.DataAtom == atom.Body, n.DataAtom == atom.Html, n.DataAtom == atom.Main, n.DataAtom == atom.H1:
			continue
		case hidden.MatchString(attr(n, "style")), attr(n, "aria-hidden") == "true", hasAttr(n, "hidden"):
			if float64(running(n)) > most*float64(total) {
				continue // shown by a script
			}
		case attr(n, "role") == "navigation", attr(n, "role") == "complementary", attr(n, "role") == "search":
		case bins[n.DataAtom] && binName.MatchString(marks(n)):
			if inline(n) && inText(n) || float64(running(n)) > most*float64(total) {
				continue
			}
		default:
			continue
		}
		n.Parent.RemoveChild(n)
	}
}

// marks are the class and id of n, with RelatedArticles as Related-Articles.
func marks(n *html.Node) string {
	s := attr(n, "class") + " " + attr(n, "id")
	return camel.ReplaceAllString(s[:min(len(s), 500)], "$1-$2")
}

var camel = regexp.MustCompile(`([a-z])([A-Z])`)

func inline(n *html.Node) bool { return !block[n.DataAtom] }

// inText tells an inline element with words of its paragraph beside it: a link
// within a sentence may have any class.
func inText(n *html.Node) bool {
	for s := n.Parent.FirstChild; s != nil; s = s.NextSibling {
		if s != n && s.Type == html.TextNode && len(strings.TrimSpace(s.Data)) > 2 {
			return true
		}
	}
	return false
}

// running is the number of bytes of running text below n: of pieces of some
// length outside links.
func running(n *html.Node) int {
	switch {
	case n.Type == html.TextNode:
		if t := strings.TrimSpace(n.Data); len(t) >= 40 {
			return len(t)
		}
		return 0
	case n.Type == html.ElementNode && (silent[n.DataAtom] || n.DataAtom == atom.A):
		return 0
	}
	sum := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		sum += running(c)
	}
	return sum
}

// cut makes paragraphs of what is one and not marked so: a div that holds nothing
// but text, and text between two line breaks, as older pages have it.
func cut(root *html.Node) {
	for n := range elements(root) {
		switch n.DataAtom {
		case atom.Div, atom.Td, atom.Section, atom.Article, atom.Body, atom.Center, atom.Main, atom.Blockquote:
			if hasBreaks(n) {
				cutChildren(n)
			} else if n.DataAtom == atom.Div && leaf(n) {
				n.DataAtom, n.Data = atom.P, "p"
			}
		}
	}
}

// leaf tells an element with text in line and nothing else.
func leaf(n *html.Node) bool {
	for e := range elements(n) {
		if block[e.DataAtom] {
			return false
		}
	}
	return length(n) > 0
}

func length(n *html.Node) int {
	sum := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode {
			sum += len(strings.TrimSpace(c.Data))
		} else if c.Type == html.ElementNode && !silent[c.DataAtom] {
			sum += length(c)
		}
	}
	return sum
}

// isBreak tells a br, and whether another follows with nothing between them.
func isBreak(n *html.Node) (one, two bool) {
	if n == nil || n.DataAtom != atom.Br {
		return false, false
	}
	s := n.NextSibling
	for s != nil && s.Type == html.TextNode && strings.TrimSpace(s.Data) == "" {
		s = s.NextSibling
	}
	return true, s != nil && s.DataAtom == atom.Br
}

func hasBreaks(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if _, two := isBreak(c); two {
			return true
		}
	}
	return false
}

func cutChildren(n *html.Node) {
	var p *html.Node
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		_, two := isBreak(c)
		switch {
		case two: // the breaks and the white space among them
			for next != nil && (next.DataAtom == atom.Br || next.Type == html.TextNode && strings.TrimSpace(next.Data) == "") {
				drop := next
				next = next.NextSibling
				n.RemoveChild(drop)
			}
			n.RemoveChild(c)
			p = nil
		case inBlock(c):
			p = nil
		case c.Type == html.TextNode || c.Type == html.ElementNode:
			if p == nil {
				if c.Type == html.TextNode && strings.TrimSpace(c.Data) == "" {
					break
				}
				p = &html.Node{Type: html.ElementNode, Data: "p", DataAtom: atom.P}
				n.InsertBefore(p, c)
			}
			n.RemoveChild(c)
			p.AppendChild(c)
		}
		c = next
	}
}

// unmark takes from the elements within a line what the finder of the body would
// throw them out for: a dateline is marked as one, and is part of the text.
func unmark(root *html.Node) {
	for n := range elements(root) {
		if inline(n) {
			n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool {
				return a.Key == "class" || a.Key == "id" || a.Key == "rel" || a.Key == "itemprop" || a.Key == "role"
			})
		}
	}
}
