package eval

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
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

// PrintCases writes a table with a line for each article and one for all. With
// failed it names the items that do not hold, those marked open apart.
func PrintCases(w io.Writer, list []CaseResult, failed bool) error {
	var b strings.Builder
	row := func(name string, pos, neg, tight, open Tally, faults int) {
		held, of := pos.Held+neg.Held+tight.Held+open.Held, pos.Of+neg.Of+tight.Of+open.Of
		fmt.Fprintf(&b, "%-28s positive %3d/%-3d negative %2d/%-2d tight %2d/%-2d open %2d/%-2d all %5.1f %%", name,
			pos.Held, pos.Of, neg.Held, neg.Of, tight.Held, tight.Of, open.Held, open.Of, 100*float64(held)/float64(max(of, 1)))
		if faults > 0 {
			fmt.Fprintf(&b, " %d faults", faults)
		}
		b.WriteByte('\n')
	}
	var pos, neg, tight, open Tally
	faults := 0
	for _, c := range list {
		o := Tally{c.OpenHeld, c.Open}
		row(c.Name, c.Positive, c.Negative, c.Tight, o, len(c.Faults))
		pos, neg, tight, open = pos.plus(c.Positive), neg.plus(c.Negative), tight.plus(c.Tight), open.plus(o)
		faults += len(c.Faults)
		for _, x := range c.Results {
			if failed && !x.OK {
				state := "FAIL"
				if x.Open {
					state = "open"
				}
				fmt.Fprintf(&b, "  %s %-8s %s\n", state, x.Kind, x.ID)
			}
		}
		for _, f := range c.Faults {
			fmt.Fprintf(&b, "  fault: %s\n", f)
		}
	}
	row("all", pos, neg, tight, open, faults)
	_, err := io.WriteString(w, b.String())
	return err
}

func (t Tally) plus(o Tally) Tally { return Tally{t.Held + o.Held, t.Of + o.Of} }
