package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"readout"
	"readout/conllu"
	"readout/doc"
	"readout/eval"
)

func newParseCommand() *cobra.Command {
	var from, to string
	c := &cobra.Command{
		Use:   "parse [FILE…]",
		Short: "Print tags, lemmas, trees and names as CoNLL-U",
		Long: `Print tags, lemmas, trees and names as CoNLL-U.

With --from conllu the sentences, comments, ids, forms and SpaceAfter of the
input are kept and every other column is made anew; empty nodes are dropped.
Names stand in MISC as NER=B-PER and so on. Without FILE, or for "-", standard
input is read.`,
		RunE: func(c *cobra.Command, args []string) error {
			if to != "conllu" {
				return usageError{fmt.Errorf("--to %s: only conllu can be written", to)}
			}
			read := parseText
			switch from {
			case "conllu":
				read = parseConllu
			case "text":
			default:
				return usageError{fmt.Errorf("--from %s: want text or conllu", from)}
			}
			r, err := readout.New(readout.Config{})
			if err != nil {
				return err
			}
			stages := eval.LanguageStages(r, languageLayers)
			if len(args) == 0 {
				args = []string{"-"}
			}
			for _, name := range args {
				if err := parseFile(c, name, stages, read); err != nil {
					return err
				}
			}
			return nil
		},
	}
	c.Flags().StringVar(&from, "from", "text", "what the input is: text or conllu")
	c.Flags().StringVar(&to, "to", "conllu", "what to print: conllu")
	return c
}

// languageLayers are the layers that parse prints.
const languageLayers = doc.LayerText | doc.LayerTags | doc.LayerTree | doc.LayerNames

type parseFunc func(ctx context.Context, r io.Reader, name string, stages []readout.Stage) ([]conllu.Sentence, error)

func parseFile(c *cobra.Command, name string, stages []readout.Stage, read parseFunc) error {
	in := c.InOrStdin()
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	out, err := read(c.Context(), in, name, stages)
	if err != nil {
		return err
	}
	return conllu.Write(c.OutOrStdout(), out)
}

// parseConllu annotates the sentences of a file, one document at a time. Its
// text is cut already: the first stage is left out.
func parseConllu(ctx context.Context, r io.Reader, name string, stages []readout.Stage) ([]conllu.Sentence, error) {
	sentences, err := conllu.Read(r, name)
	if err != nil {
		return nil, err
	}
	var out []conllu.Sentence
	for _, part := range conllu.Split(sentences) {
		d, err := conllu.Document(part)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if err := eval.Annotate(ctx, d, stages[1:]); err != nil {
			return nil, err
		}
		done, err := conllu.Update(part, d)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out = append(out, done...)
	}
	return out, nil
}

// parseText annotates a text.
func parseText(ctx context.Context, r io.Reader, name string, stages []readout.Stage) ([]conllu.Sentence, error) {
	b, err := io.ReadAll(io.LimitReader(r, readout.DefaultMaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(b) > readout.DefaultMaxBytes {
		return nil, fmt.Errorf("%s: %w", name, readout.ErrTooLarge)
	}
	if !utf8.Valid(b) {
		return nil, fmt.Errorf("%s: %w", name, readout.ErrNotText)
	}
	d := &doc.Document{Text: strings.TrimPrefix(string(b), "\uFEFF")}
	if err := eval.Annotate(ctx, d, stages); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return conllu.Sentences(d), nil
}
