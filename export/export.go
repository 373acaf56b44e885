// Package export writes a record in the formats of those who count and draw:
// tables for spreadsheets and statistics (CSV, TSV, JSON lines, Parquet), the
// event tables of political science (GDELT, ICEWS, POLECAT, PLOVER, PETRARCH),
// a calendar, and the graph of who met whom.
//
// It knows formats and nothing else: what is in an export is chosen by the query
// that the scan was made with (record.Ledger.Scan), so that a moment, a process
// or a marking holds for every format alike. Everything is written as it is
// read; no format holds the record in memory, except the graph, whose nodes and
// edges are all there is to hold.
//
// The same record gives the same bytes. No clock is read: where a format asks
// when a row was made, it is the time of the article that the row rests on.
//
// docs/export.md tells for each format what it cannot express.
package export

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"readout/record"
)

// Config says what is written, and how.
type Config struct {
	Format string // one of Formats
	Table  string // of the formats that take one: one of Tables; "" is events
	// All puts events that have not happened (planned, denied, called off …) into
	// tables that have no column to say so.
	All bool
}

// Format is a format that Write knows.
type Format struct {
	Name    string
	Meaning string
	Tables  bool // it takes a table
	Binary  bool // it is not for a terminal
	write   func(ctx context.Context, w io.Writer, s *record.Scan, c Config) (Left, error)
}

var formats = []Format{
	{Name: "csv", Meaning: "a table, for spreadsheets", Tables: true, write: writeTable(newCSV)},
	{Name: "tsv", Meaning: "a table, tabs between the cells", Tables: true, write: writeTable(newTSV)},
	{Name: "parquet", Meaning: "a table with types, for R, Python and databases", Tables: true, Binary: true, write: writeTable(newParquet)},
	{Name: "gdelt", Meaning: "GDELT 2.0 events, 61 columns", write: dyadic(gdelt2)},
	{Name: "gdelt1", Meaning: "GDELT 1.0 events, 58 columns", write: dyadic(gdelt1)},
	{Name: "gdelt-mentions", Meaning: "GDELT 2.0 mentions of these events, 16 columns", write: dyadic(gdeltMentions)},
	{Name: "icews", Meaning: "ICEWS events, 20 columns", write: dyadic(icews)},
	{Name: "polecat", Meaning: "POLECAT events, 40 columns", write: polecat},
	{Name: "plover", Meaning: "PLOVER records, lines of JSON", write: ploverRecords},
	{Name: "petrarch", Meaning: "PETRARCH2 events", write: dyadic(petrarch)},
	{Name: "ics", Meaning: "a calendar of what is planned or was called off", write: calendar},
	{Name: "graphml", Meaning: "the graph of who met whom", write: graphml},
}

// Formats are the formats, tables first.
func Formats() []Format { return slices.Clone(formats) }

// Lookup finds a format by its name.
func Lookup(name string) (Format, bool) {
	i := slices.IndexFunc(formats, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, false
	}
	return formats[i], true
}

// Write writes what a scan gives to w, and tells what the format could not
// express. Errors are those of the store and of w; an unknown format or table is
// one too.
func Write(ctx context.Context, w io.Writer, s *record.Scan, c Config) (Left, error) {
	f, ok := Lookup(c.Format)
	if !ok {
		return Left{}, fmt.Errorf("no format %q", c.Format)
	}
	left, err := f.write(ctx, w, s, c)
	if err != nil {
		return Left{}, fmt.Errorf("%s: %w", c.Format, err)
	}
	return left, nil
}

// Left is what a format left out.
type Left struct {
	Rows int // that were written
	// Why says what the format lacks, a clause: "it has no column for status".
	Why string
	// Statuses counts the events left out by their status.
	Statuses map[string]int
	// Uncoded counts events without a code, Alone those without a second party
	// that has one, Nobody those without any, in formats that need them; Undated
	// what has no day.
	Uncoded, Alone, Nobody, Undated int
}

func (l *Left) status(s string) {
	if l.Statuses == nil {
		l.Statuses = map[string]int{}
	}
	l.Statuses[s]++
}

// String tells what was left out, in a sentence for people; "" when it was
// nothing.
func (l Left) String() string {
	var parts []string
	var names []string
	for s := range l.Statuses {
		names = append(names, s)
	}
	slices.SortFunc(names, func(a, b string) int {
		if l.Statuses[a] != l.Statuses[b] {
			return l.Statuses[b] - l.Statuses[a]
		}
		return strings.Compare(a, b)
	})
	for _, s := range names {
		parts = append(parts, fmt.Sprintf("%d %s", l.Statuses[s], s))
	}
	var out []string
	if len(parts) > 0 {
		out = append(out, fmt.Sprintf("%s: left out %s (--all puts them in)", l.Why, strings.Join(parts, ", ")))
	}
	for _, x := range []struct {
		n    int
		what string
	}{{l.Uncoded, "that have no code"}, {l.Nobody, "without a party that has a code"}, {l.Alone, "with one such party only"}, {l.Undated, "without a day"}} {
		if x.n > 0 {
			out = append(out, fmt.Sprintf("%d left out %s", x.n, x.what))
		}
	}
	return strings.Join(out, "; ")
}

// happened reports whether a status means that it did.
func happened(status string) bool { return status == "occurred" || status == "ongoing" }
