package note

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"readout/registry"
)

// Roles are what a column of a timeline can be, in the order they are shown.
var Roles = []string{"date", "to", "who", "what", "where", "source", "url", "status", "kind", "id", "published"}

//go:embed data/columns.tsv
var columnsTSV string

// headers are the spellings of headers, by their folded words.
var headers = func() map[string]string {
	m := map[string]string{}
	for i, line := range strings.Split(columnsTSV, "\n") {
		if f := strings.Split(line, "\t"); i > 0 && len(f) == 3 {
			m[f[1]] = f[0]
		}
	}
	return m
}()

// Mapping says which columns of a table are what.
type Mapping struct {
	Header  int              // the row of headers in Table.Rows; -1 for none
	Columns map[string][]int // by role; who, what and source may have several
	Why     map[string]string
	Dates   Order
}

// Order is how a day in figures is read.
type Order string

// The orders of "03/04/2025".
const (
	OrderUnknown Order = ""    // such a day is not read
	OrderDay     Order = "dmy" // 3 April
	OrderMonth   Order = "mdy" // 4 March
)

// several reports whether a role may have more than one column.
func several(role string) bool { return role == "who" || role == "what" || role == "source" }

// Guess tells from headers, else from what the cells hold, which columns are
// what.
func Guess(t *Table, reg *registry.Registry) *Mapping {
	m := &Mapping{Header: headerRow(t), Columns: map[string][]int{}, Why: map[string]string{}}
	taken := make([]bool, t.width())
	if m.Header >= 0 {
		for i, h := range t.Rows[m.Header].Cells {
			role := roleOf(h)
			if role == "" || len(m.Columns[role]) > 0 && !several(role) {
				continue
			}
			m.Columns[role] = append(m.Columns[role], i)
			m.Why[role] = "by its header"
			taken[i] = true
		}
	}
	m.byContent(t, reg, taken)
	m.Dates = order(t, m)
	return m
}

// headerRow is the first of the first rows in which two cells or more are names
// of columns.
func headerRow(t *Table) int {
	for i := range t.Rows[:min(len(t.Rows), 10)] {
		n := 0
		for _, c := range t.Rows[i].Cells {
			if len(c) <= 40 && roleOf(c) != "" {
				n++
			}
		}
		if n >= 2 {
			return i
		}
	}
	return -1
}

// roleOf is what a header names, "" for nothing: "Actor 1", "Date (local)",
// "SOURCE_URL" too.
func roleOf(h string) string {
	h, _, _ = strings.Cut(h, "(")
	words := strings.FieldsFunc(registry.Fold(h), func(r rune) bool { return !unicode.IsLetter(r) })
	if len(words) > 1 && len(words[len(words)-1]) == 1 { // Party A
		words = words[:len(words)-1]
	}
	if strings.TrimSpace(h) == "#" {
		return "id"
	}
	return headers[strings.Join(words, " ")]
}

// byContent finds columns that no header names: days, addresses, lists of names,
// places, and of what is left the longest text and the shortest.
func (m *Mapping) byContent(t *Table, reg *registry.Registry, taken []bool) {
	type look struct {
		days, urls, names, places, filled, length float64
	}
	looks := make([]look, t.width())
	for _, r := range t.Rows[m.Header+1 : min(len(t.Rows), m.Header+201)] {
		for i, c := range r.Cells {
			l := &looks[i]
			if c == "" {
				continue
			}
			l.filled++
			l.length += float64(len(c))
			if _, problem := parseCell(c, OrderDay); problem == "" {
				l.days++
			}
			if strings.HasPrefix(c, "http") || strings.HasPrefix(c, "www.") {
				l.urls++
			}
			if len(c) < 40 && isPlace(reg, c) {
				l.places++
			}
			if len(c) < 120 && named(reg, c) {
				l.names++
			}
		}
	}
	take := func(role string, score func(*look) float64, least float64) {
		if len(m.Columns[role]) > 0 {
			return
		}
		best, most := -1, least
		for i := range looks {
			if l := &looks[i]; !taken[i] && l.filled > 0 && score(l) > most {
				best, most = i, score(l)
			}
		}
		if best >= 0 {
			m.Columns[role], m.Why[role], taken[best] = []int{best}, "by what it holds", true
		}
	}
	share := func(f func(*look) float64) func(*look) float64 {
		return func(l *look) float64 { return f(l) / l.filled }
	}
	take("date", share(func(l *look) float64 { return l.days }), 0.5)
	take("url", share(func(l *look) float64 { return l.urls }), 0.5)
	take("where", share(func(l *look) float64 { return l.places }), 0.5)
	take("what", share(func(l *look) float64 { return l.length }), 20)
	take("who", share(func(l *look) float64 { return l.names }), 0.5)
	if m.Header < 0 {
		take("source", func(*look) float64 { return 1 }, 0)
	}
}

// named reports whether a cell is a list of names, one at least of whom the
// registry knows.
func named(reg *registry.Registry, cell string) bool {
	known := 0
	for _, name := range people(cell) {
		if len(strings.Fields(name)) > 5 {
			return false
		}
		for _, match := range reg.Lookup(name) {
			if match.Entry.Kind != registry.Place {
				known++
				break
			}
		}
	}
	return known > 0
}

func isPlace(reg *registry.Registry, cell string) bool {
	name, _, _ := strings.Cut(cell, ",")
	return slices.ContainsFunc(reg.Lookup(name), func(m registry.Match) bool {
		return m.Entry.Kind == registry.Place || m.Form == registry.FormCapital
	})
}

// Set gives a role other columns: "date=Datum", "who=Actor 1+Actor 2", "what=C",
// "where=-" for none. A column is named by its header or its letter.
func (m *Mapping) Set(t *Table, assignment string) error {
	role, names, ok := strings.Cut(assignment, "=")
	role = strings.ToLower(strings.TrimSpace(role))
	if !ok || !slices.Contains(Roles, role) {
		return fmt.Errorf("%q: write ROLE=COLUMN; a role is %s", assignment, choices(Roles))
	}
	var list []int
	for _, name := range strings.Split(names, "+") {
		name = strings.TrimSpace(name)
		if name == "-" || name == "" {
			continue
		}
		i := m.column(t, name)
		if i < 0 {
			return fmt.Errorf("%s: no column is %q; there are %s", role, name, choices(m.titles(t)))
		}
		list = append(list, i)
	}
	if len(list) > 1 && !several(role) {
		return fmt.Errorf("%s has one column", role)
	}
	for r, cols := range m.Columns { // a column is one thing
		m.Columns[r] = slices.DeleteFunc(cols, func(i int) bool { return slices.Contains(list, i) })
	}
	m.Columns[role], m.Why[role] = list, "as told"
	m.Dates = order(t, m)
	return nil
}

// column finds a column by its header, else by its letter; -1 for none.
func (m *Mapping) column(t *Table, name string) int {
	if m.Header >= 0 {
		for i, h := range t.Rows[m.Header].Cells {
			if strings.EqualFold(h, name) {
				return i
			}
		}
	}
	if i := columnOf(strings.ToUpper(name)); len(name) <= 2 && i >= 0 && i < t.width() && ColumnName(i) == strings.ToUpper(name) {
		return i
	}
	return -1
}

// Title is a column as people know it: its header, else its letter.
func (m *Mapping) Title(t *Table, i int) string {
	if m.Header >= 0 && t.Rows[m.Header].Cells[i] != "" {
		return t.Rows[m.Header].Cells[i]
	}
	return ColumnName(i)
}

func (m *Mapping) titles(t *Table) []string {
	var out []string
	for i := range t.width() {
		out = append(out, m.Title(t, i))
	}
	return out
}

// Assignments are the mapping as Set takes it, to be kept for the next time.
func (m *Mapping) Assignments(t *Table) []string {
	var out []string
	for _, role := range Roles {
		var names []string
		for _, i := range m.Columns[role] {
			names = append(names, m.Title(t, i))
		}
		if len(names) == 0 {
			names = []string{"-"}
		}
		out = append(out, role+"="+strings.Join(names, "+"))
	}
	return out
}
