package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"readout/sheet"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// command runs the program and gives what it prints.
func command(t *testing.T, args ...string) string {
	t.Helper()
	var out, messages bytes.Buffer
	if code := run(t.Context(), args, strings.NewReader(""), &out, &messages); code != 0 {
		t.Fatalf("readout %s: exit %d: %s", strings.Join(args, " "), code, messages.String())
	}
	return out.String()
}

// TestBriefOfExample makes the briefings of the bundled process on three days.
// Every sentence has its notes, the words of every note stand in an article as
// they are, and the briefing of one day is as the golden file has it, which go
// test ./cmd/readout -run TestBriefOfExample -update rewrites.
func TestBriefOfExample(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 45 articles")
	}
	db := filepath.Join(t.TempDir(), "demo.db")
	command(t, "demo", "--db", db)
	var texts []string
	files, err := filepath.Glob("../../examples/black-sea-grain-2022/articles/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(b)) {
			var a struct{ Text string }
			if err := json.Unmarshal([]byte(line), &a); err != nil {
				t.Fatal(err)
			}
			texts = append(texts, strings.Join(strings.Fields(a.Text), " "))
		}
	}
	clumsy := regexp.MustCompile(`  | ,| \.|\.\.|,,|,\.| (a|an|the) (a|an|the|of|by|and) | a [aeio]|%!|\bis are\b|<nil>`)
	quotation := regexp.MustCompile(`“[^”]*”`)
	for _, day := range []string{"2022-11-02", "2022-11-08", "2022-12-02"} {
		for _, process := range []string{"", demoProcess} {
			var b sheet.Briefing
			if err := json.Unmarshal([]byte(command(t, "brief", "--db", db, "--as-of", day, "--process", process, "--format", "json")), &b); err != nil {
				t.Fatal(err)
			}
			sentences := 0
			for _, s := range b.Sections {
				for _, p := range s.Paras {
					for _, x := range p.Sentences {
						sentences++
						if len(x.Notes) == 0 || slices.ContainsFunc(x.Notes, func(n int) bool { return n < 1 || n > len(b.Notes) }) {
							t.Errorf("%s: %q has the notes %v of %d", day, x.Text, x.Notes, len(b.Notes))
						}
						bare := quotation.ReplaceAllString(x.Text, "“”")
						if m := clumsy.FindString(bare); m != "" || !strings.HasSuffix(strings.TrimSuffix(bare, "”"), ".") && !strings.HasSuffix(bare, "”") {
							t.Errorf("%s: clumsy at %q: %s", day, m, x.Text)
						}
					}
				}
			}
			if sentences < 20 {
				t.Errorf("%s, process %q: %d sentences", day, process, sentences)
			}
			for i, n := range b.Notes {
				if n.N != i+1 || n.Outlet == "" || n.Published == "" || n.ID == "" {
					t.Errorf("%s: note %d is %+v", day, i+1, n)
				}
				words := strings.TrimSuffix(n.Words, "…")
				if !slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(s, strings.TrimSpace(words)) }) {
					t.Errorf("%s: the words of note %d stand in no article: %q", day, n.N, n.Words)
				}
			}
		}
	}
	const golden = "testdata/brief-2022-11-19.md"
	got := command(t, "brief", "--db", db, "--as-of", "2022-11-19", "--process", demoProcess, "--format", "markdown")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
		for i := range min(len(g), len(w)) {
			if g[i] != w[i] {
				t.Fatalf("%s:%d: the briefing has\n%s\nwant\n%s\n(where the reader has changed: read the difference, then -update)", golden, i+1, g[i], w[i])
			}
		}
		t.Fatalf("%s: the briefing has %d lines, want %d", golden, len(g), len(w))
	}
}
