package main

import (
	"errors"

	"github.com/spf13/cobra"

	"readout/record"
	"readout/sheet"
)

func newReviewCommand() *cobra.Command {
	var f viewFlags
	var by byFlags
	var since string
	var limit int
	c := &cobra.Command{
		Use:   "review",
		Short: "Go through what is doubtful, by keyboard, and decide it",
		Long: `Go through what the machine is not sure of and what matters most: names that
could be several people's, events and statements with little confidence, events
that may be one, accounts that differ, decisions that do not hold any more. Keys
accept, correct, reject, merge, split and undo; ? tells them. What a decision
changes is shown before it is kept. What was decided does not come back unless
its words change.

The queue is of the last four months, or since --since. Where the output is no
terminal, or with a --format, the queue is printed instead.`,
		Example: `  readout review
  readout review --since 2025-08-01
  readout review --format json | jq -r '.items[].why'`,
		Args: cobra.NoArgs,
	}
	f.register(c)
	by.register(c)
	c.Flags().StringVar(&since, "since", "", "what articles published since then tell")
	c.Flags().IntVar(&limit, "limit", 0, "so many at most (default 50)")
	c.RunE = func(c *cobra.Command, _ []string) error {
		q, err := f.query()
		if err != nil {
			return err
		}
		if q.Since, err = moment("--since", since, false); err != nil {
			return err
		}
		q.Limit = limit
		if !isTerminal(c.InOrStdin()) || !isTerminal(c.OutOrStdout()) || c.Flags().Changed("format") {
			return ask(c, &f, q, func(l *record.Ledger) (*record.Queue, error) { return l.Queue(c.Context(), q) }, sheet.Queue)
		}
		if f.known != "" {
			return usageError{errors.New("--known is for looking, not for deciding: use it with --format")}
		}
		if err := by.check(); err != nil {
			return err
		}
		l, err := f.record.open(c.Context(), nil)
		if err != nil {
			return err
		}
		defer l.Close()
		return reviewAt(c, &desk{l: l.Ledger, q: q, by: by}, f.color)
	}
	return c
}
