package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"readout/record"
	"readout/sheet"
)

var briefFormats = []string{"text", "markdown", "html", "json"}

func newBriefCommand() *cobra.Command {
	var f viewFlags
	var share shareFlags
	var since, title, file string
	var all bool
	c := &cobra.Command{
		Use:   "brief",
		Short: "A dated briefing in prose, each sentence with the words it rests on",
		Long: `Print a briefing in the manner of a parliamentary library: a summary, the latest,
what is planned and what it waits for, what is open, positions by issue, where
accounts differ, what is not known, a chronology. Each sentence has the numbers
of its sources, which stand at the end with outlet, title, date, address, words
and id.

A sentence says no more than the record: where one report or one side says so,
it tells which. What is marked above --tlp is left out ('readout mark'), and the
briefing bears the strictest marking of what it rests on.`,
		Example: `  readout brief
  readout brief --process "Grain deal" --as-of 2022-11-19 --since 2022-11-05
  readout brief --format html -o brief.html`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if !slices.Contains(briefFormats, f.format) {
				return usageError{hintError{fmt.Errorf("no format %q", f.format), "one of " + strings.Join(briefFormats, ", ")}}
			}
			format := f.format
			if format == "html" { // not one of a view
				f.format = "text"
			}
			q, err := f.query()
			if err != nil {
				return err
			}
			f.format = format
			if q.Since, err = moment("--since", since, false); err != nil {
				return err
			}
			if !q.Since.IsZero() && !q.AsOf.IsZero() && q.Since.After(q.AsOf) {
				return usageError{fmt.Errorf("--since is later than --as-of")}
			}
			if q.TLP, err = share.level(); err != nil {
				return err
			}
			q.All = all
			return printBrief(c, &f, q, title, file)
		},
	}
	f.register(c)
	share.register(c)
	fl := c.Flags()
	fl.Lookup("format").Usage = "how to print: " + strings.Join(briefFormats, ", ")
	fl.StringVar(&since, "since", "", "what counts as the latest: since this day (default: two weeks before)")
	fl.StringVar(&title, "title", "", "title (default: that of the process)")
	fl.StringVarP(&file, "output", "o", "", "write to a file, whole or not at all (default: standard output)")
	fl.BoolVar(&all, "all", false, "with the slightest events too")
	return c
}

func printBrief(c *cobra.Command, f *viewFlags, q record.Query, title, file string) error {
	l, err := f.record.open(c.Context(), nil)
	if err != nil {
		return err
	}
	defer l.Close()
	ledger, err := f.asKnown(c.Context(), l.Ledger)
	if err != nil {
		return err
	}
	v, err := ledger.Brief(c.Context(), q)
	if err != nil {
		return recordError(err)
	}
	if err := tellWithheld(c, ledger, q); err != nil {
		return recordError(err)
	}
	b := sheet.Brief(v, strings.TrimSpace(title))
	if file == "" || file == "-" { // a terminal, it may be
		return f.brief(c.OutOrStdout(), b)
	}
	if err := toFile(file, nil, func(w io.Writer) error { return f.brief(w, b) }); err != nil {
		return err
	}
	fmt.Fprintf(c.ErrOrStderr(), "readout: %s: %s, TLP:%s, %s\n", file, b.Title, strings.ToUpper(b.TLP.String()), counted(len(b.Notes), "source"))
	return nil
}

// brief writes a briefing in the format asked for.
func (f *viewFlags) brief(w io.Writer, b *sheet.Briefing) error {
	switch f.format {
	case "json":
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(b)
	case "markdown":
		return b.Markdown(w)
	case "html":
		return b.HTML(w)
	}
	return b.Text(w, f.text(w))
}
