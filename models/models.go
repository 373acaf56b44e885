// Package models holds the embedded model files of the language layer, each
// with its card beside it.
//
// It knows which files there are. What is in them is for the stages to say. A
// build with the tag "openmodels" leaves out the one that is learned from
// research data, see attribution.go.
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

// Attribution is the model of who said what, nil in a build without it.
var Attribution = sync.OnceValues(func() (*weights.File, error) {
	if attribution == nil {
		return nil, nil
	}
	f, err := weights.Read(attribution)
	if err != nil {
		return nil, fmt.Errorf("model en-attribution: %w", err)
	}
	return f, nil
})
