package eval

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"readout"
	"readout/examples"
	"readout/reading"
)

// Case is an article with what is expected of its reading.
type Case struct {
	Name        string
	Article     readout.Article
	Expectation *Expectation
}

// ExampleCases are the bundled examples.
func ExampleCases() ([]Case, error) {
	var out []Case
	for _, e := range examples.All() {
		x, err := ParseExpectation(e.Expect)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Slug, err)
		}
		out = append(out, Case{e.Slug, readout.Article{Key: e.Slug, Text: e.Text, Published: e.Published}, x})
	}
	return out, nil
}

// FolderCases are the folders of dir that hold an article.txt and an
// expect.json, sorted by name; dir itself when it holds them.
func FolderCases(dir string) ([]Case, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*", "expect.json"))
	if err != nil {
		return nil, err
	}
	if own := filepath.Join(dir, "expect.json"); len(files) == 0 {
		files = []string{own}
	}
	slices.Sort(files)
	var out []Case
	for _, f := range files {
		c, err := folderCase(filepath.Dir(f))
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

func folderCase(dir string) (Case, error) {
	b, err := os.ReadFile(filepath.Join(dir, "expect.json"))
	if err != nil {
		return Case{}, err
	}
	x, err := ParseExpectation(b)
	if err != nil {
		return Case{}, fmt.Errorf("%s: %w", dir, err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "article.txt"))
	if err != nil {
		return Case{}, err
	}
	day, err := time.Parse(time.DateOnly, x.Published)
	if err != nil {
		return Case{}, fmt.Errorf("%s: published: %w", dir, err)
	}
	name := filepath.Base(dir)
	return Case{name, readout.Article{Key: name, Text: string(text), Published: day}, x}, nil
}

// CaseResult is how one article's reading does. Tallies leave open items out.
type CaseResult struct {
	Name                      string
	Results                   []Result
	Positive, Negative, Tight Tally
	OpenHeld, Open            int
	Faults                    []string
}

// Held and Of count all items, those marked open among the ones that may fail.
func (c CaseResult) Held() int {
	return c.Positive.Held + c.Negative.Held + c.Tight.Held + c.OpenHeld
}

// Of is the number of items of the case.
func (c CaseResult) Of() int { return len(c.Results) }

// RunCases reads the articles and holds the readings against what is expected.
func RunCases(ctx context.Context, r *readout.Reader, cases []Case) ([]CaseResult, error) {
	articles := func(yield func(readout.Article) bool) {
		for _, c := range cases {
			if !yield(c.Article) {
				return
			}
		}
	}
	var out []CaseResult
	for d, err := range r.ReadAll(ctx, articles) {
		c := cases[len(out)]
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.Name, err)
		}
		res, err := RunCase(c, reading.New(d, readout.Model))
		if err != nil {
			return nil, err
		}
		out = append(out, res)
	}
	return out, nil
}

// RunCase holds one reading against what is expected of its article.
func RunCase(c Case, r *reading.Reading) (CaseResult, error) {
	res := CaseResult{Name: c.Name, Faults: Faults(r)}
	var err error
	if res.Results, err = Check(r, c.Expectation); err != nil {
		return res, fmt.Errorf("%s: %w", c.Name, err)
	}
	for _, x := range res.Results {
		if x.Open {
			res.Open++
			if x.OK {
				res.OpenHeld++
			}
			continue
		}
		t := map[string]*Tally{"positive": &res.Positive, "negative": &res.Negative, "tight": &res.Tight}[x.Kind]
		t.Of++
		if x.OK {
			t.Held++
		}
	}
	return res, nil
}
