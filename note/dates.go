package note

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"readout/reading"
)

// figures is a day in figures: 18/06/2023, 18.6.23, 6-18-2023.
var figures = regexp.MustCompile(`^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})$`)

// ordinal is the ending of "18th".
var ordinal = regexp.MustCompile(`(?i)\b(\d{1,2})(st|nd|rd|th)\b`)

// clock is a time of day behind a day.
var clock = regexp.MustCompile(`(?i)[ T,]+(at )?\d{1,2}[:.]\d{2}(:\d{2})?(\.\d+)?\s*([ap]\.?m\.?|z|utc|gmt|[+-]\d{2}:?\d{2})?$`)

// interval is "18-20 June 2023", "18 June – 2 July 2023", "June 18 to 20, 2023".
var interval = regexp.MustCompile(`^(.+?)\s*(?:-|–|—|\bto\b|\buntil\b)\s*(.+)$`)

var weekdays = []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}

// parseCell reads the day that stands in a cell of a timeline; otherwise it says
// what is wrong.
func parseCell(cell string, order Order) (t reading.Time, problem string) {
	s := strings.Join(strings.Fields(cell), " ")
	if s == "" {
		return t, "there is no day"
	}
	if t, ok := ParseDay(s); ok {
		return t, ""
	}
	s = clock.ReplaceAllString(s, "")
	s = ordinal.ReplaceAllString(s, "$1")
	s = withoutWeekday(s)
	for _, about := range []string{"c. ", "ca. ", "c.", "ca ", "circa ", "about ", "approx. ", "around ", "on "} {
		s = strings.TrimPrefix(s, about)
	}
	if m := figures.FindStringSubmatch(s); m != nil {
		return inFigures(m, order, cell)
	}
	for _, layout := range []string{"2-Jan-2006", "2-Jan-06", "2 Jan 06", "Jan 2 2006", "January 2 2006", "2 Jan. 2006", "2-January-2006"} {
		if d, err := time.Parse(layout, s); err == nil {
			s = d.Format(time.DateOnly)
		}
	}
	if t, ok := ParseDay(s); ok {
		t.Text = cell
		return t, ""
	}
	if m := interval.FindStringSubmatch(s); m != nil {
		if t, ok := between(m[1], m[2]); ok {
			t.Text = cell
			return t, ""
		}
	}
	return t, fmt.Sprintf("no day can be read in %q: write it as 2023-06-18, 18 June 2023 or June 2023", clip(cell))
}

func withoutWeekday(s string) string {
	first, rest, ok := strings.Cut(s, " ")
	first = strings.ToLower(strings.TrimRight(first, ".,"))
	for _, w := range weekdays {
		if ok && len(first) >= 3 && strings.HasPrefix(w, first) {
			return strings.TrimSpace(rest)
		}
	}
	return s
}

func inFigures(m []string, order Order, cell string) (reading.Time, string) {
	a, _ := strconv.Atoi(m[1])
	b, _ := strconv.Atoi(m[2])
	year, _ := strconv.Atoi(m[3])
	if year < 100 {
		if year += 2000; year > 2060 {
			year -= 100
		}
	}
	day, month := a, b
	switch {
	case order == OrderMonth:
		day, month = b, a
	case order == OrderUnknown && a <= 12 && b <= 12 && a != b:
		return reading.Time{}, fmt.Sprintf("%q may be two days: say which with --dates dmy or --dates mdy", clip(cell))
	case order == OrderUnknown && a <= 12 && b > 12:
		day, month = b, a
	}
	d := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if month < 1 || month > 12 || d.Day() != day || d.Year() < 1000 {
		return reading.Time{}, fmt.Sprintf("%q is no day of the calendar", clip(cell))
	}
	s := d.Format(time.DateOnly)
	return reading.Time{Text: cell, From: s, To: s, Granularity: "day"}, ""
}

// between reads an interval whose first day may lack its month and year.
func between(a, b string) (reading.Time, bool) {
	var none reading.Time
	year, monthFirst := "", false
	words := strings.FieldsFunc(b, func(r rune) bool { return r == ' ' || r == ',' })
	for _, w := range words {
		if len(w) == 4 && strings.Trim(w, "0123456789") == "" {
			year = w
		}
	}
	if _, err := strconv.Atoi(a); err != nil && !strings.Contains(a, year) {
		if f := strings.Fields(a); len(f) == 2 { // "June 18" or "18 June"
			_, err := strconv.Atoi(f[0])
			monthFirst = err != nil
			if monthFirst {
				if _, err := strconv.Atoi(words[0]); err == nil { // "June 18 – 20, 2023"
					b = f[0] + " " + b
				}
				a += ", " + year
			} else {
				a += " " + year
			}
		}
	} else if err == nil && len(words) == 3 { // "18 – 20 June 2023"
		a += " " + words[1] + " " + words[2]
	}
	from, ok1 := unit(a)
	to, ok2 := unit(b)
	if !ok1 || !ok2 || to.To < from.From {
		return none, false
	}
	return reading.Time{From: from.From, To: to.To, Granularity: from.Granularity}, true
}

// order tells from the cells of the columns of days how days in figures are
// meant: where all that can be read in one way only agree.
func order(t *Table, m *Mapping) Order {
	day, month, german := 0, 0, 0
	for _, role := range []string{"date", "to", "published"} {
		for _, col := range m.Columns[role] {
			for _, r := range t.Rows[m.Header+1:] {
				f := figures.FindStringSubmatch(clock.ReplaceAllString(r.Cells[col], ""))
				if f == nil {
					continue
				}
				a, _ := strconv.Atoi(f[1])
				b, _ := strconv.Atoi(f[2])
				switch {
				case a > 12 && b <= 12:
					day++
				case b > 12 && a <= 12:
					month++
				case strings.Contains(r.Cells[col], "."):
					german++
				}
			}
		}
	}
	switch {
	case day > 0 && month == 0, day+month == 0 && german > 0: // with dots it is the day first
		return OrderDay
	case month > 0 && day == 0:
		return OrderMonth
	}
	return OrderUnknown
}
