// Package models holds the embedded model files of the language layer, each
// with its card beside it.
//
// It knows which files there are. What is in them is for the stages to say. A
// build with the tag "openmodels" leaves out the one that is learned from
// research data, see attribution.go.
package models

import (
	_ "embed"
	"fmt"
	"sync"

	"readout/weights"
)

// Slices of bytes and no embed.FS, whose files are copied when they are read:
// what is read here is the program's own pages, taken from the disk as they are
// looked at.
var (
	//go:embed en-vectors.bin
	vectors []byte
	//go:embed en-tag.bin
	tag []byte
	//go:embed en-encode.bin
	encode []byte
	//go:embed en-name.bin
	name []byte
)

// The models. Each is checked the first time it is asked for and shared from
// then on; an error, which wraps weights.ErrFormat, means a broken build.
var (
	Vectors = model("en-vectors", vectors)
	Tag     = model("en-tag", tag)
	Encode  = model("en-encode", encode)
	Name    = model("en-name", name)
)

// Attribution is the model of who said what, nil in a build without it.
var Attribution = model("en-attribution", attribution)

// model reads a file, nil of nothing.
func model(name string, data []byte) func() (*weights.File, error) {
	return sync.OnceValues(func() (*weights.File, error) {
		if data == nil {
			return nil, nil
		}
		f, err := weights.Read(data)
		if err != nil {
			return nil, fmt.Errorf("model %s: %w", name, err)
		}
		return f, nil
	})
}
