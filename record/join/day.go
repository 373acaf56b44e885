package join

import (
	"time"

	"readout/reading"
)

// Days are counted from the first day of year 1, so that 0 is no day at all.

// Day is the day of an ISO 8601 date or instant, in UTC; 0 for "" and for what
// is no date.
func Day(s string) int {
	if len(s) < 10 {
		return 0
	}
	t, err := time.Parse(time.DateOnly, s[:10])
	if err != nil {
		return 0
	}
	if len(s) > 10 {
		if at, err := time.Parse(time.RFC3339, s); err == nil {
			t = at
		}
	}
	return DayOf(t)
}

// DayOf is the day of an instant, in UTC; 0 for the zero time.
func DayOf(t time.Time) int {
	if t.IsZero() {
		return 0
	}
	return int((t.Unix()+unixToYear1)/86400) + 1
}

const unixToYear1 = 719162 * 86400

// DayTime is the beginning of a day.
func DayTime(day int) time.Time {
	if day == 0 {
		return time.Time{}
	}
	return time.Unix(int64(day-1)*86400-unixToYear1, 0).UTC()
}

// DayString is the day as 2025-08-19, "" for none.
func DayString(day int) string {
	if day == 0 {
		return ""
	}
	return DayTime(day).Format(time.DateOnly)
}

// When is an interval of days, and the words for it.
type When struct {
	From        int    `json:"from,omitempty"`
	To          int    `json:"to,omitempty"`
	Granularity string `json:"granularity,omitempty"`
	Text        string `json:"text,omitempty"`
	Begins      string `json:"begins,omitempty"` // the instant it begins, where the hour is known
}

func when(t *reading.Time) *When {
	if t == nil {
		return nil
	}
	w := &When{From: Day(t.From), To: Day(t.To), Granularity: t.Granularity, Text: t.Text}
	if w.To < w.From {
		w.To = w.From
	}
	if len(t.From) > 10 {
		w.Begins = t.From
	}
	return w
}

// Dated reports whether w tells the day, or some few days in a row.
func (w *When) Dated() bool { return w != nil && w.From > 0 && w.To-w.From <= 3 }

// Wide reports whether w tells a week, a month or a season.
func (w *When) Wide() bool { return w != nil && w.From > 0 && w.To-w.From > 3 }

// String is the interval as ISO 8601, "" where it is not known.
func (w *When) String() string {
	switch {
	case w == nil || w.From == 0:
		return ""
	case w.From == w.To:
		return DayString(w.From)
	}
	return DayString(w.From) + "/" + DayString(w.To)
}

func overlap(a, b *When) bool { return a.From <= b.To && b.From <= a.To }

// gap is the number of days between two intervals, 0 where they overlap.
func gap(a, b *When) int {
	switch {
	case overlap(a, b):
		return 0
	case a.To < b.From:
		return b.From - a.To
	}
	return a.From - b.To
}
