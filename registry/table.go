package registry

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits of a table; beyond them reading stops with a *SyntaxError.
const (
	maxTable = 64 << 20 // bytes
	maxLine  = 1 << 16  // bytes
)

// SyntaxError is an ill-formed table: where, and what to do about it.
type SyntaxError struct {
	Name string // the table's
	Line int    // from 1
	Msg  string
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("%s:%d: %s", e.Name, e.Line, e.Msg) }

// format is one kind of table. A table is of the first format whose needed
// columns its header has all of.
type format struct {
	name     string
	needed   []string
	optional []string
	add      func(*builder, row) error
}

// formats lists the tables there are, the ones with the most telling columns
// first. Columns beyond these are refused, so that a typing error does not
// silently lose a column.
var formats = []format{
	{"countries", []string{"alpha3", "name"}, []string{"alpha2", "official", "names", "acronyms", "adjectives", "demonyms", "capitals", "wikidata", "code"}, (*builder).addCountry},
	{"holders", []string{"key", "name", "country", "title", "role"}, []string{"variants", "surname", "gender", "org", "level", "from", "to", "wikidata"}, (*builder).addHolder},
	{"metonyms", []string{"metonym", "stands", "code", "example"}, []string{"names", "country", "wikidata"}, (*builder).addMetonym},
	{"places", []string{"place", "kind", "country"}, []string{"names", "adjectives", "demonyms", "within", "sector", "wikidata"}, (*builder).addPlace},
	{"bodies", []string{"body", "kind", "country"}, []string{"key", "names", "acronyms", "adjectives", "sector", "sector2", "code", "members", "wikidata"}, (*builder).addBody},
	{"roles", []string{"noun", "role", "who", "example"}, []string{"plural", "role2", "level", "office"}, (*builder).addRole},
	{"offices", []string{"office", "kind", "example"}, []string{"countries"}, (*builder).addOffice},
	{"honorifics", []string{"honorific", "example"}, []string{"gender", "role", "level"}, (*builder).addHonorific},
	{"spellings", []string{"spelling", "variants"}, nil, (*builder).addSpelling},
	{"common words", []string{"common"}, nil, (*builder).addCommon},
	{"given names", []string{"given", "gender"}, nil, (*builder).addGiven},
}

// row is a line of a table.
type row struct {
	table  string
	line   int
	column map[string]int
	cells  []string
}

// get is the cell of a column, "" where the table or the line has none.
func (w row) get(column string) string {
	if i, ok := w.column[column]; ok && i < len(w.cells) {
		return w.cells[i]
	}
	return ""
}

// list is the cell of a column, split at "|".
func (w row) list(column string) []string {
	s := w.get(column)
	if s == "" {
		return nil
	}
	out := strings.Split(s, "|")
	for i := range out {
		out[i] = strings.TrimSpace(out[i])
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

func (w row) errorf(f string, args ...any) error {
	return &SyntaxError{w.table, w.line, fmt.Sprintf(f, args...)}
}

// read reads a table: UTF-8 with tabs between cells, "|" within them, a header
// first. Empty lines and those that begin with "#" count for nothing; a leading
// byte order mark and carriage returns are dropped.
func (b *builder) read(name string, r io.Reader) error {
	in := bufio.NewScanner(io.LimitReader(r, maxTable+1))
	in.Buffer(make([]byte, 0, 4096), maxLine)
	var f *format
	w := row{table: name}
	size := 0
	for in.Scan() {
		w.line++
		text := in.Text()
		size += len(text) + 1
		if size > maxTable {
			return w.errorf("the table is larger than %d MiB: split it", maxTable>>20)
		}
		if !utf8.ValidString(text) {
			return w.errorf("not UTF-8: save the table as UTF-8")
		}
		text = strings.TrimRight(strings.TrimPrefix(text, "\ufeff"), "\r")
		if strings.TrimSpace(text) == "" || text[0] == '#' {
			continue
		}
		w.cells = strings.Split(text, "\t")
		for i := range w.cells {
			w.cells[i] = strings.TrimSpace(w.cells[i])
		}
		if f == nil {
			var err error
			if f, err = w.header(); err != nil {
				return err
			}
			continue
		}
		if err := w.check(f); err != nil {
			return err
		}
		if err := f.add(b, w); err != nil {
			return err
		}
	}
	w.line++
	if err := in.Err(); errors.Is(err, bufio.ErrTooLong) {
		return w.errorf("the line is longer than %d KiB: is this a table?", maxLine>>10)
	} else if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	if f == nil {
		return w.errorf("the table is empty: the first line must name the columns")
	}
	return nil
}

// header finds the format that a header line belongs to and sets the columns.
func (w *row) header() (*format, error) {
	w.column = map[string]int{}
	for i, c := range w.cells {
		if c == "" {
			return nil, w.errorf("column %d has no name", i+1)
		}
		if _, ok := w.column[c]; ok {
			return nil, w.errorf("two columns are named %q", c)
		}
		w.column[c] = i
	}
	for i := range formats {
		f := &formats[i]
		if !slices.ContainsFunc(f.needed, func(c string) bool { _, ok := w.column[c]; return !ok }) {
			for _, c := range w.cells {
				if c != "source" && !slices.Contains(f.needed, c) && !slices.Contains(f.optional, c) {
					return nil, w.errorf("a table of %s has no column %q: it takes %s", f.name, c,
						strings.Join(slices.Concat(f.needed, f.optional, []string{"source"}), ", "))
				}
			}
			return f, nil
		}
	}
	if !strings.Contains(strings.Join(w.cells, ""), " ") && len(w.cells) > 1 {
		return nil, w.errorf("no table has these columns; see docs/registry.md for those there are")
	}
	return nil, w.errorf("the first line must name the columns, with tabs between them; see docs/registry.md")
}

// check reports a line that does not fit its header.
func (w row) check(f *format) error {
	if len(w.cells) > len(w.column) {
		return w.errorf("%d cells, but the header has %d: remove a tab", len(w.cells), len(w.column))
	}
	if w.get(f.needed[0]) == "" {
		return w.errorf("no %s: every row needs one", f.needed[0])
	}
	return nil
}
