// Command termsvg draws what a program prints on a terminal as SVG: text, not
// pixels, so that it can be searched, selected, read aloud and scaled.
//
//	readout demo iran-lausanne-2015 --color always --width 88 | go run ./internal/termsvg -title "…" > docs/reading.svg
//
// It knows the few colour codes that package view writes and no more.
package main

import (
	"bufio"
	"encoding/xml"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// The grid, in SVG units.
const (
	cellWidth  = 8.4
	lineHeight = 20
	margin     = 20
	fontSize   = 14
)

// style is written for both colour schemes of the page that shows the picture.
const style = `text{font:%dpx ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre;fill:#24292f}
rect{fill:#fbfaf7;stroke:#d8d4ca}.b{font-weight:700}.f{fill:#6b665e}.g{fill:#2f6b3a}.y{fill:#8a5a00}.r{fill:#9b2c2c}.l{fill:#234f7d}
@media(prefers-color-scheme:dark){text{fill:#e6e2d9}rect{fill:#171614;stroke:#38352f}.f{fill:#9d978a}.g{fill:#7fc08a}.y{fill:#d9a441}.r{fill:#e08585}.l{fill:#8db8e6}}`

// classes of the codes, after "ESC [" and before "m"; "0" ends all.
var classes = map[string]string{"1": "b", "2": "f", "32": "g", "33": "y", "31": "r", "34": "l"}

func main() {
	title := flag.String("title", "A reading in a terminal", "what the picture shows, for those who cannot see it")
	limit := flag.Int("lines", 40, "lines to draw; what is cut off is marked by …")
	flag.Parse()
	if err := draw(os.Stdout, os.Stdin, *title, *limit); err != nil {
		fmt.Fprintln(os.Stderr, "termsvg: error:", err)
		os.Exit(1)
	}
}

// draw writes at most limit lines of in as an SVG picture.
func draw(w io.Writer, in io.Reader, title string, limit int) error {
	var lines [][]piece
	width := 0
	for s := bufio.NewScanner(in); ; {
		if !s.Scan() {
			if err := s.Err(); err != nil {
				return err
			}
			break
		}
		if len(lines) == limit {
			lines = append(lines, []piece{{text: "  …", class: "f"}})
			break
		}
		line, n := pieces(s.Text())
		lines, width = append(lines, line), max(width, n)
	}
	x, y := int(float64(width)*cellWidth)+2*margin, len(lines)*lineHeight+2*margin
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-labelledby="t">`+"\n", x, y, x, y)
	fmt.Fprintf(b, "<title id=\"t\">%s</title>\n<style>"+style+"</style>\n", escape(title), fontSize)
	fmt.Fprintf(b, "<rect x=\".5\" y=\".5\" width=\"%d\" height=\"%d\" rx=\"8\"/>\n", x-1, y-1)
	for i, line := range lines {
		if len(line) > 0 {
			fmt.Fprintf(b, "<text x=\"%d\" y=\"%d\">", margin, margin+i*lineHeight+fontSize)
			for _, p := range line {
				p.write(b)
			}
			fmt.Fprint(b, "</text>\n")
		}
	}
	fmt.Fprint(b, "</svg>\n")
	return b.Flush()
}

// piece is text in one style.
type piece struct{ text, class string }

func (p piece) write(w io.Writer) {
	if p.class == "" {
		fmt.Fprint(w, escape(p.text))
		return
	}
	fmt.Fprintf(w, "<tspan class=\"%s\">%s</tspan>", p.class, escape(p.text))
}

// pieces cuts a line at its codes and gives its width in columns. Words of one
// style become one piece, with the blanks between them.
func pieces(line string) ([]piece, int) {
	var out []piece
	var on []string
	n := 0
	for line != "" {
		text, rest, found := strings.Cut(line, "\x1b[")
		if text != "" {
			out = append(out, piece{text, strings.Join(on, " ")})
			n += len([]rune(text))
		}
		if !found {
			break
		}
		code, after, _ := strings.Cut(rest, "m")
		if class := classes[code]; class != "" && !slices.Contains(on, class) {
			on = append(on, class)
		} else {
			on = nil
		}
		line = after
	}
	for i := len(out) - 2; i > 0; i-- {
		if before, p, next := out[i-1], out[i], out[i+1]; p.text == " " && before.class == next.class {
			out = slices.Replace(out, i-1, i+2, piece{before.text + " " + next.text, before.class})
			i = min(i, len(out)-1)
		}
	}
	return out, n
}

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder never fails
	return b.String()
}
