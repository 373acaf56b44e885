package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"readout/ingest"
	"readout/record"
	"readout/sheet"
)

// viewFlags are the settings that all views have.
type viewFlags struct {
	record  recordFlags
	asOf    string
	known   string
	process string
	format  string
	color   string
	width   int
}

var viewFormats = []string{"text", "json", "markdown"}

func (f *viewFlags) register(c *cobra.Command) {
	f.registerPage(c)
	c.Flags().StringVar(&f.known, "known", "", knownUsage)
	c.Flags().StringVar(&f.process, "process", "", "nothing but what belongs to a process (readout process)")
}

// registerPage is register without --process.
func (f *viewFlags) registerPage(c *cobra.Command) {
	f.record.register(c)
	fl := c.Flags()
	fl.StringVar(&f.asOf, "as-of", "", "the record as of a day (2025-08-19, to its end) or an instant (default: now)")
	fl.StringVarP(&f.format, "format", "f", "text", "how to print: "+strings.Join(viewFormats, ", "))
	fl.StringVar(&f.color, "color", "auto", "colours: auto, always, never")
	fl.IntVar(&f.width, "width", 0, "columns of a page of text (default: the terminal's, or 80)")
	for flag, values := range map[string][]string{"format": viewFormats, "color": {"auto", "always", "never"}} {
		// An error here is a flag that does not exist: the tests run this.
		_ = c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
	}
}

// knownUsage is the help of --known.
const knownUsage = "the record as it was known at a day or an instant: only what it had learnt by then (reads all of it)"

// query is what the view is asked for.
func (f *viewFlags) query() (record.Query, error) {
	if !slices.Contains(viewFormats, f.format) {
		return record.Query{}, usageError{hintError{fmt.Errorf("no format %q", f.format), "one of " + strings.Join(viewFormats, ", ")}}
	}
	if !slices.Contains([]string{"auto", "always", "never"}, f.color) {
		return record.Query{}, usageError{hintError{fmt.Errorf("--color %q", f.color), "one of auto, always, never"}}
	}
	q := record.Query{Process: f.process}
	var err error
	q.AsOf, err = moment("--as-of", f.asOf, true)
	return q, err
}

// moment reads a day or an instant; of a day its end, or its beginning.
func moment(flag, s string, end bool) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	t, err := ingest.ParseDate(s)
	if err != nil {
		return time.Time{}, usageError{fmt.Errorf("%s: %w", flag, err)}
	}
	if end && t.Equal(t.Truncate(24*time.Hour)) && !strings.Contains(s, ":") {
		t = t.Add(24*time.Hour - time.Microsecond)
	}
	return t, nil
}

// asKnown is the record that is asked: as it is, or as it was known.
func (f *viewFlags) asKnown(ctx context.Context, l *record.Ledger) (*record.Ledger, error) {
	return knownBy(ctx, l, f.known)
}

// knownBy is the record as it was known at the moment that --known names; "" is
// now.
func knownBy(ctx context.Context, l *record.Ledger, known string) (*record.Ledger, error) {
	at, err := moment("--known", known, true)
	if err != nil || at.IsZero() {
		return l, err
	}
	was, err := l.AsKnown(ctx, at)
	return was, recordError(err)
}

// show prints a view in the format asked for.
func (f *viewFlags) show(w io.Writer, view any, page *sheet.Page) error {
	switch f.format {
	case "json":
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(view)
	case "markdown":
		return page.Markdown(w)
	}
	return page.Text(w, f.text(w))
}

// text says how a page of text is drawn on w.
func (f *viewFlags) text(w io.Writer) sheet.TextConfig {
	cfg := sheet.TextConfig{Width: f.width, Color: f.color == "always"}
	if file, ok := w.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		if cols, _, err := term.GetSize(int(file.Fd())); err == nil && f.width == 0 {
			cfg.Width = cols
		}
		// https://no-color.org
		if f.color == "auto" && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" {
			cfg.Color = true
		}
	}
	return cfg
}

// ask opens the record, asks a view of it and prints what comes.
func ask[V any](c *cobra.Command, f *viewFlags, q record.Query, view func(*record.Ledger) (*V, error), page func(*V) *sheet.Page) error {
	l, err := f.record.open(c.Context(), nil)
	if err != nil {
		return err
	}
	defer l.Close()
	ledger, err := f.asKnown(c.Context(), l.Ledger)
	if err != nil {
		return err
	}
	v, err := view(ledger)
	if err != nil {
		return recordError(err)
	}
	return f.show(c.OutOrStdout(), v, page(v))
}

func newStateCommand() *cobra.Command {
	var f viewFlags
	var limit int
	var all bool
	c := &cobra.Command{
		Use:   "state",
		Short: "The state of play: what happened, what is planned, who stands where",
		Long: `Print the state of play: what happened last, what is planned and what it waits
for, what is disputed, put off or overdue, and who stands where on each issue.

An event's status follows from all that was claimed of it until the moment of
the view (docs/status.md). Events that nobody mentioned for four months are not
in the state of play: 'readout timeline' has them. Without --as-of, and where
all articles are older than that, it is the state on the day of the newest.`,
		Example: `  readout state
  readout state --as-of 2025-08-19
  readout state --format markdown > state.md`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			q, err := f.query()
			if err != nil {
				return err
			}
			q.Limit, q.All = limit, all
			return ask(c, &f, q, func(l *record.Ledger) (*record.State, error) { return l.State(c.Context(), q) }, sheet.State)
		},
	}
	f.register(c)
	c.Flags().IntVar(&limit, "limit", 0, "events in each part (default 12)")
	c.Flags().BoolVar(&all, "all", false, "with the slightest events too")
	return c
}

func newTimelineCommand() *cobra.Command {
	var f viewFlags
	var since string
	var limit int
	var all bool
	c := &cobra.Command{
		Use:   "timeline",
		Short: "The events of the record by their day",
		Long: `Print the events of the record by their day, with their status. An event without
a day stands at the day it was last told of.`,
		Example: `  readout timeline
  readout timeline --since 2025-08-01 --as-of 2025-08-31`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			q, err := f.query()
			if err != nil {
				return err
			}
			if q.Since, err = moment("--since", since, false); err != nil {
				return err
			}
			q.Limit, q.All = limit, all
			return ask(c, &f, q, func(l *record.Ledger) (*record.Timeline, error) { return l.Timeline(c.Context(), q) }, sheet.Timeline)
		},
	}
	f.register(c)
	c.Flags().StringVar(&since, "since", "", "events that articles published since then tell of")
	c.Flags().IntVar(&limit, "limit", 0, "the last so many (default: all)")
	c.Flags().BoolVar(&all, "all", false, "with the slightest events too")
	return c
}
