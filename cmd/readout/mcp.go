package main

import (
	"log/slog"

	"github.com/spf13/cobra"

	"readout"
	"readout/eval"
	"readout/mcp"
	"readout/record"
)

func newMCPCommand() *cobra.Command {
	var f recordFlags
	var by byFlags
	var base, tlp string
	var write bool
	c := &cobra.Command{
		Use:   "mcp",
		Short: "Let a language model ask the record, over standard input and output",
		Long: `Serve the record to a language model's program by the Model Context Protocol, over
standard input and output: that program starts this command. 'readout serve' has
the same at /mcp, over HTTP.

The tools answer with what 'readout state', timeline, changes, said, met, issues,
due, actor, event, search and claim say, each line with its words, its source and
a permalink. Nothing can be written, unless --write lets the model put
corrections into the record in your name; they can be undone.

Articles that are marked higher than --tlp are not looked at.`,
		Example: `  # in the settings of the model's program:
  {"mcpServers": {"readout": {"command": "readout", "args": ["mcp", "--db", "/data/readout.db"]}}}`,
		Args: cobra.NoArgs,
	}
	f.register(c)
	by.register(c)
	fl := c.Flags()
	fl.StringVar(&base, "base", "http://127.0.0.1:8321", "address of the pages of 'readout serve', for permalinks; empty gives ids")
	fl.StringVar(&tlp, "tlp", "clear", "the strictest marking of articles that are looked at")
	fl.BoolVar(&write, "write", false, "let the model put corrections into the record in your name")
	c.RunE = func(c *cobra.Command, _ []string) error {
		level, err := record.ParseTLP(tlp)
		if err != nil {
			return usageError{err}
		}
		if write {
			if err := by.check(); err != nil {
				return err
			}
		}
		ctx := c.Context()
		l, err := f.open(ctx, nil)
		if err != nil {
			return err
		}
		defer l.Close()
		r, err := readout.New(readout.Config{Workers: 1})
		if err != nil {
			return err
		}
		return mcp.Run(ctx, mcp.Config{
			Ledger: l.Ledger, Understand: eval.Understand(r), Base: base, TLP: level, Write: write, By: by.by, Version: version(),
			Log: slog.New(slog.NewTextHandler(c.ErrOrStderr(), &slog.HandlerOptions{Level: slog.LevelWarn})),
		})
	}
	return c
}
