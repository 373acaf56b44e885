package train

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"

	"readout"
	"readout/doc"
	"readout/eval"
	"readout/news/statement"
	"readout/news/statement/label"
)

// attributed is an article as the trainer of the labeller sees it.
type attributed struct {
	doc    *doc.Document
	gold   eval.Attributed
	states []float32
	labels []label.Label
	cues   []eval.Labelled // its candidates
	keys   [][]uint64      // by token: what the statement stage tells of it
}

// readAttributed reads the articles of a part of PolNeAR with the encoder's
// states and the statement stage's candidates.
func readAttributed(ctx context.Context, cfg Config, part string) ([]attributed, error) {
	gold, err := eval.ReadAttributed(filepath.Join(cfg.Data, "polnear", part+".jsonl.gz"))
	if err != nil {
		return nil, err
	}
	out := make([]attributed, len(gold))
	var mu sync.Mutex
	states := map[*doc.Document][]float32{}
	r, err := readout.New(readout.Config{States: func(d *doc.Document, s doc.Span, rows []float32) {
		width := len(rows) / s.Len()
		mu.Lock()
		list := states[d]
		if list == nil {
			list = make([]float32, d.Len()*width)
			states[d] = list
		}
		mu.Unlock()
		copy(list[int(s.Begin)*width:], rows)
	}})
	if err != nil {
		return nil, err
	}
	return out, bothErr(func(k int) error {
		for i := k; i < len(gold); i += 2 {
			var err error
			if out[i], err = readOne(ctx, r, gold[i], i); err != nil {
				return err
			}
			mu.Lock()
			out[i].states = states[out[i].doc]
			delete(states, out[i].doc)
			mu.Unlock()
		}
		return nil
	})
}

func readOne(ctx context.Context, r *readout.Reader, gold eval.Attributed, n int) (attributed, error) {
	a := attributed{gold: gold}
	d, err := r.Open(readout.Article{Text: gold.Text, Key: gold.ID})
	if err != nil {
		return a, fmt.Errorf("%s: %w", gold.ID, err)
	}
	a.doc = d
	for _, s := range r.Stages() {
		if st, ok := s.(*statement.Stage); ok {
			a.labels = labelsOf(d, gold)
			a.cues, err = eval.Label(ctx, st, d, gold, n)
			return a, err
		}
		if err := s.Run(ctx, d); err != nil {
			return a, fmt.Errorf("%s: %w", gold.ID, err)
		}
	}
	return a, fmt.Errorf("the reader has no statement stage")
}

// addInputs gives each article the stage's inputs. Those of the articles that
// weights are learned from would be surer than any in reading, so each half of
// the articles has the weights that the other half gives.
func addInputs(ctx context.Context, list []attributed, cfg Config) error {
	stage := statement.New(statement.Config{})
	return bothErr(func(k int) error {
		var other []eval.Labelled
		for i := range list {
			if i%2 != k {
				other = append(other, list[i].cues...)
			}
		}
		w := cueWeights(other, cfg)
		for i := k; i < len(list); i += 2 {
			var err error
			if list[i].keys, err = stage.Inputs(ctx, list[i].doc, w); err != nil {
				return err
			}
		}
		return nil
	})
}

// bothErr is both with errors.
func bothErr(f func(k int) error) error {
	var errs [2]error
	both(func(k int) { errs[k] = f(k) })
	return errors.Join(errs[:]...)
}

// labelsOf are the labels of d's tokens by the annotation.
func labelsOf(d *doc.Document, gold eval.Attributed) []label.Label {
	out := make([]label.Label, d.Len())
	for _, a := range gold.Attributions {
		for k, role := range [][][2]int{a.Cue, a.Source, a.Content} {
			first := []label.Label{label.CueBegin, label.SourceBegin, label.ContentBegin}[k]
			for n, s := range eval.TokenSpans(d, gold.Text, role) {
				for i := s.Begin; i < s.End; i++ {
					out[i] = first.Inside()
				}
				out[s.Begin] = first
				if n > 0 && first == label.ContentBegin {
					out[s.Begin] = label.ContentGoesOn
				}
			}
		}
	}
	// What another role has cut in two begins anew.
	prev := label.Label(label.Count)
	for i, l := range out {
		if !label.Allowed(prev, l) {
			switch l {
			case label.CueInside:
				out[i] = label.CueBegin
			case label.SourceInside:
				out[i] = label.SourceBegin
			default:
				out[i] = label.ContentGoesOn
			}
		}
		prev = out[i]
	}
	return out
}

// labelInputs are the features that enough articles have, in their order.
func labelInputs(list []attributed, least int32) (keys []uint64) {
	type seen struct{ articles, last int32 }
	count := map[uint64]seen{}
	for i := range list {
		for _, token := range list[i].keys {
			for _, k := range token {
				if s := count[k]; s.articles == 0 || s.last != int32(i) {
					count[k] = seen{s.articles + 1, int32(i)}
				}
			}
		}
	}
	for k, s := range count {
		if s.articles >= least {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return keys
}

// labelExamples cuts articles into stretches; keys are the features that have a
// row.
func labelExamples(list []attributed, keys []uint64) []*labelExample {
	rowOf := make(map[uint64]int32, len(keys))
	for i, k := range keys {
		rowOf[k] = int32(i)
	}
	var out []*labelExample
	for i := range list {
		a := &list[i]
		width := len(a.states) / max(1, a.doc.Len())
		for _, s := range label.Stretches(a.doc) {
			x := &labelExample{states: a.states[int(s.Begin)*width : int(s.End)*width], labels: a.labels[s.Begin:s.End]}
			for t := s.Begin; t < s.End; t++ {
				var rows []int32
				for _, k := range a.keys[t] {
					if r, ok := rowOf[k]; ok {
						rows = append(rows, r)
					}
				}
				x.rows = append(x.rows, rows)
			}
			out = append(out, x)
		}
	}
	return out
}
