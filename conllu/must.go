package conllu

import (
	"fmt"
	"strings"

	"readout/doc"
)

// MustDoc makes an annotated document of sentences written by hand, for tests.
// It panics on anything it cannot read.
//
// Columns are divided by tabs or by any number of spaces, and a line may be
// short: ten columns as in CoNLL-U, eight (without DEPS and MISC), or six (ID
// FORM LEMMA UPOS HEAD DEPREL). Indentation does not count; a blank line or a new comment ends a
// sentence. White space in the text is that of "# text = ", if it is there, and
// one space between tokens else. Quotes and Dateline are not set: text.Mark
// does that.
func MustDoc(text string) *doc.Document {
	var b strings.Builder
	words := false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
			words = false
		case line[0] == '#':
			if words {
				b.WriteByte('\n')
			}
			words = false
		default:
			words = true
			line = columns(line)
		}
		b.WriteString(line)
		b.WriteByte('\n')
	}
	sentences, err := Read(strings.NewReader(b.String()), "MustDoc")
	if err != nil {
		panic(err)
	}
	d, err := Annotated(sentences)
	if err != nil {
		panic(err)
	}
	return d
}

// columns brings a line written by hand to ten columns.
func columns(line string) string {
	c := strings.Fields(line)
	if strings.Contains(line, "\t") {
		c = strings.Split(line, "\t")
	}
	switch {
	case strings.Contains(c[0], "-") && len(c) < 10: // a range: ID FORM [MISC]
		misc := "_"
		if len(c) == 3 {
			misc = c[2]
		}
		c = []string{c[0], c[1], "_", "_", "_", "_", "_", "_", "_", misc}
	case len(c) == 6:
		c = []string{c[0], c[1], c[2], c[3], "_", "_", c[4], c[5], "_", "_"}
	case len(c) == 8:
		c = append(c, "_", "_")
	case len(c) != 10:
		panic(fmt.Sprintf("conllu: %d columns in %q; 6, 8 or 10 needed", len(c), line))
	}
	return strings.Join(c, "\t")
}
