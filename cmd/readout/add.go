package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/spf13/cobra"
	"golang.org/x/sync/semaphore"

	"readout"
	"readout/ingest"
	"readout/ingest/queue"
	"readout/reading"
	"readout/record"
)

// addFlags are the settings of `readout add`.
type addFlags struct {
	record    recordFlags
	knowledge knowledgeFlags
	published string
	outlet    string
	url       string
	tlp       string
	force     bool
	jobs      int
	timeline  timelineFlags
	fetch     fetchFlags
	queued    bool
	queue     queueFlags
}

func newAddCommand() *cobra.Command {
	var f addFlags
	c := &cobra.Command{
		Use:   "add INPUT…",
		Short: "Read articles into the record",
		Long: `Read articles and put what they say into the record, a file that the other
commands of this group answer from. It is made when there is none.

An INPUT is what 'readout read' takes: text, Markdown, HTML, a .jsonl file with an
article a line, a feed, a web archive (.warc.gz), a folder of these, the address of
a page or a feed, or - for standard input (docs/ingest.md). An article that is
there already is not read again; one with the address of an article that is there,
and another text, is a new version of it. The order in which articles come does
not matter. 'readout watch' goes on asking feeds for what is new.

An input or article that cannot be read is reported and the rest goes on; the exit
code is then 1.

With --format timeline an INPUT is a table with an event a row, as analysts keep
them (docs/note.md): how its columns are understood is shown before it is kept.

What has been added stays, whatever happens next: stop it with Ctrl-C and start
it again. Several may add at once.`,
		Example: `  readout add --published 2025-08-19 --outlet Courier article.txt
  readout add news/ archive.jsonl
  readout add https://example.org/world/rss https://example.org/world/talks
  readout add --db talks.db news.jsonl && readout state --db talks.db
  readout add --format timeline --by jane sheet.csv`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return runAdd(c, args, f) },
	}
	f.record.register(c)
	f.knowledge.registerTables(c)
	fl := c.Flags()
	fl.StringVar(&f.published, "published", "", "day (2025-08-19) or instant the articles were published, unless an input has its own")
	fl.StringVar(&f.outlet, "outlet", "", "who published them")
	fl.StringVar(&f.url, "url", "", "address of the article")
	fl.StringVar(&f.tlp, "tlp", "", "mark them: "+strings.Join(record.TLPNames(), ", ")+" (readout mark)")
	fl.BoolVar(&f.force, "force", false, "read what is plainly not in English, too")
	fl.IntVarP(&f.jobs, "jobs", "j", 0, "articles read at once (default: one a core)")
	fl.BoolVar(&f.queued, "queue", false, "put them into the queue for 'readout worker' to read, as 'readout ingest' does")
	f.queue.register(c)
	for _, name := range []string{"nats", "nats-creds", "queue-dir", "queue-name"} {
		fl.Lookup(name).Hidden = true // 'readout ingest' tells of them
	}
	f.timeline.register(c)
	f.fetch.register(c)
	return c
}

// adder adds the articles of a run and counts what came of them.
type adder struct {
	ledger *record.Ledger
	model  string
	out    io.Writer

	tlp record.TLP // what they are marked; 0: nothing
	by  string

	added, changed, known, purged, failed int
	passed                                atomic.Int64 // counted where inputs are taken
}

func runAdd(c *cobra.Command, args []string, f addFlags) error {
	if f.timeline.format != "" {
		return runTimeline(c, args, f)
	}
	if f.queued {
		return f.enqueue(c, args)
	}
	defaults := readout.Article{Outlet: f.outlet, URL: f.url}
	if f.published != "" {
		t, err := ingest.ParseDate(f.published)
		if err != nil {
			return fmt.Errorf("--published: %w", err)
		}
		defaults.Published = t
	}
	var tlp record.TLP
	if f.tlp != "" {
		var err error
		if tlp, err = record.ParseTLP(f.tlp); err != nil {
			return usageError{fmt.Errorf("--tlp: %w", err)}
		}
	}
	reg, err := f.knowledge.openRegistry()
	if err != nil {
		return err
	}
	ctx := c.Context()
	l, err := f.record.create(ctx, reg)
	if err != nil {
		return err
	}
	defer l.Close()
	r, err := readout.New(readout.Config{Workers: f.jobs, Registry: reg})
	if err != nil {
		return err
	}
	bar := newProgress(c.ErrOrStderr(), args)
	defer bar.stop()
	a := adder{ledger: l.Ledger, out: bar.log(), tlp: tlp, by: userName()}
	if a.model, err = modelID(); err != nil {
		return err
	}
	client := f.fetch.client()
	defer client.Close()
	in := ingest.Config{Defaults: defaults, AnyLanguage: f.force, Stdin: c.InOrStdin(), Client: client, PDF: readPDF, PassedOver: func(string) { a.passed.Add(1) }}
	if err := a.all(ctx, readItems(ctx, r, a.unknown(ctx, ingest.ItemsContext(ctx, in, args))), bar.step); err != nil && ctx.Err() == nil {
		return recordError(err)
	}
	bar.stop()
	return a.finish(ctx, c.ErrOrStderr(), storeName(f.record.db))
}

// enqueue hands the articles to workers instead of reading them.
func (f *addFlags) enqueue(c *cobra.Command, args []string) error {
	if f.tlp != "" {
		return usageError{hintError{errors.New("--tlp is not for --queue"), "mark the articles with 'readout mark' when they are read"}}
	}
	q, err := f.queue.open(c.Context(), f.record.db)
	if err != nil {
		return err
	}
	defer q.Close()
	return runIngest(c, args, *f, q, queue.Live)
}

// errKnown marks an item that need not be read.
var errKnown = errors.New("it is in the record")

// unknown passes on the items, those that the record has marked with errKnown
// so that they are not read again.
func (a *adder) unknown(ctx context.Context, items iter.Seq[ingest.Item]) iter.Seq[ingest.Item] {
	return func(yield func(ingest.Item) bool) {
		for it := range items {
			if it.Err == nil {
				article := recordArticle(&it.Article)
				known, err := a.ledger.Known(ctx, &article)
				switch {
				case err != nil:
					it.Err = err
				case known:
					it.Err = errKnown
				}
			}
			if !yield(it) {
				return
			}
		}
	}
}

func recordArticle(a *readout.Article) record.Article {
	return record.Article{
		Text: a.Text, Key: a.Key, Title: a.Title, Outlet: a.Outlet, Byline: a.Byline, Credit: a.Credit, URL: a.URL,
		Language: a.Language, Published: a.Published, Modified: a.Modified,
	}
}

// Articles that were read while others were stored are stored together, up to so
// many and so many bytes of text.
const (
	addTogether = 32
	addBytes    = 4 << 20
)

// all puts what was read into the record, in its order, and calls step for each.
func (a *adder) all(ctx context.Context, results iter.Seq[result], step func()) error {
	ctx, stop := context.WithCancel(ctx)
	ready := make(chan result, addTogether)
	room := semaphore.NewWeighted(addBytes)
	var wg sync.WaitGroup
	wg.Go(func() {
		defer close(ready)
		for res := range results {
			if room.Acquire(ctx, res.size()) != nil {
				return
			}
			ready <- res // there is a reader until it is closed
		}
	})
	defer func() {
		stop()
		for range ready { // what is not stored any more is taken from who reads, who then ends
		}
		wg.Wait()
	}()
	for res := range ready {
		list := []result{res}
	more:
		for len(list) < addTogether {
			select {
			case res, ok := <-ready:
				if !ok {
					break more
				}
				list = append(list, res)
			default:
				break more
			}
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := a.add(ctx, list); err != nil {
			return err
		}
		for i := range list {
			room.Release(list[i].size())
			step()
		}
	}
	return ctx.Err()
}

// size is what a result counts for, in bytes.
func (r *result) size() int64 { return int64(min(1+len(r.item.Article.Text), addBytes)) }

// add puts articles into the record. Its error is one of the record, which ends
// the run; an article that cannot be read is reported and counted.
func (a *adder) add(ctx context.Context, list []result) error {
	var keep []record.Addition
	for i := range list {
		res := &list[i]
		if res.item.Note != "" {
			fmt.Fprintf(a.out, "readout: %s: %s\n", res.item.Name, res.item.Note)
		}
		article := recordArticle(&res.item.Article)
		switch {
		case errors.Is(res.err, errKnown):
			a.known++
			if err := a.mark(ctx, &article); err != nil {
				return err
			}
			continue
		case errors.Is(res.err, record.ErrPurged):
			a.purged++
			continue
		case res.err != nil:
			a.failed++
			report(a.out, res.item.Name, res.err)
			continue
		}
		article.Text = res.d.Text // without a byte-order mark
		if err := a.mark(ctx, &article); err != nil && !errors.Is(err, record.ErrPurged) {
			return fmt.Errorf("%s: %w", res.item.Name, err)
		}
		keep = append(keep, record.Addition{Article: &article, Reading: reading.New(res.d, a.model)})
	}
	if len(keep) == 0 {
		return nil
	}
	added, err := a.ledger.AddAll(ctx, keep)
	if err != nil {
		return err
	}
	for i := range added {
		switch got := &added[i]; {
		case got.Err != nil:
			a.purged++
		case !got.New:
			a.known++
		case got.Changed:
			a.changed++
		default:
			a.added++
		}
	}
	return nil
}

// mark gives an article its marking, before it is added: it is at no moment in
// the record without it.
func (a *adder) mark(ctx context.Context, article *record.Article) error {
	if a.tlp == 0 {
		return nil
	}
	_, err := a.ledger.MarkIDs(ctx, []string{article.ID()}, a.tlp, a.by, "")
	return err
}

func (a *adder) finish(ctx context.Context, w io.Writer, db string) error {
	fmt.Fprintf(w, "readout: %s: %s added", db, counted(a.added, "article"))
	passed := int(a.passed.Load())
	for _, n := range []struct {
		n    int
		what string
	}{
		{a.changed, counted(a.changed, "new version")}, {a.known, fmt.Sprintf("%d there already", a.known)}, {a.purged, fmt.Sprintf("%d purged before and left out", a.purged)},
		{a.failed, fmt.Sprintf("%d not read", a.failed)}, {passed, fmt.Sprintf("%d without an article passed over", passed)},
	} {
		if n.n > 0 {
			fmt.Fprintf(w, ", %s", n.what)
		}
	}
	fmt.Fprintln(w)
	switch {
	case ctx.Err() != nil:
		fmt.Fprintln(w, "readout: stopped; what was added is kept, and the same command goes on from here")
		return errReported
	case a.failed > 0:
		return errReported
	}
	return nil
}

// counted is a number with its noun: "1 article", "3 articles".
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
