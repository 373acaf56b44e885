package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"sync"

	"github.com/spf13/cobra"

	"readout"
	"readout/doc"
	"readout/ingest"
	"readout/ingest/fetch"
	"readout/ingest/page"
)

// readFlags are the settings of `readout read`, each defined once.
type readFlags struct {
	output    outputFlags
	published string
	outlet    string
	title     string
	url       string
	knowledge knowledgeFlags
	force     bool
	jobs      int
	fetch     fetchFlags
}

func newReadCommand() *cobra.Command {
	var f readFlags
	c := &cobra.Command{
		Use:   "read [INPUT…]",
		Short: "Read articles and print what they say",
		Long: `Read articles and print what a careful reader takes from them: what happened,
what is planned and what it waits for, who said what and through which channel,
what is on the table, who is who.

An INPUT is a file of text, Markdown or HTML, a .jsonl file with an article a line
(an object with "text" and, if known, "id", "published", "outlet", "title",
"url"), a feed, a web archive (.warc.gz), a folder of these, the address of a page
or a feed, or - for standard input, which is read too when no INPUT is named. An
input that cannot be read is reported and the others are read; the exit code
is then 1.

Tell the day of publication: without it "on Monday" is no date.`,
		Example: `  readout read --published 2025-08-19 article.txt
  readout read --format json --explain articles/ > readings.json
  readout read https://example.org/world/talks
  curl -s https://example.org/story.txt | readout read --outlet Courier
  readout read --format html article.txt > article.html`,
		RunE: func(c *cobra.Command, args []string) error {
			return runRead(c, args, f)
		},
	}
	f.output.register(c)
	fl := c.Flags()
	fl.StringVar(&f.published, "published", "", "day (2025-08-19) or instant the articles were published, unless an input has its own")
	fl.StringVar(&f.outlet, "outlet", "", "who published them")
	fl.StringVar(&f.title, "title", "", "title of the article")
	fl.StringVar(&f.url, "url", "", "address of the article")
	f.knowledge.registerTables(c)
	fl.BoolVar(&f.force, "force", false, "read what is plainly not in English, too")
	fl.IntVarP(&f.jobs, "jobs", "j", 0, "articles read at once (default: one a core)")
	f.fetch.register(c)
	return c
}

func runRead(c *cobra.Command, args []string, f readFlags) error {
	boundMemory()
	defaults := readout.Article{Outlet: f.outlet, Title: f.title, URL: f.url}
	if f.published != "" {
		t, err := ingest.ParseDate(f.published)
		if err != nil {
			return fmt.Errorf("--published: %w", err)
		}
		defaults.Published = t
	}
	if len(args) == 0 {
		if isTerminal(c.InOrStdin()) {
			return usageError{hintError{fmt.Errorf("no input"), "name a file, or try 'readout demo'"}}
		}
		args = []string{ingest.Stdin}
	}
	client := f.fetch.client()
	defer client.Close()
	in := ingest.Config{Defaults: defaults, AnyLanguage: f.force, Stdin: c.InOrStdin(), Client: client, PDF: readPDF}
	items, several := lookAhead(ingest.ItemsContext(c.Context(), in, args))
	printer, err := f.output.printer(c.OutOrStdout(), func() bool { return len(args) > 1 || several() })
	if err != nil {
		return err
	}
	cfg := readout.Config{Workers: f.jobs}
	if err := f.knowledge.set(&cfg, c.ErrOrStderr()); err != nil {
		return err
	}
	r, err := readout.New(cfg)
	if err != nil {
		return err
	}
	bar := newProgress(c.ErrOrStderr(), args)
	defer bar.stop()
	failed := 0
	for res := range readItems(c.Context(), r, items) {
		bar.step()
		if res.err != nil && c.Context().Err() != nil {
			break
		}
		if res.item.Note != "" {
			fmt.Fprintf(bar.log(), "readout: %s: %s\n", res.item.Name, res.item.Note)
		}
		if res.err != nil {
			failed++
			report(bar.log(), res.item.Name, res.err)
			continue
		}
		if err := printer.print(res.d); err != nil {
			return err
		}
	}
	bar.stop()
	if err := printer.close(); err != nil {
		return err
	}
	if err := c.Context().Err(); err != nil {
		fmt.Fprintf(c.ErrOrStderr(), "readout: stopped after %d articles\n", printer.n)
		return errReported
	}
	if failed > 0 {
		return errReported
	}
	return nil
}

// report says what is wrong with one input, and what to do about it.
func report(w io.Writer, name string, err error) {
	fmt.Fprintf(w, "readout: error: %s: %v\n", name, err)
	if h := hint(err); h != "" {
		fmt.Fprintf(w, "readout: hint: %s\n", h)
	}
}

// hint is what a user can do about an error of one input, "" for nothing.
func hint(err error) string {
	switch {
	case errors.Is(err, ingest.ErrLanguage):
		return "--force reads it all the same, and understands little"
	case errors.Is(err, readout.ErrTooLarge):
		return "cut it into single articles"
	case errors.Is(err, fetch.ErrPrivate):
		return "--allow-private fetches it all the same"
	case errors.Is(err, ingest.ErrSummary):
		return "name the feed's address instead of the file: then its pages are fetched"
	case errors.Is(err, page.ErrNoArticle):
		return "a page that a script makes, or that asks to log in, can be saved from a browser and read as a file"
	}
	return ""
}

// lookAhead passes items on. The second result tells whether there are two
// articles among them; it waits until the second has been taken, or there is no
// more. So that is known before the first has been read, and it need not be
// held back.
func lookAhead(items iter.Seq[ingest.Item]) (iter.Seq[ingest.Item], func() bool) {
	known, tell, articles := make(chan struct{}), sync.Once{}, 0
	out := func(yield func(ingest.Item) bool) {
		defer tell.Do(func() { close(known) })
		for it := range items {
			if it.Err == nil && articles < 2 {
				if articles++; articles == 2 {
					tell.Do(func() { close(known) })
				}
			}
			if !yield(it) {
				return
			}
		}
	}
	return out, func() bool { <-known; return articles == 2 }
}

// result is one input item and the document made of it, or its error.
type result struct {
	item ingest.Item
	d    *doc.Document
	err  error
}

// readItems reads items on all workers of r and yields them in input order,
// those that have no article among them.
func readItems(ctx context.Context, r *readout.Reader, items iter.Seq[ingest.Item]) iter.Seq[result] {
	return func(yield func(result) bool) {
		// The reader takes articles in a goroutine of its own; queue keeps the
		// items in order until their documents come.
		var mu sync.Mutex
		var queue []ingest.Item
		articles := func(give func(readout.Article) bool) {
			for it := range items {
				mu.Lock()
				queue = append(queue, it)
				mu.Unlock()
				if it.Err == nil && !give(it.Article) {
					return
				}
			}
		}
		pop := func() (ingest.Item, bool) {
			mu.Lock()
			defer mu.Unlock()
			if len(queue) == 0 {
				return ingest.Item{}, false
			}
			it := queue[0]
			queue[0] = ingest.Item{} // its text is not to be kept
			queue = queue[1:]
			return it, true
		}
		for d, err := range r.ReadAll(ctx, articles) {
			for {
				it, _ := pop()
				if it.Err == nil {
					if !yield(result{it, d, err}) {
						return
					}
					break
				}
				if !yield(result{it, nil, it.Err}) {
					return
				}
			}
		}
		for it, ok := pop(); ok && it.Err != nil; it, ok = pop() {
			if !yield(result{it, nil, it.Err}) {
				return
			}
		}
	}
}
