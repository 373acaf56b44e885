package eval

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"readout"
)

// pair is a predicted content and the gold one it is matched with.
type pair struct{ gold, predicted int }

// Add scores the attributions predicted for an article.
func (sums *AttributionSums) Add(gold Attributed, predicted []Attribution) {
	s := newScored(gold.Text)
	sums.Gold += len(gold.Attributions)
	sums.Predicted += len(predicted)
	for _, a := range gold.Attributions {
		sums.ByForm[s.formOf(a.Content)].Gold++
	}
	for _, m := range s.match(gold.Attributions, predicted) {
		g, p := gold.Attributions[m.gold], predicted[m.predicted]
		gc, pc := s.tokens(g.Content), s.tokens(p.Content)
		if slices.Equal(s.words(gc), s.words(pc)) && (len(s.words(gc)) > 0 || slices.Equal(gc, pc)) {
			sums.Same++
		}
		n := len(common(gc, pc))
		if 2*n < len(gc) || 2*n < len(pc) {
			continue
		}
		form := &sums.ByForm[s.formOf(g.Content)]
		sums.Content++
		form.Content++
		if s.sourceRight(s.words(s.tokens(p.Source)), s.words(s.tokens(g.Source))) {
			sums.Source++
			form.Source++
		}
	}
}

// match pairs contents one to one, the most alike first; ties go by source and
// cue, then by order.
func (s *scored) match(gold, predicted []Attribution) []pair {
	type scoredPair struct {
		pair
		like, tie float64
	}
	roles := func(list []Attribution, of func(Attribution) [][2]int) [][]int32 {
		out := make([][]int32, len(list))
		for i, a := range list {
			out[i] = s.tokens(of(a))
		}
		return out
	}
	content := func(a Attribution) [][2]int { return a.Content }
	source := func(a Attribution) [][2]int { return a.Source }
	cue := func(a Attribution) [][2]int { return a.Cue }
	gc, pc := roles(gold, content), roles(predicted, content)
	gs, ps := roles(gold, source), roles(predicted, source)
	gq, pq := roles(gold, cue), roles(predicted, cue)
	at := map[int32][]int{}
	for i, tokens := range gc {
		for _, t := range tokens {
			at[t] = append(at[t], i)
		}
	}
	jaccard := func(a, b []int32) float64 {
		n := len(common(a, b))
		return float64(n) / float64(max(1, len(a)+len(b)-n))
	}
	var all []scoredPair
	for j := range predicted {
		seen := map[int]bool{}
		for _, t := range pc[j] {
			for _, i := range at[t] {
				if seen[i] {
					continue
				}
				seen[i] = true
				all = append(all, scoredPair{pair{i, j}, jaccard(gc[i], pc[j]), jaccard(gs[i], ps[j]) + jaccard(gq[i], pq[j])})
			}
		}
	}
	slices.SortFunc(all, func(a, b scoredPair) int {
		switch {
		case a.like != b.like:
			return sign(b.like - a.like)
		case a.tie != b.tie:
			return sign(b.tie - a.tie)
		case a.gold != b.gold:
			return a.gold - b.gold
		}
		return a.predicted - b.predicted
	})
	usedGold, usedPredicted := make([]bool, len(gold)), make([]bool, len(predicted))
	var out []pair
	for _, x := range all {
		if !usedGold[x.gold] && !usedPredicted[x.predicted] {
			usedGold[x.gold], usedPredicted[x.predicted] = true, true
			out = append(out, x.pair)
		}
	}
	return out
}

func sign(x float64) int {
	switch {
	case x < 0:
		return -1
	case x > 0:
		return 1
	}
	return 0
}

// RunStatements reads the dev articles of PolNeAR under the data folder with r and
// scores who said what.
func RunStatements(ctx context.Context, r *readout.Reader, data string) (AttributionSums, error) {
	var sums AttributionSums
	gold, err := ReadAttributed(filepath.Join(data, "polnear", "dev.jsonl.gz"))
	if err != nil {
		return sums, err
	}
	articles := func(yield func(readout.Article) bool) {
		for _, g := range gold {
			if !yield(readout.Article{Text: g.Text, Key: g.ID}) {
				return
			}
		}
	}
	i := 0
	for d, err := range r.ReadAll(ctx, articles) {
		if err != nil {
			return sums, fmt.Errorf("%s: %w", gold[i].ID, err)
		}
		sums.Add(gold[i], Attributions(d, gold[i].Text))
		i++
	}
	return sums, ctx.Err()
}

// Print writes the figures as a table.
func (sums *AttributionSums) Print(w io.Writer) error {
	f := sums.Figures()
	b := fmt.Appendf(nil, "%d attributions, %d predicted\n%-20s %6s %6s %6s\n", sums.Gold, sums.Predicted, "", "P", "R", "F1")
	for _, row := range []struct {
		name string
		v    PRF
	}{{"content", f.Content}, {"content and source", f.Source}, {"exact content", f.Exact}} {
		b = fmt.Appendf(b, "%-20s %6.1f %6.1f %6.1f\n", row.name, 100*row.v.P, 100*row.v.R, 100*row.v.F)
	}
	for i, name := range []string{"direct", "mixed", "indirect"} {
		x := sums.ByForm[i]
		b = fmt.Appendf(b, "%-20s recall %5.1f, source right %5.1f (of %d)\n", name,
			100*ratio{float64(x.Content), float64(x.Gold)}.value(), 100*ratio{float64(x.Source), float64(x.Content)}.value(), x.Gold)
	}
	_, err := w.Write(b)
	return err
}
