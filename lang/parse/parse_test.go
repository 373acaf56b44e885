package parse

import (
	"math/rand/v2"
	"testing"

	"readout/conllu"
	"readout/doc"
)

const sentence = `
1 The the DET 2 det
2 minister minister NOUN 3 nsubj
3 said say VERB 0 root
4 talks talk NOUN 6 nsubj
5 had have AUX 6 aux
6 failed fail VERB 3 ccomp
7 . . PUNCT 3 punct
`

func goldOf(d *doc.Document, s doc.Span) *Gold {
	heads := make([]int32, s.Len())
	for i := range heads {
		heads[i] = d.Head(s.Begin+int32(i)) - s.Begin
		if d.Head(s.Begin+int32(i)) == doc.Root {
			heads[i] = int32(len(heads))
		}
	}
	return NewGold(heads, d.Tokens.Deprel[s.Begin:s.End])
}

// free is a move of no cost that is allowed, and its relation.
func free(t *testing.T, st *State, g *Gold) (Move, doc.Deprel) {
	t.Helper()
	cost := st.Costs(g)
	for m := Shift; m <= Right; m++ {
		rel := st.GoldArc(g, m)
		if st.Can(m) && cost[m] == 0 && (m == Shift || rel != 0) {
			return m, rel
		}
	}
	t.Fatalf("no free move with %d on the stack and the buffer at %d", len(st.stack), st.front)
	return 0, 0
}

func TestOracleFindsTheTree(t *testing.T) {
	d := conllu.MustDoc(sentence)
	s := d.Sentences[0]
	g := goldOf(d, s)
	var st State
	st.Load(d, s)
	for !st.Done() {
		st.Do(free(t, &st, g))
	}
	for i := range st.Len() {
		if st.Head(i) != g.head[i] || st.Deprel(i) != g.rels[i] {
			t.Errorf("%s: head %d %v, want %d %v", d.Form(int32(i)), st.Head(i), st.Deprel(i), g.head[i], g.rels[i])
		}
	}
}

// TestCostsAreHonest makes moves at random and checks that each loses as many
// gold arcs in the end as the oracle said, when the rest is free.
func TestCostsAreHonest(t *testing.T) {
	d := conllu.MustDoc(sentence)
	s := d.Sentences[0]
	g := goldOf(d, s)
	r := rand.New(rand.NewPCG(3, 3))
	for range 300 {
		var st State
		st.Load(d, s)
		lost := 0
		for !st.Done() {
			cost := st.Costs(g)
			var can []Move
			least := 1 << 30
			for m := Shift; m <= Right; m++ {
				if st.Can(m) {
					can = append(can, m)
					least = min(least, cost[m])
				}
			}
			m := can[r.IntN(len(can))]
			if r.IntN(3) > 0 { // mostly a best one
				for _, c := range can {
					if cost[c] == least {
						m = c
					}
				}
			}
			lost += cost[m]
			st.Do(m, doc.RelDep)
		}
		wrong := 0
		for i := range st.Len() {
			if st.Head(i) != g.head[i] {
				wrong++
			}
		}
		if wrong != lost {
			t.Fatalf("%d arcs wrong, the oracle counted %d", wrong, lost)
		}
	}
}

func TestAlwaysATree(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	d := conllu.MustDoc(sentence)
	s := d.Sentences[0]
	for range 500 {
		var st State
		st.Load(d, s)
		for !st.Done() {
			if m := Move(r.IntN(3)); st.Can(m) {
				st.Do(m, doc.RelDep)
			}
		}
		roots := 0
		for i := range st.Len() {
			h, steps := int32(i), 0
			for ; int(h) < st.Len() && steps <= st.Len(); steps++ {
				h = st.Head(int(h))
			}
			if int(h) != st.Len() {
				t.Fatalf("token %d hangs in a circle", i)
			}
			if int(st.Head(i)) == st.Len() {
				roots++
			}
		}
		if roots != 1 {
			t.Fatalf("%d roots", roots)
		}
	}
}
