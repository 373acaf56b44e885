package main

import (
	"encoding/json"
	"os"
	"time"

	"github.com/spf13/cobra"

	"readout"
	"readout/reading"
)

func newReadCommand() *cobra.Command {
	var format, published string
	c := &cobra.Command{
		Use:   "read INPUT…",
		Short: "Read articles and print what they say",
		RunE: func(c *cobra.Command, args []string) error {
			r, err := readout.New(readout.Config{})
			if err != nil {
				return err
			}
			for _, name := range args {
				text, err := os.ReadFile(name)
				if err != nil {
					return err
				}
				day, _ := time.Parse(time.DateOnly, published)
				d, err := r.Read(c.Context(), readout.Article{Text: string(text), Published: day})
				if err != nil {
					return err
				}
				enc := json.NewEncoder(c.OutOrStdout())
				enc.SetIndent("", " ")
				if err := enc.Encode(reading.New(d, readout.Model)); err != nil {
					return err
				}
			}
			return nil
		},
	}
	c.Flags().StringVar(&format, "format", "json", "output format")
	c.Flags().StringVar(&published, "published", "", "the article's day, YYYY-MM-DD")
	return c
}
