package train

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"readout/eval"
)

// minArticles is in how many articles a feature must occur to be kept: the
// words of a single article stay its publisher's.
const minArticles = 3

// Cues learns which candidates are statements: the weights of a logistic
// regression, as the table weights.tsv of package news/statement. It is trained
// by AdaGrad with an L2 penalty; the same examples and seed give the same bytes.
func Cues(examples []eval.Labelled, cfg Config) ([]byte, error) {
	names, rows := index(examples)
	w := make([]float64, len(names))
	sum := make([]float64, len(names))
	rng := rand.New(rand.NewPCG(cfg.Seed, 0x6375_6573))
	order := make([]int, len(examples))
	for i := range order {
		order[i] = i
	}
	const (
		rate    = 0.2
		penalty = 1e-3 // tried 1e-4 to 1e-2 on dev
	)
	for epoch := range cfg.epochs(12) {
		rng.Shuffle(len(order), func(i, k int) { order[i], order[k] = order[k], order[i] })
		loss := 0.0
		for _, i := range order {
			z := 0.0
			for _, k := range rows[i] {
				z += w[k]
			}
			p := 1 / (1 + math.Exp(-z))
			y := 0.0
			if examples[i].Yes {
				y = 1
				loss -= math.Log(max(p, 1e-9))
			} else {
				loss -= math.Log(max(1-p, 1e-9))
			}
			for _, k := range rows[i] {
				g := p - y + penalty*w[k]
				sum[k] += g * g
				w[k] -= rate * g / (1e-8 + math.Sqrt(sum[k]))
			}
		}
		cfg.logf("cues: epoch %d, loss %.4f", epoch+1, loss/float64(max(1, len(order))))
	}
	var b bytes.Buffer
	b.WriteString("feature\tweight\n")
	for k, name := range names {
		if v := fmt.Sprintf("%.3f", w[k]); v != "0.000" && v != "-0.000" {
			fmt.Fprintf(&b, "%s\t%s\n", name, v)
		}
	}
	return b.Bytes(), nil
}

// index numbers the features that enough articles have, in alphabetical order,
// and gives each example's.
func index(examples []eval.Labelled) (names []string, rows [][]int32) {
	type seen struct{ articles, last int }
	count := map[string]*seen{}
	for _, e := range examples {
		for _, f := range e.Features {
			s := count[f]
			if s == nil {
				s = &seen{last: -1}
				count[f] = s
			}
			if s.last != e.Article {
				s.articles, s.last = s.articles+1, e.Article
			}
		}
	}
	for name, s := range count {
		if s.articles >= minArticles {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, cmp.Compare[string])
	number := make(map[string]int32, len(names))
	for k, name := range names {
		number[name] = int32(k)
	}
	rows = make([][]int32, len(examples))
	for i, e := range examples {
		for _, f := range e.Features {
			if k, ok := number[f]; ok {
				rows[i] = append(rows[i], k)
			}
		}
	}
	return names, rows
}
