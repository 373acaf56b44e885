package readout

// Config says how a Reader works. The zero value is what most want.
type Config struct {
	// Workers is the number of goroutines ReadAll uses; 0 means one a CPU.
	Workers int
	// MaxBytes is the size up to which an article is read; 0 means DefaultMaxBytes.
	MaxBytes int
}

// New makes a Reader with the embedded English models.
func New(cfg Config) (*Reader, error) {
	return newReader(cfg, nil)
}
