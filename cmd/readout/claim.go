package main

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"readout"
	"readout/eval"
	"readout/record"
	"readout/sheet"
)

func newClaimCommand() *cobra.Command {
	return viewCommand{
		use: `claim "WORDS"`, short: "Passages that support a claim, contradict it, or come near",
		long: `Print what the record has on a claim: the passages that say the same, those that
say otherwise, and why (another day, place, channel, number, outcome or
speaker), and the nearest of those that do not address it.

The words are read as a sentence of an article would be; write one, with names
and days as an article has them. The answer is found by rules, which err
(docs/claim.md has how often): read the passages. That no passage addresses a
claim says something of the articles, not of the claim.`,
		example: `  readout claim "Putin and Erdogan spoke by telephone on 1 November."
  readout claim "The deal was extended for a year." --as-of 2022-11-16 --format json`,
		args: cobra.MinimumNArgs(1),
		run: func(c *cobra.Command, args []string, f *viewFlags, q record.Query) error {
			words := strings.TrimSpace(strings.Join(args, " "))
			if !strings.ContainsFunc(words, unicode.IsLetter) {
				return usageError{hintError{errors.New("no claim"), `readout claim "Putin and Erdogan spoke by telephone on 1 November."`}}
			}
			if len(words) > maxClaim {
				return usageError{fmt.Errorf("a claim of %d bytes: at most %d are read", len(words), maxClaim)}
			}
			if !strings.ContainsAny(words[len(words)-1:], ".!?\"") {
				words += "."
			}
			r, err := readout.New(readout.Config{Workers: 1})
			if err != nil {
				return err
			}
			return ask(c, f, q, func(l *record.Ledger) (*record.Support, error) {
				return l.Support(c.Context(), q, words, eval.Understand(r))
			}, sheet.Claim)
		},
	}.command()
}

// maxClaim is how long a claim may be: a sentence.
const maxClaim = 2000
