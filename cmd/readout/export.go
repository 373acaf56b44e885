package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"readout/export"
	"readout/record"
)

// exportFlags are the settings of `readout export`.
type exportFlags struct {
	record     recordFlags
	share      shareFlags
	asOf       string
	known      string
	since      string
	process    string
	format     string
	table      string
	output     string
	all        bool
	canonical  bool
	dictionary bool
}

func newExportCommand() *cobra.Command {
	var f exportFlags
	c := &cobra.Command{
		Use:   "export",
		Short: "The record as lines of JSON, tables, event data, a calendar or a graph",
		Long: `Print the record, or a part of it, for other programs. Formats:

  jsonl            articles without their texts, events, statements and standings,
                   each {"kind": …, "line": …} (docs/record.md)
` + describeFormats() + `
Tables, for csv, tsv and parquet: ` + wrapWords(export.TableNames(), 34) + `
--dictionary prints what their columns mean.

What a format cannot express is told on standard error and in docs/export.md:
tables that can only say that something happened leave out what is planned,
denied or called off, unless --all is given.

What is marked above --tlp is left out, and what rests on it alone ('readout
mark').

The same record gives the same bytes at the same moment (--as-of). With
--canonical the lines of JSON do not tell when or in what order the record learnt
of things, and stand at the day of the last article.`,
		Example: `  readout export > record.jsonl
  readout export --format csv --table claims -o claims.csv
  readout export --format parquet --as-of 2022-11-01 -o events.parquet
  readout export --format ics -o planned.ics
  readout export --format gdelt --since 2022-10-01 > events.tsv
  readout export --canonical | sha256sum`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return f.run(c) },
	}
	f.record.register(c)
	f.share.register(c)
	fl := c.Flags()
	fl.StringVar(&f.asOf, "as-of", "", "the record as of a day (to its end) or an instant (default: now)")
	fl.StringVar(&f.known, "known", "", knownUsage)
	fl.StringVar(&f.since, "since", "", "only what articles published since a day tell of (not jsonl)")
	fl.StringVar(&f.process, "process", "", "nothing but what belongs to a process (readout process)")
	fl.StringVarP(&f.format, "format", "f", "jsonl", "how to print, see above")
	fl.StringVarP(&f.table, "table", "t", "", "which table (csv, tsv, parquet; default: events)")
	fl.StringVarP(&f.output, "output", "o", "", "write to a file, whole or not at all (default: standard output)")
	fl.BoolVar(&f.all, "all", false, "put what has not happened into tables that cannot say so")
	fl.BoolVar(&f.canonical, "canonical", false, "the same bytes for the same articles (jsonl)")
	fl.BoolVar(&f.dictionary, "dictionary", false, "print what the columns of the tables mean, as CSV")
	for flag, values := range map[string][]string{"format": formatNames(), "table": export.TableNames()} {
		// An error here is a flag that does not exist: the tests run this.
		_ = c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
	}
	return c
}

func formatNames() []string {
	out := []string{"jsonl"}
	for _, f := range export.Formats() {
		out = append(out, f.Name)
	}
	return out
}

func describeFormats() string {
	var b strings.Builder
	for _, f := range export.Formats() {
		fmt.Fprintf(&b, "  %-15s  %s\n", f.Name, f.Meaning)
	}
	return b.String()
}

// wrapWords lists words with commas, in lines of 80 columns of which the first
// has some already.
func wrapWords(words []string, column int) string {
	var b strings.Builder
	for i, w := range words {
		if i < len(words)-1 {
			w += ","
		} else {
			w += "."
		}
		switch {
		case i == 0:
		case column+1+len(w) > 80:
			b.WriteByte('\n')
			column = 0
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(w)
		column += len(w)
	}
	return b.String()
}

// check refuses what does not go together.
func (f *exportFlags) check(stdout io.Writer) error {
	if !slices.Contains(formatNames(), f.format) {
		return usageError{hintError{fmt.Errorf("no format %q", f.format), "one of " + strings.Join(formatNames(), ", ")}}
	}
	format, _ := export.Lookup(f.format) // of jsonl the zero value
	switch {
	case f.canonical && f.format != "jsonl":
		return usageError{errors.New("--canonical is for lines of JSON")}
	case f.table != "" && !format.Tables:
		return usageError{hintError{fmt.Errorf("--table: %s has no tables", f.format), "csv, tsv and parquet have"}}
	case f.table != "" && !slices.Contains(export.TableNames(), f.table):
		return usageError{hintError{fmt.Errorf("no table %q", f.table), "one of " + strings.Join(export.TableNames(), ", ")}}
	case f.since != "" && f.format == "jsonl":
		return usageError{hintError{errors.New("--since: lines of JSON are of the whole record"), "it goes with the other formats"}}
	case format.Binary && f.output == "" && isTerminal(stdout):
		return usageError{hintError{fmt.Errorf("%s is not for a terminal", f.format), "name a file with -o, or pipe it on"}}
	}
	return nil
}

// query is what is exported: for every format this and nothing else decides
// which articles, events and statements are in it.
func (f *exportFlags) query() (record.Query, error) {
	q := record.Query{Process: f.process}
	var err error
	if q.AsOf, err = moment("--as-of", f.asOf, true); err != nil {
		return q, err
	}
	if q.Since, err = moment("--since", f.since, false); err != nil {
		return q, err
	}
	q.TLP, err = f.share.level()
	return q, err
}

func (f *exportFlags) run(c *cobra.Command) error {
	if f.dictionary {
		return toFile(f.output, c.OutOrStdout(), export.Dictionary)
	}
	if err := f.check(c.OutOrStdout()); err != nil {
		return err
	}
	q, err := f.query()
	if err != nil {
		return err
	}
	ctx := c.Context()
	l, err := f.record.open(ctx, nil)
	if err != nil {
		return err
	}
	defer l.Close()
	ledger, err := knownBy(ctx, l.Ledger, f.known)
	if err != nil {
		return err
	}
	if err := tellWithheld(c, ledger, q); err != nil {
		return recordError(err)
	}
	return toFile(f.output, c.OutOrStdout(), func(w io.Writer) error {
		if f.format == "jsonl" {
			return recordError(ledger.Export(ctx, w, record.ExportConfig{Query: q, Canonical: f.canonical}))
		}
		left, err := f.write(ctx, ledger, q, w)
		if err != nil {
			return recordError(err)
		}
		if s := left.String(); s != "" {
			fmt.Fprintf(c.ErrOrStderr(), "readout: %s: %s\n", f.format, s)
		}
		return nil
	})
}

func (f *exportFlags) write(ctx context.Context, l *record.Ledger, q record.Query, w io.Writer) (left export.Left, err error) {
	err = l.Scan(ctx, q, func(s *record.Scan) (err error) {
		left, err = export.Write(ctx, w, s, export.Config{Format: f.format, Table: f.table, All: f.all})
		return err
	})
	return left, err
}

// toFile calls f with a writer to a file, or to stdout where no file is named, or
// "-". A file that was there is replaced when f has written all, and stays as it
// is when it could not. What is no file, a pipe or /dev/null, is written to.
func toFile(name string, stdout io.Writer, f func(io.Writer) error) (err error) {
	if name == "" || name == "-" {
		return buffered(stdout, f)
	}
	mode := os.FileMode(0o666) // less what the system takes away
	if have, err := os.Stat(name); err == nil && !have.Mode().IsRegular() {
		out, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return errors.Join(buffered(out, f), out.Close())
	} else if err == nil {
		mode = have.Mode().Perm()
	}
	tmp, err := os.OpenFile(fmt.Sprintf("%s.%d.tmp", name, os.Getpid()), os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if err != nil {
		return err
	}
	err = buffered(tmp, f)
	if err == nil {
		err = tmp.Sync()
	}
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(tmp.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(tmp.Name()))
	}
	return nil
}

func buffered(out io.Writer, f func(io.Writer) error) error {
	w := bufio.NewWriterSize(out, 1<<16)
	if err := f(w); err != nil {
		return err
	}
	return w.Flush()
}
