package export

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"readout/record"
	"readout/sheet"
)

// The calendar (RFC 5545) has the events that are to come, were put off or
// called off, and have a day: TENTATIVE what is proposed, possible, conditional
// or disputed, CONFIRMED what is planned, CANCELLED what is off. All last whole
// days.
//
// A program that reads it again finds an event by its UID, which is made of the
// event's id, and takes it for newer when SEQUENCE is: the number of accounts,
// less one, which grows as articles are added. LAST-MODIFIED and DTSTAMP are the
// time of the newest of them: no clock is read. RELATED-TO names what an event
// waits for, as DEPENDS-ON (RFC 9253).

var calendarStatus = map[string]ics.ObjectStatus{
	"possible": ics.ObjectStatusTentative, "proposed": ics.ObjectStatusTentative, "conditional": ics.ObjectStatusTentative, record.StatusDisputed: ics.ObjectStatusTentative,
	"planned": ics.ObjectStatusConfirmed, "postponed": ics.ObjectStatusCancelled, "cancelled": ics.ObjectStatusCancelled, "denied": ics.ObjectStatusCancelled,
}

func uid(event string) string { return event + "@readout" }

var crlf = &ics.SerializationConfiguration{MaxLength: 75, PropertyMaxLength: 75, NewLine: "\r\n"}

func calendar(ctx context.Context, w io.Writer, s *record.Scan, _ Config) (Left, error) {
	var left Left
	if _, err := io.WriteString(w, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//readout//record//EN\r\nCALSCALE:GREGORIAN\r\n"); err != nil {
		return left, err
	}
	for e, err := range s.Events(ctx) {
		if err != nil {
			return left, err
		}
		status, ok := calendarStatus[e.Status.Value]
		if !ok || e.Slight() {
			continue
		}
		from, err := time.Parse(time.DateOnly, e.From)
		if err != nil {
			left.Undated++
			continue
		}
		to, err := time.Parse(time.DateOnly, e.To)
		if err != nil || to.Before(from) {
			to = from
		}
		left.Rows++
		if err := vevent(e, status, from, to).SerializeTo(w, crlf); err != nil {
			return left, err
		}
	}
	_, err := io.WriteString(w, "END:VCALENDAR\r\n")
	return left, err
}

func vevent(e *record.Event, status ics.ObjectStatus, from, to time.Time) *ics.VEvent {
	v := ics.NewEvent(uid(e.ID))
	modified := time.Unix(0, 0)
	for _, m := range e.Mentions {
		if t, err := time.Parse("20060102150405", compact(m.Witness.Published)); err == nil && t.After(modified) {
			modified = t
		}
	}
	v.SetDtStampTime(modified)
	v.SetLastModifiedAt(modified)
	v.SetSequence(len(e.Mentions) - 1)
	v.SetAllDayStartAt(from)
	v.SetAllDayEndAt(to.AddDate(0, 0, 1)) // the day after
	v.SetSummary(sheet.Name(e))
	if e.Place != "" {
		v.SetLocation(e.Place)
	}
	v.SetStatus(status)
	at := sheet.Rests(e)
	v.SetDescription(description(e, &at))
	if address := printable(at.URL); address != "" {
		v.SetURL(address)
	}
	if status != ics.ObjectStatusConfirmed {
		v.SetTimeTransparency(ics.TransparencyTransparent)
	}
	for _, c := range e.Conditions {
		if c.Event != "" && c.Event != e.ID {
			v.AddProperty(ics.ComponentPropertyRelatedTo, uid(c.Event), &ics.KeyValues{Key: "RELTYPE", Value: []string{"DEPENDS-ON"}})
		}
	}
	for _, l := range e.Links {
		if l.Waits() {
			v.AddProperty(ics.ComponentPropertyRelatedTo, uid(l.Event), &ics.KeyValues{Key: "RELTYPE", Value: []string{"DEPENDS-ON"}})
		}
	}
	return v
}

// description tells the status and why, the days if they are not exact, what it
// waits for, each party's line, and the words.
func description(e *record.Event, at *record.Witness) string {
	lines := []string{e.Status.Value + ": " + e.Status.Rule}
	if e.Granularity != "" && e.Granularity != "day" {
		lines = append(lines, "the day is not told: some time in this "+e.Granularity)
	}
	for _, c := range e.Conditions {
		words := c.Witness.Words
		if !strings.HasPrefix(strings.ToLower(words), c.As+" ") {
			words = c.As + " " + words
		}
		lines = append(lines, "waits: "+words)
	}
	for _, l := range e.Lines {
		lines = append(lines, l.Name+": "+l.Line)
	}
	return strings.Join(append(lines, fmt.Sprintf("%s — %s", sheet.Quote(at.Words), sheet.Source(at))), "\n")
}

// printable is an address without characters that would end its line.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, s)
}
