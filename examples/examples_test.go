package examples

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// keys lists what a pattern over each collection may ask for.
var keys = map[string][]string{
	"actors":     strings.Fields("name role country code kind mention members"),
	"statements": strings.Fields("source to via source_text standing act form record channel channel_kind content cue within time responds_to about topics negated"),
	"events":     strings.Fields("kind status format level participants without only as place minutes time topics links conditions claims asserted_by asserted cameo plover"),
	"issues":     strings.Fields("topic part_of concerning positions proposals"),
}

var collections = []string{"actors", "statements", "events", "issues"}

// An item is positive, negative or tight; see the head of the package.
type item struct {
	ID         string                       `json:"id"`
	Actors     map[string]json.RawMessage   `json:"actors"`
	Statements map[string]json.RawMessage   `json:"statements"`
	Events     map[string]json.RawMessage   `json:"events"`
	Issues     map[string]json.RawMessage   `json:"issues"`
	Absent     bool                         `json:"absent"`
	AtMost     *int                         `json:"at_most"`
	Exactly    *int                         `json:"exactly"`
	Among      []map[string]json.RawMessage `json:"among"`
	Share      float64                      `json:"share"`
	Open       bool                         `json:"open"`
}

type spec struct {
	Article   string `json:"article"`
	Published string `json:"published"`
	Expect    []item `json:"expect"`
}

func (it item) negative() bool { return it.Absent || it.AtMost != nil }

func (it item) tight() bool { return it.Among != nil }

// pattern gives the item's collection and its pattern.
func (it item) pattern() (string, map[string]json.RawMessage, error) {
	var in []string
	var p map[string]json.RawMessage
	for i, m := range []map[string]json.RawMessage{it.Actors, it.Statements, it.Events, it.Issues} {
		if m != nil {
			in, p = append(in, collections[i]), m
		}
	}
	if len(in) != 1 {
		return "", nil, fmt.Errorf("names %d collections %v, want one", len(in), in)
	}
	return in[0], p, nil
}

func (it item) check() error {
	coll, p, err := it.pattern()
	if err != nil {
		return err
	}
	for _, p := range append(it.Among, p) {
		if len(p) == 0 {
			return fmt.Errorf("an empty pattern matches everything")
		}
		for k := range p {
			if !slices.Contains(keys[coll], k) {
				return fmt.Errorf("%s have no %q", coll, k)
			}
		}
	}
	if it.tight() && (it.Share <= 0 || it.Share > 1) {
		return fmt.Errorf("share %v, want above 0 and at most 1", it.Share)
	}
	ways := 0
	for _, is := range []bool{it.Absent, it.AtMost != nil, it.Exactly != nil, it.tight()} {
		if is {
			ways++
		}
	}
	if ways > 1 {
		return fmt.Errorf("is of %d kinds at once", ways)
	}
	return nil
}

func parse(t *testing.T, e Example) spec {
	t.Helper()
	var s spec
	dec := json.NewDecoder(bytes.NewReader(e.Expect))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&s); err != nil {
		t.Fatalf("%s/expect.json: %v", e.Slug, err)
	}
	return s
}

func TestArticles(t *testing.T) {
	all := All()
	if len(all) < 6 {
		t.Fatalf("%d examples, want at least 6", len(all))
	}
	for i, e := range all {
		if i > 0 && all[i-1].Slug >= e.Slug {
			t.Errorf("%s comes after %s", e.Slug, all[i-1].Slug)
		}
		if n := len(strings.Fields(e.Text)); n < 250 || n > 700 {
			t.Errorf("%s has %d words, want 250 to 700", e.Slug, n)
		}
		if e.Title == "" || !strings.HasPrefix(e.Text, e.Title+"\n\n") {
			t.Errorf("%s does not open with a title and an empty line: %q", e.Slug, e.Title)
		}
		if e.Published.IsZero() {
			t.Errorf("%s has no date", e.Slug)
		}
		if strings.ContainsAny(e.Text, "\r\t") || !strings.HasSuffix(e.Text, ".\n") && !strings.HasSuffix(e.Text, "”\n") {
			t.Errorf("%s is not plain paragraphs that end in a line", e.Slug)
		}
	}
}

func TestExpectations(t *testing.T) {
	for _, e := range All() {
		s := parse(t, e)
		if s.Article != "article.txt" {
			t.Errorf("%s: article %q, want article.txt", e.Slug, s.Article)
		}
		seen := map[string]bool{}
		negative, tight := 0, 0
		for _, it := range s.Expect {
			if it.ID == "" || seen[it.ID] {
				t.Errorf("%s: id %q is empty or stands twice", e.Slug, it.ID)
			}
			seen[it.ID] = true
			if err := it.check(); err != nil {
				t.Errorf("%s: %s: %v", e.Slug, it.ID, err)
			}
			if it.negative() {
				negative++
			}
			if it.tight() {
				tight++
			}
		}
		if len(s.Expect) < 25 || negative < 5 || tight < 2 {
			t.Errorf("%s: %d items, %d negative, %d tight; want 25, 5, 2", e.Slug, len(s.Expect), negative, tight)
		}
	}
}

func TestItemCheck(t *testing.T) {
	one := map[string]json.RawMessage{"kind": json.RawMessage(`"person"`)}
	wrong := map[string]json.RawMessage{"colour": json.RawMessage(`"red"`)}
	zero := 0
	for _, c := range []struct {
		name string
		it   item
		ok   bool
	}{
		{"positive", item{Actors: one}, true},
		{"negative", item{Actors: one, Absent: true}, true},
		{"tight", item{Actors: one, Among: []map[string]json.RawMessage{one}, Share: 0.7}, true},
		{"no collection", item{}, false},
		{"two collections", item{Actors: one, Events: one}, false},
		{"unknown key", item{Actors: wrong}, false},
		{"unknown key in among", item{Actors: one, Among: []map[string]json.RawMessage{wrong}, Share: 0.7}, false},
		{"no share", item{Actors: one, Among: []map[string]json.RawMessage{one}}, false},
		{"empty pattern", item{Actors: map[string]json.RawMessage{}}, false},
		{"two kinds", item{Actors: one, Absent: true, AtMost: &zero}, false},
	} {
		if err := c.it.check(); (err == nil) != c.ok {
			t.Errorf("%s: check() = %v, want ok %v", c.name, err, c.ok)
		}
	}
}

func TestLoad(t *testing.T) {
	article := &fstest.MapFile{Data: []byte("A title\n\nA paragraph.\n")}
	for _, c := range []struct {
		name, expect string
		ok           bool
	}{
		{"well-formed", `{"article": "article.txt", "published": "2001-02-03", "expect": []}`, true},
		{"no JSON", `{`, false},
		{"no date", `{"article": "article.txt", "expect": []}`, false},
		{"no day", `{"published": "2001-02-30"}`, false},
	} {
		fsys := fstest.MapFS{"a/article.txt": article, "a/expect.json": &fstest.MapFile{Data: []byte(c.expect)}}
		got, err := load(fsys)
		if (err == nil) != c.ok {
			t.Errorf("%s: load = %v, %v, want ok %v", c.name, got, err, c.ok)
		}
		if c.ok && (len(got) != 1 || got[0].Title != "A title" || got[0].Slug != "a") {
			t.Errorf("%s: load = %+v", c.name, got)
		}
	}
	if _, err := load(fstest.MapFS{"a/article.txt": article}); err == nil {
		t.Error("an article without expectations loads")
	}
}

func ExampleAll() {
	e := All()[0]
	fmt.Println(e.Slug)
	fmt.Println(e.Title)
	fmt.Println(e.Published.Format("2 January 2006"))
	// Output:
	// aceh-helsinki-2005
	// Indonesia, Aceh Rebels to Sign Peace Pact in Helsinki Next Month
	// 18 July 2005
}
