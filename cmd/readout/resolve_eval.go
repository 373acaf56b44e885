package main

import (
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"readout/eval"
	"readout/registry"
)

// newEvalResolveCommand measures who phrases mean on cases that nobody may
// publish, so it has no part in "all".
func newEvalResolveCommand() *cobra.Command {
	var failed bool
	c := &cobra.Command{
		Use:   "resolve FILE",
		Short: "Measure who phrases mean on a file of coded phrases",
		Long: `Measure who phrases mean on a file of coded phrases, a JSON object a line:
{"text": …, "func": "agent_to_code", "status": "active", "query_date": …,
"context": …, "expect": {"country": …, "code_1": …}}. Other questions, and cases
that are not active or marked "suspect", are left out.`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			f, err := os.Open(args[0])
			if err != nil {
				return err
			}
			defer f.Close()
			cases, err := eval.ReadResolveCases(f, filepath.Base(args[0]))
			if err != nil {
				return err
			}
			reg, err := registry.Default()
			if err != nil {
				return err
			}
			return eval.RunResolve(reg, cases).Print(c.OutOrStdout(), failed)
		},
	}
	c.Flags().BoolVar(&failed, "failed", false, "name the phrases that are wrong")
	return c
}
