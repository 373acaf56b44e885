package view

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"readout/reading"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// sample is a reading written by hand: every kind of line once.
func sample(t *testing.T) *reading.Reading {
	t.Helper()
	b, err := os.ReadFile("testdata/sample.json")
	if err != nil {
		t.Fatal(err)
	}
	r := new(reading.Reading)
	if err := json.Unmarshal(b, r); err != nil {
		t.Fatal(err)
	}
	return r
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; got\n%s", name, got)
	}
}

func TestPages(t *testing.T) {
	r := sample(t)
	for _, c := range []struct {
		name  string
		write func(*bytes.Buffer) error
	}{
		{"sample.txt", func(b *bytes.Buffer) error { return Terminal(b, r, TerminalConfig{Width: 72}) }},
		{"explained.txt", func(b *bytes.Buffer) error { return Terminal(b, r, TerminalConfig{Width: 60, Explain: true}) }},
		{"coloured.txt", func(b *bytes.Buffer) error { return Terminal(b, r, TerminalConfig{Width: 72, Color: true}) }},
		{"sample.md", func(b *bytes.Buffer) error { return Markdown(b, r, false) }},
		{"sample.attribution.json", func(b *bytes.Buffer) error { return Attribution(b, r) }},
	} {
		var b bytes.Buffer
		if err := c.write(&b); err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		golden(t, c.name, b.Bytes())
	}
}

// No line of a page is wider than it may be, words that are longer aside.
func TestTerminalWidth(t *testing.T) {
	for _, width := range []int{30, 47, 80, 110} {
		var b bytes.Buffer
		if err := Terminal(&b, sample(t), TerminalConfig{Width: width, Explain: true}); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			if n := visible(strings.TrimRight(line, "\n")); n > width {
				t.Errorf("width %d: a line of %d: %q", width, n, line)
			}
		}
	}
}

// The page holds the whole text once, in order, and every link leads somewhere.
func TestHTML(t *testing.T) {
	r := sample(t)
	r.Document.Text = strings.Replace(r.Document.Text, "useful", "<b>ful", 1) // as long, and markup
	var b bytes.Buffer
	if err := HTML(&b, r); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	if strings.Contains(page, "<b>ful") || !strings.Contains(page, "&lt;b&gt;ful") {
		t.Error("the text is not escaped")
	}
	for _, part := range strings.Split(page, `href="#`)[1:] {
		id, _, _ := strings.Cut(part, `"`)
		if !strings.Contains(page, `id="`+id+`"`) {
			t.Errorf("a link leads to %q, which is not there", id)
		}
	}
	for _, outside := range []string{"http://", "https://", "src="} {
		if strings.Contains(page, outside) {
			t.Errorf("the page is not self-contained: %s", outside)
		}
	}
}

// What nobody in particular says has its cue for a speaker, once.
func TestUnattributed(t *testing.T) {
	text := "The envoy has reportedly left. According to aides, he has not."
	r := &reading.Reading{Document: reading.Document{Text: text}, Statements: []reading.Statement{
		{ID: "s1", Form: "indirect", Source: reading.Source{Standing: "unattributed", Span: &reading.Span{14, 24}},
			Cue: &reading.Cue{Span: reading.Span{14, 24}}, Content: []reading.Span{{0, 13}, {25, 29}}},
		{ID: "s2", Form: "indirect", Source: reading.Source{Standing: "collective", Span: &reading.Span{44, 49}},
			Cue: &reading.Cue{Span: reading.Span{31, 43}}, Content: []reading.Span{{51, 61}}},
	}}
	var b bytes.Buffer
	if err := Terminal(&b, r, TerminalConfig{}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"  Reportedly: The envoy has … left (unattributed)\n", "  According to aides: he has not (collective)\n"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is not on the page:\n%s", want, b.String())
		}
	}
}

func TestEmptyReading(t *testing.T) {
	r := &reading.Reading{Document: reading.Document{Text: "Nothing."}}
	var b bytes.Buffer
	for _, err := range []error{Terminal(&b, r, TerminalConfig{}), Markdown(&b, r, true), HTML(&b, r), Attribution(&b, r)} {
		if err != nil {
			t.Error(err)
		}
	}
}
