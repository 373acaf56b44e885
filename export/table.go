package export

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"readout/record"
)

// Type is the type of a column.
type Type string

// The types of columns. What is not known is an empty cell, in Parquet a null.
const (
	Text Type = "text"
	Int  Type = "integer"
	Date Type = "date" // 2025-08-19
	Time Type = "time" // 2025-08-19T08:00:00Z
	List Type = "list" // of texts: joined by "; ", in Parquet a LIST
)

// Column is a column of a table: a row of the data dictionary.
type Column struct {
	Name    string
	Type    Type
	Meaning string
	Example string
}

// Table is one of the tables of a record, with one kind of row.
type Table struct {
	Name    string
	Meaning string
	Columns []Column
	// rows calls emit with the values of each row, in the order of Columns:
	// string for Text, Date and Time, int, []string; nil is an integer that is not
	// known. It reuses the slice.
	rows func(ctx context.Context, s *record.Scan, emit func([]any) error) error
}

// column is a column and how it is had of a thing that gives rows of type R.
type column[R any] struct {
	Column
	value func(*R) any
}

// table makes a table of a sequence of things, each of which gives some rows.
func table[T, R any](name, meaning string, all func(*record.Scan, context.Context) iter.Seq2[T, error], split func(*record.Scan, T, func(R) error) error, columns ...column[R]) Table {
	t := Table{Name: name, Meaning: meaning}
	for _, c := range columns {
		t.Columns = append(t.Columns, c.Column)
	}
	t.rows = func(ctx context.Context, s *record.Scan, emit func([]any) error) error {
		row := make([]any, len(columns))
		for v, err := range all(s, ctx) {
			if err != nil {
				return err
			}
			err := split(s, v, func(r R) error {
				for i, c := range columns {
					row[i] = c.value(&r)
				}
				return emit(row)
			})
			if err != nil {
				return err
			}
		}
		return nil
	}
	return t
}

// Tables are the tables of a record.
func Tables() []Table { return slices.Clone(tables) }

// TableNames are the names of the tables.
func TableNames() []string {
	var out []string
	for _, t := range tables {
		out = append(out, t.Name)
	}
	return out
}

// tableNamed finds a table; "" is events.
func tableNamed(name string) (Table, error) {
	if name == "" {
		name = tables[0].Name
	}
	for _, t := range tables {
		if t.Name == name {
			return t, nil
		}
	}
	return Table{}, fmt.Errorf("no table %q; one of %s", name, strings.Join(TableNames(), ", "))
}

// Dictionary writes the data dictionary of all tables as CSV: table, column,
// type, meaning, example.
func Dictionary(w io.Writer) error {
	c := csv.NewWriter(w)
	rows := [][]string{{"table", "column", "type", "meaning", "example"}}
	for _, t := range tables {
		for _, col := range t.Columns {
			rows = append(rows, []string{t.Name, col.Name, string(col.Type), col.Meaning, col.Example})
		}
	}
	return c.WriteAll(rows)
}

// rowWriter writes rows of one table.
type rowWriter interface {
	row([]any) error
	close() error
}

func writeTable(open func(io.Writer, Table) (rowWriter, error)) func(context.Context, io.Writer, *record.Scan, Config) (Left, error) {
	return func(ctx context.Context, w io.Writer, s *record.Scan, c Config) (Left, error) {
		t, err := tableNamed(c.Table)
		if err != nil {
			return Left{}, err
		}
		out, err := open(w, t)
		if err != nil {
			return Left{}, err
		}
		var left Left
		err = t.rows(ctx, s, func(row []any) error {
			left.Rows++
			return out.row(row)
		})
		if err != nil {
			return Left{}, err
		}
		return left, out.close()
	}
}

// CSV writes rows of text under their heads, as the format csv has tables.
func CSV(w io.Writer, head []string, rows [][]string) error {
	c := csv.NewWriter(w)
	if err := c.Write(head); err != nil {
		return err
	}
	for _, r := range rows {
		cells := make([]string, len(r))
		for i, v := range r {
			cells[i] = inert(v)
		}
		if err := c.Write(cells); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// cell is a value as text.
func cell(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case []string:
		return strings.Join(v, "; ")
	}
	panic(fmt.Sprintf("export: a cell of type %T", v)) // a table of this package is wrong
}

// csvTable is CSV as RFC 4180 has it, but with line feeds alone.
type csvTable struct {
	w     *csv.Writer
	cells []string
}

func newCSV(w io.Writer, t Table) (rowWriter, error) {
	c := &csvTable{csv.NewWriter(w), make([]string, len(t.Columns))}
	for i := range t.Columns {
		c.cells[i] = t.Columns[i].Name
	}
	return c, c.w.Write(c.cells)
}

func (c *csvTable) row(row []any) error {
	for i, v := range row {
		c.cells[i] = inert(cell(v))
	}
	return c.w.Write(c.cells)
}

func (c *csvTable) close() error {
	c.w.Flush()
	return c.w.Error()
}

// inert begins with an apostrophe what a spreadsheet would take for a formula
// (https://owasp.org/www-community/attacks/CSV_Injection).
func inert(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// tsvTable is text with a tab between the cells and none within: tabs and ends
// of lines become spaces, and nothing is quoted.
type tsvTable struct {
	w     io.Writer
	cells []string
}

func newTSV(w io.Writer, t Table) (rowWriter, error) {
	c := &tsvTable{w, make([]string, len(t.Columns))}
	for i := range t.Columns {
		c.cells[i] = t.Columns[i].Name
	}
	return c, writeTabs(w, c.cells)
}

func (c *tsvTable) row(row []any) error {
	for i, v := range row {
		c.cells[i] = cell(v)
	}
	return writeTabs(c.w, c.cells)
}

func (c *tsvTable) close() error { return nil }

var tabless = strings.NewReplacer("\t", " ", "\r\n", " ", "\n", " ", "\r", " ")

// writeTabs writes a line of cells. They are changed.
func writeTabs(w io.Writer, cells []string) error {
	for i, c := range cells {
		if strings.ContainsAny(c, "\t\r\n") {
			cells[i] = tabless.Replace(c)
		}
	}
	_, err := io.WriteString(w, strings.Join(cells, "\t")+"\n")
	return err
}
