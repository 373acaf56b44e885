// Package models holds the embedded model files of the language layer, each
// with its card beside it.
//
// It knows which files there are. What is in them is for the stages to say.
package models

import (
	"embed"
	"fmt"
	"sync"

	"readout/weights"
)

//go:embed en-vectors.bin en-tag.bin en-encode.bin en-name.bin
var files embed.FS

// The models. Each is checked the first time it is asked for and shared from
// then on; an error, which wraps weights.ErrFormat, means a broken build.
var (
	Vectors = model("en-vectors")
	Tag     = model("en-tag")
	Encode  = model("en-encode")
	Name    = model("en-name")
)

func model(name string) func() (*weights.File, error) {
	return sync.OnceValues(func() (*weights.File, error) {
		data, err := files.ReadFile(name + ".bin")
		if err != nil {
			return nil, fmt.Errorf("model %s: %w", name, err)
		}
		f, err := weights.Read(data)
		if err != nil {
			return nil, fmt.Errorf("model %s: %w", name, err)
		}
		return f, nil
	})
}
