package eval

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"readout"
	"readout/eval/corpus"
	"readout/ingest"
)

// FolderProcess reads a corpus of one process, a folder of examples/ with an
// events.json: its articles, what is one in them, and the statuses expected. What
// stands in a version of a page that another replaces is not scored: the record
// leaves it out.
func FolderProcess(dir string) (*Process, error) {
	p := &Process{Name: filepath.Base(dir), Origin: map[string]string{}}
	for it := range ingest.Items(ingest.Config{}, []string{filepath.Join(dir, "articles")}) {
		if it.Err != nil {
			return nil, fmt.Errorf("%s: %w", it.Name, it.Err)
		}
		p.Articles = append(p.Articles, it.Article)
	}
	var events struct {
		Events []struct {
			Key      string
			Mentions []Words
		}
	}
	var statements struct {
		Groups []struct {
			Key       string
			Witnesses []Words
		}
	}
	var origins struct {
		Origins []struct {
			First    string
			Articles []string
		}
		Versions []struct{ First, Then string }
	}
	var state struct {
		Dates []struct {
			AsOf   time.Time `json:"as_of"`
			Events []struct {
				Event  string
				Status []string
			}
		}
	}
	for name, v := range map[string]any{"events.json": &events, "statements.json": &statements, "origins.json": &origins, "state.json": &state} {
		if err := decodeFile(filepath.Join(dir, name), v); err != nil && (name == "events.json" || !errors.Is(err, fs.ErrNotExist)) {
			return nil, err
		}
	}
	replaced := func(w Words) bool {
		return slices.ContainsFunc(origins.Versions, func(v struct{ First, Then string }) bool { return v.First == w.Article })
	}
	for _, e := range events.Events {
		p.Events = append(p.Events, Group{e.Key, slices.DeleteFunc(e.Mentions, replaced)})
	}
	for _, g := range statements.Groups {
		p.Statements = append(p.Statements, Group{g.Key, slices.DeleteFunc(g.Witnesses, replaced)})
	}
	for _, o := range origins.Origins {
		for _, a := range o.Articles {
			p.Origin[a] = o.First
		}
	}
	for _, v := range origins.Versions {
		first := v.First
		if o := p.Origin[first]; o != "" {
			first = o
		}
		p.Origin[v.Then] = first
	}
	for _, d := range state.Dates {
		p.States = append(p.States, StateAt{At: d.AsOf, Status: d.Events})
	}
	return p, nil
}

func decodeFile(name string, v any) error {
	b, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, v); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// GeneratedProcess is the first n articles of a generated corpus. What stands in
// articles that a corrected version replaces is not scored: the record leaves it
// out.
func GeneratedProcess(n int, seed uint64) (*Process, error) {
	seq, err := corpus.Articles(corpus.Config{Seed: seed})
	if err != nil {
		return nil, err
	}
	p := &Process{Name: fmt.Sprintf("generated, seed %d", seed), Origin: map[string]string{}}
	events, statements := map[string]int{}, map[string]int{}
	add := func(list *[]Group, at map[string]int, key string, w Words) {
		i, ok := at[key]
		if !ok {
			i = len(*list)
			at[key] = i
			*list = append(*list, Group{Key: key})
		}
		(*list)[i].Words = append((*list)[i].Words, w)
	}
	if n <= 0 {
		return p, nil
	}
	for a := range seq {
		p.Articles = append(p.Articles, GeneratedArticle(a))
		p.Origin[a.Key] = a.Origin
		if !a.Replaced {
			for _, m := range a.Mentions {
				add(&p.Events, events, m.Event, Words{Article: a.Key, Span: m.Span})
			}
			for _, s := range a.Sayings {
				add(&p.Statements, statements, s.Statement, Words{Article: a.Key, Span: s.Span})
			}
		}
		if len(p.Articles) == n {
			break
		}
	}
	return p, nil
}

// GeneratedArticle is a generated article as it is read.
func GeneratedArticle(a *corpus.Article) readout.Article {
	return readout.Article{
		Text: a.Text, Key: a.Key, Title: a.Title, Outlet: a.Outlet, Byline: a.Byline, Credit: a.Credit, URL: a.URL, Language: "en",
		Published: a.Published, Modified: a.Modified,
	}
}
