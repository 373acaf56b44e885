package main

import (
	"context"
	"encoding/hex"
	"errors"
	"os"
	"time"

	"crypto/sha256"

	"github.com/spf13/cobra"

	"readout"
	"readout/models"
	"readout/record"
	"readout/registry"
	"readout/weights"
)

// recordFlags say where the record is.
type recordFlags struct {
	db string
}

// defaultDB is the record when neither --db nor READOUT_DB names one.
const defaultDB = "readout.db"

func (f *recordFlags) register(c *cobra.Command) {
	name := os.Getenv("READOUT_DB")
	if name == "" {
		name = defaultDB
	}
	c.Flags().StringVar(&f.db, "db", name, "the record: a file or postgres://… (or READOUT_DB)")
}

// opened is an open record with its store.
type opened struct {
	*record.Ledger
	store keptStore
}

func (o *opened) Close() error { return o.store.Close() }

// open opens the record that is there.
func (f *recordFlags) open(ctx context.Context, reg *registry.Registry) (*opened, error) {
	s, err := openStore(ctx, f.db)
	if err != nil {
		return nil, err
	}
	return f.ledger(ctx, s, record.Config{Registry: reg})
}

// create opens the record, and makes it where there is none.
func (f *recordFlags) create(ctx context.Context, reg *registry.Registry) (*opened, error) {
	s, err := createStore(ctx, f.db)
	if err != nil {
		return nil, err
	}
	return f.ledger(ctx, s, record.Config{Registry: reg})
}

// createFor opens the record, or makes it, for a worker with a set of models.
func (f *recordFlags) createFor(ctx context.Context, reg *registry.Registry, model string) (*opened, error) {
	s, err := createStore(ctx, f.db)
	if err != nil {
		return nil, err
	}
	l, err := f.ledger(ctx, s, record.Config{Registry: reg, Model: model})
	if err != nil {
		return nil, err
	}
	if err := l.UseModel(ctx, model); err != nil {
		return nil, errors.Join(recordError(err), s.Close())
	}
	return l, nil
}

func (f *recordFlags) ledger(ctx context.Context, s keptStore, c record.Config) (*opened, error) {
	recordMemory()
	c.Store, c.Now = s, time.Now
	l, err := record.Open(ctx, c)
	if err != nil {
		return nil, errors.Join(recordError(err), s.Close())
	}
	return &opened{l, s}, nil
}

func recordError(err error) error { return storeError(err) }

// allModels is the embedded models, of which a build may lack the last.
var allModels = []func() (*weights.File, error){models.Vectors, models.Tag, models.Encode, models.Name, models.Attribution}

// modelID tells which models a reading was made with: the name of the set, and
// a hash of its files.
func modelID() (string, error) {
	h := sha256.New()
	for _, m := range allModels {
		f, err := m()
		if err != nil {
			return "", err
		}
		if f == nil { // a build without it
			continue
		}
		b := f.Raw()
		h.Write(b[len(b)-sha256.Size:]) // the file's own checksum
	}
	return readout.Model + "+" + hex.EncodeToString(h.Sum(nil)[:4]), nil
}
