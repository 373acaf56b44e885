package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"readout/train"
)

// maker makes one model file.
type maker struct {
	name string // "tag": the file is en-tag.bin
	run  func(context.Context, train.Config) ([]byte, error)
}

var makers = []maker{
	{"tag", train.Tag},
	{"parse", train.Parse},
	{"name", train.Name},
}

func newTrainCommand() *cobra.Command {
	cfg := train.Config{}
	var out string
	c := &cobra.Command{
		Use:       "train tag|parse|name|all",
		Short:     "Make the models of the language layer from public data",
		Example:   "  readout train all --data shared/data --out models --seed 1",
		Args:      cobra.ExactArgs(1),
		ValidArgs: []string{"tag", "parse", "name", "all"},
		RunE: func(c *cobra.Command, args []string) error {
			cfg.Log = c.ErrOrStderr()
			found := false
			for _, m := range makers {
				if args[0] != m.name && args[0] != "all" {
					continue
				}
				found = true
				data, err := m.run(c.Context(), cfg)
				if err != nil {
					return fmt.Errorf("train %s: %w", m.name, err)
				}
				path := filepath.Join(out, "en-"+m.name+".bin")
				if err := os.WriteFile(path, data, 0o644); err != nil {
					return err
				}
				fmt.Fprintf(c.OutOrStdout(), "%s: %d bytes\n", path, len(data))
			}
			if !found {
				return usageError{fmt.Errorf("no model %q: tag, parse, name or all", args[0])}
			}
			return nil
		},
	}
	c.Flags().StringVar(&cfg.Data, "data", "", "folder that holds ud/ and ner/")
	c.Flags().StringVar(&out, "out", "models", "folder to write the model files to")
	c.Flags().Uint64Var(&cfg.Seed, "seed", 1, "seed of the order of sentences")
	c.Flags().IntVar(&cfg.Epochs, "epochs", 0, "passes over the data; 0 is each model's own number")
	c.MarkFlagRequired("data")
	return c
}
