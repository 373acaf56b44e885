// Package factuality says how sure a sentence is that what one of its words
// tells has happened: a number from -3 (certainly not) through 0 (left open) to
// +3 (certainly so), the scale of Saurí and Pustejovsky 2009 (FactBank) as
// Stanovsky and others 2017 unified it.
//
// It knows English: tense, modals, negation, questions, conditionals, and what
// a governor entails of its complement (governors.tsv, by signatures of
// implicatives and factives after Nairn, Condoravdi and Karttunen 2006). How
// much each weighs is learnt (weights.tsv). It is a view of single sentences
// and asks "has it happened?": what is planned for Friday has not. The status
// of an event, which keeps planned, denied and conditional apart, is made by
// package event and does not rest on it.
package factuality

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"readout/doc"
)

//go:embed governors.tsv
var governorRows string

//go:embed weights.tsv
var weightRows string

// key is a governor and the frame of its complement.
type key struct{ word, frame string }

// Scorer scores predicates. It is immutable and safe for many goroutines.
type Scorer struct {
	signatures map[key]string
	weights    map[string]float64
}

var load = sync.OnceValues(func() (*Scorer, error) {
	s := &Scorer{map[key]string{}, map[string]float64{}}
	err := eachRow("governors.tsv", governorRows, 6, func(c []string) error {
		k := key{c[0], c[1]}
		if s.signatures[k] != "" {
			return fmt.Errorf("%s %s stands twice", c[0], c[1])
		}
		s.signatures[k] = c[2]
		return nil
	})
	if err != nil {
		return nil, err
	}
	return s, eachRow("weights.tsv", weightRows, 2, func(c []string) error {
		w, err := strconv.ParseFloat(c[1], 64)
		s.weights[c[0]] = w
		return err
	})
})

// New gives the scorer of the embedded tables.
func New() (*Scorer, error) { return load() }

// eachRow calls do with the columns of each row of a table but the first; lines
// that begin with # are remarks.
func eachRow(name, rows string, columns int, do func([]string) error) error {
	for n, line := range strings.Split(strings.TrimRight(rows, "\n"), "\n") {
		if n == 0 || strings.HasPrefix(line, "#") {
			continue
		}
		c := strings.Split(line, "\t")
		if len(c) != columns {
			return fmt.Errorf("%s:%d: %d columns, want %d", name, n+1, len(c), columns)
		}
		if err := do(c); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n+1, err)
		}
	}
	return nil
}

// Score is the factuality of the predicate whose head is token i, from -3 to 3.
// d needs tags and trees.
func (s *Scorer) Score(d *doc.Document, i int32) float64 {
	z := 0.0
	s.each(d, i, func(parts ...string) { z += s.weights[strings.Join(parts, " ")] })
	return max(-3, min(3, z))
}

// Features are the names of what the score of token i is a weighted sum of.
func (s *Scorer) Features(d *doc.Document, i int32) []string {
	var out []string
	s.each(d, i, func(parts ...string) { out = append(out, strings.Join(parts, " ")) })
	return out
}
