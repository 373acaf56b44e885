package train

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"readout/doc"
	"readout/lang/parse"
	"readout/lang/tag"
	"readout/linear"
	"readout/weights"
)

const (
	parseEpochs = 10
	folds       = 5 // of the jack-knife
	smallCorpus = 1000
)

// parseRounding keeps 0.26 of 2.9 million features: 6.5 MB instead of 52 for
// 0.5 LAS.
var parseRounding = linear.Rounding{Grain: 1, Weight: 2, Feature: 3}

// Parse trains the parser and makes its file.
func Parse(ctx context.Context, cfg Config) ([]byte, error) {
	corpus, err := cfg.treebanks()
	if err != nil {
		return nil, err
	}
	original := corpus
	corpus = augment(corpus, cfg.Seed)
	d, err := jackknife(ctx, cfg, corpus)
	if err != nil {
		return nil, err
	}
	classes := parseClasses(corpus)
	if len(classes) > linear.MaxClasses {
		return nil, fmt.Errorf("train parse: %d moves, want at most %d", len(classes), linear.MaxClasses)
	}
	model, err := learnMoves(ctx, cfg, corpus, d, classes)
	if err != nil {
		return nil, err
	}
	b := &weights.Builder{Name: "en-parse"}
	model.Save(b, "parse")
	moves, rels := make([]uint8, len(classes)), make([]string, len(classes))
	for i, c := range classes {
		moves[i], rels[i] = uint8(c.Move), c.Deprel.String()
	}
	b.Uint8s("class.move", moves)
	b.Strings("class.deprel", rels)
	return sealParser(ctx, cfg, original, b)
}

// jackknife is the document of corpus with the tags that a tagger gives which
// has not seen the sentence: what the parser will read later is not gold
// either.
func jackknife(ctx context.Context, cfg Config, corpus []sentence) (*doc.Document, error) {
	d := document(corpus)
	n := d.Len()
	d.Tokens.UPOS, d.Tokens.XPOS, d.Tokens.Feats, d.Tokens.Lemma = make([]doc.UPOS, n), make([]doc.Str, n), make([]doc.Str, n), make([]doc.Str, n)
	for fold := range folds {
		var rest, held []sentence
		var spans []doc.Span
		for i, s := range corpus {
			if s.fold == fold {
				held, spans = append(held, s), append(spans, d.Sentences[i])
			} else if !s.copied {
				rest = append(rest, s)
			}
		}
		if len(rest) == 0 {
			rest = corpus
		}
		t, err := quietTagger(ctx, cfg, rest)
		if err != nil {
			return nil, err
		}
		h := document(held)
		if err := t.Run(ctx, h); err != nil {
			return nil, err
		}
		for k, span := range spans {
			at := h.Sentences[k].Begin
			for i := span.Begin; i < span.End; i, at = i+1, at+1 {
				d.Tokens.UPOS[i], d.Tokens.XPOS[i] = h.UPOS(at), d.Strings.Intern(h.XPOS(at))
				d.Tokens.Feats[i], d.Tokens.Lemma[i] = d.Strings.Intern(h.Strings.Get(h.Tokens.Feats[at])), d.Strings.Intern(h.Lemma(at))
			}
		}
		cfg.logf("parse: tagged part %d of %d by the others", fold+1, folds)
	}
	d.Has |= doc.LayerTags
	return d, nil
}

func loadTagger(b *weights.Builder) (*tag.Tagger, error) {
	data, err := b.Bytes()
	if err != nil {
		return nil, err
	}
	f, err := weights.Read(data)
	if err != nil {
		return nil, err
	}
	return tag.New(f)
}

// parseClasses are the moves that the trees of corpus need: Shift, and each
// relation with the direction in which it is seen.
func parseClasses(corpus []sentence) []parse.Class {
	out := []parse.Class{{Move: parse.Shift}, {Move: parse.Left, Deprel: doc.RelRoot}, {Move: parse.Left, Deprel: doc.RelDep}, {Move: parse.Right, Deprel: doc.RelDep}}
	for _, s := range corpus {
		for i, h := range s.heads {
			if int(h) == len(s.heads) {
				continue
			}
			c := parse.Class{Move: parse.Left, Deprel: s.rels[i]}
			if h < int32(i) {
				c.Move = parse.Right
			}
			if !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out
}

func learnMoves(ctx context.Context, cfg Config, corpus []sentence, d *doc.Document, classes []parse.Class) (*linear.Model, error) {
	l := &moveLearner{Learner: linear.NewLearner(len(classes)), classes: classes, scores: make([]int32, len(classes))}
	golds := make([]*parse.Gold, len(corpus))
	for i := range corpus {
		golds[i] = parse.NewGold(corpus[i].heads, corpus[i].rels)
	}
	for epoch := range cfg.epochs(parseEpochs) {
		l.wrong, l.all = 0, 0
		l.explore = epoch > 0
		l.random = rand.New(rand.NewPCG(cfg.Seed, 1000+uint64(epoch)))
		for _, k := range order(len(corpus), cfg.Seed, uint64(epoch)) {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			l.state.Load(d, d.Sentences[k])
			l.sentence(golds[k])
		}
		cfg.logf("parse: pass %d of %d: %.2f %% wrong", epoch+1, cfg.epochs(parseEpochs), 100*float64(l.wrong)/float64(max(l.all, 1)))
	}
	if len(corpus) < smallCorpus { // its weights are small, and so is its model
		return l.Freeze(linear.Rounding{Grain: 16}), nil
	}
	return l.Freeze(parseRounding), nil
}

type moveLearner struct {
	*linear.Learner
	classes    []parse.Class
	scores     []int32
	features   []uint64
	state      parse.State
	random     *rand.Rand
	explore    bool
	wrong, all int
}

func (l *moveLearner) sentence(g *parse.Gold) {
	st := &l.state
	for !st.Done() {
		l.features = st.Features(l.features[:0])
		clear(l.scores)
		l.Score(l.scores, l.features)
		guess := parse.Best(st, l.classes, l.scores)
		gold, ok := l.right(g, guess)
		l.Step()
		l.all++
		next := guess
		if !ok {
			l.wrong++
			l.Update(l.features, gold, 1)
			l.Update(l.features, guess, -1)
			if !l.explore || l.random.IntN(10) == 0 {
				next = gold
			}
		}
		st.Do(l.classes[next].Move, l.classes[next].Deprel)
	}
}

// right is the best class among those that lose no more gold arcs than must be
// lost, and name a gold arc rightly; and whether guess is one of them.
func (l *moveLearner) right(g *parse.Gold, guess int) (best int, ok bool) {
	st := &l.state
	cost := st.Costs(g)
	least := 1 << 30
	for m := parse.Shift; m <= parse.Right; m++ {
		if st.Can(m) {
			least = min(least, cost[m])
		}
	}
	rel := [3]doc.Deprel{0, st.GoldArc(g, parse.Left), st.GoldArc(g, parse.Right)}
	best = -1
	for c, k := range l.classes {
		if cost[k.Move] != least || !st.Allows(k) || rel[k.Move] != 0 && rel[k.Move] != k.Deprel {
			continue
		}
		ok = ok || c == guess
		if best < 0 || l.scores[c] > l.scores[best] {
			best = c
		}
	}
	return best, ok
}
