package page

import (
	"iter"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// elements are those below n, in their order in the page. The loop may change
// what stands below the element it is at, and nothing else.
func elements(n *html.Node) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) { walk(n, yield) }
}

func walk(n *html.Node, yield func(*html.Node) bool) bool {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling // c may be removed
		if c.Type == html.ElementNode {
			if !yield(c) {
				return false
			}
		}
		if c.Parent == n && !walk(c, yield) {
			return false
		}
		c = next
	}
	return true
}

// count is the number of elements below n and the sum of their depths.
func count(n *html.Node, depth int) (elements, depths int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			e, d := count(c, depth+1)
			elements, depths = elements+e+1, depths+d+depth
		}
	}
	return elements, depths
}

func attr(n *html.Node, name string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == name {
			return n.Attr[i].Val
		}
	}
	return ""
}

// flat is the text below n in one line.
func flat(n *html.Node) string {
	var b strings.Builder
	var add func(*html.Node)
	add = func(n *html.Node) {
		switch n.Type {
		case html.TextNode:
			b.WriteString(n.Data)
		case html.ElementNode:
			if silent[n.DataAtom] {
				return
			}
			if inBlock(n) {
				b.WriteByte(' ')
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			add(c)
		}
		if inBlock(n) {
			b.WriteByte(' ')
		}
	}
	add(n)
	return squeeze(b.String())
}

// squeeze makes one space of every run of white space, and drops the characters
// that only tell where a line may break.
func squeeze(s string) string {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad', 0:
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// silent are the elements whose text nobody reads.
var silent = set(atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Math, atom.Iframe, atom.Object, atom.Video,
	atom.Audio, atom.Canvas, atom.Button, atom.Select, atom.Textarea, atom.Input, atom.Head, atom.Title)

// block are the elements that begin and end a line of their own.
var block = set(atom.P, atom.Div, atom.Section, atom.Article, atom.Main, atom.Header, atom.Footer, atom.Aside, atom.Nav, atom.H1, atom.H2,
	atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd, atom.Blockquote, atom.Pre, atom.Table,
	atom.Thead, atom.Tbody, atom.Tr, atom.Td, atom.Th, atom.Caption, atom.Figure, atom.Figcaption, atom.Form, atom.Fieldset, atom.Address,
	atom.Details, atom.Summary, atom.Hr, atom.Body, atom.Html)

func set(atoms ...atom.Atom) map[atom.Atom]bool {
	m := make(map[atom.Atom]bool, len(atoms))
	for _, a := range atoms {
		m[a] = true
	}
	return m
}

func inBlock(n *html.Node) bool { return n.Type == html.ElementNode && block[n.DataAtom] }

// blocks are the paragraphs below n, headings, list entries and rows of tables
// among them. Two line breaks in a row end a paragraph, one is kept.
func blocks(n *html.Node) []string {
	if n == nil {
		return nil
	}
	var out []string
	var cur strings.Builder
	flush := func() {
		for _, p := range strings.Split(cur.String(), "\n\n") {
			var lines []string
			for _, l := range strings.Split(p, "\n") {
				if l = squeeze(l); l != "" {
					lines = append(lines, l)
				}
			}
			if len(lines) > 0 {
				out = append(out, strings.Join(lines, "\n"))
			}
		}
		cur.Reset()
	}
	breaks := 0 // since the last words
	var add func(n *html.Node, pre int)
	add = func(n *html.Node, pre int) {
		switch n.Type {
		case html.TextNode:
			text := n.Data
			if pre == 0 {
				text = strings.Map(func(r rune) rune {
					if r == '\n' || r == '\r' {
						return ' '
					}
					return r
				}, text)
			}
			if strings.TrimSpace(text) != "" {
				breaks = 0
			}
			cur.WriteString(text)
			return
		case html.ElementNode:
			if silent[n.DataAtom] {
				return
			}
			switch n.DataAtom {
			case atom.Br:
				if breaks++; breaks <= 2 {
					cur.WriteByte('\n')
				}
				return
			case atom.Td, atom.Th: // a row is a line
				cur.WriteByte(' ')
			case atom.Pre:
				pre++
			}
		}
		own := inBlock(n) && n.DataAtom != atom.Td && n.DataAtom != atom.Th
		if own {
			flush()
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			add(c, pre)
		}
		if own {
			flush()
		}
	}
	add(n, 0)
	flush()
	return out
}
