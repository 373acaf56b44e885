package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"readout"
	"readout/ingest"
	"readout/ingest/watch"
	"readout/store/postgres"
)

// watchFlags are the settings of `readout watch`.
type watchFlags struct {
	record    recordFlags
	knowledge knowledgeFlags
	fetch     fetchFlags
	feeds     string
	dir       string
	every     time.Duration
	once      bool
	status    bool
	format    string
	outlet    string
	force     bool
}

func newWatchCommand() *cobra.Command {
	var f watchFlags
	c := &cobra.Command{
		Use:   "watch [FEED…]",
		Short: "Ask feeds for what is new, again and again, and add it",
		Long: `Ask feeds (RSS, Atom, JSON Feed) for what is new, and read it into the record,
until it is stopped with Ctrl-C. Where a feed has only the beginning of an article,
its page is fetched.

A feed is asked every quarter of an hour, or as seldom as it asks for itself, and
ever more seldom while it cannot be reached. Servers are asked once a second at
most; robots.txt is kept to. See docs/ingest.md.

Where each feed has got to is kept beside the record: the same command goes on from
there, however it was ended. --once asks the feeds that are due and ends, for those
who have a scheduler. --status tells how the feeds are, also while another watches.`,
		Example: `  readout watch https://example.org/world/rss https://example.com/feed.json
  readout watch --feeds feeds.txt --every 30m
  readout watch --status`,
		RunE: func(c *cobra.Command, args []string) error { return runWatch(c, args, f) },
	}
	f.record.register(c)
	f.knowledge.registerTables(c)
	f.fetch.register(c)
	fl := c.Flags()
	fl.StringVar(&f.feeds, "feeds", "", "file with feeds: an address a line, or OPML")
	fl.StringVar(&f.dir, "watch-dir", "", "folder for where the feeds have got to (default: the record's name and .watch)")
	fl.DurationVar(&f.every, "every", 15*time.Minute, "least time between two askings of a feed")
	fl.BoolVar(&f.once, "once", false, "ask the feeds that are due, and end")
	fl.BoolVar(&f.status, "status", false, "tell how the feeds are, and end")
	fl.StringVarP(&f.format, "format", "f", "text", "how to print the status: text, json (a line each)")
	fl.StringVar(&f.outlet, "outlet", "", "who published what does not tell it")
	fl.BoolVar(&f.force, "force", false, "read what is plainly not in English, too")
	return c
}

func (f *watchFlags) folder() string {
	if f.dir != "" {
		return f.dir
	}
	if postgres.IsURL(f.record.db) {
		return "readout.watch"
	}
	return f.record.db + ".watch"
}

func runWatch(c *cobra.Command, args []string, f watchFlags) error {
	if f.status {
		return watchStatus(c.OutOrStdout(), f.folder(), f.format)
	}
	feeds, err := f.list(args)
	if err != nil {
		return err
	}
	if f.every < time.Minute {
		return usageError{hintError{fmt.Errorf("--every %s", f.every), "a minute at least"}}
	}
	reg, err := f.knowledge.openRegistry()
	if err != nil {
		return err
	}
	ctx, w := c.Context(), c.ErrOrStderr()
	l, err := f.record.create(ctx, reg)
	if err != nil {
		return err
	}
	defer l.Close()
	r, err := readout.New(readout.Config{Registry: reg})
	if err != nil {
		return err
	}
	a := adder{ledger: l.Ledger, out: w, by: userName()}
	if a.model, err = modelID(); err != nil {
		return err
	}
	client := f.fetch.client()
	defer client.Close()
	t := teller{w: w, feeds: len(feeds), down: map[string]time.Time{}}
	watcher, err := watch.New(watch.Config{
		Feeds: feeds, Dir: f.folder(), Every: f.every,
		Ingest: ingest.Config{Defaults: readout.Article{Outlet: f.outlet}, AnyLanguage: f.force, Client: client, PDF: readPDF},
		Add:    func(ctx context.Context, it ingest.Item) (watch.Outcome, error) { return a.one(ctx, r, it) },
		Each:   t.tell,
	})
	if errors.Is(err, watch.ErrRunning) {
		return hintError{err, "'readout watch --status' tells how its feeds are"}
	}
	if err != nil {
		return err
	}
	defer watcher.Close()
	if err := t.open(f.folder()); err != nil {
		return err
	}
	if f.once {
		n, err := watcher.Once(ctx)
		if err == nil {
			fmt.Fprintf(w, "readout: %s: %d of %s asked, %d unreachable\n", storeName(f.record.db), n, counted(len(feeds), "feed"), len(t.down))
		}
		if err = a.ended(ctx, w, storeName(f.record.db), err); err == nil && t.failed > 0 {
			return errReported
		}
		return err
	}
	fmt.Fprintf(w, "readout: watching %s; Ctrl-C ends it\n", counted(len(feeds), "feed"))
	return a.ended(ctx, w, storeName(f.record.db), watcher.Run(ctx))
}

// ended tells what came of a watcher. To be stopped is its ordinary end.
func (a *adder) ended(ctx context.Context, w io.Writer, db string, err error) error {
	if err != nil && ctx.Err() == nil {
		return recordError(err)
	}
	fmt.Fprintf(w, "readout: %s: %s added, %s", db, counted(a.added, "article"), counted(a.changed, "new version"))
	if a.failed > 0 {
		fmt.Fprintf(w, ", %d not read", a.failed)
	}
	fmt.Fprintln(w)
	return nil
}

// one reads an article and puts it into the record.
func (a *adder) one(ctx context.Context, r *readout.Reader, it ingest.Item) (watch.Outcome, error) {
	before := [...]int{a.added, a.changed, a.known}
	res := result{item: it}
	article := recordArticle(&it.Article)
	known, err := a.ledger.Known(ctx, &article)
	switch {
	case known && err == nil:
		res.err = errKnown
	case err != nil:
		res.err = err
	default:
		res.d, res.err = r.Read(ctx, it.Article)
	}
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	if err := a.add(ctx, []result{res}); err != nil {
		return 0, err
	}
	switch {
	case a.added > before[0]:
		return watch.Added, nil
	case a.changed > before[1]:
		return watch.Changed, nil
	case a.known > before[2]:
		return watch.Known, nil
	}
	return watch.Refused, nil
}

// teller says what comes in, a line for each feed that has something, and which
// feeds are not reached.
type teller struct {
	w      io.Writer
	feeds  int
	down   map[string]time.Time // feeds that are not reached, since when
	failed int                  // feeds and items that could not be read in this run
}

// open takes from the last watcher which feeds were not reached.
func (t *teller) open(dir string) error {
	states, err := watch.States(dir)
	for _, s := range states {
		if s.Watched && !s.Since.IsZero() {
			t.down[s.Feed] = s.Since
		}
	}
	return err
}

func (t *teller) tell(p watch.Poll) {
	now := time.Now()
	for _, f := range p.Failed {
		t.failed++
		report(t.w, f.Name, f.Err)
	}
	var parts []string
	for _, n := range []struct {
		n    int
		what string
	}{{p.Added, "added"}, {p.Changed, "changed"}, {p.Known, "there already"}, {p.Refused, "not taken"}, {len(p.Failed), "not read"}, {p.Waiting, "to be tried again"}} {
		if n.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n.n, n.what))
		}
	}
	name := cmp.Or(p.Title, p.Feed)
	if len(parts) > 0 {
		fmt.Fprintf(t.w, "%s  %s: %s\n", now.Format("15:04"), name, strings.Join(parts, ", "))
	}
	_, was := t.down[p.Feed]
	if p.Err != nil {
		t.failed++
	}
	switch {
	case p.Err != nil && !was:
		t.down[p.Feed] = now
		fmt.Fprintf(t.w, "%s  %s: not reached: %v%s\n", now.Format("15:04"), name, p.Err, t.unreachable())
	case p.Err == nil && (was || p.Back):
		delete(t.down, p.Feed)
		fmt.Fprintf(t.w, "%s  %s: reached again%s\n", now.Format("15:04"), name, t.unreachable())
	}
}

func (t *teller) unreachable() string {
	if t.feeds < 2 || len(t.down) == 0 {
		return ""
	}
	first := time.Time{}
	for _, at := range t.down {
		if first.IsZero() || at.Before(first) {
			first = at
		}
	}
	return fmt.Sprintf(" (%d of %d feeds unreachable since %s)", len(t.down), t.feeds, clockTime(first))
}

// list is the feeds of the command line and of --feeds.
func (f *watchFlags) list(args []string) ([]string, error) {
	feeds := args
	if f.feeds != "" {
		b, err := os.ReadFile(f.feeds)
		if err != nil {
			return nil, err
		}
		more, err := feedList(b)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.feeds, err)
		}
		feeds = append(feeds, more...)
	}
	if len(feeds) == 0 {
		return nil, usageError{hintError{errors.New("no feeds"), "name their addresses, or a file of them with --feeds"}}
	}
	for _, a := range feeds {
		if !ingest.IsAddress(a) {
			return nil, usageError{hintError{fmt.Errorf("%q is no address", a), "http://… or https://…; 'readout add' reads a feed that is a file"}}
		}
	}
	return feeds, nil
}

// feedList reads a list of feeds: an address a line, "#" before remarks, or the
// OPML that readers of feeds write.
func feedList(b []byte) ([]string, error) {
	b = bytes.TrimSpace(bytes.TrimPrefix(b, []byte("\uFEFF")))
	var out []string
	if !bytes.HasPrefix(b, []byte("<")) {
		for l := range strings.Lines(string(b)) {
			l, _, _ = strings.Cut(l, " #")
			if l = strings.TrimSpace(l); l != "" && !strings.HasPrefix(l, "#") {
				out = append(out, l)
			}
		}
		return out, nil
	}
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		t, err := d.Token()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("it is no OPML: %w", err)
		}
		if e, ok := t.(xml.StartElement); ok {
			for _, a := range e.Attr {
				if e.Name.Local == "outline" && strings.EqualFold(a.Name.Local, "xmlUrl") {
					out = append(out, strings.TrimSpace(a.Value))
				}
			}
		}
	}
}

// watchStatus prints how the feeds of a folder are.
func watchStatus(w io.Writer, dir, format string) error {
	if format != "text" && format != "json" {
		return usageError{hintError{fmt.Errorf("no format %q", format), "one of text, json"}}
	}
	states, err := watch.States(dir)
	if err != nil {
		return err
	}
	var now []watch.State
	for _, s := range states {
		if s.Watched {
			now = append(now, s)
		}
	}
	if len(now) == 0 {
		return hintError{fmt.Errorf("%s: no feeds have been watched", dir), "'readout watch FEED…' does, with the same --db"}
	}
	if format == "json" {
		enc := json.NewEncoder(w)
		for _, s := range now {
			s.Seen = nil // inner matters
			if err := enc.Encode(s); err != nil {
				return err
			}
		}
		return nil
	}
	var since time.Time
	down, added := 0, 0
	for _, s := range now {
		added += s.Added
		if !s.Since.IsZero() {
			down++
			if since.IsZero() || s.Since.Before(since) {
				since = s.Since
			}
		}
	}
	if down == 0 {
		fmt.Fprintf(w, "%s, all reached; %s in all\n", counted(len(now), "feed"), counted(added, "article"))
	} else {
		fmt.Fprintf(w, "%d of %s unreachable since %s; %s in all\n", down, counted(len(now), "feed"), clockTime(since), counted(added, "article"))
	}
	for _, s := range now {
		fmt.Fprintf(w, "\n%s\n", cmp.Or(s.Title, s.Feed))
		if s.Title != "" {
			fmt.Fprintf(w, "  %s\n", s.Feed)
		}
		switch {
		case !s.Since.IsZero():
			fmt.Fprintf(w, "  unreachable since %s: %s; asked again %s\n", clockTime(s.Since), s.Reason, clockTime(s.Next))
		case s.Reached.IsZero():
			fmt.Fprintln(w, "  not asked yet")
		default:
			fmt.Fprintf(w, "  reached %s, asked again %s\n", clockTime(s.Reached), clockTime(s.Next))
		}
		fmt.Fprintf(w, "  %s", counted(s.Added, "article"))
		if n := len(s.Waiting); n > 0 {
			fmt.Fprintf(w, ", %d to be tried again", n)
		}
		fmt.Fprintln(w)
		for _, g := range s.GivenUp[max(0, len(s.GivenUp)-3):] {
			fmt.Fprintf(w, "  not read: %s: %s\n", g.Name, g.Reason)
		}
	}
	return nil
}

// clockTime is an instant as people are shown it, in the zone of the machine.
func clockTime(t time.Time) string { return t.Local().Format("2006-01-02 15:04") }
