package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"readout"
	"readout/doc"
	"readout/eval"
)

// evalTask measures one thing on dev data and prints a table.
type evalTask struct {
	name, short string
	run         func(ctx context.Context, e evalEnv) error
}

// evalEnv is what a task needs.
type evalEnv struct {
	reader *readout.Reader
	data   string // the folder of corpora
	out    io.Writer
	timed  io.Writer     // for figures that differ from run to run
	loaded time.Duration // what the reader took to make

	articles []string // folders of articles with expectations, besides the bundled ones
	failed   bool     // name the expectations that do not hold

	generated int // articles of the generated corpus
	seed      uint64
}

// stages are the reader's stages that write some of the layers.
func (e evalEnv) stages(layers doc.Layer) []readout.Stage {
	return eval.LanguageStages(e.reader, layers)
}

// evalTasks in the order in which "all" runs them.
var evalTasks = []evalTask{
	{"text", "tokens, sentences and all that follows, from running text", evalText},
	{"tags", "parts of speech, features, lemmas on gold tokens", evalTags},
	{"parse", "trees on gold tokens", evalParse},
	{"names", "names, exact and overlapping", evalNames},
	{"coref", "who is who in an article: coreference on GUM and OntoGUM", evalCoref},
	{"statements", "who said what, on PolNeAR", evalStatements},
	{"articles", "what a careful reader expects of the bundled examples, and of --articles", evalArticles},
	{"joining", "what of many articles is one, on examples/, --articles and generated ones", evalJoining},
	{"claims", "verdicts on claims about the articles of examples/black-sea-grain-2022", evalClaims},
	{"calibration", "the share right by decile of confidence, also on --articles", evalCalibration},
	{"speed", "tokens a second on one core, models, start; among \"all\" on standard error", evalSpeed},
}

func newEvalCommand() *cobra.Command {
	var data string
	var articles []string
	var failed bool
	var generated int
	var seed uint64
	names := []string{"all"}
	var list strings.Builder
	for _, t := range evalTasks {
		names = append(names, t.name)
		fmt.Fprintf(&list, "\n  %-14s %s", t.name, t.short)
	}
	c := &cobra.Command{
		Use:     "eval TASK…",
		Short:   "Measure the stages on dev data",
		Long:    "Measure the stages on dev data and print a table for each task:\n" + list.String() + "\n  all            every task",
		Example: "  readout eval tags parse --data shared/data",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{hintError{errors.New("no task"), "one of " + strings.Join(names, ", ")}}
			}
			return nil
		},
		ValidArgs: names,
		RunE: func(c *cobra.Command, args []string) error {
			for _, a := range args {
				if !slices.Contains(names, a) {
					return usageError{hintError{fmt.Errorf("no task %q", a), "one of " + strings.Join(names, ", ")}}
				}
			}
			start := time.Now()
			r, err := readout.New(readout.Config{})
			if err != nil {
				return err
			}
			e := evalEnv{
				reader: r, data: data, out: c.OutOrStdout(), timed: c.OutOrStdout(), loaded: time.Since(start),
				articles: articles, failed: failed, generated: generated, seed: seed,
			}
			if slices.Contains(args, "all") {
				e.timed = c.ErrOrStderr()
			}
			for _, t := range evalTasks {
				if !slices.Contains(args, t.name) && !slices.Contains(args, "all") {
					continue
				}
				head := e.out
				if t.name == "speed" {
					head = e.timed
				}
				fmt.Fprintf(head, "# %s\n", t.name)
				if err := t.run(c.Context(), e); err != nil {
					return fmt.Errorf("eval %s: %w", t.name, err)
				}
			}
			return nil
		},
	}
	c.AddCommand(newEvalResolveCommand())
	c.AddCommand(newEvalFactualityCommand())
	c.AddCommand(newEvalEventsCommand())
	c.AddCommand(newEvalGenerateCommand())
	c.AddCommand(newEvalSizeCommand())
	c.Flags().StringVar(&data, "data", "shared/data", "folder of the dev corpora")
	c.Flags().StringSliceVar(&articles, "articles", nil, "folders of articles with an expect.json, for the task articles")
	c.Flags().BoolVar(&failed, "failed", false, "name the expectations that do not hold")
	c.Flags().IntVar(&generated, "generated", 300, "articles of the generated corpus, for the task joining")
	c.Flags().Uint64Var(&seed, "seed", 1, "what the generated corpus is drawn by")
	return c
}

func evalText(ctx context.Context, e evalEnv) error {
	list, err := eval.RunText(ctx, e.stages(doc.LayerText|doc.LayerTags|doc.LayerTree), e.data)
	if err != nil {
		return err
	}
	return eval.PrintText(e.out, list)
}

func evalTags(ctx context.Context, e evalEnv) error {
	list, err := eval.RunSyntax(ctx, e.stages(doc.LayerTags), e.data)
	if err != nil {
		return err
	}
	return eval.PrintTags(e.out, list)
}

func evalParse(ctx context.Context, e evalEnv) error {
	list, err := eval.RunSyntax(ctx, e.stages(doc.LayerTags|doc.LayerTree), e.data)
	if err != nil {
		return err
	}
	return eval.PrintTrees(e.out, list)
}

func evalNames(ctx context.Context, e evalEnv) error {
	list, err := eval.RunNames(ctx, e.stages(doc.LayerText|doc.LayerTags|doc.LayerTree|doc.LayerNames), e.data)
	if err != nil {
		return err
	}
	return eval.PrintNames(e.out, list)
}

func evalCoref(ctx context.Context, e evalEnv) error {
	list, err := eval.RunCoref(ctx, e.reader, filepath.Join(e.data, "coref"), "dev")
	if err != nil {
		return err
	}
	return eval.PrintCoref(e.out, list)
}

func evalStatements(ctx context.Context, e evalEnv) error {
	sums, err := eval.RunStatements(ctx, e.reader, e.data)
	if err != nil {
		return err
	}
	return sums.Print(e.out)
}

func evalCalibration(ctx context.Context, e evalEnv) error {
	cases, err := e.cases()
	if err != nil {
		return err
	}
	list, err := eval.RunCalibration(ctx, e.reader, e.data, cases)
	if err != nil {
		return err
	}
	return eval.PrintCalibration(e.out, list)
}

// cases are the bundled examples and those of the given folders.
func (e evalEnv) cases() ([]eval.Case, error) {
	cases, err := eval.ExampleCases()
	if err != nil {
		return nil, err
	}
	for _, dir := range e.articles {
		more, err := eval.FolderCases(dir)
		if err != nil {
			return nil, err
		}
		cases = append(cases, more...)
	}
	return cases, nil
}

func evalArticles(ctx context.Context, e evalEnv) error {
	cases, err := e.cases()
	if err != nil {
		return err
	}
	list, err := eval.RunCases(ctx, e.reader, cases)
	if err != nil {
		return err
	}
	return eval.PrintCases(e.out, list, e.failed)
}
