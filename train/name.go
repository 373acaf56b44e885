package train

import (
	"context"
	"strings"

	"readout/doc"
	"readout/eval"
	"readout/lang/name"
	"readout/lang/tag"
	"readout/linear"
	"readout/weights"
)

const nameEpochs = 8

// nameMargin is by how much the right label must be ahead of every other: 100
// gives 0.4 more F1 than 0 on the dev corpora, 10 nothing.
const nameMargin = 100

var nameRounding = linear.Rounding{Grain: 0.5, Feature: 2}

// nameFile is one corpus of names. Where it is silver, made by rules from other
// annotation, it moves the weights half as much.
type nameFile struct {
	name   string
	weight int32
}

var nameFiles = []nameFile{
	{"ner/uner_ewt_train_with_oth.conll", 2},
	{"ner/wikigold_train.conll", 2},
	{"ner/crossner_politics_train.conll", 2},
	{"ner/gum_names_train.conll", 1},
}

// nameDoc is a document with its names, to learn from.
type nameDoc struct {
	d      *doc.Document
	labels []name.Label
	weight int32
}

// Name trains the name finder and makes its file.
func Name(ctx context.Context, cfg Config) ([]byte, error) {
	docs, tagger, err := nameCorpus(ctx, cfg)
	if err != nil {
		return nil, err
	}
	known, err := knownNames()
	if err != nil {
		return nil, err
	}
	// The second pass learns from what first passes say that have not seen the
	// document.
	memories := make([]*name.Memory, len(docs))
	for fold := range folds {
		var rest []nameDoc
		for i, x := range docs {
			if i%folds != fold {
				rest = append(rest, x)
			}
		}
		l := newNameLearner(cfg, known)
		if err := l.learn(ctx, rest, nil, cfg.epochs(nameEpochs)); err != nil {
			return nil, err
		}
		first := l.Freeze(nameRounding)
		for i, x := range docs {
			if i%folds == fold {
				memories[i] = firstPass(first, known, x.d)
			}
		}
		cfg.logf("name: part %d of %d labelled by the others", fold+1, folds)
	}
	b := &weights.Builder{Name: "en-name"}
	for _, pass := range []struct {
		name     string
		memories []*name.Memory
	}{{"first", nil}, {"second", memories}} {
		l := newNameLearner(cfg, known)
		l.log = true
		if err := l.learn(ctx, docs, pass.memories, cfg.epochs(nameEpochs)); err != nil {
			return nil, err
		}
		l.Freeze(nameRounding).Save(b, pass.name)
	}
	known.Lists.Save(b)
	return sealFinder(ctx, cfg, tagger, known, b)
}

// nameCorpus reads all corpora and tags them. Sentences that are in the
// treebanks get jack-knifed tags, all others those of the full tagger, which is
// the second result.
func nameCorpus(ctx context.Context, cfg Config) ([]nameDoc, *tag.Tagger, error) {
	corpus, err := cfg.treebanks()
	if err != nil {
		return nil, nil, err
	}
	knifed, err := jackknife(ctx, cfg, corpus)
	if err != nil {
		return nil, nil, err
	}
	known := map[string]int{}
	for i, s := range corpus {
		known[strings.Join(s.forms, " ")] = i
	}
	t, err := quietTagger(ctx, cfg, corpus)
	if err != nil {
		return nil, nil, err
	}
	var out []nameDoc
	for _, file := range nameFiles {
		docs, err := eval.ReadNames(cfg.Data, file.name)
		if err != nil {
			return nil, nil, err
		}
		for _, d := range docs {
			if err := t.Run(ctx, d); err != nil {
				return nil, nil, err
			}
			x := nameDoc{d: d, weight: file.weight}
			for _, s := range d.Sentences {
				if i, ok := known[strings.TrimSpace(d.Text[d.Bytes(s).Begin:d.Bytes(s).End])]; ok {
					copyTags(d, s.Begin, knifed, knifed.Sentences[i])
				}
			}
			x.labels = name.Encode(nil, d.Names, 0, d.Len())
			out = append(out, x)
		}
	}
	return out, t, nil
}

func copyTags(to *doc.Document, at int32, from *doc.Document, s doc.Span) {
	for i := s.Begin; i < s.End; i, at = i+1, at+1 {
		to.Tokens.UPOS[at], to.Tokens.XPOS[at] = from.UPOS(i), to.Strings.Intern(from.XPOS(i))
		to.Tokens.Feats[at], to.Tokens.Lemma[at] = to.Strings.Intern(from.Strings.Get(from.Tokens.Feats[i])), to.Strings.Intern(from.Lemma(i))
	}
}

type nameLearner struct {
	*linear.Learner
	cfg      Config
	known    name.Known
	log      bool
	window   name.Window
	features []uint64
	scores   [name.Labels]int32
	wrong    int
	all      int
}

func newNameLearner(cfg Config, known name.Known) *nameLearner {
	return &nameLearner{Learner: linear.NewLearner(name.Labels), cfg: cfg, known: known}
}

func (l *nameLearner) learn(ctx context.Context, docs []nameDoc, memories []*name.Memory, epochs int) error {
	for epoch := range epochs {
		l.wrong, l.all = 0, 0
		for _, k := range order(len(docs), l.cfg.Seed, uint64(epoch)) {
			if err := ctx.Err(); err != nil {
				return err
			}
			var m *name.Memory
			if memories != nil {
				m = memories[k]
			}
			for _, s := range docs[k].d.Sentences {
				l.sentence(&docs[k], s, m)
			}
		}
		if l.log {
			l.cfg.logf("name: pass %d of %d: %.2f %% wrong", epoch+1, epochs, 100*float64(l.wrong)/float64(max(l.all, 1)))
		}
	}
	return nil
}

func (l *nameLearner) sentence(x *nameDoc, s doc.Span, m *name.Memory) {
	w := &l.window
	w.Load(x.d, s, l.known, m)
	for i := range w.Len() {
		l.features = w.Features(l.features[:0], i)
		clear(l.scores[:])
		l.Score(l.scores[:], l.features)
		// Not the best that is allowed: where a mistake leaves the right label
		// out, nothing could be learnt but that the allowed ones are wrong.
		guess := linear.Best(l.scores[:])
		gold := int(x.labels[s.Begin+int32(i)])
		l.Step()
		l.all++
		if guess != gold {
			l.wrong++
		}
		l.scores[gold] -= nameMargin
		if rival := linear.Best(l.scores[:]); rival != gold {
			l.Update(l.features, gold, x.weight)
			l.Update(l.features, rival, -x.weight)
		}
		w.Set(i, name.Label(guess))
	}
}

// firstPass is the memory of d after a first pass of the finder.
func firstPass(model *linear.Model, known name.Known, d *doc.Document) *name.Memory {
	m, w := &name.Memory{}, &name.Window{}
	m.Reset(d.Len())
	var features []uint64
	var scores [name.Labels]int32
	for _, s := range d.Sentences {
		w.Load(d, s, known, nil)
		for i := range w.Len() {
			features = w.Features(features[:0], i)
			clear(scores[:])
			model.Score(scores[:], features)
			l, _ := w.Best(i, scores[:])
			w.Set(i, l)
			m.Note(d, s.Begin+int32(i), l)
		}
	}
	return m
}
