package eval

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"strings"

	"readout"
	"readout/doc"
	"readout/news/factuality"
)

// Judged is a sentence whose predicates were judged: how sure it is that what
// they tell has happened, from -3 to 3 (FactBank's scale as unified by
// Stanovsky and others, ACL 2017).
type Judged struct {
	Tokens []string `json:"tokens"`
	Events []struct {
		I     int32   `json:"i"` // of Tokens
		Score float64 `json:"score"`
	} `json:"events"`
}

// ReadJudged reads judged sentences from JSON lines; the file may be packed
// (name.gz). An event that is no token of its sentence, a score off the scale,
// or an empty token is an error that names the line.
func ReadJudged(path string) ([]Judged, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var r io.Reader = file
	if strings.HasSuffix(path, ".gz") {
		z, err := gzip.NewReader(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		r = z
	}
	return parseJudged(r, path)
}

func parseJudged(r io.Reader, name string) ([]Judged, error) {
	var out []Judged
	in := bufio.NewScanner(r)
	in.Buffer(nil, maxAttributed)
	for line := 1; in.Scan(); line++ {
		if len(in.Bytes()) == 0 {
			continue
		}
		var j Judged
		if err := json.Unmarshal(in.Bytes(), &j); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, line, err)
		}
		for _, t := range j.Tokens {
			if t == "" {
				return nil, fmt.Errorf("%s:%d: an empty token", name, line)
			}
		}
		for _, e := range j.Events {
			if e.I < 0 || int(e.I) >= len(j.Tokens) || e.Score < -3 || e.Score > 3 {
				return nil, fmt.Errorf("%s:%d: event %d with score %g: no such token or score", name, line, e.I, e.Score)
			}
		}
		out = append(out, j)
	}
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return out, nil
}

// document is the sentence with the text layer.
func (j *Judged) document() *doc.Document {
	b := namesBuilder{}
	for _, t := range j.Tokens {
		b.token(t, "O")
	}
	list := b.document(nil)
	if len(list) == 0 {
		return nil
	}
	return list[0]
}

// eachJudged calls do with every judged predicate, its sentence tagged and
// parsed by stages.
func eachJudged(ctx context.Context, stages []readout.Stage, list []Judged, do func(sentence int, d *doc.Document, i int32, score float64)) error {
	for n := range list {
		d := list[n].document()
		if d == nil || len(list[n].Events) == 0 {
			continue
		}
		if err := Annotate(ctx, d, stages); err != nil {
			return err
		}
		for _, e := range list[n].Events {
			do(n, d, e.I, e.Score)
		}
	}
	return ctx.Err()
}

// Scored is the gold score of something and that of the reader.
type Scored struct{ Gold, System float64 }

// RunFactuality scores the judged predicates of a file.
func RunFactuality(ctx context.Context, r *readout.Reader, path string) ([]Scored, error) {
	list, err := ReadJudged(path)
	if err != nil {
		return nil, err
	}
	s, err := factuality.New()
	if err != nil {
		return nil, err
	}
	var out []Scored
	err = eachJudged(ctx, LanguageStages(r, doc.LayerTags|doc.LayerTree), list, func(_ int, d *doc.Document, i int32, score float64) {
		out = append(out, Scored{score, s.Score(d, i)})
	})
	return out, err
}

// LabelledPredicate is a judged predicate and its features by name.
type LabelledPredicate struct {
	Sentence int // its number
	Features []string
	Score    float64
}

// LabelPredicates gives the judged predicates of a file with their features.
func LabelPredicates(ctx context.Context, r *readout.Reader, path string) ([]LabelledPredicate, error) {
	list, err := ReadJudged(path)
	if err != nil {
		return nil, err
	}
	s, err := factuality.New()
	if err != nil {
		return nil, err
	}
	var out []LabelledPredicate
	err = eachJudged(ctx, LanguageStages(r, doc.LayerTags|doc.LayerTree), list, func(n int, d *doc.Document, i int32, score float64) {
		out = append(out, LabelledPredicate{n, s.Features(d, i), score})
	})
	return out, err
}

// Pearson is the correlation of gold and system scores, 0 where either is
// constant.
func Pearson(list []Scored) float64 {
	var n, g, s, gg, ss, gs float64
	for _, x := range list {
		n, g, s = n+1, g+x.Gold, s+x.System
		gg, ss, gs = gg+x.Gold*x.Gold, ss+x.System*x.System, gs+x.Gold*x.System
	}
	if d := (n*gg - g*g) * (n*ss - s*s); d > 0 {
		return (n*gs - g*s) / math.Sqrt(d)
	}
	return 0
}

// MeanError is the mean absolute error of the system's scores.
func MeanError(list []Scored) float64 {
	sum := 0.0
	for _, x := range list {
		sum += math.Abs(x.Gold - x.System)
	}
	return sum / float64(max(1, len(list)))
}

// PrintFactuality writes the figures of one file beside those of a reader that
// says of everything that it happened.
func PrintFactuality(w io.Writer, name string, list []Scored) error {
	always := make([]Scored, len(list))
	for i, x := range list {
		always[i] = Scored{x.Gold, 3}
	}
	_, err := fmt.Fprintf(w, "%-28s %6s %6s %6s\n%-28s %6d %6.3f %6.3f\n%-28s %6s %6.3f %6.3f\n", "", "n", "r", "MAE",
		name, len(list), Pearson(list), MeanError(list), "  always +3", "", Pearson(always), MeanError(always))
	return err
}
