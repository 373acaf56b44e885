package examples

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
)

// corpus is the folder with many articles about one process.
const corpus = "black-sea-grain-2022"

// page is one line of its articles.
type page struct {
	ID, URL, Published, Modified, Outlet, Text string
}

// learnt is when the page in this version was there to be read.
func (p page) learnt() string { return max(p.Published, p.Modified) }

func pages(t *testing.T) map[string]page {
	t.Helper()
	files, err := fs.Glob(os.DirFS("."), corpus+"/articles/*.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]page{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(bytes.NewReader(b))
		for lines.Scan() {
			var p page
			if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
				t.Fatalf("%s: %v", f, err)
			}
			if _, twice := all[p.ID]; twice || p.ID == "" {
				t.Errorf("%s: id %q is empty or stands twice", f, p.ID)
			}
			all[p.ID] = p
		}
		if err := lines.Err(); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
	}
	return all
}

// decode reads a file of the corpus.
func decode[T any](t *testing.T, name string) (v T) {
	t.Helper()
	b, err := os.ReadFile(corpus + "/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return v
}

func TestCorpusArticles(t *testing.T) {
	all := pages(t)
	urls := map[string]int{}
	for id, p := range all {
		urls[p.URL]++
		if n := len(strings.Fields(p.Text)); n < 120 || n > 350 {
			t.Errorf("%s has %d words, want 120 to 350", id, n)
		}
		if p.Published == "" || p.Outlet == "" || !strings.Contains(p.URL, ".example/") {
			t.Errorf("%s lacks a date or an outlet, or its address might exist: %q", id, p.URL)
		}
	}
	if len(urls) < 32 {
		t.Errorf("%d pages, want at least 32", len(urls))
	}
}

// TestCorpusWords finds every {article, words} of every file in its article.
func TestCorpusWords(t *testing.T) {
	all := pages(t)
	found := 0
	var walk func(file string, v any)
	walk = func(file string, v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				walk(file, e)
			}
		case map[string]any:
			article, _ := v["article"].(string)
			if words, ok := v["words"].(string); ok && article != "" {
				nth := 1.0
				if n, ok := v["nth"].(float64); ok {
					nth = n
				}
				if got := strings.Count(all[article].Text, words); words == "" || float64(got) < nth {
					t.Errorf("%s: %s has %q %d times, want %v", file, article, words, got, nth)
				}
				found++
			}
			for _, e := range v {
				walk(file, e)
			}
		}
	}
	for _, f := range []string{"events.json", "state.json", "statements.json", "contradictions.json"} {
		walk(f, decode[any](t, f))
	}
	if found < 400 {
		t.Errorf("%d quoted words, want at least 400", found)
	}
	for _, p := range decode[struct {
		Pairs []struct{ A, B struct{ Words, Text string } }
	}](t, "variants.json").Pairs {
		if !strings.Contains(p.A.Text, p.A.Words) || !strings.Contains(p.B.Text, p.B.Words) {
			t.Errorf("variants.json: %q or %q is not in its sentence", p.A.Words, p.B.Words)
		}
	}
}

// TestCorpusState holds the expectations of the five dates against the events.
func TestCorpusState(t *testing.T) {
	all := pages(t)
	first := map[string]string{}
	for _, e := range decode[struct {
		Events []struct {
			Key      string
			Mentions []struct{ Article string }
			Claims   []struct{ Line string }
		}
	}](t, "events.json").Events {
		for _, m := range e.Mentions {
			if at := all[m.Article].learnt(); first[e.Key] == "" || at < first[e.Key] {
				first[e.Key] = at
			}
		}
		for _, c := range e.Claims {
			if !slices.Contains(strings.Fields("announced confirmed hedged denied silent"), c.Line) {
				t.Errorf("%s: there is no line %q", e.Key, c.Line)
			}
		}
	}
	statuses := strings.Fields("possible proposed planned conditional ongoing occurred postponed cancelled denied disputed lapsed")
	dates := decode[struct {
		Dates []struct {
			AsOf   string `json:"as_of"`
			Events []struct {
				Event  string
				Status []string
			}
			Unknown []string
		}
	}](t, "state.json").Dates
	if len(dates) != 5 {
		t.Fatalf("%d dates, want 5", len(dates))
	}
	for _, d := range dates {
		for _, e := range d.Events {
			if first[e.Event] == "" || first[e.Event] > d.AsOf {
				t.Errorf("%s: %s is not yet known, first %q", d.AsOf, e.Event, first[e.Event])
			}
			for _, s := range e.Status {
				if !slices.Contains(statuses, s) {
					t.Errorf("%s: %s: there is no status %q", d.AsOf, e.Event, s)
				}
			}
		}
		for key, at := range first {
			if (at > d.AsOf) != slices.Contains(d.Unknown, key) {
				t.Errorf("%s: %s is first mentioned %s; unknown has it: %v", d.AsOf, key, at, slices.Contains(d.Unknown, key))
			}
		}
	}
}

// TestCorpusOrigins checks that copies are copies and versions one page.
func TestCorpusOrigins(t *testing.T) {
	all := pages(t)
	o := decode[struct {
		Origins []struct {
			Key, First string
			Articles   []string
		}
		Versions []struct{ URL, First, Then, Changed, Withdrawn string }
	}](t, "origins.json")
	for _, or := range o.Origins {
		for _, id := range or.Articles {
			same, paras := 0, strings.Split(strings.TrimSpace(all[id].Text), "\n\n")
			for _, p := range paras {
				if strings.Contains(all[or.First].Text, p) {
					same++
				}
			}
			if 2*same < len(paras) {
				t.Errorf("%s shares %d of %d paragraphs with %s", id, same, len(paras), or.First)
			}
		}
	}
	for _, v := range o.Versions {
		a, b := all[v.First], all[v.Then]
		if a.URL != v.URL || b.URL != v.URL || b.Modified != v.Changed || a.Text == b.Text {
			t.Errorf("%s and %s are not two versions of %s", v.First, v.Then, v.URL)
		}
		if !strings.Contains(a.Text, v.Withdrawn) || strings.Contains(b.Text, v.Withdrawn) {
			t.Errorf("%s does not withdraw %q", v.Then, v.Withdrawn)
		}
	}
}
