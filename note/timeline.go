package note

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"readout/doc"
	"readout/reading"
	"readout/registry"
)

// Row is one row of a timeline, as it is taken.
type Row struct {
	Number int    // in the sheet, from 1
	ID     string // the same for the row whenever the sheet is read; see Rows
	Day    reading.Time
	Who    []Who
	What   string
	Where  string
	Source string
	URL    string
	Status doc.Status
	Kind   doc.EventKind
	Format doc.Format
	// Published is the day that the sheet gives for the source, "" for none.
	Published string
}

// BadRow is a row that cannot be taken, and why.
type BadRow struct {
	Number int
	Why    string
}

// Rows takes the rows of a table as the mapping has them; those that cannot be
// taken are listed. The ID of a row is what stands in the column of ids; without
// one its day and who takes part, counted where several have the same: a row in
// which anything else is changed is the same row.
func Rows(t *Table, m *Mapping) ([]Row, []BadRow) {
	var out []Row
	var bad []BadRow
	seen := map[string]bool{}
	for _, r := range t.Rows[m.Header+1:] {
		row, why := m.row(t, &r)
		if why != "" {
			bad = append(bad, BadRow{r.Number, why})
			continue
		}
		if row.ID == "" {
			row.ID = row.Day.From + " " + row.names()
		}
		for id, n := row.ID, 2; seen[row.ID]; n++ {
			row.ID = fmt.Sprintf("%s %d", id, n)
		}
		seen[row.ID] = true
		out = append(out, row)
	}
	return out, bad
}

func (r *Row) names() string {
	var list []string
	for _, w := range r.Who {
		list = append(list, registry.Fold(w.Name))
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

func (m *Mapping) row(t *Table, r *TableRow) (Row, string) {
	cells := func(role string) []string {
		var out []string
		for _, i := range m.Columns[role] {
			if c := strings.Join(strings.Fields(r.Cells[i]), " "); c != "" && c != "-" && c != "–" {
				out = append(out, c)
			}
		}
		return out
	}
	one := func(role string) string { return strings.Join(cells(role), "; ") }
	row := Row{Number: r.Number, ID: one("id"), Where: one("where"), Source: one("source"), URL: one("url"), What: strings.Join(cells("what"), ". ")}
	row.What = strings.ReplaceAll(row.What, ".. ", ". ")
	var why string
	if row.Day, why = parseCell(one("date"), m.Dates); why != "" {
		return row, why
	}
	if end := one("to"); end != "" {
		to, why := parseCell(end, m.Dates)
		switch {
		case why != "":
			return row, why
		case to.To < row.Day.From:
			return row, fmt.Sprintf("it ends on %s and begins on %s", to.To, row.Day.From)
		}
		row.Day.To = to.To
	}
	if s := one("published"); s != "" {
		p, why := parseCell(s, m.Dates)
		if why != "" {
			return row, why
		}
		row.Published = p.From
	}
	for _, c := range cells("who") {
		for _, name := range people(c) {
			w, err := parseWho(name)
			if err != nil { // a note in brackets that means nothing here
				w = Who{Name: strings.TrimSpace(name[:strings.LastIndexByte(name, '(')])}
			}
			if w.Name != "" {
				row.Who = append(row.Who, w)
			}
		}
	}
	if kind := strings.ToLower(one("kind")); kind != "" {
		if k, ok := doc.ParseEventKind(kind); ok {
			row.Kind = k
		} else if w, ok := spoken[kind]; ok {
			row.Kind, row.Format = w.kind, w.format
		} else if row.What == "" {
			row.What = one("kind")
		}
	}
	row.Status = statusOf(one("status"))
	if strings.HasPrefix(row.Source, "http") && row.URL == "" {
		row.URL, row.Source = row.Source, ""
	}
	if row.Source == "" && row.URL != "" {
		if u, err := url.Parse(row.URL); err == nil {
			row.Source = strings.TrimPrefix(u.Hostname(), "www.")
		}
	}
	if row.What == "" && row.Kind == 0 && len(row.Who) == 0 {
		return row, "it says neither what happened nor who takes part"
	}
	return row, ""
}

// people are the names of a cell, parted by commas, semicolons, slashes, lines,
// "and" and "&".
func people(cell string) []string {
	var out []string
	r := strings.NewReplacer("\n", ";", " & ", ";", " / ", ";", " and ", ";", " – ", ";", " vs. ", ";", " vs ", ";", " with ", ";")
	for _, name := range listed(r.Replace(cell)) {
		if name = strings.TrimSpace(strings.TrimPrefix(name, "and ")); name != "" && utf8.RuneCountInString(name) <= 80 {
			out = append(out, name)
		}
	}
	return out
}

// states are words of a column of status that are no value of the vocabulary.
var states = map[string]doc.Status{
	"held": doc.StatusOccurred, "happened": doc.StatusOccurred, "took place": doc.StatusOccurred, "done": doc.StatusOccurred, "confirmed": doc.StatusOccurred, "yes": doc.StatusOccurred,
	"announced": doc.StatusPlanned, "scheduled": doc.StatusPlanned, "upcoming": doc.StatusPlanned, "expected": doc.StatusPlanned,
	"tentative": doc.StatusProposed, "tbc": doc.StatusProposed, "called off": doc.StatusCancelled, "canceled": doc.StatusCancelled, "delayed": doc.StatusPostponed,
}

func statusOf(cell string) doc.Status {
	low := strings.ToLower(cell)
	if s, ok := doc.ParseStatus(low); ok {
		return s
	}
	return states[low]
}

// Text is what the row says, as the text of an article: what happened stands
// first and alone, so that it reads as it would elsewhere.
func (r *Row) Text() string {
	var b strings.Builder
	if r.What != "" {
		b.WriteString(r.What + "\n\n")
	}
	line := func(label, s string) {
		if s != "" {
			fmt.Fprintf(&b, "%s: %s\n", label, s)
		}
	}
	line("When", r.Day.Text+r.until())
	var who []string
	for _, w := range r.Who {
		name := w.Name
		if notes := strings.Join(slices.DeleteFunc([]string{w.As.String(), w.Kind.String(), w.Country}, func(s string) bool { return s == "" }), ", "); notes != "" {
			name += " (" + notes + ")"
		}
		who = append(who, name)
	}
	line("Who", strings.Join(who, ", "))
	line("Where", r.Where)
	line("Kind", r.Kind.String())
	line("Status", r.Status.String())
	line("Source", strings.Trim(r.Source+", "+r.URL, ", "))
	return strings.TrimSpace(b.String())
}

func (r *Row) until() string {
	if t, problem := parseCell(r.Day.Text, OrderDay); problem == "" && t.To != r.Day.To && r.Day.To != "" {
		return " – " + r.Day.To
	}
	return ""
}

// Told is the day that the row counts as published: that of its source; else the
// last of its own where that has come; else the day of entry.
func (r *Row) Told(now time.Time) time.Time {
	for _, s := range []string{r.Published, r.Day.To} {
		if t, err := time.Parse(time.DateOnly, s); err == nil && !t.After(now) {
			return t
		}
	}
	return now.UTC().Truncate(24 * time.Hour)
}

// Read puts the row into what a model read in its text: the day, who and where
// are the row's own, what kind of event it is and whether it took place those of
// the model where it found one. Without any the status follows from the day of
// entry: what is to come is planned.
func (r *Row) Read(machine *reading.Reading, now time.Time, cfg Config) (*reading.Reading, error) {
	what := reading.Span{0, utf8.RuneCountInString(r.What)}
	if r.What == "" {
		what[1] = utf8.RuneCountInString(r.Text())
	}
	e := Event{Kind: r.Kind, Format: r.Format, Who: r.Who, day: &r.Day, Place: r.Where, Status: r.Status}
	c := *machine
	c.Events = slices.Clone(machine.Events)
	main := -1
	for i := range c.Events {
		v := &c.Events[i]
		if len(v.Evidence) == 0 || !overlap(v.Evidence[0], what) || v.Kind == "statement" && len(c.Events) > 1 {
			continue
		}
		if main < 0 || r.likelier(v, &c.Events[main]) {
			main = i
		}
	}
	rest := what
	if main >= 0 {
		v := &c.Events[main]
		kind, _ := doc.ParseEventKind(v.Kind)
		e.Kind = cmp.Or(e.Kind, kind)
		v.Kind = e.Kind.String() // what the row leaves open is the machine's
		rest = v.Evidence[0]
		if e.Status == 0 {
			e.Status, _ = doc.ParseStatus(v.Status)
		}
	}
	if e.Kind == 0 {
		e.Kind, e.Format = kindIn(r.What)
	}
	past := r.Day.From <= now.UTC().Format(time.DateOnly)
	switch {
	case r.Status != 0:
	case !past && (e.Status == 0 || e.Status == doc.StatusOccurred || e.Status == doc.StatusOngoing):
		e.Status = doc.StatusPlanned
	case past && e.Status == 0:
		e.Status = doc.StatusOccurred
	}
	return Apply(&c, []Entry{{At: fmt.Sprintf("row %d", r.Number), Event: &e, span: &rest}}, cfg)
}

// likelier reports whether the row is rather about event a: its kind and the day
// tell, then the place in the text.
func (r *Row) likelier(a, b *reading.Event) bool {
	score := func(e *reading.Event) int {
		n := 0
		if r.Kind != 0 && e.Kind == r.Kind.String() {
			n += 4
		}
		if e.Time != nil && e.Time.From != "" && e.Time.From <= r.Day.To && e.Time.To >= r.Day.From {
			n += 2
		}
		if e.Kind != "other" && e.Kind != "statement" {
			n++
		}
		return n
	}
	return score(a) > score(b)
}

// kindIn is the kind of event that the words of a row name where no model read
// one: the first of the words for kinds; other where there is none.
func kindIn(what string) (doc.EventKind, doc.Format) {
	words := " " + strings.Join(strings.FieldsFunc(registry.Fold(what), func(r rune) bool { return !unicode.IsLetter(r) }), " ") + " "
	best, kind, format := len(words), doc.EventOther, doc.Format(0)
	look := func(name string, k doc.EventKind, f doc.Format) {
		for _, form := range []string{name, name + "s"} {
			if i := strings.Index(words, " "+form+" "); i >= 0 && i < best {
				best, kind, format = i, k, f
			}
		}
	}
	for name, v := range spoken {
		look(name, v.kind, v.format)
	}
	look("meet", doc.EventMeeting, 0)
	look("met", doc.EventMeeting, 0)
	for _, k := range doc.EventKinds() {
		look(k.String(), k, 0)
	}
	return kind, format
}
