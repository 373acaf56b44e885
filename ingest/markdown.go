package ingest

import (
	"regexp"
	"strings"

	"readout"
)

var (
	mdImage   = regexp.MustCompile(`!\[[^\]]*\]\([^)]*\)`)
	mdLink    = regexp.MustCompile(`\[([^\]]+)\]\((?:[^()\s]|\([^()]*\))*(?:\s+"[^"]*")?\)`)
	mdRef     = regexp.MustCompile(`\[([^\]]+)\]\[[^\]]*\]`)
	mdDef     = regexp.MustCompile(`(?m)^ {0,3}\[[^\]]+\]:\s+\S.*$`)
	mdComment = regexp.MustCompile(`(?s)<!--.*?-->`)
	mdAuto    = regexp.MustCompile(`<(https?://[^>\s]+)>`)
	mdStrong  = regexp.MustCompile(`(\*\*|__)(\S(?:[^\n]*?\S)?)(?:\*\*|__)`)
	mdStar    = regexp.MustCompile(`\*(\S(?:[^*\n]*?\S)?)\*`)
	mdUnder   = regexp.MustCompile(`(^|[\s(“"‘'])_(\S(?:[^_\n]*?\S)?)_([\s).,;:!?”"’']|$)`)
	mdCode    = regexp.MustCompile("`([^`\n]+)`")
	mdHead    = regexp.MustCompile(`(?m)^ {0,3}#{1,6}\s+(.*?)\s*#*\s*$`)
	mdUnderl  = regexp.MustCompile(`(?m)^ {0,3}(=+|-+)\s*$`)
	mdRule    = regexp.MustCompile(`(?m)^ {0,3}([-*_])\s*(?:[-*_]\s*){2,}$`)
	mdQuote   = regexp.MustCompile(`(?m)^ {0,3}>[ \t]?`)
	mdItem    = regexp.MustCompile(`(?m)^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+`)
	mdFence   = regexp.MustCompile("(?m)^ {0,3}(```|~~~).*$")
	mdEscape  = regexp.MustCompile(`\\([\\*_#\[\](){}+.!>~|-])`)
	mdBlank   = regexp.MustCompile(`\n{3,}`)
)

// markdown makes plain text of an article in Markdown (CommonMark): the words as
// a reader sees them, entries of lists as paragraphs. A block of metadata at the
// top, between lines of three hyphens, fills in what is known of the article.
func markdown(a *readout.Article) {
	s := strings.ReplaceAll(a.Text, "\r\n", "\n")
	if rest, ok := strings.CutPrefix(s, "---\n"); ok {
		if head, body, ok := strings.Cut(rest, "\n---\n"); ok && len(head) < 1<<14 {
			frontMatter(a, head)
			s = body
		}
	}
	s = mdComment.ReplaceAllString(s, "")
	s = mdFence.ReplaceAllString(s, "")
	s = mdDef.ReplaceAllString(s, "")
	s = mdImage.ReplaceAllString(s, "")
	s = mdLink.ReplaceAllString(s, "$1")
	s = mdRef.ReplaceAllString(s, "$1")
	s = mdAuto.ReplaceAllString(s, "$1")
	s = mdQuote.ReplaceAllString(s, "")
	s = mdRule.ReplaceAllString(s, "")
	s = mdHead.ReplaceAllString(s, "\n$1\n")
	s = mdUnderl.ReplaceAllString(s, "")
	s = mdItem.ReplaceAllString(s, "\n")
	s = mdStrong.ReplaceAllString(s, "$2")
	s = mdStar.ReplaceAllString(s, "$1")
	s = mdUnder.ReplaceAllString(s, "$1$2$3")
	s = mdCode.ReplaceAllString(s, "$1")
	s = mdEscape.ReplaceAllString(s, "$1")
	a.Text = strings.Trim(mdBlank.ReplaceAllString(s, "\n\n"), "\n") + "\n"
}

// frontMatter takes "key: value" lines; what it does not know it leaves.
func frontMatter(a *readout.Article, head string) {
	for l := range strings.SplitSeq(head, "\n") {
		k, v, ok := strings.Cut(l, ":")
		if !ok {
			continue
		}
		v = strings.Trim(strings.TrimSpace(v), `"'`)
		if v == "" {
			continue
		}
		switch strings.ToLower(strings.TrimSpace(k)) {
		case "title":
			a.Title = v
		case "author", "byline":
			a.Byline = v
		case "outlet", "publisher":
			a.Outlet = v
		case "url", "link", "canonical":
			a.URL = v
		case "date", "published":
			if t, err := ParseDate(v); err == nil {
				a.Published = t
			}
		case "modified", "updated":
			if t, err := ParseDate(v); err == nil {
				a.Modified = t
			}
		}
	}
}
