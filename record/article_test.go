package record_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"readout/record"
)

func TestArticle(t *testing.T) {
	l := openMemory(t)
	list := generate(40, 3)
	first := list[0]
	first.url = "https://example.org/story"
	second := first
	second.modified, second.place = first.published.Add(5*time.Hour), "Lima"
	add(t, l, append(list[1:], first, second)...)
	a, _ := second.article(t)
	was, _ := first.article(t)

	v, err := l.Article(t.Context(), record.Query{}, a.URL)
	if err != nil {
		t.Fatal(err)
	}
	if v.ID != a.Version() || v.Text != a.Text || len(v.Versions) != 2 || v.Replaced != "" {
		t.Errorf("Article(%s) = version %s replaced %q of %d, want %s, the last of 2", a.URL, v.ID, v.Replaced, len(v.Versions), a.Version())
	}
	kinds := map[string]int{}
	for _, x := range v.Told {
		kinds[x.Kind]++
		for _, s := range x.Spans {
			if s[0] < 0 || s[0] >= s[1] || s[1] > len([]rune(v.Text)) {
				t.Errorf("%+v lies outside of the text", x)
			}
		}
	}
	if kinds["event"] != 1 || kinds["statement"] != 1 || kinds["actor"] != 2 || len(v.Events) != 1 || len(v.Statements) != 1 {
		t.Errorf("Article() tells %v, %d events, %d statements", kinds, len(v.Events), len(v.Statements))
	}

	old, err := l.Article(t.Context(), record.Query{}, was.Version()[:9])
	if err != nil {
		t.Fatal(err)
	}
	if old.Text != was.Text || old.Replaced == "" || len(old.Events) != 1 {
		t.Errorf("Article(replaced) = %q replaced %q, %d events", old.Text, old.Replaced, len(old.Events))
	}
	before := record.Query{AsOf: first.published.Add(time.Hour)}
	if v, err := l.Article(t.Context(), before, a.URL); err != nil || v.ID != was.Version() || len(v.Versions) != 1 || v.Replaced != "" {
		t.Errorf("Article(before the second) = %+v, %v", v, err)
	}
	for _, name := range []string{"v00000000", "https://example.org/none"} {
		if _, err := l.Article(t.Context(), record.Query{}, name); !errors.Is(err, record.ErrNotFound) {
			t.Errorf("Article(%q): %v, want ErrNotFound", name, err)
		}
	}
	if _, err := l.Article(t.Context(), before, a.Version()); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("Article(not published yet): %v, want ErrNotFound", err)
	}
}

func TestStatement(t *testing.T) {
	l := openMemory(t)
	add(t, l, generate(40, 3)...)
	said, err := l.Said(t.Context(), record.Query{}, "", "")
	if err != nil || len(said.Statements) == 0 {
		t.Fatal(said, err)
	}
	for _, s := range said.Statements {
		v, err := l.Statement(t.Context(), record.Query{}, s.ID[:10])
		if err != nil {
			t.Fatal(err)
		}
		if v.Statement.ID != s.ID || len(v.Events) == 0 || !strings.HasPrefix(v.Events[0].ID, "e") {
			t.Errorf("Statement(%s) = %s about %d events", s.ID, v.Statement.ID, len(v.Events))
		}
	}
	for _, id := range []string{"s0000000", "e0000000", "", "s%"} {
		if _, err := l.Statement(t.Context(), record.Query{}, id); !errors.Is(err, record.ErrNotFound) {
			t.Errorf("Statement(%q): %v, want ErrNotFound", id, err)
		}
	}
}

func TestActorByKey(t *testing.T) {
	l := openMemory(t)
	add(t, l, generate(40, 3)...)
	for key, want := range map[string]string{"vladimir-putin": "Vladimir Putin", "RUS": "Russia"} {
		if v, err := l.Actor(t.Context(), record.Query{}, key); err != nil || v.Who.Name != want || len(v.Events) == 0 {
			t.Errorf("Actor(%q) = %+v, %v, want %s", key, v, err, want)
		}
	}
	if _, err := l.Actor(t.Context(), record.Query{}, "person:nobody"); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("Actor(person:nobody): %v, want ErrNotFound", err)
	}
}
