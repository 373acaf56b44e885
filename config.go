package readout

import (
	"fmt"

	"readout/lang/parse"
	"readout/lang/tag"
	"readout/lang/text"
	"readout/models"
	"readout/registry"
)

// Config says how a Reader works. The zero value is what most want.
type Config struct {
	// Workers is the number of goroutines ReadAll uses; 0 means one a CPU.
	Workers int
	// MaxBytes is the size up to which an article is read; 0 means DefaultMaxBytes.
	MaxBytes int
	// Registry is who is who; nil means the embedded tables.
	Registry *registry.Registry
}

// New makes a Reader with the embedded English models.
func New(cfg Config) (*Reader, error) {
	tagModel, err := models.Tag()
	if err != nil {
		return nil, err
	}
	tagger, err := tag.New(tagModel)
	if err != nil {
		return nil, fmt.Errorf("tagger: %w", err)
	}
	parseModel, err := models.Parse()
	if err != nil {
		return nil, err
	}
	parser, err := parse.New(parseModel)
	if err != nil {
		return nil, fmt.Errorf("parser: %w", err)
	}
	return newReader(cfg, []Stage{text.New(text.Config{}), tagger, parser})
}
