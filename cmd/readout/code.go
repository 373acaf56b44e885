package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"readout"
	"readout/doc"
	"readout/ingest"
	"readout/news/event"
)

// codeFormats are the formats of `readout code`, the default first.
var codeFormats = []string{"jsonl", "petrarch", "plover", "polecat"}

func newCodeCommand() *cobra.Command {
	var format string
	var jobs int
	var knowledge knowledgeFlags
	c := &cobra.Command{
		Use:   "code [FILE…]",
		Short: "Code sentences or articles as events in CAMEO and PLOVER",
		Long: `Code sentences or articles as events in CAMEO and PLOVER: who did what to whom,
whether it happened, is planned, denied or only spoken of.

A FILE, or standard input when none is named, has a sentence or an article a
line, as it is or as an object {"id", "date", "text"}. A line without an id has
its number for one, counted over all files. Formats:

  jsonl      a line for each input: {"id", "events": [...]}, also without events
  petrarch   a line for each event and pair, as PETRARCH2 writes them
  plover     a PLOVER record for each event, an object a line
  polecat    a line for each event in POLECAT's columns, with a header

A line that cannot be read is named and the others are coded; the exit code is
then 1. Actor codes begin with the country in ISO 3166 alpha-3.

Dictionaries of PETRARCH, PETRARCH2 and UniversalPetrarch come before the tables
that are built in (docs/code.md). Their ill-formed lines are named and the rest
is used.`,
		Example: `  echo 'Hungary signed an agreement with Romania on Monday.' | readout code
  readout code --format petrarch sentences.jsonl > events.tsv
  readout code --actors my.actors.txt --agents my.agents.txt sentences.jsonl`,
		RunE: func(c *cobra.Command, args []string) error {
			if !slices.Contains(codeFormats, format) {
				return usageError{hintError{fmt.Errorf("--format: no format %q", format), "one of " + strings.Join(codeFormats, ", ")}}
			}
			if len(args) == 0 && isTerminal(c.InOrStdin()) {
				return usageError{hintError{errors.New("no input"), "name a file, or pipe lines into it"}}
			}
			cfg := readout.Config{Workers: jobs}
			if err := knowledge.set(&cfg, c.ErrOrStderr()); err != nil {
				return err
			}
			r, err := readout.New(cfg)
			if err != nil {
				return err
			}
			return runCode(c, r, event.Coder{Dictionary: cfg.Dictionary, Registry: cfg.Registry}, args, format)
		},
	}
	c.Flags().StringVarP(&format, "format", "f", codeFormats[0], "one of "+strings.Join(codeFormats, ", "))
	c.Flags().IntVarP(&jobs, "jobs", "j", 0, "lines coded at once (default: one a core)")
	knowledge.registerDictionaries(c)
	knowledge.registerTables(c)
	return c
}

func runCode(c *cobra.Command, r *readout.Reader, coder event.Coder, files []string, format string) error {
	out := bufio.NewWriter(c.OutOrStdout())
	w := newCodeWriter(out, format)
	failed := false
	for res := range readItems(c.Context(), r, codeItems(files, c.InOrStdin())) {
		if c.Context().Err() != nil {
			break
		}
		if res.err != nil {
			failed = true
			report(c.ErrOrStderr(), res.item.Name, res.err)
			continue
		}
		if err := w.write(codedLine(res.d, coder)); err != nil {
			return err
		}
		if err := out.Flush(); err != nil {
			return err
		}
	}
	if err := c.Context().Err(); err != nil {
		return err
	}
	if failed {
		return errReported
	}
	return nil
}

// coded is what a line of input gives.
type coded struct {
	ID     string        `json:"id"`
	Events []event.Coded `json:"events"`

	date string
}

func codedLine(d *doc.Document, coder event.Coder) coded {
	l := coded{ID: d.Meta.Key, Events: coder.Code(d)}
	if !d.Meta.Published.IsZero() {
		l.date = d.Meta.Published.Format("2006-01-02")
	}
	return l
}

// maxCodeLine is how long a line may be, in bytes.
const maxCodeLine = 16 << 20

// codeItems are the lines of files, of stdin when there are none.
func codeItems(files []string, stdin io.Reader) iter.Seq[ingest.Item] {
	return func(yield func(ingest.Item) bool) {
		n := 0
		if len(files) == 0 {
			codeLines("standard input", stdin, &n, yield)
			return
		}
		for _, name := range files {
			f, err := os.Open(name)
			if err != nil {
				if !yield(ingest.Item{Name: name, Err: err}) {
					return
				}
				continue
			}
			more := codeLines(name, f, &n, yield)
			f.Close()
			if !more {
				return
			}
		}
	}
}

func codeLines(name string, r io.Reader, n *int, yield func(ingest.Item) bool) bool {
	s := bufio.NewScanner(r)
	s.Buffer(nil, maxCodeLine)
	for line := 1; s.Scan(); line++ {
		*n++
		b := bytes.TrimSpace(s.Bytes())
		if len(b) == 0 {
			continue
		}
		it := ingest.Item{Name: name + ":" + strconv.Itoa(line)}
		it.Article, it.Err = codeInput(b, *n)
		if !yield(it) {
			return false
		}
	}
	if err := s.Err(); err != nil {
		return yield(ingest.Item{Name: name, Err: err})
	}
	return true
}

// codeInput reads a line: an object, or the text itself.
func codeInput(b []byte, n int) (readout.Article, error) {
	a := readout.Article{Key: strconv.Itoa(n), Text: string(b)}
	if b[0] != '{' {
		return a, nil
	}
	var l struct {
		ID   json.RawMessage `json:"id"`
		Date string          `json:"date"`
		Text string          `json:"text"`
	}
	if err := json.Unmarshal(b, &l); err != nil {
		return a, fmt.Errorf("the line is no JSON object with a text: %w", err)
	}
	if len(l.ID) > 0 && string(l.ID) != "null" {
		if json.Unmarshal(l.ID, &a.Key) != nil {
			a.Key = string(l.ID) // a number
		}
	}
	a.Text = l.Text
	if strings.TrimSpace(l.Text) == "" {
		return a, errors.New(`the line has no "text", or an empty one`)
	}
	if l.Date != "" {
		t, err := ingest.ParseDate(l.Date)
		if err != nil {
			return a, fmt.Errorf("date: %w", err)
		}
		a.Published = t
	}
	return a, nil
}
