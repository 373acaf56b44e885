package train

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"readout/eval"
	"readout/news/statement"
)

// minArticles is in how many articles a feature must occur to be kept: the
// words of a single article stay its publisher's.
const minArticles = 3

// heldOut is of how many articles one is kept from learning to make the
// probabilities honest.
const heldOut = 8

// cueWeights learns which candidates are statements: a logistic regression
// trained by AdaGrad with an L2 penalty, its scores then stretched so that of
// the held-out candidates given 0.8, 80 % are statements (Platt 1999). The same
// examples and seed give the same weights.
func cueWeights(examples []eval.Labelled, cfg Config) statement.Weights {
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
	cfg.logf("attribution: %d features of candidates, scale %.3f, shift %.3f", len(names), scale, shift)
	all := append(learn, hold...)
	slices.Sort(all)
	w := regress(examples, rows, len(names), all, cfg)
	out := statement.Weights{}
	for k, name := range names {
		v := w[k] * scale
		if name == "bias" {
			v += shift
		}
		if math.Abs(v) >= .0005 {
			out[statement.Feature(name)] = float32(v)
		}
	}
	return out
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
	for range 12 {
		rng.Shuffle(len(order), func(i, k int) { order[i], order[k] = order[k], order[i] })
		for _, i := range order {
			p := sigmoid(score(w, rows[i]))
			y := yes(examples[i])
			for _, k := range rows[i] {
				g := p - y + penalty*w[k]
				sum[k] += g * g
				w[k] -= rate * g / (1e-8 + math.Sqrt(sum[k]))
			}
		}
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
