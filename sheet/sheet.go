// Package sheet shows the views of a record to people: as text for a terminal,
// and as Markdown.
//
// Every view becomes a Page of lines first, so that both forms say the same. It
// knows what views hold and how they read; what they hold is for package record
// to say.
package sheet

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Page is a view as it is shown.
type Page struct {
	Title    string
	Sub      string
	Sections []Section
	Foot     string // what the page leaves out, and how to see it
}

// Section is a heading with lines, or with what to say where there are none.
type Section struct {
	Name  string
	Lines []Line
	None  string
}

// Line is one thing the record says.
type Line struct {
	Mark    string // a status, or another key of marks
	Lead    string // a day, as a rule
	Text    string
	ID      string // by which it can be asked for
	Details []Detail
}

// Detail is one more thing about a line: a label and what it says.
type Detail struct {
	Label string
	Text  string
}

// marks give each status a sign that is told apart without colour too.
var marks = map[string]struct{ sign, color string }{
	"occurred": {"●", green}, "ongoing": {"◐", green}, "planned": {"○", blue}, "conditional": {"◌", yellow},
	"proposed": {"◇", yellow}, "possible": {"◇", yellow}, "postponed": {"◷", yellow}, "cancelled": {"✕", red}, "denied": {"✕", red},
	"disputed": {"?", red}, "lapsed": {"…", yellow}, "silent": {"–", yellow},
	"new": {"+", green}, "changed": {"→", blue}, "gone": {"−", red}, "merged": {"⇉", blue}, "decided": {"✎", blue}, "question": {"?", yellow},
}

// ANSI sequences: few and calm. Sixteen-colour codes follow the user's theme.
const (
	bold   = "\x1b[1m"
	faint  = "\x1b[2m"
	green  = "\x1b[32m"
	yellow = "\x1b[33m"
	red    = "\x1b[31m"
	blue   = "\x1b[34m"
	reset  = "\x1b[0m"
)

// TextConfig says how a page of text is drawn.
type TextConfig struct {
	Width int  // columns; 0 means 80, and lines never get longer than 110
	Color bool // ANSI colours
}

// Text writes a page for a terminal.
func (p *Page) Text(w io.Writer, cfg TextConfig) error {
	if cfg.Width <= 0 {
		cfg.Width = 80
	}
	t := text{bufio.NewWriter(w), max(30, min(cfg.Width, 110)), cfg.Color}
	t.wrap("", "", p.Title, bold)
	if p.Sub != "" {
		t.wrap("", "", p.Sub, faint)
	}
	for _, s := range p.Sections {
		if s.Name != "" {
			fmt.Fprintf(t.w, "\n%s\n", t.paint(bold+blue, s.Name))
		}
		if len(s.Lines) == 0 {
			t.wrap("  ", "  ", s.None, faint)
		}
		for _, l := range s.Lines {
			t.line(l)
		}
	}
	if p.Foot != "" {
		fmt.Fprintln(t.w)
		t.wrap("", "", p.Foot, faint)
	}
	return t.w.Flush()
}

type text struct {
	w     *bufio.Writer
	width int
	color bool
}

func (t *text) paint(style, s string) string {
	if !t.color || s == "" || style == "" {
		return s
	}
	return style + s + reset
}

func (t *text) line(l Line) {
	first, rest := "  ", "    "
	if m, ok := marks[l.Mark]; ok {
		first += t.paint(m.color, m.sign) + " "
	}
	if l.Lead != "" {
		first += t.paint(faint, l.Lead) + "  "
	}
	s := l.Text
	if l.ID != "" {
		s += " [" + l.ID + "]"
	}
	t.wrap(first, rest, s, "")
	for _, d := range l.Details {
		lead := "      "
		if d.Label != "" {
			lead += t.paint(faint, d.Label+": ")
		}
		t.wrap(lead, "        ", d.Text, "")
	}
}

// wrap writes s in lines of at most t.width columns.
func (t *text) wrap(first, rest, s, style string) {
	col := columns(first)
	var b strings.Builder
	b.WriteString(first)
	empty := true
	for _, word := range strings.Fields(s) {
		n := columns(word)
		if !empty && col+1+n > t.width {
			b.WriteString("\n" + rest)
			col, empty = columns(rest), true
		}
		if !empty {
			b.WriteByte(' ')
			col++
		}
		b.WriteString(t.paint(style, word))
		col += n
		empty = false
	}
	fmt.Fprintln(t.w, b.String())
}

// columns is the width of a string without its ANSI sequences.
func columns(s string) int {
	n := 0
	for i := 0; i < len(s); {
		if s[i] == '\x1b' {
			if end := strings.IndexByte(s[i:], 'm'); end >= 0 {
				i += end + 1
				continue
			}
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
		n++
	}
	return n
}

// Markdown writes a page as Markdown: a heading a section, an item a line.
func (p *Page) Markdown(w io.Writer) error {
	return p.LinkedMarkdown(w, func(string) string { return "" })
}

// LinkedMarkdown writes a page as Markdown with ids that lead somewhere: link
// gives the address of one, "" for none.
func (p *Page) LinkedMarkdown(w io.Writer, link func(id string) string) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "# %s\n", escape(p.Title))
	if p.Sub != "" {
		fmt.Fprintf(b, "\n%s\n", escape(p.Sub))
	}
	for _, s := range p.Sections {
		if s.Name != "" {
			fmt.Fprintf(b, "\n## %s\n", escape(s.Name))
		}
		fmt.Fprintln(b)
		if len(s.Lines) == 0 {
			fmt.Fprintln(b, escape(s.None))
		}
		for _, l := range s.Lines {
			b.WriteString("- ")
			if l.Lead != "" {
				fmt.Fprintf(b, "**%s** ", escape(l.Lead))
			}
			if l.Mark != "" && l.Mark != "occurred" {
				fmt.Fprintf(b, "*%s* ", l.Mark)
			}
			b.WriteString(escape(l.Text))
			if to := link(l.ID); l.ID != "" && to != "" {
				fmt.Fprintf(b, " [%s](%s)", l.ID, to)
			} else if l.ID != "" {
				fmt.Fprintf(b, " `%s`", l.ID)
			}
			b.WriteByte('\n')
			for _, d := range l.Details {
				if d.Label != "" {
					fmt.Fprintf(b, "  - %s: %s\n", escape(d.Label), escape(d.Text))
				} else {
					fmt.Fprintf(b, "  - %s\n", escape(d.Text))
				}
			}
		}
	}
	if p.Foot != "" {
		fmt.Fprintf(b, "\n*%s*\n", escape(p.Foot))
	}
	return b.Flush()
}

// escape keeps text from being taken for Markdown or HTML.
func escape(s string) string {
	return escaper.Replace(strings.Join(strings.Fields(s), " "))
}

var escaper = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`, "<", "&lt;", "&", "&amp;", "#", `\#`, "|", `\|`)
