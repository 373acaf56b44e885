package train

import (
	"cmp"
	"maps"
	"slices"

	"readout/doc"
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

// total is how many values were seen under k.
func (c count[V]) total(k uint64) int {
	n := 0
	for _, m := range c[k] {
		n += m
	}
	return n
}

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

// featsSeen is one form under one class in one context.
type featsSeen struct {
	class   int
	look    form.Form
	context uint64
}

// A form tells its features whatever its context if they are the same ones so
// often, and in its context if they were seen so many times there.
const (
	sureShare    = 0.95
	leastContext = 2
)

// buildFeats makes the table of features: by class, by class and context, by
// form, by form and context, each only where it says something else than what
// is asked after it.
func buildFeats(corpus []sentence, classes []tag.Class, b *weights.Builder) {
	seen, counts := featsCounts(corpus, classes)
	var keys []uint64
	var values []uint16
	var feats table[string]
	chosen := map[uint64]string{}
	put := func(k uint64, v string) {
		chosen[k] = v
		keys, values = append(keys, k), append(values, uint16(feats.number(v)))
	}
	// choose fills in one of the four keys, given those asked after it.
	choose := func(key func(x *featsSeen) uint64, after []func(x *featsSeen) uint64, enough func(n, all int) bool) {
		done := map[uint64]bool{}
		for i := range seen.list {
			x := &seen.list[i]
			k := key(x)
			if done[k] {
				continue
			}
			done[k] = true
			v, n := counts.most(k)
			usual, known := "", false
			for _, f := range after {
				if usual, known = chosen[f(x)]; known {
					break
				}
			}
			if (!known || v != usual) && enough(n, counts.total(k)) {
				put(k, v)
			}
		}
	}
	byClass := func(x *featsSeen) uint64 { return tag.FeatsKey(x.class, nil, 0) }
	byClassContext := func(x *featsSeen) uint64 { return tag.FeatsKey(x.class, nil, x.context) }
	byForm := func(x *featsSeen) uint64 { return tag.FeatsKey(x.class, &x.look, 0) }
	byFormContext := func(x *featsSeen) uint64 { return tag.FeatsKey(x.class, &x.look, x.context) }
	type fs = []func(x *featsSeen) uint64
	choose(byClass, nil, func(int, int) bool { return true })
	choose(byClassContext, fs{byClass}, func(n, _ int) bool { return n >= leastContext })
	choose(byForm, fs{byClass}, func(n, all int) bool { return float64(n) >= sureShare*float64(all) })
	choose(byFormContext, fs{byForm, byClassContext, byClass}, func(n, _ int) bool { return n >= leastContext })
	b.Strings("feats", feats.list)
	linear.NewDict(keys, values).Save(b, "feats.by")
}

// featsCounts counts the features of corpus under all four keys.
func featsCounts(corpus []sentence, classes []tag.Class) (table[featsSeen], count[string]) {
	number := classNumbers(classes)
	var seen table[featsSeen]
	counts := count[string]{}
	d := document(corpus)
	setGoldTags(d, corpus)
	for n, s := range corpus {
		if s.copied {
			continue
		}
		first := d.Sentences[n].Begin
		for i, f := range s.forms {
			c := number[tag.Class{UPOS: s.upos[i], XPOS: s.xpos[i]}]
			x := featsSeen{c, form.Look(f), tag.Context(d, first, first+int32(i))}
			// One form in different capitals looks different and has one key.
			x.look = form.Form{Lower: x.look.Lower}
			seen.number(x)
			for _, k := range []uint64{tag.FeatsKey(c, nil, 0), tag.FeatsKey(c, nil, x.context), tag.FeatsKey(c, &x.look, 0), tag.FeatsKey(c, &x.look, x.context)} {
				counts.add(k, s.feats[i])
			}
		}
	}
	return seen, counts
}

// setGoldTags puts the tags of a corpus into its document.
func setGoldTags(d *doc.Document, corpus []sentence) {
	n := d.Len()
	d.Tokens.UPOS, d.Tokens.XPOS = make([]doc.UPOS, 0, n), make([]doc.Str, 0, n)
	for _, s := range corpus {
		d.Tokens.UPOS = append(d.Tokens.UPOS, s.upos...)
		for _, x := range s.xpos {
			d.Tokens.XPOS = append(d.Tokens.XPOS, d.Strings.Intern(x))
		}
	}
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
