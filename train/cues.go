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

// heldOut is of how many articles one is kept from learning to make the
// probabilities honest.
const heldOut = 8

// Cues learns which candidates are statements: the weights of a logistic
// regression, as the table weights.tsv of package news/statement. It is trained
// by AdaGrad with an L2 penalty, and its scores are then stretched so that of
// the held-out candidates given 0.8, 80 % are statements (Platt 1999). The same
// examples and seed give the same bytes.
func Cues(examples []eval.Labelled, cfg Config) ([]byte, error) {
	names, rows := index(examples)
	var learn, hold []int
	for i, e := range examples {
		if e.Article%heldOut == 0 {
			hold = append(hold, i)
		} else {
			learn = append(learn, i)
		}
	}
	part := regress(examples, rows, len(names), learn, cfg)
	scale, shift := stretch(examples, rows, hold, part)
	cfg.logf("cues: %d features, scale %.3f, shift %.3f", len(names), scale, shift)
	all := append(learn, hold...)
	slices.Sort(all)
	w := regress(examples, rows, len(names), all, cfg)
	var b bytes.Buffer
	b.WriteString("feature\tweight\n# Learned by `readout train cues` from the training part of PolNeAR 1.0.0 (Newell, Margolin and Ruths, LREC 2018),\n" +
		"# whose texts are their publishers'. Features hold only words that occur in at least three of its 840 articles.\n")
	for k, name := range names {
		v := w[k] * scale
		if name == "bias" {
			v += shift
		}
		if s := fmt.Sprintf("%.3f", v); s != "0.000" && s != "-0.000" {
			fmt.Fprintf(&b, "%s\t%s\n", name, s)
		}
	}
	return b.Bytes(), nil
}

// score is the sum of the weights of an example's features.
func score(w []float64, row []int32) float64 {
	z := 0.0
	for _, k := range row {
		z += w[k]
	}
	return z
}

func sigmoid(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

func yes(e eval.Labelled) float64 {
	if e.Yes {
		return 1
	}
	return 0
}

// regress fits the weights to the examples with the given numbers.
func regress(examples []eval.Labelled, rows [][]int32, n int, use []int, cfg Config) []float64 {
	const (
		rate    = 0.2
		penalty = 0.2 // tried 1e-3 to 0.4 on dev
	)
	w, sum := make([]float64, n), make([]float64, n)
	rng := rand.New(rand.NewPCG(cfg.Seed, 0x6375_6573))
	order := slices.Clone(use)
	for epoch := range cfg.epochs(12) {
		rng.Shuffle(len(order), func(i, k int) { order[i], order[k] = order[k], order[i] })
		loss := 0.0
		for _, i := range order {
			p := sigmoid(score(w, rows[i]))
			y := yes(examples[i])
			loss -= math.Log(max(1e-9, 1-math.Abs(y-p)))
			for _, k := range rows[i] {
				g := p - y + penalty*w[k]
				sum[k] += g * g
				w[k] -= rate * g / (1e-8 + math.Sqrt(sum[k]))
			}
		}
		cfg.logf("cues: epoch %d, loss %.4f", epoch+1, loss/float64(max(1, len(order))))
	}
	return w
}

// stretch fits a scale and a shift of the scores to held-out examples by
// gradient descent on two numbers.
func stretch(examples []eval.Labelled, rows [][]int32, hold []int, w []float64) (scale, shift float64) {
	scale = 1
	if len(hold) == 0 {
		return scale, shift
	}
	for range 500 {
		ga, gb := 0.0, 0.0
		for _, i := range hold {
			z := score(w, rows[i])
			g := sigmoid(scale*z+shift) - yes(examples[i])
			ga, gb = ga+g*z, gb+g
		}
		scale -= 0.5 * ga / float64(len(hold))
		shift -= 0.5 * gb / float64(len(hold))
	}
	return scale, shift
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
