package eval

import (
	"testing"

	"readout"
	"readout/doc"
	"readout/examples"
	"readout/models"
	"readout/weights"
)

// BenchmarkStages gives the speed of each stage on the bundled examples, on one
// goroutine.
func BenchmarkStages(b *testing.B) {
	r, err := readout.New(readout.Config{})
	if err != nil {
		b.Fatal(err)
	}
	var texts []string
	for _, e := range examples.All() {
		texts = append(texts, e.Text)
	}
	docs := make([]*doc.Document, len(texts))
	for i, s := range texts {
		docs[i] = &doc.Document{Text: s}
	}
	for _, s := range r.Stages() {
		b.Run(s.Name(), func(b *testing.B) {
			tokens := 0
			b.ReportAllocs()
			for b.Loop() {
				for i, d := range docs {
					if s.Writes()&doc.LayerText != 0 {
						*d = doc.Document{Text: texts[i]}
					}
					if err := s.Run(b.Context(), d); err != nil {
						b.Fatal(err)
					}
					tokens += d.Len()
				}
			}
			b.ReportMetric(float64(tokens)/b.Elapsed().Seconds(), "tokens/s")
		})
	}
}

// BenchmarkModels gives the time in which the model files are checked, which is
// most of what a start takes.
func BenchmarkModels(b *testing.B) {
	for _, m := range []struct {
		name string
		file func() (*weights.File, error)
	}{{"tag", models.Tag}, {"encode", models.Encode}, {"name", models.Name}} {
		b.Run(m.name, func(b *testing.B) {
			f, err := m.file()
			if err != nil {
				b.Fatal(err)
			}
			data := f.Raw()
			for b.Loop() {
				if _, err := weights.Read(data); err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(int64(len(data)))
		})
	}
}
