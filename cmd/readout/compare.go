package main

import (
	"github.com/spf13/cobra"

	"readout/record"
	"readout/sheet"
)

func newDueCommand() *cobra.Command {
	return viewCommand{
		use: "due", short: "Deadlines and promises, and what became of them",
		long: `Print events with a last day, and statements that promise something, each open,
kept (an article says that it took place) or missed (it is off). A day that goes
by without a word leaves it open.`,
		example: "  readout due --as-of 2025-08-19",
		args:    cobra.NoArgs,
		run: func(c *cobra.Command, _ []string, f *viewFlags, q record.Query) error {
			return ask(c, f, q, func(l *record.Ledger) (*record.Due, error) { return l.Due(c.Context(), q) }, sheet.Due)
		},
	}.command()
}

func newCompareCommand() *cobra.Command {
	return viewCommand{
		use: "compare A B", short: "Two articles side by side: what both have, what one lacks, where they differ",
		long: `Set two articles side by side, two sides' accounts of one call, say: the events
that both tell of with what each gives, the statements that both report, and
what only one of them has.

A and B are an article's id or version, or the beginning of one, its address, or
the id it was handed in with.`,
		example: "  readout compare kremlin-readout ankara-readout",
		args:    cobra.ExactArgs(2),
		run: func(c *cobra.Command, args []string, f *viewFlags, q record.Query) error {
			return ask(c, f, q, func(l *record.Ledger) (*record.Compare, error) { return l.Compare(c.Context(), q, args[0], args[1]) }, sheet.Compare)
		},
	}.command()
}
