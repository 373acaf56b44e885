package train

import (
	"context"
	"fmt"
	"slices"

	"readout/lang/tag"
	"readout/linear"
	"readout/weights"
)

const tagEpochs = 8

var tagRounding = linear.Rounding{Grain: 2}

// Tag trains the tagger and makes its file.
func Tag(ctx context.Context, cfg Config) ([]byte, error) {
	corpus, err := cfg.treebanks()
	if err != nil {
		return nil, err
	}
	b := &weights.Builder{Name: "en-tag"}
	if err := buildTagger(ctx, cfg, corpus, b); err != nil {
		return nil, err
	}
	return sealTagger(ctx, cfg, b)
}

// quietTagger is a tagger that has learnt from corpus, without a word.
func quietTagger(ctx context.Context, cfg Config, corpus []sentence) (*tag.Tagger, error) {
	cfg.Log = nil
	b := &weights.Builder{Name: "en-tag"}
	if err := buildTagger(ctx, cfg, corpus, b); err != nil {
		return nil, err
	}
	return loadTagger(b)
}

// buildTagger learns tags, lemmas and features from corpus.
func buildTagger(ctx context.Context, cfg Config, corpus []sentence, b *weights.Builder) error {
	classes := tagClasses(corpus)
	if len(classes) == 0 || len(classes) > linear.MaxClasses {
		return fmt.Errorf("train tag: %d pairs of tags, want 1 to %d", len(classes), linear.MaxClasses)
	}
	model, err := learnTags(ctx, cfg, augment(corpus, cfg.Seed), classes)
	if err != nil {
		return err
	}
	model.Save(b, "tag")
	upos, xpos := make([]string, len(classes)), make([]string, len(classes))
	for i, c := range classes {
		upos[i], xpos[i] = c.UPOS.String(), c.XPOS
	}
	b.Strings("class.upos", upos)
	b.Strings("class.xpos", xpos)
	buildFeats(corpus, classes, b)
	buildLemmas(corpus, b)
	return nil
}

// tagClasses are the pairs of tags in corpus, in their order there.
func tagClasses(corpus []sentence) []tag.Class {
	var out []tag.Class
	for _, s := range corpus {
		for i := range s.forms {
			if c := (tag.Class{UPOS: s.upos[i], XPOS: s.xpos[i]}); !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out
}

func classNumbers(classes []tag.Class) map[tag.Class]int {
	m := make(map[tag.Class]int, len(classes))
	for i, c := range classes {
		m[c] = i
	}
	return m
}

func learnTags(ctx context.Context, cfg Config, corpus []sentence, classes []tag.Class) (*linear.Model, error) {
	number := classNumbers(classes)
	l := linear.NewLearner(len(classes))
	scores := make([]int32, len(classes))
	var features []uint64
	var w tag.Window
	for epoch := range cfg.epochs(tagEpochs) {
		wrong, all := 0, 0
		for _, k := range order(len(corpus), cfg.Seed, uint64(epoch)) {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			s := &corpus[k]
			w.Reset()
			for _, f := range s.forms {
				w.Add(f)
			}
			for i := range s.forms {
				features = w.Features(features[:0], i)
				clear(scores)
				l.Score(scores, features)
				guess, gold := linear.Best(scores), number[tag.Class{UPOS: s.upos[i], XPOS: s.xpos[i]}]
				l.Step()
				if guess != gold {
					l.Update(features, gold, 1)
					l.Update(features, guess, -1)
					wrong++
				}
				w.Set(i, uint8(guess))
				all++
			}
		}
		cfg.logf("tag: pass %d of %d: %.2f %% wrong", epoch+1, cfg.epochs(tagEpochs), 100*float64(wrong)/float64(max(all, 1)))
	}
	return l.Freeze(tagRounding), nil
}
