package eval

import (
	"slices"

	"readout/doc"
)

// Coreference figures
//
// The CoNLL figure is the mean of the F1 of three measures, each over mentions
// that a system found itself; clusters of one mention are left out on both
// sides (Pradhan et al. 2014, "Scoring coreference partitions of predicted
// mentions", https://aclanthology.org/P14-2006).
//
//   - MUC counts links: of a gold cluster of n mentions that the system has in k
//     pieces, n-k of n-1 links are found.
//   - B³ counts mentions: for each, the share of its gold cluster that its system
//     cluster has.
//   - CEAFφ4 pairs each gold cluster with at most one system cluster so that the
//     similarity 2|g∩s|/(|g|+|s|), summed over the pairs, is greatest.

// PRF is precision, recall and their harmonic mean, 0 to 1.
type PRF struct{ P, R, F float64 }

// Coref is what the three measures say of one system, and their mean F1.
type Coref struct {
	MUC, B3, CEAF, Mentions PRF
	CoNLL                   float64
}

// CorefSums are numerators and denominators, which add up over documents.
type CorefSums struct{ mucR, mucP, b3R, b3P, ceafR, ceafP, menR, menP ratio }

type ratio struct{ num, den float64 }

func (r ratio) value() float64 {
	if r.den == 0 {
		return 0
	}
	return r.num / r.den
}

func prf(p, r ratio) PRF {
	out := PRF{P: p.value(), R: r.value()}
	if out.P+out.R > 0 {
		out.F = 2 * out.P * out.R / (out.P + out.R)
	}
	return out
}

// Figures are the measures of what has been added.
func (s *CorefSums) Figures() Coref {
	c := Coref{MUC: prf(s.mucP, s.mucR), B3: prf(s.b3P, s.b3R), CEAF: prf(s.ceafP, s.ceafR), Mentions: prf(s.menP, s.menR)}
	c.CoNLL = (c.MUC.F + c.B3.F + c.CEAF.F) / 3
	return c
}

// Add adds one document. Clusters of fewer than two different mentions do not
// count; a mention in two clusters counts in the first.
func (s *CorefSums) Add(gold, sys [][]doc.Range) {
	gold, goldOf := distinct(gold)
	sys, sysOf := distinct(sys)
	muc(&s.mucR, gold, sysOf)
	muc(&s.mucP, sys, goldOf)
	b3(&s.b3R, gold, sys, sysOf)
	b3(&s.b3P, sys, gold, goldOf)
	best := ceaf(gold, sys, sysOf)
	s.ceafR.num += best
	s.ceafP.num += best
	s.ceafR.den += float64(len(gold))
	s.ceafP.den += float64(len(sys))
	shared := 0
	for m := range goldOf {
		if _, ok := sysOf[m]; ok {
			shared++
		}
	}
	s.menR.num += float64(shared)
	s.menP.num += float64(shared)
	s.menR.den += float64(len(goldOf))
	s.menP.den += float64(len(sysOf))
}

// distinct gives the clusters of two mentions and more, and which one a mention
// is in.
func distinct(clusters [][]doc.Range) ([][]doc.Range, map[doc.Range]int) {
	of := map[doc.Range]int{}
	var out [][]doc.Range
	seen := map[doc.Range]bool{}
	for _, c := range clusters {
		var kept []doc.Range
		for _, m := range c {
			if !seen[m] {
				seen[m] = true
				kept = append(kept, m)
			}
		}
		if len(kept) < 2 {
			continue
		}
		for _, m := range kept {
			of[m] = len(out)
		}
		out = append(out, kept)
	}
	return out, of
}

// muc adds the links of the clusters that the other side has.
func muc(r *ratio, clusters [][]doc.Range, other map[doc.Range]int) {
	for _, c := range clusters {
		pieces := map[int]bool{}
		alone := 0
		for _, m := range c {
			if k, ok := other[m]; ok {
				pieces[k] = true
			} else {
				alone++
			}
		}
		r.num += float64(len(c) - len(pieces) - alone)
		r.den += float64(len(c) - 1)
	}
}

// b3 adds, for each mention, the share of its cluster that the other side's
// cluster has.
func b3(r *ratio, clusters, others [][]doc.Range, other map[doc.Range]int) {
	for _, c := range clusters {
		n := map[int]int{}
		for _, m := range c {
			if k, ok := other[m]; ok {
				n[k]++
			}
		}
		for _, k := range n {
			r.num += float64(k) * float64(k) / float64(len(c))
		}
		r.den += float64(len(c))
	}
}

// ceaf is the greatest sum of similarities of clusters paired one to one.
func ceaf(gold, sys [][]doc.Range, sysOf map[doc.Range]int) float64 {
	sim := make([][]float64, len(gold))
	for i, g := range gold {
		sim[i] = make([]float64, len(sys))
		for _, m := range g {
			if k, ok := sysOf[m]; ok {
				sim[i][k]++
			}
		}
		for k := range sim[i] {
			sim[i][k] = 2 * sim[i][k] / float64(len(g)+len(sys[k]))
		}
	}
	return assign(sim)
}

// assign is the greatest sum of entries of w with at most one a row and a
// column: the Hungarian method with potentials, rows times columns squared.
func assign(w [][]float64) float64 {
	n := len(w)
	if n == 0 {
		return 0
	}
	m := len(w[0])
	if n > m {
		t := make([][]float64, m)
		for j := range t {
			t[j] = make([]float64, n)
			for i := range w {
				t[j][i] = w[i][j]
			}
		}
		return assign(t)
	}
	const inf = 1e18
	u, v := make([]float64, n+1), make([]float64, m+1)
	match, way := make([]int, m+1), make([]int, m+1)
	for i := 1; i <= n; i++ {
		match[0] = i
		j0 := 0
		least := slices.Repeat([]float64{inf}, m+1)
		used := make([]bool, m+1)
		for match[j0] != 0 {
			used[j0] = true
			i0, delta, j1 := match[j0], inf, 0
			for j := 1; j <= m; j++ {
				if used[j] {
					continue
				}
				if c := -w[i0-1][j-1] - u[i0] - v[j]; c < least[j] {
					least[j], way[j] = c, j0
				}
				if least[j] < delta {
					delta, j1 = least[j], j
				}
			}
			for j := 0; j <= m; j++ {
				if used[j] {
					u[match[j]] += delta
					v[j] -= delta
				} else {
					least[j] -= delta
				}
			}
			j0 = j1
		}
		for j0 != 0 {
			j1 := way[j0]
			match[j0] = match[j1]
			j0 = j1
		}
	}
	sum := 0.0
	for j := 1; j <= m; j++ {
		if match[j] > 0 {
			sum += w[match[j]-1][j-1]
		}
	}
	return sum
}
