package note

import (
	"fmt"
	"strings"
	"time"

	"readout/reading"
)

// days are the ways to write a day that mean one only.
var days = []string{time.DateOnly, "2 January 2006", "2 Jan 2006", "January 2, 2006", "Jan 2, 2006", "Jan. 2, 2006", "2006/01/02", "20060102", "02.01.2006", "2.1.2006"}

// ParseDay reads a day, month or year, or an interval of them with a slash or
// two dots between, as ISO 8601 has them: "2023-06-18", "2023-06",
// "2023-06-18/20", "18 June 2023".
func ParseDay(s string) (reading.Time, bool) {
	t := reading.Time{Text: strings.TrimSpace(s)}
	for _, sep := range []string{"..", "/"} {
		a, b, ok := strings.Cut(t.Text, sep)
		if !ok || sep == "/" && strings.Count(t.Text, "/") > 1 {
			continue
		}
		from, ok1 := unit(a)
		if len(from.From) == len(time.DateOnly) && len(strings.TrimSpace(b)) == 2 { // 2023-06-18/20
			b = from.From[:8] + strings.TrimSpace(b)
		}
		to, ok2 := unit(b)
		if !ok1 || !ok2 || to.To < from.From {
			return t, false
		}
		t.From, t.To, t.Granularity = from.From, to.To, from.Granularity
		return t, true
	}
	u, ok := unit(t.Text)
	t.From, t.To, t.Granularity = u.From, u.To, u.Granularity
	return t, ok
}

func unit(s string) (reading.Time, bool) {
	s = strings.TrimSpace(s)
	for _, layout := range days {
		if d, err := time.Parse(layout, s); err == nil && d.Year() >= 1000 {
			day := d.Format(time.DateOnly)
			return reading.Time{From: day, To: day, Granularity: "day"}, true
		}
	}
	for _, layout := range []string{"2006-01", "January 2006", "Jan 2006"} {
		if d, err := time.Parse(layout, s); err == nil && d.Year() >= 1000 {
			return reading.Time{From: d.Format(time.DateOnly), To: d.AddDate(0, 1, -1).Format(time.DateOnly), Granularity: "month"}, true
		}
	}
	if d, err := time.Parse("2006", s); err == nil && d.Year() >= 1000 {
		return reading.Time{From: d.Format(time.DateOnly), To: d.AddDate(1, 0, -1).Format(time.DateOnly), Granularity: "year"}, true
	}
	return reading.Time{}, false
}

// when reads the day of an entry. Its span is where the note has it, else the
// words that the entry rests on.
func (a *applier) when(e *Entry, s string, words reading.Span) (reading.Time, bool, error) {
	typed := s
	deadline := false
	if rest, ok := strings.CutPrefix(strings.ToLower(s), "by "); ok {
		if _, ok := ParseDay(rest); ok {
			deadline, s = true, rest
		}
	}
	t, ok := ParseDay(s)
	if !ok && a.cfg.When != nil {
		t, deadline, ok = a.cfg.When(s)
	}
	if !ok {
		return t, false, a.fail(e, fmt.Sprintf("%q is no day: write 2023-06-18, 2023-06, 2023-06-18/20, or words such as \"on Sunday\"; leave it empty where the note does not tell", typed))
	}
	t.Text, t.Span = typed, words
	if in := a.within(typed, words); in != nil {
		t.Span = *in
	}
	return t, deadline, nil
}
