package page

import (
	_ "embed"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// boilerplate are the paragraphs that a page has beside its article, as
// patterns of a whole paragraph, each with an example: those that stand at the
// top only, and those that may stand anywhere. Nothing is dropped from within a
// paragraph.
//
//go:embed data/boilerplate.tsv
var boilerplateTable string

// rule is a row of the table.
type rule struct {
	top     bool
	pattern *regexp.Regexp
	begins  [utf8.RuneSelf]bool // the ASCII characters that a match may begin with
	words   []string            // one of which a match has, in small letters; none: not told
	example string
}

// begins are the ASCII characters that a match of a pattern may begin with. Most
// paragraphs begin with none of them, and need not be looked at further.
func begins(pattern string) (set [utf8.RuneSelf]bool, err error) {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return set, err
	}
	prog, err := syntax.Compile(re.Simplify())
	if err != nil {
		return set, err
	}
	seen := make([]bool, len(prog.Inst))
	var walk func(pc uint32)
	walk = func(pc uint32) {
		if seen[pc] {
			return
		}
		seen[pc] = true
		switch i := &prog.Inst[pc]; i.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			walk(i.Out)
			walk(i.Arg)
		case syntax.InstCapture, syntax.InstNop, syntax.InstEmptyWidth:
			walk(i.Out)
		case syntax.InstMatch:
			for c := range set {
				set[c] = true
			}
		case syntax.InstFail:
		default:
			for c := range set {
				set[c] = set[c] || i.MatchRune(rune(c))
			}
		}
	}
	walk(uint32(prog.Start))
	return set, nil
}

var boilerplate = sync.OnceValue(func() []rule {
	var out []rule
	for i, l := range strings.Split(strings.TrimSuffix(boilerplateTable, "\n"), "\n") {
		if i == 0 {
			continue
		}
		f := strings.Split(l, "\t")
		pattern := `(?is)^(?:` + f[1] + `)$`
		first, err := begins(pattern)
		if err != nil {
			panic("ingest/page/data/boilerplate.tsv: " + err.Error())
		}
		r := rule{top: f[0] == "top", pattern: regexp.MustCompile(pattern), begins: first, example: f[3]}
		if f[2] != "" {
			r.words = strings.Split(f[2], "|")
		}
		out = append(out, r)
	}
	return out
})

// matches tells whether a paragraph is one that the page has beside the
// article. Those that stand at the top only are tried there.
func matches(p string, at place) bool {
	if len(p) > 400 || p == "" {
		return false
	}
	lower := strings.ToLower(p)
	for _, r := range boilerplate() {
		if (at == top || !r.top) && (p[0] >= utf8.RuneSelf || r.begins[p[0]]) && r.hasWord(lower) && r.pattern.MatchString(p) {
			return true
		}
	}
	return false
}

func (r *rule) hasWord(lower string) bool {
	return len(r.words) == 0 || slices.ContainsFunc(r.words, func(w string) bool { return strings.Contains(lower, w) })
}

// place is where in an article a paragraph stands.
type place int

const (
	anywhere place = iota
	top            // among the first, before a sentence of the article
)

// trim drops from the paragraphs of a page's body what is no article: the
// headline once more, byline and date above the text, boilerplate, the same
// paragraph twice in a row. It fills in the byline where the page gave none
// elsewhere.
func trim(text []string, p *Page) []string {
	out := make([]string, 0, len(text))
	begun := false
	for _, s := range text {
		at := anywhere
		if !begun {
			at = top
		}
		switch {
		case at == top && (letters(s) == letters(p.Title) || isByline(s, p.Byline)):
			continue
		case matches(s, at):
			if at == top && p.Byline == "" && byWord.MatchString(s) {
				if n := names([]string{s}); len(n) > 0 {
					p.Byline = n[0]
				}
			}
			continue
		case letters(s) == "" || len(out) > 0 && out[len(out)-1] == s:
			continue
		}
		if len(strings.Fields(s)) > 12 {
			begun = true
		}
		out = append(out, s)
	}
	// A heading at the end was that of a list that has been dropped.
	for len(out) > 0 && isHeading(out[len(out)-1]) {
		out = out[:len(out)-1]
	}
	return out
}

// isByline tells a paragraph with the byline, and the date behind it perhaps.
func isByline(s, byline string) bool {
	if byline == "" {
		return false
	}
	n := names([]string{s})
	return len(n) == 1 && letters(n[0]) == letters(byline)
}

// isHeading tells a few words that are no sentence.
func isHeading(s string) bool {
	return len(strings.Fields(s)) <= 4 && !strings.ContainsAny(s[len(s)-1:], ".!?\"'”’)…:") && !strings.HasSuffix(s, "”") && !strings.HasSuffix(s, "’")
}

// creditLine is the agency of a dateline, "GENEVA, Aug 19 (Reuters) -", or of a
// line by itself, "(AP)"; creditEnd that behind the last word, "– AFP".
var (
	creditLine = regexp.MustCompile(`^[^()]{0,80}\(([A-Z][A-Za-z .&]{1,30})\)\s*(?:[-–—:]|$)`)
	creditEnd  = regexp.MustCompile(`[.”"]\s*[-–—]\s*([A-Z]{2,6}|Reuters|Xinhua|Bernama|Kyodo|Yonhap)\.?$`)
)

// credit is the agency that the first paragraphs or the last word give as the
// source.
func credit(text []string) string {
	for i, s := range text {
		if i == 3 {
			break
		}
		if m := creditLine.FindStringSubmatch(s); m != nil && !strings.Contains(s[:strings.Index(s, "(")], ". ") {
			return strings.TrimSpace(m[1])
		}
	}
	if n := len(text); n > 0 {
		if m := creditEnd.FindStringSubmatch(text[n-1]); m != nil {
			return m[1]
		}
	}
	return ""
}
