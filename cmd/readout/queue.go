package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime"
	"strconv"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"readout"
	"readout/ingest"
	"readout/ingest/queue"
	"readout/ingest/queue/nats"
	"readout/reading"
	"readout/store/postgres"
)

// queueFlags say where the queue of articles is.
type queueFlags struct {
	nats        string
	credentials string
	dir         string
	name        string
	maxArticles int64
	maxBytes    int64
}

func (f *queueFlags) register(c *cobra.Command) {
	fl := c.Flags()
	fl.StringVar(&f.nats, "nats", os.Getenv("READOUT_NATS"), "NATS servers, nats://host:4222,… (or READOUT_NATS); without, a server in this process")
	fl.StringVar(&f.credentials, "nats-creds", "", "file with credentials for them")
	fl.StringVar(&f.dir, "queue-dir", "", "folder of the server in this process (default: the record's name and .queue)")
	fl.StringVar(&f.name, "queue-name", "readout", "name of the queue, where servers have several")
}

func (f *queueFlags) registerLimits(c *cobra.Command) {
	fl := c.Flags()
	fl.Int64Var(&f.maxArticles, "max-articles", 0, "articles that may wait, when the queue is made (default 1,000,000)")
	fl.Int64Var(&f.maxBytes, "max-bytes", 0, "bytes they may have together, when the queue is made (default 2 GiB)")
}

func (f *queueFlags) open(ctx context.Context, db string) (*nats.Queue, error) {
	c := nats.Config{URL: f.nats, Credentials: f.credentials, Dir: f.dir, Name: f.name, MaxArticles: f.maxArticles, MaxBytes: f.maxBytes}
	if c.URL == "" && c.Dir == "" {
		c.Dir = db + ".queue"
		if postgres.IsURL(db) {
			c.Dir = "readout.queue"
		}
	}
	q, err := nats.Open(ctx, c)
	switch {
	case errors.Is(err, nats.ErrInUse):
		return nil, hintError{err, "wait until it ends, or run a NATS server and name it with --nats: then any number can use it at once"}
	case errors.Is(err, nats.ErrNoRoom):
		return nil, hintError{err, "make it smaller with --max-bytes, or give the server more room (max_file_store)"}
	case errors.Is(err, nats.ErrUnreachable):
		return nil, hintError{err, "is it running, with JetStream on ('nats-server -js')?"}
	}
	return q, err
}

func newIngestCommand() *cobra.Command {
	var f queueFlags
	var record recordFlags
	var a addFlags
	var backlog bool
	c := &cobra.Command{
		Use:   "ingest INPUT…",
		Short: "Put articles into the queue, for workers to read",
		Long: `Put articles into the queue. 'readout worker' takes them from there, on this
machine or others, reads them into the record and only then takes them off.

An INPUT is what 'readout add' takes. An article that waits already is not put in
twice; one that the record has is passed over by the worker. While the queue is
full, this command waits.

Live articles are read before all backlog.`,
		Example: `  readout ingest news.jsonl && readout worker --drain
  readout ingest --nats nats://mq1:4222,nats://mq2:4222 --backlog archive/`,
		Args: cobra.MinimumNArgs(1),
	}
	record.register(c)
	f.register(c)
	f.registerLimits(c)
	fl := c.Flags()
	fl.BoolVar(&backlog, "backlog", false, "read them when there is no news")
	fl.StringVar(&a.published, "published", "", "day or instant the articles were published, unless an input has its own")
	fl.StringVar(&a.outlet, "outlet", "", "who published them")
	fl.BoolVar(&a.force, "force", false, "take what is plainly not in English, too")
	a.fetch.register(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		p := queue.Live
		if backlog {
			p = queue.Backlog
		}
		q, err := f.open(c.Context(), record.db)
		if err != nil {
			return err
		}
		defer q.Close()
		return runIngest(c, args, a, q, p)
	}
	return c
}

// putAtOnce is how many articles are on their way into the queue at once.
const putAtOnce = 16

// runIngest puts the articles of inputs into a queue.
func runIngest(c *cobra.Command, args []string, f addFlags, q *nats.Queue, p queue.Priority) error {
	defaults := readout.Article{Outlet: f.outlet, URL: f.url}
	if f.published != "" {
		t, err := ingest.ParseDate(f.published)
		if err != nil {
			return fmt.Errorf("--published: %w", err)
		}
		defaults.Published = t
	}
	ctx := c.Context()
	bar := newProgress(c.ErrOrStderr(), args)
	defer bar.stop()
	out := bar.log()
	client := f.fetch.client()
	defer client.Close()
	in := ingest.Config{Defaults: defaults, AnyLanguage: f.force, Stdin: c.InOrStdin(), Client: client, PDF: readPDF}
	// Several are on their way at once: each is answered when it is on the disks of
	// most servers, which keep those that come together in one go.
	var mu sync.Mutex // of what follows, and out
	put, there, failed, full := 0, 0, 0, false
	fail := func(name string, err error) {
		mu.Lock()
		defer mu.Unlock()
		failed++
		report(out, name, err)
	}
	g, going := errgroup.WithContext(ctx)
	g.SetLimit(putAtOnce)
	for it := range ingest.ItemsContext(going, in, args) {
		if going.Err() != nil {
			break
		}
		bar.step()
		if it.Note != "" {
			mu.Lock()
			fmt.Fprintf(out, "readout: %s: %s\n", it.Name, it.Note)
			mu.Unlock()
		}
		if it.Err != nil {
			fail(it.Name, it.Err)
			continue
		}
		g.Go(func() error {
			fresh, err := q.Put(going, &queue.Item{Name: it.Name, Article: recordArticle(&it.Article)}, p, func() {
				mu.Lock()
				defer mu.Unlock()
				if !full {
					full = true
					fmt.Fprintln(out, "readout: the queue is full; waiting for workers")
				}
			})
			switch {
			case going.Err() != nil:
				return nil
			case errors.Is(err, nats.ErrTooLarge):
				fail(it.Name, err)
				return nil
			case err != nil:
				return fmt.Errorf("%s: %w", it.Name, err)
			}
			mu.Lock()
			defer mu.Unlock()
			if fresh {
				put++
			} else {
				there++
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return fmt.Errorf("%w; %s before it", err, counted(put, "article"))
	}
	bar.stop()
	fmt.Fprintf(c.ErrOrStderr(), "readout: %s put into the queue", counted(put, "article"))
	for _, n := range []struct {
		n    int
		what string
	}{{there, "there already"}, {failed, "not taken"}} {
		if n.n > 0 {
			fmt.Fprintf(c.ErrOrStderr(), ", %d %s", n.n, n.what)
		}
	}
	fmt.Fprintln(c.ErrOrStderr())
	switch {
	case ctx.Err() != nil:
		fmt.Fprintln(c.ErrOrStderr(), "readout: stopped; what was put in stays, and the same command goes on from here")
		return errReported
	case failed > 0:
		return errReported
	}
	return nil
}

func newWorkerCommand() *cobra.Command {
	var f queueFlags
	var record recordFlags
	var knowledge knowledgeFlags
	var jobs, tries int
	var drain bool
	var metricsAt string
	c := &cobra.Command{
		Use:   "worker",
		Short: "Read the articles of the queue into the record",
		Long: `Take articles off the queue, read them and put them into the record, until the
worker is stopped. Any number of workers may run, on any number of machines, all
with the same --nats and --db, and may die at any moment: an article is taken off
the queue only when its reading is stored, and given to another worker when this
one is silent about it for half a minute.

An article that cannot be read, or that no worker came back from, is put among
the dead articles with the reason ('readout dead'). While the record cannot be
reached, articles stay in the queue. With Ctrl-C the articles that are being
read are finished first.

All workers of a record must have the same models: one with others refuses to
start. 'readout reread' with the newer program moves the record to its models.`,
		Example: `  readout worker --drain
  readout worker --nats nats://mq1:4222 --db postgres://readout@db/news`,
		Args: cobra.NoArgs,
	}
	record.register(c)
	f.register(c)
	f.registerLimits(c)
	knowledge.registerTables(c)
	fl := c.Flags()
	fl.IntVarP(&jobs, "jobs", "j", 0, "articles read at once (default: one a core)")
	fl.IntVar(&tries, "tries", 10, "how often an article is handed out before it is taken for one that kills workers")
	fl.BoolVar(&drain, "drain", false, "stop when the queue is empty")
	fl.StringVar(&metricsAt, "metrics", "", "HOST:PORT to serve Prometheus metrics at, /metrics, and /healthz")
	c.RunE = func(c *cobra.Command, _ []string) error {
		ctx := c.Context()
		reg, err := knowledge.openRegistry()
		if err != nil {
			return err
		}
		model, err := modelID()
		if err != nil {
			return err
		}
		l, err := record.createFor(ctx, reg, model)
		if err != nil {
			return err
		}
		defer l.Close()
		q, err := f.open(ctx, record.db)
		if err != nil {
			return err
		}
		defer q.Close()
		r, err := readout.New(readout.Config{Workers: jobs, Registry: reg})
		if err != nil {
			return err
		}
		var w queue.Worker
		m := newWorkerMetrics(q, w.Held, model)
		stop, err := m.serve(ctx, metricsAt)
		if err != nil {
			return err
		}
		defer stop()
		bar := newCounter(c.ErrOrStderr())
		defer bar.stop()
		w = queue.Worker{
			Source: q, Ledger: l.Ledger, Jobs: cmp.Or(jobs, runtime.GOMAXPROCS(0)), MaxTries: tries, Drain: drain, Log: slog.New(slog.NewTextHandler(bar.log(), nil)),
			Read: func(ctx context.Context, it *queue.Item) (*reading.Reading, error) {
				d, err := r.Read(ctx, it.Input())
				if err != nil {
					return nil, err
				}
				return reading.New(d, model), nil
			},
			Each: func(r queue.Report) {
				bar.step()
				m.report(r)
				if r.Outcome == queue.Dead {
					name := "an article"
					if r.Item != nil {
						name = r.Item.Name
					}
					report(bar.log(), name, r.Err)
				}
			},
		}
		err = w.Run(ctx)
		bar.stop()
		fmt.Fprintf(c.ErrOrStderr(), "readout: %s: %s added", storeName(record.db), counted(int(w.Count(queue.Added)), "article"))
		for _, n := range []struct {
			o    queue.Outcome
			what string
		}{{queue.Known, "there already"}, {queue.Purged, "purged before and left out"}, {queue.Dead, "dead ('readout dead list')"}, {queue.Back, "put back"}} {
			if k := w.Count(n.o); k > 0 {
				fmt.Fprintf(c.ErrOrStderr(), ", %d %s", k, n.what)
			}
		}
		fmt.Fprintln(c.ErrOrStderr())
		if err != nil {
			return recordError(err)
		}
		return nil
	}
	return c
}

func newQueueCommand() *cobra.Command {
	var f queueFlags
	var record recordFlags
	var format string
	c := &cobra.Command{
		Use:   "queue",
		Short: "How many articles wait, are being read, are dead",
		Args:  cobra.NoArgs,
	}
	record.register(c)
	f.register(c)
	c.Flags().StringVarP(&format, "format", "f", "text", "how to print: text, json")
	c.RunE = func(c *cobra.Command, _ []string) error {
		if err := textOrJSON(format); err != nil {
			return err
		}
		q, err := f.open(c.Context(), record.db)
		if err != nil {
			return err
		}
		defer q.Close()
		s, err := q.State(c.Context())
		if err != nil {
			return err
		}
		if format == "json" {
			return json.NewEncoder(c.OutOrStdout()).Encode(s)
		}
		_, err = fmt.Fprintf(c.OutOrStdout(), "live      %8d waiting\nbacklog   %8d waiting\nworking   %8d handed out\ndead      %8d\n", s.Live, s.Backlog, s.Working, s.Dead)
		return err
	}
	return c
}

func newDeadCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "dead",
		Short: "Articles that no worker could read: list, retry, drop",
		Long: `List the articles that could not be read, each with the reason; put them back into
the queue; or remove them.`,
		Example: `  readout dead list
  readout dead retry all
  readout dead drop 17 18`,
	}
	c.AddCommand(newDeadListCommand(), newDeadActCommand("retry", "Put dead articles back into the queue", "put back", (*nats.Queue).Retry),
		newDeadActCommand("drop", "Remove dead articles", "removed", (*nats.Queue).Drop))
	return c
}

func newDeadListCommand() *cobra.Command {
	var f queueFlags
	var record recordFlags
	var format string
	c := &cobra.Command{
		Use:   "list",
		Short: "List the dead articles with the reason",
		Args:  cobra.NoArgs,
	}
	record.register(c)
	f.register(c)
	c.Flags().StringVarP(&format, "format", "f", "text", "how to print: text, json (a line each)")
	c.RunE = func(c *cobra.Command, _ []string) error {
		if err := textOrJSON(format); err != nil {
			return err
		}
		q, err := f.open(c.Context(), record.db)
		if err != nil {
			return err
		}
		defer q.Close()
		n := 0
		err = q.Dead(c.Context(), func(d *nats.DeadArticle) error {
			n++
			if format == "json" {
				return json.NewEncoder(c.OutOrStdout()).Encode(d)
			}
			_, err := fmt.Fprintf(c.OutOrStdout(), "%6d  %s  %s\n        %s\n", d.ID, day(d.Died), d.Name, d.Reason)
			return err
		})
		if err == nil && n == 0 && format == "text" {
			_, err = fmt.Fprintln(c.OutOrStdout(), "no dead articles")
		}
		return err
	}
	return c
}

// textOrJSON checks the format of the commands on the queue.
func textOrJSON(format string) error {
	if format != "text" && format != "json" {
		return usageError{hintError{fmt.Errorf("no format %q", format), "one of text, json"}}
	}
	return nil
}

// day is an instant as people are shown it.
func day(s string) string {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return s
	}
	return t.UTC().Format("2006-01-02 15:04")
}

func newDeadActCommand(name, short, done string, act func(*nats.Queue, context.Context, uint64) error) *cobra.Command {
	var f queueFlags
	var record recordFlags
	c := &cobra.Command{
		Use:   name + " all|NUMBER…",
		Short: short,
		Args:  cobra.MinimumNArgs(1),
	}
	record.register(c)
	f.register(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		q, err := f.open(c.Context(), record.db)
		if err != nil {
			return err
		}
		defer q.Close()
		var ids []uint64
		if len(args) == 1 && args[0] == "all" {
			if err := q.Dead(c.Context(), func(d *nats.DeadArticle) error { ids = append(ids, d.ID); return nil }); err != nil {
				return err
			}
		} else {
			for _, a := range args {
				id, err := strconv.ParseUint(a, 10, 64)
				if err != nil {
					return usageError{hintError{fmt.Errorf("%q is no dead article's number", a), "the numbers of 'readout dead list', or all"}}
				}
				ids = append(ids, id)
			}
		}
		for _, id := range ids {
			if err := act(q, c.Context(), id); err != nil {
				return err
			}
		}
		fmt.Fprintf(c.ErrOrStderr(), "readout: %s %s\n", counted(len(ids), "article"), done)
		return nil
	}
	return c
}
