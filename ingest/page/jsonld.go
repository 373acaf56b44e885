package page

import (
	"encoding/json"
	"strings"

	"golang.org/x/net/html"
)

// linked is what a page tells in JSON-LD, the vocabulary of schema.org.
type linked struct {
	headline, publisher, published, modified, url string
	authors                                       []string
	body                                          []string
	partial                                       bool
}

// article is the article among the things that the page tells of: the one with
// the page's address, else the first. Some pages tell of those they link to, too.
func (m *metas) article(address string) linked {
	var found []linked
	for _, s := range m.scripts {
		var v any
		dec := json.NewDecoder(strings.NewReader(mend(s)))
		if dec.Decode(&v) == nil {
			found = articles(v, found, 0)
		}
	}
	for _, l := range found {
		if l.url != "" && address != "" && sameAddress(l.url, address) {
			return l
		}
	}
	if len(found) > 0 {
		return found[0]
	}
	return linked{}
}

func sameAddress(a, b string) bool {
	cut := func(s string) string {
		s, _, _ = strings.Cut(s, "#")
		s, _, _ = strings.Cut(s, "?")
		_, s, _ = strings.Cut(s, "://")
		return strings.TrimSuffix(strings.TrimPrefix(s, "www."), "/")
	}
	return cut(a) == cut(b)
}

// mend makes JSON of what pages have in its place: comments around it, line
// breaks inside strings.
func mend(s string) string {
	s = strings.TrimSpace(s)
	for _, w := range [][2]string{{"<!--", "-->"}, {"/*<![CDATA[*/", "/*]]>*/"}, {"//<![CDATA[", "//]]>"}, {"<![CDATA[", "]]>"}} {
		if strings.HasPrefix(s, w[0]) {
			s = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(s, w[0]), w[1]))
		}
	}
	in, escaped := false, false
	return strings.Map(func(r rune) rune {
		switch {
		case escaped:
			escaped = false
		case r == '\\':
			escaped = in
		case r == '"':
			in = !in
		case r < 0x20 && in:
			return ' '
		}
		return r
	}, strings.TrimSuffix(s, ";"))
}

// maxDepth bounds the nesting that is looked into.
const maxDepth = 8

func articles(v any, out []linked, depth int) []linked {
	if depth > maxDepth || len(out) >= 64 {
		return out
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			out = articles(e, out, depth+1)
		}
	case map[string]any:
		if isArticle(v["@type"]) {
			out = append(out, read(v))
		}
		out = articles(v["@graph"], out, depth+1)
		if e, ok := v["mainEntity"].(map[string]any); ok {
			out = articles(e, out, depth+1)
		}
	}
	return out
}

// isArticle knows the kinds of article: NewsArticle, ReportageNewsArticle …
func isArticle(v any) bool {
	for _, t := range texts(v) {
		t = t[strings.LastIndexAny(t, "/:")+1:]
		if strings.HasSuffix(t, "Article") || strings.HasSuffix(t, "BlogPosting") || t == "Report" || t == "PressRelease" {
			return true
		}
	}
	return false
}

func read(v map[string]any) linked {
	l := linked{
		headline: one(v["headline"]), publisher: name(v["publisher"]), published: one(v["datePublished"]), modified: one(v["dateModified"]),
		url: address1(v), body: paragraphs(one(v["articleBody"])),
	}
	if l.headline == "" {
		l.headline = one(v["name"])
	}
	if l.published == "" {
		l.published = one(v["dateCreated"])
	}
	switch free := v["isAccessibleForFree"].(type) {
	case bool:
		l.partial = !free
	case string:
		l.partial = strings.EqualFold(free, "false")
	}
	authors, ok := v["author"].([]any)
	if !ok {
		authors = []any{v["author"]}
	}
	for _, a := range authors {
		if n := name(a); n != "" {
			l.authors = append(l.authors, n)
		}
	}
	return l
}

// address1 is the address of a thing: its url, or that of its page.
func address1(v map[string]any) string {
	for _, k := range []string{"url", "mainEntityOfPage", "@id"} {
		switch e := v[k].(type) {
		case string:
			if strings.Contains(e, "://") {
				return e
			}
		case map[string]any:
			if id := one(e["@id"]); id != "" {
				return id
			}
		}
	}
	return ""
}

// name is that of a person or organization, or the text in its place.
func name(v any) string {
	switch v := v.(type) {
	case map[string]any:
		return one(v["name"])
	case []any:
		if len(v) > 0 {
			return name(v[0])
		}
	}
	return one(v)
}

// one is the first text of a value.
func one(v any) string {
	if t := texts(v); len(t) > 0 {
		return t[0]
	}
	return ""
}

func texts(v any) []string {
	var out []string
	switch v := v.(type) {
	case string:
		if s := strings.TrimSpace(html.UnescapeString(v)); s != "" {
			out = append(out, s)
		}
	case []any:
		for _, e := range v {
			if s, ok := e.(string); ok {
				out = append(out, texts(s)...)
			}
		}
	}
	return out
}

// paragraphs cuts the text of an article at its line breaks; some have markup.
func paragraphs(s string) []string {
	if strings.Contains(s, "<p") || strings.Contains(s, "<br") {
		s = Text(s)
	}
	var out []string
	for _, p := range strings.Split(s, "\n") {
		if p = squeeze(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}
