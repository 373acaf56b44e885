package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

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
	many  bool             // JSON: an array
	first *reading.Reading // JSON: held back until it is known whether there is a second
	n     int
}

// printer makes the printer for w; many says that several inputs were named.
func (f outputFlags) printer(w io.Writer, many bool) (*printer, error) {
	if !slices.Contains(formats, f.format) {
		return nil, usageError{hintError{fmt.Errorf("no format %q", f.format), "one of " + strings.Join(formats, ", ")}}
	}
	if !slices.Contains([]string{"auto", "always", "never"}, f.color) {
		return nil, usageError{hintError{fmt.Errorf("--color %q", f.color), "one of auto, always, never"}}
	}
	p := &printer{flags: f, w: bufio.NewWriter(w), many: many}
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

func (p *printer) print(r *reading.Reading) error {
	p.n++
	if err := p.one(r); err != nil {
		return err
	}
	return p.w.Flush()
}

func (p *printer) one(r *reading.Reading) error {
	switch p.flags.format {
	case "json":
		return p.json(r)
	case "jsonl":
		return p.encoder("").Encode(r)
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

// encoder writes JSON as people and other programs expect it: <, > and & as
// they are.
func (p *printer) encoder(indent string) *json.Encoder {
	enc := json.NewEncoder(p.w)
	enc.SetEscapeHTML(false)
	enc.SetIndent(indent, "  ")
	if p.flags.format == "jsonl" {
		enc.SetIndent("", "")
	}
	return enc
}

// json writes one object for one article and an array for several. Whether an
// input holds several is known only when the second comes.
func (p *printer) json(r *reading.Reading) error {
	if p.n == 1 {
		p.first = r
		return nil
	}
	if p.first != nil {
		fmt.Fprint(p.w, "[\n  ")
		if err := p.encoder("  ").Encode(p.first); err != nil {
			return err
		}
		p.first = nil
	}
	fmt.Fprint(p.w, "  ,\n  ")
	return p.encoder("  ").Encode(r)
}

func (p *printer) close() error {
	if p.flags.format == "json" {
		switch {
		case p.first != nil && !p.many:
			if err := p.encoder("").Encode(p.first); err != nil {
				return err
			}
		case p.first != nil:
			fmt.Fprint(p.w, "[\n  ")
			if err := p.encoder("  ").Encode(p.first); err != nil {
				return err
			}
			fmt.Fprint(p.w, "]\n")
		case p.n > 0:
			fmt.Fprint(p.w, "]\n")
		case p.many:
			fmt.Fprint(p.w, "[]\n")
		}
	}
	return p.w.Flush()
}
