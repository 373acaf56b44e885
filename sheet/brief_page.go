package sheet

import (
	"bufio"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"
	"time"

	"readout/record"
)

// day is the day of an instant, as a briefing is dated.
func day(s string) string {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.UTC().Format("2 January 2006")
	}
	return longDate(s)
}

// Dated is the line under the title.
func (b *Briefing) Dated() string {
	s := "Briefing as of " + day(b.AsOf) + "; the latest since " + day(b.Since)
	if b.Process != "" && b.Process != b.Title {
		s += "; process: " + b.Process
	}
	return s
}

// Marking is the marking of the briefing, as it is printed on it.
func (b *Briefing) Marking() string { return "TLP:" + strings.ToUpper(b.TLP.String()) }

// Source is who published the words, under what title and when.
func (n *Note) Source() string {
	var out []string
	for _, s := range []string{n.Outlet, n.Title, longDate(n.Published)} {
		if s != "" {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		out = append(out, "an article without outlet, title or date")
	}
	return strings.Join(out, ", ")
}

// Quoted is the words in quotation marks, those within them single.
func (n *Note) Quoted() string { return innerWords(n.Words) }

// Graded is how credible people hold it, in brackets; "" where nobody said.
func (n *Note) Graded() string {
	if c := record.Credible(n.Credibility); c != "" {
		return " (credibility " + c + ")"
	}
	return ""
}

// Link is the address, where it is one that a reader may follow.
func (n *Note) Link() string {
	if strings.HasPrefix(n.URL, "https://") || strings.HasPrefix(n.URL, "http://") {
		return n.URL
	}
	return ""
}

// Text writes a briefing for a terminal.
func (b *Briefing) Text(w io.Writer, cfg TextConfig) error {
	if cfg.Width <= 0 {
		cfg.Width = 80
	}
	t := text{bufio.NewWriter(w), max(30, min(cfg.Width, 110)), cfg.Color}
	t.wrap("", "", b.Marking(), faint)
	t.wrap("", "", b.Title, bold)
	t.wrap("", "", b.Dated(), faint)
	for _, s := range b.Sections {
		fmt.Fprintf(t.w, "\n%s\n", t.paint(bold+blue, s.Name))
		if len(s.Paras) == 0 {
			t.wrap("  ", "  ", s.None, faint)
		}
		for i, p := range s.Paras {
			if i > 0 && s.Name != "Chronology" {
				fmt.Fprintln(t.w)
			}
			first := "  "
			if p.Lead != "" {
				first += t.paint(bold, p.Lead+".") + " "
			}
			var out []string
			for _, x := range p.Sentences {
				out = append(out, x.Text+brackets(x.Notes))
			}
			t.wrap(first, "  ", strings.Join(out, " "), "")
		}
	}
	fmt.Fprintf(t.w, "\n%s\n", t.paint(bold+blue, "Sources"))
	for i := range b.Notes {
		n := &b.Notes[i]
		s := n.Source() + ": " + n.Quoted()
		if n.URL != "" {
			s += " " + n.URL
		}
		t.wrap(fmt.Sprintf("  %2d  ", n.N), "      ", s+" ["+n.ID+"]"+n.Graded(), "")
	}
	fmt.Fprintln(t.w)
	t.wrap("", "", b.Basis, faint)
	t.wrap("", "", b.Marking(), faint)
	return t.w.Flush()
}

func brackets(notes []int) string {
	var out []string
	for _, n := range notes {
		out = append(out, fmt.Sprint(n))
	}
	return "[" + strings.Join(out, ",") + "]"
}

// Markdown writes a briefing as Markdown with footnotes.
func (b *Briefing) Markdown(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "# %s\n\n**%s** · %s\n", escape(b.Title), b.Marking(), escape(b.Dated()))
	for _, s := range b.Sections {
		fmt.Fprintf(out, "\n## %s\n\n", escape(s.Name))
		if len(s.Paras) == 0 {
			fmt.Fprintln(out, escape(s.None))
		}
		for i, p := range s.Paras {
			if i > 0 {
				fmt.Fprintln(out)
			}
			if p.Lead != "" {
				fmt.Fprintf(out, "**%s.** ", escape(p.Lead))
			}
			for j, x := range p.Sentences {
				if j > 0 {
					out.WriteByte(' ')
				}
				out.WriteString(escape(x.Text))
				for _, n := range x.Notes {
					fmt.Fprintf(out, "[^%d]", n)
				}
			}
			fmt.Fprintln(out)
		}
	}
	fmt.Fprintf(out, "\n---\n\n*%s*\n\n", escape(b.Basis))
	for i := range b.Notes {
		n := &b.Notes[i]
		fmt.Fprintf(out, "[^%d]: %s: %s", n.N, escape(n.Source()), escape(n.Quoted()))
		switch {
		case n.Link() != "" && !strings.ContainsAny(n.URL, "<> \n"):
			fmt.Fprintf(out, " <%s>", n.URL)
		case n.URL != "":
			fmt.Fprintf(out, " %s", escape(n.URL))
		}
		fmt.Fprintf(out, " `%s`%s\n", n.ID, n.Graded())
	}
	return out.Flush()
}

//go:embed brief.html
var briefHTML string

var briefPage = template.Must(template.New("brief").Parse(briefHTML))

// HTML writes a briefing as a page that needs nothing beside itself.
func (b *Briefing) HTML(w io.Writer) error { return briefPage.Execute(w, b) }
