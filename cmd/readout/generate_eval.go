package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"readout/eval/corpus"
	"readout/reading"
)

// truth is what is true of a generated article, on its line.
type truth struct {
	Origin     string         `json:"origin"`
	Replaced   bool           `json:"replaced,omitempty"`
	Events     []truthMention `json:"events"`
	Statements []truthMention `json:"statements"`
}

type truthMention struct {
	Key  string       `json:"key"`
	Kind string       `json:"kind"`
	Span reading.Span `json:"span"`
}

// newEvalGenerateCommand writes the generated corpus for others to measure on.
func newEvalGenerateCommand() *cobra.Command {
	var n int
	var seed uint64
	c := &cobra.Command{
		Use:   "generate",
		Short: "Write articles about processes that never were, with what is true of them",
		Long: `Write articles about processes that never were, as lines of JSON that read and
add take. "truth" on each line has the key of the article that it is a copy or a
version of, and the spans of the words that tell of each event and statement: the
same key is the same event. The same seed gives the same articles.`,
		Example: "  readout eval generate --articles 1000 > generated.jsonl",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if n < 1 {
				return usageError{errors.New("--articles must be at least 1")}
			}
			seq, err := corpus.Articles(corpus.Config{Seed: seed})
			if err != nil {
				return err
			}
			out := bufio.NewWriter(c.OutOrStdout())
			enc := json.NewEncoder(out)
			enc.SetEscapeHTML(false)
			for a := range seq {
				if err := c.Context().Err(); err != nil {
					return err
				}
				t := truth{Origin: a.Origin, Replaced: a.Replaced, Events: []truthMention{}, Statements: []truthMention{}}
				for _, m := range a.Mentions {
					t.Events = append(t.Events, truthMention{m.Event, m.Kind, m.Span})
				}
				for _, s := range a.Sayings {
					form := "indirect"
					if s.Quoted {
						form = "direct"
					}
					t.Statements = append(t.Statements, truthMention{s.Statement, form, s.Span})
				}
				line := struct {
					ID        string     `json:"id"`
					Title     string     `json:"title"`
					Outlet    string     `json:"outlet"`
					Byline    string     `json:"byline,omitempty"`
					Credit    string     `json:"credit,omitempty"`
					URL       string     `json:"url"`
					Published time.Time  `json:"published"`
					Modified  *time.Time `json:"modified,omitempty"`
					Text      string     `json:"text"`
					Truth     truth      `json:"truth"`
				}{a.Key, a.Title, a.Outlet, a.Byline, a.Credit, a.URL, a.Published, nil, a.Text, t}
				if !a.Modified.IsZero() {
					line.Modified = &a.Modified
				}
				if err := enc.Encode(line); err != nil {
					return err
				}
				if n--; n == 0 {
					break
				}
			}
			return out.Flush()
		},
	}
	c.Flags().IntVar(&n, "articles", 300, "how many")
	c.Flags().Uint64Var(&seed, "seed", 1, "what they are drawn by")
	return c
}
