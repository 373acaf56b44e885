package eval

import (
	"context"

	"readout/doc"
	"readout/news/statement"
)

// Labelled is a candidate for a statement and whether the annotators marked it.
type Labelled struct {
	Article  int // its number
	Features []string
	Yes      bool
}

// Label labels the candidates of the statement stage in an article, which is
// number n: yes where the content is one of the annotation, by at least half of
// either. Candidates whose cue lies in an annotated content are left out:
// PolNeAR marks nothing within another attribution.
func Label(ctx context.Context, stage *statement.Stage, d *doc.Document, gold Attributed, n int) ([]Labelled, error) {
	candidates, err := stage.Candidates(ctx, d)
	if err != nil {
		return nil, err
	}
	p := NewPoints(d.Text, len([]rune(gold.Text))-len([]rune(d.Text)))
	s := newScored(gold.Text)
	inContent := make([]bool, len(s.size))
	contents := make([][]int32, len(gold.Attributions))
	for k, a := range gold.Attributions {
		contents[k] = s.tokens(a.Content)
		for _, t := range contents[k] {
			inContent[t] = true
		}
	}
	var out []Labelled
	for _, c := range candidates {
		cue := s.tokens(p.Spans(d, c.Cue))
		if len(cue) == 0 || inContent[cue[len(cue)/2]] {
			continue
		}
		out = append(out, Labelled{n, c.Features, marked(s.tokens(p.Spans(d, c.Content...)), contents)})
	}
	return out, nil
}

func marked(content []int32, gold [][]int32) bool {
	for _, g := range gold {
		if n := len(common(content, g)); n > 0 && 2*n >= len(g) && 2*n >= len(content) {
			return true
		}
	}
	return false
}
