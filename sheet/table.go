package sheet

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"readout/record"
)

// Column is a column of the table of events.
type Column struct {
	Name, Meaning string
	value         func(e *record.Event) string
}

// Columns are the columns of the table of events: its data dictionary.
var Columns = []Column{
	{"event", "id, the same for the same articles", func(e *record.Event) string { return e.ID }},
	{"kind", "meeting, call, visit, negotiation … (docs/reading.md)", func(e *record.Event) string { return e.Kind }},
	{"format", "in-person, phone, video, letter, indirect; empty when not told", func(e *record.Event) string { return e.Format }},
	{"level", "leaders, ministers, envoys, officials; empty when not told", func(e *record.Event) string { return e.Level }},
	{"from", "first day, ISO 8601; empty when not known", func(e *record.Event) string { return e.From }},
	{"to", "last day, ISO 8601", func(e *record.Event) string { return e.To }},
	{"granularity", "how exactly the day is told: day, week, month …", func(e *record.Event) string { return e.Granularity }},
	{"status", "as of the moment of the export (docs/status.md)", func(e *record.Event) string { return e.Status.Value }},
	{"participants", "names of those who take part, by \"; \"", func(e *record.Event) string {
		return joined(e, func(p record.Part) string { return p.Name })
	}},
	{"codes", "their CAMEO codes in the same order, empty where there is none", func(e *record.Event) string {
		return joined(e, func(p record.Part) string { return p.Code })
	}},
	{"place", "where it is held", func(e *record.Event) string { return e.Place }},
	{"country", "of the place, ISO 3166-1 alpha-3", func(e *record.Event) string { return e.Country }},
	{"articles", "how many articles tell of it", func(e *record.Event) string { return strconv.Itoa(e.Articles) }},
	{"stories", "how many stories: copies of one count once", func(e *record.Event) string { return strconv.Itoa(e.Origins) }},
	{"first", "day of the first article", func(e *record.Event) string { return e.First }},
	{"last", "day of the last article", func(e *record.Event) string { return e.Last }},
	{"words", "the words its status rests on", func(e *record.Event) string { return Rests(e).Words }},
	{"source", "who published them", func(e *record.Event) string { return Rests(e).Outlet }},
	{"address", "where", func(e *record.Event) string { return Rests(e).URL }},
}

func joined(e *record.Event, f func(record.Part) string) string {
	var out []string
	for _, p := range e.Participants {
		if p.As != "absent" {
			out = append(out, f(p))
		}
	}
	return strings.Join(out, "; ")
}

// Rests is the account that the status of an event rests on.
func Rests(e *record.Event) record.Witness {
	if len(e.Status.Rests) > 0 {
		return e.Status.Rests[0].Witness
	}
	return e.Mentions[0].Witness
}

// CSV writes events as a table with a header. A field that a spreadsheet would
// take for a formula begins with an apostrophe.
func CSV(w io.Writer, events []*record.Event) error {
	c := csv.NewWriter(w)
	row := make([]string, len(Columns))
	for i, col := range Columns {
		row[i] = col.Name
	}
	if err := c.Write(row); err != nil {
		return err
	}
	for _, e := range events {
		for i, col := range Columns {
			row[i] = col.value(e)
			if row[i] != "" && strings.ContainsRune("=+-@\t\r", rune(row[i][0])) {
				row[i] = "'" + row[i]
			}
		}
		if err := c.Write(row); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// ICalendar writes the events that are to come, were put off or called off, and
// have a day, as a calendar (RFC 5545): tentative what is proposed, possible,
// conditional or disputed, confirmed what is planned, cancelled what is off. The
// stamp of all is the moment of the view, so that the same view gives the same
// calendar.
func ICalendar(w io.Writer, events []*record.Event, asOf time.Time) error {
	b := bufio.NewWriter(w)
	line := func(name, value string) { fold(b, name+":"+value) }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//readout//record//EN")
	for _, e := range events {
		status, ok := map[string]string{
			"possible": "TENTATIVE", "proposed": "TENTATIVE", "conditional": "TENTATIVE", record.StatusDisputed: "TENTATIVE", "planned": "CONFIRMED",
			"postponed": "CANCELLED", "cancelled": "CANCELLED", "denied": "CANCELLED",
		}[e.Status.Value]
		from, err := time.Parse(time.DateOnly, e.From)
		if !ok || err != nil {
			continue
		}
		to, err := time.Parse(time.DateOnly, e.To)
		if err != nil {
			to = from
		}
		line("BEGIN", "VEVENT")
		line("UID", e.ID+"@readout")
		line("DTSTAMP", asOf.UTC().Format("20060102T150405Z"))
		line("DTSTART;VALUE=DATE", from.Format("20060102"))
		line("DTEND;VALUE=DATE", to.AddDate(0, 0, 1).Format("20060102")) // the day after
		line("SUMMARY", escapeICal(Name(e)))
		if e.Place != "" {
			line("LOCATION", escapeICal(e.Place))
		}
		w := Rests(e)
		line("DESCRIPTION", escapeICal(fmt.Sprintf("%s: %s\n%s — %s", e.Status.Value, e.Status.Rule, Quote(w.Words), Source(&w))))
		line("STATUS", status)
		if w.URL != "" {
			line("URL", strings.Map(func(r rune) rune {
				if r < ' ' {
					return -1
				}
				return r
			}, w.URL))
		}
		line("END", "VEVENT")
	}
	line("END", "VCALENDAR")
	return b.Flush()
}

func escapeICal(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r", "", "\n", `\n`).Replace(s)
}

// fold writes a line of a calendar: of at most 75 bytes, those that follow begun
// with a space, none cut within a character.
func fold(b *bufio.Writer, s string) {
	limit := 75
	for len(s) > limit {
		n := limit
		for n > 0 && !utf8.RuneStart(s[n]) {
			n--
		}
		b.WriteString(s[:n] + "\r\n ")
		s = s[n:]
		limit = 74
	}
	b.WriteString(s + "\r\n")
}
