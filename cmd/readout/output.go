package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"readout"
	"readout/doc"
	"readout/reading"
	"readout/view"
)

// outputFlags say how readings are printed.
type outputFlags struct {
	format  string
	explain bool
	color   string
	width   int
}

var formats = []string{"text", "json", "jsonl", "markdown", "html", "attribution"}

func (f *outputFlags) register(c *cobra.Command) {
	fl := c.Flags()
	fl.StringVarP(&f.format, "format", "f", "text", "how to print: "+strings.Join(formats, ", "))
	fl.BoolVar(&f.explain, "explain", false, "show the words under each line (text, markdown)")
	fl.StringVar(&f.color, "color", "auto", "colours: auto, always, never")
	fl.IntVar(&f.width, "width", 0, "columns of a page of text (default: the terminal's, or 80)")
	for flag, values := range map[string][]string{"format": formats, "color": {"auto", "always", "never"}} {
		// An error here is a flag that does not exist: the tests run this.
		_ = c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
	}
}

// printer writes readings one after the other in one format.
type printer struct {
	flags outputFlags
	w     *bufio.Writer
	page  view.TerminalConfig
	many  func() bool // JSON: whether it is an array
	n     int
}

// printer makes the printer for w; many tells whether there are several
// articles, and is asked when the first is to be printed, or none was.
func (f outputFlags) printer(w io.Writer, many func() bool) (*printer, error) {
	if !slices.Contains(formats, f.format) {
		return nil, usageError{hintError{fmt.Errorf("no format %q", f.format), "one of " + strings.Join(formats, ", ")}}
	}
	if !slices.Contains([]string{"auto", "always", "never"}, f.color) {
		return nil, usageError{hintError{fmt.Errorf("--color %q", f.color), "one of auto, always, never"}}
	}
	p := &printer{flags: f, w: bufio.NewWriterSize(w, 1<<16), many: many}
	p.page = view.TerminalConfig{Width: f.width, Explain: f.explain, Color: f.color == "always"}
	if file, ok := w.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		if cols, _, err := term.GetSize(int(file.Fd())); err == nil && f.width == 0 {
			p.page.Width = cols
		}
		// https://no-color.org
		if f.color == "auto" && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" {
			p.page.Color = true
		}
	}
	return p, nil
}

func isTerminal(v any) bool {
	file, ok := v.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// print writes the reading of d. Nothing of it is kept.
func (p *printer) print(d *doc.Document) error {
	p.n++
	if err := p.one(d); err != nil {
		return err
	}
	return p.w.Flush()
}

func (p *printer) one(d *doc.Document) error {
	switch p.flags.format {
	case "json":
		return p.json(d)
	case "jsonl":
		return reading.Write(p.w, d, readout.Model, reading.Layout{})
	}
	r := reading.New(d, readout.Model)
	switch p.flags.format {
	case "attribution":
		return view.Attribution(p.w, r)
	case "markdown":
		if p.n > 1 {
			fmt.Fprint(p.w, "\n---\n\n")
		}
		return view.Markdown(p.w, r, p.flags.explain)
	case "html":
		if p.n > 1 {
			return hintError{fmt.Errorf("html is one page for one article, and there are several"), "read them one by one, or use --format markdown"}
		}
		return view.HTML(p.w, r)
	}
	if p.n > 1 {
		width := p.page.Width
		if width <= 0 {
			width = 80
		}
		fmt.Fprintf(p.w, "\n%s\n\n", strings.Repeat("─", min(width, 110)))
	}
	return view.Terminal(p.w, r, p.page)
}

// json writes one object for one article and an array for several.
func (p *printer) json(d *doc.Document) error {
	layout := reading.Layout{Indent: "  "}
	if p.many() {
		layout.Prefix = "  "
		if p.n == 1 {
			fmt.Fprint(p.w, "[\n  ")
		} else {
			fmt.Fprint(p.w, "  ,\n  ")
		}
	}
	return reading.Write(p.w, d, readout.Model, layout)
}

func (p *printer) close() error {
	if p.flags.format == "json" {
		switch {
		case !p.many():
		case p.n == 0:
			fmt.Fprint(p.w, "[]\n")
		default:
			fmt.Fprint(p.w, "]\n")
		}
	}
	return p.w.Flush()
}
