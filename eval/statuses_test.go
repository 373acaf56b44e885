package eval_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"readout"
	"readout/doc"
	"readout/eval"
)

var update = flag.Bool("update", false, "rewrite testdata")

// TestStatuses lists every event that the reader finds in the bundled articles,
// not those alone that somebody thought to expect, each with its status, kind,
// parties, place, time and the words it rests on first. Each line has been held
// against its article by eye, its status first; a line that changes wants the same.
func TestStatuses(t *testing.T) {
	r, err := readout.New(readout.Config{})
	if err != nil {
		t.Fatal(err)
	}
	cases, err := eval.ExampleCases()
	if err != nil {
		t.Fatal(err)
	}
	process, err := eval.FolderProcess("../examples/black-sea-grain-2022")
	if err != nil {
		t.Fatal(err)
	}
	var articles []readout.Article
	for _, c := range cases {
		articles = append(articles, c.Article)
	}
	var b strings.Builder
	for _, a := range append(articles, process.Articles...) {
		d, err := r.Read(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		if len(d.Events) == 0 {
			continue
		}
		fmt.Fprintf(&b, "# %s\n", a.Key)
		for i := range d.Events {
			statusLine(&b, d, &d.Events[i])
		}
	}
	const name = "testdata/statuses.golden"
	if *update {
		if err := os.WriteFile(name, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	got, old := strings.Split(b.String(), "\n"), strings.Split(string(want), "\n")
	for i := 0; i < max(len(got), len(old)); i++ {
		if i >= len(got) || i >= len(old) || got[i] != old[i] {
			t.Fatalf("%s:%d: got\n%s\nwant\n%s", name, i+1, at(got, i), at(old, i))
		}
	}
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(no line)"
}

// statusLine writes one event: status, kind, parties, "in" the place, the time,
// "waits" for its conditions, and in quotes the first words it rests on.
func statusLine(b *strings.Builder, d *doc.Document, e *doc.Event) {
	var who []string
	for _, p := range e.Participants {
		n := d.Actors[p.Actor].Name
		if p.As != doc.AsParticipant {
			n += "=" + p.As.String()
		}
		who = append(who, n)
	}
	fmt.Fprintf(b, "%-11s %-11s %s", e.Status, e.Kind, strings.Join(who, ", "))
	if e.Place.Name != "" {
		fmt.Fprintf(b, " | in %s", e.Place.Name)
	}
	if e.Time != nil {
		fmt.Fprintf(b, " | %s", d.Slice(e.Time.Span))
	}
	for _, c := range e.Conditions {
		fmt.Fprintf(b, " | waits %q", short(d.Slice(c.Span)))
	}
	for _, s := range e.Evidence {
		fmt.Fprintf(b, " | %q\n", short(d.Slice(s)))
		return
	}
	fmt.Fprintln(b)
}

// short is the first 60 runes of s on one line.
func short(s string) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return string(r)
}
