package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"readout"
	"readout/eval"
	"readout/train"
)

func newEvalFactualityCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "factuality FILE…",
		Short: "Measure whether what a sentence tells has happened",
		Long: "Measure whether what a sentence tells has happened, on files of judged sentences,\n" +
			`a JSON object a line: {"tokens": [...], "events": [{"i": token, "score": -3 to 3}]}.` + "\n" +
			"The table gives Pearson's r and the mean absolute error.",
		Example: "  readout eval factuality shared/data/factuality/uds_ih2_dev.jsonl.gz",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{hintError{errors.New("no file"), "readout eval factuality FILE"}}
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			r, err := readout.New(readout.Config{})
			if err != nil {
				return err
			}
			for _, path := range args {
				list, err := eval.RunFactuality(c.Context(), r, path)
				if err != nil {
					return fmt.Errorf("eval factuality: %w", err)
				}
				name, _, _ := strings.Cut(filepath.Base(path), ".")
				if err := eval.PrintFactuality(c.OutOrStdout(), name, list); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// trainFactuality learns how sure it is that something happened, from UDS-IH2.
func trainFactuality(ctx context.Context, cfg train.Config) ([]byte, error) {
	r, err := readout.New(readout.Config{})
	if err != nil {
		return nil, err
	}
	examples, err := eval.LabelPredicates(ctx, r, filepath.Join(cfg.Data, "factuality", "uds_ih2_train.jsonl.gz"))
	if err != nil {
		return nil, err
	}
	return train.Factuality(examples, cfg)
}
