package readout

import (
	"fmt"

	"readout/codebook/petrarch"
	"readout/doc"
	"readout/lang/encode"
	"readout/lang/name"
	"readout/lang/tag"
	"readout/lang/text"
	"readout/lang/vector"
	"readout/lang/when"
	"readout/models"
	"readout/news/actor"
	"readout/news/event"
	"readout/news/issue"
	"readout/news/statement"
	"readout/nn"
	"readout/registry"
	"readout/weights"
)

// Config says how a Reader works. The zero value is what most want.
type Config struct {
	// Workers is the number of goroutines ReadAll uses; 0 means one a CPU.
	Workers int
	// MaxBytes is the size up to which an article is read; 0 means DefaultMaxBytes.
	MaxBytes int
	// Registry is who is who; nil means the embedded tables.
	Registry *registry.Registry
	// Dictionary is the user's own dictionaries in PETRARCH's formats, asked for the
	// codes of actors before Registry; nil means none.
	Dictionary *petrarch.Dictionary
	// Plain reads without the vector instructions of the processor, many times
	// slower. The reading is the same; this is for checking that.
	Plain bool
	// Attribution is the model of who said what; nil means the embedded one, or
	// none in a build without it: then tables and rules decide alone.
	Attribution *weights.File
	// States is given the encoder's last layer, see encode.Config, in place of
	// the model of attributions, which is trained with it.
	States func(d *doc.Document, stretch doc.Span, rows []float32)
}

// New makes a Reader with the embedded English models.
func New(cfg Config) (*Reader, error) {
	reg, err := cfg.Registry, error(nil)
	if reg == nil {
		if reg, err = registry.Default(); err != nil {
			return nil, err
		}
	}
	learned, err := attribution(cfg)
	if err != nil {
		return nil, err
	}
	if learned != nil {
		cfg.States = learned.Labeller.States
	}
	stages, err := language(reg, cfg)
	if err != nil {
		return nil, err
	}
	who := actor.Config{Registry: reg}
	if cfg.Dictionary != nil { // not a nil pointer in an interface
		who.Dictionary = cfg.Dictionary
	}
	actors, err := actor.New(who)
	if err != nil {
		return nil, err
	}
	issues, err := issue.New()
	if err != nil {
		return nil, err
	}
	return newReader(cfg, append(stages, when.New(when.Config{}),
		actors, statement.New(statement.Config{Model: learned}), event.New(event.Config{}), issues))
}

// attribution is what has been learned of who said what; nil where there is
// no such model.
func attribution(cfg Config) (*statement.Model, error) {
	f, err := cfg.Attribution, error(nil)
	if f == nil && cfg.States == nil {
		f, err = models.Attribution()
	}
	if f == nil || err != nil {
		return nil, err
	}
	level := nn.Best()
	if cfg.Plain {
		level = nn.Plain
	}
	m, err := statement.LoadModel(level, f)
	if err != nil {
		return nil, fmt.Errorf("attribution: %w", err)
	}
	return m, nil
}

// language makes the stages that know English.
func language(reg *registry.Registry, cfg Config) ([]Stage, error) {
	tagModel, err := models.Tag()
	if err != nil {
		return nil, err
	}
	tagger, err := tag.New(tagModel)
	if err != nil {
		return nil, fmt.Errorf("tagger: %w", err)
	}
	vectorModel, err := models.Vectors()
	if err != nil {
		return nil, err
	}
	vectors, err := vector.Load(vectorModel)
	if err != nil {
		return nil, fmt.Errorf("word vectors: %w", err)
	}
	nameModel, err := models.Name()
	if err != nil {
		return nil, err
	}
	lists, err := name.LoadLists(nameModel)
	if err != nil {
		return nil, fmt.Errorf("names: %w", err)
	}
	known := name.Known{Lists: lists, Gazetteer: Gazetteer(reg), Vectors: vectors}
	encodeModel, err := models.Encode()
	if err != nil {
		return nil, err
	}
	encoder, err := encode.Load(encode.Config{Plain: cfg.Plain, States: cfg.States, Vectors: vectors, Marker: &name.Marker{Known: known}, Retag: func(d *doc.Document, i int32, c encode.Class) {
		tagger.Retag(d, i, tag.Class(c))
	}}, encodeModel)
	if err != nil {
		return nil, fmt.Errorf("encoder: %w", err)
	}
	names, err := name.New(nameModel, known)
	if err != nil {
		return nil, fmt.Errorf("names: %w", err)
	}
	return []Stage{text.New(text.Config{}), tagger, encoder, names}, nil
}
