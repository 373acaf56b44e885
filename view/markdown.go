package view

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"readout/reading"
)

// Markdown writes a reading as a briefing in Markdown: a heading a section, a
// list item a line. With explain the words stand under each as a quotation.
func Markdown(w io.Writer, r *reading.Reading, explain bool) error {
	p := NewPage(r)
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "# %s\n", escape(p.Title))
	if p.Byline != "" {
		fmt.Fprintf(b, "\n%s\n", escape(p.Byline))
	}
	for _, s := range p.Sections {
		fmt.Fprintf(b, "\n## %s\n\n", escape(s.Name))
		if len(s.Lines) == 0 {
			fmt.Fprintf(b, "%s\n", escape(s.None))
		}
		for _, l := range s.Lines {
			markdownLine(b, p, l, explain)
		}
	}
	return b.Flush()
}

func markdownLine(b *bufio.Writer, p *Page, l Line, explain bool) {
	b.WriteString("- ")
	if l.Mark != "" && l.Mark != "occurred" {
		fmt.Fprintf(b, "*%s* — ", l.Mark)
	}
	for _, r := range l.Runs {
		text := escape(strings.TrimRight(r.Text, " "))
		lead := text[:len(text)-len(strings.TrimLeft(text, " "))]
		text = strings.TrimLeft(text, " ")
		switch {
		case text == "":
		case r.Style == Strong:
			text = "**" + text + "**"
		case r.Style == Faint:
			text = "*" + text + "*"
		}
		if lead != "" {
			lead = " "
		}
		tail := r.Text[len(strings.TrimRight(r.Text, " ")):]
		b.WriteString(lead + text)
		if tail != "" {
			b.WriteString(" ")
		}
	}
	b.WriteString("\n")
	for _, d := range l.Details {
		fmt.Fprintf(b, "  - %s: %s\n", d.Label, escape(d.Text))
	}
	if explain {
		seen := map[string]bool{}
		for _, s := range l.Words {
			if text := p.Slice(s); text != "" && !seen[text] {
				seen[text] = true
				fmt.Fprintf(b, "\n  > %s\n", escape(text))
			}
		}
		b.WriteString("\n")
	}
}

// escape keeps the characters that Markdown would read as marks.
func escape(s string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`, "<", `&lt;`, "#", `\#`).Replace(s)
}
