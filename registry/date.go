package registry

import (
	"fmt"
	"strconv"
	"time"
)

// Date is a day, month or year; the parts that are not known are 0. The zero
// Date is no date at all.
type Date struct {
	Year       int16
	Month, Day int8
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d.Year == 0 }

// First is the first day that d may mean, UTC; the zero Time for the zero Date.
func (d Date) First() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Date(int(d.Year), time.Month(max(d.Month, 1)), int(max(d.Day, 1)), 0, 0, 0, 0, time.UTC)
}

// Last is the last day that d may mean, UTC; the zero Time for the zero Date.
func (d Date) Last() time.Time {
	switch {
	case d.IsZero():
		return time.Time{}
	case d.Month == 0:
		return time.Date(int(d.Year), time.December, 31, 0, 0, 0, 0, time.UTC)
	case d.Day == 0:
		return time.Date(int(d.Year), time.Month(d.Month)+1, 0, 0, 0, 0, 0, time.UTC)
	}
	return d.First()
}

// String is "2025", "2025-08" or "2025-08-18"; "" for the zero Date.
func (d Date) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// ParseDate reads YYYY, YYYY-MM or YYYY-MM-DD; "" gives the zero Date.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	if len(s) != 4 && len(s) != 7 && len(s) != 10 {
		return Date{}, notADate(s)
	}
	part := func(from, to int) int {
		if from >= len(s) {
			return 0
		}
		if from > 0 && s[from-1] != '-' {
			return -1
		}
		v, err := strconv.ParseUint(s[from:to], 10, 16)
		if err != nil || v == 0 {
			return -1
		}
		return int(v)
	}
	y, m, day := part(0, 4), part(5, 7), part(8, 10)
	if y < 0 || m < 0 || m > 12 || day < 0 || day > 31 {
		return Date{}, notADate(s)
	}
	d := Date{int16(y), int8(m), int8(day)}
	if day > 0 && d.First().Day() != day {
		return Date{}, fmt.Errorf("there is no day %s", s)
	}
	return d, nil
}

func notADate(s string) error { return fmt.Errorf("date %q is not YYYY, YYYY-MM or YYYY-MM-DD", s) }

// At reports whether o is held at t: from the first day it may have begun to
// the last day it may have ended, both included.
func (o Office) At(t time.Time) bool {
	t = t.UTC()
	if !o.From.IsZero() && t.Before(o.From.First()) {
		return false
	}
	return o.To.IsZero() || t.Before(o.To.Last().AddDate(0, 0, 1))
}

// Before reports whether o had surely ended at t.
func (o Office) Before(t time.Time) bool {
	return !o.To.IsZero() && !t.UTC().Before(o.To.Last().AddDate(0, 0, 1))
}
