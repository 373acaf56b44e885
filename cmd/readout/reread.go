package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"readout"
	"readout/reading"
	"readout/record"
	"readout/sheet"
)

func newRereadCommand() *cobra.Command {
	var f recordFlags
	var knowledge knowledgeFlags
	var jobs int
	c := &cobra.Command{
		Use:   "reread",
		Short: "Read the articles of the record again, with this program's models",
		Long: `Read all articles of the record again, with the models and tables of this
program. Where a reading says anything else it counts from now on; the one
before stays in the ledger. Decisions of people stay, and hold where something of
the kind is read on their words; those that do not are listed at the end. Stop it
and start it again as you like.`,
		Args: cobra.NoArgs,
	}
	f.register(c)
	knowledge.registerTables(c)
	c.Flags().IntVarP(&jobs, "jobs", "j", 0, "articles read at once (default: one a core)")
	c.RunE = func(c *cobra.Command, _ []string) error {
		ctx := c.Context()
		reg, err := knowledge.openRegistry()
		if err != nil {
			return err
		}
		l, err := f.open(ctx, reg)
		if err != nil {
			return err
		}
		defer l.Close()
		r, err := readout.New(readout.Config{Workers: jobs, Registry: reg})
		if err != nil {
			return err
		}
		model, err := modelID()
		if err != nil {
			return err
		}
		// Workers with other models stop here, and do not undo what is done now.
		if err := l.SwitchModel(ctx, model); err != nil {
			return recordError(err)
		}
		var queue []*record.Article
		for a, err := range l.Articles(ctx) {
			if err != nil {
				return recordError(err)
			}
			queue = append(queue, a)
		}
		read, changed, failed := 0, 0, 0
		articles := func(yield func(readout.Article) bool) {
			for _, a := range queue {
				if !yield(readout.Article{
					Text: a.Text, Key: a.Key, Title: a.Title, Outlet: a.Outlet, Byline: a.Byline, Credit: a.Credit, URL: a.URL,
					Language: a.Language, Published: a.Published, Modified: a.Modified,
				}) {
					return
				}
			}
		}
		for d, err := range r.ReadAll(ctx, articles) {
			if ctx.Err() != nil {
				break
			}
			a := queue[read]
			read++
			if err != nil {
				failed++
				report(c.ErrOrStderr(), a.Version(), err)
				continue
			}
			now, err := l.Reread(ctx, a, reading.New(d, model))
			if err != nil {
				return recordError(err)
			}
			if now {
				changed++
			}
		}
		fmt.Fprintf(c.ErrOrStderr(), "readout: %s: %s read again, %d now say something else\n", storeName(f.db), counted(read-failed, "article"), changed)
		if ctx.Err() != nil {
			fmt.Fprintln(c.ErrOrStderr(), "readout: stopped; what was read again is kept")
			return errReported
		}
		stale, err := l.Stale(ctx)
		if err != nil {
			return recordError(err)
		}
		if len(stale) > 0 {
			fmt.Fprintf(c.ErrOrStderr(), "readout: %s not hold any more\n", sheet.Plural(len(stale), "decision does", "decisions do"))
			page := viewFlags{format: "text", color: "auto"}
			log := &record.Log{Decisions: stale}
			if err := page.show(c.OutOrStdout(), log, sheet.Stale(log)); err != nil {
				return err
			}
		}
		if failed > 0 {
			return errReported
		}
		return nil
	}
	return c
}
