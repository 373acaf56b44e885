package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"readout/train"
	"readout/weights"
)

// maker makes one model file.
type maker struct {
	name string // "tag": the file is en-tag.bin
	run  func(context.Context, train.Config) ([]byte, error)
	file string // its own name, where it is no file of the folder of models; "all" leaves it out
}

var makers = []maker{
	{"vectors", train.Vectors, "en-vectors.bin"}, // of a file that nobody else needs
	{"tag", train.Tag, ""},
	{"encode", train.Encode, ""},
	{"name", train.Name, ""},
	{"attribution", train.Attribution, "en-attribution.bin"}, // reads with the embedded models, so it comes after the next build
	{"factuality", trainFactuality, "weights.tsv"},           // the same
}

func newTrainCommand() *cobra.Command {
	cfg := train.Config{}
	var out string
	c := &cobra.Command{
		Use:       "train vectors|tag|encode|name|attribution|factuality|all",
		Short:     "Make the models from public data",
		Example:   "  readout train all --data shared/data --out models --seed 1\n  readout train attribution --data shared/data --out models --seed 1",
		Args:      cobra.ExactArgs(1),
		ValidArgs: []string{"vectors", "tag", "encode", "name", "attribution", "factuality", "all"},
		RunE: func(c *cobra.Command, args []string) error {
			if cfg.Data == "" && args[0] != "vectors" {
				return usageError{fmt.Errorf("--data is missing: the folder that holds ud/ and ner/")}
			}
			cfg.Log = c.ErrOrStderr()
			found := false
			for _, m := range makers {
				if args[0] != m.name && (args[0] != "all" || m.file != "") {
					continue
				}
				found = true
				data, err := m.run(c.Context(), cfg)
				if err != nil {
					return fmt.Errorf("train %s: %w", m.name, err)
				}
				name := m.file
				if name == "" {
					name = "en-" + m.name + ".bin"
				}
				path := filepath.Join(out, name)
				if err := os.WriteFile(path, data, 0o644); err != nil {
					return err
				}
				fmt.Fprintf(c.OutOrStdout(), "%s: %d bytes\n", path, len(data))
				if err := writeCard(path, data); err != nil {
					return err
				}
			}
			if !found {
				return usageError{fmt.Errorf("no model %q: vectors, tag, encode, name, attribution, factuality or all", args[0])}
			}
			return nil
		},
	}
	c.Flags().StringVar(&cfg.Data, "data", "", "folder that holds ud/, ner/, polnear/ and factuality/")
	c.Flags().StringVar(&out, "out", "models", "folder to write the model files to")
	c.Flags().StringVar(&cfg.Vectors, "vectors", "", "file of word vectors that \"train vectors\" reads")
	c.Flags().Uint64Var(&cfg.Seed, "seed", 1, "seed of the order of sentences")
	c.Flags().IntVar(&cfg.Epochs, "epochs", 0, "passes over the data; 0 is each model's own number")
	return c
}

// writeCard writes the card of a model file beside it; what is no model file
// has none.
func writeCard(path string, data []byte) error {
	f, err := weights.Read(data)
	if err != nil || f.Card == "" {
		return nil
	}
	return os.WriteFile(strings.TrimSuffix(path, ".bin")+".CARD", []byte(f.Card), 0o644)
}
