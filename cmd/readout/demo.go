package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"readout"
	"readout/examples"
	"readout/record"
	"readout/sheet"
)

// What the demo shows: the beginning of one article's reading, then the state of
// play of a process on one day.
const (
	demoExample = "iran-lausanne-2015"
	demoLines   = 26
	demoProcess = "Black Sea grain"
	demoDay     = "2022-11-05"
	demoEvents  = 4 // in each part
)

var demoActors = []string{"Russia", "Ukraine", "Turkey", "United Nations"}

func newDemoCommand() *cobra.Command {
	var out outputFlags
	var list bool
	var f demoFlags
	c := &cobra.Command{
		Use:   "demo [EXAMPLE…]",
		Short: "Read the bundled examples and print what they say",
		Long: `Show what readout does with what comes with it: how it reads one article, and what
it makes of 45 articles about one process, as the state of play on a day.

At a terminal with a desktop it then serves the record of that process as pages
and opens a browser there, until Ctrl-C; elsewhere it ends. --open does so
anywhere, --no-open nowhere. The record is taken away at the end; --db FILE keeps
it, for other commands to try. With EXAMPLEs, or another format than text, articles
about diplomatic processes from several decades and regions are read and
printed whole.`,
		Example: `  readout demo
  readout demo --open
  readout demo --db demo.db
  readout demo --list
  readout demo iran-lausanne-2015 --explain`,
		ValidArgsFunction: cobra.FixedCompletions(slugs(), cobra.ShellCompDirectiveNoFileComp),
		RunE: func(c *cobra.Command, args []string) error {
			switch {
			case list:
				for _, e := range examples.All() {
					fmt.Fprintf(c.OutOrStdout(), "%-28s %s  %s\n", e.Slug, e.Published.Format("2006-01-02"), e.Title)
				}
				return nil
			case len(args) > 0 || out.format != "text":
				for name, is := range map[string]bool{"--db": f.db != "", "--open": f.open} {
					if is {
						return usageError{errors.New(name + " is for the demo as a whole: without EXAMPLEs and --format")}
					}
				}
				return readExamples(c, args, out)
			}
			return runDemo(c, out, f)
		},
	}
	out.register(c)
	c.Flags().BoolVar(&list, "list", false, "list the examples")
	fl := c.Flags()
	fl.StringVar(&f.db, "db", "", "keep the record of the process in this file")
	fl.BoolVar(&f.open, "open", false, "serve the record as pages and open a browser, also without a terminal or a desktop")
	fl.BoolVar(&f.no, "no-open", false, "print, and end")
	c.MarkFlagsMutuallyExclusive("open", "no-open")
	return c
}

// demoFlags say what becomes of the record of the demo.
type demoFlags struct {
	db       string
	open, no bool
}

func slugs() []string {
	var out []string
	for _, e := range examples.All() {
		out = append(out, e.Slug)
	}
	return out
}

// readExamples reads some examples, or all, and prints what they say.
func readExamples(c *cobra.Command, args []string, out outputFlags) error {
	all := examples.All()
	for _, a := range args {
		if !slices.Contains(slugs(), a) {
			return usageError{hintError{fmt.Errorf("no example %q", a), "one of " + strings.Join(slugs(), ", ")}}
		}
	}
	if len(args) > 0 {
		all = slices.DeleteFunc(all, func(e examples.Example) bool { return !slices.Contains(args, e.Slug) })
	}
	p, err := out.printer(c.OutOrStdout(), func() bool { return len(all) > 1 })
	if err != nil {
		return err
	}
	return p.examples(c, all)
}

// examples reads examples and prints them.
func (p *printer) examples(c *cobra.Command, all []examples.Example) error {
	r, err := readout.New(readout.Config{})
	if err != nil {
		return err
	}
	articles := func(yield func(readout.Article) bool) {
		for _, e := range all {
			if !yield(readout.Article{Key: e.Slug, Title: e.Title, Text: e.Text, Published: e.Published}) {
				return
			}
		}
	}
	for d, err := range r.ReadAll(c.Context(), articles) {
		if err != nil {
			return err
		}
		if err := p.print(d); err != nil {
			return err
		}
	}
	return p.close()
}

// runDemo shows one reading, makes the record of the process, shows its state of
// play, and serves it where there is somebody to look at it.
func runDemo(c *cobra.Command, out outputFlags, f demoFlags) error {
	w := c.OutOrStdout()
	p, err := out.printer(w, func() bool { return false })
	if err != nil {
		return err
	}
	page := viewFlags{format: "text", color: out.color, width: out.width}
	if err := page.show(w, nil, &sheet.Page{Title: "One article: readout read", Sub: "The beginning of what is read in " + demoExample + ", one of the examples."}); err != nil {
		return err
	}
	fmt.Fprintln(w)
	if err := firstLines(c, p, w); err != nil {
		return err
	}

	fmt.Fprintln(w)
	if err := page.show(w, nil, &sheet.Page{Title: "Many articles: readout add, readout state", Sub: "Seven weeks of news about the grain deal of 2022, as they stood on 5 November. The outlets are invented."}); err != nil {
		return err
	}
	fmt.Fprintln(w)
	dir, err := os.MkdirTemp("", "readout-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	r := recordFlags{db: cmp.Or(f.db, filepath.Join(dir, "demo.db"))}
	state, err := demoState(c, dir, r)
	if err != nil {
		return err
	}
	pages := f.open || !f.no && desktop(c)
	if !pages { // before more is printed, which a closed pipe may end
		os.RemoveAll(dir)
	}
	if err := page.show(w, state, sheet.State(state)); err != nil {
		return err
	}
	if pages {
		return demoPages(c, r)
	}
	tryNext(w, f.db, state)
	return nil
}

// demoState adds the articles of the process to a record, and gives its state of
// play.
func demoState(c *cobra.Command, dir string, f recordFlags) (*record.State, error) {
	articles := filepath.Join(dir, "articles")
	if err := os.CopyFS(articles, examples.Articles()); err != nil {
		return nil, err
	}
	if err := runAdd(c, []string{articles}, addFlags{record: f}); err != nil {
		return nil, err
	}
	return processState(c, &f)
}

// firstLines prints the first lines of a reading.
func firstLines(c *cobra.Command, p *printer, w io.Writer) error {
	var b bytes.Buffer
	p.w.Reset(&b)
	all := slices.DeleteFunc(examples.All(), func(e examples.Example) bool { return e.Slug != demoExample })
	if err := p.examples(c, all); err != nil {
		return err
	}
	lines := strings.SplitAfter(b.String(), "\n")
	_, err := fmt.Fprintf(w, "%s\n  … and %d lines more: readout demo %s\n", strings.TrimRight(strings.Join(lines[:min(demoLines, len(lines))], ""), "\n"), max(0, len(lines)-1-demoLines), demoExample)
	return err
}

// processState makes the dossier and gives its state of play.
func processState(c *cobra.Command, f *recordFlags) (*record.State, error) {
	ctx := c.Context()
	l, err := f.open(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer l.Close()
	switch _, err := l.NewProcess(ctx, demoProcess, "The Black Sea grain deal", record.Things{Actors: demoActors}, "demo", ""); {
	case errors.Is(err, record.ErrTaken): // the record is there from before
	case err != nil:
		return nil, recordError(err)
	}
	at, err := moment("", demoDay, true)
	if err != nil {
		return nil, err
	}
	v, err := l.State(ctx, record.Query{AsOf: at, Process: demoProcess, Limit: demoEvents})
	if err != nil {
		return nil, recordError(err)
	}
	v.Stands = v.Stands[:min(2, len(v.Stands))]
	return v, nil
}

// tryNext is what to try on the record.
func tryNext(w io.Writer, db string, s *record.State) {
	fmt.Fprint(w, "\nTry next\n")
	if db == "" {
		fmt.Fprint(w, "  readout demo --open           the same, and the record as pages in a browser\n  readout demo --db demo.db     the same, and the record is kept; then\n")
		db = "demo.db"
	}
	if strings.ContainsAny(db, " \t'\"\\") {
		db = fmt.Sprintf("%q", db)
	}
	fmt.Fprintf(w, "  export READOUT_DB=%s\n", db)
	next := [][2]string{
		{"readout brief --process '" + demoProcess + "' --as-of 2022-11-19", "a dated briefing, each sentence with its sources"},
		{"readout changes --since 2022-11-02 --as-of 2022-11-05", "what three days have changed"},
		{"readout serve", "the same as pages: http://" + defaultListen + demoPath()},
		{"readout said Guterres", "who said what, each statement once"},
		{"readout met Erdoğan Putin", "who met or called whom"},
	}
	if len(s.Happened) > 0 {
		next = append(next, [2]string{"readout event " + sheet.Short(s.Happened[0].ID), "one event, with all that was said of it"})
	}
	for _, x := range next {
		fmt.Fprintf(w, "  %s\n      %s\n", x[0], x[1])
	}
}
