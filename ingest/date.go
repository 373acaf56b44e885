package ingest

import (
	"fmt"
	"strings"
	"time"
)

// dateLayouts are the ways to write a date that mean one day only: "03/04/2025"
// is not among them.
var dateLayouts = []string{
	time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05",
	"2006-01-02 15:04", time.DateOnly, "2006/01/02", "20060102",
	"2 January 2006", "2 Jan 2006", "January 2, 2006", "Jan 2, 2006", "Jan. 2, 2006", time.RFC1123, time.RFC1123Z,
}

// ParseDate reads the date an article was published: a day, or an instant.
// Without a zone it is UTC.
func ParseDate(s string) (time.Time, error) {
	s = strings.TrimSpace(s)
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is no date that can be read: write it as 2025-08-19 or 2025-08-19T14:30:00Z", s)
}
