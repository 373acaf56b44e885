package eval

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout"
	"readout/doc"
	"readout/reading"
)

// Attribution figures
//
// Gold data are those of PolNeAR (Newell, Margolin and Ruths, LREC 2018) as JSON
// lines: {"id", "text", "attributions": [{"source", "cue", "content"}]}, each
// role a list of [begin, end) in code points. Contents are matched one to one by
// Jaccard over tokens (runs of word characters and single marks), the best
// first. A content is found when at least half of either is in the other; its
// source is right when half of the predicted one lies in the gold one, articles
// and the like apart; it is exact when its words are the same.

// Attribution is who said what, in code points of the text.
type Attribution struct {
	Source  [][2]int `json:"source"`
	Cue     [][2]int `json:"cue"`
	Content [][2]int `json:"content"`
}

// Attributed is an article with its attributions.
type Attributed struct {
	ID           string        `json:"id"`
	Text         string        `json:"text"`
	Attributions []Attribution `json:"attributions"`
}

// maxAttributed bounds one line of an attribution file.
const maxAttributed = 16 << 20

// ReadAttributed reads articles with attributions from JSON lines; the file may
// be packed (name.gz).
func ReadAttributed(path string) ([]Attributed, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var r io.Reader = file
	if strings.HasSuffix(path, ".gz") {
		z, err := gzip.NewReader(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		r = z
	}
	return parseAttributed(r, path)
}

func parseAttributed(r io.Reader, name string) ([]Attributed, error) {
	var out []Attributed
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 1<<16), maxAttributed)
	for n := 1; lines.Scan(); n++ {
		if len(strings.TrimSpace(lines.Text())) == 0 {
			continue
		}
		var a Attributed
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		size := utf8.RuneCountInString(a.Text)
		for _, x := range a.Attributions {
			for _, s := range slices.Concat(x.Source, x.Cue, x.Content) {
				if s[0] < 0 || s[0] >= s[1] || s[1] > size {
					return nil, fmt.Errorf("%s:%d: span %v lies outside the text", name, n, s)
				}
			}
		}
		out = append(out, a)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(out) == 0 {
		return nil, errors.New(name + ": no articles")
	}
	return out, nil
}

// Points gives the code points of byte offsets of a text.
type Points struct {
	text  string
	at    []int32 // the code point at every 64th byte boundary
	shift int     // code points that a dropped byte-order mark took
}

const pointStep = 64

// NewPoints indexes a document's text; dropped is how many code points of the
// input stand before it.
func NewPoints(text string, dropped int) *Points {
	p := &Points{text: text, shift: dropped}
	n := int32(0)
	for i := 0; i < len(text); i++ {
		if i%pointStep == 0 {
			p.at = append(p.at, n)
		}
		if utf8.RuneStart(text[i]) {
			n++
		}
	}
	return p
}

// Of is the code point of byte b.
func (p *Points) Of(b int32) int {
	k := min(int(b)/pointStep, len(p.at)-1)
	if k < 0 {
		return p.shift
	}
	n := int(p.at[k])
	for i := k * pointStep; i < int(b); i++ {
		if utf8.RuneStart(p.text[i]) {
			n++
		}
	}
	return n + p.shift
}

// Spans are spans of tokens as code points.
func (p *Points) Spans(d *doc.Document, spans ...doc.Span) [][2]int {
	var out [][2]int
	for _, s := range spans {
		if s.Empty() {
			continue
		}
		r := d.Bytes(s)
		out = append(out, [2]int{p.Of(r.Begin), p.Of(r.End)})
	}
	return out
}

// TokenSpans are the runs of tokens of d that lie in spans of text, in code
// points, by at least half. text is the input d was made from.
func TokenSpans(d *doc.Document, text string, spans [][2]int) []doc.Span {
	p := NewPoints(d.Text, utf8.RuneCountInString(text)-utf8.RuneCountInString(d.Text))
	var out []doc.Span
	for _, s := range spans {
		n := int32(d.Len())
		i, _ := slices.BinarySearchFunc(d.Tokens.Bytes, s[0], func(r doc.Range, at int) int { return cmp.Compare(p.Of(r.End), at) })
		var run doc.Span
		for t := int32(i); t < n; t++ {
			b, e := p.Of(d.Tokens.Bytes[t].Begin), p.Of(d.Tokens.Bytes[t].End)
			if b >= s[1] {
				break
			}
			if 2*(min(e, s[1])-max(b, s[0])) < e-b || e == b {
				continue
			}
			if run.Empty() {
				run.Begin = t
			}
			run.End = t + 1
		}
		if !run.Empty() {
			out = append(out, run)
		}
	}
	return out
}

// Attributions are those of d, as its reading has them. text is the input d was
// made from.
func Attributions(d *doc.Document, text string) []Attribution {
	list, _ := attributions(d, text)
	return list
}

// attributions gives for each statement its attribution, too, -1 for none.
func attributions(d *doc.Document, text string) (list []Attribution, of []int) {
	dropped := utf8.RuneCountInString(text) - utf8.RuneCountInString(d.Text)
	of = make([]int, len(d.Statements))
	for i := range of {
		of[i] = -1
	}
	list = []Attribution{}
	for _, a := range reading.New(d, readout.Model).Attributions() {
		for _, i := range a.Statements {
			of[i] = len(list)
		}
		list = append(list, Attribution{moved(a.Source, dropped), moved(a.Cue, dropped), moved(a.Content, dropped)})
	}
	return list, of
}

// moved are spans by that many code points further on.
func moved(spans []reading.Span, by int) [][2]int {
	var out [][2]int
	for _, s := range spans {
		out = append(out, [2]int{s[0] + by, s[1] + by})
	}
	return out
}

// AttributionSums are counts that add up over articles.
type AttributionSums struct {
	Gold, Predicted       int
	Content, Source, Same int // contents found, with the right source, exact
	ByForm                [3]struct{ Gold, Content, Source int }
}

// Content forms, the index of AttributionSums.ByForm.
const (
	FormDirect = iota
	FormMixed
	FormIndirect
)

// AttributionFigures are F1 in percent.
type AttributionFigures struct {
	Content, Source, Exact PRF
}

// Figures are the measures of what has been added.
func (s *AttributionSums) Figures() AttributionFigures {
	of := func(n int) PRF {
		return prf(ratio{float64(n), float64(s.Predicted)}, ratio{float64(n), float64(s.Gold)})
	}
	return AttributionFigures{Content: of(s.Content), Source: of(s.Source), Exact: of(s.Same)}
}

// scored is an article cut into the scorer's tokens.
type scored struct {
	text  []rune
	token []int32 // by code point: its token or -1
	size  []int32 // by token: its code points
	word  []bool
	form  []string
}

func newScored(text string) *scored {
	s := &scored{text: []rune(text)}
	s.token = make([]int32, len(s.text))
	isWord := func(c rune) bool { return c == '_' || unicode.IsLetter(c) || unicode.IsNumber(c) }
	for i := 0; i < len(s.text); {
		c := s.text[i]
		k := i + 1
		switch {
		case unicode.IsSpace(c):
			s.token[i] = -1
			i++
			continue
		case isWord(c):
			for k < len(s.text) && isWord(s.text[k]) {
				k++
			}
		}
		for j := i; j < k; j++ {
			s.token[j] = int32(len(s.size))
		}
		s.size = append(s.size, int32(k-i))
		s.word = append(s.word, isWord(c))
		s.form = append(s.form, strings.ToLower(string(s.text[i:k])))
		i = k
	}
	return s
}

// tokens are the tokens that lie in spans by at least half, in order; those they
// touch when there is none.
func (s *scored) tokens(spans [][2]int) []int32 {
	count := map[int32]int32{}
	var touched []int32
	for _, sp := range spans {
		for i := sp[0]; i < sp[1]; i++ {
			if t := s.token[i]; t >= 0 {
				if count[t] == 0 {
					touched = append(touched, t)
				}
				count[t]++
			}
		}
	}
	slices.Sort(touched)
	half := slices.DeleteFunc(slices.Clone(touched), func(t int32) bool { return 2*count[t] < s.size[t] })
	if len(half) > 0 {
		return half
	}
	return touched
}

func (s *scored) words(tokens []int32) []int32 {
	return slices.DeleteFunc(slices.Clone(tokens), func(t int32) bool { return !s.word[t] })
}

func common(a, b []int32) []int32 {
	var out []int32
	for i, k := 0, 0; i < len(a) && k < len(b); {
		switch c := cmp.Compare(a[i], b[k]); {
		case c == 0:
			out = append(out, a[i])
			i++
			k++
		case c < 0:
			i++
		default:
			k++
		}
	}
	return out
}

func isWeak(form string) bool {
	switch form {
	case "the", "a", "an", "of", "and", "or", "in", "on", "at", "to", "for", "from", "by", "with", "as", "that", "this", "its", "'s", "s":
		return true
	}
	return false
}

func (s *scored) strong(tokens []int32) bool {
	return slices.ContainsFunc(tokens, func(t int32) bool { return !isWeak(s.form[t]) })
}

// sourceRight compares the words of two sources.
func (s *scored) sourceRight(predicted, gold []int32) bool {
	if len(gold) == 0 || len(predicted) == 0 {
		return len(gold) == len(predicted)
	}
	both := common(predicted, gold)
	return len(both) > 0 && 2*len(both) >= len(predicted) && (s.strong(both) || !s.strong(gold))
}

// formOf tells direct, mixed and indirect contents apart as the scorer does.
func (s *scored) formOf(content [][2]int) int {
	text := ""
	for i, c := range content {
		if i > 0 {
			text += " "
		}
		text += string(s.text[c[0]:c[1]])
	}
	switch {
	case strings.HasPrefix(text, "''"), strings.HasPrefix(text, "``"), text != "" && strings.ContainsRune("\"“”«„‘", firstRune(text)):
		return FormDirect
	case strings.HasPrefix(text, "'") && strings.HasSuffix(strings.TrimRight(text[1:], ".,;:!? \t\n"), "'"):
		return FormDirect
	case strings.ContainsAny(text, "\"“”«„") || strings.Contains(text, "''"):
		return FormMixed
	}
	return FormIndirect
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
