package record

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"readout/reading"
	"readout/record/join"
	"readout/registry"
)

// Found is what a search found: articles with the sentences that have the words.
type Found struct {
	Head
	Words    []string `json:"words"`
	Articles []Hit    `json:"articles"` // the best first
}

// Hit is an article that has the words.
type Hit struct {
	Article   string    `json:"article"`
	Outlet    string    `json:"outlet,omitempty"`
	Title     string    `json:"title,omitempty"`
	URL       string    `json:"url,omitempty"`
	Published string    `json:"published,omitempty"`
	Passages  []Witness `json:"passages"` // sentences with at least one of the words, those with most first
}

// maxPassages is how many sentences of an article a search shows.
const maxPassages = 3

// Search finds the articles that have all the words, in any form of them; a
// word that ends with * is the beginning of one.
func (l *Ledger) Search(ctx context.Context, q Query, text string) (*Found, error) {
	f := &Found{Articles: []Hit{}}
	f.Words = strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '*' })
	limit := cmp.Or(q.Limit, 20)
	err := l.look(ctx, q, func(k *look) (err error) {
		if f.Head, err = k.head(ctx, "search", 0); err != nil {
			return err
		}
		versions, err := k.having(ctx, f.Words, limit)
		if err != nil {
			return err
		}
		if err := k.g.load(ctx, versions); err != nil {
			return err
		}
		for _, v := range versions {
			a := k.g.article(v)
			if a == nil || len(f.Articles) == limit {
				continue
			}
			in, err := k.articleIn(ctx, a.Of)
			if err != nil {
				return err
			}
			if !in {
				continue
			}
			h := Hit{Article: v, Outlet: a.Outlet, Title: a.Title, URL: a.URL, Published: a.Published}
			text, r, err := readingOf(ctx, k.r, v)
			if err != nil {
				return err
			}
			for _, s := range passages(text, r, f.Words) {
				h.Passages = append(h.Passages, witness(a, string(text[s[0]:s[1]]), s))
			}
			f.Articles = append(f.Articles, h)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return f, nil
}

// Words that more than so many articles have are looked for in the newest
// articles, and do not rank them: to weigh all was most of a second at 100,000.
const (
	commonWords = 1000
	commonStep  = 250
	commonSteps = 12
)

// having are versions that have all the words, the best first. More are given
// than are shown: some may be later than the view.
func (k *look) having(ctx context.Context, words []string, limit int) ([]string, error) {
	n, err := k.r.Matches(ctx, words, commonWords+1)
	if err != nil {
		return nil, err
	}
	if n <= commonWords {
		return k.r.Search(ctx, words, 20*limit)
	}
	var out []string
	found := 0
	to := k.today
	for range commonSteps {
		r := join.Range{Block: keyArticle, From: 1, To: to}
		day, err := k.r.Nth(ctx, r, commonStep)
		if err != nil {
			return nil, err
		}
		r.From = max(1, day)
		ids, err := k.r.Lookup(ctx, []join.Range{r})
		if err != nil {
			return nil, err
		}
		if ids, err = k.r.Having(ctx, words, ids); err != nil {
			return nil, err
		}
		if err := k.g.load(ctx, ids); err != nil {
			return nil, err
		}
		ids = slices.DeleteFunc(ids, func(id string) bool { return k.g.article(id) == nil })
		slices.SortFunc(ids, func(a, b string) int {
			return cmp.Or(strings.Compare(k.g.article(b).Published, k.g.article(a).Published), strings.Compare(a, b))
		})
		out = append(out, ids...)
		if found += len(ids); found >= 2*limit || day == 0 {
			break
		}
		to = r.From - 1
	}
	return out, nil
}

// readingOf gives a version's text, as code points, and its reading.
func readingOf(ctx context.Context, rd Reader, version string) ([]rune, *reading.Reading, error) {
	e, err := rd.Entry(ctx, version)
	if err != nil {
		return nil, nil, err
	}
	a, err := decode[Article](e.Body)
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	r, err := lastReading(ctx, rd, version)
	return []rune(a.Text), r, err
}

// passages are the sentences of a text that have most of some words.
func passages(text []rune, r *reading.Reading, words []string) []reading.Span {
	type scored struct {
		span reading.Span
		n    int
	}
	var list []scored
	for _, s := range r.Document.Sentences {
		if s[0] < 0 || s[1] > len(text) || s[0] > s[1] {
			continue
		}
		have := " " + registry.Fold(string(text[s[0]:s[1]]))
		n := 0
		for _, w := range words {
			// The index finds other forms of a word too: its stem is looked for.
			stem := []rune(registry.Fold(strings.TrimSuffix(w, "*")))
			if len(stem) > 5 {
				stem = stem[:len(stem)-2]
			}
			if strings.Contains(have, " "+string(stem)) {
				n++
			}
		}
		if n > 0 {
			list = append(list, scored{s, n})
		}
	}
	slices.SortStableFunc(list, func(a, b scored) int { return b.n - a.n })
	var out []reading.Span
	for _, s := range list[:min(len(list), maxPassages)] {
		out = append(out, s.span)
	}
	return out
}
