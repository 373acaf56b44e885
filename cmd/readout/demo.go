package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"readout"
	"readout/examples"
)

func newDemoCommand() *cobra.Command {
	var out outputFlags
	var list bool
	c := &cobra.Command{
		Use:   "demo [EXAMPLE…]",
		Short: "Read the bundled examples and print what they say",
		Long: `Read the articles that come with readout, about diplomatic processes from
several decades and regions, and print what they say.`,
		Example: `  readout demo
  readout demo --list
  readout demo iran-lausanne-2015 --explain`,
		ValidArgsFunction: cobra.FixedCompletions(slugs(), cobra.ShellCompDirectiveNoFileComp),
		RunE: func(c *cobra.Command, args []string) error {
			if list {
				for _, e := range examples.All() {
					fmt.Fprintf(c.OutOrStdout(), "%-28s %s  %s\n", e.Slug, e.Published.Format("2006-01-02"), e.Title)
				}
				return nil
			}
			return runDemo(c, args, out)
		},
	}
	out.register(c)
	c.Flags().BoolVar(&list, "list", false, "list the examples")
	return c
}

func slugs() []string {
	var out []string
	for _, e := range examples.All() {
		out = append(out, e.Slug)
	}
	return out
}

func runDemo(c *cobra.Command, args []string, out outputFlags) error {
	all := examples.All()
	for _, a := range args {
		if !slices.Contains(slugs(), a) {
			return usageError{hintError{fmt.Errorf("no example %q", a), "one of " + strings.Join(slugs(), ", ")}}
		}
	}
	if len(args) > 0 {
		all = slices.DeleteFunc(all, func(e examples.Example) bool { return !slices.Contains(args, e.Slug) })
	}
	p, err := out.printer(c.OutOrStdout(), func() bool { return len(all) > 1 })
	if err != nil {
		return err
	}
	r, err := readout.New(readout.Config{})
	if err != nil {
		return err
	}
	articles := func(yield func(readout.Article) bool) {
		for _, e := range all {
			if !yield(readout.Article{Key: e.Slug, Title: e.Title, Text: e.Text, Published: e.Published}) {
				return
			}
		}
	}
	for d, err := range r.ReadAll(c.Context(), articles) {
		if err != nil {
			return err
		}
		if err := p.print(d); err != nil {
			return err
		}
	}
	return p.close()
}
