package train

import (
	"cmp"
	"maps"
	"slices"

	"readout/lang/form"
	"readout/lang/tag"
	"readout/linear"
	"readout/weights"
)

// count is how often each value was seen under a key.
type count[V cmp.Ordered] map[uint64]map[V]int

func (c count[V]) add(k uint64, v V) {
	if c[k] == nil {
		c[k] = map[V]int{}
	}
	c[k][v]++
}

// most is the most frequent value under k and how often it was seen; the
// smallest of those that are equal.
func (c count[V]) most(k uint64) (best V, n int) {
	for _, v := range slices.Sorted(maps.Keys(c[k])) {
		if c[k][v] > n {
			best, n = v, c[k][v]
		}
	}
	return best, n
}

// keys are the keys of c in order.
func (c count[V]) keys() []uint64 { return slices.Sorted(maps.Keys(c)) }

// table numbers values in the order in which they come.
type table[V comparable] struct {
	list  []V
	index map[V]int
}

func (t *table[V]) number(v V) int {
	if n, ok := t.index[v]; ok {
		return n
	}
	if t.index == nil {
		t.index = map[V]int{}
	}
	t.index[v] = len(t.list)
	t.list = append(t.list, v)
	return len(t.list) - 1
}

// buildFeats makes the table of features: for each class the most frequent
// ones, and for a form under a class where they are others.
func buildFeats(corpus []sentence, classes []tag.Class, b *weights.Builder) {
	number := classNumbers(classes)
	byClass, byWord := count[string]{}, count[string]{}
	classOf := map[uint64]int{}
	for _, s := range corpus {
		if s.copied {
			continue
		}
		for i, f := range s.forms {
			c, look := number[tag.Class{UPOS: s.upos[i], XPOS: s.xpos[i]}], form.Look(f)
			byClass.add(tag.FeatsKey(c, nil), s.feats[i])
			byWord.add(tag.FeatsKey(c, &look), s.feats[i])
			classOf[tag.FeatsKey(c, &look)] = c
		}
	}
	var keys []uint64
	var values []uint16
	var feats table[string]
	put := func(k uint64, v string) {
		keys, values = append(keys, k), append(values, uint16(feats.number(v)))
	}
	for _, k := range byClass.keys() {
		v, _ := byClass.most(k)
		put(k, v)
	}
	for _, k := range byWord.keys() {
		v, _ := byWord.most(k)
		if usual, _ := byClass.most(tag.FeatsKey(classOf[k], nil)); v != usual {
			put(k, v)
		}
	}
	b.Strings("feats", feats.list)
	linear.NewDict(keys, values).Save(b, "feats.by")
}

// lemmaType is one form under one tag in the corpus.
type lemmaType struct {
	form  string
	look  form.Form
	xpos  uint64
	first bool
}

// buildLemmas makes the scripts of the lemmatiser: first those of endings, a
// longer ending only where it says something else than the next shorter one,
// then the forms for which the endings are wrong.
func buildLemmas(corpus []sentence, b *weights.Builder) {
	var scripts table[tag.Script]
	var types table[lemmaType]
	lemmas := count[string]{} // by number of type
	for _, s := range corpus {
		if s.copied {
			continue
		}
		for i, f := range s.forms {
			n := types.number(lemmaType{f, form.Look(f), form.Hash(s.xpos[i]), i == 0})
			lemmas.add(uint64(n), s.lemmas[i])
		}
	}
	endings := count[int]{}
	for n, t := range types.list {
		lemma, _ := lemmas.most(uint64(n))
		script := scripts.number(tag.MakeScript(t.form, lemma))
		for k := 0; k <= min(tag.MaxEnding, t.look.Len()); k++ {
			endings.add(tag.EndingKey(&t.look, t.xpos, k, t.first), script)
		}
	}
	chosen := map[uint64]int{}
	var keys []uint64
	var values []uint16
	for k := 0; k <= tag.MaxEnding; k++ {
		for _, t := range types.list {
			if k > t.look.Len() {
				continue
			}
			key := tag.EndingKey(&t.look, t.xpos, k, t.first)
			if _, ok := chosen[key]; ok {
				continue
			}
			script, n := endings.most(key)
			usual := -1
			for j := k - 1; j >= 0 && usual < 0; j-- {
				if v, ok := chosen[tag.EndingKey(&t.look, t.xpos, j, t.first)]; ok {
					usual = v
				}
			}
			if script == usual || k > 0 && n < 2 {
				continue
			}
			chosen[key] = script
			keys, values = append(keys, key), append(values, uint16(script))
		}
	}
	exact := count[string]{}
	for n, t := range types.list {
		lemma, times := lemmas.most(uint64(n))
		for range times {
			exact.add(tag.ExactKey(&t.look, t.xpos), lemma)
		}
	}
	done := map[uint64]bool{}
	for _, t := range types.list {
		key := tag.ExactKey(&t.look, t.xpos)
		lemma, _ := exact.most(key)
		if done[key] || byEndings(chosen, &scripts, t) == lemma {
			continue
		}
		done[key] = true
		keys, values = append(keys, key), append(values, uint16(scripts.number(tag.MakeScript(t.form, lemma))))
	}
	saveScripts(scripts.list, b)
	linear.NewDict(keys, values).Save(b, "lemma.by")
}

func byEndings(chosen map[uint64]int, scripts *table[tag.Script], t lemmaType) string {
	for k := min(tag.MaxEnding, t.look.Len()); k >= 0; k-- {
		if v, ok := chosen[tag.EndingKey(&t.look, t.xpos, k, t.first)]; ok {
			if lemma, ok := scripts.list[v].Apply(t.form); ok {
				return lemma
			}
		}
	}
	return t.form
}

func saveScripts(list []tag.Script, b *weights.Builder) {
	add, drop, keep := make([]string, len(list)), make([]uint8, len(list)), make([]uint8, len(list))
	for i, s := range list {
		add[i], drop[i] = s.Add, uint8(s.Drop)
		if s.Keep {
			keep[i] = 1
		}
	}
	b.Strings("script.add", add)
	b.Uint8s("script.drop", drop)
	b.Uint8s("script.keep", keep)
}
