package eval

import (
	"testing"

	"readout/models"
	"readout/weights"
)

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
