package note

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Limits of a sheet: what is larger is none that somebody keeps by hand.
const (
	maxRows    = 200_000
	maxColumns = 256
)

// Table is the cells of a sheet. All rows have the same number of cells.
type Table struct {
	Rows []TableRow
}

// TableRow is a row with its number in the sheet as people count, from 1.
type TableRow struct {
	Number int
	Cells  []string
}

// ParseTable reads comma, semicolon, tab or bar separated values; which, is told
// from the first lines. Rows in which nothing stands are left out. Name is for
// messages; an error is a *SyntaxError.
func ParseTable(name, text string) (*Table, error) {
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\uFEFF")))
	r.Comma = separator(text)
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	t := &Table{}
	for {
		cells, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			var p *csv.ParseError
			if errors.As(err, &p) {
				return nil, &SyntaxError{name, p.Line, p.Err.Error()}
			}
			return nil, &SyntaxError{name, 0, err.Error()}
		}
		line, _ := r.FieldPos(0)
		if len(cells) > maxColumns || len(t.Rows) >= maxRows {
			return nil, &SyntaxError{name, line, fmt.Sprintf("more than %d columns or %d rows", maxColumns, maxRows)}
		}
		t.add(line, cells)
	}
	return t.finish(name)
}

// separator is what stands most evenly in the first lines: as often in each.
func separator(text string) rune {
	best, most := ',', 0
	for _, c := range []rune{'\t', ';', ',', '|'} {
		total, lines, quoted := 0, 0, false
		for _, r := range text[:min(len(text), 1<<14)] {
			switch {
			case r == '"':
				quoted = !quoted
			case quoted:
			case r == c:
				total++
			case r == '\n':
				lines++
			}
			if lines == 20 {
				break
			}
		}
		if c == ',' { // commas stand in sentences too
			total /= 2
		}
		if total > most {
			best, most = c, total
		}
	}
	return best
}

func (t *Table) add(number int, cells []string) {
	filled := false
	for i, c := range cells {
		cells[i] = strings.TrimSpace(strings.ToValidUTF8(c, "\uFFFD"))
		filled = filled || cells[i] != ""
	}
	if filled {
		t.Rows = append(t.Rows, TableRow{number, cells})
	}
}

// finish makes all rows as wide as the widest.
func (t *Table) finish(name string) (*Table, error) {
	width := 0
	for _, r := range t.Rows {
		width = max(width, len(r.Cells))
	}
	if len(t.Rows) == 0 {
		return nil, &SyntaxError{name, 0, "there is nothing in the sheet"}
	}
	for i := range t.Rows {
		for len(t.Rows[i].Cells) < width {
			t.Rows[i].Cells = append(t.Rows[i].Cells, "")
		}
	}
	return t, nil
}

// width is the number of columns.
func (t *Table) width() int { return len(t.Rows[0].Cells) }

// ColumnName is a column as a spreadsheet calls it: A, B … AA.
func ColumnName(i int) string {
	s := ""
	for i++; i > 0; i = (i - 1) / 26 {
		s = string(rune('A'+(i-1)%26)) + s
	}
	return s
}
