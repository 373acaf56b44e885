package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"readout"
	"readout/eval"
	"readout/record"
)

// newEvalSizeCommand measures what a large record costs.
func newEvalSizeCommand() *cobra.Command {
	var n, together int
	var seed uint64
	var perDay float64
	var db string
	var made bool
	c := &cobra.Command{
		Use:   "size",
		Short: "Measure what it costs to add to a large record, and to look at it",
		Long: `Add generated articles to a new record, and print what one costs at each tenfold
size, what every view takes in the end, and the memory held. The readings are
made from what is true of the articles, without reading them, so that 100,000 are
a matter of minutes: what is measured is the record alone. Each view is asked for
once of a record that has just been opened, and five times more.

With --made the record of --db has been made so before, with the same --articles,
--per-day and --seed, and only the views are timed; a process is added to it.`,
		Example: `  readout eval size --articles 100000
  readout eval size --articles 100000 --db size.db && readout eval size --articles 100000 --db size.db --made`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if n < 1000 {
				return usageError{errors.New("--articles must be at least 1000")}
			}
			if made && db == "" {
				return usageError{errors.New("--made needs --db: which record?")}
			}
			create := createStore
			if made {
				create = openStore
			} else if db == "" {
				dir, err := os.MkdirTemp("", "readout-size")
				if err != nil {
					return err
				}
				defer os.RemoveAll(dir)
				db = filepath.Join(dir, "size.db")
			} else if _, err := os.Stat(db); !errors.Is(err, fs.ErrNotExist) {
				return usageError{fmt.Errorf("%s: it is there already; the record must be a new one", db)}
			}
			store, err := create(c.Context(), db)
			if err != nil {
				return err
			}
			defer store.Close()
			l, err := record.Open(c.Context(), record.Config{Store: store, Now: time.Now})
			if err != nil {
				return err
			}
			r, err := readout.New(readout.Config{Workers: 1})
			if err != nil {
				return err
			}
			p := newCounter(c.ErrOrStderr())
			s, err := eval.MeasureSize(c.Context(), eval.SizeConfig{
				Ledger: l, Seed: seed, PerDay: perDay, Articles: n, Together: together, Added: func(n int) { p.stepBy("articles added", n) },
				Made: made, Understand: eval.Understand(r),
				Open: func(ctx context.Context) (*record.Ledger, io.Closer, error) {
					s, err := openStore(ctx, db)
					if err != nil {
						return nil, nil, err
					}
					l, err := record.Open(ctx, record.Config{Store: s, Now: time.Now})
					return l, s, err
				},
			})
			p.stop()
			if err != nil {
				return err
			}
			if err := s.Write(c.OutOrStdout()); err != nil {
				return err
			}
			size := int64(0)
			for _, f := range []string{db, db + "-wal"} {
				if info, err := os.Stat(f); err == nil {
					size += info.Size()
				}
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "the file has %.0f MB, %.1f kB an article\n", float64(size)/1e6, float64(size)/1e3/float64(n))
			return err
		},
	}
	c.Flags().IntVar(&n, "articles", 100000, "how many")
	c.Flags().IntVar(&together, "together", 16, "how many are added in one transaction, as 'readout add' does with what is there")
	c.Flags().Uint64Var(&seed, "seed", 1, "what they are drawn by")
	c.Flags().Float64Var(&perDay, "per-day", 40, "how many appear in a day")
	c.Flags().StringVar(&db, "db", "", "where the record is made; a temporary file otherwise")
	c.Flags().BoolVar(&made, "made", false, "the record is there: time its views alone")
	return c
}
