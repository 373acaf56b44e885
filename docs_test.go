package readout_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"readout"
	"readout/doc"
)

// docsPublished is the day on which the examples of docs/ are published.
var docsPublished = time.Date(2025, 8, 20, 12, 0, 0, 0, time.UTC)

// tableRows are the cells of the first table below a heading or line of a page.
func tableRows(t *testing.T, path, below string) [][]string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, page, ok := strings.Cut(string(b), below)
	if !ok {
		t.Fatalf("%s has no line %q", path, below)
	}
	var out [][]string
	for _, line := range strings.Split(page, "\n") {
		switch {
		case strings.HasPrefix(line, "| "):
			cells := strings.Split(strings.Trim(line, "| "), " | ")
			for i := range cells {
				cells[i] = strings.ReplaceAll(strings.TrimSpace(cells[i]), "*", "")
			}
			out = append(out, cells)
		case len(out) > 0:
			return out[2:] // without the header and the line below it
		}
	}
	return out[2:]
}

func docsRead(t *testing.T, r *readout.Reader, text string) *doc.Document {
	t.Helper()
	d, err := r.Read(t.Context(), readout.Article{Text: text, Published: docsPublished})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func docsReader(t *testing.T) *readout.Reader {
	t.Helper()
	r, err := readout.New(readout.Config{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestCoderOrRecord reads the sentences of docs/coder-or-record.md: each must
// give what the page says of it.
func TestCoderOrRecord(t *testing.T) {
	r := docsReader(t)
	rows := tableRows(t, "docs/coder-or-record.md", "# What a coder keeps")
	if len(rows) != 10 {
		t.Errorf("%d sentences, want 10", len(rows))
	}
	for _, row := range rows {
		d := docsRead(t, r, row[0])
		fields := strings.Split(row[2], "; ")
		kind, status, _ := strings.Cut(fields[0], ", ")
		k := slices.IndexFunc(d.Events, func(e doc.Event) bool { return e.Kind.String() == kind && e.Status.String() == status })
		if k < 0 {
			for _, e := range d.Events {
				t.Logf("%s %s", e.Kind, e.Status)
			}
			t.Errorf("%q has no %s that is %s", row[0], kind, status)
			continue
		}
		for _, f := range fields[1:] {
			if !eventHas(d, &d.Events[k], f) {
				t.Errorf("%q: the %s has no %q", row[0], kind, f)
			}
		}
	}
}

// eventHas: "on 2025-08-22", "in Hamburg", "waits: if it rains", "Japan: denied".
func eventHas(d *doc.Document, e *doc.Event, field string) bool {
	if day, ok := strings.CutPrefix(field, "on "); ok {
		return e.Time != nil && strings.HasPrefix(e.Time.From.Format(time.DateOnly), day)
	}
	if place, ok := strings.CutPrefix(field, "in "); ok {
		return e.Place.Name == place
	}
	if words, ok := strings.CutPrefix(field, "waits: "); ok {
		return slices.ContainsFunc(e.Conditions, func(c doc.Condition) bool { return d.Slice(c.Span) == words })
	}
	name, line, ok := strings.Cut(field, ": ")
	return ok && slices.ContainsFunc(e.Claims, func(c doc.Claim) bool {
		return c.By >= 0 && d.Actors[c.By].Name == name && c.Line.String() == line
	})
}

// TestStatusTransitions reads the transitions of docs/status.md: the first
// sentence gives the status it starts from, both give the one it ends in, and
// that one is claimed in the second.
func TestStatusTransitions(t *testing.T) {
	r := docsReader(t)
	for _, row := range tableRows(t, "docs/status.md", "An article tells a plan") {
		from, to, first, then := row[0], row[1], row[3], row[4]
		if first != "–" && !hasStatus(docsRead(t, r, first), from, 0) {
			t.Errorf("%s to %s: no event of %q is %s:%s", from, to, first, from, statuses(docsRead(t, r, first)))
		}
		text := strings.TrimPrefix(first+" "+then, "– ")
		if d := docsRead(t, r, text); !hasStatus(d, to, len(text)-len(then)) {
			t.Errorf("%s to %s: no event of %q is %s by its last sentence:%s", from, to, text, to, statuses(d))
		}
	}
}

// hasStatus: an event has the status, and claims it in words at a byte or later.
func hasStatus(d *doc.Document, status string, begin int) bool {
	return slices.ContainsFunc(d.Events, func(e doc.Event) bool {
		return e.Status.String() == status && slices.ContainsFunc(e.Claims, func(c doc.Claim) bool {
			return c.Status == e.Status && int(d.Bytes(c.Span).Begin) >= begin
		})
	})
}

func statuses(d *doc.Document) string {
	var b strings.Builder
	for _, e := range d.Events {
		b.WriteString(" " + e.Kind.String() + " " + e.Status.String() + " (")
		for _, c := range e.Claims {
			b.WriteString(c.Status.String() + " " + d.Slice(c.Span) + ", ")
		}
		b.WriteString(")")
	}
	return b.String()
}

// TestStatusValues reads the two tables of docs/status.md that show a status by
// one sentence each.
func TestStatusValues(t *testing.T) {
	r := docsReader(t)
	check := func(text, status string) {
		d := docsRead(t, r, text)
		if !slices.ContainsFunc(d.Events, func(e doc.Event) bool { return e.Status.String() == status }) {
			t.Errorf("no event of %q is %s:%s", text, status, statuses(d))
		}
	}
	for _, row := range tableRows(t, "docs/status.md", "## The values") {
		check(row[2], row[0])
	}
	for _, row := range tableRows(t, "docs/status.md", "words that take it for granted") {
		check(row[0], row[1])
	}
}
