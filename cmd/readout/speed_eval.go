package main

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"readout"
	"readout/doc"
	"readout/examples"
)

// evalSpeed times the reader on the bundled examples, on one core. It goes to e.timed:
// what differs from run to run is no part of the tables that are compared.
func evalSpeed(ctx context.Context, e evalEnv) error {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	plain, err := readout.New(readout.Config{Plain: true})
	if err != nil {
		return err
	}
	fmt.Fprintf(e.timed, "one core, bundled examples               tokens/s\n")
	for _, x := range []struct {
		what        string
		reader      *readout.Reader
		first, last int // of the stages that are timed
	}{
		{"tags, lemmas, trees, names", e.reader, 1, 4},
		{"the same without vector instructions", plain, 1, 4},
		{"whole reading", e.reader, 0, len(e.reader.Stages())},
	} {
		rate, err := tokenRate(ctx, x.reader, x.first, x.last)
		if err != nil {
			return err
		}
		fmt.Fprintf(e.timed, "%-40s %8.0f\n", x.what, rate)
	}
	size := 0
	for _, m := range allModels {
		f, err := m()
		if err != nil {
			return err
		}
		if f != nil { // a build without it
			size += f.Size()
		}
	}
	_, err = fmt.Fprintf(e.timed, "models %.1f MB, loaded with all tables in %d ms\n", float64(size)/1e6, e.loaded.Milliseconds())
	return err
}

// tokenRate runs stages first to last, without the last, over the examples for a
// second or more, and those before outside the clock. It gives tokens a second.
func tokenRate(ctx context.Context, r *readout.Reader, first, last int) (float64, error) {
	var spent time.Duration
	tokens := 0
	for round := 0; spent < time.Second; round++ {
		for _, x := range examples.All() {
			d, err := r.Open(readout.Article{Text: x.Text})
			if err != nil {
				return 0, err
			}
			t, err := timeStages(ctx, r.Stages(), d, first, last)
			if err != nil {
				return 0, err
			}
			if round > 0 { // the first makes the working space
				spent += t
				tokens += d.Len()
			}
		}
	}
	return float64(tokens) / spent.Seconds(), nil
}

func timeStages(ctx context.Context, stages []readout.Stage, d *doc.Document, first, last int) (time.Duration, error) {
	var start time.Time
	for i, s := range stages[:last] {
		if i == first {
			start = time.Now()
		}
		if err := s.Run(ctx, d); err != nil {
			return 0, err
		}
	}
	return time.Since(start), nil
}
