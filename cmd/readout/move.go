package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"readout/record"
)

func newMoveCommand() *cobra.Command {
	var from, to string
	var merge bool
	c := &cobra.Command{
		Use:   "move --from RECORD --to RECORD",
		Short: "Copy a record to another place: from a file to a database and back",
		Long: `Copy a whole record, a file or one in PostgreSQL, to another: articles, readings,
decisions, tombstones, when each was learnt, and the accounts of its users. In
the end every entry is compared. The record that was copied stays as it is.

Stop it with Ctrl-C and start it again as you like: it goes on where it was. Run
it again later and it brings over what has come since. The record that is copied
to must be empty, unless --merge says that it is to hold both. Accounts that were
changed there since stay as they are.`,
		Example: `  readout move --from readout.db --to postgres://readout@db/news
  readout move --from postgres://readout@db/news --to readout.db`,
		Args: cobra.NoArgs,
	}
	fl := c.Flags()
	fl.StringVar(&from, "from", "", "the record to copy: a file or postgres://…")
	fl.StringVar(&to, "to", "", "where to copy it")
	fl.BoolVar(&merge, "merge", false, "add to the record that is there")
	c.RunE = func(c *cobra.Command, _ []string) error {
		if from == "" || to == "" {
			return usageError{hintError{errors.New("two records are needed"), "readout move --from readout.db --to postgres://user@host/database"}}
		}
		if from == to {
			return usageError{errors.New("a record is not moved to itself")}
		}
		ctx := c.Context()
		a := recordFlags{db: from}
		src, err := a.open(ctx, nil)
		if err != nil {
			return err
		}
		defer src.Close()
		b := recordFlags{db: to}
		dst, err := b.create(ctx, nil)
		if err != nil {
			return err
		}
		defer dst.Close()
		bar := newCounter(c.ErrOrStderr())
		defer bar.stop()
		begin := time.Now()
		got, err := dst.CopyFrom(ctx, src.Ledger, record.CopyConfig{Merge: merge, Progress: func(step record.CopyStep, n int) { bar.stepBy(string(step), n) }})
		bar.stop()
		switch {
		case errors.Is(err, record.ErrNotEmpty):
			return hintError{fmt.Errorf("%s: %w", storeName(to), err), "name an empty one, or say --merge to have both in one"}
		case err != nil && ctx.Err() != nil:
			fmt.Fprintln(c.ErrOrStderr(), "readout: stopped; the same command goes on from here")
			return errReported
		case err != nil:
			return recordError(err)
		}
		fmt.Fprintf(c.ErrOrStderr(), "readout: %s: %d entries, all as in %s; %d of them were copied now, in %s\n",
			storeName(to), got.Entries, storeName(from), got.Added, time.Since(begin).Round(time.Millisecond))
		return nil
	}
	return c
}
