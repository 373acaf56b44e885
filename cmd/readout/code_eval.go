package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"readout"
	"readout/eval"
	"readout/news/event"
)

func newEvalEventsCommand() *cobra.Command {
	var knowledge knowledgeFlags
	c := &cobra.Command{
		Use:   "events FILE",
		Short: "Measure the coder on PLOVER's gold standard records",
		Long: "Measure the coder on PLOVER's gold standard records, a JSON list. In percent of the records:\n" +
			"some event of the right type, and with a right source country, and with a right target\n" +
			"country; and in percent of the events, those of the right type.",
		Example: "  readout eval events shared/data/events/plover_gsr_dev.json",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError{hintError{errors.New("one file is needed"), "readout eval events FILE"}}
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			var cfg readout.Config
			if err := knowledge.set(&cfg, c.ErrOrStderr()); err != nil {
				return err
			}
			r, err := readout.New(cfg)
			if err != nil {
				return err
			}
			scores, err := eval.RunEvents(c.Context(), r, event.Coder{Dictionary: cfg.Dictionary, Registry: cfg.Registry}, args[0])
			if err != nil {
				return fmt.Errorf("eval events: %w", err)
			}
			return eval.PrintEvents(c.OutOrStdout(), scores)
		},
	}
	knowledge.registerDictionaries(c)
	return c
}
