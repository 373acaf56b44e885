package readout_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"readout"
	"readout/doc"
)

// One operation of a benchmark reads all bundled examples, or a text made of
// them, so that tokens/s is what compares.

func perSecond(b *testing.B, tokens int) {
	b.ReportMetric(float64(tokens)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}

// BenchmarkStage runs each stage by itself, on documents that the stages before
// it have prepared outside the clock.
func BenchmarkStage(b *testing.B) {
	r := newReader(b, readout.Config{})
	stages := r.Stages()
	for i, stage := range stages {
		b.Run(stage.Name(), func(b *testing.B) {
			b.ReportAllocs()
			tokens := 0
			for range b.N {
				b.StopTimer()
				docs, n := prepared(b, r, stages[:i])
				b.StartTimer()
				for _, d := range docs {
					if err := stage.Run(b.Context(), d); err != nil {
						b.Fatal(err)
					}
				}
				if n == 0 { // before the first stage there are no tokens
					for _, d := range docs {
						n += d.Len()
					}
				}
				tokens = n
			}
			perSecond(b, tokens)
		})
	}
}

// BenchmarkLanguage is the part that knows English and nothing of politics: tags,
// lemmas, trees and names, with the best kernels and without vector
// instructions.
func BenchmarkLanguage(b *testing.B) {
	for _, plain := range []bool{false, true} {
		b.Run(fmt.Sprintf("plain=%v", plain), func(b *testing.B) {
			r := newReader(b, readout.Config{Plain: plain})
			var tokens int
			for range b.N {
				b.StopTimer()
				docs, n := prepared(b, r, r.Stages()[:1])
				b.StartTimer()
				for _, d := range docs {
					for _, s := range r.Stages()[1:4] {
						if err := s.Run(b.Context(), d); err != nil {
							b.Fatal(err)
						}
					}
				}
				tokens = n
			}
			perSecond(b, tokens)
		})
	}
}

// prepared are the examples with the layers of some stages, and their tokens.
func prepared(b *testing.B, r *readout.Reader, stages []readout.Stage) ([]*doc.Document, int) {
	b.Helper()
	var docs []*doc.Document
	tokens := 0
	for _, a := range articles() {
		d, err := r.Open(a)
		if err != nil {
			b.Fatal(err)
		}
		for _, s := range stages {
			if err := s.Run(b.Context(), d); err != nil {
				b.Fatal(err)
			}
		}
		docs, tokens = append(docs, d), tokens+d.Len()
	}
	return docs, tokens
}

// BenchmarkRead is the whole reading, one article after the other.
func BenchmarkRead(b *testing.B) {
	r := newReader(b, readout.Config{})
	b.ReportAllocs()
	tokens := 0
	for b.Loop() {
		tokens = 0
		for _, a := range articles() {
			tokens += read(b, r, a).Len()
		}
	}
	perSecond(b, tokens)
}

// BenchmarkReadAll shows what a second core gives.
func BenchmarkReadAll(b *testing.B) {
	many := slices.Repeat(articles(), 4)
	for _, workers := range []int{1, 2} {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			r := newReader(b, readout.Config{Workers: workers})
			tokens := 0
			for b.Loop() {
				tokens = 0
				for d, err := range r.ReadAll(b.Context(), slices.Values(many)) {
					if err != nil {
						b.Fatal(err)
					}
					tokens += d.Len()
				}
			}
			perSecond(b, tokens)
		})
	}
}

// BenchmarkLength reads one article of growing length: tokens/s must stay.
func BenchmarkLength(b *testing.B) {
	r := newReader(b, readout.Config{})
	for _, times := range []int{1, 2, 4, 8, 32} { // the last in pieces
		b.Run(fmt.Sprintf("%dx", times), func(b *testing.B) {
			a := readout.Article{Text: longText(times)}
			tokens := 0
			for b.Loop() {
				tokens = read(b, r, a).Len()
			}
			perSecond(b, tokens)
		})
	}
}

func read(tb testing.TB, r *readout.Reader, a readout.Article) *doc.Document {
	tb.Helper()
	d, err := r.Read(tb.Context(), a)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// longText is all examples one after the other, some times over.
func longText(times int) string {
	var b strings.Builder
	for range times {
		for _, a := range articles() {
			b.WriteString(a.Text)
			b.WriteString("\n\n")
		}
	}
	return b.String()
}
