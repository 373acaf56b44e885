package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os/user"

	"github.com/spf13/cobra"
)

func newCheckCommand() *cobra.Command {
	var f recordFlags
	c := &cobra.Command{
		Use:   "check",
		Short: "Verify the record",
		Long: `Verify the record: the file itself, that every entry is what its name says, that
every article has its reading, and that what is joined follows from the entries.
What does not hold is printed, and the exit code is 1. The index can be made
anew with --mend; entries are never changed.`,
		Args: cobra.NoArgs,
	}
	f.register(c)
	mend := c.Flags().Bool("mend", false, "make the index anew from the entries first")
	c.RunE = func(c *cobra.Command, _ []string) error {
		ctx := c.Context()
		l, err := f.open(ctx, nil)
		if err != nil {
			return err
		}
		defer l.Close()
		if *mend {
			if err := l.Reindex(ctx); err != nil {
				return recordError(err)
			}
		}
		bad := l.store.Check(ctx)
		if bad != nil {
			fmt.Fprintln(c.OutOrStdout(), bad)
		}
		got, err := l.Check(ctx)
		if err != nil {
			return recordError(err)
		}
		for _, w := range got.Wrong {
			fmt.Fprintln(c.OutOrStdout(), w)
		}
		fmt.Fprintf(c.ErrOrStderr(), "readout: %s: %d entries, %d articles with text, %d values, %d ties\n", storeName(f.db), got.Entries, got.Articles, got.Nodes, got.Pairs)
		if bad != nil || len(got.Wrong) > 0 {
			return errReported
		}
		_, err = fmt.Fprintln(c.OutOrStdout(), "the record is whole")
		return err
	}
	return c
}

func newBackupCommand() *cobra.Command {
	var f recordFlags
	c := &cobra.Command{
		Use:   "backup FILE",
		Short: "Copy the record to a new file, while adding goes on",
		Long: `Copy the record as it is at this moment to a new file. Others may go on adding;
the copy is whole.`,
		Example: "  readout backup backup-$(date +%F).db",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			l, err := f.open(c.Context(), nil)
			if err != nil {
				return err
			}
			defer l.Close()
			err = l.store.Backup(c.Context(), args[0])
			if errors.Is(err, fs.ErrExist) {
				return hintError{err, "name a file that is not there yet"}
			}
			if err != nil {
				return storeError(err)
			}
			fmt.Fprintf(c.ErrOrStderr(), "readout: %s is a copy of %s\n", args[0], storeName(f.db))
			return nil
		},
	}
	f.register(c)
	return c
}

func newPurgeCommand() *cobra.Command {
	var f recordFlags
	var reason string
	c := &cobra.Command{
		Use:   "purge ARTICLE --reason WHY",
		Short: "Remove an article and what rests on it alone",
		Long: `Remove an article from the record: the texts of all its versions, what was read
in them, and what rests on them alone. What others tell as well stays. A
tombstone with the reason stays too, and the article is not taken in again.

ARTICLE is the id that views print, or its beginning, the article's address, or
the id it was handed in with. Backups made before still have it.`,
		Example: `  readout purge https://example.org/story --reason "court order 12/25"`,
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if reason == "" {
				return usageError{hintError{errors.New("a purge needs a reason"), `--reason "…"`}}
			}
			ctx := c.Context()
			l, err := f.open(ctx, nil)
			if err != nil {
				return err
			}
			defer l.Close()
			by := ""
			if u, err := user.Current(); err == nil {
				by = u.Username
			}
			got, err := l.Purge(ctx, args[0], reason, by)
			if err != nil {
				return nameHint(recordError(err))
			}
			if err := l.store.Scrub(ctx); err != nil {
				return fmt.Errorf("the article is purged; its bytes are still in the file: %w", err)
			}
			fmt.Fprintf(c.ErrOrStderr(), "readout: %s: purged, %s\n", got.Article, counted(len(got.Versions), "version"))
			return nil
		},
	}
	f.register(c)
	c.Flags().StringVar(&reason, "reason", "", "why; needed")
	return c
}
