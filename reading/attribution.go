package reading

import (
	"slices"
	"strings"
)

// Attribution is who said what as scorers of attribution have it; an empty list
// means that a role is absent.
type Attribution struct {
	Source, Cue, Content []Span
	Statements           []int // those it is made of, by their place in Reading.Statements
}

// Attributions are the statements that a corpus without nesting, such as
// PolNeAR, would mark: within no other and no silences. Speech that goes on in
// another paragraph is part of the attribution it goes on from. Nobody is the
// source of what is reportedly so, and a source is without the clause about it:
// "who spoke on condition of anonymity".
func (r *Reading) Attributions() []Attribution {
	out := []Attribution{}
	var text []rune
	for i := range r.Statements {
		s := &r.Statements[i]
		if s.Within != "" || s.Form == "silence" || len(s.Content) == 0 {
			continue
		}
		a := Attribution{Content: slices.Clone(s.Content), Statements: []int{i}}
		if s.Source.Span != nil && s.Source.Standing != "unattributed" {
			if text == nil {
				text = []rune(r.Document.Text)
			}
			a.Source = []Span{withoutClause(text, *s.Source.Span)}
		}
		if s.Cue != nil {
			a.Cue = []Span{s.Cue.Span}
		}
		if k := len(out) - 1; k >= 0 && s.Cue == nil && slices.Equal(a.Source, out[k].Source) {
			out[k].Content = append(out[k].Content, a.Content...)
			out[k].Statements = append(out[k].Statements, i)
			continue
		}
		out = append(out, a)
	}
	return out
}

// withoutClause cuts a noun phrase before the relative pronoun of a clause about
// it.
func withoutClause(text []rune, s Span) Span {
	words := string(text[s[0]:s[1]])
	end := len(words)
	for _, w := range []string{" who ", " whom ", " whose ", " which "} {
		if i := strings.Index(words, w); i > 0 {
			end = min(end, i)
		}
	}
	if head := strings.TrimRight(words[:end], " ,"); end < len(words) && head != "" {
		s[1] = s[0] + len([]rune(head))
	}
	return s
}
