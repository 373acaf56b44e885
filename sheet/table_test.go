package sheet_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"readout/record"
	"readout/sheet"
)

func sample() *record.Event {
	return &record.Event{
		ID: "e123456789abcdef", Kind: "meeting", From: "2025-08-22", To: "2025-08-23", Place: "Geneva; Switzerland",
		Participants: []record.Part{{As: "participant", Name: "Ana, of Norway", Code: "NORGOV"}, {As: "participant", Name: "=Bo"}, {As: "absent", Name: "Cem"}},
		Status:       record.Status{Value: "planned", Rule: "the last word"},
		Articles:     3, Origins: 2,
		Mentions: []record.Mention{{Witness: record.Witness{Article: "v1", Outlet: "Courier", Words: "They will “meet” " + strings.Repeat("and talk ", 20), URL: "https://example.org/a"}}},
	}
}

func TestCSV(t *testing.T) {
	var b bytes.Buffer
	e := sample()
	e.Place = "@home"
	if err := sheet.CSV(&b, []*record.Event{e}); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(rows) != 2 || len(rows[1]) != len(sheet.Columns) {
		t.Fatalf("%q, %v", rows, err)
	}
	got := map[string]string{}
	for i, name := range rows[0] {
		got[name] = rows[1][i]
	}
	for name, want := range map[string]string{"participants": "Ana, of Norway; =Bo", "codes": "NORGOV; ", "place": "'@home", "status": "planned", "stories": "2", "source": "Courier"} {
		if got[name] != want {
			t.Errorf("%s is %q, want %q", name, got[name], want)
		}
	}
}

func TestICalendar(t *testing.T) {
	held, undated := sample(), sample()
	held.Status.Value, undated.From = "occurred", ""
	var b bytes.Buffer
	if err := sheet.ICalendar(&b, []*record.Event{sample(), held, undated}, time.Date(2025, 8, 19, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	out := b.String()
	if n := strings.Count(out, "BEGIN:VEVENT\r\n"); n != 1 {
		t.Errorf("%d events, want the planned one", n)
	}
	for _, l := range strings.Split(out, "\r\n") {
		if len(l) > 75 || strings.ContainsAny(l, "\r\n") {
			t.Errorf("line of %d bytes: %q", len(l), l)
		}
	}
	whole := strings.ReplaceAll(out, "\r\n ", "")
	for _, want := range []string{"DTSTART;VALUE=DATE:20250822\r\n", "DTEND;VALUE=DATE:20250824\r\n", "STATUS:CONFIRMED\r\n", `LOCATION:Geneva\; Switzerland`, `SUMMARY:Meeting: Ana\, of Norway and =Bo`} {
		if !strings.Contains(whole, want) {
			t.Errorf("%q is not in\n%s", want, whole)
		}
	}
}
