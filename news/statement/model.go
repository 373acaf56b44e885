package statement

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"readout/news/statement/label"
	"readout/nn"
	"readout/weights"
)

// Weights are those of a logistic regression that says which candidates are
// statements, by the number of a feature.
type Weights map[uint64]float32

// Model is what has been learned of attribution: which candidates of the rules
// are statements, and which tokens are source, cue and content. It is immutable
// and safe for many goroutines.
type Model struct {
	weights  Weights
	Labeller *label.Labeller
}

// weightGrain is a step of the weights in a file.
const weightGrain = 1. / 1024

// SaveWeights adds weights to a model file.
func SaveWeights(b *weights.Builder, w Weights) {
	keys := slices.Sorted(maps.Keys(w))
	values := make([]int16, len(keys))
	for i, k := range keys {
		values[i] = int16(math.Round(float64(min(max(w[k]/weightGrain, -1<<15), 1<<15-1))))
	}
	b.Uint64s("cue.features", keys)
	b.Int16s("cue.weights", values)
}

// LoadModel makes the model of a file. Its errors wrap weights.ErrFormat.
func LoadModel(level nn.Level, f *weights.File) (*Model, error) {
	keys, err := f.Uint64s("cue.features")
	if err != nil {
		return nil, err
	}
	values, err := f.Int16s("cue.weights")
	if err != nil {
		return nil, err
	}
	if len(keys) != len(values) {
		return nil, fmt.Errorf("%w: %s: %d features and %d weights", weights.ErrFormat, f.Name, len(keys), len(values))
	}
	m := &Model{weights: make(Weights, len(keys))}
	for i, k := range keys {
		m.weights[k] = float32(values[i]) * weightGrain
	}
	m.Labeller, err = label.Load(level, f)
	return m, err
}
