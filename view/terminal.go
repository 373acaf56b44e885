package view

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"readout/reading"
)

// TerminalConfig says how a page is drawn in a terminal.
type TerminalConfig struct {
	Width   int  // columns; 0 means 80; lines never get longer than 110, which is tiring to read
	Color   bool // ANSI colours
	Explain bool // show the words under each line
}

// Terminal writes a reading as a page of text.
func Terminal(w io.Writer, r *reading.Reading, cfg TerminalConfig) error {
	if cfg.Width <= 0 {
		cfg.Width = 80
	}
	cfg.Width = max(30, min(cfg.Width, 110))
	t := terminal{cfg: cfg, p: NewPage(r)}
	t.page()
	_, err := io.WriteString(w, t.b.String())
	return err
}

type terminal struct {
	cfg TerminalConfig
	p   *Page
	b   strings.Builder
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

// marks give each state a sign that is told apart without colour too.
var marks = map[string]struct{ sign, color string }{
	"occurred": {"●", green}, "ongoing": {"◐", green}, "planned": {"○", blue}, "conditional": {"◌", yellow},
	"proposed": {"◇", yellow}, "possible": {"◇", yellow}, "postponed": {"◷", yellow}, "cancelled": {"✕", red}, "denied": {"✕", red},
	"silent": {"–", yellow},
}

func (t *terminal) paint(style, s string) string {
	if !t.cfg.Color || s == "" {
		return s
	}
	return style + s + reset
}

func (t *terminal) page() {
	t.wrap("", "", []Run{{Text: t.p.Title, Style: Strong}})
	if t.p.Byline != "" {
		t.wrap("", "", []Run{{Text: t.p.Byline, Style: Faint}})
	}
	for _, s := range t.p.Sections {
		t.section(s)
	}
}

func (t *terminal) section(s Section) {
	fmt.Fprintf(&t.b, "\n%s\n", t.paint(bold+blue, s.Name))
	if len(s.Lines) == 0 {
		t.wrap("  ", "  ", []Run{{Text: s.None, Style: Faint}})
	}
	for _, l := range s.Lines {
		m := marks[l.Mark]
		first, rest := "  ", "    "
		if m.sign != "" {
			first = "  " + t.paint(m.color, m.sign) + " "
		}
		runs := l.Runs
		// The sign says planned and held apart; where a section mixes states the
		// word stands beside it.
		if m.sign != "" && l.Mark != "occurred" && l.Mark != "silent" {
			runs = append([]Run{runs[0], {Text: " (" + l.Mark + ")", Style: Faint}}, runs[1:]...)
		}
		t.wrap(first, rest, runs)
		for _, d := range l.Details {
			t.detail(d)
			if t.cfg.Explain {
				t.words("        ", d.Words)
			}
		}
		if t.cfg.Explain {
			t.words("      ", l.Words)
		}
	}
}

func (t *terminal) detail(d Detail) {
	label := d.Label + ": "
	t.wrap("      ", "        ", []Run{{Text: label, Style: Faint}, {Text: d.Text}})
}

// words shows what a line rests on, each stretch of text once.
func (t *terminal) words(indent string, spans []reading.Span) {
	seen := map[string]bool{}
	for _, s := range spans {
		text := t.p.Slice(s)
		if text == "" || seen[text] {
			continue
		}
		seen[text] = true
		t.wrap(indent+t.paint(faint, "│ "), indent+t.paint(faint, "│ "), []Run{{Text: quoted(text), Style: Faint}})
	}
}

// quoted puts a text in quotation marks unless it brings its own.
func quoted(s string) string {
	if strings.HasPrefix(s, "“") || strings.HasPrefix(s, `"`) {
		return s
	}
	return "“" + s + "”"
}

// wrap writes runs, broken between words at the width; first and rest are what
// the first line and the others begin with.
func (t *terminal) wrap(first, rest string, runs []Run) {
	t.b.WriteString(first)
	at := visible(first)
	indent := visible(rest)
	space := false // a space is due before the next word
	for _, r := range runs {
		for _, word := range split(r.Text) {
			if word == " " {
				space = true
				continue
			}
			n := utf8.RuneCountInString(word)
			if space && at > indent && at+1+n > t.cfg.Width {
				t.b.WriteString("\n" + rest)
				at, space = indent, false
			}
			if space && at > 0 {
				t.b.WriteByte(' ')
				at++
			}
			space = false
			t.b.WriteString(t.styled(r.Style, word))
			at += n
		}
	}
	t.b.WriteByte('\n')
}

func (t *terminal) styled(s Style, word string) string {
	switch s {
	case Strong:
		return t.paint(bold, word)
	case Faint:
		return t.paint(faint, word)
	}
	return word
}

// split cuts a text into words and single spaces.
func split(s string) []string {
	var out []string
	for s != "" {
		if s[0] == ' ' {
			out = append(out, " ")
			s = strings.TrimLeft(s, " ")
			continue
		}
		i := strings.IndexByte(s, ' ')
		if i < 0 {
			i = len(s)
		}
		out = append(out, s[:i])
		s = s[i:]
	}
	return out
}

// visible counts the columns of s, colour codes aside.
func visible(s string) int {
	n, in := 0, false
	for _, r := range s {
		switch {
		case r == '\x1b':
			in = true
		case in:
			in = r != 'm'
		default:
			n++
		}
	}
	return n
}
