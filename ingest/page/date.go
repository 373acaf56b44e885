package page

import (
	"regexp"
	"strings"
	"time"
)

// moment is a date of a page. exact tells an instant from a day alone.
type moment struct {
	time  time.Time
	exact bool
}

// instants and days are the ways in which pages write dates for machines.
var (
	instants = []string{
		time.RFC3339, "2006-01-02T15:04:05-0700", "2006-01-02T15:04:05-07", "2006-01-02T15:04Z07:00", "2006-01-02T15:04-0700",
		"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 -07:00", "2006-01-02 15:04:05-0700",
		time.RFC1123Z, "Mon, 2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 -0700", "January 2, 2006 3:04 PM -0700", "2 January 2006 15:04 -0700",
		"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006/01/02 15:04:05",
		"January 2, 2006 3:04 PM", "2 January 2006 15:04", "January 2, 2006 15:04",
	}
	days = []string{
		time.DateOnly, "2006/01/02", "20060102", "2 January 2006", "2 Jan 2006", "January 2, 2006", "Jan 2, 2006", "Jan. 2, 2006",
		"Monday, January 2, 2006", "Monday, 2 January 2006", "Monday 2 January 2006",
	}
)

// zones are the letters that English newspapers write for a zone, which time
// cannot read: hours from Greenwich. "IST" and "CST" stand for several and are
// not among them.
var zones = map[string]string{
	"GMT": "+0000", "UTC": "+0000", "Z": "+0000", "BST": "+0100", "CET": "+0100", "CEST": "+0200", "EET": "+0200", "EEST": "+0300",
	"MSK": "+0300", "EST": "-0500", "EDT": "-0400", "CDT": "-0500", "PST": "-0800", "PDT": "-0700", "JST": "+0900", "KST": "+0900",
}

var (
	zoneEnd = regexp.MustCompile(`\s+\(?([A-Z]{1,4})\)?$`)
	zoneBox = regexp.MustCompile(`\[[A-Za-z_/]+\]$`) // 2025-08-19T14:30+02:00[Europe/Paris]
)

// parseDate reads a date that a page gives to machines. What it cannot read, or
// could be read in two ways, it does not: 03/04/2025.
func parseDate(s string) (moment, bool) {
	s = strings.TrimSpace(s)
	if len(s) < 8 || len(s) > 60 {
		return moment{}, false
	}
	s = zoneBox.ReplaceAllString(s, "")
	if m := zoneEnd.FindStringSubmatchIndex(s); m != nil {
		offset, ok := zones[s[m[2]:m[3]]]
		switch {
		case !ok && s[m[2]:m[3]] != "AM" && s[m[2]:m[3]] != "PM":
			return moment{}, false // the hour could be any
		case ok:
			s = s[:m[0]] + " " + offset
		}
	}
	for _, l := range instants {
		if t, err := time.Parse(l, s); err == nil {
			return moment{t.UTC(), true}.plausible()
		}
	}
	for _, l := range days {
		if t, err := time.Parse(l, s); err == nil {
			return moment{t.UTC(), false}.plausible()
		}
	}
	return moment{}, false
}

// plausible refuses the dates that programs make of nothing: 0001, 1970-01-01.
func (m moment) plausible() (moment, bool) {
	y := m.time.Year()
	return m, y > 1970 && y < 2200
}

// best is the first of several dates, or the first instant on or next to its day.
func best(dates []moment) time.Time {
	if len(dates) == 0 {
		return time.Time{}
	}
	first := dates[0]
	for _, d := range dates {
		if d.exact && d.time.Sub(first.time).Abs() <= 36*time.Hour {
			return d.time
		}
	}
	return first.time
}
